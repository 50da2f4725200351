/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-ticket.h"

#include "kip-config.h"
#include "kip-import-values.h"
#include "kip-priority.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* One ticket while it is being made. */
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
} Story;

static const char *
string (Story  *story,
        guint32 text)
{
  return kip_import_table_string (story->table, text);
}

static guint32
text_at (Story         *story,
         guint32        row,
         KipImportField field)
{
  return kip_import_table_text (story->table, row, field);
}

/* The first text of @field that any row has, or the last; else the default. */
static guint32
text_of (Story         *story,
         KipImportField field,
         gboolean       from_end)
{
  for (guint i = 0; story->table->slots[field] >= 0 && i < story->rows->len; i++)
    {
      guint32 row = g_array_index (story->rows, guint32, from_end ? story->rows->len - 1 - i : i);
      guint32 text = text_at (story, row, field);

      if (text != 0)
        return text;
    }
  return story->table->defaults[field];
}

static guint64
first_line (Story *story)
{
  return kip_import_table_row (story->table, g_array_index (story->rows, guint32, 0))->line;
}

static void
note (Story  *story,
      guint64 line,
      char   *reason) /* (transfer full) */
{
  kip_import_report_add (story->table->report, line, FALSE, story->key, reason);
}

static void
write_int (Story     *story,
           KipField   field,
           gint64     number,
           KipInstant at)
{
  kip_change_set_int (story->change, KIP_KIND_TICKET, story->ticket, field, number)->at = at;
}

static void
write_text (Story      *story,
            KipField    field,
            const char *text,
            KipInstant  at)
{
  if (*text != '\0')
    kip_change_set_text (story->change, KIP_KIND_TICKET, story->ticket, field, text)->at = at;
}

/* A time that one column says; NONE when it is empty.  FALSE: unreadable. */
static gboolean
read_time (Story         *story,
           KipImportField field,
           guint32       *text,
           KipInstant    *at)
{
  *text = text_of (story, field, field != KIP_IMPORT_RECEIVED);
  *at = KIP_INSTANT_NONE;
  return *text == 0 || kip_import_dates_parse (story->table->dates, string (story, *text), at);
}

static char *
say_no_time (Story         *story,
             KipImportField field,
             guint32        text)
{
  return g_strdup_printf (_("%s: “%s” is not a time in any of the forms that the mapping names."),
                          _(kip_import_field_info (field)->label), string (story, text));
}

/* The same, leaving out what is unreadable with a note. */
static KipInstant
time_of (Story         *story,
         KipImportField field)
{
  KipInstant at;
  guint32 text;

  if (!read_time (story, field, &text, &at))
    note (story, first_line (story), say_no_time (story, field, text));
  return at;
}

/* ---- people ---- */

static KipId
person (Story     *story,
        guint32    text,
        gboolean   agent,
        KipInstant at)
{
  KipImportPerson more = { .agent = agent };

  return text == 0 ? KIP_ID_NONE : kip_import_names_person (story->builder->names, string (story, text), &more, at);
}

static KipId
requester (Story *story)
{
  guint32 name = text_of (story, KIP_IMPORT_REQUESTER, FALSE);
  guint32 mail = text_of (story, KIP_IMPORT_REQUESTER_MAIL, FALSE);
  guint32 vip = text_of (story, KIP_IMPORT_VIP, FALSE);
  KipImportPerson more = {
    .mail = string (story, mail),
    .phone = string (story, text_of (story, KIP_IMPORT_REQUESTER_PHONE, FALSE)),
    .department = string (story, text_of (story, KIP_IMPORT_DEPARTMENT, FALSE)),
    .vip = strcmp (kip_import_target (story->builder, KIP_IMPORT_VIP, vip), "yes") == 0,
  };

  return kip_import_names_person (story->builder->names, string (story, name != 0 ? name : mail), &more,
                                  story->received);
}

