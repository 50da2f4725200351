/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-private.h"

#include "kip-clock.h"
#include "kip-config.h"

#include <glib/gi18n-lib.h>

/* A change-set and a transaction hold so many tickets. */
#define TICKETS_A_CHUNK 2500

static void
tell_reading (double   fraction,
              gpointer data)
{
  KipImport *import = data;

  if (import->progress != NULL)
    import->progress (fraction * KIP_IMPORT_READING, import->data);
}

static GTimeZone *
zone_of (KipStore     *store,
         KipImportMap *map)
{
  const char *name = kip_import_map_settings (map)->time_zone;
  g_autoptr (KipAgreements) agreements = NULL;
  KipCalendar *calendar;

  if (name != NULL)
    return g_time_zone_new_identifier (name);
  agreements = kip_store_dup_agreements (store);
  calendar = kip_agreements_get_office_calendar (agreements);
  return calendar != NULL ? g_time_zone_ref (kip_calendar_get_zone (calendar)) : g_time_zone_new_utc ();
}

void
kip_import_clear (KipImport *import)
{
  kip_import_builder_clear (&import->builder);
  g_clear_pointer (&import->names, kip_import_names_free);
  g_clear_pointer (&import->table, kip_import_table_free);
  g_clear_pointer (&import->report, kip_import_report_free);
  g_clear_pointer (&import->ids, g_array_unref);
}

gboolean
kip_import_begin (KipImport *import,
                  GFile     *file,
                  guint64    max_rows,
                  GError   **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  import->report = kip_import_report_new ();
  import->ids = g_array_new (FALSE, TRUE, sizeof (KipId));
  if (!kip_import_map_check (import->map, error))
    return FALSE;
  zone = zone_of (import->store, import->map);
  import->table = kip_import_table_read (file, import->map, zone, max_rows, import->report,
                                         tell_reading, import, import->cancellable, error);
  if (import->table == NULL)
    return FALSE;
  import->names = kip_import_names_new (import->store);
  kip_import_builder_init (&import->builder, import->table, import->names, kip_clock_now ());
  g_array_set_size (import->ids, import->table->groups->len);
  return kip_import_builder_check (&import->builder, error);
}

const KipImportGroup *
kip_import_group (KipImport *import,
                  guint      n)
{
  return &g_array_index (import->table->groups, KipImportGroup, n);
}

static KipChange *
change_new (KipImport *import)
{
  KipChange *change = kip_change_new (kip_store_get_me (import->store), "import");

  if (import->report->batch == 0)
    import->report->batch = kip_store_new_id (import->store);
  change->stamp->batch = import->report->batch;
  change->stamp->flags |= KIP_CHANGE_IMPORT;
  kip_import_names_set_change (import->names, change);
  return change;
}

/* ---- chunks: one is written while the next is being made ---- */

typedef struct
{
  KipStore  *store;   /* borrowed */
  KipChange *change;  /* (owned) (nullable): taken by the store */
  guint      n_new, n_updated, n_known, n_deleted;
  guint      until;   /* groups done when this one is */
  GThread   *thread;  /* (owned) (nullable) that writes it */
  KipReceipt receipt; /* seq 0: nothing was new */
  gboolean   ok;
  GError    *error;   /* (owned) (nullable) */
} Chunk;

