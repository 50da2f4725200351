/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-settings-window.h"

#include <glib/gi18n-lib.h>

#include "kip-fold.h"
#include "kip-settings-pages.h"
#include "kip-store-share.h"
#include "kip-toast.h"

struct _KipSettingsWindow
{
  AdwWindow parent_instance;

  KipSession *session; /* (owned) */
  const struct _Page *shown; /* (nullable) which page is the lowest */
  GPtrArray  *opened;  /* (owned) of GtkWidget in the stack: the page, then what was opened over it */

  KipFold         *fold;
  AdwHeaderBar    *sidebar_header;
  GtkListBox      *pages;
  AdwHeaderBar    *header;
  AdwWindowTitle  *title;
  GtkWidget       *back;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
};

G_DEFINE_FINAL_TYPE (KipSettingsWindow, kip_settings_window, ADW_TYPE_WINDOW)

/* ---- the pages ---- */

typedef struct _Page
{
  const char *name;
  const char *title;
  const char *icon;
  gboolean    first; /* of a group */
  GtkWidget *(*make)(KipSession *session);
  gboolean    is_governed; /* what is said there a manager says */
  KipKind     kind;        /* what is set there; 0: it is not of the office */
} Page;

static const Page pages[] = {
  { "office", N_("Office"), "go-home-symbolic", TRUE, kip_office_page_new, TRUE, KIP_KIND_OFFICE },
  { "people", N_("People"), "system-users-symbolic", FALSE, kip_people_page_new, FALSE, KIP_KIND_PERSON },
  { "teams", N_("Teams"), "emoji-people-symbolic", FALSE, kip_teams_page_new, FALSE, KIP_KIND_TEAM },
  { "categories", N_("Categories"), "view-list-bullet-symbolic", TRUE, kip_categories_page_new, FALSE, KIP_KIND_CATEGORY },
  { "statuses", N_("Statuses"), "object-select-symbolic", FALSE, kip_statuses_page_new, TRUE, KIP_KIND_STATUS },
  { "priorities", N_("Priorities"), "view-grid-symbolic", FALSE, kip_matrix_page_new, TRUE, 0 },
  { "canned", N_("Canned Replies"), "mail-reply-sender-symbolic", FALSE, kip_canned_page_new, FALSE, KIP_KIND_CANNED },
  { "assets", N_("Assets"), "computer-symbolic", FALSE, kip_assets_page_new, FALSE, KIP_KIND_ASSET },
  { "calendars", N_("Calendars"), "x-office-calendar-symbolic", TRUE, kip_calendars_page_new, TRUE, KIP_KIND_CALENDAR },
  { "policies", N_("Policies"), "kip-promise-symbolic", FALSE, kip_policies_page_new, TRUE, KIP_KIND_POLICY },
  { "outages", N_("Outages"), "network-offline-symbolic", FALSE, kip_outages_page_new, FALSE, KIP_KIND_OUTAGE },
  { "targets", N_("Targets"), "kip-target-symbolic", FALSE, kip_goals_page_new, TRUE, KIP_KIND_GOAL },
  { "notifications", N_("Notifications"), "preferences-system-notifications-symbolic", TRUE, kip_notifications_page_new, FALSE, 0 },
  { "sharing", N_("Sharing"), "network-workgroup-symbolic", FALSE, kip_sharing_page_new, FALSE, KIP_KIND_MACHINE },
  { "backup", N_("Backup"), "drive-harddisk-symbolic", FALSE, kip_backup_page_new, FALSE, 0 },
};

const char *
kip_settings_page_for (KipKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].kind == kind)
      return pages[i].name;
  return NULL;
}

static const Page *
page_of (GtkListBoxRow *row)
{
  return &pages[gtk_list_box_row_get_index (row)];
}

