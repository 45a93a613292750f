/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a bank with a question of each type by real keys: the mistakes below
 * the form say what is missing and lead to its field, until there are none.
 * Then its file is changed by others, whole and broken, and the quiz goes on.
 * And questions go to other programs and back. */

#include "fixture.h"

#include "app/bank-editor.h"
#include "app/exchange-window.h"

#include "quiz/bank-edit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static PcBankEditor *editor;

/* -- keys ----------------------------------------------------------------- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *(gboolean *) data = TRUE;
}

/* The window lives on meanwhile. */
static void
xdotool (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  gboolean done = FALSE;
  gint64 quiet;

  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, done_cb, &done);
  wait_until (done);
  /* What the keys did. */
  quiet = g_get_monotonic_time () + 60 * 1000;
  while (g_get_monotonic_time () < quiet) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
key (const char *name)
{
  const char *const argv[] = { "xdotool", "key", name, NULL };

  xdotool (argv);
}

static void
type (const char *text)
{
  const char *const argv[] = { "xdotool", "type", "--delay", "6", text, NULL };

  xdotool (argv);
}

/* No window manager gives it the keys. */
static void
focus_window (const char *title)
{
  const char *const argv[] = { "xdotool", "search", "--sync", "--onlyvisible",
                               "--name", title, "windowfocus", "--sync",
                               NULL };

  xdotool (argv);
}

/* Where the focus is: the JSON Pointer of its field. */
static const char *
get_place (void)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (editor));

  for (; focus != NULL; focus = gtk_widget_get_parent (focus)) {
    GObject *holder =
        GTK_IS_TEXT_VIEW (focus)
            ? G_OBJECT (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)))
            : G_OBJECT (focus);
    const char *place = g_object_get_data (holder, "pc-pointer");

    if (place != NULL)
      return place;
  }
  return "";
}

static PcBankEdit *
edit (void)
{
  return pc_bank_editor_get_edit (editor);
}

/* -- filling -------------------------------------------------------------- */

typedef struct
{
  char        letter; /* in the menu of new questions */
  const char *values[12]; /* end of a pointer, what is typed; ... NULL */
} Type;

static const Type types[] = {
  { 'o', { "options/0/text", "143", "options/1/text", "110",
           "options/2/text", "25" } },
  { 's', { "options/0/text", "RETR 1", "options/1/text", "STAT",
           "options/2/text", "DELE 1" } },
  { 'm', { "left/0/text", "IMAP", "left/1/text", "POP3", "right/0/text",
           "143", "right/1/text", "110" } },
  { 'r', { "steps/0/text", "Greeting", "steps/1/text", "Login",
           "steps/2/text", "Goodbye" } },
  { 'n', { "accept/0/value", "995" } },
  { 'w', { "corrections/l2", "a1 OK Those are the capabilities" } },
  { 'p', { "accept/0/value", "*" } },
  { 'f', { "accept/0/in-port", "993" } },
};

static const char *
find_value (const Type *row,
            const char *place)
{
  if (g_str_has_suffix (place, "/stem"))
    return "Which of these is right here?";
  if (g_str_has_suffix (place, "/feedback"))
    return "That is something else.";
  for (guint i = 0; i < G_N_ELEMENTS (row->values) && row->values[i] != NULL;
       i += 2)
    if (g_str_has_suffix (place, row->values[i]))
      return row->values[i + 1];
  return NULL;
}

/* In the list that has the focus; the keys of lists are GTK's. */
static void
choose (const char *id)
{
  GtkWidget *list = gtk_widget_get_ancestor (
      gtk_root_get_focus (GTK_ROOT (editor)), GTK_TYPE_DROP_DOWN);
  const char *const *ids = g_object_get_data (G_OBJECT (list), "pc-ids");
  guint index = 0;

  while (!g_str_equal (ids[index], id))
    index++;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), index);
}

static void
choose_exchange (void)
{
  choose ("imap-read-phone");
  key ("Tab");
  g_assert_true (g_str_has_suffix (get_place (), "/simulation/step"));
  choose ("greeting");
}

