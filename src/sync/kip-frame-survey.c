/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-survey.h"

#include <string.h>

typedef struct
{
  KipFrameSurvey *survey;
  KipShareKeys *keys;     /* (owned) set to this file */
  KipFrameJoiner *joiner; /* (owned) */
  GHashTable *seqs;       /* (owned) device → GArray of guint64 */
  GHashTable *haves;      /* (owned) device → KipHave, the last */
} Surveyor;

/* ---- keys for this file ---- */

static gboolean
is_of_office (const KipShareKeys     *keys,
              const KipShareIdentity *identity)
{
  return memcmp (kip_share_keys_get_office (keys), identity->office, KIP_OFFICE_ID_SIZE) == 0;
}

static KipShareKeys *
keys_for (KipFrameSurvey     *survey,
          const KipShareKeys *keys)
{
  const KipShareIdentity *identity = &survey->info.identity;
  KipShareKeys *mine;

  survey->is_other_office = keys != NULL && !is_of_office (keys, identity);
  if (keys == NULL || survey->is_other_office)
    mine = kip_share_keys_new (identity->office);
  else
    {
      g_autoptr (GBytes) bytes = kip_share_keys_to_bytes (keys);

      mine = kip_share_keys_from_bytes (bytes, NULL);
    }
  kip_share_keys_set_file (mine, identity);
  return mine;
}

static void
read_header (KipFrameSurvey         *survey,
             GBytes                 *bytes,
             const KipShareIdentity *remembered)
{
  g_autoptr (KipShareHeader) header = kip_share_header_read (bytes, &survey->header_problem);

  survey->has_identity = header != NULL || remembered != NULL;
  if (header != NULL)
    survey->info = *kip_share_header_get_info (header);
  else if (remembered != NULL)
    survey->info.identity = *remembered;
}

/* ---- what is found ---- */

static void
add_changes (Surveyor  *surveyor,
             GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i);
      GArray *seqs = g_hash_table_lookup (surveyor->seqs, GUINT_TO_POINTER (raw->device));

      if (seqs == NULL)
        {
          seqs = g_array_new (FALSE, FALSE, sizeof (guint64));
          g_hash_table_insert (surveyor->seqs, GUINT_TO_POINTER (raw->device), seqs);
        }
      g_array_append_val (seqs, raw->seq);
    }
}

static gboolean
read_have (Surveyor       *surveyor,
           const KipFound *found)
{
  KipHave *have = kip_frame_unpack_have (found->body, NULL, NULL);

  if (have != NULL)
    g_hash_table_replace (surveyor->haves, GUINT_TO_POINTER (have->device), have);
  return have != NULL;
}

static gboolean
read_knock (const KipFound *found)
{
  g_autoptr (KipKnock) knock = kip_frame_unpack_knock (found->body, NULL);

  return knock != NULL;
}

static gboolean
read_body (Surveyor       *surveyor,
           const KipFound *found)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  gboolean makes_sense = kip_frame_joiner_take (surveyor->joiner, found, changes, NULL);

  add_changes (surveyor, changes);
  if (found->kind != KIP_FOUND_FRAME)
    return TRUE;
  if (found->type == KIP_FRAME_HAVE)
    return read_have (surveyor, found);
  if (found->type == KIP_FRAME_KNOCK)
    return read_knock (found);
  return makes_sense;
}

static void
count_frame (KipFrameSurvey *survey,
             const KipFound *found,
             gboolean        makes_sense)
{
  survey->n_frames++;
  survey->n_by_type[found->type]++;
  survey->frame_bytes += found->length;
  survey->n_sealed += found->kind == KIP_FOUND_SEALED && found->generation != 0;
  survey->n_senseless += !makes_sense;
}

static void
count_place (KipFrameSurvey *survey,
             const KipFound *found)
{
  KipSurveyPlace place = { found->kind, found->offset, found->length };

  survey->n_junk += found->kind == KIP_FOUND_JUNK;
  survey->n_damaged += found->kind == KIP_FOUND_DAMAGED;
  survey->junk_bytes += found->kind == KIP_FOUND_JUNK ? found->length : 0;
  survey->damaged_bytes += found->kind == KIP_FOUND_DAMAGED ? found->length : 0;
  survey->unfinished_bytes += found->kind == KIP_FOUND_UNFINISHED ? found->length : 0;
  if (survey->places->len < KIP_SURVEY_MAX_PLACES)
    g_array_append_val (survey->places, place);
}

