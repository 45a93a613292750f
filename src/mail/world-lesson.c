/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The letters that the lessons count on: scenarios and questions name their
 * numbers, sizes and subjects.  Letters that need not stay as they are belong
 * into world-inbox.c or world-folders.c.
 */

#include "mail/world-private.h"

static const char timetable[] =
    "Hello everybody,\n"
    "\n"
    "here is the plan for the network week. Please read it before Monday and\n"
    "tell me if your name is missing.\n"
    "\n"
    "Monday\n"
    "  09:00  Cables, switches and the patch panel in room 2.14\n"
    "  11:00  Addresses: who are you, and which network is yours?\n"
    "  14:00  Lab: find the three machines that have the same address\n"
    "\n"
    "Tuesday\n"
    "  09:00  Ports: one address, many services\n"
    "  11:00  TCP and UDP, and why a telephone call is not a postcard\n"
    "  14:00  Lab: who is listening? Reading the output of ss and netstat\n"
    "\n"
    "Wednesday\n"
    "  09:00  Mail from end to end: submission, relay, mailbox\n"
    "  11:00  SMTP by hand, command by command\n"
    "  14:00  Lab: send a message to yourself without a mail program\n"
    "\n"
    "Thursday\n"
    "  09:00  POP3 and IMAP: taking mail home or leaving it where it is\n"
    "  11:00  One mailbox, two devices: who knows what, and since when?\n"
    "  14:00  Lab: two clients, one mailbox, and a race\n"
    "\n"
    "Friday\n"
    "  09:00  TFTP: the smallest file transfer that works\n"
    "  11:00  How a telephone or a diskless machine finds its first file\n"
    "  14:00  Review, questions, and the test (40 minutes)\n"
    "\n"
    "What to bring: your notes from last term, a laptop if you have one, and\n"
    "a network cable of at least two metres. There are eight machines in the\n"
    "lab, so please work in pairs. Nobody has to install anything: all\n"
    "programs that we need are on the lab machines already.\n"
    "\n"
    "If you cannot come on one of the days, write to me and not to the\n"
    "office. I keep the slides and the recordings of the traffic, so that you\n"
    "can look at them later.\n"
    "\n"
    "The test on Friday has twelve questions. Ten of them are about things\n"
    "that we will have seen in the lab with our own eyes; the other two are\n"
    "small calculations. You may use one sheet of paper with your own notes,\n"
    "written by hand.\n"
    "\n"
    "See you on Monday,\n"
    "Sam\n"
    "\n"
    "-- \n"
    "Sam Okafor, networks and systems, room 2.09\n";

