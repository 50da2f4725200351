/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A folder as a bad network share shows it, by way of FUSE:
 *
 *   fault-fs FOLDER MOUNT-POINT REFUSED HARMED SEED
 *
 * Mounts FOLDER at MOUNT-POINT until it is killed or unmounted.  So many of a million calls are REFUSED in one of the
 * ways of a share (or done, and refused all the same), and so many of a million writes are HARMED: lost, or zeros.
 * The kernel keeps sizes for 3 s and names that are not there for 5 s, as a client of NFS does.  SIGUSR1 makes it good. */
#define FUSE_USE_VERSION 35

#include <fuse.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZES_FOR 3.0
#define NAMES_FOR 1.0
#define MISSING_FOR 5.0

static int folder = -1;
static guint refused, harmed; /* per million */
static volatile sig_atomic_t is_good;
static GRand *dice;

/* ---- faults ---- */

static gboolean
is_chosen (guint per_million)
{
  return !is_good && g_rand_int_range (dice, 0, 1000000) < (gint32) per_million;
}

static void
linger (void)
{
  if (is_chosen (refused))
    poll (NULL, 0, g_rand_int_range (dice, 0, 10) == 0 ? 600 : g_rand_int_range (dice, 1, 40));
}

/* An errno, as a negative number, or 0. */
static int
refuse (gboolean changes)
{
  static const int reads[] = { EIO, ESTALE, EACCES, ETIMEDOUT };
  static const int writes[] = { EIO, EINTR, ENOSPC, ESTALE, EACCES, ETIMEDOUT, EBUSY };

  linger ();
  if (!is_chosen (refused))
    return 0;
  if (changes)
    return -writes[g_rand_int_range (dice, 0, G_N_ELEMENTS (writes))];
  return -reads[g_rand_int_range (dice, 0, G_N_ELEMENTS (reads))];
}

/* Done, and an error answered in spite of that. */
static int
answer (int result)
{
  if (result >= 0)
    return is_chosen (refused) ? -EIO : result;
  return -errno;
}

static const char *
inside (const char *path)
{
  return path[1] != '\0' ? path + 1 : ".";
}

/* ---- calls ---- */

static void *
faulty_init (struct fuse_conn_info *connection,
             struct fuse_config    *config)
{
  config->attr_timeout = SIZES_FOR;
  config->entry_timeout = NAMES_FOR;
  config->negative_timeout = MISSING_FOR;
  config->kernel_cache = 0;
  return NULL;
}

static int
faulty_getattr (const char            *path,
                struct stat           *is,
                struct fuse_file_info *info)
{
  int failure = refuse (FALSE);
  int result;

  if (failure != 0 && path[1] != '\0')
    return failure;
  result = info != NULL ? fstat ((int) info->fh, is) : fstatat (folder, inside (path), is, AT_SYMLINK_NOFOLLOW);
  return result == 0 ? 0 : -errno;
}

static int
faulty_open (const char            *path,
             struct fuse_file_info *info)
{
  int failure = refuse (FALSE);
  int fd;

  if (failure != 0)
    return failure;
  fd = openat (folder, inside (path), info->flags & ~O_NOFOLLOW);
  if (fd < 0)
    return -errno;
  info->fh = (guint64) fd;
  return 0;
}

static int
faulty_create (const char            *path,
               mode_t                 mode,
               struct fuse_file_info *info)
{
  int failure = refuse (TRUE);
  int fd;

  if (failure != 0)
    return failure;
  fd = openat (folder, inside (path), info->flags | O_CREAT, mode);
  if (fd < 0)
    return -errno;
  if (is_chosen (refused))
    {
      close (fd);
      return -EIO;
    }
  info->fh = (guint64) fd;
  return 0;
}

static int
faulty_read (const char            *path,
             char                  *buffer,
             size_t                 length,
             off_t                  offset,
             struct fuse_file_info *info)
{
  int failure = refuse (FALSE);
  ssize_t n;

  if (failure != 0)
    return failure;
  n = pread ((int) info->fh, buffer, length, offset);
  return n >= 0 ? (int) n : -errno;
}

static int
faulty_write (const char            *path,
              const char            *data,
              size_t                 length,
              off_t                  offset,
              struct fuse_file_info *info)
{
  int failure = refuse (TRUE);
  g_autofree char *zeros = NULL;
  ssize_t n;

  if (failure != 0)
    return failure;
  if (is_chosen (harmed) && length > 0)
    {
      if (g_rand_boolean (dice))
        return (int) length;
      zeros = g_malloc0 (length);
    }
  if (is_chosen (refused) && length > 1)
    length = (size_t) g_rand_int_range (dice, 1, (gint32) length);
  n = pwrite ((int) info->fh, zeros != NULL ? zeros : data, length, offset);
  return answer ((int) n);
}

static int
faulty_flush (const char            *path,
              struct fuse_file_info *info)
{
  return refuse (TRUE);
}

static int
faulty_fsync (const char            *path,
              int                    data_only,
              struct fuse_file_info *info)
{
  return refuse (TRUE);
}

static int
faulty_release (const char            *path,
                struct fuse_file_info *info)
{
  close ((int) info->fh);
  return 0;
}

static int
faulty_rename (const char  *from,
               const char  *to,
               unsigned int flags)
{
  int failure = refuse (TRUE);

  if (failure != 0 || flags != 0)
    return failure != 0 ? failure : -EINVAL;
  return answer (renameat (folder, inside (from), folder, inside (to)));
}

static int
faulty_unlink (const char *path)
{
  int failure = refuse (TRUE);

  return failure != 0 ? failure : answer (unlinkat (folder, inside (path), 0));
}

static int
faulty_mkdir (const char *path,
              mode_t      mode)
{
  int failure = refuse (TRUE);

  return failure != 0 ? failure : answer (mkdirat (folder, inside (path), mode));
}

static int
faulty_readdir (const char             *path,
                void                   *buffer,
                fuse_fill_dir_t         fill,
                off_t                   offset,
                struct fuse_file_info  *info,
                enum fuse_readdir_flags flags)
{
  int fd = openat (folder, inside (path), O_RDONLY | O_DIRECTORY);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (dir == NULL)
    return -errno;
  while ((entry = readdir (dir)) != NULL)
    fill (buffer, entry->d_name, NULL, 0, 0);
  closedir (dir);
  return 0;
}

static const struct fuse_operations operations = {
  .init = faulty_init,
  .getattr = faulty_getattr,
  .open = faulty_open,
  .create = faulty_create,
  .read = faulty_read,
  .write = faulty_write,
  .flush = faulty_flush,
  .fsync = faulty_fsync,
  .release = faulty_release,
  .rename = faulty_rename,
  .unlink = faulty_unlink,
  .mkdir = faulty_mkdir,
  .readdir = faulty_readdir,
};

static void
become_good (int signal_number)
{
  is_good = 1;
}

int
main (int   argc,
      char *argv[])
{
  char *arguments[] = { argv[0], (char *) "-f", (char *) "-s", (char *) "-o", (char *) "fsname=faulty,subtype=faulty", NULL, NULL };

  if (argc != 6)
    {
      fprintf (stderr, "usage: fault-fs FOLDER MOUNT-POINT REFUSED HARMED SEED\n");
      return 2;
    }
  folder = open (argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  refused = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  harmed = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  dice = g_rand_new_with_seed ((guint32) g_ascii_strtoull (argv[5], NULL, 10));
  signal (SIGUSR1, become_good);
  arguments[5] = argv[2];
  return folder >= 0 ? fuse_main (6, arguments, &operations, NULL) : 1;
}
