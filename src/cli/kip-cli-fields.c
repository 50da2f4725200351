/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- names ---- */

/* Any of the office's lists: what all of them begin with. */
typedef struct
{
  KipId       id;
  const char *name;
} Named;

static GPtrArray *
list_of (KipOffice *office,
         KipKind    kind)
{
  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      return kip_office_get_people (office);
    case KIP_KIND_TEAM:
      return kip_office_get_teams (office);
    case KIP_KIND_STATUS:
      return kip_office_get_statuses (office);
    case KIP_KIND_CANNED:
      return kip_office_get_canned (office);
    case KIP_KIND_VIEW:
      return kip_office_get_views (office);
    case KIP_KIND_ASSET:
      return kip_office_get_assets (office);
    default:
      return NULL;
    }
}

static gboolean
same_name (const char *a,
           const char *folded)
{
  g_autofree char *other = kip_text_fold (a);

  return strcmp (other, folded) == 0;
}

static KipId
find_category (KipOffice  *office,
               const char *folded)
{
  GPtrArray *all = kip_office_get_categories (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (all, i);

      if (!category->deleted && (same_name (category->name, folded) || strcmp (category->folded, folded) == 0))
        return category->id;
    }
  return KIP_ID_NONE;
}

static KipId
find_listed (KipOffice  *office,
             KipKind     kind,
             const char *folded)
{
  GPtrArray *all = list_of (office, kind);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const Named *named = g_ptr_array_index (all, i);

      G_STATIC_ASSERT (G_STRUCT_OFFSET (KipPerson, name) == G_STRUCT_OFFSET (Named, name));
      if (kind == KIP_KIND_STATUS && strcmp (((const KipStatus *) g_ptr_array_index (all, i))->key, folded) == 0)
        return named->id;
      if (named->name != NULL && same_name (named->name, folded))
        return named->id;
    }
  return KIP_ID_NONE;
}

KipId
kip_cli_find (KipCli     *cli,
              KipKind     kind,
              const char *name,
              GError    **error)
{
  KipOffice *office = kip_store_get_office (cli->store);
  g_autofree char *folded = kip_text_fold (name);
  KipId id;

  if (kind == KIP_KIND_PERSON && strcmp (folded, "me") == 0)
    return kip_store_get_me (cli->store);
  if (kind == KIP_KIND_TICKET)
    return kip_store_find_number (cli->store, name, error);
  id = kind == KIP_KIND_CATEGORY ? find_category (office, folded) : find_listed (office, kind, folded);
  if (id == KIP_ID_NONE)
    g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                 _("Nothing is called “%s” here. “kipctl office list %s” says what there is."), name, kip_cli_kind_key (kind));
  return id;
}

/* ---- values ---- */

static KipValue *
parse_reference (KipCli             *cli,
                 const KipFieldInfo *info,
                 const char         *text,
                 GError            **error)
{
  KipId id;

  if (strcmp (text, "none") == 0)
    return kip_value_none ();
  id = kip_cli_find (cli, info->target, text, error);
  return id != KIP_ID_NONE ? kip_value_int ((gint64) id) : NULL;
}

static KipValue *
parse_instant (KipCli     *cli,
               const char *text,
               GError    **error)
{
  g_autoptr (GTimeZone) local = kip_cli_zone (cli);
  KipInstant instant;

  if (strcmp (text, "now") == 0)
    return kip_value_int (kip_clock_now ());
  if (!kip_instant_parse (text, local, &instant))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is not a time. Write it as 2026-11-20T16:30."), text);
      return NULL;
    }
  if (!kip_instant_is_countable (instant))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is outside of the years 1900–2199, in which Kip counts."), text);
      return NULL;
    }
  return kip_value_int (instant);
}

static KipValue *
parse_choice (const KipFieldInfo *info,
              const char         *text,
              GError            **error)
{
  const KipChoice *choice = kip_choice_find_key (info->choices, text);
  g_autoptr (GString) keys = NULL;

  if (choice != NULL)
    return kip_value_int (choice->number);
  keys = g_string_new (NULL);
  for (choice = info->choices; choice->key != NULL; choice++)
    g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : "", choice->key);
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("“%s” is not one of: %s."), text, keys->str);
  return NULL;
}

