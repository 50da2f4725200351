/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-query-private.h"
#include "kip-schema.h"

void
kip_query_chip_free (KipQueryChip *chip)
{
  g_free (chip->label);
  g_free (chip->text);
  g_free (chip);
}

/* ---- values ---- */

typedef struct
{
  KipId id;
  char *name; /* (owned) (nullable) */
} Lookup;

static void
look_up (KipId       id,
         const char *name,
         gboolean    current,
         gpointer    data)
{
  Lookup *lookup = data;

  if (lookup->name == NULL && lookup->id == id)
    lookup->name = g_strdup (name);
}

/* The name behind "#1407". */
static char *
name_of (const KipQueryResolver *resolver,
         KipQueryField           field,
         const char             *text)
{
  Lookup lookup = { 0 };
  guint64 id;

  if (resolver != NULL && *text == '#' && g_ascii_string_to_unsigned (text + 1, 10, 1, G_MAXINT64, &id, NULL))
    {
      lookup.id = id;
      resolver->names (resolver, kip_query_field_info (field)->names, look_up, &lookup);
    }
  return lookup.name != NULL ? lookup.name : g_strdup (text);
}

static char *
keyword_label (KipQueryField field,
               gint64        number)
{
  const KipQueryKeyword *keyword = kip_query_keyword_for (field, (int) number);

  return g_strdup (keyword != NULL ? _(keyword->label) : "");
}

static char *
time_label (const KipQueryTime *time)
{
  if (time->kind == KIP_QUERY_TIME_MOMENT)
    return keyword_label (KIP_QUERY_RECEIVED, time->moment);
  return kip_query_time_print (time);
}

static char *
end_label (KipQueryField        field,
           const KipQueryValue *value,
           gint64               number,
           const KipQueryTime  *time)
{
  switch (value->kind)
    {
    case KIP_QUERY_VALUE_KEYWORD:
      return keyword_label (field, number);
    case KIP_QUERY_VALUE_TIME:
      return time_label (time);
    case KIP_QUERY_VALUE_DURATION:
      return kip_query_duration_print (number);
    case KIP_QUERY_VALUE_TICKET:
      return number >> KIP_TICKET_NUMBER_BITS != 0 ? kip_ticket_number_format (number)
                                                   : g_strdup_printf ("%" G_GINT64_FORMAT, number);
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }
}

static char *
value_label (const KipQueryResolver *resolver,
             KipQueryField           field,
             const KipQueryValue    *value)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (value->text != NULL)
    return name_of (resolver, field, value->text);
  low = end_label (field, value, value->number, &value->time);
  if (!value->is_range)
    return value->descending ? g_strdup_printf (_("%s, downwards"), low) : g_steal_pointer (&low);
  high = end_label (field, value, value->high, &value->time_to);
  return g_strdup_printf ("%s – %s", value->has_low ? low : "…", value->has_high ? high : "…");
}

static const char *
comparison (KipQueryOp op)
{
  switch (op)
    {
    case KIP_QUERY_OP_LT:
      return " <";
    case KIP_QUERY_OP_LE:
      return " ≤";
    case KIP_QUERY_OP_GT:
      return " >";
    case KIP_QUERY_OP_GE:
      return " ≥";
    case KIP_QUERY_OP_IS:
    default:
      return ":";
    }
}

/* ---- conditions ---- */

static char *
term_label (const KipQueryResolver *resolver,
            const KipQueryNode     *node)
{
  GString *label = g_string_new (_(kip_query_field_info (node->field)->label));

  g_string_append (label, comparison (node->op));
  for (guint i = 0; i < node->values->len; i++)
    {
      g_autofree char *value = value_label (resolver, node->field, g_ptr_array_index (node->values, i));

      g_string_append_printf (label, "%s %s", i > 0 ? "," : "", value);
    }
  return g_string_free (label, FALSE);
}

static char *
node_text (const KipQueryNode *node)
{
  GString *text = g_string_new (NULL);

  kip_query_print_node (text, node);
  return g_string_free (text, FALSE);
}

static char *
node_label (const KipQueryResolver *resolver,
            const KipQueryNode     *node)
{
  g_autofree char *inner = NULL;

  switch (node->kind)
    {
    case KIP_QUERY_NODE_TERM:
      return term_label (resolver, node);
    case KIP_QUERY_NODE_WORDS:
      return g_strdup_printf (_("“%s”"), node->text);
    case KIP_QUERY_NODE_NOT:
      inner = node_label (resolver, g_ptr_array_index (node->children, 0));
      return g_strdup_printf (_("not %s"), inner);
    case KIP_QUERY_NODE_AND:
    case KIP_QUERY_NODE_OR:
    case KIP_QUERY_NODE_WRONG:
    default:
      return node_text (node);
    }
}

static gboolean
is_wrong (const KipQueryNode *node)
{
  gboolean wrong = node->kind == KIP_QUERY_NODE_WRONG;

  for (guint i = 0; !wrong && node->values != NULL && i < node->values->len; i++)
    wrong = ((KipQueryValue *) g_ptr_array_index (node->values, i))->kind == KIP_QUERY_VALUE_WRONG;
  for (guint i = 0; !wrong && node->children != NULL && i < node->children->len; i++)
    wrong = is_wrong (g_ptr_array_index (node->children, i));
  return wrong;
}

static void
add_chip (GPtrArray              *chips,
          const KipQueryResolver *resolver,
          const KipQueryNode     *node)
{
  KipQueryChip *chip = g_new0 (KipQueryChip, 1);
  const KipQueryNode *inner = node;

  chip->negated = node->kind == KIP_QUERY_NODE_NOT;
  if (chip->negated)
    inner = g_ptr_array_index (node->children, 0);
  chip->field = inner->kind == KIP_QUERY_NODE_TERM ? inner->field : KIP_QUERY_TEXT;
  chip->start = node->start;
  chip->end = node->end;
  chip->wrong = is_wrong (node);
  chip->label = node_label (resolver, node);
  chip->text = node_text (node);
  g_ptr_array_add (chips, chip);
}

GPtrArray *
kip_query_chips (const KipQuery         *query,
                 const KipQueryResolver *resolver)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_chip_free);

  if (query->root != NULL && query->root->kind == KIP_QUERY_NODE_AND)
    for (guint i = 0; i < query->root->children->len; i++)
      add_chip (chips, resolver, g_ptr_array_index (query->root->children, i));
  else if (query->root != NULL)
    add_chip (chips, resolver, query->root);
  if (query->order != NULL)
    add_chip (chips, resolver, query->order);
  return chips;
}
