/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* What a new office is asked for at first start. */
typedef enum
{
  KIP_HOURS_OFFICE,   /* Monday to Friday 08:00–12:00 and 13:00–17:00 */
  KIP_HOURS_LATER,    /* Monday to Friday 09:00–12:00 and 13:00–18:00 */
  KIP_HOURS_SATURDAY, /* the first, and Saturday 08:00–12:00 */
  KIP_HOURS_ALWAYS    /* around the clock */
} KipOfficeHours;

typedef struct
{
  const char    *name;
  const char    *me;
  const char    *language;  /* "en", "vi" */
  const char    *time_zone; /* IANA */
  KipOfficeHours hours;
  gboolean       holidays;  /* the public ones of Vietnam */
  gboolean       sample;    /* filled with a sample office */
} KipOfficeWish;

/* The local name of a store that holds the sample office, kip_store_get_local(). */
#define KIP_LOCAL_SAMPLE "sample-office"

/* Makes the office in @dir in a thread, with a window that shows how far it is when
 * that takes time. */
void      kip_office_make_async (GtkWindow           *parent,
                                 const char          *dir,
                                 const KipOfficeWish *wish,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data);
KipStore *kip_office_make_finish (GAsyncResult *result,
                                  GError      **error);

G_END_DECLS
