/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-fields.h"
#include "kip-query-time.h"

G_BEGIN_DECLS

/* The query language: the search box, saved views, the conditions of policies
 * and `kipctl list` all speak this one.
 *
 *   query    = all { "or" all } ;
 *   all      = { item [ "and" ] } ;           side by side: each must hold
 *   item     = "-" item | "not" item | "(" query ")" | term | phrase | word ;
 *   term     = field op value { "," value } ; any one of the values
 *   op       = ":" | "=" | "!=" | "<" | "<=" | ">" | ">=" ;
 *   value    = keyword | name | time | duration | number | phrase | range ;
 *   range    = [ value ] ".." [ value ] ;     both ends belong to it
 *   phrase   = '"' text '"' [ "*" ] ;         \" and \\ inside
 *
 * word     The beginning of a word, forgiving of case and marks: `may` finds "máy"
 *          and "mayor".  A word that holds dots or dashes ("congty.vn") is looked
 *          for as its parts, one after the other.  A ticket number (214, b214,
 *          B-214) finds that ticket too; alone in the box it jumps to it.
 * phrase   Whole words, one after the other; with * the last one may go on.
 * or       `or`, `hoặc`, `|` between two items.  `and`, `và` may stand between two
 *          items and change nothing.  At either end they are words.
 * not      `-` before anything.  `not`, `không` before a term, a phrase or a
 *          parenthesis, and NOT in capitals before anything: "printer not
 *          working" looks for the three words.
 * field    kip_query_fields().  English or Vietnamese, marks and case as you like,
 *          several words written together, with dashes or with spaces:
 *          `nguoixuly:`, `người xử lý:`.  One space after the colon is forgiven.
 * keyword  kip_query_keywords(), spelled as freely.  What is in quotes is a name
 *          first and a keyword only if there is no such name.
 * name     People, teams, categories, statuses, assets: the whole name, or else
 *          every name in which each word begins a word.  #1407 is an id, as the
 *          program writes it for itself.
 * time     today, last-week, monday, 2026, 2026-10, 2026-10-31, 31/10/2026, 31/10,
 *          2026-W47, 2026-Q4, 16:30, 2026-10-31T16:30; 2h, 30m, 3d, 1w or sums of
 *          them (1h30m): so long ago, or for due: from now; +2h and -3d: the point
 *          so far from now.  `due<2h` includes what is overdue.
 * sort:    Anywhere: sort:due, sort:-received,number.  It orders, it selects nothing.
 *
 * A mistake never makes a query unusable: it is reported with its place in the
 * text and a hint, and that part is left out of the search. */

typedef enum
{
  KIP_QUERY_NODE_AND,   /* children: at least two */
  KIP_QUERY_NODE_OR,    /* children: at least two */
  KIP_QUERY_NODE_NOT,   /* children: one */
  KIP_QUERY_NODE_WORDS, /* text, prefix */
  KIP_QUERY_NODE_TERM,  /* field, op, values */
  KIP_QUERY_NODE_WRONG  /* text: what was typed; has no meaning */
} KipQueryNodeKind;

typedef enum
{
  KIP_QUERY_OP_IS, /* : and =; != is the NOT of it */
  KIP_QUERY_OP_LT,
  KIP_QUERY_OP_LE,
  KIP_QUERY_OP_GT,
  KIP_QUERY_OP_GE
} KipQueryOp;

typedef enum
{
  KIP_QUERY_VALUE_WRONG,    /* text; has no meaning */
  KIP_QUERY_VALUE_KEYWORD,  /* number: of the keyword; range: number..high */
  KIP_QUERY_VALUE_NAMED,    /* text: a name still to be resolved */
  KIP_QUERY_VALUE_WORDS,    /* text, prefix */
  KIP_QUERY_VALUE_TIME,     /* time, time_to */
  KIP_QUERY_VALUE_DURATION, /* number, high: seconds */
  KIP_QUERY_VALUE_COUNT,    /* number, high */
  KIP_QUERY_VALUE_TICKET    /* number: KIP_FIELD_NUMBER; device 0: any machine's */
} KipQueryValueKind;

typedef struct
{
  KipQueryValueKind kind;
  gsize    start, end;  /* bytes of the query's text */
  char    *text;        /* (owned) (nullable) as typed, without quotes */
  gboolean prefix;      /* WORDS: the last word may go on */
  gboolean descending;  /* of sort: */
  gboolean is_range;
  gboolean has_low, has_high; /* of a range */
  gint64   number, high;
  KipQueryTime time, time_to;
} KipQueryValue;

