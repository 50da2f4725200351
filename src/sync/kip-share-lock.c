/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-lock.h"

#include "kip-carrier.h"
#include "kip-share-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* More than any lock file of ours holds. */
#define MAX_LOCK 65536
/* Between tries, in ms: from the first, doubling, to the last, each by half more or less. */
#define FIRST_PAUSE 50
#define LAST_PAUSE 2000
/* How often a folder that forbids writing, or is not there, is asked again: servers say so while they delete a lock. */
#define FORBIDDEN_TRIES 4
/* A lock that was taken or kept this long ago (ms) is no longer deleted by its name. */
#define SURE_AGE 20000
#define RELEASE_TRIES 5
/* Between two looks (ms) at what somebody else's lock says: who reads it has it open, and holds up its end. */
#define LOOK_PAUSE 3000
/* A lock that says nothing yet, and not when it was written, is only the same one as before if that was not long ago (ms). */
#define LOOK_GAP 20000
/* Those who find the same lock abandoned do not go about it at the same moment: up to so many ms apart. */
#define APART 4000
/* So much of a lock's first bytes has enough of its token in it to tell whose it is. */
#define TELLING_LENGTH 32
/* One that was longer in the making, in ms, says too little about when that was. */
#define TELLS_TIME 30000

struct _KipShareLock
{
  KipShareFs *fs;         /* (borrowed) */
  char       *file;       /* (owned) */
  char       *name;       /* (owned) */
  GBytes     *mine;       /* (owned) (nullable) what the lock file began with when it was taken: it is held */
  gint64      since;      /* boot ms, before it was taken or kept */
  int         byte_lock;  /* handle, or -1 */
  GBytes     *left;       /* (owned) (nullable) our own that could not be given back */
  GBytes     *seen;       /* (owned) (nullable) what somebody else's says … */
  gint64      seen_mtime; /* … when it was written, by the share's clock, ms … */
  gint64      seen_since; /* … and since when, boot ms */
  gint64      last_look;  /* boot ms */
  gint64      next_look;  /* boot ms */
  gint64      apart;      /* ms that this one waits longer */
  gint64      refused_since; /* boot ms, the byte lock without its lock file; 0: not */
};

KipShareLock *
kip_share_lock_new (KipShareFs *fs,
                    const char *name)
{
  KipShareLock *lock = g_new0 (KipShareLock, 1);

  lock->fs = fs;
  lock->file = g_strdup (name);
  lock->name = g_strconcat (name, ".lock", NULL);
  lock->byte_lock = -1;
  return lock;
}

void
kip_share_lock_free (KipShareLock *lock)
{
  kip_share_lock_give (lock);
  g_clear_pointer (&lock->left, g_bytes_unref);
  g_clear_pointer (&lock->seen, g_bytes_unref);
  g_free (lock->file);
  g_free (lock->name);
  g_free (lock);
}

static gint64
boot_ms (KipShareLock *lock)
{
  return lock->fs->class->boot_ms (lock->fs);
}

/* ---- small files ---- */

static int
load_with_stat (KipShareFs   *fs,
                const char   *name,
                gsize         max,
                GBytes      **bytes,
                KipShareStat *is)
{
  g_autofree guint8 *buffer = NULL;
  gsize n = 0;
  int handle;
  int failure = fs->class->open (fs, name, KIP_OPEN_READ, &handle);

  if (failure != 0)
    return failure;
  failure = fs->class->stat_handle (fs, handle, is);
  if (failure == 0 && is->size > max)
    failure = EFBIG;
  if (failure == 0)
    {
      buffer = g_malloc (is->size + 1);
      failure = fs->class->read (fs, handle, 0, buffer, is->size, &n);
    }
  fs->class->close (fs, handle);
  if (failure == 0)
    *bytes = g_bytes_new_take (g_steal_pointer (&buffer), n);
  return failure;
}

