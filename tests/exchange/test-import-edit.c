/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-edit.h"

static const char *const header[] = { "Number", "Opened at", "Category", "Summary", "=state", "Number", NULL };

static KipImportMap *
make_map (void)
{
  g_autoptr (GError) error = NULL;
  KipImportMap *map = kip_import_map_parse ("[columns]\n"
                                            "key=Number\n"
                                            "received=Opened at\n"
                                            "time=Opened at\n"
                                            "subject={Category}: {Summary}\n"
                                            "channel==phone\n", &error);

  g_assert_no_error (error);
  return map;
}

static void
test_shown (void)
{
  static const KipImportField fields[] = {
    KIP_IMPORT_KEY, KIP_IMPORT_RECEIVED, KIP_IMPORT_N_FIELDS, KIP_IMPORT_N_FIELDS, KIP_IMPORT_N_FIELDS,
    KIP_IMPORT_N_FIELDS,
  };
  g_autoptr (KipImportMap) map = make_map ();
  g_autoptr (GArray) composed = kip_import_map_list_composed (map, header);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpint (kip_import_map_field_of (map, header, i), ==, fields[i]);
  g_assert_cmpuint (composed->len, ==, 3);
  g_assert_cmpint (g_array_index (composed, KipImportField, 0), ==, KIP_IMPORT_SUBJECT);
  g_assert_cmpint (g_array_index (composed, KipImportField, 1), ==, KIP_IMPORT_CHANNEL);
  g_assert_cmpint (g_array_index (composed, KipImportField, 2), ==, KIP_IMPORT_TIME);
}

static void
test_use (void)
{
  g_autoptr (KipImportMap) map = make_map ();

  kip_import_map_use_column (map, header, 3, KIP_IMPORT_SUBJECT);
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_SUBJECT), ==, "Summary");
  kip_import_map_use_column (map, header, 3, KIP_IMPORT_DESCRIPTION);
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_DESCRIPTION), ==, "Summary");
  g_assert_null (kip_import_map_get_column (map, KIP_IMPORT_SUBJECT));
  kip_import_map_use_column (map, header, 3, KIP_IMPORT_N_FIELDS);
  g_assert_null (kip_import_map_get_column (map, KIP_IMPORT_DESCRIPTION));
}

/* A name that means something else, or another column, is written as a number. */
static void
test_awkward_names (void)
{
  g_autoptr (KipImportMap) map = make_map ();

  kip_import_map_use_column (map, header, 4, KIP_IMPORT_STATUS);
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_STATUS), ==, "#5");
  g_assert_cmpint (kip_import_map_field_of (map, header, 4), ==, KIP_IMPORT_STATUS);
  kip_import_map_use_column (map, header, 5, KIP_IMPORT_PARENT);
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_PARENT), ==, "#6");
}

static void
test_examples (void)
{
  char *a[] = { (char *) "INC1", (char *) "x\ny", NULL }, *b[] = { (char *) "INC1", (char *) " ", NULL };
  char *c[] = { (char *) "INC2", (char *) "Đường truyền của văn phòng tầng ba đã đứt từ sáng", NULL };
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *one = NULL;

  g_ptr_array_add (rows, a);
  g_ptr_array_add (rows, b);
  g_ptr_array_add (rows, c);
  first = kip_import_examples (rows, 0, 3);
  g_assert_cmpstr (first, ==, "INC1 · INC2");
  second = kip_import_examples (rows, 1, 3);
  g_assert_cmpstr (second, ==, "x y · Đường truyền của văn phòng tầng ba đã đ…");
  one = kip_import_examples (rows, 0, 1);
  g_assert_cmpstr (one, ==, "INC1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-edit/shown", test_shown);
  g_test_add_func ("/import-edit/use", test_use);
  g_test_add_func ("/import-edit/awkward-names", test_awkward_names);
  g_test_add_func ("/import-edit/examples", test_examples);
  return g_test_run ();
}
