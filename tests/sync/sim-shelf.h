/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-shelf.h"

G_BEGIN_DECLS

/* A machine's attachments in memory, and what its log names of them.  It survives the machine's crashes:
 * what was kept is kept. */
typedef struct _SimShelf SimShelf;

SimShelf *sim_shelf_new (void);
void      sim_shelf_free (SimShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimShelf, sim_shelf_free)

/* From now on the log names a file of @bytes that @device attached; @is_here: its bytes are on this machine. */
void sim_shelf_name (SimShelf  *shelf,
                     GBytes    *bytes,
                     guint32    device,
                     KipInstant at,
                     gboolean   is_here);
/* The event is gone from the log, the file from the disk. */
void sim_shelf_purge (SimShelf *shelf,
                      GBytes   *bytes);

/* What is here of the file with these bytes: the very bytes, else NULL. (transfer full) */
GBytes  *sim_shelf_get (SimShelf *shelf,
                        GBytes   *bytes);
/* Damages what is here. */
void     sim_shelf_spoil (SimShelf *shelf,
                          GBytes   *bytes);
/* So many bytes can be kept (without end). */
void     sim_shelf_set_room (SimShelf *shelf,
                             guint64   room);
gboolean sim_shelf_is_noted (SimShelf *shelf,
                             GBytes   *bytes,
                             guint     n_chunks);

/* For one life of the program; must not outlive @shelf. */
KipShelf *sim_shelf_open (SimShelf *shelf);

G_END_DECLS
