/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ledger-private.h"

#include "kip-tally.h"

#define SEVEN_DAYS (7 * KIP_MS_PER_DAY)
#define MOST_DAYS 20000 /* from now, either way */
#define DAYS_AHEAD 400  /* ranges may end in a year, and promises later than now */

/* ---- what a ticket files ---- */

/* One entry and where it belongs. */
typedef struct
{
  KipLedgerLine  line;
  KipInstant     at;
  KipLedgerEntry entry;
} Filing;

typedef void (*FilingFunc) (KipLedger    *ledger,
                            const Filing *filing,
                            gpointer      data);

typedef struct
{
  KipLedger *ledger;
  guint      row;
  FilingFunc func;
  gpointer   data;
} Filer;

/* Few people are many agents: the same ones come again and again. */
static guint
place_of (KipLedger *ledger,
          KipId      agent)
{
  guint *recent = &ledger->recent[(agent ^ agent >> 40) % KIP_LEDGER_RECENT];
  gpointer place;

  if (*recent > 0 && g_array_index (ledger->agents, KipId, *recent - 1) == agent)
    return *recent - 1;
  place = g_hash_table_lookup (ledger->numbers, &agent);
  if (place == NULL)
    {
      g_array_append_val (ledger->agents, agent);
      place = GUINT_TO_POINTER (ledger->agents->len);
      g_hash_table_insert (ledger->numbers, g_memdup2 (&agent, sizeof agent), place);
    }
  *recent = GPOINTER_TO_UINT (place);
  return *recent - 1;
}

static void
file (const Filer  *filer,
      KipLedgerLine line,
      KipInstant    at,
      KipId         agent,
      guint         n,
      guint         bits)
{
  Filing filing = { line, at, { filer->row, 0, (guint16) n, (guint16) bits } };

  if (at == KIP_INSTANT_NONE)
    return;
  filing.entry.agent = place_of (filer->ledger, agent);
  filer->func (filer->ledger, &filing, filer->data);
}

static guint
end_bits (const KipLedger         *ledger,
          guint                    row,
          const KipFactResolution *all,
          guint                    i,
          guint                    n)
{
  const KipFactTable *table = ledger->table;
  gboolean soon = all[i].reopened != KIP_INSTANT_NONE && all[i].reopened - all[i].at <= SEVEN_DAYS;
  guint bits = soon ? KIP_LEDGER_SOON_BACK : 0;

  if (i == 0)
    bits |= KIP_LEDGER_FIRST;
  if (table->n_answers[row] == 1 && table->n_assignees[row] <= 1 && table->n_teams[row] <= 1 && !soon)
    bits |= KIP_LEDGER_AT_FIRST_CONTACT;
  if (table->n_moves[row] > 0)
    bits |= KIP_LEDGER_MOVED;
  if (all[i].score > 0)
    bits |= KIP_LEDGER_JUDGED;
  if (all[i].score >= 4)
    bits |= KIP_LEDGER_SATISFIED;
  if (i + 1 == n)
    return bits | (all[i].reopened == KIP_INSTANT_NONE ? KIP_LEDGER_LAST : 0);
  return bits | (kip_bins_find (&ledger->days, all[i].at) == kip_bins_find (&ledger->days, all[i + 1].at) ? KIP_LEDGER_SAME_DAY
                                                                                                            : KIP_LEDGER_AGAIN);
}

static void
file_ends (const Filer             *filer,
           const KipFactResolution *all,
           guint                    n)
{
  for (guint i = 0; i < n; i++)
    {
      file (filer, KIP_LEDGER_ENDS, all[i].at, all[i].by, 1, end_bits (filer->ledger, filer->row, all, i, n));
      if (all[i].reopened != KIP_INSTANT_NONE)
        file (filer, KIP_LEDGER_RETURNS, all[i].reopened, KIP_ID_NONE, 1, 0);
    }
}

/* Kept or broken when its clock stopped; or broken when its deadline passed, while it
 * is still open. */
static void
file_promise (const Filer        *filer,
              KipLedgerLine       line,
              const KipFactClock *clock,
              KipId               agent)
{
  if (clock->state == KIP_CLOCK_MET || clock->state == KIP_CLOCK_MISSED)
    file (filer, line, clock->stopped, agent, 1, clock->state == KIP_CLOCK_MET);
  else if (clock->state == KIP_CLOCK_PAUSED && clock->was_late)
    file (filer, line, clock->breached, agent, 1, 0);
  else if (clock->state == KIP_CLOCK_RUNNING && clock->breached != KIP_INSTANT_NONE)
    file (filer, line, clock->breached, agent, 0, 0);
}

