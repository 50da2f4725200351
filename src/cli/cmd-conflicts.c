/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-conflict.h"
#include "kip-format-value.h"

#include <glib/gi18n.h>
#include <string.h>

/* The ASCII name of a field of a ticket, its number where a newer Kip wrote it. (transfer full) */
static char *
field_key (KipField field)
{
  const KipFieldInfo *info = kip_schema_field (KIP_KIND_TICKET, field);

  return info != NULL ? g_strdup (info->key) : g_strdup_printf ("%d", (int) field);
}

static char *
value_text (KipCli         *cli,
            const KipEvent *claim)
{
  KipWords words = { kip_store_get_office (cli->store), NULL, NULL };
  g_autofree char *text = kip_format_value (&words, KIP_KIND_TICKET, claim->field, claim->value);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (_("(empty)"));
}

static char *
writer_name (KipCli         *cli,
             const KipStamp *stamp)
{
  return kip_format_person (kip_store_get_office (cli->store), stamp->author, "Kip");
}

/* ---- as text ---- */

static void
print_conflict (KipCli            *cli,
                KipTicket         *ticket,
                const KipConflict *conflict)
{
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *key = field_key (conflict->field);

  kip_cli_print ("%s  %s\n", number, key);
  for (guint i = 0; i < conflict->claims->len; i++)
    {
      const KipEvent *claim = g_ptr_array_index (conflict->claims, i);
      const KipStamp *stamp = kip_conflict_origin (ticket->entity, claim)->stamp;
      g_autofree char *value = value_text (cli, claim);
      g_autofree char *name = writer_name (cli, stamp);
      g_autofree char *at = kip_cli_time (cli, stamp->at);

      kip_cli_print ("  %u  %s, %s: %s\n", i + 1, name, at, value);
    }
}

/* ---- as JSON ---- */

static void
json_claim (KipCli         *cli,
            JsonBuilder    *builder,
            KipTicket      *ticket,
            const KipEvent *claim,
            guint           choice)
{
  const KipStamp *stamp = kip_conflict_origin (ticket->entity, claim)->stamp;
  g_autofree char *value = value_text (cli, claim);
  g_autofree char *name = writer_name (cli, stamp);

  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "choice", choice);
  kip_cli_json_text (builder, "value", value);
  kip_cli_json_text (builder, "by", name);
  kip_cli_json_instant (builder, "at", stamp->at);
  json_builder_end_object (builder);
}

static void
json_conflict (KipCli            *cli,
               JsonBuilder       *builder,
               KipTicket         *ticket,
               const KipConflict *conflict)
{
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *key = field_key (conflict->field);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "number", number);
  kip_cli_json_text (builder, "field", key);
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflict->claims->len; i++)
    json_claim (cli, builder, ticket, g_ptr_array_index (conflict->claims, i), i + 1);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* ---- conflicts ---- */

/* NULL: said why. */
static GArray *
find_tickets (KipCli     *cli,
              const char *number)
{
  g_autoptr (KipQuery) query = kip_query_parse ("is:conflict");
  g_autoptr (GError) error = NULL;
  GArray *ids;
  KipId id;

  if (number == NULL)
    {
      ids = kip_store_list (cli->store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);
      if (ids == NULL)
        kip_cli_fail (cli, error);
      return ids;
    }
  id = kip_cli_ticket (cli, number);
  if (id == KIP_ID_NONE)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_array_append_val (ids, id);
  return ids;
}

static void
tell_ticket (KipCli      *cli,
             JsonBuilder *builder, /* (nullable) as text */
             KipId        id)
{
  g_autoptr (KipTicket) ticket = kip_store_ticket (cli->store, id, NULL);
  g_autoptr (GPtrArray) conflicts = ticket != NULL ? kip_conflict_list (ticket->entity) : NULL;

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    if (builder != NULL)
      json_conflict (cli, builder, ticket, g_ptr_array_index (conflicts, i));
    else
      print_conflict (cli, ticket, g_ptr_array_index (conflicts, i));
}

