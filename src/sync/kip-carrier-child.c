/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"
#include "kip-carrier-wire.h"

#include "kip-error.h"
#include "kip-share-error.h"

#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program's side.  The child is asked one thing at a time.  Whenever it does not answer as it
 * should, or nobody wants to wait for it any more, its socket is closed and it is left to itself:
 * it ends when its system call does, and is never waited for. */

/* How long the share may take to answer, ms, if not said otherwise … */
#define LIMIT 60000
/* … and more for so many bytes in a second, as over a slow line. */
#define SLOW_BYTES 65536
/* How many children may hang at a time before no more is started. */
#define MAX_LEFT 4

typedef struct
{
  KipCarrier     base;
  char         **argv;     /* (owned) */
  char          *path;     /* (owned) */
  KipSharePlace *expected; /* (owned) (nullable) */
  guint          limit;    /* ms */
  int            fd;       /* -1: no child */
  GPid           pid;
  guint32        number;   /* of the last request */
} ChildCarrier;

/* One request and its answer. */
typedef struct
{
  ChildCarrier *self;
  GByteArray   *out;    /* (owned) the request */
  gint64        extra;  /* ms that it may take beyond the limit */
  GBytes       *answer; /* (owned) (nullable) */
  KipWireReader in;     /* its results */
} Exchange;

/* ---- children that were left ---- */

static GMutex left_lock;
static GArray *left; /* (mutex left_lock) of GPid */

/* How many of them are still there. */
static guint
reap (void)
{
  guint n;

  g_mutex_lock (&left_lock);
  for (guint i = left != NULL ? left->len : 0; i > 0; i--)
    if (waitpid (g_array_index (left, GPid, i - 1), NULL, WNOHANG) != 0)
      g_array_remove_index_fast (left, i - 1);
  n = left != NULL ? left->len : 0;
  g_mutex_unlock (&left_lock);
  return n;
}

static void
leave_child (ChildCarrier *self)
{
  if (self->fd < 0)
    return;
  close (self->fd);
  self->fd = -1;
  g_mutex_lock (&left_lock);
  if (left == NULL)
    left = g_array_new (FALSE, FALSE, sizeof (GPid));
  g_array_append_val (left, self->pid);
  g_mutex_unlock (&left_lock);
  reap ();
}

/* ---- starting one ---- */

static gboolean
fail_start (GError    **error,
            const char *why)
{
  g_set_error (error, KIP_ERROR, KIP_ERROR_FAILED,
               _("Kip could not start the helper that reads and writes the shared folder (%s). Everything is kept on this machine; Kip tries again by itself."), why);
  return FALSE;
}

static gboolean
spawn (ChildCarrier *self,
       GError      **error)
{
  g_autoptr (GError) failure = NULL;
  const int target = KIP_CARRIER_CHILD_FD;
  int ends[2];
  gboolean is_started;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail_start (error, g_strerror (errno));
  is_started = g_spawn_async_with_pipes_and_fds ("/", (const char *const *) self->argv, NULL,
                                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                                                 NULL, NULL, -1, -1, -1, &ends[1], &target, 1,
                                                 &self->pid, NULL, NULL, NULL, &failure);
  close (ends[1]);
  if (!is_started)
    {
      close (ends[0]);
      return fail_start (error, failure->message);
    }
  self->fd = ends[0];
  return TRUE;
}

static gboolean
send_one_way (ChildCarrier *self,
              GByteArray   *message)
{
  KipWireLine line = { self->fd, NULL, g_get_monotonic_time () + G_TIME_SPAN_SECOND };
  gboolean is_sent = kip_wire_end (message) && kip_wire_send (&line, message);

  if (!is_sent)
    leave_child (self);
  g_byte_array_unref (message);
  return is_sent;
}

static gboolean
tell_place (ChildCarrier *self)
{
  GByteArray *message = kip_wire_begin (++self->number, self->expected != NULL ? KIP_WIRE_EXPECT : KIP_WIRE_EXPECT_ANY);

  if (self->expected != NULL)
    kip_wire_put_place (message, self->expected);
  return send_one_way (self, message);
}

static gboolean
ensure_child (ChildCarrier *self,
              GError      **error)
{
  GByteArray *message;

  if (self->fd >= 0)
    return TRUE;
  if (reap () >= MAX_LEFT)
    return kip_share_fail_offline (error);
  if (!spawn (self, error))
    return FALSE;
  message = kip_wire_begin (++self->number, KIP_WIRE_OPEN);
  kip_wire_put_text (message, self->path);
  return (send_one_way (self, message) && (self->expected == NULL || tell_place (self))) ||
         kip_share_fail_offline (error);
}

