/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli convert: question banks to and from the formats of other
 * programs.  What is lost on the way goes to standard error, line by line.
 */

#include "cli/command.h"
#include "quiz/exchange.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* The text, on standard output or in a file; at once and whole. */
static int
put (const char *text,
     const char *path)
{
  g_autoptr (GError) error = NULL;

  if (path == NULL) {
    fputs (text, stdout);
    return PC_EXIT_OK;
  }
  if (g_file_set_contents (path, text, -1, &error))
    return PC_EXIT_OK;
  pc_command_error ("%s", error->message);
  return PC_EXIT_FAILED;
}

static int
write_out (const char *from,
           PcExchange  format,
           const char *language,
           const char *to)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank =
      pc_bank_load (from, NULL, problems, NULL, NULL);
  g_autofree char *text = NULL;

  if (bank != NULL)
    text = pc_exchange_write (bank, format, language, problems);
  pc_command_print_problems (problems);
  return text != NULL ? put (text, to) : PC_EXIT_ERRORS;
}

/* The name of the file as an id: "My Quiz.gift" is "my-quiz". */
static char *
dup_id (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char            *dot = strrchr (name, '.');
  g_autofree char *id = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  id = g_ascii_strdown (name, -1);
  g_strcanon (id, "abcdefghijklmnopqrstuvwxyz0123456789._-", '-');
  if (!g_ascii_isalnum (*id) || strlen (id) > 64)
    return g_strdup ("imported");
  return g_steal_pointer (&id);
}

static int
read_in (const char *from,
         PcExchange  format,
         const char *to)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *id = dup_id (from);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  gsize            len = 0;

  if (!g_file_get_contents (from, &data, &len, &error)) {
    pc_command_error ("%s", error->message);
    return PC_EXIT_ERRORS;
  }
  text = pc_exchange_read (from, (const guint8 *) data, len, format, id,
                           problems);
  pc_command_print_problems (problems);
  if (text == NULL)
    return PC_EXIT_ERRORS;
  line = g_strconcat (text, "\n", NULL);
  return put (line, to);
}

int
pc_command_convert (int    argc,
                    char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *output = NULL;
  g_autofree char *language = NULL;
  PcExchange       format = PC_EXCHANGE_GIFT;
  GOptionEntry     entries[] = {
        { "from", 0, 0, G_OPTION_ARG_STRING, &from,
          N_ ("Read this format and write a question bank"), N_ ("FORMAT") },
        { "to", 0, 0, G_OPTION_ARG_STRING, &to,
          N_ ("Read a question bank and write this format"), N_ ("FORMAT") },
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
          N_ ("Write to this file"), N_ ("FILE") },
        { "language", 0, 0, G_OPTION_ARG_STRING, &language,
          N_ ("Take the translation to this language, as \"de\""),
          N_ ("LANGUAGE") },
        G_OPTION_ENTRY_NULL,
  };
  const char *wanted;

  if (!pc_command_parse (&argc, &argv, entries, _ ("FILE"),
                         _ ("Take questions to other programs and back.\n"
                            "Formats: gift (in and out), aiken (in and out), "
                            "csv (in), moodle, anki, amc (out).")))
    return PC_EXIT_USAGE;
  if (argc != 2 || (from == NULL) == (to == NULL)) {
    pc_command_error (_ ("Name one file, and either --from or --to. See "
                         "“portcall-cli convert --help”."));
    return PC_EXIT_USAGE;
  }
  wanted = from != NULL ? from : to;
  if (!pc_exchange_from_string (wanted, &format) ||
      !(from != NULL ? pc_exchange_can_read (format)
                     : pc_exchange_can_write (format))) {
    pc_command_error (from != NULL
                          ? _ ("The format “%s” cannot be read; gift, aiken "
                               "and csv can.")
                          : _ ("The format “%s” cannot be written; gift, "
                               "aiken, moodle, anki and amc can."),
                      wanted);
    return PC_EXIT_USAGE;
  }
  return from != NULL ? read_in (argv[1], format, output)
                      : write_out (argv[1], format, language, output);
}
