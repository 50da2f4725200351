/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "big-office.h"

#include "kip-clock.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* Changes with what is made, so that an older one is not taken for it. */
#define EDITION 3

#define NOW "2026-11-20T10:00:00+07:00"
#define DAYS 730

/* As many as the real log has, or fewer in a small office. */
#define N_AGENTS 200
#define N_TEAMS 70
#define N_CATEGORIES 53
#define TICKETS_A_REQUESTER 5
#define MAX_REQUESTERS 5000

KipInstant
big_office_now (void)
{
  KipInstant now = 0;

  kip_instant_parse (NOW, NULL, &now);
  return now;
}

/* ---- words ---- */

static const char *const words[] = {
  "máy", "in", "mạng", "không", "được", "lỗi", "phòng", "tầng", "màn", "hình", "mật", "khẩu", "đăng", "nhập",
  "kế", "toán", "phần", "mềm", "thư", "mục", "chung", "gửi", "nhận", "chậm", "treo", "kẹt", "giấy", "mực",
  "bàn", "phím", "chuột", "điện", "thoại", "đường", "dây", "tài", "khoản", "quyền", "truy", "cập", "cài", "đặt",
  "printer", "jam", "offline", "vpn", "drops", "slow", "network", "password", "reset", "locked", "account",
  "outlook", "excel", "laptop", "screen", "black", "wifi", "meeting", "room", "projector", "scanner", "driver",
  "update", "install", "license", "server", "file", "share", "permission", "denied", "backup", "restore", "virus",
  "since", "yesterday", "again", "urgent", "please", "help", "cannot", "open", "print", "send", "receive", "login",
};

/* The first words are common and the last rare, as in any language. */
static const char *
pick_word (GRand *rand)
{
  guint n = G_N_ELEMENTS (words);
  guint a = (guint) g_rand_int_range (rand, 0, (gint32) n), b = (guint) g_rand_int_range (rand, 0, (gint32) n);

  return words[MIN (a, b)];
}

/* Rare words, as names and serial numbers are, among the common ones. */
static char *
make_text (GRand *rand,
           guint  n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      if (g_rand_int_range (rand, 0, 12) == 0)
        g_string_append_printf (text, "%c%c%04d", 'a' + g_rand_int_range (rand, 0, 26), 'a' + g_rand_int_range (rand, 0, 26),
                                g_rand_int_range (rand, 0, 10000));
      else
        g_string_append (text, pick_word (rand));
    }
  return g_string_free (text, FALSE);
}

/* ---- people and lists ---- */

typedef struct
{
  KipStore *store;
  GRand    *rand;  /* (owned) */
  guint     n_tickets;
  KipInstant now;
  GArray   *agents, *teams, *categories, *requesters; /* (owned) of KipId */
  GPtrArray *changes; /* (owned) of KipChange, to be appended */
} Maker;

static void
flush (Maker *maker)
{
  g_autoptr (GError) error = NULL;

  if (maker->changes->len > 0 && !kip_store_append_many (maker->store, maker->changes, &error))
    g_error ("the office cannot be made: %s", error->message);
  maker->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
}

/* Change-sets a transaction. */
#define PIECE 4000

static KipChange *
add_change (Maker      *maker,
            KipId       author,
            const char *action,
            KipInstant  at)
{
  KipChange *change;

  if (maker->changes->len >= PIECE)
    flush (maker);
  change = kip_change_new (author, action);
  change->stamp->at = at;
  g_ptr_array_add (maker->changes, change);
  return change;
}

static GArray *
add_named (Maker      *maker,
           KipKind     kind,
           guint       n,
           const char *name,
           KipInstant  at)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < n; i++)
    {
      KipId id = kip_store_new_id (maker->store);
      KipChange *change = add_change (maker, kip_store_get_me (maker->store), "settings", at);
      g_autofree char *text = make_text (maker->rand, 2);
      g_autofree char *full = g_strdup_printf ("%s %s %u", name, text, i + 1);

      kip_change_set_text (change, kind, id, KIP_FIELD_NAME, full);
      if (kind == KIP_KIND_PERSON && i < N_AGENTS)
        kip_change_set_int (change, kind, id, KIP_FIELD_ROLE, name[0] == 'A' ? KIP_ROLE_AGENT : KIP_ROLE_REQUESTER);
      g_array_append_val (ids, id);
    }
  return ids;
}

