/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was open when, rebuilt from the events. */

#include "kip-tally.h"

#include <math.h>

/* The first of the cuts after @at; their number when there is none. */
static guint
first_after (const KipBins *bins,
             KipInstant     at)
{
  if (at >= bins->cuts[bins->n])
    return bins->n + 1;
  return (guint) (kip_bins_find (bins, at) + 1);
}

/* Of the ledger; @own: out, (owned) (nullable) where the scope has none. */
static const KipLedgerCounts *
counts_of (const KipScope   *scope,
           const KipLedger  *ledger,
           KipLedgerCounts **own)
{
  *own = NULL;
  if (scope->counts != NULL && ledger == scope->ledger)
    return scope->counts;
  return *own = kip_ledger_counts_new (ledger, scope->mask);
}

GArray *
kip_open_at (const KipScope *scope,
             const GArray   *cuts)
{
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  g_autoptr (KipLedgerCounts) own_counts = NULL;
  const KipLedgerCounts *counts = counts_of (scope, ledger, &own_counts);
  g_autofree int *steps = g_new0 (int, cuts->len + 1);
  GArray *open = g_array_sized_new (FALSE, FALSE, sizeof (guint), cuts->len);
  guint now = 0;
  KipBins bins;

  kip_bins_init (&bins, cuts);
  for (guint day = 0; day < kip_ledger_n_days (ledger); day++)
    steps[first_after (&bins, kip_ledger_day_start (ledger, day))] += counts->net[day];
  for (guint i = 0; i < cuts->len; i++)
    {
      now += (guint) steps[i];
      g_array_append_val (open, now);
    }
  return open;
}

/* The phase of a ticket just before @at; 0: it was not there yet. */
static KipPhase
phase_before (const KipFactTable *table,
              guint               row,
              KipInstant          at)
{
  guint phase = 0;

  if (table->received[row] >= at)
    return (KipPhase) 0;
  for (guint i = table->first_phase[row]; i < KIP_FACT_END (table, phases, first_phase, row); i++)
    {
      const KipFactPhase *span = &g_array_index (table->phases, KipFactPhase, i);

      if (span->at >= at)
        break;
      phase = span->phase;
    }
  return (KipPhase) (phase != 0 ? phase : KIP_PHASE_NEW);
}

/* The phase of an open ticket; 0: it is none. */
static KipPhase
open_phase (const KipScope *scope,
            guint           row,
            KipInstant      at)
{
  KipPhase phase;

  if (scope->table->last[row] < at)
    return (KipPhase) 0;
  phase = phase_before (scope->table, row, at);
  return phase != 0 && kip_phase_is_open (phase) ? phase : (KipPhase) 0;
}

static guint
age_of (KipInstant received,
        KipInstant at)
{
  static const int ends[] = { 1, 7, 30, 90 };
  guint age = 0;

  while (age < G_N_ELEMENTS (ends) && at - received >= ends[age] * KIP_MS_PER_DAY)
    age++;
  return age;
}

void
kip_open_ages (const KipScope *scope,
               KipInstant      at,
               guint           counts[KIP_N_AGES][KIP_PHASE_CLOSED + 1],
               GArray         *rows[KIP_N_AGES][KIP_PHASE_CLOSED + 1])
{
  const KipFactTable *table = scope->table;
  g_autoptr (GArray) living = kip_scope_living (scope, at);

  for (guint i = 0; i < KIP_N_AGES; i++)
    for (guint phase = 0; phase <= KIP_PHASE_CLOSED; phase++)
      counts[i][phase] = 0;
  for (guint i = 0; i < living->len; i++)
    {
      guint row = g_array_index (living, guint, i), age;
      KipPhase phase = open_phase (scope, row, at);

      if (phase == 0)
        continue;
      age = age_of (table->received[row], at);
      counts[age][phase]++;
      if (rows != NULL && rows[age][phase] != NULL)
        g_array_append_val (rows[age][phase], row);
    }
}

/* ---- figures ---- */

