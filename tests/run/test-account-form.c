/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of a mail account: what goes with what, what can be used, URLs. */

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

  return g_test_run ();
}
