/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of IMAP: states, verbs, and what a client can be asked to do.
 *
 * A verb that is not in the table is answered BAD; the list of capabilities
 * in server.c promises nothing beyond it.
 *
 * RFC 3501 sections 3 and 6, RFC 9051 sections 3 and 6.
 */

#include "proto/imap/verbs.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(state) (1u << PC_IMAP_##state)
#define ANY (BIT (NOT_AUTHENTICATED) | BIT (AUTHENTICATED) | BIT (SELECTED))
#define LOGGED_IN (BIT (AUTHENTICATED) | BIT (SELECTED))

const char *const pc_imap_states[] = {
  N_ ("Before the greeting"),
  N_ ("Not authenticated"),
  N_ ("Authenticated"),
  N_ ("Selected"),
  N_ ("Logout"),
  NULL,
};

/* In the order of PcImapVerb. */
const PcVerbInfo pc_imap_verbs[] = {
  { "CAPABILITY", "CAPABILITY", ANY,
    N_ ("Ask which commands and extensions the server knows") },
  { "NOOP", "NOOP", ANY, N_ ("Do nothing, and so hear what is new") },
  { "LOGOUT", "LOGOUT", ANY, N_ ("Say goodbye") },
  { "ID", "ID NIL or (\"field\" \"value\")", ANY,
    N_ ("Tell the server which program this is, and ask the same") },
  { "STARTTLS", "STARTTLS", BIT (NOT_AUTHENTICATED),
    N_ ("Switch to TLS: STARTTLS, then the handshake"), PC_VERB_STARTS_TLS },
  { "LOGIN", "LOGIN user password", BIT (NOT_AUTHENTICATED),
    N_ ("Log in with user name and password"), PC_VERB_PASSWORD },
  { "AUTHENTICATE", "AUTHENTICATE mechanism [initial-response]",
    BIT (NOT_AUTHENTICATED),
    N_ ("Log in with a SASL mechanism: plain, login, cram-md5 or "
        "scram-sha-256"),
    PC_VERB_PASSWORD },
  { "ENABLE", "ENABLE capability ...", BIT (AUTHENTICATED),
    N_ ("Tell the server what the client understands, as IMAP4rev2") },
  { "LIST", "LIST [(options)] reference pattern [RETURN (options)]",
    LOGGED_IN, N_ ("List the mailboxes") },
  { "SELECT", "SELECT mailbox [(CONDSTORE)]", LOGGED_IN,
    N_ ("Open a mailbox to read and change it") },
  { "EXAMINE", "EXAMINE mailbox [(CONDSTORE)]", LOGGED_IN,
    N_ ("Open a mailbox to read it only") },
  { "STATUS", "STATUS mailbox (items)", LOGGED_IN,
    N_ ("Ask for the counts of a mailbox without opening it") },
  { "CREATE", "CREATE mailbox [(USE (use))]", LOGGED_IN,
    N_ ("Make a mailbox") },
  { "DELETE", "DELETE mailbox", LOGGED_IN,
    N_ ("Remove a mailbox and what is in it") },
  { "RENAME", "RENAME mailbox new-name", LOGGED_IN,
    N_ ("Give a mailbox another name") },
  { "SUBSCRIBE", "SUBSCRIBE mailbox", LOGGED_IN,
    N_ ("Put a mailbox on the list of those to watch") },
  { "UNSUBSCRIBE", "UNSUBSCRIBE mailbox", LOGGED_IN,
    N_ ("Take a mailbox off the list of those to watch") },
  { "LSUB", "LSUB reference pattern", LOGGED_IN,
    N_ ("List the mailboxes to watch") },
  { "NAMESPACE", "NAMESPACE", LOGGED_IN,
    N_ ("Ask where the names of mailboxes begin") },
  { "GETQUOTA", "GETQUOTA root", LOGGED_IN, N_ ("Ask how much room there is") },
  { "GETQUOTAROOT", "GETQUOTAROOT mailbox", LOGGED_IN,
    N_ ("Ask how much room a mailbox has") },
  { "APPEND", "APPEND mailbox [(flags)] [date] {octets}", LOGGED_IN,
    N_ ("Put a message into a mailbox") },
  { "IDLE", "IDLE", LOGGED_IN, N_ ("Wait for news until done") },
  { "CHECK", "CHECK", BIT (SELECTED),
    N_ ("Ask the server to tidy up the mailbox") },
  { "CLOSE", "CLOSE", BIT (SELECTED),
    N_ ("Remove deleted messages without a word and leave the mailbox") },
  { "UNSELECT", "UNSELECT", BIT (SELECTED),
    N_ ("Leave the mailbox and remove nothing") },
  { "EXPUNGE", "EXPUNGE", BIT (SELECTED),
    N_ ("Remove the messages that are flagged as deleted, for good") },
  { "SEARCH", "SEARCH [RETURN (options)] [CHARSET charset] keys",
    BIT (SELECTED),
    N_ ("Find messages by what they say, their flags, date or size") },
  { "FETCH", "FETCH set items [(CHANGEDSINCE modseq)]", BIT (SELECTED),
    N_ ("Fetch messages or parts of them") },
  { "STORE", "STORE set [(UNCHANGEDSINCE modseq)] +FLAGS (flags)",
    BIT (SELECTED), N_ ("Set, add or remove flags of messages") },
  { "COPY", "COPY set mailbox", BIT (SELECTED),
    N_ ("Copy messages to another mailbox") },
  { "MOVE", "MOVE set mailbox", BIT (SELECTED),
    N_ ("Move messages to another mailbox") },
  { "UID SEARCH", "UID SEARCH [RETURN (options)] [CHARSET charset] keys",
    BIT (SELECTED),
    N_ ("Find messages, and get their UIDs in place of their numbers") },
  { "UID FETCH", "UID FETCH uids items", BIT (SELECTED),
    N_ ("Fetch messages, or parts of them, that are named by UID") },
  { "UID STORE", "UID STORE uids +FLAGS (flags)", BIT (SELECTED),
    N_ ("Set, add or remove flags of messages that are named by UID") },
  { "UID COPY", "UID COPY uids mailbox", BIT (SELECTED),
    N_ ("Copy messages that are named by UID") },
  { "UID MOVE", "UID MOVE uids mailbox", BIT (SELECTED),
    N_ ("Move messages that are named by UID") },
  { "UID EXPUNGE", "UID EXPUNGE uids", BIT (SELECTED),
    N_ ("Remove deleted messages for good, but only those with these UIDs") },
  { NULL },
};