/* ---- rows ---- */

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  KipInstant at_x = kip_import_table_row ((KipImportTable *) data, x)->time;
  KipInstant at_y = kip_import_table_row ((KipImportTable *) data, y)->time;

  if (at_x != at_y)
    return at_x < at_y ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* The rows that no rule refuses, by time and then as the file has them. */
static void
collect_rows (Story                *story,
              const KipImportGroup *group)
{
  gboolean sorted = TRUE;
  KipInstant last = G_MININT64;

  for (guint32 row = group->first; row != KIP_IMPORT_NO_ROW; row = kip_import_table_row (story->table, row)->next)
    {
      KipInstant at = kip_import_table_row (story->table, row)->time;

      if (!kip_import_accept_row (story->builder, row, story->key))
        continue;
      sorted = sorted && at >= last;
      last = at;
      g_array_append_val (story->rows, row);
    }
  if (!sorted)
    g_array_sort_with_data (story->rows, compare_rows, story->table);
}

/* When the request came in; FALSE: the ticket is refused. */
static gboolean
find_received (Story *story)
{
  KipInstant time = kip_import_table_row (story->table, g_array_index (story->rows, guint32, 0))->time;
  gboolean readable;
  guint32 text;

  readable = read_time (story, KIP_IMPORT_RECEIVED, &text, &story->received);
  if (!readable)
    kip_import_report_add (story->table->report, first_line (story), !story->is_events, story->key,
                           say_no_time (story, KIP_IMPORT_RECEIVED, text));
  if (!readable && !story->is_events)
    return FALSE;
  if (story->received != KIP_INSTANT_NONE)
    return TRUE;
  story->received = story->is_events ? time : story->builder->now;
  if (!story->is_events)
    note (story, first_line (story), g_strdup (_("The row does not say when the request came in; it counts from now.")));
  return TRUE;
}

/* ---- status ---- */

static void
set_status (Story           *story,
            const KipStatus *status,
            KipInstant       at,
            KipId            actor)
{
  KipValue *value;

  if (status == NULL || status == story->status)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int ((gint64) status->id));
  kip_value_put (value, 2, kip_value_int (status->phase));
  kip_value_put (value, 3, kip_value_int (status->pause));
  if (actor != KIP_ID_NONE)
    kip_value_put (value, 4, kip_value_int ((gint64) actor));
  kip_change_set (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_STATUS, value)->at = at;
  if (kip_phase_is_open (status->phase))
    story->resolved = KIP_INSTANT_NONE;
  else if (story->resolved == KIP_INSTANT_NONE)
    story->resolved = at;
  story->was_resolved |= !kip_phase_is_open (status->phase);
  story->status = status;
  story->status_at = at;
  story->n_events++;
}

static const KipStatus *
usual_status (Story      *story,
              const char *target)
{
  return kip_import_names_status (story->builder->names, target);
}

static const KipStatus *
status_of_text (Story  *story,
                guint32 text)
{
  const char *target = kip_import_target (story->builder, KIP_IMPORT_STATUS, text);

  return *target != '\0' ? usual_status (story, target) : NULL;
}

/* Who resolved it: as said, else who did that, else who had it. */
static KipId
resolver (Story     *story,
          KipId      actor,
          KipInstant at)
{
  guint32 text = text_of (story, KIP_IMPORT_RESOLVER, TRUE);

  if (text != 0)
    return person (story, text, TRUE, at);
  if (actor != KIP_ID_NONE)
    return actor;
  return person (story, text_of (story, KIP_IMPORT_ASSIGNEE, TRUE), TRUE, at);
}

/* A ticket that was solved when the log begins was new before that. */
static void
open_status (Story           *story,
             const KipStatus *first,
             KipInstant       at)
{
  if (at > story->received || first == NULL || !kip_phase_is_open (first->phase))
    set_status (story, first != NULL && first->phase == KIP_PHASE_NEW ? first : usual_status (story, "new"),
                story->received, KIP_ID_NONE);
}

/* ---- what changes as time goes on ---- */

