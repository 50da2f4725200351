/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fact-table.h"

KipFactTable *
kip_fact_table_new (void)
{
  KipFactTable *table = g_new0 (KipFactTable, 1);

  g_atomic_ref_count_init (&table->refs);
  table->phases = g_array_new (FALSE, FALSE, sizeof (KipFactPhase));
  table->resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  table->pauses = g_array_new (FALSE, FALSE, sizeof (KipFactPause));
  table->touches = g_array_new (FALSE, FALSE, sizeof (KipFactTouch));
  return table;
}

KipFactTable *
kip_fact_table_ref (KipFactTable *table)
{
  g_atomic_ref_count_inc (&table->refs);
  return table;
}

void
kip_fact_table_unref (KipFactTable *table)
{
  if (!g_atomic_ref_count_dec (&table->refs))
    return;
  for (guint i = 0; i < table->n; i++)
    g_clear_pointer (&table->cause[i], g_ref_string_release);
#define FREE(Type, name) g_free (table->name);
  KIP_FACT_COLUMNS (FREE)
#undef FREE
  g_array_unref (table->phases);
  g_array_unref (table->resolutions);
  g_array_unref (table->pauses);
  g_array_unref (table->touches);
  g_free (table);
}

void
kip_fact_init (KipFact *fact)
{
  *fact = (KipFact) {
    .received = KIP_INSTANT_NONE,
    .responded = KIP_INSTANT_NONE,
    .response_work = -1,
    .response_elapsed = -1,
    .first_work = -1,
    .first_elapsed = -1,
    .full_work = -1,
    .full_elapsed = -1,
    .total_work = -1,
    .total_elapsed = -1,
  };
  fact->response.stopped = fact->update.stopped = fact->resolution.stopped = KIP_INSTANT_NONE;
  fact->response.breached = fact->update.breached = fact->resolution.breached = KIP_INSTANT_NONE;
}

static void
make_room (KipFactTable *table,
           guint         n)
{
  if (n <= table->size)
    return;
  table->size = MAX (n, table->size + table->size / 2 + 64);
#define GROW(Type, name) table->name = g_renew (Type, table->name, table->size);
  KIP_FACT_COLUMNS (GROW)
#undef GROW
}

static void
append_part (GArray       *to,
             const GArray *part)
{
  if (part != NULL && part->len > 0)
    g_array_append_vals (to, part->data, part->len);
}

void
kip_fact_table_add (KipFactTable  *table,
                    const KipFact *fact)
{
  guint i = table->n;

  make_room (table, i + 1);
#define PUT(Type, name) table->name[i] = fact->name;
  KIP_FACT_COLUMNS (PUT)
#undef PUT
  if (fact->cause != NULL)
    g_ref_string_acquire (fact->cause);
  table->first_phase[i] = table->phases->len;
  table->first_resolution[i] = table->resolutions->len;
  table->first_pause[i] = table->pauses->len;
  table->first_touch[i] = table->touches->len;
  append_part (table->phases, fact->phases);
  append_part (table->resolutions, fact->resolutions);
  append_part (table->pauses, fact->pauses);
  append_part (table->touches, fact->touches);
  table->n++;
}

/* ---- renewing ---- */

static void
copy_part (GArray       *to,
           const GArray *from,
           guint         begin,
           guint         end)
{
  if (end > begin)
    g_array_append_vals (to, from->data + (gsize) begin * g_array_get_element_size ((GArray *) from), end - begin);
}

static void
copy_row (KipFactTable       *to,
          const KipFactTable *from,
          guint               row)
{
  guint i = to->n;

#define COPY(Type, name) to->name[i] = from->name[row];
  KIP_FACT_COLUMNS (COPY)
#undef COPY
  if (to->cause[i] != NULL)
    g_ref_string_acquire (to->cause[i]);
  to->first_phase[i] = to->phases->len;
  to->first_resolution[i] = to->resolutions->len;
  to->first_pause[i] = to->pauses->len;
  to->first_touch[i] = to->touches->len;
  copy_part (to->phases, from->phases, from->first_phase[row], KIP_FACT_END (from, phases, first_phase, row));
  copy_part (to->resolutions, from->resolutions, from->first_resolution[row],
             KIP_FACT_END (from, resolutions, first_resolution, row));
  copy_part (to->pauses, from->pauses, from->first_pause[row], KIP_FACT_END (from, pauses, first_pause, row));
  copy_part (to->touches, from->touches, from->first_touch[row], KIP_FACT_END (from, touches, first_touch, row));
  to->n++;
}

static GHashTable *
set_of (const GArray *ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, KipId, i));
  return set;
}

KipFactTable *
kip_fact_table_renew (const KipFactTable *table,
                      const GArray       *ids,
                      const KipFactTable *news)
{
  g_autoptr (GHashTable) gone = set_of (ids);
  KipFactTable *renewed = kip_fact_table_new ();

  make_room (renewed, table->n + news->n);
  for (guint i = 0; i < table->n; i++)
    if (!g_hash_table_contains (gone, &table->id[i]))
      copy_row (renewed, table, i);
  for (guint i = 0; i < news->n; i++)
    copy_row (renewed, news, i);
  return renewed;
}

guint8 *
kip_fact_table_select (const KipFactTable *table,
                       const GArray       *ids)
{
  g_autoptr (GHashTable) wanted = set_of (ids);
  guint8 *mask = g_new0 (guint8, table->n + 1);

  for (guint i = 0; i < table->n; i++)
    mask[i] = g_hash_table_contains (wanted, &table->id[i]);
  return mask;
}
