/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trying a phone's mail account: what each wrong setting meets, by runs. */

#include "run/account.h"

#include <string.h>

static void
assert_says (const char *sentence,
             const char *part)
{
  if (strstr (sentence, part) == NULL)
    g_error ("“%s” does not say “%s”", sentence, part);
}

/* "in-port=110 in-sec=none"; the rest is completed. */
static PcAccountForm *
make_form (const char *text)
{
  PcAccountForm *form = pc_account_form_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    char          *equals = strchr (words[i], '=');
    PcAccountField field;

    if (equals == NULL)
      continue;
    *equals = '\0';
    g_assert_true (pc_account_field_from_id (words[i], &field));
    pc_account_form_set (form, field, equals + 1);
  }
  pc_account_form_complete (form);
  return form;
}

static PcAccountTrial *
try_text (const char          *text,
          guint                sides,
          const PcAccountGoal *goal)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .sides = sides,
                                     .goal = goal };
  g_autoptr (PcAccountForm) form = make_form (text);
  g_autoptr (GError) error = NULL;
  PcAccountTrial *trial = pc_account_try (form, &options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (trial);
  return trial;
}

static const PcAccountGoal *
find_goal (const char *id)
{
  for (const PcAccountGoal *at = pc_account_goals; at->id != NULL; at++)
    if (strcmp (at->id, id) == 0)
      return at;

  g_assert_not_reached ();
}

/* -- the form ------------------------------------------------------------- */

static void
test_complete (void)
{
  static const struct
  {
    const char *given;
    const char *in;
    const char *out;
  } rows[] = {
    { "", "imap://alex:portcall@mail.example.test:993?security=tls",
      "smtp://alex:portcall@mail.example.test:465?security=tls&login=yes" },
    { "in-port=143", "imap://alex:portcall@mail.example.test:143"
                     "?security=starttls", NULL },
    { "in-port=110", "pop3://alex:portcall@mail.example.test:110"
                     "?security=starttls", NULL },
    { "in-proto=pop3", "pop3://alex:portcall@mail.example.test:995"
                       "?security=tls", NULL },
    { "in-proto=pop3 in-sec=none", "pop3://alex:portcall@mail.example.test:110"
                                   "?security=none", NULL },
    { "in-proto=imap in-port=110", "imap://alex:portcall@mail.example.test:110"
                                   "?security=starttls", NULL },
    { "in-proto=tftp", "tftp://alex:portcall@mail.example.test:69"
                       "?security=none", NULL },
    { "out-port=587", NULL, "smtp://alex:portcall@mail.example.test:587"
                            "?security=starttls&login=yes" },
    { "out-sec=starttls", NULL, "smtp://alex:portcall@mail.example.test:587"
                                "?security=starttls&login=yes" },
    { "out-port=25", NULL, "smtp://alex:portcall@mail.example.test:25"
                           "?security=starttls&login=yes" },
    { "out-port=465 out-sec=starttls", NULL,
      "smtp://alex:portcall@mail.example.test:465?security=starttls"
      "&login=yes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcAccountForm) form = make_form (rows[i].given);
    g_autofree char *in = pc_account_form_write_url (
        form, PC_ACCOUNT_INCOMING, TRUE);
    g_autofree char *out = pc_account_form_write_url (
        form, PC_ACCOUNT_OUTGOING, TRUE);

    g_test_message ("%s", rows[i].given);
    if (rows[i].in != NULL)
      g_assert_cmpstr (in, ==, rows[i].in);
    if (rows[i].out != NULL)
      g_assert_cmpstr (out, ==, rows[i].out);
    g_assert_cmpuint (pc_account_form_check_all (form, PC_ACCOUNT_BOTH), ==,
                      0);
  }
}

static void
test_check (void)
{
  static const struct
  {
    PcAccountField field;
    const char    *value;
    const char    *says; /* NULL: it can be used */
  } rows[] = {
    { PC_ACCOUNT_IN_PORT, "1", NULL },
    { PC_ACCOUNT_IN_PORT, " 65535 ", NULL },
    { PC_ACCOUNT_IN_PORT, "0", "1 to 65535" },
    { PC_ACCOUNT_IN_PORT, "65536", "1 to 65535" },
    { PC_ACCOUNT_IN_PORT, "-1", "1 to 65535" },
    { PC_ACCOUNT_IN_PORT, "143 or so", "1 to 65535" },
    { PC_ACCOUNT_IN_PORT, "99999999999999999999", "1 to 65535" },
    { PC_ACCOUNT_OUT_PORT, "", "empty" },
    { PC_ACCOUNT_IN_HOST, "mail.example.test", NULL },
    { PC_ACCOUNT_IN_HOST, "::1", NULL },
    { PC_ACCOUNT_IN_HOST, "https://mail.example.test", "https" },
    { PC_ACCOUNT_IN_HOST, "alex@example.test", "mail address" },
    { PC_ACCOUNT_IN_HOST, "mail.example.test:143", "field of its own" },
    { PC_ACCOUNT_IN_HOST, "mail example", "letters" },
    { PC_ACCOUNT_IN_HOST, "..", "letters" },
    { PC_ACCOUNT_IN_HOST, "m\xc3\xa4il.test", "letters" },
    { PC_ACCOUNT_USER, "alex", NULL },
    { PC_ACCOUNT_USER, "a\r\nb", "nobody can type" },
    { PC_ACCOUNT_USER, "\xff", "nobody can type" },
    { PC_ACCOUNT_PASSWORD, " ", NULL },
    { PC_ACCOUNT_IN_PROTO, "tftp", NULL },
    { PC_ACCOUNT_IN_PROTO, "http", "imap, pop3, smtp, tftp" },
    { PC_ACCOUNT_IN_SECURITY, "ssl", "tls, starttls, none" },
    { PC_ACCOUNT_OUT_LOGIN, "maybe", "yes, no" },
  };
  g_autofree char *longest = g_strnfill (300, 'a');
  g_autofree char *too_long = NULL;
  g_autoptr (PcAccountForm) form = pc_account_form_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *why = NULL;

    g_test_message ("%s: %s", pc_account_field_to_id (rows[i].field),
                    rows[i].value);
    pc_account_form_set (form, rows[i].field, rows[i].value);
    why = pc_account_form_check (form, rows[i].field);
    if (rows[i].says == NULL)
      g_assert_cmpstr (why, ==, NULL);
    else
      assert_says (why, rows[i].says);
  }

  pc_account_form_set (form, PC_ACCOUNT_USER, longest);
  too_long = pc_account_form_check (form, PC_ACCOUNT_USER);
  assert_says (too_long, "too long");
}

