/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-private.h"

#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)
#define DAY (8 * HOUR) /* of work */

/* A ticket while its story is told.  What would happen after now does not. */
typedef struct
{
  KipSample             *sample;
  const KipSampleIssue  *issue;
  const KipSamplePerson *person;
  KipId                  requester;
  KipId                  id;
  KipId                  agent;
  KipId                  asset;
  const char            *asset_name;
  const char            *room;
  KipChannel             channel;
  guint                  variant;  /* of its texts */
  int                    impact;
  int                    urgency;
  gboolean               on_line;
  gboolean               said;    /* something to the requester, after the first call */
  gboolean               taken;
  KipInstant             received;
  KipInstant             at;       /* how far the story has come */
  gint64                 used;     /* working seconds, pauses left out */
  gboolean               ahead;    /* the rest has not happened yet */
} Story;

/* ---- chance ---- */

guint
kip_sample_roll (KipSample *sample,
                 guint      n)
{
  return n == 0 ? 0 : (guint) g_rand_int_range (sample->rand, 0, (gint32) n);
}

gboolean
kip_sample_chance (KipSample *sample,
                   guint      percent)
{
  return kip_sample_roll (sample, 100) < percent;
}

static gint64
between (Story *story,
         gint64 least,
         gint64 most)
{
  return least + (gint64) kip_sample_roll (story->sample, (guint) MAX (most - least, 1));
}

static const char *
pick (KipSample         *sample,
      const char *const *texts)
{
  return texts[kip_sample_roll (sample, g_strv_length ((char **) texts))];
}

static gboolean
may_have (const KipSampleIssue  *issue,
          const KipSamplePerson *person)
{
  g_auto (GStrv) departments = issue->who != NULL ? g_strsplit (issue->who, "|", -1) : NULL;

  return departments == NULL || g_strv_contains ((const char *const *) departments, person->department);
}

/* Whom @issue happens to, those who need help often more often. */
static const KipSamplePerson *
pick_person (KipSample            *sample,
             const KipSampleIssue *issue,
             guint                *index)
{
  const KipSamplePerson *people = sample->words->people;
  guint sum = 0, roll, last = 0;

  for (guint i = 0; i < sample->words->n_people; i++)
    sum += may_have (issue, &people[i]) ? people[i].weight : 0;
  roll = kip_sample_roll (sample, sum);
  for (guint i = 0; i < sample->words->n_people; i++)
    if (people[i].weight > 0 && may_have (issue, &people[i]))
      {
        last = i;
        if (roll < people[i].weight)
          break;
        roll -= people[i].weight;
      }
  *index = last;
  return &people[last];
}

const KipSampleIssue *
kip_sample_pick_issue (KipSample  *sample,
                       gboolean ( *wanted ) (const KipSampleIssue *issue))
{
  const KipSampleIssue *issues = sample->words->issues;
  guint sum = 0, roll, i;

  for (i = 0; i < sample->words->n_issues; i++)
    sum += wanted == NULL || wanted (&issues[i]) ? issues[i].weight : 0;
  roll = kip_sample_roll (sample, sum);
  for (i = 0; i < sample->words->n_issues; i++)
    if (wanted == NULL || wanted (&issues[i]))
      {
        if (roll < issues[i].weight)
          break;
        roll -= issues[i].weight;
      }
  return &issues[MIN (i, sample->words->n_issues - 1)];
}

/* ---- words ---- */

/* The variant of @text, which offers some with bars, that goes with this ticket. */
static char *
variant (Story      *story,
         const char *text)
{
  g_auto (GStrv) variants = g_strsplit (text, "|", -1);

  return g_strdup (variants[story->variant % g_strv_length (variants)]);
}

static char *
fill (Story      *story,
      const char *text)
{
  g_autofree char *one = variant (story, text);
  GString *out = g_string_new (one);

  g_string_replace (out, "{person}", story->person->call, 0);
  g_string_replace (out, "{asset}", story->asset_name, 0);
  g_string_replace (out, "{room}", story->room, 0);
  return g_string_free (out, FALSE);
}

