/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-radar-chart.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

#define DOT 11
#define STEP 13       /* from dot to dot in a stack */
#define AXIS 22       /* the line of days between the two lanes */
#define MIN_STACK 2   /* dots that a lane has room for at least */
#define MAX_STACK 8
#define EDGE 12

typedef struct
{
  guint mark;  /* in the model's marks */
  float x, y;  /* centre */
} Dot;

struct _KipRadarChart
{
  GtkWidget      parent_instance;
  KipRadarModel *model;    /* (owned) (nullable) */
  KipCalendar   *calendar; /* (owned) (nullable) */
  GArray        *dots;     /* (owned) of Dot, laid out for the present size */
  int            current;  /* dot under the keyboard; −1 none */
};

G_DEFINE_FINAL_TYPE (KipRadarChart, kip_radar_chart, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- geometry ---- */

static float
x_of (KipRadarChart *self,
      KipInstant     at)
{
  KipInstant from = kip_radar_model_get_from (self->model);
  KipInstant to = kip_radar_model_get_to (self->model);
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * EDGE;
  float fraction = (float) (at - from) / (float) MAX (to - from, 1);
  float x = EDGE + CLAMP (fraction, 0, 1) * width;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

static float
axis_top (KipRadarChart *self)
{
  return (gtk_widget_get_height (GTK_WIDGET (self)) - AXIS) / 2;
}

/* One stack for each dot's width of time and lane. */
static void
lay_out (KipRadarChart *self)
{
  GArray *marks = kip_radar_model_get_marks (self->model);
  int columns = gtk_widget_get_width (GTK_WIDGET (self)) / DOT + 2;
  g_autofree guint *mine = g_new0 (guint, columns);
  g_autofree guint *others = g_new0 (guint, columns);
  float top = axis_top (self);

  g_array_set_size (self->dots, 0);
  for (guint i = 0; i < marks->len; i++)
    {
      const KipRadarMark *mark = &g_array_index (marks, KipRadarMark, i);
      int column = CLAMP ((int) (x_of (self, mark->at) / DOT), 0, columns - 1);
      guint height = mark->mine ? mine[column]++ : others[column]++;
      Dot dot = { i, column *DOT + DOT / 2.0f, 0 };

      height = MIN (height, MAX_STACK - 1);
      dot.y = mark->mine ? top - STEP / 2 - height * STEP : top + AXIS + STEP / 2 + height * STEP;
      g_array_append_val (self->dots, dot);
    }
  self->current = MIN (self->current, (int) self->dots->len - 1);
}

static int
dot_at (KipRadarChart *self,
        double         x,
        double         y)
{
  int best = -1;
  double nearest = DOT;

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, i);
      double away = MAX (ABS (dot->x - x), ABS (dot->y - y));

      if (away >= nearest)
        continue;
      nearest = away;
      best = i;
    }
  return best;
}

static const KipRadarMark *
mark_of (KipRadarChart *self,
         int            index)
{
  GArray *marks = self->model != NULL ? kip_radar_model_get_marks (self->model) : NULL;
  const Dot *dot;

  if (marks == NULL || index < 0 || (guint) index >= self->dots->len)
    return NULL;
  dot = &g_array_index (self->dots, Dot, index);
  return dot->mark < marks->len ? &g_array_index (marks, KipRadarMark, dot->mark) : NULL;
}

/* ---- drawing ---- */

static void
append_text (KipRadarChart *self,
             GtkSnapshot   *snapshot,
             const char    *text,
             float          x,
             float          y,
             float          room,
             const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > room)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y + (AXIS - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
fill_between (KipRadarChart *self,
              GtkSnapshot   *snapshot,
              KipInstant     start,
              KipInstant     end,
              const GdkRGBA *color)
{
  float a = x_of (self, start);
  float b = x_of (self, end);

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (MIN (a, b), 0, MAX (1, ABS (b - a)), gtk_widget_get_height (GTK_WIDGET (self))));
}

