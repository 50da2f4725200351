/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "kip-import-guess.h"
#include "kip-trickle.h"

/* The columns that others export, with a row or two as they write them, and what
 * must come of it: "field=column", one a line. */
typedef struct
{
  const char *name;
  const char *csv;
  const char *expected;
} Case;

static const Case cases[] = {
  { "servicenow",
    "number,short_description,caller_id,state,priority,assignment_group,assigned_to,opened_at,resolved_at,closed_at,category,contact_type,description\n"
    "INC001,Mail down,Abel Tuter,In Progress,2 - High,Network,Beth Anglin,2024-03-15 10:11:12,,,Network,Phone,Cannot send\n"
    "INC002,No VPN,Bud Richman,Resolved,3 - Moderate,Network,,2024-03-16 10:11:12,2024-03-17 09:00:00,,Network,Self-service,\n",
    "key=number\nsubject=short_description\ndescription=description\nrequester=caller_id\nchannel=contact_type\n"
    "received=opened_at\ncategory=category\npriority=priority\nstatus=state\nassignee=assigned_to\n"
    "team=assignment_group\nresolved=resolved_at\nclosed=closed_at\n"
    "shape=tickets\ndates=iso\nstatus:In Progress=open\nstatus:Resolved=resolved\npriority:2 - High=high\n"
    "priority:3 - Moderate=normal\nchannel:Phone=phone\nchannel:Self-service=web\n" },
  { "servicenow, a log",
    "number,sys_updated_on,state,short_description,sys_updated_by,sys_created_on\n"
    "INC001,04.03.2024 09:00,New,Mail,ann,04.03.2024 09:00\nINC001,04.03.2024 11:00,On Hold \xe2\x80\x93 Awaiting Caller,Mail,bo,04.03.2024 09:00\n"
    "INC001,05.03.2024 11:00,On Hold - Awaiting Vendor,Mail,bo,04.03.2024 09:00\nINC002,15.03.2024 16:00,Resolved,Disk,bo,15.03.2024 15:00\n",
    "key=number\ntime=sys_updated_on\nactor=sys_updated_by\nsubject=short_description\nreceived=sys_created_on\nstatus=state\n"
    "shape=events\ndates=dd.mm.yyyy HH:MM:SS\nstatus:New=new\nstatus:On Hold \xe2\x80\x93 Awaiting Caller=waiting-requester\n"
    "status:On Hold - Awaiting Vendor=waiting-supplier\nstatus:Resolved=resolved\n" },
  { "zammad",
    "id,number,title,created_at,close_at,first_response_at,priority,state,owner,group,customer,organization,create_article_type,tags\n"
    "1,22001,Help,2024-03-15T10:11:12.000Z,,2024-03-15T10:20:00.000Z,2 normal,open,Agent A,Users,C. One,ACME,email,\"a, b\"\n",
    "key=number\nsubject=title\nrequester=customer\ndepartment=organization\nchannel=create_article_type\n"
    "received=created_at\npriority=priority\nstatus=state\nassignee=owner\nteam=group\ntags=tags\n"
    "responded=first_response_at\nclosed=close_at\nshape=tickets\ndates=iso\nstatus:open=open\npriority:2 normal=normal\n"
    "channel:email=mail\n" },
  { "glpi",
    "ID;Title;Status;Last update;Opening date;Priority;Requester - Requester;Assigned to - Technician;Category;Resolution date\n"
    "\"12\";\"Screen\";\"Processing (assigned)\";\"2024-03-15 10:11\";\"2024-03-14 10:11\";\"Medium\";\"Doe\";\"Tech\";\"Hardware > Screen\";\"\"\n",
    "key=ID\nsubject=Title\nreceived=Opening date\ncategory=Category\npriority=Priority\nstatus=Status\n"
    "resolved=Resolution date\nshape=tickets\ndates=iso\nstatus:Processing (assigned)=open\npriority:Medium=normal\n" },
  { "osticket",
    "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,Due Date,Agent Assigned,Team Assigned\n"
    "643102,3/15/24 10:11,Printer,Ann Lee,ann@example.com,Emergency,Support,Report a Problem,Phone,Open,,Bob,Level I\n"
    "643103,3/16/24 17:05,Mail,Bo Ray,bo@example.com,Low,Support,Feedback,Web,Closed,3/19/24 9:00,,\n",
    "key=Ticket Number\nsubject=Subject\nrequester=From\nrequester-mail=From Email\ndepartment=Department\nchannel=Source\n"
    "received=Date Created\ncategory=Help Topic\npriority=Priority\nstatus=Current Status\nassignee=Agent Assigned\n"
    "team=Team Assigned\ndue=Due Date\nshape=tickets\ndates=mm/dd/yy HH:MM:SS\npriority:Emergency=critical\n"
    "priority:Low=low\nstatus:Open=open\nstatus:Closed=closed\nchannel:Phone=phone\nchannel:Web=web\n" },
  { "jira",
    "Issue key,Issue id,Summary,Issue Type,Status,Priority,Assignee,Reporter,Created,Updated,Resolved,Due date,Description,Labels\n"
    "HD-1,10001,Laptop,Incident,Waiting for customer,Highest,Ann,Bob,15/Mar/24 10:11 AM,16/Mar/24 1:00 PM,,,Slow,hw\n",
    "key=Issue key\nsubject=Summary\ndescription=Description\nrequester=Reporter\nreceived=Created\ncategory=Issue Type\n"
    "priority=Priority\nstatus=Status\nassignee=Assignee\ntags=Labels\ndue=Due date\nresolved=Resolved\n"
    "shape=tickets\ndates=dd/mmm/yy HH:MM:SS\nstatus:Waiting for customer=waiting-requester\npriority:Highest=critical\n" },
  { "freshservice",
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
    "Initial response time,Tags,Survey result,Requester name,Requester email,Department\n"
    "12,VPN,Pending,Urgent,Portal,Incident,Ann,Net,2024-03-15 10:11:12,2024-03-16 10:00:00,,,2024-03-15 10:30:00,,,Bob,b@example.com,Sales\n",
    "key=Ticket ID\nsubject=Subject\nrequester=Requester name\nrequester-mail=Requester email\ndepartment=Department\n"
    "channel=Source\nreceived=Created time\ncategory=Type\npriority=Priority\nstatus=Status\nassignee=Agent\nteam=Group\n"
    "tags=Tags\nresponded=Initial response time\nresolved=Resolved time\nclosed=Closed time\nsurvey=Survey result\n"
    "shape=tickets\ndates=iso\nstatus:Pending=waiting-requester\npriority:Urgent=critical\nchannel:Portal=web\n" },
  { "vietnamese",
    "M\xc3\xa3 phi\xe1\xba\xbfu;Ti\xc3\xaau \xc4\x91\xe1\xbb\x81;Ng\xc6\xb0\xe1\xbb\x9di y\xc3\xaau c\xe1\xba\xa7u;S\xc4\x90T;Ph\xc3\xb2ng ban;"
    "Ng\xc3\xa0y t\xe1\xba\xa1o;Tr\xe1\xba\xa1ng th\xc3\xa1i;M\xe1\xbb\xa9\x63 \xc6\xb0u ti\xc3\xaan;Ng\xc6\xb0\xe1\xbb\x9di x\xe1\xbb\xad l\xc3\xbd\n"
    "P1;M\xc3\xa1y in;Lan;0912 345 678;K\xe1\xba\xbf to\xc3\xa1n;15/03/2024 08:30;\xc4\x90" "ang x\xe1\xbb\xad l\xc3\xbd;Cao;Minh\n",
    "key=M\xc3\xa3 phi\xe1\xba\xbfu\nsubject=Ti\xc3\xaau \xc4\x91\xe1\xbb\x81\nrequester=Ng\xc6\xb0\xe1\xbb\x9di y\xc3\xaau c\xe1\xba\xa7u\n"
    "requester-phone=S\xc4\x90T\ndepartment=Ph\xc3\xb2ng ban\nreceived=Ng\xc3\xa0y t\xe1\xba\xa1o\n"
    "status=Tr\xe1\xba\xa1ng th\xc3\xa1i\npriority=M\xe1\xbb\xa9\x63 \xc6\xb0u ti\xc3\xaan\nassignee=Ng\xc6\xb0\xe1\xbb\x9di x\xe1\xbb\xad l\xc3\xbd\n"
    "shape=tickets\ndates=dd/mm/yyyy HH:MM:SS\nstatus:\xc4\x90" "ang x\xe1\xbb\xad l\xc3\xbd=open\npriority:Cao=high\n" },
  { "an event log",
    "case:concept:name,concept:name,time:timestamp,org:resource,org:group\n"
    "Case 1,Accepted,2010-03-31T17:59:42+02:00,Frederic,A2\n"
    "Case 1,Queued,2010-03-31T18:00:00+02:00,Frederic,A2\n"
    "Case 1,Completed,2010-03-31T18:30:00+02:00,Anne,A2\n"
    "Case 2,Accepted,2010-04-01T08:00:00+02:00,Anne,A3\n",
    "key=case:concept:name\ntime=time:timestamp\nactor=org:resource\nstatus=concept:name\nteam=org:group\n"
    "shape=events\ndates=iso\nstatus:Accepted=open\nstatus:Completed=resolved\n" },
  { "sentences are what it is about",
    "Ticket No;Opened;Caller;In a few words;Closed on;Floor\n"
    "1001;03/11/2026 08:12;Lan;M\xc3\xa1y in t\xe1\xba\xa7ng 3 k\xe1\xba\xb9t gi\xe1\xba\xa5y;03/11/2026 09:40;Floor number 3\n"
    "1002;14/11/2026 14:05;H\xc3\xb9ng;VPN drops all the time;;Floor number 3\n"
    "1003;15/11/2026 14:05;H\xc3\xb9ng;Needs a new laptop;;Floor number 3\n",
    "key=Ticket No\nsubject=In a few words\nrequester=Caller\nreceived=Opened\nclosed=Closed on\n"
    "shape=tickets\ndates=dd/mm/yyyy HH:MM:SS\n" },
  { "by what the cells look like",
    "Ref,What,Who to ring,Address\n1,x,+84 24 3824 0000,a@example.com\n2,y,0912345678,b@example.com\n",
    "requester-mail=Address\nrequester-phone=Who to ring\nshape=tickets\n" },
};

