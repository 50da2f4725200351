/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-time.h"

#include <string.h>

#include "kip-text.h"

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR 3600
#define SECONDS_PER_DAY 86400
#define SECONDS_PER_WEEK 604800

typedef struct
{
  const char *name; /* folded */
  gint64      seconds;
} Unit;

static const Unit units[] = {
  { "w", SECONDS_PER_WEEK }, { "week", SECONDS_PER_WEEK }, { "weeks", SECONDS_PER_WEEK }, { "tuan", SECONDS_PER_WEEK },
  { "d", SECONDS_PER_DAY }, { "day", SECONDS_PER_DAY }, { "days", SECONDS_PER_DAY }, { "ngay", SECONDS_PER_DAY },
  { "h", SECONDS_PER_HOUR }, { "hour", SECONDS_PER_HOUR }, { "hours", SECONDS_PER_HOUR }, { "gio", SECONDS_PER_HOUR },
  { "g", SECONDS_PER_HOUR },
  { "m", SECONDS_PER_MINUTE }, { "min", SECONDS_PER_MINUTE }, { "minute", SECONDS_PER_MINUTE },
  { "minutes", SECONDS_PER_MINUTE }, { "phut", SECONDS_PER_MINUTE }, { "p", SECONDS_PER_MINUTE },
  { "s", 1 }, { "sec", 1 }, { "second", 1 }, { "seconds", 1 }, { "giay", 1 },
};

static gint64
unit_seconds (const char *name,
              gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == length && strncmp (units[i].name, name, length) == 0)
      return units[i].seconds;
  return 0;
}

/* One "2h" at *p, which is moved behind it; -1 when there is none. */
static gint64
scan_part (const char **p)
{
  gsize digits = strspn (*p, "0123456789");
  const char *name, *end;
  gint64 unit;

  if (digits == 0 || digits > 9)
    return -1;
  name = *p + digits + strspn (*p + digits, " ");
  end = name;
  while (g_ascii_isalpha (*end))
    end++;
  unit = unit_seconds (name, (gsize) (end - name));
  if (unit == 0)
    return -1;
  unit *= g_ascii_strtoll (*p, NULL, 10);
  *p = end + strspn (end, " ");
  return unit;
}

gboolean
kip_query_duration_parse (const char *text,
                          gint64     *seconds)
{
  g_autofree char *folded = kip_text_fold (text);
  const char *p = folded;
  gint64 sum = 0;

  if (*p == '\0')
    return FALSE;
  while (*p != '\0')
    {
      gint64 part = scan_part (&p);

      if (part < 0 || part > KIP_QUERY_MAX_SECONDS - sum)
        return FALSE;
      sum += part;
    }
  *seconds = sum;
  return TRUE;
}

char *
kip_query_duration_print (gint64 seconds)
{
  static const Unit printed[] = {
    { "w", SECONDS_PER_WEEK }, { "d", SECONDS_PER_DAY }, { "h", SECONDS_PER_HOUR },
    { "m", SECONDS_PER_MINUTE }, { "s", 1 },
  };
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (printed); i++)
    {
      gint64 count = seconds / printed[i].seconds;

      seconds %= printed[i].seconds;
      if (count > 0)
        g_string_append_printf (out, "%" G_GINT64_FORMAT "%s", count, printed[i].name);
    }
  if (out->len == 0)
    g_string_append (out, "0m");
  return g_string_free (out, FALSE);
}
