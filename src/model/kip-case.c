/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-case.h"

#include "kip-case-relatives.h"

#include <string.h>

struct _KipCase
{
  GObject           parent_instance;
  KipSession       *session;   /* (owned) */
  KipStore         *store;     /* (owned) */
  KipId             id;        /* what was asked for */
  KipTicket        *ticket;    /* (owned) (nullable) what was read */
  KipClock          clocks[KIP_N_CLOCKS];
  KipCaseRelatives *relatives; /* (owned) */
  KipCaseTidings   *tidings;   /* (owned) (nullable) of the ticket */
  KipWords          words;     /* office: borrowed from the store */
  GCancellable     *reading;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KipCase, kip_case, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_RELATED_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- reading ---- */

static void
update_words (KipCase *self)
{
  self->words.office = kip_store_get_office (self->store);
  self->words.tickets = kip_case_relatives_get_names (self->relatives);
}

static void
relatives_changed_cb (KipCase *self)
{
  update_words (self);
  g_signal_emit (self, signals[SIGNAL_RELATED_CHANGED], 0);
}

static void
take_tidings (KipCase        *self,
              KipCaseTidings *tidings)
{
  gboolean same = kip_case_tidings_equal (self->tidings, tidings);

  g_clear_pointer (&self->tidings, kip_case_tidings_free);
  self->tidings = tidings;
  if (!same)
    g_signal_emit (self, signals[SIGNAL_RELATED_CHANGED], 0);
}

/* A ticket without them is a whole ticket; they keep no case alive. */
static void
tidings_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree GWeakRef *weak = data;
  g_autoptr (KipCase) self = g_weak_ref_get (weak);
  g_autoptr (KipCaseTidings) tidings = kip_case_tidings_read_finish (result, NULL);

  g_weak_ref_clear (weak);
  if (self != NULL && tidings != NULL && self->ticket != NULL && tidings->ticket == self->ticket->id)
    take_tidings (self, g_steal_pointer (&tidings));
}

static void
read_tidings (KipCase *self)
{
  GWeakRef *weak;

  if (self->ticket == NULL || (self->tidings != NULL && self->tidings->ticket != self->ticket->id))
    g_clear_pointer (&self->tidings, kip_case_tidings_free);
  if (self->ticket == NULL)
    return;
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  kip_case_tidings_read_async (self->store, self->ticket->id, NULL, tidings_cb, weak);
}

