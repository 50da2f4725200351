/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-office.h"
#include "sim-replica-private.h"

#include <stdio.h>
#include <string.h>

/* Data folders that are copied to a second computer, and older ones that are put in the place of newer.  Each edit has a number of its
 * own, names the one before it at the same desk, and refers to it as events do: in the end everybody has each once, and
 * what it refers to is what it names. */

#define EDIT "edit %u after %u,"

typedef struct
{
  KipEventId at;    /* the change-set that says it last */
  guint      count; /* how often it is said */
  guint      after;
  KipEventId ref;   /* of the one before it; device 0: none */
} Edit;

static void
mark_excused (SimOffice *office,
              guint      number)
{
  g_array_index (office->excused, gboolean, number) = TRUE;
}

/* ---- edits ---- */

static gboolean
read_edit (const KipEvent *event,
           guint          *number,
           guint          *after)
{
  const char *text = event->field == KIP_FIELD_MESSAGE && event->value != NULL ? kip_value_map_text (event->value, 2) : NULL;

  return text != NULL && sscanf (text, EDIT, number, after) == 2;
}

static void
note_edits (KipChange *change,
            gpointer   data)
{
  GArray *edits = data;

  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);
      guint number, after;
      Edit *edit;

      if (!read_edit (event, &number, &after) || number >= edits->len)
        continue;
      edit = &g_array_index (edits, Edit, number);
      edit->count++;
      edit->at = (KipEventId) { change->stamp->device, 0, change->stamp->seq };
      edit->after = after;
      if (event->n_refs > 0)
        edit->ref = event->refs[0];
    }
}

/* (transfer full) of Edit, by number */
static GArray *
read_edits (SimDesk *desk)
{
  GArray *edits = g_array_new (FALSE, TRUE, sizeof (Edit));

  g_array_set_size (edits, desk->office->excused->len);
  sim_disk_each (desk->disk, note_edits, edits);
  return edits;
}

/* Device 0: it is not there, nor was the first one. */
static KipEventId
find_edit (SimDesk *desk,
           guint    number)
{
  g_autoptr (GArray) edits = number != 0 ? read_edits (desk) : NULL;

  return edits != NULL ? g_array_index (edits, Edit, number).at : (KipEventId) { 0 };
}

void
sim_clones_add_edit (SimDesk   *desk,
                     KipChange *change)
{
  SimOffice *office = desk->office;
  Device *author = sim_disk_get_author (desk->disk);
  g_autofree char *text = NULL;
  KipEvent *event;
  gboolean excused = FALSE;
  guint number = office->excused->len;
  KipEventId before = find_edit (desk, desk->last_edit);

  g_array_append_val (office->excused, excused);
  text = g_strdup_printf (EDIT, number, before.device != 0 ? desk->last_edit : 0);
  event = kip_change_add_message (change, KIP_ID_MAKE (author->number, 2000 + number), KIP_MESSAGE_NOTE, text);
  if (before.device != 0)
    kip_event_add_ref (event, &before);
  desk->last_edit = number;
}

/* ---- what is lost with a disk ---- */

static gboolean
is_elsewhere (SimDesk *desk,
              guint    number)
{
  SimOffice *office = desk->office;

  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      SimDesk *other = &office->desks[i];
      g_autoptr (GArray) edits = other != desk && !other->is_lost ? read_edits (other) : NULL;

      if (edits != NULL && g_array_index (edits, Edit, number).count > 0)
        return TRUE;
    }
  return FALSE;
}

void
sim_clones_excuse (SimDesk *desk)
{
  g_autoptr (GArray) edits = NULL;

  if (desk->office->plan.clones == 0)
    return;
  edits = read_edits (desk);
  for (guint i = 0; i < edits->len; i++)
    if (g_array_index (edits, Edit, i).count > 0 && !is_elsewhere (desk, i))
      mark_excused (desk->office, i);
}

/* ---- folders ---- */

static SimDesk *
draw_desk (SimOffice *office)
{
  return &office->desks[sim_world_below (office->world, office->plan.n_desks)];
}