int
kip_share_load (KipShareFs *fs,
                const char *name,
                gsize       max,
                GBytes    **bytes)
{
  KipShareStat is;

  return load_with_stat (fs, name, max, bytes, &is);
}

static int
write_all (KipShareFs   *fs,
           int           handle,
           gconstpointer data,
           gsize         length)
{
  gsize done = 0;

  while (done < length)
    {
      gsize n = 0;
      int failure = fs->class->write (fs, handle, done, (const guint8 *) data + done, length - done, &n);

      if (failure != 0)
        return failure;
      if (n == 0)
        return EIO;
      done += n;
    }
  return 0;
}

int
kip_share_save (KipShareFs   *fs,
                const char   *name,
                gconstpointer data,
                gsize         length,
                KipShareStat *is,
                gboolean     *made)
{
  int handle, closed;
  int failure = fs->class->open (fs, name, KIP_OPEN_EXCLUSIVE, &handle);

  if (made != NULL)
    *made = failure == 0;
  if (failure != 0)
    return failure;
  failure = write_all (fs, handle, data, length);
  if (failure == 0)
    failure = fs->class->sync (fs, handle);
  if (failure == 0 && is != NULL && fs->class->stat_handle (fs, handle, is) != 0)
    is->mtime_ms = 0;
  closed = fs->class->close (fs, handle);
  return failure != 0 ? failure : closed;
}

/* ---- what a lock says ---- */

