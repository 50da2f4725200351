/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"

#include <string.h>

/* Who joins a large office sees the newest tickets first, and can open them, while the rest comes; and in the end
 * nothing is other than if they had not been seen. */

#define TICKETS 1200
#define TEXT 4096 /* bytes of a text that cannot be made smaller by more than half */

static void
add_text (KipChange *change,
          KipId      ticket,
          GRand     *rand)
{
  GString *text = g_string_new (NULL);

  while (text->len < TEXT)
    g_string_append_printf (text, "%08x%s", g_rand_int (rand), text->len % 5 == 0 ? " " : "");
  kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_DESCRIPTION, text->str);
  g_string_free (text, TRUE);
}

/* (transfer full) of KipId */
static GArray *
fill (KipStore *store)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  GArray *tickets = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TICKETS; i++)
    {
      KipChange *change = kip_change_new (kip_store_get_me (store), "new");
      KipId id = kip_store_new_id (store);
      g_autofree char *subject = g_strdup_printf ("ticket %u", i);

      kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
      kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_URGENCY, 1 + i % 3);
      add_text (change, id, rand);
      g_ptr_array_add (changes, change);
      g_array_append_val (tickets, id);
    }
  kip_store_append_many (store, changes, &error);
  g_assert_no_error (error);
  return tickets;
}

/* Somebody who looks each time something was read. */
typedef struct
{
  KipStore *store;
  KipId     newest;
  guint     n_seen;      /* times the newest was there … */
  guint     fewest;      /* … with so few others, at the first of them */
  GCancellable *cancellable; /* (nullable) by then all ends */
} Onlooker;

static guint
count_tickets (KipStore *store)
{
  g_autoptr (KipQuery) all = kip_query_parse ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, all, KIP_SORT_NUMBER, TRUE, kip_clock_now (), NULL, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
open_newest (Onlooker *onlooker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicket) ticket = kip_store_ticket (onlooker->store, onlooker->newest, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ticket->subject, ==, "newest");
}

static void
reading_cb (guint64  read,
            guint64  size,
            gpointer data)
{
  Onlooker *onlooker = data;
  g_autoptr (GPtrArray) rows = kip_store_rows (onlooker->store, &onlooker->newest, 1, NULL);

  g_assert_nonnull (rows);
  if (g_ptr_array_index (rows, 0) == NULL)
    return;
  if (onlooker->n_seen++ == 0)
    {
      onlooker->fewest = count_tickets (onlooker->store);
      open_newest (onlooker);
      g_cancellable_cancel (onlooker->cancellable);
    }
}

static void
assert_seen_early (const Onlooker *onlooker)
{
  g_assert_cmpuint (onlooker->n_seen, >, 0);
  g_assert_cmpuint (onlooker->fewest, >=, 100);
  g_assert_cmpuint (onlooker->fewest, <, TICKETS * 3 / 4);
}

static void
assert_equal (KipStore *a,
              KipStore *b,
              GArray   *tickets)
{
  for (guint i = 0; i < tickets->len; i += 7)
    {
      g_autoptr (KipTicketRow) x = get_row (a, g_array_index (tickets, KipId, i)), y = get_row (b, g_array_index (tickets, KipId, i));

      g_assert_cmpstr (x->subject, ==, y->subject);
      g_assert_cmpint (x->number, ==, y->number);
      g_assert_cmpint (x->priority, ==, y->priority);
    }
}

/* An office with a shared file, and a machine that has joined it and read nothing yet. */
typedef struct
{
  Office  office;
  Desk    founder, colleague, reader;
  Fixture beside, joined;
  GArray *tickets; /* (owned) of KipId, by the founder */
  KipId   newest;  /* by a colleague */
} World;

static void
world_init (World *world)
{
  const KipJoining joining = { NULL, NULL, PASSPHRASE, "An", "test" };
  KipJoining own = joining;
  g_autoptr (GError) error = NULL;

  memset (world, 0, sizeof *world);
  office_init (&world->office);
  desk_open (&world->founder, world->office.founder.store);
  join_by_code (&world->office, &world->founder, &world->beside, &world->colleague, "Bình");
  world->tickets = fill (world->office.founder.store);
  settle (&world->founder);
  settle (&world->colleague);
  world->newest = add_ticket (world->beside.store, "newest", KIP_INSTANT_NONE);
  settle (&world->colleague);
  settle (&world->founder);
  world->joined.dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  own.path = world->office.path;
  kip_sharing_join (world->joined.dir, &own, NULL, &error);
  g_assert_no_error (error);
  world->joined.store = kip_store_open (world->joined.dir, &error);
  g_assert_no_error (error);
  desk_open (&world->reader, world->joined.store);
}

static void
world_clear (World *world)
{
  desk_clear (&world->reader);
  fixture_clear (&world->joined);
  desk_clear (&world->colleague);
  fixture_clear (&world->beside);
  desk_clear (&world->founder);
  g_array_unref (world->tickets);
  office_clear (&world->office);
}

static Onlooker
look_on (World *world)
{
  return (Onlooker) { .store = world->reader.store, .newest = world->newest };
}

static void
assert_all_here (World *world)
{
  g_assert_cmpuint (count_tickets (world->reader.store), ==, TICKETS + 1);
  assert_equal (world->office.founder.store, world->reader.store, world->tickets);
  assert_rebuilds_same (world->reader.store);
  assert_whole (world->reader.store);
}

static void
test_looking (void)
{
  World world;
  Onlooker onlooker;

  world_init (&world);
  onlooker = look_on (&world);
  kip_sync_engine_set_reading (world.reader.engine, reading_cb, &onlooker);
  settle (&world.reader);
  assert_seen_early (&onlooker);
  assert_all_here (&world);
  world_clear (&world);
}

/* The program ends when the newest tickets are shown, and begins again. */
static void
test_interrupted (void)
{
  World world;
  Onlooker onlooker;
  KipSyncRound round;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  world_init (&world);
  onlooker = look_on (&world);
  onlooker.cancellable = cancellable;
  kip_sync_engine_set_reading (world.reader.engine, reading_cb, &onlooker);
  g_assert_false (kip_sync_engine_settle (world.reader.engine, &round, NULL, NULL, &problem, cancellable, &error));
  g_assert_nonnull (error);
  assert_seen_early (&onlooker);
  reopen (&world.joined, &world.reader);
  settle (&world.reader);
  assert_all_here (&world);
  world_clear (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-early/looking", test_looking);
  g_test_add_func ("/sync-early/interrupted", test_interrupted);
  return g_test_run ();
}
