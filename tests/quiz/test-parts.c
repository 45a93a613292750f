/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of match, order, fault, predict and configure items that do not
 * make sense: the code, and where.
 */

#include "bank-text.h"

#define HEAD "\"id\":\"i\",\"stem\":\"Which?\","
#define MATCH(left, right, pairs) \
  "{" HEAD "\"type\":\"match\",\"left\":[" left "],\"right\":[" right "]," \
  "\"pairs\":[" pairs "]}"
#define O(id) "{\"id\":\"" id "\",\"text\":\"" id "\"}"
#define T(id, text) "{\"id\":\"" id "\",\"text\":\"" text "\"}"
#define P(left, right) "{\"left\":\"" left "\",\"right\":\"" right "\"}"
#define ORDER(rest) \
  "{" HEAD "\"type\":\"order\",\"steps\":[" O ("a") "," O ("b") "," O ("c") \
  "]" rest "}"
#define FAULT(stimulus, rest) \
  "{" HEAD "\"type\":\"fault\",\"stimulus\":\"" stimulus "\"," rest "}"
#define SIMULATION "\"simulation\":{\"scenario\":\"s\",\"step\":\"t\"}"
#define PREDICT(rest) "{" HEAD "\"type\":\"predict\"," SIMULATION "," rest "}"
#define REPLY "\"ask\":\"next-reply\","
#define CODE "\"accept\":[{\"match\":\"code\",\"value\":\"354\"}]"
#define CONFIGURE(accept, rest) \
  "{" HEAD "\"type\":\"configure\",\"fields\":[{\"id\":\"p\",\"label\":\"P\"," \
  "\"kind\":\"port\"},{\"id\":\"c\",\"label\":\"C\",\"kind\":\"choice\"," \
  "\"choices\":[" O ("x") "," O ("y") "]},{\"id\":\"f\",\"label\":\"F\"," \
  "\"kind\":\"flag\"}],\"accept\":[" accept "]" rest "}"
#define RULE(when) ",\"rules\":[{\"when\":" when ",\"feedback\":\"F\"}]"