/* Nobody who sends without a login needs a name. */
static void
test_check_all (void)
{
  g_autoptr (PcAccountForm) form = make_form ("out-login=no");

  pc_account_form_set (form, PC_ACCOUNT_USER, "");
  g_assert_cmpuint (pc_account_form_check_all (form, PC_ACCOUNT_SEND), ==, 0);
  g_assert_cmpuint (pc_account_form_check_all (form, PC_ACCOUNT_BOTH), ==,
                    PC_ACCOUNT_BIT (PC_ACCOUNT_USER));
  pc_account_form_set (form, PC_ACCOUNT_OUT_LOGIN, "yes");
  g_assert_cmpuint (pc_account_form_check_all (form, PC_ACCOUNT_SEND), ==,
                    PC_ACCOUNT_BIT (PC_ACCOUNT_USER));
}

static void
test_urls (void)
{
  static const struct
  {
    PcAccountSide side;
    const char   *url;
    const char   *written; /* NULL: cannot be read */
  } rows[] = {
    { PC_ACCOUNT_INCOMING, "imaps://mail.example.test",
      "imap://mail.example.test?security=tls" },
    { PC_ACCOUNT_INCOMING, "imap://a%40b:p%3aw@h:143?security=none",
      "imap://a%40b:p%3Aw@h:143?security=none" },
    { PC_ACCOUNT_INCOMING, "pop3://h/", "pop3://h?security=" },
    { PC_ACCOUNT_INCOMING, "tftp://[::1]:69", "tftp://[::1]:69?security=" },
    { PC_ACCOUNT_OUTGOING, "submissions://u@h:465?login=no",
      "smtp://u@h:465?security=tls&login=no" },
    { PC_ACCOUNT_OUTGOING, "smtp://h?security=starttls&login=yes",
      "smtp://h?security=starttls&login=yes" },
    { PC_ACCOUNT_OUTGOING, "imap://h", NULL },
    { PC_ACCOUNT_INCOMING, "http://h", NULL },
    { PC_ACCOUNT_INCOMING, "h", NULL },
    { PC_ACCOUNT_INCOMING, "", NULL },
    { PC_ACCOUNT_INCOMING, "imap://h/INBOX", NULL },
    { PC_ACCOUNT_INCOMING, "imap://h:70000", NULL },
    { PC_ACCOUNT_INCOMING, "imap://h?security=ssl", NULL },
    { PC_ACCOUNT_INCOMING, "imap://h?login=yes", NULL },
    { PC_ACCOUNT_INCOMING, "imap://h?security", NULL },
    { PC_ACCOUNT_INCOMING, "imap://%zz@h", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcAccountForm) form = pc_account_form_new ();
    g_autoptr (PcAccountForm) before = pc_account_form_copy (form);
    g_autoptr (GError) error = NULL;
    g_autofree char *written = NULL;
    gboolean good = pc_account_form_read_url (form, rows[i].side, rows[i].url,
                                              &error);

    g_test_message ("%s", rows[i].url);
    if (rows[i].written == NULL) {
      g_assert_false (good);
      g_assert_nonnull (error);
      g_assert_true (pc_account_form_equal (form, before));
      continue;
    }
    g_assert_no_error (error);
    written = pc_account_form_write_url (form, rows[i].side, TRUE);
    g_assert_cmpstr (written, ==, rows[i].written);
  }
}

