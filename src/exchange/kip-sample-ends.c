/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-story.h"

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)
#define DAY (8 * HOUR) /* of work */

static void
write_resolution (KipSampleStory *story,
                  KipChange      *change)
{
  kip_story_set_status (story, change, KIP_PHASE_RESOLVED, KIP_PAUSE_NONE);
  kip_story_set_text (story, change, KIP_FIELD_CAUSE, story->issue->cause);
  kip_story_set_text (story, change, KIP_FIELD_DONE, story->issue->done);
}

void
kip_scene_resolve (KipSampleStory *story)
{
  g_autofree char *text = kip_story_letter (story, kip_sample_pick (story->sample, story->sample->words->solved), story->issue->done);
  KipChange *change = kip_story_step (story, story->agent, "resolve");

  /* Much is solved while they are still on the line. */
  if (!story->on_line || story->said || (!story->quick && !kip_sample_chance (story->sample, 70)))
    kip_story_say (story, change, story->on_line && kip_sample_chance (story->sample, 50) ? KIP_MESSAGE_CALL : KIP_MESSAGE_REPLY, text);
  write_resolution (story, change);
}

/* First the good news, then their thanks, then it is resolved. */
static void
resolve_with_thanks (KipSampleStory *story)
{
  g_autofree char *text = kip_story_letter (story, kip_sample_pick (story->sample, story->sample->words->solved), story->issue->done);
  g_autofree char *bye = kip_story_fill (story, kip_sample_pick (story->sample, story->sample->words->closings));
  KipChange *change = kip_story_step (story, story->agent, "reply");

  kip_story_say (story, change, KIP_MESSAGE_REPLY, text);
  kip_story_pass (story, kip_story_between (story, 3 * MINUTE, 40 * MINUTE), FALSE);
  kip_story_hear (story, story->sample->words->thanks, 0, 0);
  kip_story_pass (story, kip_story_between (story, 2 * MINUTE, 20 * MINUTE), FALSE);
  change = kip_story_step (story, story->agent, "resolve");
  kip_story_say (story, change, KIP_MESSAGE_REPLY, bye);
  write_resolution (story, change);
}

/* The work goes on until the share of the promise that chance gives it is used. */
static void
finish (KipSampleStory *story)
{
  gint64 target = kip_sample_promise (story->sample, story->impact, story->urgency, KIP_CLOCK_RESOLUTION);
  gint64 least = story->issue->minutes * MINUTE;
  gint64 rest = kip_story_share (story, target, 22) - story->used;

  rest = MAX (rest, least);
  if (story->quick)
    rest = kip_story_between (story, 4 * MINUTE, MAX (least, 8 * MINUTE));
  kip_story_pass (story, rest / 2, FALSE);
  if (rest > 20 * MINUTE && kip_sample_chance (story->sample, 70))
    kip_story_work (story, kip_story_between (story, least / 2, least + 20 * MINUTE));
  kip_story_pass (story, rest - rest / 2, FALSE);
  if (!story->quick && kip_sample_chance (story->sample, 40))
    resolve_with_thanks (story);
  else
    kip_scene_resolve (story);
}

static void
reopen (KipSampleStory *story)
{
  g_autofree char *text = kip_story_letter (story, NULL, kip_sample_pick (story->sample, story->sample->words->sorries));
  KipChange *change;

  kip_story_pass (story, kip_story_between (story, 2 * HOUR, 2 * DAY), TRUE);
  kip_story_hear (story, story->sample->words->agains, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
  kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 2 * HOUR), FALSE);
  change = kip_story_step (story, story->agent, "reply");
  kip_story_say (story, change, KIP_MESSAGE_REPLY, text);
  kip_story_pass (story, kip_story_between (story, HOUR, 6 * HOUR), FALSE);
  kip_scene_resolve (story);
}

/* A call a day later, with the question how it was. */
static void
survey (KipSampleStory *story)
{
  guint roll = kip_sample_roll (story->sample, 100);
  int score = roll < 52 ? 5 : roll < 81 ? 4 : roll < 91 ? 3 : roll < 97 ? 2 : 1;
  const KipSampleWords *words = story->sample->words;
  const char *comment = kip_sample_pick (story->sample, score >= 4 ? words->happy : words->unhappy);
  KipChange *change;
  KipValue *value;

  kip_story_pass (story, kip_story_between (story, 3 * HOUR, 10 * HOUR), TRUE);
  change = kip_story_step (story, story->agent, "survey");
  if (change == NULL)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (score));
  if (*comment != '\0')
    kip_value_put (value, 2, kip_value_text (comment));
  kip_change_entry (change, KIP_KIND_TICKET, story->id, KIP_FIELD_SURVEY, value);
  if (score >= 3 && kip_sample_chance (story->sample, 40))
    kip_story_say (story, change, KIP_MESSAGE_NOTE, kip_sample_pick (story->sample, words->calls));
}

void
kip_scene_end (KipSampleStory *story)
{
  KipChange *change;

  finish (story);
  if (kip_sample_chance (story->sample, 6))
    reopen (story);
  if (kip_sample_chance (story->sample, 45))
    survey (story);
  kip_story_pass (story, kip_story_between (story, 2 * DAY, 4 * DAY), TRUE);
  change = kip_story_step (story, story->agent, "close");
  kip_story_set_status (story, change, KIP_PHASE_CLOSED, KIP_PAUSE_NONE);
}
