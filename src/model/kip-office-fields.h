/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-office.h"

G_BEGIN_DECLS

/* The office's own entities (people, teams, categories, statuses, canned replies, assets)
 * by kind and field, so that one form serves them all. */

typedef struct
{
  KipId       id;
  const char *name;    /* borrowed from the office; never NULL */
  gboolean    deleted; /* put away */
  guint       depth;   /* 0: at the top; of categories */
} KipOfficeItem;

/* All of a kind in the order that a person sees: categories as a tree, each before
 * what is below it.  (transfer full) GArray of KipOfficeItem; keep @office meanwhile. */
GArray *kip_office_list_items (KipOffice *office,
                               KipKind    kind,
                               gboolean   with_deleted);

/* FALSE: no such entity. */
gboolean kip_office_find_item (KipOffice     *office,
                               KipKind        kind,
                               KipId          id,
                               KipOfficeItem *item);

/* What a register shows; NONE when it is empty or not of this @kind.  (transfer full) */
KipValue *kip_office_get_value (KipOffice *office,
                                KipKind    kind,
                                KipId      id,
                                KipField   field);

/* TRUE when @other is @category itself or lies below it: where it cannot move to. */
gboolean kip_office_is_below (KipOffice *office,
                              KipId      category,
                              KipId      other);

/* Why it cannot be put away: a sentence; NULL when it can.  @me: the person at this
 * machine.  Static. */
const char *kip_office_why_needed (KipOffice *office,
                                   KipId      me,
                                   KipKind    kind,
                                   KipId      id);

/* The largest position of a kind (of categories: under @parent), 0 when there is none. */
gint64 kip_office_last_position (KipOffice *office,
                                 KipKind    kind,
                                 KipId      parent);

/* ---- order ---- */

/* One step up (-1) or down (+1) among @n of @ids.  FALSE when it cannot. */
gboolean kip_ids_move (KipId *ids,
                       guint  n,
                       KipId  id,
                       int    step);

/* Moves @id before @before (KIP_ID_NONE: to the end).  FALSE when nothing moves. */
gboolean kip_ids_move_before (KipId *ids,
                              guint  n,
                              KipId  id,
                              KipId  before);

G_END_DECLS
