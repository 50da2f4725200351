/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-column.h"

#include "kip-config.h"
#include "kip-error.h"
#include "kip-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  char *text;  /* (owned) (nullable): what stands there, or */
  int   index; /* the column */
} Part;

struct _KipImportColumn
{
  GPtrArray *alternatives; /* (owned) of GArray of Part */
  guint      n_sources;    /* with bars between them; a name that several columns bear is one */
  GString   *scratch;      /* (owned) */
  GString   *gathered;     /* (owned) */
};

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->text);
}

static GArray *
new_parts (void)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, part_clear);
  return parts;
}

/* ---- finding columns ---- */

static int
column_by_number (const char *name,
                  guint       n_columns)
{
  guint64 number;

  if (*name != '#' || !g_ascii_string_to_unsigned (name + 1, 10, 1, n_columns, &number, NULL))
    return -1;
  return (int) number - 1;
}

int
kip_import_find_column (const char        *name,
                        const char *const *header)
{
  g_autofree char *folded = kip_text_fold (name);

  for (int i = 0; header[i] != NULL; i++)
    if (strcmp (header[i], name) == 0)
      return i;
  for (int i = 0; *folded != '\0' && header[i] != NULL; i++)
    {
      g_autofree char *other = kip_text_fold (header[i]);

      if (strcmp (other, folded) == 0)
        return i;
    }
  return column_by_number (name, g_strv_length ((char **) header));
}

/* How many letters must change to make one of the other; texts of a header are short. */
static guint
distance (const char *a,
          const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= n; j++)
        {
          guint above = row[j];
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          row[j] = MIN (MIN (above, row[j - 1]) + 1, change);
          diagonal = above;
        }
    }
  return row[n];
}

static const char *
nearest (const char        *name,
         const char *const *header)
{
  g_autofree char *folded = kip_text_fold (name);
  const char *best = NULL;
  guint best_distance = 2 + (guint) strlen (folded) / 3;

  for (guint i = 0; strlen (folded) < 200 && header[i] != NULL; i++)
    {
      g_autofree char *other = kip_text_fold (header[i]);
      guint d = strlen (other) < 200 ? distance (folded, other) : G_MAXUINT;

      if (d < best_distance)
        {
          best = header[i];
          best_distance = d;
        }
    }
  return best;
}

static gboolean
fail_missing (const char        *name,
              const char *const *header,
              GError           **error)
{
  const char *near = nearest (name, header);
  g_autofree char *list = g_strjoinv (", ", (char **) header);

  if (near != NULL)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("The file has no column “%s”; perhaps “%s” is meant. Nothing was imported."), name, near);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("The file has no column “%s”. Nothing was imported. Its columns are: %s."), name, list);
  return FALSE;
}

/* ---- compiling ---- */

static gboolean
add_column (GArray            *parts,
            const char        *name,
            const char *const *header,
            GError           **error)
{
  Part part = { NULL, kip_import_find_column (name, header) };

  if (part.index < 0)
    return fail_missing (name, header, error);
  g_array_append_val (parts, part);
  return TRUE;
}

static void
add_text (GArray     *parts,
          const char *text,
          gsize       length)
{
  Part part = { g_strndup (text, length), -1 };

  g_array_append_val (parts, part);
}

