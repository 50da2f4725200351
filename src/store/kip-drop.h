/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-turn.h"

G_BEGIN_DECLS

/* The change-sets of @device after @last, as they are in the log. (transfer full) of KipChange */
GPtrArray *kip_drop_read (KipDb   *db,
                          guint32  device,
                          guint64  last,
                          GError **error);

/* The entities that nothing else in the log is about. (transfer full) GArray of KipKey */
GArray *kip_drop_find_made (KipDb   *db,
                            guint32  device,
                            guint64  last,
                            GError **error);

/* Takes them out of the log, which otherwise only grows: this line of @device is given up, and some twin says all of it
 * again (kip-twin.h).  What was computed by them is computed again when @turn settles, the index of texts after that. */
gboolean kip_drop_line (KipTurn *turn,
                        guint32  device,
                        guint64  last,
                        GError **error);

G_END_DECLS
