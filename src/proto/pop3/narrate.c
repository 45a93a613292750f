/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each rule of POP3 means.
 *
 * RFC 1939, RFC 2449 (CAPA, response codes, pipelining), RFC 3206 ([AUTH]),
 * RFC 2595 section 4 (STLS), RFC 5034 (AUTH), RFC 2195 (CRAM-MD5), RFC 5802
 * and RFC 7677 (SCRAM).
 */

#include "proto/pop3/rules.h"

#include "proto/common/sasl-view.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

#define ROW(name) [PC_POP3_RULE_##name]

const PcNarration pc_pop3_narrations[PC_POP3_N_RULES] = {
  ROW (APOP) =
      { "pop3.apop",
        N_ ("Log in with a digest"),
        N_ ("The client joins the stamp of the greeting and the password, "
            "and sends the MD5 digest of both. The password itself does not "
            "cross the line, and the digest is of no use for another "
            "session, because its stamp will differ. MD5 is weak today; a "
            "connection inside TLS is the better answer."),
        { { 1939, "7" } } },
  ROW (APOP_ERR) =
      { "pop3.apop.err",
        N_ ("Digest refused"),
        N_ ("The server made the digest from the password it knows and got "
            "another result, or it does not offer APOP. The session stays in "
            "the AUTHORIZATION state."),
        { { 1939, "7" } } },
  ROW (APOP_OK) =
      { "pop3.apop.ok",
        N_ ("Logged in, maildrop locked"),
        N_ ("The digest is right. The server locks the maildrop for this "
            "session and numbers its messages from 1: the TRANSACTION state "
            "begins."),
        { { 1939, "4" }, { 1939, "7" } } },
  ROW (AUTH) =
      { "pop3.auth",
        N_ ("Log in with a SASL mechanism"),
        N_ ("AUTH names a mechanism that the server's capability SASL "
            "offers, for example PLAIN. What follows is written in Base64, "
            "which hides nothing: anybody who sees PLAIN on an open line can "
            "read the password."),
        { { 5034, "4" } },
        .under_tls =
            N_ ("AUTH names a mechanism that the server's capability SASL "
                "offers, for example PLAIN. What follows is written in "
                "Base64, which hides nothing; but this line travels inside "
                "TLS, and only the server gets to see it.") },
  ROW (AUTH_CANCEL) =
      { "pop3.auth.cancel",
        N_ ("Login called off"),
        N_ ("A line with a star alone ends the login that is under way. The "
            "server answers with -ERR, and the client may try another "
            "mechanism."),
        { { 5034, "4" } } },
  ROW (AUTH_CHALLENGE) =
      { "pop3.auth.challenge",
        N_ ("The server asks for more"),
        N_ ("A plus sign and a space: the login goes on. What follows is the "
            "server's challenge in Base64; it may be empty."),
        { { 5034, "4" } } },
  ROW (AUTH_DIGEST) =
      { "pop3.auth.digest",
        PC_SASL_WORDS_DIGEST,
        { { 2195, "2" }, { 5034, "4" } } },
  ROW (AUTH_END) =
      { "pop3.auth.end",
        PC_SASL_WORDS_END,
        { { 5034, "4" }, { 5802, "5" } } },
  ROW (AUTH_ERR) =
      { "pop3.auth.err",
        N_ ("Login refused"),
        N_ ("The mechanism is not offered, or user or password are wrong. "
            "The code [AUTH] says that the credentials are at fault, so "
            "trying again with the same ones is no use."),
        { { 5034, "4" }, { 3206, "5" } } },
  ROW (AUTH_FIRST) =
      { "pop3.auth.first",
        PC_SASL_WORDS_FIRST,
        { { 5802, "5" }, { 5802, "5.1" } } },
  ROW (AUTH_LIST) =
      { "pop3.auth.list",
        N_ ("Mechanisms offered"),
        N_ ("AUTH without a mechanism is an old custom for asking which ones "
            "there are, one on each line. Today's clients read the line SASL "
            "in the reply to CAPA."),
        { { 2449, "6.3" } } },
  ROW (AUTH_OK) =
      { "pop3.auth.ok",
        N_ ("Logged in, maildrop locked"),
        N_ ("The mechanism has done its work. The server locks the maildrop "
            "for this session: the TRANSACTION state begins."),
        { { 5034, "4" }, { 1939, "4" } } },
  ROW (AUTH_PROOF) =
      { "pop3.auth.proof",
        PC_SASL_WORDS_PROOF,
        { { 5802, "3" }, { 5802, "5.1" }, { 7677, "3" } } },
  ROW (AUTH_RESPONSE) =
      { "pop3.auth.response",
        N_ ("The client answers the challenge"),
        N_ ("This line is Base64 and belongs to the login, so it is no "
            "command. It may hold the name or the password; here it is shown "
            "as dots."),
        { { 5034, "4" } } },
  ROW (AUTH_SALT) =
      { "pop3.auth.salt",
        PC_SASL_WORDS_SALT,
        { { 5802, "5" }, { 5802, "5.1" }, { 7677, "4" } } },
  ROW (AUTH_SIGNATURE) =
      { "pop3.auth.signature",
        PC_SASL_WORDS_SIGNATURE,
        { { 5802, "3" }, { 5802, "5.1" } } },
  ROW (AUTH_STAMP) =
      { "pop3.auth.stamp",
        PC_SASL_WORDS_STAMP,
        { { 2195, "2" }, { 5034, "4" } } },
  ROW (CAPA) =
      { "pop3.capa",
        N_ ("What can you do?"),
        N_ ("CAPA asks which optional commands the server has. It may be "
            "asked before the login and after it. A server from before 1998 "
            "answers -ERR, and the client then tries out what it needs."),
        { { 2449, "5" } } },
  ROW (CAPA_ERR) =
      { "pop3.capa.err",
        N_ ("No list of capabilities"),
        N_ ("The server does not know CAPA. That is no fault: POP3 is older. "
            "The client goes on with the basic commands."),
        { { 2449, "5" } } },
  ROW (CAPA_REPLY) =
      { "pop3.capa.reply",
        N_ ("List of capabilities"),
        N_ ("One capability on each line, and a line with a dot alone at the "
            "end. UIDL gives messages permanent names, TOP shows their "
            "first lines, PIPELINING allows several commands at once. The "
            "list may be another one after the login."),
        { { 2449, "5" }, { 2449, "6" } } },
  ROW (DATA_PART) =
      { "pop3.data-part",
        N_ ("The reply goes on"),
        N_ ("The same reply is still coming. It is long, so it is shown in "
            "several pieces; on the line there is no border here."),
        { { 1939, "3" } } },
  ROW (DELE) =
      { "pop3.dele",
        N_ ("Mark a message for deletion"),
        N_ ("DELE only marks the message. It is deleted when the client says "
            "QUIT, and RSET takes the mark away until then. So a client can "
            "first put the message in a safe place."),
        { { 1939, "5" } } },
  ROW (DELE_ERR) =
      { "pop3.dele.err",
        N_ ("Not marked"),
        N_ ("There is no message with this number, or it is marked already. "
            "Nothing has changed."),
        { { 1939, "5" } } },
  ROW (DELE_OK) =
      { "pop3.dele.ok",
        N_ ("Marked, not deleted"),
        N_ ("The message has a mark now and counts no more in this session, "
            "but it is still in the maildrop. If the connection is lost "
            "before QUIT, the mark is lost and the message is not."),
        { { 1939, "5" }, { 1939, "6" } } },
  ROW (ENCRYPTED) =
      { "pop3.encrypted",
        N_ ("Encrypted by TLS"),
        N_ ("After STLS everything goes through TLS. From outside one sees "
            "records with a type and a length, but neither commands nor "
            "passwords nor mail."),
        { { 2595, "4" } } },
  ROW (GREETING) =
      { "pop3.greeting",
        N_ ("The server greets"),
        N_ ("In POP3 the server speaks first. The +OK tells the client that "
            "this is a POP3 server and that it is ready; the session is in "
            "the AUTHORIZATION state. A text in angle brackets is a stamp: "
            "the client may mix it with the password in the command APOP."),
        { { 1939, "4" }, { 1939, "7" } } },
  ROW (GREETING_ERR) =
      { "pop3.greeting.err",
        N_ ("The server will not talk"),
        N_ ("The first line is not +OK, so there is no session. The server "
            "may be overloaded or closed for repair."),
        { { 1939, "4" } } },
  ROW (INJECTED) =
      { "pop3.injected",
        PC_STARTTLS_WORDS_INJECTED,
        { { 2595, "4" }, { 9051, "6.2.1" } } },
  ROW (LIST) =
      { "pop3.list",
        N_ ("How big are the messages?"),
        N_ ("LIST asks for the number and size of every message, or of the "
            "one whose number is given. The client can then decide what to "
            "fetch over a slow line."),
        { { 1939, "5" } } },
  ROW (LIST_ERR) =
      { "pop3.list.err",
        N_ ("No such message"),
        N_ ("There is no message with this number, or it is marked as "
            "deleted. Numbers run from 1 to the count at login."),
        { { 1939, "5" } } },
  ROW (LIST_OK) =
      { "pop3.list.ok",
        N_ ("Size of one message"),
        N_ ("With a number in the command, the reply is a single line: the "
            "number again, and the size in octets."),
        { { 1939, "5" } } },
  ROW (LIST_REPLY) =
      { "pop3.list.reply",
        N_ ("Sizes of all messages"),
        N_ ("Each line has a number and a size in octets; a line with a dot "
            "alone ends the list. The numbers hold for this session only: "
            "the next one counts anew from 1. Marked messages are left out, "
            "and the others keep their numbers."),
        { { 1939, "5" }, { 1939, "11" } } },
  ROW (NOOP) =
      { "pop3.noop",
        N_ ("Do nothing"),
        N_ ("The client has nothing to ask but wants an answer. So it can "
            "see that the server is still there, and the server's timer for "
            "idle sessions starts again."),
        { { 1939, "5" }, { 1939, "3" } } },
  ROW (NOOP_ERR) =
      { "pop3.noop.err",
        N_ ("Not even that"),
        N_ ("The server refuses the NOOP, perhaps because of an argument: it "
            "takes none."),
        { { 1939, "5" } } },
  ROW (NOOP_OK) =
      { "pop3.noop.ok",
        N_ ("Still there"),
        N_ ("The server is alive and the session goes on as before."),
        { { 1939, "5" } } },
  ROW (PASS) =
      { "pop3.pass",
        N_ ("The password"),
        N_ ("PASS belongs to the USER just before it. The password crosses "
            "the line as it is: without TLS everybody on the way can read "
            "it. It is shown here as dots, but the octets were the "
            "password."),
        { { 1939, "7" } },
        .under_tls =
            N_ ("PASS belongs to the USER just before it. The password is "
                "sent as it is, but inside TLS: on the way there is only a "
                "record that nobody can read. The server reads it, and here "
                "it is shown as dots.") },
  ROW (PASS_ERR) =
      { "pop3.pass.err",
        N_ ("Login refused"),
        N_ ("User or password are wrong; the server does not say which, so "
            "that nobody can find out names, and often answers later with "
            "each wrong guess. The code [AUTH] tells the client's program "
            "that it should ask its user instead of trying again. The client "
            "has to begin with USER again."),
        { { 1939, "7" }, { 3206, "5" } } },
  ROW (PASS_IN_USE) =
      { "pop3.pass.in-use",
        N_ ("The maildrop is in use"),
        N_ ("The password is right, but another session has locked the "
            "maildrop, perhaps from a second device. POP3 lets in only one "
            "at a time. The code [IN-USE] tells the client to come again "
            "later with the same password."),
        { { 2449, "8.1.2" }, { 1939, "4" } } },
  ROW (PASS_OK) =
      { "pop3.pass.ok",
        N_ ("Logged in, maildrop locked"),
        N_ ("The TRANSACTION state begins. The server has locked the "
            "maildrop for this session and given its messages the numbers 1, "
            "2, 3 and so on; mail that arrives now is seen by the next "
            "session."),
        { { 1939, "4" }, { 1939, "7" } } },
  ROW (QUIT) =
      { "pop3.quit",
        N_ ("End the session"),
        N_ ("After a login, QUIT is more than a goodbye: it alone makes the "
            "server delete what was marked. Before a login it just ends the "
            "conversation."),
        { { 1939, "4" }, { 1939, "6" } } },
  ROW (QUIT_BYE) =
      { "pop3.quit.bye",
        N_ ("Goodbye"),
        N_ ("Nobody was logged in, so there is no UPDATE state and nothing "
            "to delete. The server closes the connection."),
        { { 1939, "4" } } },
  ROW (QUIT_ERR) =
      { "pop3.quit.err",
        N_ ("QUIT went wrong"),
        N_ ("The server could not remove all marked messages, or the command "
            "had an argument. What was not marked is safe in any case."),
        { { 1939, "6" } } },
  ROW (QUIT_UNCHANGED) =
      { "pop3.quit.unchanged",
        N_ ("Nothing was marked, nothing is deleted"),
        N_ ("With QUIT the session enters the UPDATE state, but DELE had "
            "marked no message. All the mail stays on the server; the "
            "maildrop is unlocked and the connection is closed."),
        { { 1939, "6" } } },
  ROW (QUIT_UPDATE) =
      { "pop3.quit.update",
        N_ ("Marked messages are deleted"),
        N_ ("With QUIT the session enters the UPDATE state. Only now does "
            "the server delete the messages that DELE had marked; then it "
            "unlocks the maildrop, answers, and closes the connection."),
        { { 1939, "6" } } },
  ROW (RETR) =
      { "pop3.retr",
        N_ ("Fetch a message"),
        N_ ("RETR asks for the whole message, header and body. It stays in "
            "the maildrop: fetching deletes nothing."),
        { { 1939, "5" } } },
  ROW (RETR_ERR) =
      { "pop3.retr.err",
        N_ ("No such message"),
        N_ ("There is no message with this number, or it is marked as "
            "deleted. Numbers hold for one session only, so a number from an "
            "earlier session may be wrong; UIDL is made for that."),
        { { 1939, "5" } } },
  ROW (RETR_REPLY) =
      { "pop3.retr.reply",
        N_ ("The message"),
        N_ ("First +OK, then the message line by line, then a line with a "
            "dot alone. So that no line of the message looks like that end, "
            "the server puts one more dot before every line that begins "
            "with a dot, and the client takes it away again."),
        { { 1939, "5" }, { 1939, "3" } } },
  ROW (RSET) =
      { "pop3.rset",
        N_ ("Take the marks away"),
        N_ ("All marks that DELE has made in this session are to go. "
            "Nothing was deleted yet, so nothing is lost."),
        { { 1939, "5" } } },
  ROW (RSET_ERR) =
      { "pop3.rset.err",
        N_ ("Marks stay"),
        N_ ("The server refuses the RSET, perhaps because of an argument: it "
            "takes none. What was marked stays marked."),
        { { 1939, "5" } } },
  ROW (RSET_OK) =
      { "pop3.rset.ok",
        N_ ("No message is marked"),
        N_ ("Every message counts again, as right after the login."),
        { { 1939, "5" } } },
  ROW (STARTTLS) =
      { "pop3.starttls",
        N_ ("Ask for encryption"),
        N_ ("With STLS the client wants to go on inside TLS, before it sends "
            "a password. This is allowed in the AUTHORIZATION state only. "
            "Until TLS is there, the client must not send another word."),
        { { 2595, "4" }, { 8314, "4.1" } } },
  ROW (STARTTLS_OK) =
      { "pop3.starttls.ok",
        N_ ("TLS begins"),
        N_ ("Right behind this line both ends start TLS on the same "
            "connection. What was said so far, anybody could have forged: "
            "the client forgets what the server can do and asks CAPA again, "
            "the server forgets a user that was named. There is no second "
            "greeting."),
        { { 2595, "4" } } },
  ROW (STARTTLS_REFUSED) =
      { "pop3.starttls.refused",
        N_ ("No encryption"),
        N_ ("The server does not begin TLS: it does not offer it, or TLS is "
            "on already. A careful client sends no password now but ends "
            "the session: somebody on the way might have put this answer "
            "there, to keep the conversation readable."),
        { { 2595, "4" }, { 8314, "5.2" } } },
  ROW (STAT) =
      { "pop3.stat",
        N_ ("How much mail is there?"),
        N_ ("STAT asks for the number of messages and the size of all of "
            "them together. Many clients ask this first, right after the "
            "login."),
        { { 1939, "5" } } },
  ROW (STAT_ERR) =
      { "pop3.stat.err",
        N_ ("No answer to STAT"),
        N_ ("The server refuses the STAT, perhaps because of an argument: it "
            "takes none."),
        { { 1939, "5" } } },
  ROW (STAT_REPLY) =
      { "pop3.stat.reply",
        N_ ("Count and size"),
        N_ ("The first number counts the messages, the second one their "
            "octets. The form is fixed so that a program can read it. "
            "Messages marked as deleted are in neither number."),
        { { 1939, "5" } } },
  ROW (STATE_ERR) =
      { "pop3.state.err",
        N_ ("Not in this state"),
        N_ ("The command exists, but not now: before the login only USER, "
            "PASS, CAPA, QUIT and the like may come, and PASS only right "
            "after USER; afterwards no second login. The session goes on."),
        { { 1939, "3" }, { 1939, "4" } } },
  ROW (TLS_NEEDED) =
      { "pop3.tls-needed",
        N_ ("No login without TLS"),
        N_ ("The server takes no password while everybody on the way can "
            "read along. The client has to send STLS and log in inside TLS, "
            "or to begin again on port 995. The password may not be wrong "
            "at all; but if it was sent already, it was readable."),
        { { 2595, "2.2" }, { 8314, "4.1" } } },
  ROW (TOP) =
      { "pop3.top",
        N_ ("Fetch the beginning"),
        N_ ("TOP asks for the header of a message and the first lines of its "
            "body, as many as the second number says. So a client can show "
            "sender and subject without fetching everything."),
        { { 1939, "7" } } },
  ROW (TOP_ERR) =
      { "pop3.top.err",
        N_ ("No beginning"),
        N_ ("There is no message with this number, or it is marked, or one "
            "of the two numbers is missing."),
        { { 1939, "7" } } },
  ROW (TOP_REPLY) =
      { "pop3.top.reply",
        N_ ("Header and first lines"),
        N_ ("The header, an empty line, and the lines asked for; then a line "
            "with a dot alone. Lines that begin with a dot get one more, as "
            "in every reply of several lines."),
        { { 1939, "7" }, { 1939, "3" } } },
  ROW (UIDL) =
      { "pop3.uidl",
        N_ ("Ask for permanent names"),
        N_ ("UIDL asks for the unique-id of every message or of one. A "
            "client that leaves mail on the server keeps these names, to "
            "know next time which messages it has already."),
        { { 1939, "7" } } },
  ROW (UIDL_ERR) =
      { "pop3.uidl.err",
        N_ ("No name"),
        N_ ("There is no message with this number, or it is marked; or the "
            "server does not have UIDL, which is optional."),
        { { 1939, "7" } } },
  ROW (UIDL_OK) =
      { "pop3.uidl.ok",
        N_ ("Permanent name of one message"),
        N_ ("With a number in the command, the reply is a single line: the "
            "number again, and the unique-id."),
        { { 1939, "7" } } },
  ROW (UIDL_REPLY) =
      { "pop3.uidl.reply",
        N_ ("Permanent names"),
        N_ ("Each line has the number for this session and the unique-id "
            "for ever. The unique-id means nothing to the client; it only "
            "compares it with those it has seen before, and fetches the "
            "messages whose names are new."),
        { { 1939, "7" } } },
  ROW (UNASKED) =
      { "pop3.unasked",
        N_ ("A reply to nothing"),
        N_ ("The server speaks although no command waits for an answer. "
            "Some servers do so before they close; a client must not take it "
            "for the answer to its next command."),
        { { 1939, "3" } } },
  ROW (UNKNOWN) =
      { "pop3.unknown",
        N_ ("A command unknown to POP3"),
        N_ ("The line looks like a command, but its keyword is none of "
            "RFC 1939, RFC 2449 or the extensions known here. A server "
            "answers -ERR to what it does not know."),
        { { 1939, "3" }, { 2449, "3" } } },
  ROW (UNKNOWN_ERR) =
      { "pop3.unknown.err",
        N_ ("Not understood"),
        N_ ("The server does not know the command, or the line is too long "
            "or badly formed. It must say -ERR, and the session goes on."),
        { { 1939, "3" } } },
  ROW (UNKNOWN_OK) =
      { "pop3.unknown.ok",
        N_ ("Understood by the server"),
        N_ ("The server knows this command, though it is not explained "
            "here."),
        { { 1939, "3" } } },
  ROW (UNREADABLE) =
      { "pop3.unreadable",
        N_ ("This is not POP3"),
        N_ ("The octets do not make a line of POP3. Perhaps another protocol "
            "is spoken here: a web browser, TLS on a port for clear text, or "
            "a server of another kind."),
        { { 1939, "3" } } },
  ROW (USER) =
      { "pop3.user",
        N_ ("The name of the user"),
        N_ ("USER says whose maildrop is wanted. The name alone opens "
            "nothing; PASS with the password has to follow."),
        { { 1939, "7" } } },
  ROW (USER_ERR) =
      { "pop3.user.err",
        N_ ("Name refused"),
        N_ ("The server does not take this name, or it wants no password in "
            "clear text. The client may try another way to log in."),
        { { 1939, "7" } } },
  ROW (USER_OK) =
      { "pop3.user.ok",
        N_ ("Now the password"),
        N_ ("The server waits for PASS. It may say +OK even when there is no "
            "such user, so that a stranger cannot find out names."),
        { { 1939, "7" } } },
};
