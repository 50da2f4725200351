/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

/* Random work on a small office: whatever was done, folding everything again gives
 * the same bytes, and undoing it backwards gives the state before. */

#define TICKETS 8
#define STEPS 60
#define ROUNDS 6

typedef struct
{
  Fixture   fixture;
  KipStore *store;
  GRand    *rand; /* (owned) */
  KipId     tickets[TICKETS];
  KipId     people[3];
  KipInstant now;
} Play;

static const char *const words[] = { "máy in", "đường dây", "VPN", "mật khẩu", "màn hình", "" };
static const char *const statuses[] = { "new", "open", "waiting-requester", "waiting-supplier", "scheduled", "resolved", "closed" };

static guint
pick (Play *play,
      guint n)
{
  return (guint) g_rand_int_range (play->rand, 0, (gint32) n);
}

/* Time goes on by up to three hours. */
static void
move_clock (Play *play)
{
  g_autofree char *iso = NULL;
  g_autofree char *text = NULL;

  play->now += g_rand_int_range (play->rand, 0, 180) * KIP_MS_PER_MINUTE;
  iso = kip_instant_to_iso (play->now);
  text = g_strconcat (iso, " x0.000001", NULL);
  g_assert_true (kip_clock_set (text));
}

/* A tag put on and taken off in one change is no change: there would be nothing to undo. */
static gboolean
has_tagged (KipChange *change,
            KipId      ticket)
{
  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);

      if (event->field == KIP_FIELD_TAGS && event->entity == ticket)
        return TRUE;
    }
  return FALSE;
}

static void
add_to_change (Play      *play,
               KipChange *change)
{
  KipId ticket = play->tickets[pick (play, TICKETS)];
  const KipStatus *status;
  guint what = pick (play, 12);

  if ((what == 6 || what == 7) && has_tagged (change, ticket))
    what = 11;
  switch (what)
    {
    case 0:
      kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, words[pick (play, G_N_ELEMENTS (words))]);
      break;
    case 1:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ASSIGNEE, pick (play, 2) ? (gint64) play->people[pick (play, 3)] : 0);
      break;
    case 2:
    case 3:
    case 4:
      status = kip_office_status_by_key (kip_store_get_office (play->store), statuses[pick (play, G_N_ELEMENTS (statuses))]);
      kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
      break;
    case 5:
      kip_change_add_message (change, ticket, (KipMessageKind) (1 + pick (play, 5)), words[pick (play, G_N_ELEMENTS (words))]);
      break;
    case 6:
      kip_change_add (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (words[pick (play, 5)]));
      break;
    case 7:
      kip_change_remove (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (words[pick (play, 5)]));
      break;
    case 8:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, pick (play, 2) ? KIP_FIELD_URGENCY : KIP_FIELD_IMPACT, 1 + pick (play, 3));
      break;
    case 9:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_MERGED_INTO,
                          pick (play, 2) ? (gint64) play->tickets[pick (play, TICKETS)] : 0);
      break;
    case 10:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_REQUESTER, (gint64) play->people[pick (play, 3)]);
      break;
    default:
      kip_change_set_int (change, KIP_KIND_PERSON, play->people[pick (play, 3)], KIP_FIELD_VIP, pick (play, 2));
      break;
    }
}

static KipReceipt
do_something (Play *play)
{
  KipChange *change = kip_change_new (kip_store_get_me (play->store), "edit");
  guint n = 1 + pick (play, 3);

  for (guint i = 0; i < n; i++)
    add_to_change (play, change);
  return append (play->store, change);
}

static void
play_init (Play   *play,
           guint32 seed)
{
  play->rand = g_rand_new_with_seed (seed);
  fixture_init (&play->fixture);
  play->store = play->fixture.store;
  play->now = kip_clock_now ();
  for (guint i = 0; i < 3; i++)
    play->people[i] = add_person (play->store, words[i], FALSE);
  for (guint i = 0; i < TICKETS; i++)
    play->tickets[i] = add_ticket (play->store, words[i % 5], KIP_INSTANT_NONE);
}

static void
play_clear (Play *play)
{
  fixture_clear (&play->fixture);
  g_rand_free (play->rand);
}

/* ---- what can be seen of it ---- */

