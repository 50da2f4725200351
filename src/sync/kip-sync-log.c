/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"
#include "kip-sync-log.h"

#include "kip-cbor.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Kept under this name: a CBOR list [at, kind, n, text, …], the oldest first. */
#define KEY "log"
#define N_ITEMS 4

/* What comes again within this time is the same going on, in ms. */
#define TOGETHER (10 * 60 * 1000)

/* Numbers that grow are written so often at most, in ms. */
#define SAVE_EVERY (60 * 1000)

/* ---- entries ---- */

void
kip_sync_log_entry_free (KipSyncLogEntry *entry)
{
  g_free (entry->text);
  g_free (entry);
}

static KipSyncLogEntry *
entry_new (gint64         at,
           KipSyncLogKind kind,
           guint64        n,
           const char    *text)
{
  KipSyncLogEntry *entry = g_new0 (KipSyncLogEntry, 1);

  entry->at = at;
  entry->kind = kind;
  entry->n = n;
  entry->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  return entry;
}

GPtrArray *
kip_sync_log_copy (GPtrArray *entries)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_sync_log_entry_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (copies, entry_new (entry->at, entry->kind, entry->n, entry->text));
    }
  return copies;
}

/* ---- keeping ---- */

static GPtrArray *
decode (GBytes *state)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_sync_log_entry_free);
  KipCborReader reader;
  guint n = 0;

  if (state == NULL)
    return entries;
  kip_cbor_reader_init (&reader, g_bytes_get_data (state, NULL), g_bytes_get_size (state));
  for (kip_cbor_get_list (&reader, &n); n >= N_ITEMS; n -= N_ITEMS)
    {
      gint64 at;
      guint64 kind, number;
      const char *text;
      gsize length;
      g_autofree char *copy = NULL;

      if (!kip_cbor_get_int (&reader, &at) || !kip_cbor_get_uint (&reader, &kind) || !kip_cbor_get_uint (&reader, &number)
          || !kip_cbor_get_text (&reader, &text, &length))
        break;
      copy = g_strndup (text, length);
      g_ptr_array_add (entries, entry_new (at, (KipSyncLogKind) kind, number, copy));
    }
  return entries;
}

static GBytes *
encode (GPtrArray *entries)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, N_ITEMS * entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, i);

      kip_cbor_put_int (out, entry->at);
      kip_cbor_put_int (out, entry->kind);
      kip_cbor_put_int (out, (gint64) entry->n);
      kip_cbor_put_text (out, entry->text != NULL ? entry->text : "");
    }
  return g_byte_array_free_to_bytes (out);
}

GPtrArray *
kip_sync_log_load (KipStore *store)
{
  g_autoptr (GBytes) state = kip_store_get_share_state (store, KEY);
  GPtrArray *entries = decode (state);

  for (guint i = 0; i < entries->len / 2; i++)
    {
      gpointer swap = entries->pdata[i];

      entries->pdata[i] = entries->pdata[entries->len - 1 - i];
      entries->pdata[entries->len - 1 - i] = swap;
    }
  return entries;
}

