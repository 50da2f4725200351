/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-edit.h"

#include <string.h>

#include "kip-query-private.h"

/* One condition of the query that is being changed. */
typedef struct
{
  KipQueryNode *node;  /* (owned) */
  char         *typed; /* (owned) (nullable) as the person wrote it; NULL: print it */
} Part;

typedef struct
{
  GPtrArray    *parts; /* (owned) of Part */
  KipQueryNode *order; /* (owned) (nullable) */
  char         *order_typed; /* (owned) (nullable) */
} Edit;

/* ---- taking a query apart ---- */

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->node, kip_query_node_free);
  g_free (part->typed);
  g_free (part);
}

/* What was typed, if by itself it says just this. */
static char *
typed_for (const KipQuery     *query,
           const KipQueryNode *node)
{
  g_autofree char *slice = g_strndup (kip_query_get_text (query) + node->start, node->end - node->start);
  g_autoptr (KipQuery) alone = kip_query_parse (slice);

  return kip_query_node_equal (alone->root, node) && alone->order == NULL ? g_steal_pointer (&slice) : NULL;
}

static void
add_part (Edit         *edit,
          KipQueryNode *node,
          char         *typed)
{
  Part *part = g_new0 (Part, 1);

  part->node = node;
  part->typed = typed;
  g_ptr_array_add (edit->parts, part);
}

static guint
count_conditions (const KipQuery *query)
{
  if (query->root == NULL)
    return 0;
  return query->root->kind == KIP_QUERY_NODE_AND ? query->root->children->len : 1;
}

static const KipQueryNode *
nth_condition (const KipQuery *query,
               guint           n)
{
  return query->root->kind == KIP_QUERY_NODE_AND ? g_ptr_array_index (query->root->children, n) : query->root;
}

static void
edit_init (Edit           *edit,
           const KipQuery *query)
{
  *edit = (Edit) { .parts = g_ptr_array_new_with_free_func (part_free) };
  for (guint i = 0; i < count_conditions (query); i++)
    {
      const KipQueryNode *node = nth_condition (query, i);

      add_part (edit, kip_query_node_copy (node), typed_for (query, node));
    }
  if (query->order != NULL)
    edit->order = kip_query_node_copy (query->order);
  if (query->order != NULL && query->order->end > query->order->start)
    edit->order_typed = g_strndup (query->text + query->order->start, query->order->end - query->order->start);
}

/* ---- putting it together ---- */

static KipQueryNode *
join_parts (Edit *edit)
{
  KipQueryNode *root = NULL;

  for (guint i = 0; i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      root = kip_query_node_join (KIP_QUERY_NODE_AND, root, g_steal_pointer (&part->node));
    }
  return root;
}

static void
append_part (GString    *out,
             const Part *part,
             gboolean    alone)
{
  gboolean either = part->node->kind == KIP_QUERY_NODE_OR && !alone;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  if (either && (part->typed == NULL || *part->typed != '('))
    g_string_append_c (out, '(');
  if (part->typed != NULL)
    g_string_append (out, part->typed);
  else
    kip_query_print_node (out, part->node);
  if (either && (part->typed == NULL || *part->typed != '('))
    g_string_append_c (out, ')');
}

static char *
typed_text (Edit *edit)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < edit->parts->len; i++)
    append_part (out, g_ptr_array_index (edit->parts, i), edit->parts->len == 1);
  if (edit->order != NULL)
    {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      if (edit->order_typed != NULL)
        g_string_append (out, edit->order_typed);
      else
        kip_query_print_node (out, edit->order);
    }
  return g_string_free (out, FALSE);
}

/* The person's own words where they still say the same, the canonical spelling of
 * everything where they do not.  Clears @edit. */
static char *
edit_finish (Edit *edit)
{
  g_autofree char *typed = typed_text (edit);
  g_autoptr (KipQuery) read = kip_query_parse (typed);
  KipQuery wanted = { .root = join_parts (edit), .order = edit->order };
  char *text = NULL;

  if (kip_query_equal (read, &wanted))
    text = g_steal_pointer (&typed);
  else
    text = kip_query_to_text (&wanted);
  g_clear_pointer (&wanted.root, kip_query_node_free);
  g_clear_pointer (&edit->order, kip_query_node_free);
  g_clear_pointer (&edit->order_typed, g_free);
  g_ptr_array_unref (edit->parts);
  return text;
}

/* ---- terms ---- */

/* "field:value" as a term of one good value; NULL when it is none. */
static KipQueryNode *
term_for (KipQueryField field,
          const char   *value)
{
  g_autofree char *text = g_strconcat (kip_query_field_info (field)->name, ":", value, NULL);
  g_autoptr (KipQuery) query = kip_query_parse (text);
  const KipQueryNode *node = field == KIP_QUERY_SORT ? query->order : query->root;

  if (query->mistakes->len > 0 || node == NULL || node->kind != KIP_QUERY_NODE_TERM || node->field != field)
    return NULL;
  return node->values->len == 1 ? kip_query_node_copy (node) : NULL;
}

static gboolean
is_term_of (const KipQueryNode *node,
            KipQueryField       field)
{
  return node->kind == KIP_QUERY_NODE_TERM && node->field == field && node->op == KIP_QUERY_OP_IS;
}

static gboolean
find_value (const KipQueryNode *node,
            const KipQueryNode *wanted,
            guint              *at)
{
  for (guint i = 0; i < node->values->len; i++)
    if (kip_query_value_equal (g_ptr_array_index (node->values, i), g_ptr_array_index (wanted->values, 0)))
      {
        *at = i;
        return TRUE;
      }
  return FALSE;
}

