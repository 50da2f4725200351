/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cbor.h"
#include "kip-schema.h"

G_BEGIN_DECLS

/* An event says one thing that happened to one entity.  Events come in
 * change-sets (kip-change.h), are never altered and never removed. */

/* Which event: the machine, its gapless change-set number, the place in that. */
typedef struct
{
  guint32 device;
  guint32 index;
  guint64 seq;
} KipEventId;

typedef enum
{
  KIP_VERB_SET = 1,     /* writes a register; refs: the writes it replaces */
  KIP_VERB_ADD = 2,     /* adds value to a set */
  KIP_VERB_REMOVE = 3,  /* takes an element away; refs: the ADDs it has seen */
  KIP_VERB_ENTRY = 4,   /* appends to a list */
  KIP_VERB_RETRACT = 5, /* hides entries; refs: the ENTRYs */
  KIP_VERB_RESTORE = 6  /* shows them again; refs: the ENTRYs */
} KipVerb;

typedef enum
{
  KIP_CHANGE_AUTOMATION = 1 << 0, /* done by a rule, not by a person: loses a conflict */
  KIP_CHANGE_IMPORT = 1 << 1      /* read from another system's log */
} KipChangeFlags;

/* What the events of one change-set share.  Reference counted. */
typedef struct
{
  gatomicrefcount refs;
  gint64     row;      /* place in this machine's log, rising */
  guint32    device;
  guint64    seq;
  guint64    hlc;      /* hybrid logical clock: ms << 16 | counter */
  KipId      author;   /* person; KIP_ID_NONE: Kip itself */
  KipInstant at;       /* wall clock of that machine when it was done */
  KipChangeFlags flags;
  char      *action;   /* (owned) what the person did, an ASCII key: "reply", "resolve", "undo" */
  guint32    undo_device; /* the change-set that this one undoes; undo_seq 0: none */
  guint64    undo_seq;
  guint64    batch;    /* groups the change-sets of one import; 0: none */
} KipStamp;

KipStamp *kip_stamp_ref (KipStamp *stamp);
void      kip_stamp_unref (KipStamp *stamp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipStamp, kip_stamp_unref)

typedef struct
{
  KipKind    kind;
  KipVerb    verb;
  KipField   field;
  gboolean   is_critical; /* who does not know what it says must not write on its entity */
  KipId      entity;
  KipInstant at;     /* when it happened in the world; KPIs count by this */
  guint32    tl;     /* place in the entity's own order: 1 + the largest its writer had seen */
  guint      n_refs;
  KipEventId *refs;  /* (owned) */
  gboolean   saw_refs; /* not encoded: @refs are all that its writer had seen, the store adds none of others */
  KipValue  *value;  /* (owned) (nullable) */
  KipEventId id;
  KipStamp  *stamp;  /* (owned) (nullable until it is in the log) */
} KipEvent;

KipEvent *kip_event_new (KipKind  kind,
                         KipId    entity,
                         KipVerb  verb,
                         KipField field);
KipEvent *kip_event_copy (const KipEvent *event);
void      kip_event_free (KipEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipEvent, kip_event_free)

void     kip_event_add_ref (KipEvent         *event,
                            const KipEventId *id);
gboolean kip_event_has_ref (const KipEvent   *event,
                            const KipEventId *id);
gboolean kip_event_id_equal (const KipEventId *a,
                             const KipEventId *b);

/* The order in which a fold applies the events of an entity: tl, then hybrid
 * clock, then device, then place.  For g_ptr_array_sort (pointers to KipEvent *). */
int kip_event_compare (gconstpointer a,
                       gconstpointer b);

/* Whether this Kip knows its kind, verb and field. */
gboolean kip_event_is_known (const KipEvent *event);

/* The canonical bytes of an event: a CBOR list of
 * [kind, entity, verb, field, at - base, tl, [device, seq, index, …], value],
 * @base being the change-set's instant, and, when there are any, flags (1: critical).  More
 * items at the end are a newer Kip's. */
void kip_event_encode (const KipEvent *event,
                       KipInstant      base,
                       GByteArray     *out);

/* Reads what kip_event_encode() wrote; unknown kinds, verbs and fields come
 * through as they are.  KIP_ERROR_CORRUPT when the bytes are none of ours. */
KipEvent *kip_event_decode (gconstpointer data,
                            gsize         length,
                            KipInstant    base,
                            GError      **error);

G_END_DECLS
