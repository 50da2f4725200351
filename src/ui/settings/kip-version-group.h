/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-instant.h"

G_BEGIN_DECLS

/* From when a version of a policy or calendar is to be in force, and the versions so far.
 *
 * Signals:
 * "changed" (): the person chose another time. */
#define KIP_TYPE_VERSION_GROUP (kip_version_group_get_type ())
G_DECLARE_FINAL_TYPE (KipVersionGroup, kip_version_group, KIP, VERSION_GROUP, AdwPreferencesGroup)

/* KIP_INSTANT_NONE: for every ticket.  FALSE: the date makes no sense, which is said in @error. */
gboolean kip_version_group_get_effective (KipVersionGroup *group,
                                          KipInstant      *effective,
                                          GError         **error);

/* Takes the listed versions away. */
void kip_version_group_clear (KipVersionGroup *group);

/* Puts one behind those that are listed: give the newest first. */
void kip_version_group_add (KipVersionGroup *group,
                            guint            version,
                            KipInstant       published,
                            KipInstant       effective);

G_END_DECLS
