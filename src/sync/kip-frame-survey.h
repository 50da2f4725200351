/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-frame.h"

G_BEGIN_DECLS

/* What lies in any file that may be a shared one: looked at, never changed. */

/* A part of the file that is no frame. */
typedef struct
{
  KipFoundKind kind; /* JUNK, DAMAGED or UNFINISHED */
  guint64      offset, length;
} KipSurveyPlace;

/* Change-sets @first to @last, without a gap. */
typedef struct
{
  guint64 first, last;
} KipSurveyRange;

typedef struct
{
  guint32 device;
  guint64 n_changes;  /* in frames, those twice there counted twice */
  guint64 n_again;    /* of them: there before */
  GArray *ranges;     /* (owned) of KipSurveyRange, rising; more than one, or one that does not begin at 1: something lacks */
  gint64  have_at;    /* of its last HAVE, UTC ms; 0: none */
  gint64  clock_offset; /* ms, the share's clock minus its own, by that */
  char   *version;    /* (owned) (nullable) of its Kip, by that */
} KipSurveyDevice;

#define KIP_SURVEY_TYPES 256
#define KIP_SURVEY_MAX_PLACES 1000

typedef struct
{
  guint64 size;
  GError *header_problem;    /* (owned) (nullable) NOT_OFFICE, NEWER, CORRUPT; then frames are looked for from the first byte on */
  gboolean has_identity;     /* by the header, or remembered; without, nothing behind the header can be found */
  KipShareHeaderInfo info;   /* of the header; only the identity when that was remembered */
  gboolean is_other_office;  /* the keys are those of another */

  guint64 n_frames;          /* whole, opened or sealed */
  guint64 n_by_type[KIP_SURVEY_TYPES];
  guint64 n_sealed;          /* of them: without a key that opens them, join codes left out */
  guint64 n_senseless;       /* of them: opened, and what is in it makes no sense */
  guint64 frame_bytes, junk_bytes, damaged_bytes, unfinished_bytes;
  guint64 n_junk, n_damaged;
  GArray *places;            /* (owned) of KipSurveyPlace, the first KIP_SURVEY_MAX_PLACES */
  GArray *devices;           /* (owned) of KipSurveyDevice, rising */
} KipFrameSurvey;

/* Surveys the bytes of a whole file.  @keys (nullable): what opens the frames, set to any file; without
 * them frames are counted only.  @remembered (nullable): the file's identity, used when its header cannot be read.
 * May take seconds for a large file: not on the main thread. */
KipFrameSurvey *kip_frame_survey (GBytes                 *bytes,
                                  const KipShareKeys     *keys,
                                  const KipShareIdentity *remembered);
void            kip_frame_survey_free (KipFrameSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipFrameSurvey, kip_frame_survey_free)

G_END_DECLS
