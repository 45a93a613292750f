/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the full world has in the two INBOXes besides the lesson's letters:
 * mail of every kind that mail programs have to cope with.
 *
 * RFC 2046 (multipart, message/rfc822), RFC 2047 (encoded words), RFC 2183 and
 * RFC 2231 (file names), RFC 2369 and RFC 2919 (lists), RFC 2387 (related),
 * RFC 3464 (delivery reports), RFC 3676 (format=flowed), RFC 5545 and RFC 6047
 * (invitations).
 */

#include "mail/world-private.h"

#include "mail/world-parts.h"

#define HOURS(n) ((n) * PC_WORLD_HOUR)
#define TEXT_PLAIN "Content-Type: text/plain; charset=us-ascii\n"
#define MIME "MIME-Version: 1.0\n"

/* -- letters too long for their place in the table ------------------------ */

static const char newsletter[] =
    "--=_tides_12\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "TIDES AND TIMES - the harbour library's letter\n"
    "\n"
    "Reading evening: =E2=80=9CVoices under the "
    "sea=E2=80=9D. How the first c=\n"
    "able was laid across the Atlantic, and why it fell "
    "silent after three we=\n"
    "eks. Wednesday, seven o=E2=80=99clock, free of charge.\n"
    "\n"
    "New on the shelves\n"
    "  - The Lighthouse Keepers (2nd floor, H 12)\n"
    "  - Knots, Bends and Splices (ground floor, T 3)\n"
    "  - Caf=C3=A9s of the Old Town (ground floor, R 40)\n"
    "\n"
    "--=20\n"
    "You get this letter because you have a library card.\n"
    "\n"
    "--=_tides_12\n"
    "Content-Type: text/html; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "<!DOCTYPE html>\n"
    "<html lang=3D\"en\"><head><meta charset=3D\"utf-8\">\n"
    "<title>Tides and Times</title></head>\n"
    "<body style=3D\"font-family: serif; max-width: 40em\">\n"
    "<h1>Tides and Times</h1>\n"
    "<p><b>Reading evening: =E2=80=9CVoices under the "
    "sea=E2=80=9D.</b> How t=\n"
    "he first cable was laid across the Atlantic, and why "
    "it fell silent afte=\n"
    "r three weeks. Wednesday, seven o=E2=80=99clock, free of charge.</p>\n"
    "<h2>New on the shelves</h2>\n"
    "<ul><li>The Lighthouse Keepers (2nd floor, H 12)</li>\n"
    "<li>Knots, Bends and Splices (ground floor, T 3)</li>\n"
    "<li>Caf=C3=A9s of the Old Town (ground floor, R 40)</li></ul>\n"
    "<p><small>You get this letter because you have a "
    "library card.</small></=\n"
    "p>\n"
    "</body></html>\n"
    "\n"
    "--=_tides_12--\n";

static const char panel[] =
    "This is a message in several parts (MIME).\n"
    "--=_panel_3\n"
    TEXT_PLAIN
    "\n"
    "Hi Alex,\n"
    "\n"
    "this is what the patch panel looks like today. The three yellow ports\n"
    "are in use; my notes say by whom, and the plan says it on paper.\n"
    "\n"
    "Jo\n"
    "\n"
    "--=_panel_3\n"
    "Content-Type: image/png; name=\"panel.png\"\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment; filename=\"panel.png\"\n"
    "Content-Description: The patch panel, from the front\n"
    "\n"
    PC_PART_PICTURE
    "--=_panel_3\n"
    "Content-Type: text/plain; charset=us-ascii; name=\"ports.txt\"\n"
    "Content-Disposition: attachment; filename=\"ports.txt\"\n"
    "\n"
    "2   desk by the window\n"
    "5   printer\n"
    "7   wall telephone\n"
    "\n"
    "--=_panel_3\n"
    "Content-Type: application/pdf;\n"
    " name*0=\"Room 2.14 - patch panel, \";\n"
    " name*1=\"all ports.pdf\"\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment;\n"
    " filename*0=\"Room 2.14 - patch panel, \";\n"
    " filename*1=\"all ports.pdf\"\n"
    "\n"
    PC_PART_PLAN
    "--=_panel_3--\n";

