/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What moves before it is saved.  The office works Mon–Fri 08:00–12:00 and 13:00–17:00; the
 * clock stands at Monday 9 March 2026 08:00 in Vietnam; a ticket of normal priority is promised
 * an answer in 4 h and a resolution in 24 h of working time. */

#include "kip-change-preview.h"

#include "kip-settings-commands.h"
#include "store-fixture.h"

#define NOW G_GINT64_CONSTANT (1773018000000)
#define HOUR KIP_MS_PER_HOUR
#define TODAY_NOON (NOW + 4 * HOUR)
#define TUESDAY_17 (NOW + 33 * HOUR)
#define WEDNESDAY_17 (NOW + 57 * HOUR)
#define THURSDAY_12 (NOW + 76 * HOUR)

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(KipChangePreview **) data = kip_change_preview_finish (KIP_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Takes @change and throws it away: looking must not save it. */
static KipChangePreview *
look (KipStore  *store,
      KipChange *change)
{
  KipChangePreview *preview = NULL;

  kip_change_preview_async (store, change, NULL, looked_cb, &preview);
  kip_change_free (change);
  while (preview == NULL)
    g_main_context_iteration (NULL, TRUE);
  return preview;
}

static const KipPolicy *
default_policy (KipStore *store)
{
  GPtrArray *policies = kip_agreements_get_policies (kip_store_get_agreements (store));

  return g_ptr_array_index (policies, policies->len - 1);
}

static KipChange *
shorter_resolution (KipStore *store)
{
  const KipPolicy *policy = default_policy (store);
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_copy (policy->spec);
  KipChange *change = kip_command_settings (store);

  spec->targets[KIP_PRIORITY_NORMAL - 1][KIP_CLOCK_RESOLUTION] = 16 * 3600;
  kip_change_entry (change, KIP_KIND_POLICY, policy->id, KIP_FIELD_POLICY_VERSION, kip_policy_spec_to_value (spec));
  return change;
}

static void
test_policy (void)
{
  Fixture office;
  g_autoptr (KipChangePreview) preview = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *words = NULL;
  const KipClockMove *move;

  fixture_init (&office);
  add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  preview = look (office.store, shorter_resolution (office.store));
  g_assert_cmpuint (preview->n_open, ==, 1);
  g_assert_cmpuint (preview->n_moved, ==, 1);
  g_assert_cmpuint (preview->moves->len, ==, 1);
  move = &g_array_index (preview->moves, KipClockMove, 0);
  g_assert_cmpint (move->clock, ==, KIP_CLOCK_RESOLUTION);
  g_assert_cmpint (move->old_due, ==, WEDNESDAY_17);
  g_assert_cmpint (move->new_due, ==, TUESDAY_17);
  g_assert_cmpstr (g_ptr_array_index (preview->subjects, 0), ==, "Printer");
  summary = kip_change_preview_summary (preview);
  g_assert_cmpstr (summary, ==, "1 of 1 open tickets gets another deadline.");
  words = kip_clock_move_describe (move, NOW);
  g_assert_cmpstr (words, ==, "Resolution: Wed 17:00 → tomorrow 17:00");
  g_assert_cmpuint (default_policy (office.store)->version, ==, 1); /* nothing was saved */
  fixture_clear (&office);
}

/* The morning is lost: every clock moves by its four hours. */
static void
test_outage (void)
{
  Fixture office;
  g_autoptr (KipChangePreview) preview = NULL;
  KipChange *change;

  fixture_init (&office);
  add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  change = kip_command_settings (office.store);
  kip_change_set_int (change, KIP_KIND_OUTAGE, 950, KIP_FIELD_OUTAGE_START, NOW);
  kip_change_set_int (change, KIP_KIND_OUTAGE, 950, KIP_FIELD_OUTAGE_END, TODAY_NOON);
  preview = look (office.store, change);
  g_assert_cmpuint (preview->n_moved, ==, 1);
  g_assert_cmpuint (preview->moves->len, ==, 2);
  g_assert_cmpint (g_array_index (preview->moves, KipClockMove, 0).clock, ==, KIP_CLOCK_RESPONSE);
  g_assert_cmpint (g_array_index (preview->moves, KipClockMove, 1).new_due, ==, THURSDAY_12);
  fixture_clear (&office);
}

static void
test_nothing (void)
{
  Fixture office;
  g_autoptr (KipChangePreview) none = NULL;
  g_autoptr (KipChangePreview) still = NULL;
  g_autofree char *no_tickets = NULL;
  g_autofree char *no_moves = NULL;
  KipId ticket;

  fixture_init (&office);
  none = look (office.store, shorter_resolution (office.store));
  no_tickets = kip_change_preview_summary (none);
  g_assert_cmpstr (no_tickets, ==, "There are no open tickets.");
  ticket = add_ticket (office.store, "Done", KIP_INSTANT_NONE);
  set_status (office.store, ticket, "resolved");
  ticket = add_ticket (office.store, "Late", KIP_INSTANT_NONE);
  set_int (office.store, ticket, KIP_FIELD_DUE, TODAY_NOON);
  still = look (office.store, shorter_resolution (office.store));
  g_assert_cmpuint (still->n_open, ==, 1);
  g_assert_cmpuint (still->n_moved, ==, 0);
  no_moves = kip_change_preview_summary (still);
  g_assert_cmpstr (no_moves, ==, "No open ticket gets another deadline.");
  fixture_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "Asia/Ho_Chi_Minh", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-preview/policy", test_policy);
  g_test_add_func ("/change-preview/outage", test_outage);
  g_test_add_func ("/change-preview/nothing", test_nothing);
  return g_test_run ();
}
