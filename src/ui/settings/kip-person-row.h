/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-office.h"

G_BEGIN_DECLS

/* One person in a list: name and star, beneath it how to reach them, their role. */
#define KIP_TYPE_PERSON_ROW (kip_person_row_get_type ())
G_DECLARE_FINAL_TYPE (KipPersonRow, kip_person_row, KIP, PERSON_ROW, GtkWidget)

GtkWidget *kip_person_row_new (void);
void       kip_person_row_show (KipPersonRow    *row,
                                const KipPerson *person);

G_END_DECLS
