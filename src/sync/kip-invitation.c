/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bytes-private.h"
#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-frame-private.h"
#include "kip-join-code-private.h"
#include "kip-share-keys-private.h"

#include <glib/gi18n-lib.h>

/* [device, secret key, founder's key, keys, until]; more items are a newer Kip's. */
#define INVITATION_ITEMS 5

void
kip_invitation_free (KipInvitation *invitation)
{
  g_clear_pointer (&invitation->keys, g_bytes_unref);
  sodium_memzero (invitation, sizeof *invitation);
  g_free (invitation);
}

static GBytes *
pack (const KipInvitation *invitation)
{
  gsize length;
  gconstpointer keys = g_bytes_get_data (invitation->keys, &length);
  GByteArray *out = g_byte_array_sized_new ((guint) (length + 256));
  GBytes *body;

  kip_cbor_put_list (out, INVITATION_ITEMS);
  kip_cbor_put_int (out, invitation->device);
  kip_cbor_put_bytes (out, invitation->secret_key, sizeof invitation->secret_key);
  kip_cbor_put_bytes (out, invitation->founder_key, sizeof invitation->founder_key);
  kip_cbor_put_bytes (out, keys, length);
  kip_cbor_put_int (out, invitation->until);
  body = kip_secret_bytes_new (out->data, out->len);
  kip_secret_array_free (out);
  return body;
}

/* The code has 110 random bits, so it needs no stretching.  FALSE: it is none. */
static gboolean
derive_key (const KipShareIdentity *file,
            const char             *code,
            guint8                 *key)
{
  guint8 numbers[KIP_JOIN_CODE_LETTERS];
  gboolean is_code = kip_join_code_parse (code, numbers);

  if (is_code)
    kip_derive_file_key (numbers, KIP_JOIN_CODE_RANDOM, file, "kip-join", key);
  sodium_memzero (numbers, sizeof numbers);
  return is_code;
}

GBytes *
kip_invitation_seal (const KipInvitation *invitation,
                     const KipShareKeys  *keys,
                     const char          *code)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);
  g_autoptr (GBytes) body = pack (invitation);
  guint8 key[KIP_OFFICE_KEY_SIZE];
  GBytes *frame;

  if (!derive_key (file, code, key))
    g_return_val_if_reached (NULL);
  frame = kip_frame_seal_with (file, key, 0, KIP_FRAME_INVITE, 0, body, NULL);
  sodium_memzero (key, sizeof key);
  return frame;
}

static gboolean
get_exactly (KipCborReader *reader,
             guint8        *out,
             gsize          wanted)
{
  const guint8 *data;
  gsize length;

  if (!kip_cbor_get_bytes (reader, &data, &length) || length != wanted)
    return FALSE;
  memcpy (out, data, length);
  return TRUE;
}

static gboolean
read_invitation (GBytes        *body,
                 KipInvitation *invitation)
{
  KipCborReader reader;
  const guint8 *keys;
  guint64 device;
  gsize length;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || n < INVITATION_ITEMS
      || !kip_cbor_get_uint (&reader, &device) || device == 0 || device > G_MAXUINT32
      || !get_exactly (&reader, invitation->secret_key, sizeof invitation->secret_key)
      || !get_exactly (&reader, invitation->founder_key, sizeof invitation->founder_key)
      || !kip_cbor_get_bytes (&reader, &keys, &length) || !kip_cbor_get_int (&reader, &invitation->until))
    return FALSE;
  invitation->device = (guint32) device;
  invitation->keys = kip_secret_bytes_new (keys, length);
  for (guint i = INVITATION_ITEMS; i < n; i++)
    if (!kip_cbor_skip (&reader))
      return FALSE;
  return kip_cbor_at_end (&reader);
}

/* (transfer full) (nullable) */
static GBytes *
open_frame (const KipShareIdentity *file,
            GBytes                 *frame,
            guint8                 *key)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  guint8 marker[KIP_FRAME_MARKER_SIZE];
  guint32 whole;
  GBytes *body = NULL;

  kip_frame_marker (file->file, marker);
  if (kip_frame_is_whole (marker, data, length, &whole) && whole == length && data[FRAME_AT_TYPE] == KIP_FRAME_INVITE)
    body = kip_frame_open_with (file, key, data);
  sodium_memzero (key, KIP_OFFICE_KEY_SIZE);
  return body;
}

KipInvitation *
kip_invitation_open (const KipShareIdentity *file,
                     GBytes                 *frame,
                     const char             *code,
                     GError                **error)
{
  g_autoptr (KipInvitation) invitation = g_new0 (KipInvitation, 1);
  g_autoptr (GBytes) body = NULL;
  guint8 key[KIP_OFFICE_KEY_SIZE];

  if (!derive_key (file, code, key))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("This is not a join code. It has six groups of four letters and digits; one of them is wrong or missing."));
      return NULL;
    }
  body = open_frame (file, frame, key);
  if (body != NULL && read_invitation (body, invitation))
    return g_steal_pointer (&invitation);
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("This join code does not open this invitation. Nothing was changed. Ask a colleague who manages the office for a new one."));
  return NULL;
}
