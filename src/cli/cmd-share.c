/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The office on several computers, by one file on a share. */
#include "kip-cli-files.h"
#include "kip-cli-share.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-frame-survey.h"
#include "kip-sharing.h"
#include "kip-sync-log.h"
#include "kip-store-purge.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const KipSyncOptions sync_options = { .version = VERSION };

/* How long an invitation holds. */
#define INVITATION_LASTS (7 * KIP_MS_PER_DAY)

/* ---- the passphrase ---- */

static char *
read_line (int fd)
{
  GString *line = g_string_new (NULL);
  char letter;

  while (read (fd, &letter, 1) == 1 && letter != '\n')
    g_string_append_c (line, letter);
  return g_string_free (line, FALSE);
}

/* Without showing what is typed. */
static char *
ask_terminal (void)
{
  struct termios before, quiet;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char *line;

  if (is_terminal)
    {
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
      g_printerr ("%s ", _("Passphrase:"));
    }
  line = read_line (STDIN_FILENO);
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  return line;
}

static char *
get_passphrase (const KipCliShare *options)
{
  const char *given = g_getenv ("KIP_PASSPHRASE");

  if (options->passphrase_fd >= 0)
    return read_line (options->passphrase_fd);
  return given != NULL ? g_strdup (given) : ask_terminal ();
}

static const char *
machine_name (const KipCliShare *options)
{
  return options->machine != NULL ? options->machine : g_get_host_name ();
}

/* ---- rounds ---- */

static const char *
state_words (KipSyncState state)
{
  static const char *const words[] = {
    [KIP_SYNC_DONE] = N_("everything is shared"),
    [KIP_SYNC_MORE] = N_("something is left to be sent"),
    [KIP_SYNC_OFFLINE] = N_("the share is not reachable; everything is kept here"),
    [KIP_SYNC_BUSY] = N_("others are writing; try again"),
    [KIP_SYNC_MISSING] = N_("the shared file is missing; everything is kept here"),
    [KIP_SYNC_DAMAGED] = N_("the shared file is damaged; everything is kept here"),
    [KIP_SYNC_FOREIGN] = N_("that is another office's file; nothing was written"),
    [KIP_SYNC_NEWER] = N_("a newer Kip wrote the file; nothing was written"),
    [KIP_SYNC_NO_KEY] = N_("this computer has no key for the file"),
    [KIP_SYNC_FULL] = N_("the share is full; everything is kept here"),
    [KIP_SYNC_READ_ONLY] = N_("the share may not be written; everything is kept here")
  };

  return _(words[state]);
}

static const char *
state_key (KipSyncState state)
{
  static const char *const keys[] = {
    "done", "more", "offline", "busy", "missing", "damaged", "foreign", "newer", "no-key", "full", "read-only"
  };

  return keys[state];
}

static KipSyncEngine *
open_engine (KipCli *cli)
{
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_open (cli))
    return NULL;
  sharing = kip_sharing_load (cli->data_dir, &error);
  if (sharing != NULL)
    return kip_sharing_new_engine (sharing, cli->store, &sync_options);
  if (error != NULL)
    kip_cli_fail (cli, error);
  else
    kip_cli_fail_text (cli, _("This office is not shared. “kipctl office share FILE” begins it."));
  return NULL;
}

static void
print_files (KipCli                *cli,
             const KipFilesSummary *files)
{
  if (files->n_to_put > 0)
    kip_cli_print (ngettext ("%u attachment to send\n", "%u attachments to send\n", files->n_to_put), files->n_to_put);
  if (files->n_to_fetch > 0)
    kip_cli_print (ngettext ("%u attachment is not on the share yet\n", "%u attachments are not on the share yet\n", files->n_to_fetch),
                   files->n_to_fetch);
}

