/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-row.h"

#include "kip-fact-table.h"
#include "kip-text.h"

#include <string.h>

/* ---- what the history says ---- */

typedef struct
{
  KipInstant resolved, closed; /* of the state it is in now; NONE: it is not */
  gboolean   reopened;
} Ends;

static Ends
find_ends (const KipTicket *ticket)
{
  Ends ends = { KIP_INSTANT_NONE, KIP_INSTANT_NONE, FALSE };

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);

      if (kip_phase_is_open (span->phase))
        {
          ends.reopened |= ends.resolved != KIP_INSTANT_NONE;
          ends.resolved = ends.closed = KIP_INSTANT_NONE;
          continue;
        }
      if (ends.resolved == KIP_INSTANT_NONE)
        ends.resolved = span->at;
      if (span->phase != KIP_PHASE_CLOSED)
        ends.closed = KIP_INSTANT_NONE;
      else if (ends.closed == KIP_INSTANT_NONE)
        ends.closed = span->at;
    }
  return ends;
}

static gboolean
is_answer (const KipMessage *message)
{
  return message->kind == KIP_MESSAGE_REPLY || message->kind == KIP_MESSAGE_CALL;
}

static KipInstant
first_response (const KipTicket *ticket)
{
  if (ticket->on_line)
    return ticket->received;
  for (guint i = 0; i < ticket->messages->len; i++)
    if (is_answer (&g_array_index (ticket->messages, KipMessage, i)))
      return g_array_index (ticket->messages, KipMessage, i).at;
  return KIP_INSTANT_NONE;
}

static gboolean
is_unanswered (const KipTicket *ticket)
{
  gboolean unanswered = FALSE;

  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);

      if (message->kind == KIP_MESSAGE_INCOMING)
        unanswered = TRUE;
      else if (is_answer (message))
        unanswered = FALSE;
    }
  return unanswered;
}

static gint64
work_seconds (const KipTicket *ticket)
{
  gint64 sum = 0;

  for (guint i = 0; i < ticket->works->len; i++)
    sum += CLAMP (g_array_index (ticket->works, KipWork, i).seconds, 0, G_MAXINT32);
  return sum;
}

static int
last_score (const KipTicket *ticket)
{
  guint n = ticket->surveys->len;

  return n > 0 ? g_array_index (ticket->surveys, KipSurvey, n - 1).score : 0;
}

/* ---- the order of what is due ----
 * One number: first what runs, by deadline; then what is paused, by what remains;
 * then what is open without a promise, the oldest first; then the finished, the
 * newest first. */

#define RANK_BITS 48
#define RANKED(rank, value) \
  ((G_GINT64_CONSTANT (rank) << RANK_BITS) + CLAMP ((value), 0, (G_GINT64_CONSTANT (1) << RANK_BITS) - 1))
#define MIDDLE (G_GINT64_CONSTANT (1) << (RANK_BITS - 1))

static gint64
due_sort (const KipTicketRow *row)
{
  if (!kip_phase_is_open (row->phase))
    return RANKED (3, MIDDLE - row->resolved);
  if (row->next_due != KIP_INSTANT_NONE)
    return RANKED (0, row->next_due);
  if (row->clocks[row->next_clock].state == KIP_CLOCK_PAUSED)
    return RANKED (1, MIDDLE + row->clocks[row->next_clock].target - row->clocks[row->next_clock].used);
  return RANKED (2, row->received);
}

/* ---- the row ---- */

static gboolean
is_vip (KipOffice *office,
        KipId      person)
{
  const KipPerson *who = kip_office_person (office, person);

  return who != NULL && who->vip;
}

static void
fill_names (KipTicketRow    *row,
            const KipTicket *ticket,
            KipOffice       *office)
{
  row->id = ticket->id;
  row->number = ticket->number;
  row->subject = g_strdup (ticket->subject);
  row->external = g_strdup (ticket->external);
  row->requester = ticket->requester;
  row->assignee = ticket->assignee;
  row->team = ticket->team;
  row->category = ticket->category;
  row->status = ticket->status;
  row->parent = ticket->parent;
  row->merged_into = ticket->merged_into;
  row->vip = is_vip (office, ticket->requester);
}

static void
fill_state (KipTicketRow    *row,
            const KipTicket *ticket,
            const Ends      *ends)
{
  row->phase = ticket->phase;
  row->pause = ticket->pause;
  row->channel = ticket->channel;
  row->priority = ticket->priority;
  row->conflict = ticket->conflict;
  row->deleted = ticket->deleted;
  row->spam = ticket->spam;
  row->unanswered = is_unanswered (ticket);
  row->n_messages = ticket->messages->len;
  row->n_attachments = ticket->attachments->len;
  row->received = ticket->received;
  row->updated = ticket->updated;
  row->resolved = ends->resolved;
  row->closed = ends->closed;
  row->first_response = first_response (ticket);
}

static void
fill_clocks (KipTicketRow    *row,
             const KipTicket *ticket,
             KipAgreements   *agreements)
{
  row->next_due = KIP_INSTANT_NONE;
  kip_ticket_clocks (ticket, agreements, row->clocks);
  kip_clocks_next (row->clocks, &row->next_clock, &row->next_due);
}

