/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-work-timer.h"

static char *
timer_key (KipId ticket)
{
  return g_strdup_printf ("work-timer-%" G_GUINT64_FORMAT, ticket);
}

KipInstant
kip_work_timer_get (KipStore *store,
                    KipId     ticket)
{
  g_autofree char *key = timer_key (ticket);
  g_autofree char *text = kip_store_get_local (store, key);
  KipInstant started = KIP_INSTANT_NONE;

  if (text != NULL && *text != '\0')
    kip_instant_parse (text, NULL, &started);
  return started;
}

void
kip_work_timer_start (KipStore  *store,
                      KipId      ticket,
                      KipInstant now)
{
  g_autofree char *key = timer_key (ticket);
  g_autofree char *text = kip_instant_to_iso (now);

  kip_store_set_local (store, key, text);
}

gint64
kip_work_timer_stop (KipStore  *store,
                     KipId      ticket,
                     KipInstant now)
{
  g_autofree char *key = timer_key (ticket);
  KipInstant started = kip_work_timer_get (store, ticket);

  if (started == KIP_INSTANT_NONE)
    return 0;
  kip_store_set_local (store, key, NULL);
  return MAX ((now - started) / KIP_MS_PER_SECOND, 0);
}
