/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the full world has in other mailboxes than INBOX.
 *
 * The large message is not here: world-recording.c makes it.
 */

#include "mail/world-private.h"

#define DAYS(n) ((n) * PC_WORLD_DAY)
#define HOURS(n) ((n) * PC_WORLD_HOUR)
#define ALEX "Alex Moreau <alex@example.test>"
#define ROBIN "Robin Hale <robin@example.test>"
#define UTF8_TEXT                                \
  "MIME-Version: 1.0\n"                          \
  "Content-Type: text/plain; charset=utf-8\n"    \
  "Content-Transfer-Encoding: 8bit\n"

const PcLetter pc_world_folder_letters[] = {
  { .user = "alex", .mailbox = "Sent",
    .age = HOURS (305),
    .flags = PC_FLAG_SEEN,
    .from = ALEX,
    .to = "Jo Lindqvist <jo@school.test>",
    .subject = "Re: The patch panel in 2.14",
    .id = "panel-2@example.test",
    .fields = "In-Reply-To: <panel-1@school.test>\n"
              "References: <panel-1@school.test>\n",
    .body = "Thank you, Jo. Who has the wall telephone, and does it still\n"
            "need its port?\n"
            "\n"
            "Alex\n" },
  { .user = "alex", .mailbox = "Sent",
    .age = HOURS (52),
    .flags = PC_FLAG_SEEN,
    .from = ALEX,
    .to = "Kim Adeyemi <kim@school.test>",
    .subject = "Re: What the gateway remembers",
    .id = "gateway-3@example.test",
    .fields = "In-Reply-To: <gateway-2@school.test>\n"
              "References: <gateway-1@school.test> <gateway-2@school.test>\n",
    .body = "Does the gateway keep the addresses that it gave away, when\n"
            "somebody pulls its plug?\n"
            "\n"
            "Alex\n" },
  { .user = "alex", .mailbox = "Sent",
    .age = HOURS (31),
    .flags = PC_FLAG_SEEN,
    .from = ALEX,
    .to = "haruka@station.tset",
    .subject = "Which platform?",
    .id = "platform-1@example.test",
    .body = "Dear Haruka,\n"
            "\n"
            "which platform does the ten o'clock train leave from?\n"
            "\n"
            "Alex\n" },
  { .user = "alex", .mailbox = "Drafts",
    .age = HOURS (29),
    .flags = PC_FLAG_SEEN | PC_FLAG_DRAFT,
    .from = ALEX,
    .to = "haruka@station.test",
    .subject = "Which platform?",
    .id = "platform-2@example.test",
    .fields = "Bcc: robin@example.test\n" UTF8_TEXT,
    .body = "Dear Haruka,\n"
            "\n"
            "... the first time I wrote \"tset\". Which platform does\n"
            "\n"
            ".\n"
            "..and bring the \302\245 for the locker?\n" },
  { .user = "alex", .mailbox = "Trash",
    .age = DAYS (9),
    .flags = PC_FLAG_SEEN | PC_FLAG_DELETED,
    .from = "Parcel Post <no-reply@parcel.test>",
    .to = "alex@example.test",
    .subject = "How was your delivery?",
    .id = "survey-3@parcel.test",
    .body = "Tell us in two minutes. Ten questions, one to five stars.\n" },
  { .user = "alex", .mailbox = "Trash",
    .age = DAYS (8),
    .flags = PC_FLAG_SEEN,
    .from = "Parcel Post <no-reply@parcel.test>",
    .to = "alex@example.test",
    .subject = "We have not heard from you",
    .id = "survey-4@parcel.test",
    .fields = "In-Reply-To: <survey-3@parcel.test>\n"
              "References: <survey-3@parcel.test>\n",
    .body = "How was your delivery? The survey closes tomorrow.\n" },
  { .user = "alex", .mailbox = "Junk",
    .age = DAYS (5),
    .from = "\"Bank of Fortune\" <winner@prize.invalid>",
    .to = "undisclosed-recipients:;",
    .subject = "=?utf-8?B?8J+OiSBZb3UgaGF2ZSB3b24g4oKsIDEsMDAwLDAwMA==?=",
    .id = "prize-0001@prize.invalid",
    .fields = "X-Spam-Flag: YES\n" UTF8_TEXT,
    .body = "CONGRATULATIONS \360\237\216\211\n"
            "\n"
            "Your address was drawn. To receive \342\202\254 1,000,000 send us "
            "your\n"
            "password and the number of your bank card TODAY.\n" },
  { .user = "alex", .mailbox = "Junk",
    .age = DAYS (2),
    .from = "System Administrator <admin@example.test.invalid>",
    .to = "alex@example.test",
    .subject = "Your mailbox is full!!! Act now",
    .id = "full-99@example.test.invalid",
    .body = "Your mailbox has exceeded its limit. Confirm your password\n"
            "within 24 hours or all your mail will be lost.\n" },
  { .user = "alex", .mailbox = "Archive",
    .age = DAYS (61),
    .flags = PC_FLAG_SEEN,
    .from = "Kim Adeyemi <kim@school.test>",
    .to = ALEX,
    .subject = "What the gateway remembers",
    .id = "gateway-1@school.test",
    .body = "Alex, a question from the class: where does the gateway write\n"
            "down which machine has which address?\n"
            "\n"
            "Kim\n" },
  { .user = "alex", .mailbox = "Archive",
    .age = DAYS (60),
    .flags = PC_FLAG_SEEN | PC_FLAG_ANSWERED,
    .from = "Kim Adeyemi <kim@school.test>",
    .to = ALEX,
    .subject = "Re: What the gateway remembers",
    .id = "gateway-2@school.test",
    .fields = "In-Reply-To: <gateway-1@school.test>\n"
              "References: <gateway-1@school.test>\n",
    .body = "I found it: in a table of leases, with the time when each one\n"
            "ends.\n"
            "\n"
            "Kim\n" },
  { .user = "alex", .mailbox = "Archive",
    .age = DAYS (44),
    .flags = PC_FLAG_SEEN | PC_FLAG_FLAGGED,
    .from = "=?utf-8?Q?Zo=C3=AB_=C3=85kesson?= <zoe@school.test>",
    .to = ALEX,
    .subject = "Keys to the lab",
    .id = "keys-1@school.test",
    .fields = "Reply-To: office@school.test\n"
              "Disposition-Notification-To: zoe@school.test\n"
              "X-Priority: 1\n" UTF8_TEXT,
    .body = "Hello Alex,\n"
            "\n"
            "the key to 2.14 has number 7. Please sign for it in the office.\n"
            "\n"
            "Zo\303\253\n" },
  { .user = "alex", .mailbox = "Projekte",
    .age = DAYS (33),
    .flags = PC_FLAG_SEEN,
    .from = "Sam Okafor <sam@school.test>",
    .to = ALEX,
    .subject = "Three projects for the spring",
    .id = "projects-1@school.test",
    .body = "1. A network that a class can build in an hour\n"
            "2. The telegraph: from the key to the packet\n"
            "3. Mail without a mail program\n"
            "\n"
            "Which one would you like to do?\n"
            "\n"
            "Sam\n" },
  { .user = "alex", .mailbox = "Projekte/Netz",
    .age = DAYS (31),
    .flags = PC_FLAG_SEEN | PC_FLAG_ANSWERED,
    .from = "Sam Okafor <sam@school.test>",
    .to = ALEX,
    .subject = "Re: Three projects for the spring",
    .id = "projects-3@school.test",
    .fields = "In-Reply-To: <projects-2@example.test>\n"
              "References: <projects-1@school.test> <projects-2@example.test>"
              "\n",
    .body = "> The first one, with Jo.\n"
            "\n"
            "Good. There are eight switches in the cupboard.\n"
            "\n"
            "Sam\n" },
  { .user = "alex", .mailbox = "Projekte/Netz",
    .age = DAYS (30),
    .flags = PC_FLAG_SEEN,
    .from = ALEX,
    .to = "Sam Okafor <sam@school.test>",
    .subject = "Re: Three projects for the spring",
    .id = "projects-4@example.test",
    .fields = "Cc: Jo Lindqvist <jo@school.test>\n"
              "In-Reply-To: <projects-3@school.test>\n"
              "References: <projects-1@school.test> <projects-2@example.test>"
              "\n"
              " <projects-3@school.test>\n",
    .body = "Seven. One of them holds the door open.\n"
            "\n"
            "Alex\n" },
  { .user = "alex", .mailbox = "Entw\303\274rfe 2026",
    .age = DAYS (20),
    .flags = PC_FLAG_SEEN | PC_FLAG_DRAFT,
    .from = ALEX,
    .to = "=?utf-8?Q?J=C3=BCrgen_Wei=C3=9F?= <juergen@verein.test>",
    .subject = "=?utf-8?Q?Rede_zum_Stra=C3=9Fenfest_=28Entwurf=29?=",
    .id = "speech-1@example.test",
    .fields = "Content-Language: de\n" UTF8_TEXT,
    .body = "Liebe Nachbarn,\n"
            "\n"
            "sch\303\266n, dass ihr da seid. Ich fasse mich kurz:\n" },
  { .user = "alex", .mailbox = "Entw\303\274rfe 2026/Gedichte \342\234\217",
    .age = DAYS (12),
    .flags = PC_FLAG_DRAFT,
    .from = ALEX,
    .to = ALEX,
    .subject = "Haiku",
    .id = "haiku-1@example.test",
    .fields = "MIME-Version: 1.0\n"
              "Content-Type: text/plain; charset=windows-1252\n"
              "Content-Transfer-Encoding: quoted-printable\n",
    .body = "=93Connection refused=94=85\n"
            "the snow on the window sill=20\n"
            "asks for no password\n" },
  { .user = "robin", .mailbox = "Sent",
    .age = DAYS (2) + HOURS (5) + 20 * PC_WORLD_MINUTE,
    .flags = PC_FLAG_SEEN,
    .from = ROBIN,
    .to = ALEX,
    .subject = "Lunch on Thursday?",
    .id = "lunch-1@example.test",
    .body = "Hi Alex,\n"
            "\n"
            "are you free for lunch on Thursday? The place by the harbour is\n"
            "open again. Half past twelve would suit me.\n"
            "\n"
            "Robin\n" },
  { .user = "robin", .mailbox = "Sent",
    .age = HOURS (89),
    .flags = PC_FLAG_SEEN,
    .from = ROBIN,
    .to = "Kim Adeyemi <kim@school.test>",
    .subject = "Re: May I borrow the projector?",
    .id = "projector-2@example.test",
    .fields = "In-Reply-To: <projector-1@school.test>\n"
              "References: <projector-1@school.test>\n",
    .body = "Of course. The remote control is in the same bag.\n"
            "\n"
            "Robin\n" },
  { .user = "robin", .mailbox = "Archive",
    .age = DAYS (80),
    .flags = PC_FLAG_SEEN,
    .from = "City Tours <hello@tours.test>",
    .to = "robin@example.test",
    .subject = "=?iso-8859-2?Q?=A3=F3d=BC_and_Krak=F3w_by_train?=",
    .id = "tour-7@tours.test",
    .fields = "MIME-Version: 1.0\n"
              "Content-Type: text/plain; charset=iso-8859-2\n"
              "Content-Transfer-Encoding: quoted-printable\n",
    .body = "Four days, two cities, one ticket: =A3=F3d=BC and Krak=F3w.\n" },
};

const guint pc_world_n_folder_letters =
    G_N_ELEMENTS (pc_world_folder_letters);