/* What is written for people to see has no password in it. */
static void
test_url_secret (void)
{
  g_autoptr (PcAccountForm) form = make_form ("password=secret1");
  g_autofree char *url = pc_account_form_write_url (form, PC_ACCOUNT_INCOMING,
                                                    FALSE);

  g_assert_null (strstr (url, "secret1"));
  assert_says (url, "alex@mail.example.test");
}

/* -- what happens --------------------------------------------------------- */

typedef struct
{
  const char      *given;
  PcAccountSide    side;
  PcAccountOutcome outcome;
  PcAccountField   bites;
  const char      *says;
  const char      *step; /* the rule of the step that tells */
  const char      *fix;  /* title of the best way out */
} Bite;

static const Bite bites[] = {
  { "in-proto=imap in-port=110 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_OTHER_PROTOCOL, PC_ACCOUNT_IN_PORT, "+OK", "pop3.greeting",
    "Incoming port: 993, Incoming security: TLS from the first byte" },
  { "in-proto=imap in-port=25 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_OTHER_PROTOCOL, PC_ACCOUNT_IN_PORT, "220", "smtp.greeting",
    NULL },
  { "in-proto=imap in-port=69 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_UDP_ONLY, PC_ACCOUNT_IN_PORT, "UDP", "tcp.refused", NULL },
  { "in-proto=imap in-port=143 in-sec=tls", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_TLS_TO_CLEAR, PC_ACCOUNT_IN_SECURITY, "answered “* BYE",
    "tls.alert.unexpected-message", "Incoming port: 993" },
  { "in-proto=imap in-port=110 in-sec=tls", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_TLS_TO_CLEAR, PC_ACCOUNT_IN_SECURITY,
    "it is POP3 that listens there, and not IMAP", NULL,
    "Incoming port: 993" },
  { "in-proto=imap in-port=993 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_CLEAR_TO_TLS, PC_ACCOUNT_IN_SECURITY, "nobody spoke",
    "tcp.silence", "Incoming security: TLS from the first byte" },
  { "in-proto=imap in-port=993 in-sec=starttls", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_CLEAR_TO_TLS, PC_ACCOUNT_IN_SECURITY, "STARTTLS begins in",
    "tcp.silence", NULL },
  { "in-host=mail.exmaple.test", PC_ACCOUNT_INCOMING, PC_ACCOUNT_NO_NAME,
    PC_ACCOUNT_IN_HOST, "mail.exmaple.test", "dns.no-name",
    "Incoming server: mail.example.test" },
  { "in-host=imap.example.test", PC_ACCOUNT_INCOMING, PC_ACCOUNT_OTHER_NAME,
    PC_ACCOUNT_IN_HOST, "certificate for mail.example.test",
    "tls.alert.bad-certificate", "Incoming server: mail.example.test" },
  { "in-host=old.example.test in-port=143", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_NO_STARTTLS, PC_ACCOUNT_IN_SECURITY, "does not offer",
    "imap.greeting", "Incoming server: mail.example.test" },
  { "in-host=old.example.test in-port=110", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_NO_STARTTLS, PC_ACCOUNT_IN_SECURITY, "does not offer",
    "pop3.capa.reply", NULL },
  { "in-host=localhost", PC_ACCOUNT_INCOMING, PC_ACCOUNT_REFUSED,
    PC_ACCOUNT_IN_PORT, "the phone itself", "tcp.refused", NULL },
  { "in-host=192.0.2.1", PC_ACCOUNT_INCOMING, PC_ACCOUNT_FILTERED,
    PC_ACCOUNT_IN_PORT, "Nothing came back", "tcp.unanswered",
    "Incoming server: mail.example.test" },
  { "in-port=445", PC_ACCOUNT_INCOMING, PC_ACCOUNT_FILTERED,
    PC_ACCOUNT_IN_PORT, "firewall", "tcp.unanswered", NULL },
  { "in-port=80", PC_ACCOUNT_INCOMING, PC_ACCOUNT_REFUSED, PC_ACCOUNT_IN_PORT,
    "no program listens", "tcp.refused", "Incoming port: 993" },
  { "password=wrong", PC_ACCOUNT_INCOMING, PC_ACCOUNT_WRONG_LOGIN,
    PC_ACCOUNT_PASSWORD, "NO [AUTHENTICATIONFAILED]", "imap.login.no",
    "Password: portcall" },
  { "in-proto=pop3 user=nobody", PC_ACCOUNT_INCOMING, PC_ACCOUNT_WRONG_LOGIN,
    PC_ACCOUNT_PASSWORD, "-ERR [AUTH]", "pop3.pass.err", "User name: alex" },
  { "password=wrong", PC_ACCOUNT_OUTGOING, PC_ACCOUNT_WRONG_LOGIN,
    PC_ACCOUNT_PASSWORD, "535 5.7.8", "smtp.auth.refused",
    "Password: portcall" },
  { "user=no password=wrong", PC_ACCOUNT_OUTGOING, PC_ACCOUNT_WRONG_LOGIN,
    PC_ACCOUNT_PASSWORD, "535", NULL, "User name: alex, Password: portcall" },
  { "in-proto=smtp in-port=25", PC_ACCOUNT_INCOMING, PC_ACCOUNT_NO_MAILBOX,
    PC_ACCOUNT_IN_PROTO, "no command to open a mailbox", "smtp.ehlo.reply",
    NULL },
  { "in-proto=smtp in-port=143 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_OTHER_PROTOCOL, PC_ACCOUNT_IN_PORT, "“* OK", "imap.greeting",
    "Account type: IMAP" },
  { "in-proto=tftp", PC_ACCOUNT_INCOMING, PC_ACCOUNT_NO_MAILBOX,
    PC_ACCOUNT_IN_PROTO, "knows no mailboxes", "tftp.error.not-found", NULL },
  { "in-proto=tftp in-port=143 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_UNANSWERED, PC_ACCOUNT_IN_PORT, "listens by TCP", NULL,
    "Account type: IMAP" },
  { "in-proto=tftp in-port=7 in-sec=none", PC_ACCOUNT_INCOMING,
    PC_ACCOUNT_UNANSWERED, PC_ACCOUNT_IN_PORT, "no program listens", NULL,
    NULL },
  { "in-proto=tftp in-sec=tls", PC_ACCOUNT_INCOMING, PC_ACCOUNT_NO_TLS_EVER,
    PC_ACCOUNT_IN_SECURITY, "neither TLS nor a login", "client.declines",
    NULL },
  { "out-port=25 out-sec=none out-login=yes", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_NO_LOGIN_HERE, PC_ACCOUNT_OUT_PORT, "no login (AUTH)",
    "smtp.ehlo.reply", NULL },
  { "out-port=25 out-sec=starttls out-login=no", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_NO_RELAY, PC_ACCOUNT_OUT_PORT, "550 5.7.1",
    "smtp.rcpt.relay-refused", NULL },
  { "out-port=587 out-login=no", PC_ACCOUNT_OUTGOING, PC_ACCOUNT_LOGIN_MISSING,
    PC_ACCOUNT_OUT_LOGIN, "530", "smtp.error.auth-needed",
    "Log in to send: Yes" },
  { "out-port=587 out-sec=none", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_LOGIN_NEEDS_TLS, PC_ACCOUNT_OUT_SECURITY,
    "gave nothing away", "smtp.ehlo.reply", "Outgoing security: STARTTLS" },
  { "out-port=587 out-sec=none out-login=no", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_LOGIN_NEEDS_TLS, PC_ACCOUNT_OUT_SECURITY, "“530", NULL,
    NULL },
  { "out-port=465 out-sec=starttls", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_CLEAR_TO_TLS, PC_ACCOUNT_OUT_SECURITY, "nobody spoke",
    "tcp.silence", "Outgoing security: TLS from the first byte" },
  { "out-port=993 out-sec=tls", PC_ACCOUNT_OUTGOING,
    PC_ACCOUNT_OTHER_PROTOCOL, PC_ACCOUNT_OUT_PORT, "inside it", NULL,
    "Outgoing port: 465" },
  { "out-host=nowhere.test", PC_ACCOUNT_OUTGOING, PC_ACCOUNT_NO_NAME,
    PC_ACCOUNT_OUT_HOST, "nowhere.test", "dns.no-name",
    "Outgoing server: mail.example.test" },
};

static void
check_bite (const Bite *bite)
{
  g_autoptr (PcAccountTrial) trial = try_text (bite->given, 1u << bite->side,
                                               NULL);
  const PcAccountHalf *half = &trial->halves[bite->side];

  g_test_message ("%s: %s", bite->given, half->sentence);
  g_assert_cmpstr (pc_account_outcome_to_string (half->outcome), ==,
                   pc_account_outcome_to_string (bite->outcome));
  g_assert_cmpstr (pc_account_field_to_id (half->bites), ==,
                   pc_account_field_to_id (bite->bites));
  g_assert_cmpuint (half->fields & PC_ACCOUNT_BIT (half->bites), !=, 0);
  assert_says (half->sentence, bite->says);
  g_assert_false (pc_account_trial_works (trial));
  g_assert_cmpint (pc_timeline_get_outcome (trial->timeline), ==,
                   PC_OUTCOME_FAILED);
  g_assert_cmpuint (half->step, >, 0);
  if (bite->step != NULL)
    g_assert_cmpstr (
        pc_step_get_rule (pc_timeline_get_step (trial->timeline,
                                                half->step - 1)),
        ==, bite->step);
  g_assert_cmpuint (half->fixes->len, >, 0);
  if (bite->fix != NULL)
    g_assert_cmpstr (((const PcAccountFix *) half->fixes->pdata[0])->title,
                     ==, bite->fix);
  g_assert_null (trial->halves[1 - bite->side].sentence);
}

static void
test_bites (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bites); i++)
    check_bite (&bites[i]);
}

