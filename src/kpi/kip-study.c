/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-study.h"

#include "kip-fact-filter.h"
#include "kip-format-value.h"
#include "kip-format.h"
#include "kip-facts.h"
#include "kip-query-office.h"

#include <glib/gi18n-lib.h>

/* ---- loading ---- */

KipFactTable *
kip_facts_load (KipStore     *store,
                GCancellable *cancellable,
                GError      **error)
{
  return kip_store_facts (store, KIP_INSTANT_NONE, NULL, cancellable, error);
}

/* ---- a study ---- */

static GHashTable *
find_first_contact (KipOffice *office)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *categories = kip_office_get_categories (office);

  for (guint i = 0; i < categories->len; i++)
    {
      KipCategory *category = g_ptr_array_index (categories, i);

      if (category->first_contact)
        g_hash_table_add (set, &category->id);
    }
  return set;
}

/* Looked up in the store: what the facts cannot answer. */
static guint8 *
select_slots (KipStore           *store,
              const KipFactTable *table,
              const KipQuery     *query,
              KipInstant          now,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (KipBits) slots = kip_store_select (store, query, now, cancellable, error);
  guint8 *mask;

  if (slots == NULL)
    return NULL;
  mask = g_new (guint8, table->n + 1);
  for (guint i = 0; i < table->n; i++)
    mask[i] = kip_bits_has (slots, (guint64) table->slot[i]);
  return mask;
}

static gboolean
select_tickets (KipStudy       *study,
                KipStore       *store,
                const KipQuery *query,
                KipInstant      now,
                GCancellable   *cancellable,
                GError        **error)
{
  KipQueryResolver resolver;
  g_autoptr (KipQueryPlan) plan = NULL;

  if (query == NULL || kip_query_get_root (query) == NULL)
    return TRUE;
  kip_query_resolver_init (&resolver, study->office, kip_store_get_me (store));
  plan = kip_query_plan_new (query, &resolver, now, study->zone);
  study->filter = kip_query_to_text (query);
  study->whose = kip_whose_of_query (query, &resolver, now);
  study->mask = kip_fact_filter (study->table, plan);
  if (study->mask == NULL)
    study->mask = select_slots (store, study->table, query, now, cancellable, error);
  return study->mask != NULL;
}

GTimeZone *
kip_office_zone (KipStore *store)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);

  return g_time_zone_ref (kip_calendar_get_zone (kip_agreements_get_office_calendar (agreements)));
}

KipStudy *
kip_study_new (KipStore       *store,
               KipFactTable   *table,
               KipLedger      *ledger,
               const KipQuery *query,
               const KipRange *range,
               gboolean        elapsed,
               KipInstant      now,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (KipStudy) study = g_new0 (KipStudy, 1);

  g_mutex_init (&study->lock);
  study->table = kip_fact_table_ref (table);
  study->office = kip_store_dup_office (store);
  study->agreements = kip_store_dup_agreements (store);
  study->zone = kip_office_zone (store);
  study->first_contact = find_first_contact (study->office);
  if (!select_tickets (study, store, query, now, cancellable, error))
    return NULL;
  if (study->filter == NULL)
    study->filter = g_strdup ("");
  if (ledger == NULL)
    ledger = study->ledger = kip_ledger_new (table, study->zone, now, range);
  study->scope = (KipScope) { study->table, study->mask, *range, now, study->zone, elapsed, study->first_contact, study->filter,
                              FALSE, ledger };
  kip_scope_prepare (&study->scope);
  study->book = kip_figure_book_new (&study->scope);
  return g_steal_pointer (&study);
}

void
kip_study_free (KipStudy *study)
{
  kip_scope_clear (&study->scope);
  g_clear_pointer (&study->ledger, kip_ledger_free);
  g_clear_pointer (&study->first_contact, g_hash_table_unref);
  g_clear_pointer (&study->table, kip_fact_table_unref);
  g_clear_pointer (&study->office, kip_office_unref);
  g_clear_pointer (&study->agreements, kip_agreements_unref);
  g_clear_pointer (&study->zone, g_time_zone_unref);
  g_free (study->mask);
  g_free (study->filter);
  g_clear_pointer (&study->book, kip_figure_book_free);
  g_clear_pointer (&study->forecast, kip_forecast_free);
  g_mutex_clear (&study->lock);
  g_free (study);
}

