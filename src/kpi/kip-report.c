/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-report.h"

#include "kip-board.h"
#include "kip-clock.h"
#include "kip-format-value.h"
#include "kip-format.h"
#include "kip-verdict.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_BREACHES 10
#define MOST_CATEGORIES 6
#define TEXT_SIZE 8.0
#define SMALL_SIZE 6.0

typedef struct
{
  const KipStudy *study;
  KipStore  *store;
  KipBy      by;
  GPtrArray *tiles;  /* (owned) of KipTile */
  GPtrArray *charts; /* (owned) of KipChart */
  GArray    *breaches; /* (owned) of KipBreach */
} Report;

/* ---- heads and feet ---- */

static KipChartSheet *
new_page (const Report *report,
          const char   *title,
          int           number)
{
  const KipScope *scope = &report->study->scope;
  g_autofree char *days = kip_range_name (&scope->range, report->study->zone);
  const char *time = scope->elapsed ? _("elapsed time") : _("working time");
  g_autofree char *subtitle = g_strjoin (" · ", kip_office_get_name (report->study->office), days, time,
                                         *report->study->filter != '\0' ? report->study->filter : NULL, NULL);
  g_autofree char *made = kip_format_instant (scope->now, report->study->zone);
  /* Translators: at the foot of a report: page, pages, when it was made. */
  g_autofree char *footer = g_strdup_printf (_("Page %d of %d · made by Kip, %s · n is the number of tickets behind a figure"), number, 2, made);

  return kip_chart_sheet_new (title, subtitle, footer);
}

static void
add_tiles (KipChartSheet   *sheet,
           const GPtrArray *tiles)
{
  for (guint i = 0; i < tiles->len; i++)
    kip_board_sheet_add_tile (sheet, g_ptr_array_index (tiles, i));
}

static void
add_charts (KipChartSheet       *sheet,
            const Report        *report,
            const KipBoardChart *which,
            guint                n)
{
  for (guint i = 0; i < n; i++)
    kip_chart_sheet_add_chart (sheet, g_ptr_array_index (report->charts, which[i]));
}

/* ---- page one: are promises kept ---- */

static const KipTile *
tile_of (const Report *report,
         KipMeasure    measure)
{
  for (guint i = 0; i < report->tiles->len; i++)
    if (((KipTile *) g_ptr_array_index (report->tiles, i))->measure == measure)
      return g_ptr_array_index (report->tiles, i);
  return NULL;
}

static void
say_promise (GString       *text,
             const KipTile *tile)
{
  const char *label = _(kip_measure_info (tile->measure)->label);
  g_autofree char *now = kip_chart_format_value (KIP_UNIT_PERCENT, tile->now.value);
  g_autofree char *before = kip_chart_format_value (KIP_UNIT_PERCENT, tile->before);

  if (tile->now.n == 0)
    return;
  if (tile->n_before > 0)
    /* Translators: "First response kept: 94 % (n = 143), in the period before 92 %." */
    g_string_append_printf (text, _(" %s: %s (n = %u), in the period before %s."), label, now, tile->now.n, before);
  else
    g_string_append_printf (text, _(" %s: %s (n = %u)."), label, now, tile->now.n);
}

/* What happened, in a few sentences. */
static char *
tell_story (const Report *report)
{
  const KipTile *received = tile_of (report, KIP_MEASURE_RECEIVED), *resolved = tile_of (report, KIP_MEASURE_RESOLVED);
  const KipTile *open = tile_of (report, KIP_MEASURE_OPEN);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("%u tickets were received and %u resolved."), received->now.n, resolved->now.n);
  if (!isnan (open->now.value) && !isnan (open->before))
    g_string_append_printf (text, _(" Open at the end: %.0f, at the beginning: %.0f."), open->now.value, open->before);
  say_promise (text, tile_of (report, KIP_MEASURE_SLA_RESPONSE));
  say_promise (text, tile_of (report, KIP_MEASURE_SLA_RESOLUTION));
  if (received->now.n < KIP_FEW)
    g_string_append (text, _(" So few tickets say little: chance weighs more than work."));
  return g_string_free (text, FALSE);
}

static char *
cell (const GArray *figures,
      guint         index,
      KipUnit       unit)
{
  const KipFigure *figure = &g_array_index (figures, KipFigure, index);
  g_autofree char *value = kip_chart_format_value (unit, figure->value);

  if (unit == KIP_UNIT_COUNT || figure->n == 0)
    return g_steal_pointer (&value);
  /* Translators: a figure in a table and the number of tickets behind it: "94 % (n = 143)". */
  return g_strdup_printf (_("%s (n = %u)"), value, figure->n);
}