/* Finished rounds count where the last of them ended: the clock keeps no more. */
static void
file_updates (const Filer *filer)
{
  const KipFactTable *table = filer->ledger->table;
  const KipFactClock *clock = &table->update[filer->row];
  KipInstant at = clock->stopped != KIP_INSTANT_NONE ? clock->stopped : table->responded[filer->row];
  guint met = MIN (clock->n_met, G_MAXUINT16), missed = MIN (clock->n_missed, G_MAXUINT16 - met);

  if (met + missed > 0)
    file (filer, KIP_LEDGER_UPDATE, at, table->assignee[filer->row], met + missed, met);
  if (clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED)
    file_promise (filer, KIP_LEDGER_UPDATE, clock, table->assignee[filer->row]);
}

static void
file_touches (const Filer *filer)
{
  const KipFactTable *table = filer->ledger->table;
  guint first = table->first_touch[filer->row];

  for (guint i = first; i < KIP_FACT_END (table, touches, first_touch, filer->row); i++)
    {
      const KipFactTouch *touch = &g_array_index (table->touches, KipFactTouch, i);

      file (filer, KIP_LEDGER_TOUCHES, touch->at, touch->by, 1, i == first ? KIP_LEDGER_FIRST_HAND : 0);
    }
}

static void
file_row (KipLedger *ledger,
          guint      row,
          FilingFunc func,
          gpointer   data)
{
  const KipFactTable *table = ledger->table;
  Filer filer = { ledger, row, func, data };
  guint n = table->n_resolutions[row];
  const KipFactResolution *all = n > 0 ? &g_array_index (table->resolutions, KipFactResolution, table->first_resolution[row]) : NULL;
  gboolean resolved = n > 0 && all[n - 1].reopened == KIP_INSTANT_NONE, answered = table->responded[row] != KIP_INSTANT_NONE;
  KipId responder = table->responder[row];

  file (&filer, KIP_LEDGER_ARRIVALS, table->received[row], table->assignee[row], 1, !answered && !resolved ? KIP_LEDGER_WAITING : 0);
  if (answered)
    file (&filer, KIP_LEDGER_ANSWERS, table->responded[row], responder, 1, table->on_line[row] ? KIP_LEDGER_AT_ONCE : 0);
  file_ends (&filer, all, n);
  file_promise (&filer, KIP_LEDGER_RESPONSE, &table->response[row], responder != KIP_ID_NONE ? responder : table->assignee[row]);
  file_updates (&filer);
  file_promise (&filer, KIP_LEDGER_RESOLUTION, &table->resolution[row], resolved ? all[n - 1].by : table->assignee[row]);
  file_touches (&filer);
}

/* ---- filing ---- */

/* The day of @at; −1: it has none.  What is beyond all reason goes with the nearest. */
static int
day_of (const KipLedger *ledger,
        KipInstant       at)
{
  if (at < ledger->days.cuts[0] && ledger->is_cut_off)
    return 0;
  if (at >= ledger->days.cuts[ledger->days.n] && ledger->is_cut_off)
    return (int) ledger->days.n - 1;
  return kip_bins_find (&ledger->days, at);
}

/* The sums of its day are to be made anew. */
static void
forget_sums (KipLedger    *ledger,
             const Filing *filing)
{
  int day = day_of (ledger, filing->at);

  for (guint m = 0; m < KIP_N_MEASURES; m++)
    for (guint e = 0; e < 2; e++)
      if (day >= 0 && kip_ledger_line_of ((KipMeasure) m) == filing->line && ledger->books[m].days[e] != NULL)
        ledger->books[m].days[e][day].is_known = FALSE;
}

/* NULL: it has no such day. */
static GArray **
page_of (KipLedger    *ledger,
         const Filing *filing)
{
  int day = day_of (ledger, filing->at);

  return day >= 0 ? &ledger->lines[filing->line][day] : NULL;
}

static void
put (KipLedger    *ledger,
     const Filing *filing,
     gpointer      data)
{
  GArray **page = page_of (ledger, filing);

  if (page == NULL)
    {
      ledger->is_stale = TRUE;
      return;
    }
  if (*page == NULL)
    *page = g_array_new (FALSE, FALSE, sizeof (KipLedgerEntry));
  g_array_append_val (*page, filing->entry);
}

static void
put_anew (KipLedger    *ledger,
          const Filing *filing,
          gpointer      data)
{
  put (ledger, filing, data);
  forget_sums (ledger, filing);
}

static int
find_entry (const GArray         *page,
            const KipLedgerEntry *entry)
{
  const KipLedgerEntry *all = page != NULL ? (const KipLedgerEntry *) (gpointer) page->data : NULL;

  for (guint i = 0; page != NULL && i < page->len; i++)
    if (all[i].row == entry->row && all[i].agent == entry->agent && all[i].n == entry->n && all[i].bits == entry->bits)
      return (int) i;
  return -1;
}

