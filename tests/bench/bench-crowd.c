/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 200 connections to the servers of "Your own client", and what the window has
 * of it: the longest time that one turn of its main loop takes, from the end of
 * one wait to the beginning of the next.  The clients are a process of their
 * own: all come at once, speak at once, are held, and leave at once; in clear,
 * and with TLS from the first octet.  Prints
 *
 *   crowd-clear 20.1 ms
 *   crowd-clear-cpu 18.0 ms
 *
 * The first is what somebody at the window waits, and whatever else runs on the
 * machine takes its part; the second is the processor's time of that turn which
 * needed the most.  Needs a display.  Exits with 1 when a turn needs 50 ms. */

#include "../app/fixture.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#define N 200
#define MOST_MS 50.0
#define HELD_US (G_USEC_PER_SEC / 2)

/* -- the clients, in their process ---------------------------------------- */

typedef struct
{
  int              fd;
  gnutls_session_t tls;
} Client;

static void
open_client (Client *self,
             guint   port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16) port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct timeval patience = { 20, 0 };

  self->fd = socket (AF_INET, SOCK_STREAM, 0);
  (void) setsockopt (self->fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
                     sizeof patience);
  if (connect (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    _exit (2);
}

static void
secure_client (Client *self)
{
  static gnutls_certificate_credentials_t credentials;

  if (credentials == NULL)
    gnutls_certificate_allocate_credentials (&credentials);
  gnutls_init (&self->tls, GNUTLS_CLIENT);
  gnutls_set_default_priority (self->tls);
  gnutls_credentials_set (self->tls, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (self->tls, self->fd);
  if (gnutls_handshake (self->tls) != GNUTLS_E_SUCCESS)
    _exit (3);
}

static void
hear (Client     *self,
      const char *end)
{
  char line[4096];
  gsize len = 0;

  do {
    gssize n = self->tls != NULL
                   ? gnutls_record_recv (self->tls, line + len,
                                         sizeof line - 1 - len)
                   : recv (self->fd, line + len, sizeof line - 1 - len, 0);

    if (n == GNUTLS_E_AGAIN && self->tls != NULL)
      continue;
    if (n <= 0)
      _exit (4);
    len += (gsize) n;
    line[len] = '\0';
  } while (strstr (line, end) == NULL);
}

static void
say (Client     *self,
     const char *words)
{
  if (self->tls != NULL)
    gnutls_record_send (self->tls, words, strlen (words));
  else if (send (self->fd, words, strlen (words), MSG_NOSIGNAL) < 0)
    _exit (5);
}

static void
be_clients (guint    port,
            gboolean secure)
{
  static Client clients[N];

  for (guint i = 0; i < N; i++)
    open_client (&clients[i], port);
  for (guint i = 0; secure && i < N; i++)
    secure_client (&clients[i]);
  for (guint i = 0; i < N; i++)
    hear (&clients[i], "\r\n");
  for (guint i = 0; i < N; i++)
    say (&clients[i], "a LOGIN alex portcall\r\n");
  for (guint i = 0; i < N; i++)
    hear (&clients[i], "a OK");
  for (guint i = 0; i < N; i++)
    say (&clients[i], "b SELECT INBOX\r\n");
  for (guint i = 0; i < N; i++)
    hear (&clients[i], "b OK");
  g_usleep (HELD_US);
  for (guint i = 0; i < N; i++)
    say (&clients[i], "c NOOP\r\n");
  for (guint i = 0; i < N; i++)
    hear (&clients[i], "c OK");
  _exit (0);
}

/* -- turns ---------------------------------------------------------------- */

static gint64 woken = -1; /* µs */
static gint64 woken_cpu;
static double longest, longest_cpu; /* ms */

static gint64
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  int result;

  if (woken >= 0) {
    double took = (double) (g_get_monotonic_time () - woken) / 1e3;
    double cpu = (double) (get_cpu () - woken_cpu) / 1e3;

    if (g_getenv ("CROWD_TURNS") != NULL && took > 10)
      g_print ("turn %.1f ms, %.1f ms of the processor's\n", took, cpu);
    longest = MAX (longest, took);
    longest_cpu = MAX (longest_cpu, cpu);
  }
  result = g_poll (fds, n, timeout);
  woken = g_get_monotonic_time ();
  woken_cpu = get_cpu ();
  return result;
}

/* -- the crowd ------------------------------------------------------------ */

static PcLabClient *
lab (void)
{
  return pc_lab_page_get_client (pc_window_get_lab (window));
}

static void
run_crowd (const char *name,
           const char *service,
           gboolean    secure)
{
  guint before = pc_lab_client_get_n (lab ());
  guint port = pc_lab_client_get_port (lab (), service);
  gint64 end = g_get_monotonic_time () + 60 * (gint64) G_USEC_PER_SEC;
  int status = -1;
  pid_t child;

  for (guint i = 0; i < 300; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  child = fork ();
  if (child == 0) {
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    be_clients (port, secure);
  }
  longest = longest_cpu = 0;
  woken = -1;
  g_main_context_set_poll_func (NULL, poll_cb);
  while (waitpid (child, &status, WNOHANG) == 0 &&
         g_get_monotonic_time () < end) {
    gint64 slice = g_get_monotonic_time () + 100000;

    while (g_get_monotonic_time () < slice)
      g_main_context_iteration (NULL, TRUE);
  }
  /* What comes after their leaving. */
  end = g_get_monotonic_time () + G_USEC_PER_SEC;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_set_poll_func (NULL, NULL);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpuint (pc_lab_client_get_n (lab ()), ==, before + N);
  g_print ("crowd-%s %.1f ms\n", name, longest);
  g_print ("crowd-%s-cpu %.1f ms\n", name, longest_cpu);
  g_assert_cmpfloat (longest_cpu, <, MOST_MS);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_crowd (void)
{
  guint tick;

  open_window ();
  act ("place", g_variant_new_string ("lab"));
  act ("lab-page", g_variant_new_string ("client"));
  pc_lab_client_set_running (lab (), TRUE);
  g_assert_true (pc_lab_client_get_running (lab ()));
  /* So that a wait ends. */
  tick = g_timeout_add (20, tick_cb, NULL);
  run_crowd ("clear", "imap", FALSE);
  run_crowd ("tls", "imaps", TRUE);
  g_source_remove (tick);
  pc_lab_client_set_running (lab (), FALSE);
}

static void
add_tests (void)
{
  g_test_add_func ("/crowd", test_crowd);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
