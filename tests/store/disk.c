/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORTED __attribute__ ((visibility ("default")))

static GMutex mutex;
static gint64 room = -1;      /* (mutex mutex) */
static gint64 written;        /* (mutex mutex) */
static guint  operations;     /* (mutex mutex) */
static guint  last_operation; /* (mutex mutex) */

void
disk_set_room (gint64 bytes)
{
  g_mutex_lock (&mutex);
  room = bytes;
  g_mutex_unlock (&mutex);
}

gint64
disk_get_written (void)
{
  return written;
}

void
disk_die_at (guint operation)
{
  g_mutex_lock (&mutex);
  operations = 0;
  last_operation = operation;
  g_mutex_unlock (&mutex);
}

guint
disk_get_operations (void)
{
  return operations;
}

static void
note_operation (void)
{
  g_mutex_lock (&mutex);
  operations++;
  if (operations == last_operation)
    kill (getpid (), SIGKILL);
  g_mutex_unlock (&mutex);
}

static gboolean
is_ordinary (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

/* How many of @n bytes there is room for; none: the disk is full. */
static gsize
take_room (int   fd,
           gsize n)
{
  if (!is_ordinary (fd))
    return n;
  note_operation ();
  g_mutex_lock (&mutex);
  if (room >= 0)
    {
      n = MIN (n, (gsize) room);
      room -= (gint64) n;
    }
  written += (gint64) n;
  g_mutex_unlock (&mutex);
  return n;
}

static gssize
full (void)
{
  errno = ENOSPC;
  return -1;
}

/* ---- in the place of libc's ---- */

EXPORTED ssize_t
write (int         fd,
       const void *bytes,
       size_t      n)
{
  gsize some = take_room (fd, n);

  return some == 0 && n > 0 ? full () : syscall (SYS_write, fd, bytes, some);
}

EXPORTED ssize_t
pwrite (int         fd,
        const void *bytes,
        size_t      n,
        off_t       at)
{
  gsize some = take_room (fd, n);

  return some == 0 && n > 0 ? full () : syscall (SYS_pwrite64, fd, bytes, some, at);
}

EXPORTED int
fsync (int fd)
{
  note_operation ();
  return (int) syscall (SYS_fsync, fd);
}

EXPORTED int
fdatasync (int fd)
{
  note_operation ();
  return (int) syscall (SYS_fdatasync, fd);
}

EXPORTED int
rename (const char *from,
        const char *to)
{
  note_operation ();
  return renameat (AT_FDCWD, from, AT_FDCWD, to);
}

EXPORTED int
link (const char *from,
      const char *to)
{
  note_operation ();
  return linkat (AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORTED int
unlink (const char *path)
{
  note_operation ();
  return unlinkat (AT_FDCWD, path, 0);
}
