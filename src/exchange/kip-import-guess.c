/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-guess.h"

#include "kip-import-column.h"
#include "kip-import-dates.h"
#include "kip-text.h"

#include <string.h>

/* Names of columns as key_of_name() leaves them, the surest first.  The order of
 * the fields matters: each takes a column that those before it left. */
static const struct
{
  KipImportField field;
  const char    *names;
} known_names[] = {
  { KIP_IMPORT_KEY, "ticketid|ticketnumber|ticketno|incidentnumber|incidentid|issuekey|casenumber|caseid|requestid|"
    "caseconceptname|srnumber|number|displayid|id|key|reference|case|maphieu|mayeucau|maticket|sophieu|"
    "soticket|mave|masuco|ma|so|stt|nr|no|ticket" },
  { KIP_IMPORT_SUBJECT, "subject|title|summary|shortdescription|ticketsubject|tieude|chude|tenyeucau|tomtat|name|ten|noidungyeucau|"
    "problem|issue|whathappened|suco|vande|yeucau|tensuco" },
  { KIP_IMPORT_DESCRIPTION, "description|details|body|content|issuedetails|descriptiontext|mota|motachitiet|noidung|chitiet" },
  { KIP_IMPORT_REQUESTER_MAIL, "requesteremail|requestermail|email|mail|emailaddress|fromemail|useremail|customeremail|calleremail|contactemail|"
    "emailnguoiyeucau|thudientu|diachimail" },
  { KIP_IMPORT_REQUESTER_PHONE, "requesterphone|phone|phonenumber|mobile|telephone|contactphone|dienthoai|sodienthoai|sdt" },
  { KIP_IMPORT_REQUESTER, "requester|requestername|requestedfor|caller|callername|callerid|reporter|reportedby|customer|"
    "customername|openedfor|user|username|from|fromname|contact|contactname|nguoiyeucau|"
    "tennguoiyeucau|nguoidung|khachhang|nguoigui|nguoibao|creator|createdby|openedby" },
  { KIP_IMPORT_DEPARTMENT, "department|dept|departmentname|requesterdepartment|organization|organisation|phongban|bophan|donvi|phong|location" },
  { KIP_IMPORT_VIP, "vip|vipuser|isvip|requestervip" },
  { KIP_IMPORT_CHANNEL, "channel|contacttype|requestsource|source|origin|createarticletype|medium|kenh|kenhtiepnhan|nguon|nguontiepnhan" },
  { KIP_IMPORT_RESPONDED, "firstresponseat|firstrespondedat|initialresponsetime|firstresponse|firstresponsetime|firstresponsedate|"
    "phanhoidautien|thoigianphanhoi|thoidiemphanhoi" },
  { KIP_IMPORT_RESOLVED, "resolvedat|resolved|resolvedon|resolveddate|resolvedtime|resolutiondate|dateresolved|solvedat|solveddate|solvedate|"
    "ngayhoanthanh|ngayxulyxong|thoigianhoanthanh|ngaygiaiquyet|thoidiemhoanthanh|ngayxong" },
  { KIP_IMPORT_CLOSED, "closedat|closed|closedon|closedtime|closeddate|closeat|dateclosed|closingdate|closedate|ngaydong|thoigiandong" },
  { KIP_IMPORT_RECEIVED, "received|receivedat|datereceived|openedat|opened|openedon|createdat|created|createdon|createdtime|createddate|creationdate|"
    "datecreated|syscreatedon|opendate|openingdate|reporteddate|submittedat|submitted|ngaytiepnhan|thoigiantiepnhan|"
    "ngaynhan|ngaytao|thoigiantao|ngaymo|ngaygui|ngayyeucau|date|ngay" },
  { KIP_IMPORT_DUE, "duedate|dueat|dueby|due|resolutiondue|timetoresolve|deadline|hanxuly|thoihan|ngayhethan|han" },
  { KIP_IMPORT_CATEGORY, "category|ticketcategory|itilcategory|helptopic|topic|tickettype|issuetype|requesttype|type|danhmuc|"
    "phanloai|loaiyeucau|loaisuco|loai|linhvuc" },
  { KIP_IMPORT_IMPACT, "impact|anhhuong|mucanhhuong|mucdoanhhuong" },
  { KIP_IMPORT_URGENCY, "urgency|dokhancap|mucdokhancap|tinhkhancap" },
  { KIP_IMPORT_PRIORITY, "priority|priorityname|ticketpriority|mucuutien|douutien|mucdouutien|uutien" },
  { KIP_IMPORT_STATUS, "status|state|incidentstate|ticketstatus|ticketstate|currentstatus|statusname|trangthai|tinhtrang|activity|conceptname" },
  { KIP_IMPORT_ASSIGNEE, "assignee|assignedto|assignedagent|agentassigned|agent|agentname|technician|assignedtotechnician|owner|"
    "responsible|assigned|nguoixuly|nguoiphutrach|kythuatvien|nhanvienxuly|nguoithuchien|phutrach" },
  { KIP_IMPORT_TEAM, "team|assignmentgroup|assignedgroup|group|groupname|teamassigned|assignedteam|assignedtotechniciangroup|"
    "queue|orggroup|nhomxuly|nhom|doi|bophanxuly" },
  { KIP_IMPORT_TAGS, "tags|labels|label|tag|nhan|tukhoa" },
  { KIP_IMPORT_ASSET, "asset|assets|configurationitem|cmdbci|ci|device|associatedelements|taisan|thietbi" },
  { KIP_IMPORT_PARENT, "parent|parentid|parentincident|parentticket|parentkey|phieucha" },
  { KIP_IMPORT_CAUSE, "cause|rootcause|closecode|closedcode|resolutioncode|nguyennhan" },
  { KIP_IMPORT_DONE, "resolutionnotes|resolutionnote|closenotes|solution|resolution|cachxuly|noidungxuly|giaiphap|ketqua|ketquaxuly" },
  { KIP_IMPORT_RESOLVER, "resolvedby|solvedby|closedby|nguoihoanthanh" },
  { KIP_IMPORT_WORK, "timespent|worktime|timetracked|timeunit|timeworked|totaltimespent|actiontime|effort|thoigianlamviec|giocong" },
  { KIP_IMPORT_SURVEY, "satisfaction|satisfactionrating|csat|surveyresult|surveyrating|rating|hailong|mucdohailong|danhgia|diem|diemdanhgia" },
  { KIP_IMPORT_SURVEY_COMMENT, "satisfactioncomment|surveycomment|feedback|gopy|ykien|nhanxet" },
  { KIP_IMPORT_MESSAGE, "comment|comments|worknotes|message|note|notes|lastmessage|traloi|ghichu" },
  { KIP_IMPORT_MESSAGE_KIND, "commenttype|articletype|messagetype|messagekind|loaitinnhan" },
  { KIP_IMPORT_TIME, "eventtime|timestamp|timetimestamp|completetimestamp|changedate|changedatetime|changedat|sysupdatedat|updatedat|"
    "sysupdatedon|updated|updatedon|updatedtime|lastupdated|lastupdatedon|lastupdatedtime|modified|datestamp|eventdate|time|datetime|thoidiem|thoigian|"
    "ngaycapnhat|thoigiancapnhat|when" },
  { KIP_IMPORT_ACTOR, "actor|changedby|updatedby|sysupdatedby|modifiedby|performedby|author|resource|orgresource|nguoicapnhat|nguoithaotac" },
};

