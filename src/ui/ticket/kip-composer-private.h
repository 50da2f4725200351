/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-composer.h"
#include "kip-picker.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _KipComposer
{
  KipCaseWidget   parent_instance;
  GtkWidget      *reply_toggle;
  GtkWidget      *call_toggle;
  GtkWidget      *note_toggle;
  GtkWidget      *incoming_toggle;
  GtkWidget      *guard_box;
  GtkLabel       *guard_label;
  GtkLabel       *guard_text;  /* what the colleague wrote */
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

void     kip_composer_show_status (KipComposer *self);
gboolean kip_composer_is_empty (KipComposer *self);
gboolean kip_composer_answers (KipMessageKind kind); /* the requester */
void     kip_composer_save_draft (KipComposer *self);
void     kip_composer_load_draft (KipComposer *self);
char    *kip_composer_dup_text (KipComposer *self);

/* ---- kip-composer-send.c ---- */

void     kip_composer_bind_send (GtkWidgetClass *widget_class);

/* ---- kip-composer-files.c: what is dropped, pasted or chosen ---- */

void     kip_composer_bind_files (GtkWidgetClass *widget_class);

/* ---- kip-composer-guard.c: held back while a colleague's answer was not seen ---- */

void     kip_composer_bind_guard (GtkWidgetClass *widget_class);
void     kip_composer_show_guard (KipComposer *self);
gboolean kip_composer_is_held_back (KipComposer *self);

G_END_DECLS
