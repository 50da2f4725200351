/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-sniff.h"

#include <string.h>

#define MAX_RECORDS 30

static const struct
{
  char        character;
  const char *name;
} delimiters[] = {
  { ',', "comma" },
  { ';', "semicolon" },
  { '\t', "tab" },
  { '|', "pipe" },
};

/* Counts the cells of the record at *@at outside of quotes; moves behind it.
 * FALSE when the text ends inside the record. */
static gboolean
count_cells (const char **at,
             const char  *end,
             char         delimiter,
             guint       *cells)
{
  gboolean quoted = FALSE;
  guint n = 1;

  for (const char *p = *at; p < end; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (!quoted && *p == delimiter)
        n++;
      else if (!quoted && (*p == '\n' || *p == '\r'))
        {
          *at = p + 1;
          *cells = n;
          return TRUE;
        }
    }
  *at = end;
  *cells = n;
  return FALSE;
}

static gboolean
is_blank (const char *at,
          const char *end)
{
  return at < end && (*at == '\n' || *at == '\r');
}

/* How well @delimiter explains the text: records with as many cells as the
 * first; more cells break a tie. */
static guint
score (const char *text,
       gsize       length,
       char        delimiter)
{
  const char *at = text, *end = text + length;
  guint header = 0, same = 0;

  for (guint i = 0; i < MAX_RECORDS && at < end;)
    {
      guint cells = 0;
      gboolean blank = is_blank (at, end);
      gboolean whole = count_cells (&at, end, delimiter, &cells);

      if (blank || (!whole && header != 0))
        continue;
      if (header == 0)
        header = cells;
      same += cells == header;
      i++;
    }
  return header < 2 ? 0 : same * 1000 + MIN (header, 999);
}

char
kip_csv_sniff_delimiter (const char *text,
                         gsize       length)
{
  char best = ',';
  guint best_score = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      guint s = score (text, length, delimiters[i].character);

      if (s > best_score)
        {
          best = delimiters[i].character;
          best_score = s;
        }
    }
  return best;
}

char
kip_csv_sniff_line_end (const char *text,
                        gsize       length)
{
  if (length == 0)
    return '\n';
  if (memchr (text, '\n', length) == NULL && memchr (text, '\r', length) != NULL)
    return '\r';
  return '\n';
}

gboolean
kip_csv_delimiter_from_name (const char *name,
                             char       *delimiter)
{
  *delimiter = 0;
  if (name == NULL || *name == '\0' || g_ascii_strcasecmp (name, "auto") == 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (g_ascii_strcasecmp (name, delimiters[i].name) == 0)
      {
        *delimiter = delimiters[i].character;
        return TRUE;
      }
  if (strlen (name) != 1 || *name == '"' || *name == '\n' || *name == '\r' || *name < 0)
    return FALSE;
  *delimiter = *name;
  return TRUE;
}

char *
kip_csv_delimiter_to_name (char delimiter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (delimiter == delimiters[i].character)
      return g_strdup (delimiters[i].name);
  return delimiter == 0 ? g_strdup ("auto") : g_strdup_printf ("%c", delimiter);
}
