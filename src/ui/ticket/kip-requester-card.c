/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-requester-card.h"

#include "kip-field-row.h"
#include "kip-office-choices.h"
#include "kip-picker.h"
#include "kip-ticket-row-button.h"

#include <glib/gi18n-lib.h>

struct _KipRequesterCard
{
  KipCaseWidget   parent_instance;
  KipFieldRow    *requester_row;
  KipPicker      *picker;
  AdwActionRow   *department_row;
  AdwActionRow   *phone_row;
  AdwActionRow   *mail_row;
  AdwActionRow   *note_row;
  AdwExpanderRow *others_row;
  GPtrArray      *others; /* (owned) of GtkWidget: the rows in others_row */
};

G_DEFINE_FINAL_TYPE (KipRequesterCard, kip_requester_card, KIP_TYPE_CASE_WIDGET)

static const KipPerson *
person_of (KipRequesterCard *self,
           KipTicket        *ticket)
{
  return ticket != NULL
         ? kip_office_person (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), ticket->requester) : NULL;
}

/* ---- picking ---- */

static void
fill_people_cb (KipRequesterCard *self,
                GListStore       *choices)
{
  kip_office_choices_people (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), choices);
}

/* A new person comes with the change that makes them the requester. */
static KipId
make_person (KipStore   *store,
             KipChange  *change,
             const char *name)
{
  KipId id = kip_store_new_id (store);

  kip_change_set_text (change, KIP_KIND_PERSON, id, KIP_FIELD_NAME, name);
  return id;
}

static void
person_picked_cb (KipRequesterCard *self,
                  KipChoiceItem    *item)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);
  KipStore *store = kip_case_widget_get_store (widget);
  KipId id = kip_choice_item_get_id (item);
  KipChange *change;

  if (ticket == NULL)
    return;
  change = kip_change_new (kip_store_get_me (store), "edit");
  if (kip_choice_item_is_unknown (item))
    id = make_person (store, change, kip_choice_item_get_text (item));
  kip_change_set_int (change, KIP_KIND_TICKET, ticket->id, KIP_FIELD_REQUESTER, (gint64) id);
  kip_case_widget_do (widget, change, "");
}

/* ---- reaching them ---- */

static void
open_uri (KipRequesterCard *self,
          const char       *scheme,
          AdwActionRow     *row)
{
  g_autofree char *target = g_uri_escape_string (adw_action_row_get_subtitle (row), "+@", TRUE);
  g_autofree char *uri = g_strconcat (scheme, ":", target, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
phone_activated_cb (KipRequesterCard *self)
{
  open_uri (self, "tel", self->phone_row);
}

static void
mail_activated_cb (KipRequesterCard *self)
{
  open_uri (self, "mailto", self->mail_row);
}

/* ---- showing ---- */

static void
show_row (AdwActionRow *row,
          const char   *text)
{
  gboolean any = text != NULL && *text != '\0';

  gtk_widget_set_visible (GTK_WIDGET (row), any);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, any ? text : "");
}

static char *
format_name (const KipPerson *person)
{
  if (person == NULL)
    return g_strdup ("");
  return person->vip ? g_strdup_printf ("%s · %s", person->name, _("VIP")) : g_strdup (person->name);
}

static void
kip_requester_card_update (KipCaseWidget *widget,
                           KipTicket     *ticket)
{
  KipRequesterCard *self = KIP_REQUESTER_CARD (widget);
  const KipPerson *person = person_of (self, ticket);
  g_autofree char *name = format_name (person);

  kip_field_row_set_value (self->requester_row, name);
  show_row (self->department_row, person != NULL ? person->department : NULL);
  show_row (self->phone_row, person != NULL ? person->phone : NULL);
  show_row (self->mail_row, person != NULL ? person->mail : NULL);
  show_row (self->note_row, person != NULL ? person->note : NULL);
}

static void
clear_others (KipRequesterCard *self)
{
  for (guint i = 0; i < self->others->len; i++)
    adw_expander_row_remove (self->others_row, g_ptr_array_index (self->others, i));
  g_ptr_array_set_size (self->others, 0);
}

static void
kip_requester_card_update_related (KipCaseWidget *widget,
                                   KipTicket     *ticket)
{
  KipRequesterCard *self = KIP_REQUESTER_CARD (widget);
  KipCase *kase = kip_case_widget_get_case (widget);
  GPtrArray *rows = kase != NULL ? kip_case_get_of_requester (kase) : NULL;
  guint n = rows != NULL ? rows->len : 0;
  g_autofree char *count = g_strdup_printf ("%u", n);

  clear_others (self);
  gtk_widget_set_visible (GTK_WIDGET (self->others_row), n > 0);
  adw_expander_row_set_subtitle (self->others_row, count);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = kip_ticket_row_button_new (kip_case_get_office (kase), g_ptr_array_index (rows, i));

      adw_expander_row_add_row (self->others_row, row);
      g_ptr_array_add (self->others, row);
    }
}

/* ---- object ---- */

static void
kip_requester_card_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_REQUESTER_CARD (object)->others);
  G_OBJECT_CLASS (kip_requester_card_parent_class)->finalize (object);
}

static void
kip_requester_card_class_init (KipRequesterCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_requester_card_finalize;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_requester_card_update;
  KIP_CASE_WIDGET_CLASS (klass)->update_related = kip_requester_card_update_related;

  g_type_ensure (KIP_TYPE_FIELD_ROW);
  g_type_ensure (KIP_TYPE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-requester-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, requester_row);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, picker);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, department_row);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, phone_row);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, mail_row);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, note_row);
  gtk_widget_class_bind_template_child (widget_class, KipRequesterCard, others_row);
  gtk_widget_class_bind_template_callback (widget_class, fill_people_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, phone_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, mail_activated_cb);
}

static void
kip_requester_card_init (KipRequesterCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->others = g_ptr_array_new ();
  kip_picker_set_new_format (self->picker, _("New person “%s”"));
}
