/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-quick-log.h"

#include "kip-form-draft.h"
#include "kip-suggest-row.h"

#include <glib/gi18n-lib.h>

#define FORM "quick-log"

/* Of this machine: "no" when whoever logs does not take it. */
#define MINE "quick-log-mine"
#define MAX_CHOICES 8

struct _KipQuickLog
{
  AdwWindow      parent_instance;
  GtkWidget     *form;
  GtkWidget     *restored_box;
  KipSuggestRow *requester_row;
  AdwEntryRow   *subject_row;
  KipSuggestRow *category_row;
  GtkLabel      *person_label;
  GtkSwitch     *mine_switch;
  GtkWidget     *log_button;
  KipSession    *session; /* (owned) */
  KipStore      *store;   /* (owned) */
  gboolean       filling; /* the form is being filled by us */
  KipId          logged;  /* the ticket on its way to the disk */
};

G_DEFINE_FINAL_TYPE (KipQuickLog, kip_quick_log, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_LOGGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* ---- what is left when it is closed ---- */

static void
save_draft (KipQuickLog *self)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (fields, (gpointer) "requester", (gpointer) text_of (self->requester_row));
  g_hash_table_insert (fields, (gpointer) "subject", (gpointer) text_of (self->subject_row));
  g_hash_table_insert (fields, (gpointer) "category", (gpointer) text_of (self->category_row));
  kip_form_draft_save (self->store, FORM, fields);
}

static void
show_person (KipQuickLog *self)
{
  KipOffice *office = kip_store_get_office (self->store);
  const KipPerson *person = kip_office_person (office, kip_suggest_row_get_id (self->requester_row));
  g_autoptr (KipChoiceItem) item = person != NULL ? kip_choice_item_for_person (person) : NULL;
  const char *detail = item != NULL ? kip_choice_item_get_detail (item) : NULL;

  gtk_label_set_label (self->person_label, detail != NULL ? detail : _("Enter logs it, and the clock starts."));
}

static void
changed_cb (KipQuickLog *self)
{
  if (self->filling)
    return;
  save_draft (self);
  show_person (self);
}

static void
restore_draft (KipQuickLog *self)
{
  g_autoptr (GHashTable) fields = kip_form_draft_load (self->store, FORM);
  KipOffice *office = kip_store_get_office (self->store);
  const char *requester = kip_form_draft_get (fields, "requester");
  const char *path = kip_form_draft_get (fields, "category");

  self->filling = TRUE;
  kip_suggest_row_set_choice (self->requester_row, kip_choices_person_called (office, requester), requester);
  gtk_editable_set_text (GTK_EDITABLE (self->subject_row), kip_form_draft_get (fields, "subject"));
  kip_suggest_row_set_choice (self->category_row, kip_choices_category_called (office, path), path);
  self->filling = FALSE;
  gtk_widget_set_visible (self->restored_box, fields != NULL && g_hash_table_size (fields) > 0);
  show_person (self);
}

static void
afresh_cb (KipQuickLog *self)
{
  kip_form_draft_clear (self->store, FORM);
  restore_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->requester_row));
}

/* ---- completing ---- */

static GPtrArray *
suggest_people (const char *text,
                gpointer    data)
{
  return kip_choices_people (kip_store_get_office (KIP_QUICK_LOG (data)->store), text, MAX_CHOICES);
}

static GPtrArray *
suggest_categories (const char *text,
                    gpointer    data)
{
  return kip_choices_categories (kip_store_get_office (KIP_QUICK_LOG (data)->store), text, MAX_CHOICES);
}

static void
requester_picked_cb (KipQuickLog *self)
{
  save_draft (self);
  show_person (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->subject_row));
}

/* From the last field Tab goes to "Log", not around to "Cancel": Enter after it
 * must never throw the call away. */
static gboolean
key_cb (KipQuickLog    *self,
        guint           key,
        guint           code,
        GdkModifierType state)
{
  gboolean in_category = (gtk_widget_get_state_flags (GTK_WIDGET (self->category_row)) &
                          GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (key != GDK_KEY_Tab || (state & GDK_CONTROL_MASK) != 0 || !in_category)
    return GDK_EVENT_PROPAGATE;
  kip_suggest_row_accept (self->category_row);
  gtk_widget_grab_focus (self->log_button);
  return GDK_EVENT_STOP;
}

/* ---- logging ---- */

static void
logged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipQuickLog) self = data;

  if (!kip_session_do_finish (KIP_SESSION (source), result, NULL, NULL))
    {
      gtk_widget_set_sensitive (self->form, TRUE);
      return;
    }
  kip_form_draft_clear (self->store, FORM);
  g_signal_emit (self, signals[SIGNAL_LOGGED], 0, self->logged);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Who has the phone at the ear has the ticket, unless calls are only taken down here. */