static void
chunk_free (Chunk *chunk)
{
  g_clear_pointer (&chunk->change, kip_change_free);
  g_clear_error (&chunk->error);
  g_free (chunk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Chunk, chunk_free)

static gpointer
write_thread (gpointer data)
{
  Chunk *chunk = data;

  chunk->ok = chunk->change->events->len == 0
              || kip_store_append (chunk->store, g_steal_pointer (&chunk->change), &chunk->receipt, &chunk->error);
  return NULL;
}

static void
start_writing (Chunk *chunk)
{
  chunk->thread = g_thread_new ("kip-import", write_thread, chunk);
}

/* Waits until @chunk (nullable, taken) is on disk; only then it counts. */
static gboolean
finish_writing (KipImport *import,
                Chunk     *chunk,
                GError   **error)
{
  g_autoptr (Chunk) owned = chunk;

  if (chunk == NULL)
    return TRUE;
  g_thread_join (chunk->thread);
  if (!chunk->ok)
    {
      g_propagate_error (error, g_steal_pointer (&chunk->error));
      return FALSE;
    }
  import->report->n_new += chunk->n_new;
  import->report->n_updated += chunk->n_updated;
  import->report->n_known += chunk->n_known;
  import->report->n_deleted += chunk->n_deleted;
  import->has_written |= chunk->receipt.seq != 0;
  if (import->progress != NULL)
    import->progress (KIP_IMPORT_READING + (1 - KIP_IMPORT_READING) * chunk->until / MAX (import->table->groups->len, 1), import->data);
  return TRUE;
}

static Chunk *
chunk_new (KipImport *import)
{
  Chunk *chunk = g_new0 (Chunk, 1);

  chunk->store = import->store;
  chunk->change = change_new (import);
  return chunk;
}

static void
add_new (KipImport *import,
         guint      n,
         Chunk     *chunk)
{
  KipId id = kip_store_new_id (import->store);

  if (!kip_import_builder_add (&import->builder, kip_import_group (import, n), id, chunk->change, NULL))
    return;
  g_array_index (import->ids, KipId, n) = id;
  chunk->n_new++;
}

/* ---- making ---- */

static gboolean
add_known (KipImport *import,
           guint      n,
           KipId      id,
           Chunk     *chunk,
           GError   **error)
{
  gboolean has_news;

  g_array_index (import->ids, KipId, n) = id;
  if (!kip_import_add_known (import, n, id, chunk->change, &has_news, error))
    return FALSE;
  if (has_news)
    chunk->n_updated++;
  else
    chunk->n_known++;
  return TRUE;
}

static void
pass_over (KipImport *import,
           guint      n,
           KipId      deleted,
           Chunk     *chunk)
{
  kip_import_note_deleted (import, n, deleted);
  chunk->n_deleted++;
}

/* The tickets of the groups from @from on. */
static Chunk *
make_chunk (KipImport *import,
            guint      from,
            guint      n,
            GError   **error)
{
  g_autoptr (GArray) deleted = NULL;
  g_autoptr (GArray) known = kip_import_find_known (import, from, n, &deleted, error);
  g_autoptr (Chunk) chunk = NULL;

  if (known == NULL)
    return NULL;
  chunk = chunk_new (import);
  chunk->until = from + n;
  for (guint i = 0; i < n; i++)
    {
      KipId id = g_array_index (known, KipId, i), gone = g_array_index (deleted, KipId, i);

      if (id != KIP_ID_NONE && !add_known (import, from + i, id, chunk, error))
        return NULL;
      if (id == KIP_ID_NONE && gone != KIP_ID_NONE)
        pass_over (import, from + i, gone, chunk);
      else if (id == KIP_ID_NONE)
        add_new (import, from + i, chunk);
    }
  kip_import_names_set_change (import->names, NULL);
  return g_steal_pointer (&chunk);
}

/* Everybody and everything that the file names goes in first and at once, for the
 * whole office is read anew whenever somebody joins it. */
static Chunk *
make_names (KipImport *import)
{
  Chunk *chunk = chunk_new (import);

  kip_import_builder_name_all (&import->builder);
  kip_import_names_set_change (import->names, NULL);
  return chunk;
}

static gboolean
import_chunks (KipImport *import,
               GError   **error)
{
  guint n_groups = import->table->groups->len;
  Chunk *writing = make_names (import);

  start_writing (writing);
  for (guint from = 0; from < n_groups; from += TICKETS_A_CHUNK)
    {
      g_autoptr (Chunk) next = NULL;
      gboolean ok = !g_cancellable_set_error_if_cancelled (import->cancellable, error);

      if (ok)
        next = make_chunk (import, from, MIN (TICKETS_A_CHUNK, n_groups - from), error);
      if (!finish_writing (import, g_steal_pointer (&writing), ok && next != NULL ? error : NULL) || next == NULL)
        return FALSE;
      writing = g_steal_pointer (&next);
      start_writing (writing);
    }
  return finish_writing (import, writing, error);
}

/* ---- parents: known only when all tickets are in ---- */

static KipId
find_parent (KipImport *import,
             guint32    text)
{
  guint32 group = g_array_index (import->table->group_of, guint32, text);
  const char *key = kip_import_table_string (import->table, text);
  g_autoptr (GArray) known = NULL;

  if (group != 0)
    return g_array_index (import->ids, KipId, group - 1);
  known = kip_store_find_external (import->store, &key, 1, NULL, NULL);
  return known != NULL && known->len == 1 ? g_array_index (known, KipId, 0) : KIP_ID_NONE;
}

static gboolean
add_parent (KipImport *import,
            KipId      child,
            guint32    text,
            KipChange *change,
            GError   **error)
{
  KipId parent = find_parent (import, text);
  KipEvent *event;

  if (parent == KIP_ID_NONE || parent == child)
    {
      kip_import_report_add (import->report, 0, FALSE, NULL,
                             g_strdup_printf (_("There is no ticket %s that could be the parent."),
                                              kip_import_table_string (import->table, text)));
      return TRUE;
    }
  event = kip_event_new (KIP_KIND_TICKET, child, KIP_VERB_SET, KIP_FIELD_PARENT);
  event->value = kip_value_int ((gint64) parent);
  return kip_import_add_event (import, event, change, error);
}

static gboolean
import_parents (KipImport *import,
                GError   **error)
{
  g_autoptr (Chunk) chunk = NULL;
  GHashTableIter iter;
  gpointer child, text;

  if (g_hash_table_size (import->builder.parents) == 0)
    return TRUE;
  chunk = chunk_new (import);
  chunk->until = import->table->groups->len;
  g_hash_table_iter_init (&iter, import->builder.parents);
  while (g_hash_table_iter_next (&iter, &child, &text))
    if (!add_parent (import, *(KipId *) child, GPOINTER_TO_UINT (text), chunk->change, error))
      return FALSE;
  start_writing (chunk);
  return finish_writing (import, g_steal_pointer (&chunk), error);
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const KipImportProblem *x = *(KipImportProblem *const *) a, *y = *(KipImportProblem *const *) b;

  return x->line < y->line ? -1 : x->line > y->line;
}

static void
finish_report (KipImport *import)
{
  const KipImportMade *made = kip_import_names_get_made (import->names);

  import->report->n_people = made->people;
  import->report->n_teams = made->teams;
  import->report->n_categories = made->categories;
  import->report->n_assets = made->assets;
  g_ptr_array_sort (import->report->problems, compare_problems);
  if (!import->has_written)
    import->report->batch = 0;
}

KipImportReport *
kip_importer_run (KipStore     *store,
                  GFile        *file,
                  KipImportMap *map,
                  KipProgress   progress,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  KipImport import = { .store = store, .map = map, .progress = progress, .data = data, .cancellable = cancellable };
  KipImportReport *report = NULL;

  if (kip_import_begin (&import, file, G_MAXUINT64, error))
    {
      if (import_chunks (&import, &import.report->stopped))
        import_parents (&import, &import.report->stopped);
      finish_report (&import);
      report = g_steal_pointer (&import.report);
    }
  kip_import_clear (&import);
  return report;
}

gboolean
kip_importer_undo (KipStore     *store,
                   guint64       batch,
                   GCancellable *cancellable,
                   GError      **error)
{
  return kip_store_undo_batch (store, batch, cancellable, error);
}
