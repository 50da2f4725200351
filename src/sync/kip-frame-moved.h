/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the office's file lies by now, said at the end of the one that it leaves: by a manager's machine, signed. Of several
 * in one file that with the highest number counts. */
typedef struct
{
  guint32 device;
  gint64  at;     /* UTC ms by its clock */
  guint64 serial;
  char   *path;   /* (owned) of the file as that machine sees it; "": it is this one again */
  char   *from;   /* (owned) what this one is called there */
} KipMoved;

void      kip_moved_free (KipMoved *moved);
KipMoved *kip_moved_copy (const KipMoved *moved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipMoved, kip_moved_free)

/* Signs with @secret_key (64 bytes, Ed25519). (transfer full) */
GBytes *kip_frame_pack_moved (const KipMoved *moved,
                              const guint8   *secret_key);

/* @public_key (nullable: the signature is not looked at).  NULL: damaged, or signed by another. (transfer full) */
KipMoved *kip_frame_unpack_moved (GBytes       *body,
                                  const guint8 *public_key);

G_END_DECLS
