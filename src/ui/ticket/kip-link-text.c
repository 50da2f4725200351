/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-link-text.h"

#include <string.h>

static gboolean
begins_link (const char *p)
{
  return g_str_has_prefix (p, "https://") || g_str_has_prefix (p, "http://");
}

/* Where the address at @p ends: before white space, and without the full stop or
 * bracket that belongs to the sentence around it. */
static gsize
link_length (const char *p)
{
  gsize n = strcspn (p, " \t\r\n<>\"");

  while (n > 0 && strchr (".,;:!?)]}'", p[n - 1]) != NULL)
    n--;
  return n;
}

static void
append_escaped (GString    *out,
                const char *text,
                gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (out, escaped);
}

char *
kip_link_text_to_markup (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *plain = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      gsize n = begins_link (p) ? link_length (p) : 0;

      if (n <= strlen ("https://"))
        continue;
      append_escaped (out, plain, (gsize) (p - plain));
      g_string_append (out, "<a href=\"");
      append_escaped (out, p, n);
      g_string_append (out, "\">");
      append_escaped (out, p, n);
      g_string_append (out, "</a>");
      plain = p + n;
      p += n - 1;
    }
  append_escaped (out, plain, strlen (plain));
  return g_string_free (out, FALSE);
}