static void
write_tag (Story      *story,
           const char *tag,
           KipInstant  at)
{
  if (*tag == '\0' || !g_hash_table_add (story->tags, g_strdup (tag)))
    return;
  kip_change_add (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_TAGS, kip_value_text (tag))->at = at;
}

static void
write_tags (Story      *story,
            const char *text,
            KipInstant  at)
{
  g_auto (GStrv) tags = g_strsplit_set (text, ",;|", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    write_tag (story, g_strstrip (tags[i]), at);
}

/* A value that nobody listed: the report says so, and if asked a tag keeps it. */
static void
note_unknown (Story         *story,
              KipImportField field,
              guint32        text,
              guint64        line,
              KipInstant     at)
{
  const char *label = _(kip_import_field_info (field)->label);

  if (kip_import_is_ignored (story->builder, field, text))
    note (story, line, g_strdup_printf (_("%s: “%s” is passed over, as the mapping says; what was before goes on."),
                                        label, string (story, text)));
  else if (kip_import_is_unknown (story->builder, field, text))
    {
      note (story, line, g_strdup_printf (_("%s: “%s” is not understood and not in the mapping."),
                                          label, string (story, text)));
      if (kip_import_map_get_unknown (story->table->map, field) == KIP_IMPORT_UNKNOWN_TAG)
        {
          g_autofree char *tag = g_strdup_printf ("%s %s", kip_import_field_info (field)->key, string (story, text));

          write_tag (story, tag, at);
        }
    }
}

static void
write_level (Story     *story,
             KipField   field,
             int       *level,
             int        wanted,
             KipInstant at)
{
  if (wanted == 0 || wanted == *level)
    return;
  *level = wanted;
  write_int (story, field, wanted, at);
}

/* Impact and urgency, as they are not said, so that the matrix gives the wish. */
static gboolean
choose_levels (Story     *story,
               KipInstant at)
{
  static const int pairs[][2] = { { 2, 2 }, { 1, 1 }, { 3, 3 }, { 2, 1 }, { 1, 2 }, { 2, 3 }, { 3, 2 }, { 1, 3 }, { 3, 1 } };

  if (story->table->slots[KIP_IMPORT_IMPACT] >= 0 || story->table->slots[KIP_IMPORT_URGENCY] >= 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((int) kip_matrix_get (story->builder->matrix, pairs[i][0], pairs[i][1]) == story->wish)
      {
        write_level (story, KIP_FIELD_IMPACT, &story->impact, pairs[i][0], at);
        write_level (story, KIP_FIELD_URGENCY, &story->urgency, pairs[i][1], at);
        return TRUE;
      }
  return FALSE;
}

static void
write_priority (Story     *story,
                KipInstant at)
{
  int by_matrix = (int) kip_matrix_get (story->builder->matrix, story->impact, story->urgency);
  KipValue *value;

  if (story->wish == 0 || story->wish == (story->override != 0 ? story->override : by_matrix))
    return;
  if (story->wish == by_matrix || choose_levels (story, at))
    {
      if (story->override != 0)
        kip_change_clear (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_PRIORITY)->at = at;
      story->override = 0;
      return;
    }
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (story->wish));
  kip_value_put (value, 2, kip_value_text (_("As it was in the system it was imported from")));
  kip_change_set (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_PRIORITY, value)->at = at;
  story->override = story->wish;
}

static void
clear_field (Story         *story,
             KipImportField field,
             KipInstant     at)
{
  static const struct { KipImportField from; KipField to; } clearable[] = {
    { KIP_IMPORT_ASSIGNEE, KIP_FIELD_ASSIGNEE },
    { KIP_IMPORT_TEAM, KIP_FIELD_TEAM },
    { KIP_IMPORT_CATEGORY, KIP_FIELD_CATEGORY },
    { KIP_IMPORT_ASSET, KIP_FIELD_ASSET },
    { KIP_IMPORT_DUE, KIP_FIELD_DUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (clearable); i++)
    if (clearable[i].from == field)
      kip_change_clear (story->change, KIP_KIND_TICKET, story->ticket, clearable[i].to)->at = at;
}

static void
write_due (Story     *story,
           guint32    text,
           guint64    line,
           KipInstant at)
{
  KipInstant due;

  if (kip_import_dates_parse (story->table->dates, string (story, text), &due))
    write_int (story, KIP_FIELD_DUE, due, at);
  else
    note (story, line, say_no_time (story, KIP_IMPORT_DUE, text));
}

static void
apply (Story         *story,
       KipImportField field,
       guint32        text,
       guint64        line,
       KipInstant     at)
{
  KipImportBuilder *builder = story->builder;
  const char *s = string (story, text);

  switch ((int) field)
    {
    case KIP_IMPORT_CATEGORY:
      write_int (story, KIP_FIELD_CATEGORY, (gint64) kip_import_names_category (builder->names, s, at), at);
      break;
    case KIP_IMPORT_IMPACT:
      write_level (story, KIP_FIELD_IMPACT, &story->impact,
                   (int) kip_level_from_key (kip_import_target (builder, field, text)), at);
      break;
    case KIP_IMPORT_URGENCY:
      write_level (story, KIP_FIELD_URGENCY, &story->urgency,
                   (int) kip_level_from_key (kip_import_target (builder, field, text)), at);
      break;
    case KIP_IMPORT_PRIORITY:
      story->wish = (int) kip_priority_from_key (kip_import_target (builder, field, text));
      break;
    case KIP_IMPORT_ASSIGNEE:
      write_int (story, KIP_FIELD_ASSIGNEE, (gint64) person (story, text, TRUE, at), at);
      break;
    case KIP_IMPORT_TEAM:
      write_int (story, KIP_FIELD_TEAM, (gint64) kip_import_names_team (builder->names, s, at), at);
      break;
    case KIP_IMPORT_ASSET:
      write_int (story, KIP_FIELD_ASSET, (gint64) kip_import_names_asset (builder->names, s, at), at);
      break;
    case KIP_IMPORT_TAGS:
      write_tags (story, s, at);
      break;
    case KIP_IMPORT_DUE:
      write_due (story, text, line, at);
      break;
    default:
      break;
    }
}

/* Fields that can change from row to row, besides the status. */
static const KipImportField changing[] = {
  KIP_IMPORT_CATEGORY, KIP_IMPORT_IMPACT, KIP_IMPORT_URGENCY, KIP_IMPORT_PRIORITY,
  KIP_IMPORT_ASSIGNEE, KIP_IMPORT_TEAM, KIP_IMPORT_ASSET, KIP_IMPORT_TAGS, KIP_IMPORT_DUE,
};

static void
apply_changes (Story     *story,
               guint32    row,
               gboolean   is_first,
               KipInstant at)
{
  gboolean clear = kip_import_map_settings (story->table->map)->clear_empty;
  guint64 line = kip_import_table_row (story->table, row)->line;

  for (gsize i = 0; i < G_N_ELEMENTS (changing); i++)
    {
      KipImportField field = changing[i];
      guint32 text = text_at (story, row, field);

      if (text == 0 && is_first)
        text = story->table->defaults[field];
      if (text == story->shown[field] || (text == 0 && !clear))
        continue;
      story->shown[field] = text;
      note_unknown (story, field, text, line, at);
      if (text == 0)
        clear_field (story, field, at);
      else
        apply (story, field, text, line, at);
    }
  write_priority (story, at);
}

/* ---- entries ---- */

static void
write_message (Story         *story,
               KipMessageKind kind,
               const char    *text,
               KipId          author,
               KipInstant     at)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (kind));
  kip_value_put (value, 2, kip_value_text (text));
  if (author != KIP_ID_NONE)
    kip_value_put (value, 3, kip_value_int ((gint64) author));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_MESSAGE, value)->at = at;
  story->n_events++;
}

