/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-exporter.h"

G_BEGIN_DECLS

/* The columns of an export.  Private to the exporter. */

typedef struct
{
  KipOffice          *office;     /* borrowed */
  KipAgreements      *agreements; /* borrowed */
  GTimeZone          *zone;       /* borrowed */
  KipInstant          now;
  gboolean            for_people;
  const KipTicketRow *row;        /* borrowed */
  const KipTicket    *ticket;     /* borrowed */
} KipExportRow;

guint       kip_export_n_columns (void);
const char *kip_export_column_name (guint    column,
                                    gboolean for_people);

/* Appends the cell's text to @out. */
void kip_export_cell (const KipExportRow *row,
                      guint               column,
                      GString            *out);

G_END_DECLS
