/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-ticket.h"

#include "kip-import-story.h"
#include "kip-config.h"
#include "kip-import-values.h"
#include "kip-priority.h"

#include <glib/gi18n-lib.h>

/* ---- the opening and the end ---- */

static void
write_subject (KipImportStory *story)
{
  guint32 subject = kip_import_story_text_of (story, KIP_IMPORT_SUBJECT, FALSE);
  g_autofree char *made = subject != 0 ? NULL : g_strdup_printf (_("Ticket %s"), story->key);

  kip_import_story_write_text (story, KIP_FIELD_SUBJECT, subject != 0 ? kip_import_story_string (story, subject) : made, story->received);
}

static void
write_channel (KipImportStory *story)
{
  guint32 text = kip_import_story_text_of (story, KIP_IMPORT_CHANNEL, FALSE);
  const KipChoice *channel = kip_choice_find_key (kip_schema_channels (),
                                                  kip_import_target (story->builder, KIP_IMPORT_CHANNEL, text));

  kip_import_story_note_unknown (story, KIP_IMPORT_CHANNEL, text, kip_import_story_first_line (story), story->received);
  if (channel != NULL)
    kip_import_story_write_int (story, KIP_FIELD_CHANNEL, channel->number, story->received);
}

static void
write_opening (KipImportStory *story)
{
  KipId who = kip_import_story_requester (story);
  guint32 parent = kip_import_story_text_of (story, KIP_IMPORT_PARENT, TRUE);
  const char *tag = kip_import_map_settings (story->table->map)->tag;

  kip_import_story_write_int (story, KIP_FIELD_NUMBER, 0, story->received);
  kip_import_story_write_text (story, KIP_FIELD_EXTERNAL, story->key, story->received);
  write_subject (story);
  kip_import_story_write_text (story, KIP_FIELD_DESCRIPTION, kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_DESCRIPTION, FALSE)),
                               story->received);
  kip_import_story_write_int (story, KIP_FIELD_RECEIVED, story->received, story->received);
  if (who != KIP_ID_NONE)
    kip_import_story_write_int (story, KIP_FIELD_REQUESTER, (gint64) who, story->received);
  write_channel (story);
  if (kip_import_story_is_on_line (story))
    kip_import_story_write_int (story, KIP_FIELD_ON_LINE, 1, story->received);
  if (tag != NULL)
    kip_import_story_write_tags (story, tag, story->received);
  if (parent != 0)
    g_hash_table_insert (story->builder->parents, g_memdup2 (&story->ticket, sizeof (KipId)), GUINT_TO_POINTER (parent));
}

/* Cause and what was done belong to the last time that it was solved. */
static void
write_resolution (KipImportStory *story)
{
  KipInstant at = story->resolved != KIP_INSTANT_NONE ? story->resolved
                  : story->status_at != KIP_INSTANT_NONE ? story->status_at : story->received;

  kip_import_story_write_text (story, KIP_FIELD_CAUSE, kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_CAUSE, TRUE)), at);
  kip_import_story_write_text (story, KIP_FIELD_DONE, kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_DONE, TRUE)), at);
}

/* ---- a row per event ---- */

/* A log whose rows never say "resolved" may have a column that says when. */
static gboolean
has_resolved_row (KipImportStory *story)
{
  for (guint i = 0; i < story->rows->len; i++)
    {
      const KipStatus *status = kip_import_story_status_of_text (story, kip_import_story_text_at (story, g_array_index (story->rows, guint32, i),
                                                                                                  KIP_IMPORT_STATUS));

      if (status != NULL && status->phase == KIP_PHASE_RESOLVED)
        return TRUE;
    }
  return FALSE;
}

static void
resolve_by_column (KipImportStory *story,
                   KipInstant      until,
                   KipInstant      at)
{
  if (at != KIP_INSTANT_NONE && at <= until && !story->was_resolved)
    kip_import_story_set_status (story, kip_import_story_usual_status (story, "resolved"), MAX (at, story->status_at),
                                 kip_import_story_resolver (story, KIP_ID_NONE, at));
}