static const struct
{
  const char *item;
  const char *code; /* NULL: nothing wrong */
  const char *pointer;
} rows[] = {
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("b", "y")), NULL, NULL },
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("b", "x")), NULL, NULL },
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("a", "y")), "Q105", "/items/0/left/0" },
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("a", "y")), "Q105", "/items/0/left/1" },
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("b", "z")), "Q101", "/items/0/pairs/1" },
  { MATCH (O ("a") "," O ("b"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("z", "y")), "Q101", "/items/0/pairs/1" },
  { MATCH (O ("a") "," O ("a"), O ("x") "," O ("y"),
           P ("a", "x") "," P ("a", "y")), "Q100", "/items/0/left/1" },
  { MATCH (O ("a") "," O ("b"), O ("x") "," T ("y", "X"),
           P ("a", "x") "," P ("b", "y")), "Q104", "/items/0/right/1" },

  { ORDER (""), NULL, NULL },
  { ORDER (",\"free\":[[\"a\",\"b\"]],\"decoys\":[" O ("d") "]"), NULL, NULL },
  { ORDER (",\"free\":[[\"a\",\"z\"]]"), "Q101", "/items/0/free/0" },
  { ORDER (",\"free\":[[\"a\",\"d\"]],\"decoys\":[" O ("d") "]"), "Q101",
    "/items/0/free/0" },
  { ORDER (",\"free\":[[\"a\",\"b\"],[\"b\",\"c\"]]"), "Q100",
    "/items/0/free/1" },
  { ORDER (",\"free\":[[\"a\"]]"), "Q024", "/items/0/free/0" },
  { ORDER (",\"free\":[[\"a\",7]]"), "Q024", "/items/0/free/0/1" },
  { ORDER (",\"free\":[7]"), "Q022", "/items/0/free/0" },
  { ORDER (",\"decoys\":[" O ("a") "]"), "Q100", "/items/0/decoys/0" },

  { FAULT ("log", "\"fault_lines\":[\"b\"],\"corrections\":{\"b\":\"C\"}"),
    NULL, NULL },
  { FAULT ("log", "\"fault_lines\":[\"b\"]"), NULL, NULL },
  { FAULT ("log", "\"fault_lines\":[\"b\"]," SIMULATION), "Q101",
    "/items/0/fault_lines/0" },
  { FAULT ("none", "\"fault_lines\":[\"b\"]"), "Q101", "/items/0/stimulus" },
  { FAULT ("log", "\"fault_lines\":[\"z\"]"), "Q101",
    "/items/0/fault_lines/0" },
  { FAULT ("log", "\"fault_lines\":[\"n\"]"), "Q101",
    "/items/0/fault_lines/0" },
  { FAULT ("log", "\"fault_lines\":[\"b\",\"b\"]"), "Q100",
    "/items/0/fault_lines/1" },
  { FAULT ("log", "\"fault_lines\":[]"), "Q024", "/items/0/fault_lines" },
  { FAULT ("log", "\"fault_lines\":[\"b\"],\"corrections\":{\"b\":\"B\"}"),
    "Q104", "/items/0/fault_lines/0" },
  { FAULT ("log", "\"fault_lines\":[\"b\"],\"corrections\":{\"b\":\"C\","
                  "\"a\":\"D\"}"), "Q101", "/items/0/corrections/a" },
  { FAULT ("log", "\"fault_lines\":[\"b\"],\"options\":[" O ("a") ","
                  O ("b") "]"), "Q102", "/items/0/options" },

  { PREDICT (REPLY CODE), NULL, NULL },
  { PREDICT (REPLY CODE ",\"options\":[" T ("a", "250") ",{\"id\":\"b\","
             "\"text\":\"`354` please\",\"correct\":true}]"), NULL, NULL },
  { PREDICT (REPLY CODE ",\"options\":[" T ("a", "250") ",{\"id\":\"b\","
             "\"text\":\"It asks\",\"correct\":true,\"x-value\":\"354\"}]"),
    NULL, NULL },
  { PREDICT (REPLY CODE ",\"options\":[" T ("a", "354 no") ",{\"id\":\"b\","
             "\"text\":\"354\",\"correct\":true}]"), "Q110",
    "/items/0/options/0" },
  { PREDICT (REPLY CODE ",\"options\":[" T ("a", "250") ",{\"id\":\"b\","
             "\"text\":\"3541\",\"correct\":true}]"), "Q110",
    "/items/0/options/1" },
  { PREDICT (REPLY CODE ",\"options\":[" T ("a", "250") "," T ("b", "354")
             "]"), "Q102", "/items/0/options" },
  { PREDICT (CODE ",\"ask\":\"next-state\""), "Q109", "/items/0/accept/0" },
  { PREDICT (REPLY "\"accept\":[{\"match\":\"state\",\"value\":\"S\"}]"),
    "Q109", "/items/0/accept/0" },
  { PREDICT (REPLY "\"accept\":[{\"match\":\"code\",\"value\":\"1\"},"
                   "{\"match\":\"code\",\"value\":\"1\"}]"), "Q109",
    "/items/0/accept/1" },
  { "{" HEAD "\"type\":\"predict\",\"simulation\":{\"scenario\":\"s\"}," REPLY
    CODE "}", "Q023", "/items/0/simulation" },

  { CONFIGURE ("{\"p\":993,\"c\":\"x\",\"f\":true}", ""), NULL, NULL },
  { CONFIGURE ("{\"p\":\"993\",\"f\":\"yes\"}", RULE ("{\"p\":25}")), NULL,
    NULL },
  { CONFIGURE ("{\"z\":1}", ""), "Q101", "/items/0/accept/0/z" },
  { CONFIGURE ("{\"p\":70000}", ""), "Q106", "/items/0/accept/0/p" },
  { CONFIGURE ("{\"p\":\"many\"}", ""), "Q106", "/items/0/accept/0/p" },
  { CONFIGURE ("{\"p\":[]}", ""), "Q024", "/items/0/accept/0/p" },
  { CONFIGURE ("{\"c\":\"z\"}", ""), "Q101", "/items/0/accept/0/c" },
  { CONFIGURE ("{\"f\":\"perhaps\"}", ""), "Q024", "/items/0/accept/0/f" },
  { CONFIGURE ("{}", ""), "Q024", "/items/0/accept/0" },
  { CONFIGURE ("{\"p\":1},{\"p\":1,\"c\":\"x\"}", ""), "Q109",
    "/items/0/accept/1" },
  { CONFIGURE ("{\"p\":1,\"c\":\"x\"}", RULE ("{\"p\":1}")), "Q110",
    "/items/0/accept/0" },
  { CONFIGURE ("{\"p\":1}", RULE ("{\"z\":1}")), "Q101",
    "/items/0/rules/0/when/z" },
  { CONFIGURE ("{\"p\":1}", RULE ("{}")), "Q024", "/items/0/rules/0/when" },
  { "{" HEAD "\"type\":\"configure\",\"fields\":[{\"id\":\"a\",\"label\":"
    "\"A\",\"kind\":\"text\"},{\"id\":\"a\",\"label\":\"B\",\"kind\":\"text\"}"
    "],\"accept\":[{\"a\":\"x\"}]}", "Q100", "/items/0/fields/1" },
  { "{" HEAD "\"type\":\"configure\",\"fields\":[{\"id\":\"a\",\"label\":"
    "\"A\",\"kind\":\"text\",\"choices\":[" O ("x") "," O ("y") "]}],"
    "\"accept\":[{\"a\":\"x\"}]}", "Q109", "/items/0/fields/0" },
  { "{" HEAD "\"type\":\"configure\",\"fields\":[{\"id\":\"a\",\"label\":"
    "\"A\",\"kind\":\"choice\"}],\"accept\":[{\"a\":\"x\"}]}", "Q023",
    "/items/0/fields/0" },
};

