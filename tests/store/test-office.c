/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

/* What a change of the office does to tickets that are there already. */

static KipReceipt
change_setting (KipStore *store,
                KipKind   kind,
                KipId     id,
                KipField  field,
                KipValue *value)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  kip_change_set (change, kind, id, field, value);
  return append (store, change);
}

static KipReceipt
change_person (KipStore *store,
               KipId     person,
               KipField  field,
               KipValue *value)
{
  return change_setting (store, KIP_KIND_PERSON, person, field, value);
}

static void
assert_found (KipStore   *store,
              const char *query,
              const char *numbers)
{
  g_autofree char *found = list_numbers (store, query);

  if (g_strcmp0 (found, numbers) != 0)
    g_error ("“%s” lists %s, expected %s", query, found, numbers);
}

static void
test_requester (void)
{
  Fixture fixture;
  KipReceipt receipt;
  KipId lan, id;

  fixture_init (&fixture);
  lan = add_person (fixture.store, "Trần Thị Lan", FALSE);
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  set_int (fixture.store, id, KIP_FIELD_REQUESTER, (gint64) lan);
  add_ticket (fixture.store, "other", KIP_INSTANT_NONE);
  assert_found (fixture.store, "lan", "1");
  assert_found (fixture.store, "is:vip", "");
  receipt = change_person (fixture.store, lan, KIP_FIELD_VIP, kip_value_int (1));
  assert_found (fixture.store, "is:vip", "1");
  undo (fixture.store, receipt);
  assert_found (fixture.store, "is:vip", "");
  change_person (fixture.store, lan, KIP_FIELD_NAME, kip_value_text ("Nguyễn Mai"));
  assert_found (fixture.store, "lan", "");
  assert_found (fixture.store, "mai", "1");
  change_person (fixture.store, lan, KIP_FIELD_DEPARTMENT, kip_value_text ("Kế toán"));
  assert_found (fixture.store, "department:\"ke toan\"", "1");
  assert_found (fixture.store, "department:none", "2");
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* Its tickets are found by the name and serial number that it has now. */
static void
test_asset (void)
{
  Fixture fixture;
  KipId laptop, id;

  fixture_init (&fixture);
  laptop = kip_store_new_id (fixture.store);
  change_setting (fixture.store, KIP_KIND_ASSET, laptop, KIP_FIELD_NAME, kip_value_text ("Laptop seven"));
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  set_int (fixture.store, id, KIP_FIELD_ASSET, (gint64) laptop);
  assert_found (fixture.store, "seven", "1");
  change_setting (fixture.store, KIP_KIND_ASSET, laptop, KIP_FIELD_NAME, kip_value_text ("Laptop eight"));
  change_setting (fixture.store, KIP_KIND_ASSET, laptop, KIP_FIELD_SERIAL, kip_value_text ("SN4711"));
  assert_found (fixture.store, "seven", "");
  assert_found (fixture.store, "eight sn4711", "1");
  fixture_clear (&fixture);
}

static gint64
due_of (KipStore *store,
        KipId     ticket)
{
  g_autoptr (KipTicketRow) row = get_row (store, ticket);

  return row->clocks[KIP_CLOCK_RESOLUTION].due;
}

static void
add_outage (KipStore  *store,
            KipInstant start,
            KipInstant end)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");
  KipId id = kip_store_new_id (store);

  kip_change_set_int (change, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_START, start);
  kip_change_set_int (change, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_END, end);
  append (store, change);
}

typedef struct
{
  KipStore  *store;
  KipId     *ids;
  guint      n;
  KipInstant due; /* what all of them must come to */
} Waiting;

static gboolean
all_moved (gpointer data)
{
  Waiting *waiting = data;

  for (guint i = 0; i < waiting->n; i++)
    if (due_of (waiting->store, waiting->ids[i]) != waiting->due)
      return FALSE;
  return TRUE;
}

/* Few tickets move with the change, many soon after it; a crash in between loses nothing. */
static void
test_outage (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autofree KipId *ids = g_new0 (KipId, n);
  Fixture fixture;
  KipInstant now, due;
  Waiting waiting;

  fixture_init (&fixture);
  now = kip_clock_now ();
  for (guint i = 0; i < n; i++)
    ids[i] = add_ticket (fixture.store, "VPN", now);
  due = due_of (fixture.store, ids[0]);
  add_outage (fixture.store, now + 30 * KIP_MS_PER_MINUTE, now + 90 * KIP_MS_PER_MINUTE);
  if (n > 100)
    fixture_reopen (&fixture);
  /* 24 working hours from Monday 08:00 end on Wednesday 17:00; one more on Thursday 09:00. */
  waiting = (Waiting) { fixture.store, ids, n, due + 16 * KIP_MS_PER_HOUR };
  if (n > 100)
    wait_until (all_moved, &waiting);
  g_assert_true (all_moved (&waiting));
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

static void
test_matrix (void)
{
  g_autoptr (KipTicketRow) before = NULL;
  g_autoptr (KipTicketRow) after = NULL;
  Fixture fixture;
  KipChange *change;
  KipMatrix matrix;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  before = get_row (fixture.store, id);
  g_assert_cmpint (before->priority, ==, KIP_PRIORITY_NORMAL);
  kip_matrix_init_default (&matrix);
  kip_matrix_set (&matrix, KIP_LEVEL_MEDIUM, KIP_LEVEL_MEDIUM, KIP_PRIORITY_HIGH);
  change = kip_change_new (kip_store_get_me (fixture.store), "settings");
  kip_change_set (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_MATRIX, kip_matrix_to_value (&matrix));
  append (fixture.store, change);
  after = get_row (fixture.store, id);
  g_assert_cmpint (after->priority, ==, KIP_PRIORITY_HIGH);
  assert_found (fixture.store, "priority:high", "1");
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

static void
test_thresholds (void)
{
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) none = NULL;
  Fixture fixture;
  KipInstant now;
  KipId id;

  fixture_init (&fixture);
  now = kip_clock_now ();
  id = add_ticket (fixture.store, "VPN", now);
  set_int (fixture.store, id, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (fixture.store));
  /* Normal priority: first response in 4 h, that is 12:00; half of it at 10:00. */
  found = kip_store_thresholds (fixture.store, now, now + 4 * KIP_MS_PER_HOUR + 1, NULL);
  g_assert_cmpuint (found->len, ==, 4);
  g_assert_cmpint (g_array_index (found, KipThreshold, 0).at, ==, now + 2 * KIP_MS_PER_HOUR);
  g_assert_cmpint (g_array_index (found, KipThreshold, 0).percent, ==, 50);
  g_assert_cmpint (g_array_index (found, KipThreshold, 3).percent, ==, 100);
  g_assert_cmpuint (g_array_index (found, KipThreshold, 3).ticket, ==, id);
  g_assert_cmpuint (g_array_index (found, KipThreshold, 3).assignee, ==, kip_store_get_me (fixture.store));
  set_status (fixture.store, id, "closed");
  none = kip_store_thresholds (fixture.store, now, G_MAXINT64, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/requester", test_requester);
  g_test_add_func ("/office/asset", test_asset);
  g_test_add_data_func ("/office/outage-few", GUINT_TO_POINTER (3), test_outage);
  g_test_add_data_func ("/office/outage-many", GUINT_TO_POINTER (150), test_outage);
  g_test_add_func ("/office/matrix", test_matrix);
  g_test_add_func ("/office/thresholds", test_thresholds);
  return g_test_run ();
}
