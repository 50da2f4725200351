/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review.h"

#include <string.h>

enum
{
  KEY_ELAPSED = 1,
  KEY_LIST = 2
};

enum
{
  KEY_MEASURE = 1,
  KEY_AMOUNT = 2,
  KEY_N = 3,
  KEY_VERDICT = 4,
  KEY_DIRECTION = 5,
  KEY_TARGET = 6,
  KEY_GOAL = 7,
  KEY_GOAL_VERSION = 8,
  KEY_DEFINITION = 9
};

/* ---- figures ---- */

static KipValue *
figure_to_value (const KipReviewFigure *figure)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, KEY_MEASURE, kip_value_text (figure->measure));
  if (figure->known)
    kip_value_put (map, KEY_AMOUNT, kip_value_int (figure->amount));
  kip_value_put (map, KEY_N, kip_value_int (figure->n));
  if (figure->verdict != KIP_GOAL_NONE)
    {
      kip_value_put (map, KEY_VERDICT, kip_value_int (figure->verdict));
      kip_value_put (map, KEY_DIRECTION, kip_value_int (figure->direction));
      kip_value_put (map, KEY_TARGET, kip_value_int (figure->target));
      kip_value_put (map, KEY_GOAL, kip_value_int ((gint64) figure->goal));
      kip_value_put (map, KEY_GOAL_VERSION, kip_value_int (figure->version));
    }
  kip_value_put (map, KEY_DEFINITION, kip_value_int (figure->definition));
  return map;
}

KipValue *
kip_review_figures_to_value (const GArray *figures,
                             gboolean      elapsed)
{
  KipValue *map = kip_value_map ();
  KipValue *list = kip_value_list ();

  for (guint i = 0; i < figures->len; i++)
    kip_value_append (list, figure_to_value (&g_array_index (figures, KipReviewFigure, i)));
  if (elapsed)
    kip_value_put (map, KEY_ELAPSED, kip_value_int (1));
  kip_value_put (map, KEY_LIST, list);
  return map;
}

static KipGoalVerdict
read_verdict (const KipValue *map)
{
  gint64 verdict = kip_value_map_int (map, KEY_VERDICT, KIP_GOAL_NONE);

  return verdict >= KIP_GOAL_MET && verdict <= KIP_GOAL_UNKNOWN ? (KipGoalVerdict) verdict : KIP_GOAL_NONE;
}

static void
read_figure (const KipValue  *map,
             KipReviewFigure *figure)
{
  figure->measure = kip_value_map_text (map, KEY_MEASURE);
  figure->known = kip_value_lookup (map, KEY_AMOUNT) != NULL;
  figure->amount = kip_value_map_int (map, KEY_AMOUNT, 0);
  figure->n = (guint) CLAMP (kip_value_map_int (map, KEY_N, 0), 0, G_MAXUINT);
  figure->verdict = read_verdict (map);
  figure->direction = kip_value_map_int (map, KEY_DIRECTION, 0) == KIP_GOAL_AT_LEAST ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST;
  figure->target = kip_value_map_int (map, KEY_TARGET, 0);
  figure->goal = (KipId) kip_value_map_int (map, KEY_GOAL, 0);
  figure->version = (guint) CLAMP (kip_value_map_int (map, KEY_GOAL_VERSION, 0), 0, G_MAXUINT);
  figure->definition = (guint) CLAMP (kip_value_map_int (map, KEY_DEFINITION, 0), 0, G_MAXUINT);
}

static void
read_figures (KipReview      *review,
              const KipValue *value)
{
  const KipValue *list = value != NULL ? kip_value_lookup (value, KEY_LIST) : NULL;
  guint n = kip_value_type (list) == KIP_VALUE_LIST ? kip_value_length (list) : 0;

  review->elapsed = value != NULL && kip_value_map_int (value, KEY_ELAPSED, 0) != 0;
  for (guint i = 0; i < n; i++)
    {
      KipReviewFigure figure = { 0 };

      read_figure (kip_value_nth (list, i), &figure);
      if (figure.measure != NULL)
        g_array_append_val (review->figures, figure);
    }
}

/* ---- a review ---- */

static void
read_actions (KipReview *review,
              KipEntity *entity)
{
  g_autoptr (GPtrArray) set = kip_entity_get_set (entity, KIP_FIELD_REVIEW_ACTIONS);

  for (guint i = 0; i < set->len; i++)
    {
      KipId id = (KipId) kip_value_get_int (g_ptr_array_index (set, i), 0);

      if (id != KIP_ID_NONE)
        g_array_append_val (review->actions, id);
    }
}

KipReview *
kip_review_new (KipEntity *entity)
{
  KipReview *review = g_new0 (KipReview, 1);

  review->id = kip_entity_get_id (entity);
  review->from = kip_entity_get_int (entity, KIP_FIELD_REVIEW_FROM, KIP_INSTANT_NONE);
  review->to = kip_entity_get_int (entity, KIP_FIELD_REVIEW_TO, KIP_INSTANT_NONE);
  review->held = kip_entity_get_int (entity, KIP_FIELD_REVIEW_HELD, KIP_INSTANT_NONE);
  review->agent = (KipId) kip_entity_get_int (entity, KIP_FIELD_REVIEW_AGENT, 0);
  review->team = (KipId) kip_entity_get_int (entity, KIP_FIELD_REVIEW_TEAM, 0);
  review->agreed = kip_entity_get_text (entity, KIP_FIELD_REVIEW_AGREED);
  review->note = kip_entity_get_text (entity, KIP_FIELD_NOTE);
  review->deleted = kip_entity_get_int (entity, KIP_FIELD_DELETED, 0) != 0;
  review->figures = g_array_new (FALSE, FALSE, sizeof (KipReviewFigure));
  review->actions = g_array_new (FALSE, FALSE, sizeof (KipId));
  read_figures (review, kip_entity_get (entity, KIP_FIELD_REVIEW_FIGURES));
  read_actions (review, entity);
  return review;
}

void
kip_review_free (KipReview *review)
{
  g_array_unref (review->figures);
  g_array_unref (review->actions);
  g_free (review);
}

static int
narrowness (const KipReview *review)
{
  return review->agent != KIP_ID_NONE ? 2 : review->team != KIP_ID_NONE ? 1 : 0;
}

int
kip_review_compare (const KipReview *a,
                    const KipReview *b)
{
  if (a->to != b->to)
    return a->to > b->to ? -1 : 1;
  if (a->from != b->from)
    return a->from > b->from ? -1 : 1;
  if (narrowness (a) != narrowness (b))
    return narrowness (a) - narrowness (b);
  return (a->id > b->id) - (a->id < b->id);
}

const KipReviewFigure *
kip_review_find (const KipReview *review,
                 const char      *measure)
{
  for (guint i = 0; i < review->figures->len; i++)
    {
      const KipReviewFigure *figure = &g_array_index (review->figures, KipReviewFigure, i);

      if (strcmp (figure->measure, measure) == 0)
        return figure;
    }
  return NULL;
}
