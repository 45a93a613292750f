/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand banks that something happened to: octets flipped, the end cut
 * off, members and elements taken away, pieces copied elsewhere.  None does
 * harm, each problem has a place, and what still loads can be asked, answered
 * and graded.
 */

#include "quiz/session.h"

#include <string.h>

#define N_MUTATED 10000

static char *eight_types;

static gboolean
has_step (const char *scenario,
          const char *step,
          gpointer    user_data)
{
  return TRUE;
}

/* -- mutations ------------------------------------------------------------ */

static void
flip (GString *text,
      GRand   *rand)
{
  guint n = g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n; i++)
    text->str[g_rand_int_range (rand, 0, text->len)] ^=
        (char) (1 << g_rand_int_range (rand, 0, 8));
}

static void
cut (GString *text,
     GRand   *rand)
{
  g_string_truncate (text, g_rand_int_range (rand, 0, text->len));
}

/* The end of the value at @at, as far as brackets and quotes tell. */
static gsize
find_value_end (const GString *text,
                gsize          at)
{
  int      depth = 0;
  gboolean quoted = FALSE;

  for (; at < text->len; at++) {
    char c = text->str[at];

    if (quoted) {
      if (c == '\\')
        at++;
      quoted = c != '"';
      continue;
    }
    if (depth == 0 && strchr (",]}", c) != NULL)
      return at;
    quoted = c == '"';
    depth += (c == '{' || c == '[') - (c == '}' || c == ']');
  }
  return text->len;
}

/* A place behind a "," or an opening bracket that is not in a string, or 0. */
static gsize
find_element (const GString *text,
              GRand         *rand)
{
  gsize    target = g_rand_int_range (rand, 1, text->len);
  gboolean quoted = FALSE;
  gsize    last = 0;

  for (gsize i = 0; i < target; i++) {
    char c = text->str[i];

    if (c == '"')
      quoted = !quoted;
    else if (!quoted && strchr ("{[,", c) != NULL)
      last = i + 1;
  }
  return last;
}

/* A member or element with its comma. */
static void
take_away (GString *text,
           GRand   *rand)
{
  gsize at = find_element (text, rand);
  gsize end = find_value_end (text, at);

  if (end < text->len && text->str[end] == ',')
    end++;
  else if (at > 0 && text->str[at - 1] == ',')
    at--;
  g_string_erase (text, at, end - at);
}

/* A member or element in place of another one. */
static void
transplant (GString *text,
            GRand   *rand)
{
  gsize            from = find_element (text, rand);
  g_autofree char *piece = g_strndup (text->str + from,
                                      find_value_end (text, from) - from);
  gsize            to = find_element (text, rand);

  g_string_erase (text, to, find_value_end (text, to) - to);
  g_string_insert (text, to, piece);
}

static void
mutate (GString *text,
        GRand   *rand,
        guint    index)
{
  switch (index % 8) {
  case 0: cut (text, rand); break;
  case 1:
  case 2: flip (text, rand); break;
  case 3:
  case 4:
    take_away (text, rand);
    if (text->len > 1 && index % 3 == 0)
      take_away (text, rand);
    break;
  default: transplant (text, rand); break;
  }
}

/* -- use ------------------------------------------------------------------ */

/* Some answer of the right kind, as whoever clicks about would give. */
static void
make_answer (PcItem   *item,
             guint     n,
             PcAnswer *answer)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_NUMBER: pc_answer_parse_number ("69/udp", answer); break;
  case PC_ITEM_MATCH:
    for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++)
      pc_answer_set_pair (answer, i,
                          (i + n) % pc_item_get_n_choices (item,
                                                           PC_ITEM_RIGHT));
    break;
  case PC_ITEM_ORDER:
    for (guint i = 0; i < pc_item_get_n_steps (item); i++)
      pc_answer_append_step (answer, i);
    break;
  case PC_ITEM_FAULT:
    pc_answer_set_line (answer, n % pc_item_get_stimulus (item)->n_lines,
                        TRUE);
    answer->options = 1;
    break;
  case PC_ITEM_CONFIGURE:
    for (guint i = 0; i < pc_item_get_n_fields (item); i++)
      pc_answer_set_field (answer, item, i,
                           i % 2 == 0 ? pc_item_get_setting (item, 0, i)
                                      : "tls");
    break;
  case PC_ITEM_PREDICT:
    if (n % 2 == 0) {
      pc_answer_set_text (answer, "354 go");
      break;
    }
    G_GNUC_FALLTHROUGH;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  default:
    answer->kind = PC_ANSWER_OPTIONS;
    answer->options = 1u << (n % 3);
    break;
  }
}

static void
use (PcBank *bank,
     guint   n)
{
  const PcSessionOptions options = { .mode = PC_SESSION_PRACTICE, .seed = n };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);

  for (; !pc_session_is_finished (session); pc_session_next (session)) {
    PcItem *item = pc_session_get_item (session);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    g_auto (PcAnswer) again = { .kind = PC_ANSWER_BLANK };
    g_autofree char *text = NULL;
    g_autoptr (GArray) rows = NULL;
    const PcSessionAnswer *row;

    make_answer (item, n, &answer);
    row = pc_session_answer (session, &answer, PC_CERTAINTY_SURE, 1);
    g_assert_true (row->grade.fraction >= 0 && row->grade.fraction <= 1);
    rows = pc_grade_list_feedback (item, &answer, "de");
    text = pc_answer_to_string (&answer, item);
    g_assert_true (pc_answer_from_string (text, item, &again));
  }
}

static void
test_mutated (void)
{
  GRand *rand = g_rand_new_with_seed (20261123);
  guint  n_loaded = 0, n_refused = 0, n_problems = 0;

  for (guint i = 0; i < N_MUTATED; i++) {
    GString *text = g_string_new (eight_types);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = NULL;
    g_autoptr (PcBank) bank = NULL;

    mutate (text, rand, i);
    json = pc_json_parse ("bank", (const guint8 *) text->str, text->len,
                          problems);
    if (json != NULL)
      bank = pc_bank_new_from_json (json, NULL, problems, has_step, NULL);
    g_string_free (text, TRUE);
    for (guint j = 0; j < pc_problems_get_n (problems); j++) {
      const PcProblem *problem = pc_problems_get (problems, j);

      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (problem->column, >, 0);
      g_assert_cmpstr (problem->message, !=, "");
    }
    n_problems += pc_problems_get_n (problems);
    if (bank == NULL) {
      g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
      n_refused++;
      continue;
    }
    n_loaded++;
    use (bank, i);
  }
  g_rand_free (rand);
  g_test_message ("%u loaded, %u refused, %u problems", n_loaded, n_refused,
                  n_problems);
  /* Otherwise the mutations are too tame or too wild to tell anything. */
  g_assert_cmpuint (n_loaded, >, N_MUTATED / 4);
  g_assert_cmpuint (n_refused, >, N_MUTATED / 4);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_file_get_contents (EIGHT_TYPES, &eight_types, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/mutated/banks", test_mutated);
  result = g_test_run ();
  g_clear_pointer (&eight_types, g_free);
  return result;
}
