/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many machines in one thread and in virtual time: the same seed gives the same day.
 *
 * Each machine is a function that runs on a stack of its own until it sleeps; then the one that is to
 * wake first goes on (of several, the one that was added first).  Nothing else changes hands:
 * between two sleeps a machine is alone.  Whoever never sleeps stops the world. */
typedef struct _SimWorld SimWorld;

typedef void (*SimFunc) (gpointer data);

SimWorld *sim_world_new (guint64 seed);
void      sim_world_free (SimWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimWorld, sim_world_free)

/* Milliseconds since the world began, which was at the boot of every machine in it. */
gint64  sim_world_now (SimWorld *world);

/* Dice.  _below: 0 … n - 1; _chance: TRUE in so many of a million. */
guint64  sim_world_random (SimWorld *world);
guint64  sim_world_below (SimWorld *world,
                          guint64   n);
gboolean sim_world_chance (SimWorld *world,
                           guint     per_million);

/* A machine that starts @delay_ms from now. */
void sim_world_add (SimWorld *world,
                    gint64    delay_ms,
                    SimFunc   func,
                    gpointer  data);

/* Runs until every machine has come to its end. */
void sim_world_run (SimWorld *world);

/* Within a machine: the others go on meanwhile.  Outside of sim_world_run() only the clock moves. */
void sim_world_sleep (SimWorld *world,
                      gint64    ms);

G_END_DECLS
