/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the query language: its fields and the values that have names.
 * Everything that explains the language (help pages, `kipctl help query`,
 * completions, hints) is made from these tables. */

typedef enum
{
  KIP_QUERY_TEXT = 0, /* what free words look in: subject, texts, messages, people, numbers */

  KIP_QUERY_STATUS,
  KIP_QUERY_PRIORITY,
  KIP_QUERY_IMPACT,
  KIP_QUERY_URGENCY,
  KIP_QUERY_AGENT,
  KIP_QUERY_TEAM,
  KIP_QUERY_REQUESTER,
  KIP_QUERY_DEPARTMENT, /* of the requester */
  KIP_QUERY_CATEGORY,
  KIP_QUERY_TAG,
  KIP_QUERY_CHANNEL,
  KIP_QUERY_SUBJECT,
  KIP_QUERY_ASSET,
  KIP_QUERY_CAUSE,
  KIP_QUERY_NUMBER,
  KIP_QUERY_EXTERNAL,

  KIP_QUERY_RECEIVED,
  KIP_QUERY_DUE,        /* the next promise that falls due */
  KIP_QUERY_UPDATED,
  KIP_QUERY_RESOLVED,
  KIP_QUERY_CLOSED,

  KIP_QUERY_AGE,
  KIP_QUERY_WORK,       /* sum of the work times */
  KIP_QUERY_SURVEY,     /* score of the follow-up call, 1–5 */

  KIP_QUERY_SLA,        /* the three clocks together */
  KIP_QUERY_RESPONSE,
  KIP_QUERY_UPDATE,
  KIP_QUERY_RESOLUTION,

  KIP_QUERY_IS,
  KIP_QUERY_HAS,
  KIP_QUERY_SORT,

  KIP_QUERY_PHASE,      /* never typed; what status:open means to a plan (kip-query-plan.h) */
  KIP_QUERY_N_FIELDS
} KipQueryField;

/* What the values of a field look like. */
typedef enum
{
  KIP_QUERY_TYPE_WORDS,    /* words that stand in the text one after the other, folded */
  KIP_QUERY_TYPE_WHOLE,    /* the whole text, folded; * at its end for its beginning */
  KIP_QUERY_TYPE_NAME,     /* the name of an entity, or a keyword */
  KIP_QUERY_TYPE_CHOICE,   /* only keywords */
  KIP_QUERY_TYPE_RANK,     /* only keywords, from low to high: may be compared */
  KIP_QUERY_TYPE_TIME,     /* a date, a time or a span of time; may be compared */
  KIP_QUERY_TYPE_DURATION, /* 2h, 30m; may be compared */
  KIP_QUERY_TYPE_COUNT,    /* a number; may be compared */
  KIP_QUERY_TYPE_NUMBER    /* a ticket number */
} KipQueryType;

/* Which entities a name means. */
typedef enum
{
  KIP_QUERY_NAMES_NONE,
  KIP_QUERY_NAMES_PERSON,
  KIP_QUERY_NAMES_AGENT,    /* people too; those who are agents are current */
  KIP_QUERY_NAMES_TEAM,
  KIP_QUERY_NAMES_CATEGORY, /* with everything below it */
  KIP_QUERY_NAMES_STATUS,
  KIP_QUERY_NAMES_ASSET
} KipQueryNames;

/* Groups of keywords. */
typedef enum
{
  KIP_QUERY_SET_NONE,
  KIP_QUERY_SET_PHASE,    /* KipPhase */
  KIP_QUERY_SET_PRIORITY, /* KipPriority */
  KIP_QUERY_SET_LEVEL,    /* KipLevel */
  KIP_QUERY_SET_CHANNEL,  /* KipChannel */
  KIP_QUERY_SET_PERSON,   /* KIP_QUERY_VALUE_ME */
  KIP_QUERY_SET_TEAM,     /* KIP_QUERY_VALUE_MINE */
  KIP_QUERY_SET_TIME,     /* KipQueryMoment */
  KIP_QUERY_SET_CLOCK,    /* KipQueryClockState */
  KIP_QUERY_SET_IS,       /* KipQueryFlag */
  KIP_QUERY_SET_HAS,      /* KipQueryFlag */
  KIP_QUERY_SET_SORT,     /* KipQueryField */
  KIP_QUERY_SET_EMPTY     /* KIP_QUERY_VALUE_NONE, _ANY: of every field that can be empty */
} KipQuerySet;

/* Values of keywords that are no members of their set's enumeration. */
#define KIP_QUERY_VALUE_NONE (-1)
#define KIP_QUERY_VALUE_ANY (-2)
#define KIP_QUERY_VALUE_ME (-3)
#define KIP_QUERY_VALUE_MINE (-4)

/* The state of a clock as a query sees it at a moment: a clock that is still
 * running but already late has been missed. */
