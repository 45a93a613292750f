/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every limit of the program, with its reason.  Hitting one has an answer,
 * and the answer has a test.  Sizes are octets, times are microseconds. */

/* -- files a person wrote ------------------------------------------------ */

#define PC_LIMIT_JSON_SIZE (16 * 1024 * 1024) /* 20,000 long items fit */
#define PC_LIMIT_SHEET 500         /* questions; nobody answers more */
#define PC_LIMIT_EXCHANGE (4 * 1024 * 1024) /* 10,000 questions of others */
#define PC_LIMIT_JSON_DEPTH 64     /* json-glib dies at 100,000 */
#define PC_LIMIT_JSON_VALUES 2000000 /* 20,000 items of 100; 400 MB in memory */
#define PC_LIMIT_JSON_MEMBERS 1024 /* of one object: bounds key collisions */
#define PC_LIMIT_PROBLEMS 100      /* nobody reads more at one go */
#define PC_LIMIT_EXCERPT 100       /* characters of a line with a problem */
#define PC_LIMIT_BANK_ITEMS 20000  /* question-bank format 1 */
#define PC_LIMIT_UNDO 500          /* changes of a file that can be undone */
#define PC_LIMIT_RECORD_WAIT 5000  /* milliseconds for another program */
#define PC_LIMIT_LEARNER_NAME 100  /* characters: one line of a list */
#define PC_LIMIT_OPENED_FILES 100  /* each is watched and has a row */
#define PC_LIMIT_RECENT 10         /* a menu that is seen at one look */
#define PC_LIMIT_OPTIONS 8         /* question-bank format 1; keys 1 to 8 */
#define PC_LIMIT_VOTE_HANDS 999    /* for one option: three digits are typed */
#define PC_LIMIT_VOTE_VALUES 12    /* numbers named in a class: fit a screen */
#define PC_LIMIT_LEFT 8            /* question-bank format 1: match */
#define PC_LIMIT_RIGHT 12
#define PC_LIMIT_ORDER 20          /* order: 12 steps and 8 decoys */
#define PC_LIMIT_FAULT_LINES 64    /* a set of lines is one word of bits */
#define PC_LIMIT_FORM 16           /* an account has 11 */

/* -- wire ---------------------------------------------------------------- */

#define PC_LIMIT_TLS_RECORD (16384 + 2048) /* RFC 5246; RFC 8446 asks less */
#define PC_LIMIT_TLS_HANDSHAKE (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
#define PC_LIMIT_READ 65536        /* one read from a socket */
/* Queued for a peer: two of the longest messages. */
#define PC_LIMIT_OUTPUT (64 * 1024 * 1024)
#define PC_LIMIT_UNIT (256 * 1024) /* one step; longer ones are split */
#define PC_LIMIT_FIELDS 512        /* labelled fields of one unit */
#define PC_LIMIT_LINGER (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC) /* for a peer
                                    that does not close its side */
#define PC_LIMIT_RUN (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC) /* a scenario */
#define PC_LIMIT_CONNECTIONS 256   /* at once, on one set of servers */
#define PC_LIMIT_ACTIONS 1024      /* in one scenario */
/* Of one server that says what it is told: what a session of the console can
 * have, with an end for each of its connections. */
#define PC_LIMIT_SAYINGS 2048
#define PC_LIMIT_SAYING (256 * 1024) /* octets at once: two console lines fit */
#define PC_LIMIT_CONTENT (128 * 1024 * 1024) /* of one scenario's world */
#define PC_LIMIT_ACCOUNTS 1000     /* of one world; each login looks at all */
#define PC_LIMIT_WORLD_UID 4000000000 /* given by a world: leaves room above */
#define PC_LIMIT_FAULTS 64         /* armed at once; each looks at all units */
/* Said by somebody else's client to a line that is frozen: the longest
 * message. */
#define PC_LIMIT_FAULT_QUEUE (32 * 1024 * 1024)
#define PC_LIMIT_FAULT_PAST 64     /* datagrams that overtake one */
/* One that waits for others to go first, and none come. */
#define PC_LIMIT_FAULT_HELD (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define PC_LIMIT_FAULT_INJECTED 512 /* octets of a stranger's datagram */
#define PC_LIMIT_STEPS 200000      /* in one timeline */
/* Steps matched with steps, 500 with 500: in less than a frame. */
#define PC_LIMIT_SCORE_CELLS 251001
/* In one picture: it is drawn while the window waits, some three seconds. */
#define PC_LIMIT_EXPORT_STEPS 5000
/* How far back the conversation that a step belongs to is looked for, before
 * somebody is asked what comes next; others may have talked in between. */