static void
add_reference (void)
{
  key ("Return");
  wait_until (g_str_has_suffix (get_place (), "/references/0/kind"));
  key ("Tab");
  g_assert_true (g_str_has_suffix (get_place (), "/references/0/number"));
  type ("9051");
}

/* To the first mistake, and what is missing there. */
static void
mend (const Type *row)
{
  PcProblems *problems = pc_bank_editor_get_problems (editor);
  const PcProblem *first = pc_problems_get (problems, 0);
  const char *value;

  g_test_message ("%s %s", first->pointer, first->message);
  key ("F8");
  key ("Return");
  value = find_value (row, get_place ());
  if (value != NULL) {
    type (value);
  } else if (g_str_has_suffix (get_place (), "/references")) {
    add_reference ();
  } else if (g_str_has_suffix (get_place (), "/simulation/scenario")) {
    choose_exchange ();
  } else {
    g_test_message ("no value for “%s”", get_place ());
    g_assert_not_reached ();
  }
}

static void
tab_to (const char *end)
{
  for (guint i = 0; i < 30 && !g_str_has_suffix (get_place (), end); i++)
    key ("Tab");
  g_assert_true (g_str_has_suffix (get_place (), end));
}

/* An empty line of a transcript is no mistake, so nothing leads to it. */
static void
write_lines (void)
{
  tab_to ("/lines/0/text");
  type ("a1 CAPABILITY");
  tab_to ("/lines/1/text");
  type ("a1 NO");
}

static void
add_question (const Type *row)
{
  const char letter[] = { row->letter, '\0' };
  guint n = pc_bank_edit_get_n_items (edit ());

  key ("ctrl+n");
  key (letter);
  wait_until (pc_bank_edit_get_n_items (edit ()) == n + 1);
  wait_until (g_str_has_suffix (get_place (), "/stem"));
  if (row->letter == 'w')
    write_lines ();
  for (guint i = 0; i < 20; i++) {
    wait_until (pc_bank_editor_is_checked (editor));
    if (pc_problems_get_n (pc_bank_editor_get_problems (editor)) == 0)
      return;
    mend (row);
  }
  g_assert_not_reached ();
}

static char *
own_path (const char *name)
{
  return g_build_filename (home, "portcall", "questions", name, NULL);
}

static GtkWindow *
find_window (GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWindow) found = g_list_model_get_item (all, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (found, type) &&
        gtk_widget_get_visible (GTK_WIDGET (found)))
      return found;
  }
  return NULL;
}

static void
open_editor (void)
{
  open_window ();
  g_action_group_change_action_state (G_ACTION_GROUP (window), "place",
                                      g_variant_new_string ("quiz"));
  act ("edit-questions", NULL);
  editor = PC_BANK_EDITOR (find_window (PC_TYPE_BANK_EDITOR));
  g_assert_nonnull (editor);
}

static void
act_editor (const char *name,
            GVariant   *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (editor), name, parameter);
}

/* What portcall-cli check says of the file, with the same code. */
static void
check_file (const char *path)
{
  PcContent *content = pc_window_get_content (window);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = pc_bank_load (
      path, pc_content_get_services (content), problems, NULL, NULL);
  guint seen_types = 0;

  g_assert_nonnull (bank);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 8);
  for (guint i = 0; i < 8; i++)
    seen_types |=
        1u << pc_item_get_item_type (pc_bank_get_item (bank, i));
  g_assert_cmpuint (seen_types, ==, 0xFF);
}

/* -- tests ---------------------------------------------------------------- */

