/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-private.h"

KipQueryNode *
kip_query_node_new (KipQueryNodeKind kind,
                    gsize            start,
                    gsize            end)
{
  KipQueryNode *node = g_new0 (KipQueryNode, 1);

  node->kind = kind;
  node->start = start;
  node->end = end;
  return node;
}

void
kip_query_node_free (KipQueryNode *node)
{
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_clear_pointer (&node->values, g_ptr_array_unref);
  g_free (node->text);
  g_free (node);
}

static gpointer
copy_child (gconstpointer child,
            gpointer      unused)
{
  return kip_query_node_copy (child);
}

static gpointer
copy_value (gconstpointer value,
            gpointer      unused)
{
  return kip_query_value_copy (value);
}

static GPtrArray *
copy_all (GPtrArray     *array,
          GCopyFunc      copy,
          GDestroyNotify free_func)
{
  GPtrArray *copies;

  if (array == NULL)
    return NULL;
  copies = g_ptr_array_copy (array, copy, NULL);
  g_ptr_array_set_free_func (copies, free_func);
  return copies;
}

KipQueryNode *
kip_query_node_copy (const KipQueryNode *node)
{
  KipQueryNode *copy = g_memdup2 (node, sizeof *node);

  copy->text = g_strdup (node->text);
  copy->children = copy_all (node->children, copy_child, (GDestroyNotify) kip_query_node_free);
  copy->values = copy_all (node->values, copy_value, (GDestroyNotify) kip_query_value_free);
  return copy;
}

static gboolean
same_children (const KipQueryNode *a,
               const KipQueryNode *b)
{
  guint n = a->children != NULL ? a->children->len : 0;

  if (n != (b->children != NULL ? b->children->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!kip_query_node_equal (g_ptr_array_index (a->children, i), g_ptr_array_index (b->children, i)))
      return FALSE;
  return TRUE;
}

static gboolean
same_values (const KipQueryNode *a,
             const KipQueryNode *b)
{
  guint n = a->values != NULL ? a->values->len : 0;

  if (n != (b->values != NULL ? b->values->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!kip_query_value_equal (g_ptr_array_index (a->values, i), g_ptr_array_index (b->values, i)))
      return FALSE;
  return TRUE;
}

gboolean
kip_query_node_equal (const KipQueryNode *a,
                      const KipQueryNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->kind == b->kind && a->field == b->field && a->op == b->op && a->prefix == b->prefix
         && g_strcmp0 (a->text, b->text) == 0 && same_children (a, b) && same_values (a, b);
}

static void
append_flat (KipQueryNode *parent,
             KipQueryNode *child)
{
  if (child->kind != parent->kind)
    {
      g_ptr_array_add (parent->children, child);
      return;
    }
  g_ptr_array_extend_and_steal (parent->children, g_steal_pointer (&child->children));
  kip_query_node_free (child);
}

KipQueryNode *
kip_query_node_join (KipQueryNodeKind kind,
                     KipQueryNode    *left,
                     KipQueryNode    *right)
{
  KipQueryNode *node;

  if (left == NULL || right == NULL)
    return left != NULL ? left : right;
  if (left->kind == kind)
    node = left;
  else
    {
      node = kip_query_node_new (kind, left->start, left->end);
      node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_node_free);
      g_ptr_array_add (node->children, left);
    }
  node->start = MIN (node->start, right->start);
  node->end = MAX (node->end, right->end);
  append_flat (node, right);
  return node;
}

KipQueryNode *
kip_query_node_negate (KipQueryNode *node)
{
  KipQueryNode *negation;

  if (node == NULL)
    return NULL;
  if (node->kind == KIP_QUERY_NODE_NOT)
    {
      negation = g_ptr_array_steal_index (node->children, 0);
      kip_query_node_free (node);
      return negation;
    }
  negation = kip_query_node_new (KIP_QUERY_NODE_NOT, node->start, node->end);
  negation->children = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_node_free);
  g_ptr_array_add (negation->children, node);
  return negation;
}
