/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-agreements.h"
#include "kip-change.h"
#include "kip-error.h"
#include "kip-office.h"
#include "kip-query-plan.h"
#include "kip-ticket-clocks.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* The data of one office on this machine: the event log, what is folded from it,
 * and the only place that knows SQL.
 *
 * A data folder holds kip.db (SQLite, WAL, synchronous=FULL), files/ (attachments
 * by hash), backups/ (one a day, seven kept), device.key (0600) and kip.lock.
 *
 * One thread of the store owns the one read-write connection; two or three more
 * read.  Functions ending in _async may be called on the main thread and never
 * block it; all others may wait for the disk and are for kipctl, tests and
 * worker threads.  Several processes may have a folder open: every write and
 * every checkpoint happens under an exclusive lock on kip.lock, so that no two
 * connections write and checkpoint at once.  What another process commits is
 * noticed and announced like our own. */
#define KIP_TYPE_STORE (kip_store_get_type ())
G_DECLARE_FINAL_TYPE (KipStore, kip_store, KIP, STORE, GObject)

/* One thing that changed, as the "changed" signal tells it. */
typedef struct
{
  KipKind  kind;
  KipId    id;
  gboolean is_new;
} KipChanged;

/* Signals, all on the main context that opened the store:
 * "changed" (GArray of KipChanged): after a commit, at most one batch a commit;
 *   an empty array says that everything may have changed (a large import).
 * "office-changed" (): kip_store_get_office() or get_agreements() give new snapshots.
 * "draft-changed" (KipId ticket as guint64): kip_store_save_draft() began one of its
 *   drafts or removed it; at once, where that was called.
 * "failed" (GError): the store cannot write any more (disk full, folder gone);
 *   what was acknowledged is safe; appends fail until it works again. */

/* ---- opening ---- */

/* What kip_store_create() puts into a new office as its first change-sets: its
 * name and language, one manager ("me"), a team, statuses, causes, a category
 * tree, canned replies, a calendar, the default policy, the usual views. */
typedef struct
{
  const char *name;      /* of the office */
  const char *me;        /* name of the person at this machine */
  const char *language;  /* "en" or "vi": of the words put in */
  const char *time_zone; /* IANA; NULL: Asia/Ho_Chi_Minh */
  const KipCalendarSpec *hours; /* (nullable) of its calendar; NULL: the usual ones in that zone */
} KipOfficeSetup;

/* Opens the office in @dir.  Errors: NOT_OFFICE when there is none, NEWER,
 * CORRUPT, READ_ONLY, NO_SPACE, BUSY: then nothing in @dir was touched. */
KipStore *kip_store_open (const char *dir,
                          GError    **error);
void      kip_store_open_async (const char         *dir,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            data);
KipStore *kip_store_open_finish (GAsyncResult *result,
                                 GError      **error);

/* Makes a new office in @dir (made when missing; EXISTS when there is one) and opens it. */
KipStore *kip_store_create (const char           *dir,
                            const KipOfficeSetup *setup,
                            GError              **error);

/* TRUE when @dir holds an office. Cheap enough for the main thread. */
gboolean kip_store_exists (const char *dir);

/* "$XDG_DATA_HOME/kip".  (transfer full) */
char *kip_store_default_dir (void);

/* Waits until everything handed in is on disk, then closes. */
void kip_store_close (KipStore *store);

const char *kip_store_get_dir (KipStore *store);
guint       kip_store_get_device (KipStore *store);

/* The person at this machine. */
KipId    kip_store_get_me (KipStore *store);
gboolean kip_store_set_me (KipStore *store,
                           KipId     person,
                           GError  **error);

/* ---- snapshots: borrowed until the next "office-changed"; ref them to keep ---- */
KipOffice     *kip_store_get_office (KipStore *store);
KipAgreements *kip_store_get_agreements (KipStore *store);

/* For threads.  (transfer full) */
KipOffice     *kip_store_dup_office (KipStore *store);
KipAgreements *kip_store_dup_agreements (KipStore *store);

/* ---- the one door ---- */

