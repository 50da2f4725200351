/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-repair.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KipSyncState state;
  KipRepair    repair;
} Case;

static const Case cases[] = {
  { KIP_SYNC_OFFLINE,
    { N_("The Share Cannot Be Reached"),
      N_("Go on working: everything is kept on this computer, and goes to the others by itself as soon as the share is back."),
      KIP_REPAIR_TRY_AGAIN, N_("_Try Again") } },
  { KIP_SYNC_MISSING,
    { N_("The Shared File Is Gone"),
      N_("It was deleted, moved or given another name. Nothing is lost: every computer of the office holds all of it. If the file stays away for a minute, one of them writes it again by itself; you can have it written now. If you know where it was put, put it back instead."),
      KIP_REPAIR_WRITE_AGAIN, N_("_Write the Whole File Again") } },
  { KIP_SYNC_DAMAGED,
    { N_("The Shared File Is Damaged"),
      N_("Its beginning cannot be read any more. Nothing is lost: every computer of the office holds all of it. Kip takes out of the file what can still be read, puts it aside with “.damaged” behind its name and writes a new one: by itself within a minute or so, or now."),
      KIP_REPAIR_WRITE_AGAIN, N_("_Set It Aside and Write Anew") } },
  { KIP_SYNC_FOREIGN,
    { N_("This Is Another Office’s File"),
      N_("In the place of the shared file lies that of another office. Kip takes nothing from it and writes nothing to it. Everything is kept on this computer, and goes to the others when the right file is there again. Put it back, or say where it is."),
      KIP_REPAIR_CHOOSE, N_("_Choose the File…") } },
  { KIP_SYNC_MOVED,
    { N_("The Shared File Was Moved"),
      N_("Somebody put it elsewhere, and this computer does not find it there under the name that was told. Go on working: everything is kept on this computer, and goes to the others as soon as you say where the file is."),
      KIP_REPAIR_CHOOSE, N_("_Choose the File…") } },
  { KIP_SYNC_NEWER,
    { N_("A Newer Kip Is Needed"),
      N_("A newer Kip wrote the shared file in a way that this one does not know, so nothing is read from it or written to it. Go on working: everything is kept on this computer. Update Kip here, and it goes on by itself."),
      KIP_REPAIR_TRY_AGAIN, N_("_Try Again") } },
  { KIP_SYNC_NO_KEY,
    { N_("This Computer Has No Key for the File"),
      N_("What the others write is sealed with a newer key. If it does not come within some minutes, this computer was probably removed, or the passphrase was changed meanwhile. What is here stays here. Ask a manager to let this computer in again; until then you can save a copy."),
      KIP_REPAIR_SAVE_COPY, N_("_Save a Copy…") } },
  { KIP_SYNC_FULL,
    { N_("The Share Is Full"),
      N_("Nothing more fits on the share. Everything is kept on this computer, and what the others wrote is seen here. Make room there; what waits is then sent by itself."),
      KIP_REPAIR_TRY_AGAIN, N_("_Try Again") } },
  { KIP_SYNC_READ_ONLY,
    { N_("The Share May Not Be Written"),
      N_("What the others write is seen here; what you write is kept on this computer and waits. Ask whoever looks after the shared folder for the right to write in it."),
      KIP_REPAIR_TRY_AGAIN, N_("_Try Again") } },
};

static const KipRepair cloned = {
  N_("Two Computers Write as One"),
  N_("A data folder was copied, or an older one was put back. What each of the two wrote is kept where it was written. As soon as both have reached the shared file, one of them gets a number of its own by itself, and everybody sees what both wrote. If that does not come about, leave the shared office on the copy and join it again with a code."),
  KIP_REPAIR_SETTINGS, N_("_Open Sharing")
};

static const KipRepair put_out = {
  N_("This Computer Was Removed from the Office"),
  N_("It can only read, and what was written here since does not count for the others. What is here stays here. To go on, ask a manager to let this computer in again; you can save a copy of what it holds."),
  KIP_REPAIR_SAVE_COPY, N_("_Save a Copy…")
};

static const KipRepair wrong_clock = {
  N_("The Clock of This Computer Is Wrong"),
  N_("It is more than two minutes away from the clock of the share. Nothing is lost, and nothing is held back; but the others read the times that it gives, and promises are judged by them. Have date and time set automatically in the settings of the system; this goes away by itself then."),
  KIP_REPAIR_TRY_AGAIN, N_("_Look Again")
};

static void
translate (const KipRepair *repair,
           KipRepair       *translated)
{
  *translated = (KipRepair) { _(repair->title), _(repair->text), repair->step, _(repair->label) };
}

gboolean
kip_repair_for_state (KipSyncState state,
                      KipRepair   *repair)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].state == state)
      {
        translate (&cases[i].repair, repair);
        return TRUE;
      }
  return FALSE;
}

gboolean
kip_repair_for (const KipSyncStatus *status,
                KipRepair           *repair)
{
  if (!status->is_shared)
    return FALSE;
  if (status->is_out || status->cloned != 0)
    {
      translate (status->is_out ? &put_out : &cloned, repair);
      return TRUE;
    }
  if (status->away_since != KIP_INSTANT_NONE)
    return kip_repair_for_state (status->state, repair);
  if (status->clock.is_wrong)
    translate (&wrong_clock, repair);
  return status->clock.is_wrong;
}
