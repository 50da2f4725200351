/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-story.h"

#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)
#define DAY (8 * HOUR) /* of work */

/* ---- the beginning ---- */

static KipId
pick_team (KipSampleStory *story)
{
  if (story->issue->gear == KIP_SAMPLE_NETWORK)
    return story->sample->teams[0];
  return strcmp (story->issue->category, story->sample->words->business) == 0 ? story->sample->teams[1] : story->sample->desk;
}

static void
write_facts (KipSampleStory *story,
             KipChange      *change)
{
  KipImportNames *names = story->sample->names;
  KipId team = pick_team (story);

  kip_story_set_int (story, change, KIP_FIELD_NUMBER, 0);
  kip_story_set_text (story, change, KIP_FIELD_SUBJECT, story->issue->subjects);
  kip_story_set_text (story, change, KIP_FIELD_DESCRIPTION, story->issue->story);
  kip_story_set_int (story, change, KIP_FIELD_RECEIVED, story->received);
  kip_story_set_int (story, change, KIP_FIELD_REQUESTER, (gint64) story->requester);
  kip_story_set_int (story, change, KIP_FIELD_CHANNEL, story->channel);
  kip_story_set_int (story, change, KIP_FIELD_CATEGORY,
                     (gint64) kip_import_names_category (names, story->issue->category, story->sample->start));
  kip_story_set_int (story, change, KIP_FIELD_IMPACT, story->impact);
  kip_story_set_int (story, change, KIP_FIELD_URGENCY, story->urgency);
  if (team != KIP_ID_NONE)
    kip_story_set_int (story, change, KIP_FIELD_TEAM, (gint64) team);
  if (story->asset != KIP_ID_NONE)
    kip_story_set_int (story, change, KIP_FIELD_ASSET, (gint64) story->asset);
  if (story->on_line)
    kip_story_set_int (story, change, KIP_FIELD_ON_LINE, 1);
  if (story->issue->tag != NULL && kip_sample_chance (story->sample, 60))
    kip_change_add (change, KIP_KIND_TICKET, story->id, KIP_FIELD_TAGS, kip_value_text (story->issue->tag));
}

/* Who answers the phone takes the ticket; mails are logged a little later. */
void
kip_scene_begin (KipSampleStory *story,
                 gboolean        untouched)
{
  KipChange *change;

  if (!story->on_line)
    story->at = kip_calendar_add (story->sample->calendar, story->received, kip_story_between (story, 2 * MINUTE, 12 * MINUTE));
  story->at = MIN (story->at, story->sample->now);
  change = kip_story_step (story, story->agent, "new");
  write_facts (story, change);
  kip_story_set_status (story, change, story->on_line && !untouched ? KIP_PHASE_OPEN : KIP_PHASE_NEW, KIP_PAUSE_NONE);
  if (story->on_line && !untouched)
    kip_story_set_int (story, change, KIP_FIELD_ASSIGNEE, (gint64) story->agent);
  story->taken = story->on_line;
}

static void
take (KipSampleStory *story)
{
  KipChange *change;

  if (story->taken)
    return;
  change = kip_story_step (story, story->agent, "take");
  kip_story_set_int (story, change, KIP_FIELD_ASSIGNEE, (gint64) story->agent);
  kip_story_set_status (story, change, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
  story->taken = TRUE;
}

void
kip_scene_respond (KipSampleStory *story)
{
  gint64 target = kip_sample_promise (story->sample, story->impact, story->urgency, KIP_CLOCK_RESPONSE);
  gint64 until = kip_story_share (story, target, 12) - kip_calendar_between (story->sample->calendar, story->received, story->at);
  gboolean late = until > target;
  g_autofree char *text = NULL;
  KipChange *change;

  if (story->on_line)
    return;
  if (late && kip_sample_chance (story->sample, 40))
    {
      kip_story_pass (story, until / 2, FALSE);
      until -= until / 2;
      kip_story_hear (story, story->sample->words->chasers, 0, 0);
    }
  kip_story_pass (story, MAX (until - 2 * MINUTE, MINUTE), FALSE);
  take (story);
  kip_story_pass (story, 2 * MINUTE, FALSE);
  /* The answer comes with the solution. */
  if (story->quick)
    return;
  text = kip_story_letter (story, NULL, late ? story->sample->words->sorries[0] : story->issue->reply);
  change = kip_story_step (story, story->agent, "reply");
  kip_story_say (story, change, KIP_MESSAGE_REPLY, text);
}

/* ---- the middle ---- */

void
kip_scene_ask (KipSampleStory *story)
{
  g_autofree char *text = kip_story_letter (story, NULL, story->issue->question);
  KipChange *change;

  kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 40 * MINUTE), FALSE);
  change = kip_story_step (story, story->agent, "reply");
  kip_story_say (story, change, KIP_MESSAGE_REPLY, text);
  kip_story_set_status (story, change, KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER);
}

static void
be_answered (KipSampleStory *story)
{
  const char *const answer[] = { story->issue->answer, NULL };

  kip_story_pass (story, kip_story_between (story, 20 * MINUTE, 10 * HOUR), TRUE);
  kip_story_hear (story, answer, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
}

void
kip_scene_order (KipSampleStory *story)
{
  kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 50 * MINUTE), FALSE);
  kip_story_note (story, story->issue->supplier, KIP_PHASE_WAITING, KIP_PAUSE_SUPPLIER);
}

void
kip_scene_schedule (KipSampleStory *story)
{
  kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 30 * MINUTE), FALSE);
  kip_story_note (story, story->issue->plan, KIP_PHASE_SCHEDULED, KIP_PAUSE_NONE);
}

/* Back from a pause. */
static void
go_on (KipSampleStory *story,
       gint64          after)
{
  KipChange *change;

  kip_story_pass (story, after, TRUE);
  change = kip_story_step (story, story->agent, "edit");
  kip_story_set_status (story, change, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
}

/* Somebody knows more of it than who took it. */
static void
hand_over (KipSampleStory *story)
{
  GArray *agents = story->sample->agents;
  KipId other = g_array_index (agents, KipId, kip_sample_roll (story->sample, agents->len));
  KipChange *change;

  kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 60 * MINUTE), FALSE);
  if (other == story->agent)
    return;
  change = kip_story_step (story, story->agent, "assign");
  kip_story_set_int (story, change, KIP_FIELD_ASSIGNEE, (gint64) other);
  if (pick_team (story) == story->sample->desk)
    kip_story_set_int (story, change, KIP_FIELD_TEAM,
                       (gint64) story->sample->teams[kip_sample_roll (story->sample, G_N_ELEMENTS (story->sample->teams))]);
  story->agent = other;
}

void
kip_scene_middle (KipSampleStory *story)
{
  if (kip_sample_chance (story->sample, 22))
    hand_over (story);
  if (story->issue->question != NULL && kip_sample_chance (story->sample, 50))
    {
      kip_scene_ask (story);
      be_answered (story);
    }
  if (story->issue->note != NULL && kip_sample_chance (story->sample, 65))
    {
      kip_story_pass (story, kip_story_between (story, 5 * MINUTE, 30 * MINUTE), FALSE);
      kip_story_note (story, story->issue->note, 0, 0);
    }
  if (story->issue->supplier != NULL && kip_sample_chance (story->sample, 55))
    {
      kip_scene_order (story);
      go_on (story, kip_story_between (story, DAY, 4 * DAY));
    }
  if (story->issue->plan != NULL && kip_sample_chance (story->sample, 50))
    {
      kip_scene_schedule (story);
      go_on (story, kip_story_between (story, DAY / 2, 2 * DAY));
    }
}