static KipMessageKind
kind_of (Story  *story,
         guint32 row,
         KipId   actor)
{
  guint32 text = text_at (story, row, KIP_IMPORT_MESSAGE_KIND);
  const KipChoice *kind = kip_choice_find_key (kip_schema_message_kinds (),
                                               kip_import_target (story->builder, KIP_IMPORT_MESSAGE_KIND, text));

  if (kind != NULL)
    return (KipMessageKind) kind->number;
  if (!story->is_events)
    return KIP_MESSAGE_NOTE;
  return actor != KIP_ID_NONE && actor == requester (story) ? KIP_MESSAGE_INCOMING : KIP_MESSAGE_REPLY;
}

static void
apply_message (Story     *story,
               guint32    row,
               KipId      actor,
               KipInstant at)
{
  guint32 text = text_at (story, row, KIP_IMPORT_MESSAGE);

  if (text == 0 || text == story->shown[KIP_IMPORT_MESSAGE])
    return;
  story->shown[KIP_IMPORT_MESSAGE] = text;
  note_unknown (story, KIP_IMPORT_MESSAGE_KIND, text_at (story, row, KIP_IMPORT_MESSAGE_KIND),
                kip_import_table_row (story->table, row)->line, at);
  write_message (story, kind_of (story, row, actor), string (story, text), actor, at);
}