/* "Opened at", "opened_at", "OpenedAt" → "openedat". */
static char *
key_of_name (const char *name)
{
  char *key = kip_text_fold (name);
  char *to = key;

  for (const char *from = key; *from != '\0'; from++)
    if (g_ascii_isalnum (*from))
      *to++ = *from;
  *to = '\0';
  return key;
}

/* What is known while guessing. */
typedef struct
{
  KipImportSample *sample;
  KipImportMap    *map;
  char           **keys; /* (owned) of the columns, by key_of_name() */
  gboolean        *used; /* (owned) columns */
  guint            n;
} Guess;

static void
use (Guess         *guess,
     KipImportField field,
     guint          column)
{
  const char *name = guess->sample->header[column];
  g_autofree char *braced = NULL;

  /* A name that the language of columns would take apart. */
  if (strstr (name, " | ") != NULL || strchr (name, '{') != NULL || *name == '=')
    name = braced = g_strdup_printf ("#%u", column + 1);
  kip_import_map_set_column (guess->map, field, name);
  guess->used[column] = TRUE;
}

static const char *
cell (const Guess *guess,
      guint        row,
      guint        column)
{
  return ((char **) guess->sample->rows->pdata[row])[column];
}

/* Whether @test holds for most of a column's first cells that are not empty; TRUE
 * when all are empty. */