/* A letter: greeting and what is to be said. */
static char *
letter (Story      *story,
        const char *first, /* (nullable): a greeting */
        const char *text)
{
  g_autofree char *greeting = fill (story, first != NULL ? first : pick (story->sample, story->sample->words->openings));
  g_autofree char *body = fill (story, text);

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
static KipChange *
step (Story      *story,
      KipId       author,
      const char *action)
{
  story->ahead = story->ahead || story->at > story->sample->now;
  return story->ahead ? NULL : kip_sample_change (story->sample, author, action, story->at);
}

/* Goes on by @seconds of work; @paused: they do not count. */
static void
pass (Story   *story,
      gint64   seconds,
      gboolean paused)
{
  story->at = kip_calendar_add (story->sample->calendar, story->at, seconds);
  story->used += paused ? 0 : seconds;
}

static void
set_status (Story     *story,
            KipChange *change,
            KipPhase   phase,
            KipPause   pause)
{
  const KipStatus *status = kip_office_status_for (kip_import_names_get_office (story->sample->names), phase, pause);

  if (change != NULL && status != NULL)
    kip_change_set_status (change, story->id, status->id, status->phase, status->pause);
}

static void
say (Story         *story,
     KipChange     *change,
     KipMessageKind kind,
     const char    *text)
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

static void
hear (Story             *story,
      const char *const *texts,
      KipPhase           phase, /* 0: as it is */
      KipPause           pause)
{
  KipChange *change = step (story, story->agent, "incoming");
  g_autofree char *text = fill (story, pick (story->sample, texts));

  say (story, change, KIP_MESSAGE_INCOMING, text);
  if (phase != 0)
    set_status (story, change, phase, pause);
}

static void
note (Story      *story,
      const char *text,
      KipPhase    phase,
      KipPause    pause)
{
  KipChange *change = step (story, story->agent, "note");
  g_autofree char *filled = fill (story, text);

  say (story, change, KIP_MESSAGE_NOTE, filled);
  if (phase != 0)
    set_status (story, change, phase, pause);
}

static void
set_int (Story     *story,
         KipChange *change,
         KipField   field,
         gint64     number)
{
  if (change != NULL)
    kip_change_set_int (change, KIP_KIND_TICKET, story->id, field, number);
}

static void
set_text (Story      *story,
          KipChange  *change,
          KipField    field,
          const char *text)
{
  g_autofree char *filled = fill (story, text);

  if (change != NULL)
    kip_change_set_text (change, KIP_KIND_TICKET, story->id, field, filled);
}

static void
work (Story *story,
      gint64 seconds)
{
  KipChange *change = step (story, story->agent, "work");
  KipValue *value;

  if (change == NULL)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (MAX (seconds / (5 * MINUTE), 1) * 5 * MINUTE));
  kip_value_put (value, 2, kip_value_text (pick (story->sample, story->sample->words->works)));
  kip_change_entry (change, KIP_KIND_TICKET, story->id, KIP_FIELD_WORK, value);
}

/* ---- the beginning ---- */

static KipChannel
pick_channel (Story *story)
{
  static const KipChannel channels[] = {
    KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_PHONE, KIP_CHANNEL_MAIL, KIP_CHANNEL_MAIL,
    KIP_CHANNEL_MAIL, KIP_CHANNEL_CHAT, KIP_CHANNEL_WEB, KIP_CHANNEL_WALK_IN,
  };

  return channels[kip_sample_roll (story->sample, G_N_ELEMENTS (channels))];
}

static void
pick_gear (Story *story)
{
  KipSampleGear kind = story->issue->gear;
  const char *const *names = story->sample->words->gear[kind];

  story->room = pick (story->sample, story->sample->words->rooms);
  story->asset_name = "";
  if (names != NULL)
    {
      guint n = kip_sample_roll (story->sample, g_strv_length ((char **) names));

      story->asset_name = names[n];
      story->asset = g_array_index (story->sample->gear[kind], KipId, n);
    }
}

static KipId
pick_team (Story *story)
{
  if (story->issue->gear == KIP_SAMPLE_NETWORK)
    return story->sample->teams[0];
  return strcmp (story->issue->category, story->sample->words->business) == 0 ? story->sample->teams[1] : KIP_ID_NONE;
}

