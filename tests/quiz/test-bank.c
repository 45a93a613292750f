/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Question banks: what loads, what is set aside and why, what the lint says,
 * and what an item gives back in each language.
 */

#include "quiz/bank.h"

#include "base/limits.h"

#include <string.h>

#define HEAD \
  "{\"format\":\"portcall-question-bank\",\"format_version\":1," \
  "\"id\":\"t\",\"version\":\"1.0.0\",\"language\":\"en\",\"title\":\"T\"," \
  "\"license\":{\"spdx\":\"CC0-1.0\"},"
#define BANK(items) \
  HEAD "\"objectives\":[{\"id\":\"ports\",\"title\":\"Ports\"}]," \
       "\"stimuli\":[{\"id\":\"log\",\"kind\":\"transcript\"}]," \
       "\"items\":[" items "]}"
#define REF "\"references\":[{\"kind\":\"rfc\",\"number\":9051}]"
/* A sound item of each type, with room for more members. */
#define OPTIONS \
  "\"options\":[{\"id\":\"a\",\"text\":\"110\",\"feedback\":\"f\"}," \
  "{\"id\":\"b\",\"text\":\"143\",\"correct\":true}]"
#define SINGLE(id, rest) \
  "{\"id\":\"" id "\",\"type\":\"single\",\"stem\":\"Which port?\"," OPTIONS \
  "," REF rest "}"
#define CHOICE(type, options, rest) \
  "{\"id\":\"i\",\"type\":\"" type "\",\"stem\":\"Which port?\"," \
  "\"options\":[" options "]," REF rest "}"
#define NUMBER(rest) \
  "{\"id\":\"i\",\"type\":\"number\",\"stem\":\"Type the port.\"," REF rest "}"

static PcServices *
load_services (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PORTCALL_DATA"),
                                            "services.json", NULL);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcServices *services = pc_services_load (path, problems);

  g_assert_nonnull (services);
  return services;
}

static gboolean
has_step (const char *scenario,
          const char *step,
          gpointer    user_data)
{
  return g_str_equal (scenario, "demo") &&
         (step == NULL || g_str_equal (step, "greeting"));
}

static PcBank *
load_text (const char *text,
           PcProblems *problems)
{
  g_autoptr (PcServices) services = load_services ();
  g_autoptr (PcJson) json = pc_json_parse ("b.json", (const guint8 *) text,
                                           strlen (text), problems);

  if (json == NULL)
    return NULL;
  return pc_bank_new_from_json (json, services, problems, has_step, NULL);
}

static void
show_problems (PcProblems *problems)
{
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    g_test_message ("  %s[%s] %u:%u %s %s",
                    pc_severity_to_string (problem->severity), problem->code,
                    problem->line, problem->column,
                    problem->pointer != NULL ? problem->pointer : "-",
                    problem->message);
  }
}

/* -- the head -------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *code;
} HeadRow;

static const HeadRow head_rows[] = {
  { "[]", "Q022" },
  { "{}", "Q023" },
  { "{\"format\":\"portcall-scenario\",\"format_version\":1}", "Q024" },
  { "{\"format\":\"portcall-question-bank\"}", "Q023" },
  { "{\"format\":\"portcall-question-bank\",\"format_version\":2,\"new\":1}",
    "Q020" },
  { HEAD "\"items\":{}}", "Q022" },
  { HEAD "\"x\":1,\"items\":[]}", "Q021" },
  { HEAD "\"description\":\"\",\"items\":[]}", "Q024" },
  { HEAD "\"authors\":[],\"items\":[]}", "Q024" },
  { HEAD "\"authors\":[{\"name\":\"A\",\"role\":\"boss\"}],\"items\":[]}",
    "Q024" },
  { "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
    "\"id\":\"T\",\"version\":\"1.0.0\",\"language\":\"en\",\"title\":\"T\","
    "\"license\":{\"spdx\":\"CC0-1.0\"},\"items\":[]}",
    "Q024" },
  { "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
    "\"id\":\"t\",\"version\":\"1.0\",\"language\":\"en\",\"title\":\"T\","
    "\"license\":{\"spdx\":\"CC0-1.0\"},\"items\":[]}",
    "Q024" },
  { "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
    "\"id\":\"t\",\"version\":\"1.0.0\",\"language\":\"e\",\"title\":\"T\","
    "\"license\":{\"spdx\":\"CC0-1.0\"},\"items\":[]}",
    "Q024" },
  { "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
    "\"id\":\"t\",\"version\":\"1.0.0\",\"language\":\"en\",\"title\":\"T\","
    "\"items\":[]}",
    "Q023" },
};

static void
test_head (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (head_rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();

    g_test_message ("row %u: %s", i, head_rows[i].text);
    g_assert_null (load_text (head_rows[i].text, problems));
    show_problems (problems);
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==,
                     head_rows[i].code);
  }
}

/* -- items ----------------------------------------------------------------- */

