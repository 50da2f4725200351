/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-value.h"

#include <string.h>

typedef struct
{
  guint     key; /* 0 in a list */
  KipValue *item; /* (owned) */
} Slot;

struct _KipValue
{
  gatomicrefcount refs;
  KipValueType    type;
  union
  {
    gint64  number;
    char   *text;  /* (owned) */
    GBytes *bytes; /* (owned) */
    GArray *slots; /* (owned) of Slot */
  };
};

static KipValue *
value_new (KipValueType type)
{
  KipValue *value = g_new0 (KipValue, 1);

  g_atomic_ref_count_init (&value->refs);
  value->type = type;
  return value;
}

static void
slot_clear (gpointer data)
{
  g_clear_pointer (&((Slot *) data)->item, kip_value_unref);
}

static KipValue *
value_new_slots (KipValueType type)
{
  KipValue *value = value_new (type);

  value->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_array_set_clear_func (value->slots, slot_clear);
  return value;
}

KipValue *
kip_value_none (void)
{
  return value_new (KIP_VALUE_NONE);
}

KipValue *
kip_value_int (gint64 number)
{
  KipValue *value = value_new (KIP_VALUE_INT);

  value->number = number;
  return value;
}

KipValue *
kip_value_text (const char *text)
{
  KipValue *value;

  if (text == NULL || *text == '\0')
    return kip_value_none ();
  value = value_new (KIP_VALUE_TEXT);
  value->text = g_utf8_validate (text, -1, NULL) ? g_strdup (text) : g_utf8_make_valid (text, -1);
  return value;
}

KipValue *
kip_value_bytes (gconstpointer data,
                 gsize         length)
{
  KipValue *value = value_new (KIP_VALUE_BYTES);

  value->bytes = g_bytes_new (data, length);
  return value;
}

KipValue *
kip_value_list (void)
{
  return value_new_slots (KIP_VALUE_LIST);
}

KipValue *
kip_value_map (void)
{
  return value_new_slots (KIP_VALUE_MAP);
}

void
kip_value_append (KipValue *list,
                  KipValue *item)
{
  Slot slot = { 0, item };

  g_return_if_fail (list->type == KIP_VALUE_LIST);
  g_array_append_val (list->slots, slot);
}

/* The place of @key in a map, or where it would go. */
static guint
find_slot (const KipValue *map,
           guint           key,
           gboolean       *found)
{
  guint low = 0, high = map->slots->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (map->slots, Slot, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }
  *found = low < map->slots->len && g_array_index (map->slots, Slot, low).key == key;
  return low;
}

void
kip_value_put (KipValue *map,
               guint     key,
               KipValue *item)
{
  Slot slot = { key, item };
  gboolean found;
  guint at;

  g_return_if_fail (map->type == KIP_VALUE_MAP);
  at = find_slot (map, key, &found);
  if (found)
    {
      kip_value_unref (g_array_index (map->slots, Slot, at).item);
      g_array_index (map->slots, Slot, at) = slot;
    }
  else
    {
      g_array_insert_val (map->slots, at, slot);
    }
}

KipValue *
kip_value_ref (KipValue *value)
{
  g_atomic_ref_count_inc (&value->refs);
  return value;
}

void
kip_value_unref (KipValue *value)
{
  if (!g_atomic_ref_count_dec (&value->refs))
    return;
  if (value->type == KIP_VALUE_TEXT)
    g_free (value->text);
  else if (value->type == KIP_VALUE_BYTES)
    g_bytes_unref (value->bytes);
  else if (value->type == KIP_VALUE_LIST || value->type == KIP_VALUE_MAP)
    g_array_unref (value->slots);
  g_free (value);
}

KipValueType
kip_value_type (const KipValue *value)
{
  return value != NULL ? value->type : KIP_VALUE_NONE;
}

static int
compare_slots (const KipValue *a,
               const KipValue *b)
{
  for (guint i = 0; i < a->slots->len && i < b->slots->len; i++)
    {
      const Slot *x = &g_array_index (a->slots, Slot, i);
      const Slot *y = &g_array_index (b->slots, Slot, i);
      int order = (x->key > y->key) - (x->key < y->key);

      if (order == 0)
        order = kip_value_compare (x->item, y->item);
      if (order != 0)
        return order;
    }
  return (a->slots->len > b->slots->len) - (a->slots->len < b->slots->len);
}

int
kip_value_compare (const KipValue *a,
                   const KipValue *b)
{
  KipValueType ta = kip_value_type (a), tb = kip_value_type (b);

  if (ta != tb)
    return (int) ta - (int) tb;
  switch (ta)
    {
    case KIP_VALUE_INT:
      return (a->number > b->number) - (a->number < b->number);
    case KIP_VALUE_TEXT:
      return strcmp (a->text, b->text);
    case KIP_VALUE_BYTES:
      return g_bytes_compare (a->bytes, b->bytes);
    case KIP_VALUE_LIST:
    case KIP_VALUE_MAP:
      return compare_slots (a, b);
    case KIP_VALUE_NONE:
    default:
      return 0;
    }
}

gboolean
kip_value_equal (const KipValue *a,
                 const KipValue *b)
{
  return a == b || kip_value_compare (a, b) == 0;
}

gint64
kip_value_get_int (const KipValue *value,
                   gint64          fallback)
{
  return kip_value_type (value) == KIP_VALUE_INT ? value->number : fallback;
}

const char *
kip_value_get_text (const KipValue *value)
{
  return kip_value_type (value) == KIP_VALUE_TEXT ? value->text : NULL;
}

const guint8 *
kip_value_get_bytes (const KipValue *value,
                     gsize          *length)
{
  if (kip_value_type (value) != KIP_VALUE_BYTES)
    {
      *length = 0;
      return NULL;
    }
  return g_bytes_get_data (value->bytes, length);
}

static gboolean
has_slots (const KipValue *value)
{
  KipValueType type = kip_value_type (value);

  return type == KIP_VALUE_LIST || type == KIP_VALUE_MAP;
}

guint
kip_value_length (const KipValue *value)
{
  return has_slots (value) ? value->slots->len : 0;
}

KipValue *
kip_value_nth (const KipValue *list,
               guint           index)
{
  if (index >= kip_value_length (list))
    return NULL;
  return g_array_index (list->slots, Slot, index).item;
}

KipValue *
kip_value_nth_pair (const KipValue *map,
                    guint           index,
                    guint          *key)
{
  if (index >= kip_value_length (map))
    return NULL;
  *key = g_array_index (map->slots, Slot, index).key;
  return g_array_index (map->slots, Slot, index).item;
}

KipValue *
kip_value_lookup (const KipValue *map,
                  guint           key)
{
  gboolean found;
  guint at;

  if (kip_value_type (map) != KIP_VALUE_MAP)
    return NULL;
  at = find_slot (map, key, &found);
  return found ? g_array_index (map->slots, Slot, at).item : NULL;
}

gint64
kip_value_map_int (const KipValue *map,
                   guint           key,
                   gint64          fallback)
{
  return kip_value_get_int (kip_value_lookup (map, key), fallback);
}

const char *
kip_value_map_text (const KipValue *map,
                    guint           key)
{
  return kip_value_get_text (kip_value_lookup (map, key));
}
