/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-text-group.h"

#include <string.h>

struct _KipTextGroup
{
  KipCaseWidget  parent_instance;
  GtkLabel      *title_label;
  GtkTextView   *text;
  KipField       field;
  KipId          ticket;  /* whose text is shown */
  char          *kept;    /* (owned) the text as it is in the log */
  KipTicket     *seen;    /* (owned) (nullable) the ticket of which kept was shown last */
  gboolean       filling; /* we are writing into the view ourselves */
};

G_DEFINE_FINAL_TYPE (KipTextGroup, kip_text_group, KIP_TYPE_CASE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_FIELD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
dup_typed (KipTextGroup *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_typed (KipTextGroup *self,
           const char   *text)
{
  g_autofree char *typed = dup_typed (self);

  if (strcmp (typed, text) == 0)
    return;
  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  self->filling = FALSE;
}

static char *
draft_slot (KipTextGroup *self)
{
  return g_strdup_printf ("field-%d", (int) self->field);
}

static void
save_draft (KipTextGroup *self,
            KipId         ticket,
            const char   *text)
{
  g_autofree char *slot = draft_slot (self);

  if (kip_case_widget_get_case (KIP_CASE_WIDGET (self)) != NULL && ticket != KIP_ID_NONE)
    kip_store_save_draft (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), ticket, slot, text);
}

static void
changed_cb (KipTextGroup *self)
{
  g_autofree char *typed = NULL;

  if (self->filling)
    return;
  typed = dup_typed (self);
  save_draft (self, self->ticket, strcmp (typed, self->kept) != 0 ? typed : "");
}

/* ---- saving ---- */

typedef struct
{
  KipTextGroup *self;   /* (owned) */
  KipId         ticket;
  char         *before; /* (owned) what was kept until then */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_free (saving->before);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* When it could not be saved the draft stays, and the next leaving tries again. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Saving) saving = data;
  KipTextGroup *self = saving->self;

  if (kip_session_do_finish (KIP_SESSION (source), result, NULL, NULL))
    save_draft (self, saving->ticket, "");
  else if (self->ticket == saving->ticket)
    {
      g_free (self->kept);
      self->kept = g_steal_pointer (&saving->before);
    }
}

/* Written for the ticket that is shown, whichever the case has come to be. */
static void
save (KipTextGroup *self)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));
  g_autofree char *typed = dup_typed (self);
  Saving *saving;
  KipChange *change;

  if (kase == NULL || self->seen == NULL || self->ticket == KIP_ID_NONE || strcmp (typed, self->kept) == 0)
    return;
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->ticket = self->ticket;
  saving->before = self->kept;
  self->kept = g_strdup (typed);
  change = kip_command_set_field (kip_case_get_store (kase), &self->ticket, 1, self->field, kip_value_text (typed));
  kip_session_do (kip_case_get_session (kase), kip_command_as_seen (change, self->seen), "", saved_cb, saving);
}

static void
leave_cb (GtkEventControllerFocus *controller)
{
  GtkWidget *text = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  save (KIP_TEXT_GROUP (gtk_widget_get_ancestor (text, KIP_TYPE_TEXT_GROUP)));
}

/* ---- showing ---- */

static void
note_seen (KipTextGroup *self,
           KipTicket    *ticket)
{
  g_clear_pointer (&self->seen, kip_ticket_unref);
  self->seen = kip_ticket_ref (ticket);
}

static void
show_other (KipTextGroup *self,
            KipTicket    *ticket,
            const char   *text)
{
  g_autofree char *slot = draft_slot (self);
  g_autofree char *draft = kip_store_load_draft (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), ticket->id, slot);

  self->ticket = ticket->id;
  note_seen (self, ticket);
  g_free (self->kept);
  self->kept = g_strdup (text);
  set_typed (self, draft != NULL && *draft != '\0' ? draft : text);
}

/* What others wrote is shown unless somebody here has changed it: then both are
 * kept, merged where that can be done, once this one is saved. */
static void
show_same (KipTextGroup *self,
           KipTicket    *ticket,
           const char   *text)
{
  g_autofree char *typed = dup_typed (self);

  if (strcmp (typed, self->kept) != 0)
    return;
  note_seen (self, ticket);
  g_free (self->kept);
  self->kept = g_strdup (text);
  set_typed (self, text);
}

static void
kip_text_group_update (KipCaseWidget *widget,
                       KipTicket     *ticket)
{
  KipTextGroup *self = KIP_TEXT_GROUP (widget);
  const char *text;

  if (ticket == NULL || ticket->id != self->ticket)
    save (self);
  if (ticket == NULL)
    {
      self->ticket = KIP_ID_NONE;
      return;
    }
  text = kip_entity_get_text (ticket->entity, self->field);
  if (ticket->id != self->ticket)
    show_other (self, ticket, text != NULL ? text : "");
  else
    show_same (self, ticket, text != NULL ? text : "");
}

/* ---- object ---- */

static void
kip_text_group_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  KipTextGroup *self = KIP_TEXT_GROUP (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title_label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_FIELD:
      self->field = (KipField) g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_text_group_finalize (GObject *object)
{
  g_free (KIP_TEXT_GROUP (object)->kept);
  g_clear_pointer (&KIP_TEXT_GROUP (object)->seen, kip_ticket_unref);
  G_OBJECT_CLASS (kip_text_group_parent_class)->finalize (object);
}

static void
kip_text_group_class_init (KipTextGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kip_text_group_set_property;
  object_class->finalize = kip_text_group_finalize;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_text_group_update;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FIELD] = g_param_spec_int ("field", NULL, NULL, 0, G_MAXINT, 0,
                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-text-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTextGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, KipTextGroup, text);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
kip_text_group_init (KipTextGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->kept = g_strdup ("");
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}
