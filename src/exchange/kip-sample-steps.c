/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-story.h"

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)
#define DAY (8 * HOUR) /* of work */

/* ---- how long ---- */
gint64
kip_story_between (KipSampleStory *story,
                   gint64          least,
                   gint64          most)
{
  return least + (gint64) kip_sample_roll (story->sample, (guint) MAX (most - least, 1));
}

gint64
kip_sample_promise (KipSample   *sample,
                    int          impact,
                    int          urgency,
                    KipClockKind clock)
{
  const KipMatrix *matrix = kip_office_get_matrix (kip_import_names_get_office (sample->names));
  gint64 target = kip_policy_spec_get_target (sample->policy, kip_matrix_get (matrix, impact, urgency), clock);

  return target > 0 ? target : (clock == KIP_CLOCK_RESPONSE ? 4 * HOUR : 3 * DAY);
}

gint64
kip_sample_target (KipSample            *sample,
                   const KipSampleIssue *issue,
                   KipClockKind          clock)
{
  return kip_sample_promise (sample, issue->impact, issue->urgency, clock);
}

/* Most answers come in good time, one in eight does not. */
gint64
kip_story_share (KipSampleStory *story,
                 gint64          target,
                 guint           late_percent)
{
  guint percent = kip_sample_chance (story->sample, late_percent) ? 105 + kip_sample_roll (story->sample, 90)
                                                                  : 6 + kip_sample_roll (story->sample, 78);

  return target * percent / 100;
}

/* ---- words ---- */

/* The variant of @text, which offers some with bars, that goes with this ticket. */
static char *
variant (KipSampleStory *story,
         const char     *text)
{
  g_auto (GStrv) variants = g_strsplit (text, "|", -1);

  return g_strdup (variants[story->variant % g_strv_length (variants)]);
}

char *
kip_story_fill (KipSampleStory *story,
                const char     *text)
{
  g_autofree char *one = variant (story, text);
  GString *out = g_string_new (one);

  g_string_replace (out, "{person}", story->person->call, 0);
  g_string_replace (out, "{asset}", story->asset_name, 0);
  g_string_replace (out, "{room}", story->room, 0);
  return g_string_free (out, FALSE);
}

/* A letter: greeting and what is to be said. */
char *
kip_story_letter (KipSampleStory *story,
                  const char     *first, /* (nullable): a greeting */
                  const char     *text)
{
  g_autofree char *greeting = kip_story_fill (story, first != NULL ? first : kip_sample_pick (story->sample, story->sample->words->openings));
  g_autofree char *body = kip_story_fill (story, text);

  return g_strconcat (greeting, "\n\n", body, NULL);
}

/* ---- steps ---- */

KipChange *
kip_sample_change (KipSample  *sample,
                   KipId       author,
                   const char *action,
                   KipInstant  at)
{
  KipChange *change = kip_change_new (author, action);

  change->stamp->at = at;
  change->stamp->batch = sample->batch;
  g_ptr_array_add (sample->changes, change);
  return change;
}

/* NULL when that lies ahead. */
KipChange *
kip_story_step (KipSampleStory *story,
                KipId           author,
                const char     *action)
{
  story->ahead = story->ahead || story->at > story->sample->now;
  return story->ahead ? NULL : kip_sample_change (story->sample, author, action, story->at);
}

/* Goes on by @seconds of work; @paused: they do not count. */
void
kip_story_pass (KipSampleStory *story,
                gint64          seconds,
                gboolean        paused)
{
  story->at = kip_calendar_add (story->sample->calendar, story->at, seconds);
  story->used += paused ? 0 : seconds;
}

void
kip_story_set_status (KipSampleStory *story,
                      KipChange      *change,
                      KipPhase        phase,
                      KipPause        pause)
{
  const KipStatus *status = kip_office_status_for (kip_import_names_get_office (story->sample->names), phase, pause);

  if (change != NULL && status != NULL)
    kip_change_set_status (change, story->id, status->id, status->phase, status->pause);
}

void
kip_story_say (KipSampleStory *story,
               KipChange      *change,
               KipMessageKind  kind,
               const char     *text)
{
  KipValue *value;

  story->said = story->said || kind != KIP_MESSAGE_NOTE;
  if (change == NULL)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (kind));
  kip_value_put (value, 2, kip_value_text (text));
  if (kind == KIP_MESSAGE_INCOMING)
    kip_value_put (value, 3, kip_value_int ((gint64) story->requester));
  kip_change_entry (change, KIP_KIND_TICKET, story->id, KIP_FIELD_MESSAGE, value);
}

void
kip_story_hear (KipSampleStory    *story,
                const char *const *texts,
                KipPhase           phase, /* 0: as it is */
                KipPause           pause)
{
  KipChange *change = kip_story_step (story, story->agent, "incoming");
  g_autofree char *text = kip_story_fill (story, kip_sample_pick (story->sample, texts));

  kip_story_say (story, change, KIP_MESSAGE_INCOMING, text);
  if (phase != 0)
    kip_story_set_status (story, change, phase, pause);
}

void
kip_story_note (KipSampleStory *story,
                const char     *text,
                KipPhase        phase,
                KipPause        pause)
{
  KipChange *change = kip_story_step (story, story->agent, "note");
  g_autofree char *filled = kip_story_fill (story, text);

  kip_story_say (story, change, KIP_MESSAGE_NOTE, filled);
  if (phase != 0)
    kip_story_set_status (story, change, phase, pause);
}

void
kip_story_set_int (KipSampleStory *story,
                   KipChange      *change,
                   KipField        field,
                   gint64          number)
{
  if (change != NULL)
    kip_change_set_int (change, KIP_KIND_TICKET, story->id, field, number);
}

void
kip_story_set_text (KipSampleStory *story,
                    KipChange      *change,
                    KipField        field,
                    const char     *text)
{
  g_autofree char *filled = kip_story_fill (story, text);

  if (change != NULL)
    kip_change_set_text (change, KIP_KIND_TICKET, story->id, field, filled);
}

void
kip_story_work (KipSampleStory *story,
                gint64          seconds)
{
  KipChange *change = kip_story_step (story, story->agent, "work");
  KipValue *value;

  if (change == NULL)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (MAX (seconds / (5 * MINUTE), 1) * 5 * MINUTE));
  kip_value_put (value, 2, kip_value_text (kip_sample_pick (story->sample, story->sample->words->works)));
  kip_change_entry (change, KIP_KIND_TICKET, story->id, KIP_FIELD_WORK, value);
}