typedef struct
{
  const char *item;
  const char *code;    /* of the only problem; NULL for none */
  const char *pointer; /* behind "/items/0", or NULL */
} ItemRow;

/* Those with an error: set aside.  Codes as in the format's description. */
static const ItemRow error_rows[] = {
  { "7", "Q022", "" },
  { "{}", "Q023", "" },
  { "{\"id\":\"i\",\"type\":\"riddle\",\"stem\":\"?\"}", "Q024", "/type" },
  { "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"?\"}", "Q023", "" },
  { SINGLE ("I", ""), "Q024", "/id" },
  { SINGLE ("i", ",\"corect\":1"), "Q021", "/corect" },
  { SINGLE ("i", ",\"revision\":0"), "Q024", "/revision" },
  { SINGLE ("i", ",\"points\":21"), "Q024", "/points" },
  { SINGLE ("i", ",\"seconds\":1"), "Q024", "/seconds" },
  { SINGLE ("i", ",\"difficulty\":\"1\""), "Q022", "/difficulty" },
  { SINGLE ("i", ",\"level\":\"guess\""), "Q024", "/level" },
  { SINGLE ("i", ",\"shuffle\":1"), "Q022", "/shuffle" },
  { SINGLE ("i", ",\"title\":\"a\\nb\""), "Q024", "/title" },
  { SINGLE ("i", ",\"memory_key\":\"A\""), "Q024", "/memory_key" },
  { SINGLE ("i", ",\"hints\":[\"a\",\"b\",\"c\",\"d\"]"), "Q024", "/hints" },
  { SINGLE ("i", ",\"hints\":[1]"), "Q022", "/hints/0" },
  { SINGLE ("i", ",\"tags\":[\"a\",\"a\"]"), "Q100", "/tags/1" },
  { SINGLE ("i", ",\"objectives\":[\"ports\",\"no\"]"), "Q101",
    "/objectives/1" },
  { SINGLE ("i", ",\"stimulus\":\"no\""), "Q101", "/stimulus" },
  { SINGLE ("i", ",\"memory_key\":\"svc:no/port\""), "Q101", "/memory_key" },
  { SINGLE ("i", ",\"simulation\":{\"scenario\":\"no\"}"), "Q101",
    "/simulation/scenario" },
  { SINGLE ("i", ",\"simulation\":{\"scenario\":\"demo\",\"step\":\"no\"}"),
    "Q101", "/simulation/step" },
  { SINGLE ("i", ",\"simulation\":{\"step\":\"greeting\"}"), "Q023",
    "/simulation" },
  { SINGLE ("i", ",\"simulation\":{\"scenario\":\"demo\","
                 "\"params\":{\"a\":1.5}}"),
    "Q022", "/simulation/params" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"steps\",\"entries\":[{"
                 "\"text\":\"t\",\"step\":\"greeting\"}]}]"),
    "Q101", "/explanation/0/entries/0/step" },
  { SINGLE ("i", ",\"simulation\":{\"scenario\":\"demo\"},\"explanation\":["
                 "{\"kind\":\"steps\",\"entries\":[{\"text\":\"t\","
                 "\"step\":\"no\"}]}]"),
    "Q101", "/explanation/0/entries/0/step" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"why\"}]"), "Q023",
    "/explanation/0" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"why\",\"text\":\"a\"},"
                 "{\"kind\":\"why\",\"text\":\"b\"}]"),
    "Q100", "/explanation/1" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"why\",\"from\":\"x\"}]"),
    "Q024", "/explanation/0/from" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"steps\",\"entries\":["
                 "{\"id\":\"a\",\"text\":\"x\"},"
                 "{\"id\":\"a\",\"text\":\"y\"}]}]"),
    "Q100", "/explanation/0" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":1}],\"explanation\":["
            "{\"kind\":\"comparison\",\"from\":\"options\"}]"),
    "Q101", "/explanation/0" },
  { "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"Which?\"," OPTIONS
    ",\"references\":[{\"kind\":\"rfc\"}]}",
    "Q023", "/references/0" },
  { "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"Which?\"," OPTIONS
    ",\"references\":[{\"kind\":\"web\",\"title\":\"t\","
    "\"url\":\"javascript:x\"}]}",
    "Q024", "/references/0/url" },
  /* Options. */
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\"}", ""), "Q024",
    "/options" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\",\"feedback\":\"f\"},"
                      "{\"id\":\"b\",\"text\":\"y\",\"feedback\":\"f\"}",
            ""),
    "Q102", "/options" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\",\"correct\":true},"
                      "{\"id\":\"b\",\"text\":\"y\",\"correct\":true}",
            ""),
    "Q102", "/options" },
  { CHOICE ("multiple", "{\"id\":\"a\",\"text\":\"x\"},"
                        "{\"id\":\"b\",\"text\":\"y\"}",
            ""),
    "Q103", "/options" },
  { CHOICE ("multiple", "{\"id\":\"a\",\"text\":\"x\",\"correct\":true},"
                        "{\"id\":\"b\",\"text\":\"y\",\"correct\":true}",
            ""),
    "Q103", "/options" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\",\"correct\":true},"
                      "{\"id\":\"a\",\"text\":\"y\"}",
            ""),
    "Q100", "/options/1" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"Use TLS\",\"correct\":true},"
                      "{\"id\":\"b\",\"text\":\" use  tls \"}",
            ""),
    "Q104", "/options/1" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"Straße\",\"correct\":true},"
                      "{\"id\":\"b\",\"text\":\"STRASSE\"}",
            ""),
    "Q104", "/options/1" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\",\"correct\":1},"
                      "{\"id\":\"b\",\"text\":\"y\"}",
            ""),
    "Q022", "/options/0/correct" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"x\",\"correct\":true},"
                      "{\"id\":\"b\",\"text\":\"y\",\"service\":\"no\"}",
            ""),
    "Q101", "/options/1/service" },
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"143\",\"correct\":true},"
                      "{\"id\":\"b\",\"text\":\"110\",\"service\":\"imap\"}",
            ""),
    "Q107", "/options/1/service" },
  /* Numbers. */
  { NUMBER (""), "Q023", "" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[]"), "Q024", "/accept" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":65536}]"), "Q106",
    "/accept/0" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":1}],"
            "\"expected_errors\":[{\"value\":-1,\"feedback\":\"f\"}]"),
    "Q106", "/expected_errors/0" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":1},{\"value\":1}]"),
    "Q109", "/accept/1" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":1}],"
            "\"expected_errors\":[{\"value\":1,\"feedback\":\"f\"}]"),
    "Q109", "/expected_errors/0" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":1,\"credit\":0.5}]"),
    "Q109", "/accept" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":1,\"credit\":1.5}]"),
    "Q024", "/accept/0/credit" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":\"1\"}]"), "Q022",
    "/accept/0/value" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{}]"), "Q023", "/accept/0" },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":1}],"
            "\"expected_errors\":[{\"value\":2}]"),
    "Q023", "/expected_errors/0" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":1}],"
            "\"ask_transport\":true"),
    "Q023", "" },
  { NUMBER (",\"unit\":\"port\",\"accept\":[{\"value\":993}],"
            "\"memory_key\":\"svc:pop3s/port\""),
    "Q107", "/accept/0" },
  /* Facts. */
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"port\","
                 "\"value\":110}]"),
    "Q107", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"transport\","
                 "\"value\":\"udp\"}]"),
    "Q107", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imaps\",\"field\":\"security\","
                 "\"value\":\"clear\"}]"),
    "Q107", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"rfc\","
                 "\"value\":1939}]"),
    "Q107", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"role\","
                 "\"value\":\"It sends mail\"}]"),
    "Q107", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"no\",\"field\":\"port\","
                 "\"value\":1}]"),
    "Q101", "/facts/0/service" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"port\","
                 "\"value\":\"143\"}]"),
    "Q022", "/facts/0/value" },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"port\"}]"),
    "Q023", "/facts/0" },
  /* Translations. */
  { SINGLE ("i", ",\"translations\":{\"deutsch\":{\"strings\":{}}}"), "Q024",
    "/translations/deutsch" },
  { SINGLE ("i", ",\"translations\":{\"de\":{}}"), "Q023",
    "/translations/de" },
  { SINGLE ("i", ",\"translations\":{\"de\":{\"strings\":{\"stem\":1}}}"),
    "Q022", "/translations/de/strings/stem" },
};

