/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import-fixture.h"
#include "kip-error.h"

#define VN "time-zone=Asia/Ho_Chi_Minh\n"

static const char events_ini[] =
  "[import]\nshape=events\n" VN "unknown=tag\n"
  "[columns]\nkey=no\ntime=at\nactor=by\nsubject=what\nrequester=who\nstatus=state\nassignee=agent\nteam=team\n"
  "category=cat\nimpact=imp\nurgency=urg\npriority=prio\nmessage=text\nreceived=opened\nresolver=solver\n"
  "cause=cause\nwork=mins\n"
  "[values:status]\nparked=waiting-supplier\n-100=ignore\nbroken=refuse\n";

#define EVENTS_HEADER "no,at,by,what,who,state,agent,team,cat,imp,urg,prio,text,opened,solver,cause,mins\n"

typedef struct
{
  const char *name;
  const char *ini;
  const char *csv;
  guint       n_new, n_refused, n_notes;
  const char *key;
  const char *lines;    /* which of them to look at */
  const char *expected; /* NULL: no such ticket */
} Case;

static const Case cases[] = {
  { "history at its true times", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 08:10,An,Printer,Lan,new,,Desk,Hardware > Printer,,,,,2026-03-02 08:00,Binh,,\n"
    "1,2026-03-02 09:00,An,Printer,Lan,open,Binh,Desk,Hardware > Printer,,,,,2026-03-02 08:00,Binh,,\n"
    "1,2026-03-02 10:00,Binh,Printer,Lan,parked,Binh,Net,Hardware > Printer,,,,,2026-03-02 08:00,Binh,,\n"
    "1,2026-03-03 10:00,Binh,Printer,Lan,open,Binh,Net,Hardware > Printer,,,,,2026-03-02 08:00,Binh,,\n"
    "1,2026-03-03 11:00,Chi,Printer,Lan,resolved,Binh,Net,Hardware > Printer,,,,,2026-03-02 08:00,Binh,worn,30\n"
    "1,2026-03-06 11:00,,Printer,Lan,closed,Binh,Net,Hardware > Printer,,,,,2026-03-02 08:00,Binh,worn,\n",
    1, 0, 0, "1", NULL,
    "subject Printer\n"
    "requester Lan, (null), (null), (null)\n"
    "received 2026-03-02T01:00:00Z\n"
    "category Hardware \xe2\x80\xba Printer\n"
    "priority normal\n"
    "cause worn\n"
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T02:00:00Z status open by An\n"
    "2026-03-02T03:00:00Z status waiting-supplier by Binh\n"
    "2026-03-03T03:00:00Z status open by Binh\n"
    "2026-03-03T04:00:00Z status resolved by Binh\n"
    "2026-03-06T04:00:00Z status closed by H\xc3\xa0\n"
    "2026-03-02T02:00:00Z assignee Binh\n"
    "2026-03-02T01:00:00Z team Desk\n"
    "2026-03-02T03:00:00Z team Net\n"
    "2026-03-03T04:00:00Z work 1800 by Chi\n" },
  { "rows of tickets mixed and out of order", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 10:00,,P,,resolved,,,,,,,,,,,\n"
    "2,2026-03-02 09:00,,Q,,new,,,,,,,,,,,\n"
    "1,2026-03-02 08:00,,P,,new,,,,,,,,,,,\n"
    "1,2026-03-02 09:00,,P,,open,,,,,,,,,,,\n",
    2, 0, 0, "1", "received|status",
    "received 2026-03-02T01:00:00Z\n"
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T02:00:00Z status open by H\xc3\xa0\n"
    "2026-03-02T03:00:00Z status resolved by H\xc3\xa0\n" },
  { "a log that begins when it is solved", events_ini,
    EVENTS_HEADER "1,2026-03-02 10:00,An,P,,resolved,,,,,,,,2026-03-02 08:00,,,\n",
    1, 0, 0, "1", "status",
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T03:00:00Z status resolved by An\n" },
  { "reopened", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 08:00,,P,,new,,,,,,,,,,,\n1,2026-03-02 09:00,,P,,resolved,,,,,,,,,,,\n"
    "1,2026-03-02 10:00,,P,,open,,,,,,,,,,,\n1,2026-03-02 11:00,,P,,resolved,,,,,,,,,,right one,\n",
    1, 0, 0, "1", "status|cause",
    "cause right one\n"
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T02:00:00Z status resolved by H\xc3\xa0\n"
    "2026-03-02T03:00:00Z status open by H\xc3\xa0\n"
    "2026-03-02T04:00:00Z status resolved by H\xc3\xa0\n" },
  { "values ignored, unknown and refused", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 08:00,,P,,new,,,,,,,,,,,\n1,2026-03-02 09:00,,P,,-100,,,,,,,,,,,\n"
    "1,2026-03-02 09:30,,P,,-100,,,,,,,,,,,\n1,2026-03-02 10:00,,P,,dreaming,,,,,,,,,,,\n"
    "1,2026-03-02 11:00,,P,,broken,,,,,,,,,,,\n1,2026-03-02 12:00,,P,,open,,,,,,,,,,,\n",
    1, 1, 2, "1", "status|tag",
    "tag status dreaming\n"
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T05:00:00Z status open by H\xc3\xa0\n" },
  { "rows without number or time", events_ini,
    EVENTS_HEADER ",2026-03-02 08:00,,P,,new,,,,,,,,,,,\n1,,,P,,new,,,,,,,,,,,\n1,soon,,P,,new,,,,,,,,,,,\n",
    0, 3, 0, "1", NULL, NULL },
  { "a time that lies ahead", events_ini,
    EVENTS_HEADER "1,2026-03-02 08:00,,P,,open,,,,,,,,,,,\n1,2199-03-02 08:00,,P,,resolved,,,,,,,,,,,\n",
    1, 0, 1, "1", "status",
    "2026-03-02T01:00:00Z status open by H\xc3\xa0\n2199-03-02T01:00:00Z status resolved by H\xc3\xa0\n" },
  { "times in which nothing can be counted", events_ini,
    EVENTS_HEADER "1,1899-12-30 08:00,,P,,open,,,,,,,,,,,\n1,2200-03-02 08:00,,P,,resolved,,,,,,,,,,,\n",
    0, 2, 0, "1", NULL, NULL },
  { "a spreadsheet with empty lines and totals below",
    "[import]\n" VN "dates=excel;dd/mm/yyyy HH:MM\n"
    "[columns]\nkey=Nr\nsubject=What\nreceived=Opened\ntags=Label | =sheet\n",
    "Nr\tWhat\tOpened\tLabel\tLabel\n1\tSlow\t45363.375\t\tpc\n\t\t\t\t\n"
    "2\tInk\t14/03/2024 9:05\tink\tprinter\nT\xe1\xbb\x95ng c\xe1\xbb\x99ng:\t2\t\t\t\n",
    2, 1, 0, "2", "received|tag",
    "received 2024-03-14T02:05:00Z\ntag ink\ntag printer\ntag sheet\n" },
  { "an event older than its ticket", events_ini,
    EVENTS_HEADER "1,2026-03-02 08:00,,P,,open,,,,,,,,2026-03-02 09:00,,,\n",
    1, 0, 1, "1", "received|status",
    "received 2026-03-02T02:00:00Z\n2026-03-02T02:00:00Z status open by H\xc3\xa0\n" },
  { "priorities", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 08:00,,P,,new,,,,1,1,1,,,,,\n2,2026-03-02 08:00,,P,,new,,,,3,3,2,,,,,\n"
    "3,2026-03-02 08:00,,P,,new,,,,,,4,,,,,\n",
    3, 0, 0, "2", "priority", "priority high, overridden\n" },
  { "messages", events_ini,
    EVENTS_HEADER
    "1,2026-03-02 08:00,Lan,P,Lan,new,,,,,,,It smokes,,,,\n"
    "1,2026-03-02 08:30,An,P,Lan,open,,,,,,,Pull the plug,,,,\n"
    "1,2026-03-02 08:40,An,P,Lan,open,,,,,,,Pull the plug,,,,\n",
    1, 0, 0, "1", "message",
    "2026-03-02T01:00:00Z message incoming: It smokes by Lan\n"
    "2026-03-02T01:30:00Z message reply: Pull the plug by An\n" },
  { "resolved by a column where no row says so",
    "[import]\nshape=events\n" VN "[columns]\nkey=no\ntime=at\nstatus=state\nresolved=solved\nclosed=shut\nresolver=by\n",
    "no,at,state,solved,shut,by\n1,2026-03-02 08:00,new,2026-03-02 10:00,2026-03-05 10:00,Binh\n"
    "1,2026-03-02 09:00,open,2026-03-02 10:00,2026-03-05 10:00,Binh\n",
    1, 0, 0, "1", "status",
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-02T02:00:00Z status open by H\xc3\xa0\n"
    "2026-03-02T03:00:00Z status resolved by Binh\n"
    "2026-03-05T03:00:00Z status closed by H\xc3\xa0\n" },
  { "empty cells empty the field when asked",
    "[import]\nshape=events\nempty=clear\n" VN "[columns]\nkey=no\ntime=at\nassignee=agent\n",
    "no,at,agent\n1,2026-03-02 08:00,An\n1,2026-03-02 09:00,\n",
    1, 0, 0, "1", "assignee",
    "2026-03-02T01:00:00Z assignee An\n2026-03-02T02:00:00Z assignee nobody\n" },
  { "a row per ticket",
    "[import]\n" VN "work-unit=hours\ntag=old, moved\n"
    "[columns]\nkey=no\nsubject=what\ndescription=more\nrequester=who\nrequester-mail=mail\nrequester-phone=tel\n"
    "department=dept\nvip=vip\nchannel=chan\non-line=chan\nreceived=in\nresponded=first\nresolved=out\nclosed=shut\n"
    "status=state\nassignee=agent\nteam=team\ntags=tags\nasset=thing\ndue=due\ncause=why\ndone=how\nwork=work\n"
    "survey=csat\nsurvey-comment=words\nmessage=note\n"
    "[values:on-line]\nPhone=yes\nMail=no\n",
    "no,what,more,who,mail,tel,dept,vip,chan,in,first,out,shut,state,agent,team,tags,thing,due,why,how,work,csat,words,note\n"
    "7,Screen,\"It flickers.\nA lot.\",Lan Anh,lan@example.com,0912,Sales,yes,Mail,02/03/2026 08:00,02/03/2026 08:30,"
    "03/03/2026 09:00,06/03/2026 09:00,Closed,Binh,Desk,\"a; b\",LAP-1,04/03/2026 17:00,cable,new cable,1.5,Very satisfied,Thanks,bring a cable\n",
    1, 0, 0, "7", NULL,
    "subject Screen\n"
    "description It flickers.\nA lot.\n"
    "requester Lan Anh, lan@example.com, 0912, Sales, VIP\n"
    "channel mail\n"
    "received 2026-03-02T01:00:00Z\n"
    "priority normal\n"
    "asset LAP-1\n"
    "tag a\ntag b\ntag moved\ntag old\n"
    "2026-03-04T10:00:00Z due \n"
    "cause cable\n"
    "done new cable\n"
    "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
    "2026-03-03T02:00:00Z status resolved by Binh\n"
    "2026-03-06T02:00:00Z status closed by H\xc3\xa0\n"
    "2026-03-02T01:00:00Z assignee Binh\n"
    "2026-03-02T01:00:00Z team Desk\n"
    "2026-03-02T01:30:00Z message reply: First response, given in the system that this ticket was imported from. by Binh\n"
    "2026-03-03T02:00:00Z message note: bring a cable by Binh\n"
    "2026-03-03T02:00:00Z work 5400 by Binh\n"
    "2026-03-03T02:00:00Z survey 5 Thanks\n" },
  { "answered at once",
    "[import]\n" VN "[columns]\nkey=no\nreceived=in\nchannel=chan\non-line=chan\nresponded=first\n[values:on-line]\nPhone=yes\n",
    "no,in,chan,first\n1,2026-03-02,Phone,2026-03-02 09:00\n",
    1, 0, 0, "1", "channel|message", "channel phone, on line\n" },
  { "a number that stands twice",
    "[import]\n" VN "[columns]\nkey=no\nsubject=what\nreceived=in\n",
    "no,what,in\n1,first,2026-03-02\n1,second,2026-03-02\n", 1, 1, 0, "1", "subject", "subject first\n" },
  { "a time nobody can read",
    "[import]\n" VN "[columns]\nkey=no\nreceived=in\nresolved=out\nstatus=state\n",
    "no,in,out,state\n1,whenever,,\n2,2026-03-02,never,resolved\n", 1, 1, 2, "2", "status",
    "2026-03-01T17:00:00Z status new by H\xc3\xa0\n2026-03-01T17:00:00Z status resolved by H\xc3\xa0\n" },
  { "defaults",
    "[import]\n" VN "[columns]\nkey=no\nreceived=in\npriority=prio\nteam=team\nchannel=chan\nstatus=state\n"
    "[defaults]\npriority=high\nteam=Service desk\nchannel=web\nstatus=open\n",
    "no,in,prio,team,chan,state\n1,2026-03-02,,,,\n", 1, 0, 0, "1", "priority|team|channel|status",
    "channel web\npriority high\n"
    "2026-03-01T17:00:00Z status open by H\xc3\xa0\n"
    "2026-03-01T17:00:00Z team Service desk\n" },
  { "the office's own names for statuses",
    "[import]\n" VN "[columns]\nkey=no\nreceived=in\nstatus=state\n[values:status]\nx=Waiting for supplier\n",
    "no,in,state\n1,2026-03-02,x\n", 1, 0, 0, "1", "status",
    "2026-03-01T17:00:00Z status waiting-supplier by H\xc3\xa0\n" },
  { "nothing but a number",
    "[columns]\nkey=no\n", "no\nZ9\n", 1, 0, 1, "Z9", "subject|received|status",
    "subject Ticket Z9\nreceived 2026-03-09T01:00:00Z\n2026-03-09T01:00:00Z status new by H\xc3\xa0\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autofree char *told = NULL, *lines = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, c->ini, c->csv);
  g_assert_cmpuint (report->n_new, ==, c->n_new);
  g_assert_cmpuint (report->n_refused, ==, c->n_refused);
  g_assert_cmpuint (report->n_notes, ==, c->n_notes);
  g_assert_cmpuint (report->problems->len, ==, c->n_refused + c->n_notes);
  told = tell_ticket (fixture.store, c->key);
  lines = told != NULL && c->lines != NULL ? only (told, c->lines) : g_strdup (told);
  g_assert_cmpstr (lines, ==, c->expected);
  fixture_clear (&fixture);
}

/* ---- again, undone, newer ---- */

static const char *const growing[] = {
  EVENTS_HEADER
  "1,2026-03-02 08:00,,P,Lan,new,,,,,,,,,,,\n2,2026-03-02 09:00,,Q,Lan,new,,,,,,,,,,,\n",
  EVENTS_HEADER
  "1,2026-03-02 08:00,,P,Lan,new,,,,,,,,,,,\n2,2026-03-02 09:00,,Q,Lan,new,,,,,,,,,,,\n"
  "1,2026-03-02 08:00,,P,Lan,open,An,,,,,,,,,,\n3,2026-03-02 10:00,,R,Binh,new,,,,,,,,,,,\n",
};

static void
test_again (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) first = NULL, same = NULL, more = NULL;
  g_autofree char *told = NULL, *lines = NULL;

  fixture_init (&fixture);
  first = import_text (&fixture, events_ini, growing[0]);
  same = import_text (&fixture, events_ini, growing[0]);
  more = import_text (&fixture, events_ini, growing[1]);
  g_assert_cmpuint (first->n_new, ==, 2);
  g_assert_cmpuint (first->n_people, ==, 1);
  g_assert_cmpuint (same->n_new + same->n_updated, ==, 0);
  g_assert_cmpuint (same->n_known, ==, 2);
  g_assert_cmpuint (same->n_people, ==, 0);
  g_assert_cmpuint (same->batch, ==, 0);
  g_assert_cmpuint (more->n_new, ==, 1);
  g_assert_cmpuint (more->n_updated, ==, 1);
  g_assert_cmpuint (more->n_known, ==, 1);
  told = tell_ticket (fixture.store, "1");
  lines = only (told, "status|assignee");
  g_assert_cmpstr (lines, ==,
                   "2026-03-02T01:00:00Z status new by H\xc3\xa0\n2026-03-02T01:00:00Z status open by H\xc3\xa0\n"
                   "2026-03-02T01:00:00Z assignee An\n");
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* What a person changed since stays. */
static void
test_again_after_edit (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) first = NULL, same = NULL;
  g_autofree char *told = NULL, *lines = NULL;
  KipId id;

  fixture_init (&fixture);
  first = import_text (&fixture, events_ini, growing[0]);
  id = kip_store_find_number (fixture.store, "2", NULL);
  set_text (fixture.store, id, KIP_FIELD_SUBJECT, "Better words");
  same = import_text (&fixture, events_ini, growing[0]);
  g_assert_cmpuint (same->n_known, ==, 2);
  told = tell_ticket (fixture.store, "2");
  lines = only (told, "subject");
  g_assert_cmpstr (lines, ==, "subject Better words\n");
  fixture_clear (&fixture);
}

static guint
count_people (KipStore *store)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  GPtrArray *people = kip_office_get_people (office);
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    n += !((KipPerson *) people->pdata[i])->deleted;
  return n;
}

static void
test_undo (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *listed = NULL, *after = NULL;
  guint people;

  fixture_init (&fixture);
  people = count_people (fixture.store);
  report = import_text (&fixture, events_ini, growing[1]);
  listed = list_numbers (fixture.store, "");
  g_assert_cmpint (count_people (fixture.store), ==, (int) people + 3);
  g_assert_true (kip_importer_undo (fixture.store, report->batch, NULL, &error));
  g_assert_no_error (error);
  after = list_numbers (fixture.store, "");
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpuint (count_people (fixture.store), ==, people);
  again = import_text (&fixture, events_ini, growing[1]);
  g_assert_cmpuint (again->n_new, ==, 3);
  g_assert_cmpint (count_people (fixture.store), ==, (int) people + 3);
  assert_rebuilds_same (fixture.store);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

/* ---- names ---- */

static void
test_people_once (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (KipOffice) office = NULL;
  GPtrArray *found;

  fixture_init (&fixture);
  add_person (fixture.store, "Lan Anh", FALSE);
  report = import_text (&fixture,
                        "[columns]\nkey=no\nrequester=who\nrequester-mail=mail\nassignee=agent\n",
                        "no,who,mail,agent\n1,LAN ANH,,\n2,Minh,minh@a.vn,\n3,Minh,minh@b.vn,\n4,Minh <minh@a.vn>,,\n"
                        "5,minh@b.vn,,Binh\n6,,solo@c.vn,Binh\n7,Binh,,\n");
  g_assert_cmpuint (report->n_new, ==, 7);
  g_assert_cmpuint (report->n_people, ==, 4); /* two Minh, Binh, solo@c.vn */
  office = kip_store_dup_office (fixture.store);
  found = kip_office_find_people (office, "minh", 10);
  g_assert_cmpuint (found->len, ==, 2);
  g_ptr_array_unref (found);
  found = kip_office_find_people (office, "binh", 10);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((KipPerson *) found->pdata[0])->role, ==, KIP_ROLE_AGENT);
  g_ptr_array_unref (found);
  fixture_clear (&fixture);
}

static void
test_parents (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (KipTicket) child = NULL;
  KipId parent, id;

  fixture_init (&fixture);
  report = import_text (&fixture, "[import]\n" VN "[columns]\nkey=no\nparent=of\nreceived=in\n",
                        "no,of,in\nX1,X2,2026-03-02\nX2,,2026-03-02\nX3,X9,2026-03-02\nX4,X4,2026-03-02\n");
  g_assert_cmpuint (report->n_new, ==, 4);
  g_assert_cmpuint (report->n_notes, ==, 2);
  id = kip_store_find_number (fixture.store, "X1", NULL);
  parent = kip_store_find_number (fixture.store, "X2", NULL);
  child = kip_store_ticket (fixture.store, id, NULL);
  g_assert_cmpuint (child->parent, ==, parent);
  fixture_clear (&fixture);
}

/* ---- before and beside ---- */

static void
test_preview (void)
{
  Fixture fixture;
  g_autoptr (KipImportMap) map = kip_import_map_parse (events_ini, NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) previews = NULL;
  g_autoptr (KipImportReport) report = NULL, done = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *listed = NULL;
  const KipImportPreview *preview;
  guint people;

  fixture_init (&fixture);
  done = import_text (&fixture, events_ini, growing[0]);
  people = count_people (fixture.store);
  file = write_table (&fixture, "more.csv", growing[1]);
  previews = kip_importer_preview (fixture.store, file, map, 20, &report, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (previews->len, ==, 3);
  preview = previews->pdata[0];
  g_assert_cmpstr (preview->key, ==, "1");
  g_assert_cmpstr (preview->subject, ==, "P");
  g_assert_cmpstr (preview->requester, ==, "Lan");
  g_assert_cmpstr (preview->assignee, ==, "An");
  g_assert_cmpstr (preview->status, ==, "Open");
  g_assert_cmpint (preview->priority, ==, 3);
  g_assert_cmpuint (preview->line, ==, 2);
  g_assert_true (preview->known);
  g_assert_false (((KipImportPreview *) previews->pdata[2])->known);
  g_assert_cmpuint (report->n_rows, ==, 4);
  listed = list_numbers (fixture.store, "");
  g_assert_cmpstr (listed, ==, "1 2");
  g_assert_cmpuint (count_people (fixture.store), ==, people);
  fixture_clear (&fixture);
}

static void
test_report_file (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autofree char *path = NULL, *text = NULL, *summary = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, events_ini,
                        EVENTS_HEADER "1,2026-03-02 08:00,,P,,new,,,,,,,,,,,\n=1,soon,,P,,new,,,,,,,,,,,\n1,2\n");
  summary = kip_import_report_summary (report);
  g_assert_cmpstr (summary, ==, "1 new ticket. 2 rows were refused.");
  path = g_build_filename (fixture.dir, "report.csv", NULL);
  file = g_file_new_for_path (path);
  g_assert_true (kip_import_report_save (report, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfLine,What happened,Number there,Reason\r\n"
                   "3,refused,'=1,\xe2\x80\x9csoon\xe2\x80\x9d is not a time in any of the forms that the mapping names.\r\n"
                   "4,refused,,The row has 2 cells where the header has 17.\r\n");
  fixture_clear (&fixture);
}

static void
test_cannot_begin (void)
{
  static const struct { const char *ini; const char *csv; int code; } bad[] = {
    { "[columns]\nkey=nr\n", "no\n1\n", KIP_ERROR_INVALID },
    { "[columns]\nsubject=no\n", "no\n1\n", KIP_ERROR_INVALID },
    { "[columns]\nkey=no\n[values:status]\na=our own\n", "no\n1\n", KIP_ERROR_INVALID },
    { "[columns]\nkey=no\n", "", KIP_ERROR_INVALID },
    { "[columns]\nkey=no\n", NULL, KIP_ERROR_NOT_FOUND },
  };
  Fixture fixture;

  fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (KipImportMap) map = kip_import_map_parse (bad[i].ini, NULL);
      g_autoptr (GFile) file = bad[i].csv != NULL ? write_table (&fixture, "bad.csv", bad[i].csv)
                                                  : g_file_new_for_path ("/nonexistent.csv");
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error));
      g_assert_error (error, KIP_ERROR, bad[i].code);
    }
  fixture_clear (&fixture);
}

