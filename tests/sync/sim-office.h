/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-engine.h"
#include "sim-replica.h"

G_BEGIN_DECLS

/* An office of several machines on one bad share, in virtual time, and a ledger beside it of what each
 * person really did.  Whatever breaks a promise ends the program with the seed and the moment. */
#define SIM_FILE "Office.kip"
#define SIM_MAX_DESKS 20
/* UTC of the moment the world began, as the share has it. */
#define SIM_EPOCH G_GINT64_CONSTANT (1795132800000)
/* Events of a long run, at least. */
#define SIM_MANY 1000000
#define SIM_MINUTE G_GINT64_CONSTANT (60000)
/* Seeds that are drawn anew each time begin here.  Folders are copied and put back below it only, or with
 * KIP_SIM_CLONES: of many thousand such days some are still found after which not all are equal. */
#define SIM_SEEDS_DRAWN G_GUINT64_CONSTANT (16777216)

typedef struct _SimOffice SimOffice;

/* How long it is watched. */
typedef enum
{
  SIM_DAY,   /* half an hour in which things go wrong, and the quiet hours after it */
  SIM_BRIEF, /* a few minutes, full of them, and what follows until all is whole */
  SIM_LONG   /* until a million events were written */
} SimScale;

/* What a seed draws. */
typedef struct
{
  guint  n_desks;
  gint64 length;        /* of the bad time, ms */
  guint  mild, harmful; /* faults in a million calls */
  guint  crashes;       /* in a million calls of the share and of a machine's own data */
  guint  events;        /* of the server and the net, in the bad time */
  guint  edits;         /* a million rounds have so many */
  guint  sleeps;        /* and so many of them are followed by a long sleep */
  guint  compactions;   /* and so many of them try to make the file smaller */
  guint  burst;         /* events in a change-set, at least */
  guint  people;        /* decisions about each other, in the bad time */
  guint  clones;        /* folders that are copied, kept and put back in it */
  gboolean has_wrong_clocks;
  gboolean is_mixed;    /* NFS, gvfs, mounts without locks among them */
} SimPlan;

typedef struct
{
  SimOffice     *office;  /* (borrowed) */
  SimDisk       *disk;    /* (owned) */
  SimMount      *mount;   /* (borrowed) */
  KipSyncEngine *engine;  /* (owned) (nullable) */
  guint          crashes; /* of the mount, when the engine was made */
  gint64         clock;   /* ms: its clock minus the share's */
  gboolean       is_lost; /* with its disk, for ever */
  gboolean       was_manager; /* somebody who may made it a manager's */
  KipShareKeys  *keys;    /* (owned) as it keeps them */
  GBytes        *future;  /* (owned) (nullable) body of a newer program's frame that is on its way */
  gint64         busy_since; /* world ms: others had the lock all the time since; 0: no */
  guint64        size;       /* of the file after the last round; 0: not known */
  guint8         file[KIP_FILE_ID_SIZE]; /* which one that was */
  guint64        unproved;   /* bytes it wrote and will read once more */
  gint64         wrote_at;   /* world ms */
  guint          n_rounds;
  guint          last_edit; /* that was written here: sim-clones.c */
  SimDisk       *put_back;  /* (owned) (nullable) what lies there when it starts again … */
  guint          put_back_edit; /* … and the last edit in it */
} SimDesk;

struct _SimOffice
{
  guint64    seed;
  SimScale   scale;
  SimPlan    plan;
  SimWorld  *world;  /* (owned) */
  SimShare  *share;  /* (owned) */
  KipShareKeys *all_keys; /* (owned) of the office, also those that were destroyed */
  GPtrArray *futures; /* (owned) of GBytes: bodies of a newer program's frames that were in the file */
  SimDesk    desks[SIM_MAX_DESKS];
  GPtrArray *ledger; /* (owned) for each device a GByteArray of hashes */
  GHashTable *said;  /* (owned) of GBytes: hashes of what copies of machines, and their twins, wrote */
  GArray    *excused; /* (owned) of gboolean, by edit: with a disk the only one was lost that had it */
  SimDisk   *kept;   /* (owned) (nullable) a data folder of some time ago … */
  SimDesk   *kept_of; /* … of this one */
  guint      kept_edit;
  SimBackup *backup; /* (owned) (nullable) of some time ago */
  gint64     until;  /* world ms: when the machines' day ends */
  gboolean   is_bad; /* things go wrong, and people work */
  gboolean   is_slow; /* they look only now and then */
  gboolean   has_stranger; /* another office's file lay in the place of ours: who hangs sees it long after */
  gint64     crashed_at; /* world ms: the last of all machines */
  /* what came of it */
  guint64    n_rounds, n_changes, n_events, n_crashes, n_recreated, n_compacted, n_damaged, n_copied, n_put_back;
  gint64     equal_after;  /* ms after the bad time: everybody had everything … */
  gint64     healed_after; /* … and the file too */
};

/* The same seed and scale give the same office and the same day. */
void sim_office_init (SimOffice *office,
                      guint64    seed,
                      SimScale   scale);
void sim_office_clear (SimOffice *office);

/* The bad time; then the good one, until all are equal and the file has it all (I9); then a quiet one, in which
 * next to nothing is read and nothing written (I7, I15). */
void sim_office_live (SimOffice *office);

/* Ends the program when @holds is not so. */
#define sim_check(office, holds, ...) \
  G_STMT_START { if (!(holds)) sim_office_fail (office, #holds, __VA_ARGS__); } G_STMT_END
void sim_office_fail (SimOffice  *office,
                      const char *what,
                      const char *format,
                      ...) G_GNUC_PRINTF (3, 4) G_GNUC_NORETURN;

/* ---- sim-people.c ---- */

/* Takes part: it was neither lost nor removed, as far as the founder's machine has heard. */
gboolean sim_desk_is_out (const SimDesk *desk);
gboolean sim_desk_is_in (const SimDesk *desk);

/* What people decide about each other in the bad time: a machine of the world. */
void     sim_office_decide (gpointer office);
void     sim_people_add_text (SimDesk   *desk,
                              KipChange *change);
void     sim_people_begin_round (SimDesk *desk);
void     sim_people_end_round (SimDesk     *desk,
                               KipSyncState state);

/* Nowhere is a word of those who are to be forgotten (I13); and keys are with those who may have them. */
gboolean sim_people_are_forgotten (SimOffice *office);
gboolean sim_people_have_keys (SimOffice *office);

/* What holds when all is whole again. */
void     sim_people_check (SimOffice *office,
                           gboolean   is_good_day);

/* A second machine goes on with what @from has. */
void     sim_office_add_copy (SimDesk *from,
                              SimDesk *to);

/* ---- sim-clones.c ---- */

/* Who copies data folders, and puts back older ones, in the bad time: a machine of the world. */
void     sim_office_copy_folders (gpointer office);
void     sim_clones_add_edit (SimDesk   *desk,
                              KipChange *change);

/* The disk of @desk goes. */
void     sim_clones_excuse (SimDesk *desk);

/* When the machine starts. */
void     sim_clones_start (SimDesk *desk);

/* Every edit is everywhere once, and refers to what it referred to. */
void     sim_clones_check (SimOffice *office);

/* ---- sim-server.c ---- */

/* What befalls the file, the server and the net in the bad time: a machine of the world. */
void sim_office_befall (gpointer office);

G_END_DECLS
