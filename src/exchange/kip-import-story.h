/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-ticket.h"
#include "kip-import-values.h"

G_BEGIN_DECLS

/* One ticket while it is being made of its rows.  Private to the importer. */
typedef struct
{
  KipImportBuilder *builder;
  KipImportTable   *table;
  KipChange        *change;
  KipId             ticket;
  const char       *key;
  GArray           *rows;      /* (owned) of guint32, by time */
  KipInstant        received;
  guint32           shown[KIP_IMPORT_N_FIELDS]; /* texts: what was applied last */
  const KipStatus  *status;    /* (nullable) */
  KipInstant        status_at;
  KipInstant        resolved;  /* last time; NONE: never or reopened */
  gboolean          was_resolved;
  gboolean          is_events;
  int               impact, urgency, wish, override; /* 0: none */
  GHashTable       *tags;      /* (owned) folded: given already */
  guint             n_events;
} KipImportStory;

/* ---- kip-import-story.c ---- */

/* The text with the number @text; "" for 0. */
const char *kip_import_story_string (KipImportStory *story,
                                     guint32         text);

/* The number of the text that @row has for @field; 0: none. */
guint32 kip_import_story_text_at (KipImportStory *story,
                                  guint32         row,
                                  KipImportField  field);

/* The first text of @field that any row has, or the last; else the default. */
guint32 kip_import_story_text_of (KipImportStory *story,
                                  KipImportField  field,
                                  gboolean        from_end);

/* Of the file, for the report. */
guint64 kip_import_story_first_line (KipImportStory *story);

/* Takes @reason. */
void kip_import_story_note (KipImportStory *story,
                            guint64         line,
                            char           *reason);
void kip_import_story_write_int (KipImportStory *story,
                                 KipField        field,
                                 gint64          number,
                                 KipInstant      at);

/* Nothing for "". */
void kip_import_story_write_text (KipImportStory *story,
                                  KipField        field,
                                  const char     *text,
                                  KipInstant      at);
char *kip_import_story_say_no_time (KipImportStory *story,
                                    KipImportField  field,
                                    guint32         text);

/* A time that a column says; NONE when it is empty or cannot be read, which is noted. */
KipInstant kip_import_story_time_of (KipImportStory *story,
                                     KipImportField  field);
KipId kip_import_story_person (KipImportStory *story,
                               guint32         text,
                               gboolean        agent,
                               KipInstant      at);
KipId kip_import_story_requester (KipImportStory *story);

/* The rows that no rule refuses, by time and then as the file has them. */
void kip_import_story_collect_rows (KipImportStory       *story,
                                    const KipImportGroup *group);

/* When the request came in; FALSE: the ticket is refused. */
gboolean kip_import_story_find_received (KipImportStory *story);

/* ---- kip-import-status.c ---- */

/* The office's status for @target ("open", "waiting-supplier" …). (nullable) */
const KipStatus *kip_import_story_usual_status (KipImportStory *story,
                                                const char     *target);

/* What the mapping makes of @text. (nullable) */
const KipStatus *kip_import_story_status_of_text (KipImportStory *story,
                                                  guint32         text);

/* @actor: KIP_ID_NONE: nobody says. */
void kip_import_story_set_status (KipImportStory  *story,
                                  const KipStatus *status,
                                  KipInstant       at,
                                  KipId            actor);

/* Who resolved it: as said, else who did that, else who had it. */
KipId kip_import_story_resolver (KipImportStory *story,
                                 KipId           actor,
                                 KipInstant      at);

/* A ticket that was solved when the log begins was new before that. */
void kip_import_story_open_status (KipImportStory  *story,
                                   const KipStatus *first,
                                   KipInstant       at);

/* What a row of a log says, where it is not what the last one said. */
void kip_import_story_apply_status (KipImportStory *story,
                                    guint32         row,
                                    KipId           actor,
                                    KipInstant      at);

/* ---- kip-import-changes.c ---- */
void kip_import_story_write_tags (KipImportStory *story,
                                  const char     *text,
                                  KipInstant      at);

/* A value that nobody listed: the report says so, and if asked a tag keeps it. */
void kip_import_story_note_unknown (KipImportStory *story,
                                    KipImportField  field,
                                    guint32         text,
                                    guint64         line,
                                    KipInstant      at);
void kip_import_story_apply_changes (KipImportStory *story,
                                     guint32         row,
                                     gboolean        is_first,
                                     KipInstant      at);

/* ---- kip-import-entries.c ---- */
void kip_import_story_apply_message (KipImportStory *story,
                                     guint32         row,
                                     KipId           actor,
                                     KipInstant      at);
void kip_import_story_apply_work (KipImportStory *story,
                                  guint32         row,
                                  KipId           actor,
                                  KipInstant      at);
void kip_import_story_apply_survey (KipImportStory *story,
                                    guint32         row,
                                    KipInstant      at);
gboolean kip_import_story_is_on_line (KipImportStory *story);
void kip_import_story_write_first_response (KipImportStory *story);

G_END_DECLS
