/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-search-history.h"

#define KEY "search-history"
#define KEPT 20

char **
kip_search_history_list (KipStore *store)
{
  g_autofree char *kept = kip_store_get_local (store, KEY);

  return g_strsplit (kept != NULL ? kept : "", "\n", KEPT + 1);
}

void
kip_search_history_add (KipStore   *store,
                        const char *text)
{
  g_autofree char *wanted = g_strdelimit (g_strstrip (g_strdup (text)), "\n\r", ' ');
  g_auto (GStrv) before = NULL;
  g_autoptr (GString) now = NULL;
  guint n = 1;

  if (*wanted == '\0')
    return;
  before = kip_search_history_list (store);
  now = g_string_new (wanted);
  for (guint i = 0; before[i] != NULL && n < KEPT; i++)
    {
      if (*before[i] == '\0' || g_str_equal (before[i], wanted))
        continue;
      g_string_append_printf (now, "\n%s", before[i]);
      n++;
    }
  kip_store_set_local (store, KEY, now->str);
}

GPtrArray *
kip_search_history_suggest (KipStore *store,
                            guint     limit)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_completion_free);
  g_auto (GStrv) recent = kip_search_history_list (store);

  for (guint i = 0; recent[i] != NULL && suggestions->len < limit; i++)
    {
      KipQueryCompletion *completion;

      if (*recent[i] == '\0')
        continue;
      completion = g_new0 (KipQueryCompletion, 1);
      completion->kind = KIP_QUERY_COMPLETION_KEYWORD;
      completion->end = G_MAXSIZE;
      completion->text = g_strdup (recent[i]);
      completion->label = g_strdup (recent[i]);
      g_ptr_array_add (suggestions, completion);
    }
  return suggestions;
}