/* The real log's shares: a few have most. */
static KipId
pick_skewed (Maker  *maker,
             GArray *ids)
{
  guint n = ids->len;
  guint at = (guint) g_rand_int_range (maker->rand, 0, (gint32) n);

  for (guint i = 0; i < 2; i++)
    at = MIN (at, (guint) g_rand_int_range (maker->rand, 0, (gint32) n));
  return g_array_index (ids, KipId, at);
}

/* ---- tickets ---- */

static void
set_status (Maker      *maker,
            KipChange  *change,
            KipId       ticket,
            const char *key)
{
  const KipStatus *status = kip_office_status_by_key (kip_store_get_office (maker->store), key);

  kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
}

/* 94 of 100 are of normal priority. */
static int
pick_urgency (Maker *maker)
{
  gint32 share = g_rand_int_range (maker->rand, 0, 100);

  return share < 3 ? KIP_LEVEL_HIGH : share < 97 ? KIP_LEVEL_MEDIUM : KIP_LEVEL_LOW;
}

static void
open_ticket (Maker     *maker,
             KipId      id,
             KipInstant at)
{
  KipChange *change = add_change (maker, pick_skewed (maker, maker->agents), "new", at);
  g_autofree char *subject = make_text (maker->rand, (guint) g_rand_int_range (maker->rand, 3, 8));
  g_autofree char *text = make_text (maker->rand, (guint) g_rand_int_range (maker->rand, 10, 40));

  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_DESCRIPTION, text);
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_REQUESTER, (gint64) pick_skewed (maker, maker->requesters));
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_CATEGORY, (gint64) pick_skewed (maker, maker->categories));
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_URGENCY, pick_urgency (maker));
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_CHANNEL, KIP_CHANNEL_PHONE);
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_TEAM, (gint64) pick_skewed (maker, maker->teams));
  set_status (maker, change, id, "new");
}

static void
work_on_ticket (Maker     *maker,
                KipId      id,
                KipInstant at)
{
  KipId agent = pick_skewed (maker, maker->agents);
  KipChange *change = add_change (maker, agent, "reply", at);
  g_autofree char *text = make_text (maker->rand, (guint) g_rand_int_range (maker->rand, 10, 40));

  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_ASSIGNEE, (gint64) agent);
  kip_change_add_message (change, id, KIP_MESSAGE_REPLY, text);
  set_status (maker, change, id, g_rand_int_range (maker->rand, 0, 10) < 3 ? "waiting-requester" : "open");
}

static void
finish_ticket (Maker     *maker,
               KipId      id,
               KipInstant at)
{
  KipChange *change = add_change (maker, pick_skewed (maker, maker->agents), "resolve", at);

  set_status (maker, change, id, "resolved");
  if (at + 5 * KIP_MS_PER_DAY > maker->now)
    return;
  change = add_change (maker, KIP_ID_NONE, "edit", at + 5 * KIP_MS_PER_DAY);
  set_status (maker, change, id, "closed");
}

/* Half are done within a day and a half, one of ten takes two weeks and more. */
static gint64
pick_duration (Maker *maker)
{
  gint64 hours = 1 + g_rand_int_range (maker->rand, 0, 12);

  while (hours < 60 * 24 && g_rand_int_range (maker->rand, 0, 100) < 75)
    hours *= 2;
  return hours * KIP_MS_PER_HOUR;
}

