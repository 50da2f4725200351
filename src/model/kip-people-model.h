/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-office.h"

G_BEGIN_DECLS

/* The people of an office that a search finds, by name:
 *
 *   KipOffice (snapshot) ─▶ those that match ─▶ KipPersonItem, made when asked for
 *
 * A new snapshot or search emits items-changed only for the part that differs. */
#define KIP_TYPE_PERSON_ITEM (kip_person_item_get_type ())
G_DECLARE_FINAL_TYPE (KipPersonItem, kip_person_item, KIP, PERSON_ITEM, GObject)

const KipPerson *kip_person_item_get_person (KipPersonItem *item);

#define KIP_TYPE_PEOPLE_MODEL (kip_people_model_get_type ())
G_DECLARE_FINAL_TYPE (KipPeopleModel, kip_people_model, KIP, PEOPLE_MODEL, GObject)

KipPeopleModel *kip_people_model_new (void);

/* @office: (nullable) nobody. */
void kip_people_model_set_office (KipPeopleModel *model,
                                  KipOffice      *office);

/* Words as a person types them; "" for everybody. */
void kip_people_model_set_search (KipPeopleModel *model,
                                  const char     *text);
void kip_people_model_set_show_archived (KipPeopleModel *model,
                                         gboolean        show);

G_END_DECLS
