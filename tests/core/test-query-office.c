/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "kip-change.h"
#include "kip-query-complete.h"
#include "kip-query-office.h"

/* ---- an office made by hand ---- */

typedef struct
{
  KipKind     kind;
  KipId       id;
  KipField    field;
  gint64      number; /* of fields that are no texts */
  const char *text;
} Fact;

enum { LAN = 11, MINH, HOA, DESK = 21, NET = 31, WIFI, CABLES, OLD, PARTS = 41, PRINTER = 51 };

static const Fact facts[] = {
  { KIP_KIND_PERSON, LAN, KIP_FIELD_NAME, 0, "Trần Thị Lan" },
  { KIP_KIND_PERSON, LAN, KIP_FIELD_PHONE, 0, "0903 123 456" },
  { KIP_KIND_PERSON, LAN, KIP_FIELD_MAIL, 0, "lan@example.com" },
  { KIP_KIND_PERSON, MINH, KIP_FIELD_NAME, 0, "Nguyễn Văn Minh" },
  { KIP_KIND_PERSON, MINH, KIP_FIELD_ROLE, KIP_ROLE_AGENT, NULL },
  { KIP_KIND_PERSON, HOA, KIP_FIELD_NAME, 0, "Lê Hoa" },
  { KIP_KIND_PERSON, HOA, KIP_FIELD_ROLE, KIP_ROLE_AGENT, NULL },
  { KIP_KIND_PERSON, HOA, KIP_FIELD_DELETED, 1, NULL },
  { KIP_KIND_TEAM, DESK, KIP_FIELD_NAME, 0, "Service desk" },
  { KIP_KIND_CATEGORY, NET, KIP_FIELD_NAME, 0, "Network" },
  { KIP_KIND_CATEGORY, WIFI, KIP_FIELD_NAME, 0, "Wi-Fi" },
  { KIP_KIND_CATEGORY, WIFI, KIP_FIELD_CATEGORY_PARENT, NET, NULL },
  { KIP_KIND_CATEGORY, CABLES, KIP_FIELD_NAME, 0, "Access points" },
  { KIP_KIND_CATEGORY, CABLES, KIP_FIELD_CATEGORY_PARENT, WIFI, NULL },
  { KIP_KIND_CATEGORY, OLD, KIP_FIELD_NAME, 0, "Fax" },
  { KIP_KIND_STATUS, PARTS, KIP_FIELD_NAME, 0, "Chờ linh kiện" },
  { KIP_KIND_STATUS, PARTS, KIP_FIELD_KEY, 0, "waiting-parts" },
  { KIP_KIND_STATUS, PARTS, KIP_FIELD_PHASE, KIP_PHASE_WAITING, NULL },
  { KIP_KIND_ASSET, PRINTER, KIP_FIELD_NAME, 0, "HP LaserJet 402" },
  { KIP_KIND_ASSET, PRINTER, KIP_FIELD_SERIAL, 0, "VNC3X12345" },
};

static KipEvent *
event_for (const Fact *fact,
           KipVerb     verb,
           guint64     seq)
{
  g_autoptr (KipChange) change = kip_change_new (MINH, "test");
  KipEvent *event = kip_event_new (fact->kind, fact->id, verb, fact->field);

  event->value = fact->text != NULL ? kip_value_text (fact->text) : kip_value_int (fact->number);
  event->id = (KipEventId) { 1, 0, seq };
  event->tl = (guint32) seq;
  event->stamp = kip_stamp_ref (change->stamp);
  return event;
}

static KipEntity *
entity_for (KipId id)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  KipKind kind = KIP_KIND_PERSON;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].id == id)
      {
        kind = facts[i].kind;
        g_ptr_array_add (events, event_for (&facts[i], KIP_VERB_SET, i + 1));
      }
  if (id == MINH)
    {
      const Fact team = { KIP_KIND_PERSON, MINH, KIP_FIELD_TEAMS, DESK, NULL };

      g_ptr_array_add (events, event_for (&team, KIP_VERB_ADD, 100));
    }
  return kip_entity_fold (kind, id, events);
}

static KipOffice *
make_office (void)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  KipId last = KIP_ID_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].id != last)
      {
        last = facts[i].id;
        g_ptr_array_add (entities, entity_for (last));
      }
  return kip_office_new (entities);
}

/* ---- names in it ---- */

typedef struct
{
  const char *text;
  const char *meaning;
} NameCase;

static const NameCase name_cases[] = {
  { "agent:me", "agent in {12}" },
  { "agent:minh", "agent in {12}" },
  { "agent:hoa", "agent in {13}" },            /* put away, but found */
  { "requester:lan", "requester in {11}" },
  { "requester:0903123456", "requester in {11}" },
  { "requester:0903", "requester in {11}" },
  { "requester:lan@example.com", "requester in {11}" },
  { "team:mine", "team in {21}" },
  { "team:\"service desk\"", "team in {21}" },
  { "category:network", "category in {31 32 33}" },
  { "category:wifi", "category in {32 33}" },
  { "category:network/wi-fi", "category in {32 33}" },
  { "category:fax", "category in {34}" },
  { "status:waiting-parts", "status in {41}" },
  { "status:linh", "status in {41}" },
  { "status:waiting", "phase in {3}" },
  { "asset:vnc3x12345", "asset in {51}" },
  { "asset:laserjet", "asset in {51}" },
};

static void
test_names (void)
{
  g_autoptr (KipOffice) office = make_office ();
  KipQueryResolver resolver;

  kip_query_resolver_init (&resolver, office, MINH);
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (name_cases[i].text);
      g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, &resolver, 0, NULL);
      g_autofree char *meaning = kip_query_test_to_text (plan->root);

      g_test_message ("%s", name_cases[i].text);
      g_assert_cmpstr (meaning, ==, name_cases[i].meaning);
      g_assert_cmpuint (plan->mistakes->len, ==, 0);
    }
}

/* Requesters are not offered as agents, nor what was put away as anything. */
static void
test_offers (void)
{
  static const NameCase cases[] = {
    { "agent:", "me none any \"Nguyễn Văn Minh\"" },
    { "requester:", "me none any \"Nguyễn Văn Minh\" \"Trần Thị Lan\"" },
    { "team:", "mine none any \"Service desk\"" },
    { "asset:", "none any \"HP LaserJet 402\"" },
  };
  g_autoptr (KipOffice) office = make_office ();
  KipQueryResolver resolver;

  kip_query_resolver_init (&resolver, office, MINH);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = kip_query_complete (cases[i].text, strlen (cases[i].text), &resolver, 100);
      g_autoptr (GString) texts = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        g_string_append_printf (texts, "%s%s", j > 0 ? " " : "", ((KipQueryCompletion *) g_ptr_array_index (found, j))->text);
      g_assert_cmpstr (texts->str, ==, cases[i].meaning);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-office/names", test_names);
  g_test_add_func ("/query-office/offers", test_offers);
  return g_test_run ();
}
