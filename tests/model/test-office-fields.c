/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-fields.h"

#include "kip-change.h"
#include "kip-people-model.h"

/* ---- an office out of nothing ---- */

static void
stamp (KipChange *change)
{
  change->stamp->device = 1;
  change->stamp->seq = 1;
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      event->tl = 1;
      event->id = (KipEventId) { 1, i, 1 };
      event->stamp = kip_stamp_ref (change->stamp);
    }
}

static gboolean
is_of (const KipEvent *a,
       const KipEvent *b)
{
  return a->kind == b->kind && a->entity == b->entity;
}

/* The office that @change alone makes. */
static KipOffice *
office_of (KipChange *change)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  stamp (change);
  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *first = g_ptr_array_index (change->events, i);
      GPtrArray *own = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
      gboolean seen = FALSE;

      for (guint j = 0; j < change->events->len; j++)
        {
          const KipEvent *event = g_ptr_array_index (change->events, j);

          if (!is_of (first, event))
            continue;
          seen = seen || j < i;
          g_ptr_array_add (own, kip_event_copy (event));
        }
      if (seen)
        g_ptr_array_unref (own);
      else
        g_ptr_array_add (entities, kip_entity_fold (first->kind, first->entity, own));
    }
  return kip_office_new (entities);
}

static void
put_category (KipChange  *change,
              KipId       id,
              const char *name,
              KipId       parent,
              int         position)
{
  kip_change_set_text (change, KIP_KIND_CATEGORY, id, KIP_FIELD_NAME, name);
  kip_change_set_int (change, KIP_KIND_CATEGORY, id, KIP_FIELD_POSITION, position);
  if (parent != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_CATEGORY, id, KIP_FIELD_CATEGORY_PARENT, (gint64) parent);
}

static KipOffice *
make_office (void)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "settings");

  put_category (change, 10, "Network", KIP_ID_NONE, 2);
  put_category (change, 11, "Wi-Fi", 10, 1);
  put_category (change, 12, "VPN", 10, 2);
  put_category (change, 13, "Guests", 11, 1);
  put_category (change, 14, "Printer", KIP_ID_NONE, 1);
  put_category (change, 15, "Fax", KIP_ID_NONE, 3);
  kip_change_set_int (change, KIP_KIND_CATEGORY, 15, KIP_FIELD_DELETED, 1);
  kip_change_set_int (change, KIP_KIND_CATEGORY, 14, KIP_FIELD_FIRST_CONTACT, 1);
  kip_change_set_text (change, KIP_KIND_PERSON, 20, KIP_FIELD_NAME, "Nguyễn Thị Lan");
  kip_change_set_text (change, KIP_KIND_PERSON, 20, KIP_FIELD_PHONE, "0901");
  kip_change_set_int (change, KIP_KIND_PERSON, 20, KIP_FIELD_VIP, 1);
  kip_change_set_text (change, KIP_KIND_PERSON, 21, KIP_FIELD_NAME, "Đỗ Minh");
  kip_change_set_text (change, KIP_KIND_PERSON, 22, KIP_FIELD_NAME, "Lê An");
  kip_change_set_int (change, KIP_KIND_PERSON, 22, KIP_FIELD_DELETED, 1);
  return office_of (change);
}

static char *
tree_of (KipOffice *office,
         gboolean   with_deleted)
{
  g_autoptr (GArray) items = kip_office_list_items (office, KIP_KIND_CATEGORY, with_deleted);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const KipOfficeItem *item = &g_array_index (items, KipOfficeItem, i);

      g_string_append_printf (out, "%u%s ", item->depth, item->name);
    }
  return g_string_free (out, FALSE);
}

static void
test_tree (void)
{
  g_autoptr (KipOffice) office = make_office ();
  g_autofree char *alive = tree_of (office, FALSE);
  g_autofree char *all = tree_of (office, TRUE);

  g_assert_cmpstr (alive, ==, "0Printer 0Network 1Wi-Fi 2Guests 1VPN ");
  g_assert_cmpstr (all, ==, "0Printer 0Network 1Wi-Fi 2Guests 1VPN 0Fax ");
  g_assert_true (kip_office_is_below (office, 10, 13));
  g_assert_true (kip_office_is_below (office, 10, 10));
  g_assert_false (kip_office_is_below (office, 11, 12));
}

