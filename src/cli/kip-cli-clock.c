/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-share-private.h"

#include "kip-id.h"
#include "kip-sync-clock.h"

#include <glib/gi18n.h>

static char *
words_for (gint64  offset,
           guint32 device)
{
  guint minutes = (guint) MIN (ABS (offset) / KIP_MS_PER_MINUTE, G_MAXINT);
  g_autofree char *letters = kip_id_device_letters (device);

  /* Translators: %s are the letters of a computer, as in the numbers of its tickets */
  if (offset > 0)
    return g_strdup_printf (ngettext ("%s: its clock was %u minute slow when it last wrote to the share.",
                                      "%s: its clock was %u minutes slow when it last wrote to the share.", minutes), letters, minutes);
  return g_strdup_printf (ngettext ("%s: its clock was %u minute fast when it last wrote to the share.",
                                    "%s: its clock was %u minutes fast when it last wrote to the share.", minutes), letters, minutes);
}

gboolean
kip_cli_print_clock (guint32 device,
                     gint64  offset)
{
  KipSyncClock clock;
  g_autofree char *words = NULL;

  kip_sync_clock_init (&clock);
  kip_sync_clock_look (&clock, offset, 0, 0);
  if (!clock.is_wrong)
    return FALSE;
  words = words_for (offset, device);
  kip_cli_print ("%s\n", words);
  return TRUE;
}

void
kip_cli_print_clock_advice (void)
{
  kip_cli_print ("%s\n", _("The others read its times, and promises are judged by them. Have date and time set automatically there."));
}

void
kip_cli_print_clocks (GPtrArray *haves)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (haves, i);

      is_any |= kip_cli_print_clock (have->device, have->clock_offset);
    }
  if (is_any)
    kip_cli_print_clock_advice ();
}
