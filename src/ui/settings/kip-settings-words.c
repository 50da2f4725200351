/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-settings-words.h"

#include <glib/gi18n-lib.h>

/* Names in quotes: they can be anything. */
static const KipSettingsWords words[] = {
  { KIP_KIND_PERSON, N_("_Add Person"), N_("New Person"),
    N_("Everybody who asks for help or gives it."),
    N_("Nobody here yet. Add the first person."),
    N_("“%s” added"), N_("“%s” changed"), N_("“%s” archived"), N_("“%s” restored"), N_("“%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_TEAM, N_("_Add Team"), N_("New Team"),
    N_("Who works on tickets together. A ticket nobody has taken yet is announced to its team."),
    N_("No teams yet. Add one when more than one group answers tickets."),
    N_("Team “%s” added"), N_("Team “%s” changed"), N_("Team “%s” archived"), N_("Team “%s” restored"),
    N_("Team “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_CATEGORY, N_("_Add Category"), N_("New Category"),
    N_("What tickets are about. Drag a category to change the order; choose its parent in its own page."),
    N_("No categories yet. A dozen are enough for most offices."),
    N_("Category “%s” added"), N_("Category “%s” changed"), N_("Category “%s” archived"),
    N_("Category “%s” restored"), N_("Category “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_STATUS, N_("_Add Status"), N_("New Status"),
    N_("Where a ticket stands, and whether its clocks run meanwhile. Tickets keep the meaning that a status "
       "had when it was set: changing or archiving one never changes pauses of the past."),
    N_("No statuses."),
    N_("Status “%s” added"), N_("Status “%s” changed"), N_("Status “%s” archived"), N_("Status “%s” restored"),
    N_("Status “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_CANNED, N_("_Add Canned Reply"), N_("New Canned Reply"),
    N_("Answers that are written once and used often."),
    N_("No canned replies yet. Add one for what you write every day."),
    N_("Canned reply “%s” added"), N_("Canned reply “%s” changed"), N_("Canned reply “%s” archived"),
    N_("Canned reply “%s” restored"), N_("Canned reply “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_ASSET, N_("_Add Asset"), N_("New Asset"),
    N_("The machines and things that tickets are about."),
    N_("No assets yet. Add one here, or from a ticket that is about it."),
    N_("Asset “%s” added"), N_("Asset “%s” changed"), N_("Asset “%s” archived"), N_("Asset “%s” restored"),
    N_("Asset “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_CALENDAR, N_("_Add Calendar"), N_("New Calendar"),
    N_("When people work. Promises are counted in this time."),
    N_("No calendars yet: the usual Vietnamese office hours are used."),
    N_("Calendar “%s” added"), N_("Calendar “%s” changed"), N_("Calendar “%s” archived"),
    N_("Calendar “%s” restored"), N_("Calendar “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_POLICY, N_("_Add Policy"), N_("New Policy"),
    N_("What is promised, and to which tickets. They are tried from the top; the first one that fits rules, "
       "and the default one rules the rest."),
    N_("No promises yet. Add a policy, and tickets have deadlines."),
    N_("Policy “%s” added"), N_("Policy “%s” changed"), N_("Policy “%s” archived"), N_("Policy “%s” restored"),
    N_("Policy “%s” moved"),
    N_("_Show archived ones") },
  { KIP_KIND_OUTAGE, N_("_Declare Outage"), N_("New Outage"),
    N_("Power cuts and broken lines: time in which nobody could work, left out of every clock it touches."),
    N_("No outages declared."),
    N_("Outage “%s” declared"), N_("Outage “%s” changed"), N_("Outage “%s” withdrawn"), N_("Outage “%s” restored"),
    N_("Outage “%s” moved"),
    N_("_Show withdrawn ones") },
  { KIP_KIND_GOAL, N_("_Add Target"), N_("New Target"),
    N_("What the figures are to be, whose, and from when until when. Tiles and charts show whether they are met."),
    N_("No targets yet. Add one for the figure that matters most; the past tells whether it is within reach."),
    N_("Target for “%s” set"), N_("Target for “%s” changed"), N_("Target for “%s” put away"), N_("Target for “%s” restored"),
    N_("Target for “%s” moved"),
    N_("_Show archived ones") },
};

const KipSettingsWords *
kip_settings_words (KipKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].kind == kind)
      return &words[i];
  g_return_val_if_reached (&words[0]);
}

char *
kip_settings_say_done (const char *past_tense,
                       const char *name)
{
  g_autoptr (GString) text = g_string_new (_(past_tense));

  g_string_replace (text, "%s", name, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
