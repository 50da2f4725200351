/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"

static void
append_day (GString   *text,
            KipInstant at,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);

  g_string_append_printf (text, "%04d-%02d-%02d", g_date_time_get_year (local), g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local));
}

char *
kip_figure_query_span (const char     *filter,
                       const char     *field,
                       const KipRange *span,
                       GTimeZone      *zone)
{
  GString *text = g_string_new (NULL);

  if (filter != NULL && *filter != '\0')
    g_string_append_printf (text, "(%s) ", filter);
  if (field != NULL)
    {
      g_string_append_printf (text, "%s:", field);
      append_day (text, span->from, zone);
      g_string_append (text, "..");
      append_day (text, span->to - 1, zone);
    }
  return g_string_free (text, FALSE);
}

char *
kip_figure_query_rows (const KipFactTable *table,
                       const GArray       *rows)
{
  GString *text;

  if (rows == NULL || rows->len == 0 || rows->len > KIP_NAMED_TICKETS)
    return NULL;
  text = g_string_new ("number:");
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *number = kip_ticket_number_format (table->number[g_array_index (rows, guint, i)]);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", number);
    }
  return g_string_free (text, FALSE);
}