static const char measured[] =
    "--=_csv_9\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "\n"
    "Alex,\n"
    "\n"
    "the round-trip times from room 2.14, in \302\265s. The file's name has an "
    "\303\244 in\n"
    "it: your mail program should show it, and not \"=E4\" or \"%C3%A4\".\n"
    "\n"
    "Sam\n"
    "\n"
    "--=_csv_9\n"
    "Content-Type: text/csv; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "Content-Disposition: attachment;\n"
    " filename*=utf-8'en'round%20trips%20M%C3%A4rz.csv;\n"
    " size=151\n"
    "\n"
    "host;first (=C2=B5s);median (=C2=B5s);worst (=C2=B5s)\n"
    "gateway;412;188;2041\n"
    "mail.example.test;655;301;1890\n"
    "printer;1207;940;15233\n"
    "caf=C3=A9.test;21044;20310;88015\n"
    "\n"
    "--=_csv_9--\n";

/* HTML with its picture, and the plain text for those who want no HTML. */
static const char voucher[] =
    "--=_alt_1\n"
    "Content-Type: text/plain; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "Merci, Alex!\n"
    "\n"
    "Ten coffees are ten stamps: the next caf=E9 cr=E8me is on the house.\n"
    "\n"
    "--=_alt_1\n"
    "Content-Type: multipart/related; boundary=\"=_rel_2\";\n"
    " type=\"text/html\"; start=\"<page@cafe.test>\"\n"
    "\n"
    "--=_rel_2\n"
    "Content-Type: text/html; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "Content-ID: <page@cafe.test>\n"
    "\n"
    "<html><body><p><img src=3D\"cid:cup@cafe.test\" "
    "alt=3D\"A cup\" width=3D=\n"
    "\"64\"></p>\n"
    "<p>Merci, Alex!</p>\n"
    "<p>Ten coffees are ten stamps: the next <i>caf=E9 "
    "cr=E8me</i> is on the =\n"
    "house.</p></body></html>\n"
    "\n"
    "--=_rel_2\n"
    "Content-Type: image/png\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-ID: <cup@cafe.test>\n"
    "Content-Disposition: inline; filename=\"cup.png\"\n"
    "\n"
    PC_PART_CUP
    "--=_rel_2--\n"
    "\n"
    "--=_alt_1--\n";

static const char forwarded[] =
    "--=_fwd_5\n"
    TEXT_PLAIN
    "\n"
    "Alex, this came to me, but I think it is yours. You did order the\n"
    "cable tester, did you not?\n"
    "\n"
    "Robin\n"
    "\n"
    "--=_fwd_5\n"
    "Content-Type: message/rfc822\n"
    "Content-Disposition: inline\n"
    "Content-Description: Your parcel waits for you\n"
    "\n"
    "Date: @{date 5}\n"
    "From: Parcel Post <no-reply@parcel.test>\n"
    "To: robin@example.test\n"
    "Subject: =?utf-8?Q?Your_parcel_waits_for_you_=F0=9F=93=A6?=\n"
    "Message-ID: <parcel-77120@parcel.test>\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/alternative; boundary=\"=_in_6\"\n"
    "\n"
    "--=_in_6\n"
    TEXT_PLAIN
    "\n"
    "A parcel for you (1.2 kg, from Cable & Tools) waits at the kiosk in\n"
    "Quay Street. Bring this letter with you. We keep it for seven days.\n"
    "\n"
    "--=_in_6\n"
    "Content-Type: text/html; charset=us-ascii\n"
    "\n"
    "<p>A parcel for you (1.2 kg, from <i>Cable &amp; Tools</i>) waits at the\n"
    "kiosk in Quay Street. Bring this letter with you. We keep it for seven\n"
    "days.</p>\n"
    "\n"
    "--=_in_6--\n"
    "\n"
    "--=_fwd_5--\n";

static const char invitation[] =
    "--=_cal_8\n"
    TEXT_PLAIN
    "\n"
    "Review of the network week, room 2.14. Please say whether you come.\n"
    "\n"
    "--=_cal_8\n"
    "Content-Type: text/calendar; charset=utf-8; method=REQUEST\n"
    "Content-Transfer-Encoding: 8bit\n"
    "\n"
    "BEGIN:VCALENDAR\n"
    "PRODID:-//School//Timetable//EN\n"
    "VERSION:2.0\n"
    "METHOD:REQUEST\n"
    "BEGIN:VEVENT\n"
    "UID:review-8@school.test\n"
    "DTSTAMP:@{stamp 0}\n"
    "DTSTART:@{stamp -72}\n"
    "DTEND:@{stamp -73}\n"
    "SUMMARY:Review of the network week\n"
    "LOCATION:Room 2.14\n"
    "ORGANIZER;CN=Sam Okafor:mailto:sam@school.test\n"
    "ATTENDEE;RSVP=TRUE;CN=Alex Moreau:mailto:alex@example.test\n"
    "ATTENDEE;RSVP=TRUE;CN=Ren\303\251e Dub\303\251:mailto:renee@cafe.test\n"
    "DESCRIPTION:Bring your notes\\, your questions\\; cake is there.\n"
    "END:VEVENT\n"
    "END:VCALENDAR\n"
    "\n"
    "--=_cal_8--\n";

