/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-id.h"
#include "kip-query.h"

G_BEGIN_DECLS

/* What a query means at one moment in one office: names have become ids, times
 * spans of instants, shorthands plain conditions.  A plan is what is turned into
 * SQL and what is matched in memory; both must give the same.
 *
 * Meaning of each test on a ticket t (an empty field is in no range and no list):
 *
 *   ALL        TRUE
 *   AND OR     of the children; an AND has at least one, an OR at least two
 *   NOT        of the one child
 *   IN         integer (field) is one of values.  STATUS, AGENT, TEAM, REQUESTER,
 *              CATEGORY, ASSET: ids; PHASE, PRIORITY, IMPACT, URGENCY, CHANNEL:
 *              numbers; RESPONSE, UPDATE, RESOLUTION: KipQueryClockState now
 *   RANGE      min <= integer (field) < max; G_MININT64 and G_MAXINT64: open.
 *              RECEIVED, DUE, UPDATED, RESOLVED, CLOSED: instants; WORK: seconds;
 *              SURVEY: 1–5
 *   EMPTY      field has no value.  Also of TAG, EXTERNAL, DEPARTMENT, CAUSE
 *   WORDS      the words of text stand in folded text (field) one after the other;
 *              with prefix the last one begins a word.  TEXT, SUBJECT, DEPARTMENT, CAUSE
 *   WHOLE      a folded value of field is text; with prefix: begins with it.
 *              TAG (any of them), EXTERNAL
 *   NUMBER     the ticket's number is device and counter; device 0: any
 *   FLAG       flag, one of the first group in KipQueryFlag */
typedef enum
{
  KIP_QUERY_TEST_ALL,
  KIP_QUERY_TEST_AND,
  KIP_QUERY_TEST_OR,
  KIP_QUERY_TEST_NOT,
  KIP_QUERY_TEST_IN,
  KIP_QUERY_TEST_RANGE,
  KIP_QUERY_TEST_EMPTY,
  KIP_QUERY_TEST_WORDS,
  KIP_QUERY_TEST_WHOLE,
  KIP_QUERY_TEST_NUMBER,
  KIP_QUERY_TEST_FLAG
} KipQueryTestKind;

typedef struct _KipQueryTest KipQueryTest;

/* Plain data, read it directly; it belongs to its plan and never changes. */
struct _KipQueryTest
{
  KipQueryTestKind kind;
  KipQueryField field;
  KipQueryFlag  flag;
  GPtrArray    *children; /* (owned) (nullable) of KipQueryTest */
  GArray       *values;   /* (owned) (nullable) of gint64, rising, none twice; empty: matches nothing */
  gint64        min, max; /* [min, max) */
  char         *text;     /* (owned) (nullable) folded, at least one word */
  gboolean      prefix;
  guint         device;
  gint64        counter;
};

/* @current: FALSE for what was put away: it is found but not offered. */
typedef void (*KipQueryNameFunc) (KipId       id,
                                  const char *name,
                                  gboolean    current,
                                  gpointer    data);

/* How the names of an office are found; none of its functions may block.
 * kip-query-office.h makes one of an office. */
typedef struct _KipQueryResolver KipQueryResolver;

struct _KipQueryResolver
{
  gpointer data;
  KipId    me; /* KIP_ID_NONE: agent:me is a mistake */

  /* Tells @func every name of every entity of @names; an entity may have several
   * (a key, a phone, a mail address), its own comes first. */
  void (*names)(const KipQueryResolver *resolver,
                KipQueryNames           names,
                KipQueryNameFunc        func,
                gpointer                func_data);

  /* Appends to @ids (of KipId) what lies below @category, itself left out. (nullable) */
  void (*below)(const KipQueryResolver *resolver,
                KipId                   category,
                GArray                 *ids);

  /* Appends to @ids my teams. (nullable) */
  void (*my_teams)(const KipQueryResolver *resolver,
                   GArray                 *ids);
};

typedef struct
{
  gatomicrefcount refs;
  KipQuery     *query;     /* (owned) */
  KipQueryTest *root;      /* (owned) never NULL */
  GPtrArray    *mistakes;  /* (owned) of KipQueryMistake: those of the query and the unknown names */
  KipInstant    now;
  KipInstant    moves_at;  /* make a new plan then: today becomes yesterday, a clock runs late; NONE: never */
  gboolean      asks_deleted, asks_spam, asks_merged; /* the query speaks of them: do not leave them out */
} KipQueryPlan;

/* Which names a value means: those that are it to the letter, case, marks and
 * punctuation apart; if there are none, those in which each of its words begins a
 * word; if there are none either, a mistake and no condition.  Whoever acts upon
 * a plan (a policy) rather than shows it must not do so while it has mistakes.
 *
 * @resolver: (nullable) without one every name means nobody, silently.
 * @zone: (nullable) UTC.  (transfer full) */
KipQueryPlan *kip_query_plan_new (const KipQuery         *query,
                                  const KipQueryResolver *resolver,
                                  KipInstant              now,
                                  GTimeZone              *zone);
KipQueryPlan *kip_query_plan_ref (KipQueryPlan *plan);
void          kip_query_plan_unref (KipQueryPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQueryPlan, kip_query_plan_unref)

/* A readable form for tests and for `kipctl list --explain`.  (transfer full) */
char *kip_query_test_to_text (const KipQueryTest *test);

/* ---- matching in memory ---- */

/* What get_int() answers for an empty field. */
#define KIP_QUERY_NO_INT G_MININT64

/* How the facts of a ticket are read. */
typedef struct
{
  /* Of the fields of IN and RANGE, and EMPTY of them. */
  gint64 (*get_int)(gconstpointer ticket,
                    KipQueryField field,
                    gpointer      data);
  /* Folded; several values (tags, or the texts of TEXT) with "\n" between them;
   * NULL or "": empty.  Borrowed until the next call. */
  const char *(*get_text)(gconstpointer ticket,
                          KipQueryField field,
                          gpointer      data);
  gboolean (*get_flag)(gconstpointer ticket,
                       KipQueryFlag  flag,
                       gpointer      data);
  /* KIP_FIELD_NUMBER. */
  gint64 (*get_number)(gconstpointer ticket,
                       gpointer      data);
  gpointer data;
} KipQueryAccess;

gboolean kip_query_test_matches (const KipQueryTest   *test,
                                 const KipQueryAccess *access,
                                 gconstpointer         ticket);

/* TRUE when the plan selects @ticket; deleted, spam and merged ones only if the
 * query asks for them. */
gboolean kip_query_matches (const KipQueryPlan   *plan,
                            const KipQueryAccess *access,
                            gconstpointer         ticket);

G_END_DECLS
