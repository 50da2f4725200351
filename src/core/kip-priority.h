/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-value.h"

G_BEGIN_DECLS

/* How soon a ticket must be worked on.  The smaller number is the more pressing
 * one; the numbers are written into events: never renumber. */
typedef enum
{
  KIP_PRIORITY_CRITICAL = 1,
  KIP_PRIORITY_HIGH = 2,
  KIP_PRIORITY_NORMAL = 3,
  KIP_PRIORITY_LOW = 4
} KipPriority;

#define KIP_N_PRIORITIES 4

/* Impact (how many are hit, how hard) and urgency (how soon it hurts). */
typedef enum
{
  KIP_LEVEL_HIGH = 1,
  KIP_LEVEL_MEDIUM = 2,
  KIP_LEVEL_LOW = 3
} KipLevel;

#define KIP_N_LEVELS 3

/* impact × urgency → priority, editable by the office. */
typedef struct
{
  guint8 cells[KIP_N_LEVELS][KIP_N_LEVELS]; /* [impact - 1][urgency - 1]: KipPriority */
} KipMatrix;

/* The usual one: critical where both are high, one step down for each step down
 * of either, low where there is no further step. */
void kip_matrix_init_default (KipMatrix *matrix);

/* Unknown levels (of a newer Kip) count as medium. */
KipPriority kip_matrix_get (const KipMatrix *matrix,
                            int              impact,
                            int              urgency);

/* Ignores what is out of range. */
void kip_matrix_set (KipMatrix  *matrix,
                     int         impact,
                     int         urgency,
                     KipPriority priority);
gboolean kip_matrix_equal (const KipMatrix *a,
                           const KipMatrix *b);

/* As KIP_FIELD_MATRIX keeps it: a list of nine integers, impact by impact.  What
 * is missing or no priority there (NULL: everything) is that of the default one. */
KipValue *kip_matrix_to_value (const KipMatrix *matrix); /* (transfer full) */
void      kip_matrix_init_from_value (KipMatrix      *matrix,
                                      const KipValue *value);

/* Shorthand: of the matrix in @value (nullable). */
KipPriority kip_priority_for (const KipValue *value,
                              int             impact,
                              int             urgency);

/* ASCII keys for searches and scripts: "critical", "high", "normal", "low";
 * "high", "medium", "low".  NULL when @priority is none.  Static. */
const char *kip_priority_key (int priority);
const char *kip_level_key (int level);

/* 0 when @key is not one; case does not matter. */
KipPriority kip_priority_from_key (const char *key);
KipLevel    kip_level_from_key (const char *key);

/* Translated words; "" when there is none.  Static. */
const char *kip_priority_label (int priority);
const char *kip_level_label (int level);

/* The shape that goes with the word, never colour alone: ▲▲ ▲ ● ▽.  Static. */
const char *kip_priority_mark (int priority);

G_END_DECLS
