/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-policy-edit.h"

#include "kip-error.h"
#include "kip-target.h"

static void
test_warnings (void)
{
  static const struct
  {
    const char *typed;
    const char *kept; /* NULL: refused */
  } cases[] = {
    { "50, 75, 90", "50, 75, 90" },
    { "90 % 50%;75", "50, 75, 90" },
    { "100,100, 100", "100" },
    { "", "" },
    { "  ", "" },
    { "half", NULL },
    { "0", NULL },
    { "50.5", NULL },
    { "-5", NULL },
    { "5000", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) warnings = kip_warnings_parse (cases[i].typed, &error);
      g_autofree char *text = warnings != NULL ? kip_warnings_to_text (warnings) : NULL;

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (text, ==, cases[i].kept);
      if (warnings == NULL)
        g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

/* What a cell shows is read back as the same target. */
static void
test_cells (void)
{
  static const struct
  {
    gint64      seconds;
    const char *cell;
  } cases[] = {
    { 0, "" }, { 15 * 60, "15 min" }, { 4 * 3600, "4 h" }, { 90 * 60, "1 h 30 min" }, { 40 * 3600, "40 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = kip_target_to_cell (cases[i].seconds);
      gint64 seconds = -1;

      g_assert_cmpstr (cell, ==, cases[i].cell);
      g_assert_true (kip_target_parse (cell, &seconds, NULL));
      g_assert_cmpint (seconds, ==, cases[i].seconds);
    }
}

static void
test_same (void)
{
  g_autoptr (KipPolicySpec) a = kip_policy_spec_new_default ();
  g_autoptr (KipPolicySpec) b = kip_policy_spec_new_default ();

  b->effective_from = 1000;
  g_assert_true (kip_policy_spec_same (a, b));
  b->notify_always = TRUE;
  g_assert_false (kip_policy_spec_same (a, b));
  b->notify_always = FALSE;
  b->targets[0][KIP_CLOCK_RESOLUTION] += 60;
  g_assert_false (kip_policy_spec_same (a, b));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy-edit/warnings", test_warnings);
  g_test_add_func ("/policy-edit/cells", test_cells);
  g_test_add_func ("/policy-edit/same", test_same);
  return g_test_run ();
}
