/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bulk-bar-private.h"

#include "kip-export.h"
#include "kip-name-dialog.h"
#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* So many tickets are offered to merge the others into. */
#define MAX_TARGETS 30

G_DEFINE_FINAL_TYPE (KipBulkBar, kip_bulk_bar, GTK_TYPE_WIDGET)

KipStore *
kip_bulk_bar_store (KipBulkBar *self)
{
  return kip_session_get_store (self->session);
}

KipOffice *
kip_bulk_bar_office (KipBulkBar *self)
{
  return kip_store_get_office (kip_bulk_bar_store (self));
}

/* What is selected now, to be done something with.  (transfer full) */
GArray *
kip_bulk_bar_dup_ids (KipBulkBar *self)
{
  return kip_ticket_selection_dup_ids (self->selection);
}

const KipId *
kip_bulk_bar_ids (GArray *ids)
{
  return (const KipId *) ids->data;
}

/* Does @change (taken) and says @label (taken) of @n tickets. */
void
kip_bulk_bar_finish (KipBulkBar *self,
                     KipChange  *change,
                     char       *label)
{
  g_autofree char *owned = label;

  kip_session_do (self->session, change, owned, NULL, NULL);
}

/* "12 tickets: Lan" (transfer full) */
char *
kip_bulk_bar_label (guint       n,
                    const char *what)
{
  /* Translators: after a change to several tickets; %s is what they now are: an agent, a status … */
  return g_strdup_printf (ngettext ("%u ticket: %s", "%u tickets: %s", n), n, what);
}

/* ---- merging ---- */

static void
fill_targets (KipBulkBar     *self,
              KipPickPopover *popover)
{
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);

  for (guint i = 0; i < ids->len && i < MAX_TARGETS; i++)
    {
      KipTicketRow *row = kip_ticket_list_peek_row (self->list, g_array_index (ids, KipId, i));
      g_autofree char *number = NULL;
      g_autofree char *label = NULL;

      if (row == NULL)
        continue;
      number = kip_ticket_number_format (row->number);
      label = g_strdup_printf ("%s  %s", number, row->subject);
      kip_pick_popover_add (popover, row->id, label, NULL);
    }
}

static void
target_picked_cb (KipBulkBar *self,
                  guint64     id)
{
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);
  KipTicketRow *row = kip_ticket_list_peek_row (self->list, id);
  g_autofree char *number = row != NULL ? kip_ticket_number_format (row->number) : g_strdup ("");

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, KipId, i) == id)
      {
        g_array_remove_index (ids, i);
        break;
      }
  kip_bulk_bar_finish (self, kip_command_merge (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, id),
                       g_strdup_printf (ngettext ("%u ticket merged into %s", "%u tickets merged into %s", ids->len), ids->len, number));
  kip_ticket_selection_set_single (self->selection, id);
}

/* ---- tag, delete, nothing ---- */

static void
tagged_cb (const char *tag,
           gpointer    data)
{
  KipBulkBar *self = data;
  g_autoptr (GArray) ids = NULL;

  if (self->session == NULL)
    return;
  ids = kip_bulk_bar_dup_ids (self);
  kip_bulk_bar_finish (self, kip_command_tag (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, tag, TRUE),
                       g_strdup_printf (ngettext ("%u ticket tagged “%s”", "%u tickets tagged “%s”", ids->len), ids->len, tag));
}

static void
tag (GtkWidget  *widget,
     const char *name,
     GVariant   *parameter)
{
  kip_ask_name (widget, _("Tag the Selected Tickets"), NULL, _("Tag"), NULL, _("_Tag"),
                tagged_cb, g_object_ref (widget), g_object_unref);
}

static void
delete_tickets (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KipBulkBar *self = KIP_BULK_BAR (widget);
  g_autoptr (GArray) ids = NULL;

  if (self->session == NULL || kip_ticket_selection_get_size (self->selection) == 0)
    return;
  ids = kip_bulk_bar_dup_ids (self);
  kip_bulk_bar_finish (self, kip_command_delete (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, TRUE),
                       g_strdup_printf (ngettext ("%u ticket deleted", "%u tickets deleted", ids->len), ids->len));
}

static void
export (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  KipBulkBar *self = KIP_BULK_BAR (widget);
  g_autoptr (GArray) ids = NULL;

  if (self->session == NULL || kip_ticket_selection_get_size (self->selection) == 0)
    return;
  ids = kip_bulk_bar_dup_ids (self);
  kip_export_present_ids (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, ids);
}

