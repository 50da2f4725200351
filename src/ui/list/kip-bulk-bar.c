/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bulk-bar.h"

#include "kip-name-dialog.h"
#include "kip-pick-popover.h"

#include <glib/gi18n-lib.h>

/* So many tickets are offered to merge the others into. */
#define MAX_TARGETS 30

/* In a list of people: me, taking it. */
#define TAKE G_MAXUINT64

struct _KipBulkBar
{
  GtkWidget           parent_instance;
  KipSession         *session;   /* (owned) (nullable) */
  KipTicketList      *list;      /* (owned) (nullable) */
  KipTicketSelection *selection; /* (owned) (nullable) */

  GtkRevealer        *bar;
  GtkLabel           *count;
  GtkMenuButton      *assign;
  GtkMenuButton      *status;
  GtkMenuButton      *priority;
  GtkWidget          *more;
  GtkWidget          *category; /* popovers that open from more */
  GtkWidget          *team;
  GtkWidget          *merge;
};

G_DEFINE_FINAL_TYPE (KipBulkBar, kip_bulk_bar, GTK_TYPE_WIDGET)

static KipStore *
store_of (KipBulkBar *self)
{
  return kip_session_get_store (self->session);
}

static KipOffice *
office_of (KipBulkBar *self)
{
  return kip_store_get_office (store_of (self));
}

/* What is selected now, to be done something with.  (transfer full) */
static GArray *
dup_ids (KipBulkBar *self)
{
  return kip_ticket_selection_dup_ids (self->selection);
}

static const KipId *
ids_of (GArray *ids)
{
  return (const KipId *) ids->data;
}

/* Does @change (taken) and says @label (taken) of @n tickets. */
static void
finish (KipBulkBar *self,
        KipChange  *change,
        char       *label)
{
  g_autofree char *owned = label;

  kip_session_do (self->session, change, owned, NULL, NULL);
}

/* "12 tickets: Lan" (transfer full) */
static char *
label_for (guint       n,
           const char *what)
{
  /* Translators: after a change to several tickets; %s is what they now are: an agent, a status … */
  return g_strdup_printf (ngettext ("%u ticket: %s", "%u tickets: %s", n), n, what);
}

/* ---- agent ---- */

static void
fill_agents (KipBulkBar     *self,
             KipPickPopover *popover)
{
  GPtrArray *agents = kip_office_get_agents (office_of (self));

  kip_pick_popover_add (popover, TAKE, _("Me: take them"), "avatar-default-symbolic");
  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (agents, i);

      if (person->id != kip_store_get_me (store_of (self)))
        kip_pick_popover_add (popover, person->id, person->name, NULL);
    }
  kip_pick_popover_add (popover, KIP_ID_NONE, _("Nobody"), NULL);
}

/* Taking opens what is new, so it must be known what is. */
static void
take_rows_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipBulkBar) self = data;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) phases = g_array_new (FALSE, FALSE, sizeof (KipPhase));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      KipTicketRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      g_array_append_val (ids, row->id);
      g_array_append_val (phases, row->phase);
    }
  if (ids->len > 0 && self->session != NULL)
    finish (self, kip_command_take (KIP_STORE (source), ids_of (ids), (const KipPhase *) phases->data, ids->len),
            g_strdup_printf (ngettext ("%u ticket taken", "%u tickets taken", ids->len), ids->len));
}

static void
agent_picked_cb (KipBulkBar *self,
                 guint64     id)
{
  g_autoptr (GArray) ids = dup_ids (self);
  const KipPerson *person;

  if (id == TAKE)
    {
      kip_store_rows_async (store_of (self), ids_of (ids), ids->len, NULL, take_rows_cb, g_object_ref (self));
      return;
    }
  person = id != KIP_ID_NONE ? kip_office_person (office_of (self), id) : NULL;
  finish (self, kip_command_assign (store_of (self), ids_of (ids), ids->len, id),
          label_for (ids->len, person != NULL ? person->name : _("nobody’s")));
}

/* ---- status ---- */

static void
fill_statuses (KipBulkBar     *self,
               KipPickPopover *popover)
{
  GPtrArray *statuses = kip_office_get_statuses (office_of (self));

  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (statuses, i);

      if (!status->deleted)
        kip_pick_popover_add (popover, status->id, status->name, NULL);
    }
}

static void
status_picked_cb (KipBulkBar *self,
                  guint64     id)
{
  g_autoptr (GArray) ids = dup_ids (self);
  const KipStatus *status = kip_office_status (office_of (self), id);

  if (status != NULL)
    finish (self, kip_command_set_status (store_of (self), ids_of (ids), ids->len, status),
            label_for (ids->len, status->name));
}

/* ---- priority ---- */

static void
fill_priorities (KipBulkBar     *self,
                 KipPickPopover *popover)
{
  for (int priority = KIP_PRIORITY_CRITICAL; priority <= KIP_PRIORITY_LOW; priority++)
    {
      g_autofree char *label = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));

      kip_pick_popover_add (popover, priority, label, NULL);
    }
  kip_pick_popover_add (popover, 0, _("By impact and urgency"), NULL);
}

/* A priority that waits for its reason. */
typedef struct
{
  KipBulkBar *bar; /* (owned) */
  GArray     *ids; /* (owned) */
  int         priority;
} Override;