static GtkWidget *
make_sidebar_row (const Page *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_(page->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  return row;
}

/* A line between groups. */
static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       data)
{
  gboolean wanted = before != NULL && page_of (row)->first;

  if (wanted != (gtk_list_box_row_get_header (row) != NULL))
    gtk_list_box_row_set_header (row, wanted ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

/* ---- what is open ---- */

static void
update_back (KipSettingsWindow *self)
{
  gboolean folded = kip_fold_get_folded (self->fold);

  gtk_widget_set_visible (self->back, folded || self->opened->len > 1);
  adw_header_bar_set_show_end_title_buttons (self->sidebar_header, folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
}

static void
show_top (KipSettingsWindow *self)
{
  GtkWidget *top = g_ptr_array_index (self->opened, self->opened->len - 1);
  const char *title = g_object_get_data (G_OBJECT (top), "kip-title");

  gtk_stack_set_visible_child (self->stack, top);
  adw_window_title_set_title (self->title, title);
  update_back (self);
}

static void
push (KipSettingsWindow *self,
      GtkWidget         *page,
      const char        *title)
{
  g_object_set_data_full (G_OBJECT (page), "kip-title", g_strdup (title), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_stack_add_child (self->stack, page);
  g_ptr_array_add (self->opened, page);
  show_top (self);
  gtk_widget_grab_focus (self->back);
}

static void
close_above (KipSettingsWindow *self,
             guint              kept)
{
  while (self->opened->len > kept)
    {
      GtkWidget *page = g_ptr_array_index (self->opened, self->opened->len - 1);

      g_ptr_array_set_size (self->opened, self->opened->len - 1);
      if (self->opened->len > 0)
        show_top (self);
      gtk_stack_remove (self->stack, page);
    }
}

/* ---- leaving what is not saved ---- */

typedef enum
{
  LEAVE_ONE,
  LEAVE_EDITORS,
  LEAVE_PAGE,
  LEAVE_WINDOW
} Leave;

static gboolean
is_unsaved (KipSettingsWindow *self,
            guint              kept)
{
  for (guint i = kept; i < self->opened->len; i++)
    if (g_object_get_data (g_ptr_array_index (self->opened, i), "kip-unsaved") != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_manager (KipSettingsWindow *self)
{
  KipStore *store = kip_session_get_store (self->session);
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  return kip_members_is_manager (members, kip_store_get_device (store));
}

/* What only managers decide is shown to the others as it is, and says so. */
static GtkWidget *
make_page (KipSettingsWindow *self,
           const Page        *page)
{
  GtkWidget *widget = page->make (self->session), *box, *label;

  if (!page->is_governed || is_manager (self))
    return widget;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = gtk_label_new (_("Managers decide on this; you can look at it."));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 18);
  gtk_widget_set_margin_end (label, 18);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_sensitive (widget, FALSE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), widget);
  return box;
}

static void
open_selected (KipSettingsWindow *self)
{
  const Page *page = page_of (gtk_list_box_get_selected_row (self->pages));
  GtkWidget *widget;

  close_above (self, 0);
  widget = make_page (self, page);
  g_object_set_data_full (G_OBJECT (widget), "kip-title", g_strdup (_(page->title)), g_free);
  gtk_stack_add_child (self->stack, widget);
  g_ptr_array_add (self->opened, widget);
  self->shown = page;
  show_top (self);
}

static void
leave (KipSettingsWindow *self,
       Leave              what)
{
  switch (what)
    {
    case LEAVE_ONE:
      close_above (self, self->opened->len - 1);
      break;
    case LEAVE_EDITORS:
      close_above (self, 1);
      break;
    case LEAVE_PAGE:
      open_selected (self);
      break;
    case LEAVE_WINDOW:
      close_above (self, 1);
      gtk_window_close (GTK_WINDOW (self));
      break;
    }
}

static void
answered_cb (AdwMessageDialog  *dialog,
             const char        *response,
             KipSettingsWindow *self)
{
  Leave what = (Leave) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "kip-leave"));

  if (g_str_equal (response, "discard"))
    leave (self, what);
  else if (what == LEAVE_PAGE)
    gtk_list_box_select_row (self->pages, gtk_list_box_get_row_at_index (self->pages, (int) (self->shown - pages)));
}

static void
ask_to_leave (KipSettingsWindow *self,
              Leave              what)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard What Was Changed?"),
                                              _("It has not been saved yet."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep Editing"),
                                    "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data (G_OBJECT (dialog), "kip-leave", GINT_TO_POINTER (what));
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Leaves unless something unsaved is above the @kept pages at the bottom: then asks. */
static void
try_leave (KipSettingsWindow *self,
           Leave              what,
           guint              kept)
{
  if (is_unsaved (self, kept))
    ask_to_leave (self, what);
  else
    leave (self, what);
}

static gboolean
close_request_cb (KipSettingsWindow *self)
{
  if (!is_unsaved (self, 0))
    return FALSE;
  ask_to_leave (self, LEAVE_WINDOW);
  return TRUE;
}

static void
row_selected_cb (KipSettingsWindow *self,
                 GtkListBoxRow     *row)
{
  if (row != NULL && page_of (row) != self->shown)
    try_leave (self, LEAVE_PAGE, 0);
}

static void
row_activated_cb (KipSettingsWindow *self,
                  GtkListBoxRow     *row)
{
  kip_fold_set_show_sidebar (self->fold, FALSE);
  if (page_of (row) == self->shown && self->opened->len > 1)
    try_leave (self, LEAVE_EDITORS, 1);
}

/* ---- actions ---- */

static void
go_back (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KipSettingsWindow *self = KIP_SETTINGS_WINDOW (widget);

  if (self->opened->len > 1)
    try_leave (self, LEAVE_ONE, self->opened->len - 1);
  else if (kip_fold_get_folded (self->fold))
    {
      kip_fold_set_show_sidebar (self->fold, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->pages)));
    }
}

static void
undo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  kip_session_undo (KIP_SETTINGS_WINDOW (widget)->session);
}

