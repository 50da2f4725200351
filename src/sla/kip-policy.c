/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-policy.h"

#include <glib/gi18n-lib.h>

#include "kip-error.h"
#include "kip-schema.h"

#define MINUTE 60
#define HOUR 3600
#define LONGEST_TARGET (G_GINT64_CONSTANT (10) * 366 * 24 * HOUR)
#define MAX_WARNINGS 20
#define MAX_PERCENT 1000
#define EVERY_PAUSE                                                    \
  (1u << KIP_PAUSE_REQUESTER | 1u << KIP_PAUSE_SUPPLIER | 1u << KIP_PAUSE_SCHEDULED | 1u << KIP_PAUSE_OTHER)

enum
{
  KEY_EFFECTIVE_FROM = 1,
  KEY_CALENDAR,
  KEY_CONDITION,
  KEY_TARGETS,
  KEY_WARNINGS,
  KEY_REOPEN,
  KEY_ON_CHANGE,
  KEY_PAUSES,
  KEY_NOTIFY_ALWAYS
};

static const struct
{
  const char *key;
  const char *label;
} clock_kinds[KIP_N_CLOCKS] = {
  { "response", N_("First response") },
  { "update", N_("Next update") },
  { "resolution", N_("Resolution") },
};

const char *
kip_clock_kind_key (KipClockKind kind)
{
  return (guint) kind < KIP_N_CLOCKS ? clock_kinds[kind].key : "";
}

const char *
kip_clock_kind_label (KipClockKind kind)
{
  return (guint) kind < KIP_N_CLOCKS ? _(clock_kinds[kind].label) : "";
}

KipPolicySpec *
kip_policy_spec_new (void)
{
  static const int usual[] = { 50, 75, 90, 100, 125, 150, 175, 200 };
  KipPolicySpec *spec = g_new0 (KipPolicySpec, 1);

  spec->effective_from = KIP_INSTANT_NONE;
  spec->warnings = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_vals (spec->warnings, usual, G_N_ELEMENTS (usual));
  spec->pauses = EVERY_PAUSE;
  return spec;
}

KipPolicySpec *
kip_policy_spec_new_default (void)
{
  static const gint64 targets[KIP_N_PRIORITIES][KIP_N_CLOCKS] = {
    { 30 * MINUTE, 2 * HOUR, 4 * HOUR },
    { 1 * HOUR, 4 * HOUR, 8 * HOUR },
    { 4 * HOUR, 8 * HOUR, 24 * HOUR },
    { 8 * HOUR, 16 * HOUR, 40 * HOUR },
  };
  KipPolicySpec *spec = kip_policy_spec_new ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      spec->targets[i][j] = targets[i][j];
  return spec;
}

KipPolicySpec *
kip_policy_spec_copy (const KipPolicySpec *spec)
{
  KipPolicySpec *copy = g_new0 (KipPolicySpec, 1);

  *copy = *spec;
  copy->condition = g_strdup (spec->condition);
  copy->warnings = g_array_copy (spec->warnings);
  return copy;
}

void
kip_policy_spec_free (KipPolicySpec *spec)
{
  if (spec == NULL)
    return;
  g_free (spec->condition);
  g_array_unref (spec->warnings);
  g_free (spec);
}

gint64
kip_policy_spec_get_target (const KipPolicySpec *spec,
                            int                  priority,
                            KipClockKind         clock)
{
  if (priority < 1 || priority > KIP_N_PRIORITIES)
    priority = KIP_PRIORITY_NORMAL;
  return spec->targets[priority - 1][clock];
}

static gboolean
warnings_rise (const GArray *warnings)
{
  int before = 0;

  for (guint i = 0; i < warnings->len; i++)
    {
      int percent = g_array_index (warnings, int, i);

      if (percent <= before || percent > MAX_PERCENT)
        return FALSE;
      before = percent;
    }
  return warnings->len <= MAX_WARNINGS;
}

static gboolean
targets_in_range (const KipPolicySpec *spec)
{
  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      if (spec->targets[i][j] < 0 || spec->targets[i][j] > LONGEST_TARGET)
        return FALSE;
  return TRUE;
}

gboolean
kip_policy_spec_check (const KipPolicySpec *spec,
                       GError             **error)
{
  if (!targets_in_range (spec))
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                         _("A target is negative or longer than ten years. Correct it before saving."));
  else if (!warnings_rise (spec->warnings))
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                         _("The warnings must be rising percentages of the target, such as 50, 75, 90."));
  else
    return TRUE;
  return FALSE;
}

