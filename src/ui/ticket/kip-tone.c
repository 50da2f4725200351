/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-tone.h"

const char *
kip_tone_css_class (KipTone tone)
{
  switch (tone)
    {
    case KIP_TONE_OFF:
    case KIP_TONE_PAUSED:
      return "dim-label";
    case KIP_TONE_WARNING:
      return "warning";
    case KIP_TONE_LATE:
      return "error";
    case KIP_TONE_MET:
      return "success";
    case KIP_TONE_CALM:
    default:
      return NULL;
    }
}

const char *
kip_tone_icon_name (KipTone tone)
{
  switch (tone)
    {
    case KIP_TONE_PAUSED:
      return "media-playback-pause-symbolic";
    case KIP_TONE_WARNING:
      return "dialog-warning-symbolic";
    case KIP_TONE_LATE:
      return "dialog-error-symbolic";
    case KIP_TONE_MET:
      return "object-select-symbolic";
    case KIP_TONE_OFF:
    case KIP_TONE_CALM:
    default:
      return "kip-promise-symbolic";
    }
}

void
kip_tone_apply (GtkWidget *widget,
                KipTone    tone)
{
  const char *wanted = kip_tone_css_class (tone);

  for (int i = KIP_TONE_OFF; i <= KIP_TONE_MET; i++)
    {
      const char *name = kip_tone_css_class ((KipTone) i);

      if (name != NULL && g_strcmp0 (name, wanted) != 0)
        gtk_widget_remove_css_class (widget, name);
    }
  if (wanted != NULL)
    gtk_widget_add_css_class (widget, wanted);
}