int
kip_cmd_conflicts (KipCli *cli,
                   int     argc,
                   char  **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) ids = NULL;
  int status = kip_cli_begin (cli, NULL, 0, 1, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  ids = find_tickets (cli, argc == 2 ? argv[1] : NULL);
  if (ids == NULL)
    return KIP_CLI_FAILED;
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    tell_ticket (cli, cli->json ? builder : NULL, g_array_index (ids, KipId, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

/* ---- pick ---- */

/* Both texts, one behind the other where they differ; NULL: there is no such thing. */
static KipValue *
both_texts (KipTicket         *ticket,
            const KipConflict *conflict)
{
  const KipEvent *left, *right;
  g_autoptr (GPtrArray) pieces = kip_conflict_pieces (ticket->entity, conflict, &left, &right);
  g_autofree KipMergeTake *takes = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (pieces == NULL)
    return NULL;
  n = kip_merge_count_conflicts (pieces);
  takes = g_new (KipMergeTake, n);
  for (guint i = 0; i < n; i++)
    takes[i] = KIP_MERGE_TAKE_BOTH;
  text = kip_merge_join (pieces, takes);
  return kip_value_text (text);
}

/* NULL: @choice is none. (transfer full) */
static KipValue *
chosen_value (KipTicket         *ticket,
              const KipConflict *conflict,
              const char        *choice)
{
  const KipEvent *claim;
  gint64 number;

  if (strcmp (choice, "both") == 0)
    return both_texts (ticket, conflict);
  if (!g_ascii_string_to_signed (choice, 10, 1, conflict->claims->len, &number, NULL))
    return NULL;
  claim = g_ptr_array_index (conflict->claims, (guint) number - 1);
  return claim->value != NULL ? kip_value_ref (claim->value) : kip_value_none ();
}

static int
pick_one (KipCli     *cli,
          KipTicket  *ticket,
          const char *key,
          const char *choice)
{
  const KipFieldInfo *info = kip_schema_field_by_key (KIP_KIND_TICKET, key);
  g_autoptr (KipConflict) conflict = info != NULL ? kip_conflict_of (ticket->entity, info->field) : NULL;
  g_autoptr (KipValue) value = conflict != NULL ? chosen_value (ticket, conflict, choice) : NULL;

  if (conflict == NULL)
    return kip_cli_fail_text (cli, _("There is nothing to choose in “%s”."), key);
  if (value == NULL)
    return kip_cli_fail_text (cli, _("“%s” is none of the choices; “kipctl conflicts” lists them."), choice);
  return kip_cli_do (cli, kip_command_pick (cli->store, KIP_KIND_TICKET, ticket->id, info->field, value));
}

static int
pick_all_of (KipCli     *cli,
             KipTicket  *ticket,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  KipId person = kip_cli_find (cli, KIP_KIND_PERSON, name, &error);
  g_autoptr (KipChange) change = NULL;

  if (person == KIP_ID_NONE)
    return kip_cli_fail (cli, error);
  change = kip_command_pick_by (cli->store, ticket, person);
  if (change->events->len == 0)
    return kip_cli_fail_text (cli, _("%s wrote none of the values to choose from."), name);
  return kip_cli_do (cli, g_steal_pointer (&change));
}

int
kip_cmd_pick (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autofree char *of = NULL;
  const GOptionEntry entries[] = {
    { "of", 0, 0, G_OPTION_ARG_STRING, &of, N_("Everything that this person wrote"), N_("PERSON") },
    { NULL }
  };
  g_autoptr (KipTicket) ticket = NULL;
  KipId id;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc != (of != NULL ? 2 : 4))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli) || (id = kip_cli_ticket (cli, argv[1])) == KIP_ID_NONE)
    return KIP_CLI_FAILED;
  ticket = kip_store_ticket (cli->store, id, NULL);
  if (ticket == NULL)
    return KIP_CLI_FAILED;
  return of != NULL ? pick_all_of (cli, ticket, of) : pick_one (cli, ticket, argv[2], argv[3]);
}
