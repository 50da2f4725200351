/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-outlook.h"

#include "kip-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static KipCalendar *
calendar_of (const KipStudy *study)
{
  return kip_agreements_get_office_calendar (study->agreements);
}

/* One working hour into the next working day; a lunch break is not the end of one. */
static KipInstant
look_until (KipCalendar *calendar,
            KipInstant   now,
            GTimeZone   *zone)
{
  KipInstant tomorrow = kip_range_last_days (1, now, zone).to;
  KipInstant opens = kip_calendar_next_open (calendar, tomorrow);

  if (opens == KIP_INSTANT_NONE || opens == tomorrow)
    return now + KIP_MS_PER_DAY;
  return kip_calendar_add (calendar, opens, 3600);
}

static guint
count_breaks (const KipFactTable *table,
              guint               row,
              KipInstant          from,
              KipInstant          until)
{
  const KipFactClock *clocks[] = { &table->response[row], &table->update[row], &table->resolution[row] };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    n += clocks[i]->state == KIP_CLOCK_RUNNING && clocks[i]->breached != KIP_INSTANT_NONE && clocks[i]->breached >= from
         && clocks[i]->breached < until;
  return n;
}

static void
find_breaks (KipOutlook     *outlook,
             const KipStudy *study)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) living = kip_scope_living (&study->scope, study->scope.now);

  for (guint i = 0; i < living->len; i++)
    {
      guint row = g_array_index (living, guint, i), n = count_breaks (study->table, row, study->scope.now, outlook->until);

      outlook->n_promises += n;
      if (n > 0)
        g_array_append_val (rows, row);
    }
  outlook->n_tickets = rows->len;
  outlook->query = kip_figure_query_rows (study->table, rows);
  outlook->exact = outlook->query != NULL;
  if (outlook->query == NULL && rows->len > 0)
    outlook->query = *study->filter != '\0' ? g_strdup_printf ("(%s) is:open sort:due", study->filter) : g_strdup ("is:open sort:due");
}

KipOutlook *
kip_outlook_new (const KipStudy *study)
{
  KipOutlook *outlook = g_new0 (KipOutlook, 1);

  outlook->forecast = kip_study_get_forecast (study);
  outlook->until = look_until (calendar_of (study), study->scope.now, study->zone);
  outlook->arrivals = outlook->forecast == NULL ? NAN : kip_forecast_until (outlook->forecast, calendar_of (study), study->scope.now, outlook->until);
  find_breaks (outlook, study);
  return outlook;
}

void
kip_outlook_free (KipOutlook *outlook)
{
  g_free (outlook->query);
  g_free (outlook);
}

/* ---- words ---- */

static char *
breaks_words (const KipOutlook *outlook,
              const char       *when)
{
  if (outlook->n_promises == 0)
    /* Translators: an instant is put in: "Mon 09:00". */
    return g_strdup_printf (_("No promise breaks before %s."), when);
  return g_strdup_printf (ngettext ("%u promise breaks before %s unless somebody acts.",
                                    "%u promises break before %s unless somebody acts.", outlook->n_promises),
                          outlook->n_promises, when);
}

char *
kip_outlook_sentence (const KipOutlook *outlook,
                      const KipStudy   *study)
{
  g_autofree char *when = kip_format_when (outlook->until, study->scope.now, study->zone);
  g_autofree char *breaks = breaks_words (outlook, when);
  g_autofree char *arrive = NULL;
  guint about;

  if (isnan (outlook->arrivals))
    return g_steal_pointer (&breaks);
  about = (guint) (outlook->arrivals + 0.5);
  if (about == 0)
    arrive = g_strdup (_("Hardly a new ticket is expected until then."));
  else
    arrive = g_strdup_printf (ngettext ("About %u new ticket is expected until then.",
                                        "About %u new tickets are expected until then.", about), about);
  return g_strdup_printf ("%s %s", breaks, arrive);
}

char *
kip_forecast_why_not (const KipForecast *forecast)
{
  if (forecast->days->len > 0)
    return NULL;
  if (forecast->n_days < KIP_FORECAST_LEAST_DAYS)
    return g_strdup_printf (ngettext ("Too early for a forecast: there is %u day of history, and eight weeks are needed.",
                                      "Too early for a forecast: there are %u days of history, and eight weeks are needed.",
                                      forecast->n_days), forecast->n_days);
  return g_strdup_printf (ngettext ("Too little for a forecast: %u ticket in the days before, and %u are needed.",
                                    "Too little for a forecast: %u tickets in the days before, and %u are needed.",
                                    forecast->n_tickets), forecast->n_tickets, KIP_FORECAST_FEW);
}
