/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-error.h"
#include "kip-text.h"

/* Nobody promises more than ten years; more digits than these are a slip of the hand. */
#define MAX_DIGITS 6

typedef enum
{
  UNIT_BAD = 0,
  UNIT_BARE_DAY = -1
} Unit;

/* Seconds in a unit, folded: marks are gone, "phút" is "phut". */
static gint64
unit_seconds (const char *unit)
{
  static const struct
  {
    const char *names;
    gint64      seconds;
  } units[] = {
    { "|h|hr|hrs|hour|hours|g|gio|tieng|", 3600 },
    { "|m|min|mins|minute|minutes|p|ph|phut|", 60 },
    { "|workingday|workingdays|businessday|businessdays|wd|ngaylamviec|", KIP_WORKING_DAY_SECONDS },
    { "|day24x7|days24x7|24x7day|24x7days|ngay24x7|", 24 * 3600 },
    { "|d|day|days|ngay|", UNIT_BARE_DAY },
  };
  g_autofree char *key = g_strdup_printf ("|%s|", unit);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strstr (units[i].names, key) != NULL)
      return units[i].seconds;
  return UNIT_BAD;
}

/* "(8 h)" explains, "×" is "x", "/" as in 24/7 too; spaces inside a unit mean nothing. */
static char *
plain (const char *text)
{
  g_autofree char *folded = kip_text_fold (text);
  GString *out = g_string_new (NULL);
  int depth = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '(' && strstr (p, "24") == NULL)
        depth++;
      else if (c == ')' && depth > 0)
        depth--;
      else if (depth == 0 && c != '(' && c != ')' && !g_unichar_isspace (c))
        g_string_append_unichar (out, c == 0xd7 || c == '/' ? 'x' : c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
read_number (const char **at,
             gint64      *number)
{
  gsize digits = strspn (*at, "0123456789");

  if (digits == 0 || digits > MAX_DIGITS)
    return FALSE;
  *number = g_ascii_strtoll (*at, NULL, 10);
  *at += digits;
  return TRUE;
}

/* "24x7" after or before "day" belongs to the unit although it begins with a digit. */
static gsize
unit_length (const char *at)
{
  gsize letters = 0;

  for (;;)
    {
      if (g_str_has_prefix (at + letters, "24x7"))
        letters += 4;
      else if (at[letters] != '\0' && !g_ascii_isdigit (at[letters]))
        letters++;
      else
        return letters;
    }
}

/* One "number unit"; 0 and below: see Unit. */
static gint64
read_part (const char **at)
{
  g_autofree char *unit = NULL;
  gint64 number, seconds;
  gsize length;

  if (!read_number (at, &number))
    return UNIT_BAD;
  length = unit_length (*at);
  unit = g_strndup (*at, length);
  *at += length;
  seconds = unit_seconds (unit);
  return seconds > 0 ? number * seconds : seconds;
}

/* "1:30" */
static gboolean
read_clock (const char *at,
            gint64     *seconds)
{
  gint64 hours, minutes;

  if (!read_number (&at, &hours) || *at++ != ':' || strspn (at, "0123456789") != 2
      || !read_number (&at, &minutes) || *at != '\0' || minutes > 59)
    return FALSE;
  *seconds = hours * 3600 + minutes * 60;
  return TRUE;
}

static gboolean
refuse (const char *text,
        gboolean    bare_day,
        GError    **error)
{
  if (bare_day)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("“%s” can mean two things. Write “working day (8 h)” or “day 24×7”."), text);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("“%s” is not a target. Write hours and minutes such as 4 h or 1 h 30 min."), text);
  return FALSE;
}

gboolean
kip_target_parse (const char *text,
                  gint64     *seconds,
                  GError    **error)
{
  g_autofree char *line = plain (text);
  const char *at = line;
  gint64 sum = 0;

  if (*at == '\0' || strcmp (at, "0") == 0 || read_clock (at, &sum))
    {
      *seconds = sum;
      return TRUE;
    }
  while (*at != '\0')
    {
      gint64 part = read_part (&at);

      if (part < 0 || (part == UNIT_BAD && *at == '\0'))
        return refuse (text, part == UNIT_BARE_DAY, error);
      if (part == UNIT_BAD)
        return refuse (text, FALSE, error);
      sum += part;
    }
  *seconds = sum;
  return TRUE;
}

char *
kip_target_to_text (gint64 seconds)
{
  gint64 hours = seconds / 3600;
  gint64 minutes = seconds % 3600 / 60;

  if (seconds <= 0)
    return g_strdup ("");
  if (seconds % KIP_WORKING_DAY_SECONDS == 0)
    {
      guint days = (guint) (seconds / KIP_WORKING_DAY_SECONDS);

      /* Translators: a working day has 8 hours; %u days are %d hours in all. */
      return g_strdup_printf (ngettext ("%u working day (%d h)", "%u working days (%d h)", days), days, (int) hours);
    }
  if (minutes == 0)
    return g_strdup_printf (_("%d h"), (int) hours);
  if (hours == 0)
    return g_strdup_printf (_("%d min"), (int) minutes);
  return g_strdup_printf (_("%d h %d min"), (int) hours, (int) minutes);
}

char *
kip_working_time_to_text (gint64 seconds)
{
  gint64 minutes = ABS (seconds) / 60;

  return g_strdup_printf ("%s%d:%02d", seconds < 0 && minutes > 0 ? "−" : "",
                          (int) (minutes / 60), (int) (minutes % 60));
}
