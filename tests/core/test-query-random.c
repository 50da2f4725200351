/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kip-query-fields.h"
#include "query-laws.h"

/* Pieces that queries are made of, good and bad; what is put side by side with or
 * without a space between is a query that somebody could have typed. */
static const char *const pieces[] = {
  "máy", "in", "printer", "b214", "214", "congty.vn", "or", "and", "not", "NOT", "hoặc", "và", "không", "OR", "|",
  "-", "--", "(", ")", "((", "\"", "\"máy in\"", "\"a b\"*", "“x”", "*", "\\", "\\\"", ",", ":", "::", "<", ">=", "=", "!=", "..", "!",
  "last week", "this", "tuần", "trước", "hôm", "nay", "đang", "chờ", "trạng", "thái:", "người", "xử", "lý:", "http://x/y", "10:30",
  "foo:bar", "foo:", "foo:\"a b", "stauts:open", "due by hand", "#11", "?", "🔥", "e\xcc\x81", "\xff", "\t", "\n", "\xc2\xa0",
  "sort:-due", "sort:foo", "sort:", "-sort:number",
};

static const char *const values[] = {
  "open", "new", "waiting", "high", "low..high", "..normal", "me", "none", "any", "mine", "lan", "\"Trần Thị Lan\"", "\"open\"", "\"me\"",
  "today", "last week", "2026-10-01..2026-10-31", "2026-10", "31/10", "16:30", "2h", "-3d", "+1w", "1d..3d", "today..", "..", "thứ hai",
  "4", "4..5", "B-7", "vpn*", "\"\"", "\"a, b\"*", "x,y", ",", "overdue", "due by hand", "missed", "attachment", "#11", "-received", "@",
  "đang", "tuần", "2026-13-99", "99999999999999999999",
};

static const char *const operators[] = { ":", ":", ":", "=", "!=", "<", "<=", ">", ">=", ": ", " < " };

#define PICK(rand, array) (array[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))])

static void
append_field (GString *out,
              GRand   *rand)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);
  const KipQueryFieldInfo *field = &fields[g_rand_int_range (rand, 0, (gint32) n)];
  g_auto (GStrv) aliases = g_strsplit (field->aliases, "|", -1);
  guint which = (guint) g_rand_int_range (rand, 0, (gint32) g_strv_length (aliases) + 2);

  g_string_append (out, which < g_strv_length (aliases) ? aliases[which] : field->name);
}

static void
append_keyword (GString *out,
                GRand   *rand)
{
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);
  const KipQueryKeyword *keyword = &keywords[g_rand_int_range (rand, 0, (gint32) n)];
  g_auto (GStrv) aliases = g_strsplit (keyword->aliases != NULL ? keyword->aliases : keyword->name, "|", -1);

  g_string_append (out, g_rand_boolean (rand) ? keyword->name : aliases[0]);
}

static void
append_term (GString *out,
             GRand   *rand)
{
  append_field (out, rand);
  g_string_append (out, PICK (rand, operators));
  do
    {
      if (g_rand_boolean (rand))
        append_keyword (out, rand);
      else
        g_string_append (out, PICK (rand, values));
      if (g_rand_int_range (rand, 0, 4) == 0)
        g_string_append_c (out, ',');
      else
        break;
    }
  while (TRUE);
}

static char *
random_query (GRand *rand)
{
  GString *out = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 9);

  for (int i = 0; i < n; i++)
    {
      if (g_rand_int_range (rand, 0, 3) == 0)
        append_term (out, rand);
      else
        g_string_append (out, PICK (rand, pieces));
      if (g_rand_int_range (rand, 0, 4) > 0)
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}

static void
test_random (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 20000; round++)
    {
      g_autofree char *text = random_query (rand);
      g_autofree char *shown = g_strescape (text, NULL);

      if (g_test_verbose ())
        g_test_message ("%s", shown);
      query_laws_check (text);
    }
}

/* However deep or long, it takes no stack and no time to speak of. */
static void
test_large (void)
{
  static const char *const units[] = { "(", "-", "\"", "not ", "a or ", "status:", "(a or -", "x,", "a\\", "status:open,", "due..", "trạng ", "(foo:\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (int j = 0; j < 1000; j++)
        g_string_append (text, units[i]);
      g_test_message ("%s", units[i]);
      query_laws_check (text->str);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-random/random", test_random);
  g_test_add_func ("/query-random/large", test_large);
  return g_test_run ();
}
