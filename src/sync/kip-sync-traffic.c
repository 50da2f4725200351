/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-traffic-private.h"

#include "kip-clock.h"
#include "kip-sync-engine-private.h"

#include <string.h>

/* What a person moves on to within this time goes together, ms; who leaves may come back. */
#define PRESENCE_SOON 1500
#define LEAVE_SOON 15000

/* Who touches nothing for so long is not there, ms. */
#define IDLE_AFTER (15 * 60 * 1000)

/* With the switch off only what others lack is of interest, and not so often, ms. */
#define SELDOM 60000

/* Who did not attach a file leaves it to whoever did for so long to put it there again, and its turn; ms. */
#define OTHERS_AFTER 60000
/* A file is not looked after again within this, whoever says that it is missing, ms. */
#define DOUBT_EVERY (10 * 60 * 1000)

typedef struct
{
  guint8   hash[KIP_ATTACHED_HASH_SIZE];
  gboolean wanted;
} Wish;

/* Since when somebody lacks a file, and when it was looked after. */
typedef struct
{
  gint64 since, looked_at, heard_at; /* ms; 0: never */
} Lack;

struct _KipSyncTraffic
{
  KipStore *store; /* (owned) */
  gint64 (*now_ms)(void);

  /* of the thread */
  KipSyncEngine *engine;   /* (borrowed) (nullable) */
  KipShareFiles *files;    /* (owned) (nullable) */
  KipPresence   *presence; /* (owned) (nullable) */
  GHashTable    *lacks;    /* (owned) GBytes → Lack (owned) */
  gint64         polled_at; /* ms */
  gboolean       must_poll;

  GMutex      mutex;
  GHashTable *status;       /* (mutex mutex) (owned) GBytes → KipFileStatus (owned) */
  GArray     *wishes;       /* (mutex mutex) (owned) of Wish, that the thread has not heard of */
  KipSyncFiles summary;     /* (mutex mutex) */
  char       *problem;      /* (mutex mutex) (owned) (nullable) */
  char       *told_problem; /* (owned) (nullable) as whoever asked last has it */
  KipDeskNote own;          /* (mutex mutex) */
  gint64      touched_at;   /* (mutex mutex) ms: when this person did anything */
  gint64      own_due;      /* (mutex mutex) ms: when that is to be told; G_MAXINT64: it was */
  gboolean    tells;        /* (mutex mutex) */
  GArray     *others;       /* (mutex mutex) (owned) of KipDeskNote */
  gint64      files_due;    /* (mutex mutex) ms */
  gboolean    may_move;     /* (mutex mutex) */
  gboolean    has_news_of_files, has_news_of_others; /* (mutex mutex) */
};

static gint64
monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* ---- what the thread tells ---- */

static void
file_changed (const guint8        *hash,
              const KipFileStatus *status,
              gpointer             data)
{
  KipSyncTraffic *traffic = data;

  g_mutex_lock (&traffic->mutex);
  g_hash_table_insert (traffic->status, g_bytes_new (hash, KIP_ATTACHED_HASH_SIZE), g_memdup2 (status, sizeof *status));
  traffic->has_news_of_files = TRUE;
  g_mutex_unlock (&traffic->mutex);
}

static gboolean
same_notes (GArray *a,
            GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (KipDeskNote)) == 0);
}

static void
tell_others (KipSyncTraffic *traffic,
             GArray         *notes)
{
  g_mutex_lock (&traffic->mutex);
  if (!same_notes (notes, traffic->others))
    {
      g_array_set_size (traffic->others, 0);
      g_array_append_vals (traffic->others, notes->data, notes->len);
      traffic->has_news_of_others = TRUE;
    }
  g_mutex_unlock (&traffic->mutex);
}

static void
tell_summary (KipSyncTraffic *traffic,
              const GError   *problem)
{
  KipFilesSummary summary;

  kip_share_files_summarize (traffic->files, &summary);
  g_mutex_lock (&traffic->mutex);
  traffic->has_news_of_files |= summary.n_to_put != traffic->summary.n_to_put || summary.n_to_fetch != traffic->summary.n_to_fetch
                                || (problem == NULL) != (traffic->problem == NULL);
  traffic->summary = (KipSyncFiles) { summary.n_to_put, summary.n_to_fetch, summary.to_put, summary.to_fetch, NULL };
  g_free (traffic->problem);
  traffic->problem = problem != NULL ? g_strdup (problem->message) : NULL;
  traffic->files_due = kip_share_files_due (traffic->files);
  g_mutex_unlock (&traffic->mutex);
}