static void
take_out (KipLedger    *ledger,
          const Filing *filing,
          gpointer      data)
{
  GArray **page = page_of (ledger, filing);
  int at = page != NULL ? find_entry (*page, &filing->entry) : -1;

  if (at >= 0)
    g_array_remove_index_fast (*page, (guint) at);
  forget_sums (ledger, filing);
}

/* @data: pointer to the row that it is to be. */
static void
rename_row (KipLedger    *ledger,
            const Filing *filing,
            gpointer      data)
{
  GArray **page = page_of (ledger, filing);
  int at = page != NULL ? find_entry (*page, &filing->entry) : -1;

  if (at >= 0)
    g_array_index (*page, KipLedgerEntry, at).row = *(guint *) data;
}

void
kip_ledger_leave (KipLedger *ledger,
                  guint      row)
{
  guint last = ledger->table->n - 1;

  file_row (ledger, row, take_out, NULL);
  if (last != row)
    file_row (ledger, last, rename_row, &row);
}

void
kip_ledger_join (KipLedger *ledger,
                 guint      row)
{
  file_row (ledger, row, put_anew, NULL);
}

/* ---- beginning ---- */

static void
widen (KipRange  *range,
       KipInstant at)
{
  if (at == KIP_INSTANT_NONE)
    return;
  range->from = MIN (range->from, at);
  range->to = MAX (range->to, at + 1);
}

static KipRange
whole_range (const KipFactTable *table,
             GTimeZone          *zone,
             KipInstant          now)
{
  KipRange range = { now, now };

  for (guint i = 0; i < table->n; i++)
    {
      widen (&range, table->received[i]);
      widen (&range, table->responded[i]);
      for (guint c = 0; c < 3; c++)
        {
          const KipFactClock *clock = c == 0 ? &table->response[i] : c == 1 ? &table->update[i] : &table->resolution[i];

          widen (&range, clock->stopped);
          widen (&range, clock->breached);
        }
    }
  for (guint i = 0; i < table->resolutions->len; i++)
    {
      widen (&range, g_array_index (table->resolutions, KipFactResolution, i).at);
      widen (&range, g_array_index (table->resolutions, KipFactResolution, i).reopened);
    }
  for (guint i = 0; i < table->touches->len; i++)
    widen (&range, g_array_index (table->touches, KipFactTouch, i).at);
  range.from = kip_day_start (range.from, zone);
  range.to = MAX (range.to, kip_range_last_days (1, now, zone).to + DAYS_AHEAD * KIP_MS_PER_DAY);
  return range;
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  KipInstant x = *(const KipInstant *) a, y = *(const KipInstant *) b;

  return (x > y) - (x < y);
}

static void
add_cut (GArray    *cuts,
         KipInstant at)
{
  for (guint i = 0; i < cuts->len; i++)
    if (g_array_index (cuts, KipInstant, i) == at)
      return;
  g_array_append_val (cuts, at);
  g_array_sort (cuts, compare_instants);
}

static void
make_days (KipLedger      *ledger,
           KipInstant      now,
           const KipRange *range)
{
  KipRange whole = whole_range (ledger->table, ledger->zone, now), most = { now - MOST_DAYS * KIP_MS_PER_DAY, now + MOST_DAYS * KIP_MS_PER_DAY };

  ledger->is_cut_off = whole.from < most.from || whole.to > most.to;
  whole.from = MAX (whole.from, kip_day_start (most.from, ledger->zone));
  whole.to = MIN (whole.to, most.to);
  ledger->cuts = kip_range_cut (&whole, KIP_BY_DAY, ledger->zone);
  if (range != NULL)
    {
      add_cut (ledger->cuts, range->from);
      add_cut (ledger->cuts, range->to);
    }
  kip_bins_init (&ledger->days, ledger->cuts);
  for (guint i = 0; i < KIP_LEDGER_N_LINES; i++)
    ledger->lines[i] = g_new0 (GArray *, ledger->days.n);
}

KipLedger *
kip_ledger_new (const KipFactTable *table,
                GTimeZone          *zone,
                KipInstant          now,
                const KipRange     *range)
{
  KipLedger *ledger = g_new0 (KipLedger, 1);

  ledger->table = table;
  ledger->zone = g_time_zone_ref (zone);
  ledger->agents = g_array_new (FALSE, FALSE, sizeof (KipId));
  ledger->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    g_mutex_init (&ledger->books[m].lock);
  make_days (ledger, now, range);
  for (guint row = 0; row < table->n; row++)
    file_row (ledger, row, put, NULL);
  return ledger;
}

