/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-cbor.h"

#include <string.h>

/* An invitation is sealed with its code for one file: who made it seals it anew when the file is another one by now.  Kept
 * until then under this name, a CBOR list of [device, secret key, founder's key, until, code] one behind the other. */
#define KEY "invitations"
/* There while one of them is in no file yet, as far as is known. */
#define DUE "invitations-due"
#define N_ITEMS 5
#define MAX_KEPT 64

static gboolean
seal_and_post (KipSyncEngine *engine,
               KipInvitation *invitation,
               const char    *code)
{
  g_autoptr (KipShareKeys) shown = kip_share_keys_copy_shown (engine->keys);
  g_autoptr (GBytes) frame = NULL;

  invitation->keys = kip_share_keys_to_bytes (shown);
  frame = kip_invitation_seal (invitation, engine->keys, code);
  g_clear_pointer (&invitation->keys, g_bytes_unref);
  if (frame != NULL)
    kip_sync_engine_post (engine, frame);
  return frame != NULL;
}

static void
put_one (GByteArray          *out,
         const KipInvitation *invitation,
         const char          *code)
{
  kip_cbor_put_int (out, invitation->device);
  kip_cbor_put_bytes (out, invitation->secret_key, sizeof invitation->secret_key);
  kip_cbor_put_bytes (out, invitation->founder_key, sizeof invitation->founder_key);
  kip_cbor_put_int (out, invitation->until);
  kip_cbor_put_text (out, code);
}

static gboolean
get_one (KipCborReader *reader,
         KipInvitation *invitation,
         char         **code)
{
  guint64 device;
  const char *text;
  gsize length;

  memset (invitation, 0, sizeof *invitation);
  if (!kip_cbor_get_uint (reader, &device) || device > G_MAXUINT32 || !kip_cbor_get_fixed (reader, invitation->secret_key, sizeof invitation->secret_key)
      || !kip_cbor_get_fixed (reader, invitation->founder_key, sizeof invitation->founder_key)
      || !kip_cbor_get_int (reader, &invitation->until) || !kip_cbor_get_text (reader, &text, &length))
    return FALSE;
  invitation->device = (guint32) device;
  *code = g_strndup (text, length);
  return TRUE;
}

/* It holds still, and nobody came by it: that machine would have said what it is called. */
static gboolean
is_open (KipSyncEngine       *engine,
         const KipInvitation *invitation)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  const KipMember *member = kip_members_find (members, invitation->device);

  return invitation->until >= engine->wall && member != NULL && member->name == NULL && member->last == G_MAXUINT64;
}

/* Those that are open still, with @also (nullable) behind; each is posted when @again. */
static GBytes *
rewrite (KipSyncEngine       *engine,
         const KipInvitation *also,
         const char          *also_code,
         gboolean             again)
{
  g_autoptr (GBytes) state = engine->replica->class->get_state (engine->replica, KEY);
  g_autoptr (GByteArray) items = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  KipCborReader reader;
  guint n = 0, kept = 0;

  if (state != NULL)
    {
      kip_cbor_reader_init (&reader, g_bytes_get_data (state, NULL), g_bytes_get_size (state));
      kip_cbor_get_list (&reader, &n);
    }
  for (; n >= N_ITEMS && kept < MAX_KEPT; n -= N_ITEMS)
    {
      g_autofree char *code = NULL;
      KipInvitation invitation;

      if (!get_one (&reader, &invitation, &code))
        break;
      if (!is_open (engine, &invitation) || (again && !seal_and_post (engine, &invitation, code)))
        continue;
      put_one (items, &invitation, code);
      kept++;
    }
  if (also != NULL)
    {
      put_one (items, also, also_code);
      kept++;
    }
  kip_cbor_put_list (out, N_ITEMS * kept);
  g_byte_array_append (out, items->data, items->len);
  return g_byte_array_free_to_bytes (out);
}

gboolean
kip_sync_engine_invite (KipSyncEngine       *engine,
                        const KipInvitation *invitation,
                        const char          *code,
                        GError             **error)
{
  KipInvitation copy = *invitation;
  g_autoptr (GBytes) state = rewrite (engine, invitation, code, FALSE);

  g_autoptr (GBytes) due = g_bytes_new_static ("1", 1);

  return engine->replica->class->set_state (engine->replica, KEY, state, error)
         && engine->replica->class->set_state (engine->replica, DUE, due, error)
         && seal_and_post (engine, &copy, code);
}

/* A program that stopped before they were in the file begins with posting them. */
void
kip_sync_load_invitations (KipSyncEngine *engine)
{
  g_autoptr (GBytes) due = engine->replica->class->get_state (engine->replica, DUE);

  engine->must_invite_again = due != NULL;
}

gboolean
kip_sync_note_invited (KipSyncEngine *engine,
                       GError       **error)
{
  g_autoptr (GBytes) due = engine->replica->class->get_state (engine->replica, DUE);

  return due == NULL || kip_sync_own (engine, engine->replica->class->set_state (engine->replica, DUE, NULL, error));
}

gboolean
kip_sync_invite_again (KipSyncEngine *engine,
                       GError       **error)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) state = NULL;

  if (!engine->must_invite_again)
    return TRUE;
  engine->must_invite_again = FALSE;
  before = engine->replica->class->get_state (engine->replica, KEY);
  if (before == NULL)
    return TRUE;
  state = rewrite (engine, NULL, NULL, TRUE);
  return g_bytes_equal (before, state) || kip_sync_own (engine, engine->replica->class->set_state (engine->replica, KEY, state, error));
}
