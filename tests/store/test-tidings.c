/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shared-office.h"

#include "kip-clock.h"
#include "kip-tiding.h"

#include <string.h>

/* What each machine tells whoever sits at it, when the others' change-sets come. */

typedef struct
{
  Office office;
  KipId  ticket;
} Desks;

static void
catch_up (Office *office)
{
  g_autoptr (GBytes) mark = g_bytes_new_static ("1", 1);

  for (guint i = 0; i < MACHINES; i++)
    g_assert_true (kip_store_set_share_state (office->stores[i], KIP_STATE_CAUGHT_UP, mark, NULL));
}

static void
desks_init (Desks *desks)
{
  office_init (&desks->office, 1);
  desks->ticket = add_ticket (desks->office.stores[0], "máy in", KIP_INSTANT_NONE);
  exchange_all (&desks->office);
  catch_up (&desks->office);
}

/* Member by member: nothing says what lies between them. */
static void
assert_same_tiding (const KipTiding *a,
                    const KipTiding *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->at, ==, b->at);
  g_assert_cmpint (a->entity_kind, ==, b->entity_kind);
  g_assert_cmpint (a->entity, ==, b->entity);
  g_assert_true (kip_event_id_equal (&a->event, &b->event));
  g_assert_cmpint (a->clock, ==, b->clock);
  g_assert_cmpint (a->before, ==, b->before);
  g_assert_cmpint (a->after, ==, b->after);
  g_assert_cmpint (a->who, ==, b->who);
  g_assert_cmpint (a->happened, ==, b->happened);
  g_assert_cmpint (a->field, ==, b->field);
  g_assert_cmpint (a->detail, ==, b->detail);
}

/* A rebuild leaves what was noted alone, and finds nothing changed. */
static void
desks_clear (Desks *desks)
{
  for (guint i = 0; i < MACHINES; i++)
    {
      g_autoptr (GArray) before = kip_store_tidings (desks->office.stores[i], KIP_KIND_TICKET, desks->ticket, NULL, NULL);
      g_autoptr (GArray) after = NULL;

      assert_rebuilds_same (desks->office.stores[i]);
      after = kip_store_tidings (desks->office.stores[i], KIP_KIND_TICKET, desks->ticket, NULL, NULL);
      g_assert_cmpuint (before->len, ==, after->len);
      for (guint j = 0; j < before->len; j++)
        assert_same_tiding (&g_array_index (before, KipTiding, j), &g_array_index (after, KipTiding, j));
      assert_whole (desks->office.stores[i]);
    }
  office_clear (&desks->office);
}

static KipId
person_at (Desks *desks,
           guint  desk)
{
  return kip_store_get_me (desks->office.stores[desk]);
}

static void
give (Desks *desks,
      guint  desk,
      KipId  person)
{
  set_int (desks->office.stores[desk], desks->ticket, KIP_FIELD_ASSIGNEE, (gint64) person);
}

static GArray *
take (Desks *desks,
      guint  desk)
{
  g_autoptr (GError) error = NULL;
  GArray *tidings = kip_store_take_tidings (desks->office.stores[desk], &error);

  g_assert_no_error (error);
  return tidings;
}

static void
assert_nothing (Desks *desks,
                guint  desk)
{
  g_autoptr (GArray) tidings = take (desks, desk);

  g_assert_cmpuint (tidings->len, ==, 0);
}

static void
assert_assigned (Desks *desks,
                 guint  desk,
                 KipId  mine,
                 KipId  holder,
                 KipId  who)
{
  g_autoptr (GArray) tidings = take (desks, desk);
  g_autoptr (GArray) kept = kip_store_tidings (desks->office.stores[desk], KIP_KIND_TICKET, desks->ticket, NULL, NULL);
  const KipTiding *tiding = &g_array_index (tidings, KipTiding, 0);

  g_assert_cmpuint (tidings->len, ==, 1);
  g_assert_cmpint (tiding->kind, ==, KIP_TIDING_ASSIGNED);
  g_assert_cmpuint (tiding->entity, ==, desks->ticket);
  g_assert_cmpuint (tiding->before, ==, mine);
  g_assert_cmpuint (tiding->after, ==, holder);
  g_assert_cmpuint (tiding->who, ==, who);
  g_assert_cmpuint (tiding->event.device, ==, desk + 1);
  g_assert_cmpuint (kept->len, ==, 1);
}

/* ---- whose it is ---- */

