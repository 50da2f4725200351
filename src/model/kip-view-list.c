/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-view-list.h"

#include "kip-clock.h"
#include "kip-settings-commands.h"

#include <glib/gi18n-lib.h>

/* After a change the counts wait this long for the next one. */
#define COUNT_AFTER_MS 120

/* Their searches are spelled as in the views that a new office gets, so that those
 * are not shown twice. */
static const struct
{
  const char *key, *name, *icon, *query;
} built_in[] = {
  { "my-queue", N_("My Queue"), "avatar-default-symbolic", "is:open agent:me" },
  { "unassigned", N_("Unassigned"), "mail-unread-symbolic", "is:open agent:none" },
  { "due-today", N_("Due Today"), "x-office-calendar-symbolic", "is:open due:today" },
  { "overdue", N_("Overdue"), "alarm-symbolic", "is:open is:overdue" },
  { "waiting", N_("Waiting"), "media-playback-pause-symbolic", "is:waiting" },
  { "open", N_("All Open"), "kip-ticket-symbolic", "is:open" },
  { "resolved", N_("Resolved"), "object-select-symbolic", "status:resolved" },
  { "all", N_("All Tickets"), "view-list-symbolic", "" },
};

/* ---- KipViewItem ---- */

struct _KipViewItem
{
  GObject     parent_instance;
  char       *key;    /* (owned) */
  char       *name;   /* (owned) */
  const char *icon;   /* static */
  KipQuery   *query;  /* (owned) */
  KipId       id;
  gboolean    shared;
  guint       count;
};

G_DEFINE_FINAL_TYPE (KipViewItem, kip_view_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_COUNT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
kip_view_item_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KipViewItem *self = KIP_VIEW_ITEM (object);

  if (id == PROP_NAME)
    g_value_set_string (value, self->name);
  else
    g_value_set_uint (value, self->count);
}

static void
kip_view_item_finalize (GObject *object)
{
  KipViewItem *self = KIP_VIEW_ITEM (object);

  g_free (self->key);
  g_free (self->name);
  kip_query_unref (self->query);
  G_OBJECT_CLASS (kip_view_item_parent_class)->finalize (object);
}

static void
kip_view_item_class_init (KipViewItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kip_view_item_get_property;
  object_class->finalize = kip_view_item_finalize;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, G_MAXUINT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kip_view_item_init (KipViewItem *self)
{
  self->count = G_MAXUINT;
}

static KipViewItem *
view_item_new (char       *key, /* taken */
               const char *name,
               const char *icon,
               const char *query)
{
  KipViewItem *self = g_object_new (KIP_TYPE_VIEW_ITEM, NULL);

  self->key = key;
  self->name = g_strdup (name);
  self->icon = icon;
  self->query = kip_query_parse (query);
  return self;
}

static void
set_count (KipViewItem *self,
           guint        count)
{
  if (self->count == count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

const char *
kip_view_item_get_key (KipViewItem *self)
{
  return self->key;
}

const char *
kip_view_item_get_name (KipViewItem *self)
{
  return self->name;
}

const char *
kip_view_item_get_icon (KipViewItem *self)
{
  return self->icon;
}

const KipQuery *
kip_view_item_get_query (KipViewItem *self)
{
  return self->query;
}

KipId
kip_view_item_get_id (KipViewItem *self)
{
  return self->id;
}

gboolean
kip_view_item_is_shared (KipViewItem *self)
{
  return self->shared;
}

guint
kip_view_item_get_count (KipViewItem *self)
{
  return self->count;
}

/* ---- KipViewList ---- */

struct _KipViewList
{
  GObject       parent_instance;
  KipStore     *store;       /* (owned) */
  GPtrArray    *items;       /* (owned) of KipViewItem */
  GCancellable *cancellable; /* (owned) ends with the list */
  gboolean      counting, count_again;
  guint         count_source;
};

static void kip_view_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KipViewList, kip_view_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kip_view_list_model_init))

/* ---- counting ---- */

static gboolean
count_again_cb (gpointer data)
{
  KipViewList *self = data;

  self->count_source = 0;
  kip_view_list_count (self);
  return G_SOURCE_REMOVE;
}

/* The list comes first. */
static void
count_soon (KipViewList *self)
{
  if (self->count_source == 0)
    self->count_source = g_idle_add_full (G_PRIORITY_LOW, count_again_cb, self, NULL);
}

static void
count_later (KipViewList *self)
{
  if (self->count_source == 0)
    self->count_source = g_timeout_add (COUNT_AFTER_MS, count_again_cb, self);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GPtrArray) asked = data; /* of KipViewItem, the list itself last */
  KipViewList *self = g_ptr_array_index (asked, asked->len - 1);
  g_autoptr (GArray) counts = kip_store_count_finish (KIP_STORE (source), result, NULL);

  self->counting = FALSE;
  for (guint i = 0; counts != NULL && i < counts->len; i++)
    set_count (g_ptr_array_index (asked, i), g_array_index (counts, guint, i));
  if (self->count_again)
    count_later (self);
  self->count_again = FALSE;
}

