/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kip-priority.h"

static const KipPriority default_cells[3][3] = {
  /* urgency: high, medium, low */
  { KIP_PRIORITY_CRITICAL, KIP_PRIORITY_HIGH, KIP_PRIORITY_NORMAL },
  { KIP_PRIORITY_HIGH, KIP_PRIORITY_NORMAL, KIP_PRIORITY_LOW },
  { KIP_PRIORITY_NORMAL, KIP_PRIORITY_LOW, KIP_PRIORITY_LOW },
};

static void
test_default (void)
{
  KipMatrix matrix;

  kip_matrix_init_default (&matrix);
  for (int impact = 1; impact <= 3; impact++)
    for (int urgency = 1; urgency <= 3; urgency++)
      {
        g_assert_cmpint (kip_matrix_get (&matrix, impact, urgency), ==, default_cells[impact - 1][urgency - 1]);
        g_assert_cmpint (kip_priority_for (NULL, impact, urgency), ==, default_cells[impact - 1][urgency - 1]);
      }
  g_assert_cmpint (kip_matrix_get (&matrix, 0, 9), ==, KIP_PRIORITY_NORMAL);
  g_assert_cmpint (kip_matrix_get (&matrix, KIP_LEVEL_HIGH, -1), ==, KIP_PRIORITY_HIGH);
}

static void
test_value (void)
{
  KipMatrix matrix, back, standard;
  g_autoptr (KipValue) value = NULL;

  kip_matrix_init_default (&standard);
  kip_matrix_init_default (&matrix);
  kip_matrix_set (&matrix, KIP_LEVEL_LOW, KIP_LEVEL_HIGH, KIP_PRIORITY_CRITICAL);
  kip_matrix_set (&matrix, KIP_LEVEL_LOW, KIP_LEVEL_LOW, (KipPriority) 9);
  kip_matrix_set (&matrix, 4, KIP_LEVEL_LOW, KIP_PRIORITY_HIGH);
  g_assert_false (kip_matrix_equal (&matrix, &standard));

  value = kip_matrix_to_value (&matrix);
  g_assert_cmpuint (kip_value_length (value), ==, 9);
  kip_matrix_init_from_value (&back, value);
  g_assert_true (kip_matrix_equal (&matrix, &back));
  g_assert_cmpint (kip_priority_for (value, KIP_LEVEL_LOW, KIP_LEVEL_HIGH), ==, KIP_PRIORITY_CRITICAL);
  g_assert_cmpint (kip_priority_for (value, KIP_LEVEL_LOW, KIP_LEVEL_LOW), ==, KIP_PRIORITY_LOW);
}

/* What a newer or a broken writer left must not make a priority out of range. */
static void
test_value_odd (void)
{
  KipMatrix matrix, standard;
  g_autoptr (KipValue) list = kip_value_list ();
  g_autoptr (KipValue) text = kip_value_text ("high");

  kip_matrix_init_default (&standard);
  kip_value_append (list, kip_value_int (4));
  kip_value_append (list, kip_value_int (0));
  kip_value_append (list, kip_value_int (G_MAXINT64));
  kip_value_append (list, kip_value_text ("1"));
  kip_matrix_init_from_value (&matrix, list);
  g_assert_cmpint (kip_matrix_get (&matrix, 1, 1), ==, KIP_PRIORITY_LOW);
  kip_matrix_set (&matrix, 1, 1, KIP_PRIORITY_CRITICAL);
  g_assert_true (kip_matrix_equal (&matrix, &standard));

  for (int i = 0; i < 20; i++)
    kip_value_append (list, kip_value_int (1));
  kip_matrix_init_from_value (&matrix, list);
  g_assert_cmpint (kip_matrix_get (&matrix, 3, 3), ==, KIP_PRIORITY_CRITICAL);

  kip_matrix_init_from_value (&matrix, text);
  g_assert_true (kip_matrix_equal (&matrix, &standard));
}

static void
test_words (void)
{
  for (int priority = 1; priority <= KIP_N_PRIORITIES; priority++)
    {
      g_assert_cmpint (kip_priority_from_key (kip_priority_key (priority)), ==, priority);
      g_assert_cmpstr (kip_priority_label (priority), !=, "");
    }
  for (int level = 1; level <= KIP_N_LEVELS; level++)
    {
      g_assert_cmpint (kip_level_from_key (kip_level_key (level)), ==, level);
      g_assert_cmpstr (kip_level_label (level), !=, "");
    }
  g_assert_cmpstr (kip_priority_key (2), ==, "high");
  g_assert_cmpint (kip_priority_from_key ("LOW"), ==, KIP_PRIORITY_LOW);
  g_assert_cmpint (kip_priority_from_key ("lower"), ==, 0);
  g_assert_cmpint (kip_priority_from_key (NULL), ==, 0);
  g_assert_cmpint (kip_level_from_key ("medium"), ==, KIP_LEVEL_MEDIUM);
  g_assert_null (kip_priority_key (0));
  g_assert_null (kip_level_key (4));
  g_assert_cmpstr (kip_priority_label (5), ==, "");
  g_assert_cmpstr (kip_priority_mark (KIP_PRIORITY_HIGH), ==, "▲");
  g_assert_cmpstr (kip_priority_mark (KIP_PRIORITY_NORMAL), ==, "●");
  g_assert_cmpstr (kip_priority_mark (KIP_PRIORITY_LOW), ==, "▽");
  g_assert_cmpstr (kip_priority_mark (0), ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/priority/default", test_default);
  g_test_add_func ("/priority/value", test_value);
  g_test_add_func ("/priority/value-odd", test_value_odd);
  g_test_add_func ("/priority/words", test_words);
  return g_test_run ();
}
