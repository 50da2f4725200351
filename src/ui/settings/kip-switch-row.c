/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-switch-row.h"

struct _KipSwitchRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle;
  gboolean   quiet; /* the program switches, not the person */
};

G_DEFINE_FINAL_TYPE (KipSwitchRow, kip_switch_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  SIGNAL_COMMIT,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
active_cb (KipSwitchRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (!self->quiet)
    g_signal_emit (self, signals[SIGNAL_COMMIT], 0);
}

static void
kip_switch_row_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, kip_switch_row_get_value (KIP_SWITCH_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_switch_row_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (id == PROP_ACTIVE)
    kip_switch_row_set_value (KIP_SWITCH_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_switch_row_class_init (KipSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kip_switch_row_get_property;
  object_class->set_property = kip_switch_row_set_property;

  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", KIP_TYPE_SWITCH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
kip_switch_row_init (KipSwitchRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (active_cb), self);
}

/* ---- public ---- */

GtkWidget *
kip_switch_row_new (const char *title,
                    const char *subtitle)
{
  return g_object_new (KIP_TYPE_SWITCH_ROW, "title", title, "subtitle", subtitle != NULL ? subtitle : "", NULL);
}

void
kip_switch_row_set_value (KipSwitchRow *self,
                          gboolean      active)
{
  self->quiet = TRUE;
  gtk_switch_set_active (self->toggle, active);
  self->quiet = FALSE;
}

gboolean
kip_switch_row_get_value (KipSwitchRow *self)
{
  return gtk_switch_get_active (self->toggle);
}
