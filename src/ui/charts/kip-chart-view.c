/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- a mark, for those who do not see it ---- */

#define KIP_TYPE_CHART_MARK (kip_chart_mark_get_type ())
G_DECLARE_FINAL_TYPE (KipChartMark, kip_chart_mark, KIP, CHART_MARK, GtkWidget)

struct _KipChartMark
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KipChartMark, kip_chart_mark, GTK_TYPE_WIDGET)

static void
kip_chart_mark_class_init (KipChartMarkClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kip_chart_mark_init (KipChartMark *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* ---- the view ---- */

struct _KipChartView
{
  GtkWidget parent_instance;

  KipChart       *chart;  /* (owned) (nullable) */
  KipChartLayout *layout; /* (owned) (nullable) of the present size and theme */
  int             focus;  /* shape, or −1 */
  int             hover;
  GtkAdjustment  *scroll; /* (owned) (nullable) of the window that it is scrolled in */
  gboolean        unseen; /* it was scrolled out of sight when it was to be drawn, and was not */
};

G_DEFINE_FINAL_TYPE (KipChartView, kip_chart_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TOLD,
  SIGNAL_OPEN_QUERY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kip_chart_theme_of_widget (GtkWidget     *widget,
                           KipChartTheme *theme)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  kip_chart_theme_init (theme, adw_style_manager_get_dark (style), adw_style_manager_get_high_contrast (style),
                        dpi > 0 ? CLAMP (dpi / (96.0 * 1024), 0.5, 3) : 1.0);
}

static void
drop_layout (KipChartView *self)
{
  g_clear_pointer (&self->layout, kip_chart_layout_free);
}

static KipChartLayout *
get_layout (KipChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  KipChartTheme theme;

  if (self->chart == NULL || kip_chart_is_empty (self->chart) || width < 20 || height < 20)
    return NULL;
  if (self->layout == NULL)
    {
      kip_chart_theme_of_widget (GTK_WIDGET (self), &theme);
      self->layout = kip_chart_layout_new (self->chart, &theme, width, height);
    }
  return self->layout;
}

static const KipShape *
shape_at (KipChartView *self,
          int           index)
{
  KipChartLayout *layout = get_layout (self);

  return layout != NULL && index >= 0 && index < (int) layout->shapes->len ? &g_array_index (layout->shapes, KipShape, index)
                                                                             : NULL;
}

static const KipChartPoint *
point_of (KipChartView   *self,
          const KipShape *shape)
{
  const KipChartSeries *series = g_ptr_array_index (self->chart->series, shape->series);

  return &g_array_index (series->points, KipChartPoint, shape->index);
}

static char *
describe (KipChartView *self,
          int           index)
{
  const KipShape *shape = shape_at (self, index);

  return shape != NULL ? kip_chart_describe_point (self->chart, shape->series, shape->index) : NULL;
}

static void
tell (KipChartView *self,
      int           index)
{
  g_autofree char *words = describe (self, index);

  g_signal_emit (self, signals[SIGNAL_TOLD], 0, words);
}

static void
set_focus_mark (KipChartView *self,
                int           index)
{
  g_autofree char *words = describe (self, index);

  self->focus = index;
  if (words != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  tell (self, index);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
open_mark (KipChartView *self,
           int           index)
{
  const KipShape *shape = shape_at (self, index);
  const KipChartPoint *point = shape != NULL ? point_of (self, shape) : NULL;

  if (point != NULL && point->query != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_QUERY], 0, point->query);
}

/* ---- marks for assistive technology ---- */

static void
remove_marks (KipChartView *self,
              GtkWidget    *from)
{
  while (from != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (from);

      gtk_widget_unparent (from);
      from = next;
    }
}

/* The next mark says this; one that is there is used again. */
static GtkWidget *
put_mark (KipChartView *self,
          GtkWidget    *mark,
          guint         series,
          guint         index)
{
  g_autofree char *words = kip_chart_describe_point (self->chart, series, index);
  GtkWidget *put = mark != NULL ? mark : g_object_new (KIP_TYPE_CHART_MARK, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (put), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (mark == NULL)
    gtk_widget_set_parent (put, GTK_WIDGET (self));
  return gtk_widget_get_next_sibling (put);
}

/* Of a target only where it changes: once a line. */
static gboolean
is_worth_saying (const KipChartSeries *series,
                 guint                 index)
{
  const KipChartPoint *point = &g_array_index (series->points, KipChartPoint, index);

  if (isnan (point->value))
    return FALSE;
  if (series->mark != KIP_MARK_TARGET)
    return point->n > 0;
  return index == 0 || point[-1].value < point->value || point[-1].value > point->value || isnan (point[-1].value);
}

static void
put_marks (KipChartView *self)
{
  GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint s = 0; self->chart != NULL && s < self->chart->series->len; s++)
    {
      const KipChartSeries *series = g_ptr_array_index (self->chart->series, s);

      for (guint i = 0; i < series->points->len; i++)
        if (is_worth_saying (series, i))
          mark = put_mark (self, mark, s, i);
    }
  remove_marks (self, mark);
}

/* ---- callbacks ---- */

static void
motion_cb (KipChartView *self,
           double        x,
           double        y)
{
  KipChartLayout *layout = get_layout (self);
  int hover = layout != NULL ? kip_chart_layout_hit (layout, x, y) : -1;
  const KipShape *shape = shape_at (self, hover);

  if (hover == self->hover)
    return;
  self->hover = hover;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), shape != NULL && point_of (self, shape)->query != NULL ? "pointer" : NULL);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (KipChartView *self)
{
  self->hover = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
released_cb (KipChartView *self,
             int           n_press,
             double        x,
             double        y)
{
  KipChartLayout *layout = get_layout (self);

  if (layout != NULL)
    open_mark (self, kip_chart_layout_hit (layout, x, y));
}

static void
focus_enter_cb (KipChartView *self)
{
  KipChartLayout *layout = get_layout (self);

  if (self->focus < 0 && layout != NULL && layout->shapes->len > 0)
    set_focus_mark (self, 0);
  else
    set_focus_mark (self, self->focus);
}

static void
focus_leave_cb (KipChartView *self)
{
  tell (self, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
tooltip_cb (KipChartView *self,
            int           x,
            int           y,
            gboolean      keyboard,
            GtkTooltip   *tooltip)
{
  int index = keyboard ? self->focus : self->hover;
  const KipShape *shape = shape_at (self, index);
  g_autofree char *words = describe (self, index);
  GdkRectangle area;

  if (shape == NULL)
    return FALSE;
  area = (GdkRectangle) { (int) shape->area.x, (int) shape->area.y, (int) shape->area.width + 1, (int) shape->area.height + 1 };
  gtk_tooltip_set_text (tooltip, words);
  gtk_tooltip_set_tip_area (tooltip, &area);
  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  KipChartView *self = KIP_CHART_VIEW (widget);
  KipChartLayout *layout = get_layout (self);
  int to;

  if (layout == NULL)
    return FALSE;
  to = kip_chart_layout_move (layout, self->focus, (KipChartDirection) g_variant_get_int32 (arguments));
  if (to != self->focus)
    set_focus_mark (self, to);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  open_mark (KIP_CHART_VIEW (widget), KIP_CHART_VIEW (widget)->focus);
  return TRUE;
}

static void
style_changed_cb (KipChartView *self)
{
  drop_layout (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- widget ---- */

static void
draw_empty (KipChartView *self,
            GtkSnapshot  *snapshot)
{
  const char *words = self->chart != NULL && self->chart->empty != NULL ? self->chart->empty : "";
  g_autoptr (PangoLayout) pango = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.7f;
  pango_layout_set_width (pango, MAX (width - 24, 40) * PANGO_SCALE);
  pango_layout_set_alignment (pango, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (pango, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (pango, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (12, (float) MAX (gtk_widget_get_height (GTK_WIDGET (self)) - height, 0) / 2));
  gtk_snapshot_append_layout (snapshot, pango, &color);
  gtk_snapshot_restore (snapshot);
}

/* ---- what is out of sight ---- */

#define MARGIN 120 /* pixels beyond the edge, for a turn of the wheel */

/* Charts are drawn when they come into sight: a page has more of them than a screen shows. */
gboolean
kip_chart_view_is_in_sight (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (scrolled == NULL || !gtk_widget_compute_bounds (widget, scrolled, &bounds))
    return TRUE;
  return bounds.origin.y + bounds.size.height > -MARGIN && bounds.origin.y < (float) gtk_widget_get_height (scrolled) + MARGIN;
}

static void
scrolled_cb (KipChartView *self)
{
  if (self->unseen)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
watch_scroll (KipChartView *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scroll = scrolled != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)) : NULL;

  if (scroll == self->scroll)
    return;
  if (self->scroll != NULL)
    g_signal_handlers_disconnect_by_func (self->scroll, scrolled_cb, self);
  g_set_object (&self->scroll, scroll);
  if (scroll == NULL)
    return;
  g_signal_connect_object (scroll, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
kip_chart_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kip_chart_view_parent_class)->map (widget);
  watch_scroll (KIP_CHART_VIEW (widget));
}

static void
kip_chart_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  KipChartView *self = KIP_CHART_VIEW (widget);
  KipChartLayout *layout;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr;

  self->unseen = !kip_chart_view_is_in_sight (widget);
  if (self->unseen)
    return;
  layout = get_layout (self);
  if (layout == NULL)
    {
      draw_empty (self, snapshot);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-3, -3, (float) width + 6, (float) height + 6));
  kip_chart_draw (layout, cr, gtk_widget_has_focus (widget) ? self->focus : -1, self->hover);
  cairo_destroy (cr);
}

static void
kip_chart_view_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  KipChartTheme theme;

  *minimum = 200;
  *natural = 420;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      kip_chart_theme_of_widget (widget, &theme);
      *minimum = *natural = (int) kip_chart_get_height (KIP_CHART_VIEW (widget)->chart, &theme);
    }
  *minimum_baseline = *natural_baseline = -1;
}

static void
kip_chart_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  GtkWidget *mark = gtk_widget_get_first_child (widget);

  drop_layout (KIP_CHART_VIEW (widget));
  for (; mark != NULL; mark = gtk_widget_get_next_sibling (mark))
    gtk_widget_size_allocate (mark, &(GtkAllocation) { 0, 0, 0, 0 }, -1);
}

static void
kip_chart_view_dispose (GObject *object)
{
  KipChartView *self = KIP_CHART_VIEW (object);

  remove_marks (self, gtk_widget_get_first_child (GTK_WIDGET (self)));
  drop_layout (self);
  g_clear_pointer (&self->chart, kip_chart_unref);
  g_clear_object (&self->scroll);
  G_OBJECT_CLASS (kip_chart_view_parent_class)->dispose (object);
}

static void
add_move (GtkWidgetClass   *klass,
          guint             key,
          guint             keypad,
          KipChartDirection direction)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cb, "i", (int) direction);
  gtk_widget_class_add_binding (klass, keypad, 0, move_cb, "i", (int) direction);
}

static void
kip_chart_view_class_init (KipChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_chart_view_dispose;
  widget_class->map = kip_chart_view_map;
  widget_class->snapshot = kip_chart_view_snapshot;
  widget_class->measure = kip_chart_view_measure;
  widget_class->size_allocate = kip_chart_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "chart");
  signals[SIGNAL_TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPEN_QUERY] = g_signal_new ("open-query", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_STRING);
  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, KIP_CHART_LEFT);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, KIP_CHART_RIGHT);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, KIP_CHART_UP);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, KIP_CHART_DOWN);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
}

static void
add_controllers (KipChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
kip_chart_view_init (KipChartView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->focus = self->hover = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  add_controllers (self);
}

/* ---- public ---- */

GtkWidget *
kip_chart_view_new (void)
{
  return g_object_new (KIP_TYPE_CHART_VIEW, NULL);
}

/* On which its height depends. */
static guint
count_rows (const KipChart *chart)
{
  return chart != NULL && chart->kind == KIP_CHART_BARS ? chart->categories->len : 0;
}

void
kip_chart_view_set_chart (KipChartView *self,
                          KipChart     *chart)
{
  g_return_if_fail (KIP_IS_CHART_VIEW (self));

  if (chart != NULL)
    kip_chart_ref (chart);
  if (count_rows (self->chart) != count_rows (chart))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  g_clear_pointer (&self->chart, kip_chart_unref);
  self->chart = chart;
  drop_layout (self);
  self->hover = -1;
  if (chart != NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, chart->title, -1);
    }
  put_marks (self);
  if (shape_at (self, self->focus) == NULL)
    self->focus = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KipChart *
kip_chart_view_get_chart (KipChartView *self)
{
  g_return_val_if_fail (KIP_IS_CHART_VIEW (self), NULL);

  return self->chart;
}
