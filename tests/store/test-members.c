/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members.h"

#include <string.h>

/* Who is in, by tables of what was said: rows "clock device.seq what about value". */

static guint8 founder_key[KIP_MEMBER_KEY_SIZE] = { 1 };

static void
key_of (guint8 *key,
        guint8  mark)
{
  memset (key, 0, KIP_MEMBER_KEY_SIZE);
  key[0] = mark;
}

static KipEvent *
said (guint     clock,
      guint32   device,
      guint64   seq,
      KipKind   kind,
      KipId     entity,
      KipField  field,
      KipValue *value)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "test");
  KipEvent *event = kip_event_new (kind, entity, KIP_VERB_SET, field);

  change->stamp->hlc = (guint64) clock << 16;
  change->stamp->device = device;
  change->stamp->seq = seq;
  event->stamp = kip_stamp_ref (change->stamp);
  event->id = (KipEventId) { device, 0, seq };
  event->at = clock;
  event->value = value;
  return event;
}

typedef struct
{
  guint    clock;
  guint32  device;
  guint64  seq;
  KipField field;  /* ROLE: of person @about; otherwise of machine @about */
  guint32  about;
  gint64   value;  /* of a key: its mark */
} Row;

static GPtrArray *
events_of (const Row *rows)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  for (const Row *row = rows; row->clock != 0; row++)
    {
      guint8 key[KIP_MEMBER_KEY_SIZE];
      gboolean is_role = row->field == KIP_FIELD_ROLE;
      KipValue *value;

      key_of (key, (guint8) row->value);
      value = row->field == KIP_FIELD_MACHINE_KEY ? kip_value_bytes (key, sizeof key) : kip_value_int (row->value);
      g_ptr_array_add (events, said (row->clock, row->device, row->seq, is_role ? KIP_KIND_PERSON : KIP_KIND_MACHINE,
                                     is_role ? row->about : KIP_ID_MACHINE (row->about), row->field, value));
      ((KipEvent *) g_ptr_array_index (events, events->len - 1))->id.index = (guint) (row - rows);
    }
  return events;
}

/* "1:1 2:5-7/3" : device, mark of its key, its end. */
static char *
describe (KipMembers *members)
{
  GString *text = g_string_new (NULL);
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->keys->len == 0)
        continue;
      g_string_append_printf (text, "%s%u:", text->len > 0 ? " " : "", member->device);
      for (guint j = 0; j < member->keys->len; j++)
        g_string_append_printf (text, "%s%u", j > 0 ? "-" : "", g_array_index (member->keys, KipMemberKey, j).key[0]);
      if (member->last != G_MAXUINT64)
        g_string_append_printf (text, "/%" G_GUINT64_FORMAT, member->last);
      if (kip_members_is_manager (members, member->device))
        g_string_append_c (text, '*');
    }
  g_string_append_printf (text, " refused %u", kip_members_get_refused (members)->len);
  return g_string_free (text, FALSE);
}

static void
shuffle (GPtrArray *events,
         GRand     *rand)
{
  for (guint i = events->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer other = events->pdata[j];

      events->pdata[j] = events->pdata[i - 1];
      events->pdata[i - 1] = other;
    }
}

/* In whatever order they come. */
static void
assert_members (const Row  *rows,
                const char *expected)
{
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (KipMembers) members = kip_members_new (events, founder_key);
      g_autofree char *text = describe (members);

      g_assert_cmpstr (text, ==, expected);
      shuffle (events, rand);
    }
}

#define KEY KIP_FIELD_MACHINE_KEY
#define PERSON KIP_FIELD_MACHINE_PERSON
#define LAST KIP_FIELD_MACHINE_LAST
#define ROLE KIP_FIELD_ROLE

