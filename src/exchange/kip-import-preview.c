/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-private.h"

/* A preview looks at so many rows for its tickets' events. */
#define PREVIEW_ROWS 200000

static void
preview_free (gpointer data)
{
  KipImportPreview *preview = data;

  g_free (preview->key);
  g_free (preview->subject);
  g_free (preview->requester);
  g_free (preview->assignee);
  g_free (preview->team);
  g_free (preview->category);
  g_free (preview->status);
  g_free (preview->notes);
  g_free (preview);
}

/* The reasons that the report gained since @from. */
static char *
notes_since (KipImportReport *report,
             guint            from)
{
  GString *notes = g_string_new (NULL);

  for (guint i = from; i < report->problems->len; i++)
    g_string_append_printf (notes, "%s%s", notes->len > 0 ? "\n" : "",
                            ((KipImportProblem *) report->problems->pdata[i])->reason);
  return g_string_free (notes, FALSE);
}

static KipImportPreview *
preview_new (KipImport              *import,
             const KipImportGroup   *group,
             const KipImportOutcome *outcome,
             gboolean                known,
             guint                   problems_before)
{
  KipImportPreview *preview = g_new0 (KipImportPreview, 1);

  preview->line = kip_import_table_row (import->table, group->first)->line;
  preview->key = g_strdup (outcome->key);
  preview->subject = g_strdup (outcome->subject);
  preview->requester = g_strdup (outcome->requester);
  preview->assignee = g_strdup (outcome->assignee);
  preview->team = g_strdup (outcome->team);
  preview->category = g_strdup (outcome->category);
  preview->status = g_strdup (outcome->status != NULL ? outcome->status->name : "");
  preview->priority = outcome->priority;
  preview->received = outcome->received;
  preview->resolved = outcome->resolved;
  preview->n_events = outcome->n_events;
  preview->known = known;
  preview->notes = notes_since (import->report, problems_before);
  return preview;
}

static gboolean
preview_groups (KipImport *import,
                guint      max_tickets,
                GPtrArray *previews,
                GError   **error)
{
  guint n = MIN (import->table->groups->len, max_tickets);
  g_autoptr (GArray) deleted = NULL;
  g_autoptr (GArray) known = kip_import_find_known (import, 0, n, &deleted, error);

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "import");
      guint problems = import->report->problems->len;
      KipImportOutcome outcome = { 0 };

      if (g_array_index (deleted, KipId, i) != KIP_ID_NONE)
        kip_import_note_deleted (import, i, g_array_index (deleted, KipId, i));
      if (kip_import_builder_add (&import->builder, kip_import_group (import, i), KIP_ID_MAKE (0xffff, i + 1), change, &outcome))
        g_ptr_array_add (previews, preview_new (import, kip_import_group (import, i), &outcome,
                                                g_array_index (known, KipId, i) != KIP_ID_NONE, problems));
      kip_import_outcome_clear (&outcome);
    }
  return TRUE;
}

GPtrArray *
kip_importer_preview (KipStore         *store,
                      GFile            *file,
                      KipImportMap     *map,
                      guint             max_tickets,
                      KipImportReport **report,
                      GCancellable     *cancellable,
                      GError          **error)
{
  KipImport import = { .store = store, .map = map, .cancellable = cancellable };
  g_autoptr (GPtrArray) previews = g_ptr_array_new_with_free_func (preview_free);
  gboolean ok = kip_import_begin (&import, file, PREVIEW_ROWS, error)
                && preview_groups (&import, max_tickets, previews, error);

  if (ok && report != NULL)
    *report = g_steal_pointer (&import.report);
  kip_import_clear (&import);
  return ok ? g_steal_pointer (&previews) : NULL;
}
