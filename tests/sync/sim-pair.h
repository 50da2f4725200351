/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-engine.h"
#include "sim-replica.h"

G_BEGIN_DECLS

/* An office of two machines, or three, on the simulated share, for tests of what is done to its file as a whole. */
#define FILE_NAME "Office.kip"
#define NEW_NAME "Elsewhere.kip"
#define EPOCH G_GINT64_CONSTANT (1795132800000)
#define MINUTE (60 * 1000)
/* No type of ours. */
#define UNKNOWN ((KipFrameType) 200)
#define MAX_DESKS 3

typedef struct
{
  SimDisk       *disk;   /* (owned) */
  SimMount      *mount;  /* (borrowed) */
  KipSyncEngine *engine; /* (owned) */
  const char    *name;   /* of the file, as it is kept there */
  guint          crashes;
} Desk;

typedef struct
{
  SimWorld *world; /* (owned) */
  SimShare *share; /* (owned) */
  GBytes   *keys;  /* (owned) */
  const char *name; /* of the file */
  Device    founder;
  Desk      desks[MAX_DESKS];
  guint     n_desks;
} Office;

/* Two machines that wrote @n_frames frames. */
void office_init (Office *office,
                  guint64 seed,
                  guint   n_frames);
void office_clear (Office *office);

/* A third one. */
void add_third (Office *office);

/* The program there, started again. */
void start_desk (Office *office,
                 Desk   *desk);
KipCarrier *open_carrier (Desk       *desk,
                          const char *name);

void write_some (Desk *desk,
                 guint n);
/* One round.  Who reads that the file was moved goes after it. */
KipSyncRound round_of (Office *office,
                       Desk   *desk);
void         go_after (Desk       *desk,
                       const char *name); /* static text */
/* What is written into a file that was left is looked at. */
void         look_back (Office     *office,
                        Desk       *desk,
                        const char *name);
/* Each edit in a frame of its own, as it is when people work. */
void work (Office *office,
           guint   n_frames);
void admit (Office       *office,
            const Device *device);

/* Somebody new finds it all in the file alone. */
gboolean has_file_all (Office *office);
gboolean are_equal (Office *office);
void     assert_all_there (Office *office);

/* ---- the file by hand ---- */
void    append_to_file (Office       *office,
                        gconstpointer data,
                        gsize         length);
void    append_frame (Office *office,
                      GBytes *frame);
GBytes *frame_of_type (Office       *office,
                       KipFrameType  type,
                       KipFrameFlags flags,
                       const char   *text);
/* How many frames of @type say @text (nullable: anything) in the file. */
guint   count_frames (Office      *office,
                      KipFrameType type,
                      const char  *text);

/* Rounds of all until the file has it all: at first soon, then as days go by. */
void heal (Office  *office,
           guint64  k,
           SimFault fault);

G_END_DECLS
