/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-format.h"

G_BEGIN_DECLS

/* The colour and the icon that go with a state; a word always stands beside them. */

/* A style class of libadwaita; NULL: none. Static. */
const char *kip_tone_css_class (KipTone tone);
const char *kip_tone_icon_name (KipTone tone); /* Static. */

/* Gives @widget the class of @tone and takes those of the others away. */
void kip_tone_apply (GtkWidget *widget,
                     KipTone    tone);

G_END_DECLS
