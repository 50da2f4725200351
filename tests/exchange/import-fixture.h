/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-importer.h"
#include "store-fixture.h"

/* Writes @text to a file in the fixture's folder.  (transfer full) */
GFile *write_table (Fixture    *fixture,
                    const char *name,
                    const char *text);

/* Imports @csv by the mapping @ini and must succeed.  (transfer full) */
KipImportReport *import_text (Fixture    *fixture,
                              const char *ini,
                              const char *csv);

/* All that a ticket says, a fact a line, times in UTC:
 *
 *   subject …
 *   2026-03-09T01:00:00Z status new by …
 *
 * NULL when there is none with that number.  (transfer full) */
char *tell_ticket (KipStore   *store,
                   const char *key);

/* The lines of @text that start with one of @beginnings, separated by |. (transfer full) */
char *only (const char *text,
            const char *beginnings);
