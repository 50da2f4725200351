/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-outage-page.h"

#include <glib/gi18n-lib.h>

#include "kip-agreement-words.h"
#include "kip-clock.h"
#include "kip-condition-row.h"
#include "kip-date-button.h"
#include "kip-outage-edit.h"
#include "kip-review-page.h"
#include "kip-save-bar.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"

struct _KipOutagePage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipId       id;
  gboolean    is_new;
  gboolean    quiet;   /* the program fills the form, not the person */
  gboolean    edited;

  AdwEntryRow     *reason_row;
  KipTextRow      *start_day_row;
  AdwEntryRow     *start_time_row;
  KipTextRow      *end_day_row;
  AdwEntryRow     *end_time_row;
  KipConditionRow *scope_row;
  KipSaveBar      *save_bar;
};

G_DEFINE_FINAL_TYPE (KipOutagePage, kip_outage_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipOutagePage *self)
{
  return kip_session_get_store (self->session);
}

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* ---- reading the form ---- */

static gboolean
read_form (KipOutagePage *self,
           KipInstant    *start,
           KipInstant    *end,
           GError       **error)
{
  return kip_outage_times_from_typed (text_of (self->start_day_row), text_of (self->start_time_row),
                                      text_of (self->end_day_row), text_of (self->end_time_row),
                                      kip_clock_now (), start, end, error);
}

static void
update_bar (KipOutagePage *self)
{
  g_autoptr (GError) error = NULL;
  const char *problem = kip_condition_row_get_problem (self->scope_row);
  KipInstant start, end;

  if (problem == NULL && !read_form (self, &start, &end, &error))
    problem = error->message;
  kip_save_bar_show (self->save_bar, self->edited || self->is_new, self->edited ? problem : NULL);
  kip_settings_set_unsaved (GTK_WIDGET (self), self->edited);
}

static void
edited_cb (KipOutagePage *self)
{
  if (self->quiet)
    return;
  self->edited = TRUE;
  update_bar (self);
}

/* ---- showing ---- */

static void
set_text (gpointer    row,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
show_instant (KipTextRow  *day_row,
              AdwEntryRow *time_row,
              KipInstant   at)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  kip_instant_to_typed (at, &day, &time);
  kip_text_row_set_value (day_row, day);
  set_text (time_row, time);
}

static const KipOutage *
find_among (GPtrArray *outages,
            KipId      id)
{
  for (guint i = 0; i < outages->len; i++)
    if (((KipOutage *) g_ptr_array_index (outages, i))->id == id)
      return g_ptr_array_index (outages, i);
  return NULL;
}

/* A withdrawn one can be read, too. */
static const KipOutage *
find_outage (KipOutagePage *self)
{
  KipAgreements *agreements = kip_store_get_agreements (store_of (self));
  g_autoptr (GPtrArray) withdrawn = kip_agreements_get_archived (agreements, KIP_KIND_OUTAGE);
  const KipOutage *outage = find_among (kip_agreements_get_outages (agreements), self->id);

  return outage != NULL ? outage : find_among (withdrawn, self->id);
}

static void
refresh (KipOutagePage *self)
{
  const KipOutage *outage = find_outage (self);

  if (outage == NULL || self->edited)
    return;
  self->quiet = TRUE;
  set_text (self->reason_row, outage->reason);
  show_instant (self->start_day_row, self->start_time_row, outage->start);
  show_instant (self->end_day_row, self->end_time_row, outage->end);
  kip_condition_row_set_text (self->scope_row, outage->scope);
  self->quiet = FALSE;
  update_bar (self);
}

/* ---- saving ---- */

static void
put_text (KipChange  *change,
          KipId       id,
          KipField    field,
          const char *text)
{
  if (*text != '\0')
    kip_change_set_text (change, KIP_KIND_OUTAGE, id, field, text);
  else
    kip_change_clear (change, KIP_KIND_OUTAGE, id, field);
}

static void
save_cb (KipOutagePage *self)
{
  const KipSettingsWords *words = kip_settings_words (KIP_KIND_OUTAGE);
  const char *reason = text_of (self->reason_row);
  const char *title = *reason != '\0' ? reason : _("Outage");
  g_autofree char *label = kip_settings_say_done (self->is_new ? words->added : words->changed, title);
  g_autofree char *scope = kip_condition_row_dup_text (self->scope_row);
  g_autoptr (GError) error = NULL;
  KipInstant start, end;
  KipChange *change;

  if (!read_form (self, &start, &end, &error))
    {
      kip_save_bar_show (self->save_bar, TRUE, error->message);
      return;
    }
  change = kip_command_settings (store_of (self));
  put_text (change, self->id, KIP_FIELD_OUTAGE_REASON, reason);
  put_text (change, self->id, KIP_FIELD_OUTAGE_SCOPE, scope);
  kip_change_set_int (change, KIP_KIND_OUTAGE, self->id, KIP_FIELD_OUTAGE_START, start);
  if (end != KIP_INSTANT_NONE)
    kip_change_set_int (change, KIP_KIND_OUTAGE, self->id, KIP_FIELD_OUTAGE_END, end);
  else
    kip_change_clear (change, KIP_KIND_OUTAGE, self->id, KIP_FIELD_OUTAGE_END);
  kip_settings_review (GTK_WIDGET (self), self->session, change, label);
}

/* ---- object ---- */

static void
kip_outage_page_dispose (GObject *object)
{
  KIP_OUTAGE_PAGE (object)->quiet = TRUE;
  g_clear_object (&KIP_OUTAGE_PAGE (object)->session);
  G_OBJECT_CLASS (kip_outage_page_parent_class)->dispose (object);
}

static void
kip_outage_page_class_init (KipOutagePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_outage_page_dispose;
  g_type_ensure (KIP_TYPE_CONDITION_ROW);
  g_type_ensure (KIP_TYPE_SAVE_BAR);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-outage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, reason_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, start_day_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, start_time_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, end_day_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, end_time_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, scope_row);
  gtk_widget_class_bind_template_child (widget_class, KipOutagePage, save_bar);
}

static void
kip_outage_page_init (KipOutagePage *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_text_row_add_calendar (self->start_day_row);
  kip_text_row_add_calendar (self->end_day_row);
  g_signal_connect_swapped (self->reason_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->start_day_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->start_time_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->end_day_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->end_time_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->scope_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->save_bar, "save", G_CALLBACK (save_cb), self);
}

GtkWidget *
kip_outage_page_new (KipSession *session,
                     KipId       id)
{
  KipOutagePage *self = g_object_new (KIP_TYPE_OUTAGE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->is_new = id == KIP_ID_NONE;
  self->id = self->is_new ? kip_store_new_id (store_of (self)) : id;
  kip_condition_row_set_title (self->scope_row, _("Search"));
  kip_condition_row_set_store (self->scope_row, store_of (self));
  if (self->is_new)
    show_instant (self->start_day_row, self->start_time_row, kip_clock_now ());
  self->quiet = FALSE;
  refresh (self);
  update_bar (self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