static KipImportSample *
sample_of (const char *csv)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-guess-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  KipImportSample *sample;

  g_file_set_contents (path, csv, -1, &error);
  g_assert_no_error (error);
  sample = kip_import_sample_read (file, NULL, 1000, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (dir);
  return sample;
}

/* What @map says of @what: "shape", "dates", a field's key or "field:value". */
static char *
ask (KipImportMap *map,
     const char   *what)
{
  KipImportSettings *settings = kip_import_map_settings (map);
  g_auto (GStrv) parts = NULL;

  if (strcmp (what, "shape") == 0)
    return g_strdup (settings->shape == KIP_IMPORT_SHAPE_EVENTS ? "events" : "tickets");
  if (strcmp (what, "dates") == 0)
    return g_strdup (settings->dates);
  if (kip_import_field_by_key (what) != NULL)
    return g_strdup (kip_import_map_get_column (map, kip_import_field_by_key (what)->field));
  parts = g_strsplit (what, ":", 2);
  for (guint i = 0; parts[1] != NULL; i++)
    {
      GPtrArray *values = kip_import_map_get_values (map, kip_import_field_by_key (parts[0])->field);

      if (i == values->len)
        break;
      if (strcmp (((KipImportValue *) values->pdata[i])->source, parts[1]) == 0)
        return g_strdup (((KipImportValue *) values->pdata[i])->target);
    }
  return NULL;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (KipImportSample) sample = sample_of (c->csv);
  g_autoptr (KipImportMap) map = kip_import_guess (sample);
  g_auto (GStrv) lines = g_strsplit (c->expected, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *equals = strrchr (lines[i], '=');
      g_autofree char *found = NULL;

      *equals = '\0';
      found = ask (map, lines[i]);
      if (g_strcmp0 (found, equals + 1) != 0)
        g_test_message ("%s", lines[i]);
      g_assert_cmpstr (found, ==, equals + 1);
    }
}

