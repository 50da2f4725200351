/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-ticket-list.h"

G_BEGIN_DECLS

/* A ticket's subject on one line: bold while the requester waits for an answer,
 * with marks at its end (conflict, draft, VIP, attachment).  After a search a line
 * below says where else the words were found. */
#define KIP_TYPE_SUBJECT_CELL (kip_subject_cell_get_type ())
G_DECLARE_FINAL_TYPE (KipSubjectCell, kip_subject_cell, KIP, SUBJECT_CELL, GtkWidget)

GtkWidget *kip_subject_cell_new (void);

/* @row: (nullable) not read yet.  @words: (nullable) that are searched, folded.
 * @excerpt: (nullable) not read yet; with hits between \1 and \2. */
void kip_subject_cell_set (KipSubjectCell     *self,
                           const KipTicketRow *row,
                           gboolean            draft,
                           GPtrArray          *words,
                           const char         *excerpt);

G_END_DECLS
