/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A toast that says @text as it is: libadwaita takes a title for markup, and a
 * ticket about "R&D" would say nothing. */
AdwToast *kip_toast_new (const char *text);

G_END_DECLS
