/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-checkpoint.h"
#include "kip-early.h"
#include "kip-log.h"
#include "kip-members.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* A connection that writes, with what it remembers between transactions: the end
 * of the log, and the office as it is folded.  Belongs to one thread (the
 * writer's; or, beside a second database, a rebuild's). */
typedef struct
{
  KipKind kind;
  KipId   id;
} KipKey;

KipKey  *kip_key_new (KipKind kind,
                      KipId   id);
guint    kip_key_hash (gconstpointer key);
gboolean kip_key_equal (gconstpointer a,
                        gconstpointer b);

/* What a transaction, or another process, brought. */
typedef struct
{
  GArray  *changed;        /* (owned) of KipChanged */
  gboolean everything;     /* more than is worth telling */
  gboolean office_changed; /* the snapshots are new ones */
  gboolean forgotten;      /* somebody was forgotten for good */
} KipNews;

void kip_news_init (KipNews *news);
void kip_news_clear (KipNews *news);

typedef struct
{
  KipDb   *db;     /* (owned) */
  KipKeys *keys;   /* (owned) (nullable: nothing is appended) */
  KipKeys *next_keys; /* (owned) (nullable) that sign when this transaction is in the log */
  char    *dir;    /* (owned) (nullable) where they are kept */
  guint    device;

  KipCheckpoint *checkpoint; /* (owned) of the write-ahead log of @db */
  GCancellable *way; /* (nullable) borrowed: cancelled when a piece of the index is to make way for an edit */
  guint      piece; /* tickets that the next piece of what was put off is about; 0: not known yet */
  guint      n_unmerged; /* pieces of the index since they were merged */
  gboolean   is_settled; /* nothing computed is missing: what is left to do makes it only quicker to read */
  gboolean   is_fresh; /* what follows is that of the database */
  gint64     version;  /* of the database, as this connection saw it last */
  KipLogHead head;
  gboolean   is_restored; /* from a backup, and the shared file was not read since: KIP_STORE_RESTORED */
  gint64     told;     /* the last event that listeners know of */
  gint64     slot;     /* the largest in use */
  gint64     number;   /* the largest counter of this device's ticket numbers, given out or reserved */
  GHashTable    *entities;   /* (owned) KipKey → KipEntity: all that are no tickets */
  KipOffice     *office;     /* (owned) (nullable until fresh) */
  KipAgreements *agreements; /* (owned) (nullable until fresh) */
  KipMembers    *members;    /* (owned) (nullable until fresh) */
  KipEarly      *early;      /* (owned) (nullable) what of tickets is known beside the log */
} KipBook;

/* After a transaction: the next keys sign, or, when it came to nothing, are forgotten. */
void kip_book_turn_keys (KipBook *book,
                         gboolean is_in);

/* Takes @db and @keys. */
KipBook *kip_book_new (KipDb   *db,
                       KipKeys *keys,
                       guint    device);
void     kip_book_free (KipBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipBook, kip_book_free)

/* Within a transaction: takes up what the database says now.  What other
 * processes added since is added to @news. */
gboolean kip_book_refresh (KipBook *book,
                           KipNews *news,
                           GError **error);

/* What is remembered is not to be trusted any more: a transaction failed. */
void kip_book_forget (KipBook *book);

/* Puts @entity (taken) in place; the snapshots follow with kip_book_make_snapshots(). */
void kip_book_put_entity (KipBook   *book,
                          KipEntity *entity);
void kip_book_make_snapshots (KipBook *book);

/* Takes up who takes part, as the log says now. */
gboolean kip_book_read_members (KipBook *book,
                                GError **error);

/* Folds all that is no ticket again. */
gboolean kip_book_reload (KipBook *book,
                          GError **error);

/* The fold of an entity as the log has it. (transfer full) */
KipEntity *kip_book_fold (KipBook *book,
                          KipKind  kind,
                          KipId    id,
                          GError **error);

G_END_DECLS
