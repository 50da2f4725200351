/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One machine that appends records to a shared file, to be killed, starved of disk and cut off:
 *
 *   share-writer create FOLDER
 *   share-writer append FOLDER DEVICE LEDGER SPEED [COUNT]   until killed, or so many; writes the file anew now and then
 *   share-writer heal FOLDER DEVICE LEDGER SPEED             publishes again what is not there
 *   share-writer anew FOLDER DEVICE LEDGER SPEED             writes the whole file anew
 *   share-writer check FOLDER DEVICE LEDGER                  says how many there are; fails if one is missing
 *
 * LEDGER is a file of this machine's own: a record stands there once it was read back from the share as it
 * was written.  SPEED is how much faster than the world its clock of waiting runs, so that nobody has to
 * wait 45 s for the lock of one that was killed. */

#include "kip-carrier.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "Office.kip"
#define RECORD 64
#define PATIENCE 5000

/* ---- a faster clock ---- */

static KipShareFsClass fast_class;
static const KipShareFsClass *real_class;
static guint speed = 1;

static gint64
fast_boot_ms (KipShareFs *fs)
{
  return g_get_monotonic_time () * speed / 1000;
}

static void
fast_wait_ms (KipShareFs *fs,
              guint       ms)
{
  struct timespec wait = { ms / speed / 1000, (ms % (1000 * speed)) / speed * 1000000L };

  ppoll (NULL, 0, &wait, NULL);
}

static KipCarrier *
open_carrier (const char *folder)
{
  KipShareFs *fs = kip_share_fs_new_posix (folder);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);

  real_class = fs->class;
  fast_class = *real_class;
  fast_class.boot_ms = fast_boot_ms;
  fast_class.wait_ms = fast_wait_ms;
  fs->class = &fast_class;
  return kip_carrier_new_share (fs, path);
}

/* ---- records ---- */

static GBytes *
make_record (guint device,
             guint seq)
{
  char text[RECORD + 1];

  g_snprintf (text, sizeof text, "<%04u:%08u:%08x:", device, seq, (device * 2654435761u) ^ (seq * 40503u));
  memset (text + strlen (text), 'a' + seq % 26, RECORD - strlen (text));
  text[RECORD - 1] = '>';
  return g_bytes_new (text, RECORD);
}

/* With SHARE_WRITER_SAYS set: what went wrong, to be seen by a person. */
static void
say (GError *error)
{
  if (error != NULL && g_getenv ("SHARE_WRITER_SAYS") != NULL)
    fprintf (stderr, "%s\n", error->message);
}

/* TRUE: on the share, as it was read back. */
static gboolean
publish (KipCarrier *carrier,
         guint       device,
         GBytes     *record)
{
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;
  gboolean is_done;

  if (!kip_carrier_lock (carrier, device, "append", PATIENCE, NULL, NULL, &error))
    {
      say (error);
      return FALSE;
    }
  is_done = kip_carrier_look (carrier, &look, NULL, &error) && look.has_file &&
            kip_carrier_append (carrier, record, look.size, NULL, &error);
  say (error);
  kip_carrier_unlock (carrier);
  if (!is_done)
    return FALSE;
  back = kip_carrier_read (carrier, look.size, RECORD, NULL, NULL, NULL);
  return back != NULL && g_bytes_equal (back, record);
}

static guint
count_ledger (const char *ledger)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  guint n = 0;

  if (g_file_get_contents (ledger, &text, &length, NULL))
    for (gsize i = 0; i < length; i++)
      n += text[i] == '\n';
  return n;
}

static void
publish_until_shared (KipCarrier *carrier,
                      guint       device,
                      guint       seq)
{
  g_autoptr (GBytes) record = make_record (device, seq);

  while (!publish (carrier, device, record))
    poll (NULL, 0, 1);
}

/* ---- the file anew ---- */

/* Each machine after so many records of its own. */
#define ANEW_EVERY 64

