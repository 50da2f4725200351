/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-error.h"
#include "kip-policy.h"
#include "kip-target.h"

#define H 3600

static const struct
{
  const char *text;
  gint64      seconds; /* -1: refused */
} target_cases[] = {
  { "", 0 },
  { "0", 0 },
  { "4h", 4 * H },
  { "4 h", 4 * H },
  { " 1 h 30 min ", H + 1800 },
  { "1h30m", H + 1800 },
  { "90m", 5400 },
  { "1:30", H + 1800 },
  { "0:05", 300 },
  { "2 hours 5 minutes", 2 * H + 300 },
  { "4 giờ 30 phút", 4 * H + 1800 },
  { "30 phút", 1800 },
  { "1 working day", 8 * H },
  { "2 working days (16 h)", 16 * H },
  { "1 working day (8 h)", 8 * H },
  { "2 ngày làm việc", 16 * H },
  { "1 day 24x7", 24 * H },
  { "1 day (24×7)", 24 * H },
  { "2 ngày 24/7", 48 * H },
  { "1 working day 2 h", 10 * H },
  { "1 day", -1 },
  { "1 ngày", -1 },
  { "1d", -1 },
  { "1 day (8 h)", -1 },
  { "four hours", -1 },
  { "4", -1 },
  { "4 h x", -1 },
  { "-4h", -1 },
  { "1:75", -1 },
  { "1:5", -1 },
  { "9999999 h", -1 },
  { "4 weeks", -1 },
};

static void
test_targets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (target_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 seconds = -2;
      gboolean good = kip_target_parse (target_cases[i].text, &seconds, &error);

      g_test_message ("%s", target_cases[i].text);
      g_assert_cmpint (good, ==, target_cases[i].seconds >= 0);
      if (good)
        g_assert_cmpint (seconds, ==, target_cases[i].seconds);
      else
        {
          g_assert_cmpint (seconds, ==, -2);
          g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
        }
    }
}

static const struct
{
  gint64      seconds;
  const char *text;
  const char *working;
} text_cases[] = {
  { 0, "", "0:00" },
  { 1800, "30 min", "0:30" },
  { 4 * H, "4 h", "4:00" },
  { 5 * H + 900, "5 h 15 min", "5:15" },
  { 8 * H, "1 working day (8 h)", "8:00" },
  { 40 * H, "5 working days (40 h)", "40:00" },
};

static void
test_texts (void)
{
  g_autofree char *late = kip_working_time_to_text (-2 * H - 59);
  g_autofree char *hardly = kip_working_time_to_text (-59);

  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *text = kip_target_to_text (text_cases[i].seconds);
      g_autofree char *working = kip_working_time_to_text (text_cases[i].seconds);
      gint64 seconds = -1;

      g_assert_cmpstr (text, ==, text_cases[i].text);
      g_assert_cmpstr (working, ==, text_cases[i].working);
      g_assert_true (kip_target_parse (text, &seconds, NULL));
      g_assert_cmpint (seconds, ==, text_cases[i].seconds);
    }
  g_assert_cmpstr (late, ==, "−2:00");
  g_assert_cmpstr (hardly, ==, "0:00");
}

static void
test_value (void)
{
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_new_default ();
  g_autoptr (KipPolicySpec) back = NULL;
  g_autoptr (KipPolicySpec) copy = NULL;
  g_autoptr (KipValue) value = NULL;
  g_autoptr (KipValue) again = NULL;
  g_autoptr (KipValue) third = NULL;

  spec->effective_from = 1700000000000;
  spec->calendar = 77;
  spec->condition = g_strdup ("category:network");
  spec->reopen = KIP_REOPEN_RESTART;
  spec->on_change = KIP_ON_CHANGE_FROM_NOW;
  spec->pauses = 6;
  spec->notify_always = TRUE;
  g_array_set_size (spec->warnings, 2);
  value = kip_policy_spec_to_value (spec);
  back = kip_policy_spec_from_value (value);
  again = kip_policy_spec_to_value (back);
  copy = kip_policy_spec_copy (back);
  third = kip_policy_spec_to_value (copy);
  g_assert_true (kip_value_equal (value, again));
  g_assert_true (kip_value_equal (value, third));
  g_assert_cmpint (kip_policy_spec_get_target (back, 1, KIP_CLOCK_RESPONSE), ==, 1800);
  g_assert_cmpint (kip_policy_spec_get_target (back, 99, KIP_CLOCK_RESPONSE), ==, 4 * H);
  g_assert_cmpuint (back->warnings->len, ==, 2);
}

static void
test_strange_value (void)
{
  g_autoptr (KipValue) value = kip_value_map ();
  g_autoptr (KipPolicySpec) spec = NULL;
  KipValue *targets = kip_value_list ();
  KipValue *warnings = kip_value_list ();

  kip_value_append (targets, kip_value_int (-5));
  kip_value_append (targets, kip_value_int (G_MAXINT64));
  kip_value_append (targets, kip_value_text ("soon"));
  kip_value_append (warnings, kip_value_int (90));
  kip_value_append (warnings, kip_value_int (50));
  kip_value_append (warnings, kip_value_int (G_MININT64));
  kip_value_put (value, 4, targets);
  kip_value_put (value, 5, warnings);
  kip_value_put (value, 6, kip_value_int (99));
  spec = kip_policy_spec_from_value (value);
  g_assert_cmpint (spec->targets[0][0], ==, 0);
  g_assert_cmpint (spec->targets[0][2], ==, 0);
  g_assert_cmpuint (spec->warnings->len, ==, 1);
  g_assert_cmpint (spec->reopen, ==, KIP_REOPEN_CONTINUE);
  g_assert_true (kip_policy_spec_check (spec, NULL));
}

static void
test_check (void)
{
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_new_default ();
  g_autoptr (GError) negative = NULL;
  g_autoptr (GError) falling = NULL;
  int low = 10;

  g_assert_true (kip_policy_spec_check (spec, NULL));
  spec->targets[1][1] = -1;
  g_assert_false (kip_policy_spec_check (spec, &negative));
  g_assert_error (negative, KIP_ERROR, KIP_ERROR_INVALID);
  spec->targets[1][1] = 0;
  g_array_append_val (spec->warnings, low);
  g_assert_false (kip_policy_spec_check (spec, &falling));
  g_assert_error (falling, KIP_ERROR, KIP_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/targets", test_targets);
  g_test_add_func ("/policy/texts", test_texts);
  g_test_add_func ("/policy/value", test_value);
  g_test_add_func ("/policy/strange-value", test_strange_value);
  g_test_add_func ("/policy/check", test_check);
  return g_test_run ();
}
