/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-words.h"

#include "kip-exchange-resources.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCES "/io/github/kipdesk/Kip/sample/"

static const char *const gear_names[KIP_SAMPLE_N_GEAR] = {
  [KIP_SAMPLE_NOTHING] = "nothing",
  [KIP_SAMPLE_COMPUTER] = "computer",
  [KIP_SAMPLE_PRINTER] = "printer",
  [KIP_SAMPLE_NETWORK] = "network",
  [KIP_SAMPLE_ROOM_GEAR] = "room",
};

/* (nullable) */
static char *
text_of (GKeyFile   *file,
         const char *group,
         const char *key)
{
  return g_key_file_get_string (file, group, key, NULL);
}

static guint
number_of (GKeyFile   *file,
           const char *group,
           const char *key)
{
  return (guint) g_key_file_get_integer (file, group, key, NULL);
}

/* The values of a group, in order; NULL: there is no such group. */
static const char *const *
list_of (GKeyFile   *file,
         const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  GPtrArray *list;

  if (keys == NULL)
    return NULL;
  list = g_ptr_array_new ();
  for (guint i = 0; keys[i] != NULL; i++)
    g_ptr_array_add (list, text_of (file, group, keys[i]));
  g_ptr_array_add (list, NULL);
  return (const char *const *) g_ptr_array_free (list, FALSE);
}

static void
read_lists (GKeyFile       *file,
            KipSampleWords *words)
{
  for (guint i = 0; i < KIP_SAMPLE_N_GEAR; i++)
    {
      g_autofree char *group = g_strconcat ("gear ", gear_names[i], NULL);

      words->gear[i] = list_of (file, group);
    }
  words->rooms = list_of (file, "rooms");
  words->teams = list_of (file, "teams");
  words->openings = list_of (file, "openings");
  words->thanks = list_of (file, "thanks");
  words->chasers = list_of (file, "chasers");
  words->agains = list_of (file, "agains");
  words->sorries = list_of (file, "sorries");
  words->solved = list_of (file, "solved");
  words->closings = list_of (file, "closings");
  words->calls = list_of (file, "calls");
  words->happy = list_of (file, "happy");
  words->unhappy = list_of (file, "unhappy");
  words->works = list_of (file, "works");
}

static KipSamplePerson
read_person (GKeyFile   *file,
             const char *group,
             const char *mail)
{
  return (KipSamplePerson) {
           .name = text_of (file, group, "name"),
           .call = text_of (file, group, "call"),
           .mail = g_strdup (mail),
           .department = text_of (file, group, "department"),
           .phone = text_of (file, group, "phone"),
           .vip = g_key_file_get_boolean (file, group, "vip", NULL),
           .weight = number_of (file, group, "weight"),
  };
}

static KipSampleGear
read_gear (GKeyFile   *file,
           const char *group)
{
  g_autofree char *name = text_of (file, group, "gear");
  guint gear = KIP_SAMPLE_NOTHING;

  while (gear < KIP_SAMPLE_N_GEAR && g_strcmp0 (name, gear_names[gear]) != 0)
    gear++;
  return gear < KIP_SAMPLE_N_GEAR ? (KipSampleGear) gear : KIP_SAMPLE_NOTHING;
}

static KipSampleIssue
read_issue (GKeyFile   *file,
            const char *group)
{
  return (KipSampleIssue) {
           .category = text_of (file, group, "category"),
           .gear = read_gear (file, group),
           .impact = (guint8) number_of (file, group, "impact"),
           .urgency = (guint8) number_of (file, group, "urgency"),
           .weight = (guint8) number_of (file, group, "weight"),
           .minutes = number_of (file, group, "minutes"),
           .subjects = text_of (file, group, "subjects"),
           .story = text_of (file, group, "story"),
           .reply = text_of (file, group, "reply"),
           .question = text_of (file, group, "question"),
           .answer = text_of (file, group, "answer"),
           .supplier = text_of (file, group, "supplier"),
           .plan = text_of (file, group, "plan"),
           .note = text_of (file, group, "note"),
           .cause = text_of (file, group, "cause"),
           .done = text_of (file, group, "done"),
           .tag = text_of (file, group, "tag"),
           .who = text_of (file, group, "who"),
  };
}

static void
read_tables (GKeyFile       *file,
             KipSampleWords *words)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  GArray *people = g_array_new (FALSE, FALSE, sizeof (KipSamplePerson));
  GArray *issues = g_array_new (FALSE, FALSE, sizeof (KipSampleIssue));

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], "person "))
      {
        KipSamplePerson person = read_person (file, groups[i], groups[i] + strlen ("person "));

        g_array_append_val (people, person);
      }
    else if (g_str_has_prefix (groups[i], "issue "))
      {
        KipSampleIssue issue = read_issue (file, groups[i]);

        g_array_append_val (issues, issue);
      }
  words->n_people = people->len;
  words->people = (KipSamplePerson *) (gpointer) g_array_free (people, FALSE);
  words->n_issues = issues->len;
  words->issues = (KipSampleIssue *) (gpointer) g_array_free (issues, FALSE);
}

static KipSampleWords *
read_words (const char *language)
{
  g_autofree char *path = g_strconcat (RESOURCES, language, ".ini", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (kip_exchange_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  KipSampleWords *words = g_new0 (KipSampleWords, 1);

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    g_error ("the words of the sample office cannot be read: %s", path);
  words->mail_domain = text_of (file, "office", "mail-domain");
  words->business = text_of (file, "office", "business");
  words->same = text_of (file, "office", "same");
  words->outage = text_of (file, "office", "outage");
  words->goals[0] = text_of (file, "office", "goal-response");
  words->goals[1] = text_of (file, "office", "goal-csat");
  read_lists (file, words);
  read_tables (file, words);
  return words;
}

const KipSampleWords *
kip_sample_words (const char *language)
{
  static KipSampleWords *english, *vietnamese;

  if (g_strcmp0 (language, "vi") == 0)
    {
      if (g_once_init_enter (&vietnamese))
        g_once_init_leave (&vietnamese, read_words ("vi"));
      return vietnamese;
    }
  if (g_once_init_enter (&english))
    g_once_init_leave (&english, read_words ("en"));
  return english;
}