static void
assert_item (const ItemRow *row,
             guint          index,
             PcSeverity     severity,
             gboolean       loads)
{
  g_autofree char *text = g_strdup_printf (BANK ("%s"), row->item);
  g_autofree char *pointer = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;
  const PcProblem *problem;

  g_test_message ("row %u: %s", index, row->item);
  bank = load_text (text, problems);
  show_problems (problems);
  g_assert_nonnull (bank);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, loads ? 1 : 0);
  if (row->code == NULL) {
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
    return;
  }
  g_assert_cmpuint (pc_problems_get_n (problems), >, 0);
  problem = pc_problems_get (problems, 0);
  g_assert_cmpstr (problem->code, ==, row->code);
  g_assert_cmpint (problem->severity, ==, severity);
  g_assert_cmpuint (problem->line, ==, 1);
  g_assert_cmpuint (problem->column, >, 1);
  if (row->pointer != NULL) {
    pointer = g_strconcat ("/items/0", row->pointer, NULL);
    g_assert_cmpstr (problem->pointer, ==, pointer);
  }
}

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++)
    assert_item (&error_rows[i], i, PC_SEVERITY_ERROR, FALSE);
}

static const ItemRow good_rows[] = {
  { SINGLE ("i", ""), NULL, NULL },
  { SINGLE ("i", ",\"x-mine\":[1],\"points\":2.0"), NULL, NULL },
  { SINGLE ("i", ",\"stimulus\":\"log\",\"objectives\":[\"ports\"]"), NULL,
    NULL },
  { SINGLE ("i", ",\"simulation\":{\"scenario\":\"demo\","
                 "\"step\":\"greeting\",\"params\":{\"a\":1,\"b\":true,"
                 "\"c\":\"x\"}}"),
    NULL, NULL },
  { SINGLE ("i", ",\"facts\":[{\"service\":\"imap\",\"field\":\"port\","
                 "\"value\":143},{\"service\":\"imap\",\"field\":\"security\","
                 "\"value\":\"clear\"},{\"service\":\"imap\",\"field\":"
                 "\"security\",\"value\":\"starttls\"},{\"service\":\"dns\","
                 "\"field\":\"transport\",\"value\":\"tcp\"},{\"service\":"
                 "\"imap\",\"field\":\"rfc\",\"value\":9051}]"),
    NULL, NULL },
  { NUMBER (",\"unit\":\"port\",\"transport\":\"tcp\",\"ask_transport\":true,"
            "\"memory_key\":\"svc:pop3s/port\",\"accept\":[{\"value\":995}],"
            "\"expected_errors\":[{\"value\":993,\"feedback\":\"IMAP\"}]"),
    NULL, NULL },
  { NUMBER (",\"unit\":\"count\",\"accept\":[{\"value\":-3},"
            "{\"value\":-4,\"credit\":0.5,\"feedback\":\"near\"}]"),
    NULL, NULL },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_rows); i++)
    assert_item (&good_rows[i], i, PC_SEVERITY_NOTE, TRUE);
}

