/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plain text as Pango markup, web addresses in it made into links; everything
 * else is escaped.  (transfer full) */
char *kip_link_text_to_markup (const char *text);

G_END_DECLS
