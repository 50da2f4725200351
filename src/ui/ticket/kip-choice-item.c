/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-choice-item.h"

#include "kip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KipChoiceItem
{
  GObject parent_instance;
  KipId   id;
  char   *title;  /* (owned) */
  char   *detail; /* (owned) (nullable) */
  char   *folded; /* (owned) */
  char   *typed;  /* (owned) (nullable) of an unknown one */
};

G_DEFINE_FINAL_TYPE (KipChoiceItem, kip_choice_item, G_TYPE_OBJECT)

static void
kip_choice_item_finalize (GObject *object)
{
  KipChoiceItem *self = KIP_CHOICE_ITEM (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->folded);
  g_free (self->typed);
  G_OBJECT_CLASS (kip_choice_item_parent_class)->finalize (object);
}

static void
kip_choice_item_class_init (KipChoiceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_choice_item_finalize;
}

static void
kip_choice_item_init (KipChoiceItem *self)
{
}

KipChoiceItem *
kip_choice_item_new (KipId       id,
                     const char *title,
                     const char *detail,
                     const char *folded)
{
  KipChoiceItem *self = g_object_new (KIP_TYPE_CHOICE_ITEM, NULL);

  self->id = id;
  self->title = g_strdup (title);
  self->detail = detail != NULL && *detail != '\0' ? g_strdup (detail) : NULL;
  self->folded = folded != NULL ? g_strdup (folded) : kip_text_fold (title);
  return self;
}

KipChoiceItem *
kip_choice_item_new_unknown (const char *text,
                             const char *title)
{
  KipChoiceItem *self = kip_choice_item_new (KIP_ID_NONE, title, NULL, NULL);

  self->typed = g_strstrip (g_strdup (text));
  return self;
}

KipId
kip_choice_item_get_id (KipChoiceItem *self)
{
  return self->id;
}

const char *
kip_choice_item_get_title (KipChoiceItem *self)
{
  return self->title;
}

const char *
kip_choice_item_get_detail (KipChoiceItem *self)
{
  return self->detail;
}

const char *
kip_choice_item_get_folded (KipChoiceItem *self)
{
  return self->folded;
}

const char *
kip_choice_item_get_text (KipChoiceItem *self)
{
  return self->typed != NULL ? self->typed : self->title;
}

gboolean
kip_choice_item_is_unknown (KipChoiceItem *self)
{
  return self->typed != NULL;
}

/* ---- of an office ---- */

static void
add_part (GString    *out,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, part);
}

KipChoiceItem *
kip_choice_item_for_person (const KipPerson *person)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  add_part (detail, person->vip ? _("VIP") : NULL);
  add_part (detail, person->department);
  add_part (detail, person->phone);
  if (person->phone == NULL)
    add_part (detail, person->mail);
  return kip_choice_item_new (person->id, person->name, detail->str, person->folded);
}

KipChoiceItem *
kip_choice_item_for_category (const KipCategory *category)
{
  return kip_choice_item_new (category->id, category->path, NULL, category->folded);
}

static gboolean
is_called (const KipPerson *person,
           const char      *folded)
{
  g_autofree char *name = kip_text_fold (person->name);

  return strcmp (name, folded) == 0;
}

GPtrArray *
kip_choices_people (KipOffice  *office,
                    const char *text,
                    guint       limit)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = kip_text_fold (text);
  g_autoptr (GPtrArray) people = NULL;
  gboolean known = FALSE;

  if (*folded == '\0')
    return choices;
  people = kip_office_find_people (office, folded, limit);
  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);

      known = known || is_called (person, folded);
      g_ptr_array_add (choices, kip_choice_item_for_person (person));
    }
  if (!known)
    {
      g_autofree char *trimmed = g_strstrip (g_strdup (text));
      /* Translators: %s is the name of a person who is not known yet */
      g_autofree char *title = g_strdup_printf (_("New person “%s”"), trimmed);

      g_ptr_array_add (choices, kip_choice_item_new_unknown (trimmed, title));
    }
  return choices;
}

GPtrArray *
kip_choices_categories (KipOffice  *office,
                        const char *text,
                        guint       limit)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *categories = kip_office_get_categories (office);
  g_autofree char *folded = kip_text_fold (text);

  for (guint i = 0; i < categories->len && choices->len < limit; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (!category->deleted && kip_text_matches (category->folded, folded))
        g_ptr_array_add (choices, kip_choice_item_for_category (category));
    }
  return choices;
}

KipId
kip_choices_person_called (KipOffice  *office,
                           const char *name)
{
  g_autofree char *folded = kip_text_fold (name);
  GPtrArray *people = kip_office_get_people (office);
  KipId found = KIP_ID_NONE;

  for (guint i = 0; *folded != '\0' && i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);

      if (person->deleted || !is_called (person, folded))
        continue;
      if (found != KIP_ID_NONE)
        return KIP_ID_NONE;
      found = person->id;
    }
  return found;
}

KipId
kip_choices_category_called (KipOffice  *office,
                             const char *path)
{
  GPtrArray *categories = kip_office_get_categories (office);

  for (guint i = 0; *path != '\0' && i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (!category->deleted && strcmp (category->path, path) == 0)
        return category->id;
    }
  return KIP_ID_NONE;
}
