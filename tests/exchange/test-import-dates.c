/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-error.h"
#include "kip-import-dates.h"

typedef struct
{
  const char *formats;
  const char *zone;
  const char *text;
  const char *expected; /* NULL: not readable */
} Case;

#define VN "Asia/Ho_Chi_Minh"
#define BERLIN "Europe/Berlin"

static const Case cases[] = {
  { "iso", "UTC", "2016-02-29T01:16", "2016-02-29T01:16:00Z" },
  { "iso", VN, "2016-02-29T01:16", "2016-02-28T18:16:00Z" },
  { "iso", VN, " 2016-02-29 01:16:59 ", "2016-02-28T18:16:59Z" },
  { "iso", VN, "2016-02-29T01:16:59.25Z", "2016-02-29T01:16:59.250Z" },
  { "iso", VN, "2016-02-29T01:16+02:00", "2016-02-28T23:16:00Z" },
  { "iso", VN, "2016-02-29 01:16:00 -0530", "2016-02-29T06:46:00Z" },
  { "iso", "UTC", "2016/2/9", "2016-02-09T00:00:00Z" },
  { "iso", "UTC", "2016-02-30", NULL },
  { "iso", "UTC", "2016-02-29T24:00", "2016-03-01T00:00:00Z" },
  { "iso", "UTC", "2016-02-29T24:01", NULL },
  { "iso", "UTC", "2016-02-29T01:61", NULL },
  { "iso", "UTC", "2016-02-29 tomorrow", NULL },
  { "iso", "UTC", "29/02/2016", NULL },
  { "iso", "UTC", "", NULL },
  { "iso", "UTC", "0000-00-00 00:00:00", NULL },
  { "dd/mm/yyyy HH:MM", VN, "29/02/2016 01:16", "2016-02-28T18:16:00Z" },
  { "dd/mm/yyyy HH:MM", VN, "9/2/2016 1:16", "2016-02-08T18:16:00Z" },
  { "dd/mm/yyyy HH:MM", VN, "29/02/2016 01:16:30", "2016-02-28T18:16:30Z" },
  { "dd/mm/yyyy HH:MM", VN, "29/02/2016", "2016-02-28T17:00:00Z" },
  { "dd/mm/yyyy", "UTC", "29/02/2016 01:16", NULL },
  { "mm/dd/yyyy hh:MM", "UTC", "12/31/2016 12:05 AM", "2016-12-31T00:05:00Z" },
  { "mm/dd/yyyy hh:MM", "UTC", "12/31/2016 12:05 p.m.", "2016-12-31T12:05:00Z" },
  { "mm/dd/yyyy HH:MM:SS", "UTC", "12/31/2016 1:05 PM", "2016-12-31T13:05:00Z" },
  { "mm/dd/yyyy HH:MM:SS", "UTC", "12/31/2016 1:05:09 PM", "2016-12-31T13:05:09Z" },
  { "dd/mm/yyyy HH:MM:SS", "UTC", "31/12/2016 1:05 CH", "2016-12-31T13:05:00Z" },
  { "dd/mm/yyyy HH:MM:SS", "UTC", "31/12/2016 1:05:00 SA", "2016-12-31T01:05:00Z" },
  { "HH:MM dd/mm/yyyy", "UTC", "13:05 31/12/2016", "2016-12-31T13:05:00Z" },
  { "HH:MM:SS dd/mm/yyyy", "UTC", "13:05 31/12/2016", "2016-12-31T13:05:00Z" },
  { "dd mmm yyyy", "UTC", "5 Sept. 2016", "2016-09-05T00:00:00Z" },
  { "dd mmm yyyy", "UTC", "5 Sep. 2016", "2016-09-05T00:00:00Z" },
  { "dd mmm yyyy HH:MM", "UTC", "05 september 2016 07:00", "2016-09-05T07:00:00Z" },
  { "dd mmm, yyyy", "UTC", "5 Th\xc3\xa1ng 9, 2016", "2016-09-05T00:00:00Z" },
  { "dd/mmm/yy hh:MM", "UTC", "05/Sep/16 7:00 PM", "2016-09-05T19:00:00Z" },
  { "dd/mm/yy", "UTC", "05/09/71", "1971-09-05T00:00:00Z" },
  { "dd/mm/yy", "UTC", "05/09/2016", NULL },
  { "dd.mm.yyyy HH:MM zzz", BERLIN, "05.09.2016 07:00 +07:00", "2016-09-05T00:00:00Z" },
  { "yyyymmdd HH:MM:SS", "UTC", "20160905 07:00:01", "2016-09-05T07:00:01Z" },
  { "epoch", VN, "1456679760", "2016-02-28T17:16:00Z" },
  { "epoch", VN, "1456679760.5", "2016-02-28T17:16:00.500Z" },
  { "epoch-ms", VN, "1456679760250", "2016-02-28T17:16:00.250Z" },
  { "epoch", VN, "2016", NULL },
  { "excel", "UTC", "42429.052777777778", "2016-02-29T01:16:00Z" },
  { "excel", VN, "42429", "2016-02-28T17:00:00Z" },
  { "iso;dd/mm/yyyy", "UTC", "05/09/2016", "2016-09-05T00:00:00Z" },
  { NULL, "UTC", "05/09/2016 07:00", "2016-09-05T07:00:00Z" },
  { NULL, "UTC", "5-9-2016", "2016-09-05T00:00:00Z" },
  { NULL, "UTC", "yesterday", NULL },
  { "iso", "UTC", "1899-12-31 23:59:59", NULL },
  { "iso", "UTC", "1900-01-01", "1900-01-01T00:00:00Z" },
  { "iso", "UTC", "2199-12-31 23:59:59", "2199-12-31T23:59:59Z" },
  { "iso", "UTC", "2200-01-01", NULL },
  /* clocks forward on 29 March 2026 at 2:00, back on 25 October at 3:00 */
  { "iso", BERLIN, "2026-03-29 01:59", "2026-03-29T00:59:00Z" },
  { "iso", BERLIN, "2026-03-29 02:30", "2026-03-29T01:30:00Z" },
  { "iso", BERLIN, "2026-03-29 03:00", "2026-03-29T01:00:00Z" },
  { "iso", BERLIN, "2026-10-25 02:30", "2026-10-25T00:30:00Z" },
  { "iso", BERLIN, "2026-10-25 03:00", "2026-10-25T02:00:00Z" },
  { "iso", BERLIN, "2026-07-01 12:00", "2026-07-01T10:00:00Z" },
  { "iso", "UTC", "1969-12-31 23:59:59", "1969-12-31T23:59:59Z" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (c->zone);
      g_autoptr (GError) error = NULL;
      g_autoptr (KipImportDates) dates = kip_import_dates_new (c->formats, zone, &error);
      KipInstant instant = 42;

      g_assert_no_error (error);
      for (guint again = 0; again < 2; again++)
        {
          g_autofree char *iso = NULL;

          if (!kip_import_dates_parse (dates, c->text, &instant))
            {
              g_assert_cmpint (instant, ==, 42);
              if (c->expected != NULL)
                g_error ("%s is not read by %s", c->text, c->formats);
              continue;
            }
          iso = kip_instant_to_iso (instant);
          g_assert_cmpstr (iso, ==, c->expected);
        }
    }
}