static void
write_facts (Story     *story,
             KipChange *change)
{
  KipImportNames *names = story->sample->names;
  KipId team = pick_team (story);

  set_int (story, change, KIP_FIELD_NUMBER, 0);
  set_text (story, change, KIP_FIELD_SUBJECT, story->issue->subjects);
  set_text (story, change, KIP_FIELD_DESCRIPTION, story->issue->story);
  set_int (story, change, KIP_FIELD_RECEIVED, story->received);
  set_int (story, change, KIP_FIELD_REQUESTER, (gint64) story->requester);
  set_int (story, change, KIP_FIELD_CHANNEL, story->channel);
  set_int (story, change, KIP_FIELD_CATEGORY,
           (gint64) kip_import_names_category (names, story->issue->category, story->sample->start));
  set_int (story, change, KIP_FIELD_IMPACT, story->impact);
  set_int (story, change, KIP_FIELD_URGENCY, story->urgency);
  if (team != KIP_ID_NONE)
    set_int (story, change, KIP_FIELD_TEAM, (gint64) team);
  if (story->asset != KIP_ID_NONE)
    set_int (story, change, KIP_FIELD_ASSET, (gint64) story->asset);
  if (story->on_line)
    set_int (story, change, KIP_FIELD_ON_LINE, 1);
  if (story->issue->tag != NULL && kip_sample_chance (story->sample, 60))
    kip_change_add (change, KIP_KIND_TICKET, story->id, KIP_FIELD_TAGS, kip_value_text (story->issue->tag));
}

/* Who answers the phone takes the ticket; mails are logged a little later. */
static void
begin (Story   *story,
       gboolean untouched)
{
  KipChange *change;

  if (!story->on_line)
    story->at = kip_calendar_add (story->sample->calendar, story->received, between (story, 2 * MINUTE, 12 * MINUTE));
  story->at = MIN (story->at, story->sample->now);
  change = step (story, story->agent, "new");
  write_facts (story, change);
  set_status (story, change, story->on_line && !untouched ? KIP_PHASE_OPEN : KIP_PHASE_NEW, KIP_PAUSE_NONE);
  if (story->on_line && !untouched)
    set_int (story, change, KIP_FIELD_ASSIGNEE, (gint64) story->agent);
  story->taken = story->on_line;
}

