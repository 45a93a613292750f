/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each step of an SMTP conversation means, in words for a learner.
 *
 * One row per rule of the observer; no logic.  The references were checked
 * against RFC 5321, 1870, 2195, 2920, 3030, 3207, 3463, 4616, 4954, 5802, 6409,
 * 6531, 6647, 7504, 7677, 8314, 8446, 9051.
 */

#include "proto/smtp/narrate.h"

#include "proto/common/sasl-view.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

#define ROW(RULE) [PC_SMTP_RULE_##RULE]

const PcNarration pc_smtp_narrations[PC_SMTP_N_RULES] = {
  ROW (AUTH) = {
    "smtp.auth",
    N_ ("Login begins"),
    N_ ("The client wants to prove who it is and names a mechanism, the way "
        "in which user name and password will be packed. With PLAIN the "
        "packed pair may follow at once. Base64 only repacks octets: "
        "whoever reads this line can read the password, unless TLS is "
        "around it."),
    { { 4954, "4" }, { 4616, "2" } },
    .under_tls =
        N_ ("The client wants to prove who it is and names a mechanism, the "
            "way in which user name and password will be packed. With PLAIN "
            "the packed pair may follow at once. Base64 only repacks octets; "
            "that nobody on the way can read them is the work of TLS."),
  },
  ROW (AUTH_CANCEL) = {
    "smtp.auth.cancel",
    N_ ("Login given up"),
    N_ ("A single asterisk in place of an answer ends the login. The server "
        "replies 501 and the conversation goes on as if AUTH had never been "
        "sent."),
    { { 4954, "4" } },
  },
  ROW (AUTH_CHALLENGE) = {
    "smtp.auth.challenge",
    N_ ("Server asks for more"),
    N_ ("Code 334 is a question within a login; its text is base64. With "
        "LOGIN the two questions are “Username:” and “Password:”, with "
        "PLAIN the question is empty."),
    { { 4954, "4" } },
  },
  ROW (AUTH_DIGEST) = {
    "smtp.auth.digest",
    PC_SASL_WORDS_DIGEST,
    { { 2195, "2" }, { 4954, "4" } },
  },
  ROW (AUTH_END) = {
    "smtp.auth.end",
    PC_SASL_WORDS_END,
    { { 4954, "4" }, { 5802, "5" } },
  },
  ROW (AUTH_FIRST) = {
    "smtp.auth.first",
    PC_SASL_WORDS_FIRST,
    { { 5802, "5" }, { 5802, "5.1" } },
  },
  ROW (AUTH_OK) = {
    "smtp.auth.ok",
    N_ ("Login accepted"),
    N_ ("Code 235: the server believes the client. On a submission port it "
        "will now take mail from this user. A second AUTH in the same "
        "session is not allowed."),
    { { 4954, "6" }, { 4954, "4" } },
  },
  ROW (AUTH_PROOF) = {
    "smtp.auth.proof",
    PC_SASL_WORDS_PROOF,
    { { 5802, "3" }, { 5802, "5.1" }, { 7677, "3" } },
  },
  ROW (AUTH_REFUSED) = {
    "smtp.auth.refused",
    N_ ("Login refused"),
    N_ ("The login failed. Code 535 means that user name or password is "
        "wrong; the server does not say which, so that nobody can find out "
        "names by trying. Servers often answer later with each wrong guess, "
        "and at last hang up, so that trying out passwords takes long."),
    { { 4954, "6" }, { 4954, "9" } },
  },
  ROW (AUTH_RESPONSE) = {
    "smtp.auth.response",
    N_ ("Answer within the login"),
    N_ ("The client answers the server's question in base64. Portcall hides "
        "the octets because they can carry a password, but on the wire they "
        "are readable for everybody unless TLS is around them."),
    { { 4954, "4" }, { 4616, "2" } },
    .under_tls =
        N_ ("The client answers the server's question in base64. TLS is "
            "around it, so nobody on the way can read it. Portcall hides the "
            "octets because they can carry a password."),
  },
  ROW (AUTH_SALT) = {
    "smtp.auth.salt",
    PC_SASL_WORDS_SALT,
    { { 5802, "5" }, { 5802, "5.1" }, { 7677, "4" } },
  },
  ROW (AUTH_SIGNATURE) = {
    "smtp.auth.signature",
    PC_SASL_WORDS_SIGNATURE,
    { { 5802, "3" }, { 5802, "5.1" } },
  },
  ROW (AUTH_STAMP) = {
    "smtp.auth.stamp",
    PC_SASL_WORDS_STAMP,
    { { 2195, "2" }, { 4954, "4" } },
  },
  ROW (BDAT) = {
    "smtp.bdat",
    N_ ("A counted piece of the message"),
    N_ ("BDAT says how many octets follow, so no end mark and no stuffed "
        "dots are needed. LAST marks the final piece."),
    { { 3030, "2" } },
  },
  ROW (BDAT_CHUNK) = {
    "smtp.bdat.chunk",
    N_ ("Octets of the message"),
    N_ ("These are exactly as many octets as BDAT announced. The server "
        "counts them and looks for no end mark."),
    { { 3030, "2" } },
  },
  ROW (BDAT_REPLY) = {
    "smtp.bdat.reply",
    N_ ("Piece taken"),
    N_ ("The server answers every piece. The mail is not finished until the "
        "piece marked LAST was answered."),
    { { 3030, "2" } },
  },
  ROW (CONTENT) = {
    "smtp.content",
    N_ ("The message itself"),
    N_ ("The client sends header, empty line and body. A line with a single "
        "dot ends it, so every line of the text that begins with a dot gets "
        "a second one on the way. The server does not use the To line in "
        "here: it delivers to those named with RCPT."),
    { { 5321, "4.5.2" }, { 5321, "4.1.1.4" }, { 5322, "2.1" } },
  },
  ROW (CONTENT_LATER) = {
    "smtp.content.later",
    N_ ("Message not taken now"),
    N_ ("A code that begins with 4 says: not now. The client still owns the "
        "message, keeps it in its queue and tries again later."),
    { { 5321, "4.2.1" }, { 5321, "4.5.4.1" } },
  },
  ROW (CONTENT_LONE_END) = {
    "smtp.content.lone-end",
    N_ ("Message with a false end in it"),
    N_ ("Somewhere in this message stands a CR without LF, or a dot on a "
        "line of its own without CR LF on both sides. Some servers took such "
        "a thing for the end of the message; attackers used that to smuggle "
        "a second, forged mail. Only CR LF, dot, CR LF ends a message."),
    { { 5321, "2.3.8" }, { 5321, "4.1.1.4" } },
  },
  ROW (CONTENT_LONE_LF) = {
    "smtp.content.lone-lf",
    N_ ("Message with lines that end in LF"),
    N_ ("Lines in this message end in LF alone, as in files on Unix. SMTP "
        "knows no other line end than CR LF, so a strict server refuses "
        "this; a lenient one puts CR LF in its place. The end of the message "
        "must be CR LF, dot, CR LF in any case."),
    { { 5321, "2.3.8" }, { 5321, "4.1.1.4" } },
  },
  ROW (CONTENT_LOOP) = {
    "smtp.content.loop",
    N_ ("A mail that goes in circles"),
    N_ ("Every server on the way puts a Received line on top. So many of "
        "them mean that servers send this mail to one another for ever; the "
        "server stops it here and does not take it."),
    { { 5321, "6.3" }, { 3463, "3.5" } },
  },
  ROW (CONTENT_PART) = {
    "smtp.content.part",
    N_ ("A part of a long message"),
    N_ ("The message is too long to be shown as one step. The network knows "
        "no such parts: the octets follow one another without a gap until "
        "the end mark."),
    { { 5321, "4.1.1.4" } },
  },
  ROW (CONTENT_REFUSED) = {
    "smtp.content.refused",
    N_ ("Message refused"),
    N_ ("The server has read the whole message and does not want it, for "
        "good. The client has to tell the sender; sending the same again "
        "would not help."),
    { { 5321, "4.2.5" }, { 5321, "4.2.1" } },
  },
  ROW (DATA) = {
    "smtp.data",
    N_ ("Message announced"),
    N_ ("Sender and recipients are settled; now the client asks to send the "
        "message itself. It has to wait for the answer before the first "
        "octet."),
    { { 5321, "4.1.1.4" }, { 5321, "3.3" } },
  },
  ROW (DATA_GO_AHEAD) = {
    "smtp.data.go-ahead",
    N_ ("Go ahead"),
    N_ ("Code 354 is neither yes nor no: the server waits for the message "
        "and will give its verdict when it has seen the line with the "
        "single dot."),
    { { 5321, "4.1.1.4" }, { 5321, "4.2.1" } },
  },
  ROW (DATA_REFUSED) = {
    "smtp.data.refused",
    N_ ("Message not wanted"),
    N_ ("The server does not take the message, for instance because no "
        "recipient was accepted. The client must not send it."),
    { { 5321, "4.1.1.4" }, { 5321, "3.3" } },
  },
  ROW (EHLO) = {
    "smtp.ehlo",
    N_ ("Client introduces itself"),
    N_ ("EHLO tells the server the name of the client's computer and asks "
        "what the server can do beyond the basic commands. It comes before "
        "any mail."),
    { { 5321, "4.1.1.1" }, { 5321, "2.2.1" } },
  },
  ROW (EHLO_REFUSED) = {
    "smtp.ehlo.refused",
    N_ ("Hello not accepted"),
    N_ ("The server does not accept this hello. An old server may not know "
        "EHLO at all; then the client says HELO instead."),
    { { 5321, "4.1.1.1" }, { 5321, "3.2" } },
  },
  ROW (EHLO_REPLY) = {
    "smtp.ehlo.reply",
    N_ ("What the server can do"),
    N_ ("The first line is the server's name, each further line one "
        "extension: SIZE tells the longest message it takes, PIPELINING "
        "allows several commands at once, AUTH lists ways to log in. The "
        "client may only use what is listed."),
    { { 5321, "4.1.1.1" }, { 5321, "2.2.1" }, { 2920, "2" } },
  },
  ROW (ERROR_ASCII_ONLY) = {
    "smtp.error.ascii-only",
    N_ ("Letters beyond ASCII not expected"),
    N_ ("The address has letters like ö or 中, but MAIL did not have the "
        "parameter SMTPUTF8, or this server does not offer it. Without it "
        "addresses are plain ASCII."),
    { { 6531, "3.5" }, { 6531, "3.4" } },
  },
  ROW (ERROR_AUTH_NEEDED) = {
    "smtp.error.auth-needed",
    N_ ("Login needed first"),
    N_ ("Code 530: on this port the server takes nothing from people it "
        "does not know. Mail programs hand in mail on port 587 and must log "
        "in with AUTH before MAIL."),
    { { 4954, "6" }, { 6409, "4.3" } },
  },
  ROW (ERROR_CLOSING) = {
    "smtp.error.closing",
    N_ ("Server hangs up"),
    N_ ("Code 421 can come at any time: the server is about to close the "
        "connection, for instance because nothing was said for too long. "
        "What was not yet accepted must be sent again later."),
    { { 5321, "3.8" }, { 5321, "4.2.2" } },
  },
  ROW (ERROR_ORDER) = {
    "smtp.error.order",
    N_ ("Wrong order"),
    N_ ("Code 503: the command is known but does not fit here. A mail goes "
        "EHLO, MAIL, RCPT, DATA; the conversation goes on and the client "
        "can do it right."),
    { { 5321, "4.1.4" }, { 5321, "4.2.2" } },
  },
  ROW (ERROR_OTHER) = {
    "smtp.error.other",
    N_ ("Refused"),
    N_ ("The first digit of a reply is what programs look at: 4 means not "
        "now, try again; 5 means no, and asking the same again will not "
        "help."),
    { { 5321, "4.2.1" } },
  },
  ROW (ERROR_PARAMETER) = {
    "smtp.error.parameter",
    N_ ("Parameter not known"),
    N_ ("Code 504 or 555: the command itself is fine, but the server does "
        "not know what was added to it. It must not ignore it in silence."),
    { { 5321, "4.1.1.11" }, { 5321, "4.2.2" } },
  },
  ROW (ERROR_SYNTAX) = {
    "smtp.error.syntax",
    N_ ("Argument not understood"),
    N_ ("Code 501: the server knows the command but cannot read what "
        "follows it, for instance an address without angle brackets."),
    { { 5321, "4.2.2" }, { 5321, "4.1.2" } },
  },
  ROW (ERROR_TLS_NEEDED) = {
    "smtp.error.tls-needed",
    N_ ("TLS needed first"),
    N_ ("The server takes neither password nor mail on this port while "
        "everybody on the way can read along. The client has to send "
        "STARTTLS, say EHLO again inside TLS, and begin anew. Code 538 says "
        "the same of a login; it is out of use."),
    { { 3207, "4" }, { 4954, "6" }, { 8314, "4.1" } },
  },
  ROW (ERROR_UNKNOWN) = {
    "smtp.error.unknown",
    N_ ("Command not understood"),
    N_ ("Code 500: this is no command the server knows, or the line is "
        "damaged or too long. Nothing else changes."),
    { { 5321, "4.2.2" }, { 5321, "4.2.4" } },
  },
  ROW (ERROR_UNSUPPORTED) = {
    "smtp.error.unsupported",
    N_ ("Command not done here"),
    N_ ("Code 502: the server knows this command but does not offer it. "
        "What is offered stands in the answer to EHLO."),
    { { 5321, "4.2.4" } },
  },
  ROW (EXPN) = {
    "smtp.expn",
    N_ ("Who is on the list?"),
    N_ ("EXPN asks for the members of a mailing list. Hardly any server "
        "answers it today, because spammers would be the first to ask."),
    { { 5321, "3.5.1" }, { 5321, "7.3" } },
  },
  ROW (EXPN_REPLY) = {
    "smtp.expn.reply",
    N_ ("Members of the list"),
    N_ ("The server names the members of the list, one on each line."),
    { { 5321, "3.5.1" } },
  },
  ROW (GREETING) = {
    "smtp.greeting",
    N_ ("Server speaks first"),
    N_ ("As soon as the connection is there, the server says 220 and its "
        "name. The client waits for this line before it sends anything."),
    { { 5321, "3.1" }, { 5321, "4.2" } },
  },
  ROW (GREETING_CLOSED) = {
    "smtp.greeting.closed",
    N_ ("This computer takes no mail, ever"),
    N_ ("521 in place of a greeting: there is a program on the port, but it "
        "takes mail from nobody. Coming again is of no use."),
    { { 7504, "3" } },
  },
  ROW (GREETING_CROWDED) = {
    "smtp.greeting.crowded",
    N_ ("Too many connections"),
    N_ ("The server says 421 and hangs up: it is as busy as it wants to be. "
        "The code begins with 4, so the client keeps its mail and comes "
        "again later."),
    { { 5321, "3.8" }, { 5321, "4.2.1" } },
  },
  ROW (GREETING_REFUSED) = {
    "smtp.greeting.refused",
    N_ ("Server does not want to talk"),
    N_ ("Instead of 220 the server answers with a refusal: it takes no "
        "mail, or not now, or not from this computer."),
    { { 5321, "3.1" } },
  },
  ROW (HELO) = {
    "smtp.helo",
    N_ ("Client introduces itself the old way"),
    N_ ("HELO is the hello of 1982. It tells the client's name but does not "
        "ask for extensions, so none may be used afterwards: no login, no "
        "SIZE."),
    { { 5321, "4.1.1.1" }, { 5321, "3.2" } },
  },
  ROW (HELO_REPLY) = {
    "smtp.helo.reply",
    N_ ("Hello returned"),
    N_ ("The server accepts the name and is ready for mail. There is no "
        "list of extensions after HELO."),
    { { 5321, "4.1.1.1" } },
  },
  ROW (HELP) = {
    "smtp.help",
    N_ ("Client asks for help"),
    N_ ("HELP is meant for people at a keyboard; programs never look at the "
        "answer."),
    { { 5321, "4.1.1.8" } },
  },
  ROW (HELP_REPLY) = {
    "smtp.help.reply",
    N_ ("Help"),
    N_ ("The server tells in its own words what it understands."),
    { { 5321, "4.1.1.8" } },
  },
  ROW (INJECTED) = {
    "smtp.injected",
    PC_STARTTLS_WORDS_INJECTED,
    { { 3207, "4" }, { 9051, "6.2.1" } },
  },
  ROW (MAIL) = {
    "smtp.mail",
    N_ ("A mail begins: its sender"),
    N_ ("MAIL opens a transaction and names the address to which trouble is "
        "reported. It is written on the envelope, so to say: it may differ "
        "from the From line in the letter."),
    { { 5321, "4.1.1.2" }, { 5321, "3.3" } },
  },
  ROW (MAIL_NULL) = {
    "smtp.mail.null",
    N_ ("A mail without a sender"),
    N_ ("The address is empty on purpose. A report about a lost mail is "
        "sent like this, so that a report about a report can never travel "
        "in circles."),
    { { 5321, "4.5.5" }, { 5321, "4.1.1.2" } },
  },
  ROW (MAIL_OK) = {
    "smtp.mail.ok",
    N_ ("Sender accepted"),
    N_ ("The server has noted the sender and waits for the recipients. "
        "Nothing is promised yet."),
    { { 5321, "3.3" } },
  },
  ROW (MAIL_REFUSED) = {
    "smtp.mail.refused",
    N_ ("Sender refused"),
    N_ ("The server does not begin a mail with this sender or this size. "
        "There is no transaction; RCPT would be out of order now."),
    { { 5321, "3.3" }, { 1870, "6.1" } },
  },
  ROW (MAIL_TOO_BIG) = {
    "smtp.mail.too-big",
    N_ ("Message too big"),
    N_ ("The client has announced with SIZE how long the message is, and the "
        "server takes none of that length. So it is refused before a single "
        "octet of it was sent."),
    { { 1870, "6.1" }, { 3463, "3.4" } },
  },
  ROW (NOOP) = {
    "smtp.noop",
    N_ ("Nothing, please answer"),
    N_ ("NOOP changes nothing. Clients send it to see whether the other end "
        "is still there."),
    { { 5321, "4.1.1.9" } },
  },
  ROW (NOOP_REPLY) = {
    "smtp.noop.reply",
    N_ ("Still there"),
    N_ ("The server answers and that is all; a mail under way is untouched."),
    { { 5321, "4.1.1.9" } },
  },
  ROW (QUEUED) = {
    "smtp.queued",
    N_ ("Message taken over"),
    N_ ("With this 250 the responsibility moves: from now on the server has "
        "to deliver the message or report that it could not. The client may "
        "forget its copy. Should the connection break just before this "
        "line, the client sends again and the recipient may get two."),
    { { 5321, "6.1" }, { 5321, "4.2.5" } },
  },
  ROW (QUIT) = {
    "smtp.quit",
    N_ ("Client is done"),
    N_ ("The client says goodbye and waits for the answer before it closes. "
        "A connection may carry many mails before QUIT."),
    { { 5321, "4.1.1.10" }, { 5321, "3.8" } },
  },
  ROW (QUIT_REPLY) = {
    "smtp.quit.reply",
    N_ ("Goodbye"),
    N_ ("Code 221: the server closes the connection after this line."),
    { { 5321, "4.1.1.10" } },
  },
  ROW (RCPT) = {
    "smtp.rcpt",
    N_ ("One recipient"),
    N_ ("Each RCPT names one recipient, so a mail to three people has three "
        "of them. Delivery follows these addresses and never the To line in "
        "the letter; that is how blind copies work."),
    { { 5321, "4.1.1.3" }, { 5321, "3.3" } },
  },
  ROW (RCPT_CLOSED_DOMAIN) = {
    "smtp.rcpt.closed-domain",
    N_ ("The recipient's domain takes no mail"),
    N_ ("The DNS can say about a domain that it has no mail server at all. "
        "This server has looked it up and refuses at once, instead of taking "
        "the mail and sending a report about it later."),
    { { 7504, "4" } },
  },
  ROW (RCPT_FULL) = {
    "smtp.rcpt.full",
    N_ ("Mailbox full"),
    N_ ("The recipient exists but has used up the room that the server gives "
        "to a mailbox. 452 means that this may change when mail is deleted, "
        "so the client tries again later; 552 means that such a message will "
        "never fit."),
    { { 5321, "4.2.3" }, { 3463, "3.3" } },
  },
  ROW (RCPT_GREYLISTED) = {
    "smtp.rcpt.greylisted",
    N_ ("Come again later"),
    N_ ("The server has not seen this client with this sender and this "
        "recipient before, and refuses for the time being. A real mail server "
        "keeps the mail and tries again; many programs that send spam never "
        "do."),
    { { 6647, "2.4" }, { 5321, "4.5.4.1" } },
  },
  ROW (RCPT_LATER) = {
    "smtp.rcpt.later",
    N_ ("Recipient not now"),
    N_ ("A code that begins with 4 is temporary: the mailbox may be full or "
        "the server busy. The client keeps the mail for this recipient and "
        "tries again later."),
    { { 5321, "4.2.1" }, { 5321, "4.5.4.1" } },
  },
  ROW (RCPT_OK) = {
    "smtp.rcpt.ok",
    N_ ("Recipient accepted"),
    N_ ("The server will deliver to this address or pass the mail on. More "
        "recipients may follow, or DATA."),
    { { 5321, "3.3" }, { 5321, "4.1.1.3" } },
  },
  ROW (RCPT_REFUSED) = {
    "smtp.rcpt.refused",
    N_ ("Recipient refused"),
    N_ ("The server does not take mail for this address. Recipients "
        "accepted before stay accepted; the client can go on with them."),
    { { 5321, "3.3" }, { 3463, "3.2" } },
  },
  ROW (RCPT_RELAY_REFUSED) = {
    "smtp.rcpt.relay-refused",
    N_ ("Relaying refused"),
    N_ ("The recipient lives on another server, and this one does not carry "
        "strangers' mail there: else spammers would use it. Port 25 takes "
        "mail for its own people; to send elsewhere, log in on port 587."),
    { { 5321, "3.6.1" }, { 3463, "3.8" }, { 6409, "3.3" } },
  },
  ROW (RCPT_TOO_MANY) = {
    "smtp.rcpt.too-many",
    N_ ("Too many recipients for one mail"),
    N_ ("A server must take a hundred recipients, but may draw a line. The "
        "client sends the mail to those who were accepted, and then the same "
        "mail once more to the others."),
    { { 5321, "4.5.3.1.10" }, { 5321, "4.5.3.1.8" } },
  },
  ROW (RCPT_UNKNOWN_USER) = {
    "smtp.rcpt.unknown-user",
    N_ ("No such mailbox"),
    N_ ("Code 550 with 5.1.1: the domain is right but nobody here has this "
        "name. The mail goes on to the other recipients; the sender is told "
        "about this one."),
    { { 5321, "3.3" }, { 3463, "3.2" } },
  },
  ROW (REPLY) = {
    "smtp.reply",
    N_ ("Answer"),
    N_ ("The server answers. Of the three digits the first tells whether it "
        "worked: 2 is yes, 3 is go on, 4 is not now, 5 is no."),
    { { 5321, "4.2.1" } },
  },
  ROW (REPLY_UNASKED) = {
    "smtp.reply.unasked",
    N_ ("Answer without a question"),
    N_ ("No command was open when this line came. Either the two ends have "
        "lost count of each other, or somebody put the line in."),
    { { 5321, "4.3.1" } },
  },
  ROW (RSET) = {
    "smtp.rset",
    N_ ("Forget this mail"),
    N_ ("RSET throws away sender and recipients of the mail under way. The "
        "connection and the login stay."),
    { { 5321, "4.1.1.5" } },
  },
  ROW (RSET_REPLY) = {
    "smtp.rset.reply",
    N_ ("Forgotten"),
    N_ ("Nothing is under way any more; the next mail can begin with MAIL."),
    { { 5321, "4.1.1.5" } },
  },
  ROW (STARTTLS) = {
    "smtp.starttls",
    N_ ("Switch to TLS"),
    N_ ("The client wants to encrypt the rest of this connection. "
        "Everything said so far was readable for everybody on the way. "
        "Until TLS is there, the client must not send another word."),
    { { 3207, "4" }, { 8314, "4.1" } },
  },
  ROW (STARTTLS_OK) = {
    "smtp.starttls.ok",
    N_ ("TLS may begin"),
    N_ ("Right behind this line the TLS handshake starts on the same "
        "connection. Both ends forget what they learnt before, for anybody "
        "could have forged it, and the client says EHLO again. There is no "
        "second greeting."),
    { { 3207, "4" }, { 3207, "4.2" } },
  },
  ROW (STARTTLS_REFUSED) = {
    "smtp.starttls.refused",
    N_ ("No TLS"),
    N_ ("The server does not begin TLS: it does not have it, or not at the "
        "moment. A client that must keep a password or a mail secret stops "
        "here: somebody on the way might have put this answer there, to "
        "keep the conversation readable."),
    { { 3207, "4" }, { 3207, "6" }, { 8314, "5.2" } },
  },
  ROW (TLS_RECORD) = {
    "smtp.tls-record",
    N_ ("Encrypted"),
    N_ ("One TLS record. Only its type and length can be read from outside; "
        "what it carries is encrypted."),
    { { 8446, "5.1" }, { 3207, "4" } },
  },
  ROW (UNKNOWN) = {
    "smtp.unknown",
    N_ ("No SMTP command"),
    N_ ("The first word of this line is no command of SMTP that Portcall "
        "knows. The server will say what it thinks of it."),
    { { 5321, "4.1.1" }, { 5321, "4.2.4" } },
  },
  ROW (UNREADABLE) = {
    "smtp.unreadable",
    N_ ("Not SMTP"),
    N_ ("These octets do not follow the rules of SMTP. Often a program of "
        "another kind has the wrong port: a browser, or a client that "
        "begins with TLS where the server speaks in clear text."),
    { { 5321, "2.4" }, { 5321, "4.2" } },
  },
  ROW (VRFY) = {
    "smtp.vrfy",
    N_ ("Does this mailbox exist?"),
    N_ ("VRFY asks about a name without sending mail. It would help "
        "spammers most, so servers seldom tell."),
    { { 5321, "3.5.1" }, { 5321, "4.1.1.6" } },
  },
  ROW (VRFY_REPLY) = {
    "smtp.vrfy.reply",
    N_ ("Answer about a name"),
    N_ ("Code 252 means: I will not say, but try to send. 250 would confirm "
        "the mailbox."),
    { { 5321, "3.5.3" }, { 5321, "7.3" } },
  },
};
