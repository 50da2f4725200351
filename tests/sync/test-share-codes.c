/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-error.h"

#include <glib/gstdio.h>

/* A code that somebody was given opens the office, whatever happened to the share when it was made. */
typedef char *(*MakeCode) (Desk *desk);

static char *
make_invitation (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *code = kip_sharing_invite (desk->store, desk->engine, kip_store_get_me (desk->store), G_MAXINT64, &error);

  g_assert_no_error (error);
  return code;
}

static char *
make_recovery (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *code = kip_sharing_make_recovery (desk->store, &error);

  g_assert_no_error (error);
  return code;
}

static gboolean
opens (Office     *office,
       const char *code)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipJoining joining = { office->path, code, NULL, "An", "bàn sau" };
  g_autoptr (GError) error = NULL;
  gboolean ok = kip_sharing_join (dir, &joining, NULL, &error);

  if (!ok)
    g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  remove_tree (dir);
  return ok;
}

/* By the founder, and by a manager behind it who need not wait for its turn. */
static void
test_at_once (gconstpointer data)
{
  MakeCode make = data;
  Office office;
  Fixture an;
  Desk founder, desk;
  KipChange *change;

  office_init (&office);
  desk_open (&founder, office.founder.store);
  join_by_code (&office, &founder, &an, &desk, "An");
  change = kip_change_new (kip_store_get_me (office.founder.store), "settings");
  kip_change_set_int (change, KIP_KIND_PERSON, kip_store_get_me (an.store), KIP_FIELD_ROLE, KIP_ROLE_MANAGER);
  append (office.founder.store, change);
  settle (&founder);
  settle (&desk);
  for (guint i = 0; i < 2; i++)
    {
      Desk *maker = i == 0 ? &founder : &desk;
      g_autofree char *code = NULL;

      settle (maker);
      code = make (maker);
      g_assert_true (kip_sharing_confirm (maker->engine, NULL));
      g_assert_true (opens (&office, code));
    }
  desk_clear (&desk);
  fixture_clear (&an);
  desk_clear (&founder);
  office_clear (&office);
}

/* The share is away when the code is made: that is said, and it opens once the share is back, also when the program was closed meanwhile. */
static void
test_later (gconstpointer data)
{
  MakeCode make = data;

  for (guint restart = 0; restart < 2; restart++)
    {
      Office office;
      Desk founder;
      g_autofree char *away = NULL;
      g_autofree char *code = NULL;

      office_init (&office);
      desk_open (&founder, office.founder.store);
      settle (&founder);
      away = g_strconcat (office.share, "-away", NULL);
      g_assert_cmpint (g_rename (office.share, away), ==, 0);
      code = make (&founder);
      g_assert_false (kip_sharing_confirm (founder.engine, NULL));
      g_assert_cmpint (g_rename (away, office.share), ==, 0);
      g_assert_false (opens (&office, code));
      if (restart)
        reopen (&office.founder, &founder);
      settle (&founder);
      g_assert_true (opens (&office, code));
      /* Once is enough. */
      reopen (&office.founder, &founder);
      g_assert_cmpuint (settle (&founder).bytes_written, ==, 0);
      desk_clear (&founder);
      office_clear (&office);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/share-codes/invitation/at-once", make_invitation, test_at_once);
  g_test_add_data_func ("/share-codes/invitation/later", make_invitation, test_later);
  g_test_add_data_func ("/share-codes/recovery/at-once", make_recovery, test_at_once);
  g_test_add_data_func ("/share-codes/recovery/later", make_recovery, test_later);
  return g_test_run ();
}