static void
apply_work (Story     *story,
            guint32    row,
            KipId      actor,
            KipInstant at)
{
  guint32 text = text_at (story, row, KIP_IMPORT_WORK);
  gint64 seconds;
  KipValue *value;

  if (text == 0)
    return;
  if (!kip_import_parse_work (string (story, text), kip_import_map_settings (story->table->map)->work_unit, &seconds))
    {
      note (story, kip_import_table_row (story->table, row)->line,
            g_strdup_printf (_("Work time: “%s” is not a duration; it was left out."), string (story, text)));
      return;
    }
  if (seconds == 0)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (seconds));
  if (actor != KIP_ID_NONE)
    kip_value_put (value, 3, kip_value_int ((gint64) actor));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_WORK, value)->at = at;
}

static void
apply_survey (Story     *story,
              guint32    row,
              KipInstant at)
{
  guint32 text = text_at (story, row, KIP_IMPORT_SURVEY);
  guint32 comment = text_at (story, row, KIP_IMPORT_SURVEY_COMMENT);
  const char *target = kip_import_target (story->builder, KIP_IMPORT_SURVEY, text);
  KipValue *value;

  if (text == 0 || text == story->shown[KIP_IMPORT_SURVEY])
    return;
  story->shown[KIP_IMPORT_SURVEY] = text;
  note_unknown (story, KIP_IMPORT_SURVEY, text, kip_import_table_row (story->table, row)->line, at);
  if (*target < '1' || *target > '5')
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (*target - '0'));
  if (comment != 0)
    kip_value_put (value, 2, kip_value_text (string (story, comment)));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_SURVEY, value)->at = at;
}

/* ---- the opening and the end ---- */

static void
write_subject (Story *story)
{
  guint32 subject = text_of (story, KIP_IMPORT_SUBJECT, FALSE);
  g_autofree char *made = subject != 0 ? NULL : g_strdup_printf (_("Ticket %s"), story->key);

  write_text (story, KIP_FIELD_SUBJECT, subject != 0 ? string (story, subject) : made, story->received);
}

static void
write_channel (Story *story)
{
  guint32 text = text_of (story, KIP_IMPORT_CHANNEL, FALSE);
  const KipChoice *channel = kip_choice_find_key (kip_schema_channels (),
                                                  kip_import_target (story->builder, KIP_IMPORT_CHANNEL, text));

  note_unknown (story, KIP_IMPORT_CHANNEL, text, first_line (story), story->received);
  if (channel != NULL)
    write_int (story, KIP_FIELD_CHANNEL, channel->number, story->received);
}

static gboolean
is_on_line (Story *story)
{
  guint32 text = text_of (story, KIP_IMPORT_ON_LINE, FALSE);

  return strcmp (kip_import_target (story->builder, KIP_IMPORT_ON_LINE, text), "yes") == 0;
}

