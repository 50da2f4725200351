/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-fs.h"

#include "kip-clock.h"
#include "kip-share-mount.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* The folder is looked up anew for each call: a descriptor that is kept would go on meaning what
 * was mounted there an hour ago.  Beneath it no symbolic link is followed. */
typedef struct
{
  KipShareFs base;
  char      *folder; /* (owned) */
  char      *inside; /* (owned) the same with "/." behind it, so that automount wakes up for O_PATH too */

  /* The mount that was asked for its id: on SMB that is three ways to the server and back. */
  guint64       mount_id, mount_hash; /* 0: none */
  dev_t         device;
  KipSharePlace place;
} PosixFs;

/* What an interrupted call is given before it is reported. */
#define TRIES 100
/* Far behind the end of any file: locks are mandatory on SMB, and nobody shall be kept from reading. */
#define LOCKED_BYTE ((off_t) 1 << 40)

static gboolean
is_component (const char *text,
              gsize       length)
{
  if (length == 0 || length > NAME_MAX || memchr (text, '/', length) != NULL)
    return FALSE;
  return !(text[0] == '.' && (length == 1 || (length == 2 && text[1] == '.')));
}

static int
open_folder_at (int         parent,
                const char *name,
                int         flags,
                int        *fd)
{
  for (guint i = 0; i < TRIES; i++)
    {
      *fd = openat (parent, name, O_DIRECTORY | O_CLOEXEC | flags);
      if (*fd >= 0)
        return 0;
      if (errno != EINTR && errno != ESTALE)
        break;
    }
  return errno;
}

/* The folder that @name lies in, to be closed, and what it is called there. */
static int
open_parent (PosixFs     *self,
             const char  *name,
             int         *parent,
             const char **last)
{
  const char *slash = strchr (name, '/');
  g_autofree char *sub = slash != NULL ? g_strndup (name, slash - name) : NULL;
  int folder, failure;

  *last = slash != NULL ? slash + 1 : name;
  if ((sub != NULL && !is_component (sub, strlen (sub))) || !is_component (*last, strlen (*last)))
    return EINVAL;
  failure = open_folder_at (AT_FDCWD, self->inside, O_PATH, &folder);
  if (failure != 0 || sub == NULL)
    {
      *parent = folder;
      return failure;
    }
  failure = open_folder_at (folder, sub, O_PATH | O_NOFOLLOW, parent);
  close (folder);
  return failure;
}

static gboolean
find_mount (guint64        id,
            KipShareMount *mount)
{
  g_autofree char *mounts = NULL;

  return g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL) && kip_share_mount_find (mounts, id, mount);
}

static int
ask_for_place (PosixFs             *self,
               int                  fd,
               const KipShareMount *mount)
{
  struct statfs at;
  KipSharePlace place = { 0 };

  if (fstatfs (fd, &at) != 0)
    return errno;
  place.kind = mount->kind;
  place.has_locks = mount->has_locks;
  place.type = (guint64) at.f_type;
  memcpy (&place.id, &at.f_fsid, MIN (sizeof place.id, sizeof at.f_fsid));
  if (place.id == 0)
    place.id = self->mount_hash;
  self->place = place;
  return 0;
}

static int
identify (PosixFs *self,
          int      fd)
{
  g_auto (KipShareMount) mount = { 0 };
  struct statx is;
  guint64 hash;
  dev_t device;
  int failure;

  if (statx (fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &is) != 0)
    return errno;
  hash = find_mount (is.stx_mnt_id, &mount) ? kip_share_mount_identify (&mount, self->folder) : 0;
  device = makedev (is.stx_dev_major, is.stx_dev_minor);
  if (hash != 0 && hash == self->mount_hash && is.stx_mnt_id == self->mount_id && device == self->device)
    {
      self->place.has_locks = mount.has_locks; /* it may be mounted anew with other options */
      return 0;
    }
  self->mount_hash = hash;
  failure = ask_for_place (self, fd, &mount);
  self->mount_id = failure == 0 ? is.stx_mnt_id : 0;
  self->device = device;
  return failure;
}

static int
posix_place (KipShareFs    *fs,
             KipSharePlace *place)
{
  PosixFs *self = (PosixFs *) fs;
  int fd, failure;

  failure = open_folder_at (AT_FDCWD, self->folder, O_RDONLY, &fd);
  if (failure != 0)
    return failure;
  failure = identify (self, fd);
  close (fd);
  if (failure == 0)
    *place = self->place;
  return failure;
}

/* ---- files ---- */

static int
flags_of (KipOpenMode mode)
{
  switch (mode)
    {
    case KIP_OPEN_EXCLUSIVE:
      return O_WRONLY | O_CREAT | O_EXCL;
    case KIP_OPEN_WRITE:
      return O_RDWR | O_DSYNC;
    case KIP_OPEN_APPEND:
      return O_WRONLY | O_APPEND;
    case KIP_OPEN_READ:
    default:
      return O_RDONLY;
    }
}