/* What is offered works when it is done, and was not done by itself. */
static void
test_fixes_work (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bites); i++) {
    const PcAccountOptions options = { .sides = 1u << bites[i].side };
    g_autoptr (PcAccountForm) form = make_form (bites[i].given);
    g_autoptr (PcAccountTrial) trial = try_text (
        bites[i].given, 1u << bites[i].side, NULL);
    const GPtrArray *fixes = trial->halves[bites[i].side].fixes;

    g_assert_true (pc_account_form_equal (trial->form, form));
    for (guint j = 0; j < fixes->len; j++) {
      const PcAccountFix *fix = fixes->pdata[j];
      g_autoptr (PcAccountTrial) again = pc_account_try (fix->form, &options,
                                                         NULL);

      g_test_message ("%s → %s", bites[i].given, fix->title);
      g_assert_true (pc_account_trial_works (again));
      g_assert_cmpint (pc_account_trial_is_unsafe (again), ==, fix->unsafe);
      g_assert_cmpuint (fix->fields, !=, 0);
      g_assert_cmpuint (strlen (fix->detail), >, 0);
    }
  }
}

/* -- facts ---------------------------------------------------------------- */

static void
test_facts (void)
{
  static const struct
  {
    const char *given;
    gboolean    unsafe;
    gboolean    read;
    gboolean    collected;
    gboolean    tls;
    gboolean    tls_first;
    gboolean    password;
  } rows[] = {
    { "", FALSE, TRUE, FALSE, TRUE, TRUE, FALSE },
    { "in-port=143", FALSE, TRUE, FALSE, TRUE, FALSE, FALSE },
    { "in-port=143 in-sec=none", TRUE, TRUE, FALSE, FALSE, FALSE, TRUE },
    { "in-proto=pop3", FALSE, FALSE, TRUE, TRUE, TRUE, FALSE },
    { "in-port=110", FALSE, FALSE, TRUE, TRUE, FALSE, FALSE },
    { "in-port=110 in-sec=none", TRUE, FALSE, TRUE, FALSE, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcAccountTrial) trial = try_text (rows[i].given, 0, NULL);
    const PcAccountFacts *facts = &trial->halves[PC_ACCOUNT_INCOMING].facts;
    const PcAccountHalf  *out = &trial->halves[PC_ACCOUNT_OUTGOING];

    g_test_message ("%s", rows[i].given);
    g_assert_true (pc_account_trial_works (trial));
    g_assert_cmpint (pc_account_trial_is_unsafe (trial), ==, rows[i].unsafe);
    g_assert_true (facts->opened && facts->logged_in);
    g_assert_cmpint (facts->read, ==, rows[i].read);
    g_assert_cmpint (facts->collected, ==, rows[i].collected);
    g_assert_cmpint (facts->tls, ==, rows[i].tls);
    g_assert_cmpint (facts->tls_first, ==, rows[i].tls_first);
    g_assert_cmpint (facts->password_in_clear, ==, rows[i].password);
    g_assert_cmpint (facts->mail_in_clear, ==, !rows[i].tls);
    g_assert_true (out->facts.sent && out->facts.logged_in &&
                   out->facts.tls_first);
    g_assert_cmpuint (trial->halves[PC_ACCOUNT_INCOMING].conn, ==, 1);
    g_assert_cmpuint (out->conn, ==, 2);
    g_assert_cmpint (pc_timeline_get_outcome (trial->timeline), ==,
                     PC_OUTCOME_OK);
  }
}