static void
write_opening (Story *story)
{
  KipId who = requester (story);
  guint32 parent = text_of (story, KIP_IMPORT_PARENT, TRUE);
  const char *tag = kip_import_map_settings (story->table->map)->tag;

  write_int (story, KIP_FIELD_NUMBER, 0, story->received);
  write_text (story, KIP_FIELD_EXTERNAL, story->key, story->received);
  write_subject (story);
  write_text (story, KIP_FIELD_DESCRIPTION, string (story, text_of (story, KIP_IMPORT_DESCRIPTION, FALSE)),
              story->received);
  write_int (story, KIP_FIELD_RECEIVED, story->received, story->received);
  if (who != KIP_ID_NONE)
    write_int (story, KIP_FIELD_REQUESTER, (gint64) who, story->received);
  write_channel (story);
  if (is_on_line (story))
    write_int (story, KIP_FIELD_ON_LINE, 1, story->received);
  if (tag != NULL)
    write_tags (story, tag, story->received);
  if (parent != 0)
    g_hash_table_insert (story->builder->parents, g_memdup2 (&story->ticket, sizeof (KipId)), GUINT_TO_POINTER (parent));
}

static void
write_first_response (Story *story)
{
  KipInstant at = time_of (story, KIP_IMPORT_RESPONDED);

  if (at == KIP_INSTANT_NONE || is_on_line (story))
    return;
  write_message (story, KIP_MESSAGE_REPLY, _("First response, given in the system that this ticket was imported from."),
                 person (story, text_of (story, KIP_IMPORT_ASSIGNEE, FALSE), TRUE, at), MAX (at, story->received));
}

/* Cause and what was done belong to the last time that it was solved. */
static void
write_resolution (Story *story)
{
  KipInstant at = story->resolved != KIP_INSTANT_NONE ? story->resolved
                  : story->status_at != KIP_INSTANT_NONE ? story->status_at : story->received;

  write_text (story, KIP_FIELD_CAUSE, string (story, text_of (story, KIP_IMPORT_CAUSE, TRUE)), at);
  write_text (story, KIP_FIELD_DONE, string (story, text_of (story, KIP_IMPORT_DONE, TRUE)), at);
}

/* ---- a row per event ---- */

/* A log whose rows never say "resolved" may have a column that says when. */
static gboolean
has_resolved_row (Story *story)
{
  for (guint i = 0; i < story->rows->len; i++)
    {
      const KipStatus *status = status_of_text (story, text_at (story, g_array_index (story->rows, guint32, i),
                                                                KIP_IMPORT_STATUS));

      if (status != NULL && status->phase == KIP_PHASE_RESOLVED)
        return TRUE;
    }
  return FALSE;
}

static void
resolve_by_column (Story     *story,
                   KipInstant until,
                   KipInstant at)
{
  if (at != KIP_INSTANT_NONE && at <= until && !story->was_resolved)
    set_status (story, usual_status (story, "resolved"), MAX (at, story->status_at),
                resolver (story, KIP_ID_NONE, at));
}

static KipInstant
row_time (Story  *story,
          guint32 row)
{
  const KipImportRow *r = kip_import_table_row (story->table, row);

  if (r->time >= story->received)
    return r->time;
  note (story, r->line, g_strdup (_("The event is older than the ticket; it was put at its beginning.")));
  return story->received;
}

static void
apply_status (Story     *story,
              guint32    row,
              KipId      actor,
              KipInstant at)
{
  guint32 text = text_at (story, row, KIP_IMPORT_STATUS);
  const KipStatus *status;

  if (text == 0 || text == story->shown[KIP_IMPORT_STATUS])
    return;
  story->shown[KIP_IMPORT_STATUS] = text;
  note_unknown (story, KIP_IMPORT_STATUS, text, kip_import_table_row (story->table, row)->line, at);
  status = status_of_text (story, text);
  if (status != NULL && status->phase == KIP_PHASE_RESOLVED)
    actor = resolver (story, actor, at);
  set_status (story, status, at, actor);
}

