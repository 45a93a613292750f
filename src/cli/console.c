/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli console: type to one of our servers, or play a server to one of
 * our clients.
 *
 * Each line is sent as it is; lines that begin with "?" are for the console.
 * What crosses the wire is printed with what it means.  Lines may come from a
 * pipe: the next one is read when the other end has had its say.
 */

#include "cli/command.h"
#include "proto/registry.h"
#include "run/console.h"
#include "timeline/export.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  gboolean tls;
  gboolean starttls;
  gboolean play_server;
  gboolean no_tags;
  gboolean goals;
  char    *goal;
  char    *save;
} Options;

typedef struct
{
  PcConsole     *console;
  const Options *options;
  GString       *input;
  gboolean       ended;   /* of the input */
  gboolean       over;    /* ?quit */
  gboolean       readable;
  gboolean       failed;
  guint          rung;    /* of the last hint */
  guint          n_told;  /* entries whose end was told */
} Cli;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->goal, g_free);
  g_clear_pointer (&self->save, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* -- what is told --------------------------------------------------------- */

static void
tell_remark (const PcConsoleRemark *remark)
{
  if (remark == NULL)
    return;
  g_print ("  %s %s\n",
           remark->status == PC_STATUS_OK        ? "\342\200\223"
           : remark->status == PC_STATUS_WARNING ? "!"
                                                 : "\303\227",
           remark->text);
}

static void
steps_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  for (guint i = position; i < position + added; i++) {
    PcStep          *step = pc_timeline_get_step (PC_TIMELINE (model), i);
    g_autofree char *text = pc_export_step_text (PC_TIMELINE (model), step,
                                                 PC_EXPORT_DEFAULT);
    const char      *explanation = pc_step_get_explanation (step);

    g_print ("%s", text);
    if (*explanation != '\0' && pc_step_get_layer (step) == PC_LAYER_APP)
      g_print ("      %s\n", explanation);
  }
}

/* What came of the lines whose answer is there. */
static void
tell_entries (Cli *self)
{
  for (; self->n_told < pc_console_get_n_entries (self->console);
       self->n_told++) {
    const PcConsoleEntry *entry = pc_console_get_entry (self->console,
                                                        self->n_told);

    /* The explanation of a refusal stands below it already. */
    if (entry->after != NULL &&
        (strchr (entry->after->code, '.') == NULL ||
         pc_console_get_setup (self->console)->role == PC_CONSOLE_SERVER))
      tell_remark (entry->after);
  }
}

static void
tell_choices (Cli     *self,
              gboolean all)
{
  g_autoptr (GPtrArray) choices = pc_console_list_choices (self->console,
                                                           all);

  for (guint i = 0; i < choices->len; i++) {
    const PcConsoleChoice *choice = choices->pdata[i];

    g_print ("  %-40s %s%s%s\n", choice->syntax, choice->meaning,
             choice->reason != NULL ? " \342\200\223 " : "",
             choice->reason != NULL ? choice->reason : "");
  }
  if (choices->len == 0)
    g_print ("  %s\n", _ ("Nothing from a list: see “?”."));
}

static void
tell_changes (const PcStandpoint *at)
{
  const char *const *states = at->protocol->server_states;
  int now = pc_state_find (states, at->now[PC_ROLE_SERVER]);

  for (guint i = 0; now >= 0 && states[i] != NULL; i++) {
    g_autofree char *causes = pc_standpoint_dup_causes (
        at->protocol->server_changes, (guint) now, i);

    if (*causes != '\0')
      g_print ("  \342\206\222 %s: %s\n", _ (states[i]), causes);
  }
}

