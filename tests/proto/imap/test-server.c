/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server answers to which command, in which state; limits; time. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"
#include "proto/imap/verbs.h"

#include <string.h>

#define LOGIN "l LOGIN alex portcall\r\n"
#define SELECT LOGIN "s SELECT INBOX\r\n"
#define EXAMINE LOGIN "s EXAMINE INBOX\r\n"
#define CAPS                                                      \
  "IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR CHILDREN SPECIAL-USE "    \
  "UIDPLUS MOVE "                                                 \
  "UNSELECT NAMESPACE IDLE ID ESEARCH SEARCHRES LIST-EXTENDED "   \
  "LIST-STATUS CREATE-SPECIAL-USE BINARY MULTIAPPEND ENABLE "     \
  "CONDSTORE UTF8=ACCEPT STATUS=SIZE QUOTA QUOTA=RES-STORAGE "    \
  "APPENDLIMIT=33554432"
#define AUTHS \
  " AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256"
#define FLAGS "\\Answered \\Flagged \\Deleted \\Seen \\Draft"

/* @before is said first and what it gives is not looked at. */
static const struct {
  const char *before;
  const char *said;
  const char *answer;
} cases[] = {
  /* the session itself */
  { "", "a CAPABILITY\r\n",
    "* CAPABILITY " CAPS AUTHS "\r\n"
    "a OK Those are the capabilities\r\n" },
  { LOGIN, "a capability\r\n",
    "* CAPABILITY " CAPS "\r\na OK Those are the capabilities\r\n" },
  { "", "a CAPABILITY x\r\n", "a BAD CAPABILITY takes no arguments\r\n" },
  { "", "a NOOP\r\n", "a OK Nothing done, as asked\r\n" },
  { "", "a nOoP\n", "a OK Nothing done, as asked\r\n" },
  { "", "a LOGOUT\r\na NOOP\r\n",
    "* BYE Until next time\r\na OK Logged out\r\n" },
  { "", "a FROB\r\n", "a BAD Unknown command\r\n" },
  { "", "a UID\r\n", "a BAD Unknown command\r\n" },
  { "", "a UID NOOP\r\n", "a BAD Unknown command\r\n" },
  { "", "a IDLE\r\n", "a BAD Log in first\r\n" },
  { LOGIN, "a IDLE\r\ndone\r\nb IDLE\r\nc NOOP\r\nd NOOP\r\n",
    "+ Idling\r\na OK No longer idling\r\n+ Idling\r\n"
    "b BAD DONE was expected\r\nd OK Nothing done, as asked\r\n" },
  { SELECT, "a IDLE x\r\nb IDLE\r\nx {5}\r\nc NOOP\r\n",
    "a BAD This command takes no arguments\r\n+ Idling\r\n"
    "b BAD DONE was expected\r\nc OK Nothing done, as asked\r\n" },
  { "", "a ID NIL\r\nb ID (\"name\" \"x\" \"os\" NIL)\r\nc ID ()\r\n"
        "d ID\r\ne ID (\"name\")\r\nf ID (\"a\" \"b\"x\r\n",
    "* ID (\"name\" \"Portcall\")\r\na OK Pleased to meet you\r\n"
    "* ID (\"name\" \"Portcall\")\r\nb OK Pleased to meet you\r\n"
    "* ID (\"name\" \"Portcall\")\r\nc OK Pleased to meet you\r\n"
    "d BAD ID takes NIL or a list of fields and values\r\n"
    "e BAD ID takes NIL or a list of fields and values\r\n"
    "f BAD ID takes NIL or a list of fields and values\r\n" },
  { "", "\r\n", "* BAD A command begins with a tag\r\n" },
  { "", "+ NOOP\r\n", "* BAD A command begins with a tag\r\n" },
  { "", "NOOP\r\n", "NOOP BAD A command follows the tag\r\n" },
  { "", "a  NOOP\r\n", "a BAD Unknown command\r\n" },
  { "", "a NOOP \r\n", "a BAD This command takes no arguments\r\n" },
  { "", "a SELECT INBOX\r\n", "a BAD Log in first\r\n" },
  { LOGIN, "a FETCH 1 FLAGS\r\n", "a BAD Select a mailbox first\r\n" },
  { LOGIN, LOGIN, "l BAD Already logged in\r\n" },
  { "", "GET / HTTP/1.1\r\nA NOOP\r\n",
    "* BYE This is an IMAP server, not a web server\r\n" },
  { "", "\026\003\001\002",
    "* BYE This port speaks IMAP in clear text, not TLS\r\n" },
  /* logging in */
  { "", "a LOGIN alex portcall\r\n",
    "a OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a LOGIN \"alex@example.test\" \"portcall\"\r\n",
    "a OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a LOGIN {4}\r\nalex {8}\r\nportcall\r\n",
    "+ Send 4 octets\r\n+ Send 8 octets\r\n"
    "a OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a LOGIN {4+}\r\nalex {8+}\r\nportcall\r\n",
    "a OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a LOGIN alex wrong\r\n",
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  { "", "a LOGIN \"a\\\"b\" \"\"\r\n",
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  { "", "a LOGIN alex\r\n",
    "a BAD LOGIN takes a user name and a password\r\n" },
  { "", "a LOGIN \"alex portcall\r\n",
    "a BAD LOGIN takes a user name and a password\r\n" },
  { "", "a LOGIN \"al{4}\r\n",
    "a BAD LOGIN takes a user name and a password\r\n" },
  { "", "a LOGIN al\"ex portcall\r\n",
    "a BAD LOGIN takes a user name and a password\r\n" },
  { "", "a LOGIN {3+}\r\na\r\n {8+}\r\nportcall\r\n",
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  { "", "a AUTHENTICATE PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\n",
    "+ \r\na OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a AUTHENTICATE plain AGFsZXgAcG9ydGNhbGw=\r\n",
    "a OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a AUTHENTICATE PLAIN\r\n*\r\nb NOOP\r\n",
    "+ \r\na BAD Cancelled, as asked\r\n"
    "b OK Nothing done, as asked\r\n" },
  { "", "a AUTHENTICATE PLAIN\r\n!!!!\r\n",
    "+ \r\na BAD That is not base64, or not your turn\r\n" },
  { "", "a AUTHENTICATE PLAIN\r\nx {5}\r\n",
    "+ \r\na BAD That is not base64, or not your turn\r\n" },
  { "", "a AUTHENTICATE PLAIN\r\n\r\n",
    "+ \r\na NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  { "", "a AUTHENTICATE PLAIN =\r\n",
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  { "", "a AUTHENTICATE PLAIN \r\nAGFsZXgAcG9ydGNhbGw=\r\n",
    "+ \r\na OK [CAPABILITY " CAPS "] Logged in\r\n" },
  { "", "a AUTHENTICATE\r\n", "a BAD AUTHENTICATE takes a mechanism\r\n" },
  { "", "a AUTHENTICATE GSSAPI\r\n",
    "a NO [CANNOT] CAPABILITY tells the mechanisms there are\r\n" },
  { "", "a AUTHENTICATE PLAIN cm9iaW4AYWxleABwb3J0Y2FsbA==\r\n",
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n" },
  /* mailboxes */
  { LOGIN, "a LIST \"\" *\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\na OK Listed\r\n" },
  { LOGIN, "a LIST \"\" \"\"\r\n",
    "* LIST (\\Noselect) \"/\" \"\"\r\na OK Listed\r\n" },
  { LOGIN, "a LIST in BO%\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\na OK Listed\r\n" },
  { LOGIN, "a LIST \"\" sent\r\n", "a OK Listed\r\n" },
  { LOGIN, "a LIST *\r\n",
    "a BAD LIST takes a reference and a pattern\r\n" },
  { LOGIN, "a SELECT inBOX\r\n",
    "* FLAGS (" FLAGS ")\r\n* 3 EXISTS\r\n* 3 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 4] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* OK [PERMANENTFLAGS (" FLAGS " \\*)] These can be changed\r\n"
    "a OK [READ-WRITE] Selected\r\n" },
  { LOGIN, "a EXAMINE Sent\r\n",
    "* FLAGS (" FLAGS ")\r\n* 0 EXISTS\r\n* 0 RECENT\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 1] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 1] The newest change\r\n"
    "* OK [PERMANENTFLAGS ()] Nothing can be changed\r\n"
    "a OK [READ-ONLY] Examined\r\n" },
  { LOGIN, "a SELECT Nowhere\r\n",
    "a NO [NONEXISTENT] There is no such mailbox\r\n" },
  { LOGIN, "a SELECT\r\n", "a BAD A mailbox name is needed\r\n" },
  { SELECT, "a SELECT No\r\nb CHECK\r\n",
    "a NO [NONEXISTENT] There is no such mailbox\r\n"
    "b BAD Select a mailbox first\r\n" },
  { SELECT, "a SELECT\r\nb CHECK\r\n",
    "a BAD A mailbox name is needed\r\nb OK Checked\r\n" },
  { LOGIN, "a STATUS INBOX (MESSAGES recent UIDNEXT UIDVALIDITY UNSEEN)\r\n",
    "* STATUS INBOX (MESSAGES 3 RECENT 3 UIDNEXT 4 UIDVALIDITY 7 UNSEEN 2)"
    "\r\na OK Counted\r\n" },
  { LOGIN, "a STATUS No (MESSAGES)\r\n",
    "a NO [NONEXISTENT] There is no such mailbox\r\n" },
  { LOGIN, "a STATUS INBOX (MESSAGES FROB)\r\n",
    "a BAD The items are names as MESSAGES and UIDNEXT, in parentheses\r\n" },
  { LOGIN, "a STATUS INBOX\r\n",
    "a BAD STATUS takes a mailbox name and a list of items\r\n" },
  { SELECT "x STORE 2 +FLAGS \\Deleted\r\n",
    "a CLOSE\r\nb STATUS INBOX (MESSAGES)\r\nc EXPUNGE\r\n",
    "a OK Closed\r\n* STATUS INBOX (MESSAGES 2)\r\nb OK Counted\r\n"
    "c BAD Select a mailbox first\r\n" },
  { SELECT "x STORE 2 +FLAGS \\Deleted\r\ny EXAMINE INBOX\r\n",
    "a CLOSE\r\nb STATUS INBOX (MESSAGES)\r\n",
    "a OK Closed\r\n* STATUS INBOX (MESSAGES 3)\r\nb OK Counted\r\n" },
  /* FETCH */
  { SELECT, "a FETCH 1 (FLAGS UID RFC822.SIZE INTERNALDATE)\r\n",
    "* 1 FETCH (FLAGS (\\Seen \\Recent) UID 1 RFC822.SIZE 150 "
    "INTERNALDATE \"23-Nov-2026 08:00:00 +0000\")\r\na OK Fetched\r\n" },
  { SELECT, "a FETCH 1 FAST\r\n",
    "* 1 FETCH (FLAGS (\\Seen \\Recent) "
    "INTERNALDATE \"23-Nov-2026 08:00:00 +0000\" RFC822.SIZE 150)\r\n"
    "a OK Fetched\r\n" },
  { SELECT, "a FETCH 1 ENVELOPE\r\n",
    "* 1 FETCH (ENVELOPE (\"Mon, 23 Nov 2026 08:00:00 +0000\" \"One\" "
    "((\"Robin\" NIL \"robin\" \"example.test\")) "
    "((\"Robin\" NIL \"robin\" \"example.test\")) "
    "((\"Robin\" NIL \"robin\" \"example.test\")) "
    "((NIL NIL \"alex\" \"example.test\")) NIL NIL NIL "
    "\"<1@example.test>\"))\r\na OK Fetched\r\n" },
  { SELECT, "a FETCH 2 BODY[]\r\n",
    "* 2 FETCH (BODY[] {70}\r\n"
    "From: \"A \\\"q\\\" B\" <a@b.test>\r\nSubject: Two\r\n folded\r\n\r\n"
    ".dot\r\nSecond.\r\n FLAGS (\\Seen \\Recent))\r\na OK Fetched\r\n" },
  { SELECT, "a FETCH 2 (FLAGS BODY[TEXT]<1.3>)\r\n",
    "* 2 FETCH (FLAGS (\\Seen \\Recent) BODY[TEXT]<1> {3}\r\ndot)\r\n"
    "a OK Fetched\r\n" },
  { EXAMINE, "a FETCH 2 BODY[TEXT]<0.4>\r\nb FETCH 2 FLAGS\r\n",
    "* 2 FETCH (BODY[TEXT]<0> {4}\r\n.dot)\r\na OK Fetched\r\n"
    "* 2 FETCH (FLAGS (\\Recent))\r\nb OK Fetched\r\n" },
  { SELECT, "a FETCH 3 BODY.PEEK[TEXT]\r\n",
    "* 3 FETCH (BODY[TEXT] {0}\r\n)\r\na OK Fetched\r\n" },
  { SELECT, "a FETCH 2 body.peek[header.fields (SUBJECT \"Date\")]\r\n",
    "* 2 FETCH (BODY[HEADER.FIELDS (SUBJECT Date)] {25}\r\n"
    "Subject: Two\r\n folded\r\n\r\n)\r\na OK Fetched\r\n" },
  { SELECT, "a UID FETCH 3:* FLAGS\r\n",
    "* 3 FETCH (UID 3 FLAGS (\\Recent))\r\na OK Fetched\r\n" },
  { SELECT, "a UID FETCH 9:* FLAGS\r\n",
    "* 3 FETCH (UID 3 FLAGS (\\Recent))\r\na OK Fetched\r\n" },
  { SELECT, "a UID FETCH 7,8 FLAGS\r\n", "a OK Fetched\r\n" },
  { SELECT, "a FETCH 3:1,2,2 UID\r\n",
    "* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n* 3 FETCH (UID 3)\r\n"
    "a OK Fetched\r\n" },
  { SELECT, "a FETCH 4 FLAGS\r\n",
    "a BAD There is no message with that number\r\n" },
  { SELECT, "a FETCH 1:4294967295 FLAGS\r\n",
    "a BAD There is no message with that number\r\n" },
  { SELECT, "a UID FETCH 1:4294967295 (UID)\r\n",
    "* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n* 3 FETCH (UID 3)\r\n"
    "a OK Fetched\r\n" },
  { SELECT, "a FETCH 0 FLAGS\r\n", "a BAD A set of messages is needed\r\n" },
  { SELECT, "a FETCH 99999999999 FLAGS\r\n",
    "a BAD A set of messages is needed\r\n" },
  { SELECT, "a FETCH 1\r\n", "a BAD That cannot be fetched\r\n" },
  { SELECT, "a FETCH 1 (FLAGS\r\n", "a BAD That cannot be fetched\r\n" },
  { SELECT, "a FETCH 1 FLAGS UID\r\n", "a BAD That cannot be fetched\r\n" },
  { SELECT, "a FETCH 1 BODYSTRUCTURE\r\n",
    "* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" "
    "\"us-ascii\") NIL NIL \"7bit\" 8 1 NIL NIL NIL NIL))\r\n"
    "a OK Fetched\r\n" },
  { SELECT, "a FETCH 1 (BODY BODY.PEEK[1] BODY.PEEK[2]<0.9>)\r\n",
    "* 1 FETCH (BODY (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL "
    "\"7bit\" 8 1) BODY[1] {8}\r\nFirst.\r\n BODY[2]<0> NIL)\r\n"
    "a OK Fetched\r\n" },
  { LOGIN "s SELECT Sent\r\n", "a FETCH 1:* FLAGS\r\n",
    "a BAD There is no message with that number\r\n" },
  { LOGIN "s SELECT Sent\r\n", "a UID FETCH 1:* FLAGS\r\n",
    "a OK Fetched\r\n" },
  /* SEARCH */
  { SELECT, "a SEARCH ALL\r\n", "* SEARCH 1 2 3\r\na OK Searched\r\n" },
  { SELECT, "a search unseen\r\n", "* SEARCH 2 3\r\na OK Searched\r\n" },
  { SELECT, "a UID SEARCH NOT SEEN\r\n",
    "* SEARCH 2 3\r\na OK Searched\r\n" },
  { SELECT "x STORE 1 FLAGS.SILENT (\\Deleted)\r\ny EXPUNGE\r\n",
    "a SEARCH ALL\r\nb UID SEARCH 1:*\r\nc UID SEARCH UID *\r\n",
    "* SEARCH 1 2\r\na OK Searched\r\n* SEARCH 2 3\r\nb OK Searched\r\n"
    "* SEARCH 3\r\nc OK Searched\r\n" },
  { LOGIN "s SELECT Sent\r\n", "a SEARCH 1:*\r\n",
    "* SEARCH\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH 7 UID 1\r\n", "* SEARCH\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH CHARSET utf-8 SUBJECT {2}\r\nTW\r\n",
    "+ Send 2 octets\r\n* SEARCH 2\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH CHARSET X-NO ALL\r\n",
    "a NO [BADCHARSET (US-ASCII UTF-8)] That character set is not known "
    "here\r\n" },
  { SELECT, "a SEARCH OR FROM q\\ SUBJECT thr\r\n",
    "a BAD That cannot be searched for\r\n" },
  { SELECT, "a SEARCH\r\n", "a BAD That cannot be searched for\r\n" },
  { SELECT, "a SEARCH RETURN (COUNT) ALL\r\n",
    "* ESEARCH (TAG \"a\") COUNT 3\r\na OK Searched\r\n" },
  /* STORE and EXPUNGE */
  { SELECT, "a STORE 1:2 +FLAGS (\\Flagged \\Draft)\r\n",
    "* 1 FETCH (FLAGS (\\Flagged \\Seen \\Draft \\Recent))\r\n"
    "* 2 FETCH (FLAGS (\\Flagged \\Draft \\Recent))\r\na OK Stored\r\n" },
  { SELECT, "a STORE 1 -FLAGS \\Seen\r\n",
    "* 1 FETCH (FLAGS (\\Recent))\r\na OK Stored\r\n" },
  { SELECT, "a STORE 1 FLAGS ()\r\n",
    "* 1 FETCH (FLAGS (\\Recent))\r\na OK Stored\r\n" },
  { SELECT, "a STORE 1 flags.silent (\\answered $Forwarded)\r\n"
            "b FETCH 1 FLAGS\r\n",
    "* FLAGS (" FLAGS " $Forwarded)\r\n"
    "* OK [PERMANENTFLAGS (" FLAGS " $Forwarded \\*)] These can be changed"
    "\r\na OK Stored\r\n"
    "* 1 FETCH (FLAGS (\\Answered $Forwarded \\Recent))\r\n"
    "b OK Fetched\r\n" },
  { SELECT, "a UID STORE 2 +FLAGS \\Seen\r\n",
    "* 2 FETCH (UID 2 FLAGS (\\Seen \\Recent))\r\na OK Stored\r\n" },
  { SELECT, "a STORE 1 +FLAGS (\\Recent)\r\n",
    "a BAD STORE takes FLAGS, +FLAGS or -FLAGS and a list of flags\r\n" },
  { SELECT, "a STORE 1 FLAGS\r\n",
    "a BAD STORE takes FLAGS, +FLAGS or -FLAGS and a list of flags\r\n" },
  { EXAMINE, "a STORE 1 FLAGS ()\r\nb EXPUNGE\r\n",
    "a NO The mailbox is open to be read only\r\n"
    "b NO The mailbox is open to be read only\r\n" },
  { SELECT "x STORE 1,3 FLAGS.SILENT \\Deleted\r\n", "a EXPUNGE\r\n",
    "* 1 EXPUNGE\r\n* 2 EXPUNGE\r\na OK Expunged\r\n" },
  { SELECT "x STORE 1,3 FLAGS.SILENT \\Deleted\r\n", "a UID EXPUNGE 2:3\r\n",
    "* 3 EXPUNGE\r\na OK Expunged\r\n" },
  { SELECT, "a EXPUNGE 1\r\n", "a BAD There is more than EXPUNGE takes\r\n" },
  { SELECT, "a UID EXPUNGE\r\n", "a BAD A set of messages is needed\r\n" },
  { SELECT "x STORE 2 +FLAGS \\Deleted\r\n",
    "a UNSELECT x\r\nb UNSELECT\r\nc STATUS INBOX (MESSAGES)\r\nd CHECK\r\n",
    "a BAD This command takes no arguments\r\nb OK Closed\r\n"
    "* STATUS INBOX (MESSAGES 3)\r\nc OK Counted\r\n"
    "d BAD Select a mailbox first\r\n" },
  /* names of mailboxes */
  { LOGIN, "a CREATE Work/Entw&APw-rfe/\r\nb LIST \"\" W*\r\nc LIST \"\" %\r\n"
           "d CREATE Work\r\ne DELETE Work\r\nf SELECT Work\r\ng DELETE Work"
           "\r\nh DELETE \"Work/Entw&APw-rfe\"\r\ni LIST \"\" W*\r\n",
    "a OK Created\r\n"
    "* LIST (\\HasNoChildren) \"/\" Work/Entw&APw-rfe\r\n"
    "* LIST (\\Noselect \\HasChildren) \"/\" Work\r\nb OK Listed\r\n"
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\n"
    "* LIST (\\Noselect \\HasChildren) \"/\" Work\r\nc OK Listed\r\n"
    "d OK Created\r\ne OK Deleted\r\n"
    "f NO [NONEXISTENT] There is no such mailbox\r\n"
    "g NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "h OK Deleted\r\ni OK Listed\r\n" },
  { LOGIN, "a CREATE sent\r\nb CREATE Sent\r\nc CREATE inbox\r\n"
           "d CREATE ../../x\r\ne CREATE \"a//b\"\r\nf CREATE B\303\274ro\r\n"
           "g CREATE \"a*\"\r\nh CREATE &AAA-\r\ni CREATE\r\n"
           "j CREATE {2+}\r\n\303\274\r\n",
    "a OK Created\r\n"
    "b NO [ALREADYEXISTS] There is such a mailbox already\r\n"
    "c NO [ALREADYEXISTS] There is such a mailbox already\r\n"
    "d NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "e NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "f BAD CREATE takes a name and (USE (use))\r\n"
    "g NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "h NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "i BAD A mailbox name is needed\r\n"
    "j NO [CANNOT] That cannot be done with a mailbox of this name\r\n" },
  { LOGIN, "a DELETE inbox\r\nb DELETE No\r\nc DELETE Sent\r\nd LSUB \"\" *"
           "\r\ne CREATE Sent\r\nf STATUS Sent (UIDVALIDITY)\r\n",
    "a NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "b NO [NONEXISTENT] There is no such mailbox\r\nc OK Deleted\r\n"
    "* LSUB (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LSUB (\\HasNoChildren) \"/\" Sent\r\n"
    "* LSUB (\\HasNoChildren \\Trash) \"/\" Trash\r\nd OK Listed\r\n"
    "e OK Created\r\n* STATUS Sent (UIDVALIDITY 8)\r\nf OK Counted\r\n" },
  { SELECT, "a RENAME inbox Old/In\r\nb STATUS Old/In (MESSAGES UNSEEN)\r\n",
    "* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\na OK Renamed\r\n"
    "* STATUS Old/In (MESSAGES 3 UNSEEN 2)\r\nb OK Counted\r\n" },
  { LOGIN "x CREATE a/b\r\ny CREATE a/b/c\r\nz CREATE q/b\r\n",
    "a RENAME a q\r\nb RENAME a a/b/d\r\nc RENAME a Sent\r\n"
    "d RENAME no b\r\ne RENAME a inbox\r\nf RENAME a x/y\r\n"
    "g LIST \"\" x*\r\nh RENAME a\r\n",
    "a NO [ALREADYEXISTS] There is such a mailbox already\r\n"
    "b NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "c OK Renamed\r\nd NO [NONEXISTENT] There is no such mailbox\r\n"
    "e NO [ALREADYEXISTS] There is such a mailbox already\r\n"
    "f NO [NONEXISTENT] There is no such mailbox\r\ng OK Listed\r\n"
    "h BAD RENAME takes two mailbox names\r\n" },
  { LOGIN "x CREATE a/b\r\n",
    "a SUBSCRIBE a/b\r\nb SUBSCRIBE a/b\r\nc SUBSCRIBE No\r\n"
    "d UNSUBSCRIBE inbox\r\ne UNSUBSCRIBE inbox\r\nf LSUB \"\" a%\r\n"
    "g LSUB a *\r\nh LSUB \"\" INBOX\r\n",
    "a OK Subscribed\r\nb OK Subscribed\r\n"
    "c NO [NONEXISTENT] There is no such mailbox\r\nd OK Unsubscribed\r\n"
    "e NO [NONEXISTENT] There is no such mailbox\r\n"
    "* LSUB (\\Noselect \\HasChildren) \"/\" a\r\nf OK Listed\r\n"
    "* LSUB (\\HasNoChildren) \"/\" a/b\r\ng OK Listed\r\n"
    "h OK Listed\r\n" },
  { LOGIN, "a NAMESPACE\r\nb NAMESPACE x\r\n",
    "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\na OK Those are the namespaces\r\n"
    "b BAD This command takes no arguments\r\n" },
  /* APPEND */
  { SELECT, "a APPEND inbox {6}\r\nA: b\r\n\r\nb APPEND \"Sent\" (\\Seen $x) "
            "\"01-Feb-2026 00:30:00 +0100\" {3+}\r\nabc\r\n"
            "c FETCH 4 (UID FLAGS RFC822.SIZE)\r\nd EXAMINE Sent\r\n",
    "+ Send 6 octets\r\n* 4 EXISTS\r\n* 4 RECENT\r\n"
    "a OK [APPENDUID 7 4] Appended\r\n"
    "b OK [APPENDUID 7 1] Appended\r\n"
    "* 4 FETCH (UID 4 FLAGS (\\Recent) RFC822.SIZE 6)\r\nc OK Fetched\r\n"
    "* FLAGS (" FLAGS " $x)\r\n* 1 EXISTS\r\n* 1 RECENT\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 2] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 2] The newest change\r\n"
    "* OK [PERMANENTFLAGS ()] Nothing can be changed\r\n"
    "d OK [READ-ONLY] Examined\r\n" },
  { LOGIN "x APPEND Sent (\\Seen) \" 1-Feb-2026 00:30:00 +0100\" {3+}\r\nabc"
          "\r\ny SELECT Sent\r\n",
    "a FETCH 1 (FLAGS INTERNALDATE)\r\n",
    "* 1 FETCH (FLAGS (\\Seen \\Recent) "
    "INTERNALDATE \"31-Jan-2026 23:30:00 +0000\")\r\na OK Fetched\r\n" },
  { LOGIN, "a APPEND {4}\r\nSent {3}\r\nabc\r\n",
    "+ Send 4 octets\r\n+ Send 3 octets\r\n"
    "a OK [APPENDUID 7 1] Appended\r\n" },
  { LOGIN, "a APPEND No {3}\r\nb NOOP\r\n",
    "a NO [TRYCREATE] There is no such mailbox\r\n"
    "b OK Nothing done, as asked\r\n" },
  { LOGIN, "a APPEND No {3+}\r\nabc\r\nb NOOP\r\n",
    "a NO [TRYCREATE] There is no such mailbox\r\n"
    "b OK Nothing done, as asked\r\n" },
  { LOGIN, "a APPEND Sent {33554433}\r\nb APPEND Sent {5000000000}\r\n"
           "c APPEND Sent {33554432}\r\n",
    "a NO [TOOBIG] That message is too big\r\n"
    "b NO [TOOBIG] That message is too big\r\n+ Send 33554432 octets\r\n" },
  { LOGIN, "a APPEND Sent {33554433+}\r\nb NOOP\r\n",
    "* BYE That literal is too big\r\n" },
  { LOGIN, "a APPEND {65537}\r\n",
    "a NO [LIMIT] That literal is too big\r\n" },
  { LOGIN, "a LIST {70000}\r\n", "a NO [LIMIT] That literal is too big\r\n" },
  { "", "a APPEND Sent {70000}\r\n",
    "a NO [LIMIT] That literal is too big\r\n" },
  { LOGIN, "a APPEND Sent {0+}\r\n\r\n", "a NO That message is empty\r\n" },
  { LOGIN, "a APPEND Sent abc\r\nb APPEND Sent\r\n"
           "c APPEND Sent {1+}\r\na {1+}\r\nb\r\n"
           "d APPEND Sent \"32-Jan-2026 00:00:00 +0000\" {1+}\r\na\r\n",
    "a BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "b BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "c OK [APPENDUID 7 1:2] Appended\r\n"
    "d BAD APPEND takes a mailbox, flags, a date and messages\r\n" },
  /* COPY and MOVE */
  { SELECT, "a COPY 1,3 Sent\r\nb UID COPY 1:2 Sent\r\n"
            "c UID COPY 9 Sent\r\nd COPY 2 inbox\r\n"
            "e STATUS Sent (MESSAGES RECENT UNSEEN)\r\n",
    "a OK [COPYUID 7 1,3 1:2] Copied\r\n"
    "b OK [COPYUID 7 1:2 3:4] Copied\r\nc OK Nothing to do\r\n"
    "* 4 EXISTS\r\n* 4 RECENT\r\nd OK [COPYUID 7 2 4] Copied\r\n"
    "* STATUS Sent (MESSAGES 4 RECENT 4 UNSEEN 2)\r\ne OK Counted\r\n" },
  { SELECT, "a COPY 1 No\r\nb COPY 4 Sent\r\nc COPY 1\r\nd MOVE 1 No\r\n",
    "a NO [TRYCREATE] There is no such mailbox\r\n"
    "b BAD There is no message with that number\r\n"
    "c BAD A set of messages and a mailbox name are needed\r\n"
    "d NO [TRYCREATE] There is no such mailbox\r\n" },
  { SELECT, "a MOVE 1:2 Trash\r\nb UID MOVE 3 Trash\r\n"
            "c STATUS Trash (MESSAGES)\r\n",
    "* OK [COPYUID 7 1:2 1:2] Moved\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n"
    "a OK Moved\r\n* OK [COPYUID 7 3 3] Moved\r\n* 1 EXPUNGE\r\n"
    "b OK Moved\r\n* STATUS Trash (MESSAGES 3)\r\nc OK Counted\r\n" },
  { EXAMINE, "a MOVE 1 Sent\r\nb COPY 1 Sent\r\n",
    "a NO The mailbox is open to be read only\r\n"
    "b OK [COPYUID 7 1 1] Copied\r\n" },
  /* literals */
  { "", "a FROB {5}\r\nb NOOP\r\n",
    "a BAD Unknown command\r\nb OK Nothing done, as asked\r\n" },
  { "", "a LOGIN {2000000000}\r\nb NOOP\r\n",
    "a NO [LIMIT] That literal is too big\r\n"
    "b OK Nothing done, as asked\r\n" },
  { "", "a LOGIN {1024}\r\n", "+ Send 1024 octets\r\n" },
  { "", "a LOGIN {1025}\r\n", "a NO [LIMIT] That literal is too big\r\n" },
  { "", "a LOGIN {2000000000+}\r\nb NOOP\r\n",
    "* BYE That literal is too big\r\n" },
  { "", "a LOGIN {99999999999999999999}\r\n",
    "a NO [LIMIT] That literal is too big\r\n" },
  { "", "a LOGIN {99999999999999999999+}\r\nb NOOP\r\n",
    "* BYE That literal is too big\r\n" },
  { "", "a LOGIN {-1}\r\n",
    "a BAD LOGIN takes a user name and a password\r\n" },
};

static void
run_case (guint i,
          gsize portion)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *ignored = NULL;
  g_autofree char        *answer = NULL;
  g_autofree char        *row = g_strescape (cases[i].said, NULL);
  gsize                   len = strlen (cases[i].said);

  g_test_message ("case %u in portions of %" G_GSIZE_FORMAT ": %s", i,
                  portion, row);
  pc_engine_start (server, NOW);
  ignored = say (server, cases[i].before);
  for (gsize at = 0; at < len; at += portion)
    feed (server, cases[i].said + at, MIN (portion, len - at));
  answer = take_output (server);
  g_assert_cmpstr (answer, ==, cases[i].answer);
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    run_case (i, 100000);
    run_case (i, 1);
    run_case (i, 3);
  }
}

static void
test_greeting (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *greeting = NULL;

  g_assert_true (pc_engine_get_state (server) ==
                 pc_imap_protocol.server_states[0]);
  pc_engine_start (server, NOW);
  greeting = take_output (server);
  g_assert_cmpstr (greeting, ==,
                   "* OK [CAPABILITY " CAPS AUTHS "] mail.example.test "
                   "IMAP server ready\r\n");
  g_assert_true (pc_engine_get_state (server) ==
                 pc_imap_protocol.server_states[1]);
}

/* NUL has no place anywhere but in a literal, and not in ours either. */
static void
test_nul (void)
{
  static const char said[] = "a LOGIN al\0ex portcall\r\n"
                             "b LOGIN {4+}\r\nal\0x portcall\r\n"
                             "c NOOP\r\n";
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *answer = NULL;

  pc_engine_start (server, NOW);
  g_free (take_output (server));
  pc_engine_feed (server, NOW, 0, (const guint8 *) said, sizeof said - 1);
  answer = take_output (server);
  g_assert_cmpstr (answer, ==,
                   "a BAD LOGIN takes a user name and a password\r\n"
                   "b BAD LOGIN takes a user name and a password\r\n"
                   "c OK Nothing done, as asked\r\n");
}

/* However long, a line that does not end costs a bounded queue. */
static void
test_long_line (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *line = g_strnfill (PC_LIMIT_IMAP_LINE_PREAUTH + 1,
                                             'x');
  g_autofree char        *answer = NULL;

  pc_engine_start (server, NOW);
  g_free (take_output (server));
  answer = say (server, line);
  g_assert_cmpstr (answer, ==, "* BYE That line is too long\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
}

static void
test_bad_commands (void)
{
  static const char *const before[] = { "", LOGIN };
  static const guint limits[] = { PC_LIMIT_BAD_COMMANDS_PREAUTH,
                                  PC_LIMIT_BAD_COMMANDS };

  for (guint k = 0; k < G_N_ELEMENTS (limits); k++) {
    g_autoptr (PcMailStore) store = world_new ();
    g_autoptr (PcEngine)    server = server_new (store, 1);
    g_autofree char        *last = NULL;

    pc_engine_start (server, NOW);
    g_free (say (server, before[k]));
    for (guint i = 1; i < limits[k]; i++)
      g_free (say (server, "a FROB\r\n"));
    g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);
    last = say (server, "a FROB\r\n");
    g_assert_true (
        g_str_has_suffix (last, "* BYE Too many commands went wrong\r\n"));
    g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  }
}

/* The mistake that ends the session may be made in any command, and at any
 * place of it. */
static void
test_last_mistake (void)
{
  static const char *const args[] = { "", " ", " 1", " x", " 99", " (", " 1 (",
                                      " 1 x", " INBOX", " \"" };

  for (guint v = 0; pc_imap_verbs[v].name != NULL; v++)
    for (guint k = 0; k < G_N_ELEMENTS (args); k++) {
      g_autoptr (PcMailStore) store = world_new ();
      g_autoptr (PcEngine)    server = server_new (store, 1);
      g_autofree char        *line = g_strdup_printf (
          "b %s%s\r\n", pc_imap_verbs[v].name, args[k]);

      g_test_message ("%s", line);
      pc_engine_start (server, NOW);
      g_free (say (server, LOGIN));
      g_free (say (server, "a SELECT INBOX\r\n"));
      for (guint i = 1; i < PC_LIMIT_BAD_COMMANDS; i++)
        g_free (say (server, "a FROB\r\n"));
      g_free (say (server, line));
      g_free (say (server, "a FROB\r\n"));
    }
}

/* Half a command does not put the clock back. */
static void
test_idle (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *answer = NULL;

  pc_engine_start (server, NOW);
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + PC_LIMIT_IDLE_PREAUTH);
  g_free (say (server, LOGIN));
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + PC_LIMIT_IDLE_IMAP);
  pc_engine_feed (server, NOW + G_USEC_PER_SEC, 0, (const guint8 *) "a ", 2);
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + PC_LIMIT_IDLE_IMAP);
  g_free (take_output (server));
  pc_engine_wake (server, NOW + PC_LIMIT_IDLE_IMAP - 1);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);
  pc_engine_wake (server, NOW + PC_LIMIT_IDLE_IMAP);
  answer = take_output (server);
  g_assert_cmpstr (answer, ==, "* BYE Nothing was said for too long\r\n");
}

