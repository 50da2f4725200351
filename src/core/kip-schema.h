/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-value.h"

G_BEGIN_DECLS

/* The vocabulary of events: which kinds of entities there are and which fields
 * they have.  The numbers are written into events that are kept for ever: never
 * renumber, never reuse, only add. */

typedef enum
{
  KIP_KIND_OFFICE = 1, /* exactly one, KIP_ID_OFFICE */
  KIP_KIND_TICKET = 2,
  KIP_KIND_PERSON = 3,
  KIP_KIND_TEAM = 4,
  KIP_KIND_CATEGORY = 5,
  KIP_KIND_STATUS = 6,
  KIP_KIND_CANNED = 7, /* a canned reply */
  KIP_KIND_CALENDAR = 8,
  KIP_KIND_POLICY = 9,
  KIP_KIND_OUTAGE = 10,
  KIP_KIND_VIEW = 11, /* a saved search */
  KIP_KIND_ASSET = 12,
  KIP_KIND_GOAL = 13,   /* a target for a measure, kip-goal.h */
  KIP_KIND_REVIEW = 14, /* figures looked at together, kip-review.h */
  KIP_KIND_MACHINE = 15, /* one that takes part in the office, KIP_ID_MACHINE (device) */
  KIP_KIND_PURGE = 16    /* that somebody is to be forgotten */
} KipKind;

