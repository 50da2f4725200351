/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-keys.h"

/* Control and Shift: plain Control keys belong to the text that is being typed. */
static const struct
{
  guint       key;
  const char *action;
} keys[] = {
  { GDK_KEY_r, "ticket.reply" },
  { GDK_KEY_i, "ticket.note" },
  { GDK_KEY_l, "ticket.call" },
  { GDK_KEY_t, "ticket.take" },
  { GDK_KEY_e, "ticket.resolve" },
  { GDK_KEY_g, "ticket.reopen" },
  { GDK_KEY_s, "ticket.status" },
  { GDK_KEY_p, "ticket.priority" },
  { GDK_KEY_a, "ticket.assignee" },
  { GDK_KEY_k, "ticket.work" },
  { GDK_KEY_o, "ticket.attach" },
  { GDK_KEY_y, "ticket.explain" },
};

void
kip_ticket_keys_add (GtkWidget *pane)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK | GDK_SHIFT_MASK);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (trigger, gtk_named_action_new (keys[i].action)));
    }
  gtk_widget_add_controller (pane, controller);
}
