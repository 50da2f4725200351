/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-export-columns.h"

#include "kip-priority.h"

#include <glib/gi18n-lib.h>

/* ---- kinds of cells ---- */

static void
put_text (GString    *out,
          const char *text)
{
  if (text != NULL)
    g_string_append (out, text);
}

static void
put_number (GString *out,
            gint64   number)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

/* 2026-11-20 16:30:00 for spreadsheets, 2026-11-20T16:30:00+07:00 for programs. */
static void
put_instant (const KipExportRow *row,
             KipInstant          at,
             GString            *out)
{
  g_autoptr (GDateTime) local = at != KIP_INSTANT_NONE ? kip_instant_to_local (at, row->zone) : NULL;
  g_autofree char *text = NULL;

  if (local != NULL)
    text = g_date_time_format (local, row->for_people ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%dT%H:%M:%S%:z");
  put_text (out, text);
}

static void
put_choice (const KipExportRow *row,
            const KipChoice    *choices,
            int                 number,
            GString            *out)
{
  const KipChoice *choice = kip_choice_find (choices, number);

  if (choice != NULL)
    put_text (out, row->for_people ? _(choice->label) : choice->key);
}

static void
put_bool (const KipExportRow *row,
          gboolean            value,
          GString            *out)
{
  if (row->for_people)
    put_text (out, value ? _("yes") : _("no"));
  else
    put_text (out, value ? "yes" : "no");
}

/* ---- the ticket ---- */

static void
number_cell (const KipExportRow *row,
             GString            *out)
{
  g_autofree char *number = kip_ticket_number_format (row->row->number);

  put_text (out, number);
}

static void
external_cell (const KipExportRow *row,
               GString            *out)
{
  put_text (out, row->ticket->external);
}

static void
subject_cell (const KipExportRow *row,
              GString            *out)
{
  put_text (out, row->ticket->subject);
}

static void
description_cell (const KipExportRow *row,
                  GString            *out)
{
  put_text (out, row->ticket->description);
}

static const KipPerson *
requester_of (const KipExportRow *row)
{
  return kip_office_person (row->office, row->row->requester);
}

static void
requester_cell (const KipExportRow *row,
                GString            *out)
{
  put_text (out, requester_of (row) != NULL ? requester_of (row)->name : NULL);
}

static void
mail_cell (const KipExportRow *row,
           GString            *out)
{
  put_text (out, requester_of (row) != NULL ? requester_of (row)->mail : NULL);
}

static void
phone_cell (const KipExportRow *row,
            GString            *out)
{
  put_text (out, requester_of (row) != NULL ? requester_of (row)->phone : NULL);
}

static void
department_cell (const KipExportRow *row,
                 GString            *out)
{
  put_text (out, requester_of (row) != NULL ? requester_of (row)->department : NULL);
}

static void
vip_cell (const KipExportRow *row,
          GString            *out)
{
  put_bool (row, row->row->vip, out);
}

static void
channel_cell (const KipExportRow *row,
              GString            *out)
{
  put_choice (row, kip_schema_channels (), row->row->channel, out);
}

static void
category_cell (const KipExportRow *row,
               GString            *out)
{
  const KipCategory *category = kip_office_category (row->office, row->row->category);

  put_text (out, category != NULL ? category->path : NULL);
}

static void
impact_cell (const KipExportRow *row,
             GString            *out)
{
  put_text (out, row->for_people ? kip_level_label (row->ticket->impact) : kip_level_key (row->ticket->impact));
}

static void
urgency_cell (const KipExportRow *row,
              GString            *out)
{
  put_text (out, row->for_people ? kip_level_label (row->ticket->urgency) : kip_level_key (row->ticket->urgency));
}

static void
priority_cell (const KipExportRow *row,
               GString            *out)
{
  put_text (out, row->for_people ? kip_priority_label (row->row->priority) : kip_priority_key (row->row->priority));
}

static void
status_cell (const KipExportRow *row,
             GString            *out)
{
  const KipStatus *status = kip_office_status (row->office, row->row->status);

  if (status != NULL)
    put_text (out, row->for_people || status->key == NULL ? status->name : status->key);
}

static void
assignee_cell (const KipExportRow *row,
               GString            *out)
{
  const KipPerson *person = kip_office_person (row->office, row->row->assignee);

  put_text (out, person != NULL ? person->name : NULL);
}

static void
team_cell (const KipExportRow *row,
           GString            *out)
{
  const KipTeam *team = kip_office_team (row->office, row->row->team);

  put_text (out, team != NULL ? team->name : NULL);
}

static void
tags_cell (const KipExportRow *row,
           GString            *out)
{
  for (guint i = 0; i < row->ticket->tags->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", (const char *) row->ticket->tags->pdata[i]);
}

static void
asset_cell (const KipExportRow *row,
            GString            *out)
{
  const KipAsset *asset = kip_office_asset (row->office, row->ticket->asset);

  put_text (out, asset != NULL ? asset->name : NULL);
}

/* ---- times ---- */

static void
received_cell (const KipExportRow *row,
               GString            *out)
{
  put_instant (row, row->row->received, out);
}

static void
responded_cell (const KipExportRow *row,
                GString            *out)
{
  put_instant (row, row->row->first_response, out);
}

static void
resolved_cell (const KipExportRow *row,
               GString            *out)
{
  put_instant (row, row->row->resolved, out);
}

static void
closed_cell (const KipExportRow *row,
             GString            *out)
{
  put_instant (row, row->row->closed, out);
}

static void
updated_cell (const KipExportRow *row,
              GString            *out)
{
  put_instant (row, row->row->updated, out);
}

/* ---- promises ---- */

static void
put_due (const KipExportRow *row,
         KipClockKind        kind,
         GString            *out)
{
  put_instant (row, row->row->clocks[kind].due, out);
}

static const KipChoice promises[] = {
  { 0, "none", N_("no promise") },
  { 1, "running", N_("running") },
  { 2, "paused", N_("paused") },
  { 3, "met", N_("kept") },
  { 4, "missed", N_("missed") },
  { 5, "late", N_("late") },
  { 0, NULL, NULL }
};

static void
put_state (const KipExportRow *row,
           KipClockKind        kind,
           GString            *out)
{
  const KipClock *clock = &row->row->clocks[kind];
  gboolean open = clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED;
  KipClockReading reading = { 0 };

  if (open)
    kip_clock_read (clock, row->agreements, row->now, &reading);
  put_choice (row, promises, open && reading.late ? 5 : (int) clock->state, out);
}

static void
put_used (const KipExportRow *row,
          KipClockKind        kind,
          GString            *out)
{
  const KipClock *clock = &row->row->clocks[kind];
  KipClockReading reading = { 0 };

  if (clock->state == KIP_CLOCK_OFF)
    return;
  kip_clock_read (clock, row->agreements, row->now, &reading);
  put_number (out, reading.used / 60);
}

static void
response_due_cell (const KipExportRow *row,
                   GString            *out)
{
  put_due (row, KIP_CLOCK_RESPONSE, out);
}

static void
response_state_cell (const KipExportRow *row,
                     GString            *out)
{
  put_state (row, KIP_CLOCK_RESPONSE, out);
}

static void
response_used_cell (const KipExportRow *row,
                    GString            *out)
{
  put_used (row, KIP_CLOCK_RESPONSE, out);
}

static void
resolution_due_cell (const KipExportRow *row,
                     GString            *out)
{
  put_due (row, KIP_CLOCK_RESOLUTION, out);
}

static void
resolution_state_cell (const KipExportRow *row,
                       GString            *out)
{
  put_state (row, KIP_CLOCK_RESOLUTION, out);
}

static void
resolution_used_cell (const KipExportRow *row,
                      GString            *out)
{
  put_used (row, KIP_CLOCK_RESOLUTION, out);
}

static void
resolution_paused_cell (const KipExportRow *row,
                        GString            *out)
{
  if (row->row->clocks[KIP_CLOCK_RESOLUTION].state != KIP_CLOCK_OFF)
    put_number (out, row->row->clocks[KIP_CLOCK_RESOLUTION].paused / 60);
}

/* ---- what was done ---- */

static void
messages_cell (const KipExportRow *row,
               GString            *out)
{
  put_number (out, row->row->n_messages);
}

static void
work_cell (const KipExportRow *row,
           GString            *out)
{
  gint64 sum = 0;

  for (guint i = 0; i < row->ticket->works->len; i++)
    sum += g_array_index (row->ticket->works, KipWork, i).seconds;
  put_number (out, sum / 60);
}

static void
cause_cell (const KipExportRow *row,
            GString            *out)
{
  put_text (out, row->ticket->cause);
}

static void
done_cell (const KipExportRow *row,
           GString            *out)
{
  put_text (out, row->ticket->done);
}

static const KipSurvey *
survey_of (const KipExportRow *row)
{
  guint n = row->ticket->surveys->len;

  return n > 0 ? &g_array_index (row->ticket->surveys, KipSurvey, n - 1) : NULL;
}

static void
survey_cell (const KipExportRow *row,
             GString            *out)
{
  if (survey_of (row) != NULL)
    put_number (out, survey_of (row)->score);
}

static void
survey_comment_cell (const KipExportRow *row,
                     GString            *out)
{
  put_text (out, survey_of (row) != NULL ? survey_of (row)->comment : NULL);
}

/* ---- all of them ---- */

/* The keys are those of mapping files where there is one, so that an export can be imported. */
static const struct
{
  const char *key;
  const char *label;
  void      (*put) (const KipExportRow *row,
                    GString            *out);
} columns[] = {
  { "number", N_("Number"), number_cell },
  { "external", N_("Number there"), external_cell },
  { "subject", N_("Subject"), subject_cell },
  { "description", N_("Description"), description_cell },
  { "requester", N_("Requester"), requester_cell },
  { "requester-mail", N_("Requester's mail"), mail_cell },
  { "requester-phone", N_("Requester's phone"), phone_cell },
  { "department", N_("Department"), department_cell },
  { "vip", N_("VIP"), vip_cell },
  { "channel", N_("Channel"), channel_cell },
  { "category", N_("Category"), category_cell },
  { "impact", N_("Impact"), impact_cell },
  { "urgency", N_("Urgency"), urgency_cell },
  { "priority", N_("Priority"), priority_cell },
  { "status", N_("Status"), status_cell },
  { "assignee", N_("Assignee"), assignee_cell },
  { "team", N_("Team"), team_cell },
  { "tags", N_("Tags"), tags_cell },
  { "asset", N_("Asset"), asset_cell },
  { "received", N_("Received"), received_cell },
  { "responded", N_("First response"), responded_cell },
  { "resolved", N_("Resolved"), resolved_cell },
  { "closed", N_("Closed"), closed_cell },
  { "updated", N_("Last change"), updated_cell },
  { "response-due", N_("First response due"), response_due_cell },
  { "response-promise", N_("First response promise"), response_state_cell },
  { "response-minutes", N_("First response, working minutes"), response_used_cell },
  { "resolution-due", N_("Resolution due"), resolution_due_cell },
  { "resolution-promise", N_("Resolution promise"), resolution_state_cell },
  { "resolution-minutes", N_("Resolution, working minutes"), resolution_used_cell },
  { "paused-minutes", N_("Paused, working minutes"), resolution_paused_cell },
  { "messages", N_("Messages"), messages_cell },
  { "work", N_("Work minutes"), work_cell },
  { "cause", N_("Cause"), cause_cell },
  { "done", N_("What was done"), done_cell },
  { "survey", N_("Satisfaction"), survey_cell },
  { "survey-comment", N_("Satisfaction, comment"), survey_comment_cell },
};

guint
kip_export_n_columns (void)
{
  return G_N_ELEMENTS (columns);
}

const char *
kip_export_column_name (guint    column,
                        gboolean for_people)
{
  return for_people ? _(columns[column].label) : columns[column].key;
}

void
kip_export_cell (const KipExportRow *row,
                 guint               column,
                 GString            *out)
{
  columns[column].put (row, out);
}