/* ---- what the thread hears ---- */

static void
hear_wishes (KipSyncTraffic *traffic)
{
  g_autoptr (GArray) wishes = NULL;

  g_mutex_lock (&traffic->mutex);
  wishes = g_steal_pointer (&traffic->wishes);
  traffic->wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  g_mutex_unlock (&traffic->mutex);
  for (guint i = 0; i < wishes->len; i++)
    {
      const Wish *wish = &g_array_index (wishes, Wish, i);

      if (wish->wanted)
        kip_share_files_want (traffic->files, wish->hash);
      else
        kip_share_files_unwant (traffic->files, wish->hash);
    }
}

/* ---- who is where ---- */

static gboolean
is_turn (KipSyncTraffic      *traffic,
         const Lack          *lack,
         const KipFileStatus *status,
         gint64               now)
{
  gboolean is_own = status->device == kip_store_get_device (traffic->store);

  if (status->state != KIP_FILE_HERE || (lack->looked_at != 0 && now - lack->looked_at < DOUBT_EVERY))
    return FALSE;
  return is_own || now - lack->since >= OTHERS_AFTER + kip_sync_wait_for_rank (traffic->engine);
}

static void
look_after (KipSyncTraffic *traffic,
            GBytes         *hash,
            gint64          now)
{
  const guint8 *bytes = g_bytes_get_data (hash, NULL);
  Lack *lack = g_hash_table_lookup (traffic->lacks, hash);
  KipFileStatus status;

  if (lack == NULL)
    {
      lack = g_new0 (Lack, 1);
      lack->since = now;
      g_hash_table_insert (traffic->lacks, g_bytes_ref (hash), lack);
    }
  lack->heard_at = now;
  if (!kip_share_files_status (traffic->files, bytes, &status) || !is_turn (traffic, lack, &status, now))
    return;
  lack->looked_at = now;
  kip_share_files_doubt (traffic->files, bytes);
}

static gboolean
is_over (gpointer hash,
         gpointer lack,
         gpointer now)
{
  return *(gint64 *) now - ((Lack *) lack)->heard_at >= DOUBT_EVERY;
}

static void
hear_lacks (KipSyncTraffic *traffic,
            gint64          now)
{
  g_autoptr (GPtrArray) lacks = kip_presence_lacks (traffic->presence, now);

  for (guint i = 0; i < lacks->len; i++)
    look_after (traffic, g_ptr_array_index (lacks, i), now);
  g_hash_table_foreach_remove (traffic->lacks, is_over, &now);
}

/* With the mutex held. */
static gboolean
is_idle (KipSyncTraffic *traffic,
         gint64          now)
{
  return now - traffic->touched_at >= IDLE_AFTER;
}

static void
poll_presence (KipSyncTraffic *traffic,
               gint64          now,
               GCancellable   *cancellable)
{
  g_autoptr (GPtrArray) lacks = kip_share_files_lacks (traffic->files);
  g_autoptr (GArray) notes = NULL;
  KipDeskNote own = { 0, KIP_ID_NONE, KIP_DOING_NOTHING };
  gboolean tells;

  g_mutex_lock (&traffic->mutex);
  tells = traffic->tells;
  if (tells && !is_idle (traffic, now))
    own = traffic->own;
  traffic->own_due = G_MAXINT64;
  g_mutex_unlock (&traffic->mutex);
  traffic->must_poll = FALSE;
  traffic->polled_at = now;
  if (!tells)
    own = (KipDeskNote) { 0, KIP_ID_NONE, KIP_DOING_NOTHING }
  ;
  kip_presence_tell (traffic->presence, own.ticket, own.doing, lacks);
  kip_presence_poll (traffic->presence, now, kip_clock_now (), NULL, cancellable, NULL);
  hear_lacks (traffic, now);
  notes = kip_presence_list (traffic->presence, now);
  if (!tells)
    g_array_set_size (notes, 0);
  tell_others (traffic, notes);
}

static gboolean
is_poll_due (KipSyncTraffic *traffic,
             gint64          now)
{
  gboolean is_due;

  g_mutex_lock (&traffic->mutex);
  is_due = traffic->own_due <= now || (traffic->must_poll && (traffic->tells || now - traffic->polled_at >= SELDOM));
  g_mutex_unlock (&traffic->mutex);
  return is_due;
}

