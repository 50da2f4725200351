/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-memory.h"

#include <malloc.h>

/* The C library raises its own threshold with the first large block that is freed, and
 * keeps later ones. */
#define LARGE (1024 * 1024)
#define HEAPS 2

void
kip_memory_init (void)
{
#ifdef M_ARENA_MAX
  mallopt (M_MMAP_THRESHOLD, LARGE);
  mallopt (M_ARENA_MAX, HEAPS);
#endif
}
