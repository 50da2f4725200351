/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-commands.h"

static void
action_clear (gpointer data)
{
  g_free (((KipReviewAction *) data)->what);
}

GArray *
kip_review_actions_new (void)
{
  GArray *actions = g_array_new (FALSE, TRUE, sizeof (KipReviewAction));

  g_array_set_clear_func (actions, action_clear);
  return actions;
}

/* The events of @from as part of @change: together they are one action of the person. */
static void
take_events (KipChange       *change,
             const KipChange *from)
{
  for (guint i = 0; i < from->events->len; i++)
    g_ptr_array_add (change->events, kip_event_copy (g_ptr_array_index (from->events, i)));
}

static void
put_action (KipStore              *store,
            KipChange             *change,
            KipId                  review,
            const KipNewReview    *held,
            const KipReviewAction *action)
{
  KipNewTicket ticket = { .subject = action->what, .description = held->origin, .requester = kip_store_get_me (store),
                          .channel = KIP_CHANNEL_WALK_IN, .received = KIP_INSTANT_NONE, .assignee = action->who,
                          .team = held->team };
  KipId id;
  g_autoptr (KipChange) made = kip_command_new_ticket (store, &ticket, &id);

  take_events (change, made);
  if (action->until != KIP_INSTANT_NONE)
    kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_DUE, action->until);
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_REVIEW, (gint64) review);
  kip_change_add (change, KIP_KIND_REVIEW, review, KIP_FIELD_REVIEW_ACTIONS, kip_value_int ((gint64) id));
}

static void
put_period (KipChange          *change,
            KipId               id,
            const KipNewReview *review)
{
  kip_change_set_int (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_FROM, review->from);
  kip_change_set_int (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_TO, review->to);
  kip_change_set_int (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_HELD,
                      review->held != KIP_INSTANT_NONE ? review->held : change->stamp->at);
  if (review->agent != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_AGENT, (gint64) review->agent);
  if (review->team != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_TEAM, (gint64) review->team);
}

KipChange *
kip_command_new_review (KipStore           *store,
                        const KipNewReview *review,
                        KipId              *ret_id)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "review");
  KipId id = kip_store_new_id (store);

  put_period (change, id, review);
  if (review->agreed != NULL && *review->agreed != '\0')
    kip_change_set_text (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_AGREED, review->agreed);
  kip_change_set (change, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_FIGURES,
                  kip_review_figures_to_value (review->figures, review->elapsed));
  for (guint i = 0; review->actions != NULL && i < review->actions->len; i++)
    put_action (store, change, id, review, &g_array_index (review->actions, KipReviewAction, i));
  if (ret_id != NULL)
    *ret_id = id;
  return change;
}

#define USUAL_END (17 * 60 * KIP_MS_PER_MINUTE)

KipInstant
kip_review_due (KipCalendar *calendar,
                KipDay       day)
{
  KipInstant start = kip_calendar_day_start (calendar, day);
  KipInstant close = kip_calendar_prev_close (calendar, kip_calendar_day_start (calendar, day + 1));

  return close > start ? close : start + USUAL_END;
}

gboolean
kip_review_may_hold (KipOffice *office,
                     KipId      me)
{
  const KipPerson *person = kip_office_person (office, me);

  return person != NULL && person->role == KIP_ROLE_MANAGER;
}

gboolean
kip_review_may_see (KipOffice       *office,
                    KipId            me,
                    const KipReview *review)
{
  return review->agent == KIP_ID_NONE || kip_review_may_hold (office, me);
}
