/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fact-private.h"

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

static gboolean
may_go_on (const KipFactClock *clock)
{
  return clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED;
}

static KipInstant
clock_last (const KipFactClock *clock)
{
  return MAX (clock->stopped, clock->breached);
}

/* KIP_INSTANT_NONE is before everything. */
static KipInstant
find_last (const KipFactTable *table,
           const KipFact      *row)
{
  const KipFactResolution *resolution = row->n_resolutions > 0 ? &g_array_index (table->resolutions, KipFactResolution,
                                                                                 row->first_resolution + row->n_resolutions - 1) : NULL;
  KipInstant last = MAX (row->received, row->responded);

  if (resolution == NULL || resolution->reopened != KIP_INSTANT_NONE || may_go_on (&row->response)
      || may_go_on (&row->update) || may_go_on (&row->resolution))
    return G_MAXINT64;
  last = MAX (last, resolution->at);
  for (guint i = 0; i < row->n_touches; i++)
    last = MAX (last, g_array_index (table->touches, KipFactTouch, row->first_touch + i).at);
  for (guint i = 0; i < row->n_phases; i++)
    last = MAX (last, g_array_index (table->phases, KipFactPhase, row->first_phase + i).at);
  last = MAX (last, MAX (clock_last (&row->response), clock_last (&row->update)));
  return MAX (last, clock_last (&row->resolution));
}

static void
begin_parts (const KipFactTable *table,
             KipFact            *row)
{
  row->first_phase = table->phases->len;
  row->first_resolution = table->resolutions->len;
  row->first_pause = table->pauses->len;
  row->first_touch = table->touches->len;
}

static void
count_parts (const KipFactTable *table,
             KipFact            *row)
{
  row->n_phases = (guint16) (table->phases->len - row->first_phase);
  row->n_resolutions = (guint16) (table->resolutions->len - row->first_resolution);
  row->n_pauses = (guint16) (table->pauses->len - row->first_pause);
  row->n_touches = (guint16) (table->touches->len - row->first_touch);
}

static void
append_row (KipFactTable  *table,
            const KipFact *row)
{
  guint i = table->n;

  make_room (table, i + 1);
#define PUT(Type, name) table->name[i] = row->name;
  KIP_FACT_COLUMNS (PUT)
#undef PUT
  if (row->cause != NULL)
    g_ref_string_acquire (row->cause);
  table->n++;
}

static void
append_part (GArray       *to,
             const GArray *part)
{
  if (part != NULL && part->len > 0)
    g_array_append_vals (to, part->data, MIN (part->len, KIP_FACT_MOST_PARTS));
}

void
kip_fact_table_add (KipFactTable  *table,
                    const KipFact *fact)
{
  KipFact row = *fact;

  begin_parts (table, &row);
  append_part (table->phases, fact->phases);
  append_part (table->resolutions, fact->resolutions);
  append_part (table->pauses, fact->pauses);
  append_part (table->touches, fact->touches);
  count_parts (table, &row);
  row.last = find_last (table, &row);
  append_row (table, &row);
}

void
kip_fact_table_begin (KipFactTable *table,
                      KipFact      *fact)
{
  begin_parts (table, fact);
  fact->phases = table->phases;
  fact->resolutions = table->resolutions;
  fact->pauses = table->pauses;
  fact->touches = table->touches;
}

void
kip_fact_table_end (KipFactTable *table,
                    KipFact      *fact,
                    gboolean      good)
{
  if (good)
    {
      count_parts (table, fact);
      fact->last = find_last (table, fact);
      append_row (table, fact);
      return;
    }
  g_array_set_size (table->phases, fact->first_phase);
  g_array_set_size (table->resolutions, fact->first_resolution);
  g_array_set_size (table->pauses, fact->first_pause);
  g_array_set_size (table->touches, fact->first_touch);
}

void
kip_fact_clear (KipFact *fact)
{
  g_clear_pointer (&fact->phases, g_array_unref);
  g_clear_pointer (&fact->resolutions, g_array_unref);
  g_clear_pointer (&fact->pauses, g_array_unref);
  g_clear_pointer (&fact->touches, g_array_unref);
  g_clear_pointer (&fact->cause, g_ref_string_release);
}

