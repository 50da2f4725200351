/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-private.h"

guint
kip_sample_roll (KipSample *sample,
                 guint      n)
{
  return n == 0 ? 0 : (guint) g_rand_int_range (sample->rand, 0, (gint32) n);
}

gboolean
kip_sample_chance (KipSample *sample,
                   guint      percent)
{
  return kip_sample_roll (sample, 100) < percent;
}

const char *
kip_sample_pick (KipSample         *sample,
                 const char *const *texts)
{
  return texts[kip_sample_roll (sample, g_strv_length ((char **) texts))];
}

static gboolean
may_have (const KipSampleIssue  *issue,
          const KipSamplePerson *person)
{
  g_auto (GStrv) departments = issue->who != NULL ? g_strsplit (issue->who, "|", -1) : NULL;

  return departments == NULL || g_strv_contains ((const char *const *) departments, person->department);
}

/* Whom @issue happens to, those who need help often more often. */
const KipSamplePerson *
kip_sample_pick_person (KipSample            *sample,
                        const KipSampleIssue *issue,
                        guint                *index)
{
  const KipSamplePerson *people = sample->words->people;
  guint sum = 0, roll, last = 0;

  for (guint i = 0; i < sample->words->n_people; i++)
    sum += may_have (issue, &people[i]) ? people[i].weight : 0;
  roll = kip_sample_roll (sample, sum);
  for (guint i = 0; i < sample->words->n_people; i++)
    if (people[i].weight > 0 && may_have (issue, &people[i]))
      {
        last = i;
        if (roll < people[i].weight)
          break;
        roll -= people[i].weight;
      }
  *index = last;
  return &people[last];
}

const KipSampleIssue *
kip_sample_pick_issue (KipSample  *sample,
                       gboolean ( *wanted ) (const KipSampleIssue *issue))
{
  const KipSampleIssue *issues = sample->words->issues;
  guint sum = 0, roll, i;

  for (i = 0; i < sample->words->n_issues; i++)
    sum += wanted == NULL || wanted (&issues[i]) ? issues[i].weight : 0;
  roll = kip_sample_roll (sample, sum);
  for (i = 0; i < sample->words->n_issues; i++)
    if (wanted == NULL || wanted (&issues[i]))
      {
        if (roll < issues[i].weight)
          break;
        roll -= issues[i].weight;
      }
  return &issues[MIN (i, sample->words->n_issues - 1)];
}