void
kip_view_list_count (KipViewList *self)
{
  g_autoptr (GPtrArray) queries = NULL;
  GPtrArray *asked;

  g_return_if_fail (KIP_IS_VIEW_LIST (self));

  if (self->counting)
    {
      self->count_again = TRUE;
      return;
    }
  self->counting = TRUE;
  queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_unref);
  asked = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->items->len; i++)
    {
      KipViewItem *item = g_ptr_array_index (self->items, i);

      g_ptr_array_add (queries, kip_query_ref (item->query));
      g_ptr_array_add (asked, g_object_ref (item));
    }
  g_ptr_array_add (asked, g_object_ref (self));
  kip_store_count_async (self->store, queries, kip_clock_now (), self->cancellable, counted_cb, asked);
}

/* ---- which views there are ---- */

static gboolean
is_built_in (const KipQuery *query)
{
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    {
      g_autoptr (KipQuery) other = kip_query_parse (built_in[i].query);

      if (kip_query_equal (query, other))
        return TRUE;
    }
  return FALSE;
}

/* Of the office's views those for this person that are not built in anyway. */
static gboolean
is_wanted (KipViewList   *self,
           const KipView *view)
{
  g_autoptr (KipQuery) query = NULL;

  if (view->deleted || (view->owner != KIP_ID_NONE && view->owner != kip_store_get_me (self->store)))
    return FALSE;
  query = kip_query_parse (view->query);
  return view->owner != KIP_ID_NONE || !is_built_in (query);
}

static KipViewItem *
find_saved (KipViewList *self,
            KipId        id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      KipViewItem *item = g_ptr_array_index (self->items, i);

      if (item->id == id)
        return item;
    }
  return NULL;
}

/* (transfer full) the item that there was, brought up to date, or a new one */
static KipViewItem *
item_for (KipViewList   *self,
          const KipView *view)
{
  g_autoptr (KipViewItem) item = NULL;
  KipViewItem *old = find_saved (self, view->id);
  g_autoptr (KipQuery) query = kip_query_parse (view->query);

  if (old != NULL && kip_query_equal (old->query, query))
    {
      item = g_object_ref (old);
      if (g_strcmp0 (item->name, view->name) != 0)
        {
          g_free (item->name);
          item->name = g_strdup (view->name);
          g_object_notify_by_pspec (G_OBJECT (item), props[PROP_NAME]);
        }
    }
  else
    item = view_item_new (g_strdup_printf ("view-%" G_GUINT64_FORMAT, view->id),
                          view->name, "folder-saved-search-symbolic", view->query);
  item->id = view->id;
  item->shared = view->owner == KIP_ID_NONE;
  return g_steal_pointer (&item);
}

static void
read_saved (KipViewList *self)
{
  g_autoptr (GPtrArray) saved = g_ptr_array_new ();
  GPtrArray *views = kip_office_get_views (kip_store_get_office (self->store));
  guint first = G_N_ELEMENTS (built_in);
  guint before = self->items->len - first;

  for (guint i = 0; i < views->len; i++)
    if (is_wanted (self, g_ptr_array_index (views, i)))
      g_ptr_array_add (saved, item_for (self, g_ptr_array_index (views, i)));
  if (before == saved->len &&
      (before == 0 || memcmp (self->items->pdata + first, saved->pdata, before * sizeof (gpointer)) == 0))
    {
      g_ptr_array_set_free_func (saved, g_object_unref);
      return;
    }
  g_ptr_array_set_size (self->items, first);
  for (guint i = 0; i < saved->len; i++)
    g_ptr_array_add (self->items, g_ptr_array_index (saved, i));
  g_list_model_items_changed (G_LIST_MODEL (self), first, before, saved->len);
  count_soon (self);
}

static void
add_built_in (KipViewList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    g_ptr_array_add (self->items, view_item_new (g_strdup (built_in[i].key), _(built_in[i].name),
                                                 built_in[i].icon, built_in[i].query));
}

