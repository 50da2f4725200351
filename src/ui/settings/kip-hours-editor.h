/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* The working hours of one day: its name, any number of stretches, each two times that
 * are typed, and a button for another one.
 *
 * Signals:
 * "changed" (): the person changed them.
 * "refused" (const char *sentence): what was typed makes no sense; it stays where it is. */
#define KIP_TYPE_HOURS_EDITOR (kip_hours_editor_get_type ())
G_DECLARE_FINAL_TYPE (KipHoursEditor, kip_hours_editor, KIP, HOURS_EDITOR, GtkWidget)

GtkWidget *kip_hours_editor_new (const char *day);

/* @hours: of KipHours, copied. */
void          kip_hours_editor_show (KipHoursEditor *editor,
                                     const GArray   *hours);
const GArray *kip_hours_editor_get_hours (KipHoursEditor *editor);

/* One more at the end of the first line. */
void kip_hours_editor_add_button (KipHoursEditor *editor,
                                  GtkWidget      *button);

G_END_DECLS
