/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-names.h"

#include "kip-import-earlier.h"
#include "kip-text.h"

#include <string.h>

struct _KipImportNames
{
  KipStore     *store;      /* (owned) */
  KipOffice    *office;     /* (owned) */
  KipChange    *change;     /* borrowed (nullable) */
  GHashTable   *as_written; /* (owned) kind and text → Known (borrowed): no folding twice */
  GHashTable   *people;     /* (owned) folded name → Known */
  GHashTable   *mails;      /* (owned) folded mail → Known */
  GHashTable   *teams;      /* (owned) folded name → Known */
  GHashTable   *categories; /* (owned) folded path → Known */
  GHashTable   *assets;     /* (owned) folded name → Known */
  GPtrArray    *known;      /* (owned) of Known */
  gboolean      has_learnt; /* what they were called earlier is in the tables */
  KipId         next_mock;  /* for the preview */
  KipImportMade made;
};

typedef struct
{
  KipId    id;
  gboolean has_mail;
  gboolean is_agent;
  gboolean is_ours;  /* made by this import */
} Known;

static Known *
add_known (KipImportNames *names,
           KipId           id)
{
  Known *known = g_new0 (Known, 1);

  known->id = id;
  g_ptr_array_add (names->known, known);
  return known;
}

/* ---- what the office has ---- */

static void
index_first (GHashTable *table,
             char       *folded, /* (transfer full) */
             Known      *known)
{
  if (*folded == '\0' || g_hash_table_contains (table, folded))
    g_free (folded);
  else
    g_hash_table_insert (table, folded, known);
}

static void
index_people (KipImportNames *names)
{
  GPtrArray *people = kip_office_get_people (names->office);

  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = people->pdata[i];
      Known *known;

      if (person->deleted)
        continue;
      known = add_known (names, person->id);
      known->has_mail = person->mail != NULL;
      known->is_agent = person->role != KIP_ROLE_REQUESTER;
      index_first (names->people, kip_text_fold (person->name), known);
      if (person->mail != NULL)
        index_first (names->mails, kip_text_fold (person->mail), known);
    }
}

static void
index_rest (KipImportNames *names)
{
  GPtrArray *teams = kip_office_get_teams (names->office);
  GPtrArray *categories = kip_office_get_categories (names->office);
  GPtrArray *assets = kip_office_get_assets (names->office);

  for (guint i = 0; i < teams->len; i++)
    if (!((KipTeam *) teams->pdata[i])->deleted)
      index_first (names->teams, kip_text_fold (((KipTeam *) teams->pdata[i])->name),
                   add_known (names, ((KipTeam *) teams->pdata[i])->id));
  for (guint i = 0; i < categories->len; i++)
    if (!((KipCategory *) categories->pdata[i])->deleted)
      index_first (names->categories, kip_text_fold (((KipCategory *) categories->pdata[i])->path),
                   add_known (names, ((KipCategory *) categories->pdata[i])->id));
  for (guint i = 0; i < assets->len; i++)
    if (!((KipAsset *) assets->pdata[i])->deleted)
      index_first (names->assets, kip_text_fold (((KipAsset *) assets->pdata[i])->name),
                   add_known (names, ((KipAsset *) assets->pdata[i])->id));
}

KipImportNames *
kip_import_names_new (KipStore *store)
{
  KipImportNames *names = g_new0 (KipImportNames, 1);

  names->store = g_object_ref (store);
  names->office = kip_store_dup_office (store);
  names->known = g_ptr_array_new_with_free_func (g_free);
  names->as_written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->teams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index_people (names);
  index_rest (names);
  return names;
}

void
kip_import_names_free (KipImportNames *names)
{
  g_object_unref (names->store);
  kip_office_unref (names->office);
  g_hash_table_unref (names->as_written);
  g_hash_table_unref (names->people);
  g_hash_table_unref (names->mails);
  g_hash_table_unref (names->teams);
  g_hash_table_unref (names->categories);
  g_hash_table_unref (names->assets);
  g_ptr_array_unref (names->known);
  g_free (names);
}

void
kip_import_names_set_change (KipImportNames *names,
                             KipChange      *change)
{
  names->change = change;
}

KipOffice *
kip_import_names_get_office (KipImportNames *names)
{
  return names->office;
}