/* An attempt that may have created the file is never repeated here: the carrier asks what came of it. */
static int
open_at (int         parent,
         const char *name,
         KipOpenMode mode,
         int        *fd)
{
  int flags = flags_of (mode) | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY;

  for (guint i = 0; i < TRIES; i++)
    {
      *fd = openat (parent, name, flags, 0666);
      if (*fd >= 0)
        return 0;
      if ((errno != EINTR && errno != ESTALE) || mode == KIP_OPEN_EXCLUSIVE)
        break;
    }
  return errno;
}

/* Colleagues are other users: who may write in the folder may write its files, whatever this
 * person's umask says.  Mounts that know no such thing refuse, and need none. */
static void
share_with_folder (int parent,
                   int fd)
{
  struct stat folder;

  if (fstat (parent, &folder) == 0 && !(folder.st_mode & S_ISVTX) &&
      fchmod (fd, S_IRUSR | S_IWUSR | (folder.st_mode & 0066)) != 0)
    errno = 0;
}

static int
check_is_file (int fd)
{
  struct stat is;

  if (fstat (fd, &is) != 0)
    return errno;
  return S_ISREG (is.st_mode) ? 0 : EISDIR;
}

static int
posix_open (KipShareFs *fs,
            const char *name,
            KipOpenMode mode,
            int        *handle)
{
  const char *last;
  int parent, failure, fd = -1;

  failure = open_parent ((PosixFs *) fs, name, &parent, &last);
  if (failure != 0)
    return failure;
  failure = open_at (parent, last, mode, &fd);
  if (failure == 0 && mode == KIP_OPEN_EXCLUSIVE)
    share_with_folder (parent, fd);
  else if (failure == 0)
    failure = check_is_file (fd);
  close (parent);
  if (failure != 0)
    {
      if (fd >= 0)
        close (fd);
      return failure;
    }
  if (mode == KIP_OPEN_READ || mode == KIP_OPEN_WRITE)
    posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  *handle = fd;
  return 0;
}

/* Linux lets go of the descriptor even when it answers EINTR. */
static int
posix_close (KipShareFs *fs,
             int         handle)
{
  return close (handle) == 0 ? 0 : errno;
}

static int
posix_read (KipShareFs *fs,
            int         handle,
            guint64     offset,
            gpointer    buffer,
            gsize       length,
            gsize      *n_read)
{
  guint tries = TRIES;

  *n_read = 0;
  while (*n_read < length)
    {
      ssize_t n = pread (handle, (char *) buffer + *n_read, length - *n_read, (off_t) (offset + *n_read));

      if (n == 0)
        break;
      if (n > 0)
        *n_read += (gsize) n;
      else if (errno != EINTR || --tries == 0)
        return errno;
    }
  return 0;
}

/* One call, and again only when nothing at all was written. */
static int
posix_write (KipShareFs   *fs,
             int           handle,
             guint64       offset,
             gconstpointer data,
             gsize         length,
             gsize        *n_written)
{
  gboolean appends = (fcntl (handle, F_GETFL) & O_APPEND) != 0;

  *n_written = 0;
  for (guint i = 0; i < TRIES; i++)
    {
      ssize_t n = appends ? write (handle, data, length) : pwrite (handle, data, length, (off_t) offset);

      if (n >= 0)
        {
          *n_written = (gsize) n;
          return 0;
        }
      if (errno != EINTR)
        break;
    }
  return errno;
}

static int
posix_sync (KipShareFs *fs,
            int         handle)
{
  for (guint i = 0; i < TRIES; i++)
    {
      if (fsync (handle) == 0)
        return 0;
      if (errno != EINTR)
        break;
    }
  return errno;
}

static int
stat_at (int           parent,
         const char   *name,
         int           flags,
         KipShareStat *out)
{
  struct statx is;

  for (guint i = 0; i < TRIES; i++)
    {
      if (statx (parent, name, flags | AT_STATX_FORCE_SYNC, STATX_SIZE | STATX_MTIME | STATX_INO, &is) == 0)
        {
          out->size = is.stx_size;
          out->mtime_ms = is.stx_mtime.tv_sec * 1000 + is.stx_mtime.tv_nsec / 1000000;
          out->inode = is.stx_ino;
          return 0;
        }
      if (errno != EINTR)
        break;
    }
  return errno;
}

static int
posix_stat_handle (KipShareFs   *fs,
                   int           handle,
                   KipShareStat *out)
{
  return stat_at (handle, "", AT_EMPTY_PATH, out);
}

static int
posix_stat (KipShareFs   *fs,
            const char   *name,
            KipShareStat *out)
{
  const char *last;
  int parent;
  int failure = open_parent ((PosixFs *) fs, name, &parent, &last);

  if (failure != 0)
    return failure;
  failure = stat_at (parent, last, AT_SYMLINK_NOFOLLOW, out);
  close (parent);
  return failure;
}

static int
posix_lock_byte (KipShareFs *fs,
                 int         handle)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKED_BYTE, .l_len = 1 };

  if (fcntl (handle, F_OFD_SETLK, &lock) == 0)
    return 0;
  return errno == EACCES ? EAGAIN : errno;
}

