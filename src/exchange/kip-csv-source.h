/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of a text file as UTF-8, whatever the file is: gzip is told by its
 * first bytes (several members one after another too); UTF-8 and UTF-16 by their
 * byte order mark, UTF-16 without one by its zero bytes; the first bytes beyond
 * ASCII decide between UTF-8 and Windows-1258.  Synchronous: for a worker thread.
 * Invalid bytes of UTF-8 are handed on as they are (the reader of cells repairs
 * them); those of other encodings become U+FFFD. */
typedef struct _KipCsvSource KipCsvSource;

/* @encoding: a name that iconv knows, "utf-8", or NULL to find out.  Returns
 * NULL and KIP_ERROR_INVALID for an encoding nobody knows. */
KipCsvSource *kip_csv_source_new (GInputStream *stream,
                                  const char   *encoding,
                                  GError      **error);
void          kip_csv_source_free (KipCsvSource *source);

/* Appends what comes next to @out; @out unchanged at the end of the file.
 * KIP_ERROR_CORRUPT when the file breaks off inside its compressed data,
 * KIP_ERROR_IO when the disk fails, G_IO_ERROR_CANCELLED when cancelled. */
gboolean kip_csv_source_fill (KipCsvSource *source,
                              GByteArray   *out,
                              GCancellable *cancellable,
                              GError      **error);

gint64      kip_csv_source_get_consumed (KipCsvSource *source); /* bytes of the file itself */
gboolean    kip_csv_source_is_compressed (KipCsvSource *source);
const char *kip_csv_source_get_encoding (KipCsvSource *source); /* "utf-8" until something else shows */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCsvSource, kip_csv_source_free)

G_END_DECLS
