/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-radar-model.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

/* More cannot be told apart on a screen. */
#define MAX_MARKS 400

/* Several changes are read once. */
#define READ_AFTER_MS 250

struct _KipRadarModel
{
  GObject       parent_instance;
  KipStore     *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) ends with the model */
  GArray       *marks;       /* (owned) of KipRadarMark */
  guint         total;
  guint         soon, soon_mine; /* due before the boundary */
  KipInstant    from, to, boundary;
  guint         days;
  gboolean      active, reading, read_again;
  guint         read_source;
};

G_DEFINE_FINAL_TYPE (KipRadarModel, kip_radar_model, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
mark_clear (gpointer data)
{
  KipRadarMark *mark = data;

  g_clear_pointer (&mark->row, kip_ticket_row_unref);
}

static GArray *
new_marks (void)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (KipRadarMark));

  g_array_set_clear_func (marks, mark_clear);
  return marks;
}

/* ---- the boundary ---- */

/* An hour after the office opens next: today's lunch break is no such opening. */
static KipInstant
boundary_after (KipAgreements *agreements,
                KipInstant     now)
{
  KipCalendar *calendar = kip_agreements_get_office_calendar (agreements);
  KipInstant open = now;
  KipDay today;

  if (calendar == NULL)
    return now + KIP_MS_PER_DAY;
  today = kip_calendar_local_day (calendar, now);
  for (guint i = 0; i < 64; i++)
    {
      open = kip_calendar_next_start (calendar, open);
      if (open == KIP_INSTANT_NONE)
        return now + KIP_MS_PER_DAY;
      if (kip_calendar_local_day (calendar, open) != today)
        return open + KIP_MS_PER_HOUR;
    }
  return now + KIP_MS_PER_DAY;
}

/* ---- reading ---- */

static gboolean read_cb (gpointer data);

static void
read_later (KipRadarModel *self)
{
  if (self->active && self->read_source == 0)
    self->read_source = g_timeout_add (READ_AFTER_MS, read_cb, self);
}

static void
finish_reading (KipRadarModel *self)
{
  self->reading = FALSE;
  if (self->read_again)
    read_later (self);
  self->read_again = FALSE;
}

typedef struct
{
  KipRadarModel *model; /* (owned) */
  GArray        *marks; /* (owned) */
} Reading;

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Reading *reading = data;
  g_autoptr (KipRadarModel) self = reading->model;
  g_autoptr (GArray) marks = reading->marks;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, NULL);

  g_free (reading);
  for (guint i = 0; rows != NULL && i < MIN (rows->len, marks->len); i++)
    if (g_ptr_array_index (rows, i) != NULL)
      g_array_index (marks, KipRadarMark, i).row = kip_ticket_row_ref (g_ptr_array_index (rows, i));
  g_array_unref (self->marks);
  self->marks = g_steal_pointer (&marks);
  finish_reading (self);
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
count_one (KipRadarModel      *self,
           const KipThreshold *threshold,
           gboolean            mine)
{
  self->total += threshold->at < self->to;
  if (threshold->at >= self->boundary)
    return;
  self->soon++;
  self->soon_mine += mine;
}

/* The deadlines among the thresholds. */
static GArray *
take_marks (KipRadarModel *self,
            GArray        *thresholds)
{
  GArray *marks = new_marks ();
  KipId me = kip_store_get_me (self->store);

  self->total = self->soon = self->soon_mine = 0;
  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *threshold = &g_array_index (thresholds, KipThreshold, i);
      gboolean mine = threshold->assignee == me && me != KIP_ID_NONE;
      KipRadarMark mark = { threshold->ticket, threshold->clock, threshold->at, mine, NULL };

      if (threshold->percent != 100)
        continue;
      count_one (self, threshold, mine);
      if (threshold->at < self->to && marks->len < MAX_MARKS)
        g_array_append_val (marks, mark);
    }
  return marks;
}