static GBytes *
read_all (KipCarrier *carrier)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  GBytes *piece;
  gsize n = 1;

  while (n > 0 && (piece = kip_carrier_read (carrier, all->len, KIP_CARRIER_MAX, NULL, NULL, NULL)) != NULL)
    {
      n = g_bytes_get_size (piece);
      g_byte_array_append (all, g_bytes_get_data (piece, NULL), (guint) n);
      g_bytes_unref (piece);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* As a compaction does it.  What came meanwhile although the lock is ours would be lost: then not. */
static gboolean
replace (KipCarrier *carrier,
         GBytes     *all,
         GError    **error)
{
  KipCarrierLook look;

  return kip_carrier_replace_begin (carrier, NULL, error)
         && kip_carrier_replace_add (carrier, all, NULL, error)
         && kip_carrier_keep_lock (carrier, NULL, error)
         && kip_carrier_look (carrier, &look, NULL, error) && look.size == g_bytes_get_size (all)
         && kip_carrier_replace_end (carrier, NULL, FALSE, NULL, error);
}

static gboolean
write_anew (KipCarrier *carrier,
            guint       device)
{
  gboolean done = FALSE;
  g_autoptr (GBytes) all = NULL;
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  if (kip_carrier_look (carrier, &look, NULL, NULL) && look.place.kind != KIP_SHARE_GVFS
      && kip_carrier_lock (carrier, device, "compact", PATIENCE, NULL, NULL, &error))
    {
      all = read_all (carrier);
      done = g_bytes_get_size (all) > 0 && replace (carrier, all, &error);
      if (!done)
        kip_carrier_replace_drop (carrier);
      kip_carrier_unlock (carrier);
    }
  say (error);
  return done;
}

/* ---- what it is told to do ---- */

static int
create (const char *folder)
{
  g_autoptr (KipCarrier) carrier = open_carrier (folder);
  g_autoptr (GBytes) header = make_record (0, 0);
  g_autoptr (GError) error = NULL;

  if (kip_carrier_lock (carrier, 0, "create", PATIENCE, NULL, NULL, &error) &&
      kip_carrier_replace_begin (carrier, NULL, &error) &&
      kip_carrier_replace_add (carrier, header, NULL, &error) &&
      kip_carrier_replace_end (carrier, NULL, TRUE, NULL, &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 1;
}

static int
append_records (const char *folder,
                guint       device,
                const char *ledger,
                guint       count)
{
  g_autoptr (KipCarrier) carrier = open_carrier (folder);
  int fd = open (ledger, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  guint done = count_ledger (ledger);

  if (fd < 0)
    return 1;
  for (guint seq = done + 1; seq <= done + count; seq++)
    {
      publish_until_shared (carrier, device, seq);
      if (write (fd, "+\n", 2) != 2)
        return 1;
      if (seq % ANEW_EVERY == 0)
        write_anew (carrier, device);
    }
  close (fd);
  return 0;
}

/* Which of the ledger's are not in the file. (transfer full) of guint */
static GArray *
find_missing (KipCarrier *carrier,
              guint       device,
              guint       n)
{
  g_autoptr (GBytes) all = read_all (carrier);
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint seq = 1; seq <= n; seq++)
    {
      g_autoptr (GBytes) record = make_record (device, seq);

      if (g_bytes_get_size (all) == 0 ||
          memmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all), g_bytes_get_data (record, NULL), RECORD) == NULL)
        g_array_append_val (missing, seq);
    }
  return missing;
}

static int
check (const char *folder,
       guint       device,
       const char *ledger,
       gboolean    heals)
{
  g_autoptr (KipCarrier) carrier = open_carrier (folder);
  guint n = count_ledger (ledger);
  g_autoptr (GArray) missing = find_missing (carrier, device, n);

  for (guint i = 0; heals && i < missing->len; i++)
    publish_until_shared (carrier, device, g_array_index (missing, guint, i));
  printf ("%u %u\n", n, missing->len);
  return missing->len == 0 || heals ? 0 : 1;
}

/* Who was killed may have left a lock that is waited for. */
static int
write_until_anew (const char *folder,
                  guint       device)
{
  g_autoptr (KipCarrier) carrier = open_carrier (folder);

  for (guint i = 0; i < 100; i++)
    if (write_anew (carrier, device))
      return 0;
  return 1;
}

static guint
number (const char *text)
{
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "create"))
    return create (argv[2]);
  if (argc >= 6)
    speed = MAX (number (argv[5]), 1);
  if (argc >= 6 && g_str_equal (argv[1], "append"))
    return append_records (argv[2], number (argv[3]), argv[4], argc > 6 ? number (argv[6]) : G_MAXUINT / 2);
  if (argc == 6 && g_str_equal (argv[1], "anew"))
    return write_until_anew (argv[2], number (argv[3]));
  if (argc == 6 && g_str_equal (argv[1], "heal"))
    return check (argv[2], number (argv[3]), argv[4], TRUE);
  if (argc == 5 && g_str_equal (argv[1], "check"))
    return check (argv[2], number (argv[3]), argv[4], FALSE);
  fprintf (stderr, "usage: share-writer create|append|heal|anew|check FOLDER …\n");
  return 2;
}