static KipId
agent_of (KipQuickLog *self)
{
  gboolean mine = gtk_switch_get_active (self->mine_switch);

  kip_store_set_local (self->store, MINE, mine ? NULL : "no");
  return mine ? kip_store_get_me (self->store) : KIP_ID_NONE;
}

static void
restore_mine (KipQuickLog *self)
{
  g_autofree char *mine = kip_store_get_local (self->store, MINE);

  gtk_switch_set_active (self->mine_switch, g_strcmp0 (mine, "no") != 0);
}

/* Half a category that was typed and left means the first one that fits. */
static KipId
category_of (KipQuickLog *self)
{
  KipId id = kip_suggest_row_get_id (self->category_row);

  if (id == KIP_ID_NONE && *text_of (self->category_row) != '\0' && kip_suggest_row_accept (self->category_row))
    id = kip_suggest_row_get_id (self->category_row);
  return id;
}

static gboolean
check (KipQuickLog *self,
       const char  *subject,
       KipId        category)
{
  if (*subject == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->subject_row));
      return FALSE;
    }
  if (category == KIP_ID_NONE && *text_of (self->category_row) != '\0')
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->category_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->category_row));
      return FALSE;
    }
  return TRUE;
}

void
kip_quick_log_log (KipQuickLog *self)
{
  g_autofree char *subject = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  KipNewTicket ticket = { .received = KIP_INSTANT_NONE };

  g_return_if_fail (KIP_IS_QUICK_LOG (self));

  subject = g_strstrip (g_strdup (text_of (self->subject_row)));
  name = g_strstrip (g_strdup (text_of (self->requester_row)));
  ticket.category = category_of (self);
  if (!gtk_widget_get_sensitive (self->form) || !check (self, subject, ticket.category))
    return;
  ticket.subject = subject;
  ticket.requester = kip_suggest_row_get_id (self->requester_row);
  if (ticket.requester == KIP_ID_NONE)
    ticket.requester = kip_choices_person_called (kip_store_get_office (self->store), name);
  ticket.requester_name = name;
  ticket.assignee = agent_of (self);
  gtk_widget_set_sensitive (self->form, FALSE);
  label = g_strdup_printf (_("“%s” logged"), subject);
  kip_session_do (self->session, kip_command_new_ticket (self->store, &ticket, &self->logged), label, logged_cb,
                  g_object_ref (self));
}

/* ---- object ---- */

static void
kip_quick_log_dispose (GObject *object)
{
  KipQuickLog *self = KIP_QUICK_LOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_quick_log_parent_class)->dispose (object);
}

static void
kip_quick_log_class_init (KipQuickLogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_quick_log_dispose;

  g_type_ensure (KIP_TYPE_SUGGEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-quick-log.ui");
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, form);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, restored_box);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, requester_row);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, subject_row);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, category_row);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, person_label);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, mine_switch);
  gtk_widget_class_bind_template_child (widget_class, KipQuickLog, log_button);
  gtk_widget_class_bind_template_callback (widget_class, afresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, requester_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, kip_quick_log_log);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[SIGNAL_LOGGED] = g_signal_new ("logged", KIP_TYPE_QUICK_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
kip_quick_log_init (KipQuickLog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  kip_suggest_row_set_source (self->requester_row, suggest_people, self);
  kip_suggest_row_set_source (self->category_row, suggest_categories, self);
  kip_suggest_row_set_enter_goes_on (self->category_row, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
kip_quick_log_new (KipSession *session)
{
  KipQuickLog *self = g_object_new (KIP_TYPE_QUICK_LOG, NULL);

  self->session = g_object_ref (session);
  self->store = g_object_ref (kip_session_get_store (session));
  restore_draft (self);
  restore_mine (self);
  return GTK_WIDGET (self);
}

static GtkWindow *
find_open (KipSession *session)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (KIP_IS_QUICK_LOG (window) && KIP_QUICK_LOG (window)->session == session)
        return window;
    }
  return NULL;
}

KipQuickLog *
kip_quick_log_present (GtkWindow  *parent,
                       KipSession *session)
{
  GtkWindow *window = find_open (session);

  if (window == NULL)
    window = GTK_WINDOW (kip_quick_log_new (session));
  if (parent != NULL)
    gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
  gtk_widget_grab_focus (GTK_WIDGET (KIP_QUICK_LOG (window)->requester_row));
  return KIP_QUICK_LOG (window);
}