static PcBank *
load (const char *item,
      PcProblems *problems)
{
  g_autofree char *text = g_strdup_printf (
      BANK_TEXT ("\"stimuli\":[{\"id\":\"log\",\"kind\":\"transcript\","
                 "\"lines\":[{\"id\":\"a\",\"from\":\"C\",\"text\":\"A\"},"
                 "{\"id\":\"b\",\"from\":\"S\",\"text\":\"B\"},"
                 "{\"id\":\"n\",\"from\":\"N\",\"text\":\"N\"}]}],"
                 "\"items\":[%s]"),
      item);
  g_autoptr (PcJson) json = pc_json_parse ("bank", (const guint8 *) text,
                                           strlen (text), problems);

  g_assert_nonnull (json);
  return pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
}

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBank) bank = load (rows[i].item, problems);
    gboolean found = rows[i].code == NULL;

    g_test_message ("row %u: %s", i, rows[i].item);
    for (guint j = 0; j < pc_problems_get_n (problems); j++) {
      const PcProblem *problem = pc_problems_get (problems, j);

      if (problem->severity != PC_SEVERITY_ERROR)
        continue;
      g_test_message ("  %s %s %s", problem->code, problem->pointer,
                      problem->message);
      found = found || (g_str_equal (problem->code, rows[i].code) &&
                        g_str_equal (problem->pointer, rows[i].pointer));
      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (problem->column, >, 0);
    }
    g_assert_true (found);
    g_assert_nonnull (bank);
    g_assert_cmpuint (pc_bank_get_n_items (bank), ==, rows[i].code == NULL);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parts/errors", test_errors);
  return g_test_run ();
}
