/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* One connection to SQLite with its prepared statements.  Used by one thread at
 * a time.  All SQL of Kip goes through here, and only with bound parameters. */
typedef struct _KipDb KipDb;

typedef enum
{
  KIP_DB_READ,  /* the file must be there and is not written */
  KIP_DB_WRITE, /* the file must be there */
  KIP_DB_CREATE /* the file is made when missing */
} KipDbMode;

KipDb *kip_db_open (const char *path,
                    KipDbMode   mode,
                    GError    **error);
void   kip_db_close (KipDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipDb, kip_db_close)

/* Removes a database and what SQLite keeps beside it: a journal left there would be
 * played back into the next one of that name. */
void kip_db_remove (const char *path);

sqlite3 *kip_db_handle (KipDb *db);

/* While set, whatever runs on @db ends soon after @cancellable (nullable, not
 * owned) is cancelled. */
void kip_db_set_cancellable (KipDb        *db,
                             GCancellable *cancellable);

/* Runs statements without parameters: schema, pragmas, transactions. */
gboolean kip_db_exec (KipDb      *db,
                      const char *sql,
                      GError    **error);

/* Runs one statement to its end.  @format has a letter per parameter:
 *   i gint64    d int    t const char * (NULL: null)    b GBytes * (NULL: null)
 *   B pointer and gsize of bytes that stay until the end    n null
 *   m an instant (gint64; KIP_INSTANT_NONE: null) */
gboolean kip_db_run (KipDb      *db,
                     GError    **error,
                     const char *sql,
                     const char *format,
                     ...);

/* A query that is being stepped through:
 *
 *   KipRows rows = kip_db_query (db, SQL, "i", id);
 *   while (kip_rows_next (&rows))
 *     …kip_rows_int (&rows, 0)…
 *   return kip_rows_end (&rows, error);
 *
 * It may be left early; kip_rows_end() must be called in any case. */
typedef struct
{
  KipDb        *db;
  sqlite3_stmt *stmt;
  gboolean     *in_use; /* (nullable) of a kept statement; NULL: it is ours alone */
  int           rc;
} KipRows;

KipRows  kip_db_query (KipDb      *db,
                       const char *sql,
                       const char *format,
                       ...);

/* A statement whose text is hardly ever the same again: it is not kept.  Its
 * parameters, from 1, are bound one by one. */
KipRows kip_db_query_once (KipDb      *db,
                           const char *sql);
void    kip_rows_bind_instant (KipRows *rows,
                               int      parameter,
                               gint64   number); /* KIP_INSTANT_NONE: null */
void    kip_rows_bind_text (KipRows    *rows,
                            int         parameter,
                            const char *text); /* (nullable) must stay until the end */
void    kip_rows_bind_bytes (KipRows      *rows,
                             int           parameter,
                             gconstpointer bytes, /* must stay until the end */
                             gsize         length);

/* The same for SQL that was put together of fixed parts; @values: of KipDbValue. */
KipRows  kip_db_query_values (KipDb      *db,
                              const char *sql,
                              GArray     *values);
gboolean kip_rows_next (KipRows *rows);
gboolean kip_rows_end (KipRows *rows,
                       GError **error);

gint64      kip_rows_int (KipRows *rows,
                          int      column);
gint64      kip_rows_instant (KipRows *rows,
                              int      column); /* null: KIP_INSTANT_NONE */
const char *kip_rows_text (KipRows *rows,
                           int      column); /* (nullable) until the next row */
gconstpointer kip_rows_blob (KipRows *rows,
                             int      column,
                             gsize   *length);

/* A parameter of a query that was put together. */
typedef struct
{
  char       *text;    /* (owned) (nullable) */
  gpointer    pointer; /* (nullable) borrowed: something for a function of ours */
  const char *type;    /* (static) of @pointer */
  gint64      number;  /* when it is neither */
} KipDbValue;

GArray *kip_db_values_new (void);
void    kip_db_values_add_int (GArray *values,
                               gint64  number);
void    kip_db_values_add_text (GArray     *values,
                                const char *text);

void    kip_db_values_add_pointer (GArray     *values,
                                   gpointer    pointer,
                                   const char *type);

/* The first column of the first row; @fallback when there is none. */
gboolean kip_db_get_int (KipDb      *db,
                         gint64      fallback,
                         gint64     *result,
                         GError    **error,
                         const char *sql,
                         const char *format,
                         ...);

/* The error of SQLite's @rc on @db (nullable), as a sentence for a person. */
void kip_db_set_error (KipDb   *db,
                       int      rc,
                       GError **error);

/* A digest of what the file's first bytes say, without SQLite touching it. */
typedef enum
{
  KIP_DB_FILE_MISSING,
  KIP_DB_FILE_OURS,
  KIP_DB_FILE_FOREIGN, /* another program's, or no database at all */
  KIP_DB_FILE_SHORT,   /* cut off */
  KIP_DB_FILE_UNREADABLE
} KipDbFile;

KipDbFile kip_db_probe (const char *path,
                        guint32     application_id,
                        guint32    *user_version); /* out */

G_END_DECLS
