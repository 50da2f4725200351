/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-id.h"
#include "kip-instant.h"

G_BEGIN_DECLS

/* The value of a field: an immutable, reference-counted tree of integers, texts,
 * bytes, lists and maps with integer keys.  An instant, an id, an enum and a
 * truth value are all integers.  No floats: every machine must compute the same. */
typedef enum
{
  KIP_VALUE_NONE, /* the field is empty (written so on purpose) */
  KIP_VALUE_INT,
  KIP_VALUE_TEXT, /* valid UTF-8 without NUL */
  KIP_VALUE_BYTES,
  KIP_VALUE_LIST,
  KIP_VALUE_MAP   /* keys are non-negative integers, kept sorted */
} KipValueType;

typedef struct _KipValue KipValue;

/* Constructors: (transfer full). */
KipValue *kip_value_none (void);
KipValue *kip_value_int (gint64 number);
KipValue *kip_value_text (const char *text); /* NULL or "" → none; text is made valid UTF-8 */
KipValue *kip_value_bytes (gconstpointer data,
                           gsize         length);
KipValue *kip_value_list (void);
KipValue *kip_value_map (void);

/* Fill a list or a map before it is shared; both take @item. */
void kip_value_append (KipValue *list,
                       KipValue *item);
void kip_value_put (KipValue *map,
                    guint     key,
                    KipValue *item);

KipValue    *kip_value_ref (KipValue *value);
void         kip_value_unref (KipValue *value);
KipValueType kip_value_type (const KipValue *value); /* NULL is NONE */
gboolean     kip_value_equal (const KipValue *a,
                              const KipValue *b);
int          kip_value_compare (const KipValue *a,
                                const KipValue *b);

/* Readers are forgiving: the wrong type gives the fallback, for a newer program
 * may have written something we do not know. */
gint64      kip_value_get_int (const KipValue *value,
                               gint64          fallback);
const char *kip_value_get_text (const KipValue *value); /* (nullable) borrowed */
const guint8 *kip_value_get_bytes (const KipValue *value,
                                   gsize          *length);
guint     kip_value_length (const KipValue *value); /* items of a list or map */
KipValue *kip_value_nth (const KipValue *list,
                         guint           index);    /* (nullable) borrowed */
KipValue *kip_value_lookup (const KipValue *map,
                            guint           key);   /* (nullable) borrowed */
KipValue *kip_value_nth_pair (const KipValue *map,
                              guint           index,
                              guint          *key); /* borrowed */

/* Shorthands for maps. */
gint64      kip_value_map_int (const KipValue *map,
                               guint           key,
                               gint64          fallback);
const char *kip_value_map_text (const KipValue *map,
                                guint           key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipValue, kip_value_unref)

G_END_DECLS
