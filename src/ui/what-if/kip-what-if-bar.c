/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-bar.h"

#include <math.h>

#include "kip-chart-view.h"

#define LEAST_WIDTH 90
#define HEIGHT 22
#define BEFORE_HEIGHT 20
#define AFTER_HEIGHT 10
#define LINE 2

struct _KipWhatIfBar
{
  GtkWidget parent_instance;

  KipWhatIfShare before;
  KipWhatIfShare after;
};

G_DEFINE_FINAL_TYPE (KipWhatIfBar, kip_what_if_bar, GTK_TYPE_WIDGET)

static void
kip_what_if_bar_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 2 * LEAST_WIDTH : HEIGHT;
}

/* From @from to @to percent, centred. */
static void
draw (GtkWidget      *widget,
      GtkSnapshot    *snapshot,
      const KipColor *color,
      double          alpha,
      double          from,
      double          to,
      double          height)
{
  double width = gtk_widget_get_width (widget), middle = gtk_widget_get_height (widget) / 2.0;
  GdkRGBA rgba = { (float) color->red, (float) color->green, (float) color->blue, (float) (color->alpha * alpha) };
  double left = width * from / 100, right = width * to / 100;
  graphene_rect_t rect;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      double other = width - right;

      right = width - left;
      left = other;
    }
  graphene_rect_init (&rect, (float) left, (float) (middle - height / 2), (float) MAX (right - left, 1), (float) height);
  gtk_snapshot_append_color (snapshot, &rgba, &rect);
}

static void
kip_what_if_bar_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  KipWhatIfBar *self = KIP_WHAT_IF_BAR (widget);
  KipChartTheme theme;

  kip_chart_theme_of_widget (widget, &theme);
  draw (widget, snapshot, &theme.grid, 0.4, 0, 100, BEFORE_HEIGHT); /* all there is */
  if (!isnan (self->before.share))
    draw (widget, snapshot, &theme.meanings[KIP_MEANING_OTHER], 0.7, 0, self->before.share, BEFORE_HEIGHT);
  if (!isnan (self->after.share))
    draw (widget, snapshot, &theme.meanings[KIP_MEANING_KEPT], 1, 0, self->after.share, AFTER_HEIGHT);
  if (!isnan (self->after.low))
    {
      draw (widget, snapshot, &theme.text, 1, self->after.low, self->after.high, LINE);
      draw (widget, snapshot, &theme.text, 1, self->after.low, self->after.low, AFTER_HEIGHT);
      draw (widget, snapshot, &theme.text, 1, self->after.high, self->after.high, AFTER_HEIGHT);
    }
}

static void
kip_what_if_bar_class_init (KipWhatIfBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = kip_what_if_bar_measure;
  widget_class->snapshot = kip_what_if_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kip_what_if_bar_init (KipWhatIfBar *self)
{
  self->before.share = self->after.share = self->after.low = NAN;
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
kip_what_if_bar_new (const KipWhatIfShare *before,
                     const KipWhatIfShare *after)
{
  KipWhatIfBar *self = g_object_new (KIP_TYPE_WHAT_IF_BAR, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);

  self->before = *before;
  self->after = *after;
  return GTK_WIDGET (self);
}
