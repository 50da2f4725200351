/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-dates.h"
#include "kip-importer.h"

G_BEGIN_DECLS

/* A foreign table read through a mapping: what each row says of each field, every
 * distinct text kept once, rows grouped by the ticket they belong to.  A log may name its
 * tickets in any order, so all of it is read before the first ticket is made; a row costs
 * some tens of bytes.  Private to the importer. */

#define KIP_IMPORT_NO_ROW G_MAXUINT32

typedef struct
{
  guint64    line;  /* of the file */
  KipInstant time;  /* of the event; KIP_INSTANT_NONE where rows have none */
  guint32    next;  /* the next row of the same ticket, or KIP_IMPORT_NO_ROW */
  gboolean   repaired;
} KipImportRow;

typedef struct
{
  guint32 key;   /* text */
  guint32 first; /* row */
  guint32 last;
  guint32 n;
} KipImportGroup;

typedef struct
{
  KipImportMap    *map;     /* borrowed */
  KipImportReport *report;  /* borrowed */
  KipImportDates  *dates;   /* (owned) */
  int              slots[KIP_IMPORT_N_FIELDS]; /* place of a field in a row's cells; -1: has no column */
  guint            n_slots;
  guint32          defaults[KIP_IMPORT_N_FIELDS]; /* texts; 0: none */
  GArray          *rows;    /* (owned) of KipImportRow */
  GArray          *cells;   /* (owned) of guint32: n_slots texts a row */
  GArray          *groups;  /* (owned) of KipImportGroup, in the order of the file */
  GPtrArray       *texts;   /* (owned) of const char *, in chunk; 0 is "" */
  GHashTable      *index;   /* (owned) text → its place in texts */
  GStringChunk    *chunk;   /* (owned) */
  GArray          *group_of; /* (owned) of guint32: of a text that is a key, its group + 1 */
} KipImportTable;

/* Reads until the file ends or @max_rows came.  @zone: of times without one.  @progress (nullable)
 * hears how far it is, 0 to 1.  NULL when the file cannot be read to there. */
KipImportTable *kip_import_table_read (GFile           *file,
                                       KipImportMap    *map,
                                       GTimeZone       *zone,
                                       guint64          max_rows,
                                       KipImportReport *report,
                                       KipProgress      progress,
                                       gpointer         data,
                                       GCancellable    *cancellable,
                                       GError         **error);
void kip_import_table_free (KipImportTable *table);

/* The text of @field in @row, as a place in texts; 0 when empty or without a column. */
guint32 kip_import_table_text (const KipImportTable *table,
                               guint32               row,
                               KipImportField        field);

#define kip_import_table_row(table, n) (&g_array_index ((table)->rows, KipImportRow, n))
#define kip_import_table_string(table, text) ((const char *) (table)->texts->pdata[text])

/* Adds to the report. @reason is taken. */
void kip_import_report_add (KipImportReport *report,
                            guint64          line,
                            gboolean         refused,
                            const char      *key, /* (nullable) */
                            char            *reason);
KipImportReport *kip_import_report_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportTable, kip_import_table_free)

G_END_DECLS
