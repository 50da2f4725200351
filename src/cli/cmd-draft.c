/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Drafts of policies and calendars: list them, see what they would move, put one in force
 * or throw it away. */

#include "kip-cli.h"

#include "kip-change-preview.h"
#include "kip-clock.h"
#include "kip-period.h"
#include "kip-query-time.h"
#include "kip-settings-commands.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char    *from; /* (owned) (nullable) */
  gboolean preview;
} Asked;

/* Policies before calendars, the newest first: their places are their numbers. */
static GArray *
find_drafts (KipAgreements *agreements)
{
  GArray *drafts = kip_agreements_get_drafts (agreements, KIP_KIND_POLICY, KIP_ID_NONE);
  g_autoptr (GArray) calendars = kip_agreements_get_drafts (agreements, KIP_KIND_CALENDAR, KIP_ID_NONE);

  g_array_append_vals (drafts, calendars->data, calendars->len);
  return drafts;
}

/* ---- listing ---- */

static const char *
kind_key (const KipVersionDraft *draft)
{
  return draft->kind == KIP_KIND_POLICY ? "policy" : "calendar";
}

static const char *
author_of (KipCli                *cli,
           const KipVersionDraft *draft)
{
  const KipPerson *author = kip_office_person (kip_store_get_office (cli->store), draft->author);

  return author != NULL ? author->name : NULL;
}

static void
json_draft (KipCli                *cli,
            JsonBuilder           *builder,
            const KipVersionDraft *draft,
            guint                  number)
{
  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "draft", number);
  kip_cli_json_text (builder, "kind", kind_key (draft));
  kip_cli_json_text (builder, "name", draft->name);
  kip_cli_json_instant (builder, "made", draft->made);
  kip_cli_json_text (builder, "author", author_of (cli, draft));
  kip_cli_json_text (builder, "note", draft->note);
  json_builder_end_object (builder);
}

static void
print_draft (KipCli                *cli,
             const KipVersionDraft *draft,
             guint                  number)
{
  const char *author = author_of (cli, draft);
  g_autofree char *name = kip_cli_cell (draft->name, 28);
  g_autofree char *made = kip_cli_time (cli, draft->made);

  kip_cli_print ("%2u %-8s %s %s  %s  %s\n", number, kind_key (draft), name, made, author != NULL ? author : "—",
                 draft->note != NULL ? draft->note : "");
}

static int
list (KipCli *cli)
{
  g_autoptr (GArray) drafts = find_drafts (kip_store_get_agreements (cli->store));
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < drafts->len; i++)
    if (cli->json)
      json_draft (cli, builder, &g_array_index (drafts, KipVersionDraft, i), i + 1);
    else
      print_draft (cli, &g_array_index (drafts, KipVersionDraft, i), i + 1);
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

/* ---- one of them ---- */

static const KipVersionDraft *
find_draft (KipCli       *cli,
            const GArray *drafts,
            const char   *number)
{
  guint64 n;

  if (g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT, &n, NULL) && n <= drafts->len)
    return &g_array_index (drafts, KipVersionDraft, n - 1);
  kip_cli_fail_text (cli, _("There is no draft %s. “kipctl draft list” numbers them."), number);
  return NULL;
}

static gboolean
read_from (KipCli      *cli,
           const Asked *asked,
           KipInstant  *from)
{
  g_autoptr (GTimeZone) zone = kip_cli_zone (cli);
  KipInstant to;

  *from = kip_clock_now ();
  if (asked->from == NULL)
    return TRUE;
  if (!kip_query_resolve_time (asked->from, KIP_QUERY_PAST, *from, zone, from, &to))
    {
      kip_cli_fail_text (cli, _("“%s” is no day. Write 2026-10-01, 2026-10, last-month or 30d."), asked->from);
      return FALSE;
    }
  *from = kip_day_start (*from, zone);
  return TRUE;
}

static KipField
version_field (const KipVersionDraft *draft)
{
  return draft->kind == KIP_KIND_POLICY ? KIP_FIELD_POLICY_VERSION : KIP_FIELD_CALENDAR_VERSION;
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Which deadlines of open tickets would move. */
static int
say_preview (KipCli          *cli,
             const KipChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipChangePreview) preview = NULL;
  g_autofree char *summary = NULL;

  kip_change_preview_async (cli->store, change, NULL, previewed_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  preview = kip_change_preview_finish (cli->store, result, &error);
  if (preview == NULL)
    return kip_cli_fail (cli, error);
  summary = kip_change_preview_summary (preview);
  if (cli->json)
    return kip_cli_done (cli, "preview", summary);
  kip_cli_print ("%s\n", summary);
  for (guint i = 0; i < preview->moves->len; i++)
    {
      g_autofree char *move = kip_clock_move_describe (&g_array_index (preview->moves, KipClockMove, i), kip_clock_now ());

      kip_cli_print ("  %s  %s\n", (const char *) g_ptr_array_index (preview->subjects, i), move);
    }
  return KIP_CLI_OK;
}

static int
publish (KipCli                *cli,
         const Asked           *asked,
         const KipVersionDraft *draft)
{
  g_autoptr (KipChange) change = kip_command_settings (cli->store);
  g_autoptr (GError) error = NULL;
  KipInstant from;

  if (!read_from (cli, asked, &from))
    return KIP_CLI_FAILED;
  kip_change_entry (change, draft->kind, draft->id, version_field (draft), kip_version_draft_publish (draft, from));
  kip_change_retract (change, draft->kind, draft->id, kip_version_draft_field (draft->kind), &draft->entry);
  if (asked->preview)
    return say_preview (cli, change);
  if (!kip_store_append (cli->store, g_steal_pointer (&change), NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, NULL, NULL);
}

static int
drop (KipCli                *cli,
      const KipVersionDraft *draft)
{
  g_autoptr (KipChange) change = kip_command_settings (cli->store);
  g_autoptr (GError) error = NULL;

  kip_change_retract (change, draft->kind, draft->id, kip_version_draft_field (draft->kind), &draft->entry);
  if (!kip_store_append (cli->store, g_steal_pointer (&change), NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, NULL, NULL);
}

static int
run_one (KipCli      *cli,
         const Asked *asked,
         const char  *what,
         const char  *number)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (cli->store);
  g_autoptr (GArray) drafts = find_drafts (agreements);
  const KipVersionDraft *draft = find_draft (cli, drafts, number);

  if (draft == NULL)
    return KIP_CLI_FAILED;
  return strcmp (what, "publish") == 0 ? publish (cli, asked, draft) : drop (cli, draft);
}

static int
run (KipCli      *cli,
     const Asked *asked,
     int          argc,
     char       **argv)
{
  const char *what = argc > 1 ? argv[1] : "list";
  gboolean one = argc == 3 && (strcmp (what, "publish") == 0 || strcmp (what, "drop") == 0);

  if (!one && (argc > 2 || strcmp (what, "list") != 0))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  return one ? run_one (cli, asked, what, argv[2]) : list (cli);
}

int
kip_cmd_draft (KipCli *cli,
               int     argc,
               char  **argv)
{
  Asked asked = { 0 };
  int status = KIP_CLI_USAGE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &asked.from, N_("First day whose tickets it rules (those from now on)"), N_("DAY") },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &asked.preview, N_("Only say which deadlines of open tickets would move"), NULL },
    { NULL }
  };

  if (kip_cli_parse (cli, entries, &argc, &argv))
    status = run (cli, &asked, argc, argv);
  g_free (asked.from);
  return status;
}
