/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The id of an entity (a ticket, a person, a policy …): made offline, unique in
 * the office, growing on each machine.  The number that the machine got when it
 * joined (1 = the founder's) in the upper 16 bits, a counter in the lower 47.
 * Fits a positive SQLite integer. */
typedef guint64 KipId;

#define KIP_ID_NONE ((KipId) 0)
#define KIP_ID_COUNTER_BITS 47
#define KIP_ID_MAKE(device, counter) (((KipId) (device) << KIP_ID_COUNTER_BITS) | (KipId) (counter))
#define KIP_ID_DEVICE(id) ((guint) ((id) >> KIP_ID_COUNTER_BITS))
#define KIP_ID_COUNTER(id) ((id) & ((((KipId) 1) << KIP_ID_COUNTER_BITS) - 1))

/* Ids that every office has from its first event, the same on every machine. */
#define KIP_ID_OFFICE KIP_ID_MAKE (0, 1)
#define KIP_ID_MACHINE(device) KIP_ID_MAKE (device, 0)

/* The letters of a machine in ticket numbers: 1 → "A", 26 → "Z", 27 → "AA". */
char *kip_id_device_letters (guint device);

/* Reverses it, whatever the case; 0 when @letters is not one. */
guint kip_id_device_from_letters (const char *letters,
                                  gsize       length);

G_END_DECLS
