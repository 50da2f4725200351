/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-sync.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Quitting while a call on the share hangs for ever. */

/* A pipe in the file's place: who reads it hangs until somebody writes.  It is opened as soon as somebody wants to read. */
static int
hang_reader (const char *path)
{
  int end = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (end, >=, 0);
  return end;
}

static void
gone_cb (gpointer data,
         GObject *where)
{
  *(gboolean *) data = TRUE;
}

static void
test_hanging (void)
{
  Office office;
  KipSync *sync;
  KipSyncStatus status;
  gboolean is_gone = FALSE, is_store_gone = FALSE;
  int end;

  office_init (&office);
  g_assert_cmpint (g_unlink (office.path), ==, 0);
  g_assert_cmpint (mkfifo (office.path, 0600), ==, 0);
  sync = kip_sync_new (office.founder.store, "test");
  g_object_weak_ref (G_OBJECT (sync), gone_cb, &is_gone);
  g_object_weak_ref (G_OBJECT (office.founder.store), gone_cb, &is_store_gone);
  end = hang_reader (office.path);
  /* From here on the thread hangs, and whoever waited for it would, too. */
  kip_sync_get_status (sync, &status);
  g_assert_true (status.is_shared);
  kip_sync_stop (sync);
  g_assert_null (kip_sync_of (office.founder.store));
  g_object_unref (sync);
  kip_store_close (office.founder.store);
  g_clear_object (&office.founder.store);
  g_assert_false (is_gone);
  /* The share answers after all: all of it goes. */
  close (end);
  while (!is_gone || !is_store_gone)
    g_main_context_iteration (NULL, TRUE);
  office_clear (&office);
}

/* One that nothing hinders is over as well, also with something decided that was not done. */
static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  kip_sync_decide_finish (KIP_SYNC (source), result, &error);
  (*(guint *) data)++;
}

static void
test_decided (void)
{
  Office office;
  KipSync *sync;
  gboolean is_gone = FALSE;
  guint n = 0;

  office_init (&office);
  sync = kip_sync_new (office.founder.store, "test");
  g_object_weak_ref (G_OBJECT (sync), gone_cb, &is_gone);
  for (guint i = 0; i < 3; i++)
    kip_sync_change_key_async (sync, decided_cb, &n);
  kip_sync_stop (sync);
  g_object_unref (sync);
  while (!is_gone || n < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 3);
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-stop/hanging", test_hanging);
  g_test_add_func ("/sync-stop/decided", test_decided);
  return g_test_run ();
}
