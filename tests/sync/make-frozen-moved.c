/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* make-frozen-moved DIR: writes the two files that frozen/ keeps of an office whose file was moved, when the format gets a
 * new number, never again after that.  Prints the code by which test-frozen-office.c opens them. */

#include "sharing-fixture.h"

#include "kip-sharing-move.h"

#include <glib/gstdio.h>

static void
keep (const char *from,
      const char *dir,
      const char *name)
{
  g_autofree char *to = g_build_filename (dir, name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &data, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, data, (gssize) length, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  Office office;
  Desk desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpint (argc, ==, 2);
  office_init (&office);
  desk_open (&desk, office.founder.store);
  add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  recovery = kip_sharing_make_recovery (office.founder.store, &error);
  g_assert_no_error (error);
  settle (&desk);
  folder = g_build_filename (office.share, "elsewhere", NULL);
  path = g_build_filename (folder, "Office.kip", NULL);
  g_mkdir (folder, 0700);
  kip_sharing_move (desk.store, desk.engine, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  add_ticket (office.founder.store, "mạng chậm", KIP_INSTANT_NONE);
  settle (&desk);
  keep (office.path, argv[1], "moved-from-1.kip");
  keep (path, argv[1], "moved-to-1.kip");
  g_print ("recovery code: %s\n", recovery);
  desk_clear (&desk);
  office_clear (&office);
  return 0;
}
