/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-event.h"

G_BEGIN_DECLS

/* From when a version of a policy or calendar is to be in force, and the versions so far.
 *
 * Signals:
 * "changed" (): the person chose another time.
 * "open-draft", "drop-draft" (gpointer to KipEventId): a draft is to be seen in the form,
 *   or thrown away. */
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

/* Puts a draft behind those that are listed, newest first.  @note: (nullable) what it was
 * drafted for; @author: (nullable) a name; @is_open: it is the one in the form. */
void kip_version_group_clear_drafts (KipVersionGroup *group);
void kip_version_group_add_draft (KipVersionGroup  *group,
                                  const KipEventId *entry,
                                  const char       *note,
                                  KipInstant        made,
                                  const char       *author,
                                  gboolean          is_open);

G_END_DECLS
