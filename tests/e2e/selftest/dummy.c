/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small program with one of everything that the harness drives. */

#include <adwaita.h>
#include <libintl.h>
#include <libnotify/notify.h>
#include <locale.h>

#define ROWS 500

typedef struct
{
  GtkLabel           *status;
  GtkEditable        *entry;
  NotifyNotification *notice; /* (owned) (nullable) */
} Dummy;

static Dummy dummy;

static void
say (const char *text)
{
  gtk_label_set_text (dummy.status, text);
  g_print ("SAYS %s\n", text);
}

static void
add_cb (GtkButton *button)
{
  g_autofree char *text = g_strconcat ("added ", gtk_editable_get_text (dummy.entry), NULL);

  say (text);
}

static void
selected_cb (GtkSingleSelection *selection)
{
  g_autofree char *text = g_strdup_printf ("row %u", gtk_single_selection_get_selected (selection));

  say (text);
}

static void
quick_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  say ("quick");
}

static void
say_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  say (g_variant_get_string (parameter, NULL));
}

static void
taken_cb (NotifyNotification *notice,
          char               *action,
          gpointer            data)
{
  say (action);
}

static void
notify_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&dummy.notice);
  dummy.notice = notify_notification_new ("Due soon", "A-1 Máy in", NULL);
  notify_notification_add_action (dummy.notice, "take", "Take", taken_cb, NULL, NULL);
  if (!notify_notification_show (dummy.notice, &error))
    say ("nobody listens");
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

static GtkWidget *
make_list (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (int i = 0; i < ROWS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Phiếu %d", i);

      gtk_string_list_append (names, name);
    }
  selection = gtk_single_selection_new (G_LIST_MODEL (names));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (selection, "notify::selected", G_CALLBACK (selected_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_content (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic ("_Add");
  GtkWidget *status = gtk_label_new ("nothing");

  dummy.status = GTK_LABEL (status);
  dummy.entry = GTK_EDITABLE (entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, "Subject", -1);
  g_signal_connect (button, "clicked", G_CALLBACK (add_cb), NULL);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), status);
  gtk_box_append (GTK_BOX (box), make_list ());
  return box;
}

static void
activate_cb (GtkApplication *app)
{
  GtkWidget *window = adw_application_window_new (app);
  const char *title = g_dgettext ("gtk40", "_Cancel");

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), make_content ());
  gtk_window_set_title (GTK_WINDOW (window), "Dummy");
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 400);
  gtk_window_present (GTK_WINDOW (window));
  g_print ("CANCEL IS %s\n", title);
}

int
main (int    argc,
      char **argv)
{
  static const GActionEntry actions[] = {
    { .name = "quick", .activate = quick_cb },
    { .name = "say", .activate = say_cb, .parameter_type = "s" },
    { .name = "notify", .activate = notify_cb },
  };
  static const char *const keys[] = { "<Control><Shift>n", NULL };
  g_autoptr (AdwApplication) app = NULL;

  setlocale (LC_ALL, "");
  notify_init ("Dummy");
  app = adw_application_new ("io.github.kipdesk.Dummy", G_APPLICATION_DEFAULT_FLAGS);
  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), NULL);
  gtk_application_set_accels_for_action (GTK_APPLICATION (app), "app.quick", keys);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
