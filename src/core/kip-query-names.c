/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-plan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-text.h"

/* Looking for one name among all: some thousands of them at each key that is
 * pressed, so that nothing is allocated for those that differ. */
typedef struct
{
  char    *key;    /* (owned) letters and digits of what is wanted */
  char    *folded; /* (owned) */
  GArray  *exact;   /* (owned) of KipId */
  GArray  *partial; /* (owned) of KipId */
  GString *name;    /* (owned) the name at hand, folded */
} Search;

typedef enum
{
  OTHER,
  BEGINS,
  SAME
} Likeness;

/* How the letters and digits of @folded are to @key. */
static Likeness
compare_letters (const char *folded,
                 const char *key)
{
  for (; *folded != '\0'; folded = g_utf8_next_char (folded))
    {
      gunichar c = g_utf8_get_char (folded);

      if (!kip_text_is_word_char (c))
        continue;
      if (*key == '\0')
        return BEGINS;
      if (c != g_utf8_get_char (key))
        return OTHER;
      key = g_utf8_next_char (key);
    }
  return *key == '\0' ? SAME : OTHER;
}

static void
compare_name (KipId       id,
              const char *name,
              gboolean    current,
              gpointer    data)
{
  Search *search = data;
  Likeness likeness;

  g_string_truncate (search->name, 0);
  kip_text_fold_append (search->name, name, -1);
  likeness = compare_letters (search->name->str, search->key);
  if (likeness == SAME)
    g_array_append_val (search->exact, id);
  else if (likeness == BEGINS || kip_text_matches (search->name->str, search->folded))
    g_array_append_val (search->partial, id);
}

/* What is offered for a slip: a name, by the whole of it or by one of its words. */
typedef struct
{
  KipQueryNearest nearest;
  GString *folded; /* (owned) */
  GString *key;    /* (owned) */
} Offer;

