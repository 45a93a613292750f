/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a person opens is told what it is, and of a scenario with mistakes
 * the good part is left. */

#include "scenario/source.h"

#include "base/limits.h"
#include "base/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *dir;

/* -- other kinds ---------------------------------------------------------- */

static const struct
{
  const char *name;
  const char *data;
  gsize       len; /* 0: to the NUL */
  PcSourceState state;
  const char *said; /* in its message */
} kinds[] = {
  { "a.png", "\x89PNG\r\n\x1A\n\0\0", 10, PC_SOURCE_OTHER, "is a picture" },
  { "a.jpg", "\xFF\xD8\xFF\xE0", 0, PC_SOURCE_OTHER, "is a picture" },
  { "a.svg", "<svg/>", 0, PC_SOURCE_OTHER, "is a picture" },
  { "a.pdf", "%PDF-1.7", 0, PC_SOURCE_OTHER, "PDF" },
  { "a.zip", "PK\x03\x04zzzz", 0, PC_SOURCE_OTHER, "packed" },
  { "a.pcapng", "\x0A\x0D\x0D\x0A\0\0", 6, PC_SOURCE_OTHER, "packets" },
  { "empty.json", "", 0, PC_SOURCE_OTHER, "is empty" },
  { "blank.json", " \n\t", 0, PC_SOURCE_OTHER, "is empty" },
  { "text.txt", "Dear Robin,\n", 0, PC_SOURCE_OTHER, "begins with" },
  { "list.json", "[1, 2]", 0, PC_SOURCE_OTHER, "begins with" },
  { "binary", "\0\1\2", 3, PC_SOURCE_OTHER, "not a text" },
  { "bank.json", "{\"format\": \"portcall-question-bank\"}", 0,
    PC_SOURCE_OTHER, "question bank" },
  { "world.json", "{\"format\": \"portcall-world\"}", 0, PC_SOURCE_OTHER,
    "a world" },
  { "services.json", "{\"format\": \"portcall-services\"}", 0, PC_SOURCE_OTHER,
    "table of services" },
  { "package.json", "{\"name\": \"x\"}", 0, PC_SOURCE_OTHER, "no scenario" },
  { "format.json", "{\"format\": 7}", 0, PC_SOURCE_OTHER, "no scenario" },
  { "torn.json", "{\"format\": \"portcall-scenario\",\n \"scr", 0,
    PC_SOURCE_BROKEN, "not JSON" },
  { "latin1.json", "{\"title\": \"\xFC\"}", 0, PC_SOURCE_BROKEN, "not JSON" },
  { "utf16.json", "\xFF\xFE{\0}\0", 6, PC_SOURCE_BROKEN, "not JSON" },
  { "bare.json", "{\"format\": \"portcall-scenario\"}", 0, PC_SOURCE_BROKEN,
    "no server listens" },
};

static PcScenarioSource *
load (const char *name,
      const char *data,
      gsize       len)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  PcScenarioSource *file;

  g_assert_true (g_file_set_contents (path, data, (gssize) len, NULL));
  file = pc_scenario_source_load (path);
  g_assert_nonnull (file->digest);
  g_test_message ("%s: %s", name, file->message);
  for (guint i = 0; i < pc_problems_get_n (file->problems); i++) {
    g_autofree char *told =
        pc_problem_format (pc_problems_get (file->problems, i));

    g_test_message ("  %s", told);
  }
  return file;
}

static void
check_said (const PcScenarioSource *file,
            const char           *said)
{
  g_assert_nonnull (file->message);
  if (strstr (file->message, said) == NULL)
    g_error ("“%s” is not in: %s", said, file->message);
}

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    gsize len = kinds[i].len > 0 ? kinds[i].len : strlen (kinds[i].data);
    g_autoptr (PcScenarioSource) file = load (kinds[i].name, kinds[i].data,
                                            len);

    g_assert_cmpint (file->state, ==, kinds[i].state);
    g_assert_null (file->scenario);
    check_said (file, kinds[i].said);
    if (file->state == PC_SOURCE_OTHER)
      check_said (file, kinds[i].name); /* says which file it means */
    else
      g_assert_cmpuint (
          pc_problems_count (file->problems, PC_SEVERITY_ERROR), >, 0);
  }
}