static gboolean
is_paused_late (const KipTicketRow *row)
{
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    if (kip_row_clock_state (&row->clocks[i]) == KIP_CLOCK_PAUSED_LATE)
      return TRUE;
  return FALSE;
}

static KipTicketRow *
row_new (const KipTicket *ticket,
         const Ends      *ends,
         KipAgreements   *agreements,
         KipOffice       *office)
{
  KipTicketRow *row = g_new0 (KipTicketRow, 1);

  g_atomic_ref_count_init (&row->refs);
  fill_names (row, ticket, office);
  fill_state (row, ticket, ends);
  fill_clocks (row, ticket, agreements);
  return row;
}

/* ---- what goes with it ---- */

/* Long enough to sort by, short enough for the index. */
#define SUBJECT_BYTES 64

static char *
subject_key (const char *subject)
{
  g_autofree char *folded = kip_text_fold (subject);

  return kip_text_sanitize (folded, SUBJECT_BYTES);
}

/* NULL where nothing is left to look for. */
static char *
fold_or_null (const char *text)
{
  g_autofree char *folded = kip_text_fold (text);

  return *folded != '\0' ? g_steal_pointer (&folded) : NULL;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
fold_tags (const KipTicket *ticket)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ticket->tags->len; i++)
    g_ptr_array_add (tags, kip_text_fold (g_ptr_array_index (ticket->tags, i)));
  g_ptr_array_sort (tags, compare_texts);
  for (guint i = 1; i < tags->len;)
    if (strcmp (g_ptr_array_index (tags, i - 1), g_ptr_array_index (tags, i)) == 0)
      g_ptr_array_remove_index (tags, i);
    else
      i++;
  return tags;
}

static int
compare_thresholds (gconstpointer a,
                    gconstpointer b)
{
  const KipThreshold *x = *(KipThreshold *const *) a, *y = *(KipThreshold *const *) b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return x->percent - y->percent;
}

static GPtrArray *
find_thresholds (const KipTicketRow *row,
                 KipClockKind        kind,
                 KipAgreements      *agreements)
{
  const KipClock *clock = &row->clocks[kind];
  const GArray *warnings;
  GPtrArray *thresholds;

  if (clock->state != KIP_CLOCK_RUNNING || clock->due == KIP_INSTANT_NONE)
    return NULL;
  warnings = kip_clock_get_warnings (clock, agreements);
  thresholds = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < warnings->len; i++)
    {
      int percent = g_array_index (warnings, int, i);
      KipThreshold threshold = { row->id, kind, kip_clock_threshold (clock, agreements, percent), percent, row->assignee, row->team };

      if (threshold.at != KIP_INSTANT_NONE)
        g_ptr_array_add (thresholds, g_memdup2 (&threshold, sizeof threshold));
    }
  if (thresholds->len == 0)
    g_clear_pointer (&thresholds, g_ptr_array_unref);
  else
    g_ptr_array_sort (thresholds, compare_thresholds);
  return thresholds;
}

static GByteArray *
encode_fact (const KipTicket    *ticket,
             const KipTicketRow *row,
             KipAgreements      *agreements)
{
  GByteArray *out = NULL;
  KipFact fact;

  if (kip_fact_of_ticket (&fact, ticket, row->clocks, agreements))
    {
      out = g_byte_array_sized_new (256);
      kip_fact_encode (&fact, out);
    }
  kip_fact_clear (&fact);
  return out;
}

KipComputed *
kip_computed_new (const KipTicket *ticket,
                  KipAgreements   *agreements,
                  KipOffice       *office)
{
  KipComputed *computed = g_new0 (KipComputed, 1);
  Ends ends = find_ends (ticket);

  computed->row = row_new (ticket, &ends, agreements, office);
  computed->due_sort = due_sort (computed->row);
  computed->impact = ticket->impact;
  computed->urgency = ticket->urgency;
  computed->reopened = ends.reopened;
  computed->by_hand = ticket->due_by_hand != KIP_INSTANT_NONE;
  computed->work = work_seconds (ticket);
  computed->survey = last_score (ticket);
  computed->asset = ticket->asset;
  computed->subject = subject_key (ticket->subject);
  computed->external = fold_or_null (ticket->external);
  computed->cause = fold_or_null (ticket->cause);
  computed->late_pause = is_paused_late (computed->row);
  computed->tags = fold_tags (ticket);
  computed->fact = encode_fact (ticket, computed->row, agreements);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    computed->thresholds[i] = find_thresholds (computed->row, (KipClockKind) i, agreements);
  return computed;
}

void
kip_computed_free (KipComputed *computed)
{
  kip_ticket_row_unref (computed->row);
  g_free (computed->subject);
  g_free (computed->external);
  g_free (computed->cause);
  g_ptr_array_unref (computed->tags);
  g_clear_pointer (&computed->fact, g_byte_array_unref);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    g_clear_pointer (&computed->thresholds[i], g_ptr_array_unref);
  g_free (computed);
}
