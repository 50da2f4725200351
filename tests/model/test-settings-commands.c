/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-settings-commands.h"

#include "kip-office-fields.h"
#include "store-fixture.h"

static KipId
add_category (KipStore   *store,
              const char *name,
              KipId       parent,
              int         position)
{
  KipChange *change = kip_command_settings (store);
  KipId id = kip_store_new_id (store);

  kip_change_set_text (change, KIP_KIND_CATEGORY, id, KIP_FIELD_NAME, name);
  kip_change_set_int (change, KIP_KIND_CATEGORY, id, KIP_FIELD_POSITION, position);
  if (parent != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_CATEGORY, id, KIP_FIELD_CATEGORY_PARENT, (gint64) parent);
  append (store, change);
  return id;
}

/* The tree below @root as "a(b c(d))", the office's own first categories left out. */
static void
write_tree (GString   *out,
            KipOffice *office,
            KipId      parent)
{
  GPtrArray *categories = kip_office_get_categories (office);
  gboolean first = TRUE;

  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (category->parent != parent || category->deleted)
        continue;
      g_string_append_printf (out, "%s%s", first ? "" : " ", category->name);
      first = FALSE;
      g_string_append_c (out, '(');
      write_tree (out, office, category->id);
      g_string_append_c (out, ')');
    }
}

static void
assert_tree (KipStore   *store,
             KipId       root,
             const char *expected)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (GString) tree = g_string_new (NULL);

  write_tree (tree, office, root);
  g_assert_cmpstr (tree->str, ==, expected);
}

static void
test_move_category (void)
{
  Fixture office;
  KipId root, a, b, c, d;
  KipReceipt moved;

  fixture_init (&office);
  root = add_category (office.store, "root", KIP_ID_NONE, 100);
  a = add_category (office.store, "a", root, 1);
  b = add_category (office.store, "b", root, 2);
  c = add_category (office.store, "c", root, 3);
  d = add_category (office.store, "d", b, 1);
  assert_tree (office.store, root, "a() b(d()) c()");

  append (office.store, kip_command_move_category (office.store, c, root, a));
  assert_tree (office.store, root, "c() a() b(d())");
  moved = append (office.store, kip_command_move_category (office.store, a, b, KIP_ID_NONE));
  assert_tree (office.store, root, "c() b(d() a())");
  undo (office.store, moved);
  assert_tree (office.store, root, "c() a() b(d())");
  append (office.store, kip_command_move_category (office.store, d, root, b));
  assert_tree (office.store, root, "c() a() d() b()");
  g_assert_null (kip_command_move_category (office.store, b, b, KIP_ID_NONE));
  g_assert_null (kip_command_move_category (office.store, root, d, KIP_ID_NONE));
  fixture_clear (&office);
}

static guint
count_teams (KipStore *store)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (GArray) items = kip_office_list_items (office, KIP_KIND_TEAM, FALSE);

  return items->len;
}

static gint64
position_of (KipStore *store,
             KipId     team)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);

  return kip_office_team (office, team)->position;
}

static KipId
add_agreement (KipStore *store,
               KipKind   kind)
{
  g_autoptr (KipCalendarSpec) hours = kip_calendar_spec_new_vietnam ();
  g_autoptr (KipPolicySpec) promise = kip_policy_spec_new_default ();
  KipChange *change = kip_command_settings (store);
  KipId id = kip_store_new_id (store);

  kip_change_set_text (change, kind, id, KIP_FIELD_NAME, "Other");
  if (kind == KIP_KIND_CALENDAR)
    kip_change_entry (change, kind, id, KIP_FIELD_CALENDAR_VERSION, kip_calendar_version_to_value (KIP_INSTANT_NONE, hours));
  else if (kind == KIP_KIND_POLICY)
    kip_change_entry (change, kind, id, KIP_FIELD_POLICY_VERSION, kip_policy_spec_to_value (promise));
  else
    kip_change_set_int (change, kind, id, KIP_FIELD_OUTAGE_START, G_GINT64_CONSTANT (1773018000000));
  append (store, change);
  return id;
}

/* @id: the only one of its kind that was put away; KIP_ID_NONE: there is none. */
static void
assert_archived (KipStore *store,
                 KipKind   kind,
                 KipId     id)
{
  g_autoptr (GPtrArray) archived = kip_agreements_get_archived (kip_store_get_agreements (store), kind);

  g_assert_cmpuint (archived->len, ==, id != KIP_ID_NONE ? 1 : 0);
  if (id != KIP_ID_NONE)
    g_assert_cmpuint (*(KipId *) archived->pdata[0], ==, id); /* each kind begins with its id */
}