static void
make_ticket (Maker *maker,
             guint  i)
{
  KipId id = kip_store_new_id (maker->store);
  KipInstant received = maker->now - DAYS * KIP_MS_PER_DAY + (gint64) (i + 1) * (DAYS * KIP_MS_PER_DAY / maker->n_tickets) - KIP_MS_PER_MINUTE;
  KipInstant done = received + pick_duration (maker);
  guint steps = 1;

  open_ticket (maker, id, received);
  while (steps < 6 && g_rand_int_range (maker->rand, 0, 100) < 45)
    steps++;
  for (guint step = 1; step <= steps; step++)
    {
      KipInstant at = received + (done - received) * step / (steps + 1);

      if (at < maker->now && g_rand_int_range (maker->rand, 0, 100) < 97)
        work_on_ticket (maker, id, at);
    }
  if (done < maker->now)
    finish_ticket (maker, id, done);
}

static void
make_office (Maker *maker)
{
  KipInstant begin = maker->now - (DAYS + 1) * KIP_MS_PER_DAY;
  guint n_requesters = CLAMP (maker->n_tickets / TICKETS_A_REQUESTER, 20, MAX_REQUESTERS);

  maker->teams = add_named (maker, KIP_KIND_TEAM, N_TEAMS, "Team", begin);
  maker->categories = add_named (maker, KIP_KIND_CATEGORY, N_CATEGORIES, "Category", begin);
  maker->agents = add_named (maker, KIP_KIND_PERSON, N_AGENTS, "Agent", begin);
  maker->requesters = add_named (maker, KIP_KIND_PERSON, n_requesters, "Requester", begin);
  flush (maker);
  for (guint i = 0; i < maker->n_tickets; i++)
    make_ticket (maker, i);
  flush (maker);
}

static void
maker_clear (Maker *maker)
{
  g_array_unref (maker->teams);
  g_array_unref (maker->categories);
  g_array_unref (maker->agents);
  g_array_unref (maker->requesters);
  g_ptr_array_unref (maker->changes);
  g_rand_free (maker->rand);
}

static void
make_in (const char *dir,
         guint       n_tickets)
{
  static const KipOfficeSetup setup = { "Big office", "Me", "vi", NULL, NULL };
  g_autoptr (GError) error = NULL;
  Maker maker = { .n_tickets = n_tickets, .now = big_office_now () };
  gint64 begin = g_get_monotonic_time ();

  maker.store = kip_store_create (dir, &setup, &error);
  if (maker.store == NULL)
    g_error ("the office cannot be made: %s", error->message);
  maker.rand = g_rand_new_with_seed (20261120);
  maker.changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  make_office (&maker);
  maker_clear (&maker);
  kip_store_close (maker.store);
  g_object_unref (maker.store);
  g_printerr ("made an office of %u tickets in %.1f s\n", n_tickets, (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
}

char *
big_office_dir (guint n_tickets)
{
  const char *set = g_getenv ("KIP_BENCH_DIR");
  g_autofree char *top = set != NULL ? g_strdup (set) : g_build_filename (g_get_user_cache_dir (), "kip-bench", NULL);
  g_autofree char *name = g_strdup_printf ("office-%u-%d", n_tickets, EDITION);
  g_autofree char *dir = g_build_filename (top, name, NULL);
  g_autofree char *part = g_strconcat (dir, ".part", NULL);

  if (kip_store_exists (dir))
    return g_steal_pointer (&dir);
  if (g_mkdir_with_parents (top, 0700) != 0)
    g_error ("%s cannot be made", top);
  if (kip_store_exists (part))
    g_error ("%s is half made: remove it", part);
  kip_clock_set (NOW " x0.000001");
  make_in (part, n_tickets);
  if (g_rename (part, dir) != 0)
    g_error ("%s cannot be renamed", part);
  return g_steal_pointer (&dir);
}

KipStore *
big_office_open (guint n_tickets)
{
  g_autofree char *dir = big_office_dir (n_tickets);
  g_autoptr (GError) error = NULL;
  KipStore *store;

  kip_clock_set (NOW " x0.000001");
  store = kip_store_open (dir, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}
