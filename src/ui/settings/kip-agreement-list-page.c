/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-agreement-list-page.h"

#include <glib/gi18n-lib.h>

#include "kip-agreement-words.h"
#include "kip-calendar-page.h"
#include "kip-item-list.h"
#include "kip-office-fields.h"
#include "kip-outage-page.h"
#include "kip-policy-page.h"
#include "kip-review-page.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"

struct _KipAgreementListPage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipKind     kind;

  AdwPreferencesGroup *group;
  KipItemList         *list;
  GtkButton           *add_button;
};

G_DEFINE_FINAL_TYPE (KipAgreementListPage, kip_agreement_list_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipAgreementListPage *self)
{
  return kip_session_get_store (self->session);
}

static KipAgreements *
agreements_of (KipAgreementListPage *self)
{
  return kip_store_get_agreements (store_of (self));
}

/* ---- showing ---- */

static void
append_calendars (KipAgreementListPage *self,
                  GArray               *items)
{
  GPtrArray *calendars = kip_agreements_get_calendars (agreements_of (self));
  KipId office = kip_office_get_calendar (kip_store_get_office (store_of (self)));

  for (guint i = 0; i < calendars->len; i++)
    {
      const KipCalendarVersion *calendar = g_ptr_array_index (calendars, i);
      KipItem item = { calendar->id, g_strdup (calendar->name), kip_calendar_describe (calendar), NULL, 0,
                       KIP_ITEM_MOVABLE };

      if (calendar->id == office)
        {
          item.badge = g_strdup (_("the office's"));
          item.flags |= KIP_ITEM_FIXED;
        }
      g_array_append_val (items, item);
    }
}

static void
append_policies (KipAgreementListPage *self,
                 GArray               *items)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements_of (self));

  for (guint i = 0; i < policies->len; i++)
    {
      const KipPolicy *policy = g_ptr_array_index (policies, i);
      KipItem item = { policy->id, g_strdup (policy->name), kip_policy_describe (policy), NULL, 0, KIP_ITEM_MOVABLE };

      if (policy->is_default)
        {
          item.badge = g_strdup (_("default"));
          item.flags = KIP_ITEM_FIXED;
        }
      g_array_append_val (items, item);
    }
}

/* The newest first. */
static void
append_outages (KipAgreementListPage *self,
                GArray               *items)
{
  GPtrArray *outages = kip_agreements_get_outages (agreements_of (self));

  for (guint i = outages->len; i > 0; i--)
    {
      const KipOutage *outage = g_ptr_array_index (outages, i - 1);
      KipItem item = { outage->id, g_strdup (kip_outage_get_title (outage)), kip_outage_describe (outage), NULL, 0, 0 };

      if (outage->end == KIP_INSTANT_NONE)
        item.badge = g_strdup (_("still going on"));
      g_array_append_val (items, item);
    }
}

static void
refresh (KipAgreementListPage *self)
{
  g_autoptr (GArray) items = kip_item_array_new ();

  if (self->kind == KIP_KIND_CALENDAR)
    append_calendars (self, items);
  else if (self->kind == KIP_KIND_POLICY)
    append_policies (self, items);
  else
    append_outages (self, items);
  kip_item_list_show (self->list, items);
}

/* ---- changes ---- */

static char *
say (KipAgreementListPage *self,
     KipId                 id,
     const char           *past_tense)
{
  KipItemRow *row = kip_item_list_get_row (self->list, id);

  return kip_settings_say_done (past_tense, row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "");
}

/* A calendar's place and whether it is offered move no deadline. */
static void
change (KipAgreementListPage *self,
        KipChange            *made,
        KipId                 id,
        const char           *past_tense)
{
  g_autofree char *label = say (self, id, past_tense);

  if (self->kind == KIP_KIND_CALENDAR)
    kip_session_do (self->session, made, label, NULL, NULL);
  else
    kip_settings_review (GTK_WIDGET (self), self->session, made, label);
}

/* The ids in order; without the default policy, which comes last anyway. */
static GArray *
movable_ids (KipAgreementListPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GPtrArray *list = self->kind == KIP_KIND_POLICY ? kip_agreements_get_policies (agreements_of (self))
                                                  : kip_agreements_get_calendars (agreements_of (self));

  for (guint i = 0; i < list->len; i++)
    {
      const KipPolicy *policy = g_ptr_array_index (list, i);
      const KipCalendarVersion *calendar = g_ptr_array_index (list, i);

      if (self->kind == KIP_KIND_CALENDAR)
        g_array_append_val (ids, calendar->id);
      else if (!policy->is_default)
        g_array_append_val (ids, policy->id);
    }
  return ids;
}

