/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHARE_DRIVER_MAX 8

/* Runs share-writer processes (the program that the variable SHARE_WRITER names), each with
 * a ledger of its own, and adds up at the end what they say was shared. */
typedef struct
{
  char    *home;                      /* (owned) the ledgers, and the folder if it is ours */
  char    *folders[SHARE_DRIVER_MAX]; /* (owned) where each writer finds the share */
  guint    speed;
  GPid     writers[SHARE_DRIVER_MAX]; /* 0: not running */
  guint    n_shared, n_healed;        /* after share_driver_finish() */
} ShareDriver;

/* @folders (nullable): where each writer finds the share; NULL ends it and the first is for those without
 * one.  Without any: a folder of our own. */
void share_driver_set_up (ShareDriver       *driver,
                          const char *const *folders,
                          guint              speed);
void share_driver_tear_down (ShareDriver *driver);

/* The file, by the hand of writer @i. */
void share_driver_create (ShareDriver *driver,
                          guint        i);
/* @count: records until it ends by itself; 0: never. */
void share_driver_start (ShareDriver *driver,
                         guint        i,
                         guint        count);
void share_driver_kill (ShareDriver *driver,
                        guint        i);
/* How many records they say were shared so far. */
guint share_driver_count (ShareDriver *driver);
/* Until it has ended by itself. */
void share_driver_wait (ShareDriver *driver,
                        guint        i);

/* Kills all, lets each publish again what it finds missing, and asserts that nothing is missing then. */
void share_driver_finish (ShareDriver *driver);

G_END_DECLS