static void
thresholds_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (KipRadarModel) self = data;
  g_autoptr (GArray) thresholds = kip_store_thresholds_finish (KIP_STORE (source), result, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  Reading *reading;

  if (thresholds == NULL)
    {
      finish_reading (self);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->marks = take_marks (self, thresholds);
  for (guint i = 0; i < reading->marks->len; i++)
    g_array_append_val (ids, g_array_index (reading->marks, KipRadarMark, i).ticket);
  reading->model = g_steal_pointer (&self);
  kip_store_rows_async (KIP_STORE (source), (const KipId *) ids->data, ids->len,
                        reading->model->cancellable, rows_cb, reading);
}

static gboolean
read_cb (gpointer data)
{
  KipRadarModel *self = data;

  self->read_source = 0;
  if (self->reading)
    {
      self->read_again = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->reading = TRUE;
  self->from = kip_clock_now ();
  self->to = self->from + self->days * KIP_MS_PER_DAY;
  self->boundary = boundary_after (kip_store_get_agreements (self->store), self->from);
  kip_store_thresholds_async (self->store, self->from, MAX (self->to, self->boundary), self->cancellable,
                              thresholds_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* ---- class ---- */

static void
kip_radar_model_dispose (GObject *object)
{
  KipRadarModel *self = KIP_RADAR_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->read_source, g_source_remove);
  self->active = FALSE;
  G_OBJECT_CLASS (kip_radar_model_parent_class)->dispose (object);
}

static void
kip_radar_model_finalize (GObject *object)
{
  KipRadarModel *self = KIP_RADAR_MODEL (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_array_unref (self->marks);
  G_OBJECT_CLASS (kip_radar_model_parent_class)->finalize (object);
}

static void
kip_radar_model_class_init (KipRadarModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_radar_model_dispose;
  object_class->finalize = kip_radar_model_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_radar_model_init (KipRadarModel *self)
{
  self->marks = new_marks ();
  self->cancellable = g_cancellable_new ();
  self->days = 3;
}

/* ---- public ---- */

KipRadarModel *
kip_radar_model_new (KipStore *store)
{
  KipRadarModel *self = g_object_new (KIP_TYPE_RADAR_MODEL, NULL);

  self->store = g_object_ref (store);
  self->from = kip_clock_now ();
  self->to = self->from + self->days * KIP_MS_PER_DAY;
  self->boundary = self->from;
  g_signal_connect_object (store, "changed", G_CALLBACK (read_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (read_later), self, G_CONNECT_SWAPPED);
  return self;
}

void
kip_radar_model_set_active (KipRadarModel *self,
                            gboolean       active)
{
  g_return_if_fail (KIP_IS_RADAR_MODEL (self));

  if (active && self->read_source == 0)
    self->read_source = g_idle_add (read_cb, self);
  self->active = active;
}

void
kip_radar_model_set_days (KipRadarModel *self,
                          guint          days)
{
  g_return_if_fail (KIP_IS_RADAR_MODEL (self));

  self->days = CLAMP (days, 1, 14);
  if (self->active && self->read_source == 0)
    self->read_source = g_idle_add (read_cb, self);
}

guint
kip_radar_model_get_days (KipRadarModel *self)
{
  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), 0);

  return self->days;
}

KipInstant
kip_radar_model_get_from (KipRadarModel *self)
{
  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), KIP_INSTANT_NONE);

  return self->from;
}

KipInstant
kip_radar_model_get_to (KipRadarModel *self)
{
  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), KIP_INSTANT_NONE);

  return self->to;
}

GArray *
kip_radar_model_get_marks (KipRadarModel *self)
{
  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), NULL);

  return self->marks;
}

guint
kip_radar_model_get_total (KipRadarModel *self)
{
  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), 0);

  return self->total;
}

char *
kip_radar_model_dup_sentence (KipRadarModel *self)
{
  g_autofree char *when = NULL;
  g_autofree char *all = NULL;
  g_autofree char *mine = NULL;

  g_return_val_if_fail (KIP_IS_RADAR_MODEL (self), NULL);

  when = kip_format_when (self->boundary, self->from, NULL);
  if (self->soon == 0)
    /* Translators: %s is a time such as "Mon 09:00" or "tomorrow 09:00". */
    return g_strdup_printf (_("No promise breaks before %s."), when);
  /* Translators: what would happen if nobody did anything; %s is a time such as "Mon 09:00". */
  all = g_strdup_printf (ngettext ("%u promise breaks before %s", "%u promises break before %s", self->soon), self->soon, when);
  if (self->soon_mine == 0)
    return g_strdup_printf (_("%s."), all);
  /* Translators: after "3 promises break before Mon 09:00". */
  mine = g_strdup_printf (ngettext ("%u of them yours", "%u of them yours", self->soon_mine), self->soon_mine);
  return g_strdup_printf (_("%s, %s."), all, mine);
}
