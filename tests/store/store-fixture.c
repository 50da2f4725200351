/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

#include <glib/gstdio.h>

void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  if (g_remove (path) != 0)
    g_test_message ("%s stays", path);
}

void
fixture_init (Fixture *fixture)
{
  static const KipOfficeSetup setup = { "Văn phòng", "Hà", "en", NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_clock_set ("2026-03-09T08:00:00+07:00 x0.000001"));
  fixture->dir = g_dir_make_tmp ("kip-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = kip_store_create (fixture->dir, &setup, &error);
  g_assert_no_error (error);
}

void
fixture_clear (Fixture *fixture)
{
  if (fixture->store != NULL)
    kip_store_close (fixture->store);
  g_clear_object (&fixture->store);
  remove_tree (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (fixture->store != NULL)
    kip_store_close (fixture->store);
  g_clear_object (&fixture->store);
  fixture->store = kip_store_open (fixture->dir, &error);
  g_assert_no_error (error);
}

KipReceipt
append (KipStore  *store,
        KipChange *change)
{
  g_autoptr (GError) error = NULL;
  KipReceipt receipt = { 0 };
  gboolean ok = kip_store_append (store, change, &receipt, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return receipt;
}

KipReceipt
undo (KipStore  *store,
      KipReceipt receipt)
{
  g_autoptr (GError) error = NULL;
  KipReceipt done = { 0 };
  gboolean ok = kip_store_undo (store, receipt.device, receipt.seq, &done, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return done;
}

KipId
add_ticket (KipStore   *store,
            const char *subject,
            KipInstant  at)
{
  KipId id = kip_store_new_id (store);
  KipChange *change = kip_change_new (kip_store_get_me (store), "new");
  const KipStatus *status = kip_office_status_by_key (kip_store_get_office (store), "new");

  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
  kip_change_set_status (change, id, status->id, status->phase, status->pause);
  for (guint i = 0; at != KIP_INSTANT_NONE && i < change->events->len; i++)
    ((KipEvent *) g_ptr_array_index (change->events, i))->at = at;
  append (store, change);
  return id;
}

KipId
add_person (KipStore   *store,
            const char *name,
            gboolean    vip)
{
  KipId id = kip_store_new_id (store);
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  kip_change_set_text (change, KIP_KIND_PERSON, id, KIP_FIELD_NAME, name);
  if (vip)
    kip_change_set_int (change, KIP_KIND_PERSON, id, KIP_FIELD_VIP, 1);
  append (store, change);
  return id;
}

KipReceipt
set_int (KipStore *store,
         KipId     ticket,
         KipField  field,
         gint64    number)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");

  kip_change_set_int (change, KIP_KIND_TICKET, ticket, field, number);
  return append (store, change);
}

KipReceipt
set_text (KipStore   *store,
          KipId       ticket,
          KipField    field,
          const char *text)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");

  kip_change_set_text (change, KIP_KIND_TICKET, ticket, field, text);
  return append (store, change);
}

KipReceipt
set_status (KipStore   *store,
            KipId       ticket,
            const char *key)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");
  const KipStatus *status = kip_office_status_by_key (kip_store_get_office (store), key);

  kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
  return append (store, change);
}

KipReceipt
add_message (KipStore      *store,
             KipId          ticket,
             KipMessageKind kind,
             const char    *text)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "reply");

  kip_change_add_message (change, ticket, kind, text);
  return append (store, change);
}

KipTicketRow *
get_row (KipStore *store,
         KipId     ticket)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &ticket, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (g_ptr_array_index (rows, 0));
  return kip_ticket_row_ref (g_ptr_array_index (rows, 0));
}

char *
list_numbers (KipStore   *store,
              const char *query)
{
  g_autoptr (KipQuery) parsed = kip_query_parse (query);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, parsed, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  rows = kip_store_rows (store, (const KipId *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (out, "%s%d", i > 0 ? " " : "",
                            (int) (((KipTicketRow *) g_ptr_array_index (rows, i))->number & G_MAXINT));
  return g_string_free (out, FALSE);
}

/* ---- waiting ---- */

static gboolean
too_long_cb (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

void
wait_until (gboolean ( *condition )(gpointer data),
            gpointer    data)
{
  guint timeout = g_timeout_add_seconds (120, too_long_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

/* ---- proofs ---- */

void
assert_rebuilds_same (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = kip_store_rebuild (store, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
assert_whole (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report = NULL;
  gboolean ok = kip_store_check (store, &report, NULL, NULL, NULL, &error);

  for (guint i = 0; report != NULL && i < report->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (report, i));
  g_assert_no_error (error);
  g_assert_true (ok);
}
