/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of a boxed list that names a field and shows its value on a button that
 * opens a popover to change it.  Properties "popover" (GtkPopover) and "value". */
#define KIP_TYPE_FIELD_ROW (kip_field_row_get_type ())
G_DECLARE_FINAL_TYPE (KipFieldRow, kip_field_row, KIP, FIELD_ROW, AdwActionRow)

/* NULL or "": empty, said so. */
void kip_field_row_set_value (KipFieldRow *self,
                              const char  *value);
const char *kip_field_row_get_value (KipFieldRow *self);
void kip_field_row_popup (KipFieldRow *self);

G_END_DECLS