static void
print_round (KipCli                *cli,
             const KipSyncRound    *round,
             const KipFilesSummary *files)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      kip_cli_print ("%s\n", state_words (round->state));
      kip_cli_print (_("received %u, sent %u, to send %u\n"), round->n_received, round->n_sent, round->n_to_send);
      print_files (cli, files);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "state", state_key (round->state));
  json_builder_set_member_name (builder, "received");
  json_builder_add_int_value (builder, round->n_received);
  json_builder_set_member_name (builder, "sent");
  json_builder_add_int_value (builder, round->n_sent);
  json_builder_set_member_name (builder, "to_send");
  json_builder_add_int_value (builder, round->n_to_send);
  json_builder_set_member_name (builder, "files_to_send");
  json_builder_add_int_value (builder, files->n_to_put);
  json_builder_set_member_name (builder, "files_to_fetch");
  json_builder_add_int_value (builder, files->n_to_fetch);
  kip_cli_json_flag (builder, "recreated", round->recreated);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

/* FALSE: said why not. */
static gboolean
settle (KipCli        *cli,
        KipSyncEngine *engine,
        KipSyncRound  *round)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  if (!kip_sync_engine_settle (engine, round, NULL, NULL, &problem, NULL, &error))
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  /* What others had removed for good is gone from here, too, when the command ends. */
  kip_store_scrub (cli->store, NULL);
  if (problem != NULL)
    kip_cli_fail (cli, problem);
  return problem == NULL;
}

/* ---- the verbs ---- */

