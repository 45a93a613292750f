/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of one side of an account, read off its steps.
 *
 * The facts are the wire's: which state was reached, what was said in clear.
 * The outcome adds what the world knows, as the person at the server would:
 * whether it waited for TLS while the phone waited for a greeting.  Left out:
 * the sentence, which is account-words.c's.
 */

#include "run/account-private.h"

#include "run/account.h"

#include <string.h>

/* Rules that tell what a side has reached. */
typedef enum
{
  REACHED_LOGIN = 1 << 0,
  REACHED_READ = 1 << 1,
  REACHED_LIST = 1 << 2,
  REACHED_SENT = 1 << 3,
  CARRIES_MAIL = 1 << 4, /* letters, or what mailboxes hold */
} Mark;

static const struct
{
  const char *rule;
  guint       marks;
} marked[] = {
  { "imap.login.ok", REACHED_LOGIN },
  { "imap.list.data", CARRIES_MAIL },
  { "imap.select.ok", REACHED_READ | CARRIES_MAIL },
  { "pop3.pass.ok", REACHED_LOGIN },
  { "pop3.list.reply", REACHED_LIST | CARRIES_MAIL },
  { "smtp.auth.ok", REACHED_LOGIN },
  { "smtp.content", CARRIES_MAIL },
  { "smtp.queued", REACHED_SENT },
};

static guint
find_marks (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (marked); i++)
    if (strcmp (marked[i].rule, rule) == 0)
      return marked[i].marks;

  return 0;
}

static PcStep *
step_at (const PcAccountSight *sight,
         guint                 index)
{
  return pc_timeline_get_step (sight->timeline, index);
}

static gboolean
is_from_server (PcStep *step)
{
  return strcmp (pc_step_get_from (step), PC_ACCOUNT_PHONE) != 0;
}

static gboolean
is_said (PcStep *step)
{
  PcLayer layer = pc_step_get_layer (step);

  return layer == PC_LAYER_APP || layer == PC_LAYER_UDP;
}

int
pc_account_sight_find (const PcAccountSight *sight,
                       const char           *rule)
{
  for (guint i = sight->first; i < sight->end; i++)
    if (strcmp (pc_step_get_rule (step_at (sight, i)), rule) == 0)
      return (int) i;

  return -1;
}

int
pc_account_sight_find_greeting (const PcAccountSight *sight)
{
  for (guint i = sight->first; i < sight->end; i++)
    if (is_said (step_at (sight, i)) && is_from_server (step_at (sight, i)))
      return (int) i;

  return -1;
}

int
pc_account_sight_find_last_word (const PcAccountSight *sight)
{
  for (guint i = sight->end; i > sight->first; i--)
    if (is_said (step_at (sight, i - 1)) &&
        is_from_server (step_at (sight, i - 1)))
      return (int) i - 1;

  return -1;
}

/* The last complaint: a goodbye may have come after it. */
int
pc_account_sight_find_error (const PcAccountSight *sight)
{
  for (guint i = sight->end; i > sight->first; i--)
    if (is_said (step_at (sight, i - 1)) &&
        is_from_server (step_at (sight, i - 1)) &&
        pc_step_get_status (step_at (sight, i - 1)) == PC_STATUS_ERROR)
      return (int) i - 1;

  return -1;
}

/* -- the facts ------------------------------------------------------------ */

/* "pop3.greeting" is a word of POP3. */
static const char *
find_service (PcStep *step)
{
  static const char *const ids[] = { "imap", "pop3", "smtp", "tftp" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_has_prefix (pc_step_get_rule (step), ids[i]) &&
        pc_step_get_rule (step)[strlen (ids[i])] == '.')
      return ids[i];

  return NULL;
}