typedef enum
{
  KIP_QUERY_CLOCK_OFF = 0, /* no promise */
  KIP_QUERY_CLOCK_RUNNING = 1,
  KIP_QUERY_CLOCK_PAUSED = 2,
  KIP_QUERY_CLOCK_MET = 3,
  KIP_QUERY_CLOCK_MISSED = 4
} KipQueryClockState;

/* What is: and has: ask for. */
typedef enum
{
  /* a plan asks these of a ticket */
  KIP_QUERY_FLAG_OVERDUE,    /* a clock is late now, running or paused */
  KIP_QUERY_FLAG_PAUSED,     /* its status pauses */
  KIP_QUERY_FLAG_VIP,        /* the requester is one */
  KIP_QUERY_FLAG_CONFLICT,
  KIP_QUERY_FLAG_MERGED,     /* into another */
  KIP_QUERY_FLAG_REOPENED,   /* at least once */
  KIP_QUERY_FLAG_ANSWERED,   /* has had its first response */
  KIP_QUERY_FLAG_UNANSWERED, /* the requester wrote last */
  KIP_QUERY_FLAG_CHILD,      /* has a parent */
  KIP_QUERY_FLAG_PARENT,     /* has children */
  KIP_QUERY_FLAG_DRAFT,      /* an unsent text on this machine */
  KIP_QUERY_FLAG_BY_HAND,    /* its deadline was set by hand */
  KIP_QUERY_FLAG_SPAM,
  KIP_QUERY_FLAG_DELETED,
  KIP_QUERY_FLAG_ATTACHMENT,

  /* and these it expresses by fields: no plan holds them */
  KIP_QUERY_FLAG_OPEN,       /* any phase before resolved */
  KIP_QUERY_FLAG_NEW,
  KIP_QUERY_FLAG_WAITING,
  KIP_QUERY_FLAG_RESOLVED,
  KIP_QUERY_FLAG_CLOSED,
  KIP_QUERY_FLAG_UNASSIGNED,
  KIP_QUERY_FLAG_MINE,
  KIP_QUERY_FLAG_SURVEY,
  KIP_QUERY_FLAG_WORK
} KipQueryFlag;

typedef struct
{
  KipQueryField field;
  const char   *name;        /* ASCII: "status" */
  const char   *aliases;     /* other spellings joined by "|", Vietnamese ones first: "trạng thái|tình trạng" */
  KipQueryType  type;
  KipQuerySet   set;         /* its keywords */
  gboolean      can_be_empty; /* knows none and any */
  KipQueryNames names;
  const char   *label;       /* N_(): of its chip */
  const char   *description; /* N_(): one line for the help */
  const char   *example;     /* "status:open,new" */
} KipQueryFieldInfo;

typedef struct
{
  KipQuerySet set;
  int         value;
  const char *name;    /* ASCII: "last-week" */
  const char *aliases; /* (nullable) as above */
  const char *label;   /* N_() */
} KipQueryKeyword;

/* Every field that can be typed, in the order of the help; static. */
const KipQueryFieldInfo *kip_query_fields (guint *n);

/* Every keyword, set by set; static. */
const KipQueryKeyword *kip_query_keywords (guint *n);

/* NULL for KIP_QUERY_TEXT and KIP_QUERY_PHASE. */
const KipQueryFieldInfo *kip_query_field_info (KipQueryField field);

/* The spelling that tables are searched by: folded, only letters and digits:
 * "Trạng thái", "trang-thai" → "trangthai".  (transfer full) */
char *kip_query_key (const char *text,
                     gssize      length);

/* Of how many words, with spaces between them, @text is made; 0 when it holds
 * anything but letters, digits, dashes and underscores, and so is no spelling. */
guint kip_query_count_words (const char *text);

/* @words: of how many words separated by spaces @key was made; an alias of two
 * words is found written as one or as two, but nothing that was not so meant.
 * NULL: no such field. */
const KipQueryFieldInfo *kip_query_field_lookup (const char *key,
                                                 guint       words);

/* The keyword of @field that @key names; NULL when there is none. */
const KipQueryKeyword *kip_query_keyword_lookup (KipQueryField field,
                                                 const char   *key,
                                                 guint         words);

/* The keyword of @field that stands for @value; NULL when there is none. */
const KipQueryKeyword *kip_query_keyword_for (KipQueryField field,
                                              int           value);

/* TRUE when @keyword may be a value of @field. */
gboolean kip_query_field_accepts (const KipQueryFieldInfo *field,
                                  const KipQueryKeyword   *keyword);

/* TRUE when some keyword of @field of several words begins with the words that
 * made @key: "last" of "last week".  Whoever prints a query must then keep the next word apart. */
gboolean kip_query_keyword_continues (KipQueryField field,
                                      const char   *key);

/* The first alias, which is the Vietnamese one, written as one word: "trạng-thái";
 * @name when there is none.  (transfer full) */
char *kip_query_vietnamese_name (const char *name,
                                 const char *aliases);

/* The whole grammar as Markdown in the person's language, with tables of fields
 * and keywords: for the help pages and `kipctl help query`.  (transfer full) */
char *kip_query_reference (void);

G_END_DECLS