/* ---- asking it ---- */

static void
begin (Exchange      *exchange,
       KipCarrier    *carrier,
       KipWireRequest what)
{
  *exchange = (Exchange) { .self = (ChildCarrier *) carrier };
  exchange->out = kip_wire_begin (++exchange->self->number, what);
}

static void
end (Exchange *exchange)
{
  g_clear_pointer (&exchange->out, g_byte_array_unref);
  g_clear_pointer (&exchange->answer, g_bytes_unref);
}

/* What it says was wrong. */
static gboolean
pass_on (Exchange *exchange,
         GError  **error)
{
  guint32 code = kip_wire_get_u32 (&exchange->in);
  g_autofree char *text = kip_wire_get_text (&exchange->in);

  if (!kip_wire_is_whole (&exchange->in) || text == NULL || code > KIP_ERROR_REMOVED)
    {
      leave_child (exchange->self);
      return kip_share_fail_offline (error);
    }
  g_set_error_literal (error, KIP_ERROR, (int) code, text);
  return FALSE;
}

/* TRUE: the results stand in @exchange->in. */
static gboolean
ask (Exchange     *exchange,
     GCancellable *cancellable,
     GError      **error)
{
  ChildCarrier *self = exchange->self;
  KipWireLine line = { -1, cancellable, 0 };
  gint64 ms = self->limit + exchange->extra + exchange->out->len / (SLOW_BYTES / 1000);
  guint32 number;

  if (!kip_wire_end (exchange->out))
    return kip_share_fail_too_big (error);
  if (!ensure_child (self, error))
    return FALSE;
  number = self->number;
  memcpy (exchange->out->data + sizeof number, &(guint32) { GUINT32_TO_LE (number) }, sizeof number);
  line.fd = self->fd;
  line.until = g_get_monotonic_time () + ms * 1000;
  if (kip_wire_send (&line, exchange->out))
    exchange->answer = kip_wire_receive (&line);
  if (exchange->answer != NULL)
    {
      exchange->in.at = g_bytes_get_data (exchange->answer, &exchange->in.left);
      if (kip_wire_get_u32 (&exchange->in) == number)
        return kip_wire_get_u8 (&exchange->in) == 0 || pass_on (exchange, error);
    }
  leave_child (self);
  return kip_share_fail_offline (error);
}

/* The results were read, and were as expected. */
static gboolean
check_results (Exchange *exchange,
               GError  **error)
{
  if (kip_wire_is_whole (&exchange->in))
    return TRUE;
  leave_child (exchange->self);
  return kip_share_fail_offline (error);
}

/* Asks, when there is no result but success. */
static gboolean
ask_plainly (Exchange     *exchange,
             GCancellable *cancellable,
             GError      **error)
{
  gboolean is_done = ask (exchange, cancellable, error) && check_results (exchange, error);

  end (exchange);
  return is_done;
}

/* Asks for bytes; @size (nullable) comes before them. (transfer full) (nullable) */
static GBytes *
ask_bytes (Exchange     *exchange,
           guint64      *size,
           GCancellable *cancellable,
           GError      **error)
{
  GBytes *bytes = NULL;

  if (ask (exchange, cancellable, error))
    {
      if (size != NULL)
        *size = kip_wire_get_u64 (&exchange->in);
      bytes = kip_wire_get_bytes (&exchange->in);
      if (!check_results (exchange, error))
        g_clear_pointer (&bytes, g_bytes_unref);
    }
  end (exchange);
  return bytes;
}

static void
put_bytes (Exchange *exchange,
           GBytes   *data)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (data, &length);

  kip_wire_put_data (exchange->out, bytes, length);
}

/* ---- the functions of a carrier ---- */

static gboolean
child_look (KipCarrier     *carrier,
            KipCarrierLook *look,
            GCancellable   *cancellable,
            GError        **error)
{
  Exchange exchange;
  KipCarrierLook found = { 0 };
  gboolean is_done;

  begin (&exchange, carrier, KIP_WIRE_LOOK);
  is_done = ask (&exchange, cancellable, error);
  if (is_done)
    {
      kip_wire_get_place (&exchange.in, &found.place);
      found.has_file = kip_wire_get_u8 (&exchange.in) != 0;
      found.size = kip_wire_get_u64 (&exchange.in);
      is_done = check_results (&exchange, error);
    }
  end (&exchange);
  if (is_done)
    *look = found;
  return is_done;
}