typedef enum
{
  /* any kind */
  KIP_FIELD_NAME = 1,
  KIP_FIELD_DELETED = 2,  /* 1: put away; a ticket so marked is in no list and no figure */
  KIP_FIELD_POSITION = 3, /* order among its like, smaller first */
  KIP_FIELD_NOTE = 4,
  KIP_FIELD_KEY = 5,      /* stable ASCII name for searches and scripts ("waiting-supplier") */

  /* office */
  KIP_FIELD_OFFICE_CALENDAR = 10, /* id of the calendar used where nothing else is said */
  KIP_FIELD_MATRIX = 11,          /* impact × urgency → priority, kip-priority.h */
  KIP_FIELD_LANGUAGE = 12,        /* "en", "vi": of the office's own words */
  KIP_FIELD_CAUSES = 13,          /* set of texts offered as cause when resolving */

  /* ticket */
  KIP_FIELD_NUMBER = 20,      /* device << 40 | counter; written as 0, filled in by the store */
  KIP_FIELD_SUBJECT = 21,
  KIP_FIELD_DESCRIPTION = 22,
  KIP_FIELD_REQUESTER = 23,   /* person */
  KIP_FIELD_CHANNEL = 24,     /* KipChannel */
  KIP_FIELD_RECEIVED = 25,    /* instant; absent: when it was logged */
  KIP_FIELD_CATEGORY = 26,    /* category */
  KIP_FIELD_IMPACT = 27,      /* 1 high … 3 low */
  KIP_FIELD_URGENCY = 28,     /* 1 high … 3 low */
  KIP_FIELD_PRIORITY = 29,    /* override: map {1: priority, 2: reason}; none: by the matrix */
  KIP_FIELD_STATUS = 30,      /* map {1: status id, 2: KipPhase, 3: KipPause, 4: person who did it when not the author}: a snapshot */
  KIP_FIELD_ASSIGNEE = 31,    /* person */
  KIP_FIELD_TEAM = 32,        /* team */
  KIP_FIELD_TAGS = 33,        /* set of texts */
  KIP_FIELD_ASSET = 34,       /* asset */
  KIP_FIELD_DUE = 35,         /* instant set by hand */
  KIP_FIELD_LINKS = 36,       /* set of ticket ids */
  KIP_FIELD_PARENT = 37,      /* ticket */
  KIP_FIELD_MERGED_INTO = 38, /* ticket */
  KIP_FIELD_EXTERNAL = 39,    /* its number in the system it was imported from */
  KIP_FIELD_CAUSE = 40,       /* resolution: what was wrong */
  KIP_FIELD_DONE = 41,        /* resolution: what was done */
  KIP_FIELD_SPAM = 42,        /* 1: in no list but its own and no figure */
  KIP_FIELD_ON_LINE = 43,     /* 1: logged while the requester was on the line, answered at once */
  KIP_FIELD_REVIEW = 44,      /* the review that it is an action of */

  /* entries of a ticket (they only grow; see kip-event.h) */
  KIP_FIELD_MESSAGE = 60,    /* map {1: KipMessageKind, 2: text, 3: person who wrote when not the author} */
  KIP_FIELD_WORK = 61,       /* map {1: seconds, 2: note, 3: person who worked when not the author} */
  KIP_FIELD_ATTACHMENT = 62, /* map {1: name, 2: size, 3: BLAKE2b-256 of the bytes, 4: MIME type} */
  KIP_FIELD_SURVEY = 63,     /* map {1: score 1–5, 2: comment} of the follow-up call */

  /* person */
  KIP_FIELD_PHONE = 80,
  KIP_FIELD_MAIL = 81,
  KIP_FIELD_DEPARTMENT = 82,
  KIP_FIELD_VIP = 83,
  KIP_FIELD_ROLE = 84,  /* KipRole */
  KIP_FIELD_TEAMS = 85, /* set of team ids */
  KIP_FIELD_PERSON_CALENDAR = 86, /* working hours; absent: the office's */

  /* category */
  KIP_FIELD_CATEGORY_PARENT = 90,
  KIP_FIELD_FIRST_CONTACT = 91, /* 1: can be solved at first contact */
  KIP_FIELD_CATEGORY_TEAM = 92, /* team that gets it by default */

  /* status */
  KIP_FIELD_PHASE = 95,
  KIP_FIELD_PAUSES = 96, /* KipPause */

  /* canned reply */
  KIP_FIELD_TEXT = 100,

  /* calendar, policy, outage: values are defined in sla/ */
  KIP_FIELD_CALENDAR_VERSION = 110, /* entry */
  KIP_FIELD_CALENDAR_DRAFT = 111,   /* entry: a version that no clock uses yet */
  KIP_FIELD_CONDITION = 115,        /* query text; absent: every ticket */
  KIP_FIELD_IS_DEFAULT = 116,
  KIP_FIELD_POLICY_VERSION = 117,   /* entry */
  KIP_FIELD_POLICY_DRAFT = 118,     /* entry: a version that no clock uses yet */
  KIP_FIELD_OUTAGE_START = 120,     /* instant */
  KIP_FIELD_OUTAGE_END = 121,       /* instant; absent: still going on */
  KIP_FIELD_OUTAGE_REASON = 122,
  KIP_FIELD_OUTAGE_SCOPE = 123,     /* query text; absent: every ticket */

  /* view */
  KIP_FIELD_QUERY = 130,
  KIP_FIELD_OWNER = 132, /* person; absent: everybody's */

  /* asset */
  KIP_FIELD_SERIAL = 140,
  KIP_FIELD_ASSET_OWNER = 141, /* person */

  /* target for a measure: values are defined in kip-goal.h */
  KIP_FIELD_GOAL_MEASURE = 150, /* its ASCII key: "response-median" */
  KIP_FIELD_GOAL_TEAM = 151,    /* team; neither team nor agent: everybody's */
  KIP_FIELD_GOAL_AGENT = 152,   /* person */
  KIP_FIELD_GOAL_VERSION = 153, /* entry */

  /* review: values are defined in kip-review.h */
  KIP_FIELD_REVIEW_FROM = 160,    /* instant: the period, [from, to) */
  KIP_FIELD_REVIEW_TO = 161,
  KIP_FIELD_REVIEW_HELD = 162,    /* instant: when people sat together */
  KIP_FIELD_REVIEW_AGENT = 163,   /* person; absent: of everybody */
  KIP_FIELD_REVIEW_TEAM = 164,    /* team */
  KIP_FIELD_REVIEW_FIGURES = 165, /* the figures as they were then */
  KIP_FIELD_REVIEW_AGREED = 166,  /* what was agreed */
  KIP_FIELD_REVIEW_ACTIONS = 167, /* set of tickets: who does what until when */

  /* machine: who counts as a member is folded from these by store/kip-members.h */
  KIP_FIELD_MACHINE_PERSON = 180, /* person who works at it */
  KIP_FIELD_MACHINE_KEY = 181,    /* Ed25519 public key by which it signs */
  KIP_FIELD_MACHINE_LAST = 182,   /* its last change-set that counts: it was removed */
  KIP_FIELD_MACHINE_RECOVERY = 183, /* 1: no machine yet, but a printed code that lets one in */
  KIP_FIELD_MACHINE_TWIN = 184,     /* it was a copy of another one: store/kip-twin.h */

  /* purge: entries of bytes, what is in them is defined in store/kip-purge.h */
  KIP_FIELD_PURGE_ENTITIES = 190,  /* of these every text goes, for ever */
  KIP_FIELD_PURGE_PROOFS = 191,    /* what is left of which change-set, said by a manager … */
  KIP_FIELD_PURGE_OWN_PROOFS = 192 /* … and of those of the machine that says it */
} KipField;

