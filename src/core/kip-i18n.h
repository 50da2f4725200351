/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes every program of Kip speak the person's language: call it first in main().
 * Translations come from where they were installed, or from the folder that the
 * variable KIP_LOCALEDIR names, for a program that was not installed. */
void kip_i18n_init (void);

G_END_DECLS
