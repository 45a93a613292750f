/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail that is there before anybody did anything.
 *
 * A small table of letters; dates count back from the `now` that the caller
 * gives, so the same `now` makes the same world, octet for octet.  The letters
 * are English whatever the language of the program is: they are mail, not
 * text of ours.
 */

#include "mail/world.h"

#include "mail/message.h"

#include <string.h>

#define DOMAIN "example.test"
#define PASSWORD "portcall"
#define MINUTE (60 * (gint64) G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct
{
  const char *user;
  const char *mailbox;
  gint64      age; /* µs before now; between writing and arrival lie 4 s */
  PcFlags     flags;
  const char *from;
  const char *to;
  const char *subject;
  const char *id;
  const char *fields; /* more of the header, each line with its end; or NULL */
  const char *body;   /* lines end in LF; the store makes them CR LF */
} Letter;

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

static const Letter letters[] = {
  { .user = "alex", .mailbox = "INBOX",
    .age = 6 * DAY + 3 * HOUR,
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
    .age = 2 * DAY + 5 * HOUR + 20 * MINUTE,
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
    .age = DAY + 2 * HOUR,
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
    .age = 7 * HOUR + 12 * MINUTE,
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
    .age = 35 * MINUTE,
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
    .age = DAY + 3 * HOUR,
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
    .age = 4 * DAY + HOUR,
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
    .age = DAY + 3 * HOUR,
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

static GBytes *
write_letter (const Letter *letter,
              gint64        arrived)
{
  g_autofree char *date = pc_message_format_date (arrived - 4 * G_USEC_PER_SEC);
  GString         *out = g_string_new (NULL);

  g_string_append_printf (out, "Date: %s\nFrom: %s\nTo: %s\n",
                          date, letter->from, letter->to);
  if (letter->fields != NULL)
    g_string_append (out, letter->fields);
  g_string_append_printf (out, "Subject: %s\nMessage-ID: <%s>\n\n%s",
                          letter->subject, letter->id, letter->body);

  return g_string_free_to_bytes (out);
}

static void
add_letters (PcAccount *account,
             gint64     now)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++) {
    const Letter      *letter = &letters[i];
    gint64             arrived = now - letter->age;
    g_autoptr (GBytes) content = NULL;

    if (strcmp (letter->user, pc_account_get_user (account)) != 0)
      continue;

    content = write_letter (letter, arrived);
    pc_mailbox_append (pc_account_find_mailbox (account, letter->mailbox),
                       content, letter->flags, arrived, 0, NULL);
  }
}

static void
add_account (PcMailStore *store,
             const char  *user,
             gint64       now)
{
  /* A time in seconds, as most servers do: a world made anew counts its UIDs
   * from 1 again, and so its validity has to grow (RFC 9051 2.3.1.1). */
  gint64     seconds = CLAMP (now / G_USEC_PER_SEC, 1, G_MAXUINT32);
  PcAccount *account = pc_mail_store_add_account (store, user, PASSWORD,
                                                  (guint32) seconds);

  pc_account_add_mailbox (account, "Sent", "\\Sent");
  pc_account_add_mailbox (account, "Drafts", "\\Drafts");
  pc_account_add_mailbox (account, "Trash", "\\Trash");
  add_letters (account, now);
}

PcMailStore *
pc_world_new_default (gint64 now)
{
  PcMailStore *store = pc_mail_store_new (DOMAIN);

  add_account (store, "alex", now);
  add_account (store, "robin", now);

  return store;
}