static void
child_expect_place (KipCarrier          *carrier,
                    const KipSharePlace *place)
{
  ChildCarrier *self = (ChildCarrier *) carrier;

  g_clear_pointer (&self->expected, g_free);
  if (place != NULL)
    self->expected = g_memdup2 (place, sizeof *place);
  if (self->fd >= 0)
    tell_place (self);
}

static void
child_set_limit (KipCarrier *carrier,
                 guint       ms)
{
  ((ChildCarrier *) carrier)->limit = ms;
}

static GBytes *
child_read (KipCarrier   *carrier,
            guint64       offset,
            gsize         max,
            guint64      *size,
            GCancellable *cancellable,
            GError      **error)
{
  Exchange exchange;
  guint64 whole = 0;
  GBytes *bytes;

  begin (&exchange, carrier, KIP_WIRE_READ);
  exchange.extra = (gint64) MIN (max, KIP_CARRIER_MAX) / (SLOW_BYTES / 1000);
  kip_wire_put_u64 (exchange.out, offset);
  kip_wire_put_u32 (exchange.out, (guint32) MIN (max, KIP_CARRIER_MAX));
  bytes = ask_bytes (&exchange, &whole, cancellable, error);
  if (bytes != NULL && size != NULL)
    *size = whole;
  return bytes;
}

static gboolean
child_lock (KipCarrier   *carrier,
            guint32       device,
            const char   *purpose,
            guint         patience_ms,
            gint64       *share_offset_ms,
            GCancellable *cancellable,
            GError      **error)
{
  Exchange exchange;
  gint64 offset = 0;
  gboolean is_done;

  begin (&exchange, carrier, KIP_WIRE_LOCK);
  exchange.extra = patience_ms;
  kip_wire_put_u32 (exchange.out, device);
  kip_wire_put_u32 (exchange.out, patience_ms);
  kip_wire_put_text (exchange.out, purpose);
  is_done = ask (&exchange, cancellable, error);
  if (is_done)
    {
      offset = (gint64) kip_wire_get_u64 (&exchange.in);
      is_done = check_results (&exchange, error);
    }
  end (&exchange);
  if (is_done && share_offset_ms != NULL)
    *share_offset_ms = offset;
  return is_done;
}

static gboolean
child_keep_lock (KipCarrier   *carrier,
                 GCancellable *cancellable,
                 GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_KEEP);
  return ask_plainly (&exchange, cancellable, error);
}

/* Without a child there is nothing that could be given back. */
static void
tell (KipCarrier    *carrier,
      KipWireRequest what)
{
  ChildCarrier *self = (ChildCarrier *) carrier;

  if (self->fd >= 0)
    send_one_way (self, kip_wire_begin (++self->number, what));
}

static void
child_unlock (KipCarrier *carrier)
{
  tell (carrier, KIP_WIRE_UNLOCK);
}

static gboolean
child_append (KipCarrier   *carrier,
              GBytes       *data,
              guint64       expected_size,
              GCancellable *cancellable,
              GError      **error)
{
  Exchange exchange;

  if (g_bytes_get_size (data) > KIP_CARRIER_MAX)
    return kip_share_fail_too_big (error);
  begin (&exchange, carrier, KIP_WIRE_APPEND);
  kip_wire_put_u64 (exchange.out, expected_size);
  put_bytes (&exchange, data);
  return ask_plainly (&exchange, cancellable, error);
}

static gboolean
child_replace_begin (KipCarrier   *carrier,
                     GCancellable *cancellable,
                     GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_REPLACE_BEGIN);
  return ask_plainly (&exchange, cancellable, error);
}

static gboolean
child_replace_add (KipCarrier   *carrier,
                   GBytes       *data,
                   GCancellable *cancellable,
                   GError      **error)
{
  Exchange exchange;

  if (g_bytes_get_size (data) > KIP_CARRIER_MAX)
    return kip_share_fail_too_big (error);
  begin (&exchange, carrier, KIP_WIRE_REPLACE_ADD);
  put_bytes (&exchange, data);
  return ask_plainly (&exchange, cancellable, error);
}

static GBytes *
child_replace_read (KipCarrier   *carrier,
                    guint64       offset,
                    gsize         max,
                    GCancellable *cancellable,
                    GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_REPLACE_READ);
  exchange.extra = (gint64) MIN (max, KIP_CARRIER_MAX) / (SLOW_BYTES / 1000);
  kip_wire_put_u64 (exchange.out, offset);
  kip_wire_put_u32 (exchange.out, (guint32) MIN (max, KIP_CARRIER_MAX));
  return ask_bytes (&exchange, NULL, cancellable, error);
}

