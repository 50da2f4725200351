/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-week-picture.h"

#include "kip-calendar-edit.h"
#include "kip-format.h"

#define ROW_HEIGHT 18
#define BAR_HEIGHT 10
#define HEAD_HEIGHT 18
#define GAP 8 /* between the labels and the bars */

struct _KipWeekPicture
{
  GtkWidget parent_instance;

  GArray *hours[7]; /* (owned) of KipHours */
};

G_DEFINE_FINAL_TYPE (KipWeekPicture, kip_week_picture, GTK_TYPE_WIDGET)

/* ---- drawing ---- */

static PangoLayout *
small_layout (KipWeekPicture *self,
              const char     *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static int
label_width (KipWeekPicture *self)
{
  int widest = 0;

  for (int day = 1; day <= 7; day++)
    {
      g_autoptr (PangoLayout) layout = small_layout (self, kip_format_weekday_short (day));
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest + GAP;
}

static GdkRGBA
color (KipWeekPicture *self,
       const char     *name,
       float           alpha)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA found;

  if (name == NULL || !gtk_style_context_lookup_color (style, name, &found))
    gtk_style_context_get_color (style, &found);
  found.alpha *= alpha;
  return found;
}

static void
draw_text (KipWeekPicture *self,
           GtkSnapshot    *snapshot,
           const char     *text,
           double          x,
           double          y,
           double          align)
{
  g_autoptr (PangoLayout) layout = small_layout (self, text);
  GdkRGBA ink = color (self, NULL, 0.7f);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - width * align), (float) (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bar (GtkSnapshot   *snapshot,
          double         left,
          double         width,
          double         middle,
          int            from,
          int            to,
          const GdkRGBA *ink)
{
  double x = left + width * from / KIP_MINUTES_PER_DAY;
  double end = left + width * MIN (to, KIP_MINUTES_PER_DAY) / KIP_MINUTES_PER_DAY;

  gtk_snapshot_append_color (snapshot, ink,
                             &GRAPHENE_RECT_INIT ((float) x, (float) (middle - BAR_HEIGHT / 2.0),
                                                  (float) (end - x), BAR_HEIGHT));
}

/* What runs past midnight goes on at the left of the next day. */
static void
draw_day (KipWeekPicture *self,
          GtkSnapshot    *snapshot,
          guint           day,
          double          left,
          double          width)
{
  double middle = HEAD_HEIGHT + day * ROW_HEIGHT + ROW_HEIGHT / 2.0;
  double next = HEAD_HEIGHT + (day + 1) % 7 * ROW_HEIGHT + ROW_HEIGHT / 2.0;
  GdkRGBA ink = color (self, "accent_bg_color", 1.0f);
  GdkRGBA track = color (self, NULL, 0.08f);

  draw_text (self, snapshot, kip_format_weekday_short ((int) day + 1), 0, middle, 0);
  draw_bar (snapshot, left, width, middle, 0, KIP_MINUTES_PER_DAY, &track);
  for (guint i = 0; i < self->hours[day]->len; i++)
    {
      const KipHours *hours = &g_array_index (self->hours[day], KipHours, i);

      draw_bar (snapshot, left, width, middle, hours->from, hours->to, &ink);
      if (hours->to > KIP_MINUTES_PER_DAY)
        draw_bar (snapshot, left, width, next, 0, hours->to - KIP_MINUTES_PER_DAY, &ink);
    }
}

static void
kip_week_picture_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  KipWeekPicture *self = KIP_WEEK_PICTURE (widget);
  double left = label_width (self);
  double width = gtk_widget_get_width (widget) - left - GAP;

  for (int hour = 0; hour <= 24; hour += 6)
    {
      g_autofree char *text = g_strdup_printf ("%d", hour);

      draw_text (self, snapshot, text, left + width * hour / 24.0, HEAD_HEIGHT / 2.0, hour == 0 ? 0 : 0.5);
    }
  for (guint day = 0; day < 7; day++)
    draw_day (self, snapshot, day, left, width);
}

static void
kip_week_picture_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = label_width (KIP_WEEK_PICTURE (widget)) + 100;
      *natural = *minimum + 300;
    }
  else
    *minimum = *natural = HEAD_HEIGHT + 7 * ROW_HEIGHT;
}

/* ---- object ---- */

static void
kip_week_picture_finalize (GObject *object)
{
  for (guint day = 0; day < 7; day++)
    g_array_unref (KIP_WEEK_PICTURE (object)->hours[day]);
  G_OBJECT_CLASS (kip_week_picture_parent_class)->finalize (object);
}

static void
kip_week_picture_class_init (KipWeekPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_week_picture_finalize;
  widget_class->snapshot = kip_week_picture_snapshot;
  widget_class->measure = kip_week_picture_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kip_week_picture_init (KipWeekPicture *self)
{
  for (guint day = 0; day < 7; day++)
    self->hours[day] = g_array_new (FALSE, FALSE, sizeof (KipHours));
}

GtkWidget *
kip_week_picture_new (void)
{
  return g_object_new (KIP_TYPE_WEEK_PICTURE, NULL);
}

void
kip_week_picture_show (KipWeekPicture        *self,
                       const KipCalendarSpec *spec)
{
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint day = 0; day < 7; day++)
    {
      g_autofree char *hours = kip_hours_describe (spec->weekly[day]);

      g_array_set_size (self->hours[day], 0);
      g_array_append_vals (self->hours[day], spec->weekly[day]->data, spec->weekly[day]->len);
      g_string_append_printf (label, "%s: %s. ", kip_format_weekday ((int) day + 1), hours);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