/* ---- in a thread ---- */

typedef struct
{
  GAsyncResult *result;
  double        last;
  guint         calls;
  GCancellable *cancellable;
  double        cancel_at; /* fraction; 0: never */
} Watch;

static void
progress_cb (double   fraction,
             gpointer data)
{
  Watch *watch = data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_assert_cmpfloat (fraction, >=, watch->last);
  watch->last = fraction;
  watch->calls++;
  if (watch->cancel_at > 0 && fraction >= watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  ((Watch *) data)->result = g_object_ref (result);
}

static char *
many_tickets (guint n)
{
  GString *csv = g_string_new ("no,in,who\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "M%u,2026-03-02 08:00,Person %u\n", i, i % 50);
  return g_string_free (csv, FALSE);
}

static KipImportReport *
import_async (Fixture *fixture,
              Watch   *watch,
              guint    n)
{
  g_autofree char *csv = many_tickets (n);
  g_autoptr (GFile) file = write_table (fixture, "many.csv", csv);
  g_autoptr (KipImportMap) map = kip_import_map_parse ("[columns]\nkey=no\nreceived=in\nrequester=who\n", NULL);
  g_autoptr (GError) error = NULL;
  KipImportReport *report;

  kip_importer_run_async (fixture->store, file, map, progress_cb, watch, watch->cancellable, done_cb, watch);
  while (watch->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  report = kip_importer_run_finish (fixture->store, watch->result, &error);
  g_assert_no_error (error);
  g_clear_object (&watch->result);
  return report;
}

static void
test_async (void)
{
  Fixture fixture;
  Watch watch = { 0 };
  g_autoptr (KipImportReport) report = NULL;

  fixture_init (&fixture);
  report = import_async (&fixture, &watch, 3500);
  g_assert_cmpuint (report->n_new, ==, 3500);
  g_assert_cmpuint (report->n_people, ==, 50);
  g_assert_cmpuint (watch.calls, >, 0);
  g_assert_cmpfloat (watch.last, ==, 1.0);
  fixture_clear (&fixture);
}

/* Stopped in the middle: what is in is whole, is told, and goes away as a whole. */
static void
test_cancel (void)
{
  Fixture fixture;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable, .cancel_at = 0.3 };
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  report = import_async (&fixture, &watch, 30000);
  g_assert_error (report->stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (report->n_new, <, 30000);
  ids = kip_store_list (fixture.store, NULL, KIP_SORT_NUMBER, FALSE, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, report->n_new);
  g_assert_cmpuint (report->n_new, >, 0);
  g_assert_true (kip_importer_undo (fixture.store, report->batch, NULL, &error));
  after = list_numbers (fixture.store, "");
  g_assert_cmpstr (after, ==, "");
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/importer/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importer/again", test_again);
  g_test_add_func ("/importer/again-after-edit", test_again_after_edit);
  g_test_add_func ("/importer/undo", test_undo);
  g_test_add_func ("/importer/people-once", test_people_once);
  g_test_add_func ("/importer/parents", test_parents);
  g_test_add_func ("/importer/preview", test_preview);
  g_test_add_func ("/importer/report-file", test_report_file);
  g_test_add_func ("/importer/cannot-begin", test_cannot_begin);
  g_test_add_func ("/importer/async", test_async);
  g_test_add_func ("/importer/cancel", test_cancel);
  return g_test_run ();
}