static void
walk (Surveyor *surveyor,
      GBytes   *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  gsize at = surveyor->survey->header_problem == NULL ? KIP_SHARE_HEADER_SIZE : 0;

  while (at < size)
    {
      KipFound found;
      gboolean makes_sense;

      kip_frame_find (surveyor->keys, bytes, 0, at, TRUE, &found);
      makes_sense = read_body (surveyor, &found);
      if (found.kind == KIP_FOUND_FRAME || found.kind == KIP_FOUND_SEALED)
        count_frame (surveyor->survey, &found, makes_sense);
      else
        count_place (surveyor->survey, &found);
      at += found.length;
      kip_found_clear (&found);
    }
}

/* ---- of each device ---- */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static int
compare_devices (gconstpointer a,
                 gconstpointer b)
{
  const KipSurveyDevice *x = a, *y = b;

  return (x->device > y->device) - (x->device < y->device);
}

static void
add_seq (KipSurveyDevice *device,
         guint64          seq)
{
  KipSurveyRange *last = device->ranges->len > 0
                         ? &g_array_index (device->ranges, KipSurveyRange, device->ranges->len - 1) : NULL;
  KipSurveyRange range = { seq, seq };

  device->n_changes++;
  if (last != NULL && last->last == seq)
    device->n_again++;
  else if (last != NULL && last->last + 1 == seq)
    last->last = seq;
  else
    g_array_append_val (device->ranges, range);
}

static void
add_device (Surveyor *surveyor,
            guint32   number)
{
  GArray *seqs = g_hash_table_lookup (surveyor->seqs, GUINT_TO_POINTER (number));
  const KipHave *have = g_hash_table_lookup (surveyor->haves, GUINT_TO_POINTER (number));
  KipSurveyDevice device = { .device = number, .ranges = g_array_new (FALSE, FALSE, sizeof (KipSurveyRange)) };

  if (seqs != NULL)
    g_array_sort (seqs, compare_numbers);
  for (guint i = 0; seqs != NULL && i < seqs->len; i++)
    add_seq (&device, g_array_index (seqs, guint64, i));
  if (have != NULL)
    {
      device.have_at = have->at;
      device.clock_offset = have->clock_offset;
      device.version = g_strdup (have->version);
    }
  g_array_append_val (surveyor->survey->devices, device);
}

static void
add_devices (Surveyor *surveyor)
{
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, surveyor->seqs);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    add_device (surveyor, GPOINTER_TO_UINT (number));
  g_hash_table_iter_init (&iter, surveyor->haves);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    if (!g_hash_table_contains (surveyor->seqs, number))
      add_device (surveyor, GPOINTER_TO_UINT (number));
  g_array_sort (surveyor->survey->devices, compare_devices);
}

/* ---- all of it ---- */

static void
clear_device (gpointer data)
{
  KipSurveyDevice *device = data;

  g_array_unref (device->ranges);
  g_free (device->version);
}

static KipFrameSurvey *
survey_new (gsize size)
{
  KipFrameSurvey *survey = g_new0 (KipFrameSurvey, 1);

  survey->size = size;
  survey->places = g_array_new (FALSE, FALSE, sizeof (KipSurveyPlace));
  survey->devices = g_array_new (FALSE, FALSE, sizeof (KipSurveyDevice));
  g_array_set_clear_func (survey->devices, clear_device);
  return survey;
}

KipFrameSurvey *
kip_frame_survey (GBytes                 *bytes,
                  const KipShareKeys     *keys,
                  const KipShareIdentity *remembered)
{
  KipFrameSurvey *survey = survey_new (g_bytes_get_size (bytes));
  Surveyor surveyor = { .survey = survey };

  read_header (survey, bytes, remembered);
  if (!survey->has_identity)
    return survey;
  surveyor.keys = keys_for (survey, keys);
  surveyor.joiner = kip_frame_joiner_new ();
  surveyor.seqs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  surveyor.haves = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) kip_have_free);
  walk (&surveyor, bytes);
  add_devices (&surveyor);
  g_hash_table_unref (surveyor.haves);
  g_hash_table_unref (surveyor.seqs);
  kip_frame_joiner_free (surveyor.joiner);
  kip_share_keys_free (surveyor.keys);
  return survey;
}

void
kip_frame_survey_free (KipFrameSurvey *survey)
{
  g_clear_error (&survey->header_problem);
  g_array_unref (survey->places);
  g_array_unref (survey->devices);
  g_free (survey);
}