static void
unselect_cb (KipBulkBar *self)
{
  if (self->selection != NULL)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* ---- menus ---- */

typedef void (*FillFunc) (KipBulkBar     *self,
                          KipPickPopover *popover);

static void
filling_cb (KipPickPopover *popover,
            KipBulkBar     *self)
{
  FillFunc func = (FillFunc) g_object_get_data (G_OBJECT (popover), "kip-fill");

  kip_pick_popover_clear (popover);
  if (self->session != NULL)
    func (self, popover);
}

/* (transfer floating) */
static GtkWidget *
new_popover (KipBulkBar *self,
             const char *placeholder,
             FillFunc    func,
             GCallback   picked)
{
  GtkWidget *popover = kip_pick_popover_new (placeholder);

  g_object_set_data (G_OBJECT (popover), "kip-fill", (gpointer) func);
  g_signal_connect (popover, "filling", G_CALLBACK (filling_cb), self);
  g_signal_connect_swapped (popover, "picked", picked, self);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  return popover;
}

static GtkWidget *
new_popover_of_more (KipBulkBar *self,
                     const char *placeholder,
                     FillFunc    func,
                     GCallback   picked)
{
  GtkWidget *popover = new_popover (self, placeholder, func, picked);

  gtk_widget_set_parent (popover, self->more);
  return popover;
}

static void
open_popover (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  KipBulkBar *self = KIP_BULK_BAR (widget);

  if (g_str_equal (name, "bulk.category"))
    gtk_popover_popup (GTK_POPOVER (self->category));
  else if (g_str_equal (name, "bulk.team"))
    gtk_popover_popup (GTK_POPOVER (self->team));
  else
    gtk_popover_popup (GTK_POPOVER (self->merge));
}

static void
selection_changed_cb (KipBulkBar *self)
{
  guint n = self->selection != NULL ? kip_ticket_selection_get_size (self->selection) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_text (self->count, text);
  gtk_revealer_set_reveal_child (self->bar, n > 1);
}

/* ---- class ---- */

static void
kip_bulk_bar_dispose (GObject *object)
{
  KipBulkBar *self = KIP_BULK_BAR (object);

  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->resolving, g_array_unref);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->category, gtk_widget_unparent);
  g_clear_pointer (&self->team, gtk_widget_unparent);
  g_clear_pointer (&self->merge, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_bulk_bar_parent_class)->dispose (object);
}

static void
kip_bulk_bar_class_init (KipBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_bulk_bar_dispose;
  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, bar);
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, count);
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, assign);
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, status);
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, priority);
  gtk_widget_class_bind_template_child (widget_class, KipBulkBar, more);
  gtk_widget_class_bind_template_callback (widget_class, unselect_cb);
  gtk_widget_class_install_action (widget_class, "bulk.category", NULL, open_popover);
  gtk_widget_class_install_action (widget_class, "bulk.team", NULL, open_popover);
  gtk_widget_class_install_action (widget_class, "bulk.merge", NULL, open_popover);
  gtk_widget_class_install_action (widget_class, "bulk.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "bulk.tag", NULL, tag);
  gtk_widget_class_install_action (widget_class, "bulk.delete", NULL, delete_tickets);
}

static void
kip_bulk_bar_init (KipBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_popover (self->assign, new_popover (self, _("Search for an agent"), kip_bulk_fill_agents,
                                                          G_CALLBACK (kip_bulk_agent_picked)));
  gtk_menu_button_set_popover (self->status, new_popover (self, _("Search for a status"), kip_bulk_fill_statuses,
                                                          G_CALLBACK (kip_bulk_status_picked)));
  gtk_menu_button_set_popover (self->priority, new_popover (self, _("Search for a priority"), kip_bulk_fill_priorities,
                                                            G_CALLBACK (kip_bulk_priority_picked)));
  self->category = new_popover_of_more (self, _("Search for a category"), kip_bulk_fill_categories, G_CALLBACK (kip_bulk_category_picked));
  self->team = new_popover_of_more (self, _("Search for a team"), kip_bulk_fill_teams, G_CALLBACK (kip_bulk_team_picked));
  self->merge = new_popover_of_more (self, _("Search for a ticket"), fill_targets, G_CALLBACK (target_picked_cb));
}

/* ---- public ---- */

void
kip_bulk_bar_set_selection (KipBulkBar         *self,
                            KipSession         *session,
                            KipTicketList      *list,
                            KipTicketSelection *selection)
{
  g_return_if_fail (KIP_IS_BULK_BAR (self));

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_func (self->selection, selection_changed_cb, self);
  g_set_object (&self->session, session);
  g_set_object (&self->list, list);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  selection_changed_cb (self);
}
