/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office members|invite|admit|remove": who takes part. */
#include "kip-cli-share-private.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-sharing.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long an invitation holds. */
#define INVITATION_LASTS (7 * KIP_MS_PER_DAY)

static const KipHave *
find_have (KipSyncEngine *engine,
           guint32        device)
{
  GPtrArray *haves = kip_sync_engine_get_haves (engine);

  for (guint i = 0; i < haves->len; i++)
    if (((KipHave *) g_ptr_array_index (haves, i))->device == device)
      return g_ptr_array_index (haves, i);
  return NULL;
}

static const char *
person_name (KipCli *cli,
             KipId   id)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (cli->store), id);

  return person != NULL ? person->name : "—";
}

static const char *
what_it_is (KipMembers      *members,
            const KipMember *member)
{
  if (member->last != G_MAXUINT64)
    return member->has_left ? _("left") : _("removed");
  if (member->is_recovery)
    return _("code");
  return kip_members_is_manager (members, member->device) ? _("manager") : _("agent");
}

/* (transfer full) empty: it is none */
static char *
copied_words (const KipMember *member)
{
  g_autofree char *letters = member->twin_of != 0 ? kip_id_device_letters (member->twin_of) : NULL;

  return letters != NULL ? g_strdup_printf (_("(a copy of %s)"), letters) : g_strdup ("");
}

static void
print_member (KipCli          *cli,
              JsonBuilder     *builder,
              KipMembers      *members,
              const KipMember *member,
              const KipHave   *have)
{
  g_autofree char *letters = kip_id_device_letters (member->device);
  g_autofree char *seen = kip_cli_time (cli, have != NULL ? have->at : KIP_INSTANT_NONE);
  g_autofree char *ended = kip_cli_time (cli, member->ended);
  g_autofree char *copied = copied_words (member);
  g_autofree char *of = member->twin_of != 0 ? kip_id_device_letters (member->twin_of) : NULL;
  gboolean is_in = member->last == G_MAXUINT64;

  if (!cli->json)
    {
      kip_cli_print ("%-3s %-20s %-16s %-10s %s %s %s\n", letters, person_name (cli, member->person), member->name != NULL ? member->name : "—",
                     what_it_is (members, member), is_in ? seen : ended, is_in && have != NULL ? have->version : "", copied);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "machine", letters);
  kip_cli_json_text (builder, "person", person_name (cli, member->person));
  kip_cli_json_text (builder, "name", member->name);
  kip_cli_json_text (builder, "copy_of", of);
  kip_cli_json_flag (builder, "in", is_in);
  kip_cli_json_flag (builder, "left", member->has_left);
  kip_cli_json_instant (builder, "ended", member->ended);
  kip_cli_json_text (builder, "ended_by", is_in ? NULL : person_name (cli, member->ended_by));
  kip_cli_json_flag (builder, "recovery_code", member->is_recovery);
  kip_cli_json_flag (builder, "manager", kip_members_is_manager (members, member->device));
  kip_cli_json_instant (builder, "seen", have != NULL ? have->at : KIP_INSTANT_NONE);
  kip_cli_json_text (builder, "version", have != NULL ? have->version : NULL);
  json_builder_end_object (builder);
}

/* Who knocked and is not in yet. */
static GPtrArray *
waiting_knocks (KipCli        *cli,
                KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (cli->store);
  GPtrArray *all = kip_members_get_all (members), *knocks = kip_sync_engine_get_knocks (engine);
  GPtrArray *waiting = g_ptr_array_new ();

  for (guint i = 0; i < knocks->len; i++)
    {
      KipKnock *knock = g_ptr_array_index (knocks, i);
      gboolean is_in = FALSE;

      for (guint j = 0; j < all->len; j++)
        {
          const KipMember *member = g_ptr_array_index (all, j);

          is_in |= member->keys->len > 0 && memcmp (g_array_index (member->keys, KipMemberKey, 0).key, knock->public_key, sizeof knock->public_key) == 0;
        }
      if (!is_in)
        g_ptr_array_add (waiting, knock);
    }
  return waiting;
}

static void
print_knock (KipCli         *cli,
             JsonBuilder    *builder,
             const KipKnock *knock)
{
  if (!cli->json)
    {
      kip_cli_print (_("%s at “%s” asks to be let in\n"), knock->person, knock->machine);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "asks", knock->person);
  kip_cli_json_text (builder, "name", knock->machine);
  json_builder_end_object (builder);
}

int
kip_cli_share_members (KipCli            *cli,
                       const KipCliShare *options,
                       int                argc,
                       char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GPtrArray) knocks = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *all;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  members = kip_store_dup_members (cli->store);
  knocks = waiting_knocks (cli, engine);
  all = kip_members_get_all (members);
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    print_member (cli, builder, members, g_ptr_array_index (all, i), find_have (engine, ((KipMember *) g_ptr_array_index (all, i))->device));
  for (guint i = 0; i < knocks->len; i++)
    print_knock (cli, builder, g_ptr_array_index (knocks, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

gboolean
kip_cli_share_invite (const KipCliShareStep *step,
                      char                 **code,
                      GError               **error)
{
  KipId person = kip_cli_find (step->cli, KIP_KIND_PERSON, step->argv[1], error);

  if (person != KIP_ID_NONE)
    *code = kip_sharing_invite (step->cli->store, step->engine, person, kip_clock_now () + INVITATION_LASTS, error);
  return *code != NULL;
}

/* The one who knocked by that name, or the only one. */
static const KipKnock *
find_knock (GPtrArray  *knocks,
            const char *name)
{
  if (name == NULL && knocks->len == 1)
    return g_ptr_array_index (knocks, 0);
  for (guint i = 0; name != NULL && i < knocks->len; i++)
    if (g_utf8_collate (((KipKnock *) g_ptr_array_index (knocks, i))->person, name) == 0)
      return g_ptr_array_index (knocks, i);
  return NULL;
}

gboolean
kip_cli_share_admit (const KipCliShareStep *step,
                     char                 **code,
                     GError               **error)
{
  g_autoptr (GPtrArray) knocks = waiting_knocks (step->cli, step->engine);
  const KipKnock *knock = find_knock (knocks, step->argc > 1 ? step->argv[1] : NULL);
  KipId person;

  if (knock == NULL)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                           _("Nobody of that name asks to be let in. “kipctl office members” lists who does."));
      return FALSE;
    }
  person = kip_cli_find (step->cli, KIP_KIND_PERSON, step->argc > 2 ? step->argv[2] : knock->person, error);
  return person != KIP_ID_NONE && kip_sharing_admit (step->cli->store, knock, person, error);
}

gboolean
kip_cli_share_remove (const KipCliShareStep *step,
                      char                 **code,
                      GError               **error)
{
  const char *letters = step->argv[1];

  if (!kip_sharing_remove (step->cli->store, kip_id_device_from_letters (letters, strlen (letters)), error))
    return FALSE;
  kip_sync_engine_rotate (step->engine);
  return TRUE;
}
