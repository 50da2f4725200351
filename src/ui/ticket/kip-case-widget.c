/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-case-widget.h"

typedef struct
{
  KipCase      *kase;    /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned) of kase */
} KipCaseWidgetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KipCaseWidget, kip_case_widget, GTK_TYPE_WIDGET)

static KipCaseWidgetPrivate *
private_of (KipCaseWidget *self)
{
  return kip_case_widget_get_instance_private (self);
}

void
kip_case_widget_update (KipCaseWidget *self)
{
  g_return_if_fail (KIP_IS_CASE_WIDGET (self));

  KIP_CASE_WIDGET_GET_CLASS (self)->update (self, kip_case_widget_get_ticket (self));
}

static void
related_changed_cb (KipCaseWidget *self)
{
  KipCaseWidgetClass *klass = KIP_CASE_WIDGET_GET_CLASS (self);

  if (klass->update_related != NULL)
    klass->update_related (self, kip_case_widget_get_ticket (self));
}

static void
kip_case_widget_dispose (GObject *object)
{
  KipCaseWidgetPrivate *priv = private_of (KIP_CASE_WIDGET (object));
  GtkWidget *child;

  g_clear_object (&priv->signals);
  g_clear_object (&priv->kase);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_case_widget_parent_class)->dispose (object);
}

static void
kip_case_widget_class_init (KipCaseWidgetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_case_widget_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kip_case_widget_init (KipCaseWidget *self)
{
  KipCaseWidgetPrivate *priv = private_of (self);

  priv->signals = g_signal_group_new (KIP_TYPE_CASE);
  g_signal_group_connect_swapped (priv->signals, "changed", G_CALLBACK (kip_case_widget_update), self);
  g_signal_group_connect_swapped (priv->signals, "related-changed", G_CALLBACK (related_changed_cb), self);
}

void
kip_case_widget_set_case (KipCaseWidget *self,
                          KipCase       *kase)
{
  KipCaseWidgetPrivate *priv = private_of (self);

  g_return_if_fail (KIP_IS_CASE_WIDGET (self));

  if (!g_set_object (&priv->kase, kase))
    return;
  g_signal_group_set_target (priv->signals, kase);
  kip_case_widget_update (self);
  related_changed_cb (self);
}

KipCase *
kip_case_widget_get_case (KipCaseWidget *self)
{
  return private_of (self)->kase;
}

KipTicket *
kip_case_widget_get_ticket (KipCaseWidget *self)
{
  KipCase *kase = private_of (self)->kase;

  return kase != NULL ? kip_case_get_ticket (kase) : NULL;
}

KipStore *
kip_case_widget_get_store (KipCaseWidget *self)
{
  return kip_case_get_store (private_of (self)->kase);
}

KipOffice *
kip_case_widget_get_office (KipCaseWidget *self)
{
  return kip_case_get_office (private_of (self)->kase);
}

void
kip_case_widget_do (KipCaseWidget *self,
                    KipChange     *change,
                    const char    *label)
{
  kip_case_do (private_of (self)->kase, change, label);
}