static const char flag_keys[] = "yes, no";

static KipValue *
parse_int (const char *text,
           gboolean    flag,
           GError    **error)
{
  gint64 number;

  if (flag && (strcmp (text, "yes") == 0 || strcmp (text, "true") == 0))
    return kip_value_int (1);
  if (flag && (strcmp (text, "no") == 0 || strcmp (text, "false") == 0))
    return kip_value_none ();
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return kip_value_int (number);
  if (flag)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not one of: %s."), text, flag_keys);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not a number."), text);
  return NULL;
}

static const char priority_keys[] = "critical, high, normal, low";

static KipValue *
override_value (KipPriority priority,
                const char *reason)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (priority));
  if (reason != NULL && *reason != '\0')
    kip_value_put (value, 2, kip_value_text (reason));
  else
    g_printerr ("%s\n", _("No reason was given for the priority. “priority-reason=REASON” beside it keeps one for those who ask."));
  return value;
}

/* "high:the boss is waiting", or "high" with a @reason (nullable) from beside it;
 * "none" or nothing goes back to the matrix.  Scripts set priorities, too, so a missing
 * reason is told, not refused. */
static KipValue *
parse_priority (const char *text,
                const char *reason,
                GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  KipPriority priority;

  if (*text == '\0' || strcmp (text, "none") == 0)
    return kip_value_none ();
  priority = kip_priority_from_key (parts[0]);
  reason = parts[1] != NULL ? g_strstrip (parts[1]) : reason;
  if (priority != 0)
    return override_value (priority, reason);
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not one of: %s."), parts[0], priority_keys);
  return NULL;
}

gboolean
kip_cli_is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

gboolean
kip_cli_check_text (const char *text,
                    GError    **error)
{
  g_autofree char *shown = NULL;

  if (g_utf8_validate (text, -1, NULL))
    return TRUE;
  shown = g_utf8_make_valid (text, -1);
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not text in UTF-8."), shown);
  return FALSE;
}

/* What every ticket, and everything in the office's lists, has. */
static gboolean
must_hold (const KipFieldInfo *info,
           const char         *text,
           GError            **error)
{
  gboolean needed = info->field == KIP_FIELD_SUBJECT || info->field == KIP_FIELD_RECEIVED || info->field == KIP_FIELD_NAME;

  if (!needed || !kip_cli_is_blank (text))
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” cannot be empty."), info->key);
  return FALSE;
}

static KipValue *
parse_value (KipCli             *cli,
             const KipFieldInfo *info,
             const char         *text,
             GError            **error)
{
  if (*text == '\0')
    return kip_value_none ();
  switch (info->type)
    {
    case KIP_TYPE_TEXT:
      return kip_value_text (text);
    case KIP_TYPE_BOOL:
      return parse_int (text, TRUE, error);
    case KIP_TYPE_INT:
      return parse_int (text, FALSE, error);
    case KIP_TYPE_INSTANT:
      return parse_instant (cli, text, error);
    case KIP_TYPE_ID:
      return parse_reference (cli, info, text, error);
    case KIP_TYPE_ENUM:
      return parse_choice (info, text, error);
    case KIP_TYPE_MAP:
    default:
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” cannot be set so. “kipctl help” lists the commands."), info->key);
      return NULL;
    }
}

/* ---- assignments ---- */

static gboolean
set_status (KipCli     *cli,
            KipChange  *change,
            KipId       ticket,
            const char *text,
            GError    **error)
{
  KipOffice *office = kip_store_get_office (cli->store);
  KipId id = kip_cli_find (cli, KIP_KIND_STATUS, text, error);
  const KipStatus *status = id != KIP_ID_NONE ? kip_office_status (office, id) : NULL;

  if (status != NULL)
    kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
  return status != NULL;
}