const KipImportMade *
kip_import_names_get_made (KipImportNames *names)
{
  return &names->made;
}

/* ---- what it was called earlier ---- */

/* (transfer container) id → Known */
static GHashTable *
index_by_id (KipImportNames *names)
{
  GHashTable *by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < names->known->len; i++)
    g_hash_table_insert (by_id, &((Known *) names->known->pdata[i])->id, names->known->pdata[i]);
  return by_id;
}

/* One that was put away is still meant. */
static Known *
revive (KipImportNames         *names,
        const KipImportEarlier *earlier)
{
  const KipPerson *person = earlier->kind == KIP_KIND_PERSON ? kip_office_person (names->office, earlier->id) : NULL;
  Known *known = add_known (names, earlier->id);

  known->has_mail = person != NULL && person->mail != NULL;
  known->is_agent = person != NULL && person->role != KIP_ROLE_REQUESTER;
  return known;
}

static GHashTable *
table_of (KipImportNames *names,
          KipKind         kind)
{
  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      return names->people;
    case KIP_KIND_TEAM:
      return names->teams;
    case KIP_KIND_CATEGORY:
      return names->categories;
    default:
      return names->assets;
    }
}

/* Puts them behind the names of today.  FALSE: that was done before, look no further. */
static gboolean
learn (KipImportNames *names)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GHashTable) by_id = NULL; /* id → Known */

  if (names->has_learnt)
    return FALSE;
  names->has_learnt = TRUE;
  by_id = index_by_id (names);
  all = kip_import_earlier_read (names->store, names->office);
  for (guint i = 0; i < all->len; i++)
    {
      KipImportEarlier *earlier = all->pdata[i];
      Known *known = g_hash_table_lookup (by_id, &earlier->id);

      if (known == NULL)
        g_hash_table_insert (by_id, &earlier->id, known = revive (names, earlier));
      if (earlier->name != NULL)
        index_first (table_of (names, earlier->kind), kip_text_fold (earlier->name), known);
      if (earlier->mail != NULL)
        index_first (names->mails, kip_text_fold (earlier->mail), known);
    }
  return all->len > 0;
}

/* One of @table by its folded name, of today or an earlier one. */
static Known *
find_named (KipImportNames *names,
            GHashTable     *table,
            const char     *folded)
{
  Known *known = g_hash_table_lookup (table, folded);

  return known != NULL || !learn (names) ? known : g_hash_table_lookup (table, folded);
}

/* ---- making ---- */

static void
write_text (KipImportNames *names,
            KipKind         kind,
            KipId           id,
            KipField        field,
            const char     *text,
            KipInstant      at)
{
  if (names->change != NULL && text != NULL && *text != '\0')
    kip_change_set_text (names->change, kind, id, field, text)->at = at;
}

static void
write_int (KipImportNames *names,
           KipKind         kind,
           KipId           id,
           KipField        field,
           gint64          number,
           KipInstant      at)
{
  if (names->change != NULL)
    kip_change_set_int (names->change, kind, id, field, number)->at = at;
}

static Known *
make (KipImportNames *names,
      KipKind         kind,
      const char     *name,
      KipInstant      at)
{
  KipId id = names->change != NULL ? kip_store_new_id (names->store) : KIP_ID_MAKE (0xffff, ++names->next_mock);
  Known *known = add_known (names, id);

  known->is_ours = TRUE;
  write_text (names, kind, id, KIP_FIELD_NAME, name, at);
  return known;
}

/* One look-up for a text that was asked for before, the exact same way. */
static Known *
find_written (KipImportNames *names,
              char            kind,
              const char     *text,
              const char     *more,
              char          **key) /* (transfer full) out */
{
  *key = g_strdup_printf ("%c%s\n%s", kind, text, more != NULL ? more : "");
  return g_hash_table_lookup (names->as_written, *key);
}

static KipId
remember (KipImportNames *names,
          char           *key, /* (transfer full) */
          Known          *known)
{
  g_hash_table_insert (names->as_written, key, known);
  return known->id;
}

/* ---- people ---- */