static void
take (Story *story)
{
  KipChange *change;

  if (story->taken)
    return;
  change = step (story, story->agent, "take");
  set_int (story, change, KIP_FIELD_ASSIGNEE, (gint64) story->agent);
  set_status (story, change, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
  story->taken = TRUE;
}

static gint64
promise (KipSample   *sample,
         int          impact,
         int          urgency,
         KipClockKind clock)
{
  const KipMatrix *matrix = kip_office_get_matrix (kip_import_names_get_office (sample->names));
  gint64 target = kip_policy_spec_get_target (sample->policy, kip_matrix_get (matrix, impact, urgency), clock);

  return target > 0 ? target : (clock == KIP_CLOCK_RESPONSE ? 4 * HOUR : 3 * DAY);
}

/* Most answers come in good time, one in eight does not. */
static gint64
share_of (Story *story,
          gint64 target,
          guint  late_percent)
{
  guint percent = kip_sample_chance (story->sample, late_percent) ? 105 + kip_sample_roll (story->sample, 90)
                                                                  : 6 + kip_sample_roll (story->sample, 78);

  return target * percent / 100;
}

static void
respond (Story *story)
{
  gint64 target = promise (story->sample, story->impact, story->urgency, KIP_CLOCK_RESPONSE);
  gint64 until = share_of (story, target, 12) - kip_calendar_between (story->sample->calendar, story->received, story->at);
  gboolean late = until > target;
  g_autofree char *text = NULL;
  KipChange *change;

  if (story->on_line)
    return;
  if (late && kip_sample_chance (story->sample, 40))
    {
      pass (story, until / 2, FALSE);
      until -= until / 2;
      hear (story, story->sample->words->chasers, 0, 0);
    }
  pass (story, MAX (until - 2 * MINUTE, MINUTE), FALSE);
  take (story);
  pass (story, 2 * MINUTE, FALSE);
  text = letter (story, NULL, late ? story->sample->words->sorries[0] : story->issue->reply);
  change = step (story, story->agent, "reply");
  say (story, change, KIP_MESSAGE_REPLY, text);
}

/* ---- the middle ---- */

static void
ask (Story *story)
{
  g_autofree char *text = letter (story, NULL, story->issue->question);
  KipChange *change;

  pass (story, between (story, 10 * MINUTE, 40 * MINUTE), FALSE);
  change = step (story, story->agent, "reply");
  say (story, change, KIP_MESSAGE_REPLY, text);
  set_status (story, change, KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER);
}

static void
be_answered (Story *story)
{
  const char *const answer[] = { story->issue->answer, NULL };

  pass (story, between (story, 20 * MINUTE, 10 * HOUR), TRUE);
  hear (story, answer, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
}

static void
order (Story *story)
{
  pass (story, between (story, 10 * MINUTE, 50 * MINUTE), FALSE);
  note (story, story->issue->supplier, KIP_PHASE_WAITING, KIP_PAUSE_SUPPLIER);
}

static void
schedule (Story *story)
{
  pass (story, between (story, 10 * MINUTE, 30 * MINUTE), FALSE);
  note (story, story->issue->plan, KIP_PHASE_SCHEDULED, KIP_PAUSE_NONE);
}

/* Back from a pause. */
static void
go_on (Story *story,
       gint64 after)
{
  KipChange *change;

  pass (story, after, TRUE);
  change = step (story, story->agent, "edit");
  set_status (story, change, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
}

static void
middle (Story *story)
{
  if (story->issue->question != NULL && kip_sample_chance (story->sample, 50))
    {
      ask (story);
      be_answered (story);
    }
  if (story->issue->note != NULL && kip_sample_chance (story->sample, 65))
    {
      pass (story, between (story, 5 * MINUTE, 30 * MINUTE), FALSE);
      note (story, story->issue->note, 0, 0);
    }
  if (story->issue->supplier != NULL && kip_sample_chance (story->sample, 55))
    {
      order (story);
      go_on (story, between (story, DAY, 4 * DAY));
    }
  if (story->issue->plan != NULL && kip_sample_chance (story->sample, 50))
    {
      schedule (story);
      go_on (story, between (story, DAY / 2, 2 * DAY));
    }
}

/* ---- the end ---- */

static void
write_resolution (Story     *story,
                  KipChange *change)
{
  set_status (story, change, KIP_PHASE_RESOLVED, KIP_PAUSE_NONE);
  set_text (story, change, KIP_FIELD_CAUSE, story->issue->cause);
  set_text (story, change, KIP_FIELD_DONE, story->issue->done);
}

static void
resolve (Story *story)
{
  g_autofree char *text = letter (story, pick (story->sample, story->sample->words->solved), story->issue->done);
  KipChange *change = step (story, story->agent, "resolve");

  /* Much is solved while they are still on the line. */
  if (!story->on_line || story->said || !kip_sample_chance (story->sample, 70))
    say (story, change, story->on_line && kip_sample_chance (story->sample, 50) ? KIP_MESSAGE_CALL : KIP_MESSAGE_REPLY, text);
  write_resolution (story, change);
}

/* First the good news, then their thanks, then it is resolved. */
static void
resolve_with_thanks (Story *story)
{
  g_autofree char *text = letter (story, pick (story->sample, story->sample->words->solved), story->issue->done);
  g_autofree char *bye = fill (story, pick (story->sample, story->sample->words->closings));
  KipChange *change = step (story, story->agent, "reply");

  say (story, change, KIP_MESSAGE_REPLY, text);
  pass (story, between (story, 3 * MINUTE, 40 * MINUTE), FALSE);
  hear (story, story->sample->words->thanks, 0, 0);
  pass (story, between (story, 2 * MINUTE, 20 * MINUTE), FALSE);
  change = step (story, story->agent, "resolve");
  say (story, change, KIP_MESSAGE_REPLY, bye);
  write_resolution (story, change);
}

/* The work goes on until the share of the promise that chance gives it is used. */
static void
finish (Story *story)
{
  gint64 target = promise (story->sample, story->impact, story->urgency, KIP_CLOCK_RESOLUTION);
  gint64 least = story->issue->minutes * MINUTE;
  gint64 rest = share_of (story, target, 11) - story->used;

  rest = MAX (rest, least);
  if (story->on_line && least <= 25 * MINUTE && kip_sample_chance (story->sample, 65))
    rest = between (story, 4 * MINUTE, MAX (least, 8 * MINUTE));
  pass (story, rest / 2, FALSE);
  if (rest > 20 * MINUTE && kip_sample_chance (story->sample, 70))
    work (story, between (story, least / 2, least + 20 * MINUTE));
  pass (story, rest - rest / 2, FALSE);
  if (kip_sample_chance (story->sample, 30))
    resolve_with_thanks (story);
  else
    resolve (story);
}

static void
reopen (Story *story)
{
  g_autofree char *text = letter (story, NULL, pick (story->sample, story->sample->words->sorries));
  KipChange *change;

  pass (story, between (story, 2 * HOUR, 2 * DAY), TRUE);
  hear (story, story->sample->words->agains, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
  pass (story, between (story, 10 * MINUTE, 2 * HOUR), FALSE);
  change = step (story, story->agent, "reply");
  say (story, change, KIP_MESSAGE_REPLY, text);
  pass (story, between (story, HOUR, 6 * HOUR), FALSE);
  resolve (story);
}

/* A call a day later, with the question how it was. */
static void
survey (Story *story)
{
  guint roll = kip_sample_roll (story->sample, 100);
  int score = roll < 52 ? 5 : roll < 81 ? 4 : roll < 91 ? 3 : roll < 97 ? 2 : 1;
  const KipSampleWords *words = story->sample->words;
  const char *comment = pick (story->sample, score >= 4 ? words->happy : words->unhappy);
  KipChange *change;
  KipValue *value;

  pass (story, between (story, 3 * HOUR, 10 * HOUR), TRUE);
  change = step (story, story->agent, "survey");
  if (change == NULL)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (score));
  if (*comment != '\0')
    kip_value_put (value, 2, kip_value_text (comment));
  kip_change_entry (change, KIP_KIND_TICKET, story->id, KIP_FIELD_SURVEY, value);
  if (score >= 3 && kip_sample_chance (story->sample, 40))
    say (story, change, KIP_MESSAGE_CALL, pick (story->sample, words->calls));
}

static void
end (Story *story)
{
  KipChange *change;

  finish (story);
  if (kip_sample_chance (story->sample, 6))
    reopen (story);
  if (kip_sample_chance (story->sample, 45))
    survey (story);
  pass (story, between (story, 2 * DAY, 4 * DAY), TRUE);
  change = step (story, story->agent, "close");
  set_status (story, change, KIP_PHASE_CLOSED, KIP_PAUSE_NONE);
}

/* ---- whole stories ---- */

gint64
kip_sample_target (KipSample            *sample,
                   const KipSampleIssue *issue,
                   KipClockKind          clock)
{
  return promise (sample, issue->impact, issue->urgency, clock);
}

/* The same trouble is worse for some than for others. */
static void
make_worse (Story *story)
{
  if (story->impact == 3 && kip_sample_chance (story->sample, 45))
    story->impact = 2;
  if (story->urgency == 3 && kip_sample_chance (story->sample, story->person->vip ? 90 : 40))
    story->urgency = 2;
}

static void
story_init (Story                *story,
            KipSample            *sample,
            const KipSampleIssue *issue,
            KipInstant            received,
            gboolean              mine)
{
  guint index;

  *story = (Story) {
    .sample = sample, .issue = issue, .received = received, .at = received,
    .impact = issue->impact, .urgency = issue->urgency, .variant = kip_sample_roll (sample, 6),
  };
  story->person = pick_person (sample, issue, &index);
  story->requester = g_array_index (sample->people, KipId, index);
  story->id = kip_store_new_id (sample->store);
  story->agent = mine || kip_sample_chance (sample, 12) ? sample->me
                 : g_array_index (sample->agents, KipId, kip_sample_roll (sample, sample->agents->len));
  story->channel = pick_channel (story);
  pick_gear (story);
}

/* What happens after the first answer when the story has a given end. */
static void
tell_until (Story       *story,
            KipSampleEnd end_kind)
{
  switch (end_kind)
    {
    case KIP_SAMPLE_WAITING:
      if (story->issue->question != NULL)
        ask (story);
      break;
    case KIP_SAMPLE_ORDERED:
      if (story->issue->supplier != NULL)
        order (story);
      break;
    case KIP_SAMPLE_PLANNED:
      if (story->issue->plan != NULL)
        schedule (story);
      break;
    case KIP_SAMPLE_UNANSWERED:
      pass (story, between (story, 15 * MINUTE, 40 * MINUTE), FALSE);
      hear (story, story->sample->words->chasers, 0, 0);
      break;
    case KIP_SAMPLE_IN_WORK:
      if (story->issue->note != NULL)
        {
          pass (story, between (story, 10 * MINUTE, 30 * MINUTE), FALSE);
          note (story, story->issue->note, 0, 0);
        }
      break;
    case KIP_SAMPLE_USUAL:
    case KIP_SAMPLE_UNTOUCHED:
    default:
      middle (story);
      end (story);
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
  Story story;

  story_init (&story, sample, issue != NULL ? issue : kip_sample_pick_issue (sample, NULL), received, mine);
  if (!kip_calendar_is_open (sample->calendar, received) && story.channel != KIP_CHANNEL_WEB)
    story.channel = KIP_CHANNEL_MAIL;
  if (end_kind == KIP_SAMPLE_UNTOUCHED)
    story.channel = kip_sample_chance (sample, 50) ? KIP_CHANNEL_MAIL : KIP_CHANNEL_WEB;
  story.on_line = story.channel == KIP_CHANNEL_PHONE || story.channel == KIP_CHANNEL_WALK_IN;
  if (end_kind == KIP_SAMPLE_USUAL)
    make_worse (&story);
  begin (&story, end_kind == KIP_SAMPLE_UNTOUCHED);
  if (end_kind == KIP_SAMPLE_UNTOUCHED)
    return story.id;
  respond (&story);
  tell_until (&story, end_kind);
  return story.id;
}

/* One who reports what a colleague reported: a part of that ticket, or the same. */
static void
tell_follower (KipSample   *sample,
               const Story *main_story,
               gint64       later,
               gboolean     same)
{
  Story story;
  KipChange *change;

  story_init (&story, sample, main_story->issue, kip_calendar_add (sample->calendar, main_story->received, later), FALSE);
  story.agent = main_story->agent;
  story.channel = KIP_CHANNEL_PHONE;
  story.on_line = TRUE;
  begin (&story, FALSE);
  pass (&story, MINUTE, FALSE);
  change = step (&story, story.agent, same ? "merge" : "edit");
  set_int (&story, change, same ? KIP_FIELD_MERGED_INTO : KIP_FIELD_PARENT, (gint64) main_story->id);
  pass (&story, MINUTE, FALSE);
  note (&story, sample->words->same, 0, 0);
  if (same)
    return;
  story.at = kip_calendar_add (sample->calendar, main_story->received, 3 * HOUR + later);
  resolve (&story);
}

void
kip_sample_tell_outage (KipSample            *sample,
                        const KipSampleIssue *issue,
                        KipInstant            received)
{
  Story story;

  story_init (&story, sample, issue, received, FALSE);
  story.channel = KIP_CHANNEL_PHONE;
  story.on_line = TRUE;
  begin (&story, FALSE);
  pass (&story, 10 * MINUTE, FALSE);
  if (issue->note != NULL)
    note (&story, issue->note, 0, 0);
  story.at = kip_calendar_add (sample->calendar, received, 3 * HOUR);
  work (&story, issue->minutes * MINUTE);
  resolve (&story);
  tell_follower (sample, &story, 4 * MINUTE, FALSE);
  tell_follower (sample, &story, 9 * MINUTE, FALSE);
  tell_follower (sample, &story, 15 * MINUTE, TRUE);
}
