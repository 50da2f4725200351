/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-figure-book.h"

/* Of a measure and the one told with it: by time and in one, of the range and the one before. */
#define MOST_AT_ONCE 9

typedef struct
{
  KipMeasure measure;
  KipBy      by;
  gboolean   before;
  GArray    *figures; /* (owned) (nullable) still being computed */
} Page;

struct _KipFigureBook
{
  KipScope   scopes[2]; /* the range, and the one before */
  KipBy      by;
  gboolean   compare;
  GMutex     lock;
  GCond      found;
  GPtrArray *pages;     /* (owned) of Page (mutex lock) */
};

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->figures, g_array_unref);
  g_free (page);
}

KipFigureBook *
kip_figure_book_new (const KipScope *scope)
{
  KipFigureBook *book = g_new0 (KipFigureBook, 1);

  book->scopes[0] = book->scopes[1] = *scope;
  book->scopes[1].range = kip_range_shift (&scope->range, -1, scope->zone);
  book->by = KIP_BY_NOTHING;
  book->pages = g_ptr_array_new_with_free_func (page_free);
  g_mutex_init (&book->lock);
  g_cond_init (&book->found);
  return book;
}

void
kip_figure_book_free (KipFigureBook *book)
{
  g_ptr_array_unref (book->pages);
  g_mutex_clear (&book->lock);
  g_cond_clear (&book->found);
  g_free (book);
}

void
kip_figure_book_expect (KipFigureBook *book,
                        KipBy          by,
                        gboolean       compare)
{
  book->by = by;
  book->compare = compare;
}

/* ---- what to compute ---- */

/* With the lock. */
static Page *
find_page (KipFigureBook *book,
           KipMeasure     measure,
           KipBy          by,
           gboolean       before)
{
  for (guint i = 0; i < book->pages->len; i++)
    {
      Page *page = g_ptr_array_index (book->pages, i);

      if (page->measure == measure && page->by == by && page->before == before)
        return page;
    }
  return NULL;
}

static void
plan_one (KipFigureBook *book,
          KipMeasure     measure,
          KipBy          by,
          gboolean       before,
          GPtrArray     *planned)
{
  Page *page;

  if (find_page (book, measure, by, before) != NULL)
    return;
  page = g_new0 (Page, 1);
  page->measure = measure;
  page->by = by;
  page->before = before;
  g_ptr_array_add (book->pages, page);
  g_ptr_array_add (planned, page);
}

/* The 90th percentile beside the median.  Means are asked for alone. */
static KipMeasure
companion_of (KipMeasure measure)
{
  KipMeasure other = measure == KIP_MEASURE_RESPONSE_MEDIAN ? KIP_MEASURE_RESPONSE_P90
                     : measure == KIP_MEASURE_RESPONSE_P90 ? KIP_MEASURE_RESPONSE_MEDIAN
                     : measure == KIP_MEASURE_FULL_MEDIAN ? KIP_MEASURE_FULL_P90
                     : measure == KIP_MEASURE_FULL_P90 ? KIP_MEASURE_FULL_MEDIAN
                                                            : measure;

  return kip_measure_is_told_with (measure, other) ? other : measure;
}

/* Of the range before there is one figure, and a ghost of some charts. */
static gboolean
is_expected (const KipFigureBook *book,
             KipMeasure           measure,
             KipBy                by,
             gboolean             before)
{
  gboolean has_ghost = measure == KIP_MEASURE_RECEIVED || measure == KIP_MEASURE_RESPONSE_MEDIAN || measure == KIP_MEASURE_FULL_MEDIAN;

  if (!before)
    return TRUE;
  if (by == KIP_BY_NOTHING)
    return measure != KIP_MEASURE_RESPONSE_P90 && measure != KIP_MEASURE_FULL_P90;
  return book->compare && has_ghost;
}

/* With the lock.  Asks for the same numbers lie side by side. */
static void
plan (KipFigureBook *book,
      KipMeasure     measure,
      KipBy          by,
      gboolean       before,
      GPtrArray     *planned)
{
  KipMeasure both[] = { measure, companion_of (measure) };
  KipBy bys[] = { by, by == KIP_BY_NOTHING ? book->by : KIP_BY_NOTHING };
  gboolean course = by == KIP_BY_NOTHING || by == book->by;

  if (!is_expected (book, measure, by, before) || !course)
    plan_one (book, measure, by, before, planned);
  for (guint i = 0; i < 8 && course; i++)
    if (is_expected (book, both[i % 2], bys[i / 2 % 2], i / 4))
      plan_one (book, both[i % 2], bys[i / 2 % 2], i / 4, planned);
}

static void
compute (KipFigureBook *book,
         GPtrArray     *planned)
{
  KipAsk asks[MOST_AT_ONCE];

  for (guint i = 0; i < planned->len; i++)
    {
      const Page *page = g_ptr_array_index (planned, i);

      asks[i] = (KipAsk) { page->measure, &book->scopes[page->before], page->by, NULL };
    }
  kip_measure_compute_many (asks, planned->len);
  g_mutex_lock (&book->lock);
  for (guint i = 0; i < planned->len; i++)
    ((Page *) g_ptr_array_index (planned, i))->figures = asks[i].figures;
  g_cond_broadcast (&book->found);
  g_mutex_unlock (&book->lock);
}

static gboolean
is_of_book (const KipFigureBook *book,
            const KipScope      *scope)
{
  const KipScope *own = &book->scopes[0];

  return scope->range.from == own->range.from && scope->range.to == own->range.to && scope->elapsed == own->elapsed
         && scope->now == own->now && scope->mask == own->mask;
}

static GArray *
compute_other (const KipScope *scope,
               KipMeasure      measure,
               KipBy           by,
               gboolean        before)
{
  KipScope other = *scope;

  if (before)
    other.range = kip_range_shift (&scope->range, -1, scope->zone);
  return kip_measure_compute (measure, &other, by);
}

GArray *
kip_figure_book_get (KipFigureBook  *book,
                     const KipScope *scope,
                     KipMeasure      measure,
                     KipBy           by,
                     gboolean        before)
{
  g_autoptr (GPtrArray) planned = g_ptr_array_new ();
  Page *page;
  GArray *figures;

  if (!is_of_book (book, scope))
    return compute_other (scope, measure, by, before);
  g_mutex_lock (&book->lock);
  page = find_page (book, measure, by, before);
  if (page == NULL)
    {
      plan (book, measure, by, before, planned);
      g_mutex_unlock (&book->lock);
      compute (book, planned);
      g_mutex_lock (&book->lock);
      page = find_page (book, measure, by, before);
    }
  while (page->figures == NULL)
    g_cond_wait (&book->found, &book->lock);
  figures = g_array_ref (page->figures);
  g_mutex_unlock (&book->lock);
  return figures;
}
