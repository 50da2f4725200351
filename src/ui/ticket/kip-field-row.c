/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-field-row.h"

#include <glib/gi18n-lib.h>

struct _KipFieldRow
{
  AdwActionRow   parent_instance;
  GtkMenuButton *button;
  GtkLabel      *label;
  char          *value; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KipFieldRow, kip_field_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_POPOVER,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
update_spoken (KipFieldRow *self)
{
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                             gtk_label_get_label (self->label));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
kip_field_row_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  KipFieldRow *self = KIP_FIELD_ROW (object);

  switch (id)
    {
    case PROP_POPOVER:
      gtk_menu_button_set_popover (self->button, g_value_get_object (value));
      break;
    case PROP_VALUE:
      kip_field_row_set_value (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_field_row_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KipFieldRow *self = KIP_FIELD_ROW (object);

  switch (id)
    {
    case PROP_POPOVER:
      g_value_set_object (value, gtk_menu_button_get_popover (self->button));
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_field_row_finalize (GObject *object)
{
  g_free (KIP_FIELD_ROW (object)->value);
  G_OBJECT_CLASS (kip_field_row_parent_class)->finalize (object);
}

static void
kip_field_row_class_init (KipFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = kip_field_row_set_property;
  object_class->get_property = kip_field_row_get_property;
  object_class->finalize = kip_field_row_finalize;

  props[PROP_POPOVER] = g_param_spec_object ("popover", NULL, NULL, GTK_TYPE_POPOVER,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kip_field_row_init (KipFieldRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->value = g_strdup ("");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->label, 1);
  gtk_label_set_max_width_chars (self->label, 22);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "kip-value");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, box);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  kip_field_row_set_value (self, NULL);
  g_signal_connect (self, "notify::title", G_CALLBACK (update_spoken), NULL);
}

void
kip_field_row_set_value (KipFieldRow *self,
                         const char  *value)
{
  gboolean empty = value == NULL || *value == '\0';

  g_return_if_fail (KIP_IS_FIELD_ROW (self));

  g_free (self->value);
  self->value = g_strdup (empty ? "" : value);
  /* Translators: a field of a ticket that has no value */
  gtk_label_set_label (self->label, empty ? C_ ("field", "none") : value);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), empty ? NULL : value);
  if (empty)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  update_spoken (self);
}

const char *
kip_field_row_get_value (KipFieldRow *self)
{
  g_return_val_if_fail (KIP_IS_FIELD_ROW (self), "");

  return self->value;
}

void
kip_field_row_popup (KipFieldRow *self)
{
  g_return_if_fail (KIP_IS_FIELD_ROW (self));

  gtk_menu_button_popup (self->button);
}
