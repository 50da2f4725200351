/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-resolve-dialog.h"

#include "kip-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define DRAFT_SLOT "resolve"
#define DRAFT_FORM "resolve-many"

#define KIP_TYPE_RESOLVE_DIALOG (kip_resolve_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KipResolveDialog, kip_resolve_dialog, KIP, RESOLVE_DIALOG, AdwWindow)

struct _KipResolveDialog
{
  AdwWindow       parent_instance;
  AdwWindowTitle *window_title;
  GtkWidget      *causes_box;
  GtkEntry       *cause_entry;
  GtkTextView    *done_text;
  GtkWidget      *resolve_button;
  KipStore       *store;  /* (owned) */
  KipId           ticket; /* KIP_ID_NONE: many */
  KipResolveFunc  func;
  GObject        *data; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KipResolveDialog, kip_resolve_dialog, ADW_TYPE_WINDOW)

static char *
dup_done (KipResolveDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->done_text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
slot_of (KipResolveDialog *self)
{
  return self->ticket != KIP_ID_NONE ? DRAFT_SLOT : DRAFT_FORM;
}

static void
save_draft (KipResolveDialog *self)
{
  g_autofree char *done = dup_done (self);

  kip_store_save_draft (self->store, self->ticket, slot_of (self), done);
}

static void
resolve_cb (KipResolveDialog *self)
{
  g_autofree char *cause = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->cause_entry))));
  g_autofree char *done = g_strstrip (dup_done (self));

  kip_store_save_draft (self->store, self->ticket, slot_of (self), "");
  self->func (self->ticket, cause, done, self->data);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- the short list ---- */

static void
cause_clicked_cb (KipResolveDialog *self,
                  GtkWidget        *button)
{
  gtk_editable_set_text (GTK_EDITABLE (self->cause_entry), gtk_button_get_label (GTK_BUTTON (button)));
  gtk_widget_grab_focus (GTK_WIDGET (self->done_text));
}

static void
cause_changed_cb (KipResolveDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->cause_entry));

  for (GtkWidget *button = gtk_widget_get_first_child (self->causes_box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  strcmp (gtk_button_get_label (GTK_BUTTON (button)), typed) == 0);
}

static void
fill_causes (KipResolveDialog *self)
{
  GPtrArray *causes = kip_office_get_causes (kip_store_get_office (self->store));

  for (guint i = 0; i < causes->len; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (g_ptr_array_index (causes, i));

      g_signal_connect_swapped (button, "clicked", G_CALLBACK (cause_clicked_cb), self);
      gtk_box_append (GTK_BOX (self->causes_box), button);
    }
  gtk_widget_set_visible (self->causes_box, causes->len > 0);
}

/* ---- object ---- */

static void
kip_resolve_dialog_dispose (GObject *object)
{
  KipResolveDialog *self = KIP_RESOLVE_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_object (&self->data);
  G_OBJECT_CLASS (kip_resolve_dialog_parent_class)->dispose (object);
}

static void
resolve_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  resolve_cb (KIP_RESOLVE_DIALOG (widget));
}

static void
kip_resolve_dialog_class_init (KipResolveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_resolve_dialog_dispose;

  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-resolve-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KipResolveDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, KipResolveDialog, causes_box);
  gtk_widget_class_bind_template_child (widget_class, KipResolveDialog, cause_entry);
  gtk_widget_class_bind_template_child (widget_class, KipResolveDialog, done_text);
  gtk_widget_class_bind_template_child (widget_class, KipResolveDialog, resolve_button);
  gtk_widget_class_bind_template_callback (widget_class, resolve_cb);
  gtk_widget_class_bind_template_callback (widget_class, cause_changed_cb);

  gtk_widget_class_install_action (widget_class, "dialog.resolve", NULL, resolve_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_resolve_dialog_init (KipResolveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was typed here before and not used; else what the caller suggests. */
static void
fill_texts (KipResolveDialog *self,
            const char       *cause,
            const char       *done)
{
  g_autofree char *draft = kip_store_load_draft (self->store, self->ticket, slot_of (self));
  const char *text = draft != NULL && *draft != '\0' ? draft : done;

  if (cause != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->cause_entry), cause);
  if (text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->done_text), text, -1);
}

static KipResolveDialog *
new_dialog (GtkWidget     *widget,
            KipStore      *store,
            KipId          ticket,
            KipResolveFunc func,
            gpointer       data)
{
  KipResolveDialog *self = g_object_new (KIP_TYPE_RESOLVE_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->store = g_object_ref (store);
  self->ticket = ticket;
  self->func = func;
  self->data = g_object_ref (data);
  fill_causes (self);
  return self;
}

static void
present (KipResolveDialog *self,
         const char       *subtitle)
{
  adw_window_title_set_subtitle (self->window_title, subtitle);
  g_signal_connect_object (gtk_text_view_get_buffer (self->done_text), "changed", G_CALLBACK (save_draft), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->cause_entry));
  gtk_window_present (GTK_WINDOW (self));
}

void
kip_resolve_dialog_present (GtkWidget     *widget,
                            KipCase       *kase,
                            const char    *done,
                            KipResolveFunc func,
                            gpointer       data)
{
  KipTicket *ticket = kip_case_get_ticket (kase);
  g_autofree char *number = NULL;
  g_autofree char *subtitle = NULL;
  KipResolveDialog *self;

  if (ticket == NULL)
    return;
  self = new_dialog (widget, kip_case_get_store (kase), ticket->id, func, data);
  number = kip_ticket_number_format (ticket->number);
  subtitle = g_strdup_printf ("%s  %s", number, ticket->subject);
  /* What a resolution before a reopening said may be so again. */
  fill_texts (self, ticket->cause, done != NULL ? done : ticket->done);
  present (self, subtitle);
}

void
kip_resolve_dialog_present_many (GtkWidget     *widget,
                                 KipStore      *store,
                                 guint          n,
                                 KipResolveFunc func,
                                 gpointer       data)
{
  KipResolveDialog *self = new_dialog (widget, store, KIP_ID_NONE, func, data);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%'u ticket", "%'u tickets", n), n);

  fill_texts (self, NULL, NULL);
  present (self, subtitle);
}

/* ---- resolving ---- */

void
kip_resolve_add (KipChange  *change,
                 KipId       ticket,
                 const char *cause,
                 const char *done)
{
  if (*cause != '\0')
    kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_CAUSE, cause);
  if (*done != '\0')
    kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_DONE, done);
}

static void
run_cb (KipId       ticket,
        const char *cause,
        const char *done,
        gpointer    data)
{
  KipCase *kase = data;

  kip_case_do (kase, kip_command_resolve (kip_case_get_store (kase), &ticket, 1, cause, done), _("Ticket resolved"));
}

void
kip_resolve_dialog_run (GtkWidget *widget,
                        KipCase   *kase)
{
  kip_resolve_dialog_present (widget, kase, NULL, run_cb, kase);
}
