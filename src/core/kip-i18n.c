/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-i18n.h"

#include "kip-config.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

void
kip_i18n_init (void)
{
  const char *directory = g_getenv ("KIP_LOCALEDIR");

  setlocale (LC_ALL, "");
  /* The plain C locale, as in a job by the clock, knows ASCII only: Vietnamese would be refused. */
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
