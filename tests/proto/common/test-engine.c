/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all engines share: what is passed on and when, and what is kept. */

#include "proto/common/engine.h"

#include "base/limits.h"

#include <string.h>

/* Writes down what it was called with. */
typedef struct
{
  PcEngine base;
  GString *log;
} Engine;

static void
note (PcEngine   *engine,
      const char *what)
{
  g_string_append_printf (((Engine *) engine)->log, "%s ", what);
}

static void
engine_free (PcEngine *engine)
{
  g_string_free (((Engine *) engine)->log, TRUE);
  pc_engine_deinit (engine);
  g_free (engine);
}

static void
engine_start (PcEngine *engine,
              gint64    now)
{
  note (engine, "start");
}

static void
engine_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  note (engine, "feed");
}

static void
engine_eof (PcEngine *engine,
            gint64    now)
{
  note (engine, "eof");
}

static void
engine_secured (PcEngine *engine,
                gint64    now)
{
  note (engine, "secured");
}

static void
engine_wake (PcEngine *engine,
             gint64    now)
{
  note (engine, "wake");
}

static gint64
engine_deadline (const PcEngine *engine)
{
  return 42;
}

static const char *
engine_state (const PcEngine *engine)
{
  return "Ready";
}

static gboolean
engine_act (PcEngine       *engine,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  note (engine, "act");
  engine->busy = TRUE;
  return TRUE;
}

static void
engine_answer (PcEngine    *engine,
               gint64       now,
               PcFileStatus status,
               GBytes      *content)
{
  note (engine, "answer");
}

static const PcEngineClass klass = {
  "test-client",
  engine_free,
  engine_start,
  engine_feed,
  engine_eof,
  engine_secured,
  engine_wake,
  engine_deadline,
  engine_state,
  engine_act,
  engine_answer,
};

/* Without what is optional. */
static const PcEngineClass bare = { .name = "test-server",
                                    .free = engine_free,
                                    .feed = engine_feed,
                                    .eof = engine_eof,
                                    .state = engine_state };

static Engine *
make_engine (const PcEngineClass *of)
{
  Engine *self = g_new0 (Engine, 1);

  pc_engine_init (&self->base, of);
  self->log = g_string_new (NULL);
  return self;
}

static void
call_all (PcEngine *engine)
{
  pc_engine_start (engine, 1);
  pc_engine_feed (engine, 2, 0, (const guint8 *) "x", 1);
  pc_engine_wake (engine, 3);
  if (engine->klass->answer != NULL)
    pc_engine_answer (engine, 4, PC_FILE_OK, NULL);
  pc_engine_eof (engine, 5);
}

static void
test_passed_on (void)
{
  Engine *self = make_engine (&klass);
  Engine *other = make_engine (&bare);

  call_all (&self->base);
  g_assert_cmpstr (self->log->str, ==, "start feed wake answer eof ");
  g_assert_cmpstr (pc_engine_get_state (&self->base), ==, "Ready");
  g_assert_cmpint (pc_engine_get_deadline (&self->base), ==, 42);

  call_all (&other->base);
  g_assert_cmpstr (other->log->str, ==, "feed eof ");
  g_assert_cmpint (pc_engine_get_deadline (&other->base), ==,
                   PC_ENGINE_NEVER);

  pc_engine_free (&self->base);
  pc_engine_free (&other->base);
  pc_engine_free (NULL);
}

/* What arrives between the agreement on TLS and the handshake is not heard. */
static void
test_barrier (void)
{
  Engine *self = make_engine (&klass);

  g_assert_cmpint (pc_engine_get_security (&self->base), ==,
                   PC_SECURITY_CLEAR);
  pc_engine_want_tls (&self->base);
  pc_engine_feed (&self->base, 1, 0, (const guint8 *) "injected", 8);
  g_assert_cmpstr (self->log->str, ==, "");
  pc_engine_secured (&self->base, 2);
  pc_engine_feed (&self->base, 3, 0, (const guint8 *) "x", 1);
  g_assert_cmpstr (self->log->str, ==, "secured feed ");
  g_assert_cmpint (pc_engine_get_security (&self->base), ==, PC_SECURITY_ON);

  pc_engine_free (&self->base);
}

/* An engine that is closing or failed hears nothing more. */
static void
test_closed (void)
{
  static const PcEngineStatus statuses[] = { PC_ENGINE_CLOSING,
                                             PC_ENGINE_FAILED };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    Engine *self = make_engine (&klass);
    g_autoptr (PcAction) action = pc_action_new ("x");
    g_autoptr (GError) error = NULL;

    self->base.status = statuses[i];
    call_all (&self->base);
    g_assert_cmpstr (self->log->str, ==, "start ");
    g_assert_cmpint (pc_engine_get_status (&self->base), ==, statuses[i]);
    g_assert_cmpint (pc_engine_get_deadline (&self->base), ==,
                     PC_ENGINE_NEVER);
    g_assert_false (pc_engine_is_idle (&self->base));
    g_assert_false (pc_engine_act (&self->base, 1, action, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY);
    pc_engine_free (&self->base);
  }
}

