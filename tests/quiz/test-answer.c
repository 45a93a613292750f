/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of every type: what they are worth, how they are written down and
 * read back, what there is to say about them; the order in which things are
 * shown, and what is shown beside a question.
 */

#include "quiz/record-answer.h"
#include "quiz/session.h"

#include <string.h>

static PcBank *bank;

/* -- worth and text ------------------------------------------------------- */

typedef struct
{
  const char *item;
  const char *answer; /* as in the record */
  gboolean    answered;
  double      fraction;
} Row;

#define ACCOUNT(port, sec, out_port, out_sec, login) \
  "in-proto=imap&in-port=" port "&in-sec=" sec "&out-host=mail.example.test" \
  "&out-port=" out_port "&out-sec=" out_sec "&out-login=" login

static const Row rows[] = {
  { "one", "a", TRUE, 1 },
  { "one", "", FALSE, 0 },
  { "some", "a,b", TRUE, 1 },
  { "typed", "69/udp", TRUE, 1 },
  { "typed", "69", FALSE, 0 },
  { "pairs", "imap=p143,pop3=p110,smtp=p25", TRUE, 1 },
  { "pairs", "imap=p143,pop3=p110,smtp=p69", TRUE, 2.0 / 3 },
  { "pairs", "imap=p110,pop3=p143,smtp=p25", TRUE, 1.0 / 3 },
  { "pairs", "imap=p69,pop3=p69,smtp=p69", TRUE, 0 },
  { "pairs", "imap=p143,smtp=p25", FALSE, 0 },
  { "steps", "s1,s2,s3,s4,s5", TRUE, 1 },
  { "steps", "s1,s3,s2,s4,s5", TRUE, 1 }, /* those may change places */
  { "steps", "s2,s1,s3,s4,s5", TRUE, 0.75 }, /* free-1, 1-free, 4-5 */
  { "steps", "s5,s4,s3,s2,s1", TRUE, 0.25 },
  { "steps", "s1,s2,s3,s5,s4", TRUE, 0.5 },
  { "steps", "s1,s2,s3,s4", TRUE, 0.75 },
  { "steps", "s1,s2,d1,s3,s4,s5", TRUE, 0.75 },
  { "steps", "s1,s2,s3,s4,s5,d1", TRUE, 0.8 }, /* not right for the decoy */
  { "steps", "d1", TRUE, 0 },
  { "wrong-line", "l8;r1", TRUE, 1 },
  { "wrong-line", "l8;r2", TRUE, 0.5 },
  { "wrong-line", "l6;r1", TRUE, 0.5 },
  { "wrong-line", "l6,l8;r1", TRUE, 0.5 },
  { "wrong-line", "l6;r2", TRUE, 0 },
  { "wrong-line", "l8", FALSE, 0 },
  { "wrong-line", ";r1", FALSE, 0 },
  { "wrong-packets", "p3,p5", TRUE, 1 },
  { "wrong-packets", "p3", TRUE, 0 },
  { "wrong-packets", "p3,p4,p5", TRUE, 0 },
  { "next-code", "a", TRUE, 1 },
  { "next-code", "b", TRUE, 0 },
  { "next-code", "=354", TRUE, 1 },
  { "next-code", "=354 Go ahead", TRUE, 1 },
  { "next-code", "=354-", TRUE, 1 },
  { "next-code", "=3540", TRUE, 0 },
  { "next-code", "=250", TRUE, 0 },
  { "next-code", "=", FALSE, 0 },
  { "next-status", "=ok", TRUE, 1 },
  { "next-status", "=OK done", TRUE, 1 },
  { "next-status", "=okay", TRUE, 0 },
  { "next-prefix", "=mail from:<a@example.test>", TRUE, 1 },
  { "next-prefix", "=MAIL", TRUE, 0 },
  { "next-exact", "=+ok  message 1 will be deleted at quit", TRUE, 1 },
  { "next-exact", "=+OK", TRUE, 1 },
  { "next-exact", "=-ERR", TRUE, 0 },
  { "next-state", "=selected", TRUE, 1 },
  { "next-state", "=selected now", TRUE, 0 },
  { "next-state", "b", TRUE, 1 },
  { "next-packet", "=ACK 1", TRUE, 1 },
  { "account", ACCOUNT ("993", "tls", "465", "tls", "yes"), TRUE, 1 },
  { "account", ACCOUNT ("993", "tls", "587", "starttls", "yes"), TRUE, 1 },
  { "account", ACCOUNT ("993", "tls", "0587", "starttls", "yes"), TRUE, 1 },
  { "account", ACCOUNT ("993", "tls", "465", "starttls", "yes"), TRUE,
    6.0 / 7 },
  { "account", ACCOUNT ("143", "none", "587", "starttls", "no"), TRUE,
    4.0 / 7 },
  { "account", "in-port=993", FALSE, 0 },
};

