/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-priority-popover.h"

#include <glib/gi18n-lib.h>

struct _KipPriorityPopover
{
  GtkPopover   parent_instance;
  GtkGrid     *grid;
  GtkWidget   *override_box;
  GtkLabel    *override_label;
  GtkDropDown *priority_drop;
  GtkEntry    *reason_entry;
  GtkWidget   *override_button;
  GtkWidget   *back_button;
  GtkWidget   *cells[KIP_N_LEVELS][KIP_N_LEVELS]; /* [impact - 1][urgency - 1] */
};

G_DEFINE_FINAL_TYPE (KipPriorityPopover, kip_priority_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_LEVELS,
  SIGNAL_OVERRIDE,
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what a person does ---- */

static void
cell_clicked_cb (KipPriorityPopover *self,
                 GtkWidget          *button)
{
  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      if (self->cells[impact - 1][urgency - 1] == button)
        {
          kip_priority_popover_set_levels (self, impact, urgency);
          gtk_popover_popdown (GTK_POPOVER (self));
          g_signal_emit (self, signals[SIGNAL_LEVELS], 0, impact, urgency);
        }
}

static char *
dup_reason (KipPriorityPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry))));
}

static void
reason_changed_cb (KipPriorityPopover *self)
{
  g_autofree char *reason = dup_reason (self);

  gtk_widget_set_sensitive (self->override_button, *reason != '\0');
}

static void
override_cb (KipPriorityPopover *self)
{
  g_autofree char *reason = dup_reason (self);

  if (*reason == '\0')
    {
      gtk_widget_error_bell (GTK_WIDGET (self->reason_entry));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_OVERRIDE], 0, (int) gtk_drop_down_get_selected (self->priority_drop) + 1, reason);
}

static void
back_cb (KipPriorityPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

/* ---- building ---- */

static GtkWidget *
new_head (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
build_heads (KipPriorityPopover *self)
{
  GtkWidget *corner = new_head (_("Impact ↓  Urgency →"));

  gtk_grid_attach (self->grid, corner, 0, 0, 1, 1);
  for (int level = 1; level <= KIP_N_LEVELS; level++)
    {
      gtk_grid_attach (self->grid, new_head (kip_level_label (level)), level, 0, 1, 1);
      gtk_grid_attach (self->grid, new_head (kip_level_label (level)), 0, level, 1, 1);
    }
}

static void
build_cell (KipPriorityPopover *self,
            int                 impact,
            int                 urgency)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (cell_clicked_cb), self);
  gtk_grid_attach (self->grid, button, urgency, impact, 1, 1);
  self->cells[impact - 1][urgency - 1] = button;
}

static void
build_priorities (KipPriorityPopover *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int priority = 1; priority <= KIP_N_PRIORITIES; priority++)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));

      gtk_string_list_append (list, text);
    }
  gtk_drop_down_set_model (self->priority_drop, G_LIST_MODEL (list));
}

/* Enter at once leaves it as it is; it does not raise the alarm. */
static void
focus_chosen (KipPriorityPopover *self)
{
  for (int i = 0; i < KIP_N_LEVELS; i++)
    for (int u = 0; u < KIP_N_LEVELS; u++)
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->cells[i][u])))
        gtk_widget_grab_focus (self->cells[i][u]);
}

static void
kip_priority_popover_class_init (KipPriorityPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-priority-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, grid);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, override_box);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, override_label);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, priority_drop);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, reason_entry);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, override_button);
  gtk_widget_class_bind_template_child (widget_class, KipPriorityPopover, back_button);
  gtk_widget_class_bind_template_callback (widget_class, reason_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, override_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);

  signals[SIGNAL_LEVELS] = g_signal_new ("levels", KIP_TYPE_PRIORITY_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_OVERRIDE] = g_signal_new ("override", KIP_TYPE_PRIORITY_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_BACK] = g_signal_new ("back", KIP_TYPE_PRIORITY_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
kip_priority_popover_init (KipPriorityPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_heads (self);
  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      build_cell (self, impact, urgency);
  build_priorities (self);
  g_signal_connect (self, "show", G_CALLBACK (focus_chosen), NULL); /* after the popover chose the first one */
}

/* ---- showing ---- */

static void
name_cell (KipPriorityPopover *self,
           const KipMatrix    *matrix,
           int                 impact,
           int                 urgency)
{
  GtkWidget *cell = self->cells[impact - 1][urgency - 1];
  KipPriority priority = kip_matrix_get (matrix, impact, urgency);
  g_autofree char *text = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));
  /* Translators: the priority, then the impact and the urgency that make it */
  g_autofree char *spoken = g_strdup_printf (_("%s: impact %s, urgency %s"), kip_priority_label (priority),
                                             kip_level_label (impact), kip_level_label (urgency));

  gtk_button_set_label (GTK_BUTTON (cell), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
kip_priority_popover_set_levels (KipPriorityPopover *self,
                                 int                 impact,
                                 int                 urgency)
{
  g_return_if_fail (KIP_IS_PRIORITY_POPOVER (self));

  for (int i = 1; i <= KIP_N_LEVELS; i++)
    for (int u = 1; u <= KIP_N_LEVELS; u++)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cells[i - 1][u - 1]), i == impact && u == urgency);
}

static void
show_override (KipPriorityPopover *self,
               const KipTicket    *ticket)
{
  gboolean set = ticket->priority_overridden;
  g_autofree char *text = NULL;

  if (set && ticket->priority_reason != NULL)
    text = g_strdup_printf (_("Set by hand: %s"), ticket->priority_reason);
  gtk_label_set_label (self->override_label, text != NULL ? text : _("Another priority, with a reason:"));
  gtk_widget_set_visible (self->back_button, set);
  gtk_drop_down_set_selected (self->priority_drop, (guint) CLAMP (ticket->priority, 1, KIP_N_PRIORITIES) - 1);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), "");
}

void
kip_priority_popover_show (KipPriorityPopover *self,
                           const KipMatrix    *matrix,
                           const KipTicket    *ticket)
{
  g_return_if_fail (KIP_IS_PRIORITY_POPOVER (self));

  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      name_cell (self, matrix, impact, urgency);
  gtk_widget_set_visible (self->override_box, ticket != NULL);
  if (ticket == NULL)
    return;
  kip_priority_popover_set_levels (self, ticket->impact, ticket->urgency);
  show_override (self, ticket);
}
