/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli serve: servers on this machine for any client, with a live
 * transcript of what crosses the wire.
 */

#include "cli/command.h"
#include "run/run.h"
#include "run/serve.h"
#include "scenario/world.h"
#include "timeline/export-pcapng.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define HOST "mail.example.test"
#define MAX_KINDS 16
#define NOT_ASKED -1
#define KEEP (8 * 1024 * 1024) /* octets of memory */
#define PRINT_AT 65536 /* octets of transcript */
#define PRINT_PRIORITY (G_PRIORITY_LOW + 10) /* after what was put off */

typedef struct
{
  int      ports[MAX_KINDS]; /* by pc_serve_kinds; NOT_ASKED or a port */
  gboolean all;
  gboolean quiet;
  char    *tftp_root;
  char    *world;
  char    *ca_out;
  char    *capture;
  char   **faults;
} Options;

/* -- options -------------------------------------------------------------- */

static gboolean
parse_port (const char *value,
            int        *port)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;

  *port = (int) number;
  return TRUE;
}

/* --imap, --imap=PORT and so on, one for each kind. */
static gboolean
port_option_cb (const char *name,
                const char *value,
                gpointer    data,
                GError    **error)
{
  Options *options = data;

  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    if (strcmp (name + 2, pc_serve_kinds[i].name) != 0)
      continue;
    if (value == NULL)
      options->ports[i] = (int) pc_serve_kinds[i].registered +
                          PC_SERVE_LAB_OFFSET;
    else if (!parse_port (value, &options->ports[i])) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no port: take a number from 0 to 65535."),
                   value);
      return FALSE;
    }
    return TRUE;
  }

  return FALSE;
}

static GOptionGroup *
make_group (Options *options)
{
  static GOptionEntry entries[MAX_KINDS + 1];
  GOptionGroup       *group = g_option_group_new ("", "", "", options, NULL);

  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++)
    entries[i] = (GOptionEntry){ pc_serve_kinds[i].name,
                                 0,
                                 G_OPTION_FLAG_OPTIONAL_ARG,
                                 G_OPTION_ARG_CALLBACK,
                                 (gpointer) port_option_cb,
                                 N_ ("Listen; PORT 0 takes a free one"),
                                 "PORT" };
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  return group;
}

static gboolean
parse_options (int     *argc,
               char  ***argv,
               Options *options)
{
  GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all,
      N_ ("Listen with every service at its lab port: the registered one "
          "plus 10000"),
      NULL },
    { "tftp-root", 0, 0, G_OPTION_ARG_FILENAME, &options->tftp_root,
      N_ ("Serve the files of this folder, and take files into it"), "DIR" },
    { "world", 0, 0, G_OPTION_ARG_FILENAME, &options->world,
      N_ ("Serve the accounts, messages and files that this file describes"),
      "FILE" },
    { "ca-out", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_out,
      N_ ("Write the certificate of the authority that clients must trust"),
      "FILE" },
    { "capture", 0, 0, G_OPTION_ARG_FILENAME, &options->capture,
      N_ ("Write what crossed the wire as a packet capture for Wireshark"),
      "FILE" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
      N_ ("Let something go wrong on purpose; see below"), "SPEC" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet,
      N_ ("No transcript"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MAX_KINDS; i++)
    options->ports[i] = NOT_ASKED;
  g_set_prgname ("portcall-cli serve");
  g_option_context_set_summary (
      context, _ ("Starts servers on 127.0.0.1 for any client. Without a world "
                  "of your own, the accounts are alex and robin, password "
                  "“portcall”."));
  pc_command_describe_faults (context);
  g_option_context_set_main_group (context, make_group (options));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    pc_command_error ("%s", error->message);
    return FALSE;
  }
  if (*argc > 1) {
    pc_command_error (_ ("“%s” is one word too many. See “portcall-cli "
                         "serve --help”."),
                      (*argv)[1]);
    return FALSE;
  }

  return TRUE;
}

/* -- transcript ----------------------------------------------------------- */

/* Lines that are not printed yet: one write for all of them costs a busy
 * server less than one for each. */
static GString *waiting;
static gboolean printing; /* soon, in an idle source */

