/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change.h"

#include "kip-clock.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static KipStamp *
stamp_new (void)
{
  KipStamp *stamp = g_new0 (KipStamp, 1);

  g_atomic_ref_count_init (&stamp->refs);
  return stamp;
}

KipChange *
kip_change_new (KipId       author,
                const char *action)
{
  KipChange *change = g_new0 (KipChange, 1);

  change->stamp = stamp_new ();
  change->stamp->author = author;
  change->stamp->at = kip_clock_now ();
  change->stamp->action = g_strdup (action);
  change->events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  return change;
}

void
kip_change_free (KipChange *change)
{
  kip_stamp_unref (change->stamp);
  g_ptr_array_unref (change->events);
  g_free (change);
}

static KipEvent *
add_event (KipChange *change,
           KipKind    kind,
           KipId      entity,
           KipVerb    verb,
           KipField   field,
           KipValue  *value)
{
  KipEvent *event = kip_event_new (kind, entity, verb, field);

  event->at = change->stamp->at;
  event->value = value;
  g_ptr_array_add (change->events, event);
  return event;
}

KipEvent *
kip_change_set (KipChange *change,
                KipKind    kind,
                KipId      entity,
                KipField   field,
                KipValue  *value)
{
  return add_event (change, kind, entity, KIP_VERB_SET, field, value);
}

KipEvent *
kip_change_set_int (KipChange *change,
                    KipKind    kind,
                    KipId      entity,
                    KipField   field,
                    gint64     number)
{
  return kip_change_set (change, kind, entity, field, kip_value_int (number));
}

KipEvent *
kip_change_set_text (KipChange  *change,
                     KipKind     kind,
                     KipId       entity,
                     KipField    field,
                     const char *text)
{
  return kip_change_set (change, kind, entity, field, kip_value_text (text));
}

KipEvent *
kip_change_clear (KipChange *change,
                  KipKind    kind,
                  KipId      entity,
                  KipField   field)
{
  return kip_change_set (change, kind, entity, field, kip_value_none ());
}

KipEvent *
kip_change_add (KipChange *change,
                KipKind    kind,
                KipId      entity,
                KipField   field,
                KipValue  *element)
{
  return add_event (change, kind, entity, KIP_VERB_ADD, field, element);
}

KipEvent *
kip_change_remove (KipChange *change,
                   KipKind    kind,
                   KipId      entity,
                   KipField   field,
                   KipValue  *element)
{
  return add_event (change, kind, entity, KIP_VERB_REMOVE, field, element);
}

KipEvent *
kip_change_entry (KipChange *change,
                  KipKind    kind,
                  KipId      entity,
                  KipField   field,
                  KipValue  *value)
{
  return add_event (change, kind, entity, KIP_VERB_ENTRY, field, value);
}

KipEvent *
kip_change_retract (KipChange        *change,
                    KipKind           kind,
                    KipId             entity,
                    KipField          field,
                    const KipEventId *entry)
{
  KipEvent *event = add_event (change, kind, entity, KIP_VERB_RETRACT, field, NULL);

  kip_event_add_ref (event, entry);
  return event;
}

KipEvent *
kip_change_set_status (KipChange *change,
                       KipId      ticket,
                       KipId      status,
                       KipPhase   phase,
                       KipPause   pause)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int ((gint64) status));
  kip_value_put (value, 2, kip_value_int (phase));
  kip_value_put (value, 3, kip_value_int (pause));
  return kip_change_set (change, KIP_KIND_TICKET, ticket, KIP_FIELD_STATUS, value);
}

KipEvent *
kip_change_add_message (KipChange     *change,
                        KipId          ticket,
                        KipMessageKind kind,
                        const char    *text)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (kind));
  kip_value_put (value, 2, kip_value_text (text));
  return kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_MESSAGE, value);
}

void
kip_stamp_encode (const KipStamp *stamp,
                  const guint8   *previous_hash,
                  guint           n_events,
                  GByteArray     *out)
{
  kip_cbor_put_list (out, 13);
  kip_cbor_put_int (out, KIP_CHANGE_FORMAT);
  kip_cbor_put_int (out, stamp->device);
  kip_cbor_put_int (out, (gint64) stamp->seq);
  kip_cbor_put_int (out, (gint64) stamp->hlc);
  kip_cbor_put_bytes (out, previous_hash, KIP_CHANGE_HASH_SIZE);
  kip_cbor_put_int (out, (gint64) stamp->author);
  kip_cbor_put_int (out, stamp->at);
  kip_cbor_put_text (out, stamp->action != NULL ? stamp->action : "");
  kip_cbor_put_int (out, stamp->flags);
  kip_cbor_put_int (out, stamp->undo_device);
  kip_cbor_put_int (out, (gint64) stamp->undo_seq);
  kip_cbor_put_int (out, (gint64) (stamp->batch & G_MAXINT64));
  kip_cbor_put_int (out, n_events);
}

static gboolean
get_u32 (KipCborReader *reader,
         guint32       *out)
{
  guint64 number;

  if (!kip_cbor_get_uint (reader, &number) || number > G_MAXINT32)
    return FALSE;
  *out = (guint32) number;
  return TRUE;
}

static gboolean
get_hash (KipCborReader *reader,
          guint8        *hash)
{
  const guint8 *bytes;
  gsize length;

  if (!kip_cbor_get_bytes (reader, &bytes, &length) || length != KIP_CHANGE_HASH_SIZE)
    return FALSE;
  if (hash != NULL)
    memcpy (hash, bytes, length);
  return TRUE;
}

static gboolean
get_stamp (KipCborReader *reader,
           guint          items,
           KipStamp      *stamp,
           guint8        *previous_hash,
           guint         *n_events)
{
  const char *action;
  gsize length;
  guint32 flags, count;

  if (!get_u32 (reader, &stamp->device)
      || !kip_cbor_get_uint (reader, &stamp->seq)
      || !kip_cbor_get_uint (reader, &stamp->hlc)
      || !get_hash (reader, previous_hash)
      || !kip_cbor_get_uint (reader, &stamp->author)
      || !kip_cbor_get_int (reader, &stamp->at)
      || !kip_cbor_get_text (reader, &action, &length)
      || !get_u32 (reader, &flags)
      || !get_u32 (reader, &stamp->undo_device)
      || !kip_cbor_get_uint (reader, &stamp->undo_seq)
      || !kip_cbor_get_uint (reader, &stamp->batch)
      || !get_u32 (reader, &count))
    return FALSE;
  for (guint i = 13; i < items; i++)
    if (!kip_cbor_skip (reader))
      return FALSE;
  stamp->action = g_strndup (action, length);
  stamp->flags = (KipChangeFlags) flags;
  if (n_events != NULL)
    *n_events = count;
  return kip_cbor_at_end (reader);
}

KipStamp *
kip_stamp_decode (gconstpointer data,
                  gsize         length,
                  guint8       *previous_hash,
                  guint        *n_events,
                  GError      **error)
{
  g_autoptr (KipStamp) stamp = stamp_new ();
  KipCborReader reader;
  guint items;
  guint32 format;

  kip_cbor_reader_init (&reader, data, length);
  if (kip_cbor_get_list (&reader, &items) && get_u32 (&reader, &format) && format > KIP_CHANGE_FORMAT)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NEWER,
                           _("This change was written by a newer Kip. Update Kip on this machine to read it; it is kept as it is."));
      return NULL;
    }
  if (reader.failed || items < 13 || !get_stamp (&reader, items, stamp, previous_hash, n_events))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                           _("A change is damaged and was left unread."));
      return NULL;
    }
  return g_steal_pointer (&stamp);
}
