/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Where one writes: a reply, a call that was made, an internal note, or what the
 * requester wrote.  What is typed is a draft on disk from the first letter.  A
 * reply is held back with a note if a colleague has answered meanwhile.  Files
 * and pictures are dropped, pasted or chosen.
 *
 * Signal "written" (): somebody types. */
#define KIP_TYPE_COMPOSER (kip_composer_get_type ())
G_DECLARE_FINAL_TYPE (KipComposer, kip_composer, KIP, COMPOSER, KipCaseWidget)

/* What happens to the ticket when a message is sent. */
typedef enum
{
  KIP_SEND_ONLY,
  KIP_SEND_AND_WAIT,   /* for the requester */
  KIP_SEND_AND_RESOLVE /* asks what was wrong and what was done */
} KipSendThen;

/* Goes to the text, to write @kind; 0: the kind that is chosen. */
void kip_composer_focus (KipComposer   *self,
                         KipMessageKind kind);

/* Sends what is written; nothing happens to an empty text. */
void kip_composer_send (KipComposer *self,
                        KipSendThen  then);

/* Where the pane is low: only the text is shown until somebody writes. */
void kip_composer_set_compact (KipComposer *self,
                               gboolean     compact);

/* Asks for files and attaches them to the ticket. */
void kip_composer_choose_files (KipComposer *self);

/* Files dropped on @widget are attached as those dropped here are. */
void kip_composer_accept_drops (KipComposer *self,
                                GtkWidget   *widget);

/* Attaches what was dropped or pasted: a GFile, GdkFileList or GdkTexture.  FALSE:
 * none of these. */
gboolean kip_composer_attach_value (KipComposer  *self,
                                    const GValue *value);

G_END_DECLS