typedef enum
{
  KIP_PHASE_NEW = 1,
  KIP_PHASE_OPEN = 2,
  KIP_PHASE_WAITING = 3,
  KIP_PHASE_SCHEDULED = 4,
  KIP_PHASE_RESOLVED = 5,
  KIP_PHASE_CLOSED = 6
} KipPhase;

/* What a pausing status waits for. */
typedef enum
{
  KIP_PAUSE_NONE = 0,
  KIP_PAUSE_REQUESTER = 1,
  KIP_PAUSE_SUPPLIER = 2,
  KIP_PAUSE_SCHEDULED = 3,
  KIP_PAUSE_OTHER = 4
} KipPause;

typedef enum
{
  KIP_CHANNEL_PHONE = 1,
  KIP_CHANNEL_WALK_IN = 2,
  KIP_CHANNEL_MAIL = 3,
  KIP_CHANNEL_CHAT = 4,
  KIP_CHANNEL_WEB = 5
} KipChannel;

typedef enum
{
  KIP_MESSAGE_REPLY = 1,     /* public, to the requester */
  KIP_MESSAGE_CALL = 2,      /* a logged call to or from the requester: answers like a reply */
  KIP_MESSAGE_NOTE = 3,      /* internal */
  KIP_MESSAGE_INCOMING = 4,  /* the requester wrote or rang */
  KIP_MESSAGE_AUTOMATIC = 5  /* an automatic reply: never answers */
} KipMessageKind;

typedef enum
{
  KIP_ROLE_REQUESTER = 0,
  KIP_ROLE_AGENT = 1,
  KIP_ROLE_MANAGER = 2
} KipRole;

typedef enum
{
  KIP_TYPE_TEXT,
  KIP_TYPE_INT,
  KIP_TYPE_BOOL,
  KIP_TYPE_INSTANT,
  KIP_TYPE_ID,     /* of the kind in KipFieldInfo.target */
  KIP_TYPE_ENUM,   /* one of KipFieldInfo.choices */
  KIP_TYPE_MAP     /* a structure of its own */
} KipFieldType;

typedef enum
{
  KIP_SHAPE_REGISTER, /* one value; concurrent writes are a conflict */
  KIP_SHAPE_SET,      /* add-wins set of elements of the type */
  KIP_SHAPE_ENTRY     /* a list that only grows; each entry can be retracted */
} KipFieldShape;

typedef struct
{
  int         number;
  const char *key;   /* ASCII, for searches and scripts */
  const char *label; /* N_(), translate with _() */
} KipChoice;

typedef struct
{
  KipKind          kind;   /* 0: any kind */
  KipField         field;
  const char      *key;    /* ASCII name: "assignee" */
  const char      *label;  /* N_() */
  KipFieldType     type;
  KipFieldShape    shape;
  KipKind          target;  /* for KIP_TYPE_ID */
  const KipChoice *choices; /* for KIP_TYPE_ENUM; ends with a NULL key */
} KipFieldInfo;

/* What is known of @field (nullable: of a newer Kip). Borrowed, static. */
const KipFieldInfo *kip_schema_field (KipKind  kind,
                                      KipField field);
const KipFieldInfo *kip_schema_field_by_key (KipKind     kind,
                                             const char *key);

/* TRUE for texts of several sentences, which are merged when two people edit them at once. */
gboolean kip_schema_is_long_text (KipKind  kind,
                                  KipField field);

/* Every field of @kind in order; @n is their number. Static. */
const KipFieldInfo *kip_schema_all (guint *n);

const KipChoice *kip_schema_phases (void);
const KipChoice *kip_schema_pauses (void);
const KipChoice *kip_schema_channels (void);
const KipChoice *kip_schema_message_kinds (void);
const KipChoice *kip_schema_roles (void);

const KipChoice *kip_choice_find (const KipChoice *choices,
                                  int              number); /* (nullable) */
const KipChoice *kip_choice_find_key (const KipChoice *choices,
                                      const char      *key);

/* "A-214" of a KIP_FIELD_NUMBER value; "" for 0.  (transfer full) */
char *kip_ticket_number_format (gint64 number);

#define KIP_TICKET_NUMBER_BITS 40
#define KIP_TICKET_NUMBER(device, counter) (((gint64) (device) << KIP_TICKET_NUMBER_BITS) | (gint64) (counter))

/* Reads "a214", "A-214" (whole number) or "214" (device 0: any machine's).  FALSE: not a number. */
gboolean kip_ticket_number_parse (const char *text,
                                  guint      *device,
                                  gint64     *counter);

G_END_DECLS