/* -- lint ------------------------------------------------------------------ */

#define STEM(stem, rest) \
  "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"" stem "\"," OPTIONS "," REF \
  rest "}"
#define TWO(wrong, right, rest) \
  CHOICE ("single", \
          "{\"id\":\"a\",\"text\":\"" wrong "\",\"feedback\":\"f\"}," \
          "{\"id\":\"b\",\"text\":\"" right "\",\"correct\":true}", rest)

static const ItemRow lint_rows[] = {
  { CHOICE ("single", "{\"id\":\"a\",\"text\":\"110\"},{\"id\":\"b\","
                      "\"text\":\"143\",\"correct\":true}", ""),
    "Q200", "/options/0" },
  { TWO ("It reads", "It lets a client read stored mail", ""), "Q201",
    "/options" },
  { TWO ("A", "BBBB", ""), NULL, NULL },
  { TWO ("None of the above", "Port one hundred", ""), "Q202", "/options/0" },
  { STEM ("Which of these is not a mail port?", ""), "Q203", "/stem" },
  { STEM ("Which of these is **not** a mail port?", ""), NULL, NULL },
  { STEM ("Which of these is NOT a mail port?", ""), NULL, NULL },
  { STEM ("It does not start with TLS. Which port is it?", ""), NULL, NULL },
  { STEM ("Each of these carries mail, except one. Which of them reads "
          "everything except mail?", ""),
    "Q203", "/stem" },
  { STEM ("The port for mail.", ""), "Q204", "/stem" },
  { STEM ("Choose the port for mail.", ""), NULL, NULL },
  { STEM ("The port is ___.", ""), NULL, NULL },
  { TWO ("143", "port 110", ""), "Q205", "/options" },
  { "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"Which manages folders?\","
    "\"options\":[{\"id\":\"a\",\"text\":\"Delivery\",\"feedback\":\"f\"},"
    "{\"id\":\"b\",\"text\":\"Folders\",\"correct\":true}]," REF "}",
    "Q206", "/options/1" },
  { TWO ("It always deletes", "It may well keep", ""), "Q207", "/options" },
  { TWO ("It always deletes", "It never deletes", ""), NULL, NULL },
  { TWO ("143", "110", ",\"shuffle\":false"), "Q208", "/options" },
  { TWO ("110", "143", ",\"shuffle\":false"), NULL, NULL },
  { STEM ("Which port is for secure IMAP?", ""), "Q209", "/stem" },
  { STEM ("Which port is for IMAP with TLS from the first byte?", ""), NULL,
    NULL },
  { STEM ("Which port is for submission with STARTTLS?", ""), NULL, NULL },
  { "{\"id\":\"i\",\"type\":\"single\",\"stem\":\"Which port?\"," OPTIONS "}",
    "Q210", "" },
  { SINGLE ("i", ",\"status\":\"reviewed\""), "Q211", "/status" },
  { CHOICE ("single",
            "{\"id\":\"a\",\"text\":\"110\"},"
            "{\"id\":\"b\",\"text\":\"143\",\"correct\":true,"
            "\"right_when\":\"r\"}",
            ",\"x-waive\":{\"Q200\":\"see why\"},"
            "\"explanation\":[{\"kind\":\"why\",\"text\":\"w\"},"
            "{\"kind\":\"comparison\",\"from\":\"options\"}]"),
    "Q214", "/explanation/1" },
  { SINGLE ("i", ",\"explanation\":[{\"kind\":\"comparison\","
                 "\"from\":\"options\"}]"),
    NULL, NULL },
  { SINGLE ("i", ",\"status\":\"reviewed\",\"authors\":[{\"name\":\"R\","
                 "\"role\":\"reviewer\"}]"),
    NULL, NULL },
  { STEM ("Which port is for secure IMAP?",
          ",\"x-waive\":{\"Q209\":\"the exam words it so\"}"),
    NULL, NULL },
  { SINGLE ("i", ",\"translations\":{\"de\":{\"strings\":{"
                 "\"options.z.text\":\"x\"}}}"),
    "Q041", "/translations/de/strings/options.z.text" },
};

