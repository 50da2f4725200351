/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-office.h"

G_BEGIN_DECLS

/* One thing that can be picked: what pickers and suggestions show. Immutable. */
#define KIP_TYPE_CHOICE_ITEM (kip_choice_item_get_type ())
G_DECLARE_FINAL_TYPE (KipChoiceItem, kip_choice_item, KIP, CHOICE_ITEM, GObject)

/* @folded: (nullable) what a search looks in, folded; NULL: the title, folded.
 * @detail: (nullable) said dimmed beside the title. */
KipChoiceItem *kip_choice_item_new (KipId       id,
                                    const char *title,
                                    const char *detail,
                                    const char *folded);

/* What stands for a text that is no known choice: "Add “Lan”".  Its id is NONE. */
KipChoiceItem *kip_choice_item_new_unknown (const char *text,
                                            const char *title);

KipId       kip_choice_item_get_id (KipChoiceItem *item);
const char *kip_choice_item_get_title (KipChoiceItem *item);
const char *kip_choice_item_get_detail (KipChoiceItem *item); /* (nullable) */
const char *kip_choice_item_get_folded (KipChoiceItem *item);
const char *kip_choice_item_get_text (KipChoiceItem *item);   /* as typed, or the title */
gboolean    kip_choice_item_is_unknown (KipChoiceItem *item);

/* Of an office's things; (transfer full). */
KipChoiceItem *kip_choice_item_for_person (const KipPerson *person);
KipChoiceItem *kip_choice_item_for_category (const KipCategory *category);

/* ---- suggestions: (transfer full) GPtrArray of KipChoiceItem, best first ---- */

/* Of people, and at the end a new one called @text unless somebody is. */
GPtrArray *kip_choices_people (KipOffice  *office,
                               const char *text,
                               guint       limit);

/* Of categories that are not deleted; every word of @text must begin a word of the path. */
GPtrArray *kip_choices_categories (KipOffice  *office,
                                   const char *text,
                                   guint       limit);

/* The only person, or the category, that is called so; KIP_ID_NONE: nobody, or
 * several people are.  Names are compared folded, paths as they are. */
KipId kip_choices_person_called (KipOffice  *office,
                                 const char *name);
KipId kip_choices_category_called (KipOffice  *office,
                                   const char *path);

G_END_DECLS
