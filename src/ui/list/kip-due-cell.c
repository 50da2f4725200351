/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-due-cell.h"

#include "kip-format.h"
#include "kip-icons.h"

#define ICON 16
#define GAP 6
#define BAR_WIDTH 32
#define BAR_HEIGHT 6

struct _KipDueCell
{
  GtkWidget  parent_instance;
  GtkWidget *text;
  KipTone    tone;
  double     fraction; /* of the target used */
};

G_DEFINE_FINAL_TYPE (KipDueCell, kip_due_cell, GTK_TYPE_WIDGET)

static const char *const tone_classes[] = {
  [KIP_TONE_OFF] = "kip-off",
  [KIP_TONE_CALM] = "kip-calm",
  [KIP_TONE_WARNING] = "kip-warning",
  [KIP_TONE_LATE] = "kip-late",
  [KIP_TONE_PAUSED] = "kip-paused",
  [KIP_TONE_MET] = "kip-met",
};

static const char *const tone_icons[] = {
  [KIP_TONE_OFF] = NULL,
  [KIP_TONE_CALM] = NULL,
  [KIP_TONE_WARNING] = NULL,
  [KIP_TONE_LATE] = "dialog-warning-symbolic",
  [KIP_TONE_PAUSED] = "media-playback-pause-symbolic",
  [KIP_TONE_MET] = "object-select-symbolic",
};

/* Everything stands in one line under the other, bars and icons in a lane of their own. */
#define LANE (BAR_WIDTH + GAP)

/* What is left of a working promise, s: longer ones are rare. */
#define LONGEST (23 * 3600 + 59 * 60)

/* ---- GtkWidget ---- */

static void
kip_due_cell_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  KipDueCell *self = KIP_DUE_CELL (widget);
  int extra = orientation == GTK_ORIENTATION_HORIZONTAL ? LANE : 0;

  gtk_widget_measure (self->text, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  *minimum += extra;
  *natural += extra;
}

static void
kip_due_cell_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  KipDueCell *self = KIP_DUE_CELL (widget);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation child = { right ? 0 : MIN (LANE, width), 0, MAX (0, width - LANE), height };

  gtk_widget_size_allocate (self->text, &child, baseline);
}

static void
fill (GtkSnapshot   *snapshot,
      float          x,
      float          y,
      float          width,
      const GdkRGBA *color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, BAR_HEIGHT), BAR_HEIGHT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_bar (KipDueCell    *self,
          GtkSnapshot   *snapshot,
          float          x,
          float          y,
          const GdkRGBA *color)
{
  GdkRGBA pale = *color;
  float used = MAX (BAR_HEIGHT, self->fraction * BAR_WIDTH);
  gboolean right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  pale.alpha *= 0.2;
  fill (snapshot, x, y, BAR_WIDTH, &pale);
  fill (snapshot, right ? x + BAR_WIDTH - used : x, y, used, color);
}

static void
kip_due_cell_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  KipDueCell *self = KIP_DUE_CELL (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  gtk_widget_snapshot_child (widget, self->text, snapshot);
  if (self->tone == KIP_TONE_OFF || width < LANE)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (tone_icons[self->tone] == NULL)
    {
      draw_bar (self, snapshot, right ? width - BAR_WIDTH : 0, (height - BAR_HEIGHT) / 2, &color);
      return;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (right ? width - BAR_WIDTH : BAR_WIDTH - ICON, (height - ICON) / 2));
  kip_snapshot_icon (snapshot, widget, tone_icons[self->tone], ICON, &color);
  gtk_snapshot_restore (snapshot);
}

/* ---- class ---- */

static void
kip_due_cell_dispose (GObject *object)
{
  KipDueCell *self = KIP_DUE_CELL (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_due_cell_parent_class)->dispose (object);
}

static void
kip_due_cell_class_init (KipDueCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_due_cell_dispose;
  widget_class->measure = kip_due_cell_measure;
  widget_class->size_allocate = kip_due_cell_size_allocate;
  widget_class->snapshot = kip_due_cell_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kip_due_cell_init (KipDueCell *self)
{
  self->text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text), 5);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->text), 14);
  gtk_widget_add_css_class (self->text, "numeric");
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), tone_classes[KIP_TONE_OFF]);
}

/* ---- width ---- */

/* A window may round the place of each letter.  Takes @text. */
static int
text_width (GtkWidget *widget,
            char      *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1")); /* as the style class "numeric" */
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  width += (int) g_utf8_strlen (text, -1) / 3;
  g_free (text);
  return width;
}

int
kip_due_cell_usual_width (GtkWidget *widget)
{
  KipClock running = { .state = KIP_CLOCK_RUNNING, .target = LONGEST };
  KipClock paused = { .state = KIP_CLOCK_PAUSED, .target = LONGEST };
  KipClockReading left = { .remaining = LONGEST };
  KipClockReading late = { .remaining = LONGEST, .late = TRUE };
  int width = text_width (widget, kip_format_clock (&running, &left, KIP_PAUSE_NONE));

  width = MAX (width, text_width (widget, kip_format_clock (&running, &late, KIP_PAUSE_NONE)));
  for (KipPause pause = KIP_PAUSE_REQUESTER; pause <= KIP_PAUSE_OTHER; pause++)
    width = MAX (width, text_width (widget, kip_format_clock_short (&paused, &left, pause)));
  return LANE + width;
}

/* ---- public ---- */

GtkWidget *
kip_due_cell_new (void)
{
  return g_object_new (KIP_TYPE_DUE_CELL, NULL);
}

void
kip_due_cell_set (KipDueCell          *self,
                  const KipRowPromise *promise)
{
  KipTone tone = promise != NULL ? promise->tone : KIP_TONE_OFF;
  double fraction = promise != NULL ? promise->fraction : 0;

  g_return_if_fail (KIP_IS_DUE_CELL (self));

  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), promise != NULL ? promise->text : NULL);
  if (tone != self->tone)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), tone_classes[self->tone]);
      gtk_widget_add_css_class (GTK_WIDGET (self), tone_classes[tone]);
    }
  else if (fraction == self->fraction)
    return;
  self->tone = tone;
  self->fraction = fraction;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
