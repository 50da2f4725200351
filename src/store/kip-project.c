/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-project.h"

/* The slot that the ticket has, or the next free one. */
static gboolean
find_slot (KipBook *book,
           KipId    ticket,
           gint64  *slot,
           GError **error)
{
  if (!kip_db_get_int (book->db, 0, slot, error, "SELECT slot FROM ticket WHERE id = ?1", "i", (gint64) ticket))
    return FALSE;
  if (*slot == 0)
    *slot = ++book->slot;
  return TRUE;
}

static gboolean
write_ticket (KipBook           *book,
              gint64             slot,
              const KipComputed *computed,
              GError           **error)
{
  const KipTicketRow *row = computed->row;
  const KipClock *response = &row->clocks[KIP_CLOCK_RESPONSE];
  const KipClock *update = &row->clocks[KIP_CLOCK_UPDATE];
  const KipClock *resolution = &row->clocks[KIP_CLOCK_RESOLUTION];

  return kip_db_run (book->db, error,
                     "INSERT OR REPLACE INTO ticket (slot, id, hidden, phase, pause, status, priority, impact, urgency, channel,"
                     " requester, assignee, team, category, due_sort, next_due, received, updated, resolved, closed,"
                     " first_response, response_state, response_due, update_state, update_due, resolution_state, resolution_due,"
                     " vip, conflict, unanswered, reopened, by_hand, attachments, work, survey, number, asset, parent,"
                     " merged_into, external, late_pause)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
                     " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41)",
                     "iidddidddd" "iiiiimmmmm" "mdmdmdm" "ddddddidiii" "itd",
                     slot, (gint64) row->id, kip_row_get_hidden (row), (int) row->phase, (int) row->pause,
                     (gint64) row->status, row->priority, computed->impact, computed->urgency, (int) row->channel,
                     (gint64) row->requester, (gint64) row->assignee, (gint64) row->team, (gint64) row->category,
                     computed->due_sort, row->next_due, row->received, row->updated, row->resolved, row->closed,
                     row->first_response, kip_row_clock_state (response), response->due,
                     kip_row_clock_state (update), update->due, kip_row_clock_state (resolution), resolution->due,
                     (int) row->vip, (int) row->conflict, (int) row->unanswered, (int) computed->reopened, (int) computed->by_hand,
                     (int) MIN (row->n_attachments, G_MAXINT), computed->work, computed->survey, row->number,
                     (gint64) computed->asset, (gint64) row->parent, (gint64) row->merged_into, computed->external, (int) computed->late_pause);
}

static gboolean
write_row (KipBook           *book,
           gint64             slot,
           const KipComputed *computed,
           GError           **error)
{
  g_autoptr (GByteArray) body = kip_row_encode (computed->row);

  return kip_db_run (book->db, error,
                     "INSERT OR REPLACE INTO ticket_row (slot, id, hidden, subject, cause, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                     "iidttB", slot, (gint64) computed->row->id, kip_row_get_hidden (computed->row), computed->subject, computed->cause,
                     body->data, (gsize) body->len);
}

static gboolean
write_tags (KipBook           *book,
            gint64             slot,
            const KipComputed *computed,
            GError           **error)
{
  if (!kip_db_run (book->db, error, "DELETE FROM ticket_tag WHERE slot = ?1", "i", slot))
    return FALSE;
  for (guint i = 0; i < computed->tags->len; i++)
    if (!kip_db_run (book->db, error, "INSERT INTO ticket_tag (tag, slot) VALUES (?1, ?2)",
                     "ti", g_ptr_array_index (computed->tags, i), slot))
      return FALSE;
  return TRUE;
}

/* percent and instant, turn by turn. */
static GByteArray *
encode_thresholds (GPtrArray *thresholds)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, thresholds->len * 2);
  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *threshold = g_ptr_array_index (thresholds, i);

      kip_cbor_put_int (out, threshold->percent);
      kip_cbor_put_int (out, threshold->at);
    }
  return out;
}

GArray *
kip_project_read_thresholds (gconstpointer data,
                             gsize         length)
{
  GArray *thresholds = g_array_new (FALSE, FALSE, sizeof (KipThreshold));
  KipCborReader reader;
  guint n = 0;

  kip_cbor_reader_init (&reader, data, length);
  kip_cbor_get_list (&reader, &n);
  for (guint i = 0; i + 1 < n; i += 2)
    {
      KipThreshold threshold = { 0 };
      gint64 percent;

      if (!kip_cbor_get_int (&reader, &percent) || !kip_cbor_get_int (&reader, &threshold.at))
        break;
      threshold.percent = (int) percent;
      g_array_append_val (thresholds, threshold);
    }
  return thresholds;
}

static gboolean
write_clock (KipBook   *book,
             gint64     slot,
             guint      clock,
             GPtrArray *thresholds,
             GError   **error)
{
  g_autoptr (GByteArray) bytes = encode_thresholds (thresholds);
  const KipThreshold *first = g_ptr_array_index (thresholds, 0);
  const KipThreshold *last = g_ptr_array_index (thresholds, thresholds->len - 1);

  return kip_db_run (book->db, error, "INSERT INTO running (slot, clock, first, last, thresholds) VALUES (?1, ?2, ?3, ?4, ?5)",
                     "iiiiB", slot, (gint64) clock, first->at, last->at, bytes->data, (gsize) bytes->len);
}

static gboolean
write_running (KipBook           *book,
               gint64             slot,
               const KipComputed *computed,
               GError           **error)
{
  if (!kip_db_run (book->db, error, "DELETE FROM running WHERE slot = ?1", "i", slot))
    return FALSE;
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    if (computed->thresholds[i] != NULL && !write_clock (book, slot, i, computed->thresholds[i], error))
      return FALSE;
  return TRUE;
}

gboolean
kip_project_ticket (KipBook           *book,
                    const KipComputed *computed,
                    GError           **error)
{
  gint64 slot;

  return find_slot (book, computed->row->id, &slot, error)
         && write_ticket (book, slot, computed, error)
         && write_row (book, slot, computed, error)
         && write_tags (book, slot, computed, error)
         && write_running (book, slot, computed, error);
}
