/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli list: the scenarios, for people or as JSON.
 */

#include "cli/command.h"

#include <glib/gi18n-lib.h>

static void
print_json (PcLibrary *library)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "id");
    json_builder_add_string_value (builder, pc_scenario_get_id (scenario));
    json_builder_set_member_name (builder, "protocol");
    json_builder_add_string_value (
        builder, pc_scenario_get_protocol (scenario)->id);
    json_builder_set_member_name (builder, "title");
    json_builder_add_string_value (builder,
                                   pc_scenario_get_title (scenario));
    json_builder_set_member_name (builder, "subtitle");
    json_builder_add_string_value (builder,
                                   pc_scenario_get_subtitle (scenario));
    json_builder_set_member_name (builder, "summary");
    json_builder_add_string_value (builder,
                                   pc_scenario_get_summary (scenario));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

static void
print_text (PcLibrary *library)
{
  const PcProtocol *group = NULL;

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario       *scenario = pc_library_get (library, i);
    const PcProtocol *protocol = pc_scenario_get_protocol (scenario);

    if (protocol != group)
      g_print ("%s%s\n", group != NULL ? "\n" : "", protocol->name);
    group = protocol;
    g_print ("  %-22s %s (%s)\n", pc_scenario_get_id (scenario),
             pc_scenario_get_title (scenario),
             pc_scenario_get_subtitle (scenario));
  }
}

int
pc_command_list (int    argc,
                 char **argv)
{
  gboolean     json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr (PcLibrary) library = NULL;

  if (!pc_command_parse (&argc, &argv, entries, "",
                         _ ("Lists the scenarios that “run” can make "
                            "happen.")))
    return PC_EXIT_USAGE;
  if (argc > 1) {
    pc_command_error (_ ("“%s” is one word too many. See “portcall-cli "
                         "list --help”."),
                      argv[1]);
    return PC_EXIT_USAGE;
  }

  library = pc_command_load_library ();
  if (json)
    print_json (library);
  else
    print_text (library);
  return pc_library_get_n (library) > 0 ? PC_EXIT_OK : PC_EXIT_FAILED;
}
