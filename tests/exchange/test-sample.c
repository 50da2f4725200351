/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import-fixture.h"
#include "kip-clock.h"
#include "kip-sample-words.h"
#include "kip-sample.h"

/* A Friday at work, a Sunday night, the days of Tết, the first minute of a day. */
static const char *const moments[] = {
  "2026-11-20T16:30:00+07:00 x0.000001",
  "2026-11-22T23:10:00+07:00 x0.000001",
  "2026-02-17T09:00:00+07:00 x0.000001",
  "2026-03-09T08:00:00+07:00 x0.000001",
};

static void
office_init (Fixture    *fixture,
             const char *language,
             const char *clock)
{
  KipOfficeSetup setup = { "Office", "Robin", language, NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_clock_set (clock));
  fixture->dir = g_dir_make_tmp ("kip-sample-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = kip_store_create (fixture->dir, &setup, &error);
  g_assert_no_error (error);
  kip_sample_fill (fixture->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static guint
count (KipStore   *store,
       const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
assert_between (const char *what,
                guint       n,
                guint       least,
                guint       most)
{
  if (n < least || n > most)
    g_error ("%s: %u, not within %u and %u", what, n, least, most);
}

/* ---- lively ---- */

typedef struct
{
  guint reopened, surveys, works, paused, merged_or_child, vip, late, by_me, conversations, resolved, first_contact, handed_over;
} Life;

static gboolean
was_reopened (const KipTicket *ticket)
{
  gboolean resolved = FALSE;

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      KipPhase phase = g_array_index (ticket->statuses, KipStatusSpan, i).phase;

      if (resolved && kip_phase_is_open (phase))
        return TRUE;
      resolved = !kip_phase_is_open (phase);
    }
  return FALSE;
}

static gboolean
was_paused (const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->statuses->len; i++)
    if (g_array_index (ticket->statuses, KipStatusSpan, i).pause != KIP_PAUSE_NONE)
      return TRUE;
  return FALSE;
}

/* Solved with the first answer by whom it came to, and for good. */
static gboolean
was_first_contact (const KipTicket *ticket)
{
  guint answers = ticket->on_line;

  for (guint i = 0; i < ticket->messages->len; i++)
    {
      KipMessageKind kind = g_array_index (ticket->messages, KipMessage, i).kind;

      answers += kind == KIP_MESSAGE_REPLY || kind == KIP_MESSAGE_CALL;
    }
  return answers == 1 && ticket->assignees->len <= 1 && ticket->teams->len <= 1 && !was_reopened (ticket);
}

static void
note_life (Life               *life,
           const KipTicket    *ticket,
           const KipTicketRow *row,
           KipId               me)
{
  life->reopened += was_reopened (ticket);
  life->paused += was_paused (ticket);
  life->surveys += ticket->surveys->len > 0;
  life->works += ticket->works->len > 0;
  life->merged_or_child += ticket->parent != KIP_ID_NONE || ticket->merged_into != KIP_ID_NONE;
  life->vip += row->vip;
  life->late += row->clocks[KIP_CLOCK_RESOLUTION].state == KIP_CLOCK_MISSED;
  life->by_me += ticket->assignee == me;
  life->conversations += ticket->messages->len >= 2;
  life->handed_over += ticket->teams->len > 1;
  if (!kip_phase_is_open (row->phase))
    {
      life->resolved++;
      life->first_contact += was_first_contact (ticket);
    }
}

static void
live (KipStore *store,
      Life     *life)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, NULL);
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &g_array_index (ids, KipId, 0), ids->len, NULL);

  memset (life, 0, sizeof *life);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicket) ticket = kip_store_ticket (store, g_array_index (ids, KipId, i), NULL);

      note_life (life, ticket, rows->pdata[i], kip_store_get_me (store));
    }
}

static void
check_life (KipStore *store)
{
  Life life;

  live (store, &life);
  assert_between ("reopened", life.reopened, 6, 60);
  assert_between ("of a hundred solved at first contact", life.first_contact * 100 / life.resolved, 40, 60);
  assert_between ("handed over", life.handed_over, 8, 60);
  assert_between ("paused", life.paused, 60, 300);
  assert_between ("surveys", life.surveys, 90, 250);
  assert_between ("work logs", life.works, 100, 330);
  assert_between ("parts of others", life.merged_or_child, 3, 12);
  assert_between ("of VIPs", life.vip, 10, 120);
  assert_between ("resolved late", life.late, 15, 110);
  assert_between ("mine", life.by_me, 40, 200);
  assert_between ("conversations", life.conversations, 160, 420);
}

static gboolean
is_member (const KipPerson *person,
           KipId            team)
{
  for (guint i = 0; i < person->teams->len; i++)
    if (g_array_index (person->teams, KipId, i) == team)
      return TRUE;
  return FALSE;
}

/* Every agent is of a team, and every team is of several. */
static void
check_teams (KipOffice *office)
{
  GPtrArray *agents = kip_office_get_agents (office);
  GPtrArray *teams = kip_office_get_teams (office);

  for (guint i = 0; i < agents->len; i++)
    g_assert_cmpuint (((KipPerson *) agents->pdata[i])->teams->len, >, 0);
  for (guint i = 0; i < teams->len; i++)
    {
      KipId team = ((KipTeam *) teams->pdata[i])->id;
      guint members = 0;

      for (guint j = 0; j < agents->len; j++)
        members += is_member (agents->pdata[j], team);
      assert_between ("members of a team", members, 2, 5);
    }
}

