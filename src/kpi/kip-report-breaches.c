/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which promises were broken, and by how much. */

#include "kip-report.h"

static int
compare_breaches (gconstpointer a,
                  gconstpointer b)
{
  const KipBreach *x = a, *y = b;

  if (x->late != y->late)
    return x->late > y->late ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static gboolean
in_range (const KipStudy *study,
          KipInstant      at)
{
  return at != KIP_INSTANT_NONE && at >= study->scope.range.from && at < study->scope.range.to;
}

/* As the measures count: kept late, or late and not kept. */
static void
look_at (const KipStudy     *study,
         KipCalendar        *calendar,
         const KipFactClock *clock,
         KipBreach           breach,
         GArray             *breaches)
{
  KipInstant until = clock->stopped;

  if (clock->breached == KIP_INSTANT_NONE)
    return;
  if (clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED)
    {
      if ((clock->state == KIP_CLOCK_PAUSED ? !clock->was_late : clock->breached >= study->scope.now)
          || !in_range (study, clock->breached))
        return;
      breach.is_open = TRUE;
      until = study->scope.now;
    }
  else if (clock->state != KIP_CLOCK_MISSED || !in_range (study, clock->stopped))
    return;
  breach.late = kip_calendar_between (calendar, clock->breached, MAX (until, clock->breached));
  g_array_append_val (breaches, breach);
}

GArray *
kip_report_breaches (const KipStudy *study)
{
  GArray *breaches = g_array_new (FALSE, FALSE, sizeof (KipBreach));
  KipCalendar *calendar = kip_agreements_get_office_calendar (study->agreements);
  const KipFactTable *table = study->table;
  g_autoptr (GArray) broken = kip_scope_broken (&study->scope);

  for (guint i = 0; i < broken->len; i++)
    {
      guint row = g_array_index (broken, guint, i);

      look_at (study, calendar, &table->response[row], (KipBreach) { row, KIP_CLOCK_RESPONSE, 0, FALSE }, breaches);
      look_at (study, calendar, &table->update[row], (KipBreach) { row, KIP_CLOCK_UPDATE, 0, FALSE }, breaches);
      look_at (study, calendar, &table->resolution[row], (KipBreach) { row, KIP_CLOCK_RESOLUTION, 0, FALSE }, breaches);
    }
  g_array_sort (breaches, compare_breaches);
  return breaches;
}
