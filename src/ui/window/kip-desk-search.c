/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

#include "kip-find.h"

#include <glib/gi18n-lib.h>

static KipViewItem *
shown_view (KipDesk *self)
{
  return self->views != NULL ? kip_view_list_find (self->views, self->view) : NULL;
}

/* What is to be asked now; NULL: nothing. */
static const KipQuery *
wanted_query (KipDesk *self)
{
  KipViewItem *view;

  if (kip_desk_is_searching (self))
    return kip_search_entry_get_query (self->search);
  view = shown_view (self);
  return view != NULL ? kip_view_item_get_query (view) : NULL;
}

static void
show_chips (KipDesk        *self,
            const KipQuery *query)
{
  KipViewItem *view = kip_desk_is_searching (self) ? NULL : shown_view (self);

  kip_chip_bar_show (self->chips, view != NULL ? kip_view_item_get_name (view) : NULL, query,
                     kip_store_get_resolver (kip_session_get_store (self->session)));
  kip_chip_bar_set_can_save (self->chips, view == NULL);
}

void
kip_desk_show_mistake (KipDesk *self)
{
  const KipQueryMistake *mistake = NULL;
  g_autofree char *text = NULL;
  g_autofree char *mend = NULL;

  if (kip_desk_is_searching (self))
    mistake = kip_search_entry_get_mistake (self->search);
  if (mistake != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->mistake_revealer), TRUE);
  gtk_revealer_set_reveal_child (self->mistake_revealer, mistake != NULL);
  if (mistake == NULL)
    return;
  text = g_strdup_printf ("%s %s", mistake->message, mistake->hint != NULL ? mistake->hint : "");
  gtk_label_set_text (self->mistake_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->mend_button), mistake->replacement != NULL);
  if (mistake->replacement == NULL)
    return;
  /* Translators: a button that mends a search; %s is what is put in place of the mistake. */
  mend = g_strdup_printf (_("Use “%s”"), mistake->replacement);
  gtk_button_set_label (self->mend_button, mend);
}

void
kip_desk_ask (KipDesk *self)
{
  const KipQuery *query;
  KipQuery *previous;

  if (self->session == NULL)
    return;
  query = wanted_query (self);
  kip_desk_show_mistake (self);
  if (query == NULL)
    {
      g_signal_emit_by_name (self, "answered"); /* the radar is shown */
      return;
    }
  previous = self->asked;
  self->asked = kip_query_ref (query);
  g_clear_pointer (&previous, kip_query_unref);
  self->jumping = kip_desk_is_searching (self) && kip_query_get_jump (query, &(guint) { 0 }, &(gint64) { 0 });
  show_chips (self, query);
  kip_ticket_view_ask (self->tickets, query);
}

const KipQuery *
kip_desk_get_query (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), NULL);

  return self->asked;
}

/* ---- the answer ---- */

/* The ticket that has just this number, if it is among the first. */
static KipId
find_jump (KipDesk *self)
{
  KipTicketList *list = kip_ticket_view_get_list (self->tickets);
  guint device, n;
  gint64 counter;
  const KipId *ids;

  if (!kip_query_get_jump (self->asked, &device, &counter))
    return KIP_ID_NONE;
  ids = kip_ticket_list_get_ids (list, &n);
  for (guint i = 0; i < MIN (n, 128); i++)
    {
      KipTicketRow *row = kip_ticket_list_peek_row (list, ids[i]);

      if (row != NULL && (row->number & ((G_GINT64_CONSTANT (1) << KIP_TICKET_NUMBER_BITS) - 1)) == counter &&
          (device == 0 || (guint) (row->number >> KIP_TICKET_NUMBER_BITS) == device))
        return ids[i];
    }
  return KIP_ID_NONE;
}

static void
show_summary (KipDesk *self,
              guint    total)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%'u ticket", "%'u tickets", total), total);

  kip_chip_bar_set_summary (self->chips, text);
}

static gboolean
office_is_empty (KipDesk *self)
{
  KipViewItem *all = kip_view_list_find (self->views, "all");

  return all != NULL && kip_view_item_get_count (all) == 0;
}