/* "Lan Anh <lan@example.com>" → both; "lan@example.com" → it is the name as well. */
static char *
split_mail (const char *text,
            char      **mail)
{
  const char *open = strrchr (text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;

  if (close != NULL && close[1] == '\0' && memchr (open, '@', (gsize) (close - open)) != NULL)
    {
      char *name = g_strstrip (g_strndup (text, (gsize) (open - text)));

      *mail = g_strndup (open + 1, (gsize) (close - open - 1));
      if (*name != '\0')
        return name;
      g_free (name);
      return g_strdup (*mail);
    }
  if (strchr (text, '@') != NULL && strpbrk (text, " \t") == NULL)
    *mail = g_strdup (text);
  return g_strdup (text);
}

static Known *
look_up_person (KipImportNames *names,
                const char     *name,
                const char     *mail)
{
  g_autofree char *folded_mail = kip_text_fold (mail);
  g_autofree char *folded_name = kip_text_fold (name);
  Known *known = *folded_mail != '\0' ? g_hash_table_lookup (names->mails, folded_mail) : NULL;

  if (known != NULL)
    return known;
  known = g_hash_table_lookup (names->people, folded_name);
  /* Namesakes: both have a mail, and not the same. */
  if (known != NULL && known->has_mail && *folded_mail != '\0')
    return NULL;
  return known;
}

static Known *
find_person (KipImportNames *names,
             const char     *name,
             const char     *mail)
{
  Known *known = look_up_person (names, name, mail);

  return known != NULL || !learn (names) ? known : look_up_person (names, name, mail);
}

static Known *
make_person (KipImportNames        *names,
             const char            *name,
             const char            *mail,
             const KipImportPerson *person,
             KipInstant             at)
{
  Known *known = make (names, KIP_KIND_PERSON, name, at);

  names->made.people++;
  known->has_mail = mail != NULL;
  write_text (names, KIP_KIND_PERSON, known->id, KIP_FIELD_MAIL, mail, at);
  write_text (names, KIP_KIND_PERSON, known->id, KIP_FIELD_PHONE, person->phone, at);
  write_text (names, KIP_KIND_PERSON, known->id, KIP_FIELD_DEPARTMENT, person->department, at);
  if (person->vip)
    write_int (names, KIP_KIND_PERSON, known->id, KIP_FIELD_VIP, 1, at);
  index_first (names->people, kip_text_fold (name), known);
  if (mail != NULL)
    index_first (names->mails, kip_text_fold (mail), known);
  return known;
}

/* Whom the office knows keeps the role it gave them. */
static void
note_agent (KipImportNames *names,
            Known          *known,
            KipInstant      at)
{
  if (!known->is_ours || known->is_agent)
    return;
  known->is_agent = TRUE;
  write_int (names, KIP_KIND_PERSON, known->id, KIP_FIELD_ROLE, KIP_ROLE_AGENT, at);
}

static Known *
resolve_person (KipImportNames        *names,
                const char            *text,
                const KipImportPerson *person,
                KipInstant             at)
{
  g_autofree char *own_mail = NULL;
  g_autofree char *name = split_mail (text, &own_mail);
  const char *mail = person->mail != NULL && *person->mail != '\0' ? person->mail : own_mail;
  Known *known = find_person (names, name, mail);

  return known != NULL ? known : make_person (names, name, mail, person, at);
}

KipId
kip_import_names_person (KipImportNames        *names,
                         const char            *text,
                         const KipImportPerson *person,
                         KipInstant             at)
{
  g_autofree char *key = NULL;
  Known *known;

  if (*text == '\0')
    return KIP_ID_NONE;
  known = find_written (names, 'p', text, person->mail, &key);
  if (known == NULL)
    {
      known = resolve_person (names, text, person, at);
      remember (names, g_steal_pointer (&key), known);
    }
  if (person->agent)
    note_agent (names, known, at);
  return known->id;
}

/* ---- teams, assets ---- */

static KipId
named (KipImportNames *names,
       char            letter,
       KipKind         kind,
       GHashTable     *table,
       const char     *text,
       guint          *made,
       KipInstant      at)
{
  g_autofree char *key = NULL;
  g_autofree char *folded = NULL;
  Known *known;

  if (*text == '\0')
    return KIP_ID_NONE;
  known = find_written (names, letter, text, NULL, &key);
  if (known != NULL)
    return known->id;
  folded = kip_text_fold (text);
  known = find_named (names, table, folded);
  if (known == NULL)
    {
      known = make (names, kind, text, at);
      (*made)++;
      index_first (table, g_steal_pointer (&folded), known);
    }
  return remember (names, g_steal_pointer (&key), known);
}

KipId
kip_import_names_team (KipImportNames *names,
                       const char     *text,
                       KipInstant      at)
{
  return named (names, 't', KIP_KIND_TEAM, names->teams, text, &names->made.teams, at);
}

KipId
kip_import_names_asset (KipImportNames *names,
                        const char     *text,
                        KipInstant      at)
{
  return named (names, 'a', KIP_KIND_ASSET, names->assets, text, &names->made.assets, at);
}

/* ---- categories ---- */

/* Steps of a path, however it was written.  (transfer full) */
static char **
split_path (const char *text)
{
  g_autoptr (GString) path = g_string_new (text);
  char **steps;
  guint n = 0;

  g_string_replace (path, "\xe2\x80\xba", ">", 0);
  g_string_replace (path, "::", ">", 0);
  steps = g_strsplit (path->str, ">", 8);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_strstrip (steps[i]);
      if (*steps[i] == '\0')
        g_free (steps[i]);
      else
        steps[n++] = steps[i];
    }
  steps[n] = NULL;
  return steps;
}

