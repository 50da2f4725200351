/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* make-frozen FILE: writes frozen/office-format-N.kip when the format gets a new number, never
 * again after that, and prints what is in it, for the table of test-share-frozen.c. */

#include "small-office.h"

#include "kip-keys.h"

static void
print_found (const KipFound *found)
{
  guint8 hash[KIP_HASH_SIZE] = { 0 };
  g_autofree char *text = NULL;

  if (found->body != NULL)
    kip_hash_bytes (g_bytes_get_data (found->body, NULL), g_bytes_get_size (found->body), hash);
  text = kip_hash_to_text (hash);
  g_print ("  { %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %u, %u, \"%s\" },\n", found->offset, found->length,
           (guint) found->type, found->generation, found->body != NULL ? text : "");
}

int
main (int   argc,
      char *argv[])
{
  SmallOffice office;
  g_autoptr (GError) error = NULL;
  gsize at = KIP_SHARE_HEADER_SIZE, size;
  const char *data;

  g_assert_cmpint (argc, ==, 2);
  small_office_init (&office, TRUE);
  data = g_bytes_get_data (office.file, &size);
  g_file_set_contents (argv[1], data, (gssize) size, &error);
  g_assert_no_error (error);
  while (at < size)
    {
      KipFound found;

      kip_frame_find (office.keys, office.file, 0, at, TRUE, &found);
      print_found (&found);
      at += (gsize) found.length;
      kip_found_clear (&found);
    }
  small_office_clear (&office);
  return 0;
}
