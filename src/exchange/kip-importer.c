/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-importer.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-import-ticket.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* A change-set and a transaction hold so many tickets. */
#define TICKETS_A_CHUNK 2500

/* Reading is this share of the work, as the progress shows it. */
#define READING 0.25

/* A preview looks at so many rows for its tickets' events. */
#define PREVIEW_ROWS 200000

/* An import under way. */
typedef struct
{
  KipStore        *store;
  KipImportMap    *map;
  KipImportReport *report;  /* (owned) */
  KipImportTable  *table;   /* (owned) */
  KipImportNames  *names;   /* (owned) */
  KipImportBuilder builder;
  GArray          *ids;     /* (owned) of KipId: of each group; NONE: not made */
  KipProgress      progress;
  gpointer         data;
  GCancellable    *cancellable;
} Import;

static void
tell_reading (double   fraction,
              gpointer data)
{
  Import *import = data;

  if (import->progress != NULL)
    import->progress (fraction * READING, import->data);
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

static void
import_clear (Import *import)
{
  kip_import_builder_clear (&import->builder);
  g_clear_pointer (&import->names, kip_import_names_free);
  g_clear_pointer (&import->table, kip_import_table_free);
  g_clear_pointer (&import->report, kip_import_report_free);
  g_clear_pointer (&import->ids, g_array_unref);
}

/* Everything that can be wrong before anything is written. */
static gboolean
import_begin (Import  *import,
              GFile   *file,
              guint64  max_rows,
              GError **error)
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

static const KipImportGroup *
group_at (Import *import,
          guint   n)
{
  return &g_array_index (import->table->groups, KipImportGroup, n);
}

/* The tickets that the office has for the groups from @from on. */
static GArray *
find_known (Import  *import,
            guint    from,
            guint    n,
            GError **error)
{
  g_autofree const char **keys = g_new (const char *, n);

  for (guint i = 0; i < n; i++)
    keys[i] = kip_import_table_string (import->table, group_at (import, from + i)->key);
  return kip_store_find_external (import->store, keys, n, error);
}

static KipChange *
change_new (Import *import)
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
  guint      n_new, n_updated, n_known;
  guint      until;   /* groups done when this one is */
  GThread   *thread;  /* (owned) (nullable) that writes it */
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
              || kip_store_append (chunk->store, g_steal_pointer (&chunk->change), NULL, &chunk->error);
  return NULL;
}

static void
start_writing (Chunk *chunk)
{
  chunk->thread = g_thread_new ("kip-import", write_thread, chunk);
}

/* Waits until @chunk (nullable, taken) is on disk; only then it counts. */
static gboolean
finish_writing (Import  *import,
                Chunk   *chunk,
                GError **error)
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
  if (import->progress != NULL)
    import->progress (READING + (1 - READING) * chunk->until / MAX (import->table->groups->len, 1), import->data);
  return TRUE;
}

static Chunk *
chunk_new (Import *import)
{
  Chunk *chunk = g_new0 (Chunk, 1);

  chunk->store = import->store;
  chunk->change = change_new (import);
  return chunk;
}

/* ---- known tickets ---- */

static gboolean
same_event (const KipEvent *a,
            const KipEvent *b)
{
  return a->verb == b->verb && a->field == b->field && a->at == b->at && kip_value_equal (a->value, b->value);
}

static gboolean
is_told (GPtrArray      *events,
         const KipEvent *event)
{
  if (event->field == KIP_FIELD_NUMBER)
    return TRUE;
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *other = events->pdata[i];

      if (other->stamp != NULL && (other->stamp->flags & KIP_CHANGE_IMPORT) && same_event (other, event))
        return TRUE;
    }
  return FALSE;
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

/* Of what the rows tell, only what an earlier import did not. */
static void
keep_news (KipChange *told,
           GPtrArray *known)
{
  for (guint i = told->events->len; i > 0; i--)
    if (is_told (known, told->events->pdata[i - 1]))
      g_ptr_array_remove_index (told->events, i - 1);
}

static void
add_new (Import *import,
         guint   n,
         Chunk  *chunk)
{
  KipId id = kip_store_new_id (import->store);

  if (!kip_import_builder_add (&import->builder, group_at (import, n), id, chunk->change, NULL))
    return;
  g_array_index (import->ids, KipId, n) = id;
  chunk->n_new++;
}

static gboolean
add_known (Import  *import,
           guint    n,
           KipId    id,
           Chunk   *chunk,
           GError **error)
{
  g_autoptr (KipEntity) entity = kip_store_entity (import->store, KIP_KIND_TICKET, id, error);
  g_autoptr (KipChange) told = NULL;

  if (entity == NULL)
    return FALSE;
  g_array_index (import->ids, KipId, n) = id;
  told = kip_change_new (KIP_ID_NONE, "import");
  if (!kip_import_builder_add (&import->builder, group_at (import, n), id, told, NULL))
    return TRUE;
  keep_news (told, kip_entity_get_events (entity));
  if (told->events->len > 0)
    chunk->n_updated++;
  else
    chunk->n_known++;
  move_events (told, chunk->change);
  return TRUE;
}

