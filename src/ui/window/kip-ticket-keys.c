/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-keys.h"

#define CONTROL_SHIFT (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

/* Plain Control keys belong to the text that is being typed; with Shift, D and I
 * belong to GTK's inspector. */
static const struct
{
  guint           key;
  GdkModifierType modifiers;
  const char     *action;
} keys[] = {
  { GDK_KEY_F2, 0, "ticket.subject" },
  { GDK_KEY_F4, 0, "ticket.details" },
  { GDK_KEY_F7, 0, "ticket.settle" },
  { GDK_KEY_r, CONTROL_SHIFT, "ticket.reply" },
  { GDK_KEY_l, CONTROL_SHIFT, "ticket.call" },
  { GDK_KEY_j, CONTROL_SHIFT, "ticket.note" },
  { GDK_KEY_m, CONTROL_SHIFT, "ticket.incoming" },
  { GDK_KEY_t, CONTROL_SHIFT, "ticket.take" },
  { GDK_KEY_e, CONTROL_SHIFT, "ticket.resolve" },
  { GDK_KEY_g, CONTROL_SHIFT, "ticket.reopen" },
  { GDK_KEY_s, CONTROL_SHIFT, "ticket.status" },
  { GDK_KEY_p, CONTROL_SHIFT, "ticket.priority" },
  { GDK_KEY_a, CONTROL_SHIFT, "ticket.assignee" },
  { GDK_KEY_k, CONTROL_SHIFT, "ticket.work" },
  { GDK_KEY_o, CONTROL_SHIFT, "ticket.attach" },
  { GDK_KEY_y, CONTROL_SHIFT, "ticket.explain" },
  { GDK_KEY_u, CONTROL_SHIFT, "ticket.merge" },
};

void
kip_ticket_keys_add (GtkWidget *pane)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  /* Before the widget with the focus: lists and texts unselect with Control, Shift and A. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (trigger, gtk_named_action_new (keys[i].action)));
    }
  gtk_widget_add_controller (pane, controller);
}