/* ---- as a value ---- */

static KipValue *
targets_to_value (const KipPolicySpec *spec)
{
  KipValue *list = kip_value_list ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      kip_value_append (list, kip_value_int (spec->targets[i][j]));
  return list;
}

static KipValue *
warnings_to_value (const GArray *warnings)
{
  KipValue *list = kip_value_list ();

  for (guint i = 0; i < warnings->len; i++)
    kip_value_append (list, kip_value_int (g_array_index (warnings, int, i)));
  return list;
}

KipValue *
kip_policy_spec_to_value (const KipPolicySpec *spec)
{
  KipValue *map = kip_value_map ();

  if (spec->effective_from != KIP_INSTANT_NONE)
    kip_value_put (map, KEY_EFFECTIVE_FROM, kip_value_int (spec->effective_from));
  if (spec->calendar != KIP_ID_NONE)
    kip_value_put (map, KEY_CALENDAR, kip_value_int ((gint64) spec->calendar));
  if (spec->condition != NULL && *spec->condition != '\0')
    kip_value_put (map, KEY_CONDITION, kip_value_text (spec->condition));
  kip_value_put (map, KEY_TARGETS, targets_to_value (spec));
  kip_value_put (map, KEY_WARNINGS, warnings_to_value (spec->warnings));
  kip_value_put (map, KEY_REOPEN, kip_value_int (spec->reopen));
  kip_value_put (map, KEY_ON_CHANGE, kip_value_int (spec->on_change));
  kip_value_put (map, KEY_PAUSES, kip_value_int (spec->pauses));
  kip_value_put (map, KEY_NOTIFY_ALWAYS, kip_value_int (spec->notify_always));
  return map;
}

static void
targets_from_value (const KipValue *list,
                    KipPolicySpec  *spec)
{
  for (guint i = 0; i < KIP_N_PRIORITIES * KIP_N_CLOCKS && i < kip_value_length (list); i++)
    {
      gint64 target = kip_value_get_int (kip_value_nth (list, i), 0);

      spec->targets[i / KIP_N_CLOCKS][i % KIP_N_CLOCKS] = CLAMP (target, 0, LONGEST_TARGET);
    }
}

static void
warnings_from_value (const KipValue *list,
                     GArray         *warnings)
{
  if (kip_value_type (list) != KIP_VALUE_LIST)
    return;
  g_array_set_size (warnings, 0);
  for (guint i = 0; i < MIN (MAX_WARNINGS, kip_value_length (list)); i++)
    {
      int percent = (int) CLAMP (kip_value_get_int (kip_value_nth (list, i), 0), 0, MAX_PERCENT);
      int before = warnings->len > 0 ? g_array_index (warnings, int, warnings->len - 1) : 0;

      if (percent > before)
        g_array_append_val (warnings, percent);
    }
}

/* A choice that a newer Kip knows and we do not is the default one. */
static int
choice_from_value (const KipValue *map,
                   guint           key,
                   int             last)
{
  gint64 choice = kip_value_map_int (map, key, 0);

  return choice >= 0 && choice <= last ? (int) choice : 0;
}

KipPolicySpec *
kip_policy_spec_from_value (const KipValue *value)
{
  KipPolicySpec *spec = kip_policy_spec_new ();

  spec->effective_from = kip_value_map_int (value, KEY_EFFECTIVE_FROM, KIP_INSTANT_NONE);
  spec->calendar = (KipId) kip_value_map_int (value, KEY_CALENDAR, KIP_ID_NONE);
  spec->condition = g_strdup (kip_value_map_text (value, KEY_CONDITION));
  targets_from_value (kip_value_lookup (value, KEY_TARGETS), spec);
  warnings_from_value (kip_value_lookup (value, KEY_WARNINGS), spec->warnings);
  spec->reopen = (KipReopen) choice_from_value (value, KEY_REOPEN, KIP_REOPEN_RESTART);
  spec->on_change = (KipOnChange) choice_from_value (value, KEY_ON_CHANGE, KIP_ON_CHANGE_RESTART);
  spec->pauses = (guint) kip_value_map_int (value, KEY_PAUSES, EVERY_PAUSE);
  spec->notify_always = kip_value_map_int (value, KEY_NOTIFY_ALWAYS, 0) != 0;
  return spec;
}
