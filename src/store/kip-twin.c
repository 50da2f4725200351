/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-twin.h"

#include "kip-cbor.h"

#include <sodium.h>
#include <string.h>

/* Of the value's map. */
enum
{
  KEY_OF = 1,
  KEY_LAST,
  KEY_KEY,
  KEY_GIVEN_UP,
  KEY_SIGNATURE
};

#define MARK "kip-twin-1"

static void
hash_twin (const KipTwin *twin,
           guint32        device,
           guint8        *hash)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  kip_cbor_put_bytes (bytes, MARK, strlen (MARK));
  kip_cbor_put_int (bytes, device);
  kip_cbor_put_int (bytes, twin->of);
  kip_cbor_put_int (bytes, (gint64) twin->last);
  kip_cbor_put_bytes (bytes, twin->key, sizeof twin->key);
  kip_cbor_put_bytes (bytes, twin->given_up, sizeof twin->given_up);
  kip_hash_bytes (bytes->data, bytes->len, hash);
}

void
kip_twin_sign (KipTwin      *twin,
               guint32       device,
               const guint8 *secret_key)
{
  guint8 hash[KIP_HASH_SIZE];

  hash_twin (twin, device, hash);
  crypto_sign_detached (twin->signature, NULL, hash, sizeof hash, secret_key);
}

gboolean
kip_twin_verify (const KipTwin *twin,
                 guint32        device,
                 const guint8  *public_key)
{
  guint8 hash[KIP_HASH_SIZE];

  hash_twin (twin, device, hash);
  return kip_keys_verify (public_key, hash, twin->signature);
}

KipValue *
kip_twin_to_value (const KipTwin *twin)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, KEY_OF, kip_value_int (twin->of));
  kip_value_put (value, KEY_LAST, kip_value_int ((gint64) twin->last));
  kip_value_put (value, KEY_KEY, kip_value_bytes (twin->key, sizeof twin->key));
  kip_value_put (value, KEY_GIVEN_UP, kip_value_bytes (twin->given_up, sizeof twin->given_up));
  kip_value_put (value, KEY_SIGNATURE, kip_value_bytes (twin->signature, sizeof twin->signature));
  return value;
}

static gboolean
copy_bytes (const KipValue *map,
            guint           key,
            guint8         *bytes,
            gsize           size)
{
  const KipValue *value = kip_value_lookup (map, key);
  gsize length;
  const guint8 *data = value != NULL ? kip_value_get_bytes (value, &length) : NULL;

  if (data == NULL || length != size)
    return FALSE;
  memcpy (bytes, data, size);
  return TRUE;
}

gboolean
kip_twin_from_value (KipTwin        *twin,
                     const KipValue *value)
{
  gint64 of = kip_value_map_int (value, KEY_OF, 0), last = kip_value_map_int (value, KEY_LAST, -1);

  if (of <= 0 || of > G_MAXUINT16 || last < 0)
    return FALSE;
  twin->of = (guint32) of;
  twin->last = (guint64) last;
  return copy_bytes (value, KEY_KEY, twin->key, sizeof twin->key)
         && copy_bytes (value, KEY_GIVEN_UP, twin->given_up, sizeof twin->given_up)
         && copy_bytes (value, KEY_SIGNATURE, twin->signature, sizeof twin->signature);
}

gboolean
kip_twin_from_event (KipTwin        *twin,
                     const KipEvent *event)
{
  return event->kind == KIP_KIND_MACHINE && event->field == KIP_FIELD_MACHINE_TWIN && event->verb == KIP_VERB_SET
         && event->entity == KIP_ID_MACHINE (event->id.device) && event->value != NULL
         && kip_twin_from_value (twin, event->value) && twin->of != event->id.device;
}