static void
tell_events (Story *story)
{
  KipInstant resolved = has_resolved_row (story) ? KIP_INSTANT_NONE : time_of (story, KIP_IMPORT_RESOLVED);
  KipInstant closed = time_of (story, KIP_IMPORT_CLOSED);
  guint32 first = g_array_index (story->rows, guint32, 0);

  open_status (story, status_of_text (story, text_at (story, first, KIP_IMPORT_STATUS)),
               kip_import_table_row (story->table, first)->time);
  for (guint i = 0; i < story->rows->len; i++)
    {
      guint32 row = g_array_index (story->rows, guint32, i);
      KipInstant at = row_time (story, row);
      KipId actor = person (story, text_at (story, row, KIP_IMPORT_ACTOR), FALSE, at);

      resolve_by_column (story, at, resolved);
      apply_changes (story, row, i == 0, i == 0 ? story->received : at);
      apply_message (story, row, actor, at);
      apply_status (story, row, actor, at);
      apply_work (story, row, actor, at);
      apply_survey (story, row, at);
    }
  resolve_by_column (story, G_MAXINT64, resolved);
  if (closed != KIP_INSTANT_NONE && story->was_resolved && story->status != NULL
      && story->status->phase == KIP_PHASE_RESOLVED)
    set_status (story, usual_status (story, "closed"), MAX (closed, story->status_at), KIP_ID_NONE);
}

/* ---- a row per ticket ---- */

/* When it was solved: as said, else when it was closed, else its last change. */
static KipInstant
end_of (Story     *story,
        KipInstant resolved,
        KipInstant closed)
{
  guint32 row = g_array_index (story->rows, guint32, 0);
  KipInstant time = kip_import_table_row (story->table, row)->time;
  KipInstant at = resolved != KIP_INSTANT_NONE ? resolved : closed != KIP_INSTANT_NONE ? closed : time;

  if (at == KIP_INSTANT_NONE)
    {
      note (story, first_line (story), g_strdup (_("The row does not say when it was resolved; the time it was received was taken.")));
      return story->received;
    }
  return MAX (at, story->received);
}

static void
finish_ticket (Story           *story,
               const KipStatus *status)
{
  KipInstant resolved = time_of (story, KIP_IMPORT_RESOLVED);
  KipInstant closed = time_of (story, KIP_IMPORT_CLOSED);
  KipInstant end = end_of (story, resolved, closed);

  if (status->phase == KIP_PHASE_CLOSED)
    set_status (story, usual_status (story, "resolved"), end, resolver (story, KIP_ID_NONE, end));
  set_status (story, status, closed != KIP_INSTANT_NONE && status->phase == KIP_PHASE_CLOSED ? MAX (closed, end) : end,
              status->phase == KIP_PHASE_CLOSED ? KIP_ID_NONE : resolver (story, KIP_ID_NONE, end));
}

static KipInstant
last_time (Story *story)
{
  return story->resolved != KIP_INSTANT_NONE ? story->resolved : MAX (story->status_at, story->received);
}

static void
tell_ticket (Story *story)
{
  guint32 row = g_array_index (story->rows, guint32, 0);
  KipInstant time = kip_import_table_row (story->table, row)->time;
  guint32 text = text_at (story, row, KIP_IMPORT_STATUS);
  const KipStatus *status = status_of_text (story, text);
  KipId assignee;

  note_unknown (story, KIP_IMPORT_STATUS, text, first_line (story), story->received);
  apply_changes (story, row, TRUE, story->received);
  if (status == NULL)
    status = usual_status (story, text_of (story, KIP_IMPORT_RESOLVED, TRUE) != 0 ? "resolved" : "new");
  open_status (story, status, MAX (time, story->received));
  write_first_response (story);
  if (status != NULL && !kip_phase_is_open (status->phase))
    finish_ticket (story, status);
  else
    set_status (story, status, MAX (time, story->received), KIP_ID_NONE);
  assignee = person (story, text_at (story, row, KIP_IMPORT_ASSIGNEE), TRUE, story->received);
  apply_message (story, row, assignee, last_time (story));
  apply_work (story, row, assignee, last_time (story));
  apply_survey (story, row, last_time (story));
}

