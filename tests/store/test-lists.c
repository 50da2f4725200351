/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"
#include "kip-text.h"

#include <string.h>

/* What SQL lists is what matches in memory, ticket by ticket, for every kind of
 * question; and every order is the one that it says. */

#define TICKETS 60

typedef struct
{
  KipTicketRow *row;    /* (owned) */
  KipTicket    *ticket; /* (owned) */
  char         *text;   /* (owned) folded, all of it */
  char         *subject, *cause, *department, *tags, *external; /* (owned) folded */
} Known;

typedef struct
{
  Fixture    fixture;
  KipStore  *store;
  GRand     *rand; /* (owned) */
  GPtrArray *known; /* (owned) of Known */
  KipInstant now;
} Office;

/* ---- an office with some of everything ---- */

static const char *const words[] = { "máy in", "Đường dây", "VPN", "mật khẩu", "màn hình đen", "print jam" };
static const char *const statuses[] = { "new", "open", "waiting-requester", "waiting-supplier", "scheduled", "resolved", "closed" };

static guint
pick (Office *office,
      guint   n)
{
  return (guint) g_rand_int_range (office->rand, 0, (gint32) n);
}

static const char *
pick_word (Office *office)
{
  return words[pick (office, G_N_ELEMENTS (words))];
}

static KipId
add_department_person (KipStore   *store,
                       const char *name,
                       const char *department,
                       gboolean    vip)
{
  KipId id = add_person (store, name, vip);
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  if (department != NULL)
    kip_change_set_text (change, KIP_KIND_PERSON, id, KIP_FIELD_DEPARTMENT, department);
  kip_change_set_int (change, KIP_KIND_PERSON, id, KIP_FIELD_ROLE, KIP_ROLE_AGENT);
  append (store, change);
  return id;
}

static KipId
pick_category (Office *office)
{
  GPtrArray *categories = kip_office_get_categories (kip_store_get_office (office->store));

  return ((KipCategory *) g_ptr_array_index (categories, pick (office, categories->len)))->id;
}

static void
add_maybe (Office    *office,
           KipChange *change,
           KipId      ticket,
           KipField   field,
           gint64     number)
{
  if (pick (office, 3) > 0)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, field, number);
}

static void
fill_ticket (Office      *office,
             KipId        ticket,
             const KipId *people,
             KipId        other)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->store), "edit");
  const KipStatus *status = kip_office_status_by_key (kip_store_get_office (office->store),
                                                      statuses[pick (office, G_N_ELEMENTS (statuses))]);

  kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
  add_maybe (office, change, ticket, KIP_FIELD_REQUESTER, (gint64) people[pick (office, 4)]);
  add_maybe (office, change, ticket, KIP_FIELD_ASSIGNEE, (gint64) people[pick (office, 4)]);
  add_maybe (office, change, ticket, KIP_FIELD_CATEGORY, (gint64) pick_category (office));
  add_maybe (office, change, ticket, KIP_FIELD_CHANNEL, 1 + pick (office, 5));
  add_maybe (office, change, ticket, KIP_FIELD_IMPACT, 1 + pick (office, 3));
  add_maybe (office, change, ticket, KIP_FIELD_URGENCY, 1 + pick (office, 3));
  if (pick (office, 6) == 0)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, pick (office, 2) ? KIP_FIELD_DELETED : KIP_FIELD_SPAM, 1);
  if (pick (office, 8) == 0)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_MERGED_INTO, (gint64) other);
  if (pick (office, 6) == 0)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_PARENT, (gint64) other);
  if (pick (office, 6) == 0)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_DUE, office->now + 3 * KIP_MS_PER_HOUR);
  if (pick (office, 3) == 0)
    kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_EXTERNAL, pick (office, 2) ? "INC-0007" : "Đơn 8");
  if (pick (office, 3) == 0)
    kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_CAUSE, pick (office, 2) ? "Hỏng hoặc hao mòn" : "Wrong setting");
  append (office->store, change);
}

static KipValue *
map_of (gint64      number,
        const char *text)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, 1, kip_value_int (number));
  kip_value_put (map, 2, kip_value_text (text));
  return map;
}

