/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened, in a sentence or two for whoever filled in the form.
 *
 * Each says what was on the wire, and then why.  A silence is never only a
 * time-out: who waited for what is said.  Sentences stand side by side where
 * two things are to be told; none is glued together.
 */

#include "run/account-private.h"

#include "run/account.h"

#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUOTE_CHARS 72
#define GREETING_CHARS 32

/* -- what is said in them ------------------------------------------------- */

/* At most @max characters, and whole words. */
static char *
quote (const PcAccountSight *sight,
       int                   at,
       glong                 max)
{
  const char      *summary;
  const char      *blank;
  g_autofree char *begin = NULL;

  if (at < 0)
    return g_strdup ("");

  summary = pc_step_get_summary (pc_timeline_get_step (sight->timeline,
                                                       (guint) at));
  if (g_utf8_strlen (summary, -1) <= max)
    return g_strdup (summary);

  begin = g_utf8_substring (summary, 0, max);
  blank = strrchr (begin, ' ');
  if (blank != NULL)
    begin[blank - begin] = '\0';
  return g_strconcat (begin, " …", NULL);
}

/* The words by which protocols tell each other apart come first. */
static char *
quote_greeting (const PcAccountSight *sight)
{
  return quote (sight, pc_account_sight_find_greeting (sight),
                GREETING_CHARS);
}

static char *
quote_error (const PcAccountSight *sight)
{
  return quote (sight, pc_account_sight_find_error (sight), QUOTE_CHARS);
}

static const char *
wanted_name (const PcAccountSight *sight)
{
  return pc_registry_find (pc_account_form_get_protocol (sight->form,
                                                         sight->side))
      ->name;
}

static const char *
service_name (const PcAccountSight *sight,
              const PcAccountHalf  *half)
{
  if (half->facts.service != NULL)
    return pc_registry_find (half->facts.service)->name;
  return sight->service != NULL ? sight->service->protocol->name : "";
}

/* How a server greets that a client of ours could talk to. */
static const char *
wanted_greeting (const PcAccountSight *sight)
{
  const char *protocol = pc_account_form_get_protocol (sight->form,
                                                       sight->side);

  if (strcmp (protocol, "imap") == 0)
    return "* OK";
  return strcmp (protocol, "pop3") == 0 ? "+OK" : "220";
}

/* Takes both; @more may be NULL. */
static char *
join (char *sentence,
      char *more)
{
  char *both;

  if (more == NULL)
    return sentence;

  both = g_strconcat (sentence, " ", more, NULL);
  g_free (sentence);
  g_free (more);
  return both;
}

/* NULL where it is the right one. */
static char *
say_other_protocol_too (const PcAccountSight *sight,
                        const PcAccountHalf  *half)
{
  const char *wanted = wanted_name (sight);
  const char *service = service_name (sight, half);

  if (*service == '\0' || strcmp (wanted, service) == 0)
    return NULL;

  return g_strdup_printf (_ ("Besides, it is %s that listens there, and not "
                             "%s."),
                          service, wanted);
}

/* -- one for each outcome ------------------------------------------------- */

static char *
say_protection (const PcAccountHalf *half)
{
  if (half->facts.tls_first)
    return g_strdup (_ ("Everything was encrypted from the first byte."));
  if (half->facts.tls)
    return g_strdup (_ ("It began in clear text and was encrypted, by "
                        "STARTTLS, before anything private was said."));
  if (half->facts.password_in_clear)
    return g_strdup (_ ("But nothing was encrypted: anybody on the way could "
                        "read the password and the mail."));

  return g_strdup (_ ("But nothing was encrypted: anybody on the way could "
                      "read the mail."));
}

static char *
say_works (const PcAccountSight *sight,
           const PcAccountHalf  *half)
{
  char *what;

  if (half->facts.read)
    what = g_strdup (_ ("The phone has logged in and reads the mail where it "
                        "is stored, on the server."));
  else if (half->facts.collected)
    what = g_strdup (_ ("The phone has logged in and can collect the mail "
                        "from the server."));
  else if (half->facts.logged_in)
    what = g_strdup_printf (_ ("The phone has logged in, and the server has "
                               "taken its message to %s."),
                            pc_account_world_get_recipient ());
  else
    what = g_strdup_printf (_ ("The server has taken the message to %s, from "
                               "a phone that did not log in."),
                            pc_account_world_get_recipient ());
  return join (what, say_protection (half));
}

static char *
say_no_name (const PcAccountSight *sight)
{
  return g_strdup_printf (
      _ ("No machine is called “%s”. Nothing was sent: without an address "
         "there is nobody to connect to."),
      pc_account_form_get (sight->form, pc_account_side_host (sight->side)));
}

static char *
say_refused (const PcAccountSight *sight,
             guint                 port)
{
  if (sight->machine == PC_ACCOUNT_SELF)
    return g_strdup_printf (_ ("“%s” is the phone itself. No mail server runs "
                               "on it, so its own system refused port %u at "
                               "once."),
                            pc_account_form_get (
                                sight->form,
                                pc_account_side_host (sight->side)),
                            port);

  return g_strdup_printf (_ ("Port %u refused the connection at once: the "
                             "machine is there, but no program listens on "
                             "this port."),
                          port);
}