/* A fresh entity id; blocks only once in some thousands of ids. Threads: any. */
KipId kip_store_new_id (KipStore *store);

typedef struct
{
  guint32 device;
  guint64 seq;    /* names the change-set, for undo */
  gint64  number; /* of the first new ticket in it; 0 none */
} KipReceipt;

/* Appends, folds and commits in one transaction (synchronous=FULL): when it
 * returns TRUE the change is durable.  Fills in what only the store knows: for a
 * SET the live writes it replaces, for a REMOVE the ADDs, for a ticket without a
 * number its number.  SETs of the value already shown are dropped; a change that
 * then has no events succeeds with seq 0.  Takes @change.  @receipt (nullable). */
gboolean kip_store_append (KipStore   *store,
                           KipChange  *change,
                           KipReceipt *receipt,
                           GError    **error);
void     kip_store_append_async (KipStore           *store,
                                 KipChange          *change,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);
gboolean kip_store_append_finish (KipStore     *store,
                                  GAsyncResult *result,
                                  KipReceipt   *receipt,
                                  GError      **error);

/* Many change-sets in one transaction with one fold of each entity: for
 * imports.  @changes: of KipChange, taken. */
gboolean kip_store_append_many (KipStore  *store,
                                GPtrArray *changes,
                                GError   **error);

/* Appends a new change-set that puts back what (device, seq) changed. CONFLICT
 * when it was undone already.  An undo can itself be undone (redo). */
gboolean kip_store_undo (KipStore   *store,
                         guint32     device,
                         guint64     seq,
                         KipReceipt *receipt,
                         GError    **error);
void     kip_store_undo_async (KipStore           *store,
                               guint32             device,
                               guint64             seq,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            data); /* kip_store_append_finish() */

/* The newest change-set of this device that is no undo and was not undone; 0: none. */
guint64 kip_store_get_last_undoable (KipStore *store);

/* Undoes all change-sets of an import. */
gboolean kip_store_undo_batch (KipStore     *store,
                               guint64       batch,
                               GCancellable *cancellable,
                               GError      **error);

/* ---- tickets ---- */

/* One ticket's row as the list shows it: everything that does not depend on the
 * time of day.  Reference counted, immutable. */
typedef struct
{
  gatomicrefcount refs;
  KipId       id;
  gint64      number;
  char       *subject;   /* (owned) */
  char       *external;  /* (owned) (nullable) */
  KipId       requester, assignee, team, category, status, parent, merged_into;
  KipPhase    phase;
  KipPause    pause;
  KipChannel  channel;
  int         priority;
  gboolean    vip, conflict, deleted, spam;
  gboolean    unanswered; /* the requester wrote last */
  guint       n_messages, n_attachments;
  KipInstant  received, updated, resolved, closed, first_response; /* KIP_INSTANT_NONE: not */
  KipClock    clocks[KIP_N_CLOCKS];
  KipClockKind next_clock; /* the one due next; meaningless when next_due is none */
  KipInstant  next_due;    /* KIP_INSTANT_NONE: nothing running */
} KipTicketRow;

KipTicketRow *kip_ticket_row_ref (KipTicketRow *row);
void          kip_ticket_row_unref (KipTicketRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipTicketRow, kip_ticket_row_unref)

typedef enum
{
  KIP_SORT_DUE, /* next promise due; then paused ones by what remains; then the finished, newest first */
  KIP_SORT_NUMBER,
  KIP_SORT_SUBJECT,
  KIP_SORT_REQUESTER,
  KIP_SORT_PRIORITY,
  KIP_SORT_STATUS,
  KIP_SORT_ASSIGNEE,
  KIP_SORT_TEAM,
  KIP_SORT_CATEGORY,
  KIP_SORT_RECEIVED,
  KIP_SORT_UPDATED,
  KIP_SORT_RESOLVED
} KipSort;

