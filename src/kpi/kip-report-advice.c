/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands out: plain rules, each with the figures that it was drawn from. */

#include "kip-outlook.h"
#include "kip-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MUCH_PAUSED 30.0   /* % of working time */
#define MUCH_REOPENED 10.0 /* % of what was resolved */
#define LITTLE_LIKED 70.0  /* % satisfied */
#define MUCH_OF_BROKEN 25  /* % of all broken promises in one category */
#define MUCH_MORE 1.2      /* received by resolved */

static void
say (GPtrArray *advice,
     char      *sentence)
{
  g_ptr_array_add (advice, sentence);
}

/* ---- what is late, and what will be ---- */

static void
advise_late (GPtrArray    *advice,
             const GArray *breaches)
{
  guint n = 0;

  for (guint i = 0; i < breaches->len; i++)
    n += g_array_index (breaches, KipBreach, i).is_open;
  if (n > 0)
    say (advice, g_strdup_printf (ngettext ("%u promise of an open ticket is broken already: begin with it.",
                                            "%u promises of open tickets are broken already: begin with the latest.", n), n));
}

static void
advise_soon (GPtrArray      *advice,
             const KipStudy *study)
{
  g_autoptr (KipOutlook) outlook = kip_outlook_new (study);

  if (outlook->n_promises > 0)
    say (advice, kip_outlook_sentence (outlook, study));
}

static double
value_of (const KipStudy *study,
          KipMeasure      measure,
          guint          *n)
{
  KipScope scope = study->scope;
  g_autoptr (GArray) figures = NULL;

  scope.silent = TRUE;
  figures = kip_measure_compute (measure, &scope, KIP_BY_NOTHING);
  *n = g_array_index (figures, KipFigure, 0).n;
  return g_array_index (figures, KipFigure, 0).value;
}

static void
advise_flow (GPtrArray      *advice,
             const KipStudy *study)
{
  guint received, resolved;

  value_of (study, KIP_MEASURE_RECEIVED, &received);
  value_of (study, KIP_MEASURE_RESOLVED, &resolved);
  if (received >= KIP_FEW && received > MUCH_MORE * resolved)
    say (advice, g_strdup_printf (_("More arrives than is resolved (%u against %u). If that goes on, promises will break: somebody more, or fewer promises."),
                                  received, resolved));
}

/* ---- why ---- */

typedef struct
{
  KipId category;
  guint n;
} Broken;

/* The category with the most broken promises. */
static Broken
find_worst (const KipStudy *study,
            const GArray   *breaches)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_int64_hash, g_int64_equal);
  Broken worst = { KIP_ID_NONE, 0 };

  for (guint i = 0; i < breaches->len; i++)
    {
      KipId *category = &study->table->category[g_array_index (breaches, KipBreach, i).row];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, category)) + 1;

      g_hash_table_insert (counts, category, GUINT_TO_POINTER (n));
      if (*category != KIP_ID_NONE && n > worst.n)
        worst = (Broken) { *category, n }
      ;
    }
  return worst;
}

static void
advise_category (GPtrArray      *advice,
                 const KipStudy *study,
                 const GArray   *breaches)
{
  Broken worst = find_worst (study, breaches);
  KipFigure group = { .key = worst.category };
  g_autofree char *name = NULL;

  if (worst.n < 3 || worst.n * 100 < breaches->len * MUCH_OF_BROKEN)
    return;
  name = kip_study_group_name (study, KIP_BY_CATEGORY, &group);
  say (advice, g_strdup_printf (_("%u of %u broken promises are about “%s”. Who knows it best? Is an article missing, or is the promise too tight?"),
                                worst.n, breaches->len, name));
}

static void
advise_pauses (GPtrArray      *advice,
               const KipStudy *study)
{
  guint n;
  double all = value_of (study, KIP_MEASURE_PAUSED, &n);
  double requester = value_of (study, KIP_MEASURE_PAUSED_REQUESTER, &n);
  double supplier = value_of (study, KIP_MEASURE_PAUSED_SUPPLIER, &n);

  if (n >= KIP_FEW && all >= MUCH_PAUSED)
    say (advice, g_strdup_printf (_("Tickets waited %.0f %% of their working time: %.0f %% for the requester, %.0f %% for suppliers. Ask for everything at once, and remind."),
                                  all, requester, supplier));
}

static void
advise_quality (GPtrArray      *advice,
                const KipStudy *study)
{
  guint n;
  double reopened = value_of (study, KIP_MEASURE_REOPENED, &n);

  if (n >= KIP_FEW && reopened >= MUCH_REOPENED)
    say (advice, g_strdup_printf (_("%.0f %% of what was resolved came back within seven days (n = %u): have the requester confirm before it is closed."),
                                  reopened, n));
  reopened = value_of (study, KIP_MEASURE_CSAT, &n);
  if (n >= KIP_FEW && reopened < LITTLE_LIKED)
    say (advice, g_strdup_printf (_("Only %.0f %% of the answers are satisfied (n = %u): read the unsatisfied ones, and call back."), reopened, n));
}

GPtrArray *
kip_report_advice (const KipStudy *study,
                   const GArray   *breaches)
{
  GPtrArray *advice = g_ptr_array_new_with_free_func (g_free);

  advise_late (advice, breaches);
  advise_soon (advice, study);
  advise_flow (advice, study);
  advise_category (advice, study, breaches);
  advise_pauses (advice, study);
  advise_quality (advice, study);
  if (advice->len == 0)
    say (advice, g_strdup (_("Nothing stands out: go on like this.")));
  return advice;
}
