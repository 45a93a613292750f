/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli connect: one of our clients against a server of somebody else's
 * on this machine, with a transcript of what crossed the wire.
 *
 * Actions follow each other on the command line: a name, then its parameters
 * as name=value; a word @FILE attaches the octets of a file to the action
 * before it.
 */

#include "cli/command.h"
#include "run/connect.h"
#include "timeline/export.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char    *user;
  char    *password;
  char    *output;
  char    *tls;
  char    *ca;
  char    *capture;
  char   **faults;
  gboolean quiet;
  gboolean list;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->tls, g_free);
  g_clear_pointer (&self->ca, g_free);
  g_clear_pointer (&self->capture, g_free);
  g_clear_pointer (&self->faults, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* -- what is to be done --------------------------------------------------- */

/* Only this machine: 127.0.0.1:PORT or localhost:PORT. */
static gboolean
parse_address (const char *text,
               char      **host_out,
               guint      *port)
{
  const char      *colon = strrchr (text, ':');
  g_autofree char *host = colon != NULL ? g_strndup (text, colon - text)
                                        : g_strdup (text);
  guint64          number;

  if (colon == NULL ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &number,
                                   NULL)) {
    pc_command_error (_ ("“%s” is no address: write localhost:PORT."), text);
    return FALSE;
  }
  if (strcmp (host, "127.0.0.1") != 0 && strcmp (host, "localhost") != 0) {
    pc_command_error (_ ("Portcall talks to this machine only: write "
                         "localhost:%u in place of “%s”."),
                      (guint) number, text);
    return FALSE;
  }

  *port = (guint) number;
  *host_out = g_steal_pointer (&host);
  return TRUE;
}

static gboolean
parse_tls (const char      *word,
           PcConnectTarget *target)
{
  target->secure = g_strcmp0 (word, "implicit") == 0;
  target->needs_tls = target->secure || g_strcmp0 (word, "starttls") == 0;
  if (word == NULL || target->needs_tls || strcmp (word, "none") == 0)
    return TRUE;

  pc_command_error (_ ("“%s” is none of --tls none, --tls starttls, --tls "
                       "implicit."),
                    word);
  return FALSE;
}

static void
take_action (GPtrArray  *actions,
             const char *name,
             const char *user,
             const char *password)
{
  PcAction *action = pc_action_new (name);

  if (user != NULL)
    pc_action_set (action, "user", user);
  if (password != NULL)
    pc_action_set (action, "password", password);
  g_ptr_array_add (actions, action);
}

/* --user is short for what each protocol's login takes. */
static void
add_login (GPtrArray        *actions,
           const PcProtocol *protocol,
           const Options    *options)
{
  if (options->user == NULL)
    return;

  if (pc_action_spec_find (protocol->actions, "login") != NULL) {
    take_action (actions, "login", options->user, options->password);
    return;
  }
  take_action (actions, "ehlo", NULL, NULL);
  take_action (actions, "auth", options->user, options->password);
}

/* SMTP offers it after the greeting only; all is forgotten then, so the
 * client says hello again when it logs in. */
static void
add_starttls (GPtrArray             *actions,
              const PcConnectTarget *target)
{
  if (target->secure || !target->needs_tls)
    return;

  if (pc_action_spec_find (target->protocol->actions, "ehlo") != NULL)
    take_action (actions, "ehlo", NULL, NULL);
  take_action (actions, "starttls", NULL, NULL);
}

static gboolean
attach_file (PcAction   *action,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize            len;

  if (!g_file_get_contents (path, &data, &len, &error)) {
    pc_command_error ("%s", error->message);
    return FALSE;
  }

  pc_action_set_data (action, data, len);
  return TRUE;
}

static gboolean
add_param (PcAction           *action,
           const PcActionSpec *spec,
           const char         *word)
{
  const char      *equals = strchr (word, '=');
  g_autofree char *name = g_strndup (word, equals - word);

  if (!pc_action_spec_has_param (spec, name, NULL)) {
    pc_command_error (_ ("“%s” has no parameter “%s”. It takes: %s %s"),
                      spec->name, name,
                      spec->required != NULL ? spec->required : "",
                      spec->optional != NULL ? spec->optional : "");
    return FALSE;
  }

  pc_action_set (action, name, equals + 1);
  return TRUE;
}

static gboolean
parse_word (GPtrArray        *actions,
            const PcProtocol *protocol,
            const char       *word)
{
  PcAction *last = actions->len > 0 ? actions->pdata[actions->len - 1] : NULL;

  if (pc_action_spec_find (protocol->actions, word) != NULL) {
    g_ptr_array_add (actions, pc_action_new (word));
    return TRUE;
  }
  if (last != NULL && word[0] == '@')
    return attach_file (last, word + 1);
  if (last != NULL && strchr (word, '=') != NULL)
    return add_param (last, pc_action_spec_find (protocol->actions, last->name),
                      word);

  pc_command_error (_ ("A client that speaks %s cannot “%s”. “connect %s "
                       "--actions” names what it can."),
                    protocol->name, word, protocol->id);
  return FALSE;
}

