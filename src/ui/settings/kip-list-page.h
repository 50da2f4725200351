/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-item-list.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* A list of the settings: add, open, order, put away, find what was put away and take
 * it back.  What it lists is told by a KipListKind. */
#define KIP_TYPE_LIST_PAGE (kip_list_page_get_type ())
G_DECLARE_FINAL_TYPE (KipListPage, kip_list_page, KIP, LIST_PAGE, AdwBin)

typedef struct _KipListKind KipListKind;

/* Static. */
struct _KipListKind
{
  KipKind  kind;
  gboolean reviewed; /* it moves deadlines: first one sees which */

  /* Appends a KipItem for each, in order; those put away only when @archived. */
  void (*fill) (KipStore          *store,
                const KipListKind *kind,
                gboolean           archived,
                GArray            *items);

  /* What can change places with @id, itself included, in order. (transfer full) of KipId */
  GArray *(*siblings) (KipStore          *store,
                       const KipListKind *kind,
                       KipId              id);

  /* The page on which @id is edited; KIP_ID_NONE: a new one. */
  GtkWidget *(*edit) (KipSession *session,
                      KipKind     kind,
                      KipId       id);

  /* (nullable) A line about one of the office's own. (transfer full) */
  char *(*describe) (KipOffice *office,
                     KipId      id);

  /* (nullable) Dropped before another (KIP_ID_NONE: at the end); NULL: it cannot be
   * there.  Without it, only siblings change places. (transfer full) */
  KipChange *(*place) (KipStore *store,
                       KipId     id,
                       KipId     before);
};

GtkWidget *kip_list_page_new (KipSession        *session,
                              const KipListKind *kind);

/* Defines what makes the page of @kind, for the table of the settings window. */
#define KIP_DEFINE_LIST_PAGE(name, kind) \
  GtkWidget * \
  name (KipSession *session) \
  { \
    return kip_list_page_new (session, kind); \
  }

G_END_DECLS
