/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says to a client that knows more: ENABLE, IMAP4rev2, UTF-8,
 * mod-sequences, keywords, quotas. */

#include "pump.h"

#include "base/limits.h"
#include "mail/account.h"
#include "proto/imap/protocol.h"

#include <string.h>

#define LOGIN "l LOGIN alex portcall\r\n"
#define SELECT LOGIN "s SELECT INBOX\r\n"

/* @before is said first and what it gives is not looked at. */
static const struct {
  guint64     quota;
  const char *before;
  const char *said;
  const char *answer;
} cases[] = {
  /* ENABLE */
  { 0, LOGIN,
    "a ENABLE CONDSTORE\r\n"
    "b ENABLE X-FOO IMAP4rev1\r\n"
    "c ENABLE utf8=accept imap4REV2\r\n"
    "d ENABLE\r\n"
    "e ENABLE \"x\"\r\n"
    "f ENABLE CONDSTORE \r\n",
    "* ENABLED CONDSTORE\r\n"
    "a OK Enabled\r\n"
    "* ENABLED\r\n"
    "b OK Enabled\r\n"
    "* ENABLED IMAP4rev2 UTF8=ACCEPT\r\n"
    "c OK Enabled\r\n"
    "d BAD ENABLE takes capabilities\r\n"
    "e BAD ENABLE takes capabilities\r\n"
    "f BAD ENABLE takes capabilities\r\n" },
  { 0, "",
    "a ENABLE CONDSTORE\r\n",
    "a BAD Log in first\r\n" },
  { 0, SELECT,
    "a ENABLE CONDSTORE\r\n"
    "b CAPABILITY x\r\n",
    "a BAD A mailbox is open: it is too late\r\n"
    "b BAD CAPABILITY takes no arguments\r\n" },
  /* IMAP4rev2 */
  { 0, LOGIN "e ENABLE IMAP4rev2\r\n",
    "a SELECT INBOX\r\n"
    "b SELECT Sent\r\n"
    "c SELECT No\r\n"
    "d SELECT\r\n"
    "e EXAMINE INBOX\r\n",
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 3 EXISTS\r\n"
    "* LIST () \"/\" INBOX\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 4] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "a OK [READ-WRITE] Selected\r\n"
    "* OK [CLOSED] The mailbox before is closed\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 0 EXISTS\r\n"
    "* LIST (\\Sent) \"/\" Sent\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 1] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 1] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "b OK [READ-WRITE] Selected\r\n"
    "* OK [CLOSED] The mailbox before is closed\r\n"
    "c NO [NONEXISTENT] There is no such mailbox\r\n"
    "d BAD A mailbox name is needed\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 3 EXISTS\r\n"
    "* LIST () \"/\" INBOX\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 4] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* OK [PERMANENTFLAGS ()] Nothing can be changed\r\n"
    "e OK [READ-ONLY] Examined\r\n" },
  { 0, LOGIN "e ENABLE IMAP4rev2\r\n"
    "s SELECT INBOX\r\n",
    "a SEARCH UNSEEN\r\n"
    "b UID SEARCH SEEN\r\n"
    "c SEARCH ANSWERED\r\n"
    "d SEARCH RETURN (COUNT) ALL\r\n"
    "e FETCH 1 FLAGS\r\n"
    "f COPY 1 INBOX\r\n"
    "g STORE 2 FLAGS (\\Draft)\r\n",
    "* ESEARCH (TAG \"a\") ALL 2:3\r\n"
    "a OK Searched\r\n"
    "* ESEARCH (TAG \"b\") UID ALL 1\r\n"
    "b OK Searched\r\n"
    "* ESEARCH (TAG \"c\")\r\n"
    "c OK Searched\r\n"
    "* ESEARCH (TAG \"d\") COUNT 3\r\n"
    "d OK Searched\r\n"
    "* 1 FETCH (FLAGS (\\Seen))\r\n"
    "e OK Fetched\r\n"
    "* 4 EXISTS\r\n"
    "f OK [COPYUID 7 1 4] Copied\r\n"
    "* 2 FETCH (FLAGS (\\Draft))\r\n"
    "g OK Stored\r\n" },
  /* names in UTF-8 */
  { 0, LOGIN "e ENABLE IMAP4rev2\r\n",
    "a CREATE \"Entw\303\274rfe & mehr\"\r\n"
    "b LIST \"\" \"Entw*\"\r\n"
    "c SELECT \"Entw\303\274rfe & mehr\"\r\n"
    "d LIST \"\" \"E%\" RETURN (STATUS (MESSAGES))\r\n"
    "e CREATE \"a\\\"b\\\\\303\274\"\r\n"
    "f LIST \"\" \"a*\"\r\n"
    "g SUBSCRIBE \"Entw\303\274rfe & mehr\"\r\n"
    "h LSUB \"\" \"E*\"\r\n"
    "i CREATE \"b\374\"\r\n"
    "j LIST \"\" \"\374*\"\r\n"
    "k RENAME \"Entw\303\274rfe & mehr\" \303\266\r\n"
    "m RENAME \"Entw\303\274rfe & mehr\" \"\303\266\"\r\n"
    "n LIST \"\" \"\303\266\"\r\n",
    "a OK Created\r\n"
    "* LIST (\\HasNoChildren) \"/\" \"Entw\303\274rfe & mehr\"\r\n"
    "b OK Listed\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 0 EXISTS\r\n"
    "* LIST () \"/\" \"Entw\303\274rfe & mehr\"\r\n"
    "* OK [UIDVALIDITY 8] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 1] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 1] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "c OK [READ-WRITE] Selected\r\n"
    "* LIST (\\HasNoChildren) \"/\" \"Entw\303\274rfe & mehr\"\r\n"
    "* STATUS \"Entw\303\274rfe & mehr\" (MESSAGES 0)\r\n"
    "d OK Listed\r\n"
    "e OK Created\r\n"
    "* LIST (\\HasNoChildren) \"/\" \"a\\\"b\\\\\303\274\"\r\n"
    "f OK Listed\r\n"
    "g OK Subscribed\r\n"
    "* LSUB (\\HasNoChildren) \"/\" \"Entw\303\274rfe & mehr\"\r\n"
    "h OK Listed\r\n"
    "i NO [CANNOT] That cannot be done with a mailbox of this name\r\n"
    "j OK Listed\r\n"
    "k BAD RENAME takes two mailbox names\r\n"
    "m OK Renamed\r\n"
    "* LIST (\\HasNoChildren) \"/\" \"\303\266\"\r\n"
    "n OK Listed\r\n" },
  { 0, LOGIN "a CREATE Entw&APw-rfe\r\n"
    "b ENABLE UTF8=ACCEPT\r\n",
    "c LIST \"\" E*\r\n"
    "d SELECT Entw&APw-rfe\r\n"
    "e SELECT \"Entw\303\274rfe\"\r\n"
    "f SEARCH CHARSET UTF-8 ALL\r\n"
    "g SEARCH RETURN () CHARSET UTF-8 ALL\r\n"
    "h SEARCH ALL\r\n"
    "i GETQUOTAROOT \"Entw\303\274rfe\"\r\n",
    "* LIST (\\HasNoChildren) \"/\" \"Entw\303\274rfe\"\r\n"
    "c OK Listed\r\n"
    "d NO [NONEXISTENT] There is no such mailbox\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 0 EXISTS\r\n"
    "* 0 RECENT\r\n"
    "* OK [UIDVALIDITY 8] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 1] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 1] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "e OK [READ-WRITE] Selected\r\n"
    "f BAD That cannot be searched for\r\n"
    "g BAD That cannot be searched for\r\n"
    "* SEARCH\r\n"
    "h OK Searched\r\n"
    "* QUOTAROOT \"Entw\303\274rfe\"\r\n"
    "i OK Those are the quota roots\r\n" },
  /* APPEND of UTF-8 */
  { 0, LOGIN,
    "a APPEND Sent {13+}\r\n"
    "Subject: \303\274\r\n"
    "\r\n"
    "b APPEND Sent UTF8 (~{13+}\r\n"
    "Subject: \303\274\r\n"
    ")\r\n"
    "c ENABLE UTF8=ACCEPT\r\n"
    "d APPEND Sent UTF8 (~{13+}\r\n"
    "Subject: \303\274\r\n"
    ")\r\n"
    "e APPEND Sent {13+}\r\n"
    "Subject: \303\274\r\n"
    "\r\n"
    "f APPEND Sent UTF8 (~{13+}\r\n"
    "Subject: \303\274\r\n"
    "\r\n"
    "g APPEND Sent UTF8 ({1+}\r\n"
    "x)\r\n"
    "h APPEND Sent (\\Seen) UTF8 (~{13}\r\n"
    "Subject: \303\274\r\n"
    ") (work) {4+}\r\n"
    "A: b\r\n"
    "i STATUS Sent (MESSAGES)\r\n",
    "a NO [CANNOT] A header in UTF-8 needs ENABLE UTF8=ACCEPT\r\n"
    "b BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "* ENABLED UTF8=ACCEPT\r\n"
    "c OK Enabled\r\n"
    "d OK [APPENDUID 7 1] Appended\r\n"
    "e OK [APPENDUID 7 2] Appended\r\n"
    "f BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "g BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "+ Send 13 octets\r\n"
    "h OK [APPENDUID 7 3:4] Appended\r\n"
    "* STATUS Sent (MESSAGES 4)\r\n"
    "i OK Counted\r\n" },
  /* mod-sequences */
  { 0, LOGIN,
    "a SELECT INBOX (CONDSTORE)\r\n"
    "b SELECT INBOX (FROB)\r\n"
    "c SELECT INBOX (CONDSTORE\r\n"
    "d FETCH 1:2 (FLAGS)\r\n"
    "e FETCH 1 MODSEQ\r\n"
    "f STORE 2 +FLAGS (\\Flagged)\r\n"
    "g STORE 2 +FLAGS.SILENT (\\Seen)\r\n"
    "h STORE 1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Answered)\r\n"
    "i UID STORE 1:3 (UNCHANGEDSINCE 6) -FLAGS (\\Answered)\r\n"
    "j FETCH 1:* (UID) (CHANGEDSINCE 7)\r\n"
    "k UID FETCH 1:* FLAGS (CHANGEDSINCE 100)\r\n"
    "m FETCH 3 BODY[TEXT]\r\n",
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 3 EXISTS\r\n"
    "* 3 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 4] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "a OK [READ-WRITE] Selected\r\n"
    "b BAD A mailbox name is needed\r\n"
    "c BAD A mailbox name is needed\r\n"
    "* 1 FETCH (FLAGS (\\Seen \\Recent))\r\n"
    "* 2 FETCH (FLAGS (\\Recent))\r\n"
    "d OK Fetched\r\n"
    "* 1 FETCH (MODSEQ (2))\r\n"
    "e OK Fetched\r\n"
    "* 2 FETCH (UID 2 FLAGS (\\Flagged \\Recent) MODSEQ (5))\r\n"
    "f OK Stored\r\n"
    "* 2 FETCH (UID 2 MODSEQ (6))\r\n"
    "g OK Stored\r\n"
    "* 1 FETCH (UID 1 MODSEQ (7))\r\n"
    "* 3 FETCH (UID 3 MODSEQ (8))\r\n"
    "h OK [MODIFIED 2] Some have changed since, and were left alone\r\n"
    "* 2 FETCH (UID 2 FLAGS (\\Flagged \\Seen \\Recent) MODSEQ (6))\r\n"
    "i OK [MODIFIED 1,3] Some have changed since, and were left alone\r\n"
    "* 3 FETCH (UID 3 MODSEQ (8))\r\n"
    "j OK Fetched\r\n"
    "k OK Fetched\r\n"
    "* 3 FETCH (BODY[TEXT] {0}\r\n"
    " FLAGS (\\Answered \\Seen \\Recent) UID 3 MODSEQ (9))\r\n"
    "m OK Fetched\r\n" },
  { 0, LOGIN "s SELECT INBOX (CONDSTORE)\r\n"
    "x STORE 2:3 FLAGS (\\Seen)\r\n",
    "a SEARCH MODSEQ 5\r\n"
    "b UID SEARCH MODSEQ \"/flags/\\\\seen\" all 6\r\n"
    "c SEARCH RETURN (ALL) MODSEQ 1\r\n"
    "d SEARCH RETURN (MIN) MODSEQ 5\r\n"
    "e SEARCH RETURN (MIN MAX) MODSEQ 1\r\n"
    "f SEARCH MODSEQ 100\r\n"
    "g SEARCH NOT MODSEQ 100\r\n"
    "h STORE 1 (UNCHANGEDSINCE 0) FLAGS ()\r\n"
    "i STORE 1 (UNCHANGEDSINCE) FLAGS ()\r\n"
    "j STORE 1 (FROB 2) FLAGS ()\r\n"
    "k FETCH 1 FLAGS (CHANGEDSINCE 0)\r\n"
    "m FETCH 1 FLAGS (FROB 1)\r\n"
    "n SEARCH MODSEQ \"/flags/\\\\seen\" none 9\r\n"
    "o SEARCH MODSEQ 99999999999999999999\r\n",
    "* SEARCH 2 3 (MODSEQ 6)\r\n"
    "a OK Searched\r\n"
    "* SEARCH 3 (MODSEQ 6)\r\n"
    "b OK Searched\r\n"
    "* ESEARCH (TAG \"c\") ALL 1:3 MODSEQ 6\r\n"
    "c OK Searched\r\n"
    "* ESEARCH (TAG \"d\") MIN 2 MODSEQ 5\r\n"
    "d OK Searched\r\n"
    "* ESEARCH (TAG \"e\") MIN 1 MAX 3 MODSEQ 6\r\n"
    "e OK Searched\r\n"
    "* SEARCH\r\n"
    "f OK Searched\r\n"
    "* SEARCH 1 2 3 (MODSEQ 6)\r\n"
    "g OK Searched\r\n"
    "h OK [MODIFIED 1] Some have changed since, and were left alone\r\n"
    "i BAD STORE takes FLAGS, +FLAGS or -FLAGS and a list of flags\r\n"
    "j BAD STORE takes FLAGS, +FLAGS or -FLAGS and a list of flags\r\n"
    "k BAD That cannot be fetched\r\n"
    "m BAD That cannot be fetched\r\n"
    "n BAD That cannot be searched for\r\n"
    "o BAD That cannot be searched for\r\n" },
  /* what turns them on */
  { 0, SELECT,
    "a FETCH 1 MODSEQ\r\n"
    "b STORE 1 FLAGS.SILENT ()\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* 1 FETCH (MODSEQ (2))\r\n"
    "a OK Fetched\r\n"
    "* 1 FETCH (UID 1 MODSEQ (5))\r\n"
    "b OK Stored\r\n" },
  { 0, SELECT,
    "a FETCH 1 FLAGS (CHANGEDSINCE 1)\r\n"
    "b STORE 1 FLAGS.SILENT ()\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* 1 FETCH (FLAGS (\\Seen \\Recent) MODSEQ (2))\r\n"
    "a OK Fetched\r\n"
    "* 1 FETCH (UID 1 MODSEQ (5))\r\n"
    "b OK Stored\r\n" },
  { 0, SELECT,
    "a STORE 1 (UNCHANGEDSINCE 9) FLAGS ()\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* 1 FETCH (UID 1 FLAGS (\\Recent) MODSEQ (5))\r\n"
    "a OK Stored\r\n" },
  { 0, SELECT,
    "a SEARCH MODSEQ 3\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* SEARCH 2 3 (MODSEQ 4)\r\n"
    "a OK Searched\r\n" },
  { 0, SELECT,
    "a STATUS INBOX (HIGHESTMODSEQ)\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* STATUS INBOX (HIGHESTMODSEQ 4)\r\n"
    "a OK Counted\r\n" },
  { 0, SELECT,
    "a LIST \"\" INBOX RETURN (STATUS (HIGHESTMODSEQ SIZE))\r\n",
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* STATUS INBOX (HIGHESTMODSEQ 4 SIZE 238)\r\n"
    "a OK Listed\r\n" },
  /* keywords */
  { 0, SELECT,
    "a STORE 1:2 +FLAGS (Work $Forwarded)\r\n"
    "b STORE 2 +FLAGS (WORK other)\r\n"
    "c SEARCH KEYWORD work\r\n"
    "d SEARCH UNKEYWORD $forwarded\r\n"
    "e COPY 1:2 Sent\r\n"
    "f STORE 1:2 -FLAGS.SILENT (work $Forwarded nobody)\r\n"
    "g FETCH 1:2 FLAGS\r\n"
    "h STORE 2 FLAGS ()\r\n"
    "i SELECT Sent\r\n"
    "j FETCH 1:2 FLAGS\r\n"
    "k MOVE 1 INBOX\r\n"
    "m SELECT INBOX\r\n"
    "n STORE 1 +FLAGS (a]b)\r\n",
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Work "
    "$Forwarded)\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "Work $Forwarded \\*)] These can be changed\r\n"
    "* 1 FETCH (FLAGS (\\Seen Work $Forwarded \\Recent))\r\n"
    "* 2 FETCH (FLAGS (Work $Forwarded \\Recent))\r\n"
    "a OK Stored\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Work $Forwarded "
    "other)\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "Work $Forwarded other \\*)] These can be changed\r\n"
    "* 2 FETCH (FLAGS (Work $Forwarded other \\Recent))\r\n"
    "b OK Stored\r\n"
    "* SEARCH 1 2\r\n"
    "c OK Searched\r\n"
    "* SEARCH 3\r\n"
    "d OK Searched\r\n"
    "e OK [COPYUID 7 1:2 1:2] Copied\r\n"
    "f OK Stored\r\n"
    "* 1 FETCH (FLAGS (\\Seen \\Recent))\r\n"
    "* 2 FETCH (FLAGS (other \\Recent))\r\n"
    "g OK Fetched\r\n"
    "* 2 FETCH (FLAGS (\\Recent))\r\n"
    "h OK Stored\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Work $Forwarded "
    "other)\r\n"
    "* 2 EXISTS\r\n"
    "* 2 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 3] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 3] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "Work $Forwarded other \\*)] These can be changed\r\n"
    "i OK [READ-WRITE] Selected\r\n"
    "* 1 FETCH (FLAGS (\\Seen Work $Forwarded \\Recent))\r\n"
    "* 2 FETCH (FLAGS (Work $Forwarded other \\Recent))\r\n"
    "j OK Fetched\r\n"
    "* OK [COPYUID 7 1 4] Moved\r\n"
    "* 1 EXPUNGE\r\n"
    "k OK Moved\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Work "
    "$Forwarded)\r\n"
    "* 4 EXISTS\r\n"
    "* 1 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 5] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 11] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "Work $Forwarded \\*)] These can be changed\r\n"
    "m OK [READ-WRITE] Selected\r\n"
    "n BAD STORE takes FLAGS, +FLAGS or -FLAGS and a list of flags\r\n" },
  { 0, SELECT,
    "a STORE 1 +FLAGS (ok xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)\r\n"
    "b STORE 1 +FLAGS (k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 k10 k11 k12 k13 k14 "
    "k15 k16 k17 k18 k19 k20 k21 k22 k23 k24 k25 k26 k27 k28 k29 k30 k31 "
    "k32 k33 k34 k35 k36 k37 k38 k39 k40 k41 k42 k43 k44 k45 k46 k47 k48 "
    "k49 k50 k51 k52 k53 k54 k55 k56 k57 k58 k59 k60 k61 k62 k63 k64)\r\n"
    "c FETCH 1 FLAGS\r\n",
    "a NO [LIMIT] No more keywords can be made here\r\n"
    "b NO [LIMIT] No more keywords can be made here\r\n"
    "* 1 FETCH (FLAGS (\\Seen \\Recent))\r\n"
    "c OK Fetched\r\n" },
  /* room */
  { 0, LOGIN,
    "a STATUS INBOX (SIZE DELETED DELETED-STORAGE APPENDLIMIT)\r\n"
    "b SELECT INBOX\r\n"
    "c STORE 2 +FLAGS.SILENT (\\Deleted)\r\n"
    "d STATUS INBOX (MESSAGES DELETED DELETED-STORAGE SIZE)\r\n",
    "* STATUS INBOX (SIZE 238 DELETED 0 DELETED-STORAGE 0 APPENDLIMIT "
    "33554432)\r\n"
    "a OK Counted\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 3 EXISTS\r\n"
    "* 3 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 4] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 4] The newest change\r\n"
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft "
    "\\*)] These can be changed\r\n"
    "b OK [READ-WRITE] Selected\r\n"
    "c OK Stored\r\n"
    "* STATUS INBOX (MESSAGES 3 DELETED 1 DELETED-STORAGE 70 SIZE 238)\r\n"
    "d OK Counted\r\n" },
  { 0, LOGIN,
    "a GETQUOTAROOT INBOX\r\n"
    "b GETQUOTA \"\"\r\n"
    "c GETQUOTAROOT No\r\n"
    "d GETQUOTA\r\n"
    "e GETQUOTAROOT \"\" x\r\n"
    "f SETQUOTA \"\" (STORAGE 1)\r\n",
    "* QUOTAROOT INBOX\r\n"
    "a OK Those are the quota roots\r\n"
    "b NO [NONEXISTENT] There is no such quota root\r\n"
    "c NO [NONEXISTENT] There is no such mailbox\r\n"
    "d BAD GETQUOTA takes the name of a quota root\r\n"
    "e BAD GETQUOTAROOT takes the name of a mailbox\r\n"
    "f BAD Unknown command\r\n" },
  { 500, SELECT,
    "a GETQUOTAROOT Sent\r\n"
    "b GETQUOTA x\r\n"
    "c APPEND Sent {300}\r\n"
    "d APPEND Sent {263+}\r\n"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"
    "e APPEND Sent {12+}\r\n"
    "Subject: a\r\n"
    "\r\n"
    "f COPY 1:2 Sent\r\n"
    "g COPY 1 Sent\r\n"
    "h MOVE 1 Sent\r\n"
    "i GETQUOTA \"\"\r\n",
    "* QUOTAROOT Sent \"\"\r\n"
    "* QUOTA \"\" (STORAGE 1 1)\r\n"
    "a OK Those are the quota roots\r\n"
    "b NO [NONEXISTENT] There is no such quota root\r\n"
    "c NO [OVERQUOTA] The account has no room left for that\r\n"
    "d NO [OVERQUOTA] The account has no room left for that\r\n"
    "e OK [APPENDUID 7 1] Appended\r\n"
    "f OK [COPYUID 7 1:2 2:3] Copied\r\n"
    "g NO [OVERQUOTA] The account has no room left for that\r\n"
    "* OK [COPYUID 7 1 4] Moved\r\n"
    "* 1 EXPUNGE\r\n"
    "h OK Moved\r\n"
    "* QUOTA \"\" (STORAGE 1 1)\r\n"
    "i OK That is the quota\r\n" },
};