static char *
say_udp_only (const PcAccountSight *sight,
              guint                 port)
{
  return g_strdup_printf (
      _ ("TCP port %u refused the connection at once. TFTP does listen on %u, "
         "but by UDP, and that is another port with the same number; %s "
         "needs a TCP connection."),
      port, port, wanted_name (sight));
}

static char *
say_filtered (const PcAccountSight *sight,
              guint                 port)
{
  if (sight->machine == PC_ACCOUNT_FAR)
    return g_strdup_printf (
        _ ("Nothing came back from %s, not even a refusal. No machine answers "
           "at this address, or a firewall drops what is sent to it; the "
           "phone waited for its SYN to be answered and gave up."),
        pc_account_form_get (sight->form,
                             pc_account_side_host (sight->side)));

  return g_strdup_printf (
      _ ("Nothing came back from port %u, not even a refusal: a firewall drops "
         "requests to this port without a word. The phone waited for its SYN "
         "to be answered and gave up."),
      port);
}

static char *
say_unanswered (const PcAccountSight *sight,
                guint                 port)
{
  if (sight->other)
    return g_strdup_printf (
        _ ("The phone sent its request to UDP port %u several times, and "
           "nobody answered: what listens on %u listens by TCP. TFTP is at "
           "home on UDP port 69."),
        port, port);

  return g_strdup_printf (
      _ ("The phone sent its request to UDP port %u several times, and nobody "
         "answered: no program listens there. TFTP is at home on UDP port "
         "69."),
      port);
}

static char *
say_other_protocol (const PcAccountSight *sight,
                    const PcAccountHalf  *half,
                    guint                 port)
{
  g_autofree char *greeting = quote_greeting (sight);
  const char      *service = service_name (sight, half);
  const char      *wanted = wanted_name (sight);
  const char      *waits_for = wanted_greeting (sight);

  /* Translators: port, greeting, what listens there (IMAP, POP3, SMTP), what
   * the client speaks, the greeting that it waits for. */
  if (half->facts.tls)
    return g_strdup_printf (
        _ ("TLS began on port %u, and inside it the server greeted with “%s”. "
           "That is how %s greets. A client that speaks %s waits for “%s” and "
           "cannot go on, so the phone hung up."),
        port, greeting, service, wanted, waits_for);

  return g_strdup_printf (
      _ ("Port %u is open, and the server greeted with “%s”. That is how %s "
         "greets. A client that speaks %s waits for “%s” and cannot go on, so "
         "the phone hung up."),
      port, greeting, service, wanted, waits_for);
}

/* What the server made of a ClientHello; NULL when it said nothing. */
static char *
say_what_server_read (const PcAccountSight *sight)
{
  int              first = pc_account_sight_find_greeting (sight);
  int              last = pc_account_sight_find_last_word (sight);
  g_autofree char *words = NULL;

  if (last <= first)
    return NULL;

  words = quote (sight, last, QUOTE_CHARS);
  return g_strdup_printf (_ ("The server got bytes that are no command, and "
                             "answered “%s”."),
                          words);
}

static char *
say_tls_to_clear (const PcAccountSight *sight,
                  const PcAccountHalf  *half,
                  guint                 port)
{
  g_autofree char *greeting = quote_greeting (sight);
  char *all = g_strdup_printf (
      _ ("The phone began with a ClientHello of TLS (bytes 16 03 01 …), but "
         "port %u begins in clear text: “%s” is no TLS record, so the "
         "handshake failed."),
      port, greeting);

  all = join (all, say_what_server_read (sight));
  return join (all, say_other_protocol_too (sight, half));
}

static char *
say_clear_to_tls (const PcAccountSight *sight,
                  const PcAccountHalf  *half,
                  guint                 port)
{
  gboolean starttls = pc_account_form_get_security (sight->form,
                                                    sight->side) ==
                      PC_ACCOUNT_STARTTLS;
  char    *what;

  if (starttls)
    what = g_strdup_printf (
        _ ("The connection stood, and nobody spoke. STARTTLS begins in clear "
           "text, so the phone waited for a greeting; the server on port %u "
           "waited for TLS from the first byte. The phone gave up first."),
        port);
  else
    what = g_strdup_printf (
        _ ("The connection stood, and nobody spoke: the phone waited for a "
           "greeting in clear text, and the server on port %u waited for TLS "
           "from the first byte. The phone gave up first."),
        port);
  return join (what, say_other_protocol_too (sight, half));
}

static char *
say_other_name (const PcAccountSight *sight)
{
  return g_strdup_printf (
      _ ("The server showed a certificate for %s, but the phone was told to "
         "reach “%s”. It cannot know who is really there, so it broke off "
         "before it gave away the password."),
      sight->service != NULL ? sight->service->host : PC_ACCOUNT_HOST,
      pc_account_form_get (sight->form, pc_account_side_host (sight->side)));
}

