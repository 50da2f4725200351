/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members.h"

#include <string.h>

/* Machines that let each other in, remove each other and give rights, each by what it has heard, some of them
 * against what they know and with clocks that are anything; whoever holds all that can be proved computes the
 * same, in whatever order it came.  KIP_SEED: where to begin; KIP_SEEDS: how many. */
#define SEEDS 400
#define MAX_DESKS 7
#define MAX_SAID 40

typedef struct
{
  KipEvent *event; /* (owned) */
  guint8    mark;  /* of the key that signs it */
} Said;

typedef struct
{
  guint       heard[MAX_DESKS + 1]; /* of each device, so many */
  KipMembers *members;              /* (owned) */
} Desk;

typedef struct
{
  GRand *rand;
  guint  n_desks;
  Desk   desks[MAX_DESKS + 1];      /* by device; 0 is somebody who only reads */
  Said   said[MAX_DESKS + 1][MAX_SAID];
  guint  n_said[MAX_DESKS + 1];
  guint8 marks[MAX_DESKS + 1];      /* with which each signs now */
} Office;

static const guint8 founder_key[KIP_MEMBER_KEY_SIZE] = { 10 };

/* ---- hearing ---- */

static void
fold (Office *office,
      Desk   *desk)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  for (guint device = 1; device <= office->n_desks; device++)
    for (guint i = 0; i < desk->heard[device]; i++)
      g_ptr_array_add (events, office->said[device][i].event);
  g_clear_pointer (&desk->members, kip_members_unref);
  desk->members = kip_members_new (events, founder_key);
}

/* Takes the next of @device, when its key is known; FALSE: it waits. */
static gboolean
hear (Office *office,
      Desk   *desk,
      guint   device)
{
  guint next = desk->heard[device];
  const guint8 *key = kip_members_key (desk->members, device, next + 1);

  if (key == NULL || key[0] != office->said[device][next].mark)
    return FALSE;
  desk->heard[device]++;
  fold (office, desk);
  return TRUE;
}

/* Some of what @from holds, in some order. */
static void
listen (Office     *office,
        Desk       *desk,
        const Desk *from,
        guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      guint device = (guint) g_rand_int_range (office->rand, 1, (gint32) office->n_desks + 1);

      if (desk->heard[device] < from->heard[device])
        hear (office, desk, device);
    }
}

/* All that anybody holds and that can be proved. */
static void
hear_all (Office *office,
          Desk   *desk)
{
  gboolean any = TRUE;

  while (any)
    {
      guint first = (guint) g_rand_int (office->rand);

      any = FALSE;
      for (guint i = 0; i < office->n_desks; i++)
        {
          guint device = 1 + (first + i) % office->n_desks;

          any |= desk->heard[device] < office->n_said[device] && hear (office, desk, device);
        }
    }
}

/* ---- saying ---- */

static void
say (Office   *office,
     guint     device,
     KipKind   kind,
     KipId     entity,
     KipField  field,
     KipValue *value)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "test");
  KipEvent *event = kip_event_new (kind, entity, KIP_VERB_SET, field);
  guint seq = office->n_said[device] + 1;

  change->stamp->hlc = (guint64) g_rand_int_range (office->rand, 1, 1000) << 16;
  change->stamp->device = device;
  change->stamp->seq = seq;
  event->stamp = kip_stamp_ref (change->stamp);
  event->id = (KipEventId) { device, 0, seq };
  event->value = value;
  office->said[device][seq - 1] = (Said) { event, office->marks[device] };
  office->n_said[device] = office->desks[device].heard[device] = seq;
  fold (office, &office->desks[device]);
}

static void
say_key (Office *office,
         guint   device,
         guint   about,
         guint8  mark)
{
  guint8 key[KIP_MEMBER_KEY_SIZE] = { mark };

  say (office, device, KIP_KIND_MACHINE, KIP_ID_MACHINE (about), KIP_FIELD_MACHINE_KEY, kip_value_bytes (key, sizeof key));
}

static void
let_in (Office *office,
        guint   device)
{
  guint about = office->n_desks + 1;

  if (about > MAX_DESKS)
    return;
  office->n_desks = about;
  office->marks[about] = (guint8) (10 * about);
  fold (office, &office->desks[about]);
  say_key (office, device, about, office->marks[about]);
}

static KipId
person_at (guint device)
{
  return KIP_ID_MAKE (1, 100 + device);
}

