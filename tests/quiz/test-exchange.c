/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions to and from other programs: tables of what each format's readers
 * must take and refuse, round trips of the banks that come with the program,
 * and mutated files. */

#include "quiz/exchange.h"

#include "base/limits.h"
#include "base/random.h"

#include <string.h>

/* -- helpers -------------------------------------------------------------- */

static PcBank *
load_bank (const char *name)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *path = g_build_filename (
      g_getenv ("PORTCALL_DATA"), "questions", name, NULL);
  PcBank *bank = pc_bank_load (path, NULL, problems, NULL, NULL);

  g_assert_nonnull (bank);
  return bank;
}

static char *
read_text (const char *text,
           PcExchange  format,
           PcProblems *problems)
{
  return pc_exchange_read ("quiz.txt", (const guint8 *) text, strlen (text),
                           format, "t", problems);
}

/* What was read, as the loader of banks sees it. */
static PcBank *
read_bank (const char *text,
           PcExchange  format)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  g_autofree char *read = read_text (text, format, problems);
  PcBank          *bank;

  g_assert_nonnull (read);
  json = pc_json_parse ("t", (const guint8 *) read, strlen (read), problems);
  g_assert_nonnull (json);
  bank = pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
  g_assert_nonnull (bank);
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    if (problem->severity == PC_SEVERITY_ERROR)
      g_error ("%s %s: %s", problem->code, problem->pointer, problem->message);
  }
  return bank;
}

/* -- GIFT ----------------------------------------------------------------- */

/* Written by hand as Moodle 4 exports: comments with ids, [html], escapes. */
static const char moodle_gift[] =
    "// question: 0  name: Switch category to $course$/top/Mail\n"
    "$CATEGORY: $course$/top/Mail\n"
    "\n"
    "// question: 41  name: Port of IMAP\n"
    "// [id:imap-port] [tag:ports] [tag:IMAP]\n"
    "::Port of IMAP::[html]<p>Which port has <code>IMAP</code> &amp; no "
    "TLS\\?</p>{\n"
    "\t~110#<p>That is POP3\\: 1\\=1</p>\n"
    "\t=143#<p>Right</p>\n"
    "\t~25\n"
    "\t####<p>143 it is.</p>\n"
    "}\n"
    "\n"
    "::Two of them::Which take new mail?{\n"
    "~%50%465 ~%50%587 ~%-50%143 ~%-50%69#no}\n"
    "\n"
    "::Pairs::Pair them. {=IMAP -> 143 =POP3 -> 110 =SMTP -> 25 = -> 69}\n"
    "\n"
    "How many blocks has a file of 1024 octets? {# =3:0#yes =%0%2:0#no}\n"
    "\n"
    "::N::Type the port of TFTP {#=69:0 =%50%6969:0#near ~#Something else}\n"
    "\n"
    "POP3 is older than IMAP. {FALSE#POP is from 1984#Good}\n"
    "\n"
    "The port is {=143 =993} for IMAP.\n"
    "\n"
    "Just a note to the class.\n"
    "\n"
    "Explain relay. {}\n"
    "\n"
    "An IMAP literal begins with \\{11\\}. {T}\n";

