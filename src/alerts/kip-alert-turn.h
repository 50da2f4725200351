/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alert-rules.h"
#include "kip-members.h"
#include "kip-told.h"

G_BEGIN_DECLS

/* In an office with several computers most thresholds concern people at several of them: a ticket that
 * nobody has, a breach that managers hear of, somebody who works at two desks.  One computer tells it.
 *
 * All compute the same order of those whom it concerns.  The first tells at the threshold, and says so to
 * the others; the second a minute later unless it has heard that it was told, and so on.  So nobody needs to
 * know who is awake: where the first one sleeps or has left, the next takes over by itself.  What nobody can
 * be asked about, since the share is away, is told rather than not. */

/* So long each waits for the one before. */
#define KIP_ALERT_TURN KIP_MS_PER_MINUTE

/* How many machines it concerns (1: this one alone), and in @turn (nullable) how many of them come before
 * @device.  Tickets that nobody has begin with another machine each, so that not one person is disturbed
 * by all of them. */
guint kip_alert_turn (const KipThreshold *threshold,
                      gboolean            escalated,
                      KipMembers         *members,
                      KipOffice          *office,
                      guint32             device,
                      guint              *turn);

G_END_DECLS