static void
act (Office *office,
     guint   device)
{
  const Desk *desk = &office->desks[device];
  guint about = (guint) g_rand_int_range (office->rand, 1, (gint32) office->n_desks + 1);

  switch (g_rand_int_range (office->rand, 0, 10))
    {
    case 0:
    case 1:
      let_in (office, device);
      break;
    case 2:
    case 3:
      say (office, device, KIP_KIND_MACHINE, KIP_ID_MACHINE (about), KIP_FIELD_MACHINE_LAST, kip_value_int (desk->heard[about]));
      break;
    case 4:
      say (office, device, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_LAST, kip_value_int (G_MAXINT64));
      break;
    case 5:
      say_key (office, device, device, (guint8) (office->marks[device] + 1));
      office->marks[device]++;
      break;
    case 6:
      say (office, device, KIP_KIND_POLICY, KIP_ID_MAKE (1, 5), KIP_FIELD_NAME, kip_value_int (1));
      break;
    case 7:
      say (office, device, KIP_KIND_MACHINE, KIP_ID_MACHINE (about), KIP_FIELD_MACHINE_PERSON, kip_value_int ((gint64) person_at (about)));
      break;
    default:
      say (office, device, KIP_KIND_PERSON, person_at (about), KIP_FIELD_ROLE,
           kip_value_int (g_rand_int_range (office->rand, 0, 4) > 0 ? KIP_ROLE_MANAGER : KIP_ROLE_AGENT));
      break;
    }
}

/* Who is out, or may not say it, says it now and then. */
static void
live (Office *office)
{
  guint device = (guint) g_rand_int_range (office->rand, 1, (gint32) office->n_desks + 1);
  guint from = (guint) g_rand_int_range (office->rand, 1, (gint32) office->n_desks + 1);
  Desk *desk = &office->desks[device];

  if (g_rand_int_range (office->rand, 0, 3) > 0)
    listen (office, desk, &office->desks[from], (guint) g_rand_int_range (office->rand, 1, 12));
  else if (office->n_said[device] < MAX_SAID
           && ((kip_members_has (desk->members, device, G_MAXUINT64 - 1) && kip_members_is_manager (desk->members, device))
               || g_rand_int_range (office->rand, 0, 4) == 0))
    act (office, device);
}

/* ---- what comes of it ---- */

static char *
describe (KipMembers *members)
{
  GString *text = g_string_new (NULL);
  GPtrArray *all = kip_members_get_all (members);
  GArray *refused = kip_members_get_refused (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      g_string_append_printf (text, "%u/%" G_GINT64_FORMAT "%s:", member->device, (gint64) member->last,
                              kip_members_is_manager (members, member->device) ? "*" : "");
      for (guint j = 0; j < member->keys->len; j++)
        g_string_append_printf (text, " %u", g_array_index (member->keys, KipMemberKey, j).key[0]);
      g_string_append (text, "; ");
    }
  for (guint i = 0; i < refused->len; i++)
    g_string_append_printf (text, "%u.%" G_GUINT64_FORMAT " ", g_array_index (refused, KipEventId, i).device, g_array_index (refused, KipEventId, i).seq);
  return g_string_free (text, FALSE);
}

static void
compare_all (Office *office,
             guint32 seed)
{
  g_autofree char *expected = NULL;

  for (guint device = 0; device <= office->n_desks; device++)
    {
      g_autofree char *text = NULL;

      hear_all (office, &office->desks[device]);
      text = describe (office->desks[device].members);
      if (expected == NULL)
        expected = g_steal_pointer (&text);
      else if (strcmp (text, expected) != 0)
        g_error ("KIP_SEED=%u: desk %u has %s, another %s", seed, device, text, expected);
    }
}

static void
office_clear (Office *office)
{
  for (guint device = 0; device <= MAX_DESKS; device++)
    {
      g_clear_pointer (&office->desks[device].members, kip_members_unref);
      for (guint i = 0; i < office->n_said[device]; i++)
        kip_event_free (office->said[device][i].event);
    }
  g_rand_free (office->rand);
}

static void
try_seed (guint32 seed)
{
  Office office = { .rand = g_rand_new_with_seed (seed), .n_desks = 1, .marks = { 0, 10 } };

  fold (&office, &office.desks[0]);
  fold (&office, &office.desks[1]);
  for (guint i = 0; i < 150; i++)
    live (&office);
  compare_all (&office, seed);
  office_clear (&office);
}

static void
test_orders (void)
{
  const char *first = g_getenv ("KIP_SEED"), *n = g_getenv ("KIP_SEEDS");
  guint32 seed = first != NULL ? (guint32) g_ascii_strtoull (first, NULL, 10) : g_random_int ();
  guint seeds = n != NULL ? (guint) g_ascii_strtoull (n, NULL, 10) : SEEDS;

  g_test_message ("KIP_SEED=%u", seed);
  for (guint i = 0; i < seeds; i++)
    try_seed (seed + i);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/members/orders", test_orders);
  return g_test_run ();
}