static void
tell_state (Cli *self)
{
  g_autofree char *mode = pc_console_describe_mode (self->console);
  PcStandpoint     at;

  pc_console_get_standpoint (self->console, &at);
  if (at.now[PC_ROLE_SERVER] != NULL)
    g_print ("  %s: %s. %s: %s. %s\n", _ ("Client"),
             at.now[PC_ROLE_CLIENT] != NULL ? _ (at.now[PC_ROLE_CLIENT])
                                            : "\342\200\223",
             _ ("Server"), _ (at.now[PC_ROLE_SERVER]),
             at.cover == PC_COVER_TLS ? _ ("Under TLS.") : "");
  g_print ("  %s\n", mode);
  tell_changes (&at);
}

/* Each "?" goes one rung further up; a line begins anew. */
static void
tell_hint (Cli *self)
{
  g_autofree char *hint = NULL;

  if (self->rung < PC_CONSOLE_RUNGS)
    self->rung++;
  hint = pc_console_get_hint (self->console, self->rung);
  if (hint == NULL)
    g_print ("  %s\n", pc_console_is_goal_reached (self->console)
                           ? _ ("The goal is reached.")
                           : _ ("There is no hint now; “?state” tells where "
                                "you are."));
  else if (self->rung == PC_CONSOLE_RUNGS && *hint == '\0')
    g_print ("  %s\n", _ ("An empty line."));
  else
    g_print ("  %u/%u %s\n", self->rung, PC_CONSOLE_RUNGS, hint);
}

static void
tell_completions (Cli        *self,
                  const char *text)
{
  g_autoptr (GPtrArray) lines = pc_console_complete (self->console, text);

  for (guint i = 0; i < lines->len; i++)
    g_print ("  %s\n", (const char *) lines->pdata[i]);
}

static void
tell_history (Cli *self)
{
  for (guint i = 0; pc_console_get_history (self->console, i) != NULL; i++)
    g_print ("  %s\n", pc_console_get_history (self->console, i));
}

static void
tell_help (void)
{
  g_print ("%s\n",
           _ ("  ?            a hint; again: a larger one\n"
              "  ?commands    what may come now\n"
              "  ?all         and what may not, and why\n"
              "  ?state       where the conversation stands\n"
              "  ?complete X  what X can go on to\n"
              "  ?history     what was typed\n"
              "  ?connect     connect again\n"
              "  ?close       close the connection\n"
              "  ?cut         cut it\n"
              "  ?save FILE   save the session as a scenario\n"
              "  ?quit        end\n"
              "A line that is to begin with “?” begins with two."));
}

/* -- what is done --------------------------------------------------------- */

static void
settle (Cli *self)
{
  pc_console_settle (self->console);
  tell_entries (self);
}

static void
connect (Cli *self)
{
  g_autoptr (GError) error = NULL;

  if (pc_console_connect (self->console, &error))
    settle (self);
  else
    pc_command_error ("%s", error->message);
}

