/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-page.h"

#include <glib/gi18n-lib.h>

#include "kip-pick-rows.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-text-row.h"

struct _KipOfficePage
{
  AdwBin parent_instance;

  KipSession *session;   /* (owned) */
  GPtrArray  *shown;     /* (owned) of char *: the causes as listed */
  GtkWidget  *new_cause; /* the last row */

  KipTextRow   *name_row;
  KipPickRow *language_row;
  KipPickRow *calendar_row;
  KipPickRow *me_row;
  GtkListBox   *causes;
};

G_DEFINE_FINAL_TYPE (KipOfficePage, kip_office_page, ADW_TYPE_BIN)

enum
{
  ENGLISH,
  VIETNAMESE
};

static const char *const languages[] = { "en", "vi" };

static KipStore *
store_of (KipOfficePage *self)
{
  return kip_session_get_store (self->session);
}

static KipOffice *
office_of (KipOfficePage *self)
{
  return kip_store_get_office (store_of (self));
}

static void
set (KipOfficePage *self,
     KipField       field,
     KipValue      *value)
{
  KipChange *change = kip_command_setting (store_of (self), KIP_KIND_OFFICE, KIP_ID_OFFICE, field, value);

  kip_session_do (self->session, change, _("Office changed"), NULL, NULL);
}

/* ---- fields ---- */

static void
name_cb (KipOfficePage *self)
{
  g_autofree char *name = kip_text_row_dup_text (self->name_row);

  set (self, KIP_FIELD_NAME, kip_value_text (name));
}

static void
language_cb (KipOfficePage *self)
{
  set (self, KIP_FIELD_LANGUAGE, kip_value_text (languages[kip_pick_row_get_value (self->language_row)]));
}

static void
calendar_cb (KipOfficePage *self)
{
  set (self, KIP_FIELD_OFFICE_CALENDAR, kip_value_int (kip_pick_row_get_value (self->calendar_row)));
}

/* ---- me: kept on this machine, written by a thread ---- */

static void
set_me (GTask        *task,
        gpointer      source,
        gpointer      data,
        GCancellable *cancellable)
{
  KipId *me = data;
  GError *error = NULL;

  if (kip_store_set_me (source, *me, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
me_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipOfficePage) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    kip_settings_say (GTK_WIDGET (self), error->message);
  else
    kip_settings_say (GTK_WIDGET (self), _("From now on what is written here is yours."));
}

static void
me_cb (KipOfficePage *self)
{
  KipId me = (KipId) kip_pick_row_get_value (self->me_row);
  g_autoptr (GTask) task = g_task_new (store_of (self), NULL, me_set_cb, g_object_ref (self));

  g_task_set_task_data (task, g_memdup2 (&me, sizeof me), g_free);
  g_task_run_in_thread (task, set_me);
}

/* ---- causes ---- */

static void
change_cause (KipOfficePage *self,
              const char    *remove,
              const char    *add,
              const char    *label)
{
  KipChange *change = kip_command_settings (store_of (self));

  if (remove != NULL)
    kip_change_remove (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_CAUSES, kip_value_text (remove));
  if (add != NULL)
    kip_change_add (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_CAUSES, kip_value_text (add));
  kip_session_do (self->session, change, label, NULL, NULL);
}

static gboolean
is_cause (KipOfficePage *self,
          const char    *text)
{
  return g_ptr_array_find_with_equal_func (self->shown, text, g_str_equal, NULL);
}

static void
cause_changed_cb (KipTextRow    *row,
                  KipOfficePage *self)
{
  g_autofree char *text = kip_text_row_dup_text (row);

  if (self->session == NULL)
    return;
  if (is_cause (self, text))
    kip_text_row_refuse (row, _("This cause is already there."));
  else
    change_cause (self, kip_text_row_get_value (row), text, _("Cause changed"));
}

static void
cause_removed_cb (GtkButton     *button,
                  KipOfficePage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), KIP_TYPE_TEXT_ROW);

  change_cause (self, kip_text_row_get_value (KIP_TEXT_ROW (row)), NULL, _("Cause removed"));
}