/* -- what cannot be read -------------------------------------------------- */

static void
check_path (const char *path,
            const char *said)
{
  g_autoptr (PcScenarioSource) file = pc_scenario_source_load (path);

  g_test_message ("%s", file->message);
  g_assert_cmpint (file->state, ==, PC_SOURCE_OTHER);
  g_assert_null (file->digest);
  check_said (file, said);
}

static void
test_paths (void)
{
  g_autofree char *gone = g_build_filename (dir, "gone.json", NULL);
  g_autofree char *under = g_build_filename (dir, "a.png", "x.json", NULL);
  g_autofree char *pipe = g_build_filename (dir, "pipe", NULL);
  g_autofree char *large = g_build_filename (dir, "large.json", NULL);
  g_autofree char *shut = g_build_filename (dir, "shut.json", NULL);
  g_autofree char *odd = g_build_filename (dir, "\xE2\x80\xAE\n\xFF", NULL);

  check_path (gone, "There is no file “gone.json”");
  check_path (under, "There is no file");
  check_path (dir, "is a folder");
  check_path ("/dev/zero", "is a device");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  check_path (pipe, "is a device or a pipe");
  /* 2 GiB without a block of it on the disk. */
  g_assert_true (g_file_set_contents (large, "", 0, NULL));
  g_assert_cmpint (truncate (large, G_GINT64_CONSTANT (1) << 31), ==, 0);
  check_path (large, "2.0\302\240GiB");
  check_path (odd, "There is no file “��");
  g_assert_true (g_file_set_contents (shut, "{}", 2, NULL));
  g_assert_cmpint (g_chmod (shut, 0), ==, 0);
  if (access (shut, R_OK) != 0) /* root may read anything */
    check_path (shut, "not allowed");
  g_assert_cmpint (g_remove (pipe), ==, 0);
}

/* -- the good part -------------------------------------------------------- */

