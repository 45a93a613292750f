/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The large message of the full world: a letter, the text that was keyed, and
 * eight minutes of Morse as a WAV file that players play.
 *
 * All in whole numbers, so that every machine makes the same octets.
 * Morse as in ITU-R M.1677-1: a dash is three dots long, so is the space
 * between letters; between words lie seven.
 */

#include "mail/world-private.h"

#include <string.h>

#define RATE 8000           /* octets, each a sample, in a second */
#define SECONDS 480
#define WAV_HEAD 44
#define DOT (RATE * 8 / 100)
#define PERIOD 16           /* samples of one wave: a tone of 500 Hz */
#define FADE 64             /* samples until the tone is full: no clicks */
#define GROUP 57            /* octets that make a base64 line of 76 */

#define BOUNDARY "=_morse_47"

static const char letter[] =
    "Date: Fri, 14 Nov 2025 16:20:00 +0100\r\n"
    "From: Jo Lindqvist <jo@school.test>\r\n"
    "To: Alex Moreau <alex@example.test>\r\n"
    "Subject: Eight minutes of Morse\r\n"
    "Message-ID: <morse-1@school.test>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"" BOUNDARY "\"\r\n"
    "\r\n"
    "This is a message in several parts (MIME).\r\n"
    "--" BOUNDARY "\r\n"
    "Content-Type: text/plain; charset=us-ascii\r\n"
    "\r\n"
    "Hi Alex,\r\n"
    "\r\n"
    "here is the recording for the telegraph lesson, and what was keyed. It\r\n"
    "is five megabytes: do not fetch it on the train, the text is enough.\r\n"
    "\r\n"
    "Jo\r\n"
    "--" BOUNDARY "\r\n"
    "Content-Type: text/plain; charset=us-ascii; name=\"keyed.txt\"\r\n"
    "Content-Disposition: attachment; filename=\"keyed.txt\"\r\n"
    "\r\n"
    "Keyed again and again, at fifteen words a minute:\r\n"
    "\r\n"
    "  CQ CQ DE PORTCALL\r\n"
    "  WHAT STANDS ON PORT 143\r\n"
    "  ALL STATIONS PLEASE COPY\r\n"
    "--" BOUNDARY "\r\n"
    "Content-Type: audio/x-wav; name=\"morse.wav\"\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment; filename=\"morse.wav\"\r\n"
    "\r\n";

static const char end[] = "--" BOUNDARY "--\r\n";

static const char keyed[] = "CQ CQ DE PORTCALL  WHAT STANDS ON PORT 143  "
                            "ALL STATIONS PLEASE COPY   ";

static const struct
{
  char        c;
  const char *code;
} table[] = {
  { 'A', ".-" }, { 'C', "-.-." }, { 'D', "-.." }, { 'E', "." },
  { 'H', "...." }, { 'I', ".." }, { 'L', ".-.." }, { 'N', "-." },
  { 'O', "---" }, { 'P', ".--." }, { 'Q', "--.-" }, { 'R', ".-." },
  { 'S', "..." }, { 'T', "-" }, { 'W', ".--" }, { 'Y', "-.--" },
  { '1', ".----" }, { '3', "...--" }, { '4', "....-" },
};

/* Round enough to be heard as a tone. */
static const gint8 wave[PERIOD] = { 0, 31, 57, 74, 80, 74, 57, 31,
                                    0, -31, -57, -74, -80, -74, -57, -31 };

typedef struct
{
  guint8 *samples;
  gsize   at;
} Tape;

/* 128 is silence in WAV files with octets for samples. */
static void
key (Tape    *self,
     guint    dots,
     gboolean down)
{
  gsize n = MIN ((gsize) dots * DOT, (gsize) RATE * SECONDS - self->at);

  for (gsize i = 0; i < n; i++) {
    int loud = (int) MIN (MIN (i, n - 1 - i), FADE);

    self->samples[self->at++] =
        (guint8) (128 + (down ? wave[i % PERIOD] * loud / FADE : 0));
  }
}

static const char *
find_code (char c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].c == c)
      return table[i].code;

  return "";
}

static void
key_text (Tape       *self,
          const char *text)
{
  for (; *text != '\0'; text++) {
    for (const char *code = find_code (*text); *code != '\0'; code++) {
      key (self, *code == '-' ? 3 : 1, TRUE);
      key (self, 1, FALSE);
    }
    key (self, *text == ' ' ? 4 : 2, FALSE);
  }
}

static void
put_number (guint8 *at,
            guint32 value,
            guint   octets)
{
  for (guint i = 0; i < octets; i++)
    at[i] = (guint8) (value >> (8 * i));
}

static void
write_wav_head (guint8 *head)
{
  const guint32 size = RATE * SECONDS;

  memcpy (head, "RIFF", 4);
  put_number (head + 4, WAV_HEAD - 8 + size, 4);
  memcpy (head + 8, "WAVEfmt ", 8);
  put_number (head + 16, 16, 4);   /* octets of what follows */
  put_number (head + 20, 1, 2);    /* PCM */
  put_number (head + 22, 1, 2);    /* one channel */
  put_number (head + 24, RATE, 4);
  put_number (head + 28, RATE, 4); /* octets in a second */
  put_number (head + 32, 1, 2);    /* octets of a sample */
  put_number (head + 34, 8, 2);    /* bits of it */
  memcpy (head + 36, "data", 4);
  put_number (head + 40, size, 4);
}

static void
append_base64 (GString      *out,
               const guint8 *data,
               gsize         len)
{
  char line[GROUP / 3 * 4 + 8];

  for (gsize at = 0; at < len; at += GROUP) {
    int   state = 0, save = 0;
    gsize n = g_base64_encode_step (data + at, MIN (GROUP, len - at), FALSE,
                                    line, &state, &save);

    n += g_base64_encode_close (FALSE, line + n, &state, &save);
    g_string_append_len (out, line, (gssize) n);
    g_string_append (out, "\r\n");
  }
}

static GBytes *
make_recording (void)
{
  const gsize        len = WAV_HEAD + RATE * SECONDS;
  g_autofree guint8 *wav = g_malloc (len);
  Tape               tape = { .samples = wav + WAV_HEAD };
  /* What it will be: nothing has to move on the way. */
  GString *out = g_string_sized_new (sizeof letter + sizeof end +
                                     (len / GROUP + 1) * 78);

  write_wav_head (wav);
  while (tape.at < RATE * SECONDS)
    key_text (&tape, keyed);

  g_string_append (out, letter);
  append_base64 (out, wav, len);
  g_string_append (out, end);
  return g_string_free_to_bytes (out);
}

GBytes *
pc_world_get_recording (void)
{
  static gsize   once = 0;
  static GBytes *made;

  if (g_once_init_enter (&once)) {
    made = make_recording ();
    g_once_init_leave (&once, 1);
  }

  return g_bytes_ref (made);
}
