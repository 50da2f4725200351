/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alert-rules.h"

G_BEGIN_DECLS

/* The words of a notification, apart from the service that shows it. */

/* "A-214 Printer on floor 3". @row nullable. */
char *kip_notice_title (const KipTicketRow *row);

/* "Resolution: 41 min left, 75 % used". */
char *kip_notice_line (const KipAlert     *alert,
                       const KipTicketRow *row,
                       KipAgreements      *agreements,
                       KipInstant          now);

/* "3 promises need you", or, of the past, "While you were away: 3 promises". */
char *kip_notice_summary (guint    n,
                          gboolean summary);

/* Title and line of up to five of @alerts (of KipAlert) with their @rows (of
 * KipTicketRow, nullable elements), escaped as the body's markup wants it. */
char *kip_notice_body (GArray        *alerts,
                       GPtrArray     *rows,
                       KipAgreements *agreements,
                       KipInstant     now);

/* The query that selects the tickets of @rows: "number:A-1,A-7". */
char *kip_notice_query (GPtrArray *rows);

G_END_DECLS