static void
see_said (PcAccountFacts *facts,
          PcStep         *step)
{
  guint    marks = find_marks (pc_step_get_rule (step));
  gboolean clear = pc_step_get_wire (step) == NULL;

  if (is_from_server (step) && facts->service == NULL)
    facts->service = find_service (step);
  if (clear)
    facts->tls_first = FALSE;
  if (clear && pc_step_has_secret (step) && !is_from_server (step))
    facts->password_in_clear = TRUE;
  if (clear && (marks & CARRIES_MAIL) != 0)
    facts->mail_in_clear = TRUE;
  facts->logged_in = facts->logged_in || (marks & REACHED_LOGIN) != 0;
  facts->read = facts->read || (marks & REACHED_READ) != 0;
  facts->collected = facts->collected || (marks & REACHED_LIST) != 0;
  facts->sent = facts->sent || (marks & REACHED_SENT) != 0;
}

static void
see_facts (const PcAccountSight *sight,
           PcAccountHalf        *half)
{
  PcAccountFacts *facts = &half->facts;
  guint           n_finished = 0;

  *facts = (PcAccountFacts){ .tls_first = TRUE };
  for (guint i = sight->first; i < sight->end; i++) {
    PcStep     *step = step_at (sight, i);
    const char *rule = pc_step_get_rule (step);

    if (half->conn == 0)
      half->conn = pc_step_get_conn (step);
    facts->opened = facts->opened || strcmp (rule, "tcp.open") == 0;
    n_finished += strcmp (rule, "tls.finished") == 0;
    if (is_said (step))
      see_said (facts, step);
  }
  /* One of each end's. */
  facts->tls = n_finished >= 2;
  facts->tls_first = facts->tls_first && facts->tls;
}

/* -- the outcome ---------------------------------------------------------- */

static gboolean
has (const PcAccountSight *sight,
     const char           *rule)
{
  return pc_account_sight_find (sight, rule) >= 0;
}

static gboolean
is_certificate_refused (const PcAccountSight *sight)
{
  return has (sight, "tls.alert.bad-certificate") ||
         has (sight, "tls.alert.unknown-ca") ||
         has (sight, "tls.alert.certificate-expired");
}

static gboolean
is_refused (const PcAccountSight *sight,
            const char           *action)
{
  return g_strcmp0 (sight->refused, action) == 0;
}

/* Before anything of the protocol could be said. */
static PcAccountOutcome
see_link (const PcAccountSight *sight,
          const PcAccountHalf  *half)
{
  const char *wanted = pc_account_form_get_protocol (sight->form,
                                                     sight->side);
  PcAccountSecurity security = pc_account_form_get_security (sight->form,
                                                             sight->side);

  if (sight->machine == PC_ACCOUNT_NOWHERE)
    return PC_ACCOUNT_NO_NAME;
  if (sight->declined)
    return PC_ACCOUNT_NO_TLS_EVER;
  if (sight->filtered)
    return PC_ACCOUNT_FILTERED;
  if (has (sight, "tcp.refused"))
    return sight->other ? PC_ACCOUNT_UDP_ONLY : PC_ACCOUNT_REFUSED;
  if (strcmp (wanted, "tftp") == 0 && half->facts.service == NULL)
    return PC_ACCOUNT_UNANSWERED;
  if (security == PC_ACCOUNT_TLS && !half->facts.tls &&
      half->facts.service != NULL)
    return PC_ACCOUNT_TLS_TO_CLEAR;
  if (is_certificate_refused (sight))
    return PC_ACCOUNT_OTHER_NAME;
  if (half->facts.service == NULL && sight->service != NULL &&
      sight->service->secure && security != PC_ACCOUNT_TLS)
    return PC_ACCOUNT_CLEAR_TO_TLS;
  if (half->facts.service != NULL &&
      strcmp (half->facts.service, wanted) != 0)
    return PC_ACCOUNT_OTHER_PROTOCOL;

  return PC_ACCOUNT_WORKS;
}

static PcAccountOutcome
see_login (const PcAccountSight *sight,
           const PcAccountHalf  *half)
{
  if (has (sight, "imap.login.no") || has (sight, "pop3.pass.err") ||
      has (sight, "pop3.user.err") || has (sight, "smtp.auth.refused"))
    return PC_ACCOUNT_WRONG_LOGIN;
  if (!half->facts.tls && sight->service != NULL && sight->service->needs_tls)
    return PC_ACCOUNT_LOGIN_NEEDS_TLS;
  if (sight->service != NULL && sight->service->role == PC_SERVER_RELAY)
    return PC_ACCOUNT_NO_LOGIN_HERE;

  return PC_ACCOUNT_FAILED;
}

