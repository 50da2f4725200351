/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where both lines of a device are in the file, neither knows of a first one: the greater hash gives way, and the other one if that
 * has not come for so long. */
#define OTHER_GIVES_WAY (10 * 60 * 1000)

/* Whoever comes second gives way: its line is not in the file, or was said again already. */
static gboolean
comes_second (KipSyncEngine *engine,
              const KipFork *fork)
{
  static const guint8 none[KIP_HASH_SIZE] = { 0 };

  return !kip_coverage_has (engine->coverage, fork->device, fork->last + 1)
         || memcmp (fork->theirs, none, sizeof none) == 0
         || memcmp (fork->ours, fork->theirs, sizeof none) > 0;
}

static gboolean
must_give_way (KipSyncEngine *engine,
               const KipFork *fork)
{
  if (!kip_sync_is_member (engine))
    return FALSE;
  if (engine->fork_since == 0)
    engine->fork_since = MAX (1, engine->now);
  return comes_second (engine, fork) || engine->now - engine->fork_since >= OTHER_GIVES_WAY;
}

static gboolean
read_again (KipSyncEngine *engine,
            GError       **error)
{
  kip_sync_forget_file (engine);
  return kip_sync_read_on (engine, error);
}

/* Where it cannot, people are told, and nothing is lost. */
static gboolean
give_way (KipSyncEngine *engine,
          const KipFork *fork,
          GError       **error)
{
  g_autoptr (GError) problem = NULL;

  if (engine->replica->class->give_way (engine->replica, fork, &problem))
    {
      engine->fork_since = 0;
      engine->own_shared = 0;
      engine->round->gave_way = fork->device;
      engine->has_news = TRUE;
      return read_again (engine, error);
    }
  if (g_error_matches (problem, KIP_ERROR, KIP_ERROR_CONFLICT))
    {
      engine->round->cloned = fork->device;
      return TRUE;
    }
  kip_sync_own (engine, FALSE);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
kip_sync_settle_forks (KipSyncEngine *engine,
                       GError       **error)
{
  KipForks forks;

  if (!kip_sync_own (engine, engine->replica->class->find_forks (engine->replica, &forks, error)))
    return FALSE;
  engine->round->cloned = forks.cloned;
  if (forks.own.device == 0)
    {
      engine->fork_since = 0;
      return forks.n_dropped == 0 || read_again (engine, error);
    }
  if (must_give_way (engine, &forks.own))
    return give_way (engine, &forks.own, error);
  engine->round->cloned = forks.own.device;
  return forks.n_dropped == 0 || read_again (engine, error);
}

gboolean
kip_sync_check_forks (KipSyncEngine *engine,
                      GError       **error)
{
  KipForks forks;

  if (!kip_sync_own (engine, engine->replica->class->find_forks (engine->replica, &forks, error)))
    return FALSE;
  if (forks.n_dropped == 0 && (forks.own.device == 0 || !must_give_way (engine, &forks.own)))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("Another computer writes with the number of this one. Your changes are kept here and are sent as soon as this one has a number of its own."));
  return FALSE;
}