static void
test_reorder_and_archive (void)
{
  const KipId ids[] = { 901, 900 };
  Fixture office;
  guint before;

  fixture_init (&office);
  append (office.store, kip_command_setting (office.store, KIP_KIND_TEAM, 900, KIP_FIELD_NAME, kip_value_text ("A")));
  append (office.store, kip_command_setting (office.store, KIP_KIND_TEAM, 901, KIP_FIELD_NAME, kip_value_text ("Z")));
  append (office.store, kip_command_reorder (office.store, KIP_KIND_TEAM, ids, 2));
  g_assert_cmpint (position_of (office.store, 901), ==, 1);
  g_assert_cmpint (position_of (office.store, 900), ==, 2);
  before = count_teams (office.store);
  append (office.store, kip_command_archive (office.store, KIP_KIND_TEAM, 900, TRUE));
  g_assert_cmpuint (count_teams (office.store), ==, before - 1);
  append (office.store, kip_command_archive (office.store, KIP_KIND_TEAM, 900, FALSE));
  g_assert_cmpuint (count_teams (office.store), ==, before);
  fixture_clear (&office);
}

/* What was put away can be found, and taken back. */
static void
test_archived_agreements (void)
{
  static const KipKind kinds[] = { KIP_KIND_CALENDAR, KIP_KIND_POLICY, KIP_KIND_OUTAGE };
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      KipId id = add_agreement (fixture.store, kinds[i]);

      assert_archived (fixture.store, kinds[i], KIP_ID_NONE);
      append (fixture.store, kip_command_archive (fixture.store, kinds[i], id, TRUE));
      assert_archived (fixture.store, kinds[i], id);
      append (fixture.store, kip_command_archive (fixture.store, kinds[i], id, FALSE));
      assert_archived (fixture.store, kinds[i], KIP_ID_NONE);
    }
  fixture_clear (&fixture);
}

static void
test_members (void)
{
  Fixture office;
  KipId person;

  fixture_init (&office);
  person = add_person (office.store, "Hà", FALSE);
  append (office.store, kip_command_setting_member (office.store, KIP_KIND_PERSON, person, KIP_FIELD_TEAMS,
                                                    kip_value_int (900), TRUE));
  append (office.store, kip_command_setting_member (office.store, KIP_KIND_PERSON, person, KIP_FIELD_TEAMS,
                                                    kip_value_int (901), TRUE));
  append (office.store, kip_command_setting_member (office.store, KIP_KIND_PERSON, person, KIP_FIELD_TEAMS,
                                                    kip_value_int (900), FALSE));
  {
    g_autoptr (KipOffice) snapshot = kip_store_dup_office (office.store);
    const KipPerson *found = kip_office_person (snapshot, person);

    g_assert_cmpuint (found->teams->len, ==, 1);
    g_assert_cmpuint (g_array_index (found->teams, KipId, 0), ==, 901);
  }
  fixture_clear (&office);
}

/* Who cannot be put away: oneself, and the last status of a phase that tickets need. */
static void
test_needed (void)
{
  Fixture office;
  g_autoptr (KipOffice) snapshot = NULL;
  KipId me;

  fixture_init (&office);
  me = kip_store_get_me (office.store);
  snapshot = kip_store_dup_office (office.store);
  g_assert_nonnull (kip_office_why_needed (snapshot, me, KIP_KIND_PERSON, me));
  g_assert_null (kip_office_why_needed (snapshot, me, KIP_KIND_PERSON, me + 1));
  g_assert_nonnull (kip_office_why_needed (snapshot, me, KIP_KIND_STATUS,
                                           kip_office_status_by_key (snapshot, "resolved")->id));
  g_assert_null (kip_office_why_needed (snapshot, me, KIP_KIND_STATUS,
                                        kip_office_status_by_key (snapshot, "waiting-supplier")->id));
  fixture_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings-commands/move-category", test_move_category);
  g_test_add_func ("/settings-commands/reorder-and-archive", test_reorder_and_archive);
  g_test_add_func ("/settings-commands/archived-agreements", test_archived_agreements);
  g_test_add_func ("/settings-commands/members", test_members);
  g_test_add_func ("/settings-commands/needed", test_needed);
  return g_test_run ();
}