static void
test_write (void)
{
  g_autofree char *path = own_path ("my-questions.json");
  g_autofree char *cli = g_find_program_in_path (CLI);

  open_editor ();
  focus_window ("Edit Questions");
  key ("Return"); /* the first row: a new bank */
  g_assert_nonnull (edit ());
  g_assert_cmpstr (get_place (), ==, "/title");
  key ("ctrl+a");
  type ("Written by keys");
  g_assert_cmpstr (pc_bank_edit_get_text (edit (), "/title"), ==,
                   "Written by keys");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    add_question (&types[i]);
  g_assert_cmpuint (check_names (GTK_WIDGET (editor)), >, 20);
  key ("ctrl+s");
  wait_until (pc_bank_edit_is_saved (edit ()));
  check_file (path);
  if (cli != NULL) {
    g_autofree char *command = g_strdup_printf ("%s check %s", cli, path);
    int status = -1;

    g_assert_true (
        g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
    g_assert_cmpint (status, ==, 0);
  }

  /* Back and forth. */
  key ("ctrl+z");
  g_assert_false (pc_bank_edit_is_saved (edit ()));
  key ("ctrl+shift+z");
  g_assert_true (pc_bank_edit_is_saved (edit ()));

  /* As who learns sees it. */
  act_editor ("view", g_variant_new_string ("preview"));
  wait_until (find_label (GTK_WIDGET (editor), "Which of these is right") !=
              NULL);
  act_editor ("view", g_variant_new_string ("json"));
  act_editor ("view", g_variant_new_string ("form"));
}

/* The quiz asks what is written, and goes on when it is gone. */
static void
test_reload (void)
{
  PcContent *content = pc_window_get_content (window);
  PcQuizPage *quiz = pc_window_get_quiz (window);
  g_autofree char *path = own_path ("my-questions.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  PcBank *bank;

  wait_until (pc_content_find_bank (content, "my-questions") != NULL);
  g_assert_true (pc_quiz_page_ask (quiz, "my-questions", "question-1"));

  /* Another editor, by a new file that takes the name. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "Written by keys",
                                      "Changed outside", 1), ==, 1);
  g_assert_cmpuint (g_string_replace (changed, "\"question-1\"",
                                      "\"question-x\"", 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  wait_until ((bank = pc_content_find_bank (content, "my-questions")) !=
                  NULL &&
              g_str_equal (pc_bank_get_title (bank), "Changed outside"));
  /* Both windows; and the question that was asked is still there. */
  wait_until (g_strcmp0 (pc_bank_edit_get_text (edit (), "/title"),
                         "Changed outside") == 0);
  g_assert_cmpstr (pc_quiz_page_get_view (quiz), ==, "question");
  act ("quiz-choose", g_variant_new_int32 (1));
  act ("quiz-certainty", g_variant_new_string ("sure"));
  act ("quiz-submit", NULL);
  act ("quiz-next", NULL);
  g_assert_false (pc_quiz_page_ask (quiz, "my-questions", "question-1"));

  /* In the middle of writing it: what was there stays, and is told. */
  g_assert_true (g_file_set_contents (path, "{\"format\": \"portcall-", -1,
                                      NULL));
  wait_until (pc_problems_count (pc_content_get_problems (content),
                                 PC_SEVERITY_ERROR) > 0);
  g_assert_nonnull (pc_content_find_bank (content, "my-questions"));
  g_assert_true (pc_quiz_page_ask (quiz, "my-questions", "question-x"));
  g_assert_cmpstr (pc_bank_edit_get_text (edit (), "/title"), ==,
                   "Changed outside");

  /* One question has a mistake: the rest is asked. */
  g_assert_cmpuint (g_string_replace (changed, "\"question-2\"",
                                      "\"Not an id\"", 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  wait_until ((bank = pc_content_find_bank (content, "my-questions")) !=
                  NULL &&
              pc_bank_get_n_items (bank) == 7);
}

/* Whoever wrote it last is not overwritten without a question. */
static void
test_conflict (void)
{
  g_autofree char *path = own_path ("my-questions.json");
  g_autofree char *text = NULL;

  act_editor ("add-item", g_variant_new_string ("single"));
  g_assert_false (pc_bank_edit_is_saved (edit ()));
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  act_editor ("save", NULL);
  wait_until (find_window (GTK_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{}");
  gtk_dialog_response (GTK_DIALOG (find_window (GTK_TYPE_MESSAGE_DIALOG)),
                       GTK_RESPONSE_ACCEPT);
  wait_until (pc_bank_edit_is_saved (edit ()));
  g_free (g_steal_pointer (&text));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "{\n  \"format\""));
}

/* Those of the program are copied. */
static void
test_copy (void)
{
  g_autofree char *ours = g_build_filename (g_getenv ("PORTCALL_DATA"),
                                            "questions", "tftp.json", NULL);
  g_autofree char *copy = own_path ("tftp-copy.json");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_get_contents (ours, &before, NULL, NULL));
  act_editor ("bank-open", g_variant_new_string (ours));
  g_assert_cmpstr (pc_bank_edit_get_text (edit (), "/id"), ==, "tftp-copy");
  g_assert_null (pc_bank_edit_get_path (edit ()));
  wait_until (pc_bank_editor_is_checked (editor));
  g_assert_cmpuint (
      pc_problems_get_n (pc_bank_editor_get_problems (editor)), ==, 0);
  /* Each of its questions has a form. */
  for (guint i = 0; i < pc_bank_edit_get_n_items (edit ()); i++)
    act_editor ("move-item", g_variant_new_int32 (0));
  act_editor ("save", NULL);
  wait_until (pc_bank_edit_is_saved (edit ()));
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (ours, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

static void
remove_own (void)
{
  g_autofree char *folder = own_path ("");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = own_path (name);

    g_remove (path);
  }
  g_rmdir (folder);
}

/* -- other programs ------------------------------------------------------- */

static void
test_exchange (void)
{
  PcContent *content = pc_window_get_content (window);
  g_autofree char *gift = file_path ("round.gift");
  g_autofree char *nothing = file_path ("nothing.csv");
  PcExchangeWindow *exchange;
  g_autoptr (GVariant) path = NULL;

  act ("export-questions", NULL);
  exchange = PC_EXCHANGE_WINDOW (find_window (PC_TYPE_EXCHANGE_WINDOW));
  for (PcExchange format = 0; format < PC_N_EXCHANGES; format++) {
    if (!pc_exchange_can_write (format))
      continue;
    pc_exchange_window_choose (exchange, 0, format);
    wait_until (pc_exchange_window_can_save (exchange));
  }
  pc_exchange_window_choose (exchange, 0, PC_EXCHANGE_GIFT);
  wait_until (pc_exchange_window_can_save (exchange));
  /* What is lost is told before. */
  g_assert_nonnull (find_label (GTK_WIDGET (exchange), "left out"));
  g_assert_cmpuint (check_names (GTK_WIDGET (exchange)), >, 2);
  pc_exchange_window_save_to (exchange, gift);
  wait_until (find_window (PC_TYPE_EXCHANGE_WINDOW) == NULL);

  act ("import-questions-from", g_variant_new_bytestring (gift));
  exchange = PC_EXCHANGE_WINDOW (find_window (PC_TYPE_EXCHANGE_WINDOW));
  wait_until (pc_exchange_window_can_save (exchange));
  focus_window ("Import Questions");
  key ("Return"); /* the button has the focus */
  wait_until (find_window (PC_TYPE_EXCHANGE_WINDOW) == NULL);
  wait_until (pc_content_find_bank (content, "round") != NULL);
  g_assert_cmpuint (
      pc_bank_get_n_items (pc_content_find_bank (content, "round")), >, 20);

  /* Nothing can be taken, so nothing is saved. */
  save ("nothing.csv", "\xff\xfe");
  act ("import-questions-from", g_variant_new_bytestring (nothing));
  exchange = PC_EXCHANGE_WINDOW (find_window (PC_TYPE_EXCHANGE_WINDOW));
  wait_until (pc_exchange_window_is_ready (exchange));
  g_assert_false (pc_exchange_window_can_save (exchange));
  gtk_window_close (GTK_WINDOW (exchange));
  gtk_window_destroy (GTK_WINDOW (editor));
  editor = NULL;
  close_window ();
  remove_own ();
}

static void
add (void)
{
  g_autofree char *tool = g_find_program_in_path ("xdotool");

  if (tool == NULL) {
    g_test_message ("skipped: xdotool is not installed");
    return;
  }
  g_test_add_func ("/bank-editor/write", test_write);
  g_test_add_func ("/bank-editor/reload", test_reload);
  g_test_add_func ("/bank-editor/conflict", test_conflict);
  g_test_add_func ("/bank-editor/copy", test_copy);
  g_test_add_func ("/bank-editor/exchange", test_exchange);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add);
}
