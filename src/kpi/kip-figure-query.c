/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"

#include <string.h>

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
kip_figure_query_day (KipInstant at,
                      GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  append_day (text, at, zone);
  return g_string_free (text, FALSE);
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

/* The letters of a machine; most often those of the ticket before. */
typedef struct
{
  char  *text; /* (owned) (nullable) */
  gsize  length;
  gint64 device;
} Letters;

static void
find_letters (Letters *letters,
              gint64   device)
{
  if (letters->text != NULL && letters->device == device)
    return;
  g_free (letters->text);
  letters->text = kip_id_device_letters ((guint) device);
  letters->length = strlen (letters->text);
  letters->device = device;
}

/* A comma, letters, a dash, digits. */
#define MOST_A_TICKET 48

/* Writes "A-214" and returns its end. */
static char *
write_ticket (char    *at,
              gint64   number,
              Letters *letters)
{
  gint64 counter = number & (KIP_TICKET_NUMBER (1, 0) - 1);
  char digits[24];
  guint first = sizeof digits;

  find_letters (letters, number >> KIP_TICKET_NUMBER_BITS);
  memcpy (at, letters->text, letters->length);
  at += letters->length;
  do
    digits[--first] = (char) ('0' + counter % 10);
  while ((counter /= 10) > 0);
  digits[--first] = '-';
  memcpy (at, digits + first, sizeof digits - first);
  return at + sizeof digits - first;
}

char *
kip_figure_query_rows (const KipFactTable *table,
                       const GArray       *rows)
{
  char text[sizeof "number:" + MOST_A_TICKET * KIP_NAMED_TICKETS] = "number:", *at = text + strlen (text);
  Letters letters = { NULL, 0, 0 };

  if (rows == NULL || rows->len == 0 || rows->len > KIP_NAMED_TICKETS)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        *at++ = ',';
      at = write_ticket (at, table->number[g_array_index (rows, guint, i)], &letters);
    }
  g_free (letters.text);
  return g_strndup (text, (gsize) (at - text));
}
