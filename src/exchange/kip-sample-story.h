/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sample-private.h"

G_BEGIN_DECLS

/* Private to the sample. */

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
  gboolean               quick;   /* solved with the first answer */
  KipInstant             received;
  KipInstant             at;       /* how far the story has come */
  gint64                 used;     /* working seconds, pauses left out */
  gboolean               ahead;    /* the rest has not happened yet */
} KipSampleStory;

/* ---- kip-sample-steps.c ---- */

/* At least @least, less than @most. */
gint64 kip_story_between (KipSampleStory *story,
                          gint64          least,
                          gint64          most);

/* Working seconds until something promised within @target is done: mostly in good time. */
gint64 kip_story_share (KipSampleStory *story,
                        gint64          target,
                        guint           late_percent);

/* One of the variants of @text that are separated by bars, its places filled in. */
char *kip_story_fill (KipSampleStory *story,
                      const char     *text);

/* A letter: greeting and what is to be said. */
char *kip_story_letter (KipSampleStory *story,
                        const char     *first, /* (nullable): a greeting */
                        const char     *text);

/* The next change-set; NULL when that lies ahead, which all below take. */
KipChange *kip_story_step (KipSampleStory *story,
                           KipId           author,
                           const char     *action);

/* Goes on by @seconds of work; @paused: they do not count. */
void kip_story_pass (KipSampleStory *story,
                     gint64          seconds,
                     gboolean        paused);

void kip_story_set_status (KipSampleStory *story,
                           KipChange      *change,
                           KipPhase        phase,
                           KipPause        pause);
void kip_story_set_int (KipSampleStory *story,
                        KipChange      *change,
                        KipField        field,
                        gint64          number);
void kip_story_set_text (KipSampleStory *story,
                         KipChange      *change,
                         KipField        field,
                         const char     *text);
void kip_story_say (KipSampleStory *story,
                    KipChange      *change,
                    KipMessageKind  kind,
                    const char     *text);

/* What the requester writes, one of @texts; what the agent notes.  @phase 0: the status stays. */
void kip_story_hear (KipSampleStory    *story,
                     const char *const *texts,
                     KipPhase           phase,
                     KipPause           pause);
void kip_story_note (KipSampleStory *story,
                     const char     *text,
                     KipPhase        phase,
                     KipPause        pause);
void kip_story_work (KipSampleStory *story,
                     gint64          seconds);

/* ---- kip-sample-scenes.c ---- */

void kip_scene_begin (KipSampleStory *story,
                      gboolean        untouched);
void kip_scene_respond (KipSampleStory *story);
void kip_scene_ask (KipSampleStory *story);
void kip_scene_order (KipSampleStory *story);
void kip_scene_schedule (KipSampleStory *story);
void kip_scene_middle (KipSampleStory *story);

/* ---- kip-sample-ends.c ---- */

void kip_scene_resolve (KipSampleStory *story);
void kip_scene_end (KipSampleStory *story);

G_END_DECLS
