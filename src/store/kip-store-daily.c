/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-clock.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The copy of the day: looked for when the program has settled and then twice an
 * hour, made by a thread of the readers' pool.  A program that never runs its main
 * loop (kipctl) makes none. */

#define FIRST_LOOK 60   /* seconds after opening */
#define NEXT_LOOKS 1800 /* seconds */
#define KEPT 7

#define PREFIX "kip-"
#define SUFFIX ".kipbackup"

static char *
name_of_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (kip_clock_now (), zone);

  return g_date_time_format (now, PREFIX "%Y-%m-%d" SUFFIX);
}

/* ---- what is there ---- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the days' copies, the oldest first. */
static GPtrArray *
list_copies (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
remove_old (const char *folder)
{
  g_autoptr (GPtrArray) names = list_copies (folder);

  for (guint i = 0; i + KEPT < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

/* ---- making it ---- */

gboolean
kip_store_make_daily (KipStore     *store,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autofree char *folder = kip_store_path (store->dir, "backups");
  g_autofree char *name = name_of_day ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_mkdir_with_parents (folder, 0700);
  if (!kip_store_backup (store, path, NULL, NULL, cancellable, error))
    return FALSE;
  remove_old (folder);
  return TRUE;
}

/* Other troubles (a full disk) are tried again in half an hour; damage is not to
 * wait until somebody stumbles upon it. */
static void
tell_damage (KipStore     *store,
             const GError *error)
{
  g_autoptr (GError) damage = NULL;

  g_debug ("no copy of today: %s", error->message);
  if (!g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT))
    return;
  damage = g_error_new_literal (KIP_ERROR, KIP_ERROR_CORRUPT,
                                _("The data of this office is damaged: its daily copy could not be made. Nothing was changed. Close Kip and restore the copy of a day before."));
  kip_store_fail (damage, store);
}

static void
daily_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!kip_store_make_daily (source, cancellable, &error))
    tell_damage (source, error);
  g_task_return_boolean (task, TRUE);
}

static gboolean
look_cb (gpointer data)
{
  KipStore *store = data;
  g_autoptr (GTask) task = g_task_new (store, store->daily_cancellable, NULL, NULL);

  g_task_set_source_tag (task, look_cb);
  kip_pool_run (store->pool, task, daily_thread);
  kip_store_begin_daily (store, NEXT_LOOKS);
  return G_SOURCE_REMOVE;
}

/* ---- when ---- */

void
kip_store_begin_daily (KipStore *store,
                       guint     seconds)
{
  g_clear_pointer (&store->daily, g_source_unref);
  store->daily = g_timeout_source_new_seconds (seconds);
  g_source_set_priority (store->daily, G_PRIORITY_LOW);
  g_source_set_callback (store->daily, look_cb, store, NULL);
  g_source_attach (store->daily, store->context);
}

void
kip_store_watch_days (KipStore *store)
{
  store->daily_cancellable = g_cancellable_new ();
  kip_store_begin_daily (store, FIRST_LOOK);
}

void
kip_store_end_daily (KipStore *store)
{
  if (store->daily != NULL)
    g_source_destroy (store->daily);
  g_clear_pointer (&store->daily, g_source_unref);
  if (store->daily_cancellable != NULL)
    g_cancellable_cancel (store->daily_cancellable);
  g_clear_object (&store->daily_cancellable);
}
