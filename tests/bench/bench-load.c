/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A mail client that asks as fast as the answers come.
 *
 * Usage: bench-load JOB PORT SECURE COUNT MESSAGES
 *
 * JOB is imap-noop, imap-flags, imap-body, imap-list, imap-idle or pop3-retr;
 * SECURE is 0 or 1 for TLS.  One connection to 127.0.0.1, one question at a
 * time; every answer is looked at, a wrong one ends the program with 1.
 * Prints "asks per second, microseconds of the median one".  Plain sockets on
 * purpose: none of our own code stands on this side.  Certificates are not
 * checked.
 */

#include <arpa/inet.h>
#include <glib.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_IDLE 200
#define PATIENCE 30 /* seconds for an answer */

typedef struct
{
  int              fd;
  gnutls_session_t tls;
  char             data[65536];
  gsize            head;
  gsize            tail;
  guint            n_asked;
} Client;

static guint port;
static guint n_messages;

static void
fail (const char *why)
{
  g_printerr ("bench-load: %s\n", why);
  exit (1);
}

/* -- octets --------------------------------------------------------------- */

static void
start_tls (Client *self)
{
  static gnutls_certificate_credentials_t credentials;

  if (credentials == NULL)
    gnutls_certificate_allocate_credentials (&credentials);
  gnutls_init (&self->tls, GNUTLS_CLIENT);
  gnutls_set_default_priority (self->tls);
  gnutls_credentials_set (self->tls, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (self->tls, self->fd);
  if (gnutls_handshake (self->tls) != GNUTLS_E_SUCCESS)
    fail ("no TLS");
}

static Client *
client_new (gboolean secure)
{
  Client            *self = g_new0 (Client, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16) port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct timeval     patience = { PATIENCE, 0 };
  int                on = 1;

  self->fd = socket (AF_INET, SOCK_STREAM, 0);
  if (self->fd < 0 ||
      connect (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    fail ("nobody listens");
  (void) setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  (void) setsockopt (self->fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
                     sizeof patience);
  if (secure)
    start_tls (self);
  return self;
}

static void
client_free (Client *self)
{
  if (self->tls != NULL)
    gnutls_deinit (self->tls);
  close (self->fd);
  g_free (self);
}

static void
send_octets (Client     *self,
             const char *data,
             gsize       len)
{
  gssize n = self->tls != NULL ? gnutls_record_send (self->tls, data, len)
                               : send (self->fd, data, len, MSG_NOSIGNAL);

  if (n != (gssize) len)
    fail ("the server does not read");
}

static void
fill (Client *self)
{
  gsize  room;
  gssize n;

  memmove (self->data, self->data + self->head, self->tail - self->head);
  self->tail -= self->head;
  self->head = 0;
  room = sizeof self->data - self->tail;
  if (room == 0)
    fail ("a line is too long");
  do
    n = self->tls != NULL
            ? gnutls_record_recv (self->tls, self->data + self->tail, room)
            : recv (self->fd, self->data + self->tail, room, 0);
  while (self->tls != NULL && n == GNUTLS_E_AGAIN);
  if (n <= 0)
    fail ("no answer");
  self->tail += (gsize) n;
}

/* The next line; valid until the next read. */
static const char *
read_line (Client *self,
           gsize  *len)
{
  gsize seen = 0;
  char *line, *end;

  while ((end = memchr (self->data + self->head + seen, '\n',
                        self->tail - self->head - seen)) == NULL) {
    seen = self->tail - self->head;
    fill (self);
  }
  line = self->data + self->head;
  *len = (gsize) (end - line) + 1;
  self->head += *len;
  return line;
}

static void
skip (Client *self,
      gsize   len)
{
  while (len > 0) {
    gsize n;

    if (self->head == self->tail)
      fill (self);
    n = MIN (len, self->tail - self->head);
    self->head += n;
    len -= n;
  }
}

/* -- IMAP ----------------------------------------------------------------- */

/* The octets that follow a line ending in {n} (RFC 9051 section 4.3). */
static gsize
literal_size (const char *line,
              gsize       len)
{
  gsize at = len - 3;

  if (len < 5 || line[at] != '}')
    return 0;
  while (at > 0 && g_ascii_isdigit (line[at - 1]))
    at--;
  return at > 0 && line[at - 1] == '{' ? strtoul (line + at, NULL, 10) : 0;
}

/* Asks, and reads up to the tagged OK.  Returns the untagged responses. */
static guint
imap_ask (Client     *self,
          const char *command)
{
  char        out[256];
  char        tag[16];
  guint       n = 0;
  gsize       len, literal;
  const char *line;
  int         tag_len = g_snprintf (tag, sizeof tag, "a%u ", self->n_asked++);
  int         out_len = g_snprintf (out, sizeof out, "%s%s\r\n", tag, command);

  send_octets (self, out, (gsize) out_len);
  for (;;) {
    line = read_line (self, &len);
    if (line[0] == 'a' && memcmp (line, tag, (gsize) tag_len) == 0)
      break;
    n++;
    while ((literal = literal_size (line, len)) > 0) {
      skip (self, literal);
      line = read_line (self, &len);
    }
  }
  if (memcmp (line + tag_len, "OK", 2) != 0)
    fail (command);
  return n;
}

static Client *
imap_login (gboolean secure)
{
  Client *self = client_new (secure);
  gsize   len;

  read_line (self, &len);
  imap_ask (self, "LOGIN alex portcall");
  imap_ask (self, "SELECT INBOX");
  return self;
}

static void
ask_noop (Client *self,
          guint   i)
{
  imap_ask (self, "NOOP");
}

static void
ask_flags (Client *self,
           guint   i)
{
  char command[64];

  g_snprintf (command, sizeof command, "UID FETCH %u (FLAGS)",
              i * 7 % n_messages + 1);
  if (imap_ask (self, command) != 1)
    fail ("a wrong number of responses");
}

static void
ask_body (Client *self,
          guint   i)
{
  char command[64];

  g_snprintf (command, sizeof command, "UID FETCH %u (BODY.PEEK[])",
              i * 7 % n_messages + 1);
  if (imap_ask (self, command) != 1)
    fail ("a wrong number of responses");
}

static void
ask_list (Client *self,
          guint   i)
{
  if (imap_ask (self, "FETCH 1:* (FLAGS)") != n_messages)
    fail ("a wrong number of responses");
}

/* -- POP3 ----------------------------------------------------------------- */

static void
pop3_ask (Client     *self,
          const char *command)
{
  char        out[64];
  gsize       len;
  const char *line;
  int         n = g_snprintf (out, sizeof out, "%s\r\n", command);

  send_octets (self, out, (gsize) n);
  line = read_line (self, &len);
  if (line[0] != '+')
    fail (command);
}

static Client *
pop3_login (gboolean secure)
{
  Client *self = client_new (secure);
  gsize   len;

  read_line (self, &len);
  pop3_ask (self, "USER robin");
  pop3_ask (self, "PASS portcall");
  return self;
}

static void
ask_retr (Client *self,
          guint   i)
{
  char        command[32];
  const char *line;
  gsize       len;

  g_snprintf (command, sizeof command, "RETR %u", i * 7 % n_messages + 1);
  pop3_ask (self, command);
  do
    line = read_line (self, &len);
  while (len != 3 || memcmp (line, ".\r\n", 3) != 0);
}

/* -- jobs ----------------------------------------------------------------- */

typedef struct
{
  const char *name;
  Client *(*login) (gboolean secure);
  void (*ask) (Client *self,
               guint   i);
  guint n_idle; /* others that only hold their connection */
} Job;

static const Job jobs[] = {
  { "imap-noop", imap_login, ask_noop, 0 },
  { "imap-flags", imap_login, ask_flags, 0 },
  { "imap-body", imap_login, ask_body, 0 },
  { "imap-list", imap_login, ask_list, 0 },
  { "imap-idle", imap_login, ask_noop, N_IDLE },
  { "pop3-retr", pop3_login, ask_retr, 0 },
};

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
work (const Job *job,
      gboolean   secure,
      guint      count)
{
  g_autofree gint64  *times = g_new (gint64, count);
  g_autofree Client **idle = g_new0 (Client *, job->n_idle);
  Client             *client;
  gint64              begin, last;

  for (guint i = 0; i < job->n_idle; i++)
    idle[i] = job->login (secure);
  client = job->login (secure);
  begin = last = g_get_monotonic_time ();
  for (guint i = 0; i < count; i++) {
    gint64 now;

    job->ask (client, i);
    now = g_get_monotonic_time ();
    times[i] = now - last;
    last = now;
  }
  client_free (client);
  for (guint i = 0; i < job->n_idle; i++)
    client_free (idle[i]);

  qsort (times, count, sizeof *times, compare);
  g_print ("%.2f %" G_GINT64_FORMAT "\n",
           (double) count * G_USEC_PER_SEC / (double) MAX (last - begin, 1),
           times[count / 2]);
}

int
main (int    argc,
      char **argv)
{
  const Job *job = NULL;
  guint      count;

  if (argc != 6)
    fail ("JOB PORT SECURE COUNT MESSAGES");
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    if (strcmp (jobs[i].name, argv[1]) == 0)
      job = &jobs[i];
  port = (guint) atoi (argv[2]);
  count = (guint) CLAMP (atoi (argv[4]), 1, 1000000);
  n_messages = (guint) MAX (atoi (argv[5]), 1);
  if (job == NULL)
    fail ("no such job");

  work (job, atoi (argv[3]) != 0, count);
  return 0;
}