static void
test_gift (void)
{
  g_autoptr (PcBank) bank = read_bank (moodle_gift, PC_EXCHANGE_GIFT);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *text =
      read_text (moodle_gift, PC_EXCHANGE_GIFT, problems);
  PcItem *item;

  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 8);
  item = pc_bank_lookup (bank, "imap-port");
  g_assert_nonnull (item);
  g_assert_cmpint (pc_item_get_item_type (item), ==, PC_ITEM_SINGLE);
  g_assert_cmpstr (pc_item_get_title (item, NULL), ==, "Port of IMAP");
  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==,
                   "Which port has `IMAP` & no TLS\\?");
  g_assert_cmpstr (pc_item_get_option_text (item, 1, NULL), ==, "143");
  g_assert_true (pc_item_get_option_correct (item, 1));
  g_assert_cmpstr (pc_item_get_option_feedback (item, 0, NULL), ==,
                   "That is POP3: 1=1");
  g_assert_cmpstr (pc_item_get_section_text (item, 0, NULL), ==, "143 it is.");
  g_assert_true (g_strv_contains (pc_item_get_tags (item), "imap"));

  item = pc_bank_get_item (bank, 1);
  g_assert_cmpint (pc_item_get_item_type (item), ==, PC_ITEM_MULTIPLE);
  g_assert_cmpuint (pc_item_get_n_correct (item), ==, 2);
  item = pc_bank_get_item (bank, 2);
  g_assert_cmpint (pc_item_get_item_type (item), ==, PC_ITEM_MATCH);
  g_assert_cmpuint (pc_item_get_n_choices (item, PC_ITEM_LEFT), ==, 3);
  g_assert_cmpuint (pc_item_get_n_choices (item, PC_ITEM_RIGHT), ==, 4);
  item = pc_bank_get_item (bank, 3);
  g_assert_cmpint (pc_item_get_item_type (item), ==, PC_ITEM_NUMBER);
  g_assert_cmpint (pc_item_get_value (item, 0), ==, 3);
  item = pc_bank_get_item (bank, 4);
  g_assert_cmpuint (pc_item_get_n_accepted (item), ==, 2);
  g_assert_cmpfloat (pc_item_get_value_credit (item, 1), ==, 0.5);
  item = pc_bank_get_item (bank, 5);
  g_assert_cmpstr (pc_item_get_option_feedback (item, 0, NULL), ==,
                   "POP is from 1984");
  g_assert_true (pc_item_get_option_correct (item, 1));
  item = pc_bank_get_item (bank, 6);
  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==,
                   "The port is _____ for IMAP.");
  item = pc_bank_get_item (bank, 7);
  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==,
                   "An IMAP literal begins with {11}.");

  /* The category, a feedback for other numbers, a note, an essay. */
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 4);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    g_assert_cmpuint (pc_problems_get (problems, i)->line, >, 0);
}

/* Text, and how many errors it has; nothing of it can be asked. */
static void
test_gift_refused (void)
{
  static const char *const rows[] = {
    "",
    "\n\n\n",
    "// nothing but a comment",
    "A stem {~a ~b ~c}",        /* none right */
    "A stem {=a =b ~c}",        /* two, where one is asked for */
    "A stem {=a",               /* never closed */
    "{=a ~b}",                  /* no stem */
    "A stem {#}",               /* no number */
    "A stem {#1.5}",            /* no whole number */
    "A stem {#1..5}",           /* a range */
    "A stem {=word}",           /* a short answer in words */
    "A stem {=a -> b}",         /* one pair */
    "A stem {~%100%a ~%100%b}", /* all right */
    "A stem {=1 ~2 ~3 ~4 ~5 ~6 ~7 ~8 ~9}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autofree char *text =
        read_text (rows[i], PC_EXCHANGE_GIFT, problems);

    g_test_message ("%s", rows[i]);
    g_assert_null (text);
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
  }
}

/* Every item of our banks goes out and comes back as it was, as far as the
 * format can say it. */