/* ---- names ---- */

static const struct
{
  KipImportField field;
  guint8         mark; /* of a text, once it was named as that */
} naming[] = {
  { KIP_IMPORT_ASSIGNEE, 1 << 0 },
  { KIP_IMPORT_RESOLVER, 1 << 0 },
  { KIP_IMPORT_ACTOR, 1 << 1 },
  { KIP_IMPORT_TEAM, 1 << 2 },
  { KIP_IMPORT_CATEGORY, 1 << 3 },
  { KIP_IMPORT_ASSET, 1 << 4 },
};

static void
name_text (KipImportBuilder *builder,
           KipImportField    field,
           const char       *text)
{
  KipImportPerson person = { .agent = field != KIP_IMPORT_ACTOR };

  if (field == KIP_IMPORT_TEAM)
    kip_import_names_team (builder->names, text, builder->now);
  else if (field == KIP_IMPORT_CATEGORY)
    kip_import_names_category (builder->names, text, builder->now);
  else if (field == KIP_IMPORT_ASSET)
    kip_import_names_asset (builder->names, text, builder->now);
  else
    kip_import_names_person (builder->names, text, &person, builder->now);
}

static void
name_requester (KipImportBuilder     *builder,
                const KipImportGroup *group)
{
  Story story = {
    .builder = builder,
    .table = builder->table,
    .rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 1),
    .received = builder->now,
  };

  g_array_append_val (story.rows, group->first);
  requester (&story);
  g_array_unref (story.rows);
}

void
kip_import_builder_name_all (KipImportBuilder *builder)
{
  KipImportTable *table = builder->table;
  g_autofree guint8 *named = g_new0 (guint8, table->texts->len);

  /* Requesters first: they come with mail, phone and department. */
  for (guint i = 0; i < table->groups->len; i++)
    name_requester (builder, &g_array_index (table->groups, KipImportGroup, i));
  for (guint32 row = 0; row < table->rows->len; row++)
    for (gsize i = 0; i < G_N_ELEMENTS (naming); i++)
      {
        guint32 text = kip_import_table_text (table, row, naming[i].field);

        if (text == 0 || (named[text] & naming[i].mark))
          continue;
        named[text] |= naming[i].mark;
        name_text (builder, naming[i].field, kip_import_table_string (table, text));
      }
}

/* ---- from outside ---- */

static void
fill_outcome (Story            *story,
              KipImportOutcome *outcome)
{
  guint32 subject = text_of (story, KIP_IMPORT_SUBJECT, FALSE);

  outcome->key = story->key;
  outcome->subject = subject != 0 ? g_strdup (string (story, subject)) : g_strdup_printf (_("Ticket %s"), story->key);
  outcome->requester = string (story, text_of (story, KIP_IMPORT_REQUESTER, FALSE));
  outcome->assignee = string (story, text_of (story, KIP_IMPORT_ASSIGNEE, TRUE));
  outcome->team = string (story, text_of (story, KIP_IMPORT_TEAM, TRUE));
  outcome->category = string (story, text_of (story, KIP_IMPORT_CATEGORY, TRUE));
  outcome->status = story->status;
  outcome->priority = story->override != 0 ? story->override
                      : (int) kip_matrix_get (story->builder->matrix, story->impact, story->urgency);
  outcome->received = story->received;
  outcome->resolved = story->resolved;
  outcome->n_events = story->n_events;
}

static void
tell (Story *story)
{
  write_opening (story);
  if (story->is_events)
    {
      tell_events (story);
      write_first_response (story);
    }
  else
    tell_ticket (story);
  write_resolution (story);
}

gboolean
kip_import_builder_add (KipImportBuilder     *builder,
                        const KipImportGroup *group,
                        KipId                 ticket,
                        KipChange            *change,
                        KipImportOutcome     *outcome)
{
  Story story = {
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

  collect_rows (&story, group);
  taken = story.rows->len > 0 && find_received (&story);
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
