/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verbs and states of POP3, and what a client can be asked to do.
 *
 * States change when the server answers, never when the client asks: so
 * server, client and onlooker can agree on them.
 *
 * RFC 1939 sections 4 to 7, RFC 2449 section 5, RFC 2595 section 4, RFC 5034
 * section 4.
 */

#include "proto/pop3/verbs.h"

#include <glib/gi18n-lib.h>

#define IN(state) (1u << PC_POP3_##state)
#define BEFORE_LOGIN (IN (AUTHORIZATION) | IN (USER))

const char *const pc_pop3_states[] = {
  [PC_POP3_CONNECT] = N_ ("Connecting"),
  [PC_POP3_AUTHORIZATION] = N_ ("AUTHORIZATION"),
  [PC_POP3_USER] = N_ ("AUTHORIZATION, user named"),
  [PC_POP3_TRANSACTION] = N_ ("TRANSACTION"),
  [PC_POP3_UPDATE] = N_ ("UPDATE"),
  [PC_POP3_CLOSED] = N_ ("Closed"),
  [PC_POP3_N_STATES] = NULL,
};

const PcVerbInfo pc_pop3_verbs[] = {
  [PC_POP3_VERB_CAPA] = { "CAPA", "CAPA", BEFORE_LOGIN | IN (TRANSACTION),
                          N_ ("Ask what the server can do") },
  [PC_POP3_VERB_USER] = { "USER", "USER name", BEFORE_LOGIN,
                          N_ ("Name the user") },
  [PC_POP3_VERB_PASS] = { "PASS", "PASS password", IN (USER),
                          N_ ("Send the password"), PC_VERB_PASSWORD },
  [PC_POP3_VERB_STAT] = { "STAT", "STAT", IN (TRANSACTION),
                          N_ ("Ask how many messages there are, and their "
                              "size") },
  [PC_POP3_VERB_LIST] = { "LIST", "LIST [number]", IN (TRANSACTION),
                          N_ ("Ask for the size of one message or of all") },
  [PC_POP3_VERB_UIDL] = { "UIDL", "UIDL [number]", IN (TRANSACTION),
                          N_ ("Ask for the permanent name of one message or "
                              "of all") },
  [PC_POP3_VERB_RETR] = { "RETR", "RETR number", IN (TRANSACTION),
                          N_ ("Fetch a whole message") },
  [PC_POP3_VERB_TOP] = { "TOP", "TOP number lines", IN (TRANSACTION),
                         N_ ("Fetch the header and the first lines of a "
                             "message") },
  [PC_POP3_VERB_DELE] = { "DELE", "DELE number", IN (TRANSACTION),
                          N_ ("Mark a message: it is deleted at QUIT") },
  [PC_POP3_VERB_RSET] = { "RSET", "RSET", IN (TRANSACTION),
                          N_ ("Take all the marks away") },
  [PC_POP3_VERB_NOOP] = { "NOOP", "NOOP", IN (TRANSACTION),
                          N_ ("Do nothing, but be answered") },
  [PC_POP3_VERB_QUIT] = { "QUIT", "QUIT", BEFORE_LOGIN | IN (TRANSACTION),
                          N_ ("Delete what is marked and end the "
                              "conversation") },
  [PC_POP3_VERB_APOP] = { "APOP", "APOP name digest", BEFORE_LOGIN,
                          N_ ("Log in with a digest of the greeting's stamp "
                              "and the password") },
  [PC_POP3_VERB_AUTH] = { "AUTH", "AUTH [mechanism [response]]",
                          BEFORE_LOGIN,
                          N_ ("Log in with a SASL mechanism: plain, login, "
                              "cram-md5 or scram-sha-256"),
                          PC_VERB_PASSWORD },
  [PC_POP3_VERB_STLS] = { "STLS", "STLS", BEFORE_LOGIN,
                          N_ ("Switch to TLS: STLS, then the handshake"),
                          PC_VERB_STARTS_TLS },
  [PC_POP3_N_VERBS] = { NULL },
};