/* The same settings are the same run. */
static void
test_same (void)
{
  g_autoptr (PcAccountTrial) one = try_text ("in-port=110 in-sec=none", 0,
                                             NULL);
  g_autoptr (PcAccountTrial) two = try_text ("in-port=110 in-sec=none", 0,
                                             NULL);
  guint n = pc_timeline_get_n_steps (one->timeline);

  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, ==, pc_timeline_get_n_steps (two->timeline));
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (
        pc_step_get_rule (pc_timeline_get_step (one->timeline, i)), ==,
        pc_step_get_rule (pc_timeline_get_step (two->timeline, i)));
}

/* A field that cannot be used keeps only its own side from being tried. */
static void
test_not_tried (void)
{
  g_autoptr (PcAccountForm) form = make_form ("");
  g_autoptr (PcAccountTrial) trial = NULL;

  pc_account_form_set (form, PC_ACCOUNT_IN_PORT, "many");
  trial = pc_account_try (form, NULL, NULL);
  g_assert_cmpint (trial->halves[PC_ACCOUNT_INCOMING].outcome, ==,
                   PC_ACCOUNT_NOT_TRIED);
  g_assert_cmpint (trial->halves[PC_ACCOUNT_INCOMING].bites, ==,
                   PC_ACCOUNT_IN_PORT);
  g_assert_cmpint (trial->halves[PC_ACCOUNT_OUTGOING].outcome, ==,
                   PC_ACCOUNT_WORKS);
  g_assert_false (pc_account_trial_works (trial));
}

