/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-page.h"

#include <glib/gi18n-lib.h>

#include "kip-office-fields.h"
#include "kip-review-page.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"

struct _KipListPage
{
  AdwBin parent_instance;

  KipSession        *session; /* (owned) */
  const KipListKind *kind;

  AdwPreferencesGroup *group;
  KipItemList         *list;
  GtkButton           *add_button;
  GtkCheckButton      *archived_button;
};

G_DEFINE_FINAL_TYPE (KipListPage, kip_list_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipListPage *self)
{
  return kip_session_get_store (self->session);
}

static const KipSettingsWords *
words_of (KipListPage *self)
{
  return kip_settings_words (self->kind->kind);
}

static const char *
title_of (KipListPage *self,
          KipId        id)
{
  KipItemRow *row = kip_item_list_get_row (self->list, id);

  return row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "";
}

static void
refresh (KipListPage *self)
{
  g_autoptr (GArray) items = kip_item_array_new ();

  self->kind->fill (store_of (self), self->kind, gtk_check_button_get_active (self->archived_button), items);
  kip_item_list_show (self->list, items);
}

/* ---- changes ---- */

static void
apply (KipListPage *self,
       KipChange   *change,
       KipId        id,
       const char  *past_tense)
{
  g_autofree char *label = kip_settings_say_done (past_tense, title_of (self, id));

  if (self->kind->reviewed)
    kip_settings_review (GTK_WIDGET (self), self->session, change, label);
  else
    kip_session_do (self->session, change, label, NULL, NULL);
}

static void
reorder (KipListPage  *self,
         const GArray *ids,
         KipId         moved)
{
  apply (self,
         kip_command_reorder (store_of (self), self->kind->kind, (const KipId *) (gconstpointer) ids->data, ids->len),
         moved, words_of (self)->moved);
}

static void
move_cb (KipListPage *self,
         guint64      id,
         int          step)
{
  g_autoptr (GArray) ids = self->kind->siblings (store_of (self), self->kind, id);

  if (kip_ids_move ((KipId *) (gpointer) ids->data, ids->len, id, step))
    reorder (self, ids, id);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
place (KipListPage *self,
       KipId        id,
       KipId        before)
{
  KipChange *change = self->kind->place (store_of (self), id, before);

  if (change != NULL)
    apply (self, change, id, words_of (self)->moved);
  else
    kip_settings_say (GTK_WIDGET (self), _("A category cannot be moved into itself."));
}

static void
move_before_cb (KipListPage *self,
                guint64      id,
                guint64      before)
{
  g_autoptr (GArray) ids = self->kind->siblings (store_of (self), self->kind, id);

  if (self->kind->place != NULL)
    place (self, id, before);
  else if (kip_ids_move_before ((KipId *) (gpointer) ids->data, ids->len, id, before))
    reorder (self, ids, id);
}

static void
archive_cb (KipListPage *self,
            guint64      id,
            gboolean     archived)
{
  apply (self, kip_command_archive (store_of (self), self->kind->kind, id, archived), id,
         archived ? words_of (self)->archived : words_of (self)->restored);
}

/* ---- opening ---- */

static void
open_cb (KipListPage *self,
         guint64      id)
{
  kip_settings_push (GTK_WIDGET (self), self->kind->edit (self->session, self->kind->kind, id), title_of (self, id));
}

static void
add_clicked_cb (KipListPage *self)
{
  kip_settings_push (GTK_WIDGET (self), self->kind->edit (self->session, self->kind->kind, KIP_ID_NONE),
                     _(words_of (self)->untitled));
}

/* ---- object ---- */

static void
kip_list_page_dispose (GObject *object)
{
  g_clear_object (&KIP_LIST_PAGE (object)->session);
  G_OBJECT_CLASS (kip_list_page_parent_class)->dispose (object);
}

static void
kip_list_page_class_init (KipListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_list_page_dispose;
  g_type_ensure (KIP_TYPE_ITEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipListPage, group);
  gtk_widget_class_bind_template_child (widget_class, KipListPage, list);
  gtk_widget_class_bind_template_child (widget_class, KipListPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KipListPage, archived_button);
}

static void
kip_list_page_init (KipListPage *self)
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
kip_list_page_new (KipSession        *session,
                   const KipListKind *kind)
{
  KipListPage *self = g_object_new (KIP_TYPE_LIST_PAGE, NULL);
  const KipSettingsWords *words = kip_settings_words (kind->kind);

  self->session = g_object_ref (session);
  self->kind = kind;
  adw_preferences_group_set_description (self->group, _(words->hint));
  kip_item_list_set_empty_text (self->list, _(words->empty));
  gtk_button_set_label (self->add_button, _(words->add));
  gtk_check_button_set_label (self->archived_button, _(words->show_archived));
  g_signal_connect_swapped (self->archived_button, "toggled", G_CALLBACK (refresh), self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
