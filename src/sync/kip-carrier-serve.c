/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-wire.h"

#include "kip-error.h"
#include "kip-i18n.h"
#include "kip-share-error.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The child's side.  It ends when the socket does; the death signal of Linux would be of no use, as it
 * follows the thread that started the child, which may well end before the program does. */

/* A call that hangs when the program is gone gets so long (s) to come back, so that the lock can be given back. */
#define GRACE 20

typedef struct
{
  int           fd;
  GCancellable *cancellable; /* (owned) cancelled when the other end is gone */
  KipShareFs *(*make_fs)(const char *folder);
  KipCarrier   *carrier;     /* (owned) (nullable) */
} Server;

/* What a request says, and what it is answered. */
typedef struct
{
  Server        *server;
  KipWireReader  in;
  GByteArray    *out;   /* (owned) */
  GError        *error; /* (owned) (nullable) */
} Talk;

/* ---- each request ---- */

static void
handle_open (Talk *talk)
{
  g_autofree char *path = kip_wire_get_text (&talk->in);
  g_autofree char *folder = NULL;

  if (path == NULL || !kip_wire_is_whole (&talk->in))
    return;
  folder = g_path_get_dirname (path);
  g_clear_pointer (&talk->server->carrier, kip_carrier_free);
  talk->server->carrier = kip_carrier_new_share (talk->server->make_fs (folder), path);
}

static void
handle_look (Talk *talk)
{
  KipCarrierLook look;

  if (!kip_carrier_look (talk->server->carrier, &look, talk->server->cancellable, &talk->error))
    return;
  kip_wire_put_place (talk->out, &look.place);
  kip_wire_put_u8 (talk->out, look.has_file != FALSE);
  kip_wire_put_u64 (talk->out, look.size);
}

static void
handle_expect (Talk *talk)
{
  KipSharePlace place;

  kip_wire_get_place (&talk->in, &place);
  if (kip_wire_is_whole (&talk->in))
    kip_carrier_expect_place (talk->server->carrier, &place);
}

static void
put_bytes (Talk   *talk,
           GBytes *bytes)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  kip_wire_put_data (talk->out, data, length);
}

static void
handle_read (Talk *talk)
{
  guint64 offset = kip_wire_get_u64 (&talk->in);
  gsize max = kip_wire_get_u32 (&talk->in);
  guint64 size = 0;
  g_autoptr (GBytes) bytes = NULL;

  bytes = kip_carrier_read (talk->server->carrier, offset, max, &size, talk->server->cancellable, &talk->error);
  if (bytes == NULL)
    return;
  kip_wire_put_u64 (talk->out, size);
  put_bytes (talk, bytes);
}

static void
handle_lock (Talk *talk)
{
  guint32 device = kip_wire_get_u32 (&talk->in);
  guint patience = kip_wire_get_u32 (&talk->in);
  g_autofree char *purpose = kip_wire_get_text (&talk->in);
  gint64 offset = 0;

  if (kip_carrier_lock (talk->server->carrier, device, purpose != NULL ? purpose : "", patience, &offset,
                        talk->server->cancellable, &talk->error))
    kip_wire_put_u64 (talk->out, (guint64) offset);
}

static void
handle_append (Talk *talk)
{
  guint64 expected = kip_wire_get_u64 (&talk->in);
  g_autoptr (GBytes) data = kip_wire_get_bytes (&talk->in);

  if (kip_wire_is_whole (&talk->in))
    kip_carrier_append (talk->server->carrier, data, expected, talk->server->cancellable, &talk->error);
}

static void
handle_replace_add (Talk *talk)
{
  g_autoptr (GBytes) data = kip_wire_get_bytes (&talk->in);

  if (kip_wire_is_whole (&talk->in))
    kip_carrier_replace_add (talk->server->carrier, data, talk->server->cancellable, &talk->error);
}