#define PC_LIMIT_PREDICT_BACK 64
/* Of a conversation, that is recorded later than it happened: a transfer of
 * 32 MiB in blocks of 512 fits. */
#define PC_LIMIT_BACKLOG (64 * 1024 * 1024)
#define PC_LIMIT_BACKLOGS (2 * PC_LIMIT_BACKLOG) /* of all together */
/* Datagrams of one end in which a repetition is looked for: the longest
 * windows fit, and it is far below the 65536 blocks after which a block number,
 * and with it an ACK, comes again without being a repetition. */
#define PC_LIMIT_REPEATS 4096
#define PC_LIMIT_STRANGERS 16      /* remembered by one conversation */
#define PC_LIMIT_CATCH_UP 4096     /* of it at a time; a millisecond */

/* -- mail ---------------------------------------------------------------- */

#define PC_LIMIT_MESSAGE (32 * 1024 * 1024)      /* one message */
#define PC_LIMIT_MAILBOX_MESSAGES 100000         /* UIDs of one mailbox */
#define PC_LIMIT_MAILBOX_SIZE (256 * 1024 * 1024) /* octets of one mailbox */
#define PC_LIMIT_MAILBOX_CHANGES 131072 /* kept in the log: all UIDs once */
#define PC_LIMIT_MAILBOX_KEYWORDS 64 /* in use at once; a bit of each message */
#define PC_LIMIT_KEYWORD 100                     /* octets of one keyword */
#define PC_LIMIT_MAILBOX_NAME 255                /* octets, all levels */
#define PC_LIMIT_MAILBOX_LEVELS 20               /* LIST shows each of them */
#define PC_LIMIT_MAILBOXES 1000                  /* of one account */
#define PC_LIMIT_QUEUE_MAILS 1000                /* waiting to be sent on */
#define PC_LIMIT_QUEUE_SIZE (256 * 1024 * 1024)  /* octets of these */
/* Before a mail's first attempt: its sender can say goodbye meanwhile. */
#define PC_LIMIT_QUEUE_FIRST (G_GINT64_CONSTANT (20) * 1000)
#define PC_LIMIT_REPORT_CONTENT (64 * 1024)      /* a longer one: its header */
#define PC_LIMIT_GREYLIST 10000                  /* triplets */
#define PC_LIMIT_REFUSALS 64  /* connections that are only told "too many" */
/* Read from one header field. */
#define PC_LIMIT_ADDRESSES 1000
#define PC_LIMIT_MIME_DEPTH 64                   /* nested parts */
#define PC_LIMIT_MIME_PARTS 10000                /* as Dovecot */

/* -- protocols: commands, replies, waits ---------------------------------- */

