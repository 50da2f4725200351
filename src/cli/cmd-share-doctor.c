/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office doctor FILE": what is in a file, whosever it is. */
#include "kip-cli-share-private.h"

#include "kip-error.h"
#include "kip-frame-survey.h"
#include "kip-sharing.h"
#include "kip-sync-repair.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* ---- what is the matter ---- */

/* What a window would find of such a file. */
static KipSyncState
state_of (const KipFrameSurvey *survey)
{
  if (survey->is_other_office)
    return KIP_SYNC_FOREIGN;
  if (survey->header_problem == NULL)
    return KIP_SYNC_DONE;
  return g_error_matches (survey->header_problem, KIP_ERROR, KIP_ERROR_NEWER) ? KIP_SYNC_NEWER : KIP_SYNC_DAMAGED;
}

static void
print_repair (KipSyncState state)
{
  KipRepair repair;

  if (kip_repair_for_state (state, &repair))
    kip_cli_print ("\n%s\n%s\n", repair.title, repair.text);
}

/* Places behind the beginning are made good without anybody. */
static void
print_places (const KipFrameSurvey *survey)
{
  if (survey->header_problem == NULL && survey->n_damaged + survey->n_junk > 0)
    kip_cli_print ("\n%s\n", _("Some places in the file cannot be read. Nothing is lost: whoever holds what they said writes it again by itself, and making the file smaller leaves them out."));
}

/* ---- what is in it ---- */

static void
add_device (JsonBuilder           *builder,
            const KipSurveyDevice *device)
{
  g_autofree char *letters = kip_id_device_letters (device->device);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "machine", letters);
  kip_cli_json_int (builder, "changes", device->n_changes - device->n_again);
  kip_cli_json_text (builder, "version", device->version);
  kip_cli_json_int (builder, "clock_offset_ms", device->clock_offset);
  json_builder_set_member_name (builder, "ranges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < device->ranges->len; i++)
    {
      json_builder_begin_object (builder);
      kip_cli_json_int (builder, "first", g_array_index (device->ranges, KipSurveyRange, i).first);
      kip_cli_json_int (builder, "last", g_array_index (device->ranges, KipSurveyRange, i).last);
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
  kip_cli_json_int (builder, "size", survey->size);
  kip_cli_json_text (builder, "problem", survey->header_problem != NULL ? survey->header_problem->message : NULL);
  kip_cli_json_int (builder, "frames", survey->n_frames);
  kip_cli_json_int (builder, "sealed", survey->n_sealed);
  kip_cli_json_int (builder, "damaged", survey->n_damaged);
  kip_cli_json_int (builder, "damaged_bytes", survey->damaged_bytes);
  kip_cli_json_int (builder, "junk_bytes", survey->junk_bytes);
  kip_cli_json_int (builder, "unfinished_bytes", survey->unfinished_bytes);
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

static void
print_clocks (const KipFrameSurvey *survey)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < survey->devices->len; i++)
    {
      const KipSurveyDevice *device = &g_array_index (survey->devices, KipSurveyDevice, i);

      is_any |= kip_cli_print_clock (device->device, device->clock_offset);
    }
  if (is_any)
    kip_cli_print_clock_advice ();
}

int
kip_cli_share_doctor (KipCli            *cli,
                      const KipCliShare *options,
                      int                argc,
                      char             **argv)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (KipFrameSurvey) survey = NULL;
  g_autoptr (GError) error = NULL;

  file = g_mapped_file_new (argv[1], FALSE, &error);
  if (file == NULL && g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) && !cli->json)
    print_repair (KIP_SYNC_MISSING);
  if (file == NULL)
    return kip_cli_fail (cli, error);
  bytes = g_mapped_file_get_bytes (file);
  sharing = kip_store_exists (cli->data_dir) ? kip_sharing_load (cli->data_dir, NULL) : NULL;
  survey = kip_frame_survey (bytes, sharing != NULL ? kip_sharing_get_keys (sharing) : NULL, NULL);
  if (cli->json)
    print_survey_json (cli, survey);
  else
    {
      print_survey (survey);
      print_clocks (survey);
      print_places (survey);
      print_repair (state_of (survey));
    }
  return state_of (survey) == KIP_SYNC_DONE && survey->n_damaged == 0 ? KIP_CLI_OK : KIP_CLI_FAILED;
}
