/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text that somebody made to do harm: line ends in what a client is asked to
 * send, and in what comes from a peer, the octets that change how a terminal
 * or a label looks. */

#include "proto/common/engine.h"
#include "proto/registry.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC)

/* -- what we send ---------------------------------------------------------- */

static const struct
{
  const char *id;
  const char *greeting;
} clients[] = {
  { "imap", "* OK hello\r\n" },
  { "pop3", "+OK hello <1.2@mail.example.test>\r\n" },
  { "smtp", "220 mail.example.test ESMTP\r\n" },
  { "tftp", NULL },
};

/* Something that works for a parameter of this name. */
static const struct
{
  const char *name;
  const char *value;
} values[] = {
  { "set", "1" },          { "items", "FLAGS" },    { "number", "1" },
  { "lines", "1" },        { "flags", "\\Seen" },   { "size", "1" },
  { "from", "a@b.test" },  { "to", "a@b.test" },    { "criteria", "ALL" },
  { "mechanism", "plain" }, { "line", "NOOP" },     { "uid", "yes" },
  { "silent", "yes" },     { "mode", "add" },       { "name", "pc.test" },
  { "blksize", "512" },    { "timeout", "3" },      { "windowsize", "4" },
  { "text", "x" },         { "pattern", "*" },      { "reference", "" },
  { "octets", "00 04 00 01" },
};

static const char *const injections[] = {
  "a\r\nQUIT", "a\nQUIT", "a\rQUIT", "\r\n", "\n", "a\r\n.\r\nQUIT\r\n",
  "1\r\nx DELETE INBOX", "<a@b.test>\r\nRCPT TO:<c@d.test>",
  "a@b.test> BODY=8BITMIME\r\nDATA", "\"\r\n", "{3}\r\nabc",
};

static const char *
get_value (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (values[i].name, name) == 0)
      return values[i].value;

  return "x";
}

static PcEngine *
make_client (const PcProtocol *protocol,
             const char       *greeting)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test",
                            .server_port = 69 };
  PcEngine      *client = protocol->client_new (&config);

  pc_engine_start (client, NOW);
  if (greeting != NULL)
    pc_engine_feed (client, NOW, 0, (const guint8 *) greeting,
                    strlen (greeting));
  g_assert_true (pc_engine_is_idle (client));
  return client;
}

static void
set_all (PcAction   *action,
         const char *names,
         gboolean    required)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);

  for (guint i = 0; required && words[i] != NULL; i++)
    if (*words[i] != '\0')
      pc_action_set (action, words[i], get_value (words[i]));
}

static void
check_parameter (const PcProtocol   *protocol,
                 const char         *greeting,
                 const PcActionSpec *spec,
                 const char         *param)
{
  for (guint i = 0; i < G_N_ELEMENTS (injections); i++) {
    g_autoptr (PcEngine) client = make_client (protocol, greeting);
    g_autoptr (PcAction) action = pc_action_new (spec->name);
    g_autoptr (PcDatagram) datagram = NULL;
    g_autoptr (GError)     error = NULL;

    g_test_message ("%s %s %s: row %u", protocol->id, spec->name, param, i);
    set_all (action, spec->required, TRUE);
    pc_action_set (action, param, injections[i]);
    pc_action_set_data (action, "x\r\n", 3);
    g_assert_false (pc_engine_act (client, NOW, action, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (client)), ==,
                      0);
    datagram = pc_engine_next_datagram (client);
    g_assert_null (datagram);
    g_assert_true (pc_engine_is_idle (client));
  }
}

/* Without the hostile value the same would have been sent. */
static void
check_harmless (const PcProtocol   *protocol,
                const char         *greeting,
                const PcActionSpec *spec)
{
  g_autoptr (PcEngine) client = make_client (protocol, greeting);
  g_autoptr (PcAction) action = pc_action_new (spec->name);
  g_autoptr (GError)   error = NULL;

  g_test_message ("%s %s", protocol->id, spec->name);
  set_all (action, spec->required, TRUE);
  pc_action_set_data (action, "x\r\n", 3);
  pc_engine_act (client, NOW, action, &error);
  if (strcmp (spec->name, "done") != 0) /* nothing idles yet */
    g_assert_no_error (error);
}

static void
test_parameters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++) {
    const PcProtocol *protocol = pc_registry_find (clients[i].id);

    for (const PcActionSpec *spec = protocol->actions; spec->name != NULL;
         spec++) {
      g_autofree char *all = g_strjoin (" ", spec->required, spec->optional,
                                        NULL);
      g_auto (GStrv) names = g_strsplit (all, " ", -1);

      check_harmless (protocol, clients[i].greeting, spec);
      for (guint k = 0; names[k] != NULL; k++)
        if (*names[k] != '\0')
          check_parameter (protocol, clients[i].greeting, spec, names[k]);
    }
  }
}