/* ---- names ---- */

static int
posix_rename (KipShareFs *fs,
              const char *from,
              const char *to)
{
  const char *last_from, *last_to;
  int parent_from, parent_to;
  int failure = open_parent ((PosixFs *) fs, from, &parent_from, &last_from);

  if (failure != 0)
    return failure;
  failure = open_parent ((PosixFs *) fs, to, &parent_to, &last_to);
  if (failure == 0)
    {
      failure = renameat (parent_from, last_from, parent_to, last_to) == 0 ? 0 : errno;
      close (parent_to);
    }
  close (parent_from);
  return failure;
}

static int
posix_unlink (KipShareFs *fs,
              const char *name)
{
  const char *last;
  int parent;
  int failure = open_parent ((PosixFs *) fs, name, &parent, &last);

  if (failure != 0)
    return failure;
  failure = unlinkat (parent, last, 0) == 0 ? 0 : errno;
  close (parent);
  return failure;
}

static int
posix_make_folder (KipShareFs *fs,
                   const char *name)
{
  const char *last;
  struct stat folder;
  int parent;
  int failure = open_parent ((PosixFs *) fs, name, &parent, &last);

  if (failure != 0)
    return failure;
  if (mkdirat (parent, last, 0777) != 0)
    failure = errno;
  else if (fstat (parent, &folder) == 0 && !(folder.st_mode & S_ISVTX) &&
           fchmodat (parent, last, folder.st_mode & 02777, 0) != 0)
    errno = 0;
  close (parent);
  return failure;
}

/* A folder of the share to read from; "" is the share's own. */
static int
open_listing (PosixFs    *self,
              const char *name,
              int        *fd)
{
  const char *last;
  int parent, failure;

  if (*name == '\0')
    return open_folder_at (AT_FDCWD, self->folder, O_RDONLY, fd);
  failure = open_parent (self, name, &parent, &last);
  if (failure != 0)
    return failure;
  failure = open_folder_at (parent, last, O_RDONLY | O_NOFOLLOW, fd);
  close (parent);
  return failure;
}

static int
posix_sync_folder (KipShareFs *fs,
                   const char *name)
{
  int fd;
  int failure = open_listing ((PosixFs *) fs, name, &fd);

  if (failure != 0)
    return failure;
  failure = posix_sync (fs, fd);
  close (fd);
  /* Some servers have no such thing (Windows: EINVAL; read-only handles: EBADF). */
  return failure == EINVAL || failure == ENOTSUP || failure == ENOSYS || failure == EBADF ? 0 : failure;
}

static int
posix_list (KipShareFs *fs,
            const char *folder,
            GPtrArray  *names)
{
  struct dirent *entry;
  DIR *dir;
  int fd;
  int failure = open_listing ((PosixFs *) fs, folder, &fd);

  if (failure != 0)
    return failure;
  dir = fdopendir (fd);
  if (dir == NULL)
    {
      failure = errno;
      close (fd);
      return failure;
    }
  for (errno = 0; (entry = readdir (dir)) != NULL; errno = 0)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  failure = errno;
  closedir (dir);
  return failure;
}

/* ---- clocks and dice ---- */

static gint64
posix_boot_ms (KipShareFs *fs)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gint64
posix_now_ms (KipShareFs *fs)
{
  return kip_clock_now ();
}

static void
posix_wait_ms (KipShareFs *fs,
               guint       ms)
{
  poll (NULL, 0, (int) MIN (ms, G_MAXINT));
}

static void
posix_random (KipShareFs *fs,
              gpointer    bytes,
              gsize       length)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t n = getrandom ((char *) bytes + done, length - done, 0);

      if (n > 0)
        done += (gsize) n;
      else if (errno != EINTR)
        g_error ("no random numbers: %s", g_strerror (errno));
    }
}

static void
posix_free (KipShareFs *fs)
{
  PosixFs *self = (PosixFs *) fs;

  g_free (self->folder);
  g_free (self->inside);
  g_free (self);
}

static const KipShareFsClass posix_class = {
  .place = posix_place,
  .open = posix_open,
  .close = posix_close,
  .read = posix_read,
  .write = posix_write,
  .sync = posix_sync,
  .stat_handle = posix_stat_handle,
  .stat = posix_stat,
  .lock_byte = posix_lock_byte,
  .rename = posix_rename,
  .unlink = posix_unlink,
  .make_folder = posix_make_folder,
  .sync_folder = posix_sync_folder,
  .list = posix_list,
  .boot_ms = posix_boot_ms,
  .now_ms = posix_now_ms,
  .wait_ms = posix_wait_ms,
  .random = posix_random,
  .free = posix_free,
};

KipShareFs *
kip_share_fs_new_posix (const char *folder)
{
  PosixFs *self = g_new0 (PosixFs, 1);

  self->base.class = &posix_class;
  self->folder = g_strdup (folder);
  self->inside = g_strconcat (folder, "/.", NULL);
  return &self->base;
}

void
kip_share_fs_free (KipShareFs *fs)
{
  if (fs != NULL)
    fs->class->free (fs);
}
