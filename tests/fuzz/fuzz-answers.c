/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells servers what to answer, and feeds them octets.
 *
 * The first octet chooses the protocol, the second the size of the portions,
 * the third which command it is; then come a verb, a NUL, a reply, a NUL, and
 * what the client sends.  In one portion the same octets must give the same
 * answers; a reply that is taken on is given as whole lines, and strikes at
 * most as often as it should. */

#include "base/limits.h"
#include "mail/store.h"
#include "proto/common/injection.h"
#include "proto/registry.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)
#define HEAD 3

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const char *const ids[] = { "imap", "pop3", "smtp", "tftp" };

typedef struct
{
  const char   *id;
  char         *verb;
  char         *reply;
  guint         nth;
  gboolean      every;
  const guint8 *input;
  gsize         len;
} Case;

static PcMailStore *
make_store (void)
{
  PcMailStore       *store = pc_mail_store_new ("example.test");
  PcAccount         *alex = pc_mail_store_add_account (store, "alex",
                                                       "portcall", 1);
  g_autoptr (GBytes) mail = g_bytes_new_static ("A: b\r\n\r\n.x\r\n", 12);

  pc_mailbox_append (pc_account_find_mailbox (alex, "INBOX"), mail, 0, NOW, 0,
                     NULL);
  return store;
}

static void
feed (PcEngine   *server,
      const Case *test,
      gsize       step)
{
  gint64 now = NOW;

  for (gsize at = 0; at < test->len; at += step) {
    gsize              n = MIN (step, test->len - at);
    g_autofree guint8 *copy = g_memdup2 (test->input + at, n);

    pc_engine_feed (server, now, 2000, copy, n);
    while (pc_engine_get_deadline (server) > now &&
           pc_engine_get_deadline (server) <= now + PC_LIMIT_LOGIN_DELAY_MAX) {
      now = pc_engine_get_deadline (server);
      pc_engine_wake (server, now);
    }
  }
  pc_engine_eof (server, now);
}

/* What was said; NULL when the answer is refused. */
static GBytes *
run (const Case *test,
     gsize       step)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .role = PC_SERVER_SUBMISSION,
                            .session = 1,
                            .peer_address = "127.0.0.1" };
  g_autoptr (PcEngine) server =
      pc_registry_find (test->id)->server_new (&config);
  PcBytes *out = pc_engine_get_output (server);
  guint    struck = 0;
  PcEvent *event;

  if (test->every ? !pc_engine_inject_answers (server, test->verb, test->nth,
                                               test->reply, NULL)
                  : !pc_engine_inject_answer (server, test->verb, test->nth,
                                              test->reply, NULL))
    return NULL;

  pc_engine_start (server, NOW);
  feed (server, test, step);
  while ((event = pc_engine_next_event (server)) != NULL) {
    struck += event->kind == PC_EVENT_ANSWERED;
    pc_event_free (event);
  }
  g_assert (test->every || struck <= 1);

  return pc_bytes_take (out, pc_bytes_get_size (out));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) parts = NULL;
  g_autofree char   *verb = NULL;
  g_autofree char   *reply = NULL;
  Case               test = { 0 };
  const guint8      *end = size > HEAD ? memchr (data + HEAD, 0, size - HEAD)
                                       : NULL;
  const guint8      *next;
  gboolean           stream;

  if (end == NULL)
    return 0;
  next = memchr (end + 1, 0, size - (gsize) (end + 1 - data));
  if (next == NULL)
    return 0;

  verb = g_strdup ((const char *) data + HEAD);
  reply = g_strdup ((const char *) end + 1);
  test = (Case){ .id = ids[data[0] % G_N_ELEMENTS (ids)],
                 .verb = verb,
                 .reply = reply,
                 .nth = 1 + data[2] % 4,
                 .every = (data[2] & 0x80) != 0,
                 .input = next + 1,
                 .len = size - (gsize) (next + 1 - data) };
  stream = strcmp (test.id, "tftp") != 0;
  whole = run (&test, MAX (test.len, 1));
  if (whole == NULL || !stream)
    return 0;

  if (g_bytes_get_size (whole) > 0)
    g_assert (memcmp ((const char *) g_bytes_get_data (whole, NULL) +
                          g_bytes_get_size (whole) - 2,
                      "\r\n", 2) == 0);
  parts = run (&test, 1 + data[1] % 16);
  g_assert (g_bytes_equal (whole, parts));

  return 0;
}
