/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-story.h"

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)

/* Minutes of work: what takes no longer is mostly solved with the first answer. */
#define QUICK 30

static KipChannel
pick_channel (KipSampleStory *story)
{
  static const KipChannel channels[] = {
    KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_MAIL, KIP_CHANNEL_MAIL,
    KIP_CHANNEL_MAIL, KIP_CHANNEL_CHAT, KIP_CHANNEL_WEB, KIP_CHANNEL_WALK_IN,
  };

  return channels[kip_sample_roll (story->sample, G_N_ELEMENTS (channels))];
}

static void
pick_gear (KipSampleStory *story)
{
  KipSampleGear kind = story->issue->gear;
  const char *const *names = story->sample->words->gear[kind];

  story->room = kip_sample_pick (story->sample, story->sample->words->rooms);
  story->asset_name = "";
  if (names != NULL)
    {
      guint n = kip_sample_roll (story->sample, g_strv_length ((char **) names));

      story->asset_name = names[n];
      story->asset = g_array_index (story->sample->gear[kind], KipId, n);
    }
}

/* The same trouble is worse for some than for others. */
static void
make_worse (KipSampleStory *story)
{
  if (story->impact == 3 && kip_sample_chance (story->sample, 45))
    story->impact = 2;
  if (story->urgency == 3 && kip_sample_chance (story->sample, story->person->vip ? 90 : 40))
    story->urgency = 2;
}

static void
story_init (KipSampleStory       *story,
            KipSample            *sample,
            const KipSampleIssue *issue,
            KipInstant            received,
            gboolean              mine)
{
  guint index;

  *story = (KipSampleStory) {
    .sample = sample, .issue = issue, .received = received, .at = received,
    .impact = issue->impact, .urgency = issue->urgency, .variant = kip_sample_roll (sample, 6),
  };
  story->person = kip_sample_pick_person (sample, issue, &index);
  story->requester = g_array_index (sample->people, KipId, index);
  story->id = kip_store_new_id (sample->store);
  story->agent = mine || kip_sample_chance (sample, 12) ? sample->me
                 : g_array_index (sample->agents, KipId, kip_sample_roll (sample, sample->agents->len));
  story->channel = pick_channel (story);
  pick_gear (story);
}

/* What happens after the first answer when the story has a given end. */
static void
tell_until (KipSampleStory *story,
            KipSampleEnd    end_kind)
{
  switch (end_kind)
    {
    case KIP_SAMPLE_WAITING:
      if (story->issue->question != NULL)
        kip_scene_ask (story);
      break;
    case KIP_SAMPLE_ORDERED:
      if (story->issue->supplier != NULL)
        kip_scene_order (story);
      break;
    case KIP_SAMPLE_PLANNED:
      if (story->issue->plan != NULL)
        kip_scene_schedule (story);
      break;
    case KIP_SAMPLE_UNANSWERED:
      kip_story_pass (story, kip_story_between (story, 15 * MINUTE, 40 * MINUTE), FALSE);
      kip_story_hear (story, story->sample->words->chasers, 0, 0);
      break;
    case KIP_SAMPLE_IN_WORK:
      if (story->issue->note != NULL)
        {
          kip_story_pass (story, kip_story_between (story, 10 * MINUTE, 30 * MINUTE), FALSE);
          kip_story_note (story, story->issue->note, 0, 0);
        }
      break;
    case KIP_SAMPLE_USUAL:
    case KIP_SAMPLE_UNTOUCHED:
    default:
      if (!story->quick)
        kip_scene_middle (story);
      kip_scene_end (story);
      break;
    }
}

KipId
kip_sample_tell (KipSample            *sample,
                 const KipSampleIssue *issue,
                 KipInstant            received,
                 KipSampleEnd          end_kind,
                 gboolean              mine)
{
  KipSampleStory story;

  story_init (&story, sample, issue != NULL ? issue : kip_sample_pick_issue (sample, NULL), received, mine);
  if (!kip_calendar_is_open (sample->calendar, received) && story.channel != KIP_CHANNEL_WEB)
    story.channel = KIP_CHANNEL_MAIL;
  if (end_kind == KIP_SAMPLE_UNTOUCHED)
    story.channel = kip_sample_chance (sample, 50) ? KIP_CHANNEL_MAIL : KIP_CHANNEL_WEB;
  story.on_line = story.channel == KIP_CHANNEL_PHONE || story.channel == KIP_CHANNEL_WALK_IN;
  if (end_kind == KIP_SAMPLE_USUAL)
    {
      make_worse (&story);
      story.quick = story.issue->minutes <= QUICK && kip_sample_chance (sample, 75);
    }
  kip_scene_begin (&story, end_kind == KIP_SAMPLE_UNTOUCHED);
  if (end_kind == KIP_SAMPLE_UNTOUCHED)
    return story.id;
  kip_scene_respond (&story);
  tell_until (&story, end_kind);
  return story.id;
}

/* One who reports what a colleague reported: a part of that ticket, or the same. */
static void
tell_follower (KipSample            *sample,
               const KipSampleStory *main_story,
               gint64                later,
               gboolean              same)
{
  KipSampleStory story;
  KipChange *change;

  story_init (&story, sample, main_story->issue, kip_calendar_add (sample->calendar, main_story->received, later), FALSE);
  story.agent = main_story->agent;
  story.channel = KIP_CHANNEL_PHONE;
  story.on_line = TRUE;
  kip_scene_begin (&story, FALSE);
  kip_story_pass (&story, MINUTE, FALSE);
  change = kip_story_step (&story, story.agent, same ? "merge" : "edit");
  kip_story_set_int (&story, change, same ? KIP_FIELD_MERGED_INTO : KIP_FIELD_PARENT, (gint64) main_story->id);
  kip_story_pass (&story, MINUTE, FALSE);
  kip_story_note (&story, sample->words->same, 0, 0);
  if (same)
    return;
  story.at = kip_calendar_add (sample->calendar, main_story->received, 3 * HOUR + later);
  kip_scene_resolve (&story);
}

void
kip_sample_tell_outage (KipSample            *sample,
                        const KipSampleIssue *issue,
                        KipInstant            received)
{
  KipSampleStory story;

  story_init (&story, sample, issue, received, FALSE);
  story.channel = KIP_CHANNEL_PHONE;
  story.on_line = TRUE;
  kip_scene_begin (&story, FALSE);
  kip_story_pass (&story, 10 * MINUTE, FALSE);
  if (issue->note != NULL)
    kip_story_note (&story, issue->note, 0, 0);
  story.at = kip_calendar_add (sample->calendar, received, 3 * HOUR);
  kip_story_work (&story, issue->minutes * MINUTE);
  kip_scene_resolve (&story);
  tell_follower (sample, &story, 4 * MINUTE, FALSE);
  tell_follower (sample, &story, 9 * MINUTE, FALSE);
  tell_follower (sample, &story, 15 * MINUTE, TRUE);
}
