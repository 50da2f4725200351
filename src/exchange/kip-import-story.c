/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-story.h"

#include "kip-config.h"
#include "kip-import-values.h"

#include <string.h>
#include <glib/gi18n-lib.h>

const char *
kip_import_story_string (KipImportStory *story,
                         guint32         text)
{
  return kip_import_table_string (story->table, text);
}

guint32
kip_import_story_text_at (KipImportStory *story,
                          guint32         row,
                          KipImportField  field)
{
  return kip_import_table_text (story->table, row, field);
}

/* The first text of @field that any row has, or the last; else the default. */
guint32
kip_import_story_text_of (KipImportStory *story,
                          KipImportField  field,
                          gboolean        from_end)
{
  for (guint i = 0; story->table->slots[field] >= 0 && i < story->rows->len; i++)
    {
      guint32 row = g_array_index (story->rows, guint32, from_end ? story->rows->len - 1 - i : i);
      guint32 text = kip_import_story_text_at (story, row, field);

      if (text != 0)
        return text;
    }
  return story->table->defaults[field];
}

guint64
kip_import_story_first_line (KipImportStory *story)
{
  return kip_import_table_row (story->table, g_array_index (story->rows, guint32, 0))->line;
}

void
kip_import_story_note (KipImportStory *story,
                       guint64         line,
                       char           *reason) /* (transfer full) */
{
  kip_import_report_add (story->table->report, line, FALSE, story->key, reason);
}

void
kip_import_story_write_int (KipImportStory *story,
                            KipField        field,
                            gint64          number,
                            KipInstant      at)
{
  kip_change_set_int (story->change, KIP_KIND_TICKET, story->ticket, field, number)->at = at;
}

void
kip_import_story_write_text (KipImportStory *story,
                             KipField        field,
                             const char     *text,
                             KipInstant      at)
{
  if (*text != '\0')
    kip_change_set_text (story->change, KIP_KIND_TICKET, story->ticket, field, text)->at = at;
}

/* A time that one column says; NONE when it is empty.  FALSE: unreadable. */
static gboolean
read_time (KipImportStory *story,
           KipImportField  field,
           guint32        *text,
           KipInstant     *at)
{
  *text = kip_import_story_text_of (story, field, field != KIP_IMPORT_RECEIVED);
  *at = KIP_INSTANT_NONE;
  return *text == 0 || kip_import_dates_parse (story->table->dates, kip_import_story_string (story, *text), at);
}

char *
kip_import_story_say_no_time (KipImportStory *story,
                              KipImportField  field,
                              guint32         text)
{
  return g_strdup_printf (_("%s: “%s” is not a time in any of the forms that the mapping names."),
                          _(kip_import_field_info (field)->label), kip_import_story_string (story, text));
}

/* The same, leaving out what is unreadable with a note. */
KipInstant
kip_import_story_time_of (KipImportStory *story,
                          KipImportField  field)
{
  KipInstant at;
  guint32 text;

  if (!read_time (story, field, &text, &at))
    kip_import_story_note (story, kip_import_story_first_line (story), kip_import_story_say_no_time (story, field, text));
  return at;
}

/* ---- people ---- */

KipId
kip_import_story_person (KipImportStory *story,
                         guint32         text,
                         gboolean        agent,
                         KipInstant      at)
{
  KipImportPerson more = { .agent = agent };

  return text == 0 ? KIP_ID_NONE : kip_import_names_person (story->builder->names, kip_import_story_string (story, text), &more, at);
}

KipId
kip_import_story_requester (KipImportStory *story)
{
  guint32 name = kip_import_story_text_of (story, KIP_IMPORT_REQUESTER, FALSE);
  guint32 mail = kip_import_story_text_of (story, KIP_IMPORT_REQUESTER_MAIL, FALSE);
  guint32 vip = kip_import_story_text_of (story, KIP_IMPORT_VIP, FALSE);
  KipImportPerson more = {
    .mail = kip_import_story_string (story, mail),
    .phone = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_REQUESTER_PHONE, FALSE)),
    .department = kip_import_story_string (story, kip_import_story_text_of (story, KIP_IMPORT_DEPARTMENT, FALSE)),
    .vip = strcmp (kip_import_target (story->builder, KIP_IMPORT_VIP, vip), "yes") == 0,
  };

  return kip_import_names_person (story->builder->names, kip_import_story_string (story, name != 0 ? name : mail), &more,
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
void
kip_import_story_collect_rows (KipImportStory       *story,
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
gboolean
kip_import_story_find_received (KipImportStory *story)
{
  KipInstant time = kip_import_table_row (story->table, g_array_index (story->rows, guint32, 0))->time;
  gboolean readable;
  guint32 text;

  readable = read_time (story, KIP_IMPORT_RECEIVED, &text, &story->received);
  if (!readable)
    kip_import_report_add (story->table->report, kip_import_story_first_line (story), !story->is_events, story->key,
                           kip_import_story_say_no_time (story, KIP_IMPORT_RECEIVED, text));
  if (!readable && !story->is_events)
    return FALSE;
  if (story->received != KIP_INSTANT_NONE)
    return TRUE;
  story->received = story->is_events ? time : story->builder->now;
  if (!story->is_events)
    kip_import_story_note (story, kip_import_story_first_line (story), g_strdup (_("The row does not say when the request came in; it counts from now.")));
  return TRUE;
}
