/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fold.h"

#define SIDEBAR_MIN 190
#define SIDEBAR_MAX 260
#define CONTENT_MIN 400

struct _KipFold
{
  GtkWidget parent_instance;

  GtkWidget *sidebar;
  GtkWidget *separator;
  GtkWidget *content;
  gboolean   folded;
  gboolean   show_sidebar;
  guint      tell_source; /* says "folded" once the allocation is over */
};

G_DEFINE_FINAL_TYPE (KipFold, kip_fold, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_FOLDED,
  PROP_SHOW_SIDEBAR,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- geometry ---- */

static void
measure_child (GtkWidget     *child,
               GtkOrientation orientation,
               int           *minimum,
               int           *natural)
{
  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
}

static int
sidebar_width (KipFold *self,
               int      width)
{
  int minimum, natural;

  measure_child (self->sidebar, GTK_ORIENTATION_HORIZONTAL, &minimum, &natural);
  return MAX (minimum, CLAMP (width * 28 / 100, SIDEBAR_MIN, SIDEBAR_MAX));
}

static gboolean
needs_fold (KipFold *self,
            int      width)
{
  int minimum, natural;

  measure_child (self->content, GTK_ORIENTATION_HORIZONTAL, &minimum, &natural);
  return width < sidebar_width (self, width) + MAX (minimum, CONTENT_MIN);
}

/* Folded it needs the wider of the two, so that the window can become narrow. */
static void
kip_fold_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  KipFold *self = KIP_FOLD (widget);
  int side_minimum, side_natural, minimum_2, natural_2;

  measure_child (self->sidebar, orientation, &side_minimum, &side_natural);
  measure_child (self->content, orientation, &minimum_2, &natural_2);
  *minimum = MAX (side_minimum, minimum_2);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = CLAMP (side_natural, SIDEBAR_MIN, SIDEBAR_MAX) + natural_2;
  else
    *natural = MAX (side_natural, natural_2);
}

static gboolean
tell_folded (gpointer data)
{
  KipFold *self = data;

  self->tell_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static void
set_folded (KipFold *self,
            gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  if (self->tell_source == 0)
    self->tell_source = g_idle_add (tell_folded, self);
}

static void
allocate (GtkWidget *child,
          gboolean   seen,
          int        x,
          int        width,
          int        height)
{
  if (child == NULL)
    return;
  gtk_widget_set_child_visible (child, seen);
  if (seen)
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, width, height }, -1);
}

static void
kip_fold_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  KipFold *self = KIP_FOLD (widget);
  gboolean folded = needs_fold (self, width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = folded ? width : sidebar_width (self, width);
  int line, natural;

  measure_child (self->separator, GTK_ORIENTATION_HORIZONTAL, &line, &natural);
  set_folded (self, folded);
  allocate (self->separator, !folded, rtl ? width - side - line : side, line, height);
  allocate (self->sidebar, !folded || self->show_sidebar, rtl && !folded ? width - side : 0, side, height);
  allocate (self->content, !folded || !self->show_sidebar, folded || rtl ? 0 : side + line,
            folded ? width : width - side - line, height);
}

/* ---- object ---- */

static void
put_child (KipFold    *self,
           GtkWidget **place,
           GtkWidget  *child)
{
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child == NULL)
    return;
  /* The sidebar comes first for the keyboard, too. */
  if (place == &self->sidebar)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
kip_fold_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  KipFold *self = KIP_FOLD (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      put_child (self, &self->sidebar, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      put_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_SHOW_SIDEBAR:
      kip_fold_set_show_sidebar (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_fold_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  KipFold *self = KIP_FOLD (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, self->show_sidebar);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_fold_dispose (GObject *object)
{
  KipFold *self = KIP_FOLD (object);

  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_pointer (&self->sidebar, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_fold_parent_class)->dispose (object);
}

static void
kip_fold_class_init (KipFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kip_fold_set_property;
  object_class->get_property = kip_fold_get_property;
  object_class->dispose = kip_fold_dispose;
  widget_class->measure = kip_fold_measure;
  widget_class->size_allocate = kip_fold_size_allocate;

  props[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kip_fold_init (KipFold *self)
{
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
}

/* ---- public ---- */

gboolean
kip_fold_get_folded (KipFold *self)
{
  return self->folded;
}

gboolean
kip_fold_get_show_sidebar (KipFold *self)
{
  return self->show_sidebar;
}

void
kip_fold_set_show_sidebar (KipFold *self,
                           gboolean show)
{
  if (self->show_sidebar == show)
    return;
  self->show_sidebar = show;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDEBAR]);
}
