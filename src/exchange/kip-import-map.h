/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-csv-reader.h"
#include "kip-import-fields.h"

G_BEGIN_DECLS

/* How a foreign table becomes tickets: which column is what, how its times are
 * written, what its values mean.  Kept as a key file that a person can write:
 *
 *   [import]                       all of it may be left out but key (in [columns])
 *   name=Our old help desk
 *   shape=tickets                  a row is a ticket, or events: a row is an event of one
 *   time-zone=Asia/Ho_Chi_Minh     of times without one; else the office's
 *   dates=iso;dd/mm/yyyy HH:MM     see kip-import-dates.h
 *   encoding=windows-1258          else found by looking, as are
 *   delimiter=semicolon            comma, semicolon, tab, pipe or the character
 *   header=yes                     no: the columns are called 1, 2, 3 …
 *   skip-lines=0                   lines above the header
 *   short-rows=refuse              or fill: rows with too few cells
 *   work-unit=minutes              or seconds, hours: of plain numbers in work
 *   unknown=tag                    what to do with values not listed: tag, default, refuse
 *   empty=keep                     events: an empty cell changes nothing, or clear
 *   tag=imported                   a tag for every ticket
 *   recognise=number;state         columns by which this mapping is found by itself
 *
 *   [columns]                      field=where it comes from
 *   key=Number
 *   subject={Category}: {Summary}  a text with columns in braces
 *   received=Opened at | Created   the first that is not empty
 *   channel==phone                 the same for all: an equals sign before it
 *
 *   [values:status]                one section for each field that has a list
 *   In Bearbeitung=open
 *
 *   [defaults]                     where the cell is empty or unknown
 *   priority=normal
 *
 *   [unknown]                      for one field otherwise than for the rest
 *   status=refuse
 *
 * In the keys of [values:…], %3D stands for an equals sign, %5B and %5D for
 * brackets, %23 for a # at the start, %25 for the percent sign. */
typedef struct _KipImportMap KipImportMap;

typedef enum
{
  KIP_IMPORT_SHAPE_TICKETS,
  KIP_IMPORT_SHAPE_EVENTS
} KipImportShape;

typedef enum
{
  KIP_IMPORT_UNKNOWN_TAG,     /* the default, and the value itself becomes a tag */
  KIP_IMPORT_UNKNOWN_DEFAULT,
  KIP_IMPORT_UNKNOWN_REFUSE
} KipImportUnknown;

/* Plain data besides columns and values; texts are (owned) (nullable). */
typedef struct
{
  char            *name;
  KipImportShape   shape;
  char            *time_zone;
  char            *dates;
  char            *encoding;
  char             delimiter;      /* 0: found by looking */
  guint            skip_lines;
  gboolean         no_header;
  gboolean         fill_short;
  gint64           work_unit;      /* seconds in one: 1, 60, 3600 */
  KipImportUnknown unknown;
  gboolean         clear_empty;
  char            *tag;
  char            *recognise;
} KipImportSettings;

typedef struct
{
  char *source; /* as the cell says it */
  char *target;
} KipImportValue;

KipImportMap *kip_import_map_new (void);
KipImportMap *kip_import_map_copy (KipImportMap *map);
void          kip_import_map_free (KipImportMap *map);

/* From the text of a mapping file.  KIP_ERROR_INVALID names the section, the line's key and
 * what is wrong with it: an unknown key is a mistake too, not passed over. */
KipImportMap *kip_import_map_parse (const char *text,
                                    GError    **error);

/* The text of the mapping file, the same again when parsed.  (transfer full) */
char *kip_import_map_to_text (KipImportMap *map);

/* @name: a path, or the name of one that ships with Kip ("uci-incident-log.ini",
 * with or without .ini).  NOT_FOUND, INVALID, IO. */
KipImportMap *kip_import_map_load (const char *name,
                                   GError    **error);
gboolean      kip_import_map_save (KipImportMap *map,
                                   const char   *path,
                                   GError      **error);

/* The format of mapping files, for a person, in their language: what `kipctl import
 * --describe-map` prints.  (transfer full) */
char *kip_import_map_describe (void);

/* The names of the mappings that ship with Kip, NULL-terminated.  (transfer full) */
char **kip_import_map_list_shipped (void);

/* Read and write it directly. */
KipImportSettings *kip_import_map_settings (KipImportMap *map);

/* Where @field comes from, as in [columns]; NULL: from nowhere.  Borrowed. */
const char *kip_import_map_get_column (KipImportMap  *map,
                                       KipImportField field);
void        kip_import_map_set_column (KipImportMap  *map,
                                       KipImportField field,
                                       const char    *source); /* (nullable) */

/* What is taken where the cell is empty or its value unknown.  Borrowed (nullable). */
const char *kip_import_map_get_default (KipImportMap  *map,
                                        KipImportField field);
void        kip_import_map_set_default (KipImportMap  *map,
                                        KipImportField field,
                                        const char    *target); /* (nullable) */

KipImportUnknown kip_import_map_get_unknown (KipImportMap  *map,
                                             KipImportField field);
void             kip_import_map_set_unknown (KipImportMap    *map,
                                             KipImportField   field,
                                             KipImportUnknown unknown);

/* The lines of [values:…] in order; borrowed, of KipImportValue. */
GPtrArray *kip_import_map_get_values (KipImportMap  *map,
                                      KipImportField field);
void       kip_import_map_set_value (KipImportMap  *map,
                                     KipImportField field,
                                     const char    *source,
                                     const char    *target); /* (nullable): removes it */

/* What @value means: as listed (case and marks forgiven where that is unambiguous), else a
 * target's own name, else kip_import_usual_target(); NULL: unknown.  Borrowed. */
const char *kip_import_map_lookup (KipImportMap  *map,
                                   KipImportField field,
                                   const char    *value);

/* Everything that is wrong without looking at a file: no key, no time column for events, bad dates
 * or time zone, targets that do not exist.  KIP_ERROR_INVALID. */
gboolean kip_import_map_check (KipImportMap *map,
                               GError      **error);

/* How the file is to be read; the encoding is borrowed from the map. */
void kip_import_map_get_options (KipImportMap  *map,
                                 KipCsvOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportMap, kip_import_map_free)

G_END_DECLS
