/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-files-private.h"
#include "sim-replica.h"
#include "sim-share.h"
#include "sim-shelf.h"

G_BEGIN_DECLS

/* Attachments of several machines beside a file on a share in memory, in virtual time. */
#define MAX_DESKS 4
#define CHUNK 1000
#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define EPOCH G_GINT64_CONSTANT (1795132800000)
#define POLL 3000
#define FOLDER "Office.kip.files/"

typedef struct _Office Office;

typedef struct
{
  Office        *office; /* (borrowed) */
  guint32        device;
  SimDisk       *disk;   /* (owned) */
  SimShelf      *shelf;  /* (owned) */
  SimMount      *mount;  /* (borrowed) */
  KipSyncEngine *engine; /* (owned) (nullable) */
  KipShareFiles *files;  /* (owned) (nullable) */
  guint          crashes;
  gboolean       has_place;
  KipSharePlace  place;
  GPtrArray     *lacks;  /* (owned) (nullable) as it told them last */
  GError        *problem; /* (owned) (nullable) of the last poll */
} Desk;

struct _Office
{
  guint64    seed;
  SimWorld  *world;    /* (owned) */
  SimShare  *share;    /* (owned) */
  guint      n_desks, generations;
  Desk       desks[MAX_DESKS];
  GPtrArray *contents; /* (owned) of GBytes: all that was attached */
  gint64     until;
  gboolean   is_bad;
};

/* @n_desks machines that want every file, before a share without faults; @seed draws what is attached. */
void office_init (Office *office,
                  guint64 seed,
                  guint   n_desks);
void office_clear (Office *office);

/* The program of a machine begins, and ends. */
void start_desk (Desk *desk);
void stop_desk (Desk *desk);

gint64  wall (Office *office);
GBytes *make_content (Office *office,
                      gsize   length);
/* Something new of @length bytes; the event is with all at once. Borrowed. */
GBytes *attach (Office *office,
                Desk   *desk,
                gsize   length);

/* All that there is to do now, after what others told, and in a new program where the machine stopped. */
void     poll_once (Desk *desk);
/* Everybody, every few seconds, for so many ms. */
void     poll_all (Office *office,
                   gint64  length);

gboolean has_all (Office *office,
                  Desk   *desk);
gboolean have_all (Office *office);
guint64  written (Office *office);
/* Blobs on the share whose name ends so. */
guint    count_names (Office     *office,
                      const char *ending);
KipFileStatus status_of (Desk   *desk,
                         GBytes *content);

G_END_DECLS