/* A blank before a line end: the paragraph goes on (RFC 3676 section 4.1). */
static const char flowed[] =
    "Alex,\n"
    "\n"
    "this letter is written in paragraphs: on a telephone its lines are \n"
    "short, on a desktop they are long, and nobody has to cut them into \n"
    "pieces by hand. A blank at the end of a line says that the paragraph \n"
    "goes on.\n"
    "\n"
    "You had asked:\n"
    ">> Does the gateway keep the addresses that it gave away, when \n"
    ">> somebody pulls its plug?\n"
    "> It should. Ours writes them to a file.\n"
    "And after a minute or so it has them all again.\n"
    "\n"
    " From now on, lines that begin with a blank or with \"From \" carry one \n"
    "blank more. You do not see it.\n"
    "\n"
    "-- \n"
    "Kim Adeyemi\n";

static const char bounce[] =
    "--=_dsn_4\n"
    TEXT_PLAIN
    "\n"
    "This is the mail server at mail.example.test. I could not deliver your\n"
    "letter to this address:\n"
    "\n"
    "  <haruka@station.tset>\n"
    "\n"
    "There is no host of that name. I will not try again.\n"
    "\n"
    "--=_dsn_4\n"
    "Content-Type: message/delivery-status\n"
    "\n"
    "Reporting-MTA: dns; mail.example.test\n"
    "Arrival-Date: @{date 0}\n"
    "\n"
    "Final-Recipient: rfc822; haruka@station.tset\n"
    "Action: failed\n"
    "Status: 5.1.2\n"
    "Diagnostic-Code: X-Portcall; host station.tset not found\n"
    "\n"
    "--=_dsn_4\n"
    "Content-Type: text/rfc822-headers\n"
    "\n"
    "Date: @{date 0}\n"
    "From: Alex Moreau <alex@example.test>\n"
    "To: haruka@station.tset\n"
    "Subject: Which platform?\n"
    "Message-ID: <platform-1@example.test>\n"
    "\n"
    "--=_dsn_4--\n";

/* A header that is longer than most letters. */
static const char long_header[] =
    "Received: from lists.school.test (lists.school.test [192.0.2.25])\n"
    " by mail.example.test with ESMTPS id 7c21-0009;\n"
    " @{date 0}\n"
    "Received: from localhost (localhost [127.0.0.1])\n"
    " by lists.school.test with ESMTP id 5502-31\n"
    " for <network-class@school.test>; @{date 0}\n"
    "Received: from desk-14.school.test (desk-14.school.test [192.0.2.114])\n"
    " by lists.school.test with ESMTPSA id 5502-30;\n"
    " @{date 0}\n"
    "List-Id: Network class <network-class.school.test>\n"
    "List-Post: <mailto:network-class@school.test>\n"
    "List-Help: <mailto:network-class-request@school.test?subject=help>\n"
    "List-Unsubscribe:\n"
    " <mailto:network-class-request@school.test?subject=unsubscribe>\n"
    "List-Archive: <https://lists.school.test/network-class>\n"
    "Precedence: list\n"
    "X-Spam-Status: No, score=-2.1 required=5.0 tests=KNOWN_LIST=-2.0,\n"
    " SUBJECT_ASKS=0.1,LONG_HEADER=0.3,FEW_LINKS=-0.5 version=4.7\n"
    "Cc: Ada Berg <ada@school.test>, Ben Castillo <ben@school.test>,\n"
    " Chidi Eze <chidi@school.test>, Dana Fischer <dana@school.test>,\n"
    " Elif Gunes <elif@school.test>, Farid Haddad <farid@school.test>,\n"
    " Grace Ito <grace@school.test>, Hugo Jansen <hugo@school.test>,\n"
    " Ines Kowalska <ines@school.test>, Jonas Lund <jonas@school.test>,\n"
    " Kofi Mensah <kofi@school.test>, Lea Novak <lea@school.test>,\n"
    " \"Ortiz, Mateo\" <mateo@school.test>, Nora Patel <nora@school.test>,\n"
    " \"The second floor\": Omar Quist <omar@school.test>,\n"
    "  Petra Rossi <petra@school.test>;\n"
    "In-Reply-To: <printer-9@school.test>\n"
    "References: <printer-1@school.test> <printer-2@school.test>\n"
    " <printer-3@school.test> <printer-4@school.test>\n"
    " <printer-5@school.test> <printer-6@school.test>\n"
    " <printer-7@school.test> <printer-8@school.test>\n"
    " <printer-9@school.test>\n"
    MIME TEXT_PLAIN;