static GBytes *
make_words (KipShareLock *lock,
            guint32       device,
            const char   *purpose)
{
  guint8 token[16];
  g_autoptr (GString) text = g_string_new ("KIPLOCK 1\ntoken ");

  lock->fs->class->random (lock->fs, token, sizeof token);
  for (gsize i = 0; i < sizeof token; i++)
    g_string_append_printf (text, "%02x", token[i]);
  g_string_append_printf (text, "\ndevice %u\nprocess %d\npurpose %s\n", device, (int) getpid (), purpose);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Heartbeats follow what it began with. */
static gboolean
begins_with (GBytes *all,
             GBytes *words)
{
  gsize n_all, n_words;
  gconstpointer a = g_bytes_get_data (all, &n_all);
  gconstpointer w = g_bytes_get_data (words, &n_words);

  return n_words == 0 || (n_all >= n_words && memcmp (a, w, n_words) == 0);
}

/* What we wrote ourselves earlier, though perhaps not to the end, and could not take away. */
static gboolean
is_left (KipShareLock *lock,
         GBytes       *words)
{
  return begins_with (words, lock->left) ||
         (g_bytes_get_size (words) >= TELLING_LENGTH && begins_with (lock->left, words));
}

static void
leave (KipShareLock *lock,
       GBytes       *words)
{
  g_clear_pointer (&lock->left, g_bytes_unref);
  lock->left = g_bytes_ref (words);
}

static gint64
stale_after (GBytes *words)
{
  static const char compacts[] = "\npurpose compact\n";
  gsize length;
  const char *text = g_bytes_get_data (words, &length);

  return length > 0 && memmem (text, length, compacts, strlen (compacts)) != NULL ? KIP_CARRIER_STALE_COMPACT : KIP_CARRIER_STALE;
}

static int
load_lock (KipShareLock *lock,
           GBytes      **words)
{
  return kip_share_load (lock->fs, lock->name, MAX_LOCK, words);
}

/* ---- moving away a lock that somebody left ---- */

static char *
aside_name (KipShareLock *lock)
{
  guint32 number;

  lock->fs->class->random (lock->fs, &number, sizeof number);
  return g_strdup_printf ("%s.%08x.stale", lock->name, number);
}

/* Takes the lock away if it says @words, exactly or (@may_beat) with heartbeats behind them; what else is caught is put
 * back.  TRUE: there is no such lock any more. */
static gboolean
move_away (KipShareLock *lock,
           GBytes       *words,
           gboolean      may_beat)
{
  KipShareFs *fs = lock->fs;
  g_autofree char *aside = aside_name (lock);
  g_autoptr (GBytes) caught = NULL;
  gboolean is_it;

  /* Whatever the rename answers, the file itself says what happened. */
  fs->class->rename (fs, lock->name, aside);
  if (kip_share_load (fs, aside, MAX_LOCK, &caught) != 0)
    return FALSE;
  is_it = may_beat ? begins_with (caught, words) : g_bytes_equal (caught, words);
  if (!is_it)
    {
      gsize length;
      gconstpointer data = g_bytes_get_data (caught, &length);

      kip_share_save (fs, lock->name, data, length, NULL, NULL);
    }
  fs->class->unlink (fs, aside);
  return is_it;
}

static void
forget_seen (KipShareLock *lock)
{
  g_clear_pointer (&lock->seen, g_bytes_unref);
}

/* The same lock as at the last look, and no other that begins as it did: one that says too little to be known by
 * its words is known by when it was written. */
static gboolean
is_unchanged (KipShareLock *lock,
              GBytes       *words,
              gint64        mtime,
              gint64        now)
{
  gboolean is_same_time = mtime == lock->seen_mtime && (mtime != 0 || now - lock->last_look <= LOOK_GAP);

  lock->last_look = now;
  return lock->seen != NULL && g_bytes_equal (lock->seen, words) &&
         (is_same_time || g_bytes_get_size (words) >= TELLING_LENGTH);
}

static void
watch (KipShareLock *lock,
       GBytes       *words,
       gint64        mtime,
       gint64        now)
{
  guint16 dice;

  lock->fs->class->random (lock->fs, &dice, sizeof dice);
  forget_seen (lock);
  lock->seen = g_bytes_ref (words);
  lock->seen_mtime = mtime;
  lock->seen_since = now;
  lock->apart = dice % APART;
}

/* Somebody holds the lock: whether it has gone by what we did. */
static gboolean
clear_the_way (KipShareLock *lock)
{
  g_autoptr (GBytes) words = NULL;
  KipShareStat is;
  gint64 now = boot_ms (lock);

  if (now < lock->next_look && lock->left == NULL)
    return FALSE;
  lock->next_look = now + LOOK_PAUSE;
  if (load_with_stat (lock->fs, lock->name, MAX_LOCK, &words, &is) != 0)
    return FALSE;
  if (lock->left != NULL && is_left (lock, words))
    return move_away (lock, words, FALSE);

  now = boot_ms (lock);
  if (!is_unchanged (lock, words, is.mtime_ms, now))
    {
      watch (lock, words, is.mtime_ms, now);
      return FALSE;
    }
  if (now - lock->seen_since < stale_after (words) + lock->apart || !move_away (lock, words, FALSE))
    return FALSE;
  /* The next one may look the same for a moment: empty, when it has just been made. */
  forget_seen (lock);
  return TRUE;
}

/* ---- the byte lock ---- */

void
kip_share_lock_release_file (KipShareLock *lock)
{
  if (lock->byte_lock >= 0)
    lock->fs->class->close (lock->fs, lock->byte_lock);
  lock->byte_lock = -1;
}

/* FALSE when somebody holds it who has lost the lock file: one that hangs, and may yet write.  It is
 * waited for, but not for ever: some servers never free the lock of a machine that is gone. */
static gboolean
lock_byte (KipShareLock *lock)
{
  KipShareFs *fs = lock->fs;
  int handle, failure;

  if (fs->class->open (fs, lock->file, KIP_OPEN_WRITE, &handle) != 0)
    return TRUE;
  failure = fs->class->lock_byte (fs, handle);
  if (failure == 0)
    {
      lock->byte_lock = handle;
      lock->refused_since = 0;
      return TRUE;
    }
  fs->class->close (fs, handle);
  if (failure != EAGAIN)
    return TRUE;
  if (lock->refused_since == 0)
    lock->refused_since = MAX (boot_ms (lock), 1);
  return boot_ms (lock) - lock->refused_since >= KIP_CARRIER_STALE;
}

/* ---- taking ---- */

typedef struct
{
  guint32     device;
  const char *purpose;
  gboolean    has_locks;
  gint64      offset;    /* of the share's clock, ms; out */
} Wish;

/* An error came back: whether the lock is there under our token all the same.  If not, what we made is
 * taken away again; an empty one that we did not surely make may be another's just begun. */
static gboolean
settle (KipShareLock *lock,
        GBytes       *words,
        gboolean      is_made)
{
  g_autoptr (GBytes) there = NULL;

  if (load_lock (lock, &there) == 0)
    {
      if (begins_with (there, words))
        return TRUE;
      if (!is_made || !begins_with (words, there) || lock->fs->class->unlink (lock->fs, lock->name) == 0)
        return FALSE;
    }
  leave (lock, words);
  return FALSE;
}

/* 0: it is ours. */
static int
try_once (KipShareLock *lock,
          Wish         *wish)
{
  KipShareFs *fs = lock->fs;
  gint64 since = boot_ms (lock);
  gint64 now = fs->class->now_ms (fs);
  g_autoptr (GBytes) words = make_words (lock, wish->device, wish->purpose);
  KipShareStat is = { 0 };
  gsize length;
  gconstpointer data = g_bytes_get_data (words, &length);
  gboolean is_made;
  int failure = kip_share_save (fs, lock->name, data, length, &is, &is_made);

  if (failure == EEXIST || (failure != 0 && !settle (lock, words, is_made)))
    return failure;
  lock->mine = g_steal_pointer (&words);
  lock->since = since;
  forget_seen (lock);
  if (wish->has_locks && !lock_byte (lock))
    {
      kip_share_lock_give (lock);
      return EAGAIN;
    }
  if (is.mtime_ms != 0 && boot_ms (lock) - since <= TELLS_TIME)
    wish->offset = is.mtime_ms - (now + fs->class->now_ms (fs)) / 2;
  return 0;
}

static void
pause_for (KipShareLock *lock,
           guint        *pause,
           gint64        left)
{
  guint16 dice;
  guint ms;

  lock->fs->class->random (lock->fs, &dice, sizeof dice);
  ms = *pause / 2 + (guint) ((guint64) *pause * dice / G_MAXUINT16);
  lock->fs->class->wait_ms (lock->fs, (guint) CLAMP (left, 1, (gint64) ms));
  *pause = MIN (*pause * 2, LAST_PAUSE);
}

static gboolean
is_hopeless (int    failure,
             guint *n_forbidden)
{
  if (failure == EACCES || failure == EPERM || failure == ENOENT)
    return ++*n_forbidden >= FORBIDDEN_TRIES;
  return failure == ENOSPC || failure == EDQUOT || failure == EROFS || failure == ENOTDIR ||
         failure == EINVAL || kip_share_is_away (failure);
}

static gboolean
fail_take (GError    **error,
           const char *name,
           int         failure)
{
  if (failure == EEXIST || failure == EAGAIN)
    return kip_share_fail_busy (error);
  if (failure == ENOENT || failure == ENOTDIR)
    return kip_share_fail_offline (error);
  return kip_share_fail_write (error, name, failure);
}

gboolean
kip_share_lock_take (KipShareLock *lock,
                     guint32       device,
                     const char   *purpose,
                     gboolean      has_byte_locks,
                     guint         patience_ms,
                     gint64       *share_offset_ms,
                     GCancellable *cancellable,
                     GError      **error)
{
  Wish wish = { device, purpose, has_byte_locks, G_MININT64 };
  gint64 until = boot_ms (lock) + patience_ms;
  guint pause = FIRST_PAUSE, n_forbidden = 0;

  kip_share_lock_give (lock);
  for (;;)
    {
      int failure;

      if (!kip_share_go_on (cancellable, error))
        return FALSE;
      failure = try_once (lock, &wish);
      if (failure == 0)
        break;
      if (failure == EEXIST && clear_the_way (lock))
        continue;
      if (is_hopeless (failure, &n_forbidden) || boot_ms (lock) >= until)
        return fail_take (error, lock->name, failure);
      pause_for (lock, &pause, until - boot_ms (lock));
    }
  if (share_offset_ms != NULL)
    *share_offset_ms = wish.offset;
  return TRUE;
}

/* ---- holding and giving ---- */

gboolean
kip_share_lock_check (KipShareLock *lock,
                      GError      **error)
{
  if (lock->mine == NULL || boot_ms (lock) - lock->since > KIP_CARRIER_LOCK_AGE)
    return kip_share_fail_late (error);
  return TRUE;
}

/* A heartbeat is a byte more: writing it into another's lock, should ours be gone in this very moment, harms nobody. */
static int
beat (KipShareLock *lock)
{
  KipShareFs *fs = lock->fs;
  KipShareStat is;
  gsize n = 0;
  int handle, closed;
  int failure = fs->class->open (fs, lock->name, KIP_OPEN_APPEND, &handle);

  if (failure != 0)
    return failure;
  failure = fs->class->stat_handle (fs, handle, &is);
  if (failure == 0)
    failure = fs->class->write (fs, handle, is.size, "+", 1, &n);
  if (failure == 0)
    failure = fs->class->sync (fs, handle);
  closed = fs->class->close (fs, handle);
  return failure != 0 ? failure : closed;
}

gboolean
kip_share_lock_keep (KipShareLock *lock,
                     GError      **error)
{
  g_autoptr (GBytes) there = NULL;
  gint64 since = boot_ms (lock);
  int failure;

  if (lock->mine == NULL)
    return kip_share_fail_late (error);
  failure = load_lock (lock, &there);
  if (failure == 0 && !begins_with (there, lock->mine))
    failure = ENOENT;
  if (failure == 0)
    failure = beat (lock);
  if (failure == ENOENT)
    {
      kip_share_lock_release_file (lock);
      g_clear_pointer (&lock->mine, g_bytes_unref);
      return kip_share_fail_late (error);
    }
  if (failure != 0)
    return kip_share_fail_write (error, lock->name, failure);
  lock->since = since;
  return TRUE;
}

gboolean
kip_share_lock_keep_at_times (KipShareLock *lock,
                              gint64        age,
                              GError      **error)
{
  if (lock->mine != NULL && boot_ms (lock) - lock->since < age)
    return TRUE;
  return kip_share_lock_keep (lock, error);
}

/* TRUE when there is no lock of ours any more. */
static gboolean
release (KipShareLock *lock)
{
  g_autoptr (GBytes) there = NULL;
  int failure = load_lock (lock, &there);

  if (failure == ENOENT)
    return TRUE;
  if (failure != 0)
    return FALSE;
  if (!begins_with (there, lock->mine))
    return TRUE;
  /* Between the look and this call others may have come, if it hung long enough. */
  if (boot_ms (lock) - lock->since > SURE_AGE)
    return move_away (lock, lock->mine, TRUE);
  failure = lock->fs->class->unlink (lock->fs, lock->name);
  return failure == 0 || failure == ENOENT;
}

void
kip_share_lock_give (KipShareLock *lock)
{
  guint pause = FIRST_PAUSE;

  kip_share_lock_release_file (lock);
  if (lock->mine == NULL)
    return;
  for (guint i = 0; i < RELEASE_TRIES; i++)
    {
      if (release (lock))
        {
          g_clear_pointer (&lock->mine, g_bytes_unref);
          return;
        }
      pause_for (lock, &pause, LAST_PAUSE);
    }
  leave (lock, lock->mine);
  g_clear_pointer (&lock->mine, g_bytes_unref);
}