static void
offer_words (Offer      *offer,
             const char *name)
{
  const char *p = offer->folded->str;

  g_string_truncate (offer->key, 0);
  while (*p != '\0')
    {
      gsize start = offer->key->len;

      for (; *p != '\0' && kip_text_is_word_char (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        g_string_append_unichar (offer->key, g_utf8_get_char (p));
      kip_query_nearest_offer_key (&offer->nearest, offer->key->str + start, name);
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }
  kip_query_nearest_offer_key (&offer->nearest, offer->key->str, name);
}

static void
offer_name (KipId       id,
            const char *name,
            gboolean    current,
            gpointer    data)
{
  Offer *offer = data;

  if (!current)
    return;
  g_string_truncate (offer->folded, 0);
  kip_text_fold_append (offer->folded, name, -1);
  offer_words (offer, name);
}

static char *
nearest_name (KipQueryMaker           *maker,
              const KipQueryFieldInfo *field,
              const char              *text)
{
  Offer offer = { .folded = g_string_new (NULL), .key = g_string_new (NULL) };
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  kip_query_nearest_init (&offer.nearest, text);
  for (guint i = 0; i < n; i++)
    if (kip_query_field_accepts (field, &keywords[i]))
      kip_query_nearest_offer_item (&offer.nearest, &keywords[i], keywords[i].label);
  maker->resolver->names (maker->resolver, field->names, offer_name, &offer);
  g_string_free (offer.folded, TRUE);
  g_string_free (offer.key, TRUE);
  return kip_query_nearest_finish (&offer.nearest);
}

/* ---- when there is none ---- */

static char *
unknown_message (KipQueryNames names,
                 const char   *text)
{
  switch (names)
    {
    case KIP_QUERY_NAMES_TEAM:
      return g_strdup_printf (_("There is no team “%s”."), text);
    case KIP_QUERY_NAMES_CATEGORY:
      return g_strdup_printf (_("There is no category “%s”."), text);
    case KIP_QUERY_NAMES_STATUS:
      return g_strdup_printf (_("There is no status “%s”."), text);
    case KIP_QUERY_NAMES_ASSET:
      return g_strdup_printf (_("There is no asset “%s”."), text);
    case KIP_QUERY_NAMES_PERSON:
    case KIP_QUERY_NAMES_AGENT:
    case KIP_QUERY_NAMES_NONE:
    default:
      return g_strdup_printf (_("Nobody is called “%s”."), text);
    }
}

static char *
as_value (KipQueryField field,
          const char   *name)
{
  KipQueryValue value = { .kind = KIP_QUERY_VALUE_NAMED, .text = (char *) name };
  GString *out = g_string_new (NULL);

  kip_query_print_value (out, field, &value);
  return g_string_free (out, FALSE);
}

static void
unknown (KipQueryMaker           *maker,
         const KipQueryFieldInfo *field,
         const KipQueryValue     *value)
{
  g_autofree char *name = nearest_name (maker, field, value->text);
  char *hint, *replacement = NULL;

  if (name != NULL)
    {
      g_autofree char *key = kip_query_key (name, -1);
      gboolean is_keyword = kip_query_keyword_lookup (field->field, key, 1) != NULL;

      replacement = is_keyword ? g_strdup (name) : as_value (field->field, name);
    }
  hint = name != NULL ? g_strdup_printf (_("Did you mean “%s”?"), name)
                      : g_strdup (_("The beginnings of its words are enough."));
  kip_query_mistake_add (maker->plan->mistakes, KIP_QUERY_MISTAKE_NAME, kip_query_get_text (maker->plan->query),
                         value->start, value->end, unknown_message (field->names, value->text), hint, replacement);
}

/* ---- what there is ---- */

static void
add_with_below (KipQueryMaker *maker,
                KipQueryTest  *test,
                KipId          id)
{
  g_autoptr (GArray) below = g_array_new (FALSE, FALSE, sizeof (KipId));

  kip_query_test_add_value (test, (gint64) id);
  if (test->field != KIP_QUERY_CATEGORY || maker->resolver->below == NULL)
    return;
  maker->resolver->below (maker->resolver, id, below);
  for (guint i = 0; i < below->len; i++)
    kip_query_test_add_value (test, (gint64) g_array_index (below, KipId, i));
}

/* status:"open" when no status is called that: the phase after all. */
static KipQueryTest *
keyword_after_all (const KipQueryFieldInfo *field,
                   const KipQueryValue     *value)
{
  g_autofree char *key = kip_query_key (value->text, -1);
  const KipQueryKeyword *keyword = kip_query_keyword_lookup (field->field, key, 1);

  if (keyword == NULL || keyword->set != KIP_QUERY_SET_PHASE)
    return NULL;
  return kip_query_test_in (KIP_QUERY_PHASE, keyword->value);
}

/* "#1407": an id, as one part of the program writes it for another. */
static KipQueryTest *
test_of_id (KipQueryMaker           *maker,
            const KipQueryFieldInfo *field,
            const char              *text)
{
  KipQueryTest *test;
  guint64 id;

  if (*text != '#' || !g_ascii_string_to_unsigned (text + 1, 10, 1, G_MAXINT64, &id, NULL))
    return NULL;
  test = kip_query_test_new (KIP_QUERY_TEST_IN, field->field);
  add_with_below (maker, test, id);
  return test;
}

static KipQueryTest *
test_of_name (KipQueryMaker           *maker,
              const KipQueryFieldInfo *field,
              const KipQueryValue     *value)
{
  KipQueryTest *test = NULL;
  GArray *found;
  Search search;

  search.key = kip_query_key (value->text, -1);
  search.folded = kip_text_fold (value->text);
  search.exact = g_array_new (FALSE, FALSE, sizeof (KipId));
  search.partial = g_array_new (FALSE, FALSE, sizeof (KipId));
  search.name = g_string_new (NULL);
  maker->resolver->names (maker->resolver, field->names, compare_name, &search);
  found = search.exact->len > 0 ? search.exact : search.partial;
  if (found->len > 0)
    test = kip_query_test_new (KIP_QUERY_TEST_IN, field->field);
  for (guint i = 0; i < found->len; i++)
    add_with_below (maker, test, g_array_index (found, KipId, i));
  g_free (search.key);
  g_free (search.folded);
  g_array_unref (search.exact);
  g_array_unref (search.partial);
  g_string_free (search.name, TRUE);
  return test;
}

KipQueryTest *
kip_query_maker_named (KipQueryMaker           *maker,
                       const KipQueryFieldInfo *field,
                       const KipQueryValue     *value)
{
  KipQueryTest *test;

  if (maker->resolver == NULL)
    return kip_query_test_new (KIP_QUERY_TEST_IN, field->field);
  test = test_of_id (maker, field, value->text);
  if (test == NULL)
    test = test_of_name (maker, field, value);
  if (test == NULL)
    test = keyword_after_all (field, value);
  if (test == NULL)
    unknown (maker, field, value);
  return test;
}