/* More than the output may hold: the client is told to ask for less, and
 * what it was not sent is not marked as read. */
static void
test_too_much (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *text = g_strnfill (PC_LIMIT_OUTPUT / 2, 'x');
  g_autoptr (GBytes)      big = g_bytes_new (text, PC_LIMIT_OUTPUT / 2);
  g_autofree char        *answer = NULL;
  g_autofree char        *after = NULL;

  for (guint i = 0; i < 2; i++)
    pc_mailbox_append (world_inbox (store), big, 0, NOW, 0, NULL);
  pc_engine_start (server, NOW);
  g_free (say (server, SELECT));
  answer = say (server, "a FETCH 4:5 BODY[]\r\n");
  g_assert_true (g_str_has_suffix (
      answer, "\r\na NO [LIMIT] That is too much at once; ask for less\r\n"));
  after = say (server, "b FETCH 4:5 FLAGS\r\n");
  g_assert_cmpstr (after, ==,
                   "* 4 FETCH (FLAGS (\\Seen \\Recent))\r\n"
                   "* 5 FETCH (FLAGS (\\Recent))\r\nb OK Fetched\r\n");
}

/* A message bigger than any other literal, in portions; and one more than the
 * mailbox can hold, refused before it comes. */
static void
test_big_append (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autoptr (GString)     text = g_string_new ("a APPEND INBOX {200000+}\r\n");
  g_autofree char        *fill = g_strnfill (200000, 'x');
  g_autofree char        *big = g_strnfill (PC_LIMIT_MESSAGE, 'y');
  g_autoptr (GBytes)      message = g_bytes_new (big, PC_LIMIT_MESSAGE);
  g_autofree char        *answer = NULL;
  g_autofree char        *full = NULL;

  pc_engine_start (server, NOW);
  g_free (say (server, LOGIN));
  g_string_append_printf (text, "%s\r\nb APPEND INBOX {200000}\r\n", fill);
  for (gsize at = 0; at < text->len; at += 1000)
    pc_engine_feed (server, NOW, 0, (const guint8 *) text->str + at,
                    MIN (1000, text->len - at));
  answer = take_output (server);
  g_assert_cmpstr (answer, ==, "a OK [APPENDUID 7 4] Appended\r\n"
                               "+ Send 200000 octets\r\n");
  g_string_printf (text, "%s\r\n", fill);
  g_free (say (server, text->str));

  for (guint i = 0; i < 7; i++)
    pc_mailbox_append (world_inbox (store), message, 0, NOW, 0, NULL);
  full = say (server, "c APPEND INBOX {33554432}\r\n"
                      "d SELECT INBOX\r\ne COPY 6 INBOX\r\n");
  g_assert_true (g_str_has_prefix (
      full, "c NO [OVERQUOTA] The mailbox is full\r\n* FLAGS"));
  g_assert_true (g_str_has_suffix (
      full, "e NO [OVERQUOTA] The mailbox is full\r\n"));
}

