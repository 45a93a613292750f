/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to load and check a large question bank: the file is
 * made, written, and read as the app would read it, service table and step
 * links included, and by json-glib alone, which it is measured by.  Prints two
 * lines per size, such as "bank-load-10000 N ms"; with numbers as arguments,
 * those sizes instead.
 */

#include "quiz/bank.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>

static const char head[] =
    "{\n \"format\": \"portcall-question-bank\", \"format_version\": 1,\n"
    " \"id\": \"bench\", \"version\": \"1.0.0\", \"language\": \"en\",\n"
    " \"title\": \"Bench\", \"license\": {\"spdx\": \"CC0-1.0\"},\n"
    " \"authors\": [{\"name\": \"A\", \"role\": \"reviewer\"}],\n"
    " \"objectives\": [{\"id\": \"ports\", \"title\": \"Ports\"}],\n"
    " \"items\": [\n";

static const char item[] =
    "{\"id\": \"item-%u\", \"type\": \"single\", \"revision\": 1,\n"
    " \"status\": \"reviewed\", \"title\": \"Phone %u\",\n"
    " \"stem\": \"A phone is set up for IMAP without TLS at first. Which port "
    "belongs into the form for incoming mail, number %u?\",\n"
    " \"memory_key\": \"svc:imap/port\", \"difficulty\": 1,\n"
    " \"level\": \"apply\", \"seconds\": 45, \"objectives\": [\"ports\"],\n"
    " \"tags\": [\"imap\", \"ports\"],\n"
    " \"hints\": [\"Only one of them manages folders.\"],\n"
    " \"options\": [\n"
    "  {\"id\": \"o110\", \"text\": \"110\", \"service\": \"pop3\",\n"
    "   \"feedback\": \"110 is where POP3 listens.\",\n"
    "   \"right_when\": \"The account type is POP3.\"},\n"
    "  {\"id\": \"o25\", \"text\": \"25\", \"service\": \"smtp\",\n"
    "   \"feedback\": \"25 is SMTP between servers.\",\n"
    "   \"right_when\": \"One server hands a message to the next.\"},\n"
    "  {\"id\": \"o69\", \"text\": \"69\", \"service\": \"tftp\",\n"
    "   \"feedback\": \"69 is TFTP, which knows no mail.\",\n"
    "   \"right_when\": \"A switch fetches its configuration.\"},\n"
    "  {\"id\": \"o143\", \"text\": \"143\", \"service\": \"imap\",\n"
    "   \"correct\": true, \"feedback\": \"Right.\"}],\n"
    " \"answer_line\": \"143: the registered port of IMAP.\",\n"
    " \"explanation\": [\n"
    "  {\"kind\": \"concept\", \"text\": \"The mail stays on the server.\"},\n"
    "  {\"kind\": \"comparison\", \"from\": \"options\"},\n"
    "  {\"kind\": \"steps\", \"entries\": [\n"
    "   {\"id\": \"connect\", \"term\": \"Connect\", \"text\": \"It connects "
    "to port 143.\", \"step\": \"greeting\"},\n"
    "   {\"id\": \"login\", \"term\": \"Log in\", \"text\": \"It says who it "
    "is.\", \"step\": \"login\"}]},\n"
    "  {\"kind\": \"conclusion\", \"text\": \"IMAP without TLS at first: "
    "143.\"}],\n"
    " \"facts\": [{\"service\": \"imap\", \"field\": \"port\", \"value\": "
    "143}],\n"
    " \"references\": [{\"kind\": \"rfc\", \"number\": 9051, \"section\": "
    "\"2.1\"}],\n"
    " \"simulation\": {\"scenario\": \"imap-read-phone\", \"step\": "
    "\"greeting\"}}";

static gboolean
has_step (const char *scenario,
          const char *step,
          gpointer    user_data)
{
  return g_str_equal (scenario, "imap-read-phone");
}

static char *
write_bank (guint n)
{
  GString *text = g_string_new (head);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int   fd = g_file_open_tmp ("portcall-bench-XXXXXX.json", &path, &error);

  if (fd < 0)
    g_error ("%s", error->message);
  g_close (fd, NULL);
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append (text, ",\n");
    g_string_append_printf (text, item, i, i, i);
  }
  g_string_append (text, "\n]}\n");
  if (!g_file_set_contents (path, text->str, text->len, &error))
    g_error ("%s", error->message);
  g_string_free (text, TRUE);
  return path;
}

/* How long json-glib alone takes to read the same file; in µs. */
static gint64
parse_only (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gint64 start = g_get_monotonic_time ();

  if (!json_parser_load_from_file (parser, path, NULL))
    g_error ("json-glib cannot read %s", path);
  return g_get_monotonic_time () - start;
}

static gboolean
bench (guint       n,
       PcServices *services)
{
  g_autofree char *path = write_bank (n);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;
  gint64 alone = parse_only (path);
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  bank = pc_bank_load (path, services, problems, has_step, NULL);
  end = g_get_monotonic_time ();
  g_unlink (path);
  if (bank == NULL || pc_bank_get_n_items (bank) != n) {
    for (guint i = 0; i < MIN (pc_problems_get_n (problems), 3); i++) {
      g_autofree char *text = pc_problem_format (pc_problems_get (problems, i));

      g_printerr ("%s\n", text);
    }
    return FALSE;
  }
  g_print ("bank-load-%u %" G_GINT64_FORMAT " ms\n", n, (end - start) / 1000);
  g_print ("bank-json-glib-%u %" G_GINT64_FORMAT " ms\n", n, alone / 1000);
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  const char      *data = g_getenv ("PORTCALL_DATA");
  g_autofree char *path = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcServices) services = NULL;

  path = g_build_filename (data != NULL ? data : "data", "services.json", NULL);
  services = pc_services_load (path, problems);
  if (services == NULL) {
    g_printerr ("cannot load %s\n", path);
    return 1;
  }
  if (argc < 2)
    return bench (10000, services) ? 0 : 1;
  for (int i = 1; i < argc; i++) {
    if (!bench (strtoul (argv[i], NULL, 10), services))
      return 1;
  }
  return 0;
}