static void
test_lint (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lint_rows); i++)
    assert_item (&lint_rows[i], i, PC_SEVERITY_WARNING, TRUE);
}

/* English rules stay silent about other languages. */
static void
test_lint_language (void)
{
  g_autofree char *text = g_strdup (BANK (STEM ("Il porto.", "")));
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;
  char *language = strstr (text, "\"language\":\"en\"");

  memcpy (language, "\"language\":\"it\"", strlen ("\"language\":\"it\""));
  bank = load_text (text, problems);
  g_assert_nonnull (bank);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
}

/* -- setting aside --------------------------------------------------------- */

static const char mixed[] =
    HEAD "\"items\":[\n" SINGLE ("one", "") ",\n"
         "{\"id\":\"two\",\"type\":\"match\",\"stem\":\"Pair.\",\"left\":[],"
         "\"right\":[],\"pairs\":[]},\n" SINGLE ("one", "") ",\n"
         "  {\"id\":\"four\",\"type\":\"single\",\"stem\":\"Which?\"},\n"
         "{\"id\":\"five\",\"type\":\"riddle\",\"stem\":\"Which?\"},\n"
         SINGLE ("six", "") "\n]}\n";

typedef struct
{
  const char *id;
  const char *type;
  guint       line;
  PcSeverity  severity;
} AsideRow;

static const AsideRow aside_rows[] = {
  { "two", "match", 3, PC_SEVERITY_ERROR },
  { "one", "single", 4, PC_SEVERITY_ERROR },
  { "four", "single", 5, PC_SEVERITY_ERROR },
  { "five", "riddle", 6, PC_SEVERITY_ERROR },
};

