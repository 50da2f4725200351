/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-tally.h"

#include "kip-query-fields.h"

#include <math.h>
#include <string.h>

/* ---- groups ---- */

static void
group_free (gpointer data)
{
  KipGroup *group = data;

  g_clear_pointer (&group->values, g_array_unref);
  g_array_unref (group->hit_rows);
  g_array_unref (group->miss_rows);
  g_free (group->figure.query);
  g_free (group->figure.hit_query);
  g_free (group->figure.miss_query);
  g_free (group);
}

static KipGroup *
add_group (KipTally       *tally,
           KipId           key,
           const KipRange *span)
{
  KipGroup *group = g_new0 (KipGroup, 1);

  group->figure.key = key;
  group->figure.span = *span;
  group->figure.value = NAN;
  group->hit_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  group->miss_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  group->plain = TRUE;
  g_ptr_array_add (tally->groups, group);
  return group;
}

static void
add_known_groups (KipTally *tally)
{
  for (guint i = 0; i + 1 < tally->cuts->len && (tally->by == KIP_BY_NOTHING || kip_by_is_time (tally->by)); i++)
    {
      KipRange span = { g_array_index (tally->cuts, KipInstant, i), g_array_index (tally->cuts, KipInstant, i + 1) };

      add_group (tally, KIP_ID_NONE, &span);
    }
  for (KipId priority = 1; priority <= KIP_N_PRIORITIES && tally->by == KIP_BY_PRIORITY; priority++)
    add_group (tally, priority, &tally->scope->range);
}

gboolean
kip_reduce_needs_values (KipReduce reduce)
{
  return reduce == KIP_REDUCE_MEDIAN || reduce == KIP_REDUCE_P90;
}

void
kip_tally_init (KipTally       *tally,
                const KipScope *scope,
                KipMeasure      measure,
                KipReduce       reduce,
                KipBy           by)
{
  tally->scope = scope;
  tally->measure = measure;
  tally->keeps_values = kip_reduce_needs_values (reduce);
  tally->by = by;
  tally->cuts = kip_range_cut (&scope->range, by, scope->zone);
  kip_bins_init (&tally->bins, tally->cuts);
  memset (tally->recent, 0, sizeof tally->recent);
  tally->groups = g_ptr_array_new_with_free_func (group_free);
  tally->by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  add_known_groups (tally);
}

void
kip_tally_clear (KipTally *tally)
{
  g_array_unref (tally->cuts);
  g_hash_table_unref (tally->by_key);
  g_ptr_array_unref (tally->groups);
}

/* There are few keys and many tickets of each. */
static inline KipGroup *
group_of_key (KipTally *tally,
              KipId     key)
{
  KipGroup **recent = &tally->recent[(key ^ key >> 40) % KIP_TALLY_RECENT];
  KipGroup *group = *recent;

  if (group != NULL && group->figure.key == key)
    return group;
  group = g_hash_table_lookup (tally->by_key, &key);
  if (group == NULL)
    {
      group = add_group (tally, key, &tally->scope->range);
      g_hash_table_insert (tally->by_key, &group->figure.key, group);
    }
  return *recent = group;
}

KipGroup *
kip_tally_group (KipTally *tally,
                 KipId     key)
{
  return group_of_key (tally, key);
}

static inline gboolean
is_in_range (const KipTally *tally,
             KipInstant      at)
{
  return at >= tally->scope->range.from && at < tally->scope->range.to;
}

static inline KipGroup *
group_of (KipTally         *tally,
          const KipTelling *telling)
{
  const KipFactTable *table = tally->scope->table;

  switch (tally->by)
    {
    case KIP_BY_AGENT:
      return group_of_key (tally, telling->agent);
    case KIP_BY_TEAM:
      return group_of_key (tally, table->team[telling->row]);
    case KIP_BY_CATEGORY:
      return group_of_key (tally, table->category[telling->row]);
    case KIP_BY_PRIORITY:
      return g_ptr_array_index (tally->groups, CLAMP (table->priority[telling->row], 1, KIP_N_PRIORITIES) - 1);
    case KIP_BY_NOTHING:
    case KIP_BY_DAY:
    case KIP_BY_WEEK:
    case KIP_BY_MONTH:
    default:
      return g_ptr_array_index (tally->groups, kip_bins_find (&tally->bins, telling->at));
    }
}

static inline void
note_row (GArray *rows,
          guint   row)
{
  /* A ticket can count more than once, one time after the other. */
  if (rows->len > KIP_NAMED_TICKETS || (rows->len > 0 && g_array_index (rows, guint, rows->len - 1) == row))
    return;
  g_array_append_val (rows, row);
}