/* The ids of the tickets that @query (nullable: every counted one) selects, in
 * order.  Deleted, spam and merged tickets only where the query asks for them.
 * @now: what "now" in the query means.  A sort: in the query wins over @sort; what
 * is empty comes last.  (transfer full) GArray of KipId
 *
 * kip_store_list_async() is for what a person looks at: words that stand in more
 * tickets than KIP_STORE_LIST_LIMIT give the newest so many of them, so that the
 * first letter of a word is answered at once. */
#define KIP_STORE_LIST_LIMIT 5000

GArray *kip_store_list (KipStore       *store,
                        const KipQuery *query,
                        KipSort         sort,
                        gboolean        descending,
                        KipInstant      now,
                        GCancellable   *cancellable,
                        GError        **error);
void    kip_store_list_async (KipStore           *store,
                              const KipQuery     *query,
                              KipSort             sort,
                              gboolean            descending,
                              KipInstant          now,
                              GCancellable       *cancellable, /* cancelling interrupts the SQL */
                              GAsyncReadyCallback callback,
                              gpointer            data);
GArray *kip_store_list_finish (KipStore     *store,
                               GAsyncResult *result,
                               GError      **error);

/* How that list begins: its first @n ids, long before all of it where there is no
 * filter; kip_store_list_finish() gives NULL without an error when they are not
 * known without reading all, or when there are not so many. */
void kip_store_list_first_async (KipStore           *store,
                                 const KipQuery     *query,
                                 KipSort             sort,
                                 gboolean            descending,
                                 KipInstant          now,
                                 guint               n,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);

/* How many tickets each of @queries (of KipQuery) selects.  (transfer full) GArray of guint */
GArray *kip_store_count (KipStore     *store,
                         GPtrArray    *queries,
                         KipInstant    now,
                         GCancellable *cancellable,
                         GError      **error);
void    kip_store_count_async (KipStore           *store,
                               GPtrArray          *queries,
                               KipInstant          now,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            data);
GArray *kip_store_count_finish (KipStore     *store,
                                GAsyncResult *result,
                                GError      **error);

/* Rows by id in the order of @ids, NULL where there is none.
 * (transfer full) GPtrArray of KipTicketRow */
GPtrArray *kip_store_rows (KipStore    *store,
                           const KipId *ids,
                           guint        n,
                           GError     **error);
void       kip_store_rows_async (KipStore           *store,
                                 const KipId        *ids,
                                 guint               n,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);
GPtrArray *kip_store_rows_finish (KipStore     *store,
                                  GAsyncResult *result,
                                  GError      **error);

/* The whole ticket, folded, with those merged into it.  NOT_FOUND. (transfer full) */
KipTicket *kip_store_ticket (KipStore *store,
                             KipId     id,
                             GError  **error);
void       kip_store_ticket_async (KipStore           *store,
                                   KipId               id,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            data);
KipTicket *kip_store_ticket_finish (KipStore     *store,
                                    GAsyncResult *result,
                                    GError      **error);

/* Any entity's fold (a policy with its versions, a person with its history). (transfer full) */
KipEntity *kip_store_entity (KipStore *store,
                             KipKind   kind,
                             KipId     id,
                             GError  **error);

/* By number ("a214", "A-214", "214") or EXTERNAL number; KIP_ID_NONE and NOT_FOUND. */
KipId kip_store_find_number (KipStore   *store,
                             const char *text,
                             GError    **error);

/* Which of @n EXTERNAL numbers are known already; KIP_ID_NONE where not.
 * (transfer full) GArray of KipId
 *
 * @deleted (nullable) out: (transfer full) GArray of KipId, the tickets with those
 * numbers that somebody deleted.  What went with an undone import never was. */
GArray *kip_store_find_external (KipStore          *store,
                                 const char *const *external,
                                 guint              n,
                                 GArray           **deleted,
                                 GError           **error);

/* Why a row matched: the part of a message or text of @id around the words of
 * @query, hits between \1 and \2; NULL when the subject shows it. (transfer full) */
char *kip_store_excerpt (KipStore       *store,
                         KipId           id,
                         const KipQuery *query);

/* Resolves names in a query against this office and "me". */
const KipQueryResolver *kip_store_get_resolver (KipStore *store);

/* ---- what is due, for alerts and the radar ---- */