static void
test_set_aside (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = load_text (mixed, problems);

  show_problems (problems);
  g_assert_nonnull (bank);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 2);
  g_assert_nonnull (pc_bank_lookup (bank, "one"));
  g_assert_nonnull (pc_bank_lookup (bank, "six"));
  g_assert_null (pc_bank_lookup (bank, "two"));
  g_assert_cmpuint (pc_item_get_line (pc_bank_lookup (bank, "six")), ==, 7);
  g_assert_cmpuint (pc_bank_get_n_set_aside (bank), ==,
                    G_N_ELEMENTS (aside_rows));
  for (guint i = 0; i < G_N_ELEMENTS (aside_rows); i++) {
    const PcBankSetAside *row = pc_bank_get_set_aside (bank, i);

    g_test_message ("row %u: %u:%u %s", i, row->line, row->column, row->reason);
    g_assert_cmpstr (row->id, ==, aside_rows[i].id);
    g_assert_cmpstr (row->type, ==, aside_rows[i].type);
    g_assert_cmpuint (row->index, ==, i + 1);
    g_assert_cmpuint (row->line, ==, aside_rows[i].line);
    g_assert_cmpuint (row->column, >, 0);
    g_assert_cmpint (row->severity, ==, aside_rows[i].severity);
    g_assert_nonnull (row->reason);
  }
}

/* A type without what it needs is told which member is missing. */
static void
test_each_type_aside (void)
{
  for (PcItemType type = PC_ITEM_SINGLE; type <= PC_ITEM_CONFIGURE; type++) {
    g_autofree char *text = g_strdup_printf (
        BANK ("{\"id\":\"i\",\"type\":\"%s\",\"stem\":\"Which?\"}"),
        pc_item_type_to_string (type));
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBank) bank = load_text (text, problems);

    g_test_message ("%s", pc_item_type_to_string (type));
    g_assert_cmpuint (pc_bank_get_n_set_aside (bank), ==, 1);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q023");
    g_assert_cmpstr (pc_bank_get_set_aside (bank, 0)->type, ==,
                     pc_item_type_to_string (type));
  }
}

/* Without a table and scenarios their part is not checked. */
static void
test_unchecked (void)
{
  static const char text[] = BANK (SINGLE (
      "i", ",\"simulation\":{\"scenario\":\"any\"},\"facts\":[{\"service\":"
           "\"any\",\"field\":\"port\",\"value\":1}]"));
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("b", (const guint8 *) text,
                                           sizeof text - 1, problems);
  g_autoptr (PcBank) bank = pc_bank_new_from_json (json, NULL, problems, NULL,
                                                   NULL);

  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 1);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
}

/* -- what an item gives back ----------------------------------------------- */

static const char full[] = BANK (
    "{\"id\":\"i\",\"type\":\"single\",\"revision\":3,\"status\":\"draft\","
    "\"title\":\"Title\",\"stem\":\"Which port?\",\"difficulty\":2,"
    "\"level\":\"apply\",\"seconds\":45,\"points\":4,\"tags\":[\"imap\"],"
    "\"objectives\":[\"ports\"],\"hints\":[\"One\",\"Two\"],"
    "\"shuffle\":false,\"options\":[{\"id\":\"a\",\"text\":\"110\","
    "\"service\":\"pop3\",\"misconception\":\"any-port\","
    "\"feedback\":\"POP3\",\"right_when\":\"It is POP3.\"},"
    "{\"id\":\"b\",\"text\":\"143\",\"correct\":true}],"
    "\"answer_line\":\"143\",\"exam_note\":\"A+\",\"explanation\":["
    "{\"kind\":\"why\",\"text\":\"IANA says so.\"},"
    "{\"kind\":\"comparison\",\"heading\":\"Others\",\"from\":\"options\"},"
    "{\"kind\":\"steps\",\"entries\":[{\"id\":\"c\",\"term\":\"Connect\","
    "\"text\":\"It connects.\",\"step\":\"greeting\"},{\"text\":\"Then.\"}]}],"
    "\"references\":[{\"kind\":\"rfc\",\"number\":9051,\"section\":\"2.1\","
    "\"title\":\"Link level\"},{\"kind\":\"iana\",\"title\":\"Registry\"}],"
    "\"simulation\":{\"scenario\":\"demo\",\"step\":\"greeting\","
    "\"label\":\"Watch\",\"params\":{\"port\":143,\"tls\":false}},"
    "\"translations\":{\"de\":{\"of_revision\":2,\"strings\":{"
    "\"stem\":\"Welcher Port?\",\"hints.2\":\"Zwei\","
    "\"options.a.right_when\":\"Es ist POP3.\","
    "\"explanation.steps.c.term\":\"Verbinden\","
    "\"explanation.comparison.heading\":\"Andere\","
    "\"simulation.label\":\"Zusehen\"}},"
    "\"de-AT\":{\"strings\":{\"title\":\"Titel\"}}}}");