static char *
read_ours (const char *name)
{
  g_autofree char *path = pc_paths_get_data (name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static const struct
{
  const char *what;
  const char *from; /* in pop3-download-delete.json */
  const char *to;
  PcSourceState state;
  guint       n_actions;
  const char *said;
  guint       line; /* of the first mistake */
} parts[] = {
  { "nothing", "\"order\": 10", "\"order\": 11", PC_SOURCE_WHOLE, 9, NULL, 0 },
  { "no such action", "\"do\": \"stat\"", "\"do\": \"stta\"", PC_SOURCE_PART, 3,
    "first 3 entries", 32 },
  { "the second action", "\"do\": \"user\"", "\"do\": \"usr\"", PC_SOURCE_PART,
    1, "first entry", 30 },
  { "the first action", "\"do\": \"connect\"", "\"do\": \"conect\"",
    PC_SOURCE_BROKEN, 0, "its first entry is wrong", 29 },
  { "no script", "\"script\": [", "\"skript\": [", PC_SOURCE_BROKEN, 0,
    "script is missing", 0 },
  { "a rule", "\"rule\": \"pop3.stat\"", "\"rule\": \"pop3.state\"",
    PC_SOURCE_PART, 9, "whole script", 43 },
  { "no title", "\"title\":", "\"x-title\":", PC_SOURCE_PART, 9, "whole script",
    1 },
  { "no id", "\"id\": \"pop3-download-delete\"", "\"x-id\": 0", PC_SOURCE_PART,
    9, "whole script", 1 },
  { "no protocol", "\"protocol\": \"pop3\",\n", "\"protocol\": \"pop\",\n",
    PC_SOURCE_PART, 9, "whole script", 8 },
  { "no format", "\"format\": \"portcall-scenario\"", "\"x-f\": 0",
    PC_SOURCE_PART, 9, "whole script", 1 },
  { "another version", "\"format_version\": 1", "\"format_version\": 2",
    PC_SOURCE_BROKEN, 0, "version", 3 },
  { "an actor", "\"speaks\": \"pop3\"", "\"speaks\": \"pop4\"",
    PC_SOURCE_BROKEN, 0, "actors", 0 },
  { "a service", "\"port\": 110 } ]", "\"port\": 0 } ]", PC_SOURCE_BROKEN, 0,
    "actors", 14 },
  { "the world", "\"user\": \"alex\", \"password\": \"portcall\",\n",
    "\"user\": \"alex\",\n", PC_SOURCE_BROKEN, 0, "world", 18 },
};

static char *
change (const char *text,
        const char *from,
        const char *to)
{
  const char *at = strstr (text, from);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (at);
  g_string_append_len (out, text, at - text);
  g_string_append (out, to);
  g_string_append (out, at + strlen (from));
  return g_string_free (out, FALSE);
}

static guint
find_first_line (PcProblems *problems)
{
  guint line = G_MAXUINT;

  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    if (pc_problems_get (problems, i)->severity == PC_SEVERITY_ERROR)
      line = MIN (line, pc_problems_get (problems, i)->line);
  return line;
}

static void
test_parts (void)
{
  g_autofree char *text = read_ours ("scenarios/pop3-download-delete.json");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *changed = change (text, parts[i].from, parts[i].to);
    g_autoptr (PcScenarioSource) file = load ("part.json", changed,
                                            strlen (changed));

    g_test_message ("^ %s", parts[i].what);
    g_assert_cmpint (file->state, ==, parts[i].state);
    g_assert_true ((file->scenario != NULL) == (parts[i].n_actions > 0));
    if (parts[i].said != NULL)
      check_said (file, parts[i].said);
    else
      g_assert_null (file->message);
    if (parts[i].line > 0)
      g_assert_cmpuint (find_first_line (file->problems), ==, parts[i].line);
    if (file->scenario == NULL)
      continue;
    g_assert_cmpuint (pc_scenario_get_n_actions (file->scenario), ==,
                      parts[i].n_actions);
    g_assert_nonnull (pc_scenario_get_id (file->scenario));
    g_assert_nonnull (pc_scenario_get_title (file->scenario));
  }
}

/* More than are kept: what is not listed may be in the actors. */
static void
test_many (void)
{
  g_autofree char *text = read_ours ("scenarios/pop3-download-delete.json");
  g_autoptr (GString) marks = g_string_new ("\"marks\": [");
  g_autofree char *changed = NULL;
  g_autoptr (PcScenarioSource) file = NULL;

  for (guint i = 0; i <= PC_LIMIT_PROBLEMS; i++)
    g_string_append_printf (marks, "{\"id\": \"m%u\", \"rule\": \"?\"},", i);
  changed = change (text, "\"marks\": [", marks->str);
  file = load ("many.json", changed, strlen (changed));
  g_assert_cmpint (file->state, ==, PC_SOURCE_BROKEN);
  check_said (file, "too many mistakes");
}

/* Cut anywhere, as by a program that is still saving. */
static void
test_torn (void)
{
  g_autofree char *text = read_ours ("scenarios/pop3-download-delete.json");
  gsize len = strlen (text);

  for (gsize n = 0; n < len - 2; n += 13) {
    g_autofree char *path = g_build_filename (dir, "torn.json", NULL);
    g_autoptr (PcScenarioSource) file = NULL;

    g_assert_true (g_file_set_contents (path, text, (gssize) n, NULL));
    file = pc_scenario_source_load (path);
    g_assert_cmpint (file->state, ==,
                     n == 0 ? PC_SOURCE_OTHER : PC_SOURCE_BROKEN);
    g_assert_null (file->scenario);
    g_assert_nonnull (file->message);
  }
}

static void
remove_dir (void)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_clear_pointer (&dir, g_free);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("portcall-test-XXXXXX", NULL);
  g_assert_nonnull (dir);
  g_test_add_func ("/scenario/source/kinds", test_kinds);
  g_test_add_func ("/scenario/source/paths", test_paths);
  g_test_add_func ("/scenario/source/parts", test_parts);
  g_test_add_func ("/scenario/source/many", test_many);
  g_test_add_func ("/scenario/source/torn", test_torn);
  status = g_test_run ();
  remove_dir ();
  return status;
}