static void
test_gift_round_trip (void)
{
  static const char *const names[] = { "imap.json", "pop3.json", "smtp.json",
                                       "tftp.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (PcBank) bank = load_bank (names[i]);
    g_autoptr (PcProblems) left_out = pc_problems_new ();
    g_autofree char *gift =
        pc_exchange_write (bank, PC_EXCHANGE_GIFT, NULL, left_out);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autofree char *json_text =
        read_text (gift, PC_EXCHANGE_GIFT, problems);
    g_autoptr (PcJson) json =
        pc_json_parse ("t", (const guint8 *) json_text, strlen (json_text),
                       problems);
    g_autoptr (PcBank) back =
        pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
    guint n_same = 0;

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      PcItem    *item = pc_bank_get_item (bank, j);
      PcItem    *again = pc_bank_lookup (back, pc_item_get_id (item));
      PcItemType type = pc_item_get_item_type (item);

      if (type != PC_ITEM_SINGLE && type != PC_ITEM_MULTIPLE)
        continue;
      g_test_message ("%s", pc_item_get_id (item));
      g_assert_nonnull (again);
      g_assert_cmpint (pc_item_get_item_type (again), ==, type);
      /* What stood beside the stem stands below it now. */
      g_assert_true (g_str_has_prefix (pc_item_get_stem (again, NULL),
                                       pc_item_get_stem (item, NULL)));
      if (pc_item_get_stimulus (item) == NULL)
        g_assert_cmpstr (pc_item_get_stem (again, NULL), ==,
                         pc_item_get_stem (item, NULL));
      g_assert_cmpuint (pc_item_get_n_options (again), ==,
                        pc_item_get_n_options (item));
      for (guint k = 0; k < pc_item_get_n_options (item); k++) {
        g_assert_cmpstr (pc_item_get_option_text (again, k, NULL), ==,
                         pc_item_get_option_text (item, k, NULL));
        g_assert_cmpint (pc_item_get_option_correct (again, k), ==,
                         pc_item_get_option_correct (item, k));
      }
      n_same++;
    }
    g_assert_cmpuint (n_same, >=, 10);
  }
}

/* -- Aiken ---------------------------------------------------------------- */

static void
test_aiken (void)
{
  static const char text[] =
      "Which port has IMAP without TLS?\r\n"
      "A) 110\r\n"
      "B) 143\r\n"
      "ANSWER: B\r\n"
      "\r\n"
      "Which one takes new mail?\r\n"
      "A. 587\r\n"
      "B. 995\r\n"
      "C. 69\r\n"
      "ANSWER: A\r\n";
  g_autoptr (PcBank) bank = read_bank (text, PC_EXCHANGE_AIKEN);

  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 2);
  g_assert_true (
      pc_item_get_option_correct (pc_bank_get_item (bank, 0), 1));
  g_assert_cmpstr (
      pc_item_get_option_text (pc_bank_get_item (bank, 1), 2, NULL), ==, "69");
}

static void
test_aiken_refused (void)
{
  static const struct
  {
    const char *text;
    guint       line;
  } rows[] = {
    { "Stem\nA. a\nB. b\nANSWER: C\n", 4 },
    { "Stem\nA. a\nB. b\nANSWER: b\n", 4 },
    { "Stem\nA. a\nB. b\n", 1 },
    { "A. a\nB. b\nANSWER: A\n", 1 },
    { "Stem\nAnother stem\nA. a\nB. b\n", 1 },
    { "Stem\nA. a\nC. b\nANSWER: A\n", 3 },
    { "ANSWER: A\n", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autofree char *text =
        read_text (rows[i].text, PC_EXCHANGE_AIKEN, problems);
    gboolean found = FALSE;

    for (guint j = 0; j < pc_problems_get_n (problems); j++)
      found |= pc_problems_get (problems, j)->line == rows[i].line;
    g_test_message ("%s", rows[i].text);
    g_assert_true (found);
  }
}

/* Out and in again: the choices as they were. */
static void
test_aiken_round_trip (void)
{
  g_autoptr (PcBank) bank = load_bank ("pop3.json");
  g_autoptr (PcProblems) left_out = pc_problems_new ();
  g_autofree char *aiken =
      pc_exchange_write (bank, PC_EXCHANGE_AIKEN, NULL, left_out);
  g_autoptr (PcBank) back = read_bank (aiken, PC_EXCHANGE_AIKEN);
  guint n = 0;

  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem *item = pc_bank_get_item (bank, i);

    if (pc_item_get_item_type (item) != PC_ITEM_SINGLE)
      continue;
    g_assert_cmpuint (
        pc_item_get_n_options (pc_bank_get_item (back, n)), ==,
        pc_item_get_n_options (item));
    for (guint j = 0; j < pc_item_get_n_options (item); j++)
      g_assert_cmpint (
          pc_item_get_option_correct (pc_bank_get_item (back, n), j), ==,
          pc_item_get_option_correct (item, j));
    n++;
  }
  g_assert_cmpuint (n, >=, 10);
}