/* ---- in the thread ---- */

void
kip_sync_traffic_open (KipSyncTraffic *traffic,
                       KipSyncEngine  *engine)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&traffic->presence, kip_presence_free);
  g_clear_pointer (&traffic->files, kip_share_files_free);
  g_hash_table_remove_all (traffic->lacks);
  traffic->engine = engine;
  g_mutex_lock (&traffic->mutex);
  traffic->may_move = FALSE;
  g_hash_table_remove_all (traffic->status);
  g_array_set_size (traffic->others, 0);
  traffic->summary = (KipSyncFiles) { 0 };
  traffic->has_news_of_files = traffic->has_news_of_others = TRUE;
  g_mutex_unlock (&traffic->mutex);
  if (engine == NULL)
    return;
  traffic->presence = kip_presence_new (engine);
  traffic->files = kip_share_files_new (engine, kip_shelf_new (traffic->store));
  kip_share_files_listen (traffic->files, file_changed, traffic);
  /* What is here and what is not is known before the share is. */
  kip_share_files_load (traffic->files, kip_clock_now (), &error);
}

void
kip_sync_traffic_round (KipSyncTraffic *traffic,
                        gboolean        may_move)
{
  g_autoptr (GArray) notes = NULL;

  if (traffic->files == NULL)
    return;
  kip_share_files_look (traffic->files);
  traffic->must_poll = TRUE;
  /* While the share is away nobody is heard of, and what was heard last does not count for ever. */
  notes = may_move ? NULL : kip_presence_list (traffic->presence, traffic->now_ms ());
  if (notes != NULL)
    tell_others (traffic, notes);
  g_mutex_lock (&traffic->mutex);
  traffic->may_move = may_move;
  traffic->files_due = 0;
  g_mutex_unlock (&traffic->mutex);
}

void
kip_sync_traffic_step (KipSyncTraffic *traffic,
                       GCancellable   *cancellable)
{
  g_autoptr (GError) problem = NULL;
  gint64 now = traffic->now_ms ();

  if (traffic->files == NULL)
    return;
  hear_wishes (traffic);
  if (is_poll_due (traffic, now))
    {
      poll_presence (traffic, now, cancellable);
      return;
    }
  kip_share_files_step (traffic->files, now, kip_clock_now (), cancellable, &problem);
  if (!g_cancellable_is_cancelled (cancellable))
    tell_summary (traffic, problem);
}

void
kip_sync_traffic_sweep (KipSyncTraffic *traffic,
                        GCancellable   *cancellable)
{
  if (traffic->files != NULL)
    kip_share_files_sweep (traffic->files, kip_clock_now (), NULL, cancellable, NULL);
}

gint64
kip_sync_traffic_due (KipSyncTraffic *traffic)
{
  gint64 due;

  g_mutex_lock (&traffic->mutex);
  due = traffic->may_move ? MIN (traffic->files_due, traffic->own_due) : G_MAXINT64;
  g_mutex_unlock (&traffic->mutex);
  return due < G_MAXINT64 / 1000 ? due * 1000 : G_MAXINT64;
}

gboolean
kip_sync_traffic_has_news (KipSyncTraffic *traffic)
{
  gboolean has_news;

  g_mutex_lock (&traffic->mutex);
  has_news = traffic->has_news_of_files || traffic->has_news_of_others;
  g_mutex_unlock (&traffic->mutex);
  return has_news;
}

void
kip_sync_traffic_take_news (KipSyncTraffic *traffic,
                            gboolean       *files,
                            gboolean       *presence)
{
  g_mutex_lock (&traffic->mutex);
  *files = traffic->has_news_of_files;
  *presence = traffic->has_news_of_others;
  traffic->has_news_of_files = traffic->has_news_of_others = FALSE;
  g_mutex_unlock (&traffic->mutex);
}

/* ---- in the main thread ---- */

gboolean
kip_sync_traffic_file_status (KipSyncTraffic *traffic,
                              const guint8   *hash,
                              KipFileStatus  *status)
{
  g_autoptr (GBytes) key = g_bytes_new (hash, KIP_ATTACHED_HASH_SIZE);
  const KipFileStatus *known;

  g_mutex_lock (&traffic->mutex);
  known = g_hash_table_lookup (traffic->status, key);
  if (known != NULL)
    *status = *known;
  g_mutex_unlock (&traffic->mutex);
  return known != NULL;
}

