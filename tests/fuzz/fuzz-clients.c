/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to clients in place of a server's answers.
 *
 * The first octet chooses the protocol, the second the first action, the third
 * the size of the portions.  Whenever the client is idle it begins the next of
 * its actions.  What it tells its owner is UTF-8, and the same octets in one
 * portion make it say the same. */

#include "base/limits.h"
#include "proto/registry.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const struct
{
  const char *id;
  const char *greeting;
} servers[] = {
  { "imap", "* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN "
            "AUTH=SCRAM-SHA-256 IDLE] hello\r\n" },
  { "imap", "" },
  { "pop3", "+OK hello <1.2@mail.example.test>\r\n" },
  { "pop3", "" },
  { "smtp", "220 mail.example.test ESMTP\r\n" },
  { "smtp", "" },
};

static const struct
{
  const char *name;
  const char *value;
} values[] = {
  { "set", "1:*" },       { "items", "(FLAGS BODY[])" }, { "number", "1" },
  { "lines", "1" },       { "flags", "\\Seen" },         { "size", "1" },
  { "from", "a@b.test" }, { "to", "a@b.test,c@d.test" }, { "criteria", "ALL" },
  { "line", "x1 NOOP" },  { "name", "pc.test" },
};

static const char *
get_value (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (values[i].name, name) == 0)
      return values[i].value;

  return "x";
}

static void
act (PcEngine           *client,
     const PcActionSpec *spec)
{
  g_autoptr (PcAction) action = pc_action_new (spec->name);
  g_auto (GStrv) names = g_strsplit (spec->required, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      pc_action_set (action, names[i], get_value (names[i]));
  pc_action_set_data (action, "A: b\r\n\r\n.c\r\n", 12);
  pc_engine_act (client, NOW, action, NULL);
}

static void
drain (PcEngine *client,
       GString  *log)
{
  PcBytes *out = pc_engine_get_output (client);
  PcEvent *event;
  gsize    len;

  g_string_append_len (log, (const char *) pc_bytes_peek (out, &len),
                       (gssize) pc_bytes_get_size (out));
  pc_bytes_consume (out, pc_bytes_get_size (out));
  while ((event = pc_engine_next_event (client)) != NULL) {
    g_assert (event->text == NULL || g_utf8_validate (event->text, -1, NULL));
    g_string_append_printf (log, "[%d %s %" G_GSIZE_FORMAT "]\n", event->kind,
                            event->text,
                            event->data != NULL
                                ? g_bytes_get_size (event->data)
                                : 0);
    pc_event_free (event);
  }
}

/* Line by line, so that an action begins at the same place however the octets
 * are cut. */
static char *
run (guint         which,
     guint         first,
     const guint8 *data,
     gsize         size,
     gsize         step)
{
  const PcProtocol *protocol = pc_registry_find (servers[which].id);
  PcClientConfig    config = { .host = "phone.example.test",
                               .server_host = "mail.example.test" };
  g_autoptr (PcEngine) client = protocol->client_new (&config);
  GString *log = g_string_new (NULL);
  guint    n = 0;

  while (protocol->actions[n].name != NULL)
    n++;
  pc_engine_start (client, NOW);
  pc_engine_feed (client, NOW, 0, (const guint8 *) servers[which].greeting,
                  strlen (servers[which].greeting));
  for (gsize at = 0; at < size;) {
    const guint8 *lf = memchr (data + at, '\n', size - at);
    gsize         end = lf == NULL ? size : (gsize) (lf - data) + 1;

    if (pc_engine_is_idle (client))
      act (client, &protocol->actions[first++ % n]);
    for (; at < end; at += MIN (step, end - at)) {
      gsize              len = MIN (step, end - at);
      g_autofree guint8 *copy = g_memdup2 (data + at, len);

      pc_engine_feed (client, NOW, 0, copy, len);
    }
    drain (client, log);
  }
  if (size % 2 == 0 && pc_engine_get_deadline (client) < PC_ENGINE_NEVER)
    pc_engine_wake (client, pc_engine_get_deadline (client));
  pc_engine_eof (client, NOW);
  drain (client, log);

  return g_string_free (log, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *whole = NULL;
  g_autofree char *parts = NULL;
  guint            which, first;
  gsize            step;

  if (size < 4)
    return 0;
  which = data[0] % G_N_ELEMENTS (servers);
  first = data[1];
  step = 1 + data[2] % 16;
  data += 3;
  size -= 3;

  whole = run (which, first, data, size, size);
  parts = run (which, first, data, size, step);
  g_assert (strcmp (whole, parts) == 0);

  return 0;
}
