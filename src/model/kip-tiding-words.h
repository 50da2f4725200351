/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-office.h"
#include "kip-tiding.h"

G_BEGIN_DECLS

/* What was learnt from other machines, in words.  All (transfer full). */

/* A few words: "First response: judged again". */
char *kip_tiding_title (const KipTiding *tiding);

/* "An assigned it at the same time. It is Bình’s now." */
char *kip_tiding_sentence (const KipTiding *tiding,
                           KipOffice       *office);

/* Adds to the notes of @why that its clock was judged again (@tidings: of KipTiding, of its ticket): "Judged again on
 * 12 Nov 10:20, after Lan’s pause of 9:40 arrived: kept, not broken." */
void  kip_tidings_explain (GArray         *tidings,
                           KipOffice      *office,
                           KipExplanation *why);

/* What does not count, and what to do.  @n of such changes, all of @kind. */
char *kip_tiding_refused (KipTidingKind kind,
                          guint         n);

G_END_DECLS
