/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-importer.h"

#include "kip-config.h"
#include "kip-csv-writer.h"
#include "kip-import-table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static void
problem_free (gpointer data)
{
  KipImportProblem *problem = data;

  g_free (problem->key);
  g_free (problem->reason);
  g_free (problem);
}

KipImportReport *
kip_import_report_new (void)
{
  KipImportReport *report = g_new0 (KipImportReport, 1);

  report->problems = g_ptr_array_new_with_free_func (problem_free);
  return report;
}

void
kip_import_report_free (KipImportReport *report)
{
  g_ptr_array_unref (report->problems);
  g_clear_error (&report->stopped);
  g_free (report);
}

void
kip_import_report_add (KipImportReport *report,
                       guint64          line,
                       gboolean         refused,
                       const char      *key,
                       char            *reason)
{
  KipImportProblem *problem;

  report->n_refused += refused;
  report->n_notes += !refused;
  if (report->problems->len >= KIP_IMPORT_MAX_PROBLEMS)
    {
      g_free (reason);
      return;
    }
  problem = g_new0 (KipImportProblem, 1);
  problem->line = line;
  problem->refused = refused;
  problem->key = g_strdup (key);
  problem->reason = reason;
  g_ptr_array_add (report->problems, problem);
}

char *
kip_import_report_summary (const KipImportReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u new ticket.", "%u new tickets.", report->n_new), report->n_new);
  if (report->n_updated > 0)
    g_string_append_printf (text, ngettext (" %u known ticket got newer events.", " %u known tickets got newer events.",
                                            report->n_updated), report->n_updated);
  if (report->n_known > 0)
    g_string_append_printf (text, ngettext (" %u ticket was known already.", " %u tickets were known already.",
                                            report->n_known), report->n_known);
  if (report->n_deleted > 0)
    g_string_append_printf (text, ngettext (" %u ticket was deleted here and stays deleted.",
                                            " %u tickets were deleted here and stay deleted.", report->n_deleted),
                            report->n_deleted);
  if (report->n_refused > 0)
    g_string_append_printf (text, ngettext (" %" PRIu64 " row was refused.",
                                            " %" PRIu64 " rows were refused.", report->n_refused),
                            report->n_refused);
  if (report->n_notes > 0)
    g_string_append_printf (text, ngettext (" %" PRIu64 " note.", " %" PRIu64 " notes.",
                                            report->n_notes), report->n_notes);
  if (report->stopped != NULL)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, g_error_matches (report->stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                       ? _("The import was stopped; what is in stays until you undo it.")
                       : report->stopped->message);
    }
  return g_string_free (text, FALSE);
}

static gboolean
write_problem (KipCsvWriter           *writer,
               const KipImportProblem *problem,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, problem->line);

  kip_csv_writer_cell (writer, line);
  kip_csv_writer_cell (writer, problem->refused ? _("refused") : _("note"));
  kip_csv_writer_cell (writer, problem->key);
  kip_csv_writer_cell (writer, problem->reason);
  return kip_csv_writer_end_row (writer, cancellable, error);
}

gboolean
kip_import_report_save (const KipImportReport *report,
                        GFile                 *file,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autoptr (KipCsvWriter) writer = kip_csv_writer_open (file, 0, KIP_CSV_WRITE_BOM | KIP_CSV_WRITE_SAFE,
                                                         cancellable, error);

  if (writer == NULL)
    return FALSE;
  kip_csv_writer_cell (writer, _("Line"));
  kip_csv_writer_cell (writer, _("What happened"));
  kip_csv_writer_cell (writer, _("Number there"));
  kip_csv_writer_cell (writer, _("Reason"));
  if (!kip_csv_writer_end_row (writer, cancellable, error))
    return FALSE;
  for (guint i = 0; i < report->problems->len; i++)
    if (!write_problem (writer, report->problems->pdata[i], cancellable, error))
      return FALSE;
  return kip_csv_writer_close (writer, cancellable, error);
}