static void
test_admission (void)
{
  const Row nobody[] = { { 0 } };
  const Row founder_admits[] = { { 10, 1, 2, KEY, 2, 5 }, { 0 } };
  const Row stranger[] = { { 10, 9, 1, KEY, 9, 5 }, { 0 } };
  /* 2's person has no role, so it lets nobody in. */
  const Row agent_admits[] = { { 10, 1, 2, KEY, 2, 5 }, { 20, 2, 1, KEY, 3, 6 }, { 0 } };
  const Row manager_admits[] = { { 8, 1, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 9, 1, 2, PERSON, 2, 77 },
                                 { 10, 1, 3, KEY, 2, 5 }, { 20, 2, 1, KEY, 3, 6 }, { 0 } };
  /* 2's clock is behind: what it says stands before its admission, and counts. */
  const Row behind[] = { { 108, 1, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 109, 1, 2, PERSON, 2, 77 },
                         { 110, 1, 3, KEY, 2, 5 }, { 20, 2, 1, KEY, 3, 6 }, { 0 } };
  const Row second_key_by_other[] = { { 10, 1, 2, KEY, 2, 5 }, { 20, 1, 3, KEY, 2, 6 }, { 0 } };
  const Row own_new_key[] = { { 10, 1, 2, KEY, 2, 5 }, { 20, 2, 3, KEY, 2, 6 }, { 0 } };

  assert_members (nobody, "1:1* refused 0");
  assert_members (founder_admits, "1:1* 2:5 refused 0");
  assert_members (stranger, "1:1* refused 0");
  assert_members (agent_admits, "1:1* 2:5 refused 1");
  assert_members (manager_admits, "1:1* 2:5* 3:6 refused 0");
  assert_members (behind, "1:1* 2:5* 3:6 refused 0");
  assert_members (second_key_by_other, "1:1* 2:5 refused 1");
  assert_members (own_new_key, "1:1* 2:5-6 refused 0");
}

static void
test_removal (void)
{
  const Row removed[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 1, 3, LAST, 2, 4 }, { 0 } };
  const Row leaves[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 2, 7, LAST, 2, 7 }, { 0 } };
  const Row by_agent[] = { { 10, 1, 2, KEY, 2, 5 }, { 11, 1, 3, KEY, 3, 6 }, { 30, 2, 7, LAST, 3, 1 }, { 0 } };
  /* What it says after its end does not count, even with a clock set back. */
  const Row after_end[] = { { 8, 1, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 9, 1, 2, PERSON, 2, 77 }, { 10, 1, 3, KEY, 2, 5 },
                            { 30, 1, 4, LAST, 2, 4 }, { 40, 2, 5, KEY, 3, 6 }, { 0 } };
  const Row twice[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 1, 3, LAST, 2, 4 }, { 31, 1, 4, LAST, 2, 9 }, { 0 } };

  /* It came back; and then it left again. */
  const Row back[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 2, 7, LAST, 2, 7 }, { 40, 2, 9, LAST, 2, G_MAXINT64 }, { 0 } };
  const Row left_again[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 2, 7, LAST, 2, 7 }, { 40, 2, 9, LAST, 2, G_MAXINT64 },
                             { 50, 2, 12, LAST, 2, 12 }, { 0 } };
  /* Nobody comes back from a removal, nor brings back another. */
  const Row back_from_removal[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 1, 3, LAST, 2, 4 }, { 40, 2, 9, LAST, 2, G_MAXINT64 }, { 0 } };
  const Row brought_back[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 2, 7, LAST, 2, 7 }, { 40, 1, 9, LAST, 2, G_MAXINT64 }, { 0 } };

  assert_members (back, "1:1* 2:5 refused 0");
  assert_members (left_again, "1:1* 2:5/12 refused 0");
  assert_members (back_from_removal, "1:1* 2:5/4 refused 0");
  assert_members (brought_back, "1:1* 2:5/7 refused 0");
  assert_members (removed, "1:1* 2:5/4 refused 0");
  assert_members (leaves, "1:1* 2:5/7 refused 0");
  assert_members (by_agent, "1:1* 2:5 3:6 refused 1");
  assert_members (after_end, "1:1* 2:5/4* 3:6/0 refused 0");
  assert_members (twice, "1:1* 2:5/4 refused 0");
}