/* -- what we are sent ------------------------------------------------------ */

static const char *const nasty[] = {
  "\033[31mred\033]0;title\a", /* ECMA-48: colours, a window's title */
  "\302\233" "31m",            /* C1: the same in one character */
  "\342\200\256evil",          /* U+202E: right to left */
  "\342\201\246x\342\201\251", /* U+2066, U+2069 */
  "\342\200\217\342\200\216",  /* marks of direction */
  "\177\b\b\v\f",
  "\377\376\300\200",          /* no UTF-8 */
  "\357\273\277\342\200\213",  /* of no width */
  "<b>x</b>&amp;<span size='99999'>",
};

/* "%" stands for the nasty text. */
static const struct
{
  const char *id;
  const char *client;
  const char *server; /* NULL: the client's octets come first */
} talks[] = {
  { "imap", "", "* OK %\r\n" },
  { "imap", "", "* BYE %\r\n" },
  { "imap", "", "% hello\r\n" },
  { "imap", "a LOGIN \"%\" \"%\"\r\n", "* OK x\r\n" },
  { "imap", "% NOOP\r\n", "* OK x\r\n" },
  { "imap", "a %\r\n", "* OK x\r\na BAD %\r\n" },
  { "imap", "a LIST \"\" *\r\n",
    "* OK x\r\n* LIST (\\%) \"/\" \"%\"\r\na OK %\r\n" },
  { "imap", "a FETCH 1 ENVELOPE\r\n",
    "* OK x\r\n* 1 FETCH (ENVELOPE (\"%\" \"%\" NIL NIL NIL ((\"%\" NIL \"%\" "
    "\"%\")) NIL NIL NIL NIL))\r\n" },
  { "imap", "a FETCH 1 BODYSTRUCTURE\r\n",
    "* OK x\r\n* 1 FETCH (BODYSTRUCTURE (\"text\" \"%\" (\"name\" \"%\") NIL "
    "NIL \"%\" 1 1))\r\n" },
  { "imap", "a SELECT \"%\"\r\n", "* OK x\r\na NO [%] %\r\n" },
  { "pop3", "", "+OK %\r\n" },
  { "pop3", "", "-ERR %\r\n" },
  { "pop3", "", "%\r\n" },
  { "pop3", "USER %\r\nPASS %\r\n", "+OK x\r\n" },
  { "pop3", "UIDL\r\n", "+OK x\r\n+OK\r\n1 %\r\n.\r\n" },
  { "pop3", "RETR 1\r\n", "+OK x\r\n+OK %\r\nSubject: %\r\n\r\n%\r\n.\r\n" },
  { "pop3", "CAPA\r\n", "+OK x\r\n+OK %\r\n%\r\n.\r\n" },
  { "pop3", "%\r\n", "+OK x\r\n-ERR %\r\n" },
  { "smtp", "", "220 %\r\n" },
  { "smtp", "", "220-%\r\n220 %\r\n" },
  { "smtp", "", "554 %\r\n" },
  { "smtp", "EHLO %\r\n", "220 x\r\n250-% %\r\n250 %\r\n" },
  { "smtp", "MAIL FROM:<%@%> %=%\r\n", "220 x\r\n250 %\r\n" },
  { "smtp", "RCPT TO:<\"%\"@b.test>\r\n", "220 x\r\n550 5.1.1 <%>\r\n" },
  { "smtp", "%\r\n", "220 x\r\n500 %\r\n" },
  { "tftp", "\0\1%\0octet\0", NULL },
};

static GBytes *
expand (const char *format,
        gsize       len,
        const char *text)
{
  GByteArray *out = g_byte_array_new ();

  for (gsize i = 0; i < len; i++)
    if (format[i] == '%')
      g_byte_array_append (out, (const guint8 *) text,
                           (guint) strlen (text));
    else
      g_byte_array_append (out, (const guint8 *) format + i, 1);

  return g_byte_array_free_to_bytes (out);
}

static gboolean
is_safe (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x20 || (c >= 0x7f && c < 0xa0) ||
        g_unichar_type (c) == G_UNICODE_FORMAT ||
        g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR ||
        g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
      return FALSE;
  }

  return TRUE;
}

static void
feed_lines (PcObserver *observer,
            PcSide      side,
            GBytes     *bytes,
            gboolean    first)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  const guint8 *lf = len > 0 ? memchr (data, '\n', len) : NULL;
  gsize         head = lf != NULL ? (gsize) (lf - data) + 1 : len;

  if (first)
    pc_observer_feed (observer, side, 0, data, head);
  else if (len > head)
    pc_observer_feed (observer, side, 0, data + head, len - head);
}

