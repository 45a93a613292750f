/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TFTP client that gets one file as fast as a server hands it out.
 *
 * Usage: bench-tftp PORT FILE SIZE BLKSIZE [WINDOWSIZE]
 *
 * From 127.0.0.1; what came is counted, not kept.  BLKSIZE 512 asks for no
 * option, others for that one, WINDOWSIZE above 1 for that too.  A server that
 * does not agree to the block size or knows no windows, a number of octets that
 * is not SIZE, and an ERROR end the program with 1.  Prints "MiB per second,
 * window, times that something was missing".
 * Plain sockets on purpose: none of our own code stands on this side, so that
 * every server has the same client.
 *
 * RFC 1350, 2347, 2348, 7440.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_BLOCK 65464
#define PATIENCE 5 /* seconds for an answer */
#define TRIES 5

enum { RRQ = 1, DATA = 3, ACK = 4, ERROR = 5, OACK = 6 };

typedef struct
{
  int     fd;
  guint   block_size;
  guint   window;
  guint64 block;    /* the last one that came in its turn */
  guint64 n_octets; /* of the file */
  guint   n_again;
  guint   n_unacknowledged;
} Client;

static void
fail (const char *why)
{
  g_printerr ("bench-tftp: %s\n", why);
  exit (1);
}

static gsize
append (guint8     *out,
        gsize       at,
        const char *word)
{
  gsize len = strlen (word) + 1;

  memcpy (out + at, word, len);
  return at + len;
}

static gsize
append_option (guint8     *out,
               gsize       at,
               const char *name,
               guint       value)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", value);
  return append (out, append (out, at, name), text);
}

static void
ask (Client     *self,
     guint       port,
     const char *name,
     guint       block_size,
     guint       window)
{
  struct sockaddr_in to = { .sin_family = AF_INET,
                            .sin_port = htons ((guint16) port),
                            .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  guint8 out[512] = { 0, RRQ };
  gsize  len = append (out, append (out, 2, name), "octet");

  if (block_size != 512)
    len = append_option (out, len, "blksize", block_size);
  if (window > 1)
    len = append_option (out, len, "windowsize", window);
  if (sendto (self->fd, out, len, 0, (struct sockaddr *) &to, sizeof to) < 0)
    fail ("the request cannot be sent");
}

static void
acknowledge (Client *self)
{
  guint8 out[4] = { 0, ACK, (guint8) (self->block >> 8),
                    (guint8) self->block };

  self->n_unacknowledged = 0;
  if (send (self->fd, out, sizeof out, 0) < 0)
    fail ("an acknowledgement cannot be sent");
}

/* The first answer tells the server's port; from then on, only it is heard. */
static gssize
receive_first (Client *self,
               guint8 *in,
               gsize   size)
{
  struct sockaddr_in from;
  socklen_t          from_len = sizeof from;
  gssize             len = recvfrom (self->fd, in, size, 0,
                                     (struct sockaddr *) &from, &from_len);

  if (len < 4)
    fail ("no answer");
  if (connect (self->fd, (struct sockaddr *) &from, sizeof from) != 0)
    fail ("no way to the server");
  return len;
}

static gssize
receive (Client *self,
         guint8 *in,
         gsize   size)
{
  for (guint i = 0; i < TRIES; i++) {
    gssize len = recv (self->fd, in, size, 0);

    if (len >= 4)
      return len;
    if (len < 0 && errno != EAGAIN && errno != EINTR)
      break;
    self->n_again++;
    acknowledge (self);
  }
  fail ("no further block");
  return 0;
}

static void
take_options (Client       *self,
              const guint8 *in,
              gsize         len)
{
  const char *at = (const char *) in + 2;
  const char *end = (const char *) in + len;

  while (at < end) {
    const char *value = at + strnlen (at, (gsize) (end - at)) + 1;

    if (value >= end || memchr (value, 0, (gsize) (end - value)) == NULL)
      fail ("an OACK that is cut short");
    if (g_ascii_strcasecmp (at, "blksize") == 0)
      self->block_size = (guint) atoi (value);
    else if (g_ascii_strcasecmp (at, "windowsize") == 0)
      self->window = (guint) atoi (value);
    at = value + strlen (value) + 1;
  }
}

/* FALSE when that was the last block. */
static gboolean
take_block (Client       *self,
            const guint8 *in,
            gsize         len)
{
  guint number = (guint) in[2] << 8 | in[3];

  if (len - 4 > self->block_size)
    fail ("a block that is too long");
  if (number != ((self->block + 1) & 0xffff)) {
    /* One is missing: once for each gap (RFC 7440 section 4). */
    if (self->n_unacknowledged != G_MAXUINT) {
      self->n_again++;
      acknowledge (self);
      self->n_unacknowledged = G_MAXUINT;
    }
    return TRUE;
  }

  if (self->n_unacknowledged == G_MAXUINT)
    self->n_unacknowledged = 0;
  self->block++;
  self->n_octets += len - 4;
  if (++self->n_unacknowledged == self->window ||
      len - 4 < self->block_size)
    acknowledge (self);
  return len - 4 == self->block_size;
}

static void
get (Client *self,
     guint   block_size,
     guint   window)
{
  static guint8 in[MAX_BLOCK + 4];
  gsize         len = (gsize) receive_first (self, in, sizeof in);

  if (in[1] == OACK) {
    take_options (self, in, len);
    acknowledge (self);
    len = (gsize) receive (self, in, sizeof in);
  }
  if (self->block_size != block_size || self->window > window ||
      (window > 1 && self->window == 1))
    fail ("the server does not agree to the options");

  while (in[1] == DATA && take_block (self, in, len))
    len = (gsize) receive (self, in, sizeof in);
  if (in[1] != DATA)
    fail ("an ERROR, or what has no place here");
}

int
main (int    argc,
      char **argv)
{
  Client         client = { .block_size = 512, .window = 1 };
  struct timeval patience = { .tv_sec = PATIENCE };
  int            room = 4 * 1024 * 1024;
  guint          block_size, window;
  gint64         begin;
  double         seconds;

  if (argc < 5)
    fail ("PORT FILE SIZE BLKSIZE [WINDOWSIZE]");
  block_size = (guint) CLAMP (atoi (argv[4]), 8, MAX_BLOCK);
  window = argc > 5 ? (guint) CLAMP (atoi (argv[5]), 1, 65535) : 1;

  client.fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  setsockopt (client.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (client.fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  begin = g_get_monotonic_time ();
  ask (&client, (guint) atoi (argv[1]), argv[2], block_size, window);
  get (&client, block_size, window);
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  close (client.fd);

  if (client.n_octets != g_ascii_strtoull (argv[3], NULL, 10))
    fail ("a wrong number of octets");
  g_print ("%.3f %u %u\n", (double) client.n_octets / (1024 * 1024) / seconds,
           client.window, client.n_again);
  return 0;
}
