/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-tidings-note.h"

#include "kip-clock.h"
#include "kip-conflict.h"
#include "kip-store-share.h"
#include "kip-tiding.h"

gboolean
kip_tidings_are_noted (KipDb    *db,
                       gboolean *are_noted,
                       GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM share WHERE key = ?1)", "t", KIP_STATE_CAUGHT_UP))
    return FALSE;
  *are_noted = n != 0;
  return TRUE;
}

/* What was noted once is not noted again. */
static gboolean
insert (KipDb           *db,
        const KipTiding *tiding,
        gboolean         is_told,
        GError         **error)
{
  return kip_db_run (db, error, "INSERT OR IGNORE INTO tiding (kind, at, entity_kind, entity, device, seq, place, clock,"
                     " before, after, who, happened, field, detail, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                     "didiiiidiiiiddd", (int) tiding->kind, tiding->at, (int) tiding->entity_kind, (gint64) tiding->entity,
                     (gint64) tiding->event.device, (gint64) tiding->event.seq, (gint64) tiding->event.index, (int) tiding->clock,
                     tiding->before, tiding->after, (gint64) tiding->who, tiding->happened, (int) tiding->field, tiding->detail, is_told);
}

/* ---- whose it is ---- */

static gboolean
is_added (const KipPending *pending,
          const KipEvent   *event)
{
  return g_ptr_array_find (pending->added, event, NULL);
}

static gboolean
concerns_assignee (const KipPending *pending)
{
  for (guint i = 0; i < pending->added->len; i++)
    if (((const KipEvent *) g_ptr_array_index (pending->added, i))->field == KIP_FIELD_ASSIGNEE)
      return TRUE;
  return FALSE;
}

static gboolean
note_rival (KipBook        *book,
            KipEntity      *ticket,
            const KipEvent *own,
            const KipEvent *rival,
            GError        **error)
{
  KipTiding tiding = {
    .kind = KIP_TIDING_ASSIGNED, .at = kip_clock_now (), .entity_kind = KIP_KIND_TICKET, .entity = kip_entity_get_id (ticket),
    .event = own->id, .before = kip_value_get_int (own->value, 0), .after = kip_entity_get_int (ticket, KIP_FIELD_ASSIGNEE, 0),
    .who = kip_conflict_origin (ticket, rival)->stamp->author, .happened = rival->at,
  };

  return insert (book->db, &tiding, FALSE, error);
}

/* What this machine said of whose the ticket is, and what came that knew nothing of it. */
static gboolean
note_assignee (KipBook    *book,
               KipPending *pending,
               GError    **error)
{
  KipEntity *ticket = kip_pending_fold (pending);
  g_autoptr (GHashTable) rivals = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (!concerns_assignee (pending))
    return TRUE;
  rivals = kip_conflict_rivals (ticket);
  g_hash_table_iter_init (&iter, rivals);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const KipEvent *own = key;
      GPtrArray *others = value;

      for (guint i = 0; own->field == KIP_FIELD_ASSIGNEE && own->id.device == book->device && i < others->len; i++)
        if (is_added (pending, g_ptr_array_index (others, i))
            && !note_rival (book, ticket, own, g_ptr_array_index (others, i), error))
          return FALSE;
    }
  return TRUE;
}

/* ---- what was promised ---- */

static KipJudgement
judge (const KipClock *clock,
       KipAgreements  *agreements,
       KipInstant      now)
{
  KipClockReading reading;

  switch (clock->state)
    {
    case KIP_CLOCK_MET:
      return KIP_JUDGEMENT_KEPT;
    case KIP_CLOCK_MISSED:
      return KIP_JUDGEMENT_BROKEN;
    case KIP_CLOCK_RUNNING:
    case KIP_CLOCK_PAUSED:
      kip_clock_read (clock, agreements, now, &reading);
      return reading.late ? KIP_JUDGEMENT_BROKEN : KIP_JUDGEMENT_NONE;
    case KIP_CLOCK_OFF:
    default:
      return KIP_JUDGEMENT_NONE;
    }
}

static void
judge_all (KipBook      *book,
           KipEntity    *entity,
           KipInstant    now,
           KipJudgement *judgements)
{
  g_autoptr (KipTicket) ticket = kip_ticket_new (entity, NULL, kip_office_get_matrix (book->office));
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (ticket, book->agreements, clocks);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    judgements[i] = judge (&clocks[i], book->agreements, now);
}

static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a, *y = *(KipEvent *const *) b;

  return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : kip_event_compare (a, b);
}