static void
work_on_ticket (Office *office,
                KipId   ticket)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->store), "reply");

  if (pick (office, 2) == 0)
    kip_change_add (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (pick (office, 2) ? "Gấp" : "mạng lan"));
  if (pick (office, 2) == 0)
    kip_change_add_message (change, ticket, (KipMessageKind) (1 + pick (office, 4)), pick_word (office));
  if (pick (office, 3) == 0)
    kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_WORK, map_of (600 * (1 + pick (office, 9)), pick_word (office)));
  if (pick (office, 4) == 0)
    kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SURVEY, map_of (1 + pick (office, 5), NULL));
  append (office->store, change);
}

static void
set_clock (Office *office)
{
  g_autofree char *iso = kip_instant_to_iso (office->now);
  g_autofree char *text = g_strconcat (iso, " x0.000001", NULL);

  g_assert_true (kip_clock_set (text));
}

/* ---- what is known of each ticket ---- */

static char *
fold_or_empty (const char *text)
{
  return kip_text_fold (text);
}

static void
add_line (GString    *out,
          const char *text)
{
  g_autofree char *folded = kip_text_fold (text);

  g_string_append_printf (out, "%s\n", folded);
}

static void
add_entity_text (Office    *office,
                 GString   *out,
                 KipEntity *entity)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (office->store),
                                               (KipId) kip_entity_get_int (entity, KIP_FIELD_REQUESTER, 0));
  g_autofree char *number = kip_ticket_number_format (kip_entity_get_int (entity, KIP_FIELD_NUMBER, 0));
  g_autoptr (GPtrArray) tags = kip_entity_get_set (entity, KIP_FIELD_TAGS);

  add_line (out, kip_entity_get_text (entity, KIP_FIELD_SUBJECT));
  add_line (out, number);
  add_line (out, kip_entity_get_text (entity, KIP_FIELD_EXTERNAL));
  add_line (out, kip_entity_get_text (entity, KIP_FIELD_CAUSE));
  add_line (out, person != NULL ? person->name : NULL);
  add_line (out, person != NULL ? person->department : NULL);
  for (guint i = 0; i < tags->len; i++)
    add_line (out, kip_value_get_text (g_ptr_array_index (tags, i)));
}

/* What stands in a ticket that was merged into this one is found here too. */
static char *
all_text (Office *office,
          Known  *known)
{
  GString *out = g_string_new (NULL);
  const KipTicket *ticket = known->ticket;

  add_entity_text (office, out, ticket->entity);
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    add_entity_text (office, out, g_ptr_array_index (ticket->merged, i));
  for (guint i = 0; i < ticket->messages->len; i++)
    add_line (out, g_array_index (ticket->messages, KipMessage, i).text);
  for (guint i = 0; i < ticket->works->len; i++)
    add_line (out, g_array_index (ticket->works, KipWork, i).note);
  return g_string_free (out, FALSE);
}

static char *
join_tags (const KipTicket *ticket)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ticket->tags->len; i++)
    {
      g_autofree char *folded = kip_text_fold (g_ptr_array_index (ticket->tags, i));

      g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", folded);
    }
  return g_string_free (out, FALSE);
}

static Known *
known_new (Office *office,
           KipId   id)
{
  Known *known = g_new0 (Known, 1);
  const KipPerson *person;

  known->row = get_row (office->store, id);
  known->ticket = kip_store_ticket (office->store, id, NULL);
  person = kip_office_person (kip_store_get_office (office->store), known->ticket->requester);
  known->text = all_text (office, known);
  known->subject = fold_or_empty (known->ticket->subject);
  known->cause = fold_or_empty (known->ticket->cause);
  known->external = fold_or_empty (known->ticket->external);
  known->department = fold_or_empty (person != NULL ? person->department : NULL);
  known->tags = join_tags (known->ticket);
  return known;
}

static void
known_free (gpointer data)
{
  Known *known = data;

  kip_ticket_row_unref (known->row);
  kip_ticket_unref (known->ticket);
  g_free (known->text);
  g_free (known->subject);
  g_free (known->cause);
  g_free (known->external);
  g_free (known->department);
  g_free (known->tags);
  g_free (known);
}