/* By agent, team …: those that were open at the end of the range. */
static GArray *
open_by_key (const KipScope *scope,
             KipBy           by)
{
  const KipFactTable *table = scope->table;
  KipInstant end = MIN (scope->range.to, scope->now);
  g_autoptr (GArray) living = kip_scope_living (scope, end);
  GArray *figures;
  KipTally tally;

  kip_tally_init (&tally, scope, KIP_MEASURE_OPEN, KIP_REDUCE_COUNT, by);
  for (guint i = 0; i < living->len; i++)
    {
      guint row = g_array_index (living, guint, i);
      KipTelling telling = { .row = row, .at = scope->range.to - 1, .agent = table->assignee[row], .n = 1 };

      telling.plain = scope->range.to >= scope->now && by != KIP_BY_CATEGORY;
      if (open_phase (scope, row, end) != 0)
        kip_tally_tell (&tally, &telling);
    }
  figures = kip_tally_finish (&tally, KIP_MEASURE_OPEN, KIP_REDUCE_COUNT);
  kip_tally_clear (&tally);
  return figures;
}

static gboolean
is_open_at (const KipFactTable *table,
            guint               row,
            KipInstant          at)
{
  gboolean open = table->received[row] < at;

  if (table->last[row] < at)
    return FALSE;
  for (guint i = table->first_resolution[row]; open && i < KIP_FACT_END (table, resolutions, first_resolution, row); i++)
    {
      const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, i);

      if (resolution->at >= at)
        break;
      open = resolution->reopened != KIP_INSTANT_NONE && resolution->reopened < at;
    }
  return open;
}

/* Those that were open at @at, in order; NULL: too many to be named.  (transfer full) of guint */
static GArray *
find_open (const KipScope *scope,
           KipInstant      at,
           guint           n)
{
  GArray *rows;

  if (n > KIP_NAMED_TICKETS)
    return NULL;
  rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint row = scope->table->n; row > 0 && rows->len < n; row--)
    if ((scope->mask == NULL || scope->mask[row - 1]) && is_open_at (scope->table, row - 1, at))
      {
        guint found = row - 1;

        g_array_prepend_val (rows, found);
      }
  return rows;
}

static gboolean
was_resolved_at (const KipFactTable *table,
                 guint               row,
                 KipInstant          at)
{
  return table->received[row] < at && !is_open_at (table, row, at);
}

/* Whether any that was resolved at @at was reopened after it. */
static gboolean
has_come_back (const KipScope *scope,
               KipInstant      at)
{
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);

  for (guint day = kip_ledger_day (ledger, at); day < kip_ledger_n_days (ledger); day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (ledger, KIP_LEDGER_RETURNS, day, &n);

      for (guint i = 0; i < n; i++)
        if ((scope->mask == NULL || scope->mask[entries[i].row]) && was_resolved_at (scope->table, entries[i].row, at))
          return TRUE;
    }
  return FALSE;
}

char *
kip_open_query (const KipScope *scope,
                KipInstant      at,
                gboolean       *exact)
{
  KipRange span = { at, at };
  g_autofree char *filter = kip_figure_query_span (scope->filter, NULL, &span, scope->zone);
  g_autofree char *day = kip_figure_query_day (at - 1, scope->zone);

  *exact = !has_come_back (scope, at);
  return g_strdup_printf ("%sreceived<=%s (is:open or resolved>%s)", filter, day, day);
}

/* What is open now can be asked for; of what was open then a few are named. */
static void
query_open (const KipScope *scope,
            KipFigure      *figure)
{
  g_autofree char *filter = kip_figure_query_span (scope->filter, NULL, &figure->span, scope->zone);
  g_autoptr (GArray) rows = NULL;

  figure->exact = TRUE;
  if (figure->span.to > scope->now)
    figure->query = g_strconcat (filter, "is:open", NULL);
  else if ((rows = find_open (scope, figure->span.to, figure->n)) != NULL)
    figure->query = kip_figure_query_rows (scope->table, rows);
  else
    figure->query = kip_open_query (scope, figure->span.to, &figure->exact);
}

/* Open at the end of each bin; what has not come yet is not known. */
static GArray *
open_by_time (const KipScope *scope,
              KipBy           by)
{
  g_autoptr (GArray) cuts = kip_range_cut (&scope->range, by, scope->zone);
  g_autoptr (GArray) open = kip_open_at (scope, cuts);
  GArray *figures = kip_figures_new ();

  for (guint i = 0; i + 1 < cuts->len; i++)
    {
      KipFigure figure = { .value = NAN };

      figure.span.from = g_array_index (cuts, KipInstant, i);
      figure.span.to = g_array_index (cuts, KipInstant, i + 1);
      if (figure.span.from <= scope->now)
        {
          figure.n = g_array_index (open, guint, i + 1);
          figure.value = figure.n;
          if (!scope->silent)
            query_open (scope, &figure);
        }
      g_array_append_val (figures, figure);
    }
  return figures;
}