static char *
say_wrong_login (const PcAccountSight *sight,
                 const PcAccountHalf  *half)
{
  g_autofree char *words = quote_error (sight);
  char *all = g_strdup_printf (
      _ ("The server refused the login: “%s”. It does not say whether the "
         "user name or the password is wrong, so that nobody can try out "
         "names."),
      words);

  if (half->facts.password_in_clear)
    all = join (all, g_strdup (_ ("And the password could be read by anybody "
                                  "on the way.")));
  return all;
}

static char *
say_no_mail (const PcAccountSight *sight,
             const PcAccountHalf  *half,
             guint                 port)
{
  g_autofree char *words = quote_error (sight);

  if (half->outcome == PC_ACCOUNT_LOGIN_MISSING)
    return g_strdup_printf (_ ("Port %u takes mail only from people who have "
                               "logged in: “%s”."),
                            port, words);

  return g_strdup_printf (_ ("Without a login, port %u takes mail for the "
                             "server's own people only: “%s”."),
                          port, words);
}

static char *
say_no_mailbox (const PcAccountSight *sight)
{
  if (strcmp (pc_account_form_get_protocol (sight->form, sight->side),
              "tftp") == 0)
    return g_strdup (_ ("TFTP fetches files by their names: the phone asked "
                        "for a file “INBOX”, and there is none. TFTP knows no "
                        "mailboxes, no messages and no login."));

  return g_strdup (_ ("The server answered, but SMTP only brings mail to a "
                      "server: it has no command to open a mailbox or to "
                      "fetch a message."));
}

static char *
say_failed (const PcAccountSight *sight)
{
  if (sight->words != NULL)
    return g_strdup (sight->words);

  return g_strdup (_ ("The server ended the conversation before the phone "
                      "had what it wanted."));
}

static char *
say_login_needs_tls (const PcAccountSight *sight,
                     guint                 port)
{
  g_autofree char *words = NULL;

  if (g_strcmp0 (sight->refused, "mail") != 0)
    return g_strdup_printf (
        _ ("The server on port %u takes no password in clear text: it offers "
           "a login only after STARTTLS. The phone gave nothing away."),
        port);

  words = quote_error (sight);
  return g_strdup_printf (_ ("The server on port %u takes no mail in clear "
                             "text, and only from people who have logged in: "
                             "“%s”."),
                          port, words);
}

static char *
say_security (const PcAccountSight *sight,
              const PcAccountHalf  *half,
              guint                 port)
{
  switch ((int) half->outcome) {
  case PC_ACCOUNT_NO_STARTTLS:
    return g_strdup_printf (
        _ ("The server on port %u does not offer STARTTLS. The phone was told "
           "to insist on it, so it stopped before it gave away the "
           "password."),
        port);
  case PC_ACCOUNT_NO_TLS_EVER:
    return g_strdup (_ ("TFTP knows neither TLS nor a login, so the phone sent "
                        "nothing at all."));
  case PC_ACCOUNT_LOGIN_NEEDS_TLS:
  default:
    return say_login_needs_tls (sight, port);
  }
}

char *
pc_account_describe (const PcAccountSight *sight,
                     const PcAccountHalf  *half)
{
  guint port = pc_account_form_get_port (sight->form, sight->side);

  switch (half->outcome) {
  case PC_ACCOUNT_WORKS:
    return say_works (sight, half);
  case PC_ACCOUNT_NO_NAME:
    return say_no_name (sight);
  case PC_ACCOUNT_REFUSED:
    return say_refused (sight, port);
  case PC_ACCOUNT_UDP_ONLY:
    return say_udp_only (sight, port);
  case PC_ACCOUNT_FILTERED:
    return say_filtered (sight, port);
  case PC_ACCOUNT_UNANSWERED:
    return say_unanswered (sight, port);
  case PC_ACCOUNT_OTHER_PROTOCOL:
    return say_other_protocol (sight, half, port);
  case PC_ACCOUNT_TLS_TO_CLEAR:
    return say_tls_to_clear (sight, half, port);
  case PC_ACCOUNT_CLEAR_TO_TLS:
    return say_clear_to_tls (sight, half, port);
  case PC_ACCOUNT_NO_STARTTLS:
  case PC_ACCOUNT_NO_TLS_EVER:
  case PC_ACCOUNT_LOGIN_NEEDS_TLS:
    return say_security (sight, half, port);
  case PC_ACCOUNT_OTHER_NAME:
    return say_other_name (sight);
  case PC_ACCOUNT_WRONG_LOGIN:
    return say_wrong_login (sight, half);
  case PC_ACCOUNT_NO_LOGIN_HERE:
    return g_strdup_printf (
        _ ("Port %u is where mail servers bring mail to each other. It offers "
           "no login (AUTH), so the phone could not show whose it is."),
        port);
  case PC_ACCOUNT_LOGIN_MISSING:
  case PC_ACCOUNT_NO_RELAY:
    return say_no_mail (sight, half, port);
  case PC_ACCOUNT_NO_MAILBOX:
    return say_no_mailbox (sight);
  case PC_ACCOUNT_NOT_TRIED:
  case PC_ACCOUNT_FAILED:
  default:
    return say_failed (sight);
  }
}
