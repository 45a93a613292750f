/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grading: tables of answers and what they are worth. */

#include "bank-text.h"

#include "quiz/grade.h"

#define OPTION(id, rest) "{\"id\":\"" id "\",\"text\":\"" id "\"" rest "}"
#define RIGHT ",\"correct\":true"

static const char bank_text[] = BANK_TEXT (
    "\"items\":["
    "{\"id\":\"single\",\"type\":\"single\",\"stem\":\"?\",\"points\":2,"
    "\"options\":[" OPTION ("a", ",\"feedback\":\"no\",\"right_when\":\"if\"")
    "," OPTION ("b", RIGHT) "," OPTION ("c", "") "]},"
    "{\"id\":\"all\",\"type\":\"multiple\",\"stem\":\"?\","
    "\"options\":[" OPTION ("a", RIGHT) "," OPTION ("b", RIGHT) ","
    OPTION ("c", "") "," OPTION ("d", "") "]},"
    "{\"id\":\"part\",\"type\":\"multiple\",\"stem\":\"?\",\"points\":3,"
    "\"scoring\":\"partial\",\"options\":[" OPTION ("a", RIGHT) ","
    OPTION ("b", RIGHT) "," OPTION ("c", RIGHT) "," OPTION ("d", "") ","
    OPTION ("e", "") "]},"
    "{\"id\":\"num\",\"type\":\"number\",\"stem\":\"?\",\"unit\":\"port\","
    "\"accept\":[{\"value\":995,\"feedback\":\"yes\"},{\"value\":1995,"
    "\"credit\":0.5}],\"expected_errors\":[{\"value\":993,"
    "\"feedback\":\"IMAP\",\"right_when\":\"It is IMAP.\"}],"
    "\"translations\":{\"de\":{\"strings\":{"
    "\"expected_errors.993.feedback\":\"Das ist IMAP\"}}}},"
    "{\"id\":\"trans\",\"type\":\"number\",\"stem\":\"?\",\"unit\":\"port\","
    "\"transport\":\"udp\",\"ask_transport\":true,\"points\":2,"
    "\"accept\":[{\"value\":69}]}]");

typedef struct
{
  const char *item;
  const char *answer; /* option ids, or what is typed */
  gboolean    answered;
  double      fraction;
} Row;

static const Row rows[] = {
  { "single", "", FALSE, 0 },
  { "single", "a", TRUE, 0 },
  { "single", "b", TRUE, 1 },
  { "single", "ab", FALSE, 0 },
  { "all", "ab", TRUE, 1 },
  { "all", "a", TRUE, 0 },
  { "all", "abc", TRUE, 0 },
  { "all", "", FALSE, 0 },
  { "part", "abc", TRUE, 1 },
  { "part", "ab", TRUE, 2.0 / 3 },
  { "part", "a", TRUE, 1.0 / 3 },
  { "part", "abcd", TRUE, 0.5 },
  { "part", "abcde", TRUE, 0 },
  { "part", "ad", TRUE, 0 },
  { "part", "d", TRUE, 0 },
  { "part", "de", TRUE, 0 },
  { "num", "995", TRUE, 1 },
  { "num", "1995", TRUE, 0.5 },
  { "num", "993", TRUE, 0 },
  { "num", "7", TRUE, 0 },
  { "num", "995/udp", TRUE, 1 }, /* not asked, so not held against anyone */
  { "trans", "69", FALSE, 0 },
  { "trans", "69/udp", TRUE, 1 },
  { "trans", "69/tcp", TRUE, 0 },
  { "trans", "70/udp", TRUE, 0 },
};

static PcAnswer
make_answer (PcItem     *item,
             const char *text)
{
  PcAnswer answer = { .kind = PC_ANSWER_BLANK };

  if (*text == '\0')
    return answer;
  if (pc_item_get_item_type (item) == PC_ITEM_NUMBER) {
    g_assert_true (pc_answer_parse_number (text, &answer));
    return answer;
  }
  answer.kind = PC_ANSWER_OPTIONS;
  for (; *text != '\0'; text++)
    answer.options |= 1u << (*text - 'a');
  return answer;
}

static void
test_grade (void)
{
  g_autoptr (PcBank) bank = bank_from_text (bank_text);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    PcItem    *item = pc_bank_lookup (bank, row->item);
    PcAnswer   answer = make_answer (item, row->answer);
    PcGrade    grade = pc_grade (item, &answer);

    g_test_message ("row %u: %s \"%s\"", i, row->item, row->answer);
    g_assert_cmpint (grade.answered, ==, row->answered);
    g_assert_cmpint (pc_answer_is_complete (&answer, item), ==, row->answered);
    g_assert_cmpfloat_with_epsilon (grade.fraction, row->fraction, 1e-9);
    g_assert_cmpint (grade.correct, ==, row->fraction >= 1);
    g_assert_cmpfloat_with_epsilon (
        grade.points, row->fraction * pc_item_get_points (item), 1e-9);
  }
}