/* The ticket before with the first @n of what came. (transfer full) */
static KipEntity *
fold_with (KipPending *pending,
           GPtrArray  *came,
           guint       n)
{
  GPtrArray *before = kip_entity_get_events (pending->before);
  GPtrArray *events = g_ptr_array_new_full (before->len + n, (GDestroyNotify) kip_event_free);

  for (guint i = 0; i < before->len; i++)
    g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (before, i)));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (came, i)));
  return kip_entity_fold (pending->kind, pending->id, events);
}

/* What came is taken one by one, as it happened, until the clock stands as it does in the end. Borrowed. */
static const KipEvent *
find_cause (KipBook     *book,
            KipPending  *pending,
            guint        clock,
            KipJudgement after,
            KipInstant   now)
{
  g_autoptr (GPtrArray) came = g_ptr_array_new ();

  g_ptr_array_extend (came, pending->added, NULL, NULL);
  g_ptr_array_sort (came, compare_at);
  for (guint n = 1; n < came->len; n++)
    {
      g_autoptr (KipEntity) entity = fold_with (pending, came, n);
      KipJudgement judgements[KIP_N_CLOCKS];

      judge_all (book, entity, now, judgements);
      if (judgements[clock] == after)
        return g_ptr_array_index (came, n - 1);
    }
  return g_ptr_array_index (came, came->len - 1);
}

static int
detail_of (const KipEvent *event)
{
  if (event->field == KIP_FIELD_STATUS)
    return (int) kip_value_map_int (event->value, 2, 0);
  return event->field == KIP_FIELD_MESSAGE ? (int) kip_value_map_int (event->value, 1, 0) : 0;
}

static gboolean
note_judgement (KipBook     *book,
                KipPending  *pending,
                guint        clock,
                KipJudgement before,
                KipJudgement after,
                KipInstant   now,
                GError     **error)
{
  const KipEvent *cause = find_cause (book, pending, clock, after, now);
  KipTiding tiding = {
    .kind = KIP_TIDING_JUDGED, .at = now, .entity_kind = KIP_KIND_TICKET, .entity = pending->id, .event = cause->id,
    .clock = (KipClockKind) clock, .before = before, .after = after, .who = cause->stamp->author, .happened = cause->at,
    .field = cause->field, .detail = detail_of (cause),
  };

  return insert (book->db, &tiding, TRUE, error);
}

/* A promise that was kept is not judged otherwise by opening the ticket again. */
static gboolean
is_other (KipJudgement before,
          KipJudgement after)
{
  return before == KIP_JUDGEMENT_BROKEN ? after != before : before == KIP_JUDGEMENT_KEPT && after == KIP_JUDGEMENT_BROKEN;
}

static gboolean
note_judgements (KipBook    *book,
                 KipPending *pending,
                 GError    **error)
{
  KipJudgement before[KIP_N_CLOCKS], after[KIP_N_CLOCKS];
  KipInstant now = kip_clock_now ();

  judge_all (book, pending->before, now, before);
  judge_all (book, kip_pending_fold (pending), now, after);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    if (is_other (before[i], after[i]) && !note_judgement (book, pending, i, before[i], after[i], now, error))
      return FALSE;
  return TRUE;
}

gboolean
kip_tidings_note_ticket (KipBook    *book,
                         KipPending *pending,
                         GError    **error)
{
  return kip_pending_is_new (pending) || (note_assignee (book, pending, error) && note_judgements (book, pending, error));
}

/* ---- what does not count ---- */

#define REFUSED \
  " EXISTS (SELECT 1 FROM refused AS r WHERE r.device = c.device AND r.seq = c.seq AND r.place = e.id - c.first_event)"

gboolean
kip_tidings_note_refused (KipBook *book,
                          GError **error)
{
  return kip_db_run (book->db, error, "INSERT OR IGNORE INTO tiding (kind, at, entity_kind, entity, device, seq, place, clock,"
                     " before, after, who, happened, field, detail, told)"
                     " SELECT CASE WHEN" REFUSED " THEN ?3 ELSE ?4 END, ?2, e.kind, e.entity, c.device, c.seq, min(e.id - c.first_event),"
                     " 0, 0, 0, 0, 0, 0, 0, 0 FROM changeset AS c JOIN event AS e ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1"
                     " WHERE c.device = ?1 AND (c.seq > (SELECT last_seq FROM ended WHERE device = ?1)"
                     " OR c.seq IN (SELECT seq FROM refused WHERE device = ?1) AND" REFUSED ")"
                     " GROUP BY c.seq, e.kind, e.entity", "iidd", (gint64) book->device, kip_clock_now (),
                     (int) KIP_TIDING_REFUSED, (int) KIP_TIDING_PUT_OUT);
}