/* ---- renewing ---- */

static void
copy_part (GArray       *to,
           const GArray *from,
           guint         begin,
           guint         n)
{
  if (n > 0)
    g_array_append_vals (to, from->data + (gsize) begin * g_array_get_element_size ((GArray *) from), n);
}

static void
copy_row (KipFactTable       *to,
          const KipFactTable *from,
          guint               row)
{
  guint i = to->n;

  make_room (to, i + 1);
#define COPY(Type, name) to->name[i] = from->name[row];
  KIP_FACT_COLUMNS (COPY)
#undef COPY
  if (to->cause[i] != NULL)
    g_ref_string_acquire (to->cause[i]);
  to->first_phase[i] = to->phases->len;
  to->first_resolution[i] = to->resolutions->len;
  to->first_pause[i] = to->pauses->len;
  to->first_touch[i] = to->touches->len;
  copy_part (to->phases, from->phases, from->first_phase[row], from->n_phases[row]);
  copy_part (to->resolutions, from->resolutions, from->first_resolution[row], from->n_resolutions[row]);
  copy_part (to->pauses, from->pauses, from->first_pause[row], from->n_pauses[row]);
  copy_part (to->touches, from->touches, from->first_touch[row], from->n_touches[row]);
  to->n++;
}

/* The last row takes its place. */
static void
remove_row (KipFactTable *table,
            guint         row)
{
  guint last = table->n - 1;

  g_clear_pointer (&table->cause[row], g_ref_string_release);
#define MOVE(Type, name) table->name[row] = table->name[last];
  KIP_FACT_COLUMNS (MOVE)
#undef MOVE
  table->n--;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  KipId x = *(const KipId *) a, y = *(const KipId *) b;

  return (x > y) - (x < y);
}

/* The same ids in order; most lists are in order already. */
static GArray *
sorted (const GArray *ids)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (KipId), ids->len);
  gboolean in_order = TRUE;

  g_array_append_vals (copy, ids->data, ids->len);
  for (guint i = 1; i < ids->len && in_order; i++)
    in_order = g_array_index (ids, KipId, i - 1) <= g_array_index (ids, KipId, i);
  if (!in_order)
    g_array_sort (copy, compare_ids);
  return copy;
}

/* Whether @id is among @ids, in order.  @at: where to look first and where it would
 * be; ids that are asked for in order are found at once. */
static gboolean
is_among (const GArray *ids,
          KipId         id,
          guint        *at)
{
  const KipId *all = (const KipId *) (gpointer) ids->data;
  guint low = 0, high = ids->len;

  if (*at < high && all[*at] >= id && (*at == 0 || all[*at - 1] < id))
    return all[*at] == id;
  if (*at + 1 < high && all[*at] < id && all[*at + 1] >= id)
    return all[++*at] == id;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (all[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  *at = low;
  return low < ids->len && all[low] == id;
}

void
kip_fact_table_renew (KipFactTable       *table,
                      const GArray       *ids,
                      const KipFactTable *news,
                      KipFactRowFunc      leaves,
                      gpointer            data)
{
  g_autoptr (GArray) gone = sorted (ids);
  guint at = 0;

  for (guint i = table->n; i > 0 && gone->len > 0; i--)
    if (is_among (gone, table->id[i - 1], &at))
      {
        if (leaves != NULL)
          leaves (table, i - 1, data);
        remove_row (table, i - 1);
      }
  for (guint i = 0; i < news->n; i++)
    copy_row (table, news, i);
}

guint8 *
kip_fact_table_select (const KipFactTable *table,
                       const GArray       *ids)
{
  g_autoptr (GArray) wanted = sorted (ids);
  guint8 *mask = g_new0 (guint8, table->n + 1);
  guint at = 0;

  for (guint i = 0; i < table->n && wanted->len > 0; i++)
    mask[i] = is_among (wanted, table->id[i], &at);
  return mask;
}
