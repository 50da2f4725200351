/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-private.h"

#include "kip-text.h"

#include <string.h>

/* A thing with what it is sorted by: collating a name once costs far less than at
 * each comparison. */
typedef struct
{
  gpointer thing;
  gint64   position;
  KipId    id;
  char    *key; /* (owned) */
} Sorted;

static int
compare_sorted (gconstpointer a,
                gconstpointer b)
{
  const Sorted *x = a, *y = b;
  int order;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static void
sorted_clear (gpointer data)
{
  g_free (((Sorted *) data)->key);
}

#define DEFINE_SORT(function, Type, POSITION) \
  static void \
  function (GPtrArray *list) \
  { \
    g_autoptr (GArray) all = g_array_sized_new (FALSE, FALSE, sizeof (Sorted), list->len); \
    g_array_set_clear_func (all, sorted_clear); \
    for (guint i = 0; i < list->len; i++) \
      { \
        Type *thing = g_ptr_array_index (list, i); \
        Sorted sorted = { thing, POSITION (thing), thing->id, g_utf8_collate_key (thing->name, -1) }; \
        g_array_append_val (all, sorted); \
      } \
    g_array_sort (all, compare_sorted); \
    for (guint i = 0; i < list->len; i++) \
      list->pdata[i] = g_array_index (all, Sorted, i).thing; \
  }
#define ITS_POSITION(x) ((x)->position)
#define NO_POSITION(x) 0

DEFINE_SORT (sort_people, KipPerson, NO_POSITION)
DEFINE_SORT (sort_teams, KipTeam, ITS_POSITION)
DEFINE_SORT (sort_categories, KipCategory, ITS_POSITION)
DEFINE_SORT (sort_statuses, KipStatus, ITS_POSITION)
DEFINE_SORT (sort_canned, KipCanned, ITS_POSITION)
DEFINE_SORT (sort_views, KipView, ITS_POSITION)
DEFINE_SORT (sort_assets, KipAsset, NO_POSITION)

static int
compare_goals (gconstpointer a,
               gconstpointer b)
{
  return kip_goal_compare (*(KipGoal *const *) a, *(KipGoal *const *) b);
}

static int
compare_reviews (gconstpointer a,
                 gconstpointer b)
{
  return kip_review_compare (*(KipReview *const *) a, *(KipReview *const *) b);
}

void
kip_office_sort (KipOffice *office)
{
  sort_people (office->agents);
  sort_teams (office->teams);
  sort_categories (office->categories);
  sort_statuses (office->statuses);
  sort_canned (office->canned);
  sort_views (office->views);
  sort_assets (office->assets);
  g_ptr_array_sort (office->goals, compare_goals);
  g_ptr_array_sort (office->reviews, compare_reviews);
}

/* Thousands of names take longer than all else of an office, and who only looks at
 * a list of tickets does not ask for them in order. */
void
kip_office_sort_people (KipOffice *office)
{
  if (!g_once_init_enter (&office->people_sorted))
    return;
  sort_people (office->people);
  g_once_init_leave (&office->people_sorted, TRUE);
}

/* ---- the category tree ---- */

static KipCategory *
find_category (KipOffice *office,
               KipId      id)
{
  return id != KIP_ID_NONE ? (KipCategory *) kip_office_category (office, id) : NULL;
}

#define MAX_DEPTH 32

static guint
category_depth (KipOffice   *office,
                KipCategory *category)
{
  guint depth = 0;

  while ((category = find_category (office, category->parent)) != NULL && depth < MAX_DEPTH)
    depth++;
  return depth;
}

static char *
category_path (KipOffice   *office,
               KipCategory *category)
{
  g_autofree char *above = NULL;
  KipCategory *parent = find_category (office, category->parent);

  if (parent == NULL)
    return g_strdup (category->name);
  above = category_path (office, parent);
  return g_strconcat (above, " › ", category->name, NULL);
}

static void
add_below (KipOffice *office,
           KipId      parent,
           GPtrArray *ordered)
{
  for (guint i = 0; i < office->categories->len; i++)
    {
      KipCategory *category = g_ptr_array_index (office->categories, i);

      if (category->parent != parent)
        continue;
      g_ptr_array_add (ordered, category);
      add_below (office, category->id, ordered);
    }
}

/* Cuts loops, names the paths and puts parents before their children. */
void
kip_office_arrange_categories (KipOffice *office)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_sized_new (office->categories->len);

  for (guint i = 0; i < office->categories->len; i++)
    {
      KipCategory *category = g_ptr_array_index (office->categories, i);

      if (find_category (office, category->parent) == NULL || category_depth (office, category) >= MAX_DEPTH)
        category->parent = KIP_ID_NONE;
    }
  add_below (office, KIP_ID_NONE, ordered);
  g_assert (ordered->len == office->categories->len);
  for (guint i = 0; i < ordered->len; i++)
    {
      KipCategory *category = g_ptr_array_index (ordered, i);

      office->categories->pdata[i] = category;
      category->path = category_path (office, category);
      category->folded = kip_text_fold (category->path);
    }
}