static KipInstant
row_time (KipImportStory *story,
          guint32         row)
{
  const KipImportRow *r = kip_import_table_row (story->table, row);

  if (r->time >= story->received)
    return r->time;
  kip_import_story_note (story, r->line, g_strdup (_("The event is older than the ticket; it was put at its beginning.")));
  return story->received;
}

static void
tell_events (KipImportStory *story)
{
  KipInstant resolved = has_resolved_row (story) ? KIP_INSTANT_NONE : kip_import_story_time_of (story, KIP_IMPORT_RESOLVED);
  KipInstant closed = kip_import_story_time_of (story, KIP_IMPORT_CLOSED);
  guint32 first = g_array_index (story->rows, guint32, 0);

  kip_import_story_open_status (story, kip_import_story_status_of_text (story, kip_import_story_text_at (story, first, KIP_IMPORT_STATUS)),
                                kip_import_table_row (story->table, first)->time);
  for (guint i = 0; i < story->rows->len; i++)
    {
      guint32 row = g_array_index (story->rows, guint32, i);
      KipInstant at = row_time (story, row);
      KipId actor = kip_import_story_person (story, kip_import_story_text_at (story, row, KIP_IMPORT_ACTOR), FALSE, at);

      resolve_by_column (story, at, resolved);
      kip_import_story_apply_changes (story, row, i == 0, i == 0 ? story->received : at);
      kip_import_story_apply_message (story, row, actor, at);
      kip_import_story_apply_status (story, row, actor, at);
      kip_import_story_apply_work (story, row, actor, at);
      kip_import_story_apply_survey (story, row, at);
    }
  resolve_by_column (story, G_MAXINT64, resolved);
  if (closed != KIP_INSTANT_NONE && story->was_resolved && story->status != NULL
      && story->status->phase == KIP_PHASE_RESOLVED)
    kip_import_story_set_status (story, kip_import_story_usual_status (story, "closed"), MAX (closed, story->status_at), KIP_ID_NONE);
}

/* ---- a row per ticket ---- */

/* When it was solved: as said, else when it was closed, else its last change. */
static KipInstant
end_of (KipImportStory *story,
        KipInstant      resolved,
        KipInstant      closed)
{
  guint32 row = g_array_index (story->rows, guint32, 0);
  KipInstant time = kip_import_table_row (story->table, row)->time;
  KipInstant at = resolved != KIP_INSTANT_NONE ? resolved : closed != KIP_INSTANT_NONE ? closed : time;

  if (at == KIP_INSTANT_NONE)
    {
      kip_import_story_note (story, kip_import_story_first_line (story), g_strdup (_("The row does not say when it was resolved; the time it was received was taken.")));
      return story->received;
    }
  return MAX (at, story->received);
}

static void
finish_ticket (KipImportStory  *story,
               const KipStatus *status)
{
  KipInstant resolved = kip_import_story_time_of (story, KIP_IMPORT_RESOLVED);
  KipInstant closed = kip_import_story_time_of (story, KIP_IMPORT_CLOSED);
  KipInstant end = end_of (story, resolved, closed);

  if (status->phase == KIP_PHASE_CLOSED)
    kip_import_story_set_status (story, kip_import_story_usual_status (story, "resolved"), end, kip_import_story_resolver (story, KIP_ID_NONE, end));
  kip_import_story_set_status (story, status, closed != KIP_INSTANT_NONE && status->phase == KIP_PHASE_CLOSED ? MAX (closed, end) : end,
                               status->phase == KIP_PHASE_CLOSED ? KIP_ID_NONE : kip_import_story_resolver (story, KIP_ID_NONE, end));
}

static KipInstant
last_time (KipImportStory *story)
{
  return story->resolved != KIP_INSTANT_NONE ? story->resolved : MAX (story->status_at, story->received);
}

