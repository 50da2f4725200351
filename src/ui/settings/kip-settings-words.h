/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-schema.h"

G_BEGIN_DECLS

/* The words for doing something to each kind of the office's entities, whole so that
 * they can be translated.  Static. */
typedef struct
{
  KipKind     kind;
  const char *add;      /* N_() of a button: "Add Person" */
  const char *untitled; /* N_() title of the editor of a new one */
  const char *hint;     /* N_() what the list is for */
  const char *empty;    /* N_() what the list says while it is empty */
  const char *added;    /* N_() past tense for a toast, each with %s for the name */
  const char *changed;
  const char *archived;
  const char *restored;
  const char *moved;
  const char *show_archived; /* N_() of a check button */
} KipSettingsWords;

const KipSettingsWords *kip_settings_words (KipKind kind);

/* One of the past tenses with the name in it.  (transfer full) */
char *kip_settings_say_done (const char *past_tense,
                             const char *name);

G_END_DECLS