/* An answer of another kind, or with options that do not exist. */
static void
test_foreign (void)
{
  g_autoptr (PcBank) bank = bank_from_text (bank_text);
  const PcAnswer number = { .kind = PC_ANSWER_NUMBER, .number = 995 };
  const PcAnswer none = { .kind = PC_ANSWER_OPTIONS };
  const PcAnswer beyond = { .kind = PC_ANSWER_OPTIONS, .options = 1u << 31 };
  const PcAnswer option = { .kind = PC_ANSWER_OPTIONS, .options = 2 };

  g_assert_false (pc_grade (pc_bank_lookup (bank, "single"), &number).answered);
  g_assert_false (pc_grade (pc_bank_lookup (bank, "single"), &none).answered);
  g_assert_false (pc_grade (pc_bank_lookup (bank, "single"), &beyond).answered);
  g_assert_false (pc_grade (pc_bank_lookup (bank, "all"), &beyond).answered);
  g_assert_false (pc_grade (pc_bank_lookup (bank, "num"), &option).answered);
  g_assert_null (pc_grade_get_feedback (pc_bank_lookup (bank, "single"),
                                        &beyond, NULL));
}

static void
test_feedback (void)
{
  g_autoptr (PcBank) bank = bank_from_text (bank_text);
  PcItem  *single = pc_bank_lookup (bank, "single");
  PcItem  *number = pc_bank_lookup (bank, "num");
  PcItem  *all = pc_bank_lookup (bank, "all");
  PcAnswer a = make_answer (single, "a");
  PcAnswer c = make_answer (single, "c");
  PcAnswer both = make_answer (all, "ab");
  PcAnswer n993 = make_answer (number, "993");
  PcAnswer n995 = make_answer (number, "995");
  PcAnswer n1 = make_answer (number, "1");

  g_assert_cmpstr (pc_grade_get_feedback (single, &a, NULL), ==, "no");
  g_assert_cmpstr (pc_grade_get_right_when (single, &a, NULL), ==, "if");
  g_assert_null (pc_grade_get_feedback (single, &c, NULL));
  g_assert_null (pc_grade_get_feedback (all, &both, NULL));
  g_assert_cmpstr (pc_grade_get_feedback (number, &n993, NULL), ==, "IMAP");
  g_assert_cmpstr (pc_grade_get_feedback (number, &n993, "de"), ==,
                   "Das ist IMAP");
  g_assert_cmpstr (pc_grade_get_right_when (number, &n993, NULL), ==,
                   "It is IMAP.");
  g_assert_cmpstr (pc_grade_get_feedback (number, &n995, NULL), ==, "yes");
  g_assert_null (pc_grade_get_feedback (number, &n1, NULL));
}

/* -- what was typed -------------------------------------------------------- */

typedef struct
{
  const char        *text;
  gboolean           good;
  gint64             number;
  PcServiceTransport transport;
} TypedRow;

static const TypedRow typed_rows[] = {
  { "995", TRUE, 995, PC_SERVICE_TRANSPORT_ANY },
  { "  995\t", TRUE, 995, PC_SERVICE_TRANSPORT_ANY },
  { "0995", TRUE, 995, PC_SERVICE_TRANSPORT_ANY },
  { "-3", TRUE, -3, PC_SERVICE_TRANSPORT_ANY },
  { "69/udp", TRUE, 69, PC_SERVICE_TRANSPORT_UDP },
  { "69 / UDP", TRUE, 69, PC_SERVICE_TRANSPORT_UDP },
  { "69 udp", TRUE, 69, PC_SERVICE_TRANSPORT_UDP },
  { "udp 69", TRUE, 69, PC_SERVICE_TRANSPORT_UDP },
  { "TCP69", TRUE, 69, PC_SERVICE_TRANSPORT_TCP },
  { "33553919", TRUE, 33553919, PC_SERVICE_TRANSPORT_ANY },
  { "9223372036854775807", TRUE, G_MAXINT64, PC_SERVICE_TRANSPORT_ANY },
  { "9223372036854775808", FALSE },
  { "", FALSE },
  { " ", FALSE },
  { "-", FALSE },
  { "port", FALSE },
  { "995x", FALSE },
  { "99 5", FALSE },
  { "9.5", FALSE },
  { "0x10", FALSE },
  { "+5", FALSE },
  { "995/", FALSE },
  { "995/sctp", FALSE },
  { "udp", FALSE },
  { "udp 69/tcp", FALSE },
  { "995 tcp tcp", FALSE },
  { "९९५", FALSE },
};