/* The copy goes on at a desk of its own. */
static void
copy_folder (SimOffice *office)
{
  SimDesk *from = draw_desk (office), *to;

  if (office->plan.n_desks == SIM_MAX_DESKS || from->is_lost)
    return;
  to = &office->desks[office->plan.n_desks++];
  sim_office_add_copy (from, to);
  to->last_edit = from->last_edit;
  office->n_copied++;
}

static void
keep_folder (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);

  if (desk->is_lost)
    return;
  g_clear_pointer (&office->kept, sim_disk_free);
  office->kept = sim_disk_copy (desk->disk, desk);
  office->kept_of = desk;
  office->kept_edit = desk->last_edit;
}

/* While the program is not running there. */
static void
put_folder_back (SimOffice *office)
{
  SimDesk *desk = office->kept_of;

  if (office->kept == NULL || desk->is_lost || desk->put_back != NULL)
    return;
  sim_clones_excuse (desk);
  desk->put_back = sim_disk_copy (office->kept, desk);
  desk->put_back_edit = office->kept_edit;
  sim_mount_crash (desk->mount);
  office->n_put_back++;
}

void
sim_clones_start (SimDesk *desk)
{
  if (desk->put_back == NULL)
    return;
  sim_clones_excuse (desk);
  sim_disk_free (desk->disk);
  desk->disk = g_steal_pointer (&desk->put_back);
  desk->last_edit = desk->put_back_edit;
}

void
sim_office_copy_folders (gpointer data)
{
  static void (*const acts[]) (SimOffice *office) = { copy_folder, keep_folder, put_folder_back };
  SimOffice *office = data;
  gint64 pause = office->plan.length / office->plan.clones;

  while (sim_world_now (office->world) < office->until)
    {
      sim_world_sleep (office->world, 1 + (gint64) sim_world_below (office->world, (guint64) (2 * pause)));
      if (sim_world_now (office->world) < office->until)
        acts[sim_world_below (office->world, G_N_ELEMENTS (acts))] (office);
    }
}

/* ---- what must hold ---- */

/* It refers to a line of which it was sure, and that was given up by another machine later, when the share had lost it.  What it refers to
 * is said by that one's twin then, and this is not known to who wrote it. */
static gboolean
lost_its_ref (SimDesk    *desk,
              const Edit *edit)
{
  KipMembers *members = sim_disk_get_members (desk->disk);
  const KipMember *writer = kip_members_find (members, edit->at.device);
  GPtrArray *all = kip_members_get_all (members);

  if (g_getenv ("KIP_SIM_REFS") != NULL || (writer->twin_of == edit->ref.device && edit->ref.seq > writer->twin_last))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->twin_of == edit->ref.device && member->twin_last < edit->ref.seq)
        return TRUE;
    }
  return FALSE;
}

static void
check_edit (SimDesk *desk,
            GArray  *edits,
            guint    number)
{
  SimOffice *office = desk->office;
  const Edit *edit = &g_array_index (edits, Edit, number), *before;

  sim_check (office, edit->count <= 1, "edit %u is there %u times", number, edit->count);
  sim_check (office, edit->count == 1 || g_array_index (office->excused, gboolean, number), "edit %u is lost", number);
  if (edit->count == 0 || edit->after == 0)
    return;
  before = &g_array_index (edits, Edit, edit->after);
  sim_check (office, (before->count == 1 && kip_event_id_equal (&before->at, &edit->ref)) || lost_its_ref (desk, edit),
             "edit %u refers to %u/%" G_GUINT64_FORMAT ", and %u is %u/%" G_GUINT64_FORMAT, number, edit->ref.device, edit->ref.seq,
             edit->after, before->at.device, before->at.seq);
}

void
sim_clones_check (SimOffice *office)
{
  for (guint i = 0; i < office->plan.n_desks && office->plan.clones > 0; i++)
    {
      SimDesk *desk = &office->desks[i];
      g_autoptr (GArray) edits = NULL;
      KipForks forks;

      if (desk->is_lost)
        continue;
      edits = read_edits (desk);
      for (guint number = 1; number < edits->len; number++)
        check_edit (desk, edits, number);
      sim_disk_find_forks (desk->disk, &forks);
      sim_check (office, forks.own.device == 0 && forks.cloned == 0 && forks.n_dropped == 0, "desk %u is one of two", i + 1);
    }
}