/* Somebody else deletes the mailbox that is open: it grows empty, and what is
 * left of it can still be worked with. */
static void
test_deleted_under (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    one = server_new (store, 1);
  g_autoptr (PcEngine)    other = server_new (store, 2);
  g_autofree char        *answer = NULL;
  g_autofree char        *after = NULL;

  pc_engine_start (one, NOW);
  pc_engine_start (other, NOW);
  g_free (say (one, SELECT "a COPY 1:2 Trash\r\nb SELECT Trash\r\n"));
  g_free (say (other, LOGIN "a DELETE Trash\r\n"));
  answer = say (one, "c NOOP\r\nd SEARCH ALL\r\ne UNSELECT\r\n");
  g_assert_cmpstr (answer, ==,
                   "* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n"
                   "c OK Nothing done, as asked\r\n* SEARCH\r\n"
                   "d OK Searched\r\ne OK Closed\r\n");
  after = say (one, "f SELECT Trash\r\n");
  g_assert_cmpstr (after, ==,
                   "f NO [NONEXISTENT] There is no such mailbox\r\n");
}

/* Who idles is told at once; who does not has to ask. */
static void
test_push (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    idle = server_new (store, 1);
  g_autoptr (PcEngine)    other = server_new (store, 2);
  g_autofree char        *pushed = NULL;
  g_autofree char        *end = NULL;
  g_autofree char        *quiet = NULL;

  pc_engine_start (idle, NOW);
  pc_engine_start (other, NOW);
  g_free (say (idle, SELECT "a IDLE\r\n"));
  g_free (say (other, SELECT "a STORE 1 +FLAGS.SILENT (\\Deleted)\r\n"
                             "b EXPUNGE\r\nc STORE 2 FLAGS (\\Flagged)\r\n"
                             "d APPEND INBOX {3+}\r\nabc\r\n"));
  pc_engine_wake (idle, NOW);
  pushed = take_output (idle);
  g_assert_cmpstr (pushed, ==,
                   "* 1 EXPUNGE\r\n* 3 EXISTS\r\n* 2 RECENT\r\n"
                   "* 2 FETCH (UID 3 FLAGS (\\Flagged \\Recent))\r\n");
  pc_engine_wake (idle, NOW);
  end = say (idle, "DONE\r\n");
  g_assert_cmpstr (end, ==, "a OK No longer idling\r\n");

  g_free (say (other, "e STORE 1 FLAGS ()\r\nf STORE 1 FLAGS (\\Seen)\r\n"));
  pc_engine_wake (idle, NOW);
  quiet = take_output (idle);
  g_assert_cmpstr (quiet, ==, "");
}

