/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-entity-list-page.h"

#include <glib/gi18n-lib.h>

#include "kip-entity-page.h"
#include "kip-item-list.h"
#include "kip-office-fields.h"
#include "kip-settings-commands.h"
#include "kip-settings-pages.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"

struct _KipEntityListPage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipKind     kind;

  AdwPreferencesGroup *group;
  KipItemList         *list;
  GtkButton           *add_button;
  GtkCheckButton      *archived_button;
};

G_DEFINE_FINAL_TYPE (KipEntityListPage, kip_entity_list_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipEntityListPage *self)
{
  return kip_session_get_store (self->session);
}

static KipOffice *
office_of (KipEntityListPage *self)
{
  return kip_store_get_office (store_of (self));
}

static void
done (KipEntityListPage *self,
      KipChange         *change,
      KipId              id,
      const char        *past_tense)
{
  KipOfficeItem item = { 0 };
  g_autofree char *label = NULL;

  kip_office_find_item (office_of (self), self->kind, id, &item);
  label = kip_settings_say_done (past_tense, item.name != NULL ? item.name : "");
  kip_session_do (self->session, change, label, NULL, NULL);
}

/* ---- a line about each ---- */

static guint
count_members (KipOffice *office,
               KipId      team)
{
  GPtrArray *people = kip_office_get_people (office);
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);

      for (guint j = 0; !person->deleted && j < person->teams->len; j++)
        n += g_array_index (person->teams, KipId, j) == team;
    }
  return n;
}

static char *
describe_team (KipOffice *office,
               KipId      id)
{
  guint n = count_members (office, id);

  return n == 0 ? g_strdup (_("no members yet: choose teams on each person's page"))
                : g_strdup_printf (ngettext ("%u member", "%u members", n), n);
}