/* -- the table ------------------------------------------------------------ */

const PcLetter pc_world_inbox_letters[] = {
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (400),
    .flags = PC_FLAG_SEEN,
    .from = "Harbour Library <letters@library.test>",
    .to = "alex@example.test",
    .subject = "Tides and Times: voices under the sea",
    .id = "tides-12@library.test",
    .fields = "List-Id: Tides and Times <tides.library.test>\n"
              "List-Unsubscribe: <https://library.test/letters/off?c=77>,\n"
              " <mailto:letters@library.test?subject=off>\n"
              "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n" MIME
              "Content-Type: multipart/alternative;\n"
              " boundary=\"=_tides_12\"\n",
    .body = newsletter },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (310),
    .flags = PC_FLAG_SEEN | PC_FLAG_ANSWERED,
    .from = "Jo Lindqvist <jo@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "The patch panel in 2.14",
    .id = "panel-1@school.test",
    .fields = MIME "Content-Type: multipart/mixed; "
                   "boundary=\"=_panel_3\"\n",
    .body = panel },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (303),
    .flags = PC_FLAG_SEEN,
    .from = "Jo Lindqvist <jo@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Re: The patch panel in 2.14",
    .id = "panel-3@school.test",
    .fields = "In-Reply-To: <panel-2@example.test>\n"
              "References: <panel-1@school.test> <panel-2@example.test>\n" MIME
              TEXT_PLAIN,
    .body = "> Who has the wall telephone, and does it still need its port?\n"
            "\n"
            "Nobody has used it since the spring, but it fetches its settings\n"
            "every night. I would leave it where it is.\n"
            "\n"
            "Jo\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (260),
    .from = "=?iso-8859-1?Q?J=FCrgen_Wei=DF?= <juergen@verein.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "=?iso-8859-1?Q?Stra=DFenfest=3A_wer_hilft_mit=3F?=",
    .id = "fest-1@verein.test",
    .fields = MIME "Content-Type: text/plain; charset=iso-8859-1\n"
                   "Content-Transfer-Encoding: quoted-printable\n"
                   "Content-Language: de\n",
    .body = "Lieber Alex,\n"
            "\n"
            "am Samstag ist Stra=DFenfest. Wir brauchen noch zwei "
            "Verl=E4ngerungs=\n"
            "kabel und jemanden f=FCr den Kuchen. M=F6chtest du?\n"
            "\n"
            "Gr=FC=DFe\n"
            "J=FCrgen\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (231),
    .flags = PC_FLAG_SEEN | PC_FLAG_FLAGGED,
    .from = "=?koi8-r?B?7cnSwSDzz8vPzM/XwQ==?= <mira@trains.test>",
    .to = "alex@example.test",
    .subject = "=?koi8-r?B?8sHT0MnTwc7JxSDQz8XaxM/X?=",
    .id = "trains-40@trains.test",
    .fields = MIME "Content-Type: text/plain; charset=koi8-r\n"
                   "Content-Transfer-Encoding: base64\n",
    .body = "5M/C0s/FINXU0s8sIOHMxcvTIQ0KDQrwz8XaxCDXIPTXxdLYIM/U0NLB18zR\n"
            "xdTT0SDXIDk6NDAg0yDU0sXU2MXHzyDQ1dTJLg0K89DB08nCzyDawSDQydPY\n"
            "zc8uDQoNCu3J0sENCg==\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (190),
    .flags = PC_FLAG_SEEN,
    .from = "Haruka Mori <haruka@station.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "=?iso-2022-jp?B?GyRCMnE1RCRPTFpNS0Z8JEtKUSRvJGokXiQ3JD8bKEI"
               "=?=",
    .id = "meeting-6@station.test",
    .fields = MIME "Content-Type: text/plain; charset=iso-2022-jp\n"
                   "Content-Transfer-Encoding: 7bit\n",
    .body = "Alex,\n"
            "\n"
            "\033$B2q5D$OLZMKF|$N==;~$KJQ$o$j$^$7$?!#\033(B\n"
            "(The meeting is on Thursday at ten now.)\n"
            "\n"
            "Haruka\n" },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (168),
    .flags = PC_FLAG_SEEN,
    .from = "Sam Okafor <sam@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Round-trip times",
    .id = "times-2@school.test",
    .fields = MIME "Content-Type: multipart/mixed; boundary=\"=_csv_9\"\n",
    .body = measured },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (130),
    .from = "=?iso-8859-1?Q?Caf=E9_Z=FCrich?= <stamps@cafe.test>",
    .to = "alex@example.test",
    .subject = "=?utf-8?B?VGVuIHN0YW1wcyDimJU=?= and a thank you",
    .id = "stamps-10@cafe.test",
    .fields = MIME "Content-Type: multipart/alternative; "
                   "boundary=\"=_alt_1\"\n",
    .body = voucher },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (77),
    .from = "Robin Hale <robin@example.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "=?utf-8?Q?Fwd=3A_Your_parcel_waits_for_you_?=\n"
               " =?utf-8?B?8J+Tpg==?=",
    .id = "fwd-1@example.test",
    .fields = "References: <parcel-77120@parcel.test>\n" MIME
              "Content-Type: multipart/mixed; boundary=\"=_fwd_5\"\n",
    .body = forwarded },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (70),
    .flags = PC_FLAG_FLAGGED,
    .from = "Sam Okafor <sam@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Invitation: review of the network week",
    .id = "review-8@school.test",
    .fields = MIME "Content-Type: multipart/alternative; "
                   "boundary=\"=_cal_8\"\n",
    .body = invitation },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (50),
    .from = "Kim Adeyemi <kim@school.test>",
    .to = "Alex Moreau <alex@example.test>",
    .subject = "Re: What the gateway remembers",
    .id = "gateway-4@school.test",
    .fields = "In-Reply-To: <gateway-3@example.test>\n"
              "References: <gateway-1@school.test> <gateway-2@school.test>\n"
              " <gateway-3@example.test>\n" MIME
              "Content-Type: text/plain; charset=us-ascii; format=flowed\n",
    .body = flowed },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (30),
    .from = "Mail server <mailer-daemon@mail.example.test>",
    .to = "alex@example.test",
    .subject = "Your letter was not delivered",
    .id = "bounce-15@mail.example.test",
    .fields = "Return-Path: <>\n"
              "Auto-Submitted: auto-replied\n" MIME
              "Content-Type: multipart/report; boundary=\"=_dsn_4\";\n"
              " report-type=delivery-status\n",
    .body = bounce },
  { .user = "alex", .mailbox = "INBOX",
    .age = HOURS (6),
    .from = "Petra Rossi <petra@school.test>",
    .to = "Network class <network-class@school.test>",
    .subject = "Re: [network-class] Who turned the printer off?",
    .id = "printer-10@school.test",
    .fields = long_header,
    .body = "It was the timer. It turns everything off at six, and the\n"
            "printer is plugged in behind it. I have moved the plug.\n"
            "\n"
            "Petra\n" },
  { .user = "robin", .mailbox = "INBOX",
    .age = HOURS (311),
    .flags = PC_FLAG_SEEN,
    .from = "Harbour Library <letters@library.test>",
    .to = "robin@example.test",
    .subject = "Tides and Times: voices under the sea",
    .id = "tides-12b@library.test",
    .fields = "List-Id: Tides and Times <tides.library.test>\n" MIME
              "Content-Type: multipart/alternative;\n"
              " boundary=\"=_tides_12\"\n",
    .body = newsletter },
  { .user = "robin", .mailbox = "INBOX",
    .age = HOURS (90),
    .flags = PC_FLAG_SEEN | PC_FLAG_ANSWERED,
    .from = "Kim Adeyemi <kim@school.test>",
    .to = "Robin Hale <robin@example.test>",
    .subject = "May I borrow the projector?",
    .id = "projector-1@school.test",
    .body = "Robin,\n"
            "\n"
            "for Friday afternoon, two hours. I bring it back myself.\n"
            "\n"
            "Kim\n" },
  { .user = "robin", .mailbox = "INBOX",
    .age = HOURS (88),
    .from = "Kim Adeyemi <kim@school.test>",
    .to = "Robin Hale <robin@example.test>",
    .subject = "Re: May I borrow the projector?",
    .id = "projector-3@school.test",
    .fields = "In-Reply-To: <projector-2@example.test>\n"
              "References: <projector-1@school.test>"
              " <projector-2@example.test>\n",
    .body = "> Of course. The remote control is in the same bag.\n"
            "\n"
            "Thank you!\n"
            "\n"
            "Kim\n" },
};

const guint pc_world_n_inbox_letters = G_N_ELEMENTS (pc_world_inbox_letters);