const KipForecast *
kip_study_get_forecast (const KipStudy *study)
{
  KipStudy *self = (KipStudy *) study;

  if (study->is_partial)
    return NULL;
  g_mutex_lock (&self->lock);
  if (self->forecast == NULL)
    self->forecast = kip_forecast_new (&study->scope, kip_agreements_get_office_calendar (study->agreements));
  g_mutex_unlock (&self->lock);
  return self->forecast;
}

KipFigure
kip_figure_take (GArray *figures)
{
  KipFigure *figure = &g_array_index (figures, KipFigure, 0);
  KipFigure taken = *figure;

  figure->query = figure->hit_query = figure->miss_query = NULL;
  return taken;
}

KipFigure
kip_study_figure (const KipStudy *study,
                  KipMeasure      measure)
{
  g_autoptr (GArray) figures = kip_figure_book_get (study->book, &study->scope, measure, KIP_BY_NOTHING, FALSE);

  return kip_figure_copy (&g_array_index (figures, KipFigure, 0));
}

KipFigure
kip_figure_copy (const KipFigure *figure)
{
  KipFigure copy = *figure;

  copy.query = g_strdup (figure->query);
  copy.hit_query = g_strdup (figure->hit_query);
  copy.miss_query = g_strdup (figure->miss_query);
  return copy;
}

void
kip_figure_clear (KipFigure *figure)
{
  g_clear_pointer (&figure->query, g_free);
  g_clear_pointer (&figure->hit_query, g_free);
  g_clear_pointer (&figure->miss_query, g_free);
}

/* ---- names ---- */

static char *
date_name (KipInstant at,
           GTimeZone *zone,
           KipBy      by)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);
  const char *month = kip_format_month_short (g_date_time_get_month (local));

  if (by == KIP_BY_MONTH)
    /* Translators: a month and its year on the axis of a chart: "Oct 2026". */
    return g_strdup_printf (_("%s %d"), month, g_date_time_get_year (local));
  /* Translators: a day and its month on the axis of a chart: "6 Oct". */
  return g_strdup_printf (_("%d %s"), g_date_time_get_day_of_month (local), month);
}

static char *
category_name (KipOffice *office,
               KipId      id)
{
  const KipCategory *category = kip_office_category (office, id);

  return g_strdup (category != NULL ? category->path : _("No category"));
}

static char *
team_name (KipOffice *office,
           KipId      id)
{
  const KipTeam *team = kip_office_team (office, id);

  return g_strdup (team != NULL ? team->name : _("No team"));
}

char *
kip_study_group_name (const KipStudy  *study,
                      KipBy            by,
                      const KipFigure *figure)
{
  switch (by)
    {
    case KIP_BY_AGENT:
      return kip_format_person (study->office, figure->key, _("Nobody"));
    case KIP_BY_TEAM:
      return team_name (study->office, figure->key);
    case KIP_BY_CATEGORY:
      return category_name (study->office, figure->key);
    case KIP_BY_PRIORITY:
      return g_strdup (kip_priority_label ((int) figure->key));
    case KIP_BY_NOTHING:
      return kip_range_name (&figure->span, study->zone);
    case KIP_BY_DAY:
    case KIP_BY_WEEK:
    case KIP_BY_MONTH:
    default:
      return date_name (figure->span.from, study->zone, by);
    }
}

char *
kip_range_name (const KipRange *range,
                GTimeZone      *zone)
{
  g_autofree char *from = kip_format_date (range->from, zone);
  g_autofree char *to = kip_format_date (range->to - 1, zone);

  return g_strcmp0 (from, to) == 0 ? g_steal_pointer (&from) : g_strdup_printf ("%s – %s", from, to);
}
