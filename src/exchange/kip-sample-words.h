/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the sample office, a file a language; all of them are Kip's own.
 * Private to the sample.  In the texts of issues {person} is the requester's first name, {asset}
 * the thing it is about and {room} a place. */

typedef enum
{
  KIP_SAMPLE_NOTHING,
  KIP_SAMPLE_COMPUTER,
  KIP_SAMPLE_PRINTER,
  KIP_SAMPLE_NETWORK,
  KIP_SAMPLE_ROOM_GEAR,
  KIP_SAMPLE_N_GEAR
} KipSampleGear;

typedef struct
{
  const char *name;
  const char *call;       /* how colleagues address them */
  const char *mail;       /* before the @ */
  const char *department;
  const char *phone;
  gboolean    vip;
  guint       weight;     /* how often they need help; 0: works in IT */
} KipSamplePerson;

typedef struct
{
  const char   *category; /* a path */
  KipSampleGear gear;
  guint8        impact;   /* 1–3 */
  guint8        urgency;  /* 1–3 */
  guint8        weight;   /* how often it happens */
  guint         minutes;  /* of work, roughly */
  const char   *subjects; /* several ways to say it, with | */
  const char   *story;    /* as the requester tells it; the second one goes with the second subject */
  const char   *reply;    /* the agent's first answer */
  const char   *question; /* (nullable) what the agent asks back, and waits for */
  const char   *answer;   /* (nullable) */
  const char   *supplier; /* (nullable) note: what is awaited from whom */
  const char   *plan;     /* (nullable) note: what it is scheduled for */
  const char   *note;     /* (nullable) internal */
  const char   *cause;
  const char   *done;
  const char   *tag;      /* (nullable) */
  const char   *who;      /* (nullable) only people of these departments, with | */
} KipSampleIssue;

typedef struct
{
  const char            *mail_domain;
  const KipSamplePerson *people;
  guint                  n_people;
  const char *const     *gear[KIP_SAMPLE_N_GEAR]; /* names of assets, NULL-terminated */
  const char *const     *rooms;
  const char *const     *teams;      /* beside the office's own: network, business programs */
  const char            *business;   /* the category of the second */
  const KipSampleIssue  *issues;
  guint                  n_issues;
  const char *const     *openings;   /* before a reply: "Hello {person}," */
  const char *const     *thanks;     /* from the requester when it works */
  const char *const     *chasers;    /* from the requester when nobody answers */
  const char *const     *agains;     /* from the requester: it is back */
  const char *const     *sorries;    /* to a chaser */
  const char *const     *solved;     /* to the requester, before what was done */
  const char *const     *closings;   /* to the requester who said thanks */
  const char *const     *calls;      /* logged follow-up calls */
  const char *const     *happy;      /* survey comments, 4 and 5 */
  const char *const     *unhappy;    /* 1 to 3 */
  const char *const     *works;      /* notes of work logs */
  const char            *same;       /* note on a ticket that is part of a bigger one */
  const char            *outage;     /* reason of an outage */
  const char            *goals[2];   /* what the targets of first response and satisfaction are good for */
} KipSampleWords;

/* Those of @language ("vi"; else English): read once from data/sample/, never freed. */
const KipSampleWords *kip_sample_words (const char *language);

G_END_DECLS