/* Whatever is typed is tried, and told. */
static void
test_odd_values (void)
{
  static const char *const odd[] = {
    "user=a\"b", "user=alex@example.test", "user=\xc3\xa4",
    "password={5}", "password=\\", "user=%s%n", "user=alex>,<robin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autoptr (PcAccountTrial) trial = try_text (odd[i], 0, NULL);

    for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++) {
      g_test_message ("%s: %s", odd[i], trial->halves[side].sentence);
      g_assert_nonnull (trial->halves[side].sentence);
      g_assert_true (
          trial->halves[side].outcome == PC_ACCOUNT_WRONG_LOGIN ||
          trial->halves[side].outcome == PC_ACCOUNT_WORKS);
    }
  }
}

/* -- tasks ---------------------------------------------------------------- */

static void
test_goals (void)
{
  static const struct
  {
    const char *goal;
    const char *given;
    guint       missing;
  } rows[] = {
    { "phone-tls", "", 0 },
    { "phone-tls", "out-port=587", PC_GOAL_TLS_FIRST },
    { "phone-tls", "in-port=143", PC_GOAL_TLS_FIRST },
    { "phone-tls", "in-proto=pop3", PC_GOAL_READ_ON_SERVER },
    { "phone-tls", "in-port=143 in-sec=tls",
      PC_GOAL_READ_ON_SERVER | PC_GOAL_TLS_FIRST },
    { "phone-tls", "out-port=25",
      PC_GOAL_SEND_WITH_LOGIN | PC_GOAL_TLS_FIRST },
    { "phone-imap", "in-port=143 in-sec=none", 0 },
    { "phone-imap", "in-proto=imap in-port=110", PC_GOAL_READ_ON_SERVER },
    { "phone-imap", "in-proto=pop3 in-port=110", PC_GOAL_READ_ON_SERVER },
    { "phone-starttls", "in-port=143 out-port=587", 0 },
    { "phone-starttls", "", PC_GOAL_TLS_LATER },
    { "phone-starttls", "in-port=143 in-sec=none out-port=587",
      PC_GOAL_TLS_LATER | PC_GOAL_NO_CLEAR_PASSWORD },
    { "tablet-collect", "in-proto=pop3", 0 },
    { "tablet-collect", "in-port=110 in-sec=none",
      PC_GOAL_NO_CLEAR_PASSWORD },
    { "tablet-collect", "", PC_GOAL_COLLECT },
    { "send-only", "out-port=587", 0 },
    { "send-only", "in-port=143 in-sec=none", 0 },
    { "send-only", "password=wrong",
      PC_GOAL_SEND_WITH_LOGIN | PC_GOAL_NO_CLEAR_PASSWORD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PcAccountGoal *goal = find_goal (rows[i].goal);
    g_autoptr (PcAccountTrial) trial = try_text (rows[i].given, 0, goal);

    g_test_message ("%s: %s", rows[i].goal, rows[i].given);
    g_assert_cmphex (goal->wants & ~pc_account_goal_check (goal, trial), ==,
                     rows[i].missing);
    for (guint wish = 1; wish <= PC_GOAL_NO_CLEAR_PASSWORD; wish <<= 1) {
      g_autofree char *text = pc_account_goal_describe (goal, wish, trial);

      g_assert_true (g_str_has_suffix (text, "."));
    }
  }
}

/* A way out that does not solve the task comes later, and says so. */
static void
test_goal_orders_fixes (void)
{
  g_autoptr (PcAccountTrial) trial = try_text (
      "in-port=143 in-sec=tls", 0, find_goal ("phone-starttls"));
  const GPtrArray    *fixes = trial->halves[PC_ACCOUNT_INCOMING].fixes;
  const PcAccountFix *first = fixes->pdata[0];
  const PcAccountFix *last = fixes->pdata[fixes->len - 1];

  g_assert_cmpstr (first->title, ==, "Incoming security: STARTTLS");
  g_assert_true (first->fits);
  g_assert_false (last->fits);
}

/* -- questions ------------------------------------------------------------ */

static void
test_judge (void)
{
  static const struct
  {
    const char *ids[4];
    const char *values[4];
    const char *judgement; /* NULL: cannot be asked */
    const char *says;
  } rows[] = {
    { { "in-port" }, { "993" }, "works", "first byte" },
    { { "in-proto", "in-port" }, { "imap", "143" }, "works", "STARTTLS" },
    { { "in-proto", "in-port" }, { "imap", "110" }, "fails", "+OK" },
    { { "in-proto", "in-port" }, { "imap", "25" }, "fails", "220" },
    { { "in-proto", "in-port" }, { "imap", "69" }, "fails", "UDP" },
    { { "in-proto", "in-port", "in-sec" }, { "imap", "143", "none" },
      "unsafe", "anybody" },
    { { "in-port", "out-port", "out-sec" }, { "993", "465", "tls" }, "works",
      NULL },
    { { "in-port", "out-port", "out-sec" }, { "993", "587", "starttls" },
      "works", NULL },
    { { "out-port", "out-sec" }, { "465", "starttls" }, "fails",
      "nobody spoke" },
    { { "out-port", "out-login" }, { "587", "no" }, "fails", "530" },
    { { "password" }, { "guess" }, "fails", "does not say whether" },
    { { "in-post" }, { "993" }, NULL, "in-post" },
    { { "in-port" }, { "many" }, NULL, "in-port" },
    { { "in-sec" }, { "ssl" }, NULL, "in-sec" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcAccountJudgement judgement = PC_ACCOUNT_JUDGED_FAILS;
    g_autofree char   *sentence = NULL;
    g_autoptr (GError) error = NULL;
    guint    n = g_strv_length ((char **) rows[i].ids);
    gboolean good = pc_account_judge (rows[i].ids, rows[i].values, n,
                                      &judgement, &sentence, &error);

    g_test_message ("%u %s=%s", i, rows[i].ids[0], rows[i].values[0]);
    if (rows[i].judgement == NULL) {
      g_assert_false (good);
      assert_says (error->message, rows[i].says);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpstr (pc_account_judgement_to_string (judgement), ==,
                     rows[i].judgement);
    if (rows[i].says != NULL)
      assert_says (sentence, rows[i].says);
  }
}

/* -- beside a main loop --------------------------------------------------- */

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PcAccountTrial *
try_async (const char   *given,
           PcLinkKind    link,
           GCancellable *cancellable,
           GError      **error)
{
  const PcAccountOptions options = { .link = link,
                                     .patience = 300 * 1000 };
  g_autoptr (PcAccountForm) form = make_form (given);
  g_autoptr (GAsyncResult) result = NULL;

  pc_account_try_async (form, &options, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return pc_account_try_finish (result, error);
}

static void
test_async (void)
{
  static const PcLinkKind links[] = { PC_LINK_MEMORY, PC_LINK_SOCKETS };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PcAccountTrial) trial = try_async ("in-proto=imap in-port=110",
                                                  links[i], NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpint (trial->halves[PC_ACCOUNT_INCOMING].outcome, ==,
                     PC_ACCOUNT_OTHER_PROTOCOL);
    g_assert_cmpuint (trial->halves[PC_ACCOUNT_INCOMING].fixes->len, >, 0);
    g_assert_cmpint (trial->halves[PC_ACCOUNT_OUTGOING].outcome, ==,
                     PC_ACCOUNT_WORKS);
  }
}

/* Somebody else has the lab ports: any other will do. */
static void
test_ports_in_use (void)
{
  static const guint16 ports[] = { 10025,  10069,  10110, 10143,
                                   10465, 10587, 10993, 10995 };
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PcAccountTrial) trial = NULL;

  /* Another test may have one of them for a moment: just as good. */
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    g_socket_listener_add_inet_port (listener, ports[i], NULL, NULL);
  trial = try_async ("", PC_LINK_SOCKETS, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (pc_account_trial_works (trial));
}

static void
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Before it begins, and in the middle of a silence. */
static void
test_cancel (void)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    PcAccountTrial *trial;

    if (i == 0)
      g_cancellable_cancel (cancellable);
    else
      g_timeout_add_once (50, cancel_cb, cancellable);
    trial = try_async ("in-port=993 in-sec=none", PC_LINK_SOCKETS, cancellable,
                       &error);
    g_assert_null (trial);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/form/complete", test_complete);
  g_test_add_func ("/account/form/check", test_check);
  g_test_add_func ("/account/form/check-all", test_check_all);
  g_test_add_func ("/account/form/urls", test_urls);
  g_test_add_func ("/account/form/url-secret", test_url_secret);
  g_test_add_func ("/account/bites", test_bites);
  g_test_add_func ("/account/fixes-work", test_fixes_work);
  g_test_add_func ("/account/facts", test_facts);
  g_test_add_func ("/account/same", test_same);
  g_test_add_func ("/account/not-tried", test_not_tried);
  g_test_add_func ("/account/odd-values", test_odd_values);
  g_test_add_func ("/account/goals", test_goals);
  g_test_add_func ("/account/goal-orders-fixes", test_goal_orders_fixes);
  g_test_add_func ("/account/judge", test_judge);
  g_test_add_func ("/account/async", test_async);
  g_test_add_func ("/account/ports-in-use", test_ports_in_use);
  g_test_add_func ("/account/cancel", test_cancel);

  return g_test_run ();
}