const PcStateChange pc_pop3_changes[] = {
  { NULL, N_ ("the server greets"), IN (CONNECT), IN (AUTHORIZATION) },
  { "USER", NULL, BEFORE_LOGIN, IN (USER) },
  { "USER", NULL, IN (USER), IN (AUTHORIZATION) },
  { "PASS", NULL, IN (USER), IN (AUTHORIZATION) | IN (TRANSACTION) },
  { "APOP", NULL, BEFORE_LOGIN, IN (AUTHORIZATION) | IN (TRANSACTION) },
  { "AUTH", NULL, BEFORE_LOGIN, IN (AUTHORIZATION) | IN (TRANSACTION) },
  { "STLS", NULL, IN (USER), IN (AUTHORIZATION) },
  { "QUIT", NULL, BEFORE_LOGIN, IN (CLOSED) },
  { "QUIT", NULL, IN (TRANSACTION), IN (UPDATE) },
  { NULL, N_ ("the connection ends"),
    IN (CONNECT) | BEFORE_LOGIN | IN (TRANSACTION), IN (CLOSED) },
  { NULL },
};

const PcActionSpec pc_pop3_actions[] = {
  { "capa", "", "", N_ ("Ask what the server can do") },
  { "starttls", "", "", N_ ("Switch to TLS: STLS, then the handshake") },
  { "login", "user password", "", N_ ("Log in: USER, then PASS") },
  { "apop", "user password", "",
    N_ ("Log in with a digest of the greeting's stamp and the password") },
  { "auth", "user password", "mechanism",
    N_ ("Log in with a SASL mechanism: plain, login, cram-md5 or "
        "scram-sha-256") },
  { "user", "user", "", N_ ("Name the user") },
  { "pass", "password", "", N_ ("Send the password") },
  { "stat", "", "", N_ ("Ask how many messages there are, and their size") },
  { "list", "", "number", N_ ("Ask for the size of one message or of all") },
  { "uidl", "", "number",
    N_ ("Ask for the permanent name of one message or of all") },
  { "retr", "number", "", N_ ("Fetch a whole message") },
  { "top", "number lines", "",
    N_ ("Fetch the header and the first lines of a message") },
  { "dele", "number", "", N_ ("Mark a message: it is deleted at QUIT") },
  { "rset", "", "", N_ ("Take all the marks away") },
  { "noop", "", "", N_ ("Do nothing, but be answered") },
  { "quit", "", "", N_ ("Delete what is marked and end the conversation") },
  { "raw", "line", "", N_ ("Send one line as it is") },
  { NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (pc_pop3_states) == PC_POP3_N_STATES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (pc_pop3_verbs) == PC_POP3_N_VERBS + 1);

gboolean
pc_pop3_is_multi_line (PcPop3Verb verb,
                       gboolean   has_args)
{
  switch (verb) {
  case PC_POP3_VERB_CAPA:
  case PC_POP3_VERB_RETR:
  case PC_POP3_VERB_TOP:
    return TRUE;
  case PC_POP3_VERB_LIST:
  case PC_POP3_VERB_UIDL:
  case PC_POP3_VERB_AUTH:
    return !has_args;
  default:
    return FALSE;
  }
}

static PcPop3State
after_login (PcPop3State state,
             gboolean    ok)
{
  if (state >= PC_POP3_TRANSACTION)
    return state;

  return ok ? PC_POP3_TRANSACTION : PC_POP3_AUTHORIZATION;
}

/* RFC 1939 section 6: whether or not the messages could be removed, the
 * server then closes; but QUIT with an argument is no QUIT. */
static PcPop3State
after_quit (PcPop3State state,
            gboolean    has_args,
            gboolean    ok)
{
  if (!ok && (has_args || state != PC_POP3_TRANSACTION))
    return state;

  return state == PC_POP3_TRANSACTION ? PC_POP3_UPDATE : PC_POP3_CLOSED;
}

PcPop3State
pc_pop3_next_state (PcPop3State state,
                    PcPop3Verb  verb,
                    gboolean    has_args,
                    gboolean    ok)
{
  if (state >= PC_POP3_UPDATE)
    return state;

  switch (verb) {
  case PC_POP3_VERB_CONNECT:
    return ok ? PC_POP3_AUTHORIZATION : PC_POP3_CLOSED;
  case PC_POP3_VERB_USER:
    if (state == PC_POP3_TRANSACTION)
      return state;
    return ok ? PC_POP3_USER : PC_POP3_AUTHORIZATION;
  case PC_POP3_VERB_AUTH:
    return has_args ? after_login (state, ok) : state;
  case PC_POP3_VERB_PASS:
  case PC_POP3_VERB_APOP:
    return after_login (state, ok);
  case PC_POP3_VERB_STLS:
    return ok ? PC_POP3_AUTHORIZATION : state;
  case PC_POP3_VERB_QUIT:
    return after_quit (state, has_args, ok);
  default:
    return state;
  }
}
