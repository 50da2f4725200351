/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-fields.h"

#include "kip-config.h"
#include "kip-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define BOTH TRUE, TRUE

static const KipImportFieldInfo fields[] = {
  { KIP_IMPORT_KEY, "key", N_("Number there"),
    N_("The ticket's number in the other system. Rows with the same one belong together."),
    KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_SUBJECT, "subject", N_("Subject"),
    N_("One line that says what it is about."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_DESCRIPTION, "description", N_("Description"),
    N_("The whole story, several lines allowed."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_REQUESTER, "requester", N_("Requester"),
    N_("Who asked for help: a name, a mail address, or “Name <address>”."), KIP_IMPORT_TYPE_PERSON, BOTH },
  { KIP_IMPORT_REQUESTER_MAIL, "requester-mail", N_("Requester's mail"),
    N_("Tells people with the same name apart."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_REQUESTER_PHONE, "requester-phone", N_("Requester's phone"),
    N_("The number to call back."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_DEPARTMENT, "department", N_("Department"),
    N_("Where the requester works."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_VIP, "vip", N_("VIP"),
    N_("Yes or no: the requester is a VIP."), KIP_IMPORT_TYPE_BOOL, BOTH },
  { KIP_IMPORT_CHANNEL, "channel", N_("Channel"),
    N_("How the request came in."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_ON_LINE, "on-line", N_("Answered at once"),
    N_("Yes or no: logged while the requester was on the line."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_RECEIVED, "received", N_("Received"),
    N_("When the request came in: all clocks start then."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_CATEGORY, "category", N_("Category"),
    N_("A name, or a path with > between its steps."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_IMPACT, "impact", N_("Impact"),
    N_("How many are hit, how hard."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_URGENCY, "urgency", N_("Urgency"),
    N_("How soon it hurts."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_PRIORITY, "priority", N_("Priority"),
    N_("Kept where it differs from what impact and urgency give."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_STATUS, "status", N_("Status"),
    N_("The status, or the state after the event."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_ASSIGNEE, "assignee", N_("Assignee"),
    N_("Who works on it."), KIP_IMPORT_TYPE_PERSON, BOTH },
  { KIP_IMPORT_TEAM, "team", N_("Team"),
    N_("Which team has it."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_TAGS, "tags", N_("Tags"),
    N_("Words with commas or semicolons between them, of all columns that are named."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_ASSET, "asset", N_("Asset"),
    N_("The device or system it is about."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_DUE, "due", N_("Due"),
    N_("A deadline set by hand. Leave it out to let Kip count its own."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_PARENT, "parent", N_("Parent"),
    N_("The number there of the ticket that this one is part of."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_CAUSE, "cause", N_("Cause"),
    N_("What was wrong."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_DONE, "done", N_("What was done"),
    N_("How it was solved."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_RESPONDED, "responded", N_("First response"),
    N_("When the requester got the first answer."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_RESOLVED, "resolved", N_("Resolved"),
    N_("When it was solved. Of events: used where no event says so."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_RESOLVER, "resolver", N_("Resolved by"),
    N_("Who solved it; else the assignee is taken."), KIP_IMPORT_TYPE_PERSON, BOTH },
  { KIP_IMPORT_CLOSED, "closed", N_("Closed"),
    N_("When it was closed. Of events: used where no event says so."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_WORK, "work", N_("Work time"),
    N_("How long was worked on it: 1:30, or a number of work-unit."), KIP_IMPORT_TYPE_WORK, BOTH },
  { KIP_IMPORT_SURVEY, "survey", N_("Satisfaction"),
    N_("The requester's answer, 1 to 5."), KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_SURVEY_COMMENT, "survey-comment", N_("Satisfaction, comment"),
    N_("What the requester said about it."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_MESSAGE, "message", N_("Message"),
    N_("A text that belongs to the ticket: a reply, a note."), KIP_IMPORT_TYPE_TEXT, BOTH },
  { KIP_IMPORT_MESSAGE_KIND, "message-kind", N_("Kind of message"),
    N_("Whether the message is a reply, a call, an internal note or from the requester."),
    KIP_IMPORT_TYPE_VALUE, BOTH },
  { KIP_IMPORT_TIME, "time", N_("Time of the event"),
    N_("When what the row tells happened; where a row is a ticket, its last change."), KIP_IMPORT_TYPE_TIME, BOTH },
  { KIP_IMPORT_ACTOR, "actor", N_("Who acted"),
    N_("Who did what the row tells."), KIP_IMPORT_TYPE_PERSON, FALSE, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == KIP_IMPORT_N_FIELDS);

const KipImportFieldInfo *
kip_import_field_info (KipImportField field)
{
  g_return_val_if_fail (field < KIP_IMPORT_N_FIELDS, NULL);
  return &fields[field];
}

const KipImportFieldInfo *
kip_import_field_by_key (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].key, key) == 0)
      return &fields[i];
  return NULL;
}

/* ---- values ---- */

static const char *const statuses[] = {
  "new", "open", "waiting-requester", "waiting-supplier", "scheduled", "resolved", "closed", NULL
};
static const char *const priorities[] = { "critical", "high", "normal", "low", NULL };
static const char *const levels[] = { "high", "medium", "low", NULL };
static const char *const channels[] = { "phone", "walk-in", "mail", "chat", "web", NULL };
static const char *const truths[] = { "yes", "no", NULL };
static const char *const scores[] = { "1", "2", "3", "4", "5", NULL };
static const char *const kinds[] = { "reply", "call", "note", "incoming", "automatic", NULL };

const char *const *
kip_import_field_targets (KipImportField field)
{
  switch ((int) field)
    {
    case KIP_IMPORT_STATUS:
      return statuses;
    case KIP_IMPORT_PRIORITY:
      return priorities;
    case KIP_IMPORT_IMPACT:
    case KIP_IMPORT_URGENCY:
      return levels;
    case KIP_IMPORT_CHANNEL:
      return channels;
    case KIP_IMPORT_VIP:
    case KIP_IMPORT_ON_LINE:
      return truths;
    case KIP_IMPORT_SURVEY:
      return scores;
    case KIP_IMPORT_MESSAGE_KIND:
      return kinds;
    default:
      return NULL;
    }
}

/* Values as kip_text_fold() leaves them, and what they mean: first the word of
 * Kip, then how ServiceNow, Zammad, GLPI, osTicket, Jira, Freshservice and people say it. */
typedef struct
{
  const char *target;
  const char *words; /* separated by | */
} Usual;

static const Usual usual_statuses[] = {
  { "new", "new|moi|tao moi|moi tao|to do|todo|submitted|chua xu ly|chua phan cong|pending assignment|not started|queued|cho tiep nhan" },
  { "open", "open|opened|active|in progress|work in progress|processing|assigned|processing (assigned)|accepted|"
    "dang mo|dang xu ly|dang thuc hien|da tiep nhan|da phan cong|tiep nhan|reopened|re opened|re-opened|"
    "mo lai|under investigation|investigating|doing|in review|escalated|support in progress|da mo" },
  { "waiting-requester", "waiting for requester|waiting for customer|waiting on customer|awaiting user info|awaiting customer|"
    "awaiting requester|awaiting caller|awaiting user|pending|pending user|pending reminder|pending user reply|"
    "waiting for reply|waiting on user|on hold|on hold awaiting caller|on hold awaiting info|cho phan hoi|cho nguoi dung|cho khach hang|cho nguoi yeu cau|"
    "cho thong tin|tam dung|waiting|cho" },
  { "waiting-supplier", "waiting for supplier|awaiting vendor|waiting on third party|waiting on vendor|waiting for vendor|"
    "awaiting supplier|on hold awaiting vendor|pending vendor|pending third party|waiting for third party|cho nha cung cap|cho doi tac|"
    "cho vat tu|cho linh kien" },
  { "scheduled", "scheduled|planned|processing (planned)|awaiting change|awaiting problem|awaiting evidence|"
    "on hold awaiting change|on hold awaiting problem|"
    "da len lich|len lich|len ke hoach|hen lich" },
  { "resolved", "resolved|solved|done|fixed|completed|complete|pending close|da xu ly|da giai quyet|hoan thanh|da hoan thanh|xong|da xong" },
  { "closed", "closed|cancelled|canceled|archived|rejected|dong|da dong|da huy|huy|tu choi|closed successful|closed unresolved" },
  { NULL, NULL }
};

static const Usual usual_priorities[] = {
  { "critical", "critical|urgent|very high|major|emergency|highest|blocker|p1|khan cap|rat cao|nghiem trong|khan" },
  { "high", "high|important|p2|cao|quan trong" },
  { "normal", "normal|medium|moderate|average|p3|trung binh|binh thuong|thuong|vua" },
  { "low", "low|very low|minor|lowest|trivial|planning|p4|p5|thap|rat thap" },
  { NULL, NULL }
};

static const Usual usual_levels[] = {
  { "high", "high|very high|critical|urgent|extensive|widespread|major|enterprise|cao|rat cao|khan cap|lon|toan cong ty" },
  { "medium", "medium|moderate|normal|average|significant|large|department|trung binh|binh thuong|vua|phong ban" },
  { "low", "low|very low|minor|localized|individual|single user|thap|rat thap|nho|ca nhan" },
  { NULL, NULL }
};

static const Usual usual_channels[] = {
  { "phone", "phone|telephone|call|ivr|hotline|dien thoai|goi dien|tong dai" },
  { "walk-in", "walk-in|walk in|walkin|in person|direct|direct opening|truc tiep|gap mat|tai cho" },
  { "mail", "mail|email|e-mail|thu|thu dien tu" },
  { "chat", "chat|messenger|zalo|teams|slack|skype|whatsapp|telegram|tin nhan|virtual agent" },
  { "web", "web|portal|self-service|self service|helpdesk|api|form|widget|feedback widget|website|service portal|"
    "cong thong tin|bieu mau|other" },
  { NULL, NULL }
};

static const Usual usual_truths[] = {
  { "yes", "yes|true|1|y|x|on|vip|co|dung" },
  { "no", "no|false|0|n|off|-|khong|sai" },
  { NULL, NULL }
};

static const Usual usual_scores[] = {
  { "5", "very satisfied|extremely satisfied|excellent|rat hai long|tuyet voi|rat tot" },
  { "4", "satisfied|good|hai long|tot|happy" },
  { "3", "neutral|ok|okay|average|binh thuong|trung binh" },
  { "2", "dissatisfied|poor|bad|khong hai long|kem|unhappy" },
  { "1", "very dissatisfied|extremely dissatisfied|terrible|very bad|rat khong hai long|rat kem|te" },
  { NULL, NULL }
};

static const Usual usual_kinds[] = {
  { "reply", "reply|public|public reply|response|answer|outgoing|agent|comments|customer communication|comment|tra loi|phan hoi" },
  { "call", "call|phone call|phone|goi dien|cuoc goi" },
  { "note", "note|internal|internal note|work note|work notes|private|private note|ghi chu|noi bo" },
  { "incoming", "incoming|customer|requester|user|message|from customer|khach hang|nguoi yeu cau" },
  { "automatic", "automatic|auto|system|auto reply|autoresponse|tu dong|he thong" },
  { NULL, NULL }
};

static const Usual *
usual_of (KipImportField field)
{
  switch ((int) field)
    {
    case KIP_IMPORT_STATUS:
      return usual_statuses;
    case KIP_IMPORT_PRIORITY:
      return usual_priorities;
    case KIP_IMPORT_IMPACT:
    case KIP_IMPORT_URGENCY:
      return usual_levels;
    case KIP_IMPORT_CHANNEL:
      return usual_channels;
    case KIP_IMPORT_VIP:
    case KIP_IMPORT_ON_LINE:
      return usual_truths;
    case KIP_IMPORT_SURVEY:
      return usual_scores;
    case KIP_IMPORT_MESSAGE_KIND:
      return usual_kinds;
    default:
      return NULL;
    }
}

static gboolean
is_among (const char *words,
          const char *word)
{
  gsize length = strlen (word);

  for (const char *at = words; at != NULL; at = strchr (at, '|'))
    {
      at += *at == '|';
      if (strncmp (at, word, length) == 0 && (at[length] == '|' || at[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static const char *
find_word (const Usual *usual,
           const char  *word)
{
  for (; *word != '\0' && usual->target != NULL; usual++)
    if (strcmp (usual->target, word) == 0 || is_among (usual->words, word))
      return usual->target;
  return NULL;
}

/* A bare number: 1 is the most pressing priority, the best answer is 5. */
static const char *
find_number (KipImportField field,
             const char    *word)
{
  int n = *word - '0';

  if (n < 1 || n > 5 || word[1] != '\0')
    return NULL;
  if (field == KIP_IMPORT_SURVEY)
    return scores[n - 1];
  if (field == KIP_IMPORT_PRIORITY)
    return priorities[MIN (n, 4) - 1];
  if (field == KIP_IMPORT_IMPACT || field == KIP_IMPORT_URGENCY)
    return levels[MIN (n, 3) - 1];
  return NULL;
}

/* "3 - Moderate" → "moderate". */
static const char *
skip_number (const char *word)
{
  while (g_ascii_isdigit (*word))
    word++;
  while (*word != '\0' && strchr (" -.:)_", *word) != NULL)
    word++;
  return word;
}

/* "on hold – awaiting caller" → "on hold awaiting caller": a dash between spaces is
 * written in several ways. */
static void
drop_dashes (char *word)
{
  static const char *const dashes[] = { " - ", " – ", " — ", NULL };

  for (guint i = 0; dashes[i] != NULL; i++)
    for (char *at = strstr (word, dashes[i]); at != NULL; at = strstr (at, dashes[i]))
      memmove (at + 1, at + strlen (dashes[i]), strlen (at + strlen (dashes[i])) + 1);
}

const char *
kip_import_usual_target (KipImportField field,
                         const char    *value)
{
  const Usual *usual = usual_of (field);
  g_autofree char *word = NULL;
  const char *found;

  if (usual == NULL)
    return NULL;
  word = kip_text_fold (value);
  drop_dashes (word);
  found = find_word (usual, word);
  if (found == NULL && g_ascii_isdigit (*word))
    found = find_word (usual, skip_number (word));
  return found != NULL ? found : find_number (field, word);
}
