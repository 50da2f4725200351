/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a column of a foreign table can become.  Their keys are written in mapping
 * files: never rename one. */
typedef enum
{
  KIP_IMPORT_KEY,         /* its number there; names the ticket for ever */
  KIP_IMPORT_SUBJECT,
  KIP_IMPORT_DESCRIPTION,
  KIP_IMPORT_REQUESTER,
  KIP_IMPORT_REQUESTER_MAIL,
  KIP_IMPORT_REQUESTER_PHONE,
  KIP_IMPORT_DEPARTMENT,
  KIP_IMPORT_VIP,
  KIP_IMPORT_CHANNEL,
  KIP_IMPORT_ON_LINE,
  KIP_IMPORT_RECEIVED,
  KIP_IMPORT_CATEGORY,
  KIP_IMPORT_IMPACT,
  KIP_IMPORT_URGENCY,
  KIP_IMPORT_PRIORITY,
  KIP_IMPORT_STATUS,
  KIP_IMPORT_ASSIGNEE,
  KIP_IMPORT_TEAM,
  KIP_IMPORT_TAGS,
  KIP_IMPORT_ASSET,
  KIP_IMPORT_DUE,
  KIP_IMPORT_PARENT,
  KIP_IMPORT_CAUSE,
  KIP_IMPORT_DONE,
  KIP_IMPORT_RESPONDED,
  KIP_IMPORT_RESOLVED,
  KIP_IMPORT_RESOLVER,
  KIP_IMPORT_CLOSED,
  KIP_IMPORT_WORK,
  KIP_IMPORT_SURVEY,
  KIP_IMPORT_SURVEY_COMMENT,
  KIP_IMPORT_MESSAGE,
  KIP_IMPORT_MESSAGE_KIND,
  KIP_IMPORT_TIME,        /* when the row's event happened */
  KIP_IMPORT_ACTOR,       /* who did it */
  KIP_IMPORT_N_FIELDS
} KipImportField;

typedef enum
{
  KIP_IMPORT_TYPE_TEXT,
  KIP_IMPORT_TYPE_PERSON, /* text, or "Name <mail>" */
  KIP_IMPORT_TYPE_TIME,
  KIP_IMPORT_TYPE_BOOL,
  KIP_IMPORT_TYPE_WORK,   /* a duration */
  KIP_IMPORT_TYPE_VALUE   /* one of a known list: has a [values:…] section */
} KipImportType;

typedef struct
{
  KipImportField field;
  const char    *key;      /* in mapping files */
  const char    *label;    /* N_() */
  const char    *hint;     /* N_() one sentence: what the column holds */
  KipImportType  type;
  gboolean       in_rows;  /* has a meaning where a row is a ticket */
  gboolean       in_events; /* has a meaning where a row is an event */
} KipImportFieldInfo;

const KipImportFieldInfo *kip_import_field_info (KipImportField field);
const KipImportFieldInfo *kip_import_field_by_key (const char *key); /* (nullable) */

/* What may stand to the right of a [values:…] line, NULL-terminated; NULL for
 * fields that have none.  Statuses may besides be any key or name of the office's. Static. */
const char *const *kip_import_field_targets (KipImportField field);

/* What a value means in the usual words of English, Vietnamese and the help desks
 * in wide use ("Resolved", "Đã xử lý", "P1"); NULL when that is not known.  Static. */
const char *kip_import_usual_target (KipImportField field,
                                     const char    *value);

/* Besides, every list takes these: leave what was there before (with a note in the
 * report), or refuse the row. */
#define KIP_IMPORT_IGNORE "ignore"
#define KIP_IMPORT_REFUSE "refuse"

G_END_DECLS
