/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query.h"

G_BEGIN_DECLS

/* Shared by the files of the query language alone:
 *
 *   text ─lexer─▶ tokens ─parser─▶ nodes ─plan─▶ tests
 *                   └─value─▶ values       └─print─▶ text
 */

/* One piece of a value list as it was typed. */
typedef struct
{
  gsize    start, end;
  char    *text;   /* (owned) without quotes and star */
  gboolean quoted;
  gboolean star;
} KipQueryRaw;

typedef enum
{
  KIP_QUERY_TOKEN_OPEN,
  KIP_QUERY_TOKEN_CLOSE,
  KIP_QUERY_TOKEN_MINUS,
  KIP_QUERY_TOKEN_PIPE,
  KIP_QUERY_TOKEN_WORDS,   /* raw */
  KIP_QUERY_TOKEN_TERM,    /* field, op, negated, values */
  KIP_QUERY_TOKEN_UNKNOWN  /* a term of a field that there is not */
} KipQueryTokenKind;

typedef struct
{
  KipQueryTokenKind kind;
  gsize start, end;
  KipQueryRaw raw;                /* (owned) */
  const KipQueryFieldInfo *field;
  gsize       name_end;           /* of TERM and UNKNOWN: where the field's name ends */
  KipQueryOp  op;
  gboolean    negated;            /* != */
  GArray     *values;             /* (owned) (nullable) of KipQueryRaw */
} KipQueryToken;

struct _KipQuery
{
  gatomicrefcount refs;
  char         *text;     /* (owned) */
  KipQueryNode *root;     /* (owned) (nullable) */
  KipQueryNode *order;    /* (owned) (nullable) the sort: terms as one, its values KEYWORD or WRONG */
  GArray       *sort;     /* (owned) of KipQuerySort */
  GPtrArray    *mistakes; /* (owned) of KipQueryMistake */
};

/* ---- kip-query-fields.c ---- */

typedef struct
{
  char *text;     /* "trạng thái" */
  char *one_word; /* "trạng-thái" */
  char *key;      /* "trangthai" */
} KipQuerySpelling;

/* Every spelling of a KipQueryFieldInfo or a KipQueryKeyword of the tables, its name
 * first; ends with a NULL text.  Static. */
const KipQuerySpelling *kip_query_spellings (gconstpointer item);

/* ---- kip-query-lexer.c ---- */

/* GArray of KipQueryToken; clears its elements.  Unclosed quotes are added to @mistakes. */
GArray *kip_query_tokenize (const char *text,
                            GPtrArray  *mistakes);

/* TRUE when a word so spelled would be taken for or, and, not. */
gboolean kip_query_is_operator (const char *word);

/* TRUE when @text, typed bare, is read as one WORDS token of just this text. */
gboolean kip_query_is_bare (const char *text);

/* ---- kip-query-value.c ---- */

/* Never NULL: what makes no sense is a WRONG value and a mistake. */
KipQueryValue *kip_query_value_parse (const KipQueryFieldInfo *field,
                                      KipQueryOp               op,
                                      const KipQueryRaw       *raw,
                                      const char              *source,
                                      GPtrArray               *mistakes);
KipQueryValue *kip_query_value_copy (const KipQueryValue *value);
void           kip_query_value_free (KipQueryValue *value);
gboolean       kip_query_value_equal (const KipQueryValue *a,
                                      const KipQueryValue *b);

/* TRUE when there is a letter or a digit in it. */
gboolean kip_query_has_words (const char *text);

/* ---- kip-query-node.c ---- */

KipQueryNode *kip_query_node_new (KipQueryNodeKind kind,
                                  gsize            start,
                                  gsize            end);
KipQueryNode *kip_query_node_copy (const KipQueryNode *node);
void          kip_query_node_free (KipQueryNode *node);
gboolean      kip_query_node_equal (const KipQueryNode *a, /* (nullable) */
                                    const KipQueryNode *b);

/* All take what they are given; NULL children are left out, one alone is itself. */
KipQueryNode *kip_query_node_join (KipQueryNodeKind kind,
                                   KipQueryNode    *left,
                                   KipQueryNode    *right);
KipQueryNode *kip_query_node_negate (KipQueryNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQueryNode, kip_query_node_free)

/* ---- kip-query-print.c ---- */

/* In ASCII quotes; every character that would end the phrase is escaped. */
void kip_query_print_quoted (GString    *out,
                             const char *text);
void kip_query_print_node (GString            *out,
                           const KipQueryNode *node);
void kip_query_print_value (GString             *out,
                            KipQueryField        field,
                            const KipQueryValue *value);

/* ---- kip-query-mistake.c ---- */

/* Takes @message, @hint and @replacement. */
KipQueryMistake *kip_query_mistake_add (GPtrArray          *mistakes,
                                        KipQueryMistakeKind kind,
                                        const char         *source,
                                        gsize               start,
                                        gsize               end,
                                        char               *message,
                                        char               *hint,
                                        char               *replacement);
void kip_query_mistakes_sort (GPtrArray *mistakes);
void kip_query_mistake_field (GPtrArray           *mistakes,
                              const char          *source,
                              const KipQueryToken *token);
void kip_query_mistake_missing (GPtrArray               *mistakes,
                                const char              *source,
                                const KipQueryFieldInfo *field,
                                gsize                    start,
                                gsize                    end);
void kip_query_mistake_value (GPtrArray               *mistakes,
                              const char              *source,
                              const KipQueryFieldInfo *field,
                              KipQueryOp               op,
                              const KipQueryRaw       *raw);
void kip_query_mistake_compare (GPtrArray               *mistakes,
                                const char              *source,
                                const KipQueryFieldInfo *field,
                                gsize                    start,
                                gsize                    end);

/* The nearest of the words told to it, by the number of letters that differ. */
#define KIP_QUERY_MAX_LETTERS 32

typedef struct
{
  char    *wanted;   /* (owned) as kip_query_key() has it */
  gunichar letters[KIP_QUERY_MAX_LETTERS];
  guint    n_letters;
  char    *nearest;  /* (owned) (nullable) as it was told */
  guint    distance; /* of the nearest; something further away is not near */
} KipQueryNearest;

void kip_query_nearest_init (KipQueryNearest *nearest,
                             const char      *wanted);
void kip_query_nearest_offer_key (KipQueryNearest *nearest,
                                  const char      *key,
                                  const char      *answer); /* what to suggest when @key is near */
void kip_query_nearest_offer_item (KipQueryNearest *nearest,
                                   gconstpointer    item, /* as of kip_query_spellings() */
                                   const char      *label);
char *kip_query_nearest_finish (KipQueryNearest *nearest); /* (transfer full) (nullable) */

/* The name of the field that was perhaps meant.  (transfer full) (nullable) */
char *kip_query_nearest_field (const char *name);

G_END_DECLS
