/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-format-value.h"

#include "kip-format.h"

#include <glib/gi18n-lib.h>

const char *
kip_format_field (KipKind  kind,
                  KipField field)
{
  const KipFieldInfo *info = kip_schema_field (kind, field);

  return info != NULL ? _(info->label) : _("Unknown field");
}

char *
kip_format_person (KipOffice  *office,
                   KipId       person,
                   const char *nobody)
{
  const KipPerson *found = kip_office_person (office, person);

  if (person == KIP_ID_NONE)
    return g_strdup (nobody);
  return g_strdup (found != NULL ? found->name : _("somebody"));
}

char *
kip_format_ticket (const KipWords *words,
                   KipId           ticket)
{
  gint64 key = (gint64) ticket;
  const char *number = words->tickets != NULL ? g_hash_table_lookup (words->tickets, &key) : NULL;

  return g_strdup (number != NULL ? number : _("another ticket"));
}

static const char *
calendar_or_unknown (KipKind kind)
{
  return kind == KIP_KIND_CALENDAR ? _("a calendar") : _("unknown");
}

/* The name of an office's thing; borrowed; NULL when it is not known here. */
static const char *
office_name (KipOffice *office,
             KipKind    kind,
             KipId      id)
{
  switch ((int) kind)
    {
    case KIP_KIND_TEAM:
      return kip_office_team (office, id) != NULL ? kip_office_team (office, id)->name : NULL;
    case KIP_KIND_CATEGORY:
      return kip_office_category (office, id) != NULL ? kip_office_category (office, id)->path : NULL;
    case KIP_KIND_ASSET:
      return kip_office_asset (office, id) != NULL ? kip_office_asset (office, id)->name : NULL;
    case KIP_KIND_STATUS:
      return kip_office_status (office, id) != NULL ? kip_office_status (office, id)->name : NULL;
    default:
      return NULL;
    }
}

static char *
format_id (const KipWords *words,
           KipKind         target,
           KipId           id)
{
  const char *name;

  if (id == KIP_ID_NONE)
    return g_strdup ("");
  if (target == KIP_KIND_PERSON)
    return kip_format_person (words->office, id, "");
  if (target == KIP_KIND_TICKET)
    return kip_format_ticket (words, id);
  if (target == KIP_KIND_REVIEW)
    return g_strdup (_("a review"));
  name = office_name (words->office, target, id);
  return g_strdup (name != NULL ? name : calendar_or_unknown (target));
}

/* A status as it was called when it was set is not kept: its name of today, or
 * the phase when the status is gone. */
static char *
format_status (const KipWords *words,
               const KipValue *value)
{
  const KipStatus *status = kip_office_status (words->office, (KipId) kip_value_map_int (value, 1, 0));
  const KipChoice *phase = kip_choice_find (kip_schema_phases (), (int) kip_value_map_int (value, 2, 0));

  if (status != NULL)
    return g_strdup (status->name);
  return g_strdup (phase != NULL ? _(phase->label) : _("unknown"));
}

static char *
format_priority (const KipValue *value)
{
  const char *label = kip_priority_label ((int) kip_value_map_int (value, 1, 0));
  const char *reason = kip_value_map_text (value, 2);

  return reason != NULL ? g_strdup_printf ("%s (%s)", label, reason) : g_strdup (label);
}

static char *
format_enum (const KipFieldInfo *info,
             const KipValue     *value)
{
  const KipChoice *choice = kip_choice_find (info->choices, (int) kip_value_get_int (value, 0));

  return g_strdup (choice != NULL ? _(choice->label) : _("unknown"));
}

static char *
format_int (KipField field,
            gint64   number)
{
  if (field == KIP_FIELD_NUMBER)
    return kip_ticket_number_format (number);
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
format_by_type (const KipWords     *words,
                const KipFieldInfo *info,
                const KipValue     *value)
{
  switch (info->type)
    {
    case KIP_TYPE_TEXT:
      return g_strdup (kip_value_get_text (value) != NULL ? kip_value_get_text (value) : "");
    case KIP_TYPE_INT:
      return format_int (info->field, kip_value_get_int (value, 0));
    case KIP_TYPE_BOOL:
      return g_strdup (kip_value_get_int (value, 0) != 0 ? _("yes") : _("no"));
    case KIP_TYPE_INSTANT:
      return kip_format_instant (kip_value_get_int (value, KIP_INSTANT_NONE), words->zone);
    case KIP_TYPE_ID:
      return format_id (words, info->target, (KipId) kip_value_get_int (value, 0));
    case KIP_TYPE_ENUM:
      return format_enum (info, value);
    case KIP_TYPE_MAP:
    default:
      return g_strdup (_("changed"));
    }
}

char *
kip_format_value (const KipWords *words,
                  KipKind         kind,
                  KipField        field,
                  const KipValue *value)
{
  const KipFieldInfo *info = kip_schema_field (kind, field);

  if (kip_value_type (value) == KIP_VALUE_NONE)
    return g_strdup ("");
  if (kind == KIP_KIND_TICKET && field == KIP_FIELD_STATUS)
    return format_status (words, value);
  if (kind == KIP_KIND_TICKET && field == KIP_FIELD_PRIORITY)
    return format_priority (value);
  return info != NULL ? format_by_type (words, info, value) : g_strdup (_("unknown"));
}
