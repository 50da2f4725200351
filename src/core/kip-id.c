/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-id.h"

char *
kip_id_device_letters (guint device)
{
  GString *letters = g_string_new (NULL);

  for (; device > 0; device = (device - 1) / 26)
    g_string_prepend_c (letters, (char) ('A' + (device - 1) % 26));
  return g_string_free (letters, FALSE);
}

guint
kip_id_device_from_letters (const char *letters,
                            gsize       length)
{
  guint device = 0;

  if (length == 0 || length > 3)
    return 0;
  for (gsize i = 0; i < length; i++)
    {
      char c = g_ascii_toupper (letters[i]);

      if (c < 'A' || c > 'Z')
        return 0;
      device = device * 26 + (guint) (c - 'A') + 1;
    }
  return device;
}
