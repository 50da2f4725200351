/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "kip-commands.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* kipctl: every command is one file with one option table and one function.
 * Exit status: 0 done, 1 not done and said why, 2 wrong use. */
enum
{
  KIP_CLI_OK = 0,
  KIP_CLI_FAILED = 1,
  KIP_CLI_USAGE = 2
};

typedef struct
{
  char        *data_dir; /* (owned) */
  gboolean     json;
  const char  *name;     /* of the command */
  KipStore    *store;    /* (owned) (nullable) opened by kip_cli_open() */
  gboolean     explained; /* --help was asked for and answered: nothing else is done */
} KipCli;

typedef int (*KipCliRun) (KipCli *cli,
                          int     argc,
                          char  **argv);

typedef struct
{
  const char *name;
  const char *arguments; /* N_(): "NUMBER field=value…" */
  const char *summary;   /* N_() */
  KipCliRun   run;
} KipCliCommand;

/* All of them, in the order of the help; ends with a NULL name. */
const KipCliCommand *kip_cli_commands (void);

/* (nullable) */
const KipCliCommand *kip_cli_find_command (const char *name);

/* Its exit status. */
int kip_cli_run (KipCli              *cli,
                 const KipCliCommand *command,
                 int                  argc,
                 char               **argv);

/* Parses @entries (nullable) of the command; argv[0] is its name.  FALSE: said what was wrong,
 * or, asked with --help, what there is. */
gboolean kip_cli_parse (KipCli             *cli,
                        const GOptionEntry *entries,
                        int                *argc,
                        char             ***argv);

/* Opens the office.  FALSE: said why. */
gboolean kip_cli_open (KipCli *cli);

/* How most commands begin: parses @entries (nullable), wants from @least to @most words
 * after the command's own and opens the office.  KIP_CLI_OK, or what the command ends with. */
int kip_cli_begin (KipCli             *cli,
                   const GOptionEntry *entries,
                   int                 least,
                   int                 most,
                   int                *argc,
                   char             ***argv);
/* The same of a command whose first word is a ticket's number.  @ticket: (out) */
int kip_cli_begin_ticket (KipCli             *cli,
                          const GOptionEntry *entries,
                          int                 least,
                          int                 most,
                          int                *argc,
                          char             ***argv,
                          KipId              *ticket);

/* Prints "kipctl COMMAND: why" on standard error. */
int kip_cli_fail (KipCli       *cli,
                  const GError *error);
int kip_cli_fail_text (KipCli     *cli,
                       const char *format,
                       ...) G_GNUC_PRINTF (2, 3);
int kip_cli_usage (KipCli *cli);

/* Prints on standard output, whatever the locale of the terminal. */
void kip_cli_print (const char *format,
                    ...) G_GNUC_PRINTF (1, 2);

/* The ticket that @number names.  KIP_ID_NONE: said why. */
KipId kip_cli_ticket (KipCli     *cli,
                      const char *number);

/* Prints every mistake of @query. KIP_CLI_FAILED when there was one. */
int kip_cli_say_mistakes (KipCli   *cli,
                          KipQuery *query);

/* Appends @change (taken) and prints what came of it: the number of a new ticket,
 * else nothing; in JSON {"number", "change"}. */
int kip_cli_do (KipCli    *cli,
                KipChange *change);

/* Fits kip_store_*'s progress: a line on standard error where that is a terminal. */
void kip_cli_progress (double   fraction,
                       gpointer data);

/* ---- output (kip-cli-output.c) ---- */

/* Ends a command that has no answer of its own: nothing, or in JSON {"done": true}
 * and what @name (nullable) is. */
int kip_cli_done (KipCli     *cli,
                  const char *name,
                  const char *text);

void kip_cli_json_row (KipCli             *cli,
                       JsonBuilder        *builder,
                       const KipTicketRow *row);

/* That of the office's calendar: times are written and read in it. (transfer full) */
GTimeZone *kip_cli_zone (KipCli *cli);

/* Local date and time of the office's calendar: "2026-11-20 16:30". "—" for none. */
char *kip_cli_time (KipCli    *cli,
                    KipInstant instant);

/* Text cut or padded to @columns of a terminal, by characters as wide as they are. */
char *kip_cli_cell (const char *text,
                    int         columns);

/* ---- JSON (kip-cli-json.c) ---- */

/* Prints what @builder holds as JSON, with a newline at the end. */
void kip_cli_print_json (JsonBuilder *builder);
void kip_cli_json_instant (JsonBuilder *builder,
                           const char  *name,
                           KipInstant   instant); /* null when none */
void kip_cli_json_text (JsonBuilder *builder,
                        const char  *name,
                        const char  *text); /* null when NULL */
