/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* Looks for another ticket, by number or by words, for something that ties two
 * tickets together. */
typedef enum
{
  KIP_CHOOSE_MERGE,  /* this one into the other */
  KIP_CHOOSE_LINK,
  KIP_CHOOSE_PARENT  /* this one is part of the other */
} KipChoosePurpose;

void kip_ticket_chooser_present (GtkWidget       *widget,
                                 KipCase         *kase,
                                 KipChoosePurpose purpose);

G_END_DECLS
