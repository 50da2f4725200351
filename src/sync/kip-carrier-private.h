/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-carrier.h"
#include "kip-share-lock.h"

G_BEGIN_DECLS

/* What both carriers have; the functions of kip-carrier.h, in the same order. */
typedef struct
{
  void (*free)(KipCarrier *carrier);
  gboolean (*look)(KipCarrier     *carrier,
                   KipCarrierLook *look,
                   GCancellable   *cancellable,
                   GError        **error);
  void (*expect_place)(KipCarrier          *carrier,
                       const KipSharePlace *place);
  void (*set_limit)(KipCarrier *carrier,
                    guint       ms); /* (nullable) */
  GBytes *(*read)(KipCarrier   *carrier,
                  guint64       offset,
                  gsize         max,
                  guint64      *size,
                  GCancellable *cancellable,
                  GError      **error);
  gboolean (*lock)(KipCarrier   *carrier,
                   guint32       device,
                   const char   *purpose,
                   guint         patience_ms,
                   gint64       *share_offset_ms,
                   GCancellable *cancellable,
                   GError      **error);
  gboolean (*keep_lock)(KipCarrier   *carrier,
                        GCancellable *cancellable,
                        GError      **error);
  void (*unlock)(KipCarrier *carrier);
  gboolean (*append)(KipCarrier   *carrier,
                     GBytes       *data,
                     guint64       expected_size,
                     GCancellable *cancellable,
                     GError      **error);
  gboolean (*replace_begin)(KipCarrier   *carrier,
                            GCancellable *cancellable,
                            GError      **error);
  gboolean (*replace_add)(KipCarrier   *carrier,
                          GBytes       *data,
                          GCancellable *cancellable,
                          GError      **error);
  GBytes *(*replace_read)(KipCarrier   *carrier,
                          guint64       offset,
                          gsize         max,
                          GCancellable *cancellable,
                          GError      **error);
  gboolean (*replace_end)(KipCarrier   *carrier,
                          const char   *set_aside,
                          gboolean      create,
                          GCancellable *cancellable,
                          GError      **error);
  void (*replace_drop)(KipCarrier *carrier);
  gboolean (*drop_aside)(KipCarrier   *carrier,
                         GCancellable *cancellable,
                         GError      **error);
  gboolean (*put_blob)(KipCarrier   *carrier,
                       const char   *name,
                       GBytes       *data,
                       GCancellable *cancellable,
                       GError      **error);
  GBytes *(*get_blob)(KipCarrier   *carrier,
                      const char   *name,
                      GCancellable *cancellable,
                      GError      **error);
  gboolean (*drop_blob)(KipCarrier   *carrier,
                        const char   *name,
                        GCancellable *cancellable,
                        GError      **error);
  GPtrArray *(*list_blobs)(KipCarrier   *carrier,
                           GCancellable *cancellable,
                           GError      **error);
} KipCarrierClass;

struct _KipCarrier
{
  const KipCarrierClass *class;
};

/* The one that talks to a KipShareFs; kip-carrier-share.c, kip-carrier-replace.c,
 * kip-carrier-aside.c and kip-carrier-blobs.c are its parts. */
typedef struct
{
  KipCarrier     base;
  KipShareFs    *fs;        /* (owned) */
  char          *name;      /* (owned) of the file in the folder */
  KipShareLock  *lock;      /* (owned) */
  KipSharePlace *expected;  /* (owned) (nullable) */

  char          *new_name;  /* (owned) (nullable) a new file is being written … */
  int            new_handle; /* … by this handle, -1 once it is closed … */
  guint64        new_size;  /* … so long by now … */
  GByteArray    *new_start; /* (owned) (nullable) … and begins like this */
} KipShareCarrier;

/* The length of @name by a fresh descriptor; an errno. */
int      kip_share_carrier_measure (KipShareCarrier *self,
                                    const char      *name,
                                    guint64         *size);
/* @mode: by which of the two it was opened.  ENOTSUP from the first tells a gvfs mount. */
int      kip_share_carrier_open_to_write (KipShareCarrier *self,
                                          const char      *name,
                                          KipOpenMode     *mode,
                                          int             *handle);
/* The folder is there and, if one is expected, the right one; OFFLINE. */
gboolean kip_share_carrier_check_place (KipShareCarrier *self,
                                        KipSharePlace   *place,
                                        GError         **error);
GBytes  *kip_share_carrier_read_file (KipShareCarrier *self,
                                      const char      *name,
                                      guint64          offset,
                                      gsize            max,
                                      guint64         *size,
                                      GCancellable    *cancellable,
                                      GError         **error);

gboolean kip_share_carrier_replace_begin (KipCarrier   *carrier,
                                          GCancellable *cancellable,
                                          GError      **error);
gboolean kip_share_carrier_replace_add (KipCarrier   *carrier,
                                        GBytes       *data,
                                        GCancellable *cancellable,
                                        GError      **error);
GBytes  *kip_share_carrier_replace_read (KipCarrier   *carrier,
                                         guint64       offset,
                                         gsize         max,
                                         GCancellable *cancellable,
                                         GError      **error);
gboolean kip_share_carrier_replace_end (KipCarrier   *carrier,
                                        const char   *set_aside,
                                        gboolean      create,
                                        GCancellable *cancellable,
                                        GError      **error);
void     kip_share_carrier_replace_drop (KipCarrier *carrier);

gboolean kip_share_carrier_drop_aside (KipCarrier   *carrier,
                                       GCancellable *cancellable,
                                       GError      **error);

gboolean   kip_share_carrier_put_blob (KipCarrier   *carrier,
                                       const char   *name,
                                       GBytes       *data,
                                       GCancellable *cancellable,
                                       GError      **error);
GBytes    *kip_share_carrier_get_blob (KipCarrier   *carrier,
                                       const char   *name,
                                       GCancellable *cancellable,
                                       GError      **error);
gboolean   kip_share_carrier_drop_blob (KipCarrier   *carrier,
                                        const char   *name,
                                        GCancellable *cancellable,
                                        GError      **error);
GPtrArray *kip_share_carrier_list_blobs (KipCarrier   *carrier,
                                         GCancellable *cancellable,
                                         GError      **error);

G_END_DECLS
