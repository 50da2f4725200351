/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-wrap-layout.h"

struct _KipWrapLayout
{
  GtkLayoutManager parent_instance;
  guint            spacing; /* pixels */
};

G_DEFINE_FINAL_TYPE (KipWrapLayout, kip_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The children of one line, while lines are being made. */
typedef struct
{
  GtkWidget *first;  /* (nullable) */
  int        width;  /* of the children and the spacing between them */
  int        height;
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
natural_width (GtkWidget *child,
               int        available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return available >= 0 ? MAX (minimum, MIN (natural, available)) : natural;
}

static int
height_for (GtkWidget *child,
            int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Fills @line with what fits from @child on; the child that begins the next one. */
static GtkWidget *
fill_line (KipWrapLayout *self,
           GtkWidget     *child,
           int            available,
           Line          *line)
{
  line->first = child = next_shown (child);
  line->width = line->height = 0;
  while (child != NULL)
    {
      int width = natural_width (child, available);
      int with = child == line->first ? width : line->width + (int) self->spacing + width;

      if (child != line->first && with > available)
        break;
      line->width = with;
      line->height = MAX (line->height, height_for (child, width));
      child = next_shown (gtk_widget_get_next_sibling (child));
    }
  return child;
}

static void
measure_width (KipWrapLayout *self,
               GtkWidget     *widget,
               int           *minimum,
               int           *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int low, good;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &low, &good, NULL, NULL);
      *minimum = MAX (*minimum, low);
      *natural += (*natural > 0 ? (int) self->spacing : 0) + good;
    }
}

static int
height_of_lines (KipWrapLayout *self,
                 GtkWidget     *widget,
                 int            available)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  while (child != NULL)
    {
      Line line;

      child = fill_line (self, child, available, &line);
      if (line.first != NULL)
        height += (height > 0 ? (int) self->spacing : 0) + line.height;
    }
  return height;
}

static GtkSizeRequestMode
kip_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kip_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  KipWrapLayout *self = KIP_WRAP_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }
  *minimum = height_of_lines (self, widget, for_size >= 0 ? for_size : G_MAXINT);
  *natural = *minimum;
}

static void
allocate_line (KipWrapLayout *self,
               const Line    *line,
               GtkWidget     *end,
               gboolean       rtl,
               int            y,
               int            available)
{
  int x = 0;

  for (GtkWidget *child = line->first; child != end; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int width = natural_width (child, available);
      GtkAllocation place = { rtl ? available - x - width : x, y, width, line->height };

      gtk_widget_size_allocate (child, &place, -1);
      x += width + (int) self->spacing;
    }
}

static void
kip_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  KipWrapLayout *self = KIP_WRAP_LAYOUT (manager);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      Line line;

      child = fill_line (self, child, width, &line);
      if (line.first != NULL)
        allocate_line (self, &line, child, rtl, y, width);
      y += line.height + (int) self->spacing;
    }
}

static void
kip_wrap_layout_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  KipWrapLayout *self = KIP_WRAP_LAYOUT (object);

  if (id == PROP_SPACING)
    {
      self->spacing = g_value_get_uint (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_wrap_layout_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    g_value_set_uint (value, KIP_WRAP_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_wrap_layout_class_init (KipWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->set_property = kip_wrap_layout_set_property;
  object_class->get_property = kip_wrap_layout_get_property;
  layout_class->get_request_mode = kip_wrap_layout_get_request_mode;
  layout_class->measure = kip_wrap_layout_measure;
  layout_class->allocate = kip_wrap_layout_allocate;

  props[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 6,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kip_wrap_layout_init (KipWrapLayout *self)
{
  self->spacing = 6;
}

GtkLayoutManager *
kip_wrap_layout_new (guint spacing)
{
  return g_object_new (KIP_TYPE_WRAP_LAYOUT, "spacing", spacing, NULL);
}
