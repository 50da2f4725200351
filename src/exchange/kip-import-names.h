/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Who and what the words of a foreign table name: the office's own people, teams,
 * categories, assets and statuses, or new ones, made once.  Private to the exchange. */
typedef struct _KipImportNames KipImportNames;

KipImportNames *kip_import_names_new (KipStore *store);
void            kip_import_names_free (KipImportNames *names);

/* Where what is new is written to from now on; NULL: nothing is made, and ids are
 * made up (for the preview).  Borrowed. */
void kip_import_names_set_change (KipImportNames *names,
                                  KipChange      *change);

/* What is known of a person beside the name. All (nullable). */
typedef struct
{
  const char *mail;
  const char *phone;
  const char *department;
  gboolean    vip;
  gboolean    agent; /* works on tickets: a person made by this import becomes one */
} KipImportPerson;

/* @text: a name, a mail address, or "Name <address>".  The same mail is the same person, else the
 * same name, unless both have mails that differ.  KIP_ID_NONE for "". */
KipId kip_import_names_person (KipImportNames        *names,
                               const char            *text,
                               const KipImportPerson *person,
                               KipInstant             at);
KipId kip_import_names_team (KipImportNames *names,
                             const char     *text,
                             KipInstant      at);

/* A path: "Network > Wi-Fi", "Network › Wi-Fi", "Network::Wi-Fi". */
KipId kip_import_names_category (KipImportNames *names,
                                 const char     *text,
                                 KipInstant      at);
KipId kip_import_names_asset (KipImportNames *names,
                              const char     *text,
                              KipInstant      at);

/* By the office's key or name, else one that fits the usual key ("waiting-supplier"); NULL when
 * the office has none.  Borrowed from the office. */
const KipStatus *kip_import_names_status (KipImportNames *names,
                                          const char     *target);

KipOffice *kip_import_names_get_office (KipImportNames *names); /* borrowed */

/* How many of each were made. */
typedef struct
{
  guint people, teams, categories, assets;
} KipImportMade;
const KipImportMade *kip_import_names_get_made (KipImportNames *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportNames, kip_import_names_free)

G_END_DECLS
