/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What marks ask for whose tickets are too many to be named. */

#include "kip-board-private.h"

/* Longer ones nobody reads: then the whole range is asked for. */
#define MOST_SPANS 110

static char *
query_received (const KipStudy *study)
{
  return kip_figure_query_span (study->filter, "received", &study->scope.range, study->zone);
}

/* ---- hours ---- */

static gboolean
is_weekday (KipInstant at,
            GTimeZone *zone,
            guint      weekday)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);

  return (guint) g_date_time_get_day_of_week (local) == weekday + 1;
}

/* The days of the range that are such weekdays.  (transfer full) of char * */
static GPtrArray *
find_days (const KipStudy *study,
           guint           weekday)
{
  g_autoptr (GArray) cuts = kip_range_cut (&study->scope.range, KIP_BY_DAY, study->zone);
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i + 1 < cuts->len && g_array_index (cuts, KipInstant, i) <= study->scope.now; i++)
    if (is_weekday (g_array_index (cuts, KipInstant, i), study->zone, weekday))
      g_ptr_array_add (days, kip_figure_query_day (g_array_index (cuts, KipInstant, i), study->zone));
  return days;
}

/* On a day when the clock is turned an hour is there twice, or not at all. */
static gboolean
has_one_offset (const KipStudy *study)
{
  const KipRange *range = &study->scope.range;

  return g_time_zone_find_interval (study->zone, G_TIME_TYPE_UNIVERSAL, range->from / KIP_MS_PER_SECOND)
         == g_time_zone_find_interval (study->zone, G_TIME_TYPE_UNIVERSAL, range->to / KIP_MS_PER_SECOND);
}

char *
kip_board_query_hour (const KipStudy *study,
                      guint           weekday,
                      guint           hour,
                      gboolean       *exact)
{
  g_autoptr (GPtrArray) days = find_days (study, weekday);
  g_autofree char *filter = kip_figure_query_span (study->filter, NULL, &study->scope.range, study->zone);
  GString *query;

  *exact = days->len <= MOST_SPANS && has_one_offset (study);
  if (days->len > MOST_SPANS)
    return query_received (study);
  query = g_string_new (filter);
  g_string_append (query, "received:");
  for (guint i = 0; i < days->len; i++)
    g_string_append_printf (query, "%s%sT%02u:00..%sT%02u:59", i > 0 ? "," : "", (const char *) g_ptr_array_index (days, i), hour,
                            (const char *) g_ptr_array_index (days, i), hour);
  return g_string_free (query, FALSE);
}

/* ---- categories ---- */

static gboolean
is_shown (const GArray *figures,
          guint         n_shown,
          KipId         category)
{
  for (guint i = 0; i < MIN (figures->len, n_shown); i++)
    if (g_array_index (figures, KipFigure, i).key == category)
      return TRUE;
  return FALSE;
}

/* A category is asked for with those below it. */
static gboolean
is_below_shown (const KipStudy *study,
                const GArray   *figures,
                guint           n_shown,
                KipId           category)
{
  const KipCategory *each = kip_office_category (study->office, category);

  for (each = each != NULL ? kip_office_category (study->office, each->parent) : NULL; each != NULL;
       each = kip_office_category (study->office, each->parent))
    if (is_shown (figures, n_shown, each->id))
      return TRUE;
  return FALSE;
}

char *
kip_board_query_others (const KipStudy *study,
                        const GArray   *figures,
                        guint           n_shown,
                        gboolean       *exact)
{
  g_autofree char *received = query_received (study);
  GString *query = g_string_new (received);

  *exact = TRUE;
  g_string_append (query, " -category:");
  for (guint i = 0; i < figures->len; i++)
    {
      KipId category = g_array_index (figures, KipFigure, i).key;

      if (i >= n_shown)
        *exact &= !is_below_shown (study, figures, n_shown, category);
      else if (category == KIP_ID_NONE)
        g_string_append (query, i > 0 ? ",none" : "none");
      else
        g_string_append_printf (query, "%s#%" G_GUINT64_FORMAT, i > 0 ? "," : "", category);
    }
  return g_string_free (query, FALSE);
}

/* ---- causes ---- */

/* A promise that was broken in the range was told of in it, or later. */
char *
kip_board_query_broken (const KipStudy *study,
                        const char     *which)
{
  g_autofree char *filter = kip_figure_query_span (study->filter, NULL, &study->scope.range, study->zone);
  g_autofree char *first = kip_figure_query_day (study->scope.range.from, study->zone);
  g_autofree char *last = kip_figure_query_day (study->scope.range.to - 1, study->zone);

  return g_strdup_printf ("%sreceived<=%s (is:open or updated>=%s) sla:missed%s", filter, last, first, which);
}

char *
kip_board_query_cause (const KipStudy *study,
                       const char     *cause)
{
  g_autofree char *words = g_strdup (cause);
  g_autofree char *which = NULL;

  g_strdelimit (words, "\"", ' ');
  which = g_strdup_printf (" cause:\"%s\"", words);
  return kip_board_query_broken (study, which);
}
