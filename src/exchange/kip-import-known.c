/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-private.h"

#include "kip-config.h"

#include <glib/gi18n-lib.h>

/* ---- what an earlier import told ---- */

/* An event without a time stands at that of its import. */
static gboolean
same_event (const KipEvent *a,
            const KipEvent *told)
{
  return a->verb == told->verb && a->field == told->field && (told->at == KIP_INSTANT_NONE || a->at == told->at)
         && kip_value_equal (a->value, told->value);
}

/* What was undone with its import was not told. */
static gboolean
is_told (KipEntity      *entity,
         const KipEvent *event)
{
  GPtrArray *events = kip_entity_get_events (entity);

  if (event->field == KIP_FIELD_NUMBER)
    return TRUE;
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *other = events->pdata[i];

      if (other->stamp != NULL && (other->stamp->flags & KIP_CHANGE_IMPORT) && same_event (other, event)
          && !kip_entity_is_undone (entity, other))
        return TRUE;
    }
  return FALSE;
}

static void
keep_news (KipChange *told,
           KipEntity *entity)
{
  for (guint i = told->events->len; i > 0; i--)
    if (is_told (entity, told->events->pdata[i - 1]))
      g_ptr_array_remove_index (told->events, i - 1);
}

static void
move_events (KipChange *from,
             KipChange *to)
{
  for (guint i = 0; i < from->events->len; i++)
    g_ptr_array_add (to->events, from->events->pdata[i]);
  g_ptr_array_set_free_func (from->events, NULL);
  g_ptr_array_set_size (from->events, 0);
}

gboolean
kip_import_add_known (KipImport *import,
                      guint      n,
                      KipId      ticket,
                      KipChange *change,
                      gboolean  *has_news,
                      GError   **error)
{
  g_autoptr (KipEntity) entity = kip_store_entity (import->store, KIP_KIND_TICKET, ticket, error);
  g_autoptr (KipChange) told = NULL;

  *has_news = FALSE;
  if (entity == NULL)
    return FALSE;
  told = kip_change_new (KIP_ID_NONE, "import");
  if (!kip_import_builder_add (&import->builder, kip_import_group (import, n), ticket, told, NULL))
    return TRUE;
  keep_news (told, entity);
  *has_news = told->events->len > 0;
  move_events (told, change);
  return TRUE;
}

gboolean
kip_import_add_event (KipImport *import,
                      KipEvent  *event,
                      KipChange *change,
                      GError   **error)
{
  g_autoptr (KipEvent) owned = event;
  g_autoptr (KipEntity) entity = kip_store_entity (import->store, event->kind, event->entity, error);

  if (entity == NULL)
    return FALSE;
  if (!is_told (entity, event))
    g_ptr_array_add (change->events, g_steal_pointer (&owned));
  return TRUE;
}

/* ---- what the office has ---- */

GArray *
kip_import_find_known (KipImport *import,
                       guint      from,
                       guint      n,
                       GArray   **deleted,
                       GError   **error)
{
  g_autofree const char **keys = g_new (const char *, n);

  for (guint i = 0; i < n; i++)
    keys[i] = kip_import_table_string (import->table, kip_import_group (import, from + i)->key);
  return kip_store_find_external (import->store, keys, n, deleted, error);
}

static char *
number_of (KipImport *import,
           KipId      ticket)
{
  g_autoptr (KipEntity) entity = kip_store_entity (import->store, KIP_KIND_TICKET, ticket, NULL);

  return kip_ticket_number_format (entity != NULL ? kip_entity_get_int (entity, KIP_FIELD_NUMBER, 0) : 0);
}

void
kip_import_note_deleted (KipImport *import,
                         guint      n,
                         KipId      deleted)
{
  const KipImportGroup *group = kip_import_group (import, n);
  g_autofree char *number = number_of (import, deleted);

  kip_import_report_add (import->report, kip_import_table_row (import->table, group->first)->line, FALSE,
                         kip_import_table_string (import->table, group->key),
                         g_strdup_printf (_("Ticket %s was deleted here and stays deleted."), number));
}
