/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The past of a store, read on several threads. */

#include "kip-what-if-past.h"

#include "kip-measure.h"
#include "kip-parallel.h"
#include "kip-store-each.h"

/* Tickets read in one go by one thread. */
#define PIECE 500

typedef struct
{
  KipStore      *store;       /* borrowed */
  KipWhatIfPast *past;        /* borrowed */
  GArray        *ids;         /* (owned) of KipId */
  GPtrArray     *parts;       /* (owned) of KipWhatIfPast, nullable, a piece each */
  GCancellable  *cancellable; /* (nullable) borrowed */
  KipProgress    progress;    /* (nullable) */
  gpointer       data;
  gint           n_done;      /* (atomic) */
  GMutex         mutex;
  GError        *error;       /* (owned) (nullable) (mutex mutex) the first one */
} Loading;

static void
add_ticket (const KipTicket *ticket,
            gpointer         data)
{
  kip_what_if_past_add (data, ticket);
}

static void
fail (Loading *loading,
      GError  *error)
{
  g_mutex_lock (&loading->mutex);
  if (loading->error == NULL)
    loading->error = error;
  else
    g_error_free (error);
  g_mutex_unlock (&loading->mutex);
}

static void
load_piece (guint    from,
            guint    to,
            gpointer data)
{
  Loading *loading = data;
  KipWhatIfPast *past = loading->past;
  KipWhatIfPast *part = kip_what_if_past_new (past->agreements, past->office, &past->range, past->now);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GError *error = NULL;

  g_array_append_vals (ids, &g_array_index (loading->ids, KipId, from), to - from);
  g_ptr_array_index (loading->parts, from / PIECE) = part;
  if (!kip_store_each_ticket (loading->store, ids, add_ticket, part, loading->cancellable, &error))
    fail (loading, error);
  if (loading->progress != NULL)
    loading->progress ((double) (g_atomic_int_add (&loading->n_done, (gint) (to - from)) + (gint) (to - from))
                       / loading->ids->len,
                       loading->data);
}

/* Every clock that stops or breaks in the range has an event from then on, or is open. */
static KipQuery *
make_query (const KipQuery *query,
            const KipRange *range,
            GTimeZone      *zone)
{
  g_autofree char *filter = query != NULL && kip_query_get_root (query) != NULL ? kip_query_to_text (query) : NULL;
  g_autoptr (GDateTime) from = kip_instant_to_local (range->from, zone);
  g_autoptr (GDateTime) to = kip_instant_to_local (range->to - 1, zone);
  g_autofree char *first = g_date_time_format (from, "%Y-%m-%d");
  g_autofree char *last = g_date_time_format (to, "%Y-%m-%d");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s%s%sreceived<=%s (is:open or updated>=%s)", filter != NULL ? "(" : "",
                          filter != NULL ? filter : "", filter != NULL ? ") " : "", last, first);
  return kip_query_parse (text);
}

static void
join_parts (Loading *loading)
{
  for (guint i = 0; i < loading->parts->len; i++)
    {
      KipWhatIfPast *part = g_ptr_array_index (loading->parts, i);

      if (part == NULL)
        continue;
      g_array_append_vals (loading->past->cases, part->cases->data, part->cases->len);
      g_array_set_clear_func (part->cases, NULL); /* theirs now */
      kip_what_if_past_unref (part);
    }
}

static gboolean
load_all (Loading *loading,
          GError **error)
{
  guint n_pieces = (loading->ids->len + PIECE - 1) / PIECE;
  gboolean ok;

  loading->parts = g_ptr_array_new ();
  g_ptr_array_set_size (loading->parts, (int) n_pieces);
  g_mutex_init (&loading->mutex);
  ok = kip_parallel (loading->ids->len, PIECE, load_piece, loading, loading->cancellable);
  join_parts (loading);
  g_ptr_array_unref (loading->parts);
  g_mutex_clear (&loading->mutex);
  if (loading->error != NULL)
    g_propagate_error (error, loading->error);
  else if (!ok)
    g_cancellable_set_error_if_cancelled (loading->cancellable, error);
  return ok && loading->error == NULL;
}

KipWhatIfPast *
kip_what_if_past_load (KipStore       *store,
                       const KipQuery *query,
                       const KipRange *range,
                       KipInstant      now,
                       KipProgress     progress,
                       gpointer        data,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (KipWhatIfPast) past = kip_what_if_past_new (agreements, office, range, now);
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (agreements));
  g_autoptr (KipQuery) wanted = make_query (query, range, zone);
  g_autoptr (GArray) ids = kip_store_list (store, wanted, KIP_SORT_NUMBER, FALSE, now, cancellable, error);
  Loading loading = { .store = store, .past = past, .ids = ids, .cancellable = cancellable, .progress = progress, .data = data };

  if (ids == NULL || !load_all (&loading, error))
    return NULL;
  return g_steal_pointer (&past);
}

/* ---- again ---- */

static GHashTable *
set_of (const GArray *ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, KipId, i));
  return set;
}

static void
take_others (KipWhatIfPast *past,
             KipWhatIfPast *from,
             GHashTable    *changed)
{
  for (guint i = 0; i < from->cases->len; i++)
    {
      const KipWhatIfCase *each = &g_array_index (from->cases, KipWhatIfCase, i);

      if (!g_hash_table_contains (changed, &each->ticket->id))
        kip_what_if_past_take (past, from, each);
    }
}

/* Those of @changed that the query still selects. */
static gboolean
read_changed (KipStore       *store,
              KipWhatIfPast  *past,
              const KipQuery *query,
              GHashTable     *changed,
              GCancellable   *cancellable,
              GError        **error)
{
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (past->agreements));
  g_autoptr (KipQuery) wanted = make_query (query, &past->range, zone);
  g_autoptr (GArray) all = kip_store_list (store, wanted, KIP_SORT_NUMBER, FALSE, past->now, cancellable, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_hash_table_contains (changed, &g_array_index (all, KipId, i)))
      g_array_append_val (ids, g_array_index (all, KipId, i));
  return all != NULL && (ids->len == 0 || kip_store_each_ticket (store, ids, add_ticket, past, cancellable, error));
}

KipWhatIfPast *
kip_what_if_past_refresh (KipStore       *store,
                          KipWhatIfPast  *past,
                          const KipQuery *query,
                          const GArray   *ids,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (KipWhatIfPast) renewed = NULL;
  g_autoptr (GHashTable) changed = set_of (ids);

  if (agreements == past->agreements && ids->len == 0)
    return kip_what_if_past_ref (past);
  renewed = kip_what_if_past_new (agreements, office, &past->range, past->now);
  take_others (renewed, past, changed);
  if (ids->len > 0 && !read_changed (store, renewed, query, changed, cancellable, error))
    return NULL;
  return g_steal_pointer (&renewed);
}
