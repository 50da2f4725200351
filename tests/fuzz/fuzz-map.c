/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>

#include "kip-import-column.h"
#include "kip-import-dates.h"
#include "kip-import-map.h"

/* Any text as a mapping file: refused with a reason, or written back so that it reads the same. */

static void
check_columns (KipImportMap *map)
{
  static const char *const header[] = { "Number", "Opened at", "a | b", "", "#5", NULL };
  char *cells[] = { (char *) "B-1", (char *) " 12/03/2026 4:30 PM ", (char *) "", (char *) "x", (char *) "{", NULL };
  KipCsvRow row = { .n_cells = 5, .cells = cells };

  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const char *source = kip_import_map_get_column (map, i);
      g_autoptr (KipImportColumn) column = NULL;

      if (source != NULL)
        column = kip_import_column_compile (source, header, NULL);
      if (column != NULL)
        g_assert_true (g_utf8_validate (kip_import_column_get (column, &row), -1, NULL));
    }
}

static void
check_dates (KipImportMap *map)
{
  static const char *const texts[] = { "2026-03-12 16:30", "12/03/26 4:30 PM", "1773300000", "9999999999999", "46093.9", "" };
  g_autoptr (KipImportDates) dates = kip_import_dates_new (kip_import_map_settings (map)->dates, NULL, NULL);
  KipInstant at;

  for (gsize i = 0; dates != NULL && i < G_N_ELEMENTS (texts); i++)
    kip_import_dates_parse (dates, texts[i], &at);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_parse (text, &error);
  g_autofree char *written = NULL, *second = NULL;
  g_autoptr (KipImportMap) again = NULL;

  g_assert_true ((map == NULL) == (error != NULL));
  if (map == NULL)
    return 0;
  written = kip_import_map_to_text (map);
  again = kip_import_map_parse (written, &error);
  g_assert_no_error (error);
  second = kip_import_map_to_text (again);
  g_assert_cmpstr (written, ==, second);
  kip_import_map_check (map, NULL);
  check_columns (map);
  check_dates (map);
  return 0;
}
