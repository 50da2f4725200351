/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-names.h"
#include "kip-import-table.h"

G_BEGIN_DECLS

/* Makes the events of one ticket from its rows.  Private to the importer. */

/* What all tickets of an import share. */
typedef struct
{
  KipImportTable *table;   /* borrowed */
  KipImportNames *names;   /* borrowed */
  const KipMatrix *matrix; /* borrowed of the office */
  KipInstant      now;
  GHashTable     *targets[KIP_IMPORT_N_FIELDS]; /* (owned) text → what it means, or "" */
  GHashTable     *parents; /* (owned) ticket id → text: the key of its parent */
} KipImportBuilder;

/* How a ticket came out. */
typedef struct
{
  const char      *key;      /* borrowed from the table */
  char            *subject;  /* (owned) */
  const char      *requester, *assignee, *team, *category; /* borrowed from the table; "" */
  const KipStatus *status;   /* borrowed from the office */
  int              priority; /* 1–4 */
  KipInstant       received, resolved; /* KIP_INSTANT_NONE: not */
  guint            n_events; /* rows that changed something, messages */
} KipImportOutcome;

void kip_import_builder_init (KipImportBuilder *builder,
                              KipImportTable   *table,
                              KipImportNames   *names,
                              KipInstant        now);
void kip_import_builder_clear (KipImportBuilder *builder);

/* TRUE when the office has every status that the mapping names; INVALID. */
gboolean kip_import_builder_check (KipImportBuilder *builder,
                                   GError          **error);

/* Makes everybody and everything that the table names and the office does not have. */
void kip_import_builder_name_all (KipImportBuilder *builder);

/* Adds the events of @group as @ticket to @change.  FALSE when all its rows were refused (the
 * report says why): then nothing was added.  @outcome (nullable) out, to be cleared. */
gboolean kip_import_builder_add (KipImportBuilder     *builder,
                                 const KipImportGroup *group,
                                 KipId                 ticket,
                                 KipChange            *change,
                                 KipImportOutcome     *outcome);
void     kip_import_outcome_clear (KipImportOutcome *outcome);

G_END_DECLS
