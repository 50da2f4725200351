/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-indexer.h"

#include "kip-merge.h"
#include "kip-text.h"

#define EVENTS_A_TICKET 5

gboolean
kip_indexer_is_behind (KipDb    *db,
                       gboolean *behind,
                       GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error,
                       "SELECT coalesce ((SELECT max (id) FROM event), 0) > coalesce ((SELECT value FROM counter WHERE key = 'indexed'), 0)"
                       " OR EXISTS (SELECT 1 FROM reindex)", ""))
    return FALSE;
  *behind = n != 0;
  return TRUE;
}

gboolean
kip_indexer_count (KipDb   *db,
                   guint   *n,
                   GError **error)
{
  gint64 events, marked;

  if (!kip_db_get_int (db, 0, &events, error,
                       "SELECT coalesce ((SELECT max (id) FROM event), 0) - coalesce ((SELECT value FROM counter WHERE key = 'indexed'), 0)", "")
      || !kip_db_get_int (db, 0, &marked, error, "SELECT count(*) FROM reindex", ""))
    return FALSE;
  *n = (guint) ((events + EVENTS_A_TICKET - 1) / EVENTS_A_TICKET + marked);
  return TRUE;
}

/* ---- documents ---- */

typedef struct
{
  gint64   id;
  guint    place; /* among those of a step: they stay in order */
  gboolean drop;
  char    *subject; /* (owned) */
  char    *text;    /* (owned) */
} Document;

/* What a step has found to do. */
typedef struct
{
  KipBook    *book;
  gboolean    has_merges; /* some ticket is merged */
  GHashTable *heads;     /* (owned) of gint64: tickets whose head to write */
  GArray     *documents; /* (owned) of Document */
} Step;

static void
document_clear (gpointer data)
{
  Document *document = data;

  g_free (document->subject);
  g_free (document->text);
}

/* Takes the texts. */
static void
plan_document (Step    *step,
               gint64   id,
               gboolean drop,
               char    *subject,
               char    *text)
{
  Document document = { id, step->documents->len, drop, subject, text };

  g_array_append_val (step->documents, document);
}

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  const Document *x = a, *y = b;

  if (x->id != y->id)
    return x->id < y->id ? -1 : 1;
  return (int) x->place - (int) y->place;
}

/* The index holds no texts: what is taken out must be said again exactly. */
static gboolean
write_document (KipDb          *db,
                const Document *document,
                GError        **error)
{
  return kip_db_run (db, error,
                     document->drop
                     ? "INSERT INTO search (search, rowid, subject, text) VALUES ('delete', ?1, ?2, ?3)"
                     : "INSERT INTO search (rowid, subject, text) VALUES (?1, ?2, ?3)",
                     "itt", document->id, document->subject, document->text);
}

