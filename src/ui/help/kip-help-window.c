/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-help-window.h"

#include "kip-fold.h"
#include "kip-help-page.h"
#include "kip-query-fields.h"

#include <string.h>

#define ROOT "/io/github/kipdesk/Kip/help/"

struct _KipHelpWindow
{
  AdwWindow          parent_instance;
  KipFold           *fold;
  GtkWidget         *back;
  GtkListBox        *list;
  GtkScrolledWindow *scrolled;
  AdwClamp          *clamp;
  AdwWindowTitle    *title;
};

G_DEFINE_FINAL_TYPE (KipHelpWindow, kip_help_window, ADW_TYPE_WINDOW)

/* The folder of the first language of the person's that we have. */
static const char *
language_folder (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "vi"))
        return ROOT "vi/";
      if (g_str_has_prefix (names[i], "en"))
        return ROOT "en/";
    }
  return ROOT "en/";
}

static char *
load_page (const char *name)
{
  g_autofree char *path = g_strconcat (language_folder (), name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return data != NULL ? g_strndup (data, length) : g_strdup ("");
}

static void
show_page (KipHelpWindow *self,
           const char    *name)
{
  g_autofree char *text = load_page (name);
  g_autofree char *title = kip_help_page_title (text);
  GtkWidget *page = kip_help_page_new (text);

  /* The grammar explains itself. */
  if (strstr (name, "search") != NULL)
    {
      g_autofree char *reference = kip_query_reference ();

      gtk_box_append (GTK_BOX (page), kip_help_page_new (reference));
    }
  gtk_widget_add_css_class (page, "kip-help-page");
  adw_clamp_set_child (self->clamp, page);
  adw_window_title_set_subtitle (self->title, title);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
row_activated_cb (KipHelpWindow *self,
                  GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  show_page (self, gtk_widget_get_name (GTK_WIDGET (row)));
  kip_fold_set_show_sidebar (self->fold, FALSE);
}

/* ---- a narrow window shows the pages or one of them ---- */

static void
update_back (KipHelpWindow *self)
{
  gtk_widget_set_visible (self->back, kip_fold_get_folded (self->fold) && !kip_fold_get_show_sidebar (self->fold));
}

static void
show_pages (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  KipHelpWindow *self = KIP_HELP_WINDOW (widget);

  kip_fold_set_show_sidebar (self->fold, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
}

/* ---- the list ---- */

static GtkWidget *
new_row (const char *name)
{
  g_autofree char *text = load_page (name);
  g_autofree char *title = kip_help_page_title (text);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_name (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
fill_list (KipHelpWindow *self)
{
  g_auto (GStrv) names = g_resources_enumerate_children (language_folder (), G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (names == NULL)
    return;
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_list_box_append (self->list, new_row (names[i]));
}

static GtkListBoxRow *
find_row (KipHelpWindow *self,
          const char    *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (strstr (gtk_widget_get_name (GTK_WIDGET (row)), page) != NULL)
      return row;
  return gtk_list_box_get_row_at_index (self->list, 0);
}

static void
kip_help_window_class_init (KipHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KIP_TYPE_FOLD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, fold);
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, clamp);
  gtk_widget_class_bind_template_child (widget_class, KipHelpWindow, title);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "help.pages", NULL, show_pages);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.pages", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_help_window_init (KipHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->fold, "notify::folded", G_CALLBACK (update_back), self);
  g_signal_connect_swapped (self->fold, "notify::show-sidebar", G_CALLBACK (update_back), self);
  fill_list (self);
  row_activated_cb (self, gtk_list_box_get_row_at_index (self->list, 0));
  update_back (self);
}

static KipHelpWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (KIP_IS_HELP_WINDOW (l->data))
      return l->data;
  return NULL;
}

void
kip_help_window_present (GtkApplication *application,
                         GtkWindow      *parent,
                         const char     *page)
{
  KipHelpWindow *window = find_window (application);

  if (window == NULL)
    window = g_object_new (KIP_TYPE_HELP_WINDOW, "application", application, NULL);
  if (page != NULL)
    row_activated_cb (window, find_row (window, page));
  gtk_window_present (GTK_WINDOW (window));
}