static void
describe_clock (GString        *out,
                const KipClock *clock)
{
  g_string_append_printf (out, " %d/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          clock->state, clock->due, clock->used, clock->paused);
}

static void
describe_ticket (GString  *out,
                 KipStore *store,
                 KipId     id)
{
  g_autoptr (KipTicketRow) row = get_row (store, id);
  g_autoptr (KipTicket) ticket = kip_store_ticket (store, id, NULL);

  g_string_append_printf (out, "%s|%" G_GUINT64_FORMAT "|%" G_GUINT64_FORMAT "|%d|%d|%d|%u|%" G_GINT64_FORMAT "|%" G_GUINT64_FORMAT "|%d",
                          row->subject, row->assignee, row->requester, row->phase, row->pause, row->priority,
                          row->n_messages, row->received, row->merged_into, row->vip);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    describe_clock (out, &row->clocks[i]);
  for (guint i = 0; i < ticket->tags->len; i++)
    g_string_append_printf (out, " %s", (char *) g_ptr_array_index (ticket->tags, i));
  g_string_append_c (out, '\n');
}

static char *
describe (Play *play)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < TICKETS; i++)
    describe_ticket (out, play->store, play->tickets[i]);
  return g_string_free (out, FALSE);
}

/* ---- properties ---- */

static guint32
next_seed (void)
{
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return seed;
}

static void
test_rebuild (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      GArray *receipts = g_array_new (FALSE, FALSE, sizeof (KipReceipt));
      Play play;

      play_init (&play, next_seed ());
      for (guint i = 0; i < STEPS; i++)
        {
          KipReceipt receipt;

          move_clock (&play);
          if (receipts->len > 0 && pick (&play, 5) == 0)
            {
              const KipReceipt *old = &g_array_index (receipts, KipReceipt, pick (&play, receipts->len));

              /* It may have been undone or overwritten already. */
              if (!kip_store_undo (play.store, old->device, old->seq, &receipt, NULL))
                continue;
            }
          else
            {
              receipt = do_something (&play);
            }
          if (receipt.seq != 0)
            g_array_append_val (receipts, receipt);
        }
      assert_rebuilds_same (play.store);
      assert_whole (play.store);
      fixture_reopen (&play.fixture);
      assert_rebuilds_same (play.fixture.store);
      g_array_unref (receipts);
      play_clear (&play);
    }
}

/* Says only what differs. */
static void
assert_same_state (Play       *play,
                   const char *before,
                   const char *doing,
                   guint       i)
{
  g_autofree char *now = describe (play);
  g_auto (GStrv) a = g_strsplit (before, "\n", -1);
  g_auto (GStrv) b = g_strsplit (now, "\n", -1);

  for (guint j = 0; j < TICKETS; j++)
    if (g_strcmp0 (a[j], b[j]) != 0)
      g_error ("%s step %u, ticket %u:\n  was %s\n  is  %s", doing, i, j + 1, a[j], b[j]);
}

/* Only a step of which nothing was seen may be refused: it put a tag on and took it off again. */
static KipReceipt
undo_step (Play       *play,
           KipReceipt  step,
           const char *before,
           const char *after)
{
  g_autoptr (GError) error = NULL;
  KipReceipt undone = { 0 };

  if (!kip_store_undo (play->store, step.device, step.seq, &undone, &error))
    {
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CONFLICT);
      g_assert_cmpstr (before, ==, after);
    }
  return undone;
}

/* Backwards, step by step; then forwards again by undoing the undos. */
static void
test_undo (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      KipReceipt done[20], undone[20];
      g_autofree char *states[21] = { NULL };
      Play play;

      play_init (&play, next_seed ());
      for (guint i = 0; i < 30; i++)
        do_something (&play);
      for (guint i = 0; i < 20; i++)
        {
          move_clock (&play);
          states[i] = describe (&play);
          do
            done[i] = do_something (&play);
          while (done[i].seq == 0);
        }
      states[20] = describe (&play);
      for (guint i = 20; i > 0; i--)
        {
          undone[i - 1] = undo_step (&play, done[i - 1], states[i - 1], states[i]);
          assert_same_state (&play, states[i - 1], "undoing", i);
        }
      for (guint i = 0; i < 20; i++)
        {
          if (undone[i].seq != 0)
            undo (play.store, undone[i]);
          assert_same_state (&play, states[i + 1], "redoing", i);
        }
      for (guint i = 0; i < 20; i++)
        g_clear_pointer (&states[i], g_free);
      g_clear_pointer (&states[20], g_free);
      assert_rebuilds_same (play.store);
      play_clear (&play);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/rebuild", test_rebuild);
  g_test_add_func ("/property/undo", test_undo);
  return g_test_run ();
}