/* ---- making ---- */

/* The tickets of the groups from @from on. */
static Chunk *
make_chunk (Import  *import,
            guint    from,
            guint    n,
            GError **error)
{
  g_autoptr (GArray) known = find_known (import, from, n, error);
  g_autoptr (Chunk) chunk = NULL;

  if (known == NULL)
    return NULL;
  chunk = chunk_new (import);
  chunk->until = from + n;
  for (guint i = 0; i < n; i++)
    {
      KipId id = g_array_index (known, KipId, i);

      if (id == KIP_ID_NONE)
        add_new (import, from + i, chunk);
      else if (!add_known (import, from + i, id, chunk, error))
        return NULL;
    }
  kip_import_names_set_change (import->names, NULL);
  return g_steal_pointer (&chunk);
}

/* Everybody and everything that the file names goes in first and at once, for the
 * whole office is read anew whenever somebody joins it. */
static Chunk *
make_names (Import *import)
{
  Chunk *chunk = chunk_new (import);

  kip_import_builder_name_all (&import->builder);
  kip_import_names_set_change (import->names, NULL);
  return chunk;
}

static gboolean
import_chunks (Import  *import,
               GError **error)
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
find_parent (Import *import,
             guint32 text)
{
  guint32 group = g_array_index (import->table->group_of, guint32, text);
  const char *key = kip_import_table_string (import->table, text);
  g_autoptr (GArray) known = NULL;

  if (group != 0)
    return g_array_index (import->ids, KipId, group - 1);
  known = kip_store_find_external (import->store, &key, 1, NULL);
  return known != NULL && known->len == 1 ? g_array_index (known, KipId, 0) : KIP_ID_NONE;
}

static gboolean
import_parents (Import  *import,
                GError **error)
{
  Chunk *chunk;
  GHashTableIter iter;
  gpointer child, text;

  if (g_hash_table_size (import->builder.parents) == 0)
    return TRUE;
  chunk = chunk_new (import);
  g_hash_table_iter_init (&iter, import->builder.parents);
  while (g_hash_table_iter_next (&iter, &child, &text))
    {
      KipId parent = find_parent (import, GPOINTER_TO_UINT (text));

      if (parent != KIP_ID_NONE && parent != *(KipId *) child)
        kip_change_set_int (chunk->change, KIP_KIND_TICKET, *(KipId *) child, KIP_FIELD_PARENT, (gint64) parent);
      else
        kip_import_report_add (import->report, 0, FALSE, NULL,
                               g_strdup_printf (_("There is no ticket %s that could be the parent."),
                                                kip_import_table_string (import->table, GPOINTER_TO_UINT (text))));
    }
  chunk->until = import->table->groups->len;
  start_writing (chunk);
  return finish_writing (import, chunk, error);
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const KipImportProblem *x = *(KipImportProblem *const *) a, *y = *(KipImportProblem *const *) b;

  return x->line < y->line ? -1 : x->line > y->line;
}

static void
finish_report (Import *import)
{
  const KipImportMade *made = kip_import_names_get_made (import->names);

  import->report->n_people = made->people;
  import->report->n_teams = made->teams;
  import->report->n_categories = made->categories;
  import->report->n_assets = made->assets;
  g_ptr_array_sort (import->report->problems, compare_problems);
  if (import->report->n_new + import->report->n_updated == 0)
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
  Import import = { .store = store, .map = map, .progress = progress, .data = data, .cancellable = cancellable };
  KipImportReport *report = NULL;

  if (import_begin (&import, file, G_MAXUINT64, error))
    {
      if (import_chunks (&import, &import.report->stopped))
        import_parents (&import, &import.report->stopped);
      finish_report (&import);
      report = g_steal_pointer (&import.report);
    }
  import_clear (&import);
  return report;
}

/* ---- preview ---- */

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
preview_new (Import                 *import,
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
preview_groups (Import    *import,
                guint      max_tickets,
                GPtrArray *previews,
                GError   **error)
{
  guint n = MIN (import->table->groups->len, max_tickets);
  g_autoptr (GArray) known = find_known (import, 0, n, error);

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "import");
      guint problems = import->report->problems->len;
      KipImportOutcome outcome = { 0 };

      if (kip_import_builder_add (&import->builder, group_at (import, i), KIP_ID_MAKE (0xffff, i + 1), change, &outcome))
        g_ptr_array_add (previews, preview_new (import, group_at (import, i), &outcome,
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
  Import import = { .store = store, .map = map, .cancellable = cancellable };
  g_autoptr (GPtrArray) previews = g_ptr_array_new_with_free_func (preview_free);
  gboolean ok = import_begin (&import, file, PREVIEW_ROWS, error)
                && preview_groups (&import, max_tickets, previews, error);

  if (ok && report != NULL)
    *report = g_steal_pointer (&import.report);
  import_clear (&import);
  return ok ? g_steal_pointer (&previews) : NULL;
}

gboolean
kip_importer_undo (KipStore     *store,
                   guint64       batch,
                   GCancellable *cancellable,
                   GError      **error)
{
  return kip_store_undo_batch (store, batch, cancellable, error);
}
