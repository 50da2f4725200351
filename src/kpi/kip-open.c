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

/* Marks in @steps from which cut on row is one more, or one less. */
static void
add_steps (const KipFactTable *table,
           guint               row,
           const KipBins      *bins,
           int                *steps)
{
  steps[first_after (bins, table->received[row])]++;
  for (guint i = table->first_resolution[row]; i < KIP_FACT_END (table, resolutions, first_resolution, row); i++)
    {
      const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, i);

      steps[first_after (bins, resolution->at)]--;
      if (resolution->reopened != KIP_INSTANT_NONE)
        steps[first_after (bins, resolution->reopened)]++;
    }
}

GArray *
kip_open_at (const KipScope *scope,
             const GArray   *cuts)
{
  g_autofree int *steps = g_new0 (int, cuts->len + 1);
  GArray *open = g_array_sized_new (FALSE, FALSE, sizeof (guint), cuts->len);
  KipRowWalk walk = kip_scope_walk (scope);
  guint now = 0, row;
  KipBins bins;

  kip_bins_init (&bins, cuts);
  while (kip_row_walk_next (&walk, &row))
    add_steps (scope->table, row, &bins, steps);
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
  KipRowWalk walk = kip_scope_walk (scope);
  guint row;

  for (guint i = 0; i < KIP_N_AGES; i++)
    for (guint phase = 0; phase <= KIP_PHASE_CLOSED; phase++)
      counts[i][phase] = 0;
  while (kip_row_walk_next (&walk, &row))
    {
      KipPhase phase = table->last[row] >= at ? phase_before (table, row, at) : (KipPhase) 0;
      guint age = age_of (table->received[row], at);

      if (phase == 0 || !kip_phase_is_open (phase))
        continue;
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
  KipRowWalk walk = kip_scope_walk (scope);
  GArray *figures;
  KipTally tally;
  guint row;

  kip_tally_init (&tally, scope, KIP_MEASURE_OPEN, KIP_REDUCE_COUNT, by);
  while (kip_row_walk_next (&walk, &row))
    {
      KipPhase phase = table->last[row] >= end ? phase_before (table, row, end) : (KipPhase) 0;
      KipTelling telling = { .row = row, .at = scope->range.to - 1, .agent = table->assignee[row], .n = 1 };

      telling.plain = scope->range.to >= scope->now && by != KIP_BY_CATEGORY;
      if (phase != 0 && kip_phase_is_open (phase))
        kip_tally_tell (&tally, &telling);
    }
  figures = kip_tally_finish (&tally, KIP_MEASURE_OPEN, KIP_REDUCE_COUNT);
  kip_tally_clear (&tally);
  return figures;
}

/* The newest of them, and some more. */
static void
keep_row (GArray *rows,
          guint   row)
{
  if (rows->len >= 2 * KIP_NAMED_TICKETS)
    g_array_remove_range (rows, 0, KIP_NAMED_TICKETS);
  g_array_append_val (rows, row);
}

/* It was open from one instant to another (NONE: still). */
static void
keep_span (GPtrArray     *ends,
           const KipBins *bins,
           KipInstant     from,
           KipInstant     to,
           guint          row)
{
  guint last = to != KIP_INSTANT_NONE ? first_after (bins, to) : bins->n + 1;

  for (guint cut = MAX (first_after (bins, from), 1); cut < last; cut++)
    keep_row (g_ptr_array_index (ends, cut - 1), row);
}

/* Of each bin, those that were open at its end.  (transfer full) of GArray of guint */
static GPtrArray *
rows_by_time (const KipScope *scope,
              const GArray   *cuts)
{
  const KipFactTable *table = scope->table;
  GPtrArray *ends = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  KipRowWalk walk = kip_scope_walk (scope);
  KipBins bins;
  guint row;

  kip_bins_init (&bins, cuts);
  for (guint i = 0; i < bins.n; i++)
    g_ptr_array_add (ends, g_array_new (FALSE, FALSE, sizeof (guint)));
  while (kip_row_walk_next (&walk, &row))
    {
      KipInstant from = table->received[row];

      for (guint i = table->first_resolution[row]; from != KIP_INSTANT_NONE && i < KIP_FACT_END (table, resolutions, first_resolution, row); i++)
        {
          const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, i);

          keep_span (ends, &bins, from, resolution->at, row);
          from = resolution->reopened;
        }
      if (from != KIP_INSTANT_NONE)
        keep_span (ends, &bins, from, KIP_INSTANT_NONE, row);
    }
  return ends;
}

/* What is open now can be asked for; what was open then is named. */
static void
query_open (const KipScope *scope,
            const GArray   *rows,
            KipFigure      *figure)
{
  g_autofree char *filter = kip_figure_query_span (scope->filter, NULL, &figure->span, scope->zone);

  if (figure->span.to > scope->now)
    figure->query = g_strconcat (filter, "is:open", NULL);
  else
    figure->query = kip_figure_query_newest (scope->table, rows, figure->n, &figure->newest);
  figure->exact = figure->newest == 0;
}

/* Open at the end of each bin; what has not come yet is not known. */
static GArray *
open_by_time (const KipScope *scope,
              KipBy           by)
{
  g_autoptr (GArray) cuts = kip_range_cut (&scope->range, by, scope->zone);
  g_autoptr (GArray) open = kip_open_at (scope, cuts);
  g_autoptr (GPtrArray) rows = scope->silent ? NULL : rows_by_time (scope, cuts);
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
          if (rows != NULL)
            query_open (scope, g_ptr_array_index (rows, i), &figure);
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

static void
course_add (Course             *course,
            const KipFactTable *table,
            guint               row,
            const KipBins      *bins)
{
  int bin = kip_bins_find (bins, table->received[row]);

  add_steps (table, row, bins, course->steps);
  if (bin >= 0)
    course->received[bin]++;
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
           KipId       key)
{
  return g_hash_table_lookup (courses, &key);
}

/* The groups are those of what was received; each is counted over its own tickets. */
static GArray *
backlog_by_key (KipMeasure      measure,
                const KipScope *scope,
                KipBy           by)
{
  GArray *figures = kip_measure_compute (KIP_MEASURE_RECEIVED, scope, by);
  g_autoptr (GArray) cuts = kip_range_cut (&scope->range, KIP_BY_DAY, scope->zone);
  g_autoptr (GHashTable) courses = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, course_free);
  KipRowWalk walk = kip_scope_walk (scope);
  KipBins days;
  guint row;

  kip_bins_init (&days, cuts);
  for (guint f = 0; f < figures->len; f++)
    {
      Course *course = course_new (g_array_index (figures, KipFigure, f).key, cuts->len);

      g_hash_table_insert (courses, &course->key, course);
    }
  while (kip_row_walk_next (&walk, &row))
    {
      Course *course = course_of (courses, key_of (scope->table, row, by));

      if (course != NULL)
        course_add (course, scope->table, row, &days);
    }
  for (guint f = 0; f < figures->len; f++)
    {
      KipFigure *figure = &g_array_index (figures, KipFigure, f);
      Course *course = course_of (courses, figure->key);

      course_finish (course, cuts->len);
      fill_backlog (measure, scope, course, cuts, figure);
      if (figure->n == 0)
        figure->value = NAN;
    }
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
  KipRowWalk walk = kip_scope_walk (scope);
  KipBins days;
  guint row;

  kip_bins_init (&days, cuts);
  while (kip_row_walk_next (&walk, &row))
    course_add (course, scope->table, row, &days);
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