static void
run_case (guint i,
          gsize portion)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *ignored = NULL;
  g_autofree char        *answer = NULL;
  gsize                   len = strlen (cases[i].said);

  g_test_message ("case %u in portions of %" G_GSIZE_FORMAT ": %s", i,
                  portion, cases[i].said);
  pc_account_set_quota (pc_mail_store_find_user (store, "alex"),
                        cases[i].quota);
  pc_engine_start (server, NOW);
  ignored = say (server, cases[i].before);
  for (gsize at = 0; at < len; at += portion)
    pc_engine_feed (server, NOW, 0, (const guint8 *) cases[i].said + at,
                    MIN (portion, len - at));
  answer = take_output (server);
  g_assert_cmpstr (answer, ==, cases[i].answer);
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    run_case (i, 100000);
    run_case (i, 1);
    run_case (i, 7);
  }
}

/* What the server says there is all explained, whatever the portions. */
static char *
observe (guint i,
         gsize portion)
{
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  GString               *out = g_string_new (NULL);
  const char            *texts[] = { cases[i].said, cases[i].answer };
  PcUnit                *unit;

  pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                    (const guint8 *) "* PREAUTH hi\r\n", 14);
  for (guint side = 0; side < G_N_ELEMENTS (texts); side++)
    for (gsize at = 0; at < strlen (texts[side]); at += portion)
      pc_observer_feed (observer,
                        side == 0 ? PC_SIDE_CLIENT : PC_SIDE_SERVER, 0,
                        (const guint8 *) texts[side] + at,
                        MIN (portion, strlen (texts[side]) - at));
  while ((unit = pc_observer_next (observer)) != NULL) {
    check_cover (unit);
    g_assert_cmpstr (unit->rule, !=, "imap.other.data");
    g_assert_cmpstr (unit->rule, !=, "imap.unreadable");
    g_assert_nonnull (pc_narration_find (pc_imap_protocol.narrations,
                                         pc_imap_protocol.n_narrations,
                                         unit->rule));
    g_string_append_printf (out, "%d %s %s\n", unit->from, unit->rule,
                            unit->summary);
    for (guint k = 0; k < pc_unit_get_n_fields (unit); k++)
      g_string_append_printf (out, "  %s=%s\n",
                              pc_unit_get_field (unit, k)->label,
                              pc_unit_get_field (unit, k)->value);
    pc_unit_free (unit);
  }
  return g_string_free (out, FALSE);
}

static void
test_observed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *whole = observe (i, 100000);
    g_autofree char *small = observe (i, 1);

    g_test_message ("case %u", i);
    g_assert_cmpstr (whole, ==, small);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/changes/answers", test_answers);
  g_test_add_func ("/imap/changes/observed", test_observed);
  return g_test_run ();
}
