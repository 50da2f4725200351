/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-relations-group.h"

#include "kip-review-commands.h"
#include "kip-review-figures.h"
#include "kip-ticket-row-button.h"

#include <glib/gi18n-lib.h>

/* How another ticket is tied to this one. */
typedef enum
{
  TIE_PARENT,
  TIE_CHILD,
  TIE_LINK,
  TIE_MERGED
} Tie;

struct _KipRelationsGroup
{
  KipCaseWidget        parent_instance;
  AdwPreferencesGroup *group;
  GPtrArray           *rows; /* (owned) of GtkWidget in the group */
};

G_DEFINE_FINAL_TYPE (KipRelationsGroup, kip_relations_group, KIP_TYPE_CASE_WIDGET)

/* What a click on the cross undoes; the row owns it. */
typedef struct
{
  KipRelationsGroup *self;
  Tie                tie;
  KipId              other;
} Untie;

static KipChange *
untie_change (KipStore    *store,
              KipId        ticket,
              const Untie *untie)
{
  switch (untie->tie)
    {
    case TIE_PARENT:
      return kip_command_set_parent (store, ticket, KIP_ID_NONE);
    case TIE_CHILD:
      return kip_command_set_parent (store, untie->other, KIP_ID_NONE);
    case TIE_LINK:
      return kip_command_link (store, ticket, untie->other, FALSE);
    case TIE_MERGED:
    default:
      return kip_command_unmerge (store, untie->other);
    }
}

static const char *
untie_label (Tie tie)
{
  switch (tie)
    {
    case TIE_PARENT:
    case TIE_CHILD:
      return _("No longer part of another ticket");
    case TIE_LINK:
      return _("Link removed");
    case TIE_MERGED:
    default:
      return _("Merge taken back");
    }
}

static void
untie_cb (GtkButton *button,
          Untie     *untie)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (untie->self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);

  if (ticket != NULL)
    kip_case_widget_do (widget, untie_change (kip_case_widget_get_store (widget), ticket->id, untie),
                        untie_label (untie->tie));
}

/* ---- rows ---- */

static const char *
tie_word (Tie tie)
{
  switch (tie)
    {
    case TIE_PARENT:
      return _("Part of");
    case TIE_CHILD:
      return _("Has the part");
    case TIE_LINK:
      return _("Linked");
    case TIE_MERGED:
    default:
      return _("Merged in");
    }
}

static const char *
tie_tooltip (Tie tie)
{
  return tie == TIE_MERGED ? _("Take the merge back") : _("Remove this tie");
}

static void
free_untie (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
new_cross (KipRelationsGroup *self,
           Tie                tie,
           KipId              other)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  Untie *untie = g_new0 (Untie, 1);

  untie->self = self;
  untie->tie = tie;
  untie->other = other;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tie_tooltip (tie));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tie_tooltip (tie), -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (untie_cb), untie, free_untie, 0);
  return button;
}

static void
add_tie (KipRelationsGroup *self,
         Tie                tie,
         KipId              other)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));
  const KipTicketRow *known = kip_case_get_row (kase, other);
  GtkWidget *word = gtk_label_new (tie_word (tie));
  GtkWidget *row;

  if (known == NULL)
    return;
  row = kip_ticket_row_button_new (kip_case_get_office (kase), known);
  gtk_widget_add_css_class (word, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), word);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_cross (self, tie, other));
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

/* The review that it came out of, for those who may see it. */
static void
add_review (KipRelationsGroup *self,
            KipTicket         *ticket)
{
  KipStore *store = kip_case_widget_get_store (KIP_CASE_WIDGET (self));
  KipOffice *office = kip_store_get_office (store);
  KipId id = (KipId) kip_entity_get_int (ticket->entity, KIP_FIELD_REVIEW, 0);
  const KipReview *review = id != KIP_ID_NONE ? kip_office_review (office, id) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *title = NULL;
  GtkWidget *row, *word;

  if (review == NULL || review->deleted || !kip_review_may_see (office, kip_store_get_me (store), review))
    return;
  zone = kip_office_zone (store);
  title = kip_review_title (review, office, zone);
  row = adw_action_row_new ();
  word = gtk_label_new (_("Agreed in"));
  gtk_widget_add_css_class (word, "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), word);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "t", (guint64) id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.review");
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear (KipRelationsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
kip_relations_group_update (KipCaseWidget *widget,
                            KipTicket     *ticket)
{
  KipRelationsGroup *self = KIP_RELATIONS_GROUP (widget);
  GPtrArray *children;

  clear (self);
  if (ticket == NULL)
    return;
  add_review (self, ticket);
  if (ticket->parent != KIP_ID_NONE)
    add_tie (self, TIE_PARENT, ticket->parent);
  children = kip_case_get_children (kip_case_widget_get_case (widget));
  for (guint i = 0; i < children->len; i++)
    add_tie (self, TIE_CHILD, ((KipTicketRow *) g_ptr_array_index (children, i))->id);
  for (guint i = 0; i < ticket->links->len; i++)
    add_tie (self, TIE_LINK, g_array_index (ticket->links, KipId, i));
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    add_tie (self, TIE_MERGED, kip_entity_get_id (g_ptr_array_index (ticket->merged, i)));
}

/* ---- object ---- */

static void
kip_relations_group_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_RELATIONS_GROUP (object)->rows);
  G_OBJECT_CLASS (kip_relations_group_parent_class)->finalize (object);
}

static void
kip_relations_group_class_init (KipRelationsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_relations_group_finalize;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_relations_group_update;
  KIP_CASE_WIDGET_CLASS (klass)->update_related = kip_relations_group_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-relations-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KipRelationsGroup, group);
}

static void
kip_relations_group_init (KipRelationsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}