static char *
describe_category (KipOffice *office,
                   KipId      id)
{
  const KipCategory *category = kip_office_category (office, id);
  const KipTeam *team = kip_office_team (office, category->team);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (team != NULL)
    g_ptr_array_add (parts, (gpointer) team->name);
  if (category->first_contact)
    g_ptr_array_add (parts, (gpointer) _("solved at first contact"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
describe_status (KipOffice *office,
                 KipId      id)
{
  const KipStatus *status = kip_office_status (office, id);
  const KipChoice *phase = kip_choice_find (kip_schema_phases (), status->phase);
  const KipChoice *pause = kip_choice_find (kip_schema_pauses (), status->pause);
  const char *phase_label = phase != NULL ? _(phase->label) : "";

  if (pause == NULL || status->pause == KIP_PAUSE_NONE)
    return g_strdup (phase_label);
  /* Translators: a status' phase, and what its clocks wait for. */
  return g_strdup_printf (_("%1$s · clocks pause: %2$s"), phase_label, _(pause->label));
}

static char *
describe_canned (KipOffice *office,
                 KipId      id)
{
  const KipCanned *canned = kip_office_canned (office, id);
  g_auto (GStrv) lines = g_strsplit (canned->text != NULL ? canned->text : "", "\n", -1);
  g_autofree char *text = g_strjoinv (" ", lines);

  return g_strdup (g_strstrip (text));
}

static char *
describe (KipEntityListPage *self,
          KipId              id)
{
  switch ((int) self->kind)
    {
    case KIP_KIND_TEAM:
      return describe_team (office_of (self), id);
    case KIP_KIND_CATEGORY:
      return describe_category (office_of (self), id);
    case KIP_KIND_STATUS:
      return describe_status (office_of (self), id);
    default:
      return describe_canned (office_of (self), id);
    }
}

/* ---- showing ---- */

static KipItemFlags
flags_of (KipEntityListPage   *self,
          const KipOfficeItem *item)
{
  KipItemFlags flags = KIP_ITEM_MOVABLE;

  if (item->deleted)
    return KIP_ITEM_ARCHIVED;
  if (kip_office_why_needed (office_of (self), kip_store_get_me (store_of (self)), self->kind, item->id) != NULL)
    flags |= KIP_ITEM_FIXED;
  return flags;
}

static void
refresh (KipEntityListPage *self)
{
  gboolean archived = gtk_check_button_get_active (self->archived_button);
  g_autoptr (GArray) items = kip_office_list_items (office_of (self), self->kind, archived);
  g_autoptr (GArray) shown = kip_item_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const KipOfficeItem *item = &g_array_index (items, KipOfficeItem, i);
      KipItem row = { item->id, g_strdup (item->name), describe (self, item->id), NULL, item->depth, 0 };

      row.flags = flags_of (self, item);
      g_array_append_val (shown, row);
    }
  kip_item_list_show (self->list, shown);
}

/* ---- order ---- */

/* What can change places with @id, in order. */
static GArray *
siblings_of (KipEntityListPage *self,
             KipId              id)
{
  g_autoptr (GArray) items = kip_office_list_items (office_of (self), self->kind, FALSE);
  const KipCategory *moved = self->kind == KIP_KIND_CATEGORY ? kip_office_category (office_of (self), id) : NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < items->len; i++)
    {
      KipId other = g_array_index (items, KipOfficeItem, i).id;

      if (moved == NULL || kip_office_category (office_of (self), other)->parent == moved->parent)
        g_array_append_val (ids, other);
    }
  return ids;
}

static void
reorder (KipEntityListPage *self,
         const GArray      *ids,
         KipId              moved)
{
  done (self,
        kip_command_reorder (store_of (self), self->kind, (const KipId *) (gconstpointer) ids->data, ids->len),
        moved, kip_settings_words (self->kind)->moved);
}

static void
move_cb (KipEntityListPage *self,
         guint64            id,
         int                step)
{
  g_autoptr (GArray) ids = siblings_of (self, id);

  if (kip_ids_move ((KipId *) (gpointer) ids->data, ids->len, id, step))
    reorder (self, ids, id);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* A category that is dropped before another becomes its sibling. */
static void
move_before_cb (KipEntityListPage *self,
                guint64            id,
                guint64            before)
{
  const KipCategory *target = kip_office_category (office_of (self), before);
  g_autoptr (GArray) ids = siblings_of (self, id);

  if (self->kind == KIP_KIND_CATEGORY)
    {
      KipId parent = target != NULL ? target->parent : KIP_ID_NONE;
      KipChange *change = kip_command_move_category (store_of (self), id, parent, before);

      if (change != NULL)
        done (self, change, id, kip_settings_words (self->kind)->moved);
      else
        kip_settings_say (GTK_WIDGET (self), _("A category cannot be moved into itself."));
    }
  else if (kip_ids_move_before ((KipId *) (gpointer) ids->data, ids->len, id, before))
    reorder (self, ids, id);
}

/* ---- other callbacks ---- */

static void
open_cb (KipEntityListPage *self,
         guint64            id)
{
  KipOfficeItem item = { 0 };

  if (kip_office_find_item (office_of (self), self->kind, id, &item))
    kip_settings_push (GTK_WIDGET (self), kip_entity_page_new (self->session, self->kind, id), item.name);
}

static void
archive_cb (KipEntityListPage *self,
            guint64            id,
            gboolean           archived)
{
  const KipSettingsWords *words = kip_settings_words (self->kind);

  done (self, kip_command_archive (store_of (self), self->kind, id, archived), id,
        archived ? words->archived : words->restored);
}

static void
add_clicked_cb (KipEntityListPage *self)
{
  kip_settings_push (GTK_WIDGET (self), kip_entity_page_new (self->session, self->kind, KIP_ID_NONE),
                     _(kip_settings_words (self->kind)->untitled));
}

/* ---- object ---- */

static void
kip_entity_list_page_dispose (GObject *object)
{
  g_clear_object (&KIP_ENTITY_LIST_PAGE (object)->session);
  G_OBJECT_CLASS (kip_entity_list_page_parent_class)->dispose (object);
}

static void
kip_entity_list_page_class_init (KipEntityListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_entity_list_page_dispose;
  g_type_ensure (KIP_TYPE_ITEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-entity-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipEntityListPage, group);
  gtk_widget_class_bind_template_child (widget_class, KipEntityListPage, list);
  gtk_widget_class_bind_template_child (widget_class, KipEntityListPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KipEntityListPage, archived_button);
}

static void
kip_entity_list_page_init (KipEntityListPage *self)
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
kip_entity_list_page_new (KipSession *session,
                          KipKind     kind)
{
  KipEntityListPage *self = g_object_new (KIP_TYPE_ENTITY_LIST_PAGE, NULL);
  const KipSettingsWords *words = kip_settings_words (kind);

  self->session = g_object_ref (session);
  self->kind = kind;
  adw_preferences_group_set_description (self->group, _(words->hint));
  kip_item_list_set_empty_text (self->list, _(words->empty));
  gtk_button_set_label (self->add_button, _(words->add));
  g_signal_connect_swapped (self->archived_button, "toggled", G_CALLBACK (refresh), self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kip_teams_page_new (KipSession *session)
{
  return kip_entity_list_page_new (session, KIP_KIND_TEAM);
}

GtkWidget *
kip_categories_page_new (KipSession *session)
{
  return kip_entity_list_page_new (session, KIP_KIND_CATEGORY);
}

GtkWidget *
kip_statuses_page_new (KipSession *session)
{
  return kip_entity_list_page_new (session, KIP_KIND_STATUS);
}

GtkWidget *
kip_canned_page_new (KipSession *session)
{
  return kip_entity_list_page_new (session, KIP_KIND_CANNED);
}