static void
draw_working_hours (KipRadarChart *self,
                    GtkSnapshot   *snapshot,
                    const GdkRGBA *color)
{
  KipInstant from = kip_radar_model_get_from (self->model);
  KipInstant to = kip_radar_model_get_to (self->model);
  KipInstant start, end;
  GdkRGBA pale = *color;

  pale.alpha *= 0.07;
  while (self->calendar != NULL && kip_calendar_next_period (self->calendar, from, to, &start, &end))
    {
      fill_between (self, snapshot, start, end, &pale);
      from = end;
    }
}

/* A line at each midnight, and the day's name where there is room. */
static void
draw_days (KipRadarChart *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *color)
{
  KipInstant from = kip_radar_model_get_from (self->model);
  KipInstant to = kip_radar_model_get_to (self->model);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (from, zone);
  g_autoptr (GDateTime) day = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                                               g_date_time_get_day_of_month (now), 0, 0, 0);
  GdkRGBA dim = *color;

  dim.alpha *= 0.7;
  while (kip_instant_from_date_time (day) < to)
    {
      KipInstant start = kip_instant_from_date_time (day);
      GDateTime *next = g_date_time_add_days (day, 1);
      KipInstant end = kip_instant_from_date_time (next);
      float a = x_of (self, MAX (start, from)), b = x_of (self, MIN (end, to));
      g_autofree char *name = kip_format_day (MAX (start, from), from, zone);

      if (start > from)
        gtk_snapshot_append_color (snapshot, &dim, &GRAPHENE_RECT_INIT (a, axis_top (self), 1, AXIS));
      append_text (self, snapshot, name, MIN (a, b) + 4, axis_top (self), ABS (b - a) - 6, &dim);
      g_date_time_unref (day);
      day = next;
    }
}

static void
draw_dot (KipRadarChart *self,
          GtkSnapshot   *snapshot,
          const Dot     *dot,
          const GdkRGBA *color,
          gboolean       filled)
{
  GskRoundedRect shape;
  graphene_rect_t box = GRAPHENE_RECT_INIT (dot->x - DOT / 2.0f + 1, dot->y - DOT / 2.0f + 1, DOT - 2, DOT - 2);
  float widths[4] = { 2, 2, 2, 2 };
  GdkRGBA colors[4] = { *color, *color, *color, *color };

  gsk_rounded_rect_init_from_rect (&shape, &box, DOT / 2.0f);
  if (!filled)
    {
      gtk_snapshot_append_border (snapshot, &shape, widths, colors);
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &box);
  gtk_snapshot_pop (snapshot);
}

static void
draw_dots (KipRadarChart *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *color)
{
  GdkRGBA soon = *color;
  KipInstant now = kip_clock_now ();

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "error_color", &soon);
  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, i);
      const KipRadarMark *mark = mark_of (self, i);

      if (mark != NULL)
        draw_dot (self, snapshot, dot, mark->at < now + KIP_MS_PER_HOUR ? &soon : color, mark->mine);
    }
}

static void
draw_focus (KipRadarChart *self,
            GtkSnapshot   *snapshot)
{
  const Dot *dot;
  GskRoundedRect shape;
  GdkRGBA accent;
  float widths[4] = { 2, 2, 2, 2 };

  if (self->current < 0 || !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &accent))
    return;
  dot = &g_array_index (self->dots, Dot, self->current);
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (dot->x - DOT, dot->y - DOT, 2 * DOT, 2 * DOT), DOT);
  gtk_snapshot_append_border (snapshot, &shape, widths, (GdkRGBA[4]) { accent, accent, accent, accent });
}

static void
kip_radar_chart_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  KipRadarChart *self = KIP_RADAR_CHART (widget);
  GdkRGBA color;

  if (self->model == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  draw_working_hours (self, snapshot, &color);
  draw_days (self, snapshot, &color);
  draw_dots (self, snapshot, &color);
  draw_focus (self, snapshot);
}

/* ---- size ---- */

static void
kip_radar_chart_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 600;
    }
  else
    {
      *minimum = AXIS + 2 * MIN_STACK * STEP;
      *natural = AXIS + 2 * (MAX_STACK - 2) * STEP;
    }
}

static void
kip_radar_chart_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  KipRadarChart *self = KIP_RADAR_CHART (widget);

  if (self->model != NULL)
    lay_out (self);
}

/* ---- what it tells ---- */