static void
office_init (Office *office)
{
  guint32 seed = (guint32) g_test_rand_int ();
  KipId people[4], ids[TICKETS];

  g_test_message ("seed %u", seed);
  office->rand = g_rand_new_with_seed (seed);
  fixture_init (&office->fixture);
  office->store = office->fixture.store;
  office->now = kip_clock_now ();
  people[0] = add_department_person (office->store, "Trần Thị Lan", "Kế toán", TRUE);
  people[1] = add_department_person (office->store, "Nguyễn Văn Hùng", NULL, FALSE);
  people[2] = add_department_person (office->store, "Anna Meier", "Sales", FALSE);
  people[3] = kip_store_get_me (office->store);
  for (guint i = 0; i < TICKETS; i++)
    {
      office->now += g_rand_int_range (office->rand, 0, 90) * KIP_MS_PER_MINUTE;
      set_clock (office);
      ids[i] = add_ticket (office->store, pick_word (office), KIP_INSTANT_NONE);
      fill_ticket (office, ids[pick (office, i + 1)], people, ids[pick (office, i + 1)]);
      work_on_ticket (office, ids[pick (office, i + 1)]);
    }
  office->now += 2 * KIP_MS_PER_HOUR;
  set_clock (office);
  kip_store_save_draft (office->store, ids[5], "reply", "…");
  fixture_reopen (&office->fixture);
  office->store = office->fixture.store;
  office->known = g_ptr_array_new_with_free_func (known_free);
  for (guint i = 0; i < TICKETS; i++)
    g_ptr_array_add (office->known, known_new (office, ids[i]));
}

static void
office_clear (Office *office)
{
  g_ptr_array_unref (office->known);
  g_rand_free (office->rand);
  fixture_clear (&office->fixture);
}

/* ---- matching in memory ---- */

static gint64
or_none (gint64 number)
{
  return number != 0 ? number : KIP_QUERY_NO_INT;
}

static gint64
state_of (const Office *office,
          const Known  *known,
          KipClockKind  kind)
{
  const KipClock *clock = &known->row->clocks[kind];
  KipClockReading reading;

  kip_clock_read (clock, kip_store_get_agreements (office->store), office->now, &reading);
  if ((clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED) && reading.late)
    return KIP_QUERY_CLOCK_MISSED;
  return clock->state;
}

static gint64
sum_of_work (const KipTicket *ticket)
{
  gint64 sum = 0;

  for (guint i = 0; i < ticket->works->len; i++)
    sum += g_array_index (ticket->works, KipWork, i).seconds;
  return sum;
}

static gint64
last_survey (const KipTicket *ticket)
{
  guint n = ticket->surveys->len;

  return n > 0 ? g_array_index (ticket->surveys, KipSurvey, n - 1).score : 0;
}

static gint64
get_int (gconstpointer ticket,
         KipQueryField field,
         gpointer      data)
{
  const Known *known = ticket;
  const KipTicketRow *row = known->row;

  switch ((guint) field)
    {
    case KIP_QUERY_STATUS: return or_none ((gint64) row->status);
    case KIP_QUERY_PHASE: return row->phase;
    case KIP_QUERY_PRIORITY: return row->priority;
    case KIP_QUERY_IMPACT: return known->ticket->impact;
    case KIP_QUERY_URGENCY: return known->ticket->urgency;
    case KIP_QUERY_AGENT: return or_none ((gint64) row->assignee);
    case KIP_QUERY_TEAM: return or_none ((gint64) row->team);
    case KIP_QUERY_REQUESTER: return or_none ((gint64) row->requester);
    case KIP_QUERY_CATEGORY: return or_none ((gint64) row->category);
    case KIP_QUERY_CHANNEL: return or_none (row->channel);
    case KIP_QUERY_ASSET: return or_none ((gint64) known->ticket->asset);
    case KIP_QUERY_RECEIVED: return row->received;
    case KIP_QUERY_DUE: return row->next_due;
    case KIP_QUERY_UPDATED: return row->updated;
    case KIP_QUERY_RESOLVED: return row->resolved;
    case KIP_QUERY_CLOSED: return row->closed;
    case KIP_QUERY_WORK: return or_none (sum_of_work (known->ticket));
    case KIP_QUERY_SURVEY: return or_none (last_survey (known->ticket));
    case KIP_QUERY_RESPONSE: return state_of (data, known, KIP_CLOCK_RESPONSE);
    case KIP_QUERY_UPDATE: return state_of (data, known, KIP_CLOCK_UPDATE);
    case KIP_QUERY_RESOLUTION: return state_of (data, known, KIP_CLOCK_RESOLUTION);
    default: g_error ("asked for field %d", field);
    }
}