static void
redo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  kip_session_redo (KIP_SETTINGS_WINDOW (widget)->session);
}

static void
close_window (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* Escape leaves an editor first, then the window. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  if (KIP_SETTINGS_WINDOW (widget)->opened->len > 1)
    go_back (widget, NULL, NULL);
  else
    gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

/* ---- object ---- */

static void
kip_settings_window_dispose (GObject *object)
{
  KipSettingsWindow *self = KIP_SETTINGS_WINDOW (object);

  g_ptr_array_set_size (self->opened, 0);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_settings_window_parent_class)->dispose (object);
}

static void
kip_settings_window_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_SETTINGS_WINDOW (object)->opened);
  G_OBJECT_CLASS (kip_settings_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "settings.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "settings.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "settings.redo", NULL, redo);
  gtk_widget_class_install_action (widget_class, "settings.close", NULL, close_window);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "settings.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "settings.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "settings.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "settings.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "settings.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
kip_settings_window_class_init (KipSettingsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_settings_window_dispose;
  object_class->finalize = kip_settings_window_finalize;

  g_type_ensure (KIP_TYPE_FOLD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-settings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, fold);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, sidebar_header);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, header);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, back);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KipSettingsWindow, stack);
  install_actions (widget_class);
}

static void
kip_settings_window_init (KipSettingsWindow *self)
{
  self->opened = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->pages, header_cb, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->pages, make_sidebar_row (&pages[i]));
  g_signal_connect_swapped (self->fold, "notify::folded", G_CALLBACK (update_back), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/* ---- public ---- */

GtkWidget *
kip_settings_window_new (KipSession *session)
{
  KipSettingsWindow *self = g_object_new (KIP_TYPE_SETTINGS_WINDOW, NULL);

  self->session = g_object_ref (session);
  kip_toasts_watch (self->toasts, session, FALSE);
  g_signal_connect_swapped (self->pages, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->pages, "row-activated", G_CALLBACK (row_activated_cb), self);
  kip_settings_window_show_page (self, "office");
  kip_fold_set_show_sidebar (self->fold, TRUE);
  return GTK_WIDGET (self);
}

void
kip_settings_window_show_page (KipSettingsWindow *self,
                               const char        *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, page))
      gtk_list_box_select_row (self->pages, gtk_list_box_get_row_at_index (self->pages, (int) i));
  kip_fold_set_show_sidebar (self->fold, FALSE);
}

static KipSettingsWindow *
window_of (GtkWidget *widget)
{
  return KIP_SETTINGS_WINDOW (gtk_widget_get_ancestor (widget, KIP_TYPE_SETTINGS_WINDOW));
}

void
kip_settings_push (GtkWidget  *from,
                   GtkWidget  *page,
                   const char *title)
{
  push (window_of (from), page, title);
}

void
kip_settings_show_message (GtkWidget  *from,
                           const char *heading,
                           const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (from)), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
kip_settings_pop (GtkWidget *from)
{
  KipSettingsWindow *self = window_of (from);

  if (self != NULL && self->opened->len > 1)
    close_above (self, self->opened->len - 1);
}

void
kip_settings_pop_saved (GtkWidget *from)
{
  KipSettingsWindow *self = window_of (from);

  if (self != NULL)
    close_above (self, 1);
}

void
kip_settings_set_unsaved (GtkWidget *page,
                          gboolean   unsaved)
{
  g_object_set_data (G_OBJECT (page), "kip-unsaved", unsaved ? page : NULL);
}

void
kip_settings_say (GtkWidget  *from,
                  const char *text)
{
  kip_toast_show (window_of (from)->toasts, kip_toast_new (text));
}
