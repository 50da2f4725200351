/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-start-page.h"

#include "kip-backup-dialogs.h"
#include "kip-config.h"
#include "kip-join-page.h"
#include "kip-office-maker.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define VIETNAM "Asia/Ho_Chi_Minh"

struct _KipStartPage
{
  GtkWidget       parent_instance;
  char           *dir;    /* (owned) */
  gboolean        making;

  GtkStack       *stack;
  KipJoinPage    *join_page;
  AdwStatusPage  *welcome;
  GtkWidget      *start_row;
  GtkEditable    *name_row;
  GtkEditable    *me_row;
  AdwComboRow    *hours_row;
  GtkSwitch      *holidays_switch;
  AdwComboRow    *zone_row;
  AdwComboRow    *language_row;
  GtkLabel       *where_label;
  GtkWidget      *make_button;
};

G_DEFINE_FINAL_TYPE (KipStartPage, kip_start_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what the machine says of itself ---- */

static gboolean
speaks_vietnamese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "vi");
}

/* (transfer full) */
static char *
local_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  if (name == NULL || strchr (name, '/') == NULL || g_str_has_prefix (name, "Etc/"))
    return g_strdup (VIETNAM); /* a machine that was never told where it stands */
  return g_strdup (name);
}

static void
fill_zones (KipStartPage *self)
{
  g_autofree char *here = local_zone ();
  g_autoptr (GtkStringList) zones = gtk_string_list_new (NULL);

  gtk_string_list_append (zones, here);
  if (!g_str_equal (here, VIETNAM))
    gtk_string_list_append (zones, VIETNAM);
  if (!g_str_equal (here, "UTC"))
    gtk_string_list_append (zones, "UTC");
  adw_combo_row_set_model (self->zone_row, G_LIST_MODEL (zones));
  gtk_switch_set_active (self->holidays_switch, g_str_equal (here, VIETNAM));
  adw_combo_row_set_selected (self->language_row, speaks_vietnamese () ? 1 : 0);
}

static void
fill_me (KipStartPage *self)
{
  const char *name = g_get_real_name ();

  if (name != NULL && *name != '\0' && !g_str_equal (name, "Unknown") && !g_str_equal (name, "root"))
    gtk_editable_set_text (self->me_row, name);
}

/* (transfer full) */
static char *
trimmed (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* ---- making ---- */

static void
say_trouble (KipStartPage *self,
             const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _("No Office Was Made"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipStartPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = kip_office_make_finish (result, &error);

  self->making = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  if (store != NULL)
    g_signal_emit (self, signals[SIGNAL_MADE], 0, store);
  else
    say_trouble (self, error);
}

static void
make (KipStartPage        *self,
      const KipOfficeWish *wish)
{
  if (self->making)
    return;
  self->making = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  kip_office_make_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->dir, wish,
                         made_cb, g_object_ref (self));
}

static void
make_cb (KipStartPage *self)
{
  g_autofree char *name = trimmed (self->name_row);
  g_autofree char *me = trimmed (self->me_row);
  GtkStringObject *zone = adw_combo_row_get_selected_item (self->zone_row);
  KipOfficeWish wish = { name, me };

  if (*name == '\0' || *me == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (*name == '\0' ? self->name_row : self->me_row));
      return;
    }
  wish.language = adw_combo_row_get_selected (self->language_row) == 1 ? "vi" : "en";
  wish.time_zone = gtk_string_object_get_string (zone);
  wish.hours = adw_combo_row_get_selected (self->hours_row);
  wish.holidays = gtk_switch_get_active (self->holidays_switch);
  make (self, &wish);
}

static void
sample_cb (KipStartPage *self)
{
  g_autofree char *zone = local_zone ();
  g_autofree char *me = trimmed (self->me_row);
  KipOfficeWish wish = { _("Sample Office"), *me != '\0' ? me : _("Me") };

  wish.language = speaks_vietnamese () ? "vi" : "en";
  wish.time_zone = zone;
  wish.sample = TRUE;
  make (self, &wish);
}

/* ---- between the pages ---- */

static void
start_cb (KipStartPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

static void
show_join_cb (KipStartPage *self)
{
  kip_join_page_set_dir (self->join_page, self->dir);
  gtk_stack_set_visible_child_name (self->stack, "join");
}

static void
joined_cb (KipStartPage *self,
           KipStore     *store)
{
  g_signal_emit (self, signals[SIGNAL_MADE], 0, store);
}

static void
back_cb (KipStartPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "choice");
}

static void
restore_cb (KipStartPage *self)
{
  kip_restore_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
changed_cb (KipStartPage *self)
{
  g_autofree char *name = trimmed (self->name_row);
  g_autofree char *me = trimmed (self->me_row);

  gtk_widget_set_sensitive (self->make_button, *name != '\0' && *me != '\0');
}

/* The icon is there once Kip is installed. */
static void
show_icon (KipStartPage *self)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  adw_status_page_set_icon_name (self->welcome, gtk_icon_theme_has_icon (theme, APP_ID) ? APP_ID : "kip-promise-symbolic");
}

static gboolean
kip_start_page_grab_focus (GtkWidget *widget)
{
  KipStartPage *self = KIP_START_PAGE (widget);
  gboolean form = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "form");

  return gtk_widget_grab_focus (form ? GTK_WIDGET (self->name_row) : self->start_row);
}

/* ---- class ---- */

static void
kip_start_page_dispose (GObject *object)
{
  KipStartPage *self = KIP_START_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_start_page_parent_class)->dispose (object);
}

static void
kip_start_page_finalize (GObject *object)
{
  g_free (KIP_START_PAGE (object)->dir);
  G_OBJECT_CLASS (kip_start_page_parent_class)->finalize (object);
}

static void
kip_start_page_class_init (KipStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_start_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_start_page_finalize;
  widget_class->grab_focus = kip_start_page_grab_focus;

  signals[SIGNAL_MADE] =
    g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KIP_TYPE_STORE);

  g_type_ensure (KIP_TYPE_JOIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, welcome);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, start_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, join_page);
  gtk_widget_class_bind_template_callback (widget_class, show_join_cb);
  gtk_widget_class_bind_template_callback (widget_class, joined_cb);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, me_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, hours_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, holidays_switch);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, zone_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, language_row);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, where_label);
  gtk_widget_class_bind_template_child (widget_class, KipStartPage, make_button);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, sample_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
kip_start_page_init (KipStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_icon (self);
  fill_zones (self);
  fill_me (self);
}

/* ---- public ---- */

void
kip_start_page_set_dir (KipStartPage *self,
                        const char   *dir)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (KIP_IS_START_PAGE (self));

  g_free (self->dir);
  self->dir = g_strdup (dir);
  shown = g_filename_display_name (dir);
  text = g_strdup_printf (_("Everything is kept on this computer, in %s."), shown);
  gtk_label_set_text (self->where_label, text);
  gtk_stack_set_visible_child_name (self->stack, "choice");
}
