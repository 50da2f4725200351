/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* Either may be ""; called once, unless the dialog is cancelled. */
typedef void (*KipResolveFunc)(KipId       ticket,
                               const char *cause,
                               const char *done,
                               gpointer    data);

/* Asks what was wrong (the office's short list, or free text) and what was done;
 * @done: (nullable) what to begin with.  @data must be a GObject: it is kept
 * alive until the dialog closes. */
void kip_resolve_dialog_present (GtkWidget     *widget,
                                 KipCase       *kase,
                                 const char    *done,
                                 KipResolveFunc func,
                                 gpointer       data);

/* The same once for @n tickets; @func gets KIP_ID_NONE. */
void kip_resolve_dialog_present_many (GtkWidget     *widget,
                                      KipStore      *store,
                                      guint          n,
                                      KipResolveFunc func,
                                      gpointer       data);

/* The same, and resolves the ticket. */
void kip_resolve_dialog_run (GtkWidget *widget,
                             KipCase   *kase);

/* Adds the two answers to @change, leaving out what is empty. */
void kip_resolve_add (KipChange  *change,
                      KipId       ticket,
                      const char *cause,
                      const char *done);

G_END_DECLS
