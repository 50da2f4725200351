/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-date-form.h"

static gboolean
is_readable (GArray     *parts,
             const char *text)
{
  KipImportMoment moment;

  while (g_ascii_isspace (*text))
    text++;
  return *text != '\0' && kip_import_date_read (parts, text, &moment);
}

static GPtrArray *
compile_usual (void)
{
  guint n;
  const char *const *forms = kip_import_date_usual_forms (&n);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, kip_import_date_compile (forms[i]));
  return all;
}

gboolean
kip_import_dates_is_usual (const char *text)
{
  g_autoptr (GPtrArray) usual = compile_usual ();

  for (guint i = 0; i < usual->len; i++)
    if (is_readable (usual->pdata[i], text))
      return TRUE;
  return FALSE;
}

/* How many of @samples @parts reads of those not yet read; marks them with @mark. */
static guint
count_readable (GArray            *parts,
                const char *const *samples,
                guint              n,
                gboolean          *read,
                gboolean           mark)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    if (!read[i] && is_readable (parts, samples[i]))
      {
        count++;
        read[i] = mark;
      }
  return count;
}

char *
kip_import_dates_guess (const char *const *samples,
                        guint              n)
{
  g_autoptr (GPtrArray) usual = compile_usual ();
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree gboolean *read = g_new0 (gboolean, n + 1);
  guint n_forms;
  const char *const *forms = kip_import_date_usual_forms (&n_forms);
  guint left = 0;

  for (guint i = 0; i < n; i++)
    {
      read[i] = *samples[i] == '\0';
      left += !read[i];
    }
  while (left > 0)
    {
      guint best = 0, best_count = 0;

      for (guint f = 0; f < usual->len; f++)
        {
          guint count = count_readable (usual->pdata[f], samples, n, read, FALSE);

          if (count > best_count)
            {
              best = f;
              best_count = count;
            }
        }
      if (best_count == 0)
        return NULL;
      left -= count_readable (usual->pdata[best], samples, n, read, TRUE);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ";" : "", forms[best]);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}
