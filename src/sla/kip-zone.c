/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-zone.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define LARGEST_OFFSET SECONDS_PER_DAY

static gint64
offset_at (GTimeZone *rules,
           gint64     utc)
{
  int interval = g_time_zone_find_interval (rules, G_TIME_TYPE_UNIVERSAL, utc);

  return interval < 0 ? 0 : g_time_zone_get_offset (rules, interval);
}

/* The first second at which the offset is no longer that of @before. */
static gint64
find_change (GTimeZone *rules,
             gint64     before,
             gint64     after)
{
  gint64 offset = offset_at (rules, before);

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (offset_at (rules, middle) == offset)
        before = middle;
      else
        after = middle;
    }
  return after;
}

void
kip_zone_init (KipZone   *zone,
               GTimeZone *rules,
               KipDay     first,
               KipDay     last)
{
  gint64 end = (last + 2) * SECONDS_PER_DAY;
  KipZoneSpan span = { (first - 2) * SECONDS_PER_DAY, 0 };

  zone->spans = g_array_new (FALSE, FALSE, sizeof (KipZoneSpan));
  zone->hint = 0;
  span.offset = offset_at (rules, span.from);
  g_array_append_val (zone->spans, span);
  for (gint64 day = span.from; day < end; day += SECONDS_PER_DAY)
    {
      gint64 offset = offset_at (rules, day + SECONDS_PER_DAY);

      if (offset == span.offset)
        continue;
      span.from = find_change (rules, day, day + SECONDS_PER_DAY);
      span.offset = offset;
      g_array_append_val (zone->spans, span);
    }
}

void
kip_zone_clear (KipZone *zone)
{
  g_clear_pointer (&zone->spans, g_array_unref);
}

static const KipZoneSpan *
span_nth (KipZone *zone,
          guint    index)
{
  return &g_array_index (zone->spans, KipZoneSpan, index);
}

gint64
kip_zone_to_utc (KipZone *zone,
                 gint64   local)
{
  guint last = zone->spans->len - 1;
  guint i = zone->hint;

  /* Go to the first span that may hold this local time … */
  while (i > 0 && local - LARGEST_OFFSET < span_nth (zone, i)->from)
    i--;
  while (i < last && local - span_nth (zone, i)->offset >= span_nth (zone, i + 1)->from)
    {
      /* … and stop before a gap that swallows it. */
      if (local - span_nth (zone, i + 1)->offset < span_nth (zone, i + 1)->from)
        break;
      i++;
    }
  zone->hint = i;
  return local - span_nth (zone, i)->offset;
}
