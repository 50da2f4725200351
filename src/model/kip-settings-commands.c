/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-settings-commands.h"

#include "kip-office-fields.h"

KipChange *
kip_command_settings (KipStore *store)
{
  return kip_change_new (kip_store_get_me (store), "settings");
}

KipChange *
kip_command_setting (KipStore *store,
                     KipKind   kind,
                     KipId     id,
                     KipField  field,
                     KipValue *value)
{
  KipChange *change = kip_command_settings (store);

  kip_change_set (change, kind, id, field, value);
  return change;
}

KipChange *
kip_command_setting_member (KipStore *store,
                            KipKind   kind,
                            KipId     id,
                            KipField  field,
                            KipValue *element,
                            gboolean  member)
{
  KipChange *change = kip_command_settings (store);

  if (member)
    kip_change_add (change, kind, id, field, element);
  else
    kip_change_remove (change, kind, id, field, element);
  return change;
}

KipChange *
kip_command_archive (KipStore *store,
                     KipKind   kind,
                     KipId     id,
                     gboolean  archived)
{
  return kip_command_setting (store, kind, id, KIP_FIELD_DELETED,
                              archived ? kip_value_int (1) : kip_value_none ());
}

KipChange *
kip_command_reorder (KipStore    *store,
                     KipKind      kind,
                     const KipId *ids,
                     guint        n)
{
  KipChange *change = kip_command_settings (store);

  for (guint i = 0; i < n; i++)
    kip_change_set_int (change, kind, ids[i], KIP_FIELD_POSITION, i + 1);
  return change;
}

/* The categories under @parent in order, @left_out not among them. */
static GArray *
children_of (KipOffice *office,
             KipId      parent,
             KipId      left_out)
{
  GPtrArray *categories = kip_office_get_categories (office);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (category->parent == parent && category->id != left_out)
        g_array_append_val (ids, category->id);
    }
  return ids;
}

KipChange *
kip_command_move_category (KipStore *store,
                           KipId     category,
                           KipId     parent,
                           KipId     before)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (GArray) ids = NULL;
  KipChange *change;

  if (parent != KIP_ID_NONE && kip_office_is_below (office, category, parent))
    return NULL;
  ids = children_of (office, parent, category);
  g_array_append_val (ids, category);
  kip_ids_move_before ((KipId *) (gpointer) ids->data, ids->len, category, before);
  change = kip_command_reorder (store, KIP_KIND_CATEGORY, (KipId *) (gpointer) ids->data, ids->len);
  kip_change_set (change, KIP_KIND_CATEGORY, category, KIP_FIELD_CATEGORY_PARENT,
                  parent != KIP_ID_NONE ? kip_value_int ((gint64) parent) : kip_value_none ());
  return change;
}
