/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "query-laws.h"

/* Longer ones find nothing new, only later. */
#define MAX_SIZE 512

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, MIN (size, MAX_SIZE));

  query_laws_check (text);
  return 0;
}
