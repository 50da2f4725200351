/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-empty-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* An empty list says why it is empty and what to do next. */
typedef struct
{
  const char *view; /* NULL: any other */
  const char *icon, *title, *text;
  const char *first, *first_action;   /* (nullable) */
  const char *second, *second_action; /* (nullable) */
} Emptiness;

static const Emptiness of_views[] = {
  { "my-queue", "object-select-symbolic", N_("Nothing Waits for You"),
    N_("Take a ticket that nobody has yet, or log the next call."),
    N_("Show _Unassigned"), "win.show-view::unassigned", N_("_New Ticket"), "win.new-ticket" },
  { "unassigned", "object-select-symbolic", N_("Every Ticket Has Somebody"),
    N_("New tickets that nobody has taken yet stand here."),
    N_("Show _My Queue"), "win.show-view::my-queue", N_("_New Ticket"), "win.new-ticket" },
  { "due-today", "object-select-symbolic", N_("Nothing More Falls Due Today"),
    N_("The radar shows what is due in the coming days."),
    N_("Show _Radar"), "win.show-view::radar", NULL, NULL },
  { "overdue", "object-select-symbolic", N_("No Promise Is Broken"),
    N_("The radar shows which ones fall due next."),
    N_("Show _Radar"), "win.show-view::radar", NULL, NULL },
  { "waiting", "object-select-symbolic", N_("Nothing Is Waiting"),
    N_("Tickets that wait for their requester, a supplier or a date stand here while their clocks are paused."),
    N_("Show _My Queue"), "win.show-view::my-queue", NULL, NULL },
  { "resolved", "object-select-symbolic", N_("Nothing Resolved Yet"),
    N_("Resolved tickets stand here until they are closed; the requester may still write."),
    N_("Show _My Queue"), "win.show-view::my-queue", NULL, NULL },
  { "open", "object-select-symbolic", N_("Nothing Is Open"),
    N_("Log the next call as soon as the phone rings."),
    N_("_New Ticket"), "win.new-ticket", NULL, NULL },
  { NULL, "folder-saved-search-symbolic", N_("No Ticket in This View"),
    N_("No ticket answers to its search at the moment."),
    N_("Show _All Tickets"), "win.show-view::all", NULL, NULL },
};

static const Emptiness of_search = {
  NULL, "edit-find-symbolic", N_("Nothing Found"),
  N_("Try fewer or shorter words, or take away one of the filters above."),
  N_("_Clear the Search"), "win.clear-search", NULL, NULL
};

static const Emptiness of_office = {
  NULL, "kip-ticket-symbolic", N_("No Tickets Yet"),
  N_("Log the first call as soon as the phone rings, or bring in the tickets that you have."),
  N_("_New Ticket"), "win.new-ticket", N_("_Import…"), "app.import"
};

struct _KipEmptyPage
{
  GtkWidget      parent_instance;
  AdwStatusPage *page;
  GtkButton     *first;
  GtkButton     *second;
};

G_DEFINE_FINAL_TYPE (KipEmptyPage, kip_empty_page, GTK_TYPE_WIDGET)

/* The target first: an action without the one it needs is complained about. */
static void
set_action (GtkActionable *button,
            const char    *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_actionable_set_action_name (button, NULL);
  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
show_button (GtkButton  *button,
             const char *label,
             const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, _(label));
  set_action (GTK_ACTIONABLE (button), action);
}

static void
show (KipEmptyPage    *self,
      const Emptiness *emptiness)
{
  adw_status_page_set_icon_name (self->page, emptiness->icon);
  adw_status_page_set_title (self->page, _(emptiness->title));
  adw_status_page_set_description (self->page, _(emptiness->text));
  show_button (self->first, emptiness->first, emptiness->first_action);
  show_button (self->second, emptiness->second, emptiness->second_action);
}

/* ---- class ---- */

static gboolean
kip_empty_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KIP_EMPTY_PAGE (widget)->first));
}

static void
kip_empty_page_dispose (GObject *object)
{
  KipEmptyPage *self = KIP_EMPTY_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->page, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_empty_page_parent_class)->dispose (object);
}

static void
kip_empty_page_class_init (KipEmptyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_empty_page_dispose;
  widget_class->grab_focus = kip_empty_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipEmptyPage, page);
  gtk_widget_class_bind_template_child (widget_class, KipEmptyPage, first);
  gtk_widget_class_bind_template_child (widget_class, KipEmptyPage, second);
}

static void
kip_empty_page_init (KipEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

GtkWidget *
kip_empty_page_new (void)
{
  return g_object_new (KIP_TYPE_EMPTY_PAGE, NULL);
}

void
kip_empty_page_show_view (KipEmptyPage *self,
                          const char   *key)
{
  guint i = 0;

  g_return_if_fail (KIP_IS_EMPTY_PAGE (self));

  if (g_str_equal (key, "all"))
    {
      show (self, &of_office);
      return;
    }
  while (of_views[i].view != NULL && !g_str_equal (of_views[i].view, key))
    i++;
  show (self, &of_views[i]);
}

void
kip_empty_page_show_search (KipEmptyPage *self)
{
  g_return_if_fail (KIP_IS_EMPTY_PAGE (self));

  show (self, &of_search);
}