static void
test_shipped_is_recognised (void)
{
  g_autoptr (KipImportSample) sample =
    sample_of ("number,incident_state,sys_updated_at,opened_at,u_symptom,u_priority_confirmation\n1,New,,,,\n");
  g_autoptr (KipImportMap) map = kip_import_guess (sample);

  g_assert_cmpstr (kip_import_map_settings (map)->name, ==, "UCI incident event log");
}

static void
test_values (void)
{
  g_autoptr (KipImportSample) sample = sample_of ("id,status\n1,b\n2,a\n3,b\n4,\n5,c\n");
  g_autoptr (KipImportMap) map = kip_import_guess (sample);
  g_autoptr (GPtrArray) values = kip_import_sample_values (sample, map, KIP_IMPORT_STATUS);
  g_autoptr (GPtrArray) none = kip_import_sample_values (sample, map, KIP_IMPORT_TEAM);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (values->len, ==, 3);
  g_assert_cmpstr (values->pdata[0], ==, "b");
  g_assert_cmpstr (values->pdata[1], ==, "a");
  g_assert_cmpstr (values->pdata[2], ==, "c");
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
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kip_import_sample_read_async (file, NULL, 10, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kip_import_sample_read_finish (result, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/import-guess/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/import-guess/shipped-is-recognised", test_shipped_is_recognised);
  g_test_add_func ("/import-guess/values", test_values);
  g_test_add_func ("/import-guess/async", test_async);
  return g_test_run ();
}
