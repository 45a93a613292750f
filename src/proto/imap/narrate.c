/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every step of an IMAP conversation means.
 *
 * One row per rule of rules.c, sorted.  RFC 9051 is the newer text and is
 * named where it still has the matter; RFC 3501 where only the older has it.
 */

#include "proto/imap/narrate.h"

#include "proto/common/sasl-view.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

const PcNarration pc_imap_narrations[] = {
  { "imap.alert", N_ ("The server has something to say"),
    N_ ("The text behind ALERT is meant for the user. It is the server's "
        "word and nobody else's: over a line without encryption anybody on "
        "the way could have written it."),
    { { 9051, "7.1" }, { 9051, "11" } } },
  { "imap.append", N_ ("Put a message into a mailbox"),
    N_ ("The client uploads a message, for instance the copy of a sent mail "
        "or a draft. SMTP sends mail; IMAP can only store it."),
    { { 9051, "6.3.12" }, { 9051, "4.3" } } },
  { "imap.append.no", N_ ("Message not stored"),
    N_ ("The mailbox does not exist or has no room, or the message is too "
        "big. A good server says so before the message is sent."),
    { { 9051, "6.3.12" }, { 5530, "3" } } },
  { "imap.append.ok", N_ ("Message stored"),
    N_ ("The message is in the mailbox. APPENDUID tells its UID, so that "
        "the client need not look for it."),
    { { 9051, "6.3.12" }, { 4315, "3" } } },
  { "imap.authenticate", N_ ("Log in by a mechanism"),
    N_ ("The client names a SASL mechanism, a recipe for the login. PLAIN "
        "sends name and password in base64, which hides nothing; other "
        "mechanisms prove the password without sending it."),
    { { 9051, "6.2.2" }, { 4616, "2" }, { 4959, "3" } },
    .under_tls =
        N_ ("The client names a SASL mechanism, a recipe for the login. PLAIN "
            "sends name and password in base64, which hides nothing; TLS "
            "around it does. Other mechanisms prove the password without "
            "sending it.") },
  { "imap.authenticate.no", N_ ("Login refused"),
    N_ ("The login failed: a wrong name or password, or a mechanism this "
        "server does not know. The session stays open."),
    { { 9051, "6.2.2" }, { 5530, "3" } } },
  { "imap.authenticate.ok", N_ ("Logged in"),
    N_ ("The mechanism succeeded. The session is now authenticated: "
        "mailboxes can be listed and opened."),
    { { 9051, "6.2.2" }, { 9051, "3.2" } } },
  { "imap.bad", N_ ("Command not understood"),
    N_ ("BAD means a fault of the client: an unknown command, a wrong "
        "argument, or a command that has no place in this state. Nothing "
        "has happened on the server."),
    { { 9051, "7.1.3" }, { 9051, "2.2.1" } } },
  { "imap.bad.untagged", N_ ("Not understood"),
    N_ ("The server could not even find a tag to answer to, so the "
        "complaint carries an asterisk."),
    { { 9051, "7.1.3" } } },
  { "imap.bye", N_ ("Server takes leave"),
    N_ ("The server is about to close the connection. After LOGOUT that is "
        "politeness; without LOGOUT the client was silent for too long, or "
        "something went wrong."),
    { { 9051, "7.1.5" }, { 9051, "3.4" } } },
  { "imap.capability", N_ ("Ask what the server can do"),
    N_ ("The client asks which version of IMAP and which extensions the "
        "server supports. It is allowed before the login, and the answer "
        "may change after it."),
    { { 9051, "6.1.1" }, { 9051, "7.2.2" } } },
  { "imap.capability.data", N_ ("What the server can do"),
    N_ ("One word for each ability. IMAP4rev1 is the protocol itself; "
        "AUTH=PLAIN names a way to log in; LITERAL+ lets the client send "
        "literals without waiting."),
    { { 9051, "7.2.2" }, { 7888, "3" } } },
  { "imap.capability.ok", N_ ("List complete"),
    N_ ("The tag of the CAPABILITY command comes back: the list above was "
        "all."),
    { { 9051, "6.1.1" } } },
  { "imap.check", N_ ("Tidy up"),
    N_ ("Asks the server to bring the mailbox in order on its side. Newer "
        "versions of IMAP have dropped it; NOOP does as well."),
    { { 3501, "6.4.1" } } },
  { "imap.check.ok", N_ ("Tidied up"),
    N_ ("CHECK is answered. If there was news about the mailbox, it stands "
        "above."),
    { { 3501, "6.4.1" } } },
  { "imap.close", N_ ("Close the mailbox"),
    N_ ("Leaves the mailbox and removes everything flagged as deleted in "
        "it, without telling this client message by message."),
    { { 9051, "6.4.1" } } },
  { "imap.close.ok", N_ ("Mailbox closed"),
    N_ ("No mailbox is open now; the session is authenticated as it was "
        "before SELECT."),
    { { 9051, "6.4.1" }, { 9051, "3.2" } } },
  { "imap.closed", N_ ("Old mailbox closed"),
    N_ ("Another mailbox was open, and is not any more. What came before "
        "this line is about the old one, what follows about the new one."),
    { { 9051, "7.1" }, { 9051, "6.3.2" } } },
  { "imap.continue", N_ ("Go ahead"),
    N_ ("The plus sign gives leave to send the literal that was announced. "
        "So a server can refuse before a lot of data comes."),
    { { 9051, "7.6" }, { 9051, "4.3" } } },
  { "imap.continue.idle", N_ ("The server is waiting with us"),
    N_ ("The plus sign says that IDLE has begun. From now on the server "
        "speaks up by itself whenever something happens in the mailbox."),
    { { 9051, "6.3.13" }, { 2177, "3" } } },
  { "imap.continue.sasl", N_ ("Go on with the login"),
    N_ ("The plus sign says: the server waits for the next line of the "
        "login. With PLAIN it has nothing more to say, so the rest is empty."),
    { { 9051, "7.6" }, { 9051, "6.2.2" } } },
  { "imap.copy", N_ ("Copy messages"),
    N_ ("The server copies messages to another mailbox by itself; not an "
        "octet of them crosses the wire. The originals stay."),
    { { 9051, "6.4.7" } } },
  { "imap.copy.no", N_ ("Not copied"),
    N_ ("Nothing was copied or moved, not even in part. With TRYCREATE the "
        "mailbox is missing and could be made."),
    { { 9051, "6.4.7" }, { 9051, "6.4.8" } } },
  { "imap.copy.ok", N_ ("Copied"),
    N_ ("All the messages are in the other mailbox, with their flags and "
        "dates. COPYUID tells which UIDs they got there."),
    { { 9051, "6.4.7" }, { 4315, "3" } } },
  { "imap.copyuid", N_ ("New UIDs of moved messages"),
    N_ ("The messages are in the other mailbox under these UIDs. Next they "
        "disappear from this one."),
    { { 4315, "3" }, { 6851, "4.3" } } },
  { "imap.create", N_ ("Make a mailbox"),
    N_ ("A new, empty mailbox. Levels of the name are separated by the "
        "character that LIST tells, and letters beyond ASCII are written in "
        "modified UTF-7: “Entwürfe” is “Entw&APw-rfe”."),
    { { 9051, "6.3.4" }, { 3501, "5.1.3" } } },
  { "imap.create.ok", N_ ("Mailbox made"),
    N_ ("The mailbox is there and empty. All clients of the account see it "
        "when they list the mailboxes next time."),
    { { 9051, "6.3.4" } } },
  { "imap.create.use", N_ ("Make a mailbox for a purpose"),
    N_ ("As CREATE, and the server is told what the mailbox is for. LIST "
        "will show the use, so that every mail program of the user puts its "
        "sent mail or drafts into the same place."),
    { { 6154, "3" }, { 9051, "6.3.4" } } },
  { "imap.create.use.no", N_ ("Not for this purpose"),
    N_ ("The server does not make a mailbox with this special use: it does "
        "not know the use, or another mailbox has it already. No mailbox was "
        "made."),
    { { 6154, "3" } } },
  { "imap.data-part", N_ ("More of the same"),
    N_ ("This belongs to the step before. It is shown in pieces because it "
        "is long; on the wire it is one."),
    { { 9051, "4.3" } } },
  { "imap.delete", N_ ("Remove a mailbox"),
    N_ ("Removes the mailbox with all messages in it. Mailboxes below it "
        "stay, and nothing lands in a wastebasket."),
    { { 9051, "6.3.5" } } },
  { "imap.delete.ok", N_ ("Mailbox removed"),
    N_ ("The mailbox and its messages are gone for every client."),
    { { 9051, "6.3.5" } } },
  { "imap.enable", N_ ("Switch extensions on"),
    N_ ("Some extensions change what the server says, and would confuse a"
        " client that does not know them. So they stay off until the "
        "client names them here."),
    { { 9051, "6.3.1" }, { 5161, "3.1" } } },
  { "imap.enable.data", N_ ("Switched on"),
    N_ ("These of the extensions the client named are on now. What is "
        "missing is not known to the server, or needs no switching on."),
    { { 9051, "7.2.1" }, { 5161, "3.2" } } },
  { "imap.enable.ok", N_ ("Enabling complete"),
    N_ ("From now on the server speaks as agreed, until the connection "
        "ends."),
    { { 9051, "6.3.1" } } },
  { "imap.esearch.data", N_ ("What was found, in short"),
    N_ ("The answer to a SEARCH that said what it wants to know. The tag "
        "tells which SEARCH that was; behind it stand the lowest and highest "
        "number, a count, or all of them as a set."),
    { { 4731, "3.1" }, { 9051, "7.3.4" } } },
  { "imap.examine", N_ ("Open a mailbox to look only"),
    N_ ("The same as SELECT, but nothing can be changed: reading does not "
        "even mark messages as read."),
    { { 9051, "6.3.3" } } },
  { "imap.examine.ok", N_ ("Mailbox open, read only"),
    N_ ("The session is in the selected state. READ-ONLY reminds the client "
        "that nothing it does will stay."),
    { { 9051, "6.3.3" }, { 9051, "3.3" } } },
  { "imap.exists", N_ ("How many messages"),
    N_ ("The mailbox holds so many messages. They are numbered from 1 to "
        "this number, the oldest first."),
    { { 9051, "7.4.1" }, { 9051, "2.3.1.2" } } },
  { "imap.exists.untagged", N_ ("The mailbox has grown"),
    N_ ("A message has arrived or was put here by another client. The "
        "server adds the new total to whatever it was asked."),
    { { 9051, "7.4.1" }, { 9051, "5.2" } } },
  { "imap.expunge", N_ ("Remove deleted messages"),
    N_ ("Only now do messages with the flag \\Deleted really go. Until this "
        "moment the flag could be taken away again."),
    { { 9051, "6.4.3" }, { 9051, "2.3.2" } } },
  { "imap.expunge.data", N_ ("Message removed"),
    N_ ("The message with this number is gone, and all that follow move up "
        "by one at once. The next EXPUNGE line already counts that way."),
    { { 9051, "7.5.1" }, { 9051, "6.4.3" } } },
  { "imap.expunge.ok", N_ ("All removed"),
    N_ ("EXPUNGE is complete. The numbers of the messages that are left "
        "have no gaps."),
    { { 9051, "6.4.3" } } },
  { "imap.expunge.untagged", N_ ("Another client removed a message"),
    N_ ("Somebody else has removed this message, and the server uses the "
        "first moment at which that may be told. All higher numbers fall by "
        "one, which is why careful clients work with UIDs."),
    { { 9051, "7.5.1" }, { 9051, "5.2" } } },
  { "imap.fetch", N_ ("Fetch from messages"),
    N_ ("The client names messages and what it wants of them: only flags, "
        "only headers, a part, or everything. So a phone can show a list "
        "without loading whole messages."),
    { { 9051, "6.4.5" }, { 9051, "6.4.5.1" } } },
  { "imap.fetch.changed", N_ ("Fetch what changed"),
    N_ ("The client remembers up to which change it has seen the mailbox,"
        " and asks only for messages that changed later. So a phone that "
        "was offline catches up without reading everything again."),
    { { 7162, "3.1.4.1" } } },
  { "imap.fetch.data", N_ ("What was fetched"),
    N_ ("The data of one message, item by item. A number in braces says how "
        "many octets follow; reading BODY[…] without PEEK also marks the "
        "message as read."),
    { { 9051, "7.5.2" }, { 9051, "4.3" } } },
  { "imap.fetch.no", N_ ("Fetch failed"),
    N_ ("Some of it cannot be had, for instance because another client has "
        "removed the message in the meantime."),
    { { 9051, "6.4.5" }, { 9051, "7.1.2" }, { 5530, "3" } } },
  { "imap.fetch.ok", N_ ("Fetch complete"),
    N_ ("Everything that was asked for stands above."),
    { { 9051, "6.4.5" } } },
  { "imap.fetch.untagged", N_ ("Flags changed elsewhere"),
    N_ ("Nobody asked for this: another client has changed the flags of "
        "this message, and the server tells it along with its next answer."),
    { { 9051, "7.5.2" }, { 9051, "5.2" } } },
  { "imap.flags", N_ ("Flags of the mailbox"),
    N_ ("The flags that messages here can carry. Flags live on the server, "
        "so a message read on the phone is read on the laptop as well."),
    { { 9051, "7.3.5" }, { 9051, "2.3.2" } } },
  { "imap.getquota", N_ ("Ask about a quota"),
    N_ ("How much room is used, and how much is there? A quota root is "
        "the name of one such account; it may stand for one mailbox or "
        "for all."),
    { { 9208, "4.1.1" } } },
  { "imap.getquota.ok", N_ ("Quota told"),
    N_ ("What is known about the room stands above."),
    { { 9208, "4.1.1" }, { 9208, "4.1.2" } } },
  { "imap.getquotaroot", N_ ("Ask which quota counts"),
    N_ ("A message in this mailbox takes room: from which account? The "
        "server names the quota roots of the mailbox and how full they "
        "are."),
    { { 9208, "4.1.2" } } },
  { "imap.greeting", N_ ("Server greeting"),
    N_ ("As soon as the connection stands, the server speaks first. “* OK” "
        "says that an IMAP server is here and ready for a login. Often it "
        "lists at once what it can do."),
    { { 9051, "7.1.1" }, { 9051, "3" } } },
  { "imap.greeting.bye", N_ ("Greeting that turns away"),
    N_ ("The server answers the call only to refuse it, for instance "
        "because too many clients are connected. It closes the connection "
        "at once."),
    { { 9051, "7.1.5" }, { 9051, "3" } } },
  { "imap.greeting.preauth", N_ ("Greeting, logged in already"),
    N_ ("The server knows from elsewhere who is calling, for instance "
        "because it was started for this user. No login follows."),
    { { 9051, "7.1.4" }, { 9051, "3" } } },
  { "imap.highestmodseq", N_ ("The newest change"),
    N_ ("Every change in a mailbox gets a number higher than all before. "
        "A client that remembers this one can ask next time what has "
        "changed since."),
    { { 7162, "3.1.2.1" } } },
  { "imap.id", N_ ("Who is calling"),
    N_ ("The client tells the name of its program and asks the server for "
        "the same. It helps to find faults; nothing may depend on it."),
    { { 2971, "3.1" } } },
  { "imap.id.data", N_ ("Who is answering"),
    N_ ("The name of the server program, and perhaps its version."),
    { { 2971, "3.2" } } },
  { "imap.id.ok", N_ ("Introduced"),
    N_ ("Both sides have told who they are."),
    { { 2971, "3.1" } } },
  { "imap.idle", N_ ("Wait for news"),
    N_ ("The client asks the server to tell at once what happens in the "
        "mailbox, instead of asking again and again. That is how push mail "
        "works."),
    { { 9051, "6.3.13" }, { 2177, "3" } } },
  { "imap.idle.done", N_ ("Wait no more"),
    N_ ("DONE ends the waiting. It carries no tag: it is the rest of the "
        "IDLE command, and nothing else is allowed before it."),
    { { 9051, "6.3.13" }, { 2177, "3" } } },
  { "imap.idle.ok", N_ ("Waiting is over"),
    N_ ("IDLE is complete; the server is ready for the next command."),
    { { 9051, "6.3.13" } } },
  { "imap.injected", PC_STARTTLS_WORDS_INJECTED,
    { { 9051, "6.2.1" } } },
  { "imap.list", N_ ("List mailboxes"),
    N_ ("Which mailboxes are there? The first argument says where to look, "
        "the second is a pattern: * stands for everything, % for one level."),
    { { 9051, "6.3.9" } } },
  { "imap.list.data", N_ ("One mailbox"),
    N_ ("Attributes, the character between levels, and the name. Attributes "
        "such as \\Sent tell a mail program what the mailbox is for."),
    { { 9051, "7.3.1" }, { 6154, "2" } } },
  { "imap.list.extended", N_ ("List mailboxes, with options"),
    N_ ("The newer form of LIST. Options in front choose which names come, "
        "as the ones the user watches; several patterns can be asked for at "
        "once; and RETURN says what is to be told about each mailbox."),
    { { 5258, "3" }, { 9051, "6.3.9" }, { 5819, "2" } } },
  { "imap.list.ok", N_ ("List complete"),
    N_ ("All mailboxes that fit the pattern stand above."),
    { { 9051, "6.3.9" } } },
  { "imap.literal", N_ ("Literal"),
    N_ ("The octets that were announced by their number in braces, then the "
        "rest of the command. Anything may be in them, line ends too; only "
        "the count says where they end."),
    { { 9051, "4.3" }, { 7888, "3" } } },
  { "imap.login", N_ ("Log in"),
    N_ ("User name and password as they are. Without TLS everybody on the "
        "way can read them, so a good server offers this only on an "
        "encrypted connection."),
    { { 9051, "6.2.3" }, { 9051, "11" }, { 8314, "4" } },
    .under_tls =
        N_ ("User name and password as they are, inside TLS. On the way "
            "there is a record that nobody can read, and only the server at "
            "the other end opens it.") },
  { "imap.login.no", N_ ("Login refused"),
    N_ ("Name or password is wrong. The server does not say which, so that "
        "nobody can find out names by trying. Servers often answer later "
        "with each wrong guess, so that trying out passwords takes long. The "
        "session stays open and another try is allowed."),
    { { 9051, "6.2.3" }, { 5530, "3" } } },
  { "imap.login.ok", N_ ("Logged in"),
    N_ ("Name and password were right. The session is now authenticated: "
        "mailboxes can be listed and opened."),
    { { 9051, "6.2.3" }, { 9051, "3.2" } } },
  { "imap.logout", N_ ("Say goodbye"),
    N_ ("The client ends the session in an orderly way. It does not remove "
        "messages flagged as deleted; only EXPUNGE and CLOSE do."),
    { { 9051, "6.1.3" }, { 9051, "3.4" } } },
  { "imap.logout.ok", N_ ("Logged out"),
    N_ ("LOGOUT is answered; the connection is closed next."),
    { { 9051, "6.1.3" } } },
  { "imap.lsub", N_ ("List subscribed mailboxes"),
    N_ ("Like LIST, but only for the mailboxes the user chose to watch. "
        "Newer versions of IMAP ask LIST for that."),
    { { 3501, "6.3.9" }, { 9051, "6.3.9" } } },
  { "imap.lsub.data", N_ ("One subscribed mailbox"),
    N_ ("Attributes, the character between levels, and the name. The "
        "mailbox may have been removed; a subscription outlives it."),
    { { 3501, "7.2.3" }, { 3501, "6.3.9" } } },
  { "imap.lsub.ok", N_ ("List complete"),
    N_ ("All subscribed mailboxes that fit the pattern stand above."),
    { { 3501, "6.3.9" } } },
  { "imap.mailbox.no", N_ ("Not possible with this mailbox"),
    N_ ("Nothing was changed. Perhaps the name is taken, does not exist, or "
        "is none the server allows; INBOX can never be removed."),
    { { 9051, "7.1.2" }, { 5530, "3" } } },
  { "imap.move", N_ ("Move messages"),
    N_ ("Copies messages to another mailbox and removes them here in one "
        "step. Older clients need three: COPY, STORE and EXPUNGE."),
    { { 9051, "6.4.8" }, { 6851, "3.1" } } },
  { "imap.move.ok", N_ ("Moved"),
    N_ ("The messages are in the other mailbox and gone from this one."),
    { { 9051, "6.4.8" }, { 6851, "3.3" } } },
  { "imap.namespace", N_ ("Ask where names begin"),
    N_ ("Servers may keep one’s own mailboxes, those of other users and "
        "shared ones under different beginnings of the name. The client "
        "asks for them."),
    { { 9051, "6.3.10" }, { 2342, "5" } } },
  { "imap.namespace.data", N_ ("Where names begin"),
    N_ ("Three lists: one’s own mailboxes, those of other users, shared "
        "ones. Each entry is a beginning of the name and the separator; NIL "
        "stands for none."),
    { { 9051, "7.3.2" }, { 2342, "5" } } },
  { "imap.namespace.ok", N_ ("Namespaces told"),
    N_ ("The namespaces stand above."),
    { { 9051, "6.3.10" } } },
  { "imap.no", N_ ("Command refused"),
    N_ ("NO means: understood, but not possible. The session goes on as "
        "before, and the text says why."),
    { { 9051, "7.1.2" } } },
  { "imap.no.untagged", N_ ("Warning"),
    N_ ("NO with an asterisk is a warning; the command under way may still "
        "succeed."),
    { { 9051, "7.1.2" } } },
  { "imap.nomodseq", N_ ("Changes are not numbered here"),
    N_ ("This mailbox keeps no mod-sequences, so a client cannot ask what"
        " has changed; it has to look at everything."),
    { { 7162, "3.1.2.2" } } },
  { "imap.noop", N_ ("Do nothing, hear the news"),
    N_ ("NOOP changes nothing. Clients send it to keep the connection "
        "alive, and because the server uses the chance to tell what others "
        "changed in the mailbox."),
    { { 9051, "6.1.2" }, { 9051, "5.2" } } },
  { "imap.noop.ok", N_ ("Nothing done"),
    N_ ("NOOP always succeeds. If there was news, it stands above this line."),
    { { 9051, "6.1.2" } } },
  { "imap.ok.untagged", N_ ("Information"),
    N_ ("OK with an asterisk is a remark of the server, not the answer to a "
        "command."),
    { { 9051, "7.1.1" } } },
  { "imap.other", N_ ("Another command"),
    N_ ("A command this program does not explain in detail. Tag, command, "
        "arguments: the shape is the same for all of them."),
    { { 9051, "6" }, { 9051, "2.2.1" } } },
  { "imap.other.data", N_ ("Other information"),
    N_ ("Information that this program does not explain in detail. A client "
        "must take whatever comes with an asterisk, asked or not."),
    { { 9051, "7" }, { 9051, "2.2.2" } } },
  { "imap.other.ok", N_ ("Command done"),
    N_ ("The tag shows which command this answers. OK means that it worked "
        "and is complete."),
    { { 9051, "7.1.1" }, { 9051, "2.2.2" } } },
  { "imap.overquota", N_ ("No room left"),
    N_ ("The account or the mailbox is full, and nothing was stored. "
        "Deleting messages and removing them with EXPUNGE makes room."),
    { { 9208, "4.3.1" }, { 5530, "3" } } },
  { "imap.permanentflags", N_ ("Flags that stay"),
    N_ ("These flags the client can change so that they are kept after the "
        "session. An empty list means that none can be changed."),
    { { 9051, "7.1" }, { 9051, "2.3.2" } } },
  { "imap.quota.data", N_ ("How full it is"),
    N_ ("The name of the quota root, then for each resource how much is "
        "used and how much is allowed. STORAGE counts in units of 1024 "
        "octets."),
    { { 9208, "4.2.1" }, { 9208, "5.1" } } },
  { "imap.quotaroot.data", N_ ("Which quota counts"),
    N_ ("The mailbox, and the quota roots it counts for. No root at all "
        "means that nobody set a bound."),
    { { 9208, "4.2.2" } } },
  { "imap.recent", N_ ("New since last time"),
    N_ ("So many messages were never shown to any session before. Newer "
        "versions of IMAP have dropped this count."),
    { { 3501, "7.3.2" }, { 3501, "2.3.2" } } },
  { "imap.rename", N_ ("Rename a mailbox"),
    N_ ("Gives the mailbox, and all below it, another name. INBOX is "
        "special: its messages move to the new mailbox, and it stays, "
        "empty."),
    { { 9051, "6.3.6" } } },
  { "imap.rename.ok", N_ ("Mailbox renamed"),
    N_ ("The messages are there under the new name; the old one is free."),
    { { 9051, "6.3.6" } } },
  { "imap.sasl", N_ ("SASL response"),
    N_ ("The client’s part of the login, in base64. For PLAIN it is an "
        "empty name, the user name and the password with zero octets "
        "between them; anybody can turn base64 back."),
    { { 4616, "2" }, { 9051, "6.2.2" } },
    .under_tls =
        N_ ("The client’s part of the login, in base64. For PLAIN it is an "
            "empty name, the user name and the password with zero octets "
            "between them. Base64 hides nothing, but TLS does: only the "
            "server gets to see this line.") },
  { "imap.sasl.cancel", N_ ("Login called off"),
    N_ ("A single asterisk stops the login that is under way. The server "
        "answers BAD and waits for another command."),
    { { 9051, "6.2.2" } } },
  { "imap.sasl.digest", PC_SASL_WORDS_DIGEST,
    { { 2195, "2" }, { 9051, "6.2.2" } } },
  { "imap.sasl.end", PC_SASL_WORDS_END,
    { { 9051, "6.2.2" }, { 5802, "5" } } },
  { "imap.sasl.first", PC_SASL_WORDS_FIRST,
    { { 5802, "5" }, { 5802, "5.1" } } },
  { "imap.sasl.proof", PC_SASL_WORDS_PROOF,
    { { 5802, "3" }, { 5802, "5.1" }, { 7677, "3" } } },
  { "imap.sasl.salt", PC_SASL_WORDS_SALT,
    { { 5802, "5" }, { 5802, "5.1" }, { 7677, "4" } } },
  { "imap.sasl.signature", PC_SASL_WORDS_SIGNATURE,
    { { 5802, "3" }, { 5802, "5.1" } } },
  { "imap.sasl.stamp", PC_SASL_WORDS_STAMP,
    { { 2195, "2" }, { 9051, "6.2.2" } } },
  { "imap.search", N_ ("Search for messages"),
    N_ ("The server looks through the open mailbox and tells which messages "
        "fit all the keys. So a phone finds a mail without loading a single "
        "one."),
    { { 9051, "6.4.4" }, { 3501, "6.4.4" } } },
  { "imap.search.data", N_ ("What was found"),
    N_ ("The numbers of the messages that fit; after UID SEARCH they are "
        "UIDs. No number at all means that nothing was found."),
    { { 3501, "7.2.5" }, { 3501, "6.4.4" } } },
  { "imap.search.no", N_ ("Search refused"),
    N_ ("The server cannot search for this, for instance because it does "
        "not know the character set of the text."),
    { { 9051, "6.4.4" }, { 9051, "7.1.2" } } },
  { "imap.search.ok", N_ ("Search complete"),
    N_ ("The whole mailbox was looked through. What was found stands "
        "above."),
    { { 9051, "6.4.4" } } },
  { "imap.search.return", N_ ("Search, and tell it in short"),
    N_ ("RETURN says what the answer is to hold: only how many messages fit, "
        "only the first or last one, or all as a compact set. In a big "
        "mailbox that saves a long line of numbers."),
    { { 4731, "3.1" }, { 9051, "6.4.4" } } },
  { "imap.search.save", N_ ("Search, and remember"),
    N_ ("SAVE lets the server keep what it finds. The next commands write $ "
        "for those messages, so the numbers need not cross the wire twice."),
    { { 5182, "2.1" }, { 9051, "6.4.4.1" } } },
  { "imap.select", N_ ("Open a mailbox"),
    N_ ("From now on message numbers mean messages of this mailbox. Only "
        "one can be open in a session; opening another closes it."),
    { { 9051, "6.3.2" }, { 9051, "3.3" } } },
  { "imap.select.no", N_ ("Mailbox not opened"),
    N_ ("There is no such mailbox, or it cannot be opened. If one was open "
        "before, it is closed now."),
    { { 9051, "6.3.2" }, { 5530, "3" } } },
  { "imap.select.ok", N_ ("Mailbox open"),
    N_ ("The session is in the selected state: messages can be read, "
        "flagged and removed. READ-WRITE says that changes are allowed."),
    { { 9051, "6.3.2" }, { 9051, "3.3" } } },
  { "imap.starttls", N_ ("Switch to TLS"),
    N_ ("The client wants to encrypt the rest of this connection, before it "
        "logs in. Everything said so far was readable for everybody on the "
        "way. Until TLS is there, the client must not send another word."),
    { { 9051, "6.2.1" }, { 8314, "4.1" } } },
  { "imap.starttls.ok", N_ ("TLS may begin"),
    N_ ("Right behind this line the TLS handshake starts on the same "
        "connection. What was said so far, anybody could have forged: the "
        "client forgets what the server can do and asks again. There is no "
        "second greeting."),
    { { 9051, "6.2.1" } } },
  { "imap.starttls.refused", N_ ("No TLS"),
    N_ ("The server does not begin TLS: it does not offer it, TLS is on "
        "already, or the login is over. A careful client sends no password "
        "now but ends the session: somebody on the way might have put this "
        "answer there, to keep the conversation readable."),
    { { 9051, "6.2.1" }, { 8314, "5.2" } } },
  { "imap.status", N_ ("Ask about a mailbox"),
    N_ ("Counts of a mailbox without opening it, so that a mail program can "
        "show how many unread messages each one has."),
    { { 9051, "6.3.11" } } },
  { "imap.status.data", N_ ("Counts of a mailbox"),
    N_ ("The numbers that were asked for, each behind its name."),
    { { 9051, "7.3.3" } } },
  { "imap.status.ok", N_ ("Counts complete"),
    N_ ("STATUS is answered. Which mailbox is open has not changed."),
    { { 9051, "6.3.11" } } },
  { "imap.store", N_ ("Change flags"),
    N_ ("Sets, adds or removes flags of messages. \\Seen marks as read; "
        "\\Deleted only marks: the message stays until EXPUNGE."),
    { { 9051, "6.4.6" }, { 9051, "2.3.2" } } },
  { "imap.store.conditional", N_ ("Change flags if nobody else did"),
    N_ ("UNCHANGEDSINCE names the newest change the client knows. "
        "Messages that another client has changed later are left alone, "
        "so that neither undoes the other’s work."),
    { { 7162, "3.1.3" } } },
  { "imap.store.data", N_ ("Flags as they are now"),
    N_ ("The server repeats the flags of the message after the change. With "
        ".SILENT it would have left that out."),
    { { 9051, "7.5.2" }, { 9051, "6.4.6" } } },
  { "imap.store.modified", N_ ("Some were left alone"),
    N_ ("MODIFIED lists messages that had been changed by somebody else "
        "after the client last looked. The client should fetch their "
        "flags and decide again."),
    { { 7162, "3.1.3" } } },
  { "imap.store.no", N_ ("Change refused"),
    N_ ("Nothing can be changed: the mailbox was opened to be read only, or "
        "the message is gone."),
    { { 9051, "6.4.6" }, { 9051, "7.1.2" } } },
  { "imap.store.ok", N_ ("Flags changed"),
    N_ ("STORE is complete. Other clients of this mailbox are told at their "
        "next command."),
    { { 9051, "6.4.6" }, { 9051, "5.2" } } },
  { "imap.subscribe", N_ ("Watch a mailbox"),
    N_ ("Puts the mailbox on a list that the server keeps, so that every "
        "client of the user shows the same selection."),
    { { 9051, "6.3.7" } } },
  { "imap.subscribe.ok", N_ ("Mailbox is watched"),
    N_ ("The mailbox is on the list."),
    { { 9051, "6.3.7" } } },
  { "imap.tag-unknown", N_ ("Reply to nothing we saw"),
    N_ ("This reply carries a tag for which no command is open. Client and "
        "server no longer agree on what was asked."),
    { { 9051, "2.2.2" } } },
  { "imap.tls-needed", N_ ("No login without TLS"),
    N_ ("The code PRIVACYREQUIRED says that the server takes no password "
        "while everybody on the way can read along. The client has to send "
        "STARTTLS and log in inside TLS. If a password was sent already, it "
        "was readable; LOGINDISABLED among the capabilities would have "
        "warned the client."),
    { { 5530, "3" }, { 9051, "6.2.3" }, { 8314, "4.1" } } },
  { "imap.tls-record", N_ ("Encrypted"),
    N_ ("One TLS record. Only its type and length can be read from outside; "
        "what it carries is encrypted."),
    { { 8446, "5.1" }, { 9051, "6.2.1" } } },
  { "imap.uid-copy", N_ ("Copy by UID"),
    N_ ("The same as COPY, but the numbers are UIDs, which stay with their "
        "messages for good."),
    { { 9051, "6.4.9" }, { 9051, "6.4.7" } } },
  { "imap.uid-expunge", N_ ("Remove some deleted messages"),
    N_ ("Removes only those of the deleted messages whose UIDs are listed, "
        "and leaves alone what another client has flagged."),
    { { 4315, "2.1" }, { 9051, "6.4.9" } } },
  { "imap.uid-fetch", N_ ("Fetch by UID"),
    N_ ("The same as FETCH, but the numbers are UIDs. A UID stays with its "
        "message even when others are removed, so the client cannot hit the "
        "wrong one."),
    { { 9051, "6.4.9" }, { 9051, "2.3.1.1" } } },
  { "imap.uid-move", N_ ("Move by UID"),
    N_ ("The same as MOVE, but the numbers are UIDs, which stay with their "
        "messages for good."),
    { { 9051, "6.4.9" }, { 6851, "3.2" } } },
  { "imap.uid-search", N_ ("Search for UIDs"),
    N_ ("The same as SEARCH, but the answer names UIDs, which stay with "
        "their messages while others come and go."),
    { { 9051, "6.4.9" }, { 9051, "6.4.4" } } },
  { "imap.uid-store", N_ ("Change flags by UID"),
    N_ ("The same as STORE, but the numbers are UIDs, which stay with their "
        "messages for good."),
    { { 9051, "6.4.9" }, { 9051, "6.4.6" } } },
  { "imap.uidnext", N_ ("The next UID"),
    N_ ("A new message will get this UID or a higher one. If the number is "
        "the same as last time, nothing has arrived."),
    { { 9051, "2.3.1.1" }, { 9051, "7.1" } } },
  { "imap.uidvalidity", N_ ("Are remembered UIDs still good?"),
    N_ ("A client remembers messages by UID. As long as this number is the "
        "same as last time, that memory is right; if it changed, the client "
        "must forget all it kept of this mailbox."),
    { { 9051, "2.3.1.1" }, { 9051, "7.1" } } },
  { "imap.unknown-cte", N_ ("Encoding not known"),
    N_ ("A part was asked for without its transfer encoding, but the server "
        "cannot take this encoding off; or a message has octets that it "
        "cannot keep. BODY gives the part as it is."),
    { { 3516, "4.3" }, { 9051, "6.4.5" } } },
  { "imap.unreadable", N_ ("Not IMAP"),
    N_ ("These octets do not follow the grammar of IMAP. Perhaps another "
        "protocol is spoken here, or the connection is encrypted."),
    { { 9051, "9" }, { 9051, "2.2" } } },
  { "imap.unseen", N_ ("First unread message"),
    N_ ("The number of the first message that is not read yet, so that a "
        "mail program can jump there."),
    { { 3501, "7.1" }, { 3501, "6.3.1" } } },
  { "imap.unselect", N_ ("Leave the mailbox"),
    N_ ("Leaves the mailbox as CLOSE does, but removes nothing: messages "
        "flagged as deleted stay."),
    { { 9051, "6.4.2" }, { 3691, "2" } } },
  { "imap.unselect.ok", N_ ("Mailbox left"),
    N_ ("No mailbox is open now, and nothing was removed."),
    { { 9051, "6.4.2" } } },
  { "imap.unsubscribe", N_ ("Watch a mailbox no more"),
    N_ ("Takes the mailbox off the list of those to watch. The mailbox "
        "itself and its messages stay."),
    { { 9051, "6.3.8" } } },
  { "imap.unsubscribe.ok", N_ ("Mailbox is not watched any more"),
    N_ ("The mailbox is off the list."),
    { { 9051, "6.3.8" } } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (pc_imap_narrations) == PC_IMAP_N_NARRATIONS);