/* By rising id: for each step back FTS5 begins a new segment. */
static gboolean
write_documents (Step    *step,
                 GError **error)
{
  g_array_sort (step->documents, compare_documents);
  for (guint i = 0; i < step->documents->len; i++)
    if (!write_document (step->book->db, &g_array_index (step->documents, Document, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
find_slot (KipDb   *db,
           KipId    ticket,
           gint64  *slot,
           GError **error)
{
  return kip_db_get_int (db, 0, slot, error, "SELECT slot FROM ticket WHERE id = ?1", "i", (gint64) ticket);
}

/* ---- messages ---- */

static char *
fold_message (const KipEvent *event)
{
  return kip_text_fold (kip_value_map_text (event->value, 2));
}

static gboolean
add_message (Step           *step,
             gint64          slot,
             gint64          event_id,
             const KipEvent *event,
             GError        **error)
{
  KipDb *db = step->book->db;
  gint64 first = slot << KIP_DOCUMENT_BITS, last = first + (1 << KIP_DOCUMENT_BITS) - 1, id;

  if (!kip_db_get_int (db, first, &id, error, "SELECT max(id) FROM document WHERE id BETWEEN ?1 AND ?2", "ii", first, last))
    return FALSE;
  /* More messages than there are places: what nobody reads is not searched. */
  if (id >= last)
    return TRUE;
  plan_document (step, id + 1, FALSE, g_strdup (""), fold_message (event));
  return kip_db_run (db, error, "INSERT INTO document (id, event) VALUES (?1, ?2)", "ii", id + 1, event_id);
}

/* The document of the message that @ref names, and whether it is hidden: its row
 * then has an empty subject. */
static KipEvent *
find_message (KipDb            *db,
              const KipEventId *ref,
              gint64           *id,
              gboolean         *hidden,
              GError          **error)
{
  KipRows rows = kip_db_query (db, "SELECT d.id, d.subject IS NOT NULL, e.body FROM document AS d JOIN event AS e ON e.id = d.event"
                               " WHERE d.event = (SELECT first_event + ?3 FROM changeset WHERE device = ?1 AND seq = ?2)",
                               "iii", (gint64) ref->device, (gint64) ref->seq, (gint64) ref->index);
  g_autoptr (KipEvent) message = NULL;

  if (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 2, &length);

      *id = kip_rows_int (&rows, 0);
      *hidden = kip_rows_int (&rows, 1) != 0;
      message = kip_event_decode (body, length, 0, NULL);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&message) : NULL;
}

static gboolean
toggle_message (Step             *step,
                const KipEventId *ref,
                gboolean          hide,
                GError          **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean hidden = FALSE;
  gint64 id = 0;
  g_autoptr (KipEvent) message = find_message (step->book->db, ref, &id, &hidden, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (message == NULL || hidden == hide)
    return TRUE;
  plan_document (step, id, hide, g_strdup (""), fold_message (message));
  return kip_db_run (step->book->db, error, "UPDATE document SET subject = ?2 WHERE id = ?1", "it", id, hide ? "" : NULL);
}

/* ---- the document of what can change ---- */

static void
add_text (GString    *out,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  kip_text_fold_append (out, text, -1);
  g_string_append_c (out, '\n');
}

static void
add_person (GString         *out,
            const KipPerson *person)
{
  if (person == NULL)
    return;
  add_text (out, person->name);
  add_text (out, person->phone);
  add_text (out, person->mail);
  add_text (out, person->department);
}

/* The texts of all ENTRYs of @field that stand under @key. */
static void
add_entries (GString   *out,
             KipEntity *ticket,
             KipField   field,
             guint      key)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (ticket, field, FALSE);

  for (guint i = 0; i < entries->len; i++)
    add_text (out, kip_value_map_text (((KipEvent *) g_ptr_array_index (entries, i))->value, key));
}

static void
add_tags (GString   *out,
          KipEntity *ticket)
{
  g_autoptr (GPtrArray) tags = kip_entity_get_set (ticket, KIP_FIELD_TAGS);

  for (guint i = 0; i < tags->len; i++)
    add_text (out, kip_value_get_text (g_ptr_array_index (tags, i)));
}

static void
add_head_text (GString   *out,
               KipEntity *ticket,
               KipOffice *office)
{
  g_autofree char *number = kip_ticket_number_format (kip_entity_get_int (ticket, KIP_FIELD_NUMBER, 0));
  const KipAsset *asset = kip_office_asset (office, (KipId) kip_entity_get_int (ticket, KIP_FIELD_ASSET, 0));

  add_text (out, number);
  add_text (out, kip_entity_get_text (ticket, KIP_FIELD_EXTERNAL));
  add_text (out, kip_entity_get_text (ticket, KIP_FIELD_DESCRIPTION));
  add_person (out, kip_office_person (office, (KipId) kip_entity_get_int (ticket, KIP_FIELD_REQUESTER, 0)));
  add_text (out, asset != NULL ? asset->name : NULL);
  add_text (out, asset != NULL ? asset->serial : NULL);
  add_text (out, kip_entity_get_text (ticket, KIP_FIELD_CAUSE));
  add_text (out, kip_entity_get_text (ticket, KIP_FIELD_DONE));
  add_tags (out, ticket);
  add_entries (out, ticket, KIP_FIELD_WORK, 2);
  add_entries (out, ticket, KIP_FIELD_ATTACHMENT, 1);
  add_entries (out, ticket, KIP_FIELD_SURVEY, 2);
}

/* All of a ticket that was merged into the one whose head is written. */
static void
add_source (GString   *out,
            KipEntity *source,
            KipOffice *office)
{
  add_text (out, kip_entity_get_text (source, KIP_FIELD_SUBJECT));
  add_head_text (out, source, office);
  add_entries (out, source, KIP_FIELD_MESSAGE, 2);
}

static gboolean
add_sources (Step    *step,
             GString *out,
             KipId    ticket,
             GError **error)
{
  g_autoptr (GArray) sources = NULL;
  KipId root;

  if (!step->has_merges)
    return TRUE;
  if (!kip_merge_find_root (step->book->db, ticket, &root, error))
    return FALSE;
  if (root != ticket)
    return TRUE;
  sources = kip_merge_find_sources (step->book->db, ticket, error);
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      g_autoptr (KipEntity) source = kip_book_fold (step->book, KIP_KIND_TICKET, g_array_index (sources, KipId, i), error);

      if (source == NULL)
        return FALSE;
      add_source (out, source, step->book->office);
    }
  return sources != NULL;
}

static gboolean
drop_head (Step    *step,
           gint64   id,
           GError **error)
{
  KipRows rows = kip_db_query (step->book->db, "SELECT subject, text FROM document WHERE id = ?1", "i", id);

  if (kip_rows_next (&rows))
    plan_document (step, id, TRUE, g_strdup (kip_rows_text (&rows, 0)), g_strdup (kip_rows_text (&rows, 1)));
  return kip_rows_end (&rows, error);
}

static gboolean
write_head (Step    *step,
            KipId    ticket,
            GError **error)
{
  KipBook *book = step->book;
  g_autoptr (KipEntity) entity = kip_book_fold (book, KIP_KIND_TICKET, ticket, error);
  g_autoptr (GString) text = g_string_new (NULL);
  char *subject;
  gint64 slot, id;

  if (entity == NULL || !find_slot (book->db, ticket, &slot, error))
    return FALSE;
  if (slot == 0)
    return TRUE;
  id = slot << KIP_DOCUMENT_BITS;
  add_head_text (text, entity, book->office);
  if (!add_sources (step, text, ticket, error) || !drop_head (step, id, error))
    return FALSE;
  subject = kip_text_fold (kip_entity_get_text (entity, KIP_FIELD_SUBJECT));
  plan_document (step, id, FALSE, subject, g_strdup (text->str));
  return kip_db_run (book->db, error, "INSERT OR REPLACE INTO document (id, event, subject, text) VALUES (?1, 0, ?2, ?3)",
                     "itt", id, subject, text->str);
}

/* ---- following the log ---- */

/* Whether an event of @field can change the head. */
static gboolean
is_in_head (KipField field)
{
  switch ((guint) field)
    {
    case KIP_FIELD_SUBJECT:
    case KIP_FIELD_DESCRIPTION:
    case KIP_FIELD_NUMBER:
    case KIP_FIELD_EXTERNAL:
    case KIP_FIELD_REQUESTER:
    case KIP_FIELD_ASSET:
    case KIP_FIELD_CAUSE:
    case KIP_FIELD_DONE:
    case KIP_FIELD_TAGS:
    case KIP_FIELD_WORK:
    case KIP_FIELD_ATTACHMENT:
    case KIP_FIELD_SURVEY:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
take_message_event (Step           *step,
                    gint64          event_id,
                    const KipEvent *event,
                    GError        **error)
{
  gint64 slot;

  if (event->verb != KIP_VERB_ENTRY)
    {
      for (guint i = 0; i < event->n_refs; i++)
        if (!toggle_message (step, &event->refs[i], event->verb == KIP_VERB_RETRACT, error))
          return FALSE;
      return TRUE;
    }
  return find_slot (step->book->db, event->entity, &slot, error)
         && (slot == 0 || add_message (step, slot, event_id, event, error));
}

static void
add_head (Step *step,
          KipId ticket)
{
  g_hash_table_add (step->heads, g_memdup2 (&ticket, sizeof ticket));
}

/* What stands in @ticket stands in the head of the one it ended up in. */
static gboolean
add_root (Step    *step,
          KipId    ticket,
          GError **error)
{
  KipId root;

  if (!kip_merge_find_root (step->book->db, ticket, &root, error))
    return FALSE;
  add_head (step, root);
  return TRUE;
}

/* @ticket was merged or taken apart again: where it stands now, and where it stood. */
static gboolean
take_merge (Step    *step,
            KipId    ticket,
            GError **error)
{
  g_autoptr (KipEntity) entity = kip_book_fold (step->book, KIP_KIND_TICKET, ticket, error);
  GPtrArray *events = entity != NULL ? kip_entity_get_events (entity) : NULL;

  if (events == NULL || !add_root (step, ticket, error))
    return FALSE;
  add_head (step, ticket);
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      KipId target = event->field == KIP_FIELD_MERGED_INTO ? (KipId) kip_value_get_int (event->value, 0) : KIP_ID_NONE;

      if (target != KIP_ID_NONE && !add_root (step, target, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_event (Step    *step,
            KipRows *rows,
            GError **error)
{
  gsize length;
  gconstpointer body = kip_rows_blob (rows, 1, &length);
  g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);

  if (event == NULL || event->kind != KIP_KIND_TICKET)
    return TRUE;
  if (event->field == KIP_FIELD_MERGED_INTO)
    return take_merge (step, event->entity, error);
  if (event->field != KIP_FIELD_MESSAGE && !is_in_head (event->field))
    return TRUE;
  if (step->has_merges && !add_root (step, event->entity, error))
    return FALSE;
  if (event->field == KIP_FIELD_MESSAGE)
    return take_message_event (step, kip_rows_int (rows, 0), event, error);
  add_head (step, event->entity);
  return TRUE;
}

static gboolean
follow_log (Step    *step,
            guint    n,
            GError **error)
{
  KipDb *db = step->book->db;
  gboolean ok = TRUE;
  gint64 done, last;
  KipRows rows;

  if (!kip_db_get_int (db, 0, &done, error, "SELECT value FROM counter WHERE key = 'indexed'", ""))
    return FALSE;
  last = done;
  rows = kip_db_query (db, "SELECT id, body FROM event WHERE id > ?1 ORDER BY id LIMIT ?2", "id", done, (int) (n * EVENTS_A_TICKET));
  while (ok && kip_rows_next (&rows))
    {
      ok = take_event (step, &rows, error);
      last = kip_rows_int (&rows, 0);
    }
  ok = kip_rows_end (&rows, ok ? error : NULL) && ok;
  return ok && kip_db_run (db, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('indexed', ?1)", "i", last);
}

static gboolean
take_marked (Step    *step,
             guint    n,
             GError **error)
{
  KipDb *db = step->book->db;
  KipRows rows = kip_db_query (db, "SELECT ticket FROM reindex ORDER BY ticket LIMIT ?1", "d", (int) n);
  gint64 last = 0;

  while (kip_rows_next (&rows))
    {
      last = kip_rows_int (&rows, 0);
      g_hash_table_add (step->heads, g_memdup2 (&last, sizeof last));
    }
  return kip_rows_end (&rows, error)
         && (last == 0 || kip_db_run (db, error, "DELETE FROM reindex WHERE ticket <= ?1", "i", last));
}

static gboolean
write_heads (Step    *step,
             GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, step->heads);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!write_head (step, (KipId) *(gint64 *) key, error))
      return FALSE;
  return TRUE;
}

gboolean
kip_indexer_step (KipBook *book,
                  KipNews *news,
                  guint    n,
                  GError **error)
{
  Step step = { book, FALSE, NULL, NULL };
  gboolean ok;

  step.heads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  step.documents = g_array_new (FALSE, FALSE, sizeof (Document));
  g_array_set_clear_func (step.documents, document_clear);
  ok = kip_book_refresh (book, news, error)
       && kip_merge_is_used (book->db, &step.has_merges, error)
       && follow_log (&step, n, error)
       && take_marked (&step, n, error)
       && write_heads (&step, error)
       && write_documents (&step, error);
  g_array_unref (step.documents);
  g_hash_table_unref (step.heads);
  return ok;
}

gboolean
kip_indexer_reset (KipDb   *db,
                   GError **error)
{
  return kip_db_run (db, error, "INSERT INTO search (search) VALUES ('delete-all')", "")
         && kip_db_run (db, error, "DELETE FROM document", "")
         && kip_db_run (db, error, "DELETE FROM reindex", "")
         && kip_db_run (db, error, "DELETE FROM counter WHERE key = 'indexed'", "");
}