typedef struct
{
  KipId        ticket;
  KipClockKind clock;
  KipInstant   at;      /* when the threshold is reached */
  int          percent; /* of the target used then: 50, 75, 90, 100, 125 … */
  KipId        assignee, team;
  gboolean     round_the_clock; /* its policy notifies at any hour */
} KipThreshold;

/* Thresholds of running clocks in [from, to), by instant. (transfer full) GArray of KipThreshold */
GArray *kip_store_thresholds (KipStore  *store,
                              KipInstant from,
                              KipInstant to,
                              GError   **error);
void    kip_store_thresholds_async (KipStore           *store,
                                    KipInstant          from,
                                    KipInstant          to,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            data);
GArray *kip_store_thresholds_finish (KipStore     *store,
                                     GAsyncResult *result,
                                     GError      **error);

/* ---- this machine's own: drafts, what was said, small settings ---- */

/* Drafts are kept on disk from the first letter; an empty text removes one.
 * @slot: "reply", "note", "call" of a ticket, or a form's name with ticket NONE.
 * May be called at every key: writes are coalesced, the newest text wins, and
 * kip_store_close() flushes. */
void    kip_store_save_draft (KipStore   *store,
                              KipId       ticket,
                              const char *slot,
                              const char *text);
/* From memory, never blocks.  (transfer full) (nullable) */
char   *kip_store_load_draft (KipStore   *store,
                              KipId       ticket,
                              const char *slot);
GArray *kip_store_draft_tickets (KipStore *store); /* (transfer full) of KipId */

/* Once, across restarts: TRUE when this threshold was not said before; it now is. */
gboolean kip_store_say_once (KipStore    *store,
                             KipId        ticket,
                             KipClockKind clock,
                             int          percent,
                             KipInstant   at,
                             GError     **error);

/* Snoozes a ticket's notifications on this machine. */
gboolean   kip_store_snooze (KipStore  *store,
                             KipId      ticket,
                             KipInstant until,
                             GError   **error);
KipInstant kip_store_get_snooze (KipStore *store,
                                 KipId     ticket); /* NONE: not snoozed; from memory */

/* Small texts of this machine, from memory; setting writes behind. */
char *kip_store_get_local (KipStore   *store,
                           const char *key);
void  kip_store_set_local (KipStore   *store,
                           const char *key,
                           const char *value);

/* ---- attachments ---- */

/* Copies @bytes into files/ by their hash (once, however often attached); to be
 * named by an ATTACHMENT entry afterwards.  @hash: 32 bytes out. */
gboolean kip_store_put_file (KipStore *store,
                             GBytes   *bytes,
                             guint8   *hash,
                             GError  **error);
/* The path of a kept file; NOT_FOUND, or CORRUPT when its bytes do not have that hash. (transfer full) */
char *kip_store_file_path (KipStore     *store,
                           const guint8 *hash,
                           GError      **error);

/* ---- care ---- */

typedef void (*KipProgress) (double   fraction,
                             gpointer data);

/* Folds the whole log again beside the projections and compares them byte for
 * byte, then puts the new ones in place.  CORRUPT names the first difference. */
gboolean kip_store_rebuild (KipStore     *store,
                            KipProgress   progress,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error);

/* Verifies SQLite's integrity, the hash chain and signatures of every change-set,
 * the gaplessness of each device, the files.  @report: lines for a person. (transfer full) */
gboolean kip_store_check (KipStore     *store,
                          GPtrArray   **report,
                          KipProgress   progress,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error);

/* A whole, checked copy of database and attachments in one file (written beside
 * and renamed).  Also made daily by itself into backups/, seven kept. */
gboolean kip_store_backup (KipStore     *store,
                           const char   *path,
                           KipProgress   progress,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error);

/* Checks @path and puts it in place of what is in @dir, which is set aside, not
 * removed: where to is returned in @set_aside (nullable; NULL: nothing was there). The store must be closed. */
gboolean kip_store_restore (const char *path,
                            const char *dir,
                            char      **set_aside,
                            GError    **error);

G_END_DECLS