static Known *
category_step (KipImportNames *names,
               Known          *parent,
               const char     *path,
               const char     *name,
               KipInstant      at)
{
  g_autofree char *folded = kip_text_fold (path);
  Known *known = find_named (names, names->categories, folded);

  if (known != NULL)
    return known;
  known = make (names, KIP_KIND_CATEGORY, name, at);
  names->made.categories++;
  if (parent != NULL)
    write_int (names, KIP_KIND_CATEGORY, known->id, KIP_FIELD_CATEGORY_PARENT, (gint64) parent->id, at);
  index_first (names->categories, g_steal_pointer (&folded), known);
  return known;
}

KipId
kip_import_names_category (KipImportNames *names,
                           const char     *text,
                           KipInstant      at)
{
  g_autofree char *key = NULL;
  g_auto (GStrv) steps = NULL;
  g_autoptr (GString) path = g_string_new (NULL);
  Known *known = find_written (names, 'c', text, NULL, &key);

  if (known != NULL)
    return known->id;
  steps = split_path (text);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_string_append_printf (path, "%s%s", i > 0 ? " \xe2\x80\xba " : "", steps[i]);
      known = category_step (names, known, path->str, steps[i], at);
    }
  return known != NULL ? remember (names, g_steal_pointer (&key), known) : KIP_ID_NONE;
}

/* ---- statuses ---- */

static const struct
{
  const char *target;
  KipPhase    phase;
  KipPause    pause;
} usual_statuses[] = {
  { "new", KIP_PHASE_NEW, KIP_PAUSE_NONE },
  { "open", KIP_PHASE_OPEN, KIP_PAUSE_NONE },
  { "waiting-requester", KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER },
  { "waiting-supplier", KIP_PHASE_WAITING, KIP_PAUSE_SUPPLIER },
  { "scheduled", KIP_PHASE_SCHEDULED, KIP_PAUSE_NONE },
  { "resolved", KIP_PHASE_RESOLVED, KIP_PAUSE_NONE },
  { "closed", KIP_PHASE_CLOSED, KIP_PAUSE_NONE },
};

static const KipStatus *
status_by_name (KipOffice  *office,
                const char *name)
{
  GPtrArray *statuses = kip_office_get_statuses (office);
  g_autofree char *folded = kip_text_fold (name);

  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatus *status = statuses->pdata[i];
      g_autofree char *other = kip_text_fold (status->name);

      if (!status->deleted && strcmp (other, folded) == 0)
        return status;
    }
  return NULL;
}

const KipStatus *
kip_import_names_status (KipImportNames *names,
                         const char     *target)
{
  const KipStatus *status = kip_office_status_by_key (names->office, target);

  if (status == NULL)
    status = status_by_name (names->office, target);
  for (gsize i = 0; status == NULL && i < G_N_ELEMENTS (usual_statuses); i++)
    if (strcmp (usual_statuses[i].target, target) == 0)
      status = kip_office_status_for (names->office, usual_statuses[i].phase, usual_statuses[i].pause);
  return status;
}