/* A text with columns in braces. */
static gboolean
add_template (GArray            *parts,
              const char        *text,
              const char *const *header,
              GError           **error)
{
  const char *open;

  while ((open = strchr (text, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = NULL;

      if (close == NULL)
        break;
      if (open > text)
        add_text (parts, text, (gsize) (open - text));
      name = g_strndup (open + 1, (gsize) (close - open - 1));
      if (!add_column (parts, g_strstrip (name), header, error))
        return FALSE;
      text = close + 1;
    }
  if (*text != '\0')
    add_text (parts, text, strlen (text));
  return TRUE;
}

static GArray *
new_alternative (KipImportColumn *column)
{
  GArray *parts = new_parts ();

  g_ptr_array_add (column->alternatives, parts);
  return parts;
}

/* Some systems export a column for each label, all of the same name; the reader of the
 * table calls them Labels, Labels (7), Labels (8). */
static void
add_namesakes (KipImportColumn   *column,
               int                index,
               const char *const *header)
{
  for (int i = index + 1; header[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s (%d)", header[index], i + 1);

      if (strcmp (header[i], name) == 0)
        g_array_append_vals (new_alternative (column), &(Part) { NULL, i }, 1);
    }
}

static gboolean
add_named (KipImportColumn   *column,
           const char        *name,
           const char *const *header,
           GError           **error)
{
  GArray *parts = new_alternative (column);

  if (!add_column (parts, name, header, error))
    return FALSE;
  if (*name != '#')
    add_namesakes (column, g_array_index (parts, Part, 0).index, header);
  return TRUE;
}

static gboolean
add_source (KipImportColumn   *column,
            char              *text,
            const char *const *header,
            GError           **error)
{
  column->n_sources++;
  g_strstrip (text);
  if (*text == '=')
    {
      add_text (new_alternative (column), text + 1, strlen (text + 1));
      return TRUE;
    }
  if (strchr (text, '{') != NULL && kip_import_find_column (text, header) < 0)
    return add_template (new_alternative (column), text, header, error);
  return add_named (column, text, header, error);
}

/* The end of the source that starts at @text: a bar outside of braces. */
static const char *
end_of_source (const char *text)
{
  int depth = 0;

  for (; *text != '\0'; text++)
    {
      depth += (*text == '{') - (*text == '}');
      if (depth <= 0 && strncmp (text, " | ", 3) == 0)
        break;
    }
  return text;
}

KipImportColumn *
kip_import_column_compile (const char        *source,
                           const char *const *header,
                           GError           **error)
{
  g_autoptr (KipImportColumn) column = g_new0 (KipImportColumn, 1);

  column->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  column->scratch = g_string_new (NULL);
  column->gathered = g_string_new (NULL);
  for (const char *at = source;;)
    {
      const char *end = end_of_source (at);
      g_autofree char *text = g_strndup (at, (gsize) (end - at));

      if (!add_source (column, text, header, error))
        return NULL;
      if (*end == '\0')
        return g_steal_pointer (&column);
      at = end + 3;
    }
}

void
kip_import_column_free (KipImportColumn *column)
{
  g_ptr_array_unref (column->alternatives);
  g_string_free (column->scratch, TRUE);
  g_string_free (column->gathered, TRUE);
  g_free (column);
}

/* ---- reading ---- */

static gboolean
is_space (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static gboolean
is_empty (const char *text)
{
  while (is_space (*text))
    text++;
  return *text == '\0';
}

/* Without white space at the ends; only the scratch is ever cut. */
static const char *
trim (KipImportColumn *column,
      const char      *text)
{
  gsize length;

  while (is_space (*text))
    text++;
  length = strlen (text);
  if (length == 0 || !is_space (text[length - 1]))
    return text;
  if (text < column->scratch->str || text > column->scratch->str + column->scratch->len)
    {
      g_string_assign (column->scratch, text);
      text = column->scratch->str;
    }
  while (length > 0 && is_space (text[length - 1]))
    length--;
  column->scratch->str[(text - column->scratch->str) + (gssize) length] = '\0';
  return text;
}

static const char *
cell (const KipCsvRow *row,
      int              index)
{
  return (guint) index < row->n_cells ? row->cells[index] : "";
}

static gboolean
fill (KipImportColumn *column,
      GArray          *parts,
      const KipCsvRow *row)
{
  g_string_truncate (column->scratch, 0);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      const char *text = part->text != NULL ? part->text : cell (row, part->index);

      if (part->text == NULL && is_empty (text))
        return FALSE;
      g_string_append (column->scratch, text);
    }
  return TRUE;
}

static const char *
get_alternative (KipImportColumn *column,
                 guint            i,
                 const KipCsvRow *row)
{
  GArray *parts = column->alternatives->pdata[i];
  const Part *first = &g_array_index (parts, Part, 0);
  const char *text;

  if (parts->len != 1 || first->text != NULL)
    return fill (column, parts, row) ? trim (column, column->scratch->str) : "";
  text = cell (row, first->index);
  return *text != '\0' ? trim (column, text) : "";
}

const char *
kip_import_column_get (KipImportColumn *column,
                       const KipCsvRow *row)
{
  const char *text = "";

  for (guint i = 0; *text == '\0' && i < column->alternatives->len; i++)
    text = get_alternative (column, i, row);
  return text;
}

const char *
kip_import_column_gather (KipImportColumn *column,
                          const KipCsvRow *row)
{
  if (column->alternatives->len == 1)
    return get_alternative (column, 0, row);
  g_string_truncate (column->gathered, 0);
  for (guint i = 0; i < column->alternatives->len; i++)
    {
      const char *text = get_alternative (column, i, row);

      if (*text != '\0')
        g_string_append_printf (column->gathered, "%s%s", column->gathered->len > 0 ? ";" : "", text);
    }
  return column->gathered->str;
}

int
kip_import_column_get_index (KipImportColumn *column)
{
  GArray *parts = column->alternatives->pdata[0];
  const Part *part;

  if (column->n_sources != 1 || parts->len != 1)
    return -1;
  part = &g_array_index (parts, Part, 0);
  return part->text == NULL ? part->index : -1;
}