static gboolean
save (Cli        *self,
      const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char *dot = strrchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  id = g_ascii_strdown (base, -1);
  for (char *at = id; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      *at = '-';
  text = pc_console_save (self->console, id, base, &error);
  if (text != NULL && g_file_set_contents (path, text, -1, &error)) {
    g_print (_ ("Saved. Play it with: portcall-cli run %s\n"), path);
    return TRUE;
  }

  pc_command_error ("%s", error->message);
  return FALSE;
}

static void
send_line (Cli        *self,
           const char *text)
{
  g_autoptr (PcConsoleRemark) remark = pc_console_judge (self->console, text);
  g_autoptr (PcPacket) packet = NULL;
  g_autoptr (GError) error = NULL;
  gboolean sent;

  tell_remark (remark);
  if (pc_console_get_setup (self->console)->protocol->stream) {
    sent = pc_console_send (self->console, text, &error);
  } else {
    packet = pc_packet_parse (text, &error);
    sent = packet != NULL &&
           pc_console_send_packet (self->console, packet, &error);
  }
  if (!sent) {
    pc_command_error ("%s", error->message);
    return;
  }
  self->rung = 0;
  settle (self);
}

static const struct
{
  const char *name;
  void (*tell) (Cli *self);
} orders[] = {
  { "state", tell_state },
  { "history", tell_history },
  { "connect", connect },
};

static void
do_order (Cli        *self,
          const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (strcmp (orders[i].name, text) == 0) {
      orders[i].tell (self);
      return;
    }

  if (*text == '\0')
    tell_hint (self);
  else if (strcmp (text, "commands") == 0)
    tell_choices (self, FALSE);
  else if (strcmp (text, "all") == 0)
    tell_choices (self, TRUE);
  else if (g_str_has_prefix (text, "complete "))
    tell_completions (self, text + strlen ("complete "));
  else if (g_str_has_prefix (text, "save "))
    save (self, text + strlen ("save "));
  else if (strcmp (text, "close") == 0 || strcmp (text, "cut") == 0) {
    if (text[1] == 'l')
      pc_console_close (self->console);
    else
      pc_console_cut (self->console);
    settle (self);
  } else if (strcmp (text, "quit") == 0)
    self->over = TRUE;
  else
    tell_help ();
}

static void
take_line (Cli  *self,
           char *text)
{
  gsize len = strlen (text);

  if (len > 0 && text[len - 1] == '\r')
    text[len - 1] = '\0';
  if (text[0] != '?')
    send_line (self, text);
  else if (text[1] == '?')
    send_line (self, text + 1);
  else
    do_order (self, text + 1);
}

/* -- input ---------------------------------------------------------------- */

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  ((Cli *) user_data)->readable = TRUE;
  return G_SOURCE_REMOVE;
}

/* The network goes on while nobody types. */
static void
read_more (Cli *self)
{
  char    buffer[4096];
  ssize_t n;

  self->readable = FALSE;
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb,
                 self);
  while (!self->readable)
    g_main_context_iteration (NULL, TRUE);
  do
    n = read (STDIN_FILENO, buffer, sizeof buffer);
  while (n < 0 && errno == EINTR);
  if (n <= 0)
    self->ended = TRUE;
  else
    g_string_append_len (self->input, buffer, n);
}

static void
take_input (Cli *self)
{
  char *end = memchr (self->input->str, '\n', self->input->len);
  g_autofree char *line = NULL;
  gsize            len;

  if (end == NULL && !self->ended) {
    if (isatty (STDIN_FILENO)) {
      g_print ("> ");
      fflush (stdout);
    }
    read_more (self);
    return;
  }

  len = end != NULL ? (gsize) (end - self->input->str) : self->input->len;
  line = g_strndup (self->input->str, len);
  g_string_erase (self->input, 0, (gssize) (len + (end != NULL)));
  if (end != NULL || len > 0)
    take_line (self, line);
}

static int
run (Cli *self)
{
  g_autofree char *line = NULL;

  connect (self);
  while (!self->over && !(self->ended && self->input->len == 0)) {
    take_input (self);
    if (isatty (STDIN_FILENO) && !self->over &&
        pc_console_get_mode (self->console) == PC_CONSOLE_CLOSED)
      g_print ("%s\n", _ ("The connection is closed. “?connect” opens a new "
                          "one, “?quit” ends."));
  }

  if (pc_console_get_setup (self->console)->protocol->stream) {
    pc_console_close (self->console);
    settle (self);
  }
  if (pc_console_is_goal_reached (self->console))
    g_print ("%s\n", _ ("The goal is reached."));
  if (self->options->save != NULL && !save (self, self->options->save))
    return PC_EXIT_FAILED;
  return PC_EXIT_OK;
}

/* -- the call ------------------------------------------------------------- */

