/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-clock.h"
#include "kip-radar-model.h"
#include "kip-view-list.h"
#include "store-fixture.h"

#include <string.h>

/* ---- views ---- */

static KipViewItem *
view (KipViewList *views,
      const char  *key)
{
  KipViewItem *found = kip_view_list_find (views, key);

  g_assert_nonnull (found);
  return found;
}

typedef struct
{
  KipViewList *views;
  const char  *key;
  guint        count;
} Counted;

static gboolean
is_counted (gpointer data)
{
  Counted *counted = data;

  return kip_view_item_get_count (view (counted->views, counted->key)) == counted->count;
}

static void
wait_count (KipViewList *views,
            const char  *key,
            guint        count)
{
  Counted counted = { views, key, count };

  wait_until (is_counted, &counted);
}

static void
test_counts (void)
{
  Fixture fixture;
  g_autoptr (KipViewList) views = NULL;
  KipId first;

  fixture_init (&fixture);
  first = add_ticket (fixture.store, "One", KIP_INSTANT_NONE);
  add_ticket (fixture.store, "Two", KIP_INSTANT_NONE);
  views = kip_view_list_new (fixture.store);
  wait_count (views, "all", 2);
  wait_count (views, "open", 2);
  wait_count (views, "unassigned", 2);
  wait_count (views, "my-queue", 0);
  set_int (fixture.store, first, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (fixture.store));
  wait_count (views, "my-queue", 1);
  wait_count (views, "unassigned", 1);
  set_status (fixture.store, first, "resolved");
  wait_count (views, "resolved", 1);
  g_assert_null (kip_view_list_find (views, "no-such-view"));
  g_clear_object (&views);
  fixture_clear (&fixture);
}

/* The saved views behind the built-in ones, as "name name".  (transfer full) */
static char *
saved (KipViewList *views)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr (KipViewItem) item = g_list_model_get_item (G_LIST_MODEL (views), i);

      if (kip_view_item_get_id (item) != KIP_ID_NONE && !kip_view_item_is_shared (item))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kip_view_item_get_name (item));
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  KipViewList *views;
  const char  *saved;
} Saved;

static gboolean
is_saved (gpointer data)
{
  Saved *wanted = data;
  g_autofree char *text = saved (wanted->views);

  return strcmp (text, wanted->saved) == 0;
}

static void
wait_saved (KipViewList *views,
            const char  *text)
{
  Saved wanted = { views, text };

  wait_until (is_saved, &wanted);
}

static KipViewItem *
saved_view (KipViewList *views,
            KipId        id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr (KipViewItem) item = g_list_model_get_item (G_LIST_MODEL (views), i);

      if (kip_view_item_get_id (item) == id)
        return item; /* the list keeps it */
    }
  g_assert_not_reached ();
}

static void
test_saved (void)
{
  Fixture fixture;
  g_autoptr (KipViewList) views = NULL;
  KipId vpn, mail;

  fixture_init (&fixture);
  add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  views = kip_view_list_new (fixture.store);
  append (fixture.store, kip_view_list_save (views, "Vpn", "vpn", &vpn));
  wait_saved (views, "Vpn");
  append (fixture.store, kip_view_list_save (views, "Mail", "mail is:open", &mail));
  wait_saved (views, "Vpn Mail");
  wait_count (views, kip_view_item_get_key (saved_view (views, vpn)), 1);
  append (fixture.store, kip_view_list_rename (views, saved_view (views, vpn), "Tunnel"));
  wait_saved (views, "Tunnel Mail");
  append (fixture.store, kip_view_list_move (views, saved_view (views, mail), saved_view (views, vpn)));
  wait_saved (views, "Mail Tunnel");
  append (fixture.store, kip_view_list_remove (views, saved_view (views, mail)));
  wait_saved (views, "Tunnel");
  g_clear_object (&views);
  fixture_clear (&fixture);
}

/* ---- radar ---- */

static gboolean
is_read (gpointer data)
{
  return kip_radar_model_get_marks (data)->len > 0;
}

static void
test_radar (void)
{
  Fixture fixture;
  g_autoptr (KipRadarModel) radar = NULL;
  g_autofree char *sentence = NULL;
  GArray *marks;
  KipId mine;

  fixture_init (&fixture);
  mine = add_ticket (fixture.store, "Mine", KIP_INSTANT_NONE);
  set_int (fixture.store, mine, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (fixture.store));
  add_ticket (fixture.store, "Nobody's", KIP_INSTANT_NONE);
  radar = kip_radar_model_new (fixture.store);
  g_assert_cmpuint (kip_radar_model_get_total (radar), ==, 0);
  kip_radar_model_set_days (radar, 99);
  g_assert_cmpuint (kip_radar_model_get_days (radar), ==, 14);
  kip_radar_model_set_active (radar, TRUE);
  wait_until (is_read, radar);
  marks = kip_radar_model_get_marks (radar);
  g_assert_cmpuint (marks->len, ==, kip_radar_model_get_total (radar));
  g_assert_cmpuint (marks->len, >=, 4); /* a first response and a resolution each */
  for (guint i = 0; i < marks->len; i++)
    {
      KipRadarMark *mark = &g_array_index (marks, KipRadarMark, i);

      g_assert_true (mark->at >= kip_radar_model_get_from (radar) && mark->at < kip_radar_model_get_to (radar));
      g_assert_true (i == 0 || mark->at >= g_array_index (marks, KipRadarMark, i - 1).at);
      g_assert_cmpint (mark->mine, ==, mark->ticket == mine);
      g_assert_nonnull (mark->row);
      g_assert_cmpuint (mark->row->id, ==, mark->ticket);
    }
  sentence = kip_radar_model_dup_sentence (radar);
  g_assert_nonnull (strstr (sentence, "promises break before tomorrow"));
  g_assert_nonnull (strstr (sentence, "of them yours"));
  g_clear_object (&radar);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/counts", test_counts);
  g_test_add_func ("/views/saved", test_saved);
  g_test_add_func ("/views/radar", test_radar);
  return g_test_run ();
}
