/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-forecast.h"
#include "kip-study.h"

G_BEGIN_DECLS

/* What is coming: promises that break soon unless somebody acts, and what is
 * expected beside them. */
typedef struct
{
  const KipForecast *forecast; /* (nullable) of the study; not known yet: it is partial */
  KipInstant   until;    /* one working hour into the next working day; round the clock: 24 hours from now */
  guint        n_promises; /* running clocks whose deadline lies in [now, until) */
  guint        n_tickets;  /* theirs */
  char        *query;    /* (owned) (nullable) selects those tickets; NULL: none */
  gboolean     exact;    /* the query selects just those */
  double       arrivals; /* expected until then; NAN: not known */
} KipOutlook;

/* (transfer full) */
KipOutlook *kip_outlook_new (const KipStudy *study);
void        kip_outlook_free (KipOutlook *outlook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipOutlook, kip_outlook_free)

/* "3 promises break before Mon 9:00. About 12 tickets will arrive until then.",
 * translated.  (transfer full) */
char *kip_outlook_sentence (const KipOutlook *outlook,
                            const KipStudy   *study);

/* Why there is no forecast, translated; NULL: there is one.  (transfer full) */
char *kip_forecast_why_not (const KipForecast *forecast);

G_END_DECLS
