/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five programs that nobody here wrote come to the servers of the window at
 * the same time (tests/interop/five.py): five exchanges are listed and can be
 * looked at, each step is explained, and what one says is in its own exchange
 * and in no other. */

#include "fixture.h"

#include <string.h>

#define SKIP 77

/* As five.py has them. */
static const struct
{
  const char *name;
  const char *protocol;
  const char *words;
} five[] = {
  { "curl", "POP3", "RETR 1" },
  { "swaks", "SMTP", "only-swaks@client.test" },
  { "tftp", "TFTP", "switch1.cfg" },
  { "mbsync", "IMAP", "LOGIN \"robin\"" },
  { "imaplib", "IMAP", "only-imaplib" },
};

static PcLabClient *
client (void)
{
  return pc_lab_page_get_client (pc_window_get_lab (window));
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static int
run_five (void)
{
  static const char *const services[] = { "imap", "pop3", "smtp", "tftp" };
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 60 * (gint64) G_USEC_PER_SEC;
  gboolean over = FALSE;

  g_ptr_array_add (argv, g_strdup ("/usr/bin/python3"));
  g_ptr_array_add (argv, g_strdup (FIVE));
  g_ptr_array_add (argv, g_strdup (home));
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    g_ptr_array_add (
        argv, g_strdup_printf ("%s=%u", services[i],
                               pc_lab_client_get_port (client (),
                                                       services[i])));
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, ended_cb, &over);
  while (!over) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static gboolean
says (PcTimeline *timeline,
      const char *words)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    gsize len;
    const char *octets = g_bytes_get_data (
        pc_step_get_bytes (pc_timeline_get_step (timeline, i)), &len);

    if (octets != NULL && memmem (octets, len, words, strlen (words)) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
check_explained (PcTimeline *timeline,
                 const char *protocol)
{
  g_autofree char *prefix = g_ascii_strdown (protocol, -1);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);
    const char *rule = pc_step_get_rule (step);
    gsize size = g_bytes_get_size (pc_step_get_bytes (step));
    guint n = pc_step_get_n_fields (step);

    g_assert_cmpuint (pc_step_get_number (step), ==, i + 1);
    g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 10);
    g_assert_false (g_str_has_suffix (rule, ".unreadable"));
    g_assert_true (g_str_has_prefix (rule, prefix) ||
                   g_str_has_prefix (rule, "tcp."));
    g_assert_true (n == 0 ? size == 0
                          : pc_step_get_field (step, n - 1)->end == size);
  }
}

/* On the stage, with its title in the list. */
static void
check_shown (guint       index,
             const char *protocol)
{
  PcTimeline *timeline = pc_lab_client_get_timeline (client (), index);
  PcPlayer *player =
      pc_lab_stage_get_player (pc_lab_client_get_stage (client ()));
  g_autofree char *title = g_strdup_printf ("%u · %s, from port", index + 1,
                                            protocol);

  pc_lab_client_show (client (), index);
  wait_until (pc_player_get_timeline (player) == timeline);
  wait_until (seen (title));
  wait_until (pc_timeline_get_outcome (timeline) == PC_OUTCOME_OK);
}

/* In how many exchanges are the words of the @k-th? */
static guint
count_owners (guint  k,
              guint *owner)
{
  guint n = 0;

  for (guint i = 0; i < pc_lab_client_get_n (client ()); i++)
    if (says (pc_lab_client_get_timeline (client (), i), five[k].words)) {
      *owner = i;
      n++;
    }
  return n;
}

static void
test_five (void)
{
  guint owner[G_N_ELEMENTS (five)] = { 0 };
  int status;

  open_window ();
  act ("place", g_variant_new_string ("lab"));
  act ("lab-page", g_variant_new_string ("client"));
  pc_lab_client_set_running (client (), TRUE);
  status = run_five ();
  if (status == SKIP) {
    g_test_skip ("a program is missing");
    pc_lab_client_set_running (client (), FALSE);
    return;
  }
  g_assert_cmpint (status, ==, 0);
  wait_until (!seen ("goes on"));
  wait_until (pc_lab_client_get_n (client ()) == G_N_ELEMENTS (five));
  for (guint k = 0; k < G_N_ELEMENTS (five); k++) {
    /* Servers answer first and tell of it later. */
    wait_until (count_owners (k, &owner[k]) > 0);
    g_test_message ("%s: %u", five[k].name, owner[k]);
    g_assert_cmpuint (count_owners (k, &owner[k]), ==, 1);
    for (guint i = 0; i < k; i++)
      g_assert_cmpuint (owner[i], !=, owner[k]);
    check_explained (pc_lab_client_get_timeline (client (), owner[k]),
                     five[k].protocol);
    check_shown (owner[k], five[k].protocol);
  }
  pc_lab_client_set_running (client (), FALSE);
}

static void
add_tests (void)
{
  g_test_add_func ("/together/five", test_five);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