static void
test_worth (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    PcItem    *item = pc_bank_lookup (bank, row->item);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    g_autofree char *text = NULL;
    PcGrade grade;

    g_test_message ("row %u: %s \"%s\"", i, row->item, row->answer);
    g_assert_true (pc_answer_from_string (row->answer, item, &answer));
    grade = pc_grade (item, &answer);
    g_assert_cmpint (grade.answered, ==, row->answered);
    g_assert_cmpint (pc_answer_is_complete (&answer, item), ==, row->answered);
    g_assert_cmpfloat_with_epsilon (grade.fraction, row->fraction, 1e-9);
    g_assert_cmpint (grade.correct, ==, row->fraction >= 1);
    text = pc_answer_to_string (&answer, item);
    g_assert_cmpstr (text, ==, row->answer);
  }
}

/* What an item may have been asked once, and is no answer to it now. */
static void
test_no_answer (void)
{
  static const char *const table[][2] = {
    { "one", "z" }, { "one", "a,z" }, { "typed", "many" },
    { "pairs", "imap" }, { "pairs", "imap=z" }, { "pairs", "z=p25" },
    { "steps", "s1,z" }, { "wrong-line", "l8;z" }, { "wrong-line", "z;r1" },
    { "next-code", "z" }, { "account", "in-port" }, { "account", "z=1" },
    { "account", "in-port=%zz" },
    { "steps", "s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,s1,"
               "s1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    PcAnswer answer;

    g_test_message ("%s \"%s\"", table[i][0], table[i][1]);
    g_assert_false (pc_answer_from_string (
        table[i][1], pc_bank_lookup (bank, table[i][0]), &answer));
    g_assert_cmpint (answer.kind, ==, PC_ANSWER_BLANK);
  }
}

/* What the record says to be right: an answer that earns all, in every type. */
static void
test_right (void)
{
  static const char *const rights[][2] = {
    { "one", "a" },
    { "some", "a,b" },
    { "typed", "69/udp" },
    { "pairs", "imap=p143,pop3=p110,smtp=p25" },
    { "steps", "s1,s2,s3,s4,s5" },
    { "wrong-line", "l8;r1" },
    { "wrong-packets", "p3,p5" },
    { "next-code", "a" },
    { "next-packet", "=ACK" },
    { "account", ACCOUNT ("993", "tls", "465", "tls", "yes") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++) {
    PcItem *item = pc_bank_lookup (bank, rights[i][0]);
    g_autofree char *key = pc_record_dup_key (item);

    g_assert_cmpstr (key, ==, rights[i][1]);
  }
  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem *item = pc_bank_get_item (bank, i);
    g_auto (PcAnswer) right = { .kind = PC_ANSWER_BLANK };

    pc_answer_fill_right (&right, item);
    g_assert_true (pc_grade (item, &right).correct);
  }
}

/* What was recalled is known better than what was recognised. */
static void
test_memory (void)
{
  static const struct
  {
    const char *item;
    const char *answer;
    guint       grade;
  } table[] = {
    { "one", "a", 3 }, { "pairs", "imap=p143,pop3=p110,smtp=p25", 3 },
    { "typed", "69/udp", 4 }, { "next-code", "a", 3 },
    { "next-code", "=354", 4 }, { "next-code", "=250", 1 },
    { "account", ACCOUNT ("993", "tls", "465", "tls", "yes"), 4 },
    { "account", ACCOUNT ("143", "tls", "465", "tls", "yes"), 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    PcItem *item = pc_bank_lookup (bank, table[i].item);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    PcGrade grade;

    g_test_message ("row %u", i);
    g_assert_true (pc_answer_from_string (table[i].answer, item, &answer));
    grade = pc_grade (item, &answer);
    g_assert_cmpuint (pc_grade_memory (&grade, item, PC_CERTAINTY_SURE, FALSE),
                      ==, table[i].grade);
  }
}

/* A password of one's own goes nowhere. */
static void
test_password (void)
{
  static const char text[] =
      "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
      "\"id\":\"t\",\"version\":\"1.0.0\",\"language\":\"en\",\"title\":\"T\","
      "\"license\":{\"spdx\":\"CC0-1.0\"},\"items\":[{\"id\":\"i\","
      "\"type\":\"configure\",\"stem\":\"Set it up.\",\"fields\":["
      "{\"id\":\"password\",\"label\":\"Password\",\"kind\":\"text\"}],"
      "\"accept\":[{\"password\":\"portcall\"}]}]}";
  static const char *const table[][2] = {
    { "portcall", "password=portcall" }, { "my own", "" },
  };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("t", (const guint8 *) text,
                                           strlen (text), problems);
  g_autoptr (PcBank) own = pc_bank_new_from_json (json, NULL, problems, NULL,
                                                  NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    PcItem *item = pc_bank_get_item (own, 0);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    g_autofree char *record = NULL;

    pc_answer_set_field (&answer, item, 0, table[i][0]);
    record = pc_answer_to_string (&answer, item);
    g_assert_cmpstr (record, ==, table[i][1]);
  }
}

static void
test_parts (void)
{
  static const struct
  {
    const char *item;
    const char *answer;
    const char *right; /* + or - for every part */
  } table[] = {
    { "pairs", "imap=p143,pop3=p25,smtp=p110", "+--" },
    { "steps", "s1,s3,s2,s5,s4", "+++--" },
    { "steps", "s1,s2", "++---" },
    { "wrong-packets", "p3,p4", "+++--" },
    { "account", ACCOUNT ("993", "none", "465", "tls", "no"), "++-+++-" },
    { "some", "a,c", "+--" },
    { "next-code", "b", "--+" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    PcItem *item = pc_bank_lookup (bank, table[i].item);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    GString *marks = g_string_new (NULL);

    g_assert_true (pc_answer_from_string (table[i].answer, item, &answer));
    for (guint j = 0; j < strlen (table[i].right); j++)
      g_string_append_c (marks, pc_grade_part (item, &answer, j) ? '+' : '-');
    g_test_message ("%s %s: %s", table[i].item, table[i].answer, marks->str);
    g_assert_cmpstr (marks->str, ==, table[i].right);
    g_string_free (marks, TRUE);
  }
}

/* -- feedback ------------------------------------------------------------- */

static char *
describe (PcItem     *item,
          const char *text,
          const char *language)
{
  static const char *const roles[] = { "chosen", "missed", "other" };
  static const char *const marks[] = { "right", "wrong", "unsafe", "but" };
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  g_autoptr (GArray) feedback = NULL;
  GString *out = g_string_new (NULL);

  g_assert_true (pc_answer_from_string (text, item, &answer));
  feedback = pc_grade_list_feedback (item, &answer, language);
  for (guint i = 0; i < feedback->len; i++) {
    const PcFeedback *row = &g_array_index (feedback, PcFeedback, i);

    g_string_append_printf (out, "%s %s: %s", roles[row->role],
                            marks[row->mark],
                            row->subject != NULL ? row->subject : "");
    if (row->expected != NULL)
      g_string_append_printf (out, " [%s]", row->expected);
    if (row->text != NULL)
      g_string_append_printf (out, " (%s)", row->text);
    if (row->right_when != NULL)
      g_string_append_printf (out, " {%s}", row->right_when);
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *item;
  const char *answer;
  const char *language;
  const char *text;
} feedback_rows[] = {
  { "one", "b", NULL,
    "chosen wrong: 110 (110 is the port of POP3.) {The client speaks POP3.}\n"
    "missed right: 143 (143 is the port of IMAP.)\n"
    "other wrong: 25 {A server hands mail on.}\n" },
  { "one", "b", "de",
    "chosen wrong: 110 (110 ist der Port von POP3.) "
    "{The client speaks POP3.}\n"
    "missed right: 143 (143 is the port of IMAP.)\n"
    "other wrong: 25 {A server hands mail on.}\n" },
  { "some", "a,c", NULL,
    "chosen right: RETR (RETR only reads.)\n"
    "chosen wrong: DELE and QUIT (QUIT carries the deletions out.)\n"
    "missed right: STAT\n" },
  { "typed", "69/udp", NULL,
    "chosen right: 69/udp (69 it is.)\nother wrong: 21 {It is FTP.}\n" },
  { "typed", "", NULL,
    "missed right: 69 (69 it is.)\nother wrong: 21 {It is FTP.}\n" },
  { "pairs", "imap=p69,pop3=p110,smtp=p25", "de",
    "chosen wrong: IMAP → 69 [143] (IMAP lauscht auf 143.) "
    "{A switch fetches a file.}\n"
    "chosen right: POP3 → 110\nchosen right: SMTP → 25\n" },
  { "pairs", "", NULL,
    "missed wrong: IMAP [143] (IMAP listens on 143.)\n"
    "missed wrong: POP3 [110]\nmissed wrong: SMTP [25]\n" },
  { "steps", "s1,d1,s3", NULL,
    "chosen right: The client logs in\n"
    "chosen wrong: The client expunges the mailbox "
    "[The client asks for the sizes] (EXPUNGE is IMAP.) {It is IMAP.}\n"
    "chosen right: The client asks for the number\n"
    "missed right: The client asks for the sizes "
    "(STAT and LIST may come in any order.)\n"
    "missed right: The client marks a message (DELE only marks.)\n"
    "missed right: The client says goodbye\n" },
  { "wrong-line", "l6;r2", NULL,
    "chosen wrong: +OK Message 1 will be deleted at QUIT\n"
    "missed right: +OK 283 octets [-ERR Message 1 is deleted]\n"
    "chosen wrong: The number of octets is too small "
    "(It is what LIST said.) {LIST had told another size.}\n"
    "missed right: A marked message is out of reach (RFC 1939 says so.)\n" },
  { "next-code", "=354 go", NULL,
    "chosen right: 354 go (354 asks for the message.)\n"
    "other wrong: 250 and goes on {The dot was sent.}\n" },
  { "next-code", "=221", NULL,
    "chosen wrong: 221 [354] (Nobody said QUIT.)\n"
    "missed right: `354` and waits (354 asks for the message.)\n"
    "other wrong: 250 and goes on {The dot was sent.}\n" },
  { "next-packet", "=ERROR", NULL, "chosen wrong: ERROR [ACK]\n" },
  { "next-packet", "", NULL, "missed right: ACK\n" },
  { "account", ACCOUNT ("143", "none", "465", "tls", "yes"), "de",
    "chosen unsafe:  (Das Passwort ist zu lesen.)\n"
    "chosen right: Account type: IMAP\n"
    "chosen wrong: Port für Eingang: 143 [993]\n"
    "chosen wrong: Incoming security: Keine [TLS]\n"
    "chosen right: Outgoing server: mail.example.test\n"
    "chosen right: Outgoing port: 465\n"
    "chosen right: Outgoing security: TLS\n"
    "chosen right: Log in to send: yes\n" },
};

static void
test_feedback (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (feedback_rows); i++) {
    PcItem          *item = pc_bank_lookup (bank, feedback_rows[i].item);
    g_autofree char *text = describe (item, feedback_rows[i].answer,
                                      feedback_rows[i].language);

    g_test_message ("row %u", i);
    g_assert_cmpstr (text, ==, feedback_rows[i].text);
  }
}

/* -- what is shown -------------------------------------------------------- */

static void
test_stimulus (void)
{
  PcItem           *item = pc_bank_lookup (bank, "wrong-line");
  const PcStimulus *log = pc_item_get_stimulus (item);
  const PcStimulus *packets = pc_item_get_stimulus (
      pc_bank_lookup (bank, "wrong-packets"));

  g_assert_null (pc_item_get_stimulus (pc_bank_lookup (bank, "one")));
  g_assert_cmpint (log->kind, ==, PC_STIMULUS_TRANSCRIPT);
  g_assert_cmpstr (log->protocol, ==, "pop3");
  g_assert_cmpuint (log->n_lines, ==, 9);
  g_assert_cmpint (log->lines[3].from, ==, 'N');
  g_assert_cmpstr (pc_item_get_stimulus_title (item, "de"), ==,
                   "Eine Sitzung");
  g_assert_cmpstr (pc_item_get_stimulus_text (item, 3, "de"), ==,
                   "Der Rechner löscht die Nachricht.");
  g_assert_cmpstr (pc_item_get_stimulus_text (item, 0, "de"), ==,
                   "USER alex");
  g_assert_true (pc_item_get_line_wrong (item, 7));
  g_assert_false (pc_item_get_line_wrong (item, 6));
  g_assert_cmpuint (pc_item_get_n_wrong_lines (item), ==, 1);
  g_assert_cmpstr (pc_item_get_line_correction (item, 7), ==,
                   "-ERR Message 1 is deleted");
  g_assert_null (pc_item_get_line_correction (item, 6));
  g_assert_cmpint (packets->kind, ==, PC_STIMULUS_PACKETS);
  g_assert_cmpuint (packets->index, ==, 1);
  g_assert_cmpmem (packets->lines[2].octets, packets->lines[2].n_octets,
                   "\0\4\0\2", 4);
  g_assert_cmpuint (packets->lines[1].n_octets, ==, 0);
}

static void
test_form (void)
{
  PcItem *item = pc_bank_lookup (bank, "account");
  int     sec = pc_item_find_field (item, "in-sec");

  g_assert_cmpint (sec, ==, 2);
  g_assert_cmpint (pc_item_find_field (item, "none"), ==, -1);
  g_assert_cmpuint (pc_item_get_n_field_choices (item, sec), ==, 3);
  g_assert_cmpstr (pc_item_get_field_choice_text (item, sec, 0, "de"), ==,
                   "Keine");
  g_assert_cmpstr (pc_item_get_field_preset (item, 1), ==, "143");
  g_assert_null (pc_item_get_field_preset (item, sec));
  g_assert_cmpstr (pc_item_get_setting (item, 0, 6), ==, "yes");
  g_assert_cmpstr (pc_item_get_rule_when (item, 0, 4), ==, "465");
  g_assert_null (pc_item_get_rule_when (item, 0, 0));
}

/* Rights and steps are shuffled by the seed, steps never into their order. */
static void
test_order (void)
{
  static const char *const ids[] = { "pairs", "steps", "account", NULL };
  gboolean differ = FALSE;

  for (guint seed = 0; seed < 300; seed++) {
    const PcSessionOptions options = { .mode = PC_SESSION_EXAM,
                                       .seed = seed,
                                       .keep_order = TRUE,
                                       .keep_options = TRUE,
                                       .items = ids };
    g_autoptr (PcSession) session = pc_session_new (bank, &options);
    g_autofree char *first = pc_session_dup_option_order (session);
    g_autofree char *second = NULL;
    g_autofree char *third = NULL;
    const guint *order;
    guint n, sum = 0;
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };

    differ = differ || !g_str_equal (first, "0,1,2,3");
    order = pc_session_get_order (session, PC_ITEM_LEFT, &n);
    g_assert_cmpuint (n, ==, 3);
    g_assert_cmpuint (order[2], ==, 2);
    pc_session_next (session);
    order = pc_session_get_order (session, PC_ITEM_STEPS, &n);
    g_assert_cmpuint (n, ==, 6);
    for (guint i = 0; i < n; i++) {
      sum |= 1u << order[i];
      if (i < 5)
        pc_answer_append_step (&answer, order[i]);
    }
    g_assert_cmpuint (sum, ==, 0x3f);
    g_assert_false (pc_grade (pc_session_get_item (session), &answer).correct);
    second = pc_session_dup_option_order (session);
    g_assert_cmpuint (strlen (second), ==, 11);
    pc_session_next (session);
    third = pc_session_dup_option_order (session);
    g_assert_cmpstr (third, ==, "");
  }
  g_assert_true (differ);
}

static void
test_types (void)
{
  const PcSessionOptions options = {
    .types = 1u << PC_ITEM_FAULT | 1u << PC_ITEM_MATCH,
  };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);

  g_assert_cmpuint (pc_session_get_n_total (session), ==, 3);
}

/* An answer with texts outlives the one it was made from. */
static void
test_kept (void)
{
  static const char *const ids[] = { "next-code", NULL };
  const PcSessionOptions options = { .items = ids };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  PcAnswer answer = { .kind = PC_ANSWER_BLANK };
  const PcSessionAnswer *row;

  pc_answer_set_text (&answer, " 354 ");
  row = pc_session_answer (session, &answer, PC_CERTAINTY_SURE, 1);
  pc_answer_clear (&answer);
  g_assert_cmpstr (row->answer.text, ==, "354");
  g_assert_true (row->grade.correct);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  int result;

  g_test_init (&argc, &argv, NULL);
  bank = pc_bank_load (EIGHT_TYPES, NULL, problems, NULL, NULL);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_test_add_func ("/answer/worth", test_worth);
  g_test_add_func ("/answer/no-answer", test_no_answer);
  g_test_add_func ("/answer/right", test_right);
  g_test_add_func ("/answer/memory", test_memory);
  g_test_add_func ("/answer/password", test_password);
  g_test_add_func ("/answer/parts", test_parts);
  g_test_add_func ("/answer/feedback", test_feedback);
  g_test_add_func ("/answer/stimulus", test_stimulus);
  g_test_add_func ("/answer/form", test_form);
  g_test_add_func ("/answer/order", test_order);
  g_test_add_func ("/answer/types", test_types);
  g_test_add_func ("/answer/kept", test_kept);
  result = g_test_run ();
  g_clear_object (&bank);
  return result;
}
