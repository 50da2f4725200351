/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* What a person put off: told again at its moment, across restarts.  Kept among
 * this machine's small settings as "ticket clock percent until;…". */
typedef struct
{
  KipThreshold what;  /* ticket, clock, percent */
  KipInstant   until;
} KipSnooze;

/* The texts: unreadable parts are left out. (transfer full) GArray of KipSnooze */
GArray *kip_snoozes_parse (const char *text); /* (nullable) */
char   *kip_snoozes_format (GArray *snoozes);

/* Adds, or moves what was there for the ticket. */
void kip_snoozes_put (GArray             *snoozes,
                      const KipThreshold *what,
                      KipInstant          until);

/* Takes those out whose moment has come. (transfer full) GArray of KipSnooze */
GArray *kip_snoozes_take_due (GArray    *snoozes,
                              KipInstant now);

/* The next moment; KIP_INSTANT_NONE. */
KipInstant kip_snoozes_next (GArray *snoozes);

G_END_DECLS