void
kip_ledger_free (KipLedger *ledger)
{
  for (guint line = 0; line < KIP_LEDGER_N_LINES; line++)
    {
      for (guint day = 0; day < ledger->days.n; day++)
        g_clear_pointer (&ledger->lines[line][day], g_array_unref);
      g_free (ledger->lines[line]);
    }
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    {
      g_free (ledger->books[m].days[0]);
      g_free (ledger->books[m].days[1]);
      g_mutex_clear (&ledger->books[m].lock);
    }
  g_array_unref (ledger->cuts);
  g_array_unref (ledger->agents);
  g_hash_table_unref (ledger->numbers);
  g_time_zone_unref (ledger->zone);
  g_free (ledger);
}

/* ---- days ---- */

gboolean
kip_ledger_fits (const KipLedger *ledger,
                 GTimeZone       *zone,
                 KipInstant       now)
{
  return !ledger->is_stale && g_strcmp0 (g_time_zone_get_identifier (ledger->zone), g_time_zone_get_identifier (zone)) == 0
         && now + DAYS_AHEAD / 2 * KIP_MS_PER_DAY < ledger->days.cuts[ledger->days.n];
}

static gboolean
is_cut (const KipLedger *ledger,
        KipInstant       at)
{
  const KipBins *days = &ledger->days;

  return at <= days->cuts[0] || at >= days->cuts[days->n] || days->cuts[kip_bins_find (days, at)] == at;
}

gboolean
kip_ledger_reaches (const KipLedger *ledger,
                    const KipRange  *range)
{
  return is_cut (ledger, range->from) && is_cut (ledger, range->to);
}

guint
kip_ledger_day (const KipLedger *ledger,
                KipInstant       at)
{
  const KipBins *days = &ledger->days;
  guint day;

  if (at <= days->cuts[0])
    return 0;
  if (at > days->cuts[days->n - 1])
    return days->n;
  day = (guint) kip_bins_find (days, at);
  return days->cuts[day] < at ? day + 1 : day;
}

guint
kip_ledger_n_days (const KipLedger *ledger)
{
  return ledger->days.n;
}

KipInstant
kip_ledger_day_start (const KipLedger *ledger,
                      guint            day)
{
  return ledger->days.cuts[day];
}

const KipLedgerEntry *
kip_ledger_entries (const KipLedger *ledger,
                    KipLedgerLine    line,
                    guint            day,
                    guint           *n)
{
  const GArray *page = ledger->lines[line][day];

  *n = page != NULL ? page->len : 0;
  return page != NULL ? (const KipLedgerEntry *) (gpointer) page->data : NULL;
}

static guint
count (const KipLedger *ledger,
       KipLedgerLine    line,
       guint            day,
       const guint8    *mask)
{
  guint n, found = 0;
  const KipLedgerEntry *entries = kip_ledger_entries (ledger, line, day, &n);

  if (mask == NULL)
    return n;
  for (guint i = 0; i < n; i++)
    found += mask[entries[i].row] != 0;
  return found;
}

KipLedgerCounts *
kip_ledger_counts_new (const KipLedger *ledger,
                       const guint8    *mask)
{
  KipLedgerCounts *counts = g_new0 (KipLedgerCounts, 1);

  counts->arrivals = g_new (guint, ledger->days.n);
  counts->net = g_new (int, ledger->days.n);
  for (guint day = 0; day < ledger->days.n; day++)
    {
      counts->arrivals[day] = count (ledger, KIP_LEDGER_ARRIVALS, day, mask);
      counts->net[day] = (int) counts->arrivals[day] + (int) count (ledger, KIP_LEDGER_RETURNS, day, mask)
                         - (int) count (ledger, KIP_LEDGER_ENDS, day, mask);
    }
  return counts;
}

void
kip_ledger_counts_free (KipLedgerCounts *counts)
{
  g_free (counts->arrivals);
  g_free (counts->net);
  g_free (counts);
}

KipId
kip_ledger_agent (const KipLedger *ledger,
                  guint            agent)
{
  return g_array_index (ledger->agents, KipId, agent);
}

guint
kip_ledger_n_agents (const KipLedger *ledger)
{
  return ledger->agents->len;
}

guint
kip_ledger_promises (const KipLedger      *ledger,
                     KipLedgerLine         line,
                     const KipLedgerEntry *entry,
                     KipInstant            now)
{
  const KipFactTable *table = ledger->table;
  const KipFactClock *clock = line == KIP_LEDGER_RESPONSE ? &table->response[entry->row]
                              : line == KIP_LEDGER_UPDATE ? &table->update[entry->row]
                                                          : &table->resolution[entry->row];

  if (entry->n > 0)
    return entry->n;
  return clock->breached < now;
}
