/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-fs.h"

G_BEGIN_DECLS

/* One line of /proc/self/mountinfo, as far as it matters to a shared file. */
typedef struct
{
  KipShareKind kind;
  gboolean     has_locks; /* byte locks reach the other machines */
  char        *point;     /* (owned) where it is mounted, as the kernel writes it (\\040 for a blank) */
  char        *source;    /* (owned) //nas/office, nas:/export, /dev/sda1 */
} KipShareMount;

void kip_share_mount_clear (KipShareMount *mount);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KipShareMount, kip_share_mount_clear)

/* The mount numbered @id (stx_mnt_id of statx) in the text @mountinfo; FALSE, and @mount
 * untouched, when it is not there.  The format: proc(5). */
gboolean kip_share_mount_find (const char    *mountinfo,
                               guint64        id,
                               KipShareMount *mount);

/* A number that stays the same for @mount and the part of @folder that tells one share from another
 * beneath it (gvfs mounts all of them at one point).  Never 0. */
guint64 kip_share_mount_identify (const KipShareMount *mount,
                                  const char          *folder);

G_END_DECLS
