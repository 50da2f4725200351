/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-office.h"

#include <string.h>

#include "kip-cbor.h"
#include "kip-sync-engine-private.h"

/* What people decide about each other in the bad time, and what must come of it: who was removed reads nothing of what
 * follows; of whom somebody was to be forgotten no file says a word; rights are the same on every machine; and
 * what a newer program wrote is carried by this older one, as it is. */

/* None of these is ours. */
#define NEW_KIND ((KipKind) 4000)
#define NEW_VERB ((KipVerb) 40)
#define NEW_FIELD ((KipField) 4000)
#define NEW_FRAME ((KipFrameType) 77)

static KipChange *
change_by (SimDesk *desk)
{
  return kip_change_new (KIP_ID_MAKE (sim_disk_get_author (desk->disk)->number, 7), "people");
}

static SimDesk *
draw_desk (SimOffice *office)
{
  return &office->desks[sim_world_below (office->world, office->plan.n_desks)];
}

/* ---- forgetting ---- */

static KipId
victim (guint n)
{
  return KIP_ID_MAKE (1, 5000 + n);
}

static char *
canary_of (guint n)
{
  return g_strdup_printf ("canary of %u,", n);
}

/* Of the next one to be forgotten, by somebody who has not heard of it. */
void
sim_people_add_text (SimDesk   *desk,
                     KipChange *change)
{
  guint n = sim_disk_count_purges (desk->disk);
  g_autofree char *text = canary_of (n);

  kip_change_add_message (change, victim (n), KIP_MESSAGE_REPLY, text);
}

static void
forget (SimOffice *office)
{
  SimDesk *desk = &office->desks[0];
  guint n = sim_disk_count_purges (desk->disk);
  KipChange *change = change_by (desk);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  kip_cbor_put_list (bytes, 2);
  kip_cbor_put_int (bytes, KIP_KIND_TICKET);
  kip_cbor_put_int (bytes, (gint64) victim (n));
  kip_change_entry (change, KIP_KIND_PURGE, KIP_ID_MAKE (1, 9000 + n), KIP_FIELD_PURGE_ENTITIES, kip_value_bytes (bytes->data, bytes->len));
  sim_disk_write (desk->disk, change);
}

/* ---- who takes part ---- */

static const KipMember *
member_at (const SimDesk *at,
           guint32        device)
{
  return kip_members_find (sim_disk_get_members (at->disk), device);
}

gboolean
sim_desk_is_out (const SimDesk *desk)
{
  const KipMember *member = member_at (&desk->office->desks[0], sim_disk_get_author (desk->disk)->number);

  return member != NULL && member->last != G_MAXUINT64;
}

gboolean
sim_desk_is_in (const SimDesk *desk)
{
  return !desk->is_lost && !sim_desk_is_out (desk);
}

static KipId
person_at (guint32 device)
{
  return KIP_ID_MAKE (1, 100 + device);
}

static void
write_role (SimDesk *desk,
            guint32  device,
            gboolean is_manager)
{
  KipChange *change = change_by (desk);

  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_PERSON, (gint64) person_at (device));
  kip_change_set_int (change, KIP_KIND_PERSON, person_at (device), KIP_FIELD_ROLE, is_manager ? KIP_ROLE_MANAGER : KIP_ROLE_AGENT);
  sim_disk_write (desk->disk, change);
}

static gboolean
is_manager (SimDesk *at,
            SimDesk *desk)
{
  return kip_members_is_manager (sim_disk_get_members (at->disk), sim_disk_get_author (desk->disk)->number);
}

/* A manager's, as far as that one knows. */
static SimDesk *
draw_manager (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);
  const KipMember *member = member_at (desk, sim_disk_get_author (desk->disk)->number);

  return is_manager (desk, desk) && member->last == G_MAXUINT64 && !desk->is_lost ? desk : &office->desks[0];
}

/* Never the founder's, by which all is compared. What has not been heard by then does not count. */
static void
remove_desk (SimOffice *office)
{
  SimDesk *desk = draw_manager (office), *other = draw_desk (office);
  guint32 device = sim_disk_get_author (other->disk)->number;
  KipChange *change;

  if (other == &office->desks[0] || other == desk)
    return;
  change = change_by (desk);
  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_LAST, (gint64) sim_disk_count (desk->disk, device));
  sim_disk_write (desk->disk, change);
}

/* By a manager, as far as that one knows. */
static void
give_role (SimOffice *office)
{
  SimDesk *desk = draw_manager (office), *other = draw_desk (office);
  gboolean makes_manager = sim_world_below (office->world, 2) == 0;

  if (other == &office->desks[0])
    return;
  other->was_manager |= makes_manager;
  write_role (desk, sim_disk_get_author (other->disk)->number, makes_manager);
}

