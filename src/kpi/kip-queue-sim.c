/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-queue-sim.h"

/* A job and what is left of it. */
typedef struct
{
  guint  job;
  gint64 left;
} Part;

typedef struct
{
  KipQueueJob *jobs;
  guint   servers;
  gint64  now;
  GArray *waiting; /* (owned) of Part: a heap, the most urgent on top */
  GArray *served;  /* (owned) of Part: at most servers */
} House;

static gboolean
is_more_urgent (const House *house,
                guint        a,
                guint        b)
{
  const KipQueueJob *x = &house->jobs[a], *y = &house->jobs[b];

  return x->due != y->due ? x->due < y->due : a < b;
}

/* ---- the heap of those who wait ---- */

static Part *
nth (GArray *parts,
     guint   index)
{
  return &g_array_index (parts, Part, index);
}

static void
swap (GArray *heap,
      guint   a,
      guint   b)
{
  Part part = *nth (heap, a);

  *nth (heap, a) = *nth (heap, b);
  *nth (heap, b) = part;
}

static void
push (House *house,
      Part   part)
{
  guint i = house->waiting->len;

  g_array_append_val (house->waiting, part);
  while (i > 0 && is_more_urgent (house, nth (house->waiting, i)->job, nth (house->waiting, (i - 1) / 2)->job))
    {
      swap (house->waiting, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static Part
pop (House *house)
{
  GArray *heap = house->waiting;
  Part top = *nth (heap, 0);
  guint i = 0;

  *nth (heap, 0) = *nth (heap, heap->len - 1);
  g_array_set_size (heap, heap->len - 1);
  for (;;)
    {
      guint best = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < heap->len; child++)
        if (is_more_urgent (house, nth (heap, child)->job, nth (heap, best)->job))
          best = child;
      if (best == i)
        return top;
      swap (heap, i, best);
      i = best;
    }
}

/* ---- those who are served ---- */

static void
serve (House *house,
       Part   part)
{
  KipQueueJob *job = &house->jobs[part.job];

  if (job->start < 0)
    job->start = house->now;
  g_array_append_val (house->served, part);
}

static guint
least_urgent (const House *house)
{
  guint worst = 0;

  for (guint i = 1; i < house->served->len; i++)
    if (is_more_urgent (house, nth (house->served, worst)->job, nth (house->served, i)->job))
      worst = i;
  return worst;
}

static void
settle (House *house)
{
  while (house->waiting->len > 0)
    {
      guint worst;

      if (house->served->len < house->servers)
        {
          serve (house, pop (house));
          continue;
        }
      worst = least_urgent (house);
      if (!is_more_urgent (house, nth (house->waiting, 0)->job, nth (house->served, worst)->job))
        return;
      push (house, *nth (house->served, worst));
      g_array_remove_index_fast (house->served, worst);
      serve (house, pop (house));
    }
}

/* When the next of them is done, if nobody comes. */
static gint64
next_finish (const House *house)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < house->served->len; i++)
    least = MIN (least, nth (house->served, i)->left);
  return least == G_MAXINT64 ? G_MAXINT64 : house->now + least;
}

static void
advance (House *house,
         gint64 to)
{
  for (guint i = house->served->len; i > 0; i--)
    {
      Part *part = nth (house->served, i - 1);

      part->left -= to - house->now;
      if (part->left > 0)
        continue;
      house->jobs[part->job].finish = to;
      g_array_remove_index_fast (house->served, i - 1);
    }
  house->now = to;
}

void
kip_queue_simulate (KipQueueJob *jobs,
                    guint        n,
                    guint        servers)
{
  House house = { jobs, MAX (servers, 1), 0, g_array_new (FALSE, FALSE, sizeof (Part)),
                  g_array_sized_new (FALSE, FALSE, sizeof (Part), servers) };
  guint arrived = 0;

  for (guint i = 0; i < n; i++)
    jobs[i].start = jobs[i].finish = -1;
  house.now = n > 0 ? jobs[0].arrival : 0;
  while (arrived < n || house.served->len > 0)
    {
      gint64 finish = next_finish (&house);

      if (arrived < n && jobs[arrived].arrival <= finish)
        {
          advance (&house, jobs[arrived].arrival);
          for (; arrived < n && jobs[arrived].arrival == house.now; arrived++)
            push (&house, (Part) { arrived, MAX (jobs[arrived].service, 1) });
        }
      else
        advance (&house, finish);
      settle (&house);
    }
  g_array_unref (house.waiting);
  g_array_unref (house.served);
}
