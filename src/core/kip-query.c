/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query.h"

#include <string.h>

#include "kip-query-private.h"
#include "kip-schema.h"

KipQuery *
kip_query_ref (const KipQuery *query)
{
  KipQuery *shared = (KipQuery *) query; /* only the count changes */

  g_atomic_ref_count_inc (&shared->refs);
  return shared;
}

void
kip_query_unref (KipQuery *query)
{
  if (!g_atomic_ref_count_dec (&query->refs))
    return;
  g_clear_pointer (&query->root, kip_query_node_free);
  g_clear_pointer (&query->order, kip_query_node_free);
  g_array_unref (query->sort);
  g_ptr_array_unref (query->mistakes);
  g_free (query->text);
  g_free (query);
}

const char *
kip_query_get_text (const KipQuery *query)
{
  return query->text;
}

const KipQueryNode *
kip_query_get_root (const KipQuery *query)
{
  return query->root;
}

const KipQuerySort *
kip_query_get_sort (const KipQuery *query,
                    guint          *n)
{
  *n = query->sort->len;
  return (const KipQuerySort *) query->sort->data;
}

GPtrArray *
kip_query_get_mistakes (const KipQuery *query)
{
  return query->mistakes;
}

gboolean
kip_query_is_empty (const KipQuery *query)
{
  return query->root == NULL && query->order == NULL && query->mistakes->len == 0;
}

char *
kip_query_to_text (const KipQuery *query)
{
  GString *out = g_string_new (NULL);

  if (query->root != NULL)
    kip_query_print_node (out, query->root);
  if (query->order != NULL)
    {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      kip_query_print_node (out, query->order);
    }
  return g_string_free (out, FALSE);
}

gboolean
kip_query_equal (const KipQuery *a,
                 const KipQuery *b)
{
  return kip_query_node_equal (a->root, b->root) && kip_query_node_equal (a->order, b->order);
}

gboolean
kip_query_get_jump (const KipQuery *query,
                    guint          *device,
                    gint64         *counter)
{
  const KipQueryNode *root = query->root;
  const KipQueryValue *value;

  if (root == NULL || query->order != NULL)
    return FALSE;
  if (root->kind == KIP_QUERY_NODE_WORDS)
    return root->prefix && kip_ticket_number_parse (root->text, device, counter);
  if (root->kind != KIP_QUERY_NODE_TERM || root->field != KIP_QUERY_NUMBER || root->values->len != 1)
    return FALSE;
  value = g_ptr_array_index (root->values, 0);
  if (value->kind != KIP_QUERY_VALUE_TICKET)
    return FALSE;
  *device = (guint) (value->number >> KIP_TICKET_NUMBER_BITS);
  *counter = value->number & (KIP_TICKET_NUMBER (1, 0) - 1);
  return TRUE;
}
