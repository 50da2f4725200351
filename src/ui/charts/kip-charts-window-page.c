/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The whole page on paper or in a file, and the report. */

#include "kip-charts-window-private.h"

#include "kip-board.h"
#include "kip-charts-print.h"
#include "kip-clock.h"
#include "kip-file-chooser.h"

#include <glib/gi18n-lib.h>

/* ---- the page ---- */

static KipChartSheet *
make_sheet (KipChartsWindow *self)
{
  g_autoptr (GTimeZone) zone = kip_office_zone (kip_charts_window_get_store (self));
  g_autofree char *filter = kip_query_to_text (kip_search_entry_get_query (self->search));
  KipRange range = kip_range_button_get_range (self->range);

  return kip_board_sheet (kip_office_get_name (kip_store_get_office (kip_charts_window_get_store (self))), &range, zone, filter, self->elapsed,
                          kip_clock_now (), self->tile_data, self->chart_data);
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  if (self->chart_data == NULL)
    return;
  if (!kip_charts_print (GTK_WINDOW (self), make_sheet (self), &error))
    kip_charts_window_say (self, error->message);
}

static void
page_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (KipChartSheet) sheet = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL && !kip_chart_sheet_save_pdf (sheet, path, &error))
    kip_charts_window_say (KIP_CHARTS_WINDOW (source), error->message);
}

static void
save_page_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (widget);

  if (self->chart_data != NULL)
    kip_file_chooser_save_async (widget, _("Save the Page"), _("Charts.pdf"), page_saved_cb, make_sheet (self));
}

/* ---- the report ---- */

static void
reported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipChartsWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (kip_charts_report_finish (KIP_STORE (source), result, &error))
    kip_charts_window_say (self, _("The report is written."));
  else
    kip_charts_window_say (self, error->message);
}

static void
report_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (source);
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  KipChartsQuestion question;

  if (path == NULL || self->session == NULL)
    return;
  question = kip_charts_window_get_question (self);
  kip_charts_report_async (kip_charts_window_get_store (self), &question, self->facts, path, NULL, reported_cb, g_object_ref (self));
}

static void
report_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  kip_file_chooser_save_async (widget, _("Save the Report"), _("Report.pdf"), report_chosen_cb, NULL);
}

void
kip_charts_window_install_page_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "charts.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "charts.save-page", NULL, save_page_action);
  gtk_widget_class_install_action (klass, "charts.report", NULL, report_action);
}