static void
override_free (gpointer data)
{
  Override *override = data;

  g_object_unref (override->bar);
  g_array_unref (override->ids);
  g_free (override);
}

static void
reason_cb (const char *reason,
           gpointer    data)
{
  Override *override = data;
  KipBulkBar *self = override->bar;

  if (self->session != NULL)
    finish (self,
            kip_command_set_priority (store_of (self), ids_of (override->ids), override->ids->len,
                                      override->priority, reason),
            label_for (override->ids->len, kip_priority_label (override->priority)));
}

static void
priority_picked_cb (KipBulkBar *self,
                    guint64     id)
{
  g_autoptr (GArray) ids = dup_ids (self);
  Override *override;

  if (id == 0)
    {
      finish (self, kip_command_set_priority (store_of (self), ids_of (ids), ids->len, 0, NULL),
              label_for (ids->len, _("priority by impact and urgency")));
      return;
    }
  override = g_new0 (Override, 1);
  override->bar = g_object_ref (self);
  override->ids = g_array_ref (ids);
  override->priority = (int) id;
  kip_ask_name (GTK_WIDGET (self), _("Why This Priority?"),
                _("It will differ from what impact and urgency say; the reason stands in the history."),
                _("Reason"), NULL, _("_Change Priority"), reason_cb, override, override_free);
}

/* ---- category and team ---- */

static void
fill_categories (KipBulkBar     *self,
                 KipPickPopover *popover)
{
  GPtrArray *categories = kip_office_get_categories (office_of (self));

  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (!category->deleted)
        kip_pick_popover_add (popover, category->id, category->path, NULL);
    }
  kip_pick_popover_add (popover, KIP_ID_NONE, _("No category"), NULL);
}

static void
fill_teams (KipBulkBar     *self,
            KipPickPopover *popover)
{
  GPtrArray *teams = kip_office_get_teams (office_of (self));

  for (guint i = 0; i < teams->len; i++)
    {
      const KipTeam *team = g_ptr_array_index (teams, i);

      if (!team->deleted)
        kip_pick_popover_add (popover, team->id, team->name, NULL);
    }
  kip_pick_popover_add (popover, KIP_ID_NONE, _("No team"), NULL);
}

static void
set_reference (KipBulkBar *self,
               KipField    field,
               KipId       id,
               const char *name)
{
  g_autoptr (GArray) ids = dup_ids (self);
  KipValue *value = id != KIP_ID_NONE ? kip_value_int ((gint64) id) : kip_value_none ();

  finish (self, kip_command_set_field (store_of (self), ids_of (ids), ids->len, field, value),
          label_for (ids->len, name));
}

static void
category_picked_cb (KipBulkBar *self,
                    guint64     id)
{
  const KipCategory *category = id != KIP_ID_NONE ? kip_office_category (office_of (self), id) : NULL;

  set_reference (self, KIP_FIELD_CATEGORY, id, category != NULL ? category->path : _("no category"));
}

static void
team_picked_cb (KipBulkBar *self,
                guint64     id)
{
  const KipTeam *team = id != KIP_ID_NONE ? kip_office_team (office_of (self), id) : NULL;

  set_reference (self, KIP_FIELD_TEAM, id, team != NULL ? team->name : _("no team"));
}

/* ---- merging ---- */

static void
fill_targets (KipBulkBar     *self,
              KipPickPopover *popover)
{
  g_autoptr (GArray) ids = dup_ids (self);

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
  g_autoptr (GArray) ids = dup_ids (self);
  KipTicketRow *row = kip_ticket_list_peek_row (self->list, id);
  g_autofree char *number = row != NULL ? kip_ticket_number_format (row->number) : g_strdup ("");

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, KipId, i) == id)
      {
        g_array_remove_index (ids, i);
        break;
      }
  finish (self, kip_command_merge (store_of (self), ids_of (ids), ids->len, id),
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
  ids = dup_ids (self);
  finish (self, kip_command_tag (store_of (self), ids_of (ids), ids->len, tag, TRUE),
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
  ids = dup_ids (self);
  finish (self, kip_command_delete (store_of (self), ids_of (ids), ids->len, TRUE),
          g_strdup_printf (ngettext ("%u ticket deleted", "%u tickets deleted", ids->len), ids->len));
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
  gtk_widget_class_install_action (widget_class, "bulk.tag", NULL, tag);
  gtk_widget_class_install_action (widget_class, "bulk.delete", NULL, delete_tickets);
}

static void
kip_bulk_bar_init (KipBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_popover (self->assign, new_popover (self, _("Search for an agent"), fill_agents,
                                                          G_CALLBACK (agent_picked_cb)));
  gtk_menu_button_set_popover (self->status, new_popover (self, _("Search for a status"), fill_statuses,
                                                          G_CALLBACK (status_picked_cb)));
  gtk_menu_button_set_popover (self->priority, new_popover (self, _("Search for a priority"), fill_priorities,
                                                            G_CALLBACK (priority_picked_cb)));
  self->category = new_popover_of_more (self, _("Search for a category"), fill_categories, G_CALLBACK (category_picked_cb));
  self->team = new_popover_of_more (self, _("Search for a team"), fill_teams, G_CALLBACK (team_picked_cb));
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
