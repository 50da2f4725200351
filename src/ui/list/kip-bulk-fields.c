/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bulk-bar-private.h"

#include "kip-name-dialog.h"

#include <glib/gi18n-lib.h>

/* In a list of people: me, taking it. */
#define TAKE G_MAXUINT64

/* ---- agent ---- */

void
kip_bulk_fill_agents (KipBulkBar     *self,
                      KipPickPopover *popover)
{
  GPtrArray *agents = kip_office_get_agents (kip_bulk_bar_office (self));

  kip_pick_popover_add (popover, TAKE, _("Me: take them"), "avatar-default-symbolic");
  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (agents, i);

      if (person->id != kip_store_get_me (kip_bulk_bar_store (self)))
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
    kip_bulk_bar_finish (self, kip_command_take (KIP_STORE (source), kip_bulk_bar_ids (ids), (const KipPhase *) phases->data, ids->len),
                         g_strdup_printf (ngettext ("%u ticket taken", "%u tickets taken", ids->len), ids->len));
}

void
kip_bulk_agent_picked (KipBulkBar *self,
                       guint64     id)
{
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);
  const KipPerson *person;

  if (id == TAKE)
    {
      kip_store_rows_async (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, NULL, take_rows_cb, g_object_ref (self));
      return;
    }
  person = id != KIP_ID_NONE ? kip_office_person (kip_bulk_bar_office (self), id) : NULL;
  kip_bulk_bar_finish (self, kip_command_assign (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, id),
                       kip_bulk_bar_label (ids->len, person != NULL ? person->name : _("nobody’s")));
}

/* ---- priority ---- */

void
kip_bulk_fill_priorities (KipBulkBar     *self,
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
    kip_bulk_bar_finish (self,
                         kip_command_set_priority (kip_bulk_bar_store (self), kip_bulk_bar_ids (override->ids), override->ids->len,
                                                   override->priority, reason),
                         kip_bulk_bar_label (override->ids->len, kip_priority_label (override->priority)));
}

void
kip_bulk_priority_picked (KipBulkBar *self,
                          guint64     id)
{
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);
  Override *override;

  if (id == 0)
    {
      kip_bulk_bar_finish (self, kip_command_set_priority (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, 0, NULL),
                           kip_bulk_bar_label (ids->len, _("priority by impact and urgency")));
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

void
kip_bulk_fill_categories (KipBulkBar     *self,
                          KipPickPopover *popover)
{
  GPtrArray *categories = kip_office_get_categories (kip_bulk_bar_office (self));

  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (!category->deleted)
        kip_pick_popover_add (popover, category->id, category->path, NULL);
    }
  kip_pick_popover_add (popover, KIP_ID_NONE, _("No category"), NULL);
}

void
kip_bulk_fill_teams (KipBulkBar     *self,
                     KipPickPopover *popover)
{
  GPtrArray *teams = kip_office_get_teams (kip_bulk_bar_office (self));

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
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);
  KipValue *value = id != KIP_ID_NONE ? kip_value_int ((gint64) id) : kip_value_none ();

  kip_bulk_bar_finish (self, kip_command_set_field (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, field, value),
                       kip_bulk_bar_label (ids->len, name));
}

void
kip_bulk_category_picked (KipBulkBar *self,
                          guint64     id)
{
  const KipCategory *category = id != KIP_ID_NONE ? kip_office_category (kip_bulk_bar_office (self), id) : NULL;

  set_reference (self, KIP_FIELD_CATEGORY, id, category != NULL ? category->path : _("no category"));
}

void
kip_bulk_team_picked (KipBulkBar *self,
                      guint64     id)
{
  const KipTeam *team = id != KIP_ID_NONE ? kip_office_team (kip_bulk_bar_office (self), id) : NULL;

  set_reference (self, KIP_FIELD_TEAM, id, team != NULL ? team->name : _("no team"));
}