static void
cause_added_cb (KipTextRow    *row,
                KipOfficePage *self)
{
  g_autofree char *text = kip_text_row_dup_text (row);

  if (self->session == NULL)
    return;
  if (is_cause (self, text))
    {
      kip_text_row_refuse (row, _("This cause is already there."));
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  change_cause (self, NULL, text, _("Cause added"));
}

static GtkWidget *
make_cause_row (KipOfficePage *self,
                const char    *cause)
{
  GtkWidget *row = kip_text_row_new (_("Cause"));
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove the cause “%s”"), cause);

  kip_text_row_set_required (KIP_TEXT_ROW (row), TRUE);
  kip_text_row_set_value (KIP_TEXT_ROW (row), cause);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (cause_removed_cb), self);
  g_signal_connect (row, "commit", G_CALLBACK (cause_changed_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  return row;
}

static gboolean
shows_causes (KipOfficePage *self,
              GPtrArray     *causes)
{
  if (self->shown->len != causes->len)
    return FALSE;
  for (guint i = 0; i < causes->len; i++)
    if (!g_str_equal (g_ptr_array_index (self->shown, i), g_ptr_array_index (causes, i)))
      return FALSE;
  return TRUE;
}

/* The row for a new one stays, with what is being typed in it. */
static void
show_causes (KipOfficePage *self)
{
  GPtrArray *causes = kip_office_get_causes (office_of (self));

  if (shows_causes (self, causes))
    return;
  for (guint i = self->shown->len; i > 0; i--)
    gtk_list_box_remove (self->causes, GTK_WIDGET (gtk_list_box_get_row_at_index (self->causes, (int) i - 1)));
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < causes->len; i++)
    {
      const char *cause = g_ptr_array_index (causes, i);

      g_ptr_array_add (self->shown, g_strdup (cause));
      gtk_list_box_insert (self->causes, make_cause_row (self, cause), (int) i);
    }
}

/* ---- showing ---- */

static void
show_language (KipOfficePage *self)
{
  gboolean vietnamese = g_strcmp0 (kip_office_get_language (office_of (self)), languages[VIETNAMESE]) == 0;

  kip_pick_row_begin (self->language_row);
  kip_pick_row_add (self->language_row, ENGLISH, _("English"));
  kip_pick_row_add (self->language_row, VIETNAMESE, _("Vietnamese"));
  kip_pick_row_end (self->language_row);
  kip_pick_row_set_value (self->language_row, vietnamese ? VIETNAMESE : ENGLISH);
}

static void
refresh (KipOfficePage *self)
{
  KipOffice *office = office_of (self);

  kip_text_row_set_value (self->name_row, kip_office_get_name (office));
  show_language (self);
  kip_pick_row_set_value (self->calendar_row, (gint64) kip_office_get_calendar (office));
  kip_pick_row_fill_calendars (self->calendar_row, kip_store_get_agreements (store_of (self)), NULL);
  kip_pick_row_set_value (self->me_row, (gint64) kip_store_get_me (store_of (self)));
  kip_pick_row_fill_agents (self->me_row, office);
  show_causes (self);
}

/* ---- object ---- */

static void
kip_office_page_dispose (GObject *object)
{
  g_clear_object (&KIP_OFFICE_PAGE (object)->session);
  G_OBJECT_CLASS (kip_office_page_parent_class)->dispose (object);
}

static void
kip_office_page_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_OFFICE_PAGE (object)->shown);
  G_OBJECT_CLASS (kip_office_page_parent_class)->finalize (object);
}

static void
kip_office_page_class_init (KipOfficePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_office_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_office_page_finalize;
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-office-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipOfficePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipOfficePage, language_row);
  gtk_widget_class_bind_template_child (widget_class, KipOfficePage, calendar_row);
  gtk_widget_class_bind_template_child (widget_class, KipOfficePage, me_row);
  gtk_widget_class_bind_template_child (widget_class, KipOfficePage, causes);
}

static void
kip_office_page_init (KipOfficePage *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->new_cause = kip_text_row_new (_("Add a cause"));
  gtk_list_box_append (self->causes, self->new_cause);
  g_signal_connect (self->new_cause, "commit", G_CALLBACK (cause_added_cb), self);
  g_signal_connect_swapped (self->name_row, "commit", G_CALLBACK (name_cb), self);
  g_signal_connect_swapped (self->language_row, "commit", G_CALLBACK (language_cb), self);
  g_signal_connect_swapped (self->calendar_row, "commit", G_CALLBACK (calendar_cb), self);
  g_signal_connect_swapped (self->me_row, "commit", G_CALLBACK (me_cb), self);
}

GtkWidget *
kip_office_page_new (KipSession *session)
{
  KipOfficePage *self = g_object_new (KIP_TYPE_OFFICE_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
