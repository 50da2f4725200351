/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-priority.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *key;
  const char *label;
  const char *mark;
} Word;

static const Word priorities[] = {
  [KIP_PRIORITY_CRITICAL] = { "critical", NC_ ("priority", "Critical"), "▲▲" },
  [KIP_PRIORITY_HIGH] = { "high", NC_ ("priority", "High"), "▲" },
  [KIP_PRIORITY_NORMAL] = { "normal", NC_ ("priority", "Normal"), "●" },
  [KIP_PRIORITY_LOW] = { "low", NC_ ("priority", "Low"), "▽" },
};

static const Word levels[] = {
  [KIP_LEVEL_HIGH] = { "high", NC_ ("level", "High"), NULL },
  [KIP_LEVEL_MEDIUM] = { "medium", NC_ ("level", "Medium"), NULL },
  [KIP_LEVEL_LOW] = { "low", NC_ ("level", "Low"), NULL },
};

static gboolean
is_priority (gint64 priority)
{
  return priority >= KIP_PRIORITY_CRITICAL && priority <= KIP_PRIORITY_LOW;
}

static gboolean
is_level (gint64 level)
{
  return level >= KIP_LEVEL_HIGH && level <= KIP_LEVEL_LOW;
}

static int
word_from_key (const Word *words,
               int         n,
               const char *key)
{
  for (int i = 1; key != NULL && i <= n; i++)
    if (g_ascii_strcasecmp (words[i].key, key) == 0)
      return i;
  return 0;
}

void
kip_matrix_init_default (KipMatrix *matrix)
{
  for (int impact = 0; impact < KIP_N_LEVELS; impact++)
    for (int urgency = 0; urgency < KIP_N_LEVELS; urgency++)
      matrix->cells[impact][urgency] = (guint8) MIN (impact + urgency + 1, KIP_PRIORITY_LOW);
}

KipPriority
kip_matrix_get (const KipMatrix *matrix,
                int              impact,
                int              urgency)
{
  if (!is_level (impact))
    impact = KIP_LEVEL_MEDIUM;
  if (!is_level (urgency))
    urgency = KIP_LEVEL_MEDIUM;
  return (KipPriority) matrix->cells[impact - 1][urgency - 1];
}

void
kip_matrix_set (KipMatrix  *matrix,
                int         impact,
                int         urgency,
                KipPriority priority)
{
  if (is_level (impact) && is_level (urgency) && is_priority (priority))
    matrix->cells[impact - 1][urgency - 1] = (guint8) priority;
}

gboolean
kip_matrix_equal (const KipMatrix *a,
                  const KipMatrix *b)
{
  return memcmp (a->cells, b->cells, sizeof a->cells) == 0;
}

KipValue *
kip_matrix_to_value (const KipMatrix *matrix)
{
  KipValue *list = kip_value_list ();

  for (int impact = 0; impact < KIP_N_LEVELS; impact++)
    for (int urgency = 0; urgency < KIP_N_LEVELS; urgency++)
      kip_value_append (list, kip_value_int (matrix->cells[impact][urgency]));
  return list;
}

void
kip_matrix_init_from_value (KipMatrix      *matrix,
                            const KipValue *value)
{
  guint n = 0;

  kip_matrix_init_default (matrix);
  if (kip_value_type (value) == KIP_VALUE_LIST)
    n = MIN (kip_value_length (value), KIP_N_LEVELS * KIP_N_LEVELS);
  for (guint i = 0; i < n; i++)
    {
      gint64 priority = kip_value_get_int (kip_value_nth (value, i), 0);

      if (is_priority (priority))
        matrix->cells[i / KIP_N_LEVELS][i % KIP_N_LEVELS] = (guint8) priority;
    }
}

KipPriority
kip_priority_for (const KipValue *value,
                  int             impact,
                  int             urgency)
{
  KipMatrix matrix;

  kip_matrix_init_from_value (&matrix, value);
  return kip_matrix_get (&matrix, impact, urgency);
}

const char *
kip_priority_key (int priority)
{
  return is_priority (priority) ? priorities[priority].key : NULL;
}

const char *
kip_level_key (int level)
{
  return is_level (level) ? levels[level].key : NULL;
}

KipPriority
kip_priority_from_key (const char *key)
{
  return (KipPriority) word_from_key (priorities, KIP_N_PRIORITIES, key);
}

KipLevel
kip_level_from_key (const char *key)
{
  return (KipLevel) word_from_key (levels, KIP_N_LEVELS, key);
}

const char *
kip_priority_label (int priority)
{
  return is_priority (priority) ? g_dpgettext2 (GETTEXT_PACKAGE, "priority", priorities[priority].label) : "";
}

const char *
kip_level_label (int level)
{
  return is_level (level) ? g_dpgettext2 (GETTEXT_PACKAGE, "level", levels[level].label) : "";
}

const char *
kip_priority_mark (int priority)
{
  return is_priority (priority) ? priorities[priority].mark : "";
}
