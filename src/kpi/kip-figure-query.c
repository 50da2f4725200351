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

/* The letters of the machine are most often those of the ticket before. */
static void
append_ticket (GString *text,
               gint64   number,
               char   **letters,
               gint64  *device)
{
  gint64 counter = number & (KIP_TICKET_NUMBER (1, 0) - 1);
  char digits[24];
  guint at = sizeof digits;

  if (*letters == NULL || *device != number >> KIP_TICKET_NUMBER_BITS)
    {
      g_free (*letters);
      *device = number >> KIP_TICKET_NUMBER_BITS;
      *letters = kip_id_device_letters ((guint) *device);
    }
  g_string_append (text, *letters);
  do
    digits[--at] = (char) ('0' + counter % 10);
  while ((counter /= 10) > 0);
  digits[--at] = '-';
  g_string_append_len (text, digits + at, (gssize) (sizeof digits - at));
}

char *
kip_figure_query_rows (const KipFactTable *table,
                       const GArray       *rows)
{
  g_autofree char *letters = NULL;
  gint64 device = 0;
  GString *text;

  if (rows == NULL || rows->len == 0 || rows->len > KIP_NAMED_TICKETS)
    return NULL;
  text = g_string_new ("number:");
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_ticket (text, table->number[g_array_index (rows, guint, i)], &letters, &device);
    }
  return g_string_free (text, FALSE);
}

char *
kip_figure_query_newest (const KipFactTable *table,
                         const GArray       *rows,
                         guint               n,
                         guint              *newest)
{
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (guint));
  guint named = MIN (rows->len, KIP_NAMED_TICKETS);

  if (named > 0)
    g_array_append_vals (last, &g_array_index (rows, guint, rows->len - named), named);
  *newest = named < n ? named : 0;
  return kip_figure_query_rows (table, last);
}
