/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-event.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>

KipStamp *
kip_stamp_ref (KipStamp *stamp)
{
  g_atomic_ref_count_inc (&stamp->refs);
  return stamp;
}

void
kip_stamp_unref (KipStamp *stamp)
{
  if (!g_atomic_ref_count_dec (&stamp->refs))
    return;
  g_free (stamp->action);
  g_free (stamp);
}

KipEvent *
kip_event_new (KipKind  kind,
               KipId    entity,
               KipVerb  verb,
               KipField field)
{
  KipEvent *event = g_new0 (KipEvent, 1);

  event->kind = kind;
  event->entity = entity;
  event->verb = verb;
  event->field = field;
  event->at = KIP_INSTANT_NONE;
  return event;
}

KipEvent *
kip_event_copy (const KipEvent *event)
{
  KipEvent *copy = g_memdup2 (event, sizeof *event);

  copy->refs = event->n_refs > 0 ? g_memdup2 (event->refs, event->n_refs * sizeof *event->refs) : NULL;
  if (copy->value != NULL)
    kip_value_ref (copy->value);
  if (copy->stamp != NULL)
    kip_stamp_ref (copy->stamp);
  return copy;
}

void
kip_event_free (KipEvent *event)
{
  g_free (event->refs);
  g_clear_pointer (&event->value, kip_value_unref);
  g_clear_pointer (&event->stamp, kip_stamp_unref);
  g_free (event);
}

gboolean
kip_event_id_equal (const KipEventId *a,
                    const KipEventId *b)
{
  return a->seq == b->seq && a->index == b->index && a->device == b->device;
}

void
kip_event_add_ref (KipEvent         *event,
                   const KipEventId *id)
{
  event->refs = g_renew (KipEventId, event->refs, event->n_refs + 1);
  event->refs[event->n_refs++] = *id;
}

gboolean
kip_event_has_ref (const KipEvent   *event,
                   const KipEventId *id)
{
  for (guint i = 0; i < event->n_refs; i++)
    if (kip_event_id_equal (&event->refs[i], id))
      return TRUE;
  return FALSE;
}

#define ORDER(x, y) \
  if ((x) != (y)) \
    return (x) < (y) ? -1 : 1

int
kip_event_compare (gconstpointer a,
                   gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a;
  const KipEvent *y = *(KipEvent *const *) b;
  guint64 clock_x = x->stamp != NULL ? x->stamp->hlc : 0;
  guint64 clock_y = y->stamp != NULL ? y->stamp->hlc : 0;

  ORDER (x->tl, y->tl);
  ORDER (clock_x, clock_y);
  ORDER (x->id.device, y->id.device);
  ORDER (x->id.seq, y->id.seq);
  ORDER (x->id.index, y->id.index);
  return 0;
}

static gboolean
is_known_kind (KipKind kind)
{
  guint n;
  const KipFieldInfo *all = kip_schema_all (&n);

  for (guint i = 0; i < n; i++)
    if (all[i].kind == kind)
      return TRUE;
  return FALSE;
}

gboolean
kip_event_is_known (const KipEvent *event)
{
  return event->verb >= KIP_VERB_SET && event->verb <= KIP_VERB_RESTORE
         && is_known_kind (event->kind) && kip_schema_field (event->kind, event->field) != NULL;
}

/* What stands behind the value. */
#define FLAG_CRITICAL 1

void
kip_event_encode (const KipEvent *event,
                  KipInstant      base,
                  GByteArray     *out)
{
  kip_cbor_put_list (out, event->is_critical ? 9 : 8);
  kip_cbor_put_int (out, event->kind);
  kip_cbor_put_int (out, (gint64) event->entity);
  kip_cbor_put_int (out, event->verb);
  kip_cbor_put_int (out, event->field);
  kip_cbor_put_int (out, event->at - base);
  kip_cbor_put_int (out, event->tl);
  kip_cbor_put_list (out, event->n_refs * 3);
  for (guint i = 0; i < event->n_refs; i++)
    {
      kip_cbor_put_int (out, event->refs[i].device);
      kip_cbor_put_int (out, (gint64) event->refs[i].seq);
      kip_cbor_put_int (out, event->refs[i].index);
    }
  kip_cbor_put_value (out, event->value);
  if (event->is_critical)
    kip_cbor_put_int (out, FLAG_CRITICAL);
}

static gboolean
get_small (KipCborReader *reader,
           guint         *out)
{
  guint64 number;

  if (!kip_cbor_get_uint (reader, &number) || number > G_MAXINT32)
    return FALSE;
  *out = (guint) number;
  return TRUE;
}

static gboolean
get_refs (KipCborReader *reader,
          KipEvent      *event)
{
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n % 3 != 0)
    return FALSE;
  event->refs = n > 0 ? g_new0 (KipEventId, n / 3) : NULL;
  for (event->n_refs = 0; event->n_refs < n / 3; event->n_refs++)
    {
      KipEventId *id = &event->refs[event->n_refs];

      if (!get_small (reader, &id->device) || !kip_cbor_get_uint (reader, &id->seq) || !get_small (reader, &id->index))
        return FALSE;
    }
  return TRUE;
}

/* The largest distance of an event from its change-set's instant that we read:
 * beyond it the sum could overflow. */
#define MAX_DISTANCE (G_MAXINT64 / 4)

/* Flags that we do not know mean nothing to us; what are no flags at all is a newer Kip's, too. */
static gboolean
get_flags (KipCborReader *reader,
           KipEvent      *event)
{
  KipCborReader ahead = *reader;
  guint64 flags;

  if (kip_cbor_get_uint (&ahead, &flags))
    event->is_critical = (flags & FLAG_CRITICAL) != 0;
  return kip_cbor_skip (reader);
}

static gboolean
get_body (KipCborReader *reader,
          KipInstant     base,
          KipEvent      *event)
{
  guint items, kind, verb, field;
  gint64 distance;

  if (!kip_cbor_get_list (reader, &items) || items < 8
      || !get_small (reader, &kind)
      || !kip_cbor_get_uint (reader, &event->entity)
      || !get_small (reader, &verb)
      || !get_small (reader, &field)
      || !kip_cbor_get_int (reader, &distance)
      || ABS (distance / 2) > MAX_DISTANCE / 2
      || !get_small (reader, &event->tl)
      || !get_refs (reader, event)
      || !kip_cbor_get_value (reader, &event->value))
    return FALSE;
  if (items > 8 && !get_flags (reader, event))
    return FALSE;
  for (guint i = 9; i < items; i++)
    if (!kip_cbor_skip (reader))
      return FALSE;
  event->kind = (KipKind) kind;
  event->verb = (KipVerb) verb;
  event->field = (KipField) field;
  event->at = base + distance;
  return kip_cbor_at_end (reader);
}

KipEvent *
kip_event_decode (gconstpointer data,
                  gsize         length,
                  KipInstant    base,
                  GError      **error)
{
  g_autoptr (KipEvent) event = kip_event_new (0, KIP_ID_NONE, 0, 0);
  KipCborReader reader;

  kip_cbor_reader_init (&reader, data, length);
  if (ABS (base / 2) > MAX_DISTANCE / 2 || !get_body (&reader, base, event))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                           _("An event is damaged and was left unread."));
      return NULL;
    }
  return g_steal_pointer (&event);
}
