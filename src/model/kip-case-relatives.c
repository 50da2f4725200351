/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-case-relatives.h"

#include "kip-clock.h"

#define MAX_OF_REQUESTER 20
#define MAX_CHILDREN 500 /* of all tickets; beyond that the newest ones are asked */

struct _KipCaseRelatives
{
  GObject       parent_instance;
  KipStore     *store;        /* (owned) */
  GCancellable *cancellable;  /* (owned) (nullable) of the reading under way */
  KipId         ticket;       /* whose relatives they are */
  KipId         requester;
  GArray       *ids;          /* (owned) of KipId: those asked for, while reading */
  GPtrArray    *rows;         /* (owned) of KipTicketRow */
  GPtrArray    *children;     /* (owned) of KipTicketRow */
  GPtrArray    *of_requester; /* (owned) of KipTicketRow */
  GHashTable   *by_id;        /* (owned) gint64 → KipTicketRow, borrowed */
  GHashTable   *names;        /* (owned) gint64 → text */
};

G_DEFINE_FINAL_TYPE (KipCaseRelatives, kip_case_relatives, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kip_ticket_row_unref);
}

static gint64 *
new_key (KipId id)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) id;
  return key;
}

static void
forget (KipCaseRelatives *self)
{
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->names);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->children, 0);
  g_ptr_array_set_size (self->of_requester, 0);
}

/* ---- taking what was read ---- */

static void
take_row (KipCaseRelatives *self,
          KipTicketRow     *row)
{
  if (row->id == self->ticket || kip_case_relatives_get_row (self, row->id) != NULL)
    return;
  g_ptr_array_add (self->rows, kip_ticket_row_ref (row));
  g_hash_table_insert (self->by_id, new_key (row->id), row);
  g_hash_table_insert (self->names, new_key (row->id), kip_ticket_number_format (row->number));
  if (row->parent == self->ticket)
    g_ptr_array_add (self->children, kip_ticket_row_ref (row));
  if (self->requester != KIP_ID_NONE && row->requester == self->requester &&
      self->of_requester->len < MAX_OF_REQUESTER)
    g_ptr_array_add (self->of_requester, kip_ticket_row_ref (row));
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipCaseRelatives) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, &error);

  if (rows == NULL)
    return;
  forget (self);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      take_row (self, g_ptr_array_index (rows, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_rows (KipCaseRelatives *self)
{
  kip_store_rows_async (self->store, (const KipId *) (gpointer) self->ids->data, self->ids->len, self->cancellable,
                        rows_cb, g_object_ref (self));
}

/* ---- asking: first the requester's, then the children, then all rows at once ---- */

static void
add_ids (KipCaseRelatives *self,
         GArray           *found,
         guint             most)
{
  for (guint i = 0; found != NULL && i < MIN (found->len, most); i++)
    g_array_append_val (self->ids, g_array_index (found, KipId, i));
}

static void
children_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipCaseRelatives) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = kip_store_list_finish (KIP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  add_ids (self, found, MAX_CHILDREN);
  read_rows (self);
}

static void
list_tickets (KipCaseRelatives   *self,
              const char         *text,
              GAsyncReadyCallback callback)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);

  kip_store_list_async (self->store, query, KIP_SORT_RECEIVED, TRUE, kip_clock_now (), self->cancellable, callback,
                        g_object_ref (self));
}

static void
requester_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipCaseRelatives) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = kip_store_list_finish (KIP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  add_ids (self, found, 2 * MAX_OF_REQUESTER);
  list_tickets (self, "is:child", children_cb);
}

/* A name in quotes for a query. */
static char *
quote (const char *name)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

static void
ask_requester (KipCaseRelatives *self)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (self->store), self->requester);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (person == NULL || *person->name == '\0')
    {
      list_tickets (self, "is:child", children_cb);
      return;
    }
  name = quote (person->name);
  text = g_strconcat ("requester:", name, NULL);
  list_tickets (self, text, requester_cb);
}

static void
add_id (KipCaseRelatives *self,
        KipId             id)
{
  if (id != KIP_ID_NONE)
    g_array_append_val (self->ids, id);
}

static void
collect_known (KipCaseRelatives *self,
               KipTicket        *ticket)
{
  g_array_set_size (self->ids, 0);
  add_id (self, ticket->parent);
  add_id (self, ticket->merged_into);
  for (guint i = 0; i < ticket->links->len; i++)
    add_id (self, g_array_index (ticket->links, KipId, i));
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    add_id (self, kip_entity_get_id (g_ptr_array_index (ticket->merged, i)));
}

void
kip_case_relatives_read (KipCaseRelatives *self,
                         KipTicket        *ticket)
{
  g_return_if_fail (KIP_IS_CASE_RELATIVES (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (ticket == NULL || ticket->id != self->ticket)
    forget (self);
  self->ticket = ticket != NULL ? ticket->id : KIP_ID_NONE;
  self->requester = ticket != NULL ? ticket->requester : KIP_ID_NONE;
  if (ticket == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  collect_known (self, ticket);
  ask_requester (self);
}

/* ---- object ---- */

static void
kip_case_relatives_dispose (GObject *object)
{
  KipCaseRelatives *self = KIP_CASE_RELATIVES (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_case_relatives_parent_class)->dispose (object);
}

static void
kip_case_relatives_finalize (GObject *object)
{
  KipCaseRelatives *self = KIP_CASE_RELATIVES (object);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->of_requester);
  g_array_unref (self->ids);
  G_OBJECT_CLASS (kip_case_relatives_parent_class)->finalize (object);
}

static void
kip_case_relatives_class_init (KipCaseRelativesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_case_relatives_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_case_relatives_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_CASE_RELATIVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
kip_case_relatives_init (KipCaseRelatives *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  self->rows = new_rows ();
  self->children = new_rows ();
  self->of_requester = new_rows ();
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

KipCaseRelatives *
kip_case_relatives_new (KipStore *store)
{
  KipCaseRelatives *self = g_object_new (KIP_TYPE_CASE_RELATIVES, NULL);

  self->store = g_object_ref (store);
  return self;
}

const KipTicketRow *
kip_case_relatives_get_row (KipCaseRelatives *self,
                            KipId             id)
{
  gint64 key = (gint64) id;

  return g_hash_table_lookup (self->by_id, &key);
}

GPtrArray *
kip_case_relatives_get_children (KipCaseRelatives *self)
{
  return self->children;
}

GPtrArray *
kip_case_relatives_get_of_requester (KipCaseRelatives *self)
{
  return self->of_requester;
}

GHashTable *
kip_case_relatives_get_names (KipCaseRelatives *self)
{
  return self->names;
}