/* ---- backlog ---- */

/* Counts of one group: open at each cut, received in each bin between them. */
typedef struct
{
  KipId  key;
  int   *steps;    /* (owned) one more than cuts: how many more are open from there on */
  guint *received; /* (owned) */
} Course;

static void
course_free (gpointer data)
{
  Course *course = data;

  g_free (course->steps);
  g_free (course->received);
  g_free (course);
}

static Course *
course_new (KipId key,
            guint n_cuts)
{
  Course *course = g_new0 (Course, 1);

  course->key = key;
  course->steps = g_new0 (int, n_cuts + 1);
  course->received = g_new0 (guint, n_cuts + 1);
  return course;
}

/* @sign: so many more, or less, are open from @at on. */
static void
course_step (Course        *course,
             const KipBins *bins,
             KipInstant     at,
             int            sign)
{
  course->steps[first_after (bins, at)] += sign;
}

static void
course_receive (Course        *course,
                const KipBins *bins,
                KipInstant     at,
                guint          n)
{
  int bin = kip_bins_find (bins, at);

  if (bin >= 0)
    course->received[bin] += n;
}

/* From steps to how many are open at each cut. */
static void
course_finish (Course *course,
               guint   n_cuts)
{
  for (guint i = 1; i < n_cuts; i++)
    course->steps[i] += course->steps[i - 1];
}

/* Bins @from … @to − 1, but for what has not come yet: open at their ends, on average, by received in one. */
static double
backlog_days (const Course   *course,
              const GArray   *cuts,
              const KipScope *scope,
              guint           from,
              guint           to,
              guint          *n)
{
  guint64 sum = 0;
  guint days = 0;

  *n = 0;
  for (guint i = from; i < to; i++)
    {
      *n += course->received[i];
      if (g_array_index (cuts, KipInstant, i) > scope->now)
        continue;
      sum += (guint) course->steps[i + 1];
      days++;
    }
  return *n > 0 && days > 0 ? ((double) sum / days) / ((double) *n / days) : NAN;
}

static double
backlog_rate (const Course *course,
              guint         from,
              guint         to,
              guint        *n)
{
  *n = (guint) course->steps[from];
  for (guint i = from; i < to; i++)
    *n += course->received[i];
  return *n > 0 ? 100.0 * course->steps[to] / *n : NAN;
}

/* @cuts: of days, among which the ends of the figure's span are. */
static void
fill_backlog (KipMeasure      measure,
              const KipScope *scope,
              const Course   *course,
              const GArray   *cuts,
              KipFigure      *figure)
{
  guint from = 0, to;

  if (figure->span.from > scope->now)
    return;
  while (g_array_index (cuts, KipInstant, from) < figure->span.from)
    from++;
  for (to = from; g_array_index (cuts, KipInstant, to) < figure->span.to;)
    to++;
  figure->value = measure == KIP_MEASURE_BACKLOG_DAYS ? backlog_days (course, cuts, scope, from, to, &figure->n)
                                                      : backlog_rate (course, from, to, &figure->n);
}

static KipId
key_of (const KipFactTable *table,
        guint               row,
        KipBy               by)
{
  switch (by)
    {
    case KIP_BY_AGENT:
      return table->assignee[row];
    case KIP_BY_TEAM:
      return table->team[row];
    case KIP_BY_CATEGORY:
      return table->category[row];
    case KIP_BY_PRIORITY:
    case KIP_BY_NOTHING:
    case KIP_BY_DAY:
    case KIP_BY_WEEK:
    case KIP_BY_MONTH:
    default:
      return CLAMP (table->priority[row], 1, KIP_N_PRIORITIES);
    }
}

static Course *
course_of (GHashTable *courses,
           KipId       key,
           guint       n_cuts)
{
  Course *course = g_hash_table_lookup (courses, &key);

  if (course == NULL)
    {
      course = course_new (key, n_cuts);
      g_hash_table_insert (courses, &course->key, course);
    }
  return course;
}

