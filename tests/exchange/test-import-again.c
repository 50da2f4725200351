/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A file that is imported again, after what people did meanwhile. */

#include <string.h>

#include "import-fixture.h"

static const char ini[] =
  "[import]\nshape=events\ntime-zone=Asia/Ho_Chi_Minh\n"
  "[columns]\nkey=no\ntime=at\nsubject=what\nrequester=who\nrequester-mail=mail\nstatus=state\nassignee=agent\nteam=team\n"
  "category=cat\nasset=thing\ntags=tags\nmessage=text\nparent=of\n";

/* The second has more of the same log. */
static const char log_1[] =
  "no,at,what,who,mail,state,agent,team,cat,thing,tags,text,of\n"
  "K1,2026-03-02 08:00,P,Lan,lan@a.vn,new,An,Desk,Network > Kettle,LAP-1,,,\n"
  "K2,2026-03-02 09:00,Q,Minh,,new,An,Desk,Network > Kettle,LAP-1,,,K1\n";
static const char log_2[] =
  "no,at,what,who,mail,state,agent,team,cat,thing,tags,text,of\n"
  "K1,2026-03-02 08:00,P,Lan,lan@a.vn,new,An,Desk,Network > Kettle,LAP-1,,,\n"
  "K2,2026-03-02 09:00,Q,Minh,,new,An,Desk,Network > Kettle,LAP-1,,,K1\n"
  "K1,2026-03-02 10:00,P,Lan,lan@a.vn,resolved,Binh,Desk,Network > Kettle,LAP-1,seen,Done it,\n"
  "K3,2026-03-02 11:00,R,Lan,lan@a.vn,new,An,Desk,Network > Kettle,LAP-1,,,\n";

/* What a person does between two imports; ticket numbers are those of the log. */
typedef enum
{
  IMPORT_1,
  IMPORT_2,
  UNDO_LAST_IMPORT,
  DELETE_TICKET,      /* number 2 */
  UNDELETE_TICKET,    /* by hand */
  RENAME_ALL,         /* every person, team, category, asset of the office */
  PUT_AWAY_ALL,
  CLEAR_PARENT,       /* of number 2 */
  RETRACT_MESSAGE,    /* of number 1 */
  END
} Step;

/* What the last import of the steps reports, and what the office has then. */
typedef struct
{
  const char *name;
  Step        steps[8];
  guint       n_new, n_updated, n_known, n_deleted, n_made;
  const char *tickets;  /* their own numbers here, in the order of the log */
  const char *lines;    /* of number 1 in the log: statuses and messages; NULL: not asked */
} Case;

#define NEW_1 "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
#define SOLVED_1 "2026-03-02T03:00:00Z status resolved by Binh\n"
#define SAID_1 "2026-03-02T03:00:00Z message reply: Done it by H\xc3\xa0\n"

static const Case cases[] = {
  { "the same", { IMPORT_1, IMPORT_1, END }, 0, 0, 2, 0, 0, "1 2", NEW_1 },
  { "more", { IMPORT_1, IMPORT_2, END }, 1, 1, 1, 0, 1, "1 2 3", NEW_1 SOLVED_1 SAID_1 },
  { "deleted", { IMPORT_1, DELETE_TICKET, IMPORT_1, END }, 0, 0, 1, 1, 0, "1", NULL },
  { "deleted, more", { IMPORT_1, DELETE_TICKET, IMPORT_2, END }, 1, 1, 0, 1, 1, "1 3", NULL },
  { "deleted and back", { IMPORT_1, DELETE_TICKET, UNDELETE_TICKET, IMPORT_1, END }, 0, 0, 2, 0, 0, "1 2", NULL },
  { "undone", { IMPORT_1, UNDO_LAST_IMPORT, IMPORT_1, END }, 2, 0, 0, 0, 6, "3 4", NEW_1 },
  { "undone twice", { IMPORT_1, UNDO_LAST_IMPORT, IMPORT_1, UNDO_LAST_IMPORT, IMPORT_1, END }, 2, 0, 0, 0, 6, "5 6", NEW_1 },
  { "deleted, then undone", { IMPORT_1, DELETE_TICKET, UNDO_LAST_IMPORT, IMPORT_1, END }, 1, 0, 0, 1, 6, "3", NULL },
  { "undone, then deleted anew", { IMPORT_1, UNDO_LAST_IMPORT, IMPORT_1, DELETE_TICKET, IMPORT_1, END }, 0, 0, 1, 1, 0, "3", NULL },
  { "only the newer events undone", { IMPORT_1, IMPORT_2, UNDO_LAST_IMPORT, IMPORT_2, END }, 1, 1, 1, 0, 1, "1 2 4",
    NEW_1 SOLVED_1 SAID_1 },
  { "a message taken back by hand", { IMPORT_2, RETRACT_MESSAGE, IMPORT_2, END }, 0, 0, 3, 0, 0, "1 2 3", NEW_1 SOLVED_1 },
  { "all renamed", { IMPORT_1, RENAME_ALL, IMPORT_1, END }, 0, 0, 2, 0, 0, "1 2", NULL },
  { "all renamed, more", { IMPORT_1, RENAME_ALL, IMPORT_2, END }, 1, 1, 1, 0, 1, "1 2 3", NULL },
  { "undone, all renamed", { IMPORT_1, UNDO_LAST_IMPORT, RENAME_ALL, IMPORT_1, END }, 2, 0, 0, 0, 6, "3 4", NULL },
  { "all put away", { IMPORT_1, PUT_AWAY_ALL, IMPORT_1, END }, 0, 0, 2, 0, 0, "1 2", NULL },
  { "no child any more", { IMPORT_1, CLEAR_PARENT, IMPORT_1, END }, 0, 0, 2, 0, 0, "1 2", NULL },
};

