/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-writer.h"

G_BEGIN_DECLS

/* This machine's own: drafts, snoozes, small settings.  Answered from memory,
 * written behind: the newest text wins, and at most one write is under way. */
typedef struct _KipLocal KipLocal;

KipLocal *kip_local_load (KipDb   *db,
                          GError **error);

/* Reads drafts and the like again, which were changed where they are kept. */
gboolean kip_local_reload (KipLocal *local,
                           KipDb    *db,
                           GError  **error);

/* From now on what is set is written by @writer (borrowed). */
void kip_local_attach (KipLocal  *local,
                       KipWriter *writer);

/* Waits until all is written. */
void kip_local_flush (KipLocal *local);
void kip_local_free (KipLocal *local);

gboolean   kip_local_set_draft (KipLocal   *local,
                                KipId       ticket,
                                const char *slot,
                                const char *text); /* TRUE: there was none, or is none now */
char      *kip_local_dup_draft (KipLocal   *local,
                                KipId       ticket,
                                const char *slot);
GArray    *kip_local_draft_tickets (KipLocal *local);
void       kip_local_set (KipLocal   *local,
                          const char *key,
                          const char *value); /* NULL: forget it */
char      *kip_local_dup (KipLocal   *local,
                          const char *key);
/* Somebody was forgotten: drafts of tickets that @is_gone tells and what was searched for are dropped. */
void       kip_local_forget (KipLocal *local,
                             gboolean ( *is_gone )(KipId ticket, gpointer data),
                             gpointer data);
void       kip_local_note_snooze (KipLocal  *local,
                                  KipId      ticket,
                                  KipInstant until);
KipInstant kip_local_get_snooze (KipLocal *local,
                                 KipId     ticket);

G_END_DECLS
