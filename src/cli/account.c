/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli account: tries the settings of a mail account, or shows what
 * all settings come to.
 *
 * Each side is a word: imap://alex:portcall@mail.example.test:143?security=
 * starttls.  The server is the lab's own; what is not said has its sensible
 * value.
 */

#include "cli/command.h"
#include "run/account.h"
#include "timeline/export.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  gboolean table;
  gboolean goals;
  gboolean hosts;
  gboolean steps;
  gboolean json;
  char    *format;
  char    *link;
  char    *goal;
  char    *capture;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->goal, g_free);
  g_clear_pointer (&self->capture, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_bool (JsonBuilder *builder,
          const char  *name,
          gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_fields (JsonBuilder *builder,
            const char  *name,
            guint        fields)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if ((fields & PC_ACCOUNT_BIT (i)) != 0)
      json_builder_add_string_value (builder, pc_account_field_to_id (i));
  json_builder_end_array (builder);
}

static void
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

/* -- the table ------------------------------------------------------------ */

static void
print_table_json (GPtrArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++) {
    const PcAccountRow *row = rows->pdata[i];

    json_builder_begin_object (builder);
    add_string (builder, "protocol", row->protocol);
    json_builder_set_member_name (builder, "port");
    json_builder_add_int_value (builder, row->port);
    add_string (builder, "security", row->security);
    add_string (builder, "outcome",
                pc_account_outcome_to_string (row->outcome));
    add_string (builder, "sentence", row->sentence);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  print_json (builder);
}

static int
show_table (const Options *options,
            PcLinkKind     link)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = pc_account_make_table (link, 0, &error);

  if (rows == NULL) {
    pc_command_error ("%s", error->message);
    return PC_EXIT_FAILED;
  }
  if (options->json) {
    print_table_json (rows);
    return PC_EXIT_OK;
  }

  for (guint i = 0; i < rows->len; i++) {
    const PcAccountRow *row = rows->pdata[i];

    g_print ("%-4s  %3u  %-8s  %-15s  %s\n", row->protocol, row->port,
             row->security, pc_account_outcome_to_string (row->outcome),
             row->sentence);
  }
  return PC_EXIT_OK;
}

/* -- one trial ------------------------------------------------------------ */

static const char *const side_ids[] = { "incoming", "outgoing" };

static void
add_facts (JsonBuilder          *builder,
           const PcAccountFacts *facts)
{
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  add_string (builder, "service", facts->service);
  add_bool (builder, "opened", facts->opened);
  add_bool (builder, "tls", facts->tls);
  add_bool (builder, "tls_first", facts->tls_first);
  add_bool (builder, "logged_in", facts->logged_in);
  add_bool (builder, "password_in_clear", facts->password_in_clear);
  add_bool (builder, "mail_in_clear", facts->mail_in_clear);
  add_bool (builder, "read", facts->read);
  add_bool (builder, "collected", facts->collected);
  add_bool (builder, "sent", facts->sent);
  json_builder_end_object (builder);
}