static void
add_priorities (KipChartSheet *sheet,
                const Report  *report)
{
  static const KipMeasure columns[] = { KIP_MEASURE_RECEIVED, KIP_MEASURE_SLA_RESPONSE, KIP_MEASURE_RESPONSE_MEDIAN,
                                        KIP_MEASURE_SLA_RESOLUTION, KIP_MEASURE_FULL_MEDIAN };
  static const double shares[] = { 2, 1, 2, 2, 2, 2 };
  const char *heads[G_N_ELEMENTS (columns) + 1] = { _("Priority") };
  GArray *figures[G_N_ELEMENTS (columns)];
  KipScope scope = report->study->scope;
  KipSheetTable *table;

  scope.silent = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      heads[i + 1] = _(kip_measure_info (columns[i])->label);
      figures[i] = kip_measure_compute (columns[i], &scope, KIP_BY_PRIORITY);
    }
  table = kip_chart_sheet_add_table (sheet, _("By priority"), G_N_ELEMENTS (heads), shares, heads);
  for (guint row = 1; row <= KIP_N_PRIORITIES; row++)
    {
      g_auto (GStrv) cells = g_new0 (char *, G_N_ELEMENTS (heads) + 1);

      cells[0] = g_strdup (kip_priority_label ((int) row));
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        cells[i + 1] = cell (figures[i], row - 1, kip_measure_info (columns[i])->unit);
      kip_sheet_table_add_row (table, (const char *const *) cells);
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_array_unref (figures[i]);
}

static KipChartSheet *
make_first (const Report *report)
{
  static const KipBoardChart which[] = { KIP_BOARD_SLA_RESPONSE, KIP_BOARD_SLA_RESOLUTION, KIP_BOARD_RESPONSE,
                                         KIP_BOARD_RESOLUTION, KIP_BOARD_FLOW, KIP_BOARD_CSAT };
  KipChartSheet *sheet = new_page (report, _("Are promises kept?"), 1);
  g_autofree char *story = tell_story (report);

  kip_chart_sheet_set_text (sheet, story);
  add_tiles (sheet, report->tiles);
  add_charts (sheet, report, which, G_N_ELEMENTS (which));
  add_priorities (sheet, report);
  return sheet;
}

/* ---- page two: why not, and what to do ---- */

static char *
late_words (const KipBreach *breach)
{
  g_autofree char *late = kip_format_working (breach->late);

  /* Translators: how late a promise was kept; a duration is put in. */
  return breach->is_open ? g_strdup_printf (_("%s, still open"), late) : g_steal_pointer (&late);
}

static void
add_breach (KipSheetTable   *table,
            const Report    *report,
            const KipBreach *breach,
            const char      *subject)
{
  const KipFactTable *facts = report->study->table;
  g_autofree char *number = kip_ticket_number_format (facts->number[breach->row]);
  g_autofree char *agent = kip_format_person (report->study->office, facts->assignee[breach->row], _("Nobody"));
  g_autofree char *late = late_words (breach);
  const char *cells[] = { number, subject, agent, kip_format_clock_name (breach->clock), late };

  kip_sheet_table_add_row (table, cells);
}

static gboolean
add_breaches (KipChartSheet *sheet,
              const Report  *report,
              GError       **error)
{
  static const double shares[] = { 1, 4.5, 1.8, 1.8, 2.2 };
  const char *heads[] = { _("Number"), _("Subject"), _("Agent"), _("Promise"), _("Late by") };
  guint n = MIN (report->breaches->len, MOST_BREACHES);
  g_autofree KipId *ids = g_new (KipId, n + 1);
  g_autoptr (GPtrArray) rows = NULL;
  KipSheetTable *table = kip_chart_sheet_add_table (sheet, _("The largest breaches"), G_N_ELEMENTS (heads), shares, heads);

  table->empty = g_strdup (_("No promise was broken in this range."));
  for (guint i = 0; i < n; i++)
    ids[i] = report->study->table->id[g_array_index (report->breaches, KipBreach, i).row];
  rows = kip_store_rows (report->store, ids, n, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (rows, i);

      add_breach (table, report, &g_array_index (report->breaches, KipBreach, i), row != NULL ? row->subject : "");
    }
  return TRUE;
}

static guint
broken_in (const GArray *figures,
           KipId         key)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_array_index (figures, KipFigure, i).key == key)
      return g_array_index (figures, KipFigure, i).n - g_array_index (figures, KipFigure, i).hits;
  return 0;
}