static void
add_value (KipGroup *group,
           gint64    value)
{
  if (group->values == NULL)
    group->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (group->values, value);
}

void
kip_tally_tell (KipTally         *tally,
                const KipTelling *telling)
{
  KipGroup *group;

  if (!is_in_range (tally, telling->at) || telling->n == 0)
    return;
  group = group_of (tally, telling);
  group->figure.n += telling->n;
  group->figure.hits += telling->hits;
  group->sum += telling->value;
  group->whole += telling->whole;
  group->plain &= telling->plain;
  if (telling->hits > 0)
    note_row (group->hit_rows, telling->row);
  if (telling->hits < telling->n)
    note_row (group->miss_rows, telling->row);
  if (tally->keeps_values)
    add_value (group, telling->value);
}

/* ---- queries ---- */

/* What the query language says about a measure: the field of its period, and the
 * words for those that count for a share and those that do not. */
static const struct
{
  const char *field, *hit, *miss;
} words[KIP_N_MEASURES] = {
  [KIP_MEASURE_RECEIVED] = { "received", NULL, NULL },
  [KIP_MEASURE_RESOLVED] = { "resolved", NULL, NULL },
  [KIP_MEASURE_OPEN] = { NULL, NULL, NULL },
  [KIP_MEASURE_WAITING] = { "received", NULL, NULL },
  [KIP_MEASURE_RESPONSE_MEDIAN] = { "received", NULL, NULL },
  [KIP_MEASURE_RESPONSE_P90] = { "received", NULL, NULL },
  [KIP_MEASURE_RESPONSE_MEAN] = { "received", NULL, NULL },
  [KIP_MEASURE_RESPONSE_AT_ONCE] = { "received", NULL, NULL },
  [KIP_MEASURE_FIRST_MEDIAN] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FIRST_P90] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FIRST_MEAN] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FULL_MEDIAN] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FULL_P90] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FULL_MEAN] = { "resolved", NULL, NULL },
  [KIP_MEASURE_SLA_RESPONSE] = { "received", "response:met", "response:missed" },
  [KIP_MEASURE_SLA_UPDATE] = { "received", "update:met", "update:missed" },
  [KIP_MEASURE_SLA_RESOLUTION] = { "resolved", "resolution:met", "resolution:missed" },
  [KIP_MEASURE_FCR_GROSS] = { "resolved", NULL, NULL },
  [KIP_MEASURE_FCR_NET] = { "resolved", NULL, NULL },
  [KIP_MEASURE_CSAT] = { "resolved", "survey:4..5", "survey:1..3" },
  [KIP_MEASURE_CSAT_ANSWERS] = { "resolved", "has:survey", "-has:survey" },
  [KIP_MEASURE_TOUCHED] = { "updated", NULL, NULL },
  [KIP_MEASURE_REOPENED] = { "resolved", "is:reopened", "-is:reopened" },
  [KIP_MEASURE_ESCALATED] = { "resolved", NULL, NULL },
  [KIP_MEASURE_HANDOVERS] = { "resolved", NULL, NULL },
  [KIP_MEASURE_PAUSED] = { "resolved", NULL, NULL },
  [KIP_MEASURE_PAUSED_REQUESTER] = { "resolved", NULL, NULL },
  [KIP_MEASURE_PAUSED_SUPPLIER] = { "resolved", NULL, NULL },
  [KIP_MEASURE_RECURRED] = { "received", NULL, NULL },
};

static void
append_key (GString    *text,
            const char *field,
            KipId       key)
{
  if (key == KIP_ID_NONE)
    g_string_append_printf (text, " %s:none", field);
  else
    g_string_append_printf (text, " %s:#%" G_GUINT64_FORMAT, field, key);
}

/* The plain query of a group: its period and what it is grouped by. */
static char *
plain_query (KipTally       *tally,
             const KipGroup *group,
             const char     *word)
{
  g_autofree char *span = kip_figure_query_span (tally->scope->filter, words[tally->measure].field, &group->figure.span,
                                                 tally->scope->zone);
  GString *text = g_string_new (span);
  const KipQueryKeyword *priority;

  switch (tally->by)
    {
    case KIP_BY_AGENT:
      append_key (text, "agent", group->figure.key);
      break;
    case KIP_BY_TEAM:
      append_key (text, "team", group->figure.key);
      break;
    case KIP_BY_CATEGORY:
      append_key (text, "category", group->figure.key);
      break;
    case KIP_BY_PRIORITY:
      priority = kip_query_keyword_for (KIP_QUERY_PRIORITY, (int) group->figure.key);
      if (priority != NULL)
        g_string_append_printf (text, " priority:%s", priority->name);
      break;
    case KIP_BY_NOTHING:
    case KIP_BY_DAY:
    case KIP_BY_WEEK:
    case KIP_BY_MONTH:
    default:
      break;
    }
  if (tally->measure == KIP_MEASURE_OPEN)
    g_string_append (text, " is:open");
  if (word != NULL)
    g_string_append_printf (text, " %s", word);
  return g_strstrip (g_string_free (text, FALSE));
}

