/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-plan.h"

G_BEGIN_DECLS

/* What could be written at the cursor of the search box. */
typedef enum
{
  KIP_QUERY_COMPLETION_FIELD,
  KIP_QUERY_COMPLETION_KEYWORD,
  KIP_QUERY_COMPLETION_NAME
} KipQueryCompletionKind;

typedef struct
{
  KipQueryCompletionKind kind;
  gsize       start, end;  /* bytes of the text that it takes the place of */
  char       *text;        /* (owned) what is put there: "status:", "last-week", "\"Trần Thị Lan\"" */
  char       *label;       /* (owned) what a list shows, translated */
  const char *description; /* (nullable) translated, static */
} KipQueryCompletion;

void kip_query_completion_free (KipQueryCompletion *completion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQueryCompletion, kip_query_completion_free)

/* At most @limit suggestions for the word that ends at @cursor (bytes): fields,
 * and shorthands (is:overdue) once three letters are there; behind a field's
 * colon its keywords and, from @resolver (nullable), names.  What was begun in
 * Vietnamese goes on in Vietnamese.  Where no word begins: every field.  Nothing that
 * stands there already.  (transfer full) GPtrArray of KipQueryCompletion */
GPtrArray *kip_query_complete (const char             *text,
                               gsize                   cursor,
                               const KipQueryResolver *resolver,
                               guint                   limit);

G_END_DECLS