static void
test_bad_formats (void)
{
  static const char *const bad[] = { "tomorrow", "dd/mm", "HH:MM", "iso;yyyy-mm", "epochs" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_import_dates_new (bad[i], NULL, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

static void
test_guess (void)
{
  static const struct { const char *samples[4]; const char *expected; } guesses[] = {
    { { "2016-02-29T01:16", "", "2016-03-01" }, "iso" },
    { { "29/02/2016 01:16", "01/03/2016 02:00" }, "dd/mm/yyyy HH:MM:SS" },
    { { "02/29/2016 01:16", "03/01/2016 02:00" }, "mm/dd/yyyy HH:MM:SS" },
    { { "01/02/2016", "03/04/2016" }, "dd/mm/yyyy HH:MM:SS" },
    { { "01/02/16 1:00 PM" }, "dd/mm/yy HH:MM:SS" },
    { { "2016-02-29", "29/02/2016" }, "iso;dd/mm/yyyy HH:MM:SS" },
    { { "1456679760", "1456679761" }, "epoch" },
    { { "1456679760123" }, "epoch-ms" },
    { { "20160229" }, "yyyymmdd HH:MM:SS" },
    { { "05/Sep/16 7:00 PM" }, "dd/mmm/yy HH:MM:SS" },
    { { "Sep 5, 2016 7:00:00 PM" }, "mmm dd, yyyy HH:MM:SS" },
    { { "blue", "2016-02-29" }, NULL },
    { { "", "" }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      guint n = g_strv_length ((char **) guesses[i].samples);
      g_autofree char *formats = kip_import_dates_guess (guesses[i].samples, n);

      g_assert_cmpstr (formats, ==, guesses[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-dates/parse", test_parse);
  g_test_add_func ("/import-dates/bad-formats", test_bad_formats);
  g_test_add_func ("/import-dates/guess", test_guess);
  return g_test_run ();
}