/* ---- GListModel ---- */

static GType
kip_view_list_get_item_type (GListModel *model)
{
  return KIP_TYPE_VIEW_ITEM;
}

static guint
kip_view_list_get_n_items (GListModel *model)
{
  return KIP_VIEW_LIST (model)->items->len;
}

static gpointer
kip_view_list_get_item (GListModel *model,
                        guint       position)
{
  KipViewList *self = KIP_VIEW_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
kip_view_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kip_view_list_get_item_type;
  iface->get_n_items = kip_view_list_get_n_items;
  iface->get_item = kip_view_list_get_item;
}

/* ---- class ---- */

static void
kip_view_list_dispose (GObject *object)
{
  KipViewList *self = KIP_VIEW_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->count_source, g_source_remove);
  G_OBJECT_CLASS (kip_view_list_parent_class)->dispose (object);
}

static void
kip_view_list_finalize (GObject *object)
{
  KipViewList *self = KIP_VIEW_LIST (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (kip_view_list_parent_class)->finalize (object);
}

static void
kip_view_list_class_init (KipViewListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_view_list_dispose;
  object_class->finalize = kip_view_list_finalize;
}

static void
kip_view_list_init (KipViewList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/* ---- public ---- */

KipViewList *
kip_view_list_new (KipStore *store)
{
  KipViewList *self = g_object_new (KIP_TYPE_VIEW_LIST, NULL);

  self->store = g_object_ref (store);
  add_built_in (self);
  read_saved (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (count_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (read_saved), self, G_CONNECT_SWAPPED);
  count_soon (self);
  return self;
}

KipViewItem *
kip_view_list_find (KipViewList *self,
                    const char  *key)
{
  g_return_val_if_fail (KIP_IS_VIEW_LIST (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      KipViewItem *item = g_ptr_array_index (self->items, i);

      if (g_strcmp0 (item->key, key) == 0)
        return item;
    }
  return NULL;
}

KipChange *
kip_view_list_save (KipViewList *self,
                    const char  *name,
                    const char  *query,
                    KipId       *id)
{
  KipChange *change;
  KipId view;

  g_return_val_if_fail (KIP_IS_VIEW_LIST (self), NULL);

  view = kip_store_new_id (self->store);
  change = kip_command_settings (self->store);
  kip_change_set_text (change, KIP_KIND_VIEW, view, KIP_FIELD_NAME, name);
  kip_change_set_text (change, KIP_KIND_VIEW, view, KIP_FIELD_QUERY, query);
  kip_change_set_int (change, KIP_KIND_VIEW, view, KIP_FIELD_OWNER, kip_store_get_me (self->store));
  kip_change_set_int (change, KIP_KIND_VIEW, view, KIP_FIELD_POSITION, self->items->len + 1);
  if (id != NULL)
    *id = view;
  return change;
}

KipChange *
kip_view_list_rename (KipViewList *self,
                      KipViewItem *view,
                      const char  *name)
{
  g_return_val_if_fail (KIP_IS_VIEW_LIST (self), NULL);
  g_return_val_if_fail (view->id != KIP_ID_NONE, NULL);

  if (g_strcmp0 (view->name, name) == 0)
    return NULL;
  return kip_command_setting (self->store, KIP_KIND_VIEW, view->id, KIP_FIELD_NAME, kip_value_text (name));
}

KipChange *
kip_view_list_remove (KipViewList *self,
                      KipViewItem *view)
{
  g_return_val_if_fail (KIP_IS_VIEW_LIST (self), NULL);
  g_return_val_if_fail (view->id != KIP_ID_NONE, NULL);

  return kip_command_archive (self->store, KIP_KIND_VIEW, view->id, TRUE);
}

KipChange *
kip_view_list_move (KipViewList *self,
                    KipViewItem *view,
                    KipViewItem *before)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  g_return_val_if_fail (KIP_IS_VIEW_LIST (self), NULL);
  g_return_val_if_fail (view->id != KIP_ID_NONE, NULL);

  if (view == before)
    return NULL;
  for (guint i = G_N_ELEMENTS (built_in); i < self->items->len; i++)
    {
      KipViewItem *item = g_ptr_array_index (self->items, i);

      if (item == before)
        g_array_append_val (ids, view->id);
      if (item != view)
        g_array_append_val (ids, item->id);
    }
  if (before == NULL)
    g_array_append_val (ids, view->id);
  return kip_command_reorder (self->store, KIP_KIND_VIEW, (const KipId *) ids->data, ids->len);
}
