/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-figure-group.h"

#include <glib/gi18n-lib.h>

struct _KipFigureGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (owned) of GtkWidget, borrowed */
};

G_DEFINE_FINAL_TYPE (KipFigureGroup, kip_figure_group, ADW_TYPE_PREFERENCES_GROUP)

static void
kip_figure_group_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_FIGURE_GROUP (object)->rows);
  G_OBJECT_CLASS (kip_figure_group_parent_class)->finalize (object);
}

static void
kip_figure_group_class_init (KipFigureGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_figure_group_finalize;
}

static void
kip_figure_group_init (KipFigureGroup *self)
{
  self->rows = g_ptr_array_new ();
}

/* ---- a row ---- */

static const KipReviewFigure *
find_today (const GArray          *today,
            const KipReviewFigure *figure)
{
  for (guint i = 0; today != NULL && i < today->len; i++)
    {
      const KipReviewFigure *now = &g_array_index (today, KipReviewFigure, i);

      if (g_str_equal (now->measure, figure->measure))
        return kip_review_figure_same (now, figure) ? NULL : now;
    }
  return NULL;
}

/* NULL: it is as it was. */
static char *
today_words (const KipReviewFigure *now)
{
  g_autofree char *value = NULL;

  if (now == NULL)
    return NULL;
  value = kip_review_figure_value (now);
  return g_strdup_printf (_("Today it comes out as %s (n = %u)"), value, now->n);
}

/* What the words say, as a shape. */
static void
add_mark (GtkWidget             *row,
          const KipReviewFigure *figure)
{
  gboolean met = figure->verdict == KIP_GOAL_MET;
  GtkWidget *image;

  if (!met && figure->verdict != KIP_GOAL_MISSED)
    return;
  image = gtk_image_new_from_icon_name (met ? "object-select-symbolic" : "window-close-symbolic");
  gtk_widget_add_css_class (image, met ? "success" : "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
}

static void
add_value (GtkWidget  *row,
           const char *value,
           guint       n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *count = g_strdup_printf (_("n = %u"), n);
  GtkWidget *number = gtk_label_new (value), *label = gtk_label_new (count);

  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, n < KIP_FEW ? "dim-label" : "heading");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
}

static GtkWidget *
new_row (const KipReviewFigure *figure,
         const KipReviewFigure *now)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = kip_review_figure_label (figure);
  g_autofree char *value = kip_review_figure_value (figure);
  g_autofree char *target = kip_review_figure_target (figure);
  g_autofree char *today = today_words (now);
  g_autofree char *count = g_strdup_printf (_("n = %u"), figure->n);
  g_autofree char *subtitle = target != NULL ? g_strjoin ("\n", target, today, NULL) : g_strdup (today);
  g_autofree char *name = g_strjoin (", ", label, value, count, subtitle, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  add_mark (row, figure);
  add_value (row, value, figure->n);
  /* Since libadwaita 1.6 a row is called by its title alone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

void
kip_figure_group_show (KipFigureGroup *self,
                       const GArray   *figures,
                       const GArray   *today)
{
  g_return_if_fail (KIP_IS_FIGURE_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const KipReviewFigure *figure = &g_array_index (figures, KipReviewFigure, i);
      GtkWidget *row = new_row (figure, find_today (today, figure));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}