static void
test_actions (void)
{
  Engine *self = make_engine (&klass);
  g_autoptr (PcAction) action = pc_action_new ("login");
  g_autoptr (GError) error = NULL;
  g_autoptr (PcEvent) event = NULL;

  g_assert_true (pc_engine_is_idle (&self->base));
  g_assert_true (pc_engine_act (&self->base, 1, action, &error));
  g_assert_false (pc_engine_is_idle (&self->base));
  g_assert_false (pc_engine_act (&self->base, 1, action, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "login"));

  g_assert_null (pc_engine_next_event (&self->base));
  pc_engine_finish_action (&self->base, PC_EVENT_REFUSED, "no");
  g_assert_true (pc_engine_is_idle (&self->base));
  event = pc_engine_next_event (&self->base);
  g_assert_cmpint (event->kind, ==, PC_EVENT_REFUSED);
  g_assert_cmpstr (event->text, ==, "no");
  g_assert_null (pc_engine_next_event (&self->base));
  pc_engine_free (&self->base);
}

static void
test_events (void)
{
  Engine *self = make_engine (&klass);
  g_autoptr (GBytes) data = g_bytes_new_static ("data", 4);
  g_autoptr (PcEvent) first = NULL;
  g_autoptr (PcEvent) second = NULL;

  pc_engine_push_event (&self->base, PC_EVENT_ITEM, "name", data, 7);
  pc_engine_fail (&self->base, "why");
  pc_engine_push_event (&self->base, PC_EVENT_DONE, NULL, NULL, 0);

  first = pc_engine_next_event (&self->base);
  g_assert_cmpint (first->kind, ==, PC_EVENT_ITEM);
  g_assert_cmpstr (first->text, ==, "name");
  g_assert_true (first->data == data);
  g_assert_cmpint (first->number, ==, 7);
  second = pc_engine_next_event (&self->base);
  g_assert_cmpint (second->kind, ==, PC_EVENT_FAILED);
  g_assert_cmpstr (second->text, ==, "why");
  g_assert_cmpint (pc_engine_get_status (&self->base), ==, PC_ENGINE_FAILED);
  /* The third goes with the engine. */
  pc_engine_free (&self->base);
  pc_event_free (NULL);
}

static void
test_datagrams (void)
{
  Engine *self = make_engine (&klass);
  g_autoptr (PcDatagram) first = NULL;

  pc_engine_push_datagram (&self->base, 69, "\0\1x", 3);
  pc_engine_push_datagram (&self->base, 70, "", 0);
  first = pc_engine_next_datagram (&self->base);
  g_assert_cmpuint (first->port, ==, 69);
  g_assert_cmpmem (g_bytes_get_data (first->data, NULL),
                   g_bytes_get_size (first->data), "\0\1x", 3);
  pc_engine_free (&self->base);
  pc_datagram_free (NULL);
}

static void
test_output (void)
{
  Engine       *self = make_engine (&klass);
  const guint8 *data;
  gsize         len;

  pc_engine_send (&self->base, "a\0b", 3);
  pc_engine_send_printf (&self->base, " %d%s\r\n", 25, "%");
  data = pc_bytes_peek (pc_engine_get_output (&self->base), &len);
  g_assert_cmpmem (data, len, "a\0b 25%\r\n", 9);
  pc_engine_free (&self->base);
}

/* A peer that takes nothing does not take our memory either. */
static void
test_output_limit (void)
{
  Engine          *self = make_engine (&klass);
  g_autofree char *block = g_malloc0 (1024 * 1024);
  g_autoptr (PcEvent) event = NULL;

  for (gsize sent = 0; sent < PC_LIMIT_OUTPUT; sent += 1024 * 1024)
    pc_engine_send (&self->base, block, 1024 * 1024);
  g_assert_cmpint (pc_engine_get_status (&self->base), ==,
                   PC_ENGINE_RUNNING);
  pc_engine_send (&self->base, "x", 1);
  g_assert_cmpint (pc_engine_get_status (&self->base), ==, PC_ENGINE_FAILED);
  event = pc_engine_next_event (&self->base);
  g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
  pc_engine_send (&self->base, "x", 1);
  g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (&self->base)),
                    ==, PC_LIMIT_OUTPUT);
  g_assert_null (pc_engine_next_event (&self->base));
  pc_engine_free (&self->base);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/engine/passed-on", test_passed_on);
  g_test_add_func ("/common/engine/barrier", test_barrier);
  g_test_add_func ("/common/engine/closed", test_closed);
  g_test_add_func ("/common/engine/actions", test_actions);
  g_test_add_func ("/common/engine/events", test_events);
  g_test_add_func ("/common/engine/datagrams", test_datagrams);
  g_test_add_func ("/common/engine/output", test_output);
  g_test_add_func ("/common/engine/output-limit", test_output_limit);

  return g_test_run ();
}