/* Seen at once, done when the share is there. */
void
kip_sync_traffic_want (KipSyncTraffic *traffic,
                       const guint8   *hash,
                       gboolean        wanted)
{
  g_autoptr (GBytes) key = g_bytes_new (hash, KIP_ATTACHED_HASH_SIZE);
  KipFileStatus *known;
  Wish wish = { .wanted = wanted };

  memcpy (wish.hash, hash, sizeof wish.hash);
  g_mutex_lock (&traffic->mutex);
  g_array_append_val (traffic->wishes, wish);
  traffic->files_due = 0;
  known = g_hash_table_lookup (traffic->status, key);
  if (known != NULL && known->state != KIP_FILE_HERE && (known->state == KIP_FILE_AWAY) == wanted)
    {
      known->state = wanted ? KIP_FILE_FETCHING : KIP_FILE_AWAY;
      traffic->has_news_of_files = TRUE;
    }
  g_mutex_unlock (&traffic->mutex);
}

void
kip_sync_traffic_get_files (KipSyncTraffic *traffic,
                            KipSyncFiles   *files)
{
  g_mutex_lock (&traffic->mutex);
  *files = traffic->summary;
  g_free (traffic->told_problem);
  files->problem = traffic->told_problem = g_strdup (traffic->problem);
  g_mutex_unlock (&traffic->mutex);
}

void
kip_sync_traffic_be_at (KipSyncTraffic *traffic,
                        KipId           ticket,
                        KipDoing        doing)
{
  gint64 now = traffic->now_ms ();
  gboolean leaves = doing == KIP_DOING_NOTHING;

  g_mutex_lock (&traffic->mutex);
  /* Another window may have told by now where we are. */
  if (leaves ? traffic->own.ticket == ticket : traffic->own.ticket != ticket || traffic->own.doing != doing || is_idle (traffic, now))
    {
      traffic->own.ticket = leaves ? KIP_ID_NONE : ticket;
      traffic->own.doing = doing;
      if (traffic->tells)
        traffic->own_due = now + (leaves ? LEAVE_SOON : PRESENCE_SOON);
    }
  traffic->touched_at = now;
  g_mutex_unlock (&traffic->mutex);
}

GArray *
kip_sync_traffic_who_is_at (KipSyncTraffic *traffic,
                            KipId           ticket)
{
  GArray *there = g_array_new (FALSE, FALSE, sizeof (KipDeskNote));

  g_mutex_lock (&traffic->mutex);
  for (guint i = 0; i < traffic->others->len; i++)
    if (g_array_index (traffic->others, KipDeskNote, i).ticket == ticket)
      g_array_append_val (there, g_array_index (traffic->others, KipDeskNote, i));
  g_mutex_unlock (&traffic->mutex);
  return there;
}

void
kip_sync_traffic_set_tells (KipSyncTraffic *traffic,
                            gboolean        tells)
{
  g_mutex_lock (&traffic->mutex);
  traffic->tells = tells;
  traffic->own_due = 0;
  g_mutex_unlock (&traffic->mutex);
}

/* ---- life ---- */

KipSyncTraffic *
kip_sync_traffic_new (KipStore *store)
{
  KipSyncTraffic *traffic = g_new0 (KipSyncTraffic, 1);

  traffic->store = g_object_ref (store);
  traffic->now_ms = monotonic_ms;
  g_mutex_init (&traffic->mutex);
  traffic->lacks = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
  traffic->status = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
  traffic->wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  traffic->others = g_array_new (FALSE, FALSE, sizeof (KipDeskNote));
  traffic->own_due = G_MAXINT64;
  traffic->tells = TRUE;
  return traffic;
}

void
kip_sync_traffic_set_clock (KipSyncTraffic *traffic,
                            gint64 (       *now_ms )(void))
{
  traffic->now_ms = now_ms;
}

void
kip_sync_traffic_free (KipSyncTraffic *traffic)
{
  g_clear_pointer (&traffic->presence, kip_presence_free);
  g_clear_pointer (&traffic->files, kip_share_files_free);
  g_array_unref (traffic->others);
  g_array_unref (traffic->wishes);
  g_hash_table_unref (traffic->status);
  g_hash_table_unref (traffic->lacks);
  g_free (traffic->problem);
  g_free (traffic->told_problem);
  g_mutex_clear (&traffic->mutex);
  g_object_unref (traffic->store);
  g_free (traffic);
}