static int
compare_broken (gconstpointer a,
                gconstpointer b)
{
  const KipFigure *x = a, *y = b;
  guint broken_x = x->n - x->hits, broken_y = y->n - y->hits;

  if (broken_x != broken_y)
    return broken_x > broken_y ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

/* Those with the most broken promises of a resolution. */
static void
add_categories (KipChartSheet *sheet,
                const Report  *report)
{
  static const double shares[] = { 4, 2, 2, 2, 2 };
  const char *heads[] = { _("Category"), _("Resolutions promised"), _("Broken"), _("Resolution kept"), _("First responses broken") };
  KipSheetTable *table = kip_chart_sheet_add_table (sheet, _("Where promises break"), G_N_ELEMENTS (heads), shares, heads);
  KipScope scope = report->study->scope;
  g_autoptr (GArray) resolutions = NULL;
  g_autoptr (GArray) responses = NULL;

  scope.silent = TRUE;
  resolutions = kip_measure_compute (KIP_MEASURE_SLA_RESOLUTION, &scope, KIP_BY_CATEGORY);
  responses = kip_measure_compute (KIP_MEASURE_SLA_RESPONSE, &scope, KIP_BY_CATEGORY);
  g_array_sort (resolutions, compare_broken);
  table->empty = g_strdup (_("No promise was broken in this range."));
  for (guint i = 0; i < MIN (resolutions->len, MOST_CATEGORIES); i++)
    {
      const KipFigure *figure = &g_array_index (resolutions, KipFigure, i);
      g_autofree char *name = kip_study_group_name (report->study, KIP_BY_CATEGORY, figure);
      g_autofree char *promised = g_strdup_printf ("%u", figure->n);
      g_autofree char *broken = g_strdup_printf ("%u", figure->n - figure->hits);
      g_autofree char *kept = kip_chart_format_value (KIP_UNIT_PERCENT, figure->value);
      g_autofree char *other = g_strdup_printf ("%u", broken_in (responses, figure->key));
      const char *cells[] = { name, promised, broken, kept, other };

      if (figure->n > figure->hits)
        kip_sheet_table_add_row (table, cells);
    }
}

static void
add_advice (KipChartSheet *sheet,
            const Report  *report)
{
  g_autoptr (GPtrArray) advice = kip_report_advice (report->study, report->breaches);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < advice->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (advice, i));
  kip_chart_sheet_add_note (sheet, _("What to do"), text->str, TEXT_SIZE);
  g_string_free (text, TRUE);
}

/* What each figure of page one means, in small print. */
static void
add_definitions (KipChartSheet *sheet,
                 const Report  *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->tiles->len; i++)
    {
      const KipMeasureInfo *info = kip_measure_info (((KipTile *) g_ptr_array_index (report->tiles, i))->measure);

      /* Translators: a figure and its definition, one after the other in small print: "Received: Tickets …". */
      g_string_append_printf (text, _("%s%s: %s"), i > 0 ? " · " : "", _(info->label), _(info->definition));
    }
  kip_chart_sheet_add_note (sheet, NULL, text->str, SMALL_SIZE);
  g_string_free (text, TRUE);
}

static KipChartSheet *
make_second (const Report *report,
             GError      **error)
{
  static const KipBoardChart which[] = { KIP_BOARD_CAUSES, KIP_BOARD_CATEGORIES, KIP_BOARD_AGES, KIP_BOARD_FORECAST };
  g_autoptr (KipChartSheet) sheet = new_page (report, _("Why not, and what to do"), 2);

  add_charts (sheet, report, which, G_N_ELEMENTS (which));
  add_categories (sheet, report);
  if (!add_breaches (sheet, report, error))
    return NULL;
  add_advice (sheet, report);
  add_definitions (sheet, report);
  return g_steal_pointer (&sheet);
}

/* ---- both ---- */

GPtrArray *
kip_report_new (const KipStudy *study,
                KipStore       *store,
                GCancellable   *cancellable,
                GError        **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_chart_sheet_free);
  Report report = { study, store, kip_range_choose_by (&study->scope.range, study->zone) };
  KipChartSheet *second;

  if (!kip_board_make_all (study, report.by, FALSE, cancellable, &report.tiles, &report.charts))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  report.breaches = kip_report_breaches (study);
  g_ptr_array_add (sheets, make_first (&report));
  second = make_second (&report, error);
  if (second != NULL)
    g_ptr_array_add (sheets, second);
  g_ptr_array_unref (report.tiles);
  g_ptr_array_unref (report.charts);
  g_array_unref (report.breaches);
  return second != NULL ? g_steal_pointer (&sheets) : NULL;
}