static void
test_typed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed_rows); i++) {
    const TypedRow *row = &typed_rows[i];
    PcAnswer        answer = { .kind = PC_ANSWER_BLANK };

    g_test_message ("row %u: \"%s\"", i, row->text);
    g_assert_cmpint (pc_answer_parse_number (row->text, &answer), ==,
                     row->good);
    if (row->good) {
      g_assert_cmpint (answer.number, ==, row->number);
      g_assert_cmpint (answer.transport, ==, row->transport);
    } else {
      g_assert_cmpint (answer.kind, ==, PC_ANSWER_BLANK);
    }
  }
}

static void
test_to_string (void)
{
  g_autoptr (PcBank) bank = bank_from_text (bank_text);
  PcItem  *part = pc_bank_lookup (bank, "part");
  PcItem  *number = pc_bank_lookup (bank, "num");
  PcAnswer two = make_answer (part, "ac");
  PcAnswer typed = make_answer (number, "udp 69");
  PcAnswer blank = { .kind = PC_ANSWER_BLANK };
  g_autofree char *two_text = pc_answer_to_string (&two, part);
  g_autofree char *typed_text = pc_answer_to_string (&typed, number);
  g_autofree char *blank_text = pc_answer_to_string (&blank, part);

  g_assert_cmpstr (two_text, ==, "a,c");
  g_assert_cmpstr (typed_text, ==, "69/udp");
  g_assert_cmpstr (blank_text, ==, "");
}

/* -- marks ----------------------------------------------------------------- */

typedef struct
{
  gboolean    answered;
  double      fraction;
  PcCertainty certainty;
  double      mark;
} MarkRow;

static const MarkRow mark_rows[] = {
  { TRUE, 1, PC_CERTAINTY_UNASKED, 0 },
  { TRUE, 1, PC_CERTAINTY_GUESS, 1 },
  { TRUE, 1, PC_CERTAINTY_FAIRLY, 2 },
  { TRUE, 1, PC_CERTAINTY_SURE, 3 },
  { TRUE, 0, PC_CERTAINTY_UNASKED, 0 },
  { TRUE, 0, PC_CERTAINTY_GUESS, 0 },
  { TRUE, 0, PC_CERTAINTY_FAIRLY, -2 },
  { TRUE, 0, PC_CERTAINTY_SURE, -6 },
  { TRUE, 0.5, PC_CERTAINTY_SURE, 1.5 },
  { FALSE, 0, PC_CERTAINTY_SURE, 0 },
};

static void
test_marks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mark_rows); i++) {
    const MarkRow *row = &mark_rows[i];
    const PcGrade  grade = { row->answered, row->fraction >= 1, row->fraction,
                             row->fraction };

    g_test_message ("row %u", i);
    g_assert_cmpfloat (pc_grade_certainty_mark (&grade, row->certainty), ==,
                       row->mark);
  }
}

typedef struct
{
  const char *item;
  const char *answer;
  PcCertainty certainty;
  gboolean    helped;
  guint       memory;
} MemoryRow;

static const MemoryRow memory_rows[] = {
  { "single", "a", PC_CERTAINTY_SURE, FALSE, 1 },
  { "single", "", PC_CERTAINTY_SURE, FALSE, 1 },
  { "part", "ab", PC_CERTAINTY_SURE, FALSE, 1 },
  { "single", "b", PC_CERTAINTY_GUESS, FALSE, 2 },
  { "single", "b", PC_CERTAINTY_SURE, TRUE, 2 },
  { "single", "b", PC_CERTAINTY_UNASKED, FALSE, 3 },
  { "single", "b", PC_CERTAINTY_FAIRLY, FALSE, 3 },
  { "single", "b", PC_CERTAINTY_SURE, FALSE, 3 }, /* recognised only */
  { "num", "995", PC_CERTAINTY_SURE, FALSE, 4 },
  { "num", "995", PC_CERTAINTY_SURE, TRUE, 2 },
  { "num", "995", PC_CERTAINTY_FAIRLY, FALSE, 3 },
};

static void
test_memory (void)
{
  g_autoptr (PcBank) bank = bank_from_text (bank_text);

  for (guint i = 0; i < G_N_ELEMENTS (memory_rows); i++) {
    const MemoryRow *row = &memory_rows[i];
    PcItem          *item = pc_bank_lookup (bank, row->item);
    PcAnswer         answer = make_answer (item, row->answer);
    PcGrade          grade = pc_grade (item, &answer);

    g_test_message ("row %u", i);
    g_assert_cmpuint (
        pc_grade_memory (&grade, item, row->certainty, row->helped), ==,
        row->memory);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grade/grade", test_grade);
  g_test_add_func ("/grade/foreign", test_foreign);
  g_test_add_func ("/grade/feedback", test_feedback);
  g_test_add_func ("/grade/typed", test_typed);
  g_test_add_func ("/grade/to-string", test_to_string);
  g_test_add_func ("/grade/marks", test_marks);
  g_test_add_func ("/grade/memory", test_memory);
  return g_test_run ();
}