static void
add_fixes (JsonBuilder *builder,
           GPtrArray   *fixes)
{
  json_builder_set_member_name (builder, "fixes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fixes->len; i++) {
    const PcAccountFix *fix = fixes->pdata[i];

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "set");
    json_builder_begin_object (builder);
    for (guint field = 0; field < PC_ACCOUNT_N_FIELDS; field++)
      if ((fix->fields & PC_ACCOUNT_BIT (field)) != 0)
        add_string (builder, pc_account_field_to_id (field),
                    pc_account_form_get (fix->form, field));
    json_builder_end_object (builder);
    add_string (builder, "title", fix->title);
    add_string (builder, "detail", fix->detail);
    add_bool (builder, "unsafe", fix->unsafe);
    add_bool (builder, "fits", fix->fits);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_goal (JsonBuilder          *builder,
          const PcAccountGoal  *goal,
          const PcAccountTrial *trial)
{
  guint met = pc_account_goal_check (goal, trial);

  json_builder_set_member_name (builder, "goal");
  json_builder_begin_object (builder);
  add_string (builder, "id", goal->id);
  add_bool (builder, "reached", met == goal->wants);
  json_builder_set_member_name (builder, "wishes");
  json_builder_begin_array (builder);
  for (guint wish = 1; wish <= PC_GOAL_NO_CLEAR_PASSWORD; wish <<= 1) {
    g_autofree char *text = NULL;

    if ((goal->wants & wish) == 0)
      continue;
    text = pc_account_goal_describe (goal, wish, trial);
    json_builder_begin_object (builder);
    add_bool (builder, "met", (met & wish) != 0);
    add_string (builder, "sentence", text);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_steps (JsonBuilder *builder,
           PcTimeline  *timeline)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = pc_export_timeline (timeline, PC_EXPORT_JSON,
                                              PC_EXPORT_DEFAULT);

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return;

  json_builder_set_member_name (builder, "timeline");
  json_builder_add_value (builder, json_parser_steal_root (parser));
}

static void
print_trial_json (const PcAccountTrial *trial,
                  const PcAccountGoal  *goal,
                  gboolean              steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_bool (builder, "works", pc_account_trial_works (trial));
  add_bool (builder, "unsafe", pc_account_trial_is_unsafe (trial));
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++) {
    const PcAccountHalf *half = &trial->halves[side];

    if (half->sentence == NULL)
      continue;
    json_builder_set_member_name (builder, side_ids[side]);
    json_builder_begin_object (builder);
    add_string (builder, "outcome",
                pc_account_outcome_to_string (half->outcome));
    add_string (builder, "sentence", half->sentence);
    add_string (builder, "bites",
                half->outcome != PC_ACCOUNT_WORKS
                    ? pc_account_field_to_id (half->bites)
                    : NULL);
    add_fields (builder, "fields", half->fields);
    json_builder_set_member_name (builder, "step");
    json_builder_add_int_value (builder, half->step);
    add_facts (builder, &half->facts);
    add_fixes (builder, half->fixes);
    json_builder_end_object (builder);
  }
  if (goal != NULL)
    add_goal (builder, goal, trial);
  if (steps)
    add_steps (builder, trial->timeline);
  json_builder_end_object (builder);
  print_json (builder);
}

static void
print_half (const PcAccountTrial *trial,
            PcAccountSide         side)
{
  const PcAccountHalf *half = &trial->halves[side];
  g_autofree char *url = pc_account_form_write_url (trial->form, side, FALSE);

  if (half->sentence == NULL)
    return;

  g_print ("%s\n  %s\n", url, half->sentence);
  for (guint i = 0; i < half->fixes->len; i++) {
    const PcAccountFix *fix = half->fixes->pdata[i];

    if (i == 0)
      g_print ("  %s\n", _ ("Ways out:"));
    g_print ("  - %s. %s\n", fix->title, fix->detail);
  }
}

void
pc_command_print_trial (const PcAccountTrial *trial)
{
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++)
    print_half (trial, side);
}

static void
print_goal (const PcAccountGoal  *goal,
            const PcAccountTrial *trial)
{
  guint met = pc_account_goal_check (goal, trial);

  g_print ("%s\n", _ (goal->task));
  for (guint wish = 1; wish <= PC_GOAL_NO_CLEAR_PASSWORD; wish <<= 1) {
    g_autofree char *text = NULL;

    if ((goal->wants & wish) == 0)
      continue;
    text = pc_account_goal_describe (goal, wish, trial);
    g_print ("  [%c] %s\n", (met & wish) != 0 ? 'x' : ' ', text);
  }
}

static void
print_trial (const PcAccountTrial *trial,
             const PcAccountGoal  *goal,
             const Options        *options)
{
  if (options->json) {
    print_trial_json (trial, goal, options->steps);
    return;
  }

  if (options->steps) {
    g_autofree char *text = pc_export_timeline (
        trial->timeline, PC_EXPORT_TEXT, PC_EXPORT_DEFAULT);

    g_print ("%s\n", text);
  }
  pc_command_print_trial (trial);
  if (goal != NULL)
    print_goal (goal, trial);
}

/* -- the command ---------------------------------------------------------- */

