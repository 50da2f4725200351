/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"

#include "kip-share-error.h"

void
kip_carrier_expect_place (KipCarrier          *carrier,
                          const KipSharePlace *place)
{
  carrier->class->expect_place (carrier, place);
}

gboolean
kip_carrier_look (KipCarrier     *carrier,
                  KipCarrierLook *look,
                  GCancellable   *cancellable,
                  GError        **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->look (carrier, look, cancellable, error);
}

GBytes *
kip_carrier_read (KipCarrier   *carrier,
                  guint64       offset,
                  gsize         max,
                  guint64      *size,
                  GCancellable *cancellable,
                  GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return NULL;
  return carrier->class->read (carrier, offset, max, size, cancellable, error);
}

gboolean
kip_carrier_lock (KipCarrier   *carrier,
                  guint32       device,
                  const char   *purpose,
                  guint         patience_ms,
                  gint64       *share_offset_ms,
                  GCancellable *cancellable,
                  GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->lock (carrier, device, purpose, patience_ms, share_offset_ms, cancellable, error);
}

gboolean
kip_carrier_keep_lock (KipCarrier   *carrier,
                       GCancellable *cancellable,
                       GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->keep_lock (carrier, cancellable, error);
}

void
kip_carrier_unlock (KipCarrier *carrier)
{
  carrier->class->unlock (carrier);
}

gboolean
kip_carrier_append (KipCarrier   *carrier,
                    GBytes       *data,
                    guint64       expected_size,
                    GCancellable *cancellable,
                    GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->append (carrier, data, expected_size, cancellable, error);
}

gboolean
kip_carrier_replace_begin (KipCarrier   *carrier,
                           GCancellable *cancellable,
                           GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->replace_begin (carrier, cancellable, error);
}

gboolean
kip_carrier_replace_add (KipCarrier   *carrier,
                         GBytes       *data,
                         GCancellable *cancellable,
                         GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->replace_add (carrier, data, cancellable, error);
}

GBytes *
kip_carrier_replace_read (KipCarrier   *carrier,
                          guint64       offset,
                          gsize         max,
                          GCancellable *cancellable,
                          GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return NULL;
  return carrier->class->replace_read (carrier, offset, max, cancellable, error);
}

gboolean
kip_carrier_replace_end (KipCarrier   *carrier,
                         const char   *set_aside,
                         gboolean      create,
                         GCancellable *cancellable,
                         GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->replace_end (carrier, set_aside, create, cancellable, error);
}

void
kip_carrier_replace_drop (KipCarrier *carrier)
{
  carrier->class->replace_drop (carrier);
}

gboolean
kip_carrier_drop_aside (KipCarrier   *carrier,
                        GCancellable *cancellable,
                        GError      **error)
{
  return kip_share_go_on (cancellable, error) && carrier->class->drop_aside (carrier, cancellable, error);
}

gboolean
kip_carrier_put_blob (KipCarrier   *carrier,
                      const char   *name,
                      GBytes       *data,
                      GCancellable *cancellable,
                      GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->put_blob (carrier, name, data, cancellable, error);
}

GBytes *
kip_carrier_get_blob (KipCarrier   *carrier,
                      const char   *name,
                      GCancellable *cancellable,
                      GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return NULL;
  return carrier->class->get_blob (carrier, name, cancellable, error);
}

gboolean
kip_carrier_drop_blob (KipCarrier   *carrier,
                       const char   *name,
                       GCancellable *cancellable,
                       GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return FALSE;
  return carrier->class->drop_blob (carrier, name, cancellable, error);
}

GPtrArray *
kip_carrier_list_blobs (KipCarrier   *carrier,
                        GCancellable *cancellable,
                        GError      **error)
{
  if (!kip_share_go_on (cancellable, error))
    return NULL;
  return carrier->class->list_blobs (carrier, cancellable, error);
}

void
kip_carrier_set_limit (KipCarrier *carrier,
                       guint       ms)
{
  if (carrier->class->set_limit != NULL)
    carrier->class->set_limit (carrier, ms);
}

void
kip_carrier_free (KipCarrier *carrier)
{
  if (carrier != NULL)
    carrier->class->free (carrier);
}