void
kip_sync_log_open (KipSyncEngine *engine)
{
  g_autoptr (GBytes) state = engine->replica->class->get_state (engine->replica, KEY);

  engine->log = decode (state);
  engine->log_seen = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/* A log that cannot be written is no reason to stop. */
static void
save (KipSyncEngine *engine,
      gboolean       is_notable)
{
  g_autoptr (GBytes) state = NULL;

  if (!engine->is_log_dirty || (!is_notable && engine->now - engine->log_saved_at < SAVE_EVERY))
    return;
  state = encode (engine->log);
  if (!engine->replica->class->set_state (engine->replica, KEY, state, NULL))
    return;
  engine->is_log_dirty = FALSE;
  engine->log_saved_at = engine->now;
}

/* ---- what happened ---- */

static gboolean
grows (KipSyncLogKind kind)
{
  return kind == KIP_SYNC_LOG_SENT || kind == KIP_SYNC_LOG_RECEIVED || kind == KIP_SYNC_LOG_REFUSED || kind == KIP_SYNC_LOG_DAMAGED
         || kind == KIP_SYNC_LOG_CONFLICT;
}

/* One of this kind not long ago, with nothing of weight since. */
static KipSyncLogEntry *
find_recent (KipSyncEngine *engine,
             KipSyncLogKind kind)
{
  for (guint i = engine->log->len; i > 0; i--)
    {
      KipSyncLogEntry *entry = g_ptr_array_index (engine->log, i - 1);

      if ((!grows (entry->kind) && entry->kind != KIP_SYNC_LOG_SEEN) || ABS (engine->wall - entry->at) > TOGETHER)
        return NULL;
      if (entry->kind == kind)
        return entry;
    }
  return NULL;
}

static void
note (KipSyncEngine *engine,
      KipSyncLogKind kind,
      guint64        n,
      const char    *text)
{
  KipSyncLogEntry *recent = grows (kind) ? find_recent (engine, kind) : NULL;

  engine->is_log_dirty = TRUE;
  if (recent != NULL)
    {
      recent->n += n;
      return;
    }
  g_ptr_array_add (engine->log, entry_new (engine->wall, kind, n, text));
  if (engine->log->len > KIP_SYNC_LOG_MAX)
    g_ptr_array_remove_range (engine->log, 0, engine->log->len - KIP_SYNC_LOG_MAX);
}

static gboolean
is_well (KipSyncState state)
{
  return state == KIP_SYNC_DONE || state == KIP_SYNC_MORE || state == KIP_SYNC_BUSY;
}

/* Trouble once, however often it is met, and that it is over. */
static gboolean
note_state (KipSyncEngine      *engine,
            const KipSyncRound *round,
            const GError       *problem)
{
  gboolean was_well = TRUE;

  for (guint i = engine->log->len; i > 0; i--)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (engine->log, i - 1);

      if (entry->kind != KIP_SYNC_LOG_TROUBLE && entry->kind != KIP_SYNC_LOG_WELL)
        continue;
      was_well = entry->kind == KIP_SYNC_LOG_WELL || (!is_well (round->state) && entry->n != round->state);
      break;
    }
  if (was_well && !is_well (round->state))
    note (engine, KIP_SYNC_LOG_TROUBLE, round->state, problem != NULL ? problem->message : NULL);
  else if (!was_well && is_well (round->state) && round->state != KIP_SYNC_BUSY)
    note (engine, KIP_SYNC_LOG_WELL, 0, NULL);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_in (const KipMember *member)
{
  return member != NULL && member->keys->len > 0 && member->last == G_MAXUINT64;
}

/* Who came and went since the round before. */
static gboolean
note_members (KipSyncEngine *engine)
{
  g_autoptr (KipMembers) now = engine->replica->class->dup_members (engine->replica);
  GPtrArray *all = kip_members_get_all (now);
  gboolean any = FALSE;

  for (guint i = 0; engine->log_members != NULL && i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);
      gboolean was_in = is_in (kip_members_find (engine->log_members, member->device));

      if (was_in == is_in (member))
        continue;
      note (engine, was_in ? KIP_SYNC_LOG_WENT : KIP_SYNC_LOG_CAME, member->device, NULL);
      any = TRUE;
    }
  g_clear_pointer (&engine->log_members, kip_members_unref);
  engine->log_members = g_steal_pointer (&now);
  return any;
}

/* Not the same computer again and again while one works on. */
static gboolean
was_just_seen (KipSyncEngine *engine,
               guint32        device)
{
  for (guint i = engine->log->len; i > 0; i--)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (engine->log, i - 1);

      if (ABS (engine->wall - entry->at) > TOGETHER)
        return FALSE;
      if (entry->kind == KIP_SYNC_LOG_SEEN && entry->n == device)
        return TRUE;
    }
  return FALSE;
}

/* Who said for the first time to hold all that this machine has in the file.  What was so when it began is no news. */
static void
note_seen (KipSyncEngine *engine)
{
  guint32 own = engine->replica->class->device (engine->replica);
  guint64 all = kip_coverage_up_to (engine->coverage, own);

  for (guint i = 0; i < engine->haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (engine->haves, i);
      gpointer key = GUINT_TO_POINTER (have->device);
      guint64 *before = g_hash_table_lookup (engine->log_seen, key), now = kip_have_up_to (have, own);

      if (have->device == own || (before != NULL && *before == now))
        continue;
      if (before != NULL && now >= all && *before < now && !was_just_seen (engine, have->device))
        note (engine, KIP_SYNC_LOG_SEEN, have->device, NULL);
      g_hash_table_insert (engine->log_seen, key, g_memdup2 (&now, sizeof now));
    }
}

void
kip_sync_log_round (KipSyncEngine      *engine,
                    const KipSyncRound *round,
                    const GError       *problem)
{
  gboolean is_notable = round->recreated || round->compacted || round->cloned != 0 || round->gave_way != 0;

  if (round->n_sent > 0)
    note (engine, KIP_SYNC_LOG_SENT, round->n_sent, NULL);
  if (round->n_received > 0)
    note (engine, KIP_SYNC_LOG_RECEIVED, round->n_received, NULL);
  if (round->n_conflicts > 0)
    note (engine, KIP_SYNC_LOG_CONFLICT, round->n_conflicts, NULL);
  if (round->n_refused > 0)
    note (engine, KIP_SYNC_LOG_REFUSED, round->n_refused, NULL);
  if (round->n_damaged > 0)
    note (engine, KIP_SYNC_LOG_DAMAGED, round->n_damaged, NULL);
  if (round->recreated)
    note (engine, KIP_SYNC_LOG_RECREATED, 0, NULL);
  if (round->compacted)
    note (engine, KIP_SYNC_LOG_COMPACTED, 0, NULL);
  if (round->cloned != 0 && engine->log_cloned != round->cloned)
    note (engine, KIP_SYNC_LOG_CLONED, engine->log_cloned = round->cloned, NULL);
  if (round->gave_way != 0)
    note (engine, KIP_SYNC_LOG_GAVE_WAY, round->gave_way, NULL);
  note_seen (engine);
  is_notable |= note_members (engine);
  is_notable |= note_state (engine, round, problem);
  save (engine, is_notable);
}