static int
share (KipCli            *cli,
       const KipCliShare *options,
       int                argc,
       char             **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  path = g_canonicalize_filename (argv[1], NULL);
  passphrase = get_passphrase (options);
  if (!kip_sharing_begin (cli->store, path, passphrase, machine_name (options), &sync_options, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, "file", path);
}

static int
join (KipCli            *cli,
      const KipCliShare *options,
      int                argc,
      char             **argv)
{
  g_autofree char *path = argc == 2 ? g_canonicalize_filename (argv[1], NULL) : NULL;
  g_autofree char *passphrase = NULL;
  KipJoining joining = { path, options->code, NULL, options->me != NULL ? options->me : g_get_real_name (), machine_name (options) };
  g_autoptr (KipSyncEngine) engine = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  if (argc != 2)
    return kip_cli_usage (cli);
  if (options->code == NULL)
    joining.passphrase = passphrase = get_passphrase (options);
  if (!kip_sharing_join (cli->data_dir, &joining, NULL, &error))
    return kip_cli_fail (cli, error);
  engine = open_engine (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (kip_sharing_come_in (cli->store, &error))
    return kip_cli_done (cli, "file", path);
  if (error != NULL)
    return kip_cli_fail (cli, error);
  if (!cli->json)
    kip_cli_print (_("This computer may read. Ask a manager to let it in: “kipctl office admit”.\n"));
  return kip_cli_done (cli, "waiting", path);
}

static int
sync_now (KipCli            *cli,
          const KipCliShare *options,
          int                argc,
          char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_engine (cli) : NULL;
  g_autoptr (GError) error = NULL;
  KipFilesSummary files;
  KipSyncRound round;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  kip_cli_carry_files (cli, engine, options->files, &files, &error);
  print_round (cli, &round, &files);
  if (error == NULL)
    kip_sharing_come_in (cli->store, &error);
  return error == NULL ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

static int
leave (KipCli            *cli,
       const KipCliShare *options,
       int                argc,
       char             **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  return kip_sharing_leave (cli->store, &error) ? kip_cli_done (cli, NULL, NULL) : kip_cli_fail (cli, error);
}

/* ---- members ---- */

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

static void
print_member (KipCli          *cli,
              JsonBuilder     *builder,
              KipMembers      *members,
              const KipMember *member,
              const KipHave   *have)
{
  g_autofree char *letters = kip_id_device_letters (member->device);
  g_autofree char *seen = kip_cli_time (cli, have != NULL ? have->at : KIP_INSTANT_NONE);
  gboolean is_in = member->last == G_MAXUINT64;

  if (!cli->json)
    {
      kip_cli_print ("%-3s %-20s %-16s %-10s %s %s\n", letters, person_name (cli, member->person), member->name != NULL ? member->name : "—",
                     member->is_recovery && is_in ? _("code") : is_in ? (kip_members_is_manager (members, member->device) ? _("manager") : _("agent")) : _("removed"),
                     seen, have != NULL ? have->version : "");
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "machine", letters);
  kip_cli_json_text (builder, "person", person_name (cli, member->person));
  kip_cli_json_text (builder, "name", member->name);
  kip_cli_json_flag (builder, "in", is_in);
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

/* Everything is read from the beginning: what others told once is not kept. */
static KipSyncEngine *
open_and_read (KipCli *cli)
{
  g_autoptr (KipSyncEngine) engine = open_engine (cli);
  KipSyncRound round;

  if (engine == NULL)
    return NULL;
  kip_sync_engine_rescan (engine);
  return settle (cli, engine, &round) ? g_steal_pointer (&engine) : NULL;
}

static int
list_members (KipCli            *cli,
              const KipCliShare *options,
              int                argc,
              char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_and_read (cli) : NULL;
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GPtrArray) knocks = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *all;

  if (argc != 1)
    return kip_cli_usage (cli);
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

static int
invite (KipCli            *cli,
        const KipCliShare *options,
        int                argc,
        char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 2 ? open_engine (cli) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  KipSyncRound round;
  KipId person;

  if (argc != 2)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  person = kip_cli_find (cli, KIP_KIND_PERSON, argv[1], &error);
  code = person != KIP_ID_NONE ? kip_sharing_invite (cli->store, engine, person, kip_clock_now () + INVITATION_LASTS, &error) : NULL;
  if (code == NULL)
    return kip_cli_fail (cli, error);
  if (!settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (!cli->json)
    kip_cli_print ("%s\n", code);
  return kip_cli_done (cli, "code", code);
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

static int
admit (KipCli            *cli,
       const KipCliShare *options,
       int                argc,
       char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc <= 3 ? open_and_read (cli) : NULL;
  g_autoptr (GPtrArray) knocks = NULL;
  g_autoptr (GError) error = NULL;
  const KipKnock *knock;
  KipSyncRound round;
  KipId person;

  if (argc > 3)
    return kip_cli_usage (cli);
  if (engine == NULL)
    return KIP_CLI_FAILED;
  knocks = waiting_knocks (cli, engine);
  knock = find_knock (knocks, argc > 1 ? argv[1] : NULL);
  if (knock == NULL)
    return kip_cli_fail_text (cli, _("Nobody of that name asks to be let in. “kipctl office members” lists who does."));
  person = kip_cli_find (cli, KIP_KIND_PERSON, argc > 2 ? argv[2] : knock->person, &error);
  if (person == KIP_ID_NONE || !kip_sharing_admit (cli->store, knock, person, &error))
    return kip_cli_fail (cli, error);
  return settle (cli, engine, &round) ? kip_cli_done (cli, NULL, NULL) : KIP_CLI_FAILED;
}

static int
remove_machine (KipCli            *cli,
                const KipCliShare *options,
                int                argc,
                char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 2 ? open_engine (cli) : NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  if (argc != 2)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (!kip_sharing_remove (cli->store, kip_id_device_from_letters (argv[1], strlen (argv[1])), &error))
    return kip_cli_fail (cli, error);
  kip_sync_engine_rotate (engine);
  return settle (cli, engine, &round) ? kip_cli_done (cli, NULL, NULL) : KIP_CLI_FAILED;
}

/* ---- keys ---- */

static int
rotate (KipCli            *cli,
        const KipCliShare *options,
        int                argc,
        char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_engine (cli) : NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (!kip_sharing_change_key (cli->store, engine, &error))
    return kip_cli_fail (cli, error);
  return settle (cli, engine, &round) ? kip_cli_done (cli, NULL, NULL) : KIP_CLI_FAILED;
}

static int
set_passphrase (KipCli            *cli,
                const KipCliShare *options,
                int                argc,
                char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_engine (cli) : NULL;
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  passphrase = get_passphrase (options);
  if (!kip_sharing_set_passphrase (cli->store, engine, passphrase, &error))
    return kip_cli_fail (cli, error);
  return settle (cli, engine, &round) ? kip_cli_done (cli, NULL, NULL) : KIP_CLI_FAILED;
}

static int
recovery (KipCli            *cli,
          const KipCliShare *options,
          int                argc,
          char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_engine (cli) : NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  code = kip_sharing_make_recovery (cli->store, &error);
  if (code == NULL)
    return kip_cli_fail (cli, error);
  if (!settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (!cli->json)
    kip_cli_print ("%s\n", code);
  return kip_cli_done (cli, "code", code);
}

/* ---- the doctor ---- */

static void
add_number (JsonBuilder *builder,
            const char  *name,
            guint64      number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
add_device (JsonBuilder           *builder,
            const KipSurveyDevice *device)
{
  g_autofree char *letters = kip_id_device_letters (device->device);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "machine", letters);
  add_number (builder, "changes", device->n_changes - device->n_again);
  kip_cli_json_text (builder, "version", device->version);
  json_builder_set_member_name (builder, "ranges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < device->ranges->len; i++)
    {
      json_builder_begin_object (builder);
      add_number (builder, "first", g_array_index (device->ranges, KipSurveyRange, i).first);
      add_number (builder, "last", g_array_index (device->ranges, KipSurveyRange, i).last);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_survey_json (KipCli               *cli,
                   const KipFrameSurvey *survey)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_number (builder, "size", survey->size);
  kip_cli_json_text (builder, "problem", survey->header_problem != NULL ? survey->header_problem->message : NULL);
  add_number (builder, "frames", survey->n_frames);
  add_number (builder, "sealed", survey->n_sealed);
  add_number (builder, "damaged", survey->n_damaged);
  add_number (builder, "damaged_bytes", survey->damaged_bytes);
  add_number (builder, "junk_bytes", survey->junk_bytes);
  add_number (builder, "unfinished_bytes", survey->unfinished_bytes);
  json_builder_set_member_name (builder, "machines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < survey->devices->len; i++)
    add_device (builder, &g_array_index (survey->devices, KipSurveyDevice, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

static void
print_survey (const KipFrameSurvey *survey)
{
  kip_cli_print (_("%" PRIu64 " bytes\n"), survey->size);
  if (survey->header_problem != NULL)
    kip_cli_print ("%s\n", survey->header_problem->message);
  kip_cli_print (_("%" PRIu64 " whole frames, %" PRIu64 " of them sealed with a key that is not here\n"), survey->n_frames, survey->n_sealed);
  kip_cli_print (_("%" PRIu64 " damaged places (%" PRIu64 " bytes), %" PRIu64 " bytes of something else, %" PRIu64 " unfinished at the end\n"),
                 survey->n_damaged, survey->damaged_bytes, survey->junk_bytes, survey->unfinished_bytes);
  for (guint i = 0; i < survey->devices->len; i++)
    {
      const KipSurveyDevice *device = &g_array_index (survey->devices, KipSurveyDevice, i);
      g_autofree char *letters = kip_id_device_letters (device->device);

      kip_cli_print (_("%s: %" PRIu64 " changes"), letters, device->n_changes - device->n_again);
      for (guint j = 0; j < device->ranges->len; j++)
        {
          const KipSurveyRange *range = &g_array_index (device->ranges, KipSurveyRange, j);

          kip_cli_print (" %" PRIu64 "–%" PRIu64, range->first, range->last);
        }
      kip_cli_print ("\n");
    }
}

static int
doctor (KipCli            *cli,
        const KipCliShare *options,
        int                argc,
        char             **argv)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (KipFrameSurvey) survey = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    return kip_cli_usage (cli);
  file = g_mapped_file_new (argv[1], FALSE, &error);
  if (file == NULL)
    return kip_cli_fail (cli, error);
  bytes = g_mapped_file_get_bytes (file);
  sharing = kip_store_exists (cli->data_dir) ? kip_sharing_load (cli->data_dir, NULL) : NULL;
  survey = kip_frame_survey (bytes, sharing != NULL ? kip_sharing_get_keys (sharing) : NULL, NULL);
  if (cli->json)
    print_survey_json (cli, survey);
  else
    print_survey (survey);
  return survey->header_problem == NULL && survey->n_damaged == 0 ? KIP_CLI_OK : KIP_CLI_FAILED;
}

/* ---- a smaller file ---- */

static void
print_compaction (KipCli              *cli,
                  const KipCompaction *compaction)
{
  g_autofree char *before = g_format_size (compaction->size_before);
  g_autofree char *after = g_format_size (compaction->size_after);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      kip_cli_print (_("%s before, %s now: %" PRIu64 " changes were carried over\n"), before, after, compaction->n_changes);
      return;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "before");
  json_builder_add_int_value (builder, (gint64) compaction->size_before);
  json_builder_set_member_name (builder, "after");
  json_builder_add_int_value (builder, (gint64) compaction->size_after);
  json_builder_set_member_name (builder, "changes");
  json_builder_add_int_value (builder, (gint64) compaction->n_changes);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

static int
compact (KipCli            *cli,
         const KipCliShare *options,
         int                argc,
         char             **argv)
{
  g_autoptr (KipSyncEngine) engine = argc == 1 ? open_engine (cli) : NULL;
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;
  KipSyncRound round;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (engine == NULL || !settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  if (!kip_sync_engine_compact (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &compaction,
                                kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  print_compaction (cli, &compaction);
  return kip_cli_sweep_files (cli, engine, &error) ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

/* ---- what happened ---- */

static void
print_entry (KipCli                *cli,
             JsonBuilder           *builder,
             KipMembers            *members,
             const KipSyncLogEntry *entry)
{
  g_autofree char *words = kip_sync_log_entry_words (entry, members);
  g_autofree char *at = kip_cli_time (cli, entry->at);

  if (!cli->json)
    {
      kip_cli_print ("%s  %s\n", at, words);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_instant (builder, "at", entry->at);
  kip_cli_json_text (builder, "what", kip_sync_log_kind_key (entry->kind));
  json_builder_set_member_name (builder, "n");
  json_builder_add_int_value (builder, (gint64) entry->n);
  kip_cli_json_text (builder, "words", words);
  json_builder_end_object (builder);
}

static int
show_log (KipCli            *cli,
          const KipCliShare *options,
          int                argc,
          char             **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (argc != 1)
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  members = kip_store_dup_members (cli->store);
  entries = kip_sync_log_load (cli->store);
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    print_entry (cli, builder, members, g_ptr_array_index (entries, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

/* ---- which ---- */

static const struct
{
  const char *verb;
  int (*run) (KipCli            *cli,
              const KipCliShare *options,
              int                argc,
              char             **argv);
} verbs[] = {
  { "share", share }, { "join", join }, { "sync", sync_now }, { "status", sync_now }, { "members", list_members },
  { "invite", invite }, { "admit", admit }, { "remove", remove_machine }, { "leave", leave }, { "doctor", doctor },
  { "compact", compact }, { "rotate", rotate }, { "passphrase", set_passphrase }, { "recovery", recovery },
  { "log", show_log }
};

gboolean
kip_cli_is_share (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, verb) == 0)
      return TRUE;
  return FALSE;
}

int
kip_cli_share (KipCli            *cli,
               const KipCliShare *options,
               int                argc,
               char             **argv)
{
  kip_sharing_use_child ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, argv[0]) == 0)
      return verbs[i].run (cli, options, argc, argv);
  return kip_cli_usage (cli);
}