#define PC_LIMIT_IMAP_LINE 65536       /* after login; RFC 7162 asks 8192 */
#define PC_LIMIT_IMAP_LINE_PREAUTH 8192 /* as Dovecot before login */
#define PC_LIMIT_IMAP_LITERAL 65536    /* an argument that is not a message */
#define PC_LIMIT_IMAP_LITERAL_PREAUTH 1024 /* names and passwords only */
#define PC_LIMIT_IMAP_NESTING 32       /* parentheses in a command */
/* In a response: each part of a message and its addresses. */
#define PC_LIMIT_IMAP_RESPONSE_NESTING (2 * PC_LIMIT_MIME_DEPTH)
#define PC_LIMIT_IMAP_SEARCH_DEPTH 100 /* keys in keys; "OR" nests a list */
#define PC_LIMIT_IMAP_SEARCH_KEYS 1000
#define PC_LIMIT_IMAP_SEARCH_TEXTS 64  /* each reads the whole mailbox */
#define PC_LIMIT_IMAP_SECTION 64       /* numbers in BODY[1.2.3] */
#define PC_LIMIT_IMAP_SET 4096         /* ranges in one sequence set */
#define PC_LIMIT_IMAP_APPENDS 1000     /* messages in one APPEND */
#define PC_LIMIT_IMAP_WILDCARDS 64     /* in all patterns of one LIST */
#define PC_LIMIT_IMAP_CAPABILITIES 256 /* words of one list we keep */
#define PC_LIMIT_IMAP_PATTERNS 16     /* of one LIST: each visits every name */
#define PC_LIMIT_IMAP_ITEMS 256        /* things one FETCH asks for */
#define PC_LIMIT_IMAP_ID 30            /* RFC 2971 section 3.3 */
#define PC_LIMIT_IMAP_REPLY_TEXT (4 * 1024 * 1024) /* long envelopes */
#define PC_LIMIT_POP3_LINE 255         /* RFC 2449 section 4, CRLF included */
#define PC_LIMIT_POP3_REPLY 512        /* RFC 2449 section 4, CRLF included */
/* Commands sent ahead: 1000 full ones. */
#define PC_LIMIT_POP3_INPUT (256 * 1024)
/* Made before the client reads some. */
#define PC_LIMIT_POP3_AHEAD (1024 * 1024)
#define PC_LIMIT_POP3_PENDING 4096     /* unanswered commands one looks after */
#define PC_LIMIT_SMTP_LINE 2048        /* RFC 5321 4.5.3.1.4 asks 512 */
#define PC_LIMIT_SMTP_TEXT_LINE 65536  /* RFC 5321 4.5.3.1.6 asks 1000 */
#define PC_LIMIT_SMTP_MESSAGE (30 * 1024 * 1024) /* leaves room for trace */
#define PC_LIMIT_SMTP_REPLY_LINES 64   /* lines of one reply we accept */
#define PC_LIMIT_SMTP_JUNK 100         /* NOOP and the like; as Postfix */
#define PC_LIMIT_SMTP_RATE 500         /* octets of a message in a second */
#define PC_LIMIT_SMTP_HOPS 100         /* RFC 5321 section 6.3: at least */
#define PC_LIMIT_SMTP_RECIPIENTS 100   /* RFC 5321 4.5.3.1.8: at least 100 */
#define PC_LIMIT_SASL_LINE 12288       /* RFC 4954 section 4 */
#define PC_LIMIT_SCRAM_ITERATIONS 100000 /* asked of us: half a second */
#define PC_LIMIT_ANSWERS 256           /* told to one server */
#define PC_LIMIT_SMTP_REPLY 512        /* RFC 5321 4.5.3.1.5, CRLF included */
#define PC_LIMIT_IMAP_ANSWER 1024      /* told to a server, without the tag */
#define PC_LIMIT_TFTP_ERROR 255        /* octets of a message; one packet */
#define PC_LIMIT_BAD_COMMANDS 20       /* then the server hangs up */
#define PC_LIMIT_BAD_COMMANDS_PREAUTH 10 /* IMAP and POP3 before login */
#define PC_LIMIT_LOGIN_FAILURES 5      /* RFC 4954 section 9: at least 3 */
#define PC_LIMIT_HELD (64 * 1024)      /* sent while a refusal waits */
/* Before a wrong password is refused: first, and at most; twice as long each
 * time.  Somebody watches the first one; guessing must not pay. */
#define PC_LIMIT_LOGIN_DELAY (G_GINT64_CONSTANT (300) * 1000)
#define PC_LIMIT_LOGIN_DELAY_MAX (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define PC_LIMIT_TFTP_PACKET 65468     /* RFC 2348: 65464 and the header */
#define PC_LIMIT_TFTP_REQUEST 512      /* RFC 2347 */
#define PC_LIMIT_TFTP_NAME 255         /* file name in a request */
/* A file that is sent to us: past block 65535 at 512. */
#define PC_LIMIT_TFTP_FILE (64 * 1024 * 1024)
#define PC_LIMIT_TFTP_SERVED (1024 * 1024 * 1024) /* one asked for */
#define PC_LIMIT_TFTP_WHOLE 65536 /* such a one is read at one go */
#define PC_LIMIT_TFTP_MEMORY (256 * 1024 * 1024) /* uploads not to a folder */
#define PC_LIMIT_TFTP_RESENDS 5        /* to who never answered (A18) */
/* To who did.  Of 2,048 blocks at 30 % loss both ways all arrive: a try fails
 * 51 times in 100, and 2048 * 0.51^32 is less than one in a million. */