static gboolean
find_goal (const Options  *options,
           PcConsoleSetup *setup)
{
  const PcConsoleGoal *goal;

  for (guint i = 0; options->goal != NULL &&
                    (goal = pc_console_get_goal (setup->protocol, setup->role,
                                                 i)) != NULL;
       i++)
    if (strcmp (goal->id, options->goal) == 0)
      setup->goal = goal;
  if (options->goal == NULL || setup->goal != NULL)
    return TRUE;

  pc_command_error (_ ("There is no goal “%s”; --goals names them."),
                    options->goal);
  return FALSE;
}

static int
show_goals (const PcConsoleSetup *setup)
{
  const PcConsoleGoal *goal;

  for (guint i = 0; (goal = pc_console_get_goal (setup->protocol, setup->role,
                                                 i)) != NULL;
       i++)
    g_print ("%-14s %s\n", goal->id, _ (goal->meaning));
  return PC_EXIT_OK;
}

static int
begin (const Options        *options,
       const PcConsoleSetup *setup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcConsole) console = pc_console_new (setup, NULL, NULL, &error);
  g_autoptr (GString) input = g_string_new (NULL);
  Cli self = { .console = console, .options = options, .input = input };

  if (console == NULL) {
    pc_command_error ("%s", error->message);
    return PC_EXIT_FAILED;
  }

  pc_console_set_auto_tag (console, !options->no_tags);
  g_signal_connect (pc_console_get_timeline (console), "items-changed",
                    G_CALLBACK (steps_cb), NULL);
  g_print ("%s: %s\n%s\n", _ ("Goal"),
           _ (pc_console_get_setup (console)->goal->meaning),
           _ ("“?” is a hint, “?help” tells what else there is."));
  return run (&self);
}

int
pc_command_console (int    argc,
                    char **argv)
{
  g_auto (Options) options = { 0 };
  GOptionEntry entries[] = {
    { "tls", 0, 0, G_OPTION_ARG_NONE, &options.tls,
      N_ ("TLS from the first octet on"), NULL },
    { "starttls", 0, 0, G_OPTION_ARG_NONE, &options.starttls,
      N_ ("Begin in clear and offer TLS"), NULL },
    { "play-server", 'p', 0, G_OPTION_ARG_NONE, &options.play_server,
      N_ ("Be the server: a client of ours comes"), NULL },
    { "goal", 'g', 0, G_OPTION_ARG_STRING, &options.goal,
      N_ ("What to reach"), "GOAL" },
    { "goals", 0, 0, G_OPTION_ARG_NONE, &options.goals,
      N_ ("Name the goals"), NULL },
    { "no-tags", 0, 0, G_OPTION_ARG_NONE, &options.no_tags,
      N_ ("IMAP: leave the tags to me"), NULL },
    { "save", 's', 0, G_OPTION_ARG_FILENAME, &options.save,
      N_ ("Save the session as a scenario"), "FILE" },
    { NULL },
  };
  PcConsoleSetup setup = { .link = PC_LINK_SOCKETS };

  if (!pc_command_parse (&argc, &argv, entries, "[imap|pop3|smtp|tftp]",
                         _ ("Type to one of our servers, line by line, or "
                            "play a server. TFTP has packets: “RRQ router.cfg "
                            "octet”, “ACK 1”.")))
    return PC_EXIT_USAGE;

  setup.protocol = pc_registry_find (argc > 1 ? argv[1] : "imap");
  setup.role = options.play_server ? PC_CONSOLE_SERVER : PC_CONSOLE_CLIENT;
  setup.security = options.tls        ? PC_VARIANT_IMPLICIT
                   : options.starttls ? PC_VARIANT_STARTTLS
                                      : PC_VARIANT_CLEAR;
  if (setup.protocol == NULL || argc > 2 ||
      (options.tls && options.starttls)) {
    pc_command_error (_ ("Name one of imap, pop3, smtp, tftp, and at most one "
                         "of --tls and --starttls."));
    return PC_EXIT_USAGE;
  }
  if (!find_goal (&options, &setup))
    return PC_EXIT_USAGE;
  return options.goals ? show_goals (&setup) : begin (&options, &setup);
}
