/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-map.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* Brings the tickets of a CSV file into the office.
 *
 * Tickets go in by chunks: one change-set and one transaction each.  Every event
 * stands at the time at which it happened in the world.  A ticket is known by its number there
 * (EXTERNAL): importing a file again adds nothing twice; of a file with more events
 * than the last one only the newer events are added.  What somebody changed or
 * deleted since stays so; what was undone with its import may be imported again.
 * People, teams, categories and assets that the office does not have are made once;
 * renamed ones are known by their earlier names.  All change-sets of an import carry
 * one batch, by which it is undone as a whole.
 *
 * What a row says and Kip cannot take is in the report with its line: refused, or
 * taken with a note.  Nothing in a file can stop an import but the disk. */

/* One row that was refused, or taken with something left out. */
typedef struct
{
  guint64  line;    /* of the file */
  gboolean refused;
  char    *key;     /* (owned) (nullable) the ticket's number there */
  char    *reason;  /* (owned) a translated sentence */
} KipImportProblem;

/* At most so many problems are kept; all are counted. */
#define KIP_IMPORT_MAX_PROBLEMS 20000

typedef struct
{
  guint64    batch;       /* names the import, to undo it; 0: nothing went in */
  guint64    n_rows;      /* of the file, without the header */
  guint64    n_refused;   /* rows that were refused */
  guint64    n_notes;     /* rows taken with something left out */
  guint      n_new;       /* tickets made */
  guint      n_updated;   /* known tickets that got newer events */
  guint      n_known;     /* known tickets with nothing new */
  guint      n_deleted;   /* known tickets that somebody deleted: they stay so */
  guint      n_people, n_teams, n_categories, n_assets; /* made */
  GPtrArray *problems;    /* (owned) of KipImportProblem, by line */
  GError    *stopped;     /* (owned) (nullable) why it ended early: cancelled, the disk; what went in stays */
} KipImportReport;

void kip_import_report_free (KipImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportReport, kip_import_report_free)

/* A sentence or two for a person: how much went in, how much did not. (transfer full) */
char *kip_import_report_summary (const KipImportReport *report);

/* Writes the problems as CSV: line, refused or note, key, reason. */
gboolean kip_import_report_save (const KipImportReport *report,
                                 GFile                 *file,
                                 GCancellable          *cancellable,
                                 GError               **error);

/* Imports @file.  NULL and an error when it could not begin (no such file, a column
 * missing, a bad mapping): then nothing changed.  @progress (nullable) is called in this thread.
 * May take long: for worker threads and kipctl. */
KipImportReport *kip_importer_run (KipStore     *store,
                                   GFile        *file,
                                   KipImportMap *map,
                                   KipProgress   progress,
                                   gpointer      data,
                                   GCancellable *cancellable,
                                   GError      **error);

/* The same in a thread; @progress is called in the calling thread's main context. */
void kip_importer_run_async (KipStore           *store,
                             GFile              *file,
                             KipImportMap       *map, /* copied */
                             KipProgress         progress, /* (nullable) */
                             gpointer            progress_data,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data);
KipImportReport *kip_importer_run_finish (KipStore     *store,
                                          GAsyncResult *result,
                                          GError      **error);

/* A ticket as it would come out; texts are (owned), "" rather than NULL. */
typedef struct
{
  guint64    line;      /* of its first row */
  char      *key;
  char      *subject;
  char      *requester;
  char      *assignee;
  char      *team;
  char      *category;
  char      *status;    /* the office's name of the last one */
  int        priority;  /* 1–4 */
  KipInstant received;
  KipInstant resolved;  /* KIP_INSTANT_NONE: not */
  guint      n_events;  /* changes of status, messages, … */
  gboolean   known;     /* was imported before */
  char      *notes;     /* what was left out */
} KipImportPreview;

/* The first @max_tickets tickets of @file, without writing anything, and the problems of their
 * rows in @report (nullable out, transfer full).  (transfer full) GPtrArray of KipImportPreview */
GPtrArray *kip_importer_preview (KipStore         *store,
                                 GFile            *file,
                                 KipImportMap     *map,
                                 guint             max_tickets,
                                 KipImportReport **report,
                                 GCancellable     *cancellable,
                                 GError          **error);
void       kip_importer_preview_async (KipStore           *store,
                                       GFile              *file,
                                       KipImportMap       *map, /* copied */
                                       guint               max_tickets,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            data);
GPtrArray *kip_importer_preview_finish (KipStore         *store,
                                        GAsyncResult     *result,
                                        KipImportReport **report, /* (nullable) */
                                        GError          **error);

/* Undoes the import @batch as a whole, people and teams that it made included. */
gboolean kip_importer_undo (KipStore     *store,
                            guint64       batch,
                            GCancellable *cancellable,
                            GError      **error);
void     kip_importer_undo_async (KipStore           *store,
                                  guint64             batch,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            data);
gboolean kip_importer_undo_finish (KipStore     *store,
                                   GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
