/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-private.h"

#include <glib/gi18n-lib.h>

/* Kept on this machine: "off" when the person does not tell where they are. */
#define LOCAL_PRESENCE "presence"

/* ---- attachments ---- */

gboolean
kip_sync_file_status (KipSync       *self,
                      const guint8  *hash,
                      KipFileStatus *status)
{
  g_return_val_if_fail (KIP_IS_SYNC (self), FALSE);

  return kip_sync_traffic_file_status (self->traffic, hash, status);
}

static void
want (KipSync      *self,
      const guint8 *hash,
      gboolean      wanted)
{
  kip_sync_traffic_want (self->traffic, hash, wanted);
  g_mutex_lock (&self->mutex);
  g_cond_signal (&self->wake);
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_want_file (KipSync      *self,
                    const guint8 *hash)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  want (self, hash, TRUE);
}

void
kip_sync_unwant_file (KipSync      *self,
                      const guint8 *hash)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  want (self, hash, FALSE);
}

void
kip_sync_get_files (KipSync      *self,
                    KipSyncFiles *files)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_traffic_get_files (self->traffic, files);
}

/* ---- who is where ---- */

static void
wake (KipSync *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_be_at (KipSync *self,
                KipId    ticket,
                KipDoing doing)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_traffic_be_at (self->traffic, ticket, doing);
  wake (self);
}

gboolean
kip_sync_get_tells_presence (KipSync *self)
{
  g_autofree char *kept = kip_store_get_local (self->store, LOCAL_PRESENCE);

  return g_strcmp0 (kept, "off") != 0;
}

void
kip_sync_set_tells_presence (KipSync *self,
                             gboolean tells)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  if (tells == kip_sync_get_tells_presence (self))
    return;
  kip_store_set_local (self->store, LOCAL_PRESENCE, tells ? NULL : "off");
  kip_sync_traffic_set_tells (self->traffic, tells);
  wake (self);
}

static KipId
person_at (KipMembers *members,
           guint32     device)
{
  const KipMember *member = kip_members_find (members, device);

  return member != NULL ? member->person : KIP_ID_NONE;
}

/* A person who sits at two computers is not told of themselves. */
GArray *
kip_sync_who_is_at (KipSync *self,
                    KipId    ticket)
{
  g_autoptr (KipMembers) members = NULL;
  GArray *notes;

  g_return_val_if_fail (KIP_IS_SYNC (self), NULL);

  members = kip_store_dup_members (self->store);
  notes = kip_sync_traffic_who_is_at (self->traffic, ticket);
  for (guint i = notes->len; i > 0; i--)
    {
      KipId person = person_at (members, g_array_index (notes, KipDeskNote, i - 1).device);

      if (person == KIP_ID_NONE || person == kip_store_get_me (self->store))
        g_array_remove_index (notes, i - 1);
    }
  return notes;
}

/* ---- in words ---- */

static const char *
person_name (KipStore *store,
             KipId     id)
{
  const KipPerson *person = id != KIP_ID_NONE ? kip_office_person (kip_store_get_office (store), id) : NULL;

  return person != NULL ? person->name : NULL;
}

char *
kip_sync_device_words (KipStore *store,
                       guint32   device)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  const KipMember *member = kip_members_find (members, device);
  const char *name = member != NULL ? person_name (store, member->person) : NULL;

  if (name != NULL)
    /* Translators: whose computer it is; %s is a person */
    return g_strdup_printf (_("%s’s computer"), name);
  if (member != NULL && member->name != NULL)
    return g_strdup_printf (_("the computer “%s”"), member->name);
  return g_strdup (_("another computer"));
}

/* Each person once, those who write first. */
static GPtrArray *
name_people (KipStore *store,
             GArray   *notes,
             guint    *n_writing)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  *n_writing = 0;
  for (guint pass = KIP_DOING_WRITING; pass >= KIP_DOING_LOOKING; pass--)
    for (guint i = 0; i < notes->len; i++)
      {
        const KipDeskNote *note = &g_array_index (notes, KipDeskNote, i);
        const char *name = person_name (store, person_at (members, note->device));

        if (note->doing != (KipDoing) pass || name == NULL || !g_hash_table_add (known, (char *) name))
          continue;
        g_ptr_array_add (names, g_strdup (name));
        *n_writing += pass == KIP_DOING_WRITING;
      }
  return names;
}

char *
kip_sync_presence_words (KipStore *store,
                         GArray   *notes)
{
  guint n_writing;
  g_autoptr (GPtrArray) names = name_people (store, notes, &n_writing);
  const char *first = names->len > 0 ? g_ptr_array_index (names, 0) : NULL;
  const char *second = names->len > 1 ? g_ptr_array_index (names, 1) : NULL;

  if (names->len == 0)
    return NULL;
  if (names->len == 1 && n_writing == 1)
    return g_strdup_printf (_("%s is writing"), first);
  if (names->len == 1)
    return g_strdup_printf (_("%s is looking"), first);
  if (names->len == 2 && n_writing == 2)
    return g_strdup_printf (_("%s and %s are writing"), first, second);
  if (names->len == 2 && n_writing == 1)
    return g_strdup_printf (_("%s is writing, %s is looking"), first, second);
  if (names->len == 2)
    return g_strdup_printf (_("%s and %s are looking"), first, second);
  if (n_writing > 0)
    return g_strdup_printf (ngettext ("%s is writing, %u other is here", "%s is writing, %u others are here", names->len - 1),
                            first, names->len - 1);
  return g_strdup_printf (ngettext ("%s and %u other are looking", "%s and %u others are looking", names->len - 1),
                          first, names->len - 1);
}
