/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-keys.h"

G_BEGIN_DECLS

/* Who takes part in the office, computed from the events that say so: a chain of
 * admissions that begins with the founder's machine.  Every replica that holds the
 * same events computes the same members, in whatever order they came.
 *
 * Events are weighed in the order of their hybrid clocks (then device, number, place);
 * those of a machine that is not in yet are put off until it is.  What counts:
 *   a machine's first key, its person            when said by a manager's machine; so that it is a printed code
 *   that it is a copy of another machine         when said by itself, signed by that one's key, too (kip-twin.h): it is in, has the
 *                                                other's person, and is out when a manager removes the other without having spoken of it
 *   a further key of a machine, its name         when said by itself (a name: or by a manager's)
 *   its end                                      when said by itself: it leaves, until it says later that it is back (G_MAXINT64)
 *   another's end, with the last change-set of
 *   it that whoever says so has heard            when said by a manager's machine: it is removed
 *   promises, calendars, statuses, targets and
 *   what holds for the whole office              when said by a machine that is, or is by now, a manager's
 *   a person's role                              when said by a manager's machine, or
 *                                                by anybody who makes somebody a requester that had no role
 *   whom to forget (kip-purge.h)                 when said by a manager's machine
 * A manager's machine is the founder's (device 1), or one whose person has the role.
 *
 * Clocks do not decide what counts of a removed machine: nothing does that comes after its end, whatever it says of its time.  So
 * removals come first, one at a time: of all that a walk over the events finds said by those who may, the one
 * counts next whose author's right is the oldest; then all is folded anew without what it ended, until no other removal is found.
 * A right is as old as the machine that was let in last (its number) among all that it came through: who let the machine in, who
 * said whose it is, who gave that person the role.  So, where two remove each other at the same time, the one stays that was let in
 * first, and nobody who was removed gets back in by what it lets others say.  A removal that counted goes on counting.
 * Who was let in by what does not count any more is out, with nothing that counts. */

#define KIP_MEMBER_KEY_SIZE 32

typedef struct
{
  guint64 from_seq; /* it signs its change-sets from this one on … */
  guint8  key[KIP_MEMBER_KEY_SIZE]; /* … with this key (Ed25519) */
} KipMemberKey;

typedef struct
{
  guint32    device;
  KipId      person;   /* who works at it; NONE: not said */
  char      *name;     /* (owned) (nullable) of the machine */
  GArray    *keys;     /* (owned) of KipMemberKey, rising */
  guint64    last;     /* its last change-set that counts; G_MAXUINT64: it is in */
  KipInstant admitted; /* NONE: the founder's */
  KipId      admitted_by; /* person */
  KipInstant ended;    /* when it was said that it is out; NONE: it is in */
  KipId      ended_by; /* person */
  gboolean   has_left; /* by its own word */
  gboolean   is_recovery; /* a printed code, until a machine that came by it has a key of its own */
  guint32    twin_of;     /* it came in as a copy of that machine; 0: it did not */
  guint64    twin_last;   /* the last change-set that both have … */
  guint8     given_up[KIP_HASH_SIZE]; /* … and the first of those that it says again, under its own number */
  gboolean   is_spoken_of; /* by a manager's machine that is no copy of the same */
} KipMember;

typedef struct _KipMembers KipMembers;

/* Whether only a manager's machine may say so.  Drafts are anybody's. */
gboolean kip_members_is_governed (const KipEvent *event);

/* Whether an event decides, or is decided by, who takes part and what they may: those are what members are made of. */
gboolean kip_members_is_of_them (const KipEvent *event);

/* @events: of KipEvent, all of which kip_members_is_of_them () says so, in any order;
 * borrowed for the call.  @founder_key: of device 1, from its first change-set on. */
KipMembers *kip_members_new (GPtrArray    *events,
                             const guint8 *founder_key);
KipMembers *kip_members_ref (KipMembers *members);
void        kip_members_unref (KipMembers *members);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipMembers, kip_members_unref)

/* @device is in, whoever says what: in its own copy.  To be called by the maker of @members only. */
void kip_members_spare (KipMembers *members,
                        guint32     device);

/* Of KipMember, by device; those that are out as well. Borrowed. */
GPtrArray       *kip_members_get_all (KipMembers *members);
const KipMember *kip_members_find (KipMembers *members,
                                   guint32     device); /* (nullable) */

/* The key that must have signed a change-set, also one that does not count; NULL: it was never in. Borrowed. */
const guint8 *kip_members_key (KipMembers *members,
                               guint32     device,
                               guint64     seq);

/* Whether a change-set counts: its machine was in when it made it. */
gboolean kip_members_has (KipMembers *members,
                          guint32     device,
                          guint64     seq);

/* Whether what is said on this machine goes for all: admitting, removing, roles. */
gboolean kip_members_is_manager (KipMembers *members,
                                 guint32     device);

/* The events that were said by somebody who was in but may not: they change nothing. GArray of KipEventId, sorted. Borrowed. */
GArray *kip_members_get_refused (KipMembers *members);

/* Whether a copy says by @event, with its first change-set, that it is one; @key (KIP_MEMBER_KEY_SIZE out): of that copy. */
gboolean kip_members_let_in (KipMembers     *members,
                             const KipEvent *event,
                             guint8         *key);

/* A twin that says again what @device wrote from the change-set with @hash on. */
const KipMember *kip_members_find_heir (KipMembers   *members,
                                        guint32       device,
                                        const guint8 *hash); /* (nullable) */

gboolean kip_members_has_heir (KipMembers *members,
                               guint32     device);

/* The number that @device, a manager's machine, gives to the next one: above all that were ever given out, those of twins left aside, and another one than
 * what any other manager's machine gives that knows of the same managers. */
guint32 kip_members_draw_number (KipMembers *members,
                                 guint32     device);

G_END_DECLS