static const char *
get_text (gconstpointer ticket,
          KipQueryField field,
          gpointer      data)
{
  const Known *known = ticket;

  switch ((guint) field)
    {
    case KIP_QUERY_TEXT: return known->text;
    case KIP_QUERY_SUBJECT: return known->subject;
    case KIP_QUERY_CAUSE: return known->cause;
    case KIP_QUERY_DEPARTMENT: return known->department;
    case KIP_QUERY_TAG: return known->tags;
    case KIP_QUERY_EXTERNAL: return known->external;
    default: g_error ("asked for the text of field %d", field);
    }
}

static gboolean
was_reopened (const KipTicket *ticket)
{
  gboolean done = FALSE;

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      gboolean open = kip_phase_is_open (g_array_index (ticket->statuses, KipStatusSpan, i).phase);

      if (open && done)
        return TRUE;
      done = !open;
    }
  return FALSE;
}

static gboolean
has_children (const Office *office,
              const Known  *known)
{
  for (guint i = 0; i < office->known->len; i++)
    if (((Known *) g_ptr_array_index (office->known, i))->row->parent == known->row->id)
      return TRUE;
  return FALSE;
}

static gboolean
is_overdue (const Office *office,
            const Known  *known)
{
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    {
      KipClockState state = known->row->clocks[i].state;

      if ((state == KIP_CLOCK_RUNNING || state == KIP_CLOCK_PAUSED)
          && state_of (office, known, (KipClockKind) i) == KIP_QUERY_CLOCK_MISSED)
        return TRUE;
    }
  return FALSE;
}

static gboolean
get_flag (gconstpointer ticket,
          KipQueryFlag  flag,
          gpointer      data)
{
  const Known *known = ticket;
  const KipTicketRow *row = known->row;
  Office *office = data;

  switch ((guint) flag)
    {
    case KIP_QUERY_FLAG_OVERDUE: return is_overdue (office, known);
    case KIP_QUERY_FLAG_PAUSED: return row->pause != KIP_PAUSE_NONE;
    case KIP_QUERY_FLAG_VIP: return row->vip;
    case KIP_QUERY_FLAG_CONFLICT: return row->conflict;
    case KIP_QUERY_FLAG_MERGED: return row->merged_into != KIP_ID_NONE;
    case KIP_QUERY_FLAG_REOPENED: return was_reopened (known->ticket);
    case KIP_QUERY_FLAG_ANSWERED: return row->first_response != KIP_INSTANT_NONE;
    case KIP_QUERY_FLAG_UNANSWERED: return row->unanswered;
    case KIP_QUERY_FLAG_CHILD: return row->parent != KIP_ID_NONE;
    case KIP_QUERY_FLAG_PARENT: return has_children (office, known);
    case KIP_QUERY_FLAG_DRAFT: return known == g_ptr_array_index (office->known, 5);
    case KIP_QUERY_FLAG_BY_HAND: return known->ticket->due_by_hand != KIP_INSTANT_NONE;
    case KIP_QUERY_FLAG_SPAM: return row->spam;
    case KIP_QUERY_FLAG_DELETED: return row->deleted;
    case KIP_QUERY_FLAG_ATTACHMENT: return row->n_attachments > 0;
    default: g_error ("asked for flag %d", flag);
    }
}

static gint64
get_number (gconstpointer ticket,
            gpointer      data)
{
  return ((const Known *) ticket)->row->number;
}

/* ---- questions ---- */

