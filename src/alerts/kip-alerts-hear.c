/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is noted besides: what other machines told, and what the person put off. */

#include "kip-alerts-private.h"

#include "kip-alert-rules.h"
#include "kip-snoozes.h"

/* ---- what others told ---- */

typedef struct
{
  KipAlerts *alerts; /* (owned) */
  KipOffice *office; /* (owned) */
  GArray    *told;   /* (owned) of KipTold */
} Hearsay;

static void
hearsay_free (gpointer data)
{
  Hearsay *hearsay = data;

  g_object_unref (hearsay->alerts);
  kip_office_unref (hearsay->office);
  g_array_unref (hearsay->told);
  g_free (hearsay);
}

/* What was told to those among whom the person at this machine is, is told; what was told to the ticket's
 * agent says nothing of its escalation. */
static void
hear_one (KipStore      *store,
          KipOffice     *office,
          const KipTold *told)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &told->ticket, 1, NULL);
  const KipTicketRow *row = rows != NULL ? g_ptr_array_index (rows, 0) : NULL;
  KipThreshold threshold = { told->ticket, told->clock, told->at, told->percent, KIP_ID_NONE, KIP_ID_NONE, FALSE };
  g_autoptr (GError) error = NULL;
  gboolean escalated;

  /* Of a clock that is over nothing is told any more. */
  if (row == NULL || row->clocks[told->clock].state != KIP_CLOCK_RUNNING)
    return;
  threshold.assignee = row->assignee;
  threshold.team = row->team;
  if (kip_alert_concerns (&threshold, office, kip_store_get_me (store), &escalated) && escalated == told->escalated)
    kip_store_say_once (store, told->ticket, told->clock, told->percent, told->at, &error);
  if (error != NULL)
    g_warning ("alerts: %s", error->message);
}

static void
hear_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Hearsay *hearsay = data;

  for (guint i = 0; i < hearsay->told->len; i++)
    hear_one (KIP_STORE (source), hearsay->office, &g_array_index (hearsay->told, KipTold, i));
  g_task_return_boolean (task, TRUE);
}

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  KipAlerts *self = ((Hearsay *) g_task_get_task_data (G_TASK (result)))->alerts;

  self->hearing--;
  kip_alerts_look (self);
}

void
kip_alerts_note_told (KipAlerts *self,
                      GArray    *told)
{
  g_autoptr (GTask) task = NULL;
  Hearsay hearsay;

  if (self->store == NULL)
    return;
  hearsay = (Hearsay) { g_object_ref (self), kip_store_dup_office (self->store), g_array_copy (told) };
  task = g_task_new (self->store, NULL, heard_cb, NULL);
  self->hearing++;
  g_task_set_task_data (task, g_memdup2 (&hearsay, sizeof hearsay), hearsay_free);
  g_task_run_in_thread (task, hear_thread);
}

/* ---- what was put off ---- */

typedef struct
{
  KipAlerts *alerts; /* (owned) */
  KipId      ticket;
  KipInstant until;
} Hush;

static void
hush_free (gpointer data)
{
  g_object_unref (((Hush *) data)->alerts);
  g_free (data);
}

static void
hush_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Hush *hush = data;
  g_autoptr (GError) error = NULL;

  if (!kip_store_snooze (KIP_STORE (source), hush->ticket, hush->until, &error))
    g_warning ("alerts: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
hushed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  kip_alerts_look (((Hush *) g_task_get_task_data (G_TASK (result)))->alerts);
}

void
kip_alerts_snooze (KipAlerts          *self,
                   const KipThreshold *what,
                   KipInstant          until)
{
  g_autoptr (GTask) task = g_task_new (self->store, NULL, hushed_cb, NULL);
  g_autoptr (GArray) snoozes = kip_alerts_read_snoozes (self);
  Hush hush = { g_object_ref (self), what->ticket, until };

  kip_snoozes_put (snoozes, what, until);
  kip_alerts_write_snoozes (self, snoozes);
  g_task_set_task_data (task, g_memdup2 (&hush, sizeof hush), hush_free);
  g_task_run_in_thread (task, hush_thread);
}
