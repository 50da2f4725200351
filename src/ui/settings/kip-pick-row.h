/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row in which one of several things is chosen, each with a number (an id, an enum).
 *
 * Signals:
 * "commit" (): the person chose another one. */
#define KIP_TYPE_PICK_ROW (kip_pick_row_get_type ())
G_DECLARE_FINAL_TYPE (KipPickRow, kip_pick_row, KIP, PICK_ROW, AdwComboRow)

GtkWidget *kip_pick_row_new (const char *title);

/* Between begin and end the choices are given anew; equal ones leave an open list alone. */
void kip_pick_row_begin (KipPickRow *row);
void kip_pick_row_add (KipPickRow *row,
                       gint64      number,
                       const char *label);
void kip_pick_row_end (KipPickRow *row);

/* A number that is not among the choices shows none. */
void   kip_pick_row_set_value (KipPickRow *row,
                               gint64      number);
gint64 kip_pick_row_get_value (KipPickRow *row);

G_END_DECLS
