/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-hours-editor.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-hours-chip.h"

struct _KipHoursEditor
{
  GtkWidget parent_instance;

  GArray     *hours; /* (owned) of KipHours */
  char       *day;   /* (owned) */
  GtkBox     *head;
  GtkLabel   *title;
  GtkWidget  *off;   /* "day off", while there are none */
  GtkWidget  *add;
  GtkFlowBox *flow;
};

G_DEFINE_FINAL_TYPE (KipHoursEditor, kip_hours_editor, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void refresh (KipHoursEditor *self);

static KipHoursChip *
chip_at (KipHoursEditor *self,
         guint           index)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->flow, (int) index);

  return child != NULL ? KIP_HOURS_CHIP (gtk_flow_box_child_get_child (child)) : NULL;
}

static guint
index_of (KipHoursEditor *self,
          KipHoursChip   *chip)
{
  return (guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (gtk_widget_get_parent (GTK_WIDGET (chip))));
}

/* ---- callbacks ---- */

static void
typed_cb (KipHoursChip   *chip,
          KipHoursEditor *self)
{
  g_autoptr (GError) error = NULL;
  int from = -1, to = -1;

  kip_hours_chip_parse (chip, &from, &to);
  if (!kip_hours_set (self->hours, index_of (self, chip), from, to, &error))
    {
      kip_hours_chip_refuse (chip, error->message);
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error->message);
      return;
    }
  refresh (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
removed_cb (KipHoursChip   *chip,
            KipHoursEditor *self)
{
  kip_hours_remove (self->hours, index_of (self, chip));
  refresh (self);
  gtk_widget_grab_focus (self->add);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_cb (KipHoursEditor *self)
{
  if (!kip_hours_add_next (self->hours))
    {
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, _("There is no room for more hours on this day."));
      return;
    }
  refresh (self);
  gtk_widget_child_focus (GTK_WIDGET (chip_at (self, self->hours->len - 1)), GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- showing ---- */

static void
append_chip (KipHoursEditor *self)
{
  GtkWidget *chip = kip_hours_chip_new (self->day);

  g_signal_connect (chip, "typed", G_CALLBACK (typed_cb), self);
  g_signal_connect (chip, "removed", G_CALLBACK (removed_cb), self);
  gtk_flow_box_append (self->flow, chip);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

static void
refresh (KipHoursEditor *self)
{
  while (chip_at (self, self->hours->len) != NULL)
    gtk_flow_box_remove (self->flow, gtk_widget_get_parent (GTK_WIDGET (chip_at (self, self->hours->len))));
  for (guint i = 0; i < self->hours->len; i++)
    {
      const KipHours *hours = &g_array_index (self->hours, KipHours, i);

      if (chip_at (self, i) == NULL)
        append_chip (self);
      kip_hours_chip_show (chip_at (self, i), hours->from, hours->to);
    }
  gtk_widget_set_visible (self->off, self->hours->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->flow), self->hours->len > 0);
}

/* ---- object ---- */

static void
kip_hours_editor_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_hours_editor_parent_class)->dispose (object);
}

static void
kip_hours_editor_finalize (GObject *object)
{
  KipHoursEditor *self = KIP_HOURS_EDITOR (object);

  g_array_unref (self->hours);
  g_free (self->day);
  G_OBJECT_CLASS (kip_hours_editor_parent_class)->finalize (object);
}

static void
kip_hours_editor_class_init (KipHoursEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_hours_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_hours_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_HOURS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", KIP_TYPE_HOURS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
make_head (KipHoursEditor *self)
{
  self->head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->off = gtk_label_new (_("day off"));
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (self->off, "dim-label");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->add, _("More hours on this day"));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (self->head, GTK_WIDGET (self->title));
  gtk_box_append (self->head, self->off);
  gtk_box_append (self->head, self->add);
  gtk_widget_set_parent (GTK_WIDGET (self->head), GTK_WIDGET (self));
}

static void
kip_hours_editor_init (KipHoursEditor *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->hours = g_array_new (FALSE, FALSE, sizeof (KipHours));
  make_head (self);
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (self->flow, 6);
  gtk_flow_box_set_row_spacing (self->flow, 6);
  gtk_flow_box_set_max_children_per_line (self->flow, 3);
  gtk_widget_set_parent (GTK_WIDGET (self->flow), GTK_WIDGET (self));
}

/* ---- public ---- */

GtkWidget *
kip_hours_editor_new (const char *day)
{
  KipHoursEditor *self = g_object_new (KIP_TYPE_HOURS_EDITOR, NULL);
  g_autofree char *label = g_strdup_printf (_("Add hours: %s"), day);

  self->day = g_strdup (day);
  gtk_label_set_text (self->title, day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
kip_hours_editor_show (KipHoursEditor *self,
                       const GArray   *hours)
{
  g_array_set_size (self->hours, 0);
  if (hours->len > 0)
    g_array_append_vals (self->hours, hours->data, hours->len);
  refresh (self);
}

const GArray *
kip_hours_editor_get_hours (KipHoursEditor *self)
{
  return self->hours;
}

void
kip_hours_editor_add_button (KipHoursEditor *self,
                             GtkWidget      *button)
{
  gtk_box_append (self->head, button);
}