/* -- tables --------------------------------------------------------------- */

static void
test_csv (void)
{
  static const char text[] =
      "stem,a,b,c,correct,feedback_a,tags,id\n"
      "\"Which port, if \"\"IMAP\"\" is meant?\",110,143,25,B,POP3,ports imap,"
      "one\n"
      "\"Two\nlines?\",465,587,69,\"a,b\",,,\n";
  g_autoptr (PcBank) bank = read_bank (text, PC_EXCHANGE_CSV);
  PcItem *item = pc_bank_lookup (bank, "one");

  g_assert_nonnull (item);
  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==,
                   "Which port, if \"IMAP\" is meant?");
  g_assert_true (pc_item_get_option_correct (item, 1));
  g_assert_cmpstr (pc_item_get_option_feedback (item, 0, NULL), ==, "POP3");
  item = pc_bank_get_item (bank, 1);
  g_assert_cmpint (pc_item_get_item_type (item), ==, PC_ITEM_MULTIPLE);
  g_assert_cmpstr (pc_item_get_stem (item, NULL), ==, "Two\nlines?");
}

static void
test_cards (void)
{
  static const char text[] =
      "#separator:tab\n#html:true\n"
      "Port of <b>IMAP</b>?\t143\n"
      "What is POP3?\tA protocol\n";
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  g_autoptr (PcBank) bank = NULL;
  g_autofree char *read = read_text (text, PC_EXCHANGE_CSV, problems);

  /* Words cannot be asked for: the card is left out, with its line. */
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_cmpuint (pc_problems_get (problems, 0)->line, ==, 4);
  json = pc_json_parse ("t", (const guint8 *) read, strlen (read), problems);
  bank = pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 1);
  g_assert_cmpstr (pc_item_get_stem (pc_bank_get_item (bank, 0), NULL), ==,
                   "Port of **IMAP**?");
}

/* -- every writer --------------------------------------------------------- */

static void
test_anki (void)
{
  g_autoptr (PcBank) bank = load_bank ("tftp.json");
  g_autoptr (PcProblems) left_out = pc_problems_new ();
  g_autofree char *text =
      pc_exchange_write (bank, PC_EXCHANGE_ANKI, NULL, left_out);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  g_assert_cmpstr (lines[0], ==, "#separator:tab");
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = NULL;

    if (*lines[i] == '#' || *lines[i] == '\0')
      continue;
    fields = g_strsplit (lines[i], "\t", -1);
    g_assert_cmpuint (g_strv_length (fields), ==, 5);
    g_assert_true (g_str_has_prefix (fields[0], "portcall:tftp/"));
    g_assert_true (g_str_has_prefix (fields[2], "\""));
    n++;
  }
  g_assert_cmpuint (n, >=, 15);
}

static void
test_amc (void)
{
  g_autoptr (PcBank) bank = load_bank ("smtp.json");
  g_autoptr (PcProblems) left_out = pc_problems_new ();
  g_autofree char *text =
      pc_exchange_write (bank, PC_EXCHANGE_AMC, NULL, left_out);
  g_auto (GStrv) blocks = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; blocks[i] != NULL; i++) {
    g_auto (GStrv) lines = g_strsplit (blocks[i], "\n", -1);
    guint right = 0, wrong = 0;

    if (*blocks[i] == '\0')
      continue;
    g_assert_true (*lines[0] == '*');
    for (guint j = 1; lines[j] != NULL; j++) {
      right += g_str_has_prefix (lines[j], "+ ");
      wrong += g_str_has_prefix (lines[j], "- ");
    }
    g_assert_cmpuint (right, >=, 1);
    g_assert_cmpuint (wrong, >=, 1);
    if (lines[0][1] != '*')
      g_assert_cmpuint (right, ==, 1);
  }
}