/* A program that should have refused it. */
static void
take_role (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);

  if (!is_manager (desk, desk))
    write_role (desk, sim_disk_get_author (desk->disk)->number, TRUE);
}

/* ---- a newer program ---- */

static void
add_new (KipChange *change,
         KipKind    kind,
         KipId      entity,
         KipVerb    verb,
         KipField   field)
{
  kip_change_entry (change, kind, entity, field, kip_value_int (1))->verb = verb;
}

static void
write_the_future (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);
  KipChange *change = change_by (desk);
  guint64 number = sim_world_random (office->world);
  g_autoptr (GBytes) frame = NULL;

  add_new (change, NEW_KIND, 77, KIP_VERB_SET, NEW_FIELD);
  add_new (change, KIP_KIND_TICKET, victim (0), NEW_VERB, KIP_FIELD_SUBJECT);
  add_new (change, KIP_KIND_TICKET, victim (0), KIP_VERB_SET, NEW_FIELD);
  sim_disk_write (desk->disk, change);
  if (desk->future != NULL || sim_desk_is_out (desk) || kip_share_keys_get_file (kip_sync_engine_get_keys (desk->engine)) == NULL)
    return;
  desk->future = g_bytes_new (&number, sizeof number);
  frame = kip_frame_seal (kip_sync_engine_get_keys (desk->engine), NEW_FRAME, 0, desk->future, NULL);
  kip_sync_engine_post (desk->engine, frame);
}

void
sim_office_decide (gpointer data)
{
  static void (*const decisions[]) (SimOffice *office) = {
    forget, forget, give_role, give_role, take_role, write_the_future, write_the_future, write_the_future, remove_desk
  };
  SimOffice *office = data;
  gint64 pause = office->plan.people > 0 ? office->plan.length / office->plan.people : 0;

  while (office->plan.people > 0 && sim_world_now (office->world) < office->until)
    {
      sim_world_sleep (office->world, 1 + (gint64) sim_world_below (office->world, (guint64) (2 * pause)));
      if (sim_world_now (office->world) < office->until)
        decisions[sim_world_below (office->world, G_N_ELEMENTS (decisions))] (office);
    }
}

/* ---- what the share says ---- */

static gboolean
is_at (GBytes     *bytes,
       const void *what,
       gsize       length)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), what, length) != NULL;
}

static gboolean
is_of_office (SimOffice      *office,
              KipShareHeader *header)
{
  return memcmp (kip_share_header_get_info (header)->identity.office, kip_share_keys_get_office (office->all_keys), KIP_OFFICE_ID_SIZE) == 0;
}

/* In any frame of @name that can be opened with @keys. */
static gboolean
says (SimOffice          *office,
      const KipShareKeys *keys,
      const char         *name,
      const void         *what,
      gsize               length)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, name);
  g_autoptr (KipShareKeys) copy = kip_share_keys_copy (keys);
  g_autoptr (KipShareHeader) header = file != NULL ? kip_share_header_read (file, NULL) : NULL;
  gboolean found_it = FALSE, go_on = header != NULL && is_of_office (office, header);
  gsize at = KIP_SHARE_HEADER_SIZE;

  if (go_on)
    kip_share_keys_set_file (copy, &kip_share_header_get_info (header)->identity);
  while (go_on && !found_it)
    {
      KipFound found;

      kip_frame_find (copy, file, 0, at, TRUE, &found);
      found_it = found.kind == KIP_FOUND_FRAME && is_at (found.body, what, length);
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      at = (gsize) (found.offset + found.length);
      kip_found_clear (&found);
    }
  return found_it;
}

/* There are no attachments whose keys must be kept. */
void
sim_people_begin_round (SimDesk *desk)
{
  desk->engine->resealed = kip_sync_keys_get_replacing (desk->engine->ring);
}

/* What was posted is in the file now, unless a crash or another file was faster. */
void
sim_people_end_round (SimDesk     *desk,
                      KipSyncState state)
{
  if (desk->future == NULL || state == KIP_SYNC_MORE)
    return;
  if (state == KIP_SYNC_DONE && says (desk->office, desk->office->all_keys, SIM_FILE, g_bytes_get_data (desk->future, NULL), g_bytes_get_size (desk->future)))
    g_ptr_array_add (desk->office->futures, g_steal_pointer (&desk->future));
  g_clear_pointer (&desk->future, g_bytes_unref);
}

/* All that those who are in have not destroyed. */
static KipShareKeys *
dup_keys (SimOffice *office)
{
  KipShareKeys *keys = kip_share_keys_new (kip_share_keys_get_office (office->all_keys));

  for (guint i = 0; i < office->plan.n_desks; i++)
    if (sim_desk_is_in (&office->desks[i]))
      kip_share_keys_merge (keys, kip_sync_engine_get_keys (office->desks[i].engine));
  return keys;
}