/* Two managers, 2 and 3, and an agent, 4. */
#define TWO_MANAGERS { 1, 1, 1, ROLE, 72, KIP_ROLE_MANAGER }, { 1, 1, 2, ROLE, 73, KIP_ROLE_MANAGER }, \
  { 1, 1, 3, PERSON, 2, 72 }, { 1, 1, 4, PERSON, 3, 73 }, { 1, 1, 5, PERSON, 4, 74 }, \
  { 2, 1, 6, KEY, 2, 20 }, { 2, 1, 7, KEY, 3, 30 }, { 2, 1, 8, KEY, 4, 40 }

/* What the removed one said meanwhile does not count, whatever its clock says. */
static void
test_removal_meanwhile (void)
{
  const Row lets_in[] = { TWO_MANAGERS, { 5, 3, 2, KEY, 5, 50 }, { 30, 2, 1, LAST, 3, 1 }, { 31, 5, 1, KEY, 5, 51 }, { 0 } };
  const Row gives_role[] = { TWO_MANAGERS, { 5, 3, 2, ROLE, 74, KIP_ROLE_MANAGER }, { 6, 4, 1, KEY, 5, 50 }, { 30, 2, 1, LAST, 3, 1 }, { 0 } };
  const Row loses_role[] = { TWO_MANAGERS, { 5, 1, 9, ROLE, 73, KIP_ROLE_AGENT }, { 6, 3, 1, KEY, 5, 50 }, { 30, 2, 1, LAST, 3, 1 }, { 0 } };
  const Row removes[] = { TWO_MANAGERS, { 5, 3, 2, LAST, 4, 0 }, { 30, 2, 1, LAST, 3, 1 }, { 0 } };
  const Row heard[] = { TWO_MANAGERS, { 5, 3, 2, LAST, 4, 0 }, { 30, 2, 1, LAST, 3, 2 }, { 0 } };

  assert_members (lets_in, "1:1* 2:20* 3:30/1* 4:40 5:50-51/0 refused 0");
  assert_members (gives_role, "1:1* 2:20* 3:30/1* 4:40 5:50/0 refused 1");
  assert_members (loses_role, "1:1* 2:20* 3:30/1 4:40 refused 1");
  assert_members (removes, "1:1* 2:20* 3:30/1* 4:40 refused 0");
  assert_members (heard, "1:1* 2:20* 3:30/2* 4:40/0 refused 0");
}

/* Whose right is older stays, also against those whom the other made managers. */
static void
test_removal_each_other (void)
{
  const Row both[] = { TWO_MANAGERS, { 20, 2, 1, LAST, 3, 0 }, { 10, 3, 1, LAST, 2, 0 }, { 0 } };
  const Row circle[] = { TWO_MANAGERS, { 9, 1, 9, ROLE, 74, KIP_ROLE_MANAGER }, { 30, 2, 1, LAST, 3, 0 }, { 20, 3, 1, LAST, 4, 0 }, { 10, 4, 1, LAST, 2, 0 }, { 0 } };
  const Row helper[] = { { 1, 1, 1, ROLE, 73, KIP_ROLE_MANAGER }, { 1, 1, 2, ROLE, 74, KIP_ROLE_MANAGER }, { 1, 1, 3, PERSON, 2, 72 },
                         { 1, 1, 4, PERSON, 3, 73 }, { 1, 1, 5, PERSON, 4, 74 },
                         { 2, 1, 6, KEY, 2, 20 }, { 2, 1, 7, KEY, 3, 30 }, { 2, 1, 8, KEY, 4, 40 },
                         { 30, 3, 1, LAST, 4, 0 }, { 5, 4, 1, ROLE, 72, KIP_ROLE_MANAGER }, { 6, 2, 1, LAST, 3, 0 }, { 0 } };
  const Row founder[] = { TWO_MANAGERS, { 30, 2, 1, LAST, 1, 8 }, { 31, 1, 9, LAST, 4, 0 }, { 0 } };
  const Row before_it_was_in[] = { TWO_MANAGERS, { 40, 3, 1, KEY, 5, 50 }, { 30, 2, 1, LAST, 5, 0 }, { 0 } };

  assert_members (both, "1:1* 2:20* 3:30/0* 4:40 refused 0");
  assert_members (circle, "1:1* 2:20/0* 3:30/0* 4:40* refused 0");
  assert_members (helper, "1:1* 2:20 3:30* 4:40/0* refused 1");
  assert_members (founder, "1:1/8* 2:20* 3:30* 4:40/0 refused 0");
  assert_members (before_it_was_in, "1:1* 2:20* 3:30* 4:40 5:50/0 refused 0");
}