char *
kip_radar_mark_words (const KipRadarMark *mark)
{
  g_autofree char *number = mark->row != NULL ? kip_ticket_number_format (mark->row->number) : g_strdup ("");
  g_autofree char *when = kip_format_when (mark->at, kip_clock_now (), NULL);

  /* Translators: number, subject, which promise, when it falls due. */
  return g_strdup_printf (_("%s %s — %s, due %s"), number, mark->row != NULL ? mark->row->subject : "",
                          kip_format_clock_name (mark->clock), when);
}

static void
tell_current (KipRadarChart *self)
{
  const KipRadarMark *mark = mark_of (self, self->current);
  g_autofree char *words = NULL;

  if (mark != NULL)
    words = kip_radar_mark_words (mark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
query_tooltip_cb (KipRadarChart *self,
                  int            x,
                  int            y,
                  gboolean       keyboard,
                  GtkTooltip    *tooltip)
{
  const KipRadarMark *mark = mark_of (self, keyboard ? self->current : dot_at (self, x, y));
  g_autofree char *words = NULL;

  if (mark == NULL)
    return FALSE;
  words = kip_radar_mark_words (mark);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
open_dot (KipRadarChart *self,
          int            index)
{
  const KipRadarMark *mark = mark_of (self, index);

  if (mark != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, mark->ticket);
}

static void
released_cb (KipRadarChart *self,
             int            n_press,
             double         x,
             double         y)
{
  int index = dot_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (index < 0)
    return;
  self->current = index;
  tell_current (self);
  open_dot (self, index);
}

static gboolean
move (GtkWidget *widget,
      GVariant  *args,
      gpointer   data)
{
  KipRadarChart *self = KIP_RADAR_CHART (widget);
  int steps = g_variant_get_int32 (args);
  int last = (int) self->dots->len - 1;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && ABS (steps) == 1)
    steps = -steps;
  if (last < 0)
    return FALSE;
  self->current = CLAMP (self->current + steps, 0, last);
  tell_current (self);
  return TRUE;
}

static gboolean
open_current (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  KipRadarChart *self = KIP_RADAR_CHART (widget);

  open_dot (self, self->current);
  return self->current >= 0;
}

/* ---- class ---- */

static void
model_changed_cb (KipRadarChart *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    lay_out (self);
  tell_current (self);
}

static void
kip_radar_chart_dispose (GObject *object)
{
  KipRadarChart *self = KIP_RADAR_CHART (object);

  kip_radar_chart_set_model (self, NULL, NULL);
  G_OBJECT_CLASS (kip_radar_chart_parent_class)->dispose (object);
}

static void
kip_radar_chart_finalize (GObject *object)
{
  g_array_unref (KIP_RADAR_CHART (object)->dots);
  G_OBJECT_CLASS (kip_radar_chart_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_Left, 0, move, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Right, 0, move, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, move, "i", -G_MAXINT16);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, move, "i", G_MAXINT16);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, open_current, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, open_current, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, open_current, NULL);
}

static void
kip_radar_chart_class_init (KipRadarChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_radar_chart_dispose;
  object_class->finalize = kip_radar_chart_finalize;
  widget_class->measure = kip_radar_chart_measure;
  widget_class->size_allocate = kip_radar_chart_size_allocate;
  widget_class->snapshot = kip_radar_chart_snapshot;

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  add_keys (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kip_radar_chart_init (KipRadarChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  self->current = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Promises that fall due, by time"), -1);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- public ---- */

void
kip_radar_chart_set_model (KipRadarChart *self,
                           KipRadarModel *model,
                           KipCalendar   *calendar)
{
  g_return_if_fail (KIP_IS_RADAR_CHART (self));

  if (calendar != NULL)
    kip_calendar_ref (calendar);
  g_clear_pointer (&self->calendar, kip_calendar_unref);
  self->calendar = calendar;
  if (self->model != model)
    {
      if (self->model != NULL)
        g_signal_handlers_disconnect_by_func (self->model, model_changed_cb, self);
      g_set_object (&self->model, model);
      g_array_set_size (self->dots, 0);
      self->current = -1;
      if (model != NULL)
        g_signal_connect_object (model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (model != NULL)
    model_changed_cb (self);
}