static void
handle_replace_read (Talk *talk)
{
  guint64 offset = kip_wire_get_u64 (&talk->in);
  gsize max = kip_wire_get_u32 (&talk->in);
  g_autoptr (GBytes) bytes = NULL;

  bytes = kip_carrier_replace_read (talk->server->carrier, offset, max, talk->server->cancellable, &talk->error);
  if (bytes != NULL)
    put_bytes (talk, bytes);
}

static void
handle_replace_end (Talk *talk)
{
  g_autofree char *set_aside = kip_wire_get_text (&talk->in);
  gboolean create = kip_wire_get_u8 (&talk->in) != 0;

  if (kip_wire_is_whole (&talk->in))
    kip_carrier_replace_end (talk->server->carrier, set_aside, create, talk->server->cancellable, &talk->error);
}

static void
handle_put_blob (Talk *talk)
{
  g_autofree char *name = kip_wire_get_text (&talk->in);
  g_autoptr (GBytes) data = kip_wire_get_bytes (&talk->in);

  if (name != NULL && kip_wire_is_whole (&talk->in))
    kip_carrier_put_blob (talk->server->carrier, name, data, talk->server->cancellable, &talk->error);
}

static void
handle_get_blob (Talk *talk)
{
  g_autofree char *name = kip_wire_get_text (&talk->in);
  g_autoptr (GBytes) bytes = NULL;

  if (name == NULL)
    return;
  bytes = kip_carrier_get_blob (talk->server->carrier, name, talk->server->cancellable, &talk->error);
  if (bytes != NULL)
    put_bytes (talk, bytes);
}

static void
handle_drop_blob (Talk *talk)
{
  g_autofree char *name = kip_wire_get_text (&talk->in);

  if (name != NULL)
    kip_carrier_drop_blob (talk->server->carrier, name, talk->server->cancellable, &talk->error);
}

static void
handle_list_blobs (Talk *talk)
{
  g_autoptr (GPtrArray) names = NULL;

  names = kip_carrier_list_blobs (talk->server->carrier, talk->server->cancellable, &talk->error);
  if (names == NULL)
    return;
  kip_wire_put_u32 (talk->out, names->len);
  for (guint i = 0; i < names->len; i++)
    kip_wire_put_text (talk->out, g_ptr_array_index (names, i));
}

/* TRUE when it gets an answer. */
static gboolean
handle (Talk          *talk,
        KipWireRequest what)
{
  Server *server = talk->server;

  switch (what)
    {
    case KIP_WIRE_OPEN:
      handle_open (talk);
      return FALSE;
    case KIP_WIRE_EXPECT:
      handle_expect (talk);
      return FALSE;
    case KIP_WIRE_EXPECT_ANY:
      kip_carrier_expect_place (server->carrier, NULL);
      return FALSE;
    case KIP_WIRE_UNLOCK:
      kip_carrier_unlock (server->carrier);
      return FALSE;
    case KIP_WIRE_REPLACE_DROP:
      kip_carrier_replace_drop (server->carrier);
      return FALSE;
    case KIP_WIRE_LOOK:
      handle_look (talk);
      break;
    case KIP_WIRE_READ:
      handle_read (talk);
      break;
    case KIP_WIRE_LOCK:
      handle_lock (talk);
      break;
    case KIP_WIRE_KEEP:
      kip_carrier_keep_lock (server->carrier, server->cancellable, &talk->error);
      break;
    case KIP_WIRE_APPEND:
      handle_append (talk);
      break;
    case KIP_WIRE_REPLACE_BEGIN:
      kip_carrier_replace_begin (server->carrier, server->cancellable, &talk->error);
      break;
    case KIP_WIRE_REPLACE_ADD:
      handle_replace_add (talk);
      break;
    case KIP_WIRE_REPLACE_READ:
      handle_replace_read (talk);
      break;
    case KIP_WIRE_REPLACE_END:
      handle_replace_end (talk);
      break;
    case KIP_WIRE_PUT_BLOB:
      handle_put_blob (talk);
      break;
    case KIP_WIRE_GET_BLOB:
      handle_get_blob (talk);
      break;
    case KIP_WIRE_DROP_BLOB:
      handle_drop_blob (talk);
      break;
    case KIP_WIRE_LIST_BLOBS:
      handle_list_blobs (talk);
      break;
    case KIP_WIRE_DROP_ASIDE:
      kip_carrier_drop_aside (server->carrier, server->cancellable, &talk->error);
      break;
    default:
      talk->in.is_bad = TRUE;
    }
  return TRUE;
}

