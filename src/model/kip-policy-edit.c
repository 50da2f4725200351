/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-policy-edit.h"

#include <glib/gi18n-lib.h>

#include "kip-error.h"

#define MAX_PERCENT 1000

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static void
drop_doubles (GArray *numbers)
{
  for (guint i = numbers->len; i > 1; i--)
    if (g_array_index (numbers, int, i - 1) == g_array_index (numbers, int, i - 2))
      g_array_remove_index (numbers, i - 1);
}

GArray *
kip_warnings_parse (const char *text,
                    GError    **error)
{
  g_autoptr (GArray) percents = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (GStrv) parts = g_strsplit_set (text, ",; %", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 number;
      int percent;

      if (*parts[i] == '\0')
        continue;
      if (!g_ascii_string_to_signed (parts[i], 10, 1, MAX_PERCENT, &number, NULL))
        {
          g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("“%s” is no percentage. Write them as 50, 75, 90, 100."), parts[i]);
          return NULL;
        }
      percent = (int) number;
      g_array_append_val (percents, percent);
    }
  g_array_sort (percents, compare_ints);
  drop_doubles (percents);
  return g_steal_pointer (&percents);
}

char *
kip_warnings_to_text (const GArray *warnings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < warnings->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", g_array_index (warnings, int, i));
  return g_string_free (text, FALSE);
}

char *
kip_target_to_cell (gint64 seconds)
{
  gint64 hours = seconds / 3600, minutes = seconds % 3600 / 60;

  if (seconds <= 0)
    return g_strdup ("");
  if (hours == 0)
    return g_strdup_printf (_("%d min"), (int) minutes);
  if (minutes == 0)
    return g_strdup_printf (_("%d h"), (int) hours);
  return g_strdup_printf (_("%1$d h %2$d min"), (int) hours, (int) minutes);
}

gboolean
kip_policy_spec_same (const KipPolicySpec *a,
                      const KipPolicySpec *b)
{
  g_autoptr (KipPolicySpec) x = kip_policy_spec_copy (a);
  g_autoptr (KipPolicySpec) y = kip_policy_spec_copy (b);
  g_autoptr (KipValue) left = NULL;
  g_autoptr (KipValue) right = NULL;

  x->effective_from = y->effective_from = KIP_INSTANT_NONE;
  left = kip_policy_spec_to_value (x);
  right = kip_policy_spec_to_value (y);
  return kip_value_equal (left, right);
}
