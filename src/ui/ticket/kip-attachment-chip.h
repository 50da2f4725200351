/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* An attached file: its picture or an icon, name and size.  A click opens it in
 * the desktop's program for it; the button beside it saves it elsewhere.  One that another computer attached is
 * fetched first, with a word about how far that is or where the file still is. */
#define KIP_TYPE_ATTACHMENT_CHIP (kip_attachment_chip_get_type ())
G_DECLARE_FINAL_TYPE (KipAttachmentChip, kip_attachment_chip, KIP, ATTACHMENT_CHIP, GtkWidget)

GtkWidget *kip_attachment_chip_new (KipStore            *store,
                                    const KipAttachment *attachment);

G_END_DECLS
