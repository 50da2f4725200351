/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-date-form.h"

#include <string.h>

/* Forms that are tried when none is named, and from which a guess is made. */
static const char *const usual_forms[] = {
  "iso",
  "dd/mm/yyyy HH:MM:SS",
  "mm/dd/yyyy HH:MM:SS",
  "dd-mm-yyyy HH:MM:SS",
  "dd.mm.yyyy HH:MM:SS",
  "dd mmm yyyy HH:MM:SS",
  "mmm dd, yyyy HH:MM:SS",
  "dd/mmm/yy HH:MM:SS",
  "HH:MM:SS dd/mm/yyyy",
  "dd/mm/yy HH:MM:SS",
  "mm/dd/yy HH:MM:SS",
  "yyyymmdd HH:MM:SS",
  "epoch",
  "epoch-ms",
};

static const struct
{
  const char *text;
  KipImportDatePartKind    kind;
} tokens[] = {
  { "yyyy", KIP_IMPORT_DATE_YEAR },
  { "mmm", KIP_IMPORT_DATE_MONTH_NAME },
  { "zzz", KIP_IMPORT_DATE_ZONE },
  { "yy", KIP_IMPORT_DATE_SHORT_YEAR },
  { "mm", KIP_IMPORT_DATE_MONTH },
  { "dd", KIP_IMPORT_DATE_DAY },
  { "HH", KIP_IMPORT_DATE_HOUR },
  { "hh", KIP_IMPORT_DATE_HOUR },
  { "MM", KIP_IMPORT_DATE_MINUTE },
  { "SS", KIP_IMPORT_DATE_SECOND },
};

static const struct
{
  const char *text;
  KipImportDatePartKind    kind;
} whole_formats[] = {
  { "iso", KIP_IMPORT_DATE_ISO },
  { "epoch", KIP_IMPORT_DATE_EPOCH },
  { "epoch-ms", KIP_IMPORT_DATE_EPOCH_MS },
  { "excel", KIP_IMPORT_DATE_EXCEL },
};

static KipImportDatePart
next_part (const char **at)
{
  KipImportDatePart part = { KIP_IMPORT_DATE_CHARACTER, **at };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_has_prefix (*at, tokens[i].text))
      {
        *at += strlen (tokens[i].text);
        part.kind = tokens[i].kind;
        return part;
      }
  if (g_ascii_isspace (**at))
    part.kind = KIP_IMPORT_DATE_SPACE;
  (*at)++;
  return part;
}

static gboolean
has_part (GArray               *parts,
          KipImportDatePartKind kind)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, KipImportDatePart, i).kind == kind)
      return TRUE;
  return FALSE;
}

GArray *
kip_import_date_compile (const char *form)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (KipImportDatePart));

  for (gsize i = 0; i < G_N_ELEMENTS (whole_formats); i++)
    if (g_ascii_strcasecmp (form, whole_formats[i].text) == 0)
      {
        KipImportDatePart part = { whole_formats[i].kind, 0 };

        g_array_append_val (parts, part);
        return g_steal_pointer (&parts);
      }
  for (const char *at = form; *at != '\0';)
    {
      KipImportDatePart part = next_part (&at);

      g_array_append_val (parts, part);
    }
  if (!has_part (parts, KIP_IMPORT_DATE_DAY)
      || !(has_part (parts, KIP_IMPORT_DATE_MONTH) || has_part (parts, KIP_IMPORT_DATE_MONTH_NAME))
      || !(has_part (parts, KIP_IMPORT_DATE_YEAR) || has_part (parts, KIP_IMPORT_DATE_SHORT_YEAR)))
    return NULL;
  return g_steal_pointer (&parts);
}

const char *const *
kip_import_date_usual_forms (guint *n)
{
  *n = G_N_ELEMENTS (usual_forms);
  return usual_forms;
}