static PcAccountOutcome
see_talk (const PcAccountSight *sight,
          const PcAccountHalf  *half)
{
  const char *wanted = pc_account_form_get_protocol (sight->form,
                                                     sight->side);

  if (sight->side == PC_ACCOUNT_INCOMING && strcmp (wanted, "tftp") == 0)
    return PC_ACCOUNT_NO_MAILBOX;
  if (is_refused (sight, "starttls"))
    return PC_ACCOUNT_NO_STARTTLS;
  if (is_refused (sight, "login") || is_refused (sight, "auth"))
    return see_login (sight, half);
  if (has (sight, "smtp.rcpt.relay-refused"))
    return PC_ACCOUNT_NO_RELAY;
  if (has (sight, "smtp.error.auth-needed"))
    return PC_ACCOUNT_LOGIN_MISSING;
  if (has (sight, "smtp.error.tls-needed") || has (sight, "pop3.tls-needed") ||
      has (sight, "imap.tls-needed"))
    return PC_ACCOUNT_LOGIN_NEEDS_TLS;
  if (!sight->done)
    return PC_ACCOUNT_FAILED;
  if (sight->side == PC_ACCOUNT_INCOMING && strcmp (wanted, "smtp") == 0)
    return PC_ACCOUNT_NO_MAILBOX;

  return half->facts.read || half->facts.collected || half->facts.sent
             ? PC_ACCOUNT_WORKS
             : PC_ACCOUNT_FAILED;
}

/* -- where it bites ------------------------------------------------------- */

typedef enum
{
  BITES_NOTHING,
  BITES_PROTOCOL,
  BITES_HOST,
  BITES_PORT,
  BITES_SECURITY,
  BITES_PASSWORD,
  BITES_LOGIN,
} Bites;

#define WITH(bites) (1u << (bites))

/* A field of the side, and what does not go together with it. */
static const struct
{
  Bites bites;
  guint with;
} blames[] = {
  [PC_ACCOUNT_NO_NAME] = { BITES_HOST },
  [PC_ACCOUNT_REFUSED] = { BITES_PORT },
  [PC_ACCOUNT_UDP_ONLY] = { BITES_PORT },
  [PC_ACCOUNT_FILTERED] = { BITES_PORT },
  [PC_ACCOUNT_UNANSWERED] = { BITES_PORT, WITH (BITES_PROTOCOL) },
  [PC_ACCOUNT_OTHER_PROTOCOL] = { BITES_PORT, WITH (BITES_PROTOCOL) },
  [PC_ACCOUNT_TLS_TO_CLEAR] = { BITES_SECURITY, WITH (BITES_PORT) },
  [PC_ACCOUNT_CLEAR_TO_TLS] = { BITES_SECURITY, WITH (BITES_PORT) },
  [PC_ACCOUNT_NO_STARTTLS] = { BITES_SECURITY },
  [PC_ACCOUNT_NO_TLS_EVER] = { BITES_SECURITY, WITH (BITES_PROTOCOL) },
  [PC_ACCOUNT_OTHER_NAME] = { BITES_HOST },
  [PC_ACCOUNT_WRONG_LOGIN] = { BITES_PASSWORD },
  [PC_ACCOUNT_LOGIN_NEEDS_TLS] = { BITES_SECURITY },
  [PC_ACCOUNT_NO_LOGIN_HERE] = { BITES_PORT, WITH (BITES_LOGIN) },
  [PC_ACCOUNT_LOGIN_MISSING] = { BITES_LOGIN },
  [PC_ACCOUNT_NO_RELAY] = { BITES_PORT, WITH (BITES_LOGIN) },
  [PC_ACCOUNT_NO_MAILBOX] = { BITES_PROTOCOL },
  [PC_ACCOUNT_FAILED] = { BITES_PORT },
};