static void
test_getters (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = load_text (full, problems);
  g_autofree char *reference = NULL;
  g_autofree char *url = NULL;
  g_autofree char *iana = NULL;
  PcItem          *item;

  show_problems (problems);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 1);
  item = pc_bank_get_item (bank, 0);
  g_assert_cmpstr (pc_item_get_memory_key (item), ==, "i");
  g_assert_cmpuint (pc_item_get_revision (item), ==, 3);
  g_assert_cmpuint (pc_item_get_seconds (item), ==, 45);
  g_assert_cmpuint (pc_item_get_points (item), ==, 4);
  g_assert_cmpstr (pc_item_level_to_string (pc_item_get_level (item)), ==,
                   "apply");
  g_assert_cmpstr (pc_item_get_objectives (item)[0], ==, "ports");
  g_assert_false (pc_item_get_shuffle (item));
  g_assert_cmpuint (pc_item_get_n_options (item), ==, 2);
  g_assert_cmpuint (pc_item_get_n_correct (item), ==, 1);
  g_assert_cmpint (pc_item_find_option (item, "b"), ==, 1);
  g_assert_cmpint (pc_item_find_option (item, "z"), ==, -1);
  g_assert_cmpstr (pc_item_get_option_service (item, 0), ==, "pop3");
  g_assert_cmpstr (pc_item_get_option_misconception (item, 0), ==, "any-port");
  g_assert_null (pc_item_get_option_feedback (item, 1, NULL));
  g_assert_cmpuint (pc_item_get_n_sections (item), ==, 3);
  g_assert_cmpstr (pc_item_get_section_heading (item, 0, NULL), ==, "Why");
  g_assert_cmpstr (pc_item_get_section_text (item, 0, "de"), ==,
                   "IANA says so.");
  g_assert_true (pc_item_get_section_from_options (item, 1));
  g_assert_cmpuint (pc_item_get_n_entries (item, 2), ==, 2);
  g_assert_cmpstr (pc_item_get_entry_step (item, 2, 0), ==, "greeting");
  g_assert_null (pc_item_get_entry_term (item, 2, 1, "de"));
  reference = pc_item_reference_format (pc_item_get_reference (item, 0));
  g_assert_cmpstr (reference, ==, "RFC 9051 §2.1: Link level");
  url = pc_item_reference_dup_url (pc_item_get_reference (item, 0));
  g_assert_cmpstr (url, ==, "https://www.rfc-editor.org/rfc/rfc9051");
  iana = pc_item_reference_dup_url (pc_item_get_reference (item, 1));
  g_assert_null (iana);
  g_assert_cmpstr (pc_item_get_scenario (item), ==, "demo");
  g_assert_cmpstr (pc_item_get_scenario_param (item, "port"), ==, "143");
  g_assert_cmpstr (pc_item_get_scenario_param (item, "tls"), ==, "false");
  g_assert_null (pc_item_get_scenario_param (item, "none"));
  g_assert_cmpstr (pc_bank_lookup_objective (bank, "ports")->title, ==,
                   "Ports");
}

