/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-edit-label.h"

#include <string.h>

struct _KipEditLabel
{
  GtkWidget  parent_instance;
  GtkStack  *stack;
  GtkButton *button;
  GtkLabel  *label;
  GtkEntry  *entry;
  char      *text; /* (owned) as it is kept */
  char      *begun; /* (owned) (nullable) as it was when somebody began to edit it */
};

G_DEFINE_FINAL_TYPE (KipEditLabel, kip_edit_label, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

gboolean
kip_edit_label_is_editing (KipEditLabel *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "edit") == 0;
}

static void
stop_editing (KipEditLabel *self,
              gboolean      refocus)
{
  gtk_stack_set_visible_child_name (self->stack, "show");
  if (refocus)
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
finish (KipEditLabel *self,
        gboolean      refocus)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (!kip_edit_label_is_editing (self))
    return;
  stop_editing (self, refocus);
  if (*typed == '\0' || g_strcmp0 (typed, self->begun) == 0 || strcmp (typed, self->text) == 0)
    return;
  kip_edit_label_set_text (self, typed);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, typed);
}

static void
activate_cb (KipEditLabel *self)
{
  finish (self, TRUE);
}

static KipEditLabel *
self_of (GtkEventController *controller)
{
  return KIP_EDIT_LABEL (gtk_widget_get_ancestor (gtk_event_controller_get_widget (controller), KIP_TYPE_EDIT_LABEL));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        gpointer               data)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  stop_editing (self_of (GTK_EVENT_CONTROLLER (controller)), TRUE);
  return GDK_EVENT_STOP;
}

static void
leave_cb (GtkEventControllerFocus *controller)
{
  finish (self_of (GTK_EVENT_CONTROLLER (controller)), FALSE);
}

static gboolean
kip_edit_label_grab_focus (GtkWidget *widget)
{
  KipEditLabel *self = KIP_EDIT_LABEL (widget);

  return gtk_widget_grab_focus (kip_edit_label_is_editing (self) ? GTK_WIDGET (self->entry) : GTK_WIDGET (self->button));
}

static void
kip_edit_label_dispose (GObject *object)
{
  KipEditLabel *self = KIP_EDIT_LABEL (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->begun, g_free);
  G_OBJECT_CLASS (kip_edit_label_parent_class)->dispose (object);
}

static void
kip_edit_label_class_init (KipEditLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_edit_label_dispose;
  widget_class->grab_focus = kip_edit_label_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-edit-label.ui");
  gtk_widget_class_bind_template_child (widget_class, KipEditLabel, stack);
  gtk_widget_class_bind_template_child (widget_class, KipEditLabel, button);
  gtk_widget_class_bind_template_child (widget_class, KipEditLabel, label);
  gtk_widget_class_bind_template_child (widget_class, KipEditLabel, entry);
  gtk_widget_class_bind_template_callback (widget_class, kip_edit_label_start);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);

  signals[SIGNAL_EDITED] = g_signal_new ("edited", KIP_TYPE_EDIT_LABEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kip_edit_label_init (KipEditLabel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->text = g_strdup ("");
}

void
kip_edit_label_set_text (KipEditLabel *self,
                         const char   *text)
{
  g_return_if_fail (KIP_IS_EDIT_LABEL (self));

  if (strcmp (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
kip_edit_label_start (KipEditLabel *self)
{
  g_return_if_fail (KIP_IS_EDIT_LABEL (self));

  g_free (self->begun);
  self->begun = g_strdup (self->text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->text);
  gtk_stack_set_visible_child_name (self->stack, "edit");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