static gboolean
child_replace_end (KipCarrier   *carrier,
                   const char   *set_aside,
                   gboolean      create,
                   GCancellable *cancellable,
                   GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_REPLACE_END);
  kip_wire_put_text (exchange.out, set_aside);
  kip_wire_put_u8 (exchange.out, create != FALSE);
  return ask_plainly (&exchange, cancellable, error);
}

static void
child_replace_drop (KipCarrier *carrier)
{
  tell (carrier, KIP_WIRE_REPLACE_DROP);
}

static gboolean
child_drop_aside (KipCarrier   *carrier,
                  GCancellable *cancellable,
                  GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_DROP_ASIDE);
  return ask_plainly (&exchange, cancellable, error);
}

static gboolean
child_put_blob (KipCarrier   *carrier,
                const char   *name,
                GBytes       *data,
                GCancellable *cancellable,
                GError      **error)
{
  Exchange exchange;

  if (g_bytes_get_size (data) > KIP_CARRIER_MAX)
    return kip_share_fail_too_big (error);
  begin (&exchange, carrier, KIP_WIRE_PUT_BLOB);
  /* It is read back as well. */
  exchange.extra = (gint64) g_bytes_get_size (data) / (SLOW_BYTES / 1000);
  kip_wire_put_text (exchange.out, name);
  put_bytes (&exchange, data);
  return ask_plainly (&exchange, cancellable, error);
}

static GBytes *
child_get_blob (KipCarrier   *carrier,
                const char   *name,
                GCancellable *cancellable,
                GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_GET_BLOB);
  exchange.extra = KIP_CARRIER_MAX / (SLOW_BYTES / 1000);
  kip_wire_put_text (exchange.out, name);
  return ask_bytes (&exchange, NULL, cancellable, error);
}

static gboolean
child_drop_blob (KipCarrier   *carrier,
                 const char   *name,
                 GCancellable *cancellable,
                 GError      **error)
{
  Exchange exchange;

  begin (&exchange, carrier, KIP_WIRE_DROP_BLOB);
  kip_wire_put_text (exchange.out, name);
  return ask_plainly (&exchange, cancellable, error);
}

static GPtrArray *
get_names (KipWireReader *in)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint32 n = kip_wire_get_u32 (in);

  for (guint32 i = 0; i < n && !in->is_bad; i++)
    {
      char *name = kip_wire_get_text (in);

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  return g_steal_pointer (&names);
}

static GPtrArray *
child_list_blobs (KipCarrier   *carrier,
                  GCancellable *cancellable,
                  GError      **error)
{
  Exchange exchange;
  GPtrArray *names = NULL;

  begin (&exchange, carrier, KIP_WIRE_LIST_BLOBS);
  if (ask (&exchange, cancellable, error))
    {
      names = get_names (&exchange.in);
      if (!check_results (&exchange, error))
        g_clear_pointer (&names, g_ptr_array_unref);
    }
  end (&exchange);
  return names;
}

/* ---- all of it ---- */

static void
child_free (KipCarrier *carrier)
{
  ChildCarrier *self = (ChildCarrier *) carrier;

  leave_child (self);
  g_strfreev (self->argv);
  g_free (self->expected);
  g_free (self->path);
  g_free (self);
}

static const KipCarrierClass child_class = {
  .free = child_free,
  .look = child_look,
  .expect_place = child_expect_place,
  .set_limit = child_set_limit,
  .read = child_read,
  .lock = child_lock,
  .keep_lock = child_keep_lock,
  .unlock = child_unlock,
  .append = child_append,
  .replace_begin = child_replace_begin,
  .replace_add = child_replace_add,
  .replace_read = child_replace_read,
  .replace_end = child_replace_end,
  .replace_drop = child_replace_drop,
  .drop_aside = child_drop_aside,
  .put_blob = child_put_blob,
  .get_blob = child_get_blob,
  .drop_blob = child_drop_blob,
  .list_blobs = child_list_blobs,
};

KipCarrier *
kip_carrier_new_child (const char *const *argv,
                       const char        *path)
{
  static const char *const self_again[] = { "/proc/self/exe", KIP_CARRIER_CHILD_ARGUMENT, NULL };
  ChildCarrier *self = g_new0 (ChildCarrier, 1);

  self->base.class = &child_class;
  self->argv = g_strdupv ((char **) (argv != NULL ? argv : self_again));
  self->path = g_strdup (path);
  self->limit = LIMIT;
  self->fd = -1;
  return &self->base;
}