static void
tell_ticket (KipImportStory *story)
{
  guint32 row = g_array_index (story->rows, guint32, 0);
  KipInstant time = kip_import_table_row (story->table, row)->time;
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_STATUS);
  const KipStatus *status = kip_import_story_status_of_text (story, text);
  KipId assignee;

  kip_import_story_note_unknown (story, KIP_IMPORT_STATUS, text, kip_import_story_first_line (story), story->received);
  kip_import_story_apply_changes (story, row, TRUE, story->received);
  if (status == NULL)
    status = kip_import_story_usual_status (story, kip_import_story_text_of (story, KIP_IMPORT_RESOLVED, TRUE) != 0 ? "resolved" : "new");
  kip_import_story_open_status (story, status, MAX (time, story->received));
  kip_import_story_write_first_response (story);
  if (status != NULL && !kip_phase_is_open (status->phase))
    finish_ticket (story, status);
  else
    kip_import_story_set_status (story, status, MAX (time, story->received), KIP_ID_NONE);
  assignee = kip_import_story_person (story, kip_import_story_text_at (story, row, KIP_IMPORT_ASSIGNEE), TRUE, story->received);
  kip_import_story_apply_message (story, row, assignee, last_time (story));
  kip_import_story_apply_work (story, row, assignee, last_time (story));
  kip_import_story_apply_survey (story, row, last_time (story));
}

/* ---- from outside ---- */

static void
fill_outcome (KipImportStory   *story,
              KipImportOutcome *outcome)
{
  guint32 subject = kip_import_story_text_of (story, KIP_IMPORT_SUBJECT, FALSE);

  outcome->key = story->key;
  outcome->subject = subject != 0 ? g_strdup (kip_import_story_string (story, subject)) : g_strdup_printf (_("Ticket %s"), story->key);
  outcome->requester = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_REQUESTER, FALSE));
  outcome->assignee = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_ASSIGNEE, TRUE));
  outcome->team = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_TEAM, TRUE));
  outcome->category = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_CATEGORY, TRUE));
  outcome->status = story->status;
  outcome->priority = story->override != 0 ? story->override
                      : (int) kip_matrix_get (story->builder->matrix, story->impact, story->urgency);
  outcome->received = story->received;
  outcome->resolved = story->resolved;
  outcome->n_events = story->n_events;
}

/* Kept as the file says it, for its clock may be the right one. */
static void
note_future (KipImportStory *story)
{
  if (MAX (story->received, story->status_at) > story->builder->now + KIP_MS_PER_DAY)
    kip_import_story_note (story, kip_import_story_first_line (story),
                           g_strdup (_("A time of this ticket lies in the future. Look whether the forms of the dates are right.")));
}

static void
tell (KipImportStory *story)
{
  write_opening (story);
  if (story->is_events)
    {
      tell_events (story);
      kip_import_story_write_first_response (story);
    }
  else
    tell_ticket (story);
  write_resolution (story);
  note_future (story);
}

gboolean
kip_import_builder_add (KipImportBuilder     *builder,
                        const KipImportGroup *group,
                        KipId                 ticket,
                        KipChange            *change,
                        KipImportOutcome     *outcome)
{
  KipImportStory story = {
    .builder = builder,
    .table = builder->table,
    .change = change,
    .ticket = ticket,
    .key = kip_import_table_string (builder->table, group->key),
    .rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), group->n),
    .resolved = KIP_INSTANT_NONE,
    .status_at = KIP_INSTANT_NONE,
    .is_events = kip_import_map_settings (builder->table->map)->shape == KIP_IMPORT_SHAPE_EVENTS,
    .impact = KIP_LEVEL_MEDIUM,
    .urgency = KIP_LEVEL_MEDIUM,
    .tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean taken;

  kip_import_story_collect_rows (&story, group);
  taken = story.rows->len > 0 && kip_import_story_find_received (&story);
  if (taken)
    tell (&story);
  if (taken && outcome != NULL)
    fill_outcome (&story, outcome);
  g_array_unref (story.rows);
  g_hash_table_unref (story.tags);
  return taken;
}

void
kip_import_outcome_clear (KipImportOutcome *outcome)
{
  g_clear_pointer (&outcome->subject, g_free);
}