static void
test_references (void)
{
  static const struct {
    PcItemReference reference;
    const char     *text;
  } table[] = {
    { { PC_ITEM_REFERENCE_RFC, 1350, NULL, NULL, NULL }, "RFC 1350" },
    { { PC_ITEM_REFERENCE_RFC, 1350, "4", NULL, NULL }, "RFC 1350 §4" },
    { { PC_ITEM_REFERENCE_RFC, 1350, "1", "Purpose", NULL },
      "RFC 1350 §1: Purpose" },
    { { PC_ITEM_REFERENCE_RFC, 9051, "Abstract", NULL, NULL },
      "RFC 9051, Abstract" },
    { { PC_ITEM_REFERENCE_RFC, 9051, "Abstract", "Abstract", NULL },
      "RFC 9051, Abstract" },
    { { PC_ITEM_REFERENCE_IANA, 0, NULL, "Port registry", NULL },
      "Port registry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = pc_item_reference_format (&table[i].reference);

    g_test_message ("%s", table[i].text);
    g_assert_cmpstr (text, ==, table[i].text);
  }
}

static void
test_translations (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = load_text (full, problems);
  PcItem *item = pc_bank_get_item (bank, 0);

  /* The stale one is told. */
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q040");
  g_assert_cmpstr (pc_item_get_languages (item)[0], ==, "de");
  g_assert_cmpstr (pc_item_get_languages (item)[1], ==, "de-AT");

  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==, "Which port?");
  g_assert_cmpstr (pc_item_get_stem (item, "fr"), ==, "Which port?");
  g_assert_cmpstr (pc_item_get_stem (item, "de"), ==, "Welcher Port?");
  g_assert_cmpstr (pc_item_get_stem (item, "de_CH.UTF-8@euro"), ==,
                   "Welcher Port?");
  g_assert_cmpstr (pc_item_get_stem (item, "den"), ==, "Which port?");
  g_assert_cmpstr (pc_item_get_title (item, "de_AT"), ==, "Titel");
  g_assert_cmpstr (pc_item_get_hint (item, 0, "de"), ==, "One");
  g_assert_cmpstr (pc_item_get_hint (item, 1, "de"), ==, "Zwei");
  g_assert_cmpstr (pc_item_get_option_text (item, 0, "de"), ==, "110");
  g_assert_cmpstr (pc_item_get_option_right_when (item, 0, "de"), ==,
                   "Es ist POP3.");
  g_assert_cmpstr (pc_item_get_entry_term (item, 2, 0, "de"), ==, "Verbinden");
  g_assert_cmpstr (pc_item_get_section_heading (item, 1, "de"), ==, "Andere");
  g_assert_cmpstr (pc_item_get_scenario_label (item, "de"), ==, "Zusehen");
}

static void
test_list_model (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = load_text (mixed, problems);
  g_autoptr (PcItem) item = g_list_model_get_item (G_LIST_MODEL (bank), 1);

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (bank)) ==
                 PC_TYPE_ITEM);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bank)), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (bank), 2));
  /* An item outlives its bank. */
  g_assert_finalize_object (g_steal_pointer (&bank));
  g_assert_cmpstr (pc_item_get_id (item), ==, "six");
}

/* Banks cut off anywhere, and with any octet changed, do no harm. */
static void
test_mangled (void)
{
  g_autoptr (PcServices) services = load_services ();

  for (gsize i = 0; i < sizeof full - 1; i++) {
    g_autofree char *copy = g_memdup2 (full, sizeof full);

    for (guint change = 0; change < 3; change++) {
      g_autoptr (PcProblems) problems = pc_problems_new ();
      g_autoptr (PcJson) json = NULL;
      g_autoptr (PcBank) bank = NULL;

      copy[i] = change == 0 ? '9' : change == 1 ? '"' : (char) (full[i] ^ 2);
      json = pc_json_parse ("b", (const guint8 *) copy, sizeof full - 1,
                            problems);
      if (json != NULL)
        bank = pc_bank_new_from_json (json, services, problems, has_step,
                                      NULL);
      if (bank == NULL || pc_bank_get_n_items (bank) == 0)
        g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR) +
                              pc_problems_count (problems, PC_SEVERITY_NOTE),
                          >, 0);
    }
  }
}

static void
test_too_many (void)
{
  GString *text = g_string_new (HEAD "\"items\":[0");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;

  for (guint i = 0; i < PC_LIMIT_BANK_ITEMS; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");
  bank = load_text (text->str, problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (pc_problems_get (problems, 0)->pointer, ==, "/items");
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q024");
  g_string_free (text, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/head", test_head);
  g_test_add_func ("/bank/errors", test_errors);
  g_test_add_func ("/bank/good", test_good);
  g_test_add_func ("/bank/lint", test_lint);
  g_test_add_func ("/bank/lint-language", test_lint_language);
  g_test_add_func ("/bank/set-aside", test_set_aside);
  g_test_add_func ("/bank/each-type-aside", test_each_type_aside);
  g_test_add_func ("/bank/unchecked", test_unchecked);
  g_test_add_func ("/bank/getters", test_getters);
  g_test_add_func ("/bank/references", test_references);
  g_test_add_func ("/bank/translations", test_translations);
  g_test_add_func ("/bank/list-model", test_list_model);
  g_test_add_func ("/bank/mangled", test_mangled);
  g_test_add_func ("/bank/too-many", test_too_many);
  return g_test_run ();
}
