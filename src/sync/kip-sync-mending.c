/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-private.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-share-error.h"

#include <glib/gi18n-lib.h>

/* ---- in the thread ---- */

static gboolean
is_mended (const KipSyncRound *round)
{
  return round->state == KIP_SYNC_DONE || round->state == KIP_SYNC_MORE;
}

/* A round of its own, whose end the person who asked for it hears of. */
static gboolean
run_mend (KipSync       *self,
          KipSyncEngine *engine,
          KipSyncJob    *job,
          GError       **error)
{
  g_autoptr (GError) problem = NULL;
  KipSyncRound round = { 0 };

  if (engine == NULL)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("This office is not shared yet. Nothing was changed."));
      return FALSE;
    }
  kip_sync_engine_mend_now (engine);
  if (!kip_sync_engine_round (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &round, &problem, self->cancellable, error))
    return FALSE;
  kip_sync_note_round (self, engine, &round, problem);
  if (is_mended (&round))
    return TRUE;
  if (problem == NULL)
    kip_share_fail_busy (&problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- on the main thread ---- */

void
kip_sync_mend_async (KipSync            *self,
                     GAsyncReadyCallback callback,
                     gpointer            data)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_hand_in (self, kip_sync_job_new (run_mend), NULL, callback, data);
}