static void
test_assigned (void)
{
  Desks desks;
  g_autoptr (KipTicketRow) row = NULL;
  KipId an, binh, holder;

  desks_init (&desks);
  an = person_at (&desks, 1);
  binh = person_at (&desks, 2);
  give (&desks, 1, an);
  give (&desks, 2, binh);
  exchange_all (&desks.office);
  row = get_row (desks.office.stores[0], desks.ticket);
  holder = row->assignee;
  g_assert_true (holder == an || holder == binh);
  assert_assigned (&desks, 1, an, holder, binh);
  assert_assigned (&desks, 2, binh, holder, an);
  assert_nothing (&desks, 0);
  /* Told once: neither the same again, nor what settles it, nor the next opening tells it anew. */
  exchange_all (&desks.office);
  give (&desks, 0, an);
  exchange_all (&desks.office);
  for (guint i = 0; i < MACHINES; i++)
    assert_nothing (&desks, i);
  desks_clear (&desks);
}

/* One after the other, and both the same, is nothing to tell. */
static void
test_no_rivals (void)
{
  Desks desks;

  desks_init (&desks);
  give (&desks, 1, person_at (&desks, 1));
  exchange_all (&desks.office);
  give (&desks, 2, person_at (&desks, 2));
  exchange_all (&desks.office);
  give (&desks, 1, person_at (&desks, 1));
  give (&desks, 2, person_at (&desks, 1));
  exchange_all (&desks.office);
  for (guint i = 0; i < MACHINES; i++)
    assert_nothing (&desks, i);
  desks_clear (&desks);
}

/* Who reads an office for the first time hears of none of its past. */
static void
test_newcomer (void)
{
  Desks desks;

  office_init (&desks.office, 1);
  desks.ticket = add_ticket (desks.office.stores[0], "máy in", KIP_INSTANT_NONE);
  exchange_all (&desks.office);
  give (&desks, 1, person_at (&desks, 1));
  give (&desks, 2, person_at (&desks, 2));
  exchange_all (&desks.office);
  for (guint i = 0; i < MACHINES; i++)
    assert_nothing (&desks, i);
  desks_clear (&desks);
}

/* ---- what was promised ---- */

static void
at (const char *time)
{
  g_autofree char *text = g_strdup_printf ("2026-03-09T%s:00+07:00 x0.000001", time);

  g_assert_true (kip_clock_set (text));
}

static void
assert_judged (Desks       *desks,
               guint        desk,
               KipClockKind clock,
               KipJudgement before,
               KipJudgement after,
               KipField     field,
               KipId        who)
{
  g_autoptr (GArray) tidings = kip_store_tidings (desks->office.stores[desk], KIP_KIND_TICKET, desks->ticket, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < tidings->len; i++)
    {
      const KipTiding *tiding = &g_array_index (tidings, KipTiding, i);

      if (tiding->clock != clock)
        continue;
      n++;
      g_assert_cmpint (tiding->kind, ==, KIP_TIDING_JUDGED);
      g_assert_cmpint (tiding->before, ==, before);
      g_assert_cmpint (tiding->after, ==, after);
      g_assert_cmpuint (tiding->field, ==, field);
      g_assert_cmpuint (tiding->who, ==, who);
    }
  g_assert_cmpuint (n, ==, before != after);
  assert_nothing (desks, desk);
}

/* A pause of 9:40 that comes when the deadline has passed: not broken after all.  Answered here at 16:00,
 * as was told; then it comes that somebody had answered in time. */
static void
test_judged (void)
{
  Desks desks;
  KipStore *late;

  desks_init (&desks);
  late = desks.office.stores[1];
  at ("08:10");
  add_message (late, desks.ticket, KIP_MESSAGE_REPLY, "đang xem");
  set_status (late, desks.ticket, "waiting-supplier");
  at ("16:00");
  add_message (desks.office.stores[0], desks.ticket, KIP_MESSAGE_REPLY, "xin lỗi vì chậm");
  exchange (late, desks.office.stores[0]);
  assert_judged (&desks, 0, KIP_CLOCK_RESPONSE, KIP_JUDGEMENT_BROKEN, KIP_JUDGEMENT_KEPT, KIP_FIELD_MESSAGE, person_at (&desks, 1));
  exchange_all (&desks.office);
  /* The one that had answered knew so all the time, the third one heard both at once. */
  assert_judged (&desks, 1, KIP_CLOCK_RESPONSE, KIP_JUDGEMENT_KEPT, KIP_JUDGEMENT_KEPT, 0, KIP_ID_NONE);
  desks_clear (&desks);
}