/* ---- people at work ---- */

static void
change_named (KipStore *store,
              KipKind   kind,
              KipId     id,
              Step      step)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  if (step == PUT_AWAY_ALL)
    kip_change_set_int (change, kind, id, KIP_FIELD_DELETED, 1);
  else
    kip_change_set_text (change, kind, id, KIP_FIELD_NAME, "Called otherwise");
  append (store, change);
}

static void
change_all (KipStore *store,
            Step      step)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  GPtrArray *people = kip_office_get_people (office), *teams = kip_office_get_teams (office);
  GPtrArray *categories = kip_office_get_categories (office), *assets = kip_office_get_assets (office);

  for (guint i = 0; i < people->len; i++)
    if (((KipPerson *) people->pdata[i])->id != kip_store_get_me (store))
      change_named (store, KIP_KIND_PERSON, ((KipPerson *) people->pdata[i])->id, step);
  for (guint i = 0; i < teams->len; i++)
    change_named (store, KIP_KIND_TEAM, ((KipTeam *) teams->pdata[i])->id, step);
  for (guint i = 0; i < categories->len; i++)
    change_named (store, KIP_KIND_CATEGORY, ((KipCategory *) categories->pdata[i])->id, step);
  for (guint i = 0; i < assets->len; i++)
    change_named (store, KIP_KIND_ASSET, ((KipAsset *) assets->pdata[i])->id, step);
}

static KipId
ticket_of (KipStore   *store,
           const char *query)
{
  g_autoptr (KipQuery) parsed = kip_query_parse (query);
  g_autoptr (GArray) ids = kip_store_list (store, parsed, KIP_SORT_NUMBER, TRUE, 0, NULL, NULL);

  g_assert_cmpuint (ids->len, >, 0);
  return g_array_index (ids, KipId, 0);
}

static void
retract_message (KipStore *store)
{
  KipId id = ticket_of (store, "external:K1");
  g_autoptr (KipTicket) ticket = kip_store_ticket (store, id, NULL);
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (ticket->entity, KIP_FIELD_MESSAGE, FALSE);

  g_assert_cmpuint (entries->len, ==, 1);
  kip_change_retract (change, KIP_KIND_TICKET, id, KIP_FIELD_MESSAGE, &((KipEvent *) entries->pdata[0])->id);
  append (store, change);
}

static void
clear_parent (KipStore *store)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");

  kip_change_clear (change, KIP_KIND_TICKET, ticket_of (store, "external:K2"), KIP_FIELD_PARENT);
  append (store, change);
}

/* ---- cases ---- */

static void
do_step (Fixture          *fixture,
         Step              step,
         KipImportReport **report)
{
  g_autoptr (GError) error = NULL;

  switch (step)
    {
    case IMPORT_1:
    case IMPORT_2:
      g_clear_pointer (report, kip_import_report_free);
      *report = import_text (fixture, ini, step == IMPORT_1 ? log_1 : log_2);
      break;
    case UNDO_LAST_IMPORT:
      g_assert_true (kip_importer_undo (fixture->store, (*report)->batch, NULL, &error));
      g_assert_no_error (error);
      break;
    case DELETE_TICKET:
      set_int (fixture->store, ticket_of (fixture->store, "external:K2"), KIP_FIELD_DELETED, 1);
      break;
    case UNDELETE_TICKET:
      set_int (fixture->store, ticket_of (fixture->store, "external:K2 is:deleted"), KIP_FIELD_DELETED, 0);
      break;
    case RENAME_ALL:
    case PUT_AWAY_ALL:
      change_all (fixture->store, step);
      break;
    case CLEAR_PARENT:
      clear_parent (fixture->store);
      break;
    case RETRACT_MESSAGE:
      retract_message (fixture->store);
      break;
    case END:
    default:
      break;
    }
}

static guint
count_changes (KipStore *store)
{
  g_autoptr (KipTicket) ticket = kip_store_ticket (store, ticket_of (store, "external:K1"), NULL);

  return kip_entity_get_events (ticket->entity)->len;
}

/* Once more, and nothing moves. */
static void
assert_settled (Fixture *fixture,
                Step     last)
{
  guint before = count_changes (fixture->store);
  g_autoptr (KipImportReport) report = import_text (fixture, ini, last == IMPORT_1 ? log_1 : log_2);

  g_assert_cmpuint (report->batch, ==, 0);
  g_assert_cmpuint (report->n_new + report->n_updated, ==, 0);
  g_assert_cmpuint (count_changes (fixture->store), ==, before);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autofree char *listed = NULL, *told = NULL, *lines = NULL;
  guint i = 0;

  fixture_init (&fixture);
  for (; c->steps[i] != END; i++)
    do_step (&fixture, c->steps[i], &report);
  g_assert_cmpuint (report->n_new, ==, c->n_new);
  g_assert_cmpuint (report->n_updated, ==, c->n_updated);
  g_assert_cmpuint (report->n_known, ==, c->n_known);
  g_assert_cmpuint (report->n_deleted, ==, c->n_deleted);
  g_assert_cmpuint (report->problems->len, ==, c->n_deleted);
  g_assert_cmpuint (report->n_people + report->n_teams + report->n_categories + report->n_assets, ==, c->n_made);
  listed = list_numbers (fixture.store, "sort:number");
  g_assert_cmpstr (listed, ==, c->tickets);
  if (c->lines != NULL)
    {
      told = tell_ticket (fixture.store, "K1");
      lines = only (told, "status|message");
      g_assert_cmpstr (lines, ==, c->lines);
    }
  assert_settled (&fixture, c->steps[i - 1]);
  assert_rebuilds_same (fixture.store);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/import-again/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
