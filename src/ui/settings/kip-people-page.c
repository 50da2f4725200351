/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-people-page.h"

#include <glib/gi18n-lib.h>

#include "kip-entity-page.h"
#include "kip-people-model.h"
#include "kip-person-row.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"

struct _KipPeoplePage
{
  AdwBin parent_instance;

  KipSession     *session; /* (owned) */
  KipPeopleModel *people;  /* (owned) */

  GtkSearchEntry  *search;
  GtkToggleButton *archived_button;
  GtkButton       *add_button;
  GtkButton       *add_found_button;
  GtkStack        *stack;
  GtkListView     *list;
  AdwStatusPage   *empty_page;
  GtkLabel        *count_label;
};

G_DEFINE_FINAL_TYPE (KipPeoplePage, kip_people_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipPeoplePage *self)
{
  return kip_session_get_store (self->session);
}

/* ---- showing ---- */

static void
show_count (KipPeoplePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *count = g_strdup_printf (ngettext ("%u person", "%u people", n), n);
  gboolean searching = *typed != '\0';

  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->add_found_button), searching);
  adw_status_page_set_title (self->empty_page, searching ? _("Nobody Found") : _("Nobody Here Yet"));
  adw_status_page_set_description (self->empty_page,
                                   searching ? _("Fewer letters find more; case and marks do not matter.")
                                             : _("Add the first person, or log a call: whoever calls is added."));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
refresh (KipPeoplePage *self)
{
  kip_people_model_set_office (self->people, kip_store_get_office (store_of (self)));
  show_count (self);
}

/* ---- callbacks ---- */

static void
search_cb (KipPeoplePage *self)
{
  kip_people_model_set_search (self->people, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  show_count (self);
}

static void
archived_cb (KipPeoplePage *self)
{
  kip_people_model_set_show_archived (self->people, gtk_toggle_button_get_active (self->archived_button));
  show_count (self);
}

static void
open_cb (KipPeoplePage *self,
         guint          position)
{
  g_autoptr (KipPersonItem) item = g_list_model_get_item (G_LIST_MODEL (self->people), position);
  const KipPerson *person = item != NULL ? kip_person_item_get_person (item) : NULL;

  if (person != NULL)
    kip_settings_push (GTK_WIDGET (self), kip_entity_page_new (self->session, KIP_KIND_PERSON, person->id),
                       person->name);
}

static void
add (KipPeoplePage *self,
     const char    *name)
{
  GtkWidget *page = kip_entity_page_new (self->session, KIP_KIND_PERSON, KIP_ID_NONE);

  kip_entity_page_set_name (KIP_ENTITY_PAGE (page), name);
  kip_settings_push (GTK_WIDGET (self), page, _(kip_settings_words (KIP_KIND_PERSON)->untitled));
}

static void
add_cb (KipPeoplePage *self)
{
  add (self, "");
}

static void
add_found_cb (KipPeoplePage *self)
{
  add (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Down leaves the search for the list; Enter opens the only one found. */
static void
activate_cb (KipPeoplePage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 1)
    open_cb (self, 0);
}

static void
next_match_cb (KipPeoplePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  gtk_list_item_set_child (item, kip_person_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         KipPeoplePage            *self)
{
  KipPersonItem *person = gtk_list_item_get_item (item);

  kip_person_row_show (KIP_PERSON_ROW (gtk_list_item_get_child (item)), kip_person_item_get_person (person));
}

/* ---- object ---- */

static void
set_up_list (KipPeoplePage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->people)));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (factory);
  g_object_unref (selection);
}

static void
kip_people_page_dispose (GObject *object)
{
  KipPeoplePage *self = KIP_PEOPLE_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (kip_people_page_parent_class)->dispose (object);
}

static void
kip_people_page_class_init (KipPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_people_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, search);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, archived_button);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, add_found_button);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, list);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, KipPeoplePage, count_label);
}

static void
kip_people_page_init (KipPeoplePage *self)
{
  self->people = kip_people_model_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->search, "next-match", G_CALLBACK (next_match_cb), self);
  g_signal_connect_swapped (self->archived_button, "toggled", G_CALLBACK (archived_cb), self);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->add_found_button, "clicked", G_CALLBACK (add_found_cb), self);
}

GtkWidget *
kip_people_page_new (KipSession *session)
{
  KipPeoplePage *self = g_object_new (KIP_TYPE_PEOPLE_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