static gboolean
read_words (PcAccountForm *form,
            char         **words,
            int            n,
            guint         *sides)
{
  for (int i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;

    *sides |= 1u << i;
    if (!pc_account_form_read_url (form, i, words[i], &error)) {
      pc_command_error ("%s", error->message);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_form (const PcAccountForm *form,
            guint                sides)
{
  guint bad = pc_account_form_check_all (form, sides);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    g_autofree char *why = NULL;

    if ((bad & PC_ACCOUNT_BIT (i)) == 0)
      continue;
    why = pc_account_form_check (form, i);
    pc_command_error ("%s: %s", pc_account_field_get_label (i), why);
  }

  return bad == 0;
}

static int
try_words (char               **words,
           int                  n,
           const PcAccountGoal *goal,
           const Options       *options,
           PcLinkKind           link)
{
  PcAccountOptions how = { .link = link, .goal = goal };
  g_autoptr (PcAccountForm) form = pc_account_form_new ();
  g_autoptr (PcAccountTrial) trial = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (!read_words (form, words, n, &how.sides))
    return PC_EXIT_USAGE;
  pc_account_form_complete (form);
  if (!check_form (form, how.sides))
    return PC_EXIT_USAGE;

  trial = pc_account_try (form, &how, &error);
  if (trial == NULL) {
    pc_command_error ("%s", error->message);
    return PC_EXIT_FAILED;
  }
  print_trial (trial, goal, options);
  if (!pc_command_write_capture (trial->timeline, options->capture))
    return PC_EXIT_FAILED;
  good = goal != NULL ? pc_account_goal_check (goal, trial) == goal->wants
                      : pc_account_trial_works (trial);
  return good ? PC_EXIT_OK : PC_EXIT_FAILED;
}

static gboolean
parse_format (Options *options)
{
  options->json = g_strcmp0 (options->format, "json") == 0;
  if (options->format == NULL || options->json ||
      strcmp (options->format, "text") == 0)
    return TRUE;

  pc_command_error (_ ("“%s” is no format for this: there are text and json."),
                    options->format);
  return FALSE;
}

static gboolean
parse_link (const Options *options,
            PcLinkKind    *link)
{
  *link = g_strcmp0 (options->link, "memory") == 0 ? PC_LINK_MEMORY
                                                   : PC_LINK_SOCKETS;
  /* A table by sockets waits for every silence; nobody asks for that by
   * chance. */
  if (options->link == NULL && options->table)
    *link = PC_LINK_MEMORY;
  if (options->link == NULL || *link == PC_LINK_MEMORY ||
      strcmp (options->link, "tcp") == 0)
    return TRUE;

  pc_command_error (_ ("“%s” is none of --link tcp, --link memory."),
                    options->link);
  return FALSE;
}

static gboolean
parse_goal (const char           *id,
            const PcAccountGoal **goal)
{
  *goal = NULL;
  if (id == NULL)
    return TRUE;

  for (const PcAccountGoal *at = pc_account_goals; at->id != NULL; at++)
    if (strcmp (at->id, id) == 0) {
      *goal = at;
      return TRUE;
    }

  pc_command_error (_ ("There is no task “%s”. “account --goals” names them."),
                    id);
  return FALSE;
}

static int
show_goals (void)
{
  for (const PcAccountGoal *at = pc_account_goals; at->id != NULL; at++)
    g_print ("%-16s %s\n", at->id, _ (at->task));

  return PC_EXIT_OK;
}

static int
show_hosts (void)
{
  for (const PcAccountHost *at = pc_account_hosts; at->name != NULL; at++)
    g_print ("%-18s %s\n", at->name, _ (at->what));

  return PC_EXIT_OK;
}

int
pc_command_account (int    argc,
                    char **argv)
{
  g_auto (Options) options = { 0 };
  GOptionEntry entries[] = {
    { "table", 0, 0, G_OPTION_ARG_NONE, &options.table,
      N_ ("Show what each protocol meets at each port"), NULL },
    { "goal", 'g', 0, G_OPTION_ARG_STRING, &options.goal,
      N_ ("Say whether this task is solved"), "TASK" },
    { "goals", 0, 0, G_OPTION_ARG_NONE, &options.goals,
      N_ ("Name the tasks"), NULL },
    { "hosts", 0, 0, G_OPTION_ARG_NONE, &options.hosts,
      N_ ("Name the machines of the lab"), NULL },
    { "steps", 's', 0, G_OPTION_ARG_NONE, &options.steps,
      N_ ("Show every step, too"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("text or json"), "FORMAT" },
    { "link", 'l', 0, G_OPTION_ARG_STRING, &options.link,
      N_ ("tcp: real sockets; memory: a clock of its own"), "LINK" },
    { "capture", 0, 0, G_OPTION_ARG_FILENAME, &options.capture,
      N_ ("Write what crossed the wire as a packet capture for Wireshark"),
      "FILE" },
    { NULL },
  };
  const PcAccountGoal *goal;
  PcLinkKind           link;

  if (!pc_command_parse (&argc, &argv, entries,
                         "RECEIVE [SEND]",
                         _ ("Tries the settings of a mail account with the "
                            "lab's own server, such as\n"
                            "imap://alex:portcall@mail.example.test:143"
                            "?security=starttls\n"
                            "smtp://mail.example.test:587?security=starttls"
                            "&login=yes")))
    return PC_EXIT_USAGE;
  if (!parse_format (&options) || !parse_link (&options, &link) ||
      !parse_goal (options.goal, &goal))
    return PC_EXIT_USAGE;

  if (options.goals)
    return show_goals ();
  if (options.hosts)
    return show_hosts ();
  if (options.table)
    return show_table (&options, link);
  if (argc < 2 || argc > 1 + PC_ACCOUNT_N_SIDES) {
    pc_command_error (_ ("Name the incoming side and, if you like, the "
                         "outgoing one; “account --help” has an example."));
    return PC_EXIT_USAGE;
  }

  return try_words (argv + 1, argc - 1, goal, &options, link);
}