void
kip_sync_log_note_compaction (KipSyncEngine *engine)
{
  note (engine, KIP_SYNC_LOG_COMPACTED, 0, NULL);
  save (engine, TRUE);
}

GPtrArray *
kip_sync_engine_get_log (KipSyncEngine *engine)
{
  return engine->log;
}

/* ---- words ---- */

static char *
name_device (guint32     device,
             KipMembers *members)
{
  g_autofree char *letters = kip_id_device_letters (device);
  const KipMember *member = kip_members_find (members, device);

  if (member == NULL || member->name == NULL)
    return g_steal_pointer (&letters);
  return g_strdup_printf ("%s (%s)", letters, member->name);
}

static char *
count_words (const KipSyncLogEntry *entry)
{
  gulong n = (gulong) entry->n;

  switch (entry->kind)
    {
    case KIP_SYNC_LOG_SENT:
      return g_strdup_printf (ngettext ("%lu change of this computer was shared", "%lu changes of this computer were shared", n), n);
    case KIP_SYNC_LOG_RECEIVED:
      return g_strdup_printf (ngettext ("%lu change came from others", "%lu changes came from others", n), n);
    case KIP_SYNC_LOG_CONFLICT:
      return g_strdup_printf (ngettext ("In %lu ticket two people wrote different things at once: is:conflict finds it",
                                        "In %lu tickets two people wrote different things at once: is:conflict finds them", n), n);
    case KIP_SYNC_LOG_REFUSED:
      return g_strdup_printf (ngettext ("%lu change was refused: no computer of this office signed it",
                                        "%lu changes were refused: no computer of this office signed them", n), n);
    default:
      return g_strdup_printf (ngettext ("%lu place in the shared file could not be read and was passed over",
                                        "%lu places in the shared file could not be read and were passed over", n), n);
    }
}

static char *
came_words (guint32     device,
            const char *name,
            KipMembers *members)
{
  const KipMember *member = kip_members_find (members, device);
  g_autofree char *of = NULL;

  if (member == NULL || member->twin_of == 0)
    return g_strdup_printf (_("Computer %s came in"), name);
  of = name_device (member->twin_of, members);
  /* Translators: both are letters of computers, perhaps with a name */
  return g_strdup_printf (_("Computer %s came in: it was a copy of computer %s, and has a number of its own now"), name, of);
}

static char *
device_words (const KipSyncLogEntry *entry,
              KipMembers            *members)
{
  g_autofree char *name = name_device ((guint32) entry->n, members);

  switch (entry->kind)
    {
    case KIP_SYNC_LOG_CAME:
      return came_words ((guint32) entry->n, name, members);
    case KIP_SYNC_LOG_GAVE_WAY:
      return g_strdup_printf (_("This computer wrote as computer %s, as another one did. It has a number of its own now, and nothing of either was lost"), name);
    case KIP_SYNC_LOG_WENT:
      return g_strdup_printf (_("Computer %s is out"), name);
    case KIP_SYNC_LOG_SEEN:
      return g_strdup_printf (_("Computer %s has everything that was written here"), name);
    default:
      return g_strdup_printf (_("Computer %s writes in two places: its data folder was copied"), name);
    }
}

char *
kip_sync_log_entry_words (const KipSyncLogEntry *entry,
                          KipMembers            *members)
{
  switch (entry->kind)
    {
    case KIP_SYNC_LOG_SENT:
    case KIP_SYNC_LOG_RECEIVED:
    case KIP_SYNC_LOG_REFUSED:
    case KIP_SYNC_LOG_DAMAGED:
    case KIP_SYNC_LOG_CONFLICT:
      return count_words (entry);
    case KIP_SYNC_LOG_CLONED:
    case KIP_SYNC_LOG_CAME:
    case KIP_SYNC_LOG_WENT:
    case KIP_SYNC_LOG_SEEN:
    case KIP_SYNC_LOG_GAVE_WAY:
      return device_words (entry, members);
    case KIP_SYNC_LOG_RECREATED:
      return g_strdup (_("The shared file was made again from what is on this computer"));
    case KIP_SYNC_LOG_COMPACTED:
      return g_strdup (_("The shared file was written anew, smaller"));
    case KIP_SYNC_LOG_WELL:
      return g_strdup (_("The shared file can be reached again"));
    case KIP_SYNC_LOG_TROUBLE:
    default:
      return g_strdup (entry->text != NULL ? entry->text : _("The shared file could not be reached"));
    }
}

const char *
kip_sync_log_kind_key (KipSyncLogKind kind)
{
  static const char *const keys[] = {
    "", "sent", "received", "refused", "damaged", "recreated", "compacted", "cloned", "came", "went", "trouble", "well", "seen", "conflict", "gave-way"
  };

  return (guint) kind < G_N_ELEMENTS (keys) ? keys[kind] : "";
}
