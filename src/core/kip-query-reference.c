/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How it works, before the tables; Markdown. */
static const char *const paragraphs[] = {
  N_("Type what you remember: parts of the subject, of a message, of a name, of a number. "
     "Each word may be the beginning of one, capitals and Vietnamese marks do not matter, and a ticket must "
     "have all of them: `may in` finds “Máy in phòng kế toán”. A ticket number alone (`b214`, `B-214`, `214`) goes to it."),
  N_("Words in quotation marks must stand so, whole and one after the other: `\"may in\"`. "
     "With a star behind them the last one may go on: `\"may in\"*`."),
  N_("A minus leaves out: `-printer`, `-status:closed`. `or` between two conditions takes either, and parentheses "
     "group: `(vpn or wifi) -is:waiting`. The word `not` leaves out too when a condition, a quotation or a "
     "parenthesis follows it; before a plain word it is a plain word."),
  N_("A field, a colon and a value narrow the search: `status:open`. Several values with commas mean any of them: "
     "`status:open,new`. Times, durations, numbers and ranks can be compared: `due<2h`, `priority>=high`, "
     "`survey:4..5`. Fields and values may be written in English or Vietnamese, with or without marks: "
     "`trạng thái:mới`, `trangthai:moi`."),
  N_("Times are words (`today`, `last-week`, `monday`), dates (`2026-11-20`, `20/11`, `20/11/2026`), months "
     "(`2026-11`), weeks (`2026-W47`), quarters (`2026-Q4`), years, or clock times of today (`16:30`). "
     "A duration (`2h`, `30m`, `3d`, `1w`, `1h30m`) means so long ago, and for `due` so long from now. "
     "With a sign it is a point in time: `due>-1d`. From one to the other: `2026-10-01..2026-10-31`."),
  N_("A mistake is underlined and says what it is; the rest of the search goes on working."),
};

typedef struct
{
  KipQuerySet set;
  const char *title;
} Section;

static const Section sections[] = {
  { KIP_QUERY_SET_IS, N_("After is:") },
  { KIP_QUERY_SET_HAS, N_("After has:") },
  { KIP_QUERY_SET_PHASE, N_("After status:") },
  { KIP_QUERY_SET_PRIORITY, N_("After priority:") },
  { KIP_QUERY_SET_LEVEL, N_("After impact: and urgency:") },
  { KIP_QUERY_SET_CHANNEL, N_("After channel:") },
  { KIP_QUERY_SET_PERSON, N_("After agent: and requester:") },
  { KIP_QUERY_SET_TEAM, N_("After team:") },
  { KIP_QUERY_SET_CLOCK, N_("After sla:, response:, update: and resolution:") },
  { KIP_QUERY_SET_TIME, N_("Times") },
  { KIP_QUERY_SET_SORT, N_("After sort:") },
  { KIP_QUERY_SET_EMPTY, N_("After every field that can be empty") },
};

/* "|" would end the cell. */
static void
append_spellings (GString    *out,
                  const char *aliases)
{
  g_auto (GStrv) spellings = g_strsplit (aliases != NULL ? aliases : "", "|", -1);

  for (char **spelling = spellings; *spelling != NULL; spelling++)
    g_string_append_printf (out, "%s`%s`", spelling > spellings ? ", " : "", *spelling);
}

static void
append_fields (GString *out)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  g_string_append_printf (out, "## %s\n\n| %s | %s | %s | %s |\n|---|---|---|---|\n",
                          _("Fields"), _("Field"), _("Also"), _("Meaning"), _("Example"));
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (out, "| `%s` | ", fields[i].name);
      append_spellings (out, fields[i].aliases);
      g_string_append_printf (out, " | %s | `%s` |\n", _(fields[i].description), fields[i].example);
    }
}

static void
append_keywords (GString       *out,
                 const Section *section)
{
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  g_string_append_printf (out, "\n## %s\n\n| %s | %s | %s |\n|---|---|---|\n",
                          _(section->title), _("Value"), _("Also"), _("Meaning"));
  for (guint i = 0; i < n; i++)
    {
      if (keywords[i].set != section->set)
        continue;
      g_string_append_printf (out, "| `%s` | ", keywords[i].name);
      append_spellings (out, keywords[i].aliases);
      g_string_append_printf (out, " | %s |\n", _(keywords[i].label));
    }
}

char *
kip_query_reference (void)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (paragraphs); i++)
    g_string_append_printf (out, "%s\n\n", _(paragraphs[i]));
  append_fields (out);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    append_keywords (out, &sections[i]);
  return g_string_free (out, FALSE);
}
