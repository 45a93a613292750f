/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli ports: the service table for people, or questions made from
 * it as a question bank.
 */

#include "base/paths.h"
#include "cli/command.h"
#include "quiz/generate.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* How protection starts, in a word or two. */
static const char *
mode_name (PcServiceMode mode)
{
  switch (mode) {
  case PC_SERVICE_MODE_CLEAR: return _ ("clear text");
  case PC_SERVICE_MODE_STARTTLS: return _ ("clear text, then STARTTLS");
  case PC_SERVICE_MODE_IMPLICIT_TLS: return _ ("TLS from the first byte");
  case PC_SERVICE_MODE_QUIC: return _ ("QUIC");
  case PC_SERVICE_MODE_OWN: return _ ("protection of its own");
  default: g_assert_not_reached ();
  }
}

static void
print_table (const PcServices *services)
{
  for (guint i = 0; i < pc_services_get_n (services); i++) {
    const PcService *row = pc_services_get (services, i);

    for (guint j = 0; j < row->n_endpoints; j++) {
      const PcServiceEndpoint *endpoint = &row->endpoints[j];

      g_print ("%5u/%s  %-14s  %s (%s)\n", endpoint->port,
               pc_service_transport_to_string (endpoint->transport), row->id,
               row->name, mode_name (endpoint->mode));
    }
  }
}

int
pc_command_ports (int    argc,
                  char **argv)
{
  gboolean     quiz = FALSE;
  gint64       seed = 1;
  int          items = 20;
  GOptionEntry entries[] = {
    { "quiz", 0, 0, G_OPTION_ARG_NONE, &quiz,
      N_ ("Print a question bank made from the table"), NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed,
      N_ ("The same number makes the same questions"), N_ ("NUMBER") },
    { "items", 0, 0, G_OPTION_ARG_INT, &items,
      N_ ("How many questions at most; 0 for all"), N_ ("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcServices) services = NULL;
  g_autofree char  *path = pc_paths_get_data ("services.json");
  g_autofree char  *text = NULL;
  PcGenerateOptions options = { 0 };

  if (!pc_command_parse (&argc, &argv, entries, NULL,
                         _ ("Show which service listens where.")))
    return PC_EXIT_USAGE;
  if (argc > 1 || items < 0) {
    pc_command_error (_ ("This takes no other words, and no negative number. "
                         "See “portcall-cli ports --help”."));
    return PC_EXIT_USAGE;
  }
  services = pc_services_load (path, problems);
  pc_command_print_problems (problems);
  if (services == NULL)
    return PC_EXIT_ERRORS;
  if (!quiz) {
    print_table (services);
    return PC_EXIT_OK;
  }
  options.seed = (guint64) seed;
  options.n_items = (guint) items;
  text = pc_generate_text (services, &options);
  /* JSON is UTF-8, whatever the terminal's encoding. */
  puts (text);
  return PC_EXIT_OK;
}
