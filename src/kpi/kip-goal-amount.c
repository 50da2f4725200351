/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much, as a person types it. */

#include "kip-error.h"
#include "kip-target.h"
#include "kip-verdict.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* More than anybody counts in a month, and far from where doubles lose a ticket. */
#define MOST 1e9

/* "90", "90 %", "92,5", "92.5". */
static gboolean
read_number (const char *text,
             gboolean    percent,
             double     *value)
{
  g_autofree char *line = g_strstrip (g_strdup (text));
  gsize length = strlen (line);
  char *end;

  if (percent && length > 0 && line[length - 1] == '%')
    line[length - 1] = '\0';
  g_strstrip (line);
  if (*line == '\0' || strspn (line, "0123456789.,") != strlen (line))
    return FALSE;
  g_strdelimit (line, ",", '.');
  *value = g_ascii_strtod (line, &end);
  return *end == '\0';
}

static gboolean
parse_duration (const char *text,
                gint64     *amount,
                GError    **error)
{
  gint64 seconds;

  if (!kip_target_parse (text, &seconds, error))
    return FALSE;
  if (seconds <= 0)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is not a target. Write hours and minutes such as 4 h or 1 h 30 min."), text);
      return FALSE;
    }
  *amount = seconds * KIP_GOAL_SCALE;
  return TRUE;
}

static gboolean
check_number (KipUnit     unit,
              const char *text,
              gboolean    read,
              double      value,
              GError    **error)
{
  if ((!read || value > MOST) && unit == KIP_UNIT_PERCENT)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is no share. Write it in per cent, such as 90."), text);
  else if (!read || value > MOST)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is no number. Write one such as 20."), text);
  else if (unit == KIP_UNIT_PERCENT && value > 100)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is more than all. Write a share up to 100 %%."), text);
  else if (unit == KIP_UNIT_COUNT && value != floor (value))
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” tickets cannot be counted. Write a whole number."), text);
  else
    return TRUE;
  return FALSE;
}

gboolean
kip_goal_amount_parse (KipMeasure  measure,
                       const char *text,
                       gint64     *amount,
                       GError    **error)
{
  KipUnit unit = kip_measure_info (measure)->unit;
  gboolean read;
  double value = 0;

  if (unit == KIP_UNIT_DURATION)
    return parse_duration (text, amount, error);
  read = read_number (text, unit == KIP_UNIT_PERCENT, &value);
  if (!check_number (unit, text, read, value, error))
    return FALSE;
  *amount = kip_goal_amount_from_value (value);
  return TRUE;
}

char *
kip_goal_amount_to_text (KipMeasure measure,
                         gint64     amount)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (kip_measure_info (measure)->unit == KIP_UNIT_DURATION)
    return kip_target_to_text (amount / KIP_GOAL_SCALE);
  g_ascii_formatd (text, sizeof text, "%.10g", kip_goal_amount_to_value (amount));
  if (kip_measure_info (measure)->unit == KIP_UNIT_PERCENT)
    return g_strdup_printf ("%s %%", text);
  return g_strdup (text);
}