static gboolean
most_cells (const Guess  *guess,
            guint         column,
            gboolean   ( *test ) (const char *text))
{
  guint filled = 0, good = 0;

  for (guint i = 0; i < guess->sample->rows->len && filled < 200; i++)
    if (*cell (guess, i, column) != '\0')
      {
        filled++;
        good += test (cell (guess, i, column));
      }
  return good * 10 >= filled * 6;
}

static gboolean
is_mail (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at, '.') != NULL;
}

static gboolean
is_phone (const char *text)
{
  guint digits = 0;

  if (*text != '0' && *text != '+')
    return FALSE;
  for (; *text != '\0'; text++)
    {
      digits += g_ascii_isdigit (*text);
      if (!g_ascii_isdigit (*text) && strchr ("+ ().-", *text) == NULL)
        return FALSE;
    }
  return digits >= 8 && digits <= 15;
}

/* Words, as somebody writes what it is about; not a name of one word, a number or a date. */
static gboolean
is_sentence (const char *text)
{
  return strchr (text, ' ') != NULL && g_unichar_isalpha (g_utf8_get_char (text)) && g_utf8_strlen (text, -1) >= 8;
}

static gboolean
fits (const Guess   *guess,
      KipImportField field,
      guint          column)
{
  return kip_import_field_info (field)->type != KIP_IMPORT_TYPE_TIME || most_cells (guess, column, kip_import_dates_is_usual);
}

static gboolean
guess_name (Guess         *guess,
            KipImportField field,
            const char    *name)
{
  for (guint c = 0; c < guess->n; c++)
    if (!guess->used[c] && strcmp (guess->keys[c], name) == 0 && fits (guess, field, c))
      {
        use (guess, field, c);
        return TRUE;
      }
  return FALSE;
}

/* A field's own key is the surest name: so Kip's exports call their columns. */
static void
guess_field (Guess         *guess,
             KipImportField field,
             const char    *names)
{
  g_autofree char *own = key_of_name (kip_import_field_info (field)->key);
  g_auto (GStrv) list = g_strsplit (names, "|", -1);
  gboolean found = field != KIP_IMPORT_TIME && guess_name (guess, field, own);

  for (guint i = 0; !found && list[i] != NULL; i++)
    found = guess_name (guess, field, list[i]);
}

/* A column that no name gave away, by what its cells look like. */
static void
guess_by_cells (Guess          *guess,
                KipImportField  field,
                gboolean     ( *test ) (const char *text))
{
  for (guint c = 0; c < guess->n && kip_import_map_get_column (guess->map, field) == NULL; c++)
    {
      gboolean filled = FALSE;

      for (guint i = 0; i < guess->sample->rows->len && !filled; i++)
        filled = *cell (guess, i, c) != '\0';
      if (!guess->used[c] && filled && most_cells (guess, c, test))
        use (guess, field, c);
    }
}

/* What tickets are about is asked of every one: a column of sentences that no name
 * gave away says it, if they are not always the same few. */
static void
guess_subject (Guess *guess)
{
  for (guint c = 0; c < guess->n && kip_import_map_get_column (guess->map, KIP_IMPORT_SUBJECT) == NULL; c++)
    {
      g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
      guint filled = 0;

      if (guess->used[c])
        continue;
      for (guint i = 0; i < guess->sample->rows->len; i++)
        if (*cell (guess, i, c) != '\0')
          {
            g_hash_table_add (distinct, (char *) cell (guess, i, c));
            filled++;
          }
      if (filled * 2 > guess->sample->rows->len && g_hash_table_size (distinct) * 2 > filled && most_cells (guess, c, is_sentence))
        use (guess, KIP_IMPORT_SUBJECT, c);
    }
}

