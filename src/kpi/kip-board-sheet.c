/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The board as one page. */

#include "kip-board.h"

#include "kip-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
kip_tile_change_words (const KipTile *tile)
{
  const KipMeasureInfo *info = kip_measure_info (tile->measure);
  g_autofree char *before = NULL;
  double change = tile->now.value - tile->before;
  const char *mark;

  if (isnan (tile->before) || isnan (tile->now.value))
    return NULL;
  before = kip_chart_format_value (info->unit, tile->before);
  mark = fabs (change) < 1e-9 ? "=" : change > 0 ? "▲" : "▼";
  /* Translators: a figure of the period before: "▲ before: 2 h 5 min". */
  return g_strdup_printf (_("%s before: %s"), mark, before);
}

void
kip_board_sheet_add_tile (KipChartSheet *sheet,
                          const KipTile *tile)
{
  const KipMeasureInfo *info = kip_measure_info (tile->measure);
  g_autofree char *value = kip_chart_format_value (info->unit, tile->now.value);
  g_autofree char *change = kip_tile_change_words (tile);
  g_autofree char *count = g_strdup_printf (_("n = %u"), tile->now.n);
  g_autofree char *plain = g_strjoin (" · ", count, change, NULL);
  g_autofree char *note = g_strjoin (" · ", plain, tile->target_words, NULL);

  kip_chart_sheet_add_figure (sheet, _(info->label), value, note);
}

KipChartSheet *
kip_board_sheet (const char      *office,
                 const KipRange  *range,
                 GTimeZone       *zone,
                 const char      *filter,
                 gboolean         elapsed,
                 KipInstant       now,
                 const GPtrArray *tiles,
                 const GPtrArray *charts)
{
  g_autofree char *days = kip_range_name (range, zone);
  const char *time = elapsed ? _("elapsed time") : _("working time");
  g_autofree char *subtitle = g_strjoin (" · ", days, time, *filter != '\0' ? filter : NULL, NULL);
  g_autofree char *made = kip_format_instant (now, zone);
  /* Translators: at the foot of a printed page: when it was made. */
  g_autofree char *footer = g_strdup_printf (_("Made by Kip, %s. Durations: the middle one first; n is the number of tickets behind a figure."), made);
  KipChartSheet *sheet = kip_chart_sheet_new (office, subtitle, footer);

  for (guint i = 0; i < tiles->len; i++)
    kip_board_sheet_add_tile (sheet, g_ptr_array_index (tiles, i));
  for (guint i = 0; i < charts->len; i++)
    kip_chart_sheet_add_chart (sheet, g_ptr_array_index (charts, i));
  return sheet;
}
