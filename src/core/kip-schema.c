/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const KipChoice phases[] = {
  { KIP_PHASE_NEW, "new", N_("New") },
  { KIP_PHASE_OPEN, "open", N_("Open") },
  { KIP_PHASE_WAITING, "waiting", N_("Waiting") },
  { KIP_PHASE_SCHEDULED, "scheduled", N_("Scheduled") },
  { KIP_PHASE_RESOLVED, "resolved", N_("Resolved") },
  { KIP_PHASE_CLOSED, "closed", N_("Closed") },
  { 0, NULL, NULL }
};

static const KipChoice pauses[] = {
  { KIP_PAUSE_NONE, "none", N_("Clocks run") },
  { KIP_PAUSE_REQUESTER, "requester", N_("Waiting for requester") },
  { KIP_PAUSE_SUPPLIER, "supplier", N_("Waiting for supplier") },
  { KIP_PAUSE_SCHEDULED, "scheduled", N_("Scheduled") },
  { KIP_PAUSE_OTHER, "other", N_("Paused") },
  { 0, NULL, NULL }
};

static const KipChoice channels[] = {
  { KIP_CHANNEL_PHONE, "phone", N_("Phone") },
  { KIP_CHANNEL_WALK_IN, "walk-in", N_("Walk-in") },
  { KIP_CHANNEL_MAIL, "mail", N_("Mail") },
  { KIP_CHANNEL_CHAT, "chat", N_("Chat") },
  { KIP_CHANNEL_WEB, "web", N_("Web") },
  { 0, NULL, NULL }
};

static const KipChoice message_kinds[] = {
  { KIP_MESSAGE_REPLY, "reply", N_("Reply") },
  { KIP_MESSAGE_CALL, "call", N_("Call") },
  { KIP_MESSAGE_NOTE, "note", N_("Internal note") },
  { KIP_MESSAGE_INCOMING, "incoming", N_("From the requester") },
  { KIP_MESSAGE_AUTOMATIC, "automatic", N_("Automatic reply") },
  { 0, NULL, NULL }
};

static const KipChoice roles[] = {
  { KIP_ROLE_REQUESTER, "requester", N_("Requester") },
  { KIP_ROLE_AGENT, "agent", N_("Agent") },
  { KIP_ROLE_MANAGER, "manager", N_("Manager") },
  { 0, NULL, NULL }
};

static const KipChoice levels[] = {
  { 1, "high", N_("High") },
  { 2, "medium", N_("Medium") },
  { 3, "low", N_("Low") },
  { 0, NULL, NULL }
};

#define REGISTER(kind, field, key, label, type) \
  { kind, field, key, label, type, KIP_SHAPE_REGISTER, 0, NULL }
#define REFERENCE(kind, field, key, label, target) \
  { kind, field, key, label, KIP_TYPE_ID, KIP_SHAPE_REGISTER, target, NULL }
#define CHOICE(kind, field, key, label, choices) \
  { kind, field, key, label, KIP_TYPE_ENUM, KIP_SHAPE_REGISTER, 0, choices }
#define ENTRY(kind, field, key, label) \
  { kind, field, key, label, KIP_TYPE_MAP, KIP_SHAPE_ENTRY, 0, NULL }

