/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-commands.h"

G_BEGIN_DECLS

/* One person at work: the store, what they did last (for undo), and who should
 * hear how it went.  Every window is given the session at construction; windows
 * never append by themselves.  Main thread only.
 *
 * Signals:
 * "done" (const char *label, guint device, guint64 seq): an action is on disk;
 *   @label is a translated past tense for a toast ("A-214 resolved"), empty for
 *   actions that want no toast (a field edited in place).
 * "undone" (const char *label, gboolean redo): Ctrl+Z or a toast's Undo worked.
 * "failed" (GError *error): it is not on disk; what was typed is still in its field. */
#define KIP_TYPE_SESSION (kip_session_get_type ())
G_DECLARE_FINAL_TYPE (KipSession, kip_session, KIP, SESSION, GObject)

KipSession *kip_session_new (KipStore *store);
KipStore   *kip_session_get_store (KipSession *session);

/* Appends @change (taken; NULL does nothing) and remembers it for undo.
 * @label: see "done".  @callback (nullable) hears of the end: kip_session_do_finish(). */
void     kip_session_do (KipSession         *session,
                         KipChange          *change,
                         const char         *label,
                         GAsyncReadyCallback callback,
                         gpointer            data);
gboolean kip_session_do_finish (KipSession   *session,
                                GAsyncResult *result,
                                KipReceipt   *receipt,
                                GError      **error);

/* The last action not yet undone; "" when there is none. Property "undo-label" notifies. */
const char *kip_session_get_undo_label (KipSession *session);
const char *kip_session_get_redo_label (KipSession *session);
void        kip_session_undo (KipSession *session);
void        kip_session_redo (KipSession *session);

/* Undoes one particular change-set (a toast's button, "undo this" in the timeline). */
void kip_session_undo_change (KipSession *session,
                              guint       device,
                              guint64     seq,
                              const char *label);

G_END_DECLS