/* ---- the conversation ---- */

static void
put_error (Talk   *talk,
           guint32 number)
{
  g_byte_array_unref (talk->out);
  talk->out = kip_wire_begin (number, 1);
  kip_wire_put_u32 (talk->out, talk->error->domain == KIP_ERROR ? (guint32) talk->error->code : KIP_ERROR_FAILED);
  kip_wire_put_text (talk->out, talk->error->message);
}

static gboolean
answer (Talk   *talk,
        guint32 number)
{
  KipWireLine line = { talk->server->fd, NULL, G_MAXINT64 };

  if (talk->error != NULL)
    put_error (talk, number);
  if (!kip_wire_end (talk->out))
    {
      kip_share_fail_too_big (&talk->error);
      put_error (talk, number);
      kip_wire_end (talk->out);
    }
  return kip_wire_send (&line, talk->out);
}

/* FALSE: that was no request, or nobody hears the answer. */
static gboolean
talk_once (Server *server,
           GBytes *message)
{
  Talk talk = { .server = server };
  guint32 number;
  guint8 what;
  gboolean goes_on = TRUE;

  talk.in.at = g_bytes_get_data (message, &talk.in.left);
  number = kip_wire_get_u32 (&talk.in);
  what = kip_wire_get_u8 (&talk.in);
  if (what != KIP_WIRE_OPEN && server->carrier == NULL)
    return FALSE;
  talk.out = kip_wire_begin (number, 0);
  if (handle (&talk, what))
    goes_on = kip_wire_is_whole (&talk.in) && answer (&talk, number);
  g_clear_error (&talk.error);
  g_byte_array_unref (talk.out);
  return goes_on && kip_wire_is_whole (&talk.in);
}

/* ---- the end ---- */

/* Waits in a thread of its own for the other end to go: then no new work is begun, and what hangs is left. */
static gpointer
watch (gpointer data)
{
  Server *server = data;
  struct pollfd fds = { server->fd, POLLRDHUP, 0 };

  while (poll (&fds, 1, -1) <= 0)
    ;
  g_cancellable_cancel (server->cancellable);
  poll (NULL, 0, GRACE * 1000);
  _exit (1);
}

/* Neither Ctrl+C nor the terminal's end stops it in the middle of a write: the program's end does that. */
static void
stand_alone (void)
{
  signal (SIGINT, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  setsid ();
}

int
kip_carrier_serve_on (int fd,
                      KipShareFs *(*make_fs)(const char *folder))
{
  Server server = { fd, g_cancellable_new (), make_fs, NULL };
  KipWireLine line = { fd, NULL, G_MAXINT64 };
  GBytes *message;
  gboolean goes_on = TRUE;

  g_thread_unref (g_thread_new ("kip-share-watch", watch, &server));
  while (goes_on && (message = kip_wire_receive (&line)) != NULL)
    {
      goes_on = talk_once (&server, message);
      g_bytes_unref (message);
    }
  kip_carrier_free (server.carrier);
  /* The watching thread still uses the rest. */
  _exit (goes_on ? 0 : 1);
}

int
kip_carrier_serve (int fd)
{
  kip_i18n_init ();
  stand_alone ();
  return kip_carrier_serve_on (fd, kip_share_fs_new_posix);
}

gboolean
kip_carrier_is_child (int    argc,
                      char **argv)
{
  return argc == 2 && g_str_equal (argv[1], KIP_CARRIER_CHILD_ARGUMENT);
}