/* More fields than the RFC allows. */
static void
test_long_id (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autoptr (GString)     line = g_string_new ("a ID (\"x\" NIL");
  g_autofree char        *answer = NULL;

  for (guint i = 0; i < PC_LIMIT_IMAP_ID; i++)
    g_string_append (line, " \"x\" NIL");
  g_string_append (line, ")\r\n");
  pc_engine_start (server, NOW);
  g_free (take_output (server));
  answer = say (server, line->str);
  g_assert_cmpstr (answer, ==,
                   "a BAD ID takes NIL or a list of fields and values\r\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/server/greeting", test_greeting);
  g_test_add_func ("/imap/server/answers", test_answers);
  g_test_add_func ("/imap/server/nul", test_nul);
  g_test_add_func ("/imap/server/long-line", test_long_line);
  g_test_add_func ("/imap/server/bad-commands", test_bad_commands);
  g_test_add_func ("/imap/server/last-mistake", test_last_mistake);
  g_test_add_func ("/imap/server/idle", test_idle);
  g_test_add_func ("/imap/server/too-much", test_too_much);
  g_test_add_func ("/imap/server/big-append", test_big_append);
  g_test_add_func ("/imap/server/deleted-under", test_deleted_under);
  g_test_add_func ("/imap/server/push", test_push);
  g_test_add_func ("/imap/server/long-id", test_long_id);
  return g_test_run ();
}