const PcStateChange pc_imap_changes[] = {
  { NULL, N_ ("the server greets"), BIT (GREETING), BIT (NOT_AUTHENTICATED) },
  { NULL, N_ ("the server knows who it is (PREAUTH)"), BIT (GREETING),
    BIT (AUTHENTICATED) },
  { "LOGIN", NULL, BIT (NOT_AUTHENTICATED), BIT (AUTHENTICATED) },
  { "AUTHENTICATE", NULL, BIT (NOT_AUTHENTICATED), BIT (AUTHENTICATED) },
  /* From SELECTED: one that fails. */
  { "SELECT", NULL, LOGGED_IN, LOGGED_IN },
  { "EXAMINE", NULL, LOGGED_IN, LOGGED_IN },
  { "CLOSE", NULL, BIT (SELECTED), BIT (AUTHENTICATED) },
  { "UNSELECT", NULL, BIT (SELECTED), BIT (AUTHENTICATED) },
  { "LOGOUT", NULL, ANY, BIT (LOGOUT) },
  { NULL, N_ ("the server says goodbye, or the connection ends"),
    BIT (GREETING) | ANY, BIT (LOGOUT) },
  { NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (pc_imap_verbs) == PC_IMAP_N_VERBS + 1);

const PcActionSpec pc_imap_actions[] = {
  { "capability", "", "", N_ ("Ask which commands and extensions the server "
                              "knows") },
  { "starttls", "", "", N_ ("Switch to TLS: STARTTLS, then the handshake") },
  { "login", "user password", "", N_ ("Log in with user name and password") },
  { "authenticate", "user password", "mechanism initial",
    N_ ("Log in with a SASL mechanism: plain, login, cram-md5 or "
        "scram-sha-256") },
  { "enable", "capabilities", "",
    N_ ("Tell the server what the client understands, as IMAP4rev2") },
  { "list", "", "reference pattern patterns select return",
    N_ ("List the mailboxes") },
  { "select", "mailbox", "uidvalidity condstore",
    N_ ("Open a mailbox to read and change it") },
  { "examine", "mailbox", "uidvalidity condstore",
    N_ ("Open a mailbox to read it only") },
  { "status", "mailbox", "items",
    N_ ("Ask for the counts of a mailbox without opening it") },
  { "search", "criteria", "text uid return",
    N_ ("Find messages; a text is looked for by the last criterion") },
  { "fetch", "set items", "uid changedsince",
    N_ ("Fetch messages or parts of them") },
  { "store", "set flags", "mode silent uid unchangedsince",
    N_ ("Set, add or remove flags of messages") },
  { "create", "mailbox", "use", N_ ("Make a mailbox") },
  { "delete", "mailbox", "", N_ ("Remove a mailbox and what is in it") },
  { "rename", "mailbox to", "", N_ ("Give a mailbox another name") },
  { "subscribe", "mailbox", "", N_ ("Put a mailbox on the list of those to "
                                    "watch") },
  { "unsubscribe", "mailbox", "", N_ ("Take a mailbox off the list of those "
                                      "to watch") },
  { "lsub", "", "reference pattern", N_ ("List the mailboxes to watch") },
  { "getquota", "", "root", N_ ("Ask how much room there is") },
  { "getquotaroot", "mailbox", "", N_ ("Ask how much room a mailbox has") },
  { "namespace", "", "", N_ ("Ask where the names of mailboxes begin") },
  { "append", "mailbox", "flags date wait",
    N_ ("Put a message into a mailbox") },
  { "copy", "set mailbox", "uid", N_ ("Copy messages to another mailbox") },
  { "move", "set mailbox", "uid", N_ ("Move messages to another mailbox") },
  { "expunge", "", "set", N_ ("Remove the messages that are flagged as "
                              "deleted, for good; of a set of UIDs or all") },
  { "close", "", "", N_ ("Remove deleted messages without a word and leave "
                         "the mailbox") },
  { "unselect", "", "", N_ ("Leave the mailbox and remove nothing") },
  { "check", "", "", N_ ("Ask the server to tidy up the mailbox") },
  { "idle", "", "until", N_ ("Wait for news until done") },
  { "done", "", "", N_ ("Wait no more") },
  { "id", "", "", N_ ("Tell the server which program this is, and ask the "
                      "same") },
  { "noop", "", "", N_ ("Do nothing, and so hear what is new") },
  { "logout", "", "", N_ ("Say goodbye") },
  { "raw", "line", "", N_ ("Send one line as it is, tag included") },
  { NULL },
};

static PcImapVerb
find_verb (const char *name)
{
  guint i = 0;

  while (i < PC_IMAP_N_VERBS &&
         g_ascii_strcasecmp (pc_imap_verbs[i].name, name) != 0)
    i++;

  return i;
}

PcImapVerb
pc_imap_read_verb (PcImapCursor *cursor)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *both = NULL;
  PcImapCursor     at;

  if (!pc_imap_read_atom (cursor, &first))
    return PC_IMAP_N_VERBS;
  if (g_ascii_strcasecmp (first, "UID") != 0)
    return find_verb (first);

  at = *cursor;
  if (!pc_imap_read_char (&at, ' ') || !pc_imap_read_atom (&at, &second))
    return PC_IMAP_N_VERBS;
  *cursor = at;
  both = g_strconcat ("UID ", second, NULL);
  return find_verb (both);
}