void kip_cli_json_texts (JsonBuilder *builder,
                         const char  *name,
                         GPtrArray   *texts);
void kip_cli_json_flag (JsonBuilder *builder,
                        const char  *name,
                        gboolean     flag);
void kip_cli_json_int (JsonBuilder *builder,
                       const char  *name,
                       gint64       number);
void kip_cli_json_double (JsonBuilder *builder,
                          const char  *name,
                          double       number); /* null when not a number */

/* ---- field=value (kip-cli-fields.c) ---- */

/* Nothing in it to see. */
gboolean kip_cli_is_blank (const char *text);

/* INVALID: not UTF-8, and so nothing that could be kept as it is. */
gboolean kip_cli_check_text (const char *text,
                             GError    **error);

/* Adds to @change what each of the @n "field=value" asks for on @entity.  Names are looked up
 * in the office; times are ISO (without a zone: the office's) or "now"; tags take "tag=+a" "tag=-a";
 * a priority that is not the matrix's should have a reason, "priority=high:why" or "priority-reason=why"
 * beside it; without one that is said on stderr.  INVALID, NOT_FOUND: @change is of no use any more. */
gboolean kip_cli_set_fields (KipCli    *cli,
                             KipChange *change,
                             KipKind    kind,
                             KipId      entity,
                             int        n,
                             char     **assignments,
                             GError   **error);

/* What “kipctl office list” calls @kind, which must be one of those.  Static. */
const char *kip_cli_kind_key (KipKind kind);

/* The id of a person, team … called @name (or its key), folded. */
KipId kip_cli_find (KipCli     *cli,
                    KipKind     kind,
                    const char *name,
                    GError    **error);

/* ---- kip-cli-relations.c ---- */

/* Whether @child may be part of @parent.  INVALID: they would hold each other. */
gboolean kip_cli_may_be_part (KipCli  *cli,
                              KipId    child,
                              KipId    parent,
                              GError **error);

/* Whether @source may be merged into @target; the names are for saying why not. */
gboolean kip_cli_may_merge (KipCli     *cli,
                            KipId       source,
                            KipId       target,
                            const char *source_name,
                            const char *target_name);

/* ---- the commands ---- */
int kip_cmd_init (KipCli *cli, int argc, char **argv);
int kip_cmd_new (KipCli *cli, int argc, char **argv);
int kip_cmd_set (KipCli *cli, int argc, char **argv);
int kip_cmd_say (KipCli *cli, int argc, char **argv);
int kip_cmd_resolve (KipCli *cli, int argc, char **argv);
int kip_cmd_reopen (KipCli *cli, int argc, char **argv);
int kip_cmd_merge (KipCli *cli, int argc, char **argv);
int kip_cmd_unmerge (KipCli *cli, int argc, char **argv);
int kip_cmd_attach (KipCli *cli, int argc, char **argv);
int kip_cmd_save (KipCli *cli, int argc, char **argv);
int kip_cmd_work (KipCli *cli, int argc, char **argv);
int kip_cmd_survey (KipCli *cli, int argc, char **argv);
int kip_cmd_undo (KipCli *cli, int argc, char **argv);
int kip_cmd_conflicts (KipCli *cli, int argc, char **argv);
int kip_cmd_pick (KipCli *cli, int argc, char **argv);
int kip_cmd_list (KipCli *cli, int argc, char **argv);
int kip_cmd_show (KipCli *cli, int argc, char **argv);
int kip_cmd_explain (KipCli *cli, int argc, char **argv);
int kip_cmd_due (KipCli *cli, int argc, char **argv);
int kip_cmd_office (KipCli *cli, int argc, char **argv);
int kip_cmd_import (KipCli *cli, int argc, char **argv);
int kip_cmd_export (KipCli *cli, int argc, char **argv);
int kip_cmd_kpi (KipCli *cli, int argc, char **argv);
int kip_cmd_chart (KipCli *cli, int argc, char **argv);
int kip_cmd_report (KipCli *cli, int argc, char **argv);
int kip_cmd_whatif (KipCli *cli, int argc, char **argv);
int kip_cmd_draft (KipCli *cli, int argc, char **argv);
int kip_cmd_target (KipCli *cli, int argc, char **argv);
int kip_cmd_review (KipCli *cli, int argc, char **argv);
int kip_cmd_backup (KipCli *cli, int argc, char **argv);
int kip_cmd_restore (KipCli *cli, int argc, char **argv);
int kip_cmd_purge (KipCli *cli, int argc, char **argv);
int kip_cmd_rebuild (KipCli *cli, int argc, char **argv);
int kip_cmd_check (KipCli *cli, int argc, char **argv);
int kip_cmd_help (KipCli *cli, int argc, char **argv);

G_END_DECLS
