/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All 4 protocols at all 8 ports with all 3 kinds of security: what our client
 * meets, in memory and by sockets.  No row ends in a bare time-out. */

#include "run/account.h"

#include <string.h>

/* Of none, STARTTLS, TLS, as a person who knows the ports would write it. */
static const struct
{
  const char *protocol;
  guint       port;
  const char *outcomes[3];
} expected[] = {
#define CLEAR_OTHER { "other-protocol", "other-protocol", "tls-to-clear" }
#define TLS_OTHER { "clear-to-tls", "clear-to-tls", "other-protocol" }
#define UDP { "udp-only", "udp-only", "udp-only" }
#define NO_UDP { "unanswered", "no-tls-ever", "no-tls-ever" }
  { "imap", 25, CLEAR_OTHER },
  { "imap", 69, UDP },
  { "imap", 110, CLEAR_OTHER },
  { "imap", 143, { "works", "works", "tls-to-clear" } },
  { "imap", 465, TLS_OTHER },
  { "imap", 587, CLEAR_OTHER },
  { "imap", 993, { "clear-to-tls", "clear-to-tls", "works" } },
  { "imap", 995, TLS_OTHER },
  { "pop3", 25, CLEAR_OTHER },
  { "pop3", 69, UDP },
  { "pop3", 110, { "works", "works", "tls-to-clear" } },
  { "pop3", 143, CLEAR_OTHER },
  { "pop3", 465, TLS_OTHER },
  { "pop3", 587, CLEAR_OTHER },
  { "pop3", 993, TLS_OTHER },
  { "pop3", 995, { "clear-to-tls", "clear-to-tls", "works" } },
  { "smtp", 25, { "no-login-here", "no-login-here", "tls-to-clear" } },
  { "smtp", 69, UDP },
  { "smtp", 110, CLEAR_OTHER },
  { "smtp", 143, CLEAR_OTHER },
  { "smtp", 465, { "clear-to-tls", "clear-to-tls", "works" } },
  { "smtp", 587, { "login-needs-tls", "works", "tls-to-clear" } },
  { "smtp", 993, TLS_OTHER },
  { "smtp", 995, TLS_OTHER },
  { "tftp", 25, NO_UDP },
  { "tftp", 69, { "no-mailbox", "no-tls-ever", "no-tls-ever" } },
  { "tftp", 110, NO_UDP },
  { "tftp", 143, NO_UDP },
  { "tftp", 465, NO_UDP },
  { "tftp", 587, NO_UDP },
  { "tftp", 993, NO_UDP },
  { "tftp", 995, NO_UDP },
};

static const char *const securities[] = { "none", "starttls", "tls" };

static GPtrArray *
make_table (PcLinkKind link,
            gint64     patience)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = pc_account_make_table (link, patience, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3 * G_N_ELEMENTS (expected));
  return rows;
}

static void
check_table (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const PcAccountRow *row = rows->pdata[i];

    g_test_message ("%s %u %s: %s", row->protocol, row->port, row->security,
                    row->sentence);
    g_assert_cmpstr (row->protocol, ==, expected[i / 3].protocol);
    g_assert_cmpuint (row->port, ==, expected[i / 3].port);
    g_assert_cmpstr (row->security, ==, securities[i % 3]);
    g_assert_cmpstr (pc_account_outcome_to_string (row->outcome), ==,
                     expected[i / 3].outcomes[i % 3]);
  }
}

static void
test_memory (void)
{
  g_autoptr (GPtrArray) rows = make_table (PC_LINK_MEMORY, 0);

  check_table (rows);
}

/* Why, and not only that: who waited for what, or what came back. */
static void
test_says_why (void)
{
  g_autoptr (GPtrArray) rows = make_table (PC_LINK_MEMORY, 0);

  for (guint i = 0; i < rows->len; i++) {
    const PcAccountRow *row = rows->pdata[i];

    g_test_message ("%s", row->sentence);
    g_assert_cmpuint (strlen (row->sentence), >, 40);
    g_assert_true (g_str_has_suffix (row->sentence, "."));
    if (row->outcome == PC_ACCOUNT_CLEAR_TO_TLS)
      g_assert_nonnull (strstr (row->sentence, "waited for TLS"));
    if (row->outcome == PC_ACCOUNT_UNANSWERED)
      g_assert_nonnull (strstr (row->sentence, "listens by TCP"));
    if (row->outcome == PC_ACCOUNT_OTHER_PROTOCOL)
      g_assert_nonnull (strstr (row->sentence, "greeted with “"));
    if (row->outcome == PC_ACCOUNT_TLS_TO_CLEAR) {
      g_assert_nonnull (strstr (row->sentence, "is no TLS record"));
      g_assert_nonnull (strstr (row->sentence, "answered “"));
    }
  }
}