/* It goes on alone with another key, and comes back. */
static void
test_leaves_and_signs_anew (void)
{
  const Row rows[] = { { 10, 1, 2, KEY, 2, 5 }, { 30, 2, 7, LAST, 2, 7 }, { 31, 2, 8, KEY, 2, 6 }, { 0 } };
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = kip_members_new (events, founder_key);

  g_assert_cmpuint (kip_members_key (members, 2, 8)[0], ==, 5);
  g_assert_cmpuint (kip_members_key (members, 2, 9)[0], ==, 6);
  g_assert_false (kip_members_has (members, 2, 8));
}

static void
test_roles (void)
{
  const Row requester_by_agent[] = { { 10, 1, 2, KEY, 2, 5 }, { 20, 2, 1, ROLE, 88, KIP_ROLE_REQUESTER }, { 0 } };
  const Row makes_itself_manager[] = { { 9, 1, 1, PERSON, 2, 77 }, { 10, 1, 2, KEY, 2, 5 },
                                       { 20, 2, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 0 } };
  const Row takes_role_away[] = { { 9, 1, 1, ROLE, 88, KIP_ROLE_MANAGER }, { 10, 1, 2, KEY, 2, 5 },
                                  { 20, 2, 1, ROLE, 88, KIP_ROLE_REQUESTER }, { 0 } };

  assert_members (requester_by_agent, "1:1* 2:5 refused 0");
  assert_members (makes_itself_manager, "1:1* 2:5 refused 1");
  assert_members (takes_role_away, "1:1* 2:5 refused 1");
}

/* What holds for the whole office: promises, calendars and so on. */
static guint
count_refused (KipKind    kind,
               KipField   field,
               const Row *rows)
{
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n = G_MAXUINT;

  g_ptr_array_add (events, said (20, 2, 9, kind, KIP_ID_MAKE (1, 5), field, kip_value_int (1)));
  for (guint i = 0; i < 10; i++)
    {
      g_clear_pointer (&members, kip_members_unref);
      members = kip_members_new (events, founder_key);
      g_assert_true (n == G_MAXUINT || n == kip_members_get_refused (members)->len);
      n = kip_members_get_refused (members)->len;
      shuffle (events, rand);
    }
  return n;
}

static void
test_governed (void)
{
  const Row agent[] = { { 9, 1, 2, PERSON, 2, 77 }, { 10, 1, 3, KEY, 2, 5 }, { 0 } };
  const Row manager[] = { { 8, 1, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 9, 1, 2, PERSON, 2, 77 }, { 10, 1, 3, KEY, 2, 5 }, { 0 } };
  /* The clock of who made it a manager is ahead. */
  const Row later[] = { { 9, 1, 2, PERSON, 2, 77 }, { 10, 1, 3, KEY, 2, 5 }, { 50, 1, 4, ROLE, 77, KIP_ROLE_MANAGER }, { 0 } };
  const Row removed[] = { { 8, 1, 1, ROLE, 77, KIP_ROLE_MANAGER }, { 9, 1, 2, PERSON, 2, 77 }, { 10, 1, 3, KEY, 2, 5 },
                          { 30, 1, 4, LAST, 2, 8 }, { 0 } };
  static const KipKind kinds[] = { KIP_KIND_OFFICE, KIP_KIND_STATUS, KIP_KIND_CALENDAR, KIP_KIND_POLICY, KIP_KIND_GOAL };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpuint (count_refused (kinds[i], KIP_FIELD_NAME, agent), ==, 1);
      g_assert_cmpuint (count_refused (kinds[i], KIP_FIELD_NAME, manager), ==, 0);
      g_assert_cmpuint (count_refused (kinds[i], KIP_FIELD_NAME, later), ==, 0);
    }
  g_assert_cmpuint (count_refused (KIP_KIND_POLICY, KIP_FIELD_NAME, removed), ==, 0);
  g_assert_cmpuint (count_refused (KIP_KIND_POLICY, KIP_FIELD_POLICY_DRAFT, agent), ==, 0);
  g_assert_cmpuint (count_refused (KIP_KIND_CALENDAR, KIP_FIELD_CALENDAR_DRAFT, agent), ==, 0);
}

