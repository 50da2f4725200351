/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-maker.h"

#include "kip-job-window.h"
#include "kip-sample.h"

#include <glib/gi18n-lib.h>

static const char *const weeks[] = {
  [KIP_HOURS_OFFICE] = "mon=08:00-12:00,13:00-17:00;tue=08:00-12:00,13:00-17:00;wed=08:00-12:00,13:00-17:00;"
                       "thu=08:00-12:00,13:00-17:00;fri=08:00-12:00,13:00-17:00",
  [KIP_HOURS_LATER] = "mon=09:00-12:00,13:00-18:00;tue=09:00-12:00,13:00-18:00;wed=09:00-12:00,13:00-18:00;"
                      "thu=09:00-12:00,13:00-18:00;fri=09:00-12:00,13:00-18:00",
  [KIP_HOURS_SATURDAY] = "mon=08:00-12:00,13:00-17:00;tue=08:00-12:00,13:00-17:00;wed=08:00-12:00,13:00-17:00;"
                         "thu=08:00-12:00,13:00-17:00;fri=08:00-12:00,13:00-17:00;sat=08:00-12:00",
  [KIP_HOURS_ALWAYS] = "mon=00:00-24:00;tue=00:00-24:00;wed=00:00-24:00;thu=00:00-24:00;fri=00:00-24:00;"
                       "sat=00:00-24:00;sun=00:00-24:00",
};

/* A wish that outlives the form. */
typedef struct
{
  char         *dir;  /* (owned) */
  KipOfficeWish wish; /* its texts are owned */
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->dir);
  g_free ((char *) making->wish.name);
  g_free ((char *) making->wish.me);
  g_free ((char *) making->wish.language);
  g_free ((char *) making->wish.time_zone);
  g_free (making);
}

static Making *
making_new (const char          *dir,
            const KipOfficeWish *wish)
{
  Making *making = g_new0 (Making, 1);

  making->dir = g_strdup (dir);
  making->wish = *wish;
  making->wish.name = g_strdup (wish->name);
  making->wish.me = g_strdup (wish->me);
  making->wish.language = g_strdup (wish->language);
  making->wish.time_zone = g_strdup (wish->time_zone);
  return making;
}

/* (transfer full) */
static KipCalendarSpec *
chosen_hours (const KipOfficeWish *wish)
{
  KipCalendarSpec *spec = kip_calendar_spec_new (wish->time_zone);

  kip_calendar_spec_set_weekly (spec, weeks[wish->hours], NULL);
  if (wish->holidays && wish->hours != KIP_HOURS_ALWAYS)
    kip_calendar_spec_add_public_holidays (spec);
  return spec;
}

/* ---- in the thread ---- */

static gboolean
fill (KipStore     *store,
      Making       *making,
      gpointer      progress,
      GCancellable *cancellable,
      GError      **error)
{
  if (!making->wish.sample)
    return TRUE;
  kip_store_set_local (store, KIP_LOCAL_SAMPLE, "1");
  return kip_sample_fill (store, kip_job_progress, progress, cancellable, error);
}

static gpointer
make (gpointer      data,
      gpointer      progress,
      GCancellable *cancellable,
      GError      **error)
{
  Making *making = data;
  g_autoptr (KipCalendarSpec) hours = making->wish.sample ? NULL : chosen_hours (&making->wish);
  KipOfficeSetup setup = { making->wish.name, making->wish.me, making->wish.language, making->wish.time_zone, hours };
  g_autoptr (KipStore) store = kip_store_create (making->dir, &setup, error);

  if (store == NULL)
    return NULL;
  if (!fill (store, making, progress, cancellable, error))
    {
      kip_store_close (store);
      return NULL;
    }
  return g_steal_pointer (&store);
}

/* ---- public ---- */

void
kip_office_make_async (GtkWindow           *parent,
                       const char          *dir,
                       const KipOfficeWish *wish,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  kip_job_run (parent, wish->sample ? _("Making the Sample Office") : _("Making the Office"), FALSE,
               make, making_new (dir, wish), making_free, g_object_unref, callback, data);
}

KipStore *
kip_office_make_finish (GAsyncResult *result,
                        GError      **error)
{
  return kip_job_finish (result, error);
}