static void
test_values (void)
{
  static const struct
  {
    KipKind     kind;
    KipId       id;
    KipField    field;
    const char *text;
    gint64      number;
  } cases[] = {
    { KIP_KIND_PERSON, 20, KIP_FIELD_NAME, "Nguyễn Thị Lan", -1 },
    { KIP_KIND_PERSON, 20, KIP_FIELD_PHONE, "0901", -1 },
    { KIP_KIND_PERSON, 20, KIP_FIELD_MAIL, NULL, -1 },
    { KIP_KIND_PERSON, 20, KIP_FIELD_VIP, NULL, 1 },
    { KIP_KIND_PERSON, 21, KIP_FIELD_VIP, NULL, -1 },
    { KIP_KIND_PERSON, 22, KIP_FIELD_DELETED, NULL, 1 },
    { KIP_KIND_CATEGORY, 13, KIP_FIELD_CATEGORY_PARENT, NULL, 11 },
    { KIP_KIND_CATEGORY, 14, KIP_FIELD_FIRST_CONTACT, NULL, 1 },
    { KIP_KIND_CATEGORY, 99, KIP_FIELD_NAME, NULL, -1 },
  };
  g_autoptr (KipOffice) office = make_office ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipValue) value = kip_office_get_value (office, cases[i].kind, cases[i].id, cases[i].field);

      g_test_message ("case %u", i);
      g_assert_cmpstr (kip_value_get_text (value), ==, cases[i].text);
      g_assert_cmpint (kip_value_get_int (value, -1), ==, cases[i].number);
    }
}

static void
assert_ids (const KipId *ids,
            guint        n,
            const char  *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%u", (guint) ids[i]);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_order (void)
{
  KipId ids[] = { 1, 2, 3, 4 };

  g_assert_true (kip_ids_move (ids, 4, 2, 1));
  assert_ids (ids, 4, "1324");
  g_assert_true (kip_ids_move (ids, 4, 2, -1));
  assert_ids (ids, 4, "1234");
  g_assert_false (kip_ids_move (ids, 4, 1, -1));
  g_assert_false (kip_ids_move (ids, 4, 4, 1));
  g_assert_false (kip_ids_move (ids, 4, 9, 1));
  g_assert_true (kip_ids_move_before (ids, 4, 4, 2));
  assert_ids (ids, 4, "1423");
  g_assert_true (kip_ids_move_before (ids, 4, 1, KIP_ID_NONE));
  assert_ids (ids, 4, "4231");
  g_assert_true (kip_ids_move_before (ids, 4, 4, 1));
  assert_ids (ids, 4, "2341");
  g_assert_false (kip_ids_move_before (ids, 4, 4, 1));
  g_assert_false (kip_ids_move_before (ids, 4, 1, KIP_ID_NONE));
  assert_ids (ids, 4, "2341");
}

/* ---- people ---- */

typedef struct
{
  guint n, position, removed, added;
} Heard;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    data)
{
  Heard *heard = data;

  *heard = (Heard) { heard->n + 1, position, removed, added };
}

static void
test_people (void)
{
  g_autoptr (KipPeopleModel) people = kip_people_model_new ();
  g_autoptr (KipOffice) office = make_office ();
  g_autoptr (KipOffice) again = make_office ();
  g_autoptr (KipPersonItem) item = NULL;
  GListModel *list = G_LIST_MODEL (people);
  Heard heard = { 0 };

  g_signal_connect (people, "items-changed", G_CALLBACK (items_changed_cb), &heard);
  kip_people_model_set_office (people, office);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  kip_people_model_set_office (people, again);
  g_assert_cmpuint (heard.n, ==, 1); /* nothing differs: nothing is said */
  kip_people_model_set_search (people, "do MINH");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  item = g_list_model_get_item (list, 0);
  g_assert_cmpstr (kip_person_item_get_person (item)->name, ==, "Đỗ Minh");
  kip_people_model_set_search (people, "901");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  kip_people_model_set_search (people, "");
  kip_people_model_set_show_archived (people, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  g_assert_cmpuint (heard.removed, ==, 0);
  g_assert_cmpuint (heard.added, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office-fields/tree", test_tree);
  g_test_add_func ("/office-fields/values", test_values);
  g_test_add_func ("/office-fields/order", test_order);
  g_test_add_func ("/office-fields/people", test_people);
  return g_test_run ();
}
