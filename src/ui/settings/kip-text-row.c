/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-text-row.h"

#include <glib/gi18n-lib.h>

struct _KipTextRow
{
  AdwEntryRow parent_instance;

  char      *value;   /* (owned) what is saved */
  GtkWidget *warning; /* says why a text is refused */
  gboolean   required;
};

G_DEFINE_FINAL_TYPE (KipTextRow, kip_text_row, ADW_TYPE_ENTRY_ROW)

enum
{
  PROP_0,
  PROP_REQUIRED,
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
show_value (KipTextRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self), self->value);
}

static void
commit (KipTextRow *self)
{
  g_autofree char *text = kip_text_row_dup_text (self);

  if (g_strcmp0 (text, self->value) == 0)
    show_value (self);
  else if (self->required && *text == '\0')
    kip_text_row_refuse (self, _("This cannot be left empty."));
  else
    g_signal_emit (self, signals[SIGNAL_COMMIT], 0);
}

/* ---- callbacks ---- */

static void
activated_cb (KipTextRow *self)
{
  commit (self);
}

static void
leave_cb (KipTextRow *self)
{
  if (!kip_text_row_is_refused (self))
    commit (self);
}

static void
changed_cb (KipTextRow *self)
{
  kip_text_row_refuse (self, NULL);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  KipTextRow *self = KIP_TEXT_ROW (widget);
  g_autofree char *text = kip_text_row_dup_text (self);

  if (g_strcmp0 (text, self->value) == 0)
    return FALSE;
  show_value (self);
  return TRUE;
}

/* ---- object ---- */

static void
kip_text_row_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  KipTextRow *self = KIP_TEXT_ROW (object);

  if (id == PROP_REQUIRED)
    self->required = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_text_row_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KipTextRow *self = KIP_TEXT_ROW (object);

  if (id == PROP_REQUIRED)
    g_value_set_boolean (value, self->required);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_text_row_finalize (GObject *object)
{
  g_free (KIP_TEXT_ROW (object)->value);
  G_OBJECT_CLASS (kip_text_row_parent_class)->finalize (object);
}

static void
kip_text_row_class_init (KipTextRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = kip_text_row_set_property;
  object_class->get_property = kip_text_row_get_property;
  object_class->finalize = kip_text_row_finalize;

  props[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", KIP_TYPE_TEXT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
kip_text_row_init (KipTextRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->value = g_strdup ("");
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "error");
  gtk_widget_set_visible (self->warning, FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->warning);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self), FALSE);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "entry-activated", G_CALLBACK (activated_cb), NULL);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

/* ---- public ---- */

GtkWidget *
kip_text_row_new (const char *title)
{
  return g_object_new (KIP_TYPE_TEXT_ROW, "title", title, NULL);
}

void
kip_text_row_set_value (KipTextRow *self,
                        const char *value)
{
  g_autofree char *text = kip_text_row_dup_text (self);
  gboolean editing = g_strcmp0 (text, self->value) != 0;

  g_free (self->value);
  self->value = g_strdup (value != NULL ? value : "");
  if (!editing || g_strcmp0 (text, self->value) == 0)
    show_value (self);
}

const char *
kip_text_row_get_value (KipTextRow *self)
{
  return self->value;
}

char *
kip_text_row_dup_text (KipTextRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
}

void
kip_text_row_set_required (KipTextRow *self,
                           gboolean    required)
{
  self->required = required;
}

void
kip_text_row_refuse (KipTextRow *self,
                     const char *message)
{
  gboolean refused = message != NULL;

  if (refused == gtk_widget_get_visible (self->warning) && !refused)
    return;
  gtk_widget_set_visible (self->warning, refused);
  gtk_widget_set_tooltip_text (self->warning, message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning), GTK_ACCESSIBLE_PROPERTY_LABEL, refused ? message : "", -1);
  if (refused)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_widget_error_bell (GTK_WIDGET (self));
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               refused ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refused ? message : "", -1);
}

gboolean
kip_text_row_is_refused (KipTextRow *self)
{
  return gtk_widget_get_visible (self->warning);
}