/* All rows of a group; NULL when they are too many to be named. */
static char *
query_both (KipTally       *tally,
            const KipGroup *group)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const GArray *parts[2] = { group->hit_rows, group->miss_rows };

  for (guint p = 0; p < 2; p++)
    {
      if (parts[p]->len > KIP_NAMED_TICKETS)
        return NULL;
      for (guint i = 0; i < parts[p]->len; i++)
        if (g_hash_table_add (seen, GUINT_TO_POINTER (g_array_index (parts[p], guint, i) + 1)))
          g_array_append_val (rows, g_array_index (parts[p], guint, i));
    }
  return kip_figure_query_rows (tally->scope->table, rows);
}

static void
make_queries (KipTally *tally,
              KipReduce reduce,
              KipGroup *group)
{
  KipFigure *figure = &group->figure;

  if (figure->n == 0 || tally->scope->silent)
    return;
  figure->exact = TRUE;
  if (!group->plain || (tally->measure != KIP_MEASURE_RECEIVED && tally->measure != KIP_MEASURE_RESOLVED
                        && tally->measure != KIP_MEASURE_OPEN))
    figure->query = query_both (tally, group);
  if (figure->query == NULL)
    {
      figure->query = plain_query (tally, group, NULL);
      figure->exact = group->plain;
    }
  if (reduce != KIP_REDUCE_SHARE)
    return;
  figure->hit_query = kip_figure_query_rows (tally->scope->table, group->hit_rows);
  figure->miss_query = kip_figure_query_rows (tally->scope->table, group->miss_rows);
  figure->hit_exact = figure->hit_query != NULL;
  figure->miss_exact = figure->miss_query != NULL;
  if (figure->hit_query == NULL && figure->hits > 0)
    figure->hit_query = plain_query (tally, group, words[tally->measure].hit);
  if (figure->miss_query == NULL && figure->hits < figure->n)
    figure->miss_query = plain_query (tally, group, words[tally->measure].miss);
}

/* ---- results ---- */

static void
figure_clear (gpointer data)
{
  KipFigure *figure = data;

  g_clear_pointer (&figure->query, g_free);
  g_clear_pointer (&figure->hit_query, g_free);
  g_clear_pointer (&figure->miss_query, g_free);
}

GArray *
kip_figures_new (void)
{
  GArray *figures = g_array_new (FALSE, FALSE, sizeof (KipFigure));

  g_array_set_clear_func (figures, figure_clear);
  return figures;
}

static double
reduce (KipReduce reducing,
        KipGroup *group)
{
  const KipFigure *figure = &group->figure;

  if (reducing == KIP_REDUCE_COUNT)
    return figure->n;
  if (figure->n == 0)
    return NAN;
  switch (reducing)
    {
    case KIP_REDUCE_SHARE:
      return 100.0 * figure->hits / figure->n;
    case KIP_REDUCE_RATIO:
      return group->whole > 0 ? 100.0 * (double) group->sum / (double) group->whole : NAN;
    case KIP_REDUCE_MEDIAN:
      return kip_percentile (group->values, 50);
    case KIP_REDUCE_P90:
      return kip_percentile (group->values, 90);
    case KIP_REDUCE_MEAN:
    case KIP_REDUCE_COUNT:
    default:
      return (double) group->sum / figure->n;
    }
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const KipFigure *x = &(*(KipGroup *const *) a)->figure, *y = &(*(KipGroup *const *) b)->figure;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

GArray *
kip_tally_finish (KipTally  *tally,
                  KipMeasure measure,
                  KipReduce  reducing)
{
  GArray *figures = kip_figures_new ();

  tally->measure = measure;
  if (tally->by == KIP_BY_AGENT || tally->by == KIP_BY_TEAM || tally->by == KIP_BY_CATEGORY)
    g_ptr_array_sort (tally->groups, compare_groups);
  for (guint i = 0; i < tally->groups->len; i++)
    {
      KipGroup *group = g_ptr_array_index (tally->groups, i);
      KipFigure figure;

      group->figure.value = reduce (reducing, group);
      make_queries (tally, reducing, group);
      figure = group->figure;
      group->figure.query = group->figure.hit_query = group->figure.miss_query = NULL;
      g_array_append_val (figures, figure);
    }
  return figures;
}