static void
show_emptiness (KipDesk *self)
{
  if (self->empty_page == NULL)
    {
      self->empty_page = KIP_EMPTY_PAGE (kip_empty_page_new ());
      gtk_stack_add_named (self->list_stack, GTK_WIDGET (self->empty_page), "empty");
    }
  if (office_is_empty (self))
    kip_empty_page_show_view (self->empty_page, "all");
  else if (kip_desk_is_searching (self))
    kip_empty_page_show_search (self->empty_page);
  else
    kip_empty_page_show_view (self->empty_page, self->view);
}

/* TRUE when the ticket that is open stands in the list, or none is. */
static gboolean
mark_ticket (KipDesk *self)
{
  KipTicketList *list = kip_ticket_view_get_list (self->tickets);
  KipId jump = self->jumping ? find_jump (self) : KIP_ID_NONE;

  if (jump != KIP_ID_NONE)
    kip_ticket_view_select (self->tickets, jump);
  else if (self->ticket == KIP_ID_NONE)
    return TRUE;
  else if (kip_ticket_list_find (list, self->ticket) != G_MAXUINT)
    kip_ticket_selection_set_single (kip_ticket_view_get_selection (self->tickets), self->ticket);
  else
    return FALSE;
  return TRUE;
}

/* What was asked to be marked before there was an answer. */
static void
mark_wanted (KipDesk *self,
             gboolean fresh)
{
  if (self->wants_mark && fresh)
    {
      self->wants_mark = FALSE;
      kip_ticket_view_move (self->tickets, 0);
    }
  if (self->sought && !kip_ticket_list_is_partial (kip_ticket_view_get_list (self->tickets)))
    {
      self->sought = FALSE;
      kip_ticket_view_select (self->tickets, self->ticket);
    }
}

void
kip_desk_answered (KipDesk *self,
                   gboolean fresh)
{
  KipTicketList *list = kip_ticket_view_get_list (self->tickets);
  guint total;

  /* Between two offices there is none. */
  if (list == NULL)
    return;
  total = kip_ticket_list_get_total (list);
  if (!kip_ticket_list_is_partial (list))
    show_summary (self, total);
  if (total == 0)
    show_emptiness (self);
  gtk_stack_set_visible_child_name (self->list_stack, total > 0 ? "tickets" : "empty");
  if (total > 0 && (fresh || self->unmarked))
    self->unmarked = !mark_ticket (self) && kip_ticket_list_is_partial (list);
  mark_wanted (self, fresh);
  if (self->wants_focus)
    self->wants_focus = !gtk_widget_grab_focus (total > 0 ? GTK_WIDGET (self->tickets) : GTK_WIDGET (self->empty_page));
  g_signal_emit_by_name (self, "answered");
}

/* ---- Enter in the search box ---- */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipDesk) self = data;
  KipId id = kip_find_number_finish (KIP_STORE (source), result, NULL);

  if (id != KIP_ID_NONE && self->session != NULL)
    kip_desk_show_ticket (self, id);
}

void
kip_desk_go (KipDesk *self)
{
  if (self->session == NULL || !kip_desk_is_searching (self))
    return;
  kip_search_entry_remember (self->search);
  if (kip_query_get_jump (kip_search_entry_get_query (self->search), &(guint) { 0 }, &(gint64) { 0 }))
    {
      g_cancellable_cancel (self->finding);
      g_clear_object (&self->finding);
      self->finding = g_cancellable_new ();
      kip_find_number_async (kip_session_get_store (self->session), kip_search_entry_get_text (self->search),
                             self->finding, found_cb, g_object_ref (self));
      return;
    }
  if (kip_ticket_view_get_list (self->tickets) == NULL || kip_ticket_list_get_total (kip_ticket_view_get_list (self->tickets)) == 0)
    return;
  kip_desk_show_ticket (self, kip_ticket_list_get_id (kip_ticket_view_get_list (self->tickets), 0));
}