/* What cannot be said is told, item by item. */
static void
test_left_out (void)
{
  g_autoptr (PcBank) bank = load_bank ("imap.json");

  for (PcExchange format = 0; format < PC_N_EXCHANGES; format++) {
    g_autoptr (PcProblems) left_out = pc_problems_new ();
    g_autofree char *text =
        pc_exchange_write (bank, format, NULL, left_out);

    g_assert_cmpint (text != NULL, ==, pc_exchange_can_write (format));
    if (text == NULL)
      continue;
    g_assert_cmpuint (pc_problems_get_n (left_out) +
                          pc_problems_get_n_dropped (left_out),
                      >=, pc_bank_get_n_items (bank));
    g_assert_true (g_str_has_suffix (text, "\n"));
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
}

/* -- bad input ------------------------------------------------------------ */

static void
test_mutated (void)
{
  static const PcExchange readers[] = { PC_EXCHANGE_GIFT, PC_EXCHANGE_AIKEN,
                                        PC_EXCHANGE_CSV };
  gsize                   len = strlen (moodle_gift);
  guint64                 chance = 20261123;

  for (guint i = 0; i < 6000; i++) {
    g_autofree char *text = g_strdup (moodle_gift);
    guint            flips = 1 + pc_random_below (&chance, 8);

    for (guint j = 0; j < flips; j++)
      text[pc_random_below (&chance, len)] =
          (char) pc_random_below (&chance, 256);
    for (guint j = 0; j < G_N_ELEMENTS (readers); j++) {
      g_autoptr (PcProblems) problems = pc_problems_new ();
      gsize            end = pc_random_below (&chance, len + 1);
      g_autofree char *read =
          pc_exchange_read ("quiz.txt", (const guint8 *) text, end, readers[j],
                            "t", problems);

      /* Nothing comes of nothing without a reason. */
      if (read == NULL)
        g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >,
                          0);
    }
  }
}

static void
test_limits (void)
{
  static const guint8 latin1[] = "Stra\xDF"
                                 "e? {T}";
  g_autoptr (PcProblems) problems = pc_problems_new ();
  gsize              len = PC_LIMIT_EXCHANGE + 1;
  g_autofree guint8 *large = g_malloc (len);

  memset (large, 'a', len);
  g_assert_null (pc_exchange_read ("t", large, len, PC_EXCHANGE_GIFT, "t",
                                   problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_null (pc_exchange_read ("t", latin1, sizeof latin1 - 1,
                                   PC_EXCHANGE_GIFT, "t", problems));
  g_assert_nonnull (
      strstr (pc_problems_get (problems, 1)->message, "UTF-8"));
}

/* Of a fuzzer: a control character made a bank that was no JSON. */
static void
test_control_characters (void)
{
  g_autoptr (PcBank) bank =
      read_bank ("Which\x1f port\x7f\xee\x80\x81? {=1\x01 ~2}",
                 PC_EXCHANGE_GIFT);

  g_assert_cmpstr (pc_item_get_stem (pc_bank_get_item (bank, 0), NULL), ==,
                   "Which\xef\xbf\xbd port\xef\xbf\xbd\xef\xbf\xbd?");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quiz/exchange/gift", test_gift);
  g_test_add_func ("/quiz/exchange/gift-refused", test_gift_refused);
  g_test_add_func ("/quiz/exchange/gift-round-trip", test_gift_round_trip);
  g_test_add_func ("/quiz/exchange/aiken", test_aiken);
  g_test_add_func ("/quiz/exchange/aiken-refused", test_aiken_refused);
  g_test_add_func ("/quiz/exchange/aiken-round-trip", test_aiken_round_trip);
  g_test_add_func ("/quiz/exchange/csv", test_csv);
  g_test_add_func ("/quiz/exchange/cards", test_cards);
  g_test_add_func ("/quiz/exchange/anki", test_anki);
  g_test_add_func ("/quiz/exchange/amc", test_amc);
  g_test_add_func ("/quiz/exchange/left-out", test_left_out);
  g_test_add_func ("/quiz/exchange/mutated", test_mutated);
  g_test_add_func ("/quiz/exchange/control", test_control_characters);
  g_test_add_func ("/quiz/exchange/limits", test_limits);
  return g_test_run ();
}
