/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-tiding-words.h"

#include "kip-format-value.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

/* ---- whose it is ---- */

static char *
assigned_sentence (const KipTiding *tiding,
                   KipOffice       *office)
{
  g_autofree char *who = kip_format_person (office, tiding->who, "Kip");
  g_autofree char *holder = kip_format_person (office, (KipId) tiding->after, NULL);

  if (tiding->after == KIP_ID_NONE)
    /* Translators: the name of a colleague */
    return g_strdup_printf (_("%s assigned it at the same time. Nobody has it now."), who);
  if (tiding->after == tiding->before)
    /* Translators: the names of a colleague and of who has the ticket */
    return g_strdup_printf (_("%s assigned it to somebody else at the same time. It stays with %s."), who, holder);
  return g_strdup_printf (_("%s assigned it at the same time. It is with %s now."), who, holder);
}

/* ---- what was promised ---- */

/* Translators: in all of these the first %s is a name, the second a time: "Lan’s pause of 9:40" */
static const struct
{
  KipField    field;
  int         detail; /* 0: any */
  const char *thing;
} things[] = {
  { KIP_FIELD_STATUS, KIP_PHASE_WAITING, N_("%s’s pause of %s") },
  { KIP_FIELD_STATUS, KIP_PHASE_RESOLVED, N_("%s’s resolution of %s") },
  { KIP_FIELD_STATUS, KIP_PHASE_CLOSED, N_("%s’s resolution of %s") },
  { KIP_FIELD_STATUS, 0, N_("%s’s change of the status of %s") },
  { KIP_FIELD_MESSAGE, KIP_MESSAGE_REPLY, N_("%s’s answer of %s") },
  { KIP_FIELD_MESSAGE, KIP_MESSAGE_CALL, N_("%s’s call of %s") },
  { KIP_FIELD_PRIORITY, 0, N_("%s’s change of the priority of %s") },
  { KIP_FIELD_DUE, 0, N_("the deadline that %s set, of %s") },
};

static const char *
find_thing (const KipTiding *tiding)
{
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (things[i].field == tiding->field && (things[i].detail == 0 || things[i].detail == tiding->detail))
      return things[i].thing;
  return N_("%s’s change of %s");
}

/* The time is enough where it was the same day. */
static char *
format_moment (const KipTiding *tiding)
{
  g_autofree char *day = kip_format_date (tiding->happened, NULL);
  g_autofree char *today = kip_format_date (tiding->at, NULL);

  return g_str_equal (day, today) ? kip_format_time (tiding->happened, NULL) : kip_format_instant (tiding->happened, NULL);
}

static char *
describe_cause (const KipTiding *tiding,
                KipOffice       *office)
{
  g_autofree char *who = kip_format_person (office, tiding->who, "Kip");
  g_autofree char *when = format_moment (tiding);
  g_auto (GStrv) parts = g_strsplit (_(find_thing (tiding)), "%s", 3);

  return g_strv_length (parts) == 3 ? g_strconcat (parts[0], who, parts[1], when, parts[2], NULL) : g_strdup (who);
}

static const char *
verdict (const KipTiding *tiding)
{
  switch (tiding->after)
    {
    case KIP_JUDGEMENT_KEPT:
      return _("kept, not broken");
    case KIP_JUDGEMENT_BROKEN:
      return _("broken, not kept");
    default:
      return _("not broken yet");
    }
}

static char *
judged_again (const KipTiding *tiding,
              KipOffice       *office)
{
  g_autofree char *at = kip_format_instant (tiding->at, NULL);
  g_autofree char *cause = describe_cause (tiding, office);

  /* Translators: a moment; "Lan’s pause of 9:40"; "kept, not broken" */
  return g_strdup_printf (_("Judged again on %s, after %s arrived: %s."), at, cause, verdict (tiding));
}

void
kip_tidings_explain (GArray         *tidings,
                     KipOffice      *office,
                     KipExplanation *why)
{
  for (guint i = 0; i < tidings->len; i++)
    {
      const KipTiding *tiding = &g_array_index (tidings, KipTiding, i);

      if (tiding->kind == KIP_TIDING_JUDGED && tiding->clock == why->kind)
        g_ptr_array_add (why->notes, judged_again (tiding, office));
    }
}

/* ---- what does not count ---- */

char *
kip_tiding_refused (KipTidingKind kind,
                    guint         n)
{
  if (kind == KIP_TIDING_REFUSED)
    return g_strdup_printf (ngettext ("%u change of yours does not count: only a manager changes what holds for the whole office, and by then that was no longer you. Ask a manager to make it.",
                                      "%u changes of yours do not count: only a manager changes what holds for the whole office, and by then that was no longer you. Ask a manager to make them.", n), n);
  return g_strdup_printf (ngettext ("%u change of yours does not count: this computer had been removed from the office before. It is shown here still; ask a manager to let this computer in again, then make it once more.",
                                    "%u changes of yours do not count: this computer had been removed from the office before. They are shown here still; ask a manager to let this computer in again, then make them once more.", n), n);
}

/* ---- all ---- */

char *
kip_tiding_title (const KipTiding *tiding)
{
  if (tiding->kind == KIP_TIDING_JUDGED)
    /* Translators: the name of a clock, as "First response" */
    return g_strdup_printf (_("%s: judged again"), kip_format_clock_name (tiding->clock));
  return g_strdup (_("Assigned by two at once"));
}

char *
kip_tiding_sentence (const KipTiding *tiding,
                     KipOffice       *office)
{
  switch (tiding->kind)
    {
    case KIP_TIDING_ASSIGNED:
      return assigned_sentence (tiding, office);
    case KIP_TIDING_JUDGED:
      return judged_again (tiding, office);
    case KIP_TIDING_REFUSED:
    case KIP_TIDING_PUT_OUT:
    default:
      return kip_tiding_refused (tiding->kind, 1);
    }
}
