/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-row-words.h"

G_BEGIN_DECLS

/* A promise on one line: a bar for the share of the target used while it runs,
 * an icon when it is paused, kept or broken, and always the words. */
#define KIP_TYPE_DUE_CELL (kip_due_cell_get_type ())
G_DECLARE_FINAL_TYPE (KipDueCell, kip_due_cell, KIP, DUE_CELL, GtkWidget)

GtkWidget *kip_due_cell_new (void);

/* px in the font of @widget: room for all that is usually said, in the language that it is said in. */
int kip_due_cell_usual_width (GtkWidget *widget);

/* @promise: (nullable) not read yet. */
void kip_due_cell_set (KipDueCell          *self,
                       const KipRowPromise *promise);

G_END_DECLS
