/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-count.h"

#include "kip-clock.h"

struct _KipTicketCount
{
  GObject parent_instance;

  KipStore     *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the newest question */
};

G_DEFINE_FINAL_TYPE (KipTicketCount, kip_ticket_count, G_TYPE_OBJECT)

enum
{
  SIGNAL_COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
forget_question (KipTicketCount *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
kip_ticket_count_dispose (GObject *object)
{
  KipTicketCount *self = KIP_TICKET_COUNT (object);

  forget_question (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_ticket_count_parent_class)->dispose (object);
}

static void
kip_ticket_count_class_init (KipTicketCountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_ticket_count_dispose;
  signals[SIGNAL_COUNTED] = g_signal_new ("counted", KIP_TYPE_TICKET_COUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
kip_ticket_count_init (KipTicketCount *self)
{
}

KipTicketCount *
kip_ticket_count_new (KipStore *store)
{
  KipTicketCount *self = g_object_new (KIP_TYPE_TICKET_COUNT, NULL);

  self->store = g_object_ref (store);
  return self;
}

typedef struct
{
  GWeakRef      self;
  GCancellable *cancellable; /* (owned) */
} Question;

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Question *question = data;
  g_autoptr (KipTicketCount) self = g_weak_ref_get (&question->self);
  g_autoptr (GArray) counts = kip_store_count_finish (KIP_STORE (source), result, NULL);

  if (self != NULL && self->cancellable == question->cancellable && counts != NULL)
    g_signal_emit (self, signals[SIGNAL_COUNTED], 0, g_array_index (counts, guint, 0));
  g_weak_ref_clear (&question->self);
  g_object_unref (question->cancellable);
  g_free (question);
}

void
kip_ticket_count_ask (KipTicketCount *self,
                      const char     *text)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_unref);
  Question *question = g_new0 (Question, 1);

  forget_question (self);
  self->cancellable = g_cancellable_new ();
  g_weak_ref_init (&question->self, self);
  question->cancellable = g_object_ref (self->cancellable);
  g_ptr_array_add (queries, kip_query_parse (text));
  kip_store_count_async (self->store, queries, kip_clock_now (), self->cancellable, counted_cb, question);
}

void
kip_ticket_count_ask_name (KipTicketCount *self,
                           const char     *field,
                           const char     *name)
{
  g_autoptr (GString) query = g_string_new (field);

  g_string_append (query, ":\"");
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (query, '\\');
      g_string_append_c (query, *c);
    }
  g_string_append_c (query, '"');
  kip_ticket_count_ask (self, query->str);
}