static PcAccountField
find_field (PcAccountSide side,
            Bites         bites)
{
  switch (bites) {
  case BITES_HOST:
    return pc_account_side_host (side);
  case BITES_SECURITY:
    return pc_account_side_security (side);
  case BITES_PASSWORD:
    return PC_ACCOUNT_PASSWORD;
  case BITES_PROTOCOL:
    if (side == PC_ACCOUNT_INCOMING)
      return PC_ACCOUNT_IN_PROTO;
    return pc_account_side_port (side); /* always SMTP */
  case BITES_LOGIN:
    if (side == PC_ACCOUNT_OUTGOING)
      return PC_ACCOUNT_OUT_LOGIN;
    return PC_ACCOUNT_PASSWORD;
  case BITES_NOTHING:
  case BITES_PORT:
  default:
    return pc_account_side_port (side);
  }
}

static void
blame (PcAccountSide  side,
       PcAccountHalf *half)
{
  guint with = blames[half->outcome].with;

  half->bites = find_field (side, blames[half->outcome].bites);
  half->fields = PC_ACCOUNT_BIT (half->bites);
  for (guint i = BITES_PROTOCOL; i <= BITES_LOGIN; i++)
    if ((with & WITH (i)) != 0)
      half->fields |= PC_ACCOUNT_BIT (find_field (side, i));
  /* No server tells which of the two it was. */
  if (half->bites == PC_ACCOUNT_PASSWORD)
    half->fields |= PC_ACCOUNT_BIT (PC_ACCOUNT_USER);
}

/* What the server says that it can do, when it was last asked. */
static int
find_offer (const PcAccountSight *sight)
{
  static const char *const rules[] = { "smtp.ehlo.reply", "pop3.capa.reply",
                                       "imap.capability.data",
                                       "imap.greeting" };
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    for (guint i = sight->end; i > sight->first; i--)
      if (strcmp (pc_step_get_rule (step_at (sight, i - 1)), rules[r]) == 0)
        return (int) i - 1;

  return -1;
}

/* The step that one should look at. */
static guint
find_telling (const PcAccountSight *sight,
              const PcAccountHalf  *half)
{
  static const char *const rules[] = {
    "tcp.refused", "tcp.silence", "tcp.unanswered", "dns.no-name",
    "client.declines", "tls.alert.bad-certificate",
    "tls.alert.unexpected-message",
  };
  int at = -1;

  if (half->outcome == PC_ACCOUNT_OTHER_PROTOCOL)
    at = pc_account_sight_find_greeting (sight);
  if (half->outcome == PC_ACCOUNT_NO_STARTTLS ||
      half->outcome == PC_ACCOUNT_NO_LOGIN_HERE ||
      half->outcome == PC_ACCOUNT_LOGIN_NEEDS_TLS ||
      half->outcome == PC_ACCOUNT_NO_MAILBOX)
    at = find_offer (sight);
  for (guint i = 0; i < G_N_ELEMENTS (rules) && at < 0; i++)
    at = pc_account_sight_find (sight, rules[i]);
  if (at < 0)
    at = pc_account_sight_find_error (sight);
  if (at < 0)
    at = pc_account_sight_find_last_word (sight);
  /* Nobody said anything: the last thing that was tried. */
  if (at < 0)
    at = (int) sight->end - 1;
  return at >= (int) sight->first
             ? pc_step_get_number (step_at (sight, (guint) at))
             : 0;
}

void
pc_account_see (const PcAccountSight *sight,
                PcAccountHalf        *half)
{
  see_facts (sight, half);
  half->outcome = see_link (sight, half);
  if (half->outcome == PC_ACCOUNT_WORKS)
    half->outcome = see_talk (sight, half);
  if (half->outcome != PC_ACCOUNT_WORKS) {
    blame (sight->side, half);
    half->step = find_telling (sight, half);
  }
  half->sentence = pc_account_describe (sight, half);
}