const PcLetter pc_world_lesson_letters[] = {
  { .user = "alex", .mailbox = "INBOX",
    .age = 6 * PC_WORLD_DAY + 3 * PC_WORLD_HOUR,
    .flags = PC_FLAG_SEEN,
    .from = "Sam Okafor <sam@school.test>",
    .to = "Network class <network-class@school.test>",
    .subject = "Timetable of the network week",
    .id = "timetable-47@school.test",
    .fields = "Reply-To: sam@school.test\n"
              "List-Id: Network class <network-class.school.test>\n"
              "MIME-Version: 1.0\n"
              "Content-Type: text/plain; charset=us-ascii\n",
    .body = timetable },
  { .user = "alex", .mailbox = "INBOX",
    .age = 2 * PC_WORLD_DAY + 5 * PC_WORLD_HOUR + 20 * PC_WORLD_MINUTE,
    .flags = PC_FLAG_SEEN | PC_FLAG_ANSWERED,
    .from = "Robin Hale <robin@example.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Lunch on Thursday?",
    .id = "lunch-1@example.test",
    .body = "Hi Alex,\n"
            "\n"
            "are you free for lunch on Thursday? The place by the harbour is\n"
            "open again. Half past twelve would suit me.\n"
            "\n"
            "Robin\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = PC_WORLD_DAY + 2 * PC_WORLD_HOUR,
    .from = "=?UTF-8?Q?Ren=C3=A9e_Dub=C3=A9?= <renee@cafe.test>",
    .to = "alex@example.test",
    .subject = "=?UTF-8?Q?Your_table_at_the_Caf=C3=A9_Z=C3=BCrich_?=\n"
               " =?UTF-8?Q?is_booked?=",
    .id = "booking-2071@cafe.test",
    .fields = "MIME-Version: 1.0\n"
              "Content-Type: text/plain; charset=utf-8\n"
              "Content-Transfer-Encoding: 8bit\n",
    .body = "Dear Alex,\n"
            "\n"
            "your table for two is booked for Thursday at 12:30.\n"
            "If you are late, we keep it for a quarter of an hour.\n"
            "\n"
            "\303\200 bient\303\264t,\n"
            "Ren\303\251e\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = 7 * PC_WORLD_HOUR + 12 * PC_WORLD_MINUTE,
    .from = "Jo Lindqvist <jo@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Hidden files in the lab",
    .id = "dotfiles-3@school.test",
    .fields = "Cc: Sam Okafor <sam@school.test>\n",
    .body = "Hi Alex,\n"
            "\n"
            "you asked which files ls does not show. In my home directory\n"
            "these are:\n"
            "\n"
            ".bashrc\n"
            ".profile\n"
            ".\n"
            "..\n"
            "\n"
            "The last two are the directory itself and the one above it.\n"
            "A line with a single dot in a letter: let us see whether your\n"
            "mail program gets that right!\n"
            "\n"
            "Jo\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = 35 * PC_WORLD_MINUTE,
    .flags = PC_FLAG_FLAGGED,
    .from = "Robin Hale <robin@example.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Re: Lunch on Thursday?",
    .id = "lunch-3@example.test",
    .fields = "In-Reply-To: <lunch-2@example.test>\n"
              "References: <lunch-1@example.test> <lunch-2@example.test>\n",
    .body = "Perfect, see you there. Could you bring the cable tester?\n"
            "\n"
            "Robin\n"
            "\n"
            "> Thursday is fine. I have booked a table for half past twelve.\n"
            "> \n"
            "> Alex\n" },
  { .user = "alex", .mailbox = "Sent",
    .age = PC_WORLD_DAY + 3 * PC_WORLD_HOUR,
    .flags = PC_FLAG_SEEN,
    .from = "Alex Moreau <alex@example.test>",
    .to = "Robin Hale <robin@example.test>",
    .subject = "Re: Lunch on Thursday?",
    .id = "lunch-2@example.test",
    .fields = "In-Reply-To: <lunch-1@example.test>\n"
              "References: <lunch-1@example.test>\n",
    .body = "Thursday is fine. I have booked a table for half past twelve.\n"
            "\n"
            "Alex\n" },
  { .user = "robin", .mailbox = "INBOX",
    .age = 4 * PC_WORLD_DAY + PC_WORLD_HOUR,
    .flags = PC_FLAG_SEEN,
    .from = "Harbour Library <desk@library.test>",
    .to = "robin@example.test",
    .subject = "Your book is due in three days",
    .id = "due-90211@library.test",
    .body = "Good morning,\n"
            "\n"
            "\"A Short History of the Telegraph\" is due in three days.\n"
            "You can keep it for two more weeks: just answer this letter.\n"
            "\n"
            "Harbour Library\n" },
  { .user = "robin", .mailbox = "INBOX",
    .age = PC_WORLD_DAY + 3 * PC_WORLD_HOUR,
    .from = "Alex Moreau <alex@example.test>",
    .to = "Robin Hale <robin@example.test>",
    .subject = "Re: Lunch on Thursday?",
    .id = "lunch-2@example.test",
    .fields = "In-Reply-To: <lunch-1@example.test>\n"
              "References: <lunch-1@example.test>\n",
    .body = "Thursday is fine. I have booked a table for half past twelve.\n"
            "\n"
            "Alex\n" },
};

const guint pc_world_n_lesson_letters = G_N_ELEMENTS (pc_world_lesson_letters);