static void
attach (GSource    *source,
        int         priority,
        GSourceFunc func,
        gpointer    user_data)
{
  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

static void
print_waiting (void)
{
  if (waiting == NULL)
    return;

  g_print ("%s", waiting->str);
  g_string_truncate (waiting, 0);
}

static gboolean
print_cb (gpointer user_data)
{
  printing = FALSE;
  print_waiting ();
  return G_SOURCE_REMOVE;
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  PcTimeline *timeline = PC_TIMELINE (model);

  if (waiting == NULL)
    waiting = g_string_sized_new (2 * PRINT_AT);
  for (guint i = position; i < position + added; i++) {
    g_autofree char *line = pc_export_step_text (
        timeline, pc_timeline_get_step (timeline, i), PC_EXPORT_DEFAULT);

    g_string_append_c (waiting, '[');
    g_string_append (waiting, pc_timeline_get_id (timeline));
    g_string_append (waiting, "] ");
    g_string_append (waiting, line);
  }

  if (waiting->len >= PRINT_AT)
    print_waiting ();
  else if (!printing) {
    printing = TRUE;
    attach (g_idle_source_new (), PRINT_PRIORITY, print_cb, NULL);
  }
}

/* -- capture -------------------------------------------------------------- */

static FILE      *capture; /* or NULL: nobody wants one */
static GPtrArray *open_timelines; /* that are not in it yet */

/* FALSE after having said what is wrong. */
static gboolean
open_capture (const char *path)
{
  if (path == NULL)
    return TRUE;

  capture = fopen (path, "wb");
  if (capture == NULL) {
    pc_command_error ("%s: %s", path, g_strerror (errno));
    return FALSE;
  }

  open_timelines = g_ptr_array_new_with_free_func (g_object_unref);
  return TRUE;
}

/* Each conversation when it is over: a file may have many sections. */
static void
write_capture (PcTimeline *timeline)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize         len;
  gconstpointer octets;

  if (capture == NULL)
    return;

  bytes = pc_timeline_export_pcapng (timeline, PC_EXPORT_DEFAULT);
  octets = g_bytes_get_data (bytes, &len);
  if (fwrite (octets, 1, len, capture) == len && fflush (capture) == 0)
    return;

  pc_command_error (_ ("The packet capture ends here: %s"),
                    g_strerror (errno));
  fclose (g_steal_pointer (&capture));
}

/* Those that go on when the program ends. */
static void
close_capture (void)
{
  for (guint i = 0; open_timelines != NULL && i < open_timelines->len; i++)
    write_capture (open_timelines->pdata[i]);
  g_clear_pointer (&open_timelines, g_ptr_array_unref);
  if (capture != NULL && fclose (g_steal_pointer (&capture)) != 0)
    pc_command_error (_ ("The packet capture ends here: %s"),
                      g_strerror (errno));
}

/* -- conversations -------------------------------------------------------- */

static void
begins_cb (PcTimeline *timeline,
           PcConn     *conn,
           gpointer    user_data)
{
  const Options *options = user_data;

  if (!options->quiet)
    g_signal_connect (timeline, "items-changed",
                      G_CALLBACK (items_changed_cb), NULL);
  if (capture != NULL)
    g_ptr_array_add (open_timelines, g_object_ref (timeline));
}

static void
ends_cb (PcTimeline *timeline,
         gpointer    user_data)
{
  if (open_timelines == NULL)
    return;

  write_capture (timeline);
  g_ptr_array_remove_fast (open_timelines, timeline);
}

static const PcServeHandler handler = {
  .begins = begins_cb,
  .ends = ends_cb,
};

/* -- the servers ---------------------------------------------------------- */

static gboolean
is_anything_asked (const Options *options)
{
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++)
    if (options->ports[i] != NOT_ASKED)
      return TRUE;

  return options->all;
}

static gboolean
listen_all (PcServe *serve,
            Options *options)
{
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    const PcServeKind *kind = &pc_serve_kinds[i];
    int                wanted = options->ports[i];
    g_autoptr (GError) error = NULL;
    guint port;

    if (wanted == NOT_ASKED && !options->all)
      continue;
    if (wanted == NOT_ASKED)
      wanted = (int) kind->registered + PC_SERVE_LAB_OFFSET;
    port = pc_serve_listen (serve, kind, (guint) wanted, &error);
    if (port == 0) {
      pc_command_error ("%s", error->message);
      return FALSE;
    }
    g_print ("listening %s 127.0.0.1:%u\n", kind->name, port);
  }

  return TRUE;
}

/* Before anything else, and always: nobody shall look for a mistake where one
 * was made on purpose. */