static void
check_office (KipStore *store)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);

  g_assert_cmpuint (kip_office_get_people (office)->len, ==, 41); /* and Robin */
  g_assert_cmpuint (kip_office_get_agents (office)->len, ==, 5);
  assert_between ("teams", kip_office_get_teams (office)->len, 3, 3);
  check_teams (office);
  assert_between ("assets", kip_office_get_assets (office)->len, 20, 60);
  assert_between ("tickets", count (store, ""), 380, 420);
  assert_between ("open", count (store, "is:open"), 25, 75);
  assert_between ("unassigned", count (store, "is:open agent:none"), 4, 15);
  assert_between ("waiting", count (store, "is:waiting"), 8, 45);
  assert_between ("overdue", count (store, "is:open is:overdue"), 3, 22);
}

/* Something falls due within the hour of work that comes. */
static void
check_due (KipStore *store)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  KipInstant now = kip_clock_now ();
  KipInstant until = kip_calendar_add (kip_agreements_get_office_calendar (agreements), now, 3600);
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_DUE, FALSE, now, NULL, NULL);
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &g_array_index (ids, KipId, 0), MIN (ids->len, 60), NULL);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const KipTicketRow *row = rows->pdata[i];

      n += row->next_due != KIP_INSTANT_NONE && row->next_due > now && row->next_due <= until;
    }
  assert_between ("due within the hour", n, 4, 25);
}

/* Nothing has happened yet that lies ahead. */
static void
check_past (KipStore *store)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_UPDATED, TRUE, kip_clock_now (), NULL, NULL);
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &g_array_index (ids, KipId, 0), ids->len, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const KipTicketRow *row = rows->pdata[i];

      g_assert_cmpint (row->updated, <=, kip_clock_now ());
      g_assert_cmpint (row->received, >, kip_clock_now () - 100 * KIP_MS_PER_DAY);
      g_assert_true (*row->subject != '\0' && strpbrk (row->subject, "{|}") == NULL);
    }
}

static void
test_lively (gconstpointer data)
{
  const char *const *which = data;
  Fixture fixture;

  office_init (&fixture, which[0], which[1]);
  check_office (fixture.store);
  check_life (fixture.store);
  check_due (fixture.store);
  check_past (fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* The same clock, the same sample. */
static void
test_same (void)
{
  Fixture one, two;
  g_autofree char *a = NULL, *b = NULL;

  office_init (&one, "en", moments[0]);
  office_init (&two, "en", moments[0]);
  for (guint i = 1; i <= 400; i += 57)
    {
      g_autofree char *key = g_strdup_printf ("A-%u", i);

      g_free (a);
      g_free (b);
      a = tell_ticket (one.store, key);
      b = tell_ticket (two.store, key);
      g_assert_nonnull (a);
      g_assert_cmpstr (a, ==, b);
    }
  fixture_clear (&one);
  fixture_clear (&two);
}

/* ---- the words ---- */

/* Nothing that is said at random may be missing. */
static void
check_lists (const KipSampleWords *words)
{
  const char *const *const lists[] = {
    words->rooms, words->teams, words->openings, words->thanks, words->chasers, words->agains, words->sorries, words->solved,
    words->closings, words->calls, words->happy, words->unhappy, words->works, words->gear[KIP_SAMPLE_COMPUTER],
    words->gear[KIP_SAMPLE_PRINTER], words->gear[KIP_SAMPLE_NETWORK], words->gear[KIP_SAMPLE_ROOM_GEAR],
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_true (lists[i] != NULL && lists[i][0] != NULL && lists[i][1] != NULL);
  g_assert_true (words->mail_domain != NULL && words->business != NULL && words->same != NULL && words->outage != NULL);
}

static void
check_words (const KipSampleWords *words)
{
  g_autoptr (GHashTable) mails = g_hash_table_new (g_str_hash, g_str_equal);
  guint agents = 0, vips = 0;

  check_lists (words);
  g_assert_true (words->outage != NULL && words->goals[0] != NULL && words->goals[1] != NULL);
  g_assert_cmpuint (words->n_people, ==, 40);
  for (guint i = 0; i < words->n_people; i++)
    {
      g_assert_true (words->people[i].name != NULL && words->people[i].call != NULL && words->people[i].department != NULL);
      g_assert_true (g_hash_table_add (mails, (char *) words->people[i].mail));
      agents += words->people[i].weight == 0;
      vips += words->people[i].vip;
    }
  g_assert_cmpuint (agents, ==, 4);
  assert_between ("VIPs", vips, 3, 6);
  for (guint i = 0; i < words->n_issues; i++)
    {
      const KipSampleIssue *issue = &words->issues[i];

      g_assert_true (issue->subjects != NULL && issue->story != NULL && issue->reply != NULL);
      g_assert_true (issue->cause != NULL && issue->done != NULL && issue->weight > 0);
      g_assert_true ((issue->question == NULL) == (issue->answer == NULL));
      g_assert_true (issue->gear != KIP_SAMPLE_NOTHING || strstr (issue->subjects, "{asset}") == NULL);
    }
}

static void
test_words (void)
{
  check_words (kip_sample_words ("en"));
  check_words (kip_sample_words ("vi"));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (void)
{
  Fixture fixture;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  kip_sample_fill_async (fixture.store, NULL, NULL, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (kip_sample_fill_finish (fixture.store, result, &error));
  g_assert_no_error (error);
  assert_between ("tickets", count (fixture.store, ""), 380, 420);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const char *which[2 * G_N_ELEMENTS (moments)][2];

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (which); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sample/lively/%s/%.16s", i % 2 == 0 ? "en" : "vi", moments[i / 2]);

      which[i][0] = i % 2 == 0 ? "en" : "vi";
      which[i][1] = moments[i / 2];
      g_test_add_data_func (path, which[i], test_lively);
    }
  g_test_add_func ("/sample/same", test_same);
  g_test_add_func ("/sample/words", test_words);
  g_test_add_func ("/sample/async", test_async);
  return g_test_run ();
}