/* Every condition field:… , with whatever values. */
static void
drop_field (Edit         *edit,
            KipQueryField field)
{
  for (guint i = edit->parts->len; i > 0; i--)
    {
      const Part *part = g_ptr_array_index (edit->parts, i - 1);

      if (part->node->kind == KIP_QUERY_NODE_TERM && part->node->field == field)
        g_ptr_array_remove_index (edit->parts, i - 1);
    }
  if (field == KIP_QUERY_SORT)
    {
      g_clear_pointer (&edit->order, kip_query_node_free);
      g_clear_pointer (&edit->order_typed, g_free);
    }
}

/* Takes @wanted out of @node, however often it was typed: "due,due" says it twice. */
static gboolean
take_value (KipQueryNode       *node,
            const KipQueryNode *wanted)
{
  guint before = node->values->len, at;

  while (find_value (node, wanted, &at))
    g_ptr_array_remove_index (node->values, at);
  return node->values->len < before;
}

static void
drop_value (Edit               *edit,
            const KipQueryNode *wanted)
{
  for (guint i = edit->parts->len; i > 0; i--)
    {
      Part *part = g_ptr_array_index (edit->parts, i - 1);

      if (!is_term_of (part->node, wanted->field) || !take_value (part->node, wanted))
        continue;
      g_clear_pointer (&part->typed, g_free);
      if (part->node->values->len == 0)
        g_ptr_array_remove_index (edit->parts, i - 1);
    }
  if (edit->order != NULL && wanted->field == KIP_QUERY_SORT && take_value (edit->order, wanted))
    {
      g_clear_pointer (&edit->order_typed, g_free);
      if (edit->order->values->len == 0)
        g_clear_pointer (&edit->order, kip_query_node_free);
    }
}

/* Takes @term. */
static void
add_term (Edit         *edit,
          KipQueryNode *term)
{
  KipQueryNode *home = term->field == KIP_QUERY_SORT ? edit->order : NULL;
  guint at;

  for (guint i = 0; home == NULL && i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      if (is_term_of (part->node, term->field))
        {
          home = part->node;
          if (!find_value (home, term, &at))
            g_clear_pointer (&part->typed, g_free);
        }
    }
  if (home == NULL && term->field == KIP_QUERY_SORT)
    edit->order = term;
  else if (home == NULL)
    add_part (edit, term, NULL);
  else
    {
      if (!find_value (home, term, &at))
        {
          g_ptr_array_extend_and_steal (home->values, g_steal_pointer (&term->values));
          if (home == edit->order)
            g_clear_pointer (&edit->order_typed, g_free);
        }
      kip_query_node_free (term);
    }
}

gboolean
kip_query_has_term (const KipQuery *query,
                    KipQueryField   field,
                    const char     *value)
{
  g_autoptr (KipQueryNode) term = term_for (field, value);
  guint at;

  if (term == NULL)
    return FALSE;
  if (field == KIP_QUERY_SORT)
    return query->order != NULL && find_value (query->order, term, &at);
  for (guint i = 0; i < count_conditions (query); i++)
    if (is_term_of (nth_condition (query, i), field) && find_value (nth_condition (query, i), term, &at))
      return TRUE;
  return FALSE;
}

char *
kip_query_with_term (const KipQuery *query,
                     KipQueryField   field,
                     const char     *value)
{
  KipQueryNode *term = kip_query_has_term (query, field, value) ? NULL : term_for (field, value);
  Edit edit;

  if (term == NULL)
    return g_strdup (kip_query_get_text (query));
  edit_init (&edit, query);
  add_term (&edit, term);
  return edit_finish (&edit);
}

char *
kip_query_without_term (const KipQuery *query,
                        KipQueryField   field,
                        const char     *value)
{
  g_autoptr (KipQueryNode) term = value != NULL ? term_for (field, value) : NULL;
  Edit edit;

  if (value != NULL && term == NULL)
    return g_strdup (kip_query_get_text (query));
  edit_init (&edit, query);
  if (term != NULL)
    drop_value (&edit, term);
  else
    drop_field (&edit, field);
  return edit_finish (&edit);
}

char *
kip_query_toggle_term (const KipQuery *query,
                       KipQueryField   field,
                       const char     *value)
{
  if (kip_query_has_term (query, field, value))
    return kip_query_without_term (query, field, value);
  return kip_query_with_term (query, field, value);
}

char *
kip_query_set_term (const KipQuery *query,
                    KipQueryField   field,
                    const char     *value)
{
  KipQueryNode *term = term_for (field, value);
  Edit edit;

  if (term == NULL)
    return g_strdup (kip_query_get_text (query));
  edit_init (&edit, query);
  drop_field (&edit, field);
  add_term (&edit, term);
  return edit_finish (&edit);
}

char *
kip_query_without_chip (const KipQuery *query,
                        guint           chip)
{
  Edit edit;

  edit_init (&edit, query);
  if (chip < edit.parts->len)
    g_ptr_array_remove_index (edit.parts, chip);
  else if (chip == edit.parts->len)
    drop_field (&edit, KIP_QUERY_SORT);
  return edit_finish (&edit);
}

char *
kip_query_quote (KipQueryField field,
                 const char   *name)
{
  KipQueryValue value = { .kind = KIP_QUERY_VALUE_NAMED, .text = (char *) name };
  const KipQueryFieldInfo *info = kip_query_field_info (field);
  GString *out = g_string_new (NULL);

  if (info != NULL && info->type == KIP_QUERY_TYPE_WORDS)
    value.kind = KIP_QUERY_VALUE_WORDS;
  kip_query_print_value (out, field, &value);
  return g_string_free (out, FALSE);
}
