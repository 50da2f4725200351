/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-people-model.h"

#include "kip-text.h"

#include <string.h>

/* ---- one person ---- */

struct _KipPersonItem
{
  GObject          parent_instance;
  KipOffice       *office; /* (owned) keeps person alive */
  const KipPerson *person;
};

G_DEFINE_FINAL_TYPE (KipPersonItem, kip_person_item, G_TYPE_OBJECT)

static void
kip_person_item_finalize (GObject *object)
{
  KipPersonItem *self = KIP_PERSON_ITEM (object);

  g_clear_pointer (&self->office, kip_office_unref);
  G_OBJECT_CLASS (kip_person_item_parent_class)->finalize (object);
}

static void
kip_person_item_class_init (KipPersonItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_person_item_finalize;
}

static void
kip_person_item_init (KipPersonItem *self)
{
}

const KipPerson *
kip_person_item_get_person (KipPersonItem *self)
{
  return self->person;
}

/* ---- the list ---- */

struct _KipPeopleModel
{
  GObject    parent_instance;
  KipOffice *office;  /* (owned) (nullable) */
  GPtrArray *found;   /* (owned) of KipPerson, borrowed from office */
  char      *search;  /* (owned) folded */
  gboolean   archived;
};

static void kip_people_model_init_list (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KipPeopleModel, kip_people_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kip_people_model_init_list))

static gboolean
same_teams (const KipPerson *a,
            const KipPerson *b)
{
  return a->teams->len == b->teams->len
         && (a->teams->len == 0 || memcmp (a->teams->data, b->teams->data, a->teams->len * sizeof (KipId)) == 0);
}

static gboolean
same_person (const KipPerson *a,
             const KipPerson *b)
{
  return a == b
         || (a->id == b->id && a->vip == b->vip && a->deleted == b->deleted && a->role == b->role
             && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->phone, b->phone) == 0
             && g_strcmp0 (a->mail, b->mail) == 0 && g_strcmp0 (a->department, b->department) == 0
             && same_teams (a, b));
}

static gboolean
is_wanted (KipPeopleModel  *self,
           const KipPerson *person)
{
  return (self->archived || !person->deleted) && kip_text_matches (person->folded, self->search);
}

static GPtrArray *
find (KipPeopleModel *self)
{
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *people = self->office != NULL ? kip_office_get_people (self->office) : NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    if (is_wanted (self, g_ptr_array_index (people, i)))
      g_ptr_array_add (found, g_ptr_array_index (people, i));
  return found;
}

/* Says what differs: the same at the start and at the end, one piece between. */
static void
replace (KipPeopleModel *self,
         GPtrArray      *found)
{
  g_autoptr (GPtrArray) old = self->found;
  guint start = 0, end = 0, least = MIN (old->len, found->len);

  while (start < least && same_person (g_ptr_array_index (old, start), g_ptr_array_index (found, start)))
    start++;
  while (end < least - start
         && same_person (g_ptr_array_index (old, old->len - end - 1),
                         g_ptr_array_index (found, found->len - end - 1)))
    end++;
  self->found = found;
  if (old->len - end > start || found->len - end > start)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - end - start, found->len - end - start);
}

void
kip_people_model_set_office (KipPeopleModel *self,
                             KipOffice      *office)
{
  g_autoptr (KipOffice) before = self->office;

  self->office = office != NULL ? kip_office_ref (office) : NULL;
  replace (self, find (self));
}

void
kip_people_model_set_search (KipPeopleModel *self,
                             const char     *text)
{
  g_free (self->search);
  self->search = kip_text_fold (text);
  replace (self, find (self));
}

void
kip_people_model_set_show_archived (KipPeopleModel *self,
                                    gboolean        show)
{
  self->archived = show;
  replace (self, find (self));
}

static GType
get_item_type (GListModel *model)
{
  return KIP_TYPE_PERSON_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return KIP_PEOPLE_MODEL (model)->found->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  KipPeopleModel *self = KIP_PEOPLE_MODEL (model);
  KipPersonItem *item;

  if (position >= self->found->len)
    return NULL;
  item = g_object_new (KIP_TYPE_PERSON_ITEM, NULL);
  item->office = kip_office_ref (self->office);
  item->person = g_ptr_array_index (self->found, position);
  return item;
}

static void
kip_people_model_init_list (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
kip_people_model_finalize (GObject *object)
{
  KipPeopleModel *self = KIP_PEOPLE_MODEL (object);

  g_clear_pointer (&self->office, kip_office_unref);
  g_ptr_array_unref (self->found);
  g_free (self->search);
  G_OBJECT_CLASS (kip_people_model_parent_class)->finalize (object);
}

static void
kip_people_model_class_init (KipPeopleModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_people_model_finalize;
}

static void
kip_people_model_init (KipPeopleModel *self)
{
  self->found = g_ptr_array_new ();
  self->search = g_strdup ("");
}

KipPeopleModel *
kip_people_model_new (void)
{
  return g_object_new (KIP_TYPE_PEOPLE_MODEL, NULL);
}
