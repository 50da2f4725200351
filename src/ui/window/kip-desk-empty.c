/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

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
  { "my-queue", "emblem-ok-symbolic", N_("Nothing Waits for You"),
    N_("Take a ticket that nobody has yet, or log the next call."),
    N_("Show _Unassigned"), "win.show-view::unassigned", N_("_New Ticket"), "win.new-ticket" },
  { "unassigned", "emblem-ok-symbolic", N_("Every Ticket Has Somebody"),
    N_("New tickets that nobody has taken yet stand here."),
    N_("Show _My Queue"), "win.show-view::my-queue", N_("_New Ticket"), "win.new-ticket" },
  { "due-today", "emblem-ok-symbolic", N_("Nothing More Falls Due Today"),
    N_("The radar shows what is due in the coming days."),
    N_("Show _Radar"), "win.show-view::radar", NULL, NULL },
  { "overdue", "emblem-ok-symbolic", N_("No Promise Is Broken"),
    N_("The radar shows which ones fall due next."),
    N_("Show _Radar"), "win.show-view::radar", NULL, NULL },
  { "waiting", "emblem-ok-symbolic", N_("Nothing Is Waiting"),
    N_("Tickets that wait for their requester, a supplier or a date stand here while their clocks are paused."),
    N_("Show _My Queue"), "win.show-view::my-queue", NULL, NULL },
  { "resolved", "emblem-ok-symbolic", N_("Nothing Resolved Yet"),
    N_("Resolved tickets stand here until they are closed; the requester may still write."),
    N_("Show _My Queue"), "win.show-view::my-queue", NULL, NULL },
  { "open", "emblem-ok-symbolic", N_("Nothing Is Open"),
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

static gboolean
office_is_empty (KipDesk *self)
{
  KipViewItem *all = kip_view_list_find (self->views, "all");

  return all != NULL && kip_view_item_get_count (all) == 0;
}

static const Emptiness *
which (KipDesk *self)
{
  guint i = 0;

  if (office_is_empty (self))
    return &of_office;
  if (kip_desk_is_searching (self))
    return &of_search;
  if (g_str_equal (self->view, "all"))
    return &of_office;
  while (of_views[i].view != NULL && !g_str_equal (of_views[i].view, self->view))
    i++;
  return &of_views[i];
}

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

void
kip_desk_show_emptiness (KipDesk *self)
{
  const Emptiness *emptiness = which (self);

  adw_status_page_set_icon_name (self->empty_page, emptiness->icon);
  adw_status_page_set_title (self->empty_page, _(emptiness->title));
  adw_status_page_set_description (self->empty_page, _(emptiness->text));
  show_button (self->empty_first, emptiness->first, emptiness->first_action);
  show_button (self->empty_second, emptiness->second, emptiness->second_action);
}