static void
take_ticket (KipCase   *self,
             KipTicket *ticket)
{
  g_clear_pointer (&self->ticket, kip_ticket_unref);
  self->ticket = ticket;
  memset (self->clocks, 0, sizeof self->clocks);
  update_words (self);
  if (ticket != NULL)
    kip_ticket_clocks (ticket, kip_store_get_agreements (self->store), self->clocks);
  kip_case_relatives_read (self->relatives, ticket);
  read_tidings (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipCase) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicket) ticket = kip_store_ticket_finish (KIP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ticket != NULL && ticket->id != self->id)
    return;
  g_clear_object (&self->reading);
  take_ticket (self, g_steal_pointer (&ticket));
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
stop_reading (KipCase *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_ticket (KipCase *self)
{
  stop_reading (self);
  if (self->id == KIP_ID_NONE)
    return;
  self->reading = g_cancellable_new ();
  kip_store_ticket_async (self->store, self->id, self->reading, read_cb, g_object_ref (self));
}

void
kip_case_open (KipCase *self,
               KipId    ticket)
{
  g_return_if_fail (KIP_IS_CASE (self));

  if (ticket == self->id)
    return;
  self->id = ticket;
  read_ticket (self);
  take_ticket (self, NULL);
}

/* ---- what others do ---- */

static gboolean
is_merged_here (KipCase *self,
                KipId    id)
{
  GPtrArray *merged = self->ticket != NULL ? self->ticket->merged : NULL;

  for (guint i = 0; merged != NULL && i < merged->len; i++)
    if (kip_entity_get_id (g_ptr_array_index (merged, i)) == id)
      return TRUE;
  return FALSE;
}

static void
store_changed_cb (KipCase *self,
                  GArray  *changes)
{
  gboolean own = changes->len == 0, related = FALSE;

  if (self->id == KIP_ID_NONE)
    return;
  for (guint i = 0; i < changes->len && !own; i++)
    {
      const KipChanged *changed = &g_array_index (changes, KipChanged, i);

      if (changed->kind != KIP_KIND_TICKET)
        continue;
      own = changed->id == self->id || is_merged_here (self, changed->id);
      related = related || changed->is_new || kip_case_relatives_get_row (self->relatives, changed->id) != NULL;
    }
  if (own)
    read_ticket (self);
  else if (related)
    kip_case_relatives_read (self->relatives, self->ticket);
}

static void
office_changed_cb (KipCase *self)
{
  update_words (self);
  if (self->ticket != NULL)
    read_ticket (self);
}

/* ---- object ---- */

static void
kip_case_constructed (GObject *object)
{
  KipCase *self = KIP_CASE (object);

  G_OBJECT_CLASS (kip_case_parent_class)->constructed (object);
  self->store = g_object_ref (kip_session_get_store (self->session));
  self->relatives = kip_case_relatives_new (self->store);
  g_signal_connect_object (self->relatives, "changed", G_CALLBACK (relatives_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "office-changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  update_words (self);
}

static void
kip_case_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    KIP_CASE (object)->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_case_dispose (GObject *object)
{
  KipCase *self = KIP_CASE (object);

  stop_reading (self);
  if (self->relatives != NULL)
    kip_case_relatives_read (self->relatives, NULL);
  g_clear_pointer (&self->ticket, kip_ticket_unref);
  g_clear_pointer (&self->tidings, kip_case_tidings_free);
  g_clear_object (&self->relatives);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_case_parent_class)->dispose (object);
}

static void
kip_case_class_init (KipCaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kip_case_constructed;
  object_class->set_property = kip_case_set_property;
  object_class->dispose = kip_case_dispose;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, KIP_TYPE_SESSION,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_RELATED_CHANGED] = g_signal_new ("related-changed", KIP_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                  NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", KIP_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kip_case_init (KipCase *self)
{
}

KipCase *
kip_case_new (KipSession *session)
{
  return g_object_new (KIP_TYPE_CASE, "session", session, NULL);
}

/* ---- getters ---- */

KipSession *
kip_case_get_session (KipCase *self)
{
  return self->session;
}

KipStore *
kip_case_get_store (KipCase *self)
{
  return self->store;
}

KipOffice *
kip_case_get_office (KipCase *self)
{
  return kip_store_get_office (self->store);
}

KipId
kip_case_get_id (KipCase *self)
{
  return self->id;
}

KipTicket *
kip_case_get_ticket (KipCase *self)
{
  return self->ticket;
}

const KipClock *
kip_case_get_clocks (KipCase *self)
{
  return self->clocks;
}

void
kip_case_read_clock (KipCase         *self,
                     KipClockKind     kind,
                     KipInstant       now,
                     KipClockReading *reading)
{
  kip_clock_read (&self->clocks[kind], kip_store_get_agreements (self->store), now, reading);
}

const KipWords *
kip_case_get_words (KipCase *self)
{
  update_words (self);
  return &self->words;
}

const KipTicketRow *
kip_case_get_row (KipCase *self,
                  KipId    ticket)
{
  return kip_case_relatives_get_row (self->relatives, ticket);
}

GPtrArray *
kip_case_get_children (KipCase *self)
{
  return kip_case_relatives_get_children (self->relatives);
}

GPtrArray *
kip_case_get_of_requester (KipCase *self)
{
  return kip_case_relatives_get_of_requester (self->relatives);
}

const KipCaseTidings *
kip_case_get_tidings (KipCase *self)
{
  return self->tidings;
}

void
kip_case_do (KipCase    *self,
             KipChange  *change,
             const char *label)
{
  kip_session_do (self->session, change, label, NULL, NULL);
}

/* ---- answers by others ---- */

static gboolean
is_answer_by_other (KipCase          *self,
                    const KipMessage *message)
{
  return (message->kind == KIP_MESSAGE_REPLY || message->kind == KIP_MESSAGE_CALL) &&
         message->author != kip_store_get_me (self->store);
}

guint
kip_case_count_answers (KipCase *self)
{
  guint n = 0;

  for (guint i = 0; self->ticket != NULL && i < self->ticket->messages->len; i++)
    n += is_answer_by_other (self, &g_array_index (self->ticket->messages, KipMessage, i));
  return n;
}

/* An answer that arrived late may be older than those that were seen. */
static const KipMessage *
last_to_arrive (KipCase *self)
{
  const KipMessage *last = NULL;

  for (guint i = 0; self->ticket != NULL && i < self->ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (self->ticket->messages, KipMessage, i);

      if (is_answer_by_other (self, message) && (last == NULL || message->row >= last->row))
        last = message;
    }
  return last;
}

const KipMessage *
kip_case_newer_answer (KipCase *self,
                       guint    seen)
{
  return kip_case_count_answers (self) > seen ? last_to_arrive (self) : NULL;
}