static const char *const queries[] = {
  "", "may", "may in", "\"màn hình\"", "in may", "vpn or print", "-vpn", "-may -print", "not (vpn or may)", "a-7", "7", "b7",
  "is:open", "is:new", "is:waiting", "is:resolved", "is:closed", "-is:open", "status:open", "status:waiting,scheduled",
  "status!=open", "priority:high", "priority>=high", "priority<normal", "impact:high", "urgency:low",
  "agent:me", "agent:none", "agent:any", "agent:hùng", "-agent:lan", "team:none", "requester:anna", "requester:none",
  "department:\"kế toán\"", "department:none", "department:any", "-department:sales", "category:none", "category:phan",
  "tag:gap", "tag:\"mạng lan\"", "tag:man*", "tag:none", "-tag:any", "channel:phone", "channel:mail,chat", "channel:none",
  "subject:may", "subject:\"đường dây\"", "subject:may in:x", "asset:none", "cause:hong", "cause:none", "-cause:any",
  "number:a-7", "number:12", "external:inc-0007", "external:don*", "external:none",
  "received:today", "received:this-week", "received<2h", "received:2026-03-09", "received>1d", "-received:today",
  "due<2h", "due:today", "due:none", "due:any", "-due<1d", "due:tomorrow", "updated<1h", "updated:today", "resolved:today",
  "resolved:none", "closed:any", "closed:today", "age>1d", "age<8h", "work>20m", "work:none", "work>=1h", "survey:5",
  "survey<3", "survey:any", "sla:missed", "sla:met", "sla:running", "sla:paused", "sla:off", "response:missed",
  "response:met", "update:running", "resolution:paused", "resolution:missed", "-sla:missed", "is:overdue", "-is:overdue",
  "is:paused", "is:vip", "is:conflict", "is:merged", "is:reopened", "is:answered", "is:unanswered", "is:child", "is:parent",
  "has:draft", "is:by-hand", "is:spam", "is:deleted", "has:attachment", "has:work", "has:survey", "is:mine", "is:unassigned",
  "is:open agent:me may", "(is:open or is:spam) vpn", "may or is:deleted", "is:merged or is:open", "is:open -may priority:normal",
  "is:open due<1d or agent:lan", "may -is:open", "lan vpn", "is:deleted is:spam", "vpn or number:3", "-(is:open may)",
};

static gboolean
is_listed (GArray *ids,
           KipId   id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, KipId, i) == id)
      return TRUE;
  return FALSE;
}

static guint
count_one (Office   *office,
           KipQuery *query)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GArray) counts = NULL;

  g_ptr_array_add (one, query);
  counts = kip_store_count (office->store, one, office->now, NULL, NULL);
  return g_array_index (counts, guint, 0);
}

static void
ask (Office     *office,
     const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (kip_store_get_agreements (office->store)));
  g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, kip_store_get_resolver (office->store), office->now, zone);
  const KipQueryAccess access = { get_int, get_text, get_flag, get_number, office };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (office->store, query, KIP_SORT_DUE, FALSE, office->now, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < office->known->len; i++)
    {
      const Known *known = g_ptr_array_index (office->known, i);
      gboolean matches = kip_query_matches (plan, &access, known);

      n += matches ? 1 : 0;
      if (matches != is_listed (ids, known->row->id))
        {
          g_autofree char *meaning = kip_query_test_to_text (plan->root);

          g_error ("“%s” (%s): A-%u matches: %s, is listed: %s\n%s", text, meaning, i + 1,
                   matches ? "yes" : "no", matches ? "no" : "yes", known->text);
        }
    }
  g_assert_cmpuint (ids->len, ==, n);
  g_assert_cmpuint (count_one (office, query), ==, n);
}

static void
test_queries (void)
{
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    ask (&office, queries[i]);
  office_clear (&office);
}

/* ---- orders ---- */

static gint64
rank_in (GPtrArray *things,
         KipId      id)
{
  for (guint i = 0; i < things->len; i++)
    if (*(KipId *) g_ptr_array_index (things, i) == id)
      return i;
  return G_MAXINT64;
}

static gint64
due_rank (const KipTicketRow *row)
{
  if (!kip_phase_is_open (row->phase))
    return 3;
  if (row->next_due != KIP_INSTANT_NONE)
    return 0;
  return row->clocks[row->next_clock].state == KIP_CLOCK_PAUSED ? 1 : 2;
}

