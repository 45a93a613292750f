/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/problem.h"
#include "run/account.h"
#include "scenario/library.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What `portcall-cli` exits with. */
typedef enum {
  PC_EXIT_OK = 0,
  PC_EXIT_WARNINGS = 1, /* check: only warnings; else: it failed */
  PC_EXIT_FAILED = 1,
  PC_EXIT_ERRORS = 2,   /* check: errors; else: the call is wrong */
  PC_EXIT_USAGE = 2,
} PcExit;

/* @argv [0] is the command's own name.  Returns the exit status. */
int pc_command_account (int    argc,
                        char **argv);
int pc_command_console (int    argc,
                        char **argv);
int pc_command_list (int    argc,
                     char **argv);
int pc_command_convert (int    argc,
                        char **argv);
int pc_command_new (int    argc,
                    char **argv);
int pc_command_ports (int    argc,
                      char **argv);
int pc_command_run (int    argc,
                    char **argv);
int pc_command_sheet (int    argc,
                      char **argv);
int pc_command_serve (int    argc,
                      char **argv);
int pc_command_check (int    argc,
                      char **argv);
int pc_command_quiz (int    argc,
                     char **argv);
int pc_command_connect (int    argc,
                        char **argv);
int pc_command_record (int    argc,
                       char **argv);
int pc_command_statistics (int    argc,
                           char **argv);

/* Reads the options of a command; FALSE after having said what is wrong.
 * @params and @summary are for its --help. */
gboolean   pc_command_parse (int         *argc,
                             char      ***argv,
                             GOptionEntry *entries,
                             const char  *params,
                             const char  *summary);
/* Says "portcall-cli: …" on standard error. */
void       pc_command_error (const char *format,
                             ...) G_GNUC_PRINTF (1, 2);
/* Prints every problem on standard error. */
void       pc_command_print_problems (const PcProblems *problems);
/* Says of each side that was tried with what settings, and what happened. */
void       pc_command_print_trial (const PcAccountTrial *trial);
/* Tells in --help what --fault takes. */
void       pc_command_describe_faults (GOptionContext *context);
/* What --fault says; NULL after having said what is wrong.  @specs may be
 * NULL; actors are those of @scenario, or "client" and "server" where that is
 * NULL. */
PcFaults  *pc_command_read_faults (char            **specs,
                                   const PcScenario *scenario);
/* Writes what crossed the wire as a packet capture; FALSE after having said
 * what is wrong.  @path may be NULL: nobody wants one. */
gboolean   pc_command_write_capture (PcTimeline *timeline,
                                     const char *path);
/* The scenarios that came with the program; what is wrong with them is told
 * on standard error. */
PcLibrary *pc_command_load_library (void);

G_END_DECLS
