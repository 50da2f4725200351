/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"

#include "kip-share-error.h"

#include <errno.h>
#include <string.h>

/* What follows "damaged": nothing, or ".2" and so on. */
static gboolean
is_number (const char *text)
{
  if (*text == '\0')
    return TRUE;
  if (*text++ != '.' || !g_ascii_isdigit (*text))
    return FALSE;
  while (g_ascii_isdigit (*text))
    text++;
  return *text == '\0';
}

/* As replace_end () calls an old file that it moves out of the way. */
static gboolean
is_aside (KipShareCarrier *self,
          const char      *name)
{
  static const char *const endings[] = { ".damaged", ".empty" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *aside = g_strconcat (self->name, endings[i], NULL);

      if (g_str_has_prefix (name, aside) && is_number (name + strlen (aside)))
        return TRUE;
    }
  return FALSE;
}

gboolean
kip_share_carrier_drop_aside (KipCarrier   *carrier,
                              GCancellable *cancellable,
                              GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  KipSharePlace place;
  int failure;

  if (!kip_share_carrier_check_place (self, &place, error))
    return FALSE;
  failure = self->fs->class->list (self->fs, "", names);
  if (failure != 0)
    return kip_share_fail_read (error, self->name, failure);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      failure = is_aside (self, name) ? self->fs->class->unlink (self->fs, name) : 0;
      if (failure != 0 && failure != ENOENT)
        return kip_share_fail_write (error, name, failure);
    }
  return TRUE;
}
