/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

/* ---- writing ---- */

void
kip_wire_put_u8 (GByteArray *message,
                 guint8      value)
{
  g_byte_array_append (message, &value, 1);
}

void
kip_wire_put_u32 (GByteArray *message,
                  guint32     value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (message, (const guint8 *) &value, sizeof value);
}

void
kip_wire_put_u64 (GByteArray *message,
                  guint64     value)
{
  value = GUINT64_TO_LE (value);
  g_byte_array_append (message, (const guint8 *) &value, sizeof value);
}

void
kip_wire_put_data (GByteArray   *message,
                   gconstpointer data,
                   gsize         length)
{
  kip_wire_put_u32 (message, (guint32) length);
  if (length > 0)
    g_byte_array_append (message, data, (guint) length);
}

/* A text is preceded by a 1, none is a 0. */
void
kip_wire_put_text (GByteArray *message,
                   const char *text)
{
  kip_wire_put_u8 (message, text != NULL);
  if (text != NULL)
    kip_wire_put_data (message, text, strlen (text));
}

void
kip_wire_put_place (GByteArray          *message,
                    const KipSharePlace *place)
{
  kip_wire_put_u8 (message, (guint8) place->kind);
  kip_wire_put_u64 (message, place->type);
  kip_wire_put_u64 (message, place->id);
  kip_wire_put_u8 (message, place->has_locks != FALSE);
}

GByteArray *
kip_wire_begin (guint32 number,
                guint8  what)
{
  GByteArray *message = g_byte_array_new ();

  kip_wire_put_u32 (message, 0);
  kip_wire_put_u32 (message, number);
  kip_wire_put_u8 (message, what);
  return message;
}

gboolean
kip_wire_end (GByteArray *message)
{
  guint32 length = GUINT32_TO_LE (message->len - (guint) sizeof length);

  memcpy (message->data, &length, sizeof length);
  return message->len <= KIP_WIRE_MAX;
}

/* ---- reading ---- */

static gboolean
take (KipWireReader *reader,
      gpointer       out,
      gsize          length)
{
  if (reader->is_bad || reader->left < length)
    {
      reader->is_bad = TRUE;
      return FALSE;
    }
  memcpy (out, reader->at, length);
  reader->at += length;
  reader->left -= length;
  return TRUE;
}

guint8
kip_wire_get_u8 (KipWireReader *reader)
{
  guint8 value = 0;

  return take (reader, &value, sizeof value) ? value : 0;
}

guint32
kip_wire_get_u32 (KipWireReader *reader)
{
  guint32 value = 0;

  return take (reader, &value, sizeof value) ? GUINT32_FROM_LE (value) : 0;
}

guint64
kip_wire_get_u64 (KipWireReader *reader)
{
  guint64 value = 0;

  return take (reader, &value, sizeof value) ? GUINT64_FROM_LE (value) : 0;
}

GBytes *
kip_wire_get_bytes (KipWireReader *reader)
{
  guint32 length = kip_wire_get_u32 (reader);
  GBytes *bytes;

  if (reader->is_bad || reader->left < length)
    {
      reader->is_bad = TRUE;
      return g_bytes_new (NULL, 0);
    }
  bytes = g_bytes_new (reader->at, length);
  reader->at += length;
  reader->left -= length;
  return bytes;
}

char *
kip_wire_get_text (KipWireReader *reader)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (kip_wire_get_u8 (reader) == 0)
    return NULL;
  bytes = kip_wire_get_bytes (reader);
  text = g_bytes_get_data (bytes, &length);
  if (length > 0 && memchr (text, '\0', length) != NULL)
    reader->is_bad = TRUE;
  return g_strndup (text != NULL ? text : "", length);
}

void
kip_wire_get_place (KipWireReader *reader,
                    KipSharePlace *place)
{
  place->kind = (KipShareKind) kip_wire_get_u8 (reader);
  place->type = kip_wire_get_u64 (reader);
  place->id = kip_wire_get_u64 (reader);
  place->has_locks = kip_wire_get_u8 (reader) != 0;
}

gboolean
kip_wire_is_whole (const KipWireReader *reader)
{
  return !reader->is_bad && reader->left == 0;
}

/* ---- the socket ---- */

static int
milliseconds_left (const KipWireLine *line)
{
  gint64 left;

  if (line->until == G_MAXINT64)
    return -1;
  left = (line->until - g_get_monotonic_time () + 999) / 1000;
  return (int) CLAMP (left, 0, G_MAXINT);
}

/* Until the socket is ready, or there is a reason to give up. */
static gboolean
wait_for (const KipWireLine *line,
          short              events)
{
  GPollFD cancelled = { -1, 0, 0 };
  struct pollfd fds[2] = { { line->fd, events, 0 }, { -1, POLLIN, 0 } };
  gboolean has_fd = line->cancellable != NULL && g_cancellable_make_pollfd (line->cancellable, &cancelled);
  int n;

  if (has_fd)
    fds[1].fd = cancelled.fd;
  do
    n = poll (fds, G_N_ELEMENTS (fds), milliseconds_left (line));
  while (n < 0 && errno == EINTR);
  if (has_fd)
    g_cancellable_release_fd (line->cancellable);
  return n > 0 && fds[1].revents == 0 && !g_cancellable_is_cancelled (line->cancellable);
}

gboolean
kip_wire_send (const KipWireLine *line,
               GByteArray        *message)
{
  gsize done = 0;

  while (done < message->len)
    {
      ssize_t n;

      if (!wait_for (line, POLLOUT))
        return FALSE;
      n = send (line->fd, message->data + done, message->len - done, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n > 0)
        done += (gsize) n;
      else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        return FALSE;
    }
  return TRUE;
}

static gboolean
receive_all (const KipWireLine *line,
             guint8            *data,
             gsize              length)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t n;

      if (!wait_for (line, POLLIN))
        return FALSE;
      n = recv (line->fd, data + done, length - done, MSG_DONTWAIT);
      if (n > 0)
        done += (gsize) n;
      else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        return FALSE;
    }
  return TRUE;
}

GBytes *
kip_wire_receive (const KipWireLine *line)
{
  g_autofree guint8 *data = NULL;
  guint32 length;

  if (!receive_all (line, (guint8 *) &length, sizeof length))
    return NULL;
  length = GUINT32_FROM_LE (length);
  if (length < KIP_WIRE_HEAD - sizeof length || length > KIP_WIRE_MAX)
    return NULL;
  data = g_malloc (length);
  if (!receive_all (line, data, length))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}