PcImapVerb
pc_imap_verb_get_uid_form (PcImapVerb verb)
{
  g_autofree char *name = NULL;
  PcImapVerb       form;

  if (verb >= PC_IMAP_N_VERBS)
    return verb;

  name = g_strconcat ("UID ", pc_imap_verbs[verb].name, NULL);
  form = find_verb (name);
  return form < PC_IMAP_N_VERBS ? form : verb;
}

gboolean
pc_imap_verb_is_legal (PcImapVerb  verb,
                       PcImapState state)
{
  return verb < PC_IMAP_N_VERBS &&
         (pc_imap_verbs[verb].states & (1u << state)) != 0;
}

/* A SELECT that fails with NO leaves no mailbox selected (RFC 3501 6.3.1,
 * RFC 9051 6.3.2); BAD means it was never tried. */
PcImapState
pc_imap_state_after (PcImapState   state,
                     PcImapVerb    verb,
                     const guint8 *word,
                     gsize         len)
{
  gboolean ok = pc_text_equal_ascii (word, len, "OK");
  gboolean no = pc_text_equal_ascii (word, len, "NO");

  if ((!ok && !no) || !pc_imap_verb_is_legal (verb, state))
    return state;

  switch (verb) {
  case PC_IMAP_VERB_LOGIN:
  case PC_IMAP_VERB_AUTHENTICATE:
    return ok ? PC_IMAP_AUTHENTICATED : state;
  case PC_IMAP_VERB_SELECT:
  case PC_IMAP_VERB_EXAMINE:
    return ok ? PC_IMAP_SELECTED : PC_IMAP_AUTHENTICATED;
  case PC_IMAP_VERB_CLOSE:
  case PC_IMAP_VERB_UNSELECT:
    return ok ? PC_IMAP_AUTHENTICATED : state;
  case PC_IMAP_VERB_LOGOUT:
    return ok ? PC_IMAP_LOGOUT : state;
  default:
    return state;
  }
}

gboolean
pc_imap_is_http (const guint8 *line,
                 gsize         len)
{
  static const char *const methods[] = { "GET ", "POST ", "PUT ", "HEAD ",
                                         "OPTIONS ", "CONNECT ", "DELETE ",
                                         "PATCH ", "TRACE " };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (len > strlen (methods[i]) &&
        memcmp (line, methods[i], strlen (methods[i])) == 0)
      return g_strstr_len ((const char *) line, (gssize) len, " HTTP/") !=
             NULL;

  return FALSE;
}