typedef struct _KipQueryNode KipQueryNode;

/* Plain data, read it directly; it belongs to its query and never changes. */
struct _KipQueryNode
{
  KipQueryNodeKind kind;
  gsize         start, end; /* bytes of the query's text */
  GPtrArray    *children;   /* (owned) (nullable) of KipQueryNode */
  char         *text;       /* (owned) (nullable) */
  gboolean      prefix;     /* WORDS: the last word may go on */
  KipQueryField field;
  KipQueryOp    op;
  GPtrArray    *values;     /* (owned) (nullable) of KipQueryValue, at least one */
};

typedef struct
{
  KipQueryField field;      /* a keyword of KIP_QUERY_SET_SORT */
  gboolean      descending;
} KipQuerySort;

typedef enum
{
  KIP_QUERY_MISTAKE_FIELD,    /* no such field */
  KIP_QUERY_MISTAKE_VALUE,    /* no such value */
  KIP_QUERY_MISTAKE_NAME,     /* nobody and nothing is called that */
  KIP_QUERY_MISTAKE_MISSING,  /* no value after the field */
  KIP_QUERY_MISTAKE_TIME,
  KIP_QUERY_MISTAKE_DURATION,
  KIP_QUERY_MISTAKE_COUNT,
  KIP_QUERY_MISTAKE_TICKET,
  KIP_QUERY_MISTAKE_COMPARE,  /* cannot be compared */
  KIP_QUERY_MISTAKE_QUOTE,    /* not closed */
  KIP_QUERY_MISTAKE_OPEN,     /* "(" not closed */
  KIP_QUERY_MISTAKE_CLOSE,    /* ")" without "(" */
  KIP_QUERY_MISTAKE_DEEP,     /* too many parentheses in each other */
  KIP_QUERY_MISTAKE_LONG,     /* too many words and values */
  KIP_QUERY_MISTAKE_NOTHING   /* no letter or digit to look for */
} KipQueryMistakeKind;

typedef struct
{
  KipQueryMistakeKind kind;
  gsize    start, end;  /* bytes of the query's text to underline; never empty unless the text is */
  gboolean unfinished;  /* at the end of the text: perhaps it is only still being typed */
  char    *message;     /* (owned) translated sentence: what is wrong */
  char    *hint;        /* (owned) translated sentence: what to do */
  char    *replacement; /* (owned) (nullable) what would mend it in place of start…end */
} KipQueryMistake;

void kip_query_mistake_free (KipQueryMistake *mistake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQueryMistake, kip_query_mistake_free)

/* A parsed query: immutable, reference counted.  Threads: any. */
typedef struct _KipQuery KipQuery;

/* Never NULL, whatever @text is (NULL: empty). (transfer full) */
KipQuery *kip_query_parse (const char *text);
KipQuery *kip_query_ref (const KipQuery *query);
void      kip_query_unref (KipQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQuery, kip_query_unref)

/* What was parsed, made valid UTF-8: all places count in this. Borrowed. */
const char *kip_query_get_text (const KipQuery *query);

/* NULL: selects everything. Borrowed. */
const KipQueryNode *kip_query_get_root (const KipQuery *query);

/* Of KipQuerySort, empty when the query does not say. Borrowed. */
const KipQuerySort *kip_query_get_sort (const KipQuery *query,
                                        guint          *n);

/* Of KipQueryMistake in order of place; names are looked up only by a plan. Borrowed. */
GPtrArray *kip_query_get_mistakes (const KipQuery *query);

/* Neither conditions, nor mistakes, nor an order. */
gboolean kip_query_is_empty (const KipQuery *query);

/* The one spelling of this query, in English; parsing it gives an equal query
 * with the same mistakes, but for quotes and parentheses that are closed in it.
 * (transfer full) */
char *kip_query_to_text (const KipQuery *query);

/* TRUE when both ask the same, places in the text apart. */
gboolean kip_query_equal (const KipQuery *a,
                          const KipQuery *b);

/* TRUE when the query is nothing but a ticket number: go there.  @device 0: the
 * number of any machine. */
gboolean kip_query_get_jump (const KipQuery *query,
                             guint          *device,
                             gint64         *counter);

G_END_DECLS
