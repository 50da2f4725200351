/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-members.h"

G_BEGIN_DECLS

/* How members are folded: in steps.  Each step walks over all events that count as far as is known (kip-members.c),
 * weighs each by who says it (kip-members-weigh.c), and finds which removal counts next (kip-members-ends.c);
 * the step after it leaves out what the removed machine said after its end. */

#define KIP_MEMBERS_FOUNDER 1

/* On whose word a right rests: the number of the machine that was let in last among all that it came through,
 * beginning with the founder's. */
typedef guint32 KipStanding;

typedef struct
{
  KipMember   is;
  KipStanding admitted, placed; /* of who let it in, and of who said whose it is */
  KipEventId  placed_by;        /* that said so … */
  KipId       person_before;    /* … and what was said before */
  KipStanding placed_before;
} KipKnown;

typedef struct
{
  KipRole     role;
  KipStanding standing; /* of who gave it */
} KipKnownRole;

/* Another's end, said by a manager's machine. */
typedef struct
{
  const KipEvent *event; /* (borrowed) */
  guint32         device;
  guint64         last;
  KipStanding     standing; /* of who says so */
} KipRemoval;

struct _KipMembers
{
  gatomicrefcount refs;
  GPtrArray  *all;      /* (owned) of KipKnown, by device */
  GHashTable *roles;    /* (owned) gint64 person → KipKnownRole */
  GArray     *refused;  /* (owned) of KipEventId */
  GArray     *governed; /* (owned) of KipEventId: said by who was no manager at that time */
  GArray     *removals; /* (owned) of KipRemoval: all that managers said; only during the fold */
};

KipKnown   *kip_members_look_up (KipMembers *members,
                                 guint32     device); /* (nullable) */
KipKnown   *kip_members_ensure (KipMembers *members,
                                guint32     device);
gboolean    kip_members_is_known (const KipKnown *known); /* (nullable) it has a key */
void        kip_members_add_key (KipMember    *member,
                                 guint64       from_seq,
                                 const guint8 *bytes);
KipStanding kip_members_standing (KipMembers *members,
                                  guint32     device);

/* ---- kip-members-weigh.c ---- */

/* Takes @event of a machine that is in; FALSE: it may not say so. */
gboolean kip_members_weigh (KipMembers     *members,
                            const KipEvent *event);

/* Only how @author signs from then on, if @event says that; FALSE: it does not. */
gboolean kip_members_note_key (KipKnown       *author,
                               const KipEvent *event);

/* Its own word that it leaves, or that it is back. */
gboolean kip_members_is_own_end (const KipEvent *event);
gboolean kip_members_is_return (const KipEvent *event);

/* Those that wait for the end of a walk: who is a manager by then may have been one to itself before the clocks of others say so. */
void     kip_members_settle_governed (KipMembers *members);

/* ---- kip-members-twin.c ---- */

/* Whose person and rights the machine of @known has: a copy those of the copied one, until somebody says otherwise. */
const KipKnown *kip_members_original (KipMembers     *members,
                                      const KipKnown *known);

/* FALSE: by @event, of a machine that is not known, no copy comes in. */
gboolean kip_members_take_twin (KipMembers     *members,
                                const KipEvent *event,
                                GArray         *removals); /* of KipRemoval */

/* That @event, which counts, is about @device. */
void     kip_members_note_spoken (KipMembers     *members,
                                  const KipEvent *event,
                                  guint32         device);

/* Copies of removed machines of which nobody had spoken are to be removed as well: whoever has the key of one could make them. */
void     kip_members_add_strangers (KipMembers *members,
                                    GArray     *removals);

/* When all is weighed. */
void     kip_members_settle_twins (KipMembers *members);

/* ---- kip-members-ends.c ---- */

/* The removal that counts next, after those in @removals; FALSE: none. */
gboolean kip_members_find_next (KipMembers *members,
                                GArray     *removals, /* of KipRemoval */
                                KipRemoval *next);

/* How far @device counts by them; G_MAXUINT64: all. */
guint64  kip_members_end_by (GArray *removals,
                             guint32 device);

/* What they end, after a walk. */
void     kip_members_end_all (KipMembers *members,
                              GArray     *removals);

/* Whoever was let in @before, by a word that @removal ended, is out, and nothing that it said counts; its keys stay known. */
void     kip_members_carry_over (KipMembers       *members,
                                 KipMembers       *before,
                                 const KipRemoval *removal);

G_END_DECLS
