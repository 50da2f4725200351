/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kip-carrier-wire.h"

/* What the program and its child say to each other, from an end that has gone mad: any bytes are
 * messages or the end of the conversation, nothing is read beyond a message, and what was read whole is
 * written again as it was. */

/* Fits into a socket at once. */
#define MOST 32768

/* ---- one message ---- */

static void
copy_text (KipWireReader *in,
           GByteArray    *out)
{
  g_autofree char *text = kip_wire_get_text (in);

  kip_wire_put_text (out, text);
}

static void
copy_bytes (KipWireReader *in,
            GByteArray    *out)
{
  g_autoptr (GBytes) bytes = kip_wire_get_bytes (in);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  kip_wire_put_data (out, data, length);
}

static void
copy_place (KipWireReader *in,
            GByteArray    *out)
{
  KipSharePlace place = { 0 };

  kip_wire_get_place (in, &place);
  kip_wire_put_place (out, &place);
}

/* The arguments of each request, and of answers: t text, b bytes, p place, 1 4 8 numbers. */
static const char *
get_shape (guint8 what)
{
  static const char *const shapes[] = {
    [KIP_WIRE_OPEN] = "t", [KIP_WIRE_EXPECT] = "p", [KIP_WIRE_READ] = "84", [KIP_WIRE_LOCK] = "44t",
    [KIP_WIRE_APPEND] = "8b", [KIP_WIRE_REPLACE_ADD] = "b", [KIP_WIRE_REPLACE_READ] = "84", [KIP_WIRE_REPLACE_END] = "t1",
    [KIP_WIRE_PUT_BLOB] = "tb", [KIP_WIRE_GET_BLOB] = "t", [KIP_WIRE_DROP_BLOB] = "t", [KIP_WIRE_LIST_BLOBS] = "4tt"
  };

  return what < G_N_ELEMENTS (shapes) && shapes[what] != NULL ? shapes[what] : "";
}

static void
copy_argument (KipWireReader *in,
               GByteArray    *out,
               char           kind)
{
  switch (kind)
    {
    case 't':
      copy_text (in, out);
      break;
    case 'b':
      copy_bytes (in, out);
      break;
    case 'p':
      copy_place (in, out);
      break;
    case '1':
      kip_wire_put_u8 (out, kip_wire_get_u8 (in));
      break;
    case '4':
      kip_wire_put_u32 (out, kip_wire_get_u32 (in));
      break;
    default:
      kip_wire_put_u64 (out, kip_wire_get_u64 (in));
    }
}

/* A flag that is neither 0 nor 1 is read as 1 and written so: then only the length is the same. */
static void
read_message (GBytes *message)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (message, &length);
  KipWireReader in = { data, length, FALSE };
  guint32 number = kip_wire_get_u32 (&in);
  guint8 what = kip_wire_get_u8 (&in);
  g_autoptr (GByteArray) again = kip_wire_begin (number, what);

  g_assert_false (in.is_bad);
  for (const char *kind = get_shape (what); *kind != '\0'; kind++)
    {
      copy_argument (&in, again, *kind);
      g_assert_cmpuint (in.left, <=, length);
      g_assert_true (in.at + in.left == data + length);
    }
  if (!kip_wire_is_whole (&in))
    return;
  g_assert_true (kip_wire_end (again));
  g_assert_cmpuint (again->len, <=, length + sizeof (guint32));
  if (strpbrk (get_shape (what), "tp1") == NULL)
    g_assert_cmpmem (again->data + sizeof (guint32), again->len - sizeof (guint32), data, length);
}

/* ---- a conversation ---- */

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int ends[2];
  KipWireLine line;
  GBytes *message;
  gsize sum = 0;

  size = MIN (size, MOST);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  if (size > 0)
    g_assert_cmpint (send (ends[0], data, size, MSG_NOSIGNAL), ==, (gssize) size);
  close (ends[0]);
  line = (KipWireLine) { ends[1], NULL, G_MAXINT64 };
  while ((message = kip_wire_receive (&line)) != NULL)
    {
      sum += g_bytes_get_size (message) + sizeof (guint32);
      read_message (message);
      g_bytes_unref (message);
    }
  close (ends[1]);
  g_assert_cmpuint (sum, <=, size);
  return 0;
}