static int
print_actions (const PcProtocol *protocol)
{
  for (const PcActionSpec *spec = protocol->actions; spec->name != NULL;
       spec++)
    g_print ("%-14s %-22s %-20s %s\n", spec->name,
             spec->required != NULL ? spec->required : "",
             spec->optional != NULL ? spec->optional : "",
             _ (spec->summary));
  return PC_EXIT_OK;
}

/* -- doing it ------------------------------------------------------------- */

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  for (guint i = position; i < position + added; i++) {
    g_autofree char *line = pc_export_step_text (
        PC_TIMELINE (model), pc_timeline_get_step (PC_TIMELINE (model), i),
        PC_EXPORT_DEFAULT);

    g_print ("%s", line);
  }
}

/* The last thing received is what --output keeps; --quiet prints them all. */
static void
item_cb (const char *name,
         GBytes     *data,
         gpointer    user_data)
{
  const Options *options = user_data;
  gsize          len;
  const char    *octets = g_bytes_get_data (data, &len);
  g_autoptr (GError) error = NULL;

  if (options->output != NULL) {
    if (!g_file_set_contents (options->output, octets, (gssize) len, &error))
      pc_command_error ("%s", error->message);
  } else if (options->quiet)
    fwrite (octets, 1, len, stdout);
}

static int
do_actions (const PcConnectTarget *target,
            GPtrArray             *actions,
            Options               *options)
{
  g_autoptr (PcTimeline) timeline = pc_connect_make_timeline (
      target->protocol, target->port);
  g_autoptr (GError) error = NULL;
  gboolean written;
  gboolean done;

  if (!options->quiet)
    g_signal_connect (timeline, "items-changed",
                      G_CALLBACK (items_changed_cb), NULL);
  done = pc_connect_run (timeline, target, actions, item_cb, options, &error);
  /* Also of what failed: that is when somebody wants to look closely. */
  written = pc_command_write_capture (timeline, options->capture);
  if (done)
    return written ? PC_EXIT_OK : PC_EXIT_FAILED;

  pc_command_error ("%s", error != NULL ? error->message
                                        : pc_timeline_get_reason (timeline));
  return PC_EXIT_FAILED;
}

int
pc_command_connect (int    argc,
                    char **argv)
{
  g_auto (Options) options = { 0 };
  GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_STRING, &options.user,
      N_ ("Log in with this user name first"), "USER" },
    { "password", 'p', 0, G_OPTION_ARG_STRING, &options.password,
      N_ ("The password for it"), "PASSWORD" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Keep what was received last in a file"), "FILE" },
    { "tls", 't', 0, G_OPTION_ARG_STRING, &options.tls,
      N_ ("none, starttls, or implicit"), "HOW" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &options.ca,
      N_ ("The authorities to trust, in PEM form; else the system's own"),
      "FILE" },
    { "capture", 0, 0, G_OPTION_ARG_FILENAME, &options.capture,
      N_ ("Write what crossed the wire as a packet capture for Wireshark"),
      "FILE" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.faults,
      N_ ("Let something go wrong on purpose; see below"), "SPEC" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet,
      N_ ("No transcript: only what was received"), NULL },
    { "actions", 0, 0, G_OPTION_ARG_NONE, &options.list,
      N_ ("Name the actions of the protocol and their parameters"), NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_action_free);
  g_autofree char  *host = NULL;
  g_autoptr (PcFaults) faults = NULL;
  PcConnectTarget   target = { 0 };
  const PcProtocol *protocol;

  if (!pc_command_parse (&argc, &argv, entries,
                         "imap|pop3|smtp|tftp localhost:PORT ACTION "
                         "[NAME=VALUE…] [@FILE]…",
                         _ ("Lets one of our clients talk to a server on this "
                            "machine, and shows every step.")))
    return PC_EXIT_USAGE;

  protocol = argc > 1 ? pc_registry_find (argv[1]) : NULL;
  if (protocol == NULL) {
    pc_command_error (_ ("Name a protocol: imap, pop3, smtp or tftp."));
    return PC_EXIT_USAGE;
  }
  if (options.list)
    return print_actions (protocol);
  if (argc < 3 || !parse_address (argv[2], &host, &target.port)) {
    if (argc < 3)
      pc_command_error (_ ("Name the server: localhost:PORT."));
    return PC_EXIT_USAGE;
  }

  target.protocol = protocol;
  target.host = host;
  target.ca = options.ca;
  faults = pc_command_read_faults (options.faults, NULL);
  target.faults = faults;
  if (faults == NULL || !parse_tls (options.tls, &target))
    return PC_EXIT_USAGE;

  add_starttls (actions, &target);
  add_login (actions, protocol, &options);
  for (int i = 3; i < argc; i++)
    if (!parse_word (actions, protocol, argv[i]))
      return PC_EXIT_USAGE;

  return do_actions (&target, actions, &options);
}
