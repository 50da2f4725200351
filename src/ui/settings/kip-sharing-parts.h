/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-sync.h"

G_BEGIN_DECLS

/* What the groups of the sharing page have in common. */

/* ---- what is asked, and what came of it ---- */

/* As many letters as kip_sharing_begin () and kip_sharing_set_passphrase () ask for, typed twice alike. */
gboolean kip_sharing_is_passphrase (GtkEditable *one,
                                    GtkEditable *two);

/* A dialog over the window of @from with "Cancel" and @label, whose response is "do"; to be presented. */
AdwMessageDialog *kip_sharing_ask (GtkWidget            *from,
                                   const char           *heading,
                                   const char           *body,
                                   const char           *label,
                                   AdwResponseAppearance appearance);

/* What was decided and could not be done is said, if @from is still to be seen. */
void kip_sharing_say_failure (GtkWidget    *from,
                              const GError *error);

/* Nothing can be done with @widget until kip_sharing_decided_cb () hears what came of it; its data. (transfer full) */
gpointer kip_sharing_deciding (GtkWidget *widget);
void     kip_sharing_decided_cb (GObject      *sync,
                                 GAsyncResult *result,
                                 gpointer      widget);

/* ---- rows ---- */

GtkWidget *kip_sharing_row_new (const char *title,
                                const char *subtitle);

/* At the end of @row. Borrowed. */
GtkWidget *kip_sharing_row_add_button (GtkWidget  *row,
                                       const char *label); /* with a mnemonic */

/* Rows that are made anew only when they say something else: somebody may stand on one with the keyboard. */
typedef struct _KipSharingRows KipSharingRows;

typedef void (*KipSharingRowFunc) (GtkWidget *parent,
                                   GtkWidget *row);

/* @parent (borrowed) outlives them. */
KipSharingRows *kip_sharing_rows_new (GtkWidget        *parent,
                                      KipSharingRowFunc add,
                                      KipSharingRowFunc remove);
void            kip_sharing_rows_free (KipSharingRows *rows);

/* @text (transfer full): all that they will say.  FALSE: they say it already; otherwise they are gone, to be added. */
gboolean kip_sharing_rows_begin (KipSharingRows *rows,
                                 char           *text);
void     kip_sharing_rows_add (KipSharingRows *rows,
                               GtkWidget      *row);

G_END_DECLS
