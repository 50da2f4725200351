/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* Asks whether a person is to be forgotten for good: says exactly what goes and what stays, counted, and wants
 * the name typed.  @done (nullable) is called, unless the window is gone, once it was done. */
void kip_purge_dialog_ask (GtkWidget *from,
                           KipStore  *store,
                           KipId      person,
                           void (    *done )(GtkWidget *from));

G_END_DECLS
