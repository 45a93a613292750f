/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"

G_BEGIN_DECLS

/* Answers that a server gives against its own judgement: the n-th RCPT of a
 * conversation is answered "452 4.2.2 Mailbox full", whoever it names.
 *
 * Such an answer is all that the command gets: nothing is stored, deleted or
 * remembered for it.  A refusal leads where any refusal of that command leads
 * (a SELECT that fails leaves no mailbox open); a consent is a lie, and leads
 * nowhere: the client believes it, the server's state stays as it is.  Only
 * greetings and farewells are always meant: a greeting of consent begins the
 * session, a closing reply (421, BYE, 221 to QUIT) ends it.  Octets that the
 * client is bound to send after its command (BDAT, a literal it has announced)
 * are read first, so that they are not taken for commands.
 *
 * Verbs, in any case:
 *   SMTP  every command; "CONNECT" for the greeting, "." for the verdict on
 *         the message, "RESPONSE" for a line of the client inside AUTH
 *   POP3  every command; "CONNECT", "RESPONSE"
 *   IMAP  every command, "UID FETCH" and the like, "UID" for any of these;
 *         "CONNECT"; "RESPONSE" inside AUTHENTICATE; "DONE" for the end of
 *         IDLE; "MESSAGE" for the verdict on what APPEND has brought, where
 *         "APPEND" answers before it comes if the client asks for leave
 *   TFTP  "RRQ", "WRQ", "DATA", "ACK"
 *
 * Replies:
 *   SMTP  "452 4.2.2 Mailbox full"; several lines with "\n" between them,
 *         each with the code, all but the last with "-" behind it.  Not 3xx,
 *         nor 2xx to STARTTLS: what the client sends then has no reader
 *   POP3  one line, "-ERR …" or "+OK …"; where lines have to follow +OK, there
 *         are none but the end mark.  Not +OK to STLS
 *   IMAP  what follows the tag, "NO [OVERQUOTA] …"; "BYE …" says goodbye in
 *         its place.  For "CONNECT" what follows "* ", which may be written as
 *         well.  Not OK to STARTTLS
 *   TFTP  a code of ERROR, perhaps a blank and a text: "3 No room left" */

typedef struct
{
  const char *verb;  /* as the protocol's table has it; static */
  char       *reply; /* without the last line end */
  guint       nth;   /* from 1 */
  gboolean    every; /* and all that come after */
  guint       seen;  /* such commands so far */
} PcAnswer;

/* For who owns a server, before its start: the @nth such command gets @reply.
 * FALSE with PC_ENGINE_ERROR_ARGUMENT, translated, when @engine is no server,
 * does not know @verb, or @reply breaks the protocol's grammar.  When it
 * strikes, a PC_EVENT_ANSWERED tells.  Of two for the same command, the one
 * that was injected first is given, and the other is spent. */
gboolean        pc_engine_inject_answer (PcEngine   *self,
                                         const char *verb,
                                         guint       nth,
                                         const char *reply,
                                         GError    **error);
/* The same for the @nth such command and each one after it. */
gboolean        pc_engine_inject_answers (PcEngine   *self,
                                          const char *verb,
                                          guint       nth,
                                          const char *reply,
                                          GError    **error);

/* Those that were not given yet never will be. */
void            pc_engine_disarm_answers (PcEngine *self);

/* -- for engines ---------------------------------------------------------- */

/* A command has come: counts it.  @verb and @also, which may be NULL, are its
 * names, as check_answer () spells them.  Returns: the answer whose turn it
 * is, valid as long as the engine; else NULL. */
const PcAnswer *pc_engine_take_answer (PcEngine   *self,
                                       const char *verb,
                                       const char *also);
/* It is about to be given: tells the owner. */
void            pc_engine_tell_answer (PcEngine       *self,
                                       const PcAnswer *answer);
/* For pc_engine_deinit (). */
void            pc_engine_drop_answers (PcEngine *self);

/* For check_answer (): the error for a verb that is none, or a reply. */
void            pc_answer_refuse_verb (const char *verb,
                                       GError    **error);
void            pc_answer_refuse (const char *reply,
                                  const char *why,
                                  GError    **error);
/* One line that can cross the wire: 1 to @most characters, printable ASCII;
 * blanks and tabs too.  Else the error. */
gboolean        pc_answer_is_line (const char *line,
                                   gsize       most,
                                   const char *reply,
                                   GError    **error);

G_END_DECLS
