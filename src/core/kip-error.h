/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One error domain for every Kip library.  Library code returns these; only the
 * program and kipctl print them.  The message of each is a whole translated
 * sentence for a person: what happened, what was kept safe, what to do. */
#define KIP_ERROR (kip_error_quark ())

typedef enum
{
  KIP_ERROR_FAILED,       /* anything without a better name */
  KIP_ERROR_INVALID,      /* what a person typed or a file says makes no sense */
  KIP_ERROR_NOT_FOUND,    /* no such ticket, person, file */
  KIP_ERROR_CORRUPT,      /* damaged bytes: database, event, backup */
  KIP_ERROR_NEWER,        /* written by a newer Kip than this one */
  KIP_ERROR_READ_ONLY,    /* the folder or file cannot be written */
  KIP_ERROR_NO_SPACE,     /* the disk is full */
  KIP_ERROR_BUSY,         /* somebody else holds it */
  KIP_ERROR_EXISTS,       /* would overwrite what is there */
  KIP_ERROR_CONFLICT,     /* changed by somebody else meanwhile */
  KIP_ERROR_NOT_OFFICE,   /* the data folder holds no office yet */
  KIP_ERROR_IO,           /* any other failure of the disk */
  KIP_ERROR_OFFLINE,      /* the share is not there now; nothing was found out about what lies on it */
  KIP_ERROR_NOT_ALLOWED,  /* the passphrase, key or signature is not the right one, or one's role forbids it */
  KIP_ERROR_MOVED,        /* it lies somewhere else by now */
  KIP_ERROR_REMOVED       /* this machine takes part no more */
} KipError;

GQuark kip_error_quark (void);

G_END_DECLS
