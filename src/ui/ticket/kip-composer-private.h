/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-composer.h"
#include "kip-picker.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KIP_N_COMPOSER_KINDS 4

struct _KipComposer
{
  KipCaseWidget   parent_instance;
  GtkWidget      *reply_toggle;
  GtkWidget      *call_toggle;
  GtkWidget      *note_toggle;
  GtkWidget      *incoming_toggle;
  GtkWidget      *guard_box;
  GtkLabel       *guard_label;
  GtkTextView    *text;
  GtkLabel       *hint_label;  /* what to write, while nothing is */
  GtkLabel       *status_label;
  GtkSpinner     *spinner;
  AdwSplitButton *send_button;
  GtkWidget      *write_box;   /* all of it; insensitive while sending */
  GtkWidget      *kinds_box;
  GtkWidget      *tools_box;

  KipId           ticket;      /* whose draft is shown */
  KipMessageKind  kind;
  guint           seen;        /* answers of others when the draft was begun */
  gboolean        filling;     /* we are writing into the text ourselves */
  gboolean        compact;
  gboolean        confirmed;   /* send although a colleague answered */
  KipSendThen     held_then;   /* what was asked for when it was held back */
  guint           n_attaching; /* files on their way */
};

/* ---- kip-composer.c ---- */

void kip_composer_show_status (KipComposer *self);

G_END_DECLS
