/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-application.h"
#include "kip-sync.h"
#include "kip-watch.h"

G_BEGIN_DECLS

struct _KipApplication
{
  AdwApplication parent_instance;
  char       *dir;            /* (owned) data folder, absolute */
  KipSession *session;        /* (owned) (nullable) while an office is open */
  KipSync    *sync;           /* (owned) (nullable) with the session */
  KipWatch   *watch;          /* (owned) once started */
  GError     *trouble;        /* (owned) (nullable) why none is */
  gboolean    opening;
  char       *pending_action; /* (owned) (nullable) of the command line, for when the office is open */
};

/* Opens what is in the folder; does nothing while one is open or being opened. */
void kip_application_open_office (KipApplication *self);

/* Waits until all is on disk, then closes the office; the windows stay. */
void kip_application_close_office (KipApplication *self);

/* (transfer none) */
GtkWindow *kip_application_new_window (KipApplication *self);

void kip_application_add_actions (KipApplication *self);
void kip_application_add_office_actions (KipApplication *self);

G_END_DECLS