/* Every entry of @line to the course of its ticket. */
static void
step_all (const KipScope  *scope,
          const KipLedger *ledger,
          KipLedgerLine    line,
          KipBy            by,
          GHashTable      *courses,
          const KipBins   *bins)
{
  for (guint day = 0; day < kip_ledger_n_days (ledger); day++)
    {
      KipInstant start = kip_ledger_day_start (ledger, day);
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (ledger, line, day, &n);

      for (guint i = 0; i < n; i++)
        {
          guint row = entries[i].row;
          Course *course;

          if (scope->mask != NULL && !scope->mask[row])
            continue;
          course = course_of (courses, key_of (scope->table, row, by), bins->n + 1);
          course_step (course, bins, start, line == KIP_LEDGER_ENDS ? -1 : 1);
          if (line == KIP_LEDGER_ARRIVALS)
            course_receive (course, bins, start, 1);
        }
    }
}

static KipFigure *
figure_of (GArray *figures,
           KipId   key)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_array_index (figures, KipFigure, i).key == key)
      return &g_array_index (figures, KipFigure, i);
  return NULL;
}

static int
compare_figures (gconstpointer a,
                 gconstpointer b)
{
  const KipFigure *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

/* @figures: those of what was received, which open their tickets; a group of which nothing
 * was can have a backlog, too. */
static void
fill_backlogs (KipMeasure      measure,
               const KipScope *scope,
               GHashTable     *courses,
               const GArray   *cuts,
               GArray         *figures)
{
  GHashTableIter iter;
  Course *course;

  g_hash_table_iter_init (&iter, courses);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &course))
    {
      KipFigure *found = figure_of (figures, course->key), figure = { .key = course->key, .span = scope->range, .value = NAN };

      course_finish (course, cuts->len);
      fill_backlog (measure, scope, course, cuts, found != NULL ? found : &figure);
      if (found == NULL && figure.n > 0)
        g_array_append_val (figures, figure);
    }
}

/* Each group is counted over its own tickets. */
static GArray *
backlog_by_key (KipMeasure      measure,
                const KipScope *scope,
                KipBy           by)
{
  GArray *figures = kip_measure_compute (KIP_MEASURE_RECEIVED, scope, by);
  g_autoptr (GArray) cuts = kip_range_cut (&scope->range, KIP_BY_DAY, scope->zone);
  g_autoptr (GHashTable) courses = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, course_free);
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  KipBins days;

  kip_bins_init (&days, cuts);
  step_all (scope, ledger, KIP_LEDGER_ARRIVALS, by, courses, &days);
  step_all (scope, ledger, KIP_LEDGER_ENDS, by, courses, &days);
  step_all (scope, ledger, KIP_LEDGER_RETURNS, by, courses, &days);
  for (guint i = 0; i < figures->len; i++)
    g_array_index (figures, KipFigure, i).value = NAN;
  fill_backlogs (measure, scope, courses, cuts, figures);
  if (by != KIP_BY_PRIORITY)
    g_array_sort (figures, compare_figures);
  return figures;
}

static GArray *
backlog_by_time (KipMeasure      measure,
                 const KipScope *scope,
                 KipBy           by)
{
  g_autoptr (GArray) cuts = kip_range_cut (&scope->range, KIP_BY_DAY, scope->zone);
  g_autoptr (GArray) bins = kip_range_cut (&scope->range, by, scope->zone);
  GArray *figures = kip_figures_new ();
  Course *course = course_new (KIP_ID_NONE, cuts->len);
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  g_autoptr (KipLedgerCounts) own_counts = NULL;
  const KipLedgerCounts *counts = counts_of (scope, ledger, &own_counts);
  KipBins days;

  kip_bins_init (&days, cuts);
  for (guint day = 0; day < kip_ledger_n_days (ledger); day++)
    {
      KipInstant start = kip_ledger_day_start (ledger, day);

      course_step (course, &days, start, counts->net[day]);
      course_receive (course, &days, start, counts->arrivals[day]);
    }
  course_finish (course, cuts->len);
  for (guint i = 0; i + 1 < bins->len; i++)
    {
      KipFigure figure = { .value = NAN };

      figure.span.from = g_array_index (bins, KipInstant, i);
      figure.span.to = g_array_index (bins, KipInstant, i + 1);
      fill_backlog (measure, scope, course, cuts, &figure);
      g_array_append_val (figures, figure);
    }
  course_free (course);
  return figures;
}

GArray *
kip_open_compute (KipMeasure      measure,
                  const KipScope *scope,
                  KipBy           by)
{
  gboolean by_time = by == KIP_BY_NOTHING || kip_by_is_time (by);

  if (measure != KIP_MEASURE_OPEN)
    return by_time ? backlog_by_time (measure, scope, by) : backlog_by_key (measure, scope, by);
  return by_time ? open_by_time (scope, by) : open_by_key (scope, by);
}
