/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queue of units, and the states that are stamped on them. */

#include "proto/common/observer.h"

#include <string.h>

/* Every octet is a unit; one that is a capital letter becomes the state. */
typedef struct
{
  PcObserver base;
  guint      n_ends;
} Observer;

static guint n_freed;

static void
observer_free (PcObserver *observer)
{
  n_freed++;
  pc_observer_deinit (observer);
  g_free (observer);
}

static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  for (gsize i = 0; i < len; i++) {
    if (data[i] == 'A')
      observer->client_state = "Client in A";
    if (data[i] == 'B')
      observer->server_state = "Server in B";
    pc_observer_emit (observer, pc_unit_new (from, PC_UNIT_DATA, "test.octet",
                                             &data[i], 1));
  }
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  ((Observer *) observer)->n_ends += 1 + from;
}

static const PcObserverClass klass = { observer_free, observer_feed,
                                       observer_finish };

static PcObserver *
make_observer (void)
{
  Observer *self = g_new0 (Observer, 1);

  pc_observer_init (&self->base, &klass, "Client at first",
                    "Server at first");
  return &self->base;
}

static void
test_units (void)
{
  g_autoptr (PcObserver) observer = make_observer ();
  static const struct
  {
    PcSide      from;
    const char *summary;
    const char *client;
    const char *server;
  } rows[] = {
    { PC_SIDE_CLIENT, "x", "Client at first", "Server at first" },
    { PC_SIDE_CLIENT, "A", "Client in A", "Server at first" },
    { PC_SIDE_SERVER, "B", "Client in A", "Server in B" },
  };

  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) "xA", 2);
  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) "B", 1);
  pc_observer_feed (observer, PC_SIDE_SERVER, 0, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcUnit) unit = pc_observer_next (observer);

    g_assert_nonnull (unit);
    g_assert_cmpint (unit->from, ==, rows[i].from);
    g_assert_cmpstr (unit->summary, ==, rows[i].summary);
    g_assert_cmpstr (unit->client_state, ==, rows[i].client);
    g_assert_cmpstr (unit->server_state, ==, rows[i].server);
    g_assert_cmpuint (pc_unit_get_rest (unit), ==, 0);
  }
  g_assert_null (pc_observer_next (observer));
  g_assert_cmpstr (pc_observer_get_state (observer, PC_SIDE_CLIENT), ==,
                   "Client in A");
  g_assert_cmpstr (pc_observer_get_state (observer, PC_SIDE_SERVER), ==,
                   "Server in B");
}

static void
test_finish (void)
{
  g_autoptr (PcObserver) observer = make_observer ();

  pc_observer_finish (observer, PC_SIDE_CLIENT);
  g_assert_cmpuint (((Observer *) observer)->n_ends, ==, 1);
  pc_observer_finish (observer, PC_SIDE_SERVER);
  g_assert_cmpuint (((Observer *) observer)->n_ends, ==, 3);
}

/* Units that nobody took go with it. */
static void
test_free (void)
{
  PcObserver *observer = make_observer ();
  guint       before = n_freed;

  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) "xyz", 3);
  pc_observer_free (observer);
  g_assert_cmpuint (n_freed, ==, before + 1);
  pc_observer_free (NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/observer/units", test_units);
  g_test_add_func ("/common/observer/finish", test_finish);
  g_test_add_func ("/common/observer/free", test_free);

  return g_test_run ();
}
