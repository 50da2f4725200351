/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-form-draft.h"

#define GROUP "form"

GHashTable *
kip_form_draft_load (KipStore   *store,
                     const char *form)
{
  g_autofree char *text = kip_store_load_draft (store, KIP_ID_NONE, form);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;
  GHashTable *fields;

  if (text == NULL || *text == '\0' || !g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return NULL;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      char *value = g_key_file_get_string (file, GROUP, keys[i], NULL);

      if (value != NULL)
        g_hash_table_insert (fields, g_strdup (keys[i]), value);
    }
  return fields;
}

void
kip_form_draft_save (KipStore   *store,
                     const char *form,
                     GHashTable *fields)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer name, value;
  gboolean any = FALSE;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL && *(const char *) value != '\0')
      {
        g_key_file_set_string (file, GROUP, name, value);
        any = TRUE;
      }
  text = any ? g_key_file_to_data (file, NULL, NULL) : g_strdup ("");
  kip_store_save_draft (store, KIP_ID_NONE, form, text);
}

void
kip_form_draft_clear (KipStore   *store,
                      const char *form)
{
  kip_store_save_draft (store, KIP_ID_NONE, form, "");
}

const char *
kip_form_draft_get (GHashTable *fields,
                    const char *name)
{
  const char *value = fields != NULL ? g_hash_table_lookup (fields, name) : NULL;

  return value != NULL ? value : "";
}
