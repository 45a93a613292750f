/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli run: makes a scenario happen and writes down what crossed the
 * wire.
 */

#include "cli/command.h"
#include "run/run.h"
#include "timeline/export-pcapng.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char    *format;
  char    *output;
  char    *link;
  char    *capture_path;
  char   **faults;
  gboolean show_secrets;
  gboolean eavesdropper;
  PcExportFormat text; /* @format, unless that is */
  gboolean capture;    /* for Wireshark */
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->capture_path, g_free);
  g_clear_pointer (&self->faults, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* An id of the library, or a file of one's own. */
static PcScenario *
find_scenario (const char *name)
{
  g_autoptr (PcLibrary) library = NULL;
  PcScenario *found;

  if (strchr (name, '/') != NULL || g_str_has_suffix (name, ".json")) {
    g_autoptr (PcProblems) problems = pc_problems_new ();

    found = pc_scenario_load (name, problems);
    pc_command_print_problems (problems);
    return found;
  }

  library = pc_command_load_library ();
  found = pc_library_find (library, name);
  if (found != NULL)
    return pc_scenario_ref (found);

  pc_command_error (_ ("There is no scenario “%s”. “portcall-cli list” names "
                       "them."),
                    name);
  return NULL;
}

static gboolean
parse_link (const char *name,
            PcLinkKind *link)
{
  *link = PC_LINK_SOCKETS;
  if (name == NULL || strcmp (name, "tcp") == 0)
    return TRUE;

  *link = PC_LINK_MEMORY;
  return strcmp (name, "memory") == 0;
}

/* FALSE after having said what is wrong. */
static gboolean
parse_format (Options *options)
{
  const char *name = options->format != NULL ? options->format : "text";

  options->capture = strcmp (name, "pcapng") == 0;
  if (!options->capture && !pc_export_parse_format (name, &options->text)) {
    pc_command_error (_ ("“%s” is no format: take text, json, markdown or "
                         "pcapng."),
                      name);
    return FALSE;
  }
  if (options->capture && options->output == NULL && isatty (STDOUT_FILENO)) {
    pc_command_error (_ ("A packet capture is no text for a terminal: name a "
                         "file with --output."));
    return FALSE;
  }

  return TRUE;
}

static GBytes *
export (PcTimeline    *timeline,
        const Options *options)
{
  PcExportFlags flags = options->show_secrets ? PC_EXPORT_SHOW_SECRETS
                                              : PC_EXPORT_DEFAULT;
  char         *text;

  if (options->capture)
    return pc_timeline_export_pcapng (timeline, flags);

  text = pc_export_timeline (timeline, options->text, flags);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
write_out (GBytes        *bytes,
           const Options *options)
{
  const char *path = options->output;
  gsize       len;
  const char *octets = g_bytes_get_data (bytes, &len);
  g_autoptr (GError) error = NULL;

  if (path == NULL && options->capture)
    return fwrite (octets, 1, len, stdout) == len;
  if (path == NULL) {
    g_print ("%.*s", (int) len, octets);
    return TRUE;
  }
  if (g_file_set_contents (path, octets, (gssize) len, &error))
    return TRUE;

  pc_command_error ("%s", error->message);
  return FALSE;
}

static int
run_scenario (const char    *name,
              PcLinkKind     link,
              const Options *options)
{
  g_autoptr (PcScenario) scenario = find_scenario (name);
  g_autoptr (PcFaults) faults = NULL;
  g_autoptr (PcTimeline) timeline = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcTimeline) view = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (scenario == NULL)
    return PC_EXIT_USAGE;
  faults = pc_command_read_faults (options->faults, scenario);
  if (faults == NULL)
    return PC_EXIT_USAGE;

  timeline = pc_run_scenario_armed (scenario, link, faults, &error);
  if (timeline == NULL) {
    pc_command_error ("%s", error->message);
    return PC_EXIT_FAILED;
  }

  view = options->eavesdropper ? pc_timeline_new_wire_view (timeline)
                               : g_object_ref (timeline);
  bytes = export (view, options);
  if (!write_out (bytes, options) ||
      !pc_command_write_capture (view, options->capture_path))
    return PC_EXIT_FAILED;
  if (pc_timeline_get_outcome (timeline) != PC_OUTCOME_FAILED)
    return PC_EXIT_OK;

  pc_command_error (_ ("“%s” failed: %s"), name,
                    pc_timeline_get_reason (timeline));
  return PC_EXIT_FAILED;
}

int
pc_command_run (int    argc,
                char **argv)
{
  g_auto (Options) options = { 0 };
  GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("How to write it down: text, json, markdown or pcapng"), "FORMAT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Write to a file in place of standard output"), "FILE" },
    { "link", 0, 0, G_OPTION_ARG_STRING, &options.link,
      N_ ("tcp: real sockets on this machine; memory: none, and always "
          "the same"),
      "tcp|memory" },
    { "capture", 0, 0, G_OPTION_ARG_FILENAME, &options.capture_path,
      N_ ("Write what crossed the wire as a packet capture for Wireshark"),
      "FILE" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.faults,
      N_ ("Let something go wrong on purpose; see below"), "SPEC" },
    { "show-secrets", 0, 0, G_OPTION_ARG_NONE, &options.show_secrets,
      N_ ("Show passwords as they crossed the wire"), NULL },
    { "eavesdropper", 0, 0, G_OPTION_ARG_NONE, &options.eavesdropper,
      N_ ("Show what somebody on the way sees"), NULL },
    { NULL },
  };
  PcLinkKind link;

  if (!pc_command_parse (&argc, &argv, entries, "SCENARIO",
                         _ ("Makes a scenario happen and shows every step. "
                            "SCENARIO is an id or a file.")))
    return PC_EXIT_USAGE;
  if (argc != 2) {
    pc_command_error (_ ("Name one scenario. “portcall-cli list” names "
                         "them."));
    return PC_EXIT_USAGE;
  }
  if (!parse_format (&options))
    return PC_EXIT_USAGE;
  if (!parse_link (options.link, &link)) {
    pc_command_error (_ ("“%s” is no link: take tcp or memory."),
                      options.link);
    return PC_EXIT_USAGE;
  }

  return run_scenario (argv[1], link, &options);
}