/* A clock of its own tells the same as the real one. */
static void
test_sockets (void)
{
  g_autoptr (GPtrArray) memory = make_table (PC_LINK_MEMORY, 0);
  g_autoptr (GPtrArray) sockets = make_table (PC_LINK_SOCKETS, 500 * 1000);

  check_table (sockets);
  for (guint i = 0; i < sockets->len; i++)
    g_assert_cmpstr (((const PcAccountRow *) sockets->pdata[i])->sentence, ==,
                     ((const PcAccountRow *) memory->pdata[i])->sentence);
}

/* -- and everything else -------------------------------------------------- */

static const char *const hosts[] = { "mail.example.test", "imap.example.test",
                                     "old.example.test", "localhost",
                                     "192.0.2.1", "nowhere.test" };
static const char *const ports[] = { "7",   "25",  "69",  "110", "143", "445",
                                     "465", "587", "993", "995" };
static const char *const protocols[] = { "imap", "pop3", "smtp", "tftp" };

static void
check_told (const PcAccountForm *form,
            PcAccountSide        side)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .sides = 1u << side,
                                     .no_fixes = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (PcAccountTrial) trial = pc_account_try (form, &options, &error);
  g_autofree char     *url = pc_account_form_write_url (form, side, TRUE);
  const PcAccountHalf *half;

  g_assert_no_error (error);
  half = &trial->halves[side];
  if (half->outcome == PC_ACCOUNT_FAILED ||
      half->outcome == PC_ACCOUNT_NOT_TRIED || half->sentence == NULL)
    g_error ("%s: %s: %s", url, pc_account_outcome_to_string (half->outcome),
             half->sentence);
  /* A secret is given away only where the form says so. */
  if (half->facts.password_in_clear)
    g_assert_cmpstr (
        pc_account_form_get (form, side == PC_ACCOUNT_INCOMING
                                       ? PC_ACCOUNT_IN_SECURITY
                                       : PC_ACCOUNT_OUT_SECURITY),
        ==, "none");
  g_assert_cmpint (half->outcome == PC_ACCOUNT_WORKS, ==,
                   half->facts.read || half->facts.collected ||
                       half->facts.sent);
  if (half->outcome != PC_ACCOUNT_WORKS)
    g_assert_cmpuint (half->step, >, 0);
}

static void
set_side (PcAccountForm *form,
          PcAccountSide  side,
          const char    *host,
          const char    *port,
          const char    *security)
{
  gboolean in = side == PC_ACCOUNT_INCOMING;

  pc_account_form_set (form, in ? PC_ACCOUNT_IN_HOST : PC_ACCOUNT_OUT_HOST,
                       host);
  pc_account_form_set (form, in ? PC_ACCOUNT_IN_PORT : PC_ACCOUNT_OUT_PORT,
                       port);
  pc_account_form_set (form, in ? PC_ACCOUNT_IN_SECURITY
                                : PC_ACCOUNT_OUT_SECURITY,
                       security);
}

/* @variant: protocols, or login yes and no. */
static void
check_side (PcAccountSide  side,
            PcAccountField variant,
            const char    *value,
            const char    *password)
{
  g_autoptr (PcAccountForm) form = pc_account_form_new ();

  pc_account_form_set (form, PC_ACCOUNT_PASSWORD, password);
  pc_account_form_set (form, variant, value);
  pc_account_form_complete (form);
  for (guint h = 0; h < G_N_ELEMENTS (hosts); h++)
    for (guint p = 0; p < G_N_ELEMENTS (ports); p++)
      for (guint s = 0; s < G_N_ELEMENTS (securities); s++) {
        set_side (form, side, hosts[h], ports[p], securities[s]);
        check_told (form, side);
      }
}

/* Whatever is chosen, what happened is known by its name. */
static void
test_everything (void)
{
  static const char *const passwords[] = { "portcall", "wrong" };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (protocols); j++)
      check_side (PC_ACCOUNT_INCOMING, PC_ACCOUNT_IN_PROTO, protocols[j],
                  passwords[i]);
    check_side (PC_ACCOUNT_OUTGOING, PC_ACCOUNT_OUT_LOGIN, "yes",
                passwords[i]);
    check_side (PC_ACCOUNT_OUTGOING, PC_ACCOUNT_OUT_LOGIN, "no",
                passwords[i]);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/table/memory", test_memory);
  g_test_add_func ("/account/table/says-why", test_says_why);
  g_test_add_func ("/account/table/everything", test_everything);
  g_test_add_func ("/account/table/sockets", test_sockets);

  return g_test_run ();
}
