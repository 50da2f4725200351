/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-members.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What happened to the shared file, as this machine saw it, for a person to read: kept on this machine only, the last
 * KIP_SYNC_LOG_MAX entries.  What goes on for a while is one entry with a number that grows. */
#define KIP_SYNC_LOG_MAX 200

/* Kept by number: only add. */
typedef enum
{
  KIP_SYNC_LOG_SENT = 1,   /* n change-sets of this machine are in the file */
  KIP_SYNC_LOG_RECEIVED,   /* n came from others */
  KIP_SYNC_LOG_REFUSED,    /* n that nobody of this office signed */
  KIP_SYNC_LOG_DAMAGED,    /* n places were no whole frames */
  KIP_SYNC_LOG_RECREATED,  /* the file was made again from what is here */
  KIP_SYNC_LOG_COMPACTED,  /* it was written anew */
  KIP_SYNC_LOG_CLONED,     /* device n writes in two places */
  KIP_SYNC_LOG_CAME,       /* device n is in */
  KIP_SYNC_LOG_WENT,       /* device n is out */
  KIP_SYNC_LOG_TROUBLE,    /* the share did not let us: @text */
  KIP_SYNC_LOG_WELL,       /* it does again */
  KIP_SYNC_LOG_SEEN,       /* device n holds all that was written here */
  KIP_SYNC_LOG_CONFLICT,   /* in n tickets what came stands against what was there */
  KIP_SYNC_LOG_GAVE_WAY    /* this machine was device n, as another one was, and has a number of its own now */
} KipSyncLogKind;

typedef struct
{
  gint64         at;    /* UTC ms: when it began */
  KipSyncLogKind kind;
  guint64        n;
  char          *text;  /* (owned) (nullable) a sentence */
} KipSyncLogEntry;

void       kip_sync_log_entry_free (KipSyncLogEntry *entry);

/* What is kept, the latest first.  Not on the main thread. (transfer full) of KipSyncLogEntry */
GPtrArray *kip_sync_log_load (KipStore *store);
GPtrArray *kip_sync_log_copy (GPtrArray *entries);

/* In few words; @members tells what machines are called. (transfer full) */
char      *kip_sync_log_entry_words (const KipSyncLogEntry *entry,
                                     KipMembers            *members);
/* An ASCII key for scripts: "sent". */
const char *kip_sync_log_kind_key (KipSyncLogKind kind);

G_END_DECLS
