/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-canned-editor.h"

#include <glib/gi18n-lib.h>

#include "kip-commands.h"

struct _KipCannedEditor
{
  AdwBin parent_instance;

  KipStore *store; /* (owned) */
  char     *value; /* (owned) what is saved */

  GtkTextView *view;
  GtkFlowBox  *inserts;
  GtkLabel    *preview;
};

G_DEFINE_FINAL_TYPE (KipCannedEditor, kip_canned_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_COMMIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *placeholder;
  const char *label;
} placeholders[] = {
  { "{requester}", N_("Requester") },
  { "{number}", N_("Ticket number") },
  { "{subject}", N_("Subject") },
  { "{agent}", N_("Agent") },
  { "{office}", N_("Office") },
  { "{due}", N_("Deadline") },
};

/* ---- preview ---- */

/* Somebody who might ask. */
static KipId
example_requester (KipStore *store)
{
  GPtrArray *people = kip_office_get_people (kip_store_get_office (store));

  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);

      if (!person->deleted && person->role == KIP_ROLE_REQUESTER)
        return person->id;
    }
  return kip_store_get_me (store);
}

static void
show_preview (KipCannedEditor *self)
{
  g_autofree char *text = kip_canned_editor_dup_text (self);
  g_autofree char *filled = NULL;
  KipTicket example = { 0 };

  example.number = KIP_TICKET_NUMBER (1, 214);
  example.subject = _("Printer on floor 3 does not print");
  example.requester = example_requester (self->store);
  filled = kip_canned_fill (text, self->store, &example, _("Mon 16:30"));
  gtk_label_set_text (self->preview, *filled != '\0' ? filled : _("Nothing to send yet."));
}

/* ---- callbacks ---- */

static void
insert_cb (KipCannedEditor *self,
           GtkWidget       *button)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const char *placeholder = g_object_get_data (G_OBJECT (button), "kip-placeholder");

  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, placeholder, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
leave_cb (KipCannedEditor *self)
{
  g_autofree char *text = kip_canned_editor_dup_text (self);

  if (g_strcmp0 (text, self->value) != 0)
    g_signal_emit (self, signals[SIGNAL_COMMIT], 0);
}

static void
add_inserts (KipCannedEditor *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(placeholders[i].label));

      gtk_widget_set_tooltip_text (button, placeholders[i].placeholder);
      g_object_set_data (G_OBJECT (button), "kip-placeholder", (gpointer) placeholders[i].placeholder);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (insert_cb), self);
      gtk_flow_box_append (self->inserts, button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

/* ---- object ---- */

static void
kip_canned_editor_finalize (GObject *object)
{
  KipCannedEditor *self = KIP_CANNED_EDITOR (object);

  g_clear_object (&self->store);
  g_free (self->value);
  G_OBJECT_CLASS (kip_canned_editor_parent_class)->finalize (object);
}

static void
kip_canned_editor_class_init (KipCannedEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_canned_editor_finalize;
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", KIP_TYPE_CANNED_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-canned-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, KipCannedEditor, view);
  gtk_widget_class_bind_template_child (widget_class, KipCannedEditor, inserts);
  gtk_widget_class_bind_template_child (widget_class, KipCannedEditor, preview);
}

static void
kip_canned_editor_init (KipCannedEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->value = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  add_inserts (self);
}

/* ---- public ---- */

GtkWidget *
kip_canned_editor_new (KipStore *store)
{
  KipCannedEditor *self = g_object_new (KIP_TYPE_CANNED_EDITOR, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (show_preview), self);
  show_preview (self);
  return GTK_WIDGET (self);
}

void
kip_canned_editor_set_value (KipCannedEditor *self,
                             const char      *value)
{
  g_autofree char *text = kip_canned_editor_dup_text (self);
  gboolean editing = g_strcmp0 (text, self->value) != 0;

  g_free (self->value);
  self->value = g_strdup (value != NULL ? value : "");
  if (!editing && g_strcmp0 (text, self->value) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), self->value, -1);
}

char *
kip_canned_editor_dup_text (KipCannedEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}