/* Rows that share their key are events, when there is a time to order them by. */
static void
guess_shape (Guess *guess)
{
  g_autoptr (GPtrArray) keys = kip_import_sample_values (guess->sample, guess->map, KIP_IMPORT_KEY);
  gboolean repeats = keys->len * 5 < guess->sample->rows->len * 4;

  if (repeats && kip_import_map_get_column (guess->map, KIP_IMPORT_TIME) == NULL
      && kip_import_map_get_column (guess->map, KIP_IMPORT_RECEIVED) != NULL)
    {
      kip_import_map_set_column (guess->map, KIP_IMPORT_TIME,
                                 kip_import_map_get_column (guess->map, KIP_IMPORT_RECEIVED));
      kip_import_map_set_column (guess->map, KIP_IMPORT_RECEIVED, NULL);
    }
  if (repeats && kip_import_map_get_column (guess->map, KIP_IMPORT_TIME) != NULL)
    {
      kip_import_map_settings (guess->map)->shape = KIP_IMPORT_SHAPE_EVENTS;
      return;
    }
  kip_import_map_set_column (guess->map, KIP_IMPORT_ACTOR, NULL);
}

static void
guess_dates (Guess *guess)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (KipImportField f = 0; f < KIP_IMPORT_N_FIELDS; f++)
    {
      const char *source = kip_import_map_get_column (guess->map, f);
      int column = source != NULL ? kip_import_find_column (source, (const char *const *) guess->sample->header) : -1;

      if (column < 0 || kip_import_field_info (f)->type != KIP_IMPORT_TYPE_TIME)
        continue;
      for (guint i = 0; i < guess->sample->rows->len; i++)
        if (kip_import_dates_is_usual (cell (guess, i, (guint) column)))
          g_ptr_array_add (samples, (char *) cell (guess, i, (guint) column));
    }
  kip_import_map_settings (guess->map)->dates =
    kip_import_dates_guess ((const char *const *) samples->pdata, samples->len);
}

/* Writes down what the values found are taken to mean, for a person to correct. */
static void
guess_values (Guess *guess)
{
  for (KipImportField f = 0; f < KIP_IMPORT_N_FIELDS; f++)
    {
      g_autoptr (GPtrArray) values = NULL;

      if (kip_import_field_targets (f) == NULL)
        continue;
      values = kip_import_sample_values (guess->sample, guess->map, f);
      for (guint i = 0; i < MIN (values->len, 50); i++)
        {
          const char *target = kip_import_usual_target (f, values->pdata[i]);

          if (target != NULL)
            kip_import_map_set_value (guess->map, f, values->pdata[i], target);
        }
    }
}

static KipImportMap *
find_shipped (KipImportSample *sample)
{
  g_auto (GStrv) names = kip_import_map_list_shipped ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (KipImportMap) map = kip_import_map_load (names[i], NULL);
      const char *recognise = map != NULL ? kip_import_map_settings (map)->recognise : NULL;
      g_auto (GStrv) columns = g_strsplit (recognise != NULL ? recognise : "", ";", -1);
      gboolean all = columns[0] != NULL;

      for (guint c = 0; all && columns[c] != NULL; c++)
        all = kip_import_find_column (g_strstrip (columns[c]), (const char *const *) sample->header) >= 0;
      if (all)
        return g_steal_pointer (&map);
    }
  return NULL;
}

KipImportMap *
kip_import_guess (KipImportSample *sample)
{
  KipImportMap *shipped = find_shipped (sample);
  Guess guess = { .sample = sample, .n = g_strv_length (sample->header) };

  if (shipped != NULL)
    return shipped;
  guess.map = kip_import_map_new ();
  guess.keys = g_new0 (char *, guess.n + 1);
  guess.used = g_new0 (gboolean, guess.n + 1);
  for (guint i = 0; i < guess.n; i++)
    guess.keys[i] = key_of_name (sample->header[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (known_names); i++)
    guess_field (&guess, known_names[i].field, known_names[i].names);
  guess_by_cells (&guess, KIP_IMPORT_REQUESTER_MAIL, is_mail);
  guess_by_cells (&guess, KIP_IMPORT_REQUESTER_PHONE, is_phone);
  guess_shape (&guess);
  if (kip_import_map_settings (guess.map)->shape == KIP_IMPORT_SHAPE_TICKETS)
    guess_subject (&guess);
  guess_dates (&guess);
  guess_values (&guess);
  g_strfreev (guess.keys);
  g_free (guess.used);
  return guess.map;
}
