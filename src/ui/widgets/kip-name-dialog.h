/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*KipNameFunc) (const char *name,
                             gpointer    data);

/* Asks for one name.  @func is called with it, trimmed and never empty, unless
 * the person thinks better of it.  @accept: the button's word with its mnemonic.
 * @destroy (nullable) frees @data in either case. */
void kip_ask_name (GtkWidget     *parent,
                   const char    *heading,
                   const char    *body,
                   const char    *label,
                   const char    *name, /* (nullable) to begin with */
                   const char    *accept,
                   KipNameFunc    func,
                   gpointer       data,
                   GDestroyNotify destroy);

G_END_DECLS