static guint
check_units (PcObserver *observer)
{
  PcUnit *unit;
  guint   n = 0;

  while ((unit = pc_observer_next (observer)) != NULL) {
    g_assert_true (is_safe (pc_unit_get_summary (unit)));
    for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
      const PcField *field = pc_unit_get_field (unit, i);

      if (!is_safe (field->value))
        g_test_message ("%s: %s", unit->rule, field->label);
      g_assert_true (is_safe (field->value));
    }
    n++;
    pc_unit_free (unit);
  }

  return n;
}

static void
test_units (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (talks); i++)
    for (guint k = 0; k < G_N_ELEMENTS (nasty); k++) {
      const PcProtocol *protocol = pc_registry_find (talks[i].id);
      g_autoptr (PcObserver) observer = protocol->observer_new ();
      gboolean           datagram = talks[i].server == NULL;
      const char        *said = datagram ? "" : talks[i].server;
      g_autoptr (GBytes) client = NULL;
      g_autoptr (GBytes) server = expand (said, strlen (said), nasty[k]);

      client = expand (talks[i].client,
                       datagram ? 10 : strlen (talks[i].client), nasty[k]);
      g_test_message ("%s: row %u, text %u", talks[i].id, i, k);
      if (datagram) {
        gsize         len;
        const guint8 *data = g_bytes_get_data (client, &len);

        pc_observer_feed (observer, PC_SIDE_CLIENT, 50000, data, len);
      } else {
        /* The greeting, then the client, then the answers. */
        feed_lines (observer, PC_SIDE_SERVER, server, TRUE);
        feed_lines (observer, PC_SIDE_CLIENT, client, TRUE);
        feed_lines (observer, PC_SIDE_CLIENT, client, FALSE);
        feed_lines (observer, PC_SIDE_SERVER, server, FALSE);
      }
      pc_observer_finish (observer, PC_SIDE_CLIENT);
      pc_observer_finish (observer, PC_SIDE_SERVER);
      g_assert_cmpuint (check_units (observer), >, 0);
    }
}

/* What a client tells its owner goes to terminals and labels as well. */
static const struct
{
  const char *id;
  const char *greeting;
  const char *reply;
} refusals[] = {
  { "imap", "* OK %\r\n", "* BYE %\r\n" },
  { "imap", "* BYE %\r\n", "" },
  { "imap", "%\r\n", "" },
  { "imap", "* OK %\r\n", "* NO %\r\na1 NO [%] %\r\n" },
  { "imap", "* OK %\r\n", "% BAD %\r\n" },
  { "pop3", "+OK %\r\n", "-ERR %\r\n" },
  { "pop3", "-ERR %\r\n", "" },
  { "pop3", "%\r\n", "" },
  { "smtp", "220 %\r\n", "550-%\r\n550 %\r\n" },
  { "smtp", "554 %\r\n", "" },
  { "smtp", "%\r\n", "" },
};

static gboolean
is_safe_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_safe (lines[i]))
      return FALSE;

  return TRUE;
}

static void
test_events (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    for (guint k = 0; k < G_N_ELEMENTS (nasty); k++) {
      const PcProtocol *protocol = pc_registry_find (refusals[i].id);
      PcClientConfig    config = { .host = "phone.example.test" };
      g_autoptr (PcEngine) client = protocol->client_new (&config);
      g_autoptr (PcAction) noop = pc_action_new ("noop");
      g_autoptr (GBytes)   greeting = NULL;
      g_autoptr (GBytes)   reply = NULL;
      PcEvent             *event;
      guint                n = 0;

      g_test_message ("%s: row %u, text %u", refusals[i].id, i, k);
      greeting = expand (refusals[i].greeting, strlen (refusals[i].greeting),
                         nasty[k]);
      reply = expand (refusals[i].reply, strlen (refusals[i].reply),
                      nasty[k]);
      pc_engine_start (client, NOW);
      pc_engine_feed (client, NOW, 0, g_bytes_get_data (greeting, NULL),
                      g_bytes_get_size (greeting));
      if (pc_engine_is_idle (client))
        g_assert_true (pc_engine_act (client, NOW, noop, NULL));
      pc_engine_feed (client, NOW, 0, g_bytes_get_data (reply, NULL),
                      g_bytes_get_size (reply));
      while ((event = pc_engine_next_event (client)) != NULL) {
        if (event->kind != PC_EVENT_ITEM && event->text != NULL)
          g_assert_true (is_safe_text (event->text));
        n++;
        pc_event_free (event);
      }
      g_assert_cmpuint (n, >, 0);
    }
}

/* -- before TLS ------------------------------------------------------------ */

/* Who wants TLS gives no password before it is there, whatever the server
 * says, and lets nobody log it in without. */
