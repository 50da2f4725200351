/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-query-private.h"
#include "kip-text.h"

/* Aliases are spelled with their marks for people to read; they are found
 * without.  Vietnamese first, the first of them is the one that is offered. */
static const KipQueryFieldInfo fields[] = {
  { KIP_QUERY_STATUS, "status", "trạng thái|tình trạng",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_PHASE, FALSE, KIP_QUERY_NAMES_STATUS,
    N_("Status"), N_("Where the ticket stands: a phase, or the name of a status of your office"), "status:open,new" },
  { KIP_QUERY_PRIORITY, "priority", "ưu tiên|độ ưu tiên|mức ưu tiên|prio",
    KIP_QUERY_TYPE_RANK, KIP_QUERY_SET_PRIORITY, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Priority"), N_("How pressing it is; priority>=high means high and critical"), "priority>=high" },
  { KIP_QUERY_IMPACT, "impact", "ảnh hưởng|mức ảnh hưởng",
    KIP_QUERY_TYPE_RANK, KIP_QUERY_SET_LEVEL, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Impact"), N_("How many people are hit, and how hard"), "impact:high" },
  { KIP_QUERY_URGENCY, "urgency", "độ khẩn|mức khẩn|khẩn",
    KIP_QUERY_TYPE_RANK, KIP_QUERY_SET_LEVEL, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Urgency"), N_("How soon it hurts"), "urgency:high" },
  { KIP_QUERY_AGENT, "agent", "người xử lý|phụ trách|người phụ trách|assignee",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_PERSON, TRUE, KIP_QUERY_NAMES_AGENT,
    N_("Agent"), N_("Who works on it: me, none, or a name"), "agent:me" },
  { KIP_QUERY_TEAM, "team", "nhóm|đội|tổ|group",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_TEAM, TRUE, KIP_QUERY_NAMES_TEAM,
    N_("Team"), N_("The team that has it: mine, none, or a name"), "team:mine" },
  { KIP_QUERY_REQUESTER, "requester", "người yêu cầu|khách hàng|khách|caller|from",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_PERSON, TRUE, KIP_QUERY_NAMES_PERSON,
    N_("Requester"), N_("Who asked: a name, a phone number or a mail address"), "requester:lan" },
  { KIP_QUERY_DEPARTMENT, "department", "phòng ban|bộ phận|phòng|dept",
    KIP_QUERY_TYPE_WORDS, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Department"), N_("The department of the requester"), "department:accounting" },
  { KIP_QUERY_CATEGORY, "category", "danh mục|loại|phân loại",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_CATEGORY,
    N_("Category"), N_("A category, with everything below it"), "category:network" },
  { KIP_QUERY_TAG, "tag", "thẻ|label|tags",
    KIP_QUERY_TYPE_WHOLE, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Tag"), N_("A tag; tag:vpn* finds every tag that begins so"), "tag:vpn" },
  { KIP_QUERY_CHANNEL, "channel", "kênh|via",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_CHANNEL, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Channel"), N_("How it came in"), "channel:phone" },
  { KIP_QUERY_SUBJECT, "subject", "tiêu đề|chủ đề|title",
    KIP_QUERY_TYPE_WORDS, KIP_QUERY_SET_NONE, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Subject"), N_("Words of the subject alone"), "subject:printer" },
  { KIP_QUERY_ASSET, "asset", "thiết bị|tài sản|device",
    KIP_QUERY_TYPE_NAME, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_ASSET,
    N_("Asset"), N_("The device it is about: its name or serial number"), "asset:\"HP 402\"" },
  { KIP_QUERY_CAUSE, "cause", "nguyên nhân|lý do",
    KIP_QUERY_TYPE_WORDS, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Cause"), N_("What was wrong, as said when it was resolved"), "cause:cable" },
  { KIP_QUERY_NUMBER, "number", "số phiếu|mã phiếu|số|mã",
    KIP_QUERY_TYPE_NUMBER, KIP_QUERY_SET_NONE, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Number"), N_("The number of the ticket, with or without the letter of its machine"), "number:A-214" },
  { KIP_QUERY_EXTERNAL, "external", "mã ngoài|số ngoài|ext",
    KIP_QUERY_TYPE_WHOLE, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("External number"), N_("Its number in the system that it was imported from"), "external:INC0001" },

  { KIP_QUERY_RECEIVED, "received", "nhận|ngày nhận|tiếp nhận|created",
    KIP_QUERY_TYPE_TIME, KIP_QUERY_SET_TIME, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Received"), N_("When the request came in"), "received:last-week" },
  { KIP_QUERY_DUE, "due", "hạn|đến hạn|deadline",
    KIP_QUERY_TYPE_TIME, KIP_QUERY_SET_TIME, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Due"), N_("When the next promise falls due; due<2h includes what is overdue"), "due<2h" },
  { KIP_QUERY_UPDATED, "updated", "cập nhật|changed",
    KIP_QUERY_TYPE_TIME, KIP_QUERY_SET_TIME, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Updated"), N_("When anything last happened to it; updated>3d means not for three days"), "updated>3d" },
  { KIP_QUERY_RESOLVED, "resolved", "giải quyết|ngày giải quyết",
    KIP_QUERY_TYPE_TIME, KIP_QUERY_SET_TIME, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Resolved"), N_("When it was resolved"), "resolved:this-month" },
  { KIP_QUERY_CLOSED, "closed", "đóng|ngày đóng",
    KIP_QUERY_TYPE_TIME, KIP_QUERY_SET_TIME, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Closed"), N_("When it was closed"), "closed:yesterday" },

  { KIP_QUERY_AGE, "age", "tuổi",
    KIP_QUERY_TYPE_DURATION, KIP_QUERY_SET_NONE, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Age"), N_("How long ago it was received"), "age>3d" },
  { KIP_QUERY_WORK, "work", "thời gian làm|giờ công|công|worked",
    KIP_QUERY_TYPE_DURATION, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Work"), N_("The work time logged on it, all together"), "work>1h" },
  { KIP_QUERY_SURVEY, "survey", "đánh giá|khảo sát|hài lòng|csat",
    KIP_QUERY_TYPE_COUNT, KIP_QUERY_SET_NONE, TRUE, KIP_QUERY_NAMES_NONE,
    N_("Survey"), N_("What the requester answered in the follow-up call, 1 to 5"), "survey>=4" },

  { KIP_QUERY_SLA, "sla", "cam kết",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_CLOCK, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Promises"), N_("Its promises together: missed when any is, met when all that ended are"), "sla:missed" },
  { KIP_QUERY_RESPONSE, "response", "phản hồi|phản hồi đầu tiên",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_CLOCK, FALSE, KIP_QUERY_NAMES_NONE,
    N_("First response"), N_("The clock of the first response"), "response:missed" },
  { KIP_QUERY_UPDATE, "update", "trả lời tiếp|nextupdate",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_CLOCK, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Next update"), N_("The clock of the next answer to the requester"), "update:running" },
  { KIP_QUERY_RESOLUTION, "resolution", "hoàn thành|xử lý xong",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_CLOCK, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Resolution"), N_("The clock of the resolution"), "resolution:met" },

  { KIP_QUERY_IS, "is", "là",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_IS, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Is"), N_("What the ticket is"), "is:overdue" },
  { KIP_QUERY_HAS, "has", "có",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_HAS, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Has"), N_("What the ticket has"), "has:attachment" },
  { KIP_QUERY_SORT, "sort", "sắp xếp|xếp|order",
    KIP_QUERY_TYPE_CHOICE, KIP_QUERY_SET_SORT, FALSE, KIP_QUERY_NAMES_NONE,
    N_("Sort"), N_("The order of the list; with - the other way round"), "sort:-received" },
};

typedef struct
{
  GHashTable *fields;    /* "0 WORDS KEY" → KipQueryFieldInfo; "trạng thái" by 1 and by 2 words */
  GHashTable *keywords;  /* "SET WORDS KEY" → KipQueryKeyword */
  GHashTable *spellings; /* either → GArray of KipQuerySpelling */
} Index;

char *
kip_query_key (const char *text,
               gssize      length)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  GString *key = g_string_new (NULL);

  kip_text_fold_append (folded, text, length);
  for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (kip_text_is_word_char (c))
        g_string_append_unichar (key, c);
    }
  return g_string_free (key, FALSE);
}

guint
kip_query_count_words (const char *text)
{
  g_autofree char *folded = kip_text_fold (text);
  guint words = 1;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ')
        words++;
      else if (c != '-' && c != '_' && !kip_text_is_word_char (c))
        return 0;
    }
  return words;
}

static guint
count_parts (const char *spelling)
{
  guint words = 1;

  for (const char *p = spelling; *p != '\0'; p++)
    if (*p == ' ' || *p == '-')
      words++;
  return words;
}

static void
index_spelling (GHashTable   *table,
                int           set,
                const char   *text,
                gconstpointer item,
                GArray       *spellings)
{
  guint words = count_parts (text);
  KipQuerySpelling spelling = { g_strdup (text), g_strdelimit (g_strdup (text), " ", '-'), kip_query_key (text, -1) };

  g_array_append_val (spellings, spelling);
  g_hash_table_insert (table, g_strdup_printf ("%d 1 %s", set, spelling.key), (gpointer) item);
  if (words > 1)
    g_hash_table_insert (table, g_strdup_printf ("%d %u %s", set, words, spelling.key), (gpointer) item);
}

static void
index_item (Index        *index,
            int           set,
            const char   *name,
            const char   *aliases,
            gconstpointer item)
{
  GHashTable *table = set == 0 ? index->fields : index->keywords;
  GArray *spellings = g_array_new (TRUE, TRUE, sizeof (KipQuerySpelling));
  g_auto (GStrv) texts = g_strsplit (aliases != NULL ? aliases : "", "|", -1);

  index_spelling (table, set, name, item, spellings);
  for (char **text = texts; *text != NULL; text++)
    if (**text != '\0')
      index_spelling (table, set, *text, item, spellings);
  g_hash_table_insert (index->spellings, (gpointer) item, spellings);
}

/* Made once and kept: the tables never change. */
static const Index *
get_index (void)
{
  static Index index;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      guint n;
      const KipQueryKeyword *keywords = kip_query_keywords (&n);

      index.fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      index.keywords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      index.spellings = g_hash_table_new (NULL, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        index_item (&index, 0, fields[i].name, fields[i].aliases, &fields[i]);
      for (guint i = 0; i < n; i++)
        index_item (&index, keywords[i].set, keywords[i].name, keywords[i].aliases, &keywords[i]);
      g_once_init_leave (&ready, 1);
    }
  return &index;
}

const KipQuerySpelling *
kip_query_spellings (gconstpointer item)
{
  const GArray *spellings = g_hash_table_lookup (get_index ()->spellings, item);

  return (const KipQuerySpelling *) spellings->data;
}

const KipQueryFieldInfo *
kip_query_fields (guint *n)
{
  *n = G_N_ELEMENTS (fields);
  return fields;
}

const KipQueryFieldInfo *
kip_query_field_info (KipQueryField field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].field == field)
      return &fields[i];
  return NULL;
}

const KipQueryFieldInfo *
kip_query_field_lookup (const char *key,
                        guint       words)
{
  g_autofree char *entry = g_strdup_printf ("0 %u %s", words, key);

  return g_hash_table_lookup (get_index ()->fields, entry);
}

gboolean
kip_query_field_accepts (const KipQueryFieldInfo *field,
                         const KipQueryKeyword   *keyword)
{
  return keyword->set == field->set || (keyword->set == KIP_QUERY_SET_EMPTY && field->can_be_empty);
}

static const KipQueryKeyword *
lookup_in_set (KipQuerySet set,
               const char *key,
               guint       words)
{
  g_autofree char *entry = g_strdup_printf ("%d %u %s", set, words, key);

  return g_hash_table_lookup (get_index ()->keywords, entry);
}

/* The order may be named as freely as the field that it follows. */
static const KipQueryKeyword *
lookup_sort (const char *key,
             guint       words)
{
  const KipQueryFieldInfo *by = kip_query_field_lookup (key, words);

  return by != NULL ? kip_query_keyword_for (KIP_QUERY_SORT, by->field) : NULL;
}

const KipQueryKeyword *
kip_query_keyword_lookup (KipQueryField field,
                          const char   *key,
                          guint         words)
{
  const KipQueryFieldInfo *info = kip_query_field_info (field);
  const KipQueryKeyword *keyword = NULL;

  if (info == NULL)
    return NULL;
  if (info->set == KIP_QUERY_SET_SORT)
    return lookup_sort (key, words);
  if (info->set != KIP_QUERY_SET_NONE)
    keyword = lookup_in_set (info->set, key, words);
  if (keyword == NULL && info->can_be_empty)
    keyword = lookup_in_set (KIP_QUERY_SET_EMPTY, key, words);
  return keyword;
}

const KipQueryKeyword *
kip_query_keyword_for (KipQueryField field,
                       int           value)
{
  const KipQueryFieldInfo *info = kip_query_field_info (field);
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  for (guint i = 0; info != NULL && i < n; i++)
    if (keywords[i].value == value && kip_query_field_accepts (info, &keywords[i]))
      return &keywords[i];
  return NULL;
}

/* TRUE when the first words of @spelling, but not all, make @key. */
static gboolean
spelling_continues (const KipQuerySpelling *spelling,
                    const char             *key)
{
  const char *text = spelling->text;

  if (!g_str_has_prefix (spelling->key, key))
    return FALSE;
  for (const char *p = strpbrk (text, " -"); p != NULL; p = strpbrk (p + 1, " -"))
    {
      g_autofree char *head = kip_query_key (text, p - text);

      if (strcmp (head, key) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_continues (gconstpointer item,
               const char   *key)
{
  for (const KipQuerySpelling *spelling = kip_query_spellings (item); spelling->text != NULL; spelling++)
    if (spelling_continues (spelling, key))
      return TRUE;
  return FALSE;
}

gboolean
kip_query_keyword_continues (KipQueryField field,
                             const char   *key)
{
  const KipQueryFieldInfo *info = kip_query_field_info (field);
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);
  gboolean found = FALSE;

  if (info == NULL)
    return FALSE;
  for (guint i = 0; !found && i < n; i++)
    if (kip_query_field_accepts (info, &keywords[i]))
      found = any_continues (&keywords[i], key);
  for (gsize i = 0; !found && info->set == KIP_QUERY_SET_SORT && i < G_N_ELEMENTS (fields); i++)
    found = any_continues (&fields[i], key);
  return found;
}

char *
kip_query_vietnamese_name (const char *name,
                           const char *aliases)
{
  const char *end = aliases != NULL ? strchr (aliases, '|') : NULL;
  char *first;

  if (aliases == NULL)
    return g_strdup (name);
  first = end != NULL ? g_strndup (aliases, (gsize) (end - aliases)) : g_strdup (aliases);
  return g_strdelimit (first, " ", '-');
}