#define PC_LIMIT_TFTP_RESENDS_HEARD 31
#define PC_LIMIT_TFTP_READ (128 * 1024) /* of a file at a time */
/* Octets of file in one window.  Asked for by a client: 64 of the largest
 * blocks. */
#define PC_LIMIT_TFTP_FLIGHT (4 * 1024 * 1024)
/* Granted by a server: what fits in the 208 KiB that Linux gives a socket to
 * receive in, where short packets count for more than they are. */
#define PC_LIMIT_TFTP_FLIGHT_SERVER (96 * 1024)
#define PC_LIMIT_TFTP_TRANSFERS 64     /* at once */
/* For an answer to a packet that somebody has built; there may be none. */
#define PC_LIMIT_TFTP_PACKET_WAIT (G_GINT64_CONSTANT (500) * 1000)
#define PC_LIMIT_TLS_RECORD (16384 + 2048) /* RFC 5246 6.2.3; 1.3: + 256 */
#define PC_LIMIT_TLS_CLEAR 16384       /* RFC 8446 5.1: content in clear */
#define PC_LIMIT_TLS_HELLO 65536       /* a ServerHello in several records */
#define PC_LIMIT_TLS_LINE 1024         /* of clear text where TLS should be */
#define PC_LIMIT_TLS_HINTS 64          /* for records not yet sent */

/* For a greeting or a reply; somebody is watching. */
#define PC_LIMIT_WAIT_POP3 (G_GINT64_CONSTANT (15) * G_USEC_PER_SEC)
#define PC_LIMIT_WAIT_IMAP (G_GINT64_CONSTANT (15) * G_USEC_PER_SEC)
/* RFC 5321 4.5.3.2: at least; and for a message, behind its last octet. */
#define PC_LIMIT_WAIT_SMTP (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define PC_LIMIT_WAIT_SMTP_DATA (G_GINT64_CONSTANT (120) * G_USEC_PER_SEC)
#define PC_LIMIT_WAIT_SMTP_BLOCK (G_GINT64_CONSTANT (180) * G_USEC_PER_SEC)
#define PC_LIMIT_WAIT_SMTP_CONTENT (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
/* Then IDLE is begun anew, before the server loses patience (RFC 2177). */
#define PC_LIMIT_IMAP_REIDLE (G_GINT64_CONSTANT (1680) * G_USEC_PER_SEC)
#define PC_LIMIT_IDLE_SMTP (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define PC_LIMIT_IDLE_POP3 (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define PC_LIMIT_IDLE_IMAP (G_GINT64_CONSTANT (1800) * G_USEC_PER_SEC)
/* From the connection to the login, however much is said meanwhile. */
#define PC_LIMIT_LOGIN_TIME (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define PC_LIMIT_IDLE_PREAUTH (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* Trying an account: for an answer; somebody sits in front of the form. */
#define PC_LIMIT_ACCOUNT_WAIT (G_GINT64_CONSTANT (3) * G_USEC_PER_SEC)
#define PC_LIMIT_ACCOUNT_TEXT 255  /* octets in a field of the form */
#define PC_LIMIT_ACCOUNT_FIXES 4   /* ways out: read at one look */
/* Octets typed in one line: more than any server takes, so that its answer can
 * be seen. */
#define PC_LIMIT_CONSOLE_LINE 70000
#define PC_LIMIT_PACKET_OPTIONS 16 /* of a packet that somebody builds */
/* Lines typed in one session: they fit into one scenario, with connections. */
#define PC_LIMIT_CONSOLE_ENTRIES 1000
#define PC_LIMIT_CONSOLE_HISTORY 200 /* lines that come back by a key */
#define PC_LIMIT_CONSOLE_WORDS 200   /* offered to go on with */
/* Between two replies of a learner who played the server, when it is replayed:
 * at most so much, and all together, since a run has its end. */
#define PC_LIMIT_CONSOLE_PAUSE G_USEC_PER_SEC
#define PC_LIMIT_CONSOLE_REPLAY (G_GINT64_CONSTANT (20) * G_USEC_PER_SEC)
/* A client waits for a learner who plays the server, and a server for one who
 * builds packets: an hour. */
#define PC_LIMIT_CONSOLE_WAIT (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define PC_LIMIT_LAB_TALKS 500     /* in the list: what is over goes first */