static void
reorder (KipAgreementListPage *self,
         const GArray         *ids,
         KipId                 moved)
{
  change (self,
          kip_command_reorder (store_of (self), self->kind, (const KipId *) (gconstpointer) ids->data, ids->len),
          moved, kip_settings_words (self->kind)->moved);
}

static void
move_cb (KipAgreementListPage *self,
         guint64               id,
         int                   step)
{
  g_autoptr (GArray) ids = movable_ids (self);

  if (kip_ids_move ((KipId *) (gpointer) ids->data, ids->len, id, step))
    reorder (self, ids, id);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
move_before_cb (KipAgreementListPage *self,
                guint64               id,
                guint64               before)
{
  g_autoptr (GArray) ids = movable_ids (self);

  if (kip_ids_move_before ((KipId *) (gpointer) ids->data, ids->len, id, before))
    reorder (self, ids, id);
}

static void
archive_cb (KipAgreementListPage *self,
            guint64               id,
            gboolean              archived)
{
  const KipSettingsWords *words = kip_settings_words (self->kind);

  change (self, kip_command_archive (store_of (self), self->kind, id, archived), id,
          archived ? words->archived : words->restored);
}

/* ---- opening ---- */

static GtkWidget *
make_editor (KipAgreementListPage *self,
             KipId                 id)
{
  if (self->kind == KIP_KIND_CALENDAR)
    return kip_calendar_page_new (self->session, id);
  if (self->kind == KIP_KIND_POLICY)
    return kip_policy_page_new (self->session, id);
  return kip_outage_page_new (self->session, id);
}

static void
open_cb (KipAgreementListPage *self,
         guint64               id)
{
  KipItemRow *row = kip_item_list_get_row (self->list, id);

  kip_settings_push (GTK_WIDGET (self), make_editor (self, id), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
add_clicked_cb (KipAgreementListPage *self)
{
  kip_settings_push (GTK_WIDGET (self), make_editor (self, KIP_ID_NONE), _(kip_settings_words (self->kind)->untitled));
}

/* ---- object ---- */

static void
kip_agreement_list_page_dispose (GObject *object)
{
  g_clear_object (&KIP_AGREEMENT_LIST_PAGE (object)->session);
  G_OBJECT_CLASS (kip_agreement_list_page_parent_class)->dispose (object);
}

static void
kip_agreement_list_page_class_init (KipAgreementListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_agreement_list_page_dispose;
  g_type_ensure (KIP_TYPE_ITEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-agreement-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipAgreementListPage, group);
  gtk_widget_class_bind_template_child (widget_class, KipAgreementListPage, list);
  gtk_widget_class_bind_template_child (widget_class, KipAgreementListPage, add_button);
}

static void
kip_agreement_list_page_init (KipAgreementListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "open", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->list, "move", G_CALLBACK (move_cb), self);
  g_signal_connect_swapped (self->list, "move-before", G_CALLBACK (move_before_cb), self);
  g_signal_connect_swapped (self->list, "archive", G_CALLBACK (archive_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_clicked_cb), self);
}

/* ---- public ---- */

GtkWidget *
kip_agreement_list_page_new (KipSession *session,
                             KipKind     kind)
{
  KipAgreementListPage *self = g_object_new (KIP_TYPE_AGREEMENT_LIST_PAGE, NULL);
  const KipSettingsWords *words = kip_settings_words (kind);

  self->session = g_object_ref (session);
  self->kind = kind;
  adw_preferences_group_set_description (self->group, _(words->hint));
  kip_item_list_set_empty_text (self->list, _(words->empty));
  gtk_button_set_label (self->add_button, _(words->add));
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kip_calendars_page_new (KipSession *session)
{
  return kip_agreement_list_page_new (session, KIP_KIND_CALENDAR);
}

GtkWidget *
kip_policies_page_new (KipSession *session)
{
  return kip_agreement_list_page_new (session, KIP_KIND_POLICY);
}

GtkWidget *
kip_outages_page_new (KipSession *session)
{
  return kip_agreement_list_page_new (session, KIP_KIND_OUTAGE);
}