static void
print_armed (const PcFaults *faults)
{
  for (guint i = 0; i < pc_faults_get_n (faults); i++)
    /* Translators: faults that will strike; %s: as it was typed. */
    g_printerr (_ ("Armed: %s\n"), pc_faults_get (faults, i)->text);
}

/* NULL after having said what is wrong. */
static PcWorld *
load_world (const Options *options)
{
  g_autoptr (PcProblems) problems = NULL;
  PcWorld *world;

  if (options->world == NULL)
    return pc_world_new (PC_WORLD_FULL);

  problems = pc_problems_new ();
  world = pc_world_load (options->world, problems);
  pc_command_print_problems (problems);
  return world;
}

static PcFiles *
make_files (const Options *options,
            const PcWorld *world)
{
  g_autoptr (GError) error = NULL;
  PcFiles *files;

  if (options->tftp_root == NULL)
    return pc_run_make_files (world);

  files = pc_files_new_directory (options->tftp_root, FALSE, &error);
  if (files == NULL)
    pc_command_error ("%s", error->message);
  return files;
}

/* Before the first "listening": a script may want to use it from then on. */
static gboolean
write_ca (const char *path)
{
  g_autoptr (GError) error = NULL;
  PcAuthority *authority;

  if (path == NULL)
    return TRUE;

  authority = pc_authority_get_default (&error);
  if (authority != NULL &&
      g_file_set_contents (path, pc_authority_get_pem (authority), -1, &error))
    return TRUE;

  pc_command_error ("%s", error->message);
  return FALSE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Before the first "listening" is printed: a script may want to end us from
 * then on.  A context of our own: the default one is made to wake itself
 * whenever a source comes. */
static GMainLoop *
make_loop (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GMainLoop *loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  attach (g_unix_signal_source_new (SIGINT), G_PRIORITY_DEFAULT, quit_cb,
          loop);
  attach (g_unix_signal_source_new (SIGTERM), G_PRIORITY_DEFAULT, quit_cb,
          loop);
  return loop;
}

/* What waits to be explained comes and goes, a few megabytes at a time.  To
 * ask the system for them anew, page by page, takes longer than a transfer
 * does. */
static void
keep_memory (void)
{
  (void) mallopt (M_MMAP_THRESHOLD, KEEP / 8);
  (void) mallopt (M_TOP_PAD, KEEP);
  (void) mallopt (M_TRIM_THRESHOLD, 8 * KEEP);
}

int
pc_command_serve (int    argc,
                  char **argv)
{
  Options options = { 0 };
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (PcMailStore) store = NULL;
  g_autoptr (PcServe) serve = NULL;
  g_autoptr (PcWorld) world = NULL;
  g_autofree char *root = NULL;
  g_autofree char *world_path = NULL;
  g_autofree char *ca_path = NULL;
  g_autofree char *capture_path = NULL;
  g_auto (GStrv) specs = NULL;
  g_autoptr (PcFaults) faults = NULL;
  PcFiles         *files;

  if (!parse_options (&argc, &argv, &options))
    return PC_EXIT_USAGE;

  root = options.tftp_root;
  world_path = options.world;
  ca_path = options.ca_out;
  capture_path = options.capture;
  specs = options.faults;
  if (!is_anything_asked (&options)) {
    pc_command_error (_ ("Say what to serve: --all, or some of --imap, "
                         "--imaps, --pop3, --pop3s, --smtp, --submission, "
                         "--submissions, --tftp."));
    return PC_EXIT_USAGE;
  }
  faults = pc_command_read_faults (specs, NULL);
  if (faults == NULL)
    return PC_EXIT_USAGE;
  print_armed (faults);
  world = load_world (&options);
  files = world != NULL ? make_files (&options, world) : NULL;
  if (files == NULL || !write_ca (ca_path) || !open_capture (capture_path))
    return PC_EXIT_FAILED;

  keep_memory ();
  loop = make_loop ();
  store = pc_world_make_store (world, g_get_real_time ());
  serve = pc_serve_new (store, files, HOST,
                        options.quiet && capture == NULL ? NULL : &handler,
                        &options);
  pc_serve_arm (serve, faults);
  pc_serve_set_routes (serve, pc_world_get_routes (world));
  if (!listen_all (serve, &options))
    return PC_EXIT_FAILED;

  g_main_loop_run (loop);
  /* What is still to be recorded comes with the end. */
  g_clear_pointer (&serve, pc_serve_free);
  print_waiting ();
  close_capture ();
  g_main_context_pop_thread_default (g_main_loop_get_context (loop));
  return PC_EXIT_OK;
}