static void
test_needs_tls (void)
{
  for (guint i = 0; i < 3; i++) {
    const PcProtocol *protocol = pc_registry_find (clients[i].id);

    for (guint secure = 0; secure < 2; secure++) {
      PcClientConfig config = { .host = "phone.example.test",
                                .secure = secure,
                                .needs_tls = TRUE };
      guint n = 0;

      for (const PcActionSpec *spec = protocol->actions; spec->name != NULL;
           spec++) {
        g_autoptr (PcEngine) client = protocol->client_new (&config);
        g_autoptr (PcAction) action = pc_action_new (spec->name);
        g_autoptr (PcEvent)  greeted = NULL;
        g_autoptr (PcEvent)  refused = NULL;

        if (!pc_action_spec_has_param (spec, "password", NULL))
          continue;
        g_test_message ("%s %s, %u", protocol->id, spec->name, secure);
        pc_engine_start (client, NOW);
        pc_engine_feed (client, NOW, 0, (const guint8 *) clients[i].greeting,
                        strlen (clients[i].greeting));
        set_all (action, spec->required, TRUE);
        greeted = pc_engine_next_event (client);
        g_assert_true (pc_engine_act (client, NOW, action, NULL));
        refused = pc_engine_next_event (client);
        g_assert_cmpint (refused == NULL, ==, secure);
        g_assert_true (refused == NULL || refused->kind == PC_EVENT_REFUSED);
        g_assert_cmpint (
            pc_bytes_get_size (pc_engine_get_output (client)) > 0, ==,
            secure);
        n++;
      }
      g_assert_cmpuint (n, >, 0);
    }
  }
}

static void
test_preauth (void)
{
  static const char greeting[] = "* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n";

  for (guint i = 0; i < 4; i++) {
    PcClientConfig config = { .host = "phone.example.test",
                              .secure = (i & 1) != 0,
                              .needs_tls = (i & 2) != 0 };
    g_autoptr (PcEngine) client =
        pc_registry_find ("imap")->client_new (&config);

    pc_engine_start (client, NOW);
    pc_engine_feed (client, NOW, 0, (const guint8 *) greeting,
                    strlen (greeting));
    g_assert_cmpint (pc_engine_get_status (client), ==,
                     i == 2 ? PC_ENGINE_FAILED : PC_ENGINE_RUNNING);
  }
}

/* What stands behind a reply answers nothing; least of all the next command. */
static const struct
{
  const char *id;
  const char *greeting; /* and what came with it */
  gboolean    ends;
} unasked[] = {
  { "pop3", "+OK hello\r\n+OK logged in\r\n", TRUE },
  { "pop3", "+OK hello\r\n-ERR no\r\n", TRUE },
  { "pop3", "+OK hello\r\nrubbish\r\n", TRUE },
  { "smtp", "220 hello\r\n250 ok\r\n", TRUE },
  { "smtp", "220 hello\r\n235 in\r\n", TRUE },
  { "smtp", "220 hello\r\n421 bye\r\n", TRUE },
  { "smtp", "220 hello\r\nrubbish\r\n", TRUE },
  { "imap", "* OK hello\r\na1 OK done\r\n", FALSE },
  { "imap", "* OK hello\r\n+ go\r\n", FALSE },
  { "imap", "* OK hello\r\n* 4 EXISTS\r\n", FALSE },
  { "imap", "* OK hello\r\n* BYE x\r\n", FALSE }, /* it closes */
};

static void
test_unasked (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unasked); i++) {
    const PcProtocol *protocol = pc_registry_find (unasked[i].id);
    PcClientConfig    config = { .host = "phone.example.test" };
    g_autoptr (PcEngine) client = protocol->client_new (&config);
    g_autoptr (PcAction) noop = pc_action_new ("noop");

    g_test_message ("row %u", i);
    pc_engine_start (client, NOW);
    pc_engine_feed (client, NOW, 0, (const guint8 *) unasked[i].greeting,
                    strlen (unasked[i].greeting));
    g_assert_cmpint (pc_engine_get_status (client) != PC_ENGINE_RUNNING, ==,
                     unasked[i].ends);
    if (unasked[i].ends)
      continue;

    /* It does not stand for the answer that is still to come. */
    g_assert_true (pc_engine_act (client, NOW, noop, NULL));
    g_assert_false (pc_engine_is_idle (client));
    pc_engine_feed (client, NOW, 0, (const guint8 *) "* 5 EXISTS\r\n", 12);
    g_assert_false (pc_engine_is_idle (client));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/parameters", test_parameters);
  g_test_add_func ("/hostile/units", test_units);
  g_test_add_func ("/hostile/events", test_events);
  g_test_add_func ("/hostile/needs-tls", test_needs_tls);
  g_test_add_func ("/hostile/preauth", test_preauth);
  g_test_add_func ("/hostile/unasked", test_unasked);

  return g_test_run ();
}