/* What a row is sorted by; G_MAXINT64: empty, comes last. */
static gint64
key_of (Office             *office,
        const KipTicketRow *row,
        KipSort             sort)
{
  KipOffice *names = kip_store_get_office (office->store);

  switch (sort)
    {
    case KIP_SORT_NUMBER: return row->number;
    case KIP_SORT_REQUESTER: return rank_in (kip_office_get_people (names), row->requester);
    case KIP_SORT_ASSIGNEE: return rank_in (kip_office_get_people (names), row->assignee);
    case KIP_SORT_TEAM: return rank_in (kip_office_get_teams (names), row->team);
    case KIP_SORT_CATEGORY: return rank_in (kip_office_get_categories (names), row->category);
    case KIP_SORT_STATUS: return rank_in (kip_office_get_statuses (names), row->status);
    case KIP_SORT_PRIORITY: return row->priority;
    case KIP_SORT_RECEIVED: return row->received;
    case KIP_SORT_UPDATED: return row->updated;
    case KIP_SORT_RESOLVED: return row->resolved != KIP_INSTANT_NONE ? row->resolved : G_MAXINT64;
    case KIP_SORT_DUE: return due_rank (row);
    case KIP_SORT_SUBJECT:
    default: return 0;
    }
}

/* Among those that run, by deadline; of the finished, the last first. */
static void
assert_due_order (const KipTicketRow *a,
                  const KipTicketRow *b)
{
  if (due_rank (a) != due_rank (b))
    return;
  if (due_rank (a) == 0)
    g_assert_cmpint (a->next_due, <=, b->next_due);
  if (due_rank (a) == 3)
    g_assert_cmpint (a->resolved, >=, b->resolved);
}

static void
assert_order (Office             *office,
              const KipTicketRow *a,
              const KipTicketRow *b,
              KipSort             sort,
              gboolean            descending)
{
  gint64 x = key_of (office, a, sort), y = key_of (office, b, sort);
  g_autofree char *folded_a = kip_text_fold (a->subject);
  g_autofree char *folded_b = kip_text_fold (b->subject);

  if (x == G_MAXINT64 || y == G_MAXINT64)
    g_assert_cmpint (x, <=, y);
  else if (descending)
    g_assert_cmpint (x, >=, y);
  else
    g_assert_cmpint (x, <=, y);
  if (sort == KIP_SORT_DUE)
    assert_due_order (descending ? b : a, descending ? a : b);
  if (sort == KIP_SORT_SUBJECT)
    g_assert_cmpint (strcmp (folded_a, folded_b) * (descending ? -1 : 1), <=, 0);
}

static void
check_order (Office     *office,
             const char *text,
             KipSort     sort,
             gboolean    descending)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GArray) ids = kip_store_list (office->store, query, sort, descending, office->now, NULL, NULL);
  g_autoptr (GPtrArray) rows = kip_store_rows (office->store, (const KipId *) (gpointer) ids->data, ids->len, NULL);

  for (guint i = 1; i < rows->len; i++)
    assert_order (office, g_ptr_array_index (rows, i - 1), g_ptr_array_index (rows, i), sort, descending);
}

static void
test_orders (void)
{
  static const char *const some[] = { "", "is:open", "may", "-may", "is:deleted or is:open" };
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    for (guint sort = KIP_SORT_DUE; sort <= KIP_SORT_RESOLVED; sort++)
      {
        check_order (&office, some[i], (KipSort) sort, FALSE);
        check_order (&office, some[i], (KipSort) sort, TRUE);
      }
  office_clear (&office);
}

/* Two keys in the query itself. */
static void
test_sort_in_query (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("sort:priority,-number");
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  Office office;

  office_init (&office);
  ids = kip_store_list (office.store, query, KIP_SORT_SUBJECT, FALSE, office.now, NULL, NULL);
  rows = kip_store_rows (office.store, (const KipId *) (gpointer) ids->data, ids->len, NULL);
  g_assert_cmpuint (rows->len, >, 10);
  for (guint i = 1; i < rows->len; i++)
    {
      const KipTicketRow *a = g_ptr_array_index (rows, i - 1), *b = g_ptr_array_index (rows, i);

      g_assert_cmpint (a->priority, <=, b->priority);
      if (a->priority == b->priority)
        g_assert_cmpint (a->number, >, b->number);
    }
  office_clear (&office);
}