static const KipFieldInfo fields[] = {
  REGISTER (0, KIP_FIELD_NAME, "name", N_("Name"), KIP_TYPE_TEXT),
  REGISTER (0, KIP_FIELD_DELETED, "deleted", N_("Deleted"), KIP_TYPE_BOOL),
  REGISTER (0, KIP_FIELD_POSITION, "position", N_("Position"), KIP_TYPE_INT),
  REGISTER (0, KIP_FIELD_NOTE, "note", N_("Note"), KIP_TYPE_TEXT),
  REGISTER (0, KIP_FIELD_KEY, "key", N_("Key"), KIP_TYPE_TEXT),

  REFERENCE (KIP_KIND_OFFICE, KIP_FIELD_OFFICE_CALENDAR, "calendar", N_("Calendar"), KIP_KIND_CALENDAR),
  REGISTER (KIP_KIND_OFFICE, KIP_FIELD_MATRIX, "matrix", N_("Priority matrix"), KIP_TYPE_MAP),
  REGISTER (KIP_KIND_OFFICE, KIP_FIELD_LANGUAGE, "language", N_("Language"), KIP_TYPE_TEXT),
  { KIP_KIND_OFFICE, KIP_FIELD_CAUSES, "causes", N_("Causes"), KIP_TYPE_TEXT, KIP_SHAPE_SET, 0, NULL },

  REGISTER (KIP_KIND_TICKET, KIP_FIELD_NUMBER, "number", N_("Number"), KIP_TYPE_INT),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_SUBJECT, "subject", N_("Subject"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_DESCRIPTION, "description", N_("Description"), KIP_TYPE_TEXT),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_REQUESTER, "requester", N_("Requester"), KIP_KIND_PERSON),
  CHOICE (KIP_KIND_TICKET, KIP_FIELD_CHANNEL, "channel", N_("Channel"), channels),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_RECEIVED, "received", N_("Received"), KIP_TYPE_INSTANT),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_CATEGORY, "category", N_("Category"), KIP_KIND_CATEGORY),
  CHOICE (KIP_KIND_TICKET, KIP_FIELD_IMPACT, "impact", N_("Impact"), levels),
  CHOICE (KIP_KIND_TICKET, KIP_FIELD_URGENCY, "urgency", N_("Urgency"), levels),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_PRIORITY, "priority", N_("Priority"), KIP_TYPE_MAP),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_STATUS, "status", N_("Status"), KIP_TYPE_MAP),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_ASSIGNEE, "assignee", N_("Assignee"), KIP_KIND_PERSON),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_TEAM, "team", N_("Team"), KIP_KIND_TEAM),
  { KIP_KIND_TICKET, KIP_FIELD_TAGS, "tags", N_("Tags"), KIP_TYPE_TEXT, KIP_SHAPE_SET, 0, NULL },
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_ASSET, "asset", N_("Asset"), KIP_KIND_ASSET),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_DUE, "due", N_("Due by hand"), KIP_TYPE_INSTANT),
  { KIP_KIND_TICKET, KIP_FIELD_LINKS, "links", N_("Links"), KIP_TYPE_ID, KIP_SHAPE_SET, KIP_KIND_TICKET, NULL },
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_PARENT, "parent", N_("Parent"), KIP_KIND_TICKET),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_MERGED_INTO, "merged-into", N_("Merged into"), KIP_KIND_TICKET),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_EXTERNAL, "external", N_("External number"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_CAUSE, "cause", N_("Cause"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_DONE, "done", N_("What was done"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_SPAM, "spam", N_("Spam"), KIP_TYPE_BOOL),
  REGISTER (KIP_KIND_TICKET, KIP_FIELD_ON_LINE, "on-line", N_("Answered on the line"), KIP_TYPE_BOOL),
  REFERENCE (KIP_KIND_TICKET, KIP_FIELD_REVIEW, "review", N_("Review"), KIP_KIND_REVIEW),
  ENTRY (KIP_KIND_TICKET, KIP_FIELD_MESSAGE, "message", N_("Message")),
  ENTRY (KIP_KIND_TICKET, KIP_FIELD_WORK, "work", N_("Work time")),
  ENTRY (KIP_KIND_TICKET, KIP_FIELD_ATTACHMENT, "attachment", N_("Attachment")),
  ENTRY (KIP_KIND_TICKET, KIP_FIELD_SURVEY, "survey", N_("Follow-up call")),

  REGISTER (KIP_KIND_PERSON, KIP_FIELD_PHONE, "phone", N_("Phone"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_PERSON, KIP_FIELD_MAIL, "mail", N_("Mail"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_PERSON, KIP_FIELD_DEPARTMENT, "department", N_("Department"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_PERSON, KIP_FIELD_VIP, "vip", N_("VIP"), KIP_TYPE_BOOL),
  CHOICE (KIP_KIND_PERSON, KIP_FIELD_ROLE, "role", N_("Role"), roles),
  { KIP_KIND_PERSON, KIP_FIELD_TEAMS, "teams", N_("Teams"), KIP_TYPE_ID, KIP_SHAPE_SET, KIP_KIND_TEAM, NULL },
  REFERENCE (KIP_KIND_PERSON, KIP_FIELD_PERSON_CALENDAR, "calendar", N_("Working hours"), KIP_KIND_CALENDAR),

  REFERENCE (KIP_KIND_CATEGORY, KIP_FIELD_CATEGORY_PARENT, "parent", N_("Parent category"), KIP_KIND_CATEGORY),
  REGISTER (KIP_KIND_CATEGORY, KIP_FIELD_FIRST_CONTACT, "first-contact", N_("Can be solved at first contact"), KIP_TYPE_BOOL),
  REFERENCE (KIP_KIND_CATEGORY, KIP_FIELD_CATEGORY_TEAM, "team", N_("Team"), KIP_KIND_TEAM),

  CHOICE (KIP_KIND_STATUS, KIP_FIELD_PHASE, "phase", N_("Phase"), phases),
  CHOICE (KIP_KIND_STATUS, KIP_FIELD_PAUSES, "pauses", N_("Pauses the clocks"), pauses),

  REGISTER (KIP_KIND_CANNED, KIP_FIELD_TEXT, "text", N_("Text"), KIP_TYPE_TEXT),

  ENTRY (KIP_KIND_CALENDAR, KIP_FIELD_CALENDAR_VERSION, "version", N_("Version")),
  ENTRY (KIP_KIND_CALENDAR, KIP_FIELD_CALENDAR_DRAFT, "draft", N_("Draft")),

  REGISTER (KIP_KIND_POLICY, KIP_FIELD_CONDITION, "condition", N_("Applies to"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_POLICY, KIP_FIELD_IS_DEFAULT, "default", N_("Default"), KIP_TYPE_BOOL),
  ENTRY (KIP_KIND_POLICY, KIP_FIELD_POLICY_VERSION, "version", N_("Version")),
  ENTRY (KIP_KIND_POLICY, KIP_FIELD_POLICY_DRAFT, "draft", N_("Draft")),

  REGISTER (KIP_KIND_OUTAGE, KIP_FIELD_OUTAGE_START, "start", N_("Start"), KIP_TYPE_INSTANT),
  REGISTER (KIP_KIND_OUTAGE, KIP_FIELD_OUTAGE_END, "end", N_("End"), KIP_TYPE_INSTANT),
  REGISTER (KIP_KIND_OUTAGE, KIP_FIELD_OUTAGE_REASON, "reason", N_("Reason"), KIP_TYPE_TEXT),
  REGISTER (KIP_KIND_OUTAGE, KIP_FIELD_OUTAGE_SCOPE, "scope", N_("Scope"), KIP_TYPE_TEXT),

  REGISTER (KIP_KIND_VIEW, KIP_FIELD_QUERY, "query", N_("Search"), KIP_TYPE_TEXT),
  REFERENCE (KIP_KIND_VIEW, KIP_FIELD_OWNER, "owner", N_("Owner"), KIP_KIND_PERSON),

  REGISTER (KIP_KIND_ASSET, KIP_FIELD_SERIAL, "serial", N_("Serial number"), KIP_TYPE_TEXT),
  REFERENCE (KIP_KIND_ASSET, KIP_FIELD_ASSET_OWNER, "owner", N_("Owner"), KIP_KIND_PERSON),

  REFERENCE (KIP_KIND_MACHINE, KIP_FIELD_MACHINE_PERSON, "person", N_("Person"), KIP_KIND_PERSON),
  REGISTER (KIP_KIND_MACHINE, KIP_FIELD_MACHINE_KEY, "signing-key", N_("Key"), KIP_TYPE_MAP),
  REGISTER (KIP_KIND_MACHINE, KIP_FIELD_MACHINE_LAST, "last", N_("Last change"), KIP_TYPE_INT),
  REGISTER (KIP_KIND_MACHINE, KIP_FIELD_MACHINE_RECOVERY, "recovery", N_("Recovery code"), KIP_TYPE_INT),
  REGISTER (KIP_KIND_MACHINE, KIP_FIELD_MACHINE_TWIN, "twin", N_("Copy of a computer"), KIP_TYPE_MAP),

  REGISTER (KIP_KIND_GOAL, KIP_FIELD_GOAL_MEASURE, "measure", N_("Measure"), KIP_TYPE_TEXT),
  REFERENCE (KIP_KIND_GOAL, KIP_FIELD_GOAL_TEAM, "team", N_("Team"), KIP_KIND_TEAM),
  REFERENCE (KIP_KIND_GOAL, KIP_FIELD_GOAL_AGENT, "agent", N_("Agent"), KIP_KIND_PERSON),
  ENTRY (KIP_KIND_GOAL, KIP_FIELD_GOAL_VERSION, "target", N_("Target")),

  REGISTER (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_FROM, "from", N_("From"), KIP_TYPE_INSTANT),
  REGISTER (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_TO, "to", N_("To"), KIP_TYPE_INSTANT),
  REGISTER (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_HELD, "held", N_("Held on"), KIP_TYPE_INSTANT),
  REFERENCE (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_AGENT, "agent", N_("Agent"), KIP_KIND_PERSON),
  REFERENCE (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_TEAM, "team", N_("Team"), KIP_KIND_TEAM),
  REGISTER (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_FIGURES, "figures", N_("Figures"), KIP_TYPE_MAP),
  REGISTER (KIP_KIND_REVIEW, KIP_FIELD_REVIEW_AGREED, "agreed", N_("What was agreed"), KIP_TYPE_TEXT),
  { KIP_KIND_REVIEW, KIP_FIELD_REVIEW_ACTIONS, "actions", N_("Actions"), KIP_TYPE_ID, KIP_SHAPE_SET, KIP_KIND_TICKET, NULL },
};

static gboolean
is_of_kind (const KipFieldInfo *info,
            KipKind             kind)
{
  return info->kind == 0 || info->kind == kind;
}

const KipFieldInfo *
kip_schema_field (KipKind  kind,
                  KipField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].field == field && is_of_kind (&fields[i], kind))
      return &fields[i];
  return NULL;
}

const KipFieldInfo *
kip_schema_field_by_key (KipKind     kind,
                         const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (is_of_kind (&fields[i], kind) && strcmp (fields[i].key, key) == 0)
      return &fields[i];
  return NULL;
}

gboolean
kip_schema_is_long_text (KipKind  kind,
                         KipField field)
{
  switch ((int) field)
    {
    case KIP_FIELD_NOTE:
      return TRUE;
    case KIP_FIELD_DESCRIPTION:
    case KIP_FIELD_DONE:
      return kind == KIP_KIND_TICKET;
    case KIP_FIELD_TEXT:
      return kind == KIP_KIND_CANNED;
    case KIP_FIELD_REVIEW_AGREED:
      return kind == KIP_KIND_REVIEW;
    default:
      return FALSE;
    }
}

const KipFieldInfo *
kip_schema_all (guint *n)
{
  *n = G_N_ELEMENTS (fields);
  return fields;
}

const KipChoice *
kip_schema_phases (void)
{
  return phases;
}

const KipChoice *
kip_schema_pauses (void)
{
  return pauses;
}

const KipChoice *
kip_schema_channels (void)
{
  return channels;
}

const KipChoice *
kip_schema_message_kinds (void)
{
  return message_kinds;
}

const KipChoice *
kip_schema_roles (void)
{
  return roles;
}

const KipChoice *
kip_choice_find (const KipChoice *choices,
                 int              number)
{
  for (; choices->key != NULL; choices++)
    if (choices->number == number)
      return choices;
  return NULL;
}

const KipChoice *
kip_choice_find_key (const KipChoice *choices,
                     const char      *key)
{
  for (; choices->key != NULL; choices++)
    if (strcmp (choices->key, key) == 0)
      return choices;
  return NULL;
}

char *
kip_ticket_number_format (gint64 number)
{
  g_autofree char *letters = NULL;

  if (number <= 0)
    return g_strdup ("");
  letters = kip_id_device_letters ((guint) (number >> KIP_TICKET_NUMBER_BITS));
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, letters, number & (KIP_TICKET_NUMBER (1, 0) - 1));
}

gboolean
kip_ticket_number_parse (const char *text,
                         guint      *device,
                         gint64     *counter)
{
  gsize letters = 0;
  const char *digits;
  guint64 number;

  while (g_ascii_isalpha (text[letters]))
    letters++;
  digits = text + letters + (letters > 0 && text[letters] == '-' ? 1 : 0);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, KIP_TICKET_NUMBER (1, 0) - 1, &number, NULL))
    return FALSE;
  if (letters > 0 && kip_id_device_from_letters (text, letters) == 0)
    return FALSE;
  *device = kip_id_device_from_letters (text, letters);
  *counter = (gint64) number;
  return TRUE;
}