static gboolean
set_priority (KipChange  *change,
              KipId       ticket,
              const char *text,
              const char *reason,
              GError    **error)
{
  KipValue *value = parse_priority (text, reason, error);

  if (value != NULL)
    kip_change_set (change, KIP_KIND_TICKET, ticket, KIP_FIELD_PRIORITY, value);
  return value != NULL;
}

static gboolean
set_element (KipCli             *cli,
             KipChange          *change,
             KipId               entity,
             KipKind             kind,
             const KipFieldInfo *info,
             const char         *text,
             GError            **error)
{
  gboolean remove = *text == '-';
  KipValue *value = parse_value (cli, info, text + (*text == '+' || remove ? 1 : 0), error);

  if (value == NULL)
    return FALSE;
  if (remove)
    kip_change_remove (change, kind, entity, info->field, value);
  else
    kip_change_add (change, kind, entity, info->field, value);
  return TRUE;
}

static const KipFieldInfo *
find_field (KipKind     kind,
            const char *key,
            GError    **error)
{
  static const char *const also[][2] = {
    { "tag", "tags" }, { "agent", "assignee" }, { "link", "links" }, { "team-of", "teams" },
  };
  const KipFieldInfo *info;

  for (guint i = 0; i < G_N_ELEMENTS (also); i++)
    if (strcmp (key, also[i][0]) == 0)
      key = also[i][1];
  info = kip_schema_field_by_key (kind, key);
  if (info == NULL || info->shape == KIP_SHAPE_ENTRY || info->field == KIP_FIELD_NUMBER)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("There is no field “%s” to set."), key);
      return NULL;
    }
  return info;
}

static gboolean
set_field (KipCli     *cli,
           KipChange  *change,
           KipKind     kind,
           KipId       entity,
           const char *assignment,
           GError    **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *key = NULL;
  const KipFieldInfo *info;
  KipValue *value;

  if (!kip_cli_check_text (assignment, error))
    return FALSE;
  if (equals == NULL)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not of the form field=value."), assignment);
      return FALSE;
    }
  key = g_strndup (assignment, equals - assignment);
  info = find_field (kind, key, error);
  if (info == NULL || !must_hold (info, equals + 1, error))
    return FALSE;
  if (info->field == KIP_FIELD_STATUS)
    return set_status (cli, change, entity, equals + 1, error);
  if (info->shape == KIP_SHAPE_SET)
    return set_element (cli, change, entity, kind, info, equals + 1, error);
  value = parse_value (cli, info, equals + 1, error);
  if (value == NULL)
    return FALSE;
  if (info->field == KIP_FIELD_PARENT && !kip_cli_may_be_part (cli, entity, (KipId) kip_value_get_int (value, 0), error))
    {
      kip_value_unref (value);
      return FALSE;
    }
  kip_change_set (change, kind, entity, info->field, value);
  return TRUE;
}

/* What follows @key, which ends in "=", in the last of the assignments that begins so. */
static const char *
value_of (int         n,
          char      **assignments,
          const char *key)
{
  for (int i = n - 1; i >= 0; i--)
    if (g_str_has_prefix (assignments[i], key))
      return assignments[i] + strlen (key);
  return NULL;
}

static gboolean
is_of_priority (const char *assignment)
{
  return g_str_has_prefix (assignment, "priority=") || g_str_has_prefix (assignment, "priority-reason=");
}

gboolean
kip_cli_set_fields (KipCli    *cli,
                    KipChange *change,
                    KipKind    kind,
                    KipId      entity,
                    int        n,
                    char     **assignments,
                    GError   **error)
{
  gboolean ticket = kind == KIP_KIND_TICKET;
  const char *priority = ticket ? value_of (n, assignments, "priority=") : NULL;
  const char *reason = ticket ? value_of (n, assignments, "priority-reason=") : NULL;

  for (int i = 0; i < n; i++)
    if (!(priority != NULL && is_of_priority (assignments[i]))
        && !set_field (cli, change, kind, entity, assignments[i], error))
      return FALSE;
  return priority == NULL || set_priority (change, entity, priority, reason, error);
}