/* ---- how a list begins ---- */

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/* (transfer full) (nullable) */
static GArray *
list_first (Office     *office,
            const char *text,
            KipSort     sort,
            gboolean    descending,
            guint       n)
{
  g_autoptr (KipQuery) query = text != NULL ? kip_query_parse (text) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  kip_store_list_first_async (office->store, query, sort, descending, office->now, n, NULL, take_result, &result);
  wait_until (has_result, &result);
  ids = kip_store_list_finish (office->store, result, &error);
  g_assert_no_error (error);
  return ids;
}

/* Whether @row has what @sort goes by; every ticket has the rest. */
static gboolean
has_value (const KipTicketRow *row,
           KipSort             sort)
{
  switch (sort)
    {
    case KIP_SORT_REQUESTER:
      return row->requester != 0;
    case KIP_SORT_ASSIGNEE:
      return row->assignee != 0;
    case KIP_SORT_TEAM:
      return row->team != 0;
    case KIP_SORT_CATEGORY:
      return row->category != 0;
    case KIP_SORT_RESOLVED:
      return row->resolved != KIP_INSTANT_NONE;
    default:
      return TRUE;
    }
}

static guint
count_values (Office *office,
              GArray *ids,
              KipSort sort)
{
  guint n = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (office->store, g_array_index (ids, KipId, i));

      n += has_value (row, sort);
    }
  return n;
}

/* In every order it is how the whole list begins; where fewer have what the order goes by, it is not said. */
static void
test_beginnings (void)
{
  Office office;

  office_init (&office);
  for (guint i = 0; i < 2 * (KIP_SORT_RESOLVED + 1); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) all = kip_store_list (office.store, NULL, i / 2, i % 2, office.now, NULL, &error);
      g_autoptr (GArray) first = list_first (&office, NULL, i / 2, i % 2, 7);

      g_assert_no_error (error);
      g_assert_cmpint (first != NULL, ==, count_values (&office, all, i / 2) >= 7);
      if (first == NULL)
        continue;
      g_assert_cmpuint (first->len, ==, 7);
      for (guint k = 0; k < first->len; k++)
        g_assert_cmpuint (g_array_index (first, KipId, k), ==, g_array_index (all, KipId, k));
    }
  g_assert_null (list_first (&office, "is:open", KIP_SORT_DUE, FALSE, 7));
  g_assert_null (list_first (&office, "vpn", KIP_SORT_DUE, FALSE, 7));
  g_assert_null (list_first (&office, NULL, KIP_SORT_DUE, FALSE, 10 * TICKETS));
  office_clear (&office);
}

/* ---- why a row is there ---- */

static void
assert_excerpt (KipStore   *store,
                KipId       id,
                const char *text,
                const char *expected)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autofree char *excerpt = kip_store_excerpt (store, id, query);

  g_assert_cmpstr (excerpt, ==, expected);
}

static void
test_excerpt (void)
{
  Fixture fixture;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "VPN chậm", KIP_INSTANT_NONE);
  add_message (fixture.store, id, KIP_MESSAGE_INCOMING, "Từ sáng tới giờ máy in\nở tầng hai bị kẹt giấy liên tục, mực cũng nhòe hết cả");
  assert_excerpt (fixture.store, id, "vpn", NULL);
  assert_excerpt (fixture.store, id, "ket", "…tầng hai bị \1kẹt\2 giấy liên tục, mực cũng nhòe hết cả");
  assert_excerpt (fixture.store, id, "may gi", "Từ sáng tới \1giờ\2 \1máy\2 in ở tầng hai bị kẹt \1giấy\2 liên tục, mực cũng nhòe hết cả");
  assert_excerpt (fixture.store, id, "nothing", NULL);
  assert_excerpt (fixture.store, id, "is:open", NULL);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/queries", test_queries);
  g_test_add_func ("/lists/orders", test_orders);
  g_test_add_func ("/lists/sort-in-query", test_sort_in_query);
  g_test_add_func ("/lists/beginnings", test_beginnings);
  g_test_add_func ("/lists/excerpt", test_excerpt);
  return g_test_run ();
}
