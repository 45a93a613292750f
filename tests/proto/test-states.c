/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of states are true: what the protocols' own functions answer for
 * every state, verb and outcome is what the tables say, no more and no less.
 * TFTP has no such function; its table is held against runs only
 * (tests/run/test-states.c), as all are. */

#include "proto/imap/verbs.h"
#include "proto/pop3/verbs.h"
#include "proto/registry.h"
#include "proto/smtp/verbs.h"

#include <string.h>

#define MAX_STATES 16

/* What a verb can lead to: bits of states by state. */
typedef guint Leads[MAX_STATES];

static void
read_table (const PcStateChange *changes,
            const char          *verb,
            Leads                leads)
{
  memset (leads, 0, sizeof (Leads));
  for (guint i = 0; changes[i].to != 0; i++)
    if (g_strcmp0 (changes[i].verb, verb) == 0)
      for (guint from = 0; from < MAX_STATES; from++)
        if (changes[i].from & (1u << from))
          leads[from] |= changes[i].to & ~(1u << from);
}

static void
check_leads (const PcProtocol *protocol,
             const char       *verb,
             const Leads       really)
{
  Leads said;

  read_table (protocol->server_changes, verb, said);
  for (guint i = 0; protocol->server_states[i] != NULL; i++) {
    g_test_message ("%s %s in “%s”: %x, said %x", protocol->id, verb,
                    protocol->server_states[i], really[i], said[i]);
    g_assert_cmphex (said[i], ==, really[i]);
  }
}

static void
add_lead (Leads leads,
          guint from,
          guint to)
{
  if (from != to)
    leads[from] |= 1u << to;
}

static void
test_imap (void)
{
  static const char *const words[] = { "OK", "NO", "BAD" };

  for (guint verb = 0; verb < PC_IMAP_N_VERBS; verb++) {
    Leads leads = { 0 };

    for (guint i = 0; i < PC_IMAP_LOGOUT; i++)
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        add_lead (leads, i,
                  pc_imap_state_after (i, verb, (const guint8 *) words[j],
                                       strlen (words[j])));
    check_leads (pc_registry_find ("imap"), pc_imap_verbs[verb].name, leads);
  }
}

static void
test_pop3 (void)
{
  for (guint verb = 0; verb < PC_POP3_N_VERBS; verb++) {
    Leads leads = { 0 };

    for (guint i = 0; i < PC_POP3_N_STATES; i++)
      for (guint j = 0; j < 4; j++)
        if (pc_pop3_verbs[verb].states & (1u << i))
          add_lead (leads, i, pc_pop3_next_state (i, verb, j & 1, j & 2));
    /* QUIT with an argument is none (RFC 1939 section 6), and CAPA leaves
     * everything as it is; both are in what the function answers. */
    check_leads (pc_registry_find ("pop3"), pc_pop3_verbs[verb].name, leads);
  }
}

/* The states that @reply, after @verb in @state, can lead to; with and without
 * what cannot be told from the state alone. */
static void
add_smtp (Leads       leads,
          PcSmtpState state,
          PcSmtpVerb  verb,
          guint       code)
{
  for (guint i = 0; i < 2; i++) {
    PcSmtpTrack track = { .state = state, .hello = TRUE, .logged_in = i };

    if (state == PC_SMTP_GREETED)
      track.hello = track.logged_in = FALSE;
    if (state == PC_SMTP_READY || state == PC_SMTP_AUTH)
      track.logged_in = FALSE;
    if (state == PC_SMTP_LOGGED_IN)
      track.logged_in = TRUE;
    pc_smtp_track_reply (&track, verb, code);
    add_lead (leads, state, track.state);
  }
}

static void
test_smtp (void)
{
  static const guint codes[] = { 220, 221, 235, 250, 334, 354, 451, 503, 550 };

  for (guint verb = 0; verb < PC_SMTP_N_VERBS; verb++) {
    Leads leads = { 0 };

    for (guint i = 0; i < PC_SMTP_N_STATES; i++)
      for (guint j = 0; j < G_N_ELEMENTS (codes); j++) {
        if (!(pc_smtp_verbs[verb].states & (1u << i)))
          continue;
        add_smtp (leads, i, verb, codes[j]);
        /* BDAT with LAST is answered as the message that it ends. */
        if (verb == PC_SMTP_VERB_BDAT)
          add_smtp (leads, i, PC_SMTP_VERB_CONTENT, codes[j]);
      }
    check_leads (pc_registry_find ("smtp"), pc_smtp_verbs[verb].name, leads);
  }
}

static gboolean
has_verb (const PcProtocol *protocol,
          const char       *name)
{
  for (guint i = 0; protocol->verbs[i].name != NULL; i++)
    if (g_str_equal (protocol->verbs[i].name, name))
      return TRUE;
  return FALSE;
}

/* Names exist, bits are of states, each state can be come to. */
static void
check_changes (const PcProtocol    *protocol,
               const PcStateChange *changes,
               const char *const   *states)
{
  guint n = g_strv_length ((char **) states);
  guint reached = 1;

  g_assert_cmpuint (n, <=, MAX_STATES);
  for (guint i = 0; changes[i].to != 0; i++) {
    g_test_message ("%s, change %u", protocol->id, i);
    g_assert_true ((changes[i].verb == NULL) != (changes[i].cause == NULL));
    g_assert_true (changes[i].verb == NULL ||
                   has_verb (protocol, changes[i].verb));
    g_assert_cmpuint (changes[i].from, !=, 0);
    g_assert_cmpuint (changes[i].from >> n, ==, 0);
    g_assert_cmpuint (changes[i].to >> n, ==, 0);
    reached |= changes[i].to;
  }
  g_assert_cmphex (reached, ==, (1u << n) - 1);
}

static void
test_tables (void)
{
  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);

    check_changes (protocol, protocol->server_changes,
                   protocol->server_states);
    check_changes (protocol, protocol->client_changes,
                   protocol->client_states);
    for (guint j = 0; protocol->verbs[j].name != NULL; j++) {
      g_test_message ("%s %s", protocol->id, protocol->verbs[j].name);
      g_assert_nonnull (protocol->verbs[j].meaning);
      g_assert_true (g_str_has_prefix (protocol->verbs[j].syntax,
                                       protocol->verbs[j].name));
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proto/states/imap", test_imap);
  g_test_add_func ("/proto/states/pop3", test_pop3);
  g_test_add_func ("/proto/states/smtp", test_smtp);
  g_test_add_func ("/proto/states/tables", test_tables);
  return g_test_run ();
}