static void
test_paused (void)
{
  Desks desks;
  KipStore *late;

  desks_init (&desks);
  late = desks.office.stores[1];
  at ("08:10");
  set_status (late, desks.ticket, "waiting-requester");
  kip_clock_set ("2026-04-20T16:00:00+07:00 x0.000001");
  exchange (late, desks.office.stores[0]);
  assert_judged (&desks, 0, KIP_CLOCK_RESOLUTION, KIP_JUDGEMENT_BROKEN, KIP_JUDGEMENT_NONE, KIP_FIELD_STATUS, person_at (&desks, 1));
  desks_clear (&desks);
}

/* ---- what does not count ---- */

static void
put_out (Desks *desks,
         guint  desk)
{
  KipStore *manager = desks->office.stores[0];
  g_autoptr (GArray) holdings = kip_store_holdings (manager, NULL);
  KipChange *change = kip_change_new (kip_store_get_me (manager), "remove");
  gint64 last = 0;

  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == desk + 1)
      last = (gint64) g_array_index (holdings, KipHolding, i).seq;
  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (desk + 1), KIP_FIELD_MACHINE_LAST, last);
  append (manager, change);
}

static void
test_put_out (void)
{
  Desks desks;
  g_autoptr (GArray) tidings = NULL;
  g_autoptr (GPtrArray) events = NULL;

  desks_init (&desks);
  put_out (&desks, 1);
  set_text (desks.office.stores[1], desks.ticket, KIP_FIELD_SUBJECT, "máy in tầng 2");
  exchange (desks.office.stores[0], desks.office.stores[1]);
  tidings = take (&desks, 1);
  g_assert_cmpuint (tidings->len, ==, 1);
  g_assert_cmpint (g_array_index (tidings, KipTiding, 0).kind, ==, KIP_TIDING_PUT_OUT);
  g_assert_cmpuint (g_array_index (tidings, KipTiding, 0).entity, ==, desks.ticket);
  events = kip_store_refused_events (desks.office.stores[1], KIP_KIND_TICKET, desks.ticket, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (kip_value_get_text (((KipEvent *) g_ptr_array_index (events, 0))->value), ==, "máy in tầng 2");
  assert_nothing (&desks, 1);
  desks_clear (&desks);
}

/* Who was a manager when it was written and is not by what came. */
static void
test_refused (void)
{
  Desks desks;
  KipStore *founder, *other;
  KipId an;
  g_autoptr (GArray) tidings = NULL;

  desks_init (&desks);
  founder = desks.office.stores[0];
  other = desks.office.stores[1];
  an = person_at (&desks, 1);
  {
    KipChange *change = kip_change_new (kip_store_get_me (founder), "settings");

    kip_change_set_int (change, KIP_KIND_PERSON, an, KIP_FIELD_ROLE, KIP_ROLE_MANAGER);
    append (founder, change);
  }
  exchange_all (&desks.office);
  {
    KipChange *change = kip_change_new (kip_store_get_me (founder), "settings");

    kip_change_set_int (change, KIP_KIND_PERSON, an, KIP_FIELD_ROLE, KIP_ROLE_AGENT);
    append (founder, change);
  }
  {
    KipChange *change = kip_change_new (an, "settings");

    kip_change_set_text (change, KIP_KIND_POLICY, kip_store_new_id (other), KIP_FIELD_NAME, "nhanh");
    append (other, change);
  }
  exchange_all (&desks.office);
  tidings = take (&desks, 1);
  g_assert_cmpuint (tidings->len, ==, 1);
  g_assert_cmpint (g_array_index (tidings, KipTiding, 0).kind, ==, KIP_TIDING_REFUSED);
  g_assert_cmpint (g_array_index (tidings, KipTiding, 0).entity_kind, ==, KIP_KIND_POLICY);
  assert_nothing (&desks, 0);
  desks_clear (&desks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidings/assigned", test_assigned);
  g_test_add_func ("/tidings/no-rivals", test_no_rivals);
  g_test_add_func ("/tidings/newcomer", test_newcomer);
  g_test_add_func ("/tidings/judged", test_judged);
  g_test_add_func ("/tidings/paused", test_paused);
  g_test_add_func ("/tidings/put-out", test_put_out);
  g_test_add_func ("/tidings/refused", test_refused);
  return g_test_run ();
}