static void
test_keys (void)
{
  const Row rows[] = { { 10, 1, 2, KEY, 2, 5 }, { 20, 2, 3, KEY, 2, 6 }, { 30, 1, 3, LAST, 2, 9 }, { 0 } };
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = kip_members_new (events, founder_key);

  g_assert_cmpuint (kip_members_key (members, 2, 1)[0], ==, 5);
  g_assert_cmpuint (kip_members_key (members, 2, 3)[0], ==, 5);
  g_assert_cmpuint (kip_members_key (members, 2, 4)[0], ==, 6);
  g_assert_null (kip_members_key (members, 3, 1));
  g_assert_true (kip_members_has (members, 2, 9));
  g_assert_false (kip_members_has (members, 2, 10));
  g_assert_false (kip_members_has (members, 3, 1));
  g_assert_cmpuint (kip_members_draw_number (members, 1), ==, 3);
}

/* Managers who let somebody in at the same moment give different numbers, as often as they do. */
static void
test_numbers (void)
{
  const Row rows[] = { TWO_MANAGERS, { 0 } };
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = kip_members_new (events, founder_key);
  guint32 given[] = { kip_members_draw_number (members, 1), kip_members_draw_number (members, 2), kip_members_draw_number (members, 3) };

  g_assert_cmpuint (given[0], ==, 6);
  g_assert_cmpuint (given[1], ==, 7);
  g_assert_cmpuint (given[2], ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      const Row more[] = { TWO_MANAGERS, { 50, i + 1, 20, KEY, given[i], 9 }, { 0 } };
      g_autoptr (GPtrArray) later = events_of (more);
      g_autoptr (KipMembers) grown = kip_members_new (later, founder_key);

      g_assert_cmpuint (kip_members_draw_number (grown, i + 1), ==, given[i] + 3);
    }
}

/* Those that do not know of the same managers may: the number is the first one's, with the person that was meant. */
static void
test_one_number_twice (void)
{
  const Row rows[] = { TWO_MANAGERS, { 20, 2, 1, PERSON, 5, 75 }, { 20, 2, 1, KEY, 5, 50 }, { 21, 3, 1, PERSON, 5, 73 }, { 21, 3, 1, KEY, 5, 51 }, { 0 } };
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = kip_members_new (events, founder_key);

  assert_members (rows, "1:1* 2:20* 3:30* 4:40 5:50 refused 1");
  g_assert_cmpuint (kip_members_find (members, 5)->person, ==, 75);
}

/* In a copy that goes on alone its own machine writes, also where whoever let it in was removed. */
static void
test_spared (void)
{
  const Row rows[] = { TWO_MANAGERS, { 5, 3, 2, KEY, 5, 50 }, { 30, 2, 1, LAST, 3, 1 }, { 0 } };
  g_autoptr (GPtrArray) events = events_of (rows);
  g_autoptr (KipMembers) members = kip_members_new (events, founder_key);

  g_assert_false (kip_members_has (members, 5, 1));
  kip_members_spare (members, 5);
  g_assert_true (kip_members_has (members, 5, 1));
  g_assert_false (kip_members_has (members, 3, 2));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/members/admission", test_admission);
  g_test_add_func ("/members/removal", test_removal);
  g_test_add_func ("/members/removal-meanwhile", test_removal_meanwhile);
  g_test_add_func ("/members/removal-each-other", test_removal_each_other);
  g_test_add_func ("/members/leaves-and-signs-anew", test_leaves_and_signs_anew);
  g_test_add_func ("/members/roles", test_roles);
  g_test_add_func ("/members/governed", test_governed);
  g_test_add_func ("/members/keys", test_keys);
  g_test_add_func ("/members/spared", test_spared);
  g_test_add_func ("/members/numbers", test_numbers);
  g_test_add_func ("/members/one-number-twice", test_one_number_twice);
  return g_test_run ();
}
