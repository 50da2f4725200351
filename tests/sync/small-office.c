/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "small-office.h"

#include <string.h>

static void
put_header (SmallOffice *office,
            GByteArray  *file)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) header = NULL;

  g_ptr_array_add (members, office->third.public_key);
  header = kip_share_header_make (office->keys, 3, SMALL_PASSPHRASE, members, 3, office->third.secret_key,
                                  SMALL_OPS, SMALL_MEMORY, &error);
  g_assert_no_error (error);
  append_bytes (file, header);
}

static void
put_changes (SmallOffice *office,
             GByteArray  *file,
             Device      *device,
             guint        n,
             gsize        length)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  g_autoptr (GPtrArray) frames = NULL;
  g_autofree char *text = g_strnfill (length, 'k');

  for (guint i = 0; i < n; i++)
    {
      KipChange *change = kip_change_new (KIP_ID_MAKE (device->number, 7), "reply");
      KipRawChange *raw;

      kip_change_set_text (change, KIP_KIND_TICKET, KIP_ID_MAKE (device->number, i + 1), KIP_FIELD_SUBJECT, text);
      raw = device_write (device, change);
      raw->is_signed = i + 1 == n;
      g_ptr_array_add (changes, raw);
    }
  frames = kip_frame_seal_changes (office->keys, changes, 65536, NULL);
  for (guint i = 0; i < frames->len; i++)
    append_bytes (file, g_ptr_array_index (frames, i));
}

static void
put_body (SmallOffice *office,
          GByteArray  *file,
          KipFrameType type,
          GBytes      *body) /* (transfer full) */
{
  g_autoptr (GBytes) frame = kip_frame_seal (office->keys, type, 0, body, NULL);

  append_bytes (file, frame);
  g_bytes_unref (body);
}

static GBytes *
have_body (SmallOffice *office)
{
  g_autoptr (KipHave) have = kip_have_new ();
  KipHolding holdings[] = { { 3, 3 }, { 4, 1 } };

  have->device = 4;
  have->at = G_GINT64_CONSTANT (1795167000000);
  have->clock_offset = -250;
  have->version = g_strdup ("0.3.0");
  have->format = KIP_SHARE_FORMAT;
  g_array_append_vals (have->holdings, holdings, G_N_ELEMENTS (holdings));
  return kip_frame_pack_have (have, office->fourth.secret_key);
}

static GBytes *
knock_body (SmallOffice *office)
{
  g_autoptr (KipKnock) knock = g_new0 (KipKnock, 1);

  memcpy (knock->public_key, office->fourth.public_key, sizeof knock->public_key);
  knock->at = G_GINT64_CONSTANT (1795167000000);
  knock->person = g_strdup ("Lan");
  knock->machine = g_strdup ("máy của Lan");
  return kip_frame_pack_knock (knock, office->fourth.secret_key);
}

static void
put_invitation (SmallOffice *office,
                GByteArray  *file)
{
  g_autoptr (KipInvitation) invitation = g_new0 (KipInvitation, 1);
  g_autoptr (GBytes) frame = NULL;

  invitation->device = 4;
  memcpy (invitation->secret_key, office->fourth.secret_key, sizeof invitation->secret_key);
  memcpy (invitation->founder_key, office->third.public_key, sizeof invitation->founder_key);
  invitation->keys = kip_share_keys_to_bytes (office->keys);
  invitation->until = G_GINT64_CONSTANT (1795167000000);
  frame = kip_invitation_seal (invitation, office->keys, SMALL_JOIN_CODE);
  append_bytes (file, frame);
}

void
small_office_init (SmallOffice *office,
                   gboolean     has_pieces)
{
  GByteArray *file = g_byte_array_new ();

  device_init (&office->third, 3);
  device_init (&office->fourth, 4);
  office->keys = fixed_keys (1, 2, 2);
  put_header (office, file);
  put_changes (office, file, &office->third, 3, 12);
  put_body (office, file, KIP_FRAME_HAVE, have_body (office));
  put_body (office, file, KIP_FRAME_KNOCK, knock_body (office));
  put_invitation (office, file);
  put_changes (office, file, &office->fourth, 1, 500);
  put_body (office, file, SMALL_UNKNOWN_TYPE, g_bytes_new ("from a newer Kip", 16));
  if (has_pieces)
    put_changes (office, file, &office->third, 1, KIP_FRAME_MAX);
  office->file = g_byte_array_free_to_bytes (file);
}

void
small_office_clear (SmallOffice *office)
{
  g_bytes_unref (office->file);
  kip_share_keys_free (office->keys);
}
