/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-members.h"
#include "kip-raw-change.h"
#include "kip-twin.h"

G_BEGIN_DECLS

/* ---- finding one ---- */

/* A device of which there are two lines of change-sets. */
typedef struct
{
  guint32 device;
  guint64 last; /* the last change-set that is in both */
  guint8  ours[KIP_HASH_SIZE];   /* the first after it of the line that is in the log … */
  guint8  theirs[KIP_HASH_SIZE]; /* … and of the other */
} KipFork;

/* The hash of a change-set in the log; NULL: it is not there. */
typedef const guint8 *(*KipForkLookup) (guint32  device,
                                        guint64  seq,
                                        gpointer data);

/* @others: of KipRawChange, all of @device, that are not in the log.  A line that some twin said again is none, nor is one that no
 * key of @device vouches for.  TRUE: @fork is the first of them. */
gboolean kip_fork_find (GPtrArray    *others,
                        guint32       device,
                        KipMembers   *members,
                        KipForkLookup lookup,
                        gpointer      data,
                        KipFork      *fork);

/* ---- giving way ---- */

/* The key of the twin that gives up the line beginning with @hash: whoever has the same key and line finds the same one, so that
 * two copies of one copy say nothing twice. */
void    kip_fork_derive_key (const guint8 *secret_key, /* 64 bytes, of the device */
                             const guint8 *hash,
                             guint8       *twin_public, /* 32 bytes out */
                             guint8       *twin_secret);  /* 64 bytes out */

/* A number that nobody has but who has that key. */
guint32 kip_fork_derive_number (const guint8 *twin_public,
                                KipMembers   *members);

/* What was said after the fork as the twin says it: ids that were made then, numbers of tickets, and what refers to
 * these change-sets are the twin's. */
typedef struct
{
  guint32     from, to;
  guint64     last;      /* of @from, before the fork */
  GHashTable *made;      /* (owned) of KipId: entities that were made after it */
} KipForkNames;

KipForkNames *kip_fork_names_new (guint32 from,
                                  guint32 to,
                                  guint64 last);
void          kip_fork_names_free (KipForkNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipForkNames, kip_fork_names_free)
void          kip_fork_names_add (KipForkNames *names,
                                  KipId         made);
KipId         kip_fork_names_map (KipForkNames *names,
                                  KipId         id);

/* @changes: of KipChange, the line that is given up, in order; taken apart.  What comes: first that it is a twin, then each
 * of @changes, the last one signed.  (transfer full) of KipRawChange */
GPtrArray *kip_fork_say_again (KipForkNames  *names,
                               const KipTwin *twin,
                               const guint8  *twin_secret,
                               GPtrArray     *changes);

G_END_DECLS