static gboolean
is_said_anywhere (SimOffice  *office,
                  const char *text)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);
  g_autoptr (KipShareKeys) keys = dup_keys (office);

  for (guint i = 0; i < office->plan.n_desks; i++)
    if (sim_desk_is_in (&office->desks[i]) && sim_disk_says (office->desks[i].disk, text))
      return TRUE;
  for (guint i = 0; i < names->len; i++)
    if (says (office, keys, g_ptr_array_index (names, i), text, strlen (text)))
      return TRUE;
  return FALSE;
}

gboolean
sim_people_are_forgotten (SimOffice *office)
{
  for (guint n = sim_disk_count_purges (office->desks[0].disk); n > 0; n--)
    {
      g_autofree char *text = canary_of (n - 1);

      if (is_said_anywhere (office, text))
        return FALSE;
    }
  return TRUE;
}

/* ---- what must hold ---- */

/* Everybody who is in has one newest key, which nobody who is out has. */
gboolean
sim_people_have_keys (SimOffice *office)
{
  const KipShareKeys *keys = kip_sync_engine_get_keys (office->desks[0].engine);
  const KipShareSlots *slots = kip_share_keys_get_slots (keys);

  for (guint i = 1; i < office->plan.n_desks; i++)
    {
      SimDesk *desk = &office->desks[i];

      if (sim_desk_is_out (desk) && (slots == NULL || !kip_share_slots_is_without (slots, i + 1)))
        return FALSE;
      if (sim_desk_is_in (desk)
          && kip_share_keys_get_newest (kip_sync_engine_get_keys (desk->engine)) != kip_share_keys_get_newest (keys))
        return FALSE;
    }
  return sim_disk_count_purges (office->desks[0].disk) == 0 || (slots != NULL && slots->n_purges >= sim_disk_count_purges (office->desks[0].disk));
}

static gboolean
are_same (const GArray *a,
          const GArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (!kip_event_id_equal (&g_array_index (a, KipEventId, i), &g_array_index (b, KipEventId, i)))
      return FALSE;
  return a->len == b->len;
}

static void
check_same_rights (SimOffice *office,
                   SimDesk   *desk)
{
  GArray *refused = kip_members_get_refused (sim_disk_get_members (desk->disk));
  GArray *first = kip_members_get_refused (sim_disk_get_members (office->desks[0].disk));

  sim_check (office, are_same (refused, first),
             "desk %u refuses %u, desk 1 %u", sim_disk_get_author (desk->disk)->number, refused->len, first->len);
  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      SimDesk *other = &office->desks[i];

      sim_check (office, is_manager (desk, other) == is_manager (&office->desks[0], other), "whether desk %u is a manager's", i + 1);
      sim_check (office, i == 0 || !is_manager (desk, other) || other->was_manager, "desk %u made itself a manager's", i + 1);
    }
}

/* By whom it was removed lives and is in, and what counts of it goes on from there. */
static gboolean
has_heir (SimOffice       *office,
          const KipMember *member)
{
  return sim_desk_is_in (&office->desks[KIP_ID_DEVICE (member->ended_by) - 1]);
}

static void
check_shut_out (SimOffice *office,
                SimDesk   *desk)
{
  guint32 device = sim_disk_get_author (desk->disk)->number;
  const KipMember *member = member_at (&office->desks[0], device);
  guint16 newest = kip_share_keys_get_newest (kip_sync_engine_get_keys (office->desks[0].engine));

  sim_check (office, !kip_share_keys_has (kip_sync_engine_get_keys (desk->engine), newest), "who was removed has the key");
  for (guint i = 0; i < office->plan.n_desks && has_heir (office, member); i++)
    sim_check (office, !sim_desk_is_in (&office->desks[i]) || sim_disk_count (office->desks[i].disk, device) >= member->last,
               "%" G_GUINT64_FORMAT, member->last);
}

/* Nothing but crashes: what a newer program put into the file is in it, compacted or not. */
static void
check_future (SimOffice *office)
{
  for (guint i = 0; i < office->futures->len; i++)
    {
      GBytes *body = g_ptr_array_index (office->futures, i);

      sim_check (office, says (office, office->all_keys, SIM_FILE, g_bytes_get_data (body, NULL), g_bytes_get_size (body)), "a newer program's frame is lost");
    }
}

void
sim_people_check (SimOffice *office,
                  gboolean   is_good_day)
{
  for (guint i = 0; i < office->plan.n_desks; i++)
    if (sim_desk_is_out (&office->desks[i]))
      check_shut_out (office, &office->desks[i]);
    else if (!office->desks[i].is_lost)
      check_same_rights (office, &office->desks[i]);
  if (is_good_day && office->n_recreated == 0)
    check_future (office);
}
