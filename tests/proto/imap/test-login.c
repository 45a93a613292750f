/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logging in: each mechanism between our client and our server, with and
 * without the initial response; what is offered and refused, and what a
 * server that needs TLS says in clear. */

#include "pump.h"

#include "proto/imap/protocol.h"

#include <string.h>

typedef struct
{
  const char *mechanisms;
  gboolean    needs_tls;
  gboolean    secure;
} Setting;

static PcEngine *
make_server (PcMailStore *store,
             Setting      setting)
{
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1,
                            .needs_tls = setting.needs_tls,
                            .secure = setting.secure,
                            .mechanisms = setting.mechanisms };
  PcEngine      *server = pc_imap_protocol.server_new (&config);

  pc_engine_start (server, NOW);
  return server;
}

#define PRIVACY "NO [PRIVACYREQUIRED] Passwords are taken under TLS only\r\n"
#define WRONG "NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n"
#define UNKNOWN "NO [CANNOT] CAPABILITY tells the mechanisms there are\r\n"
#define BROKEN "BAD That is not base64, or not your turn\r\n"

static const struct {
  Setting     setting;
  const char *offer; /* in the greeting; NULL: none */
  const char *said;
  const char *answer; /* up to the end, or to "[CAPABILITY" */
} offers[] = {
  { { NULL, FALSE, FALSE },
    " AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256]",
    "a AUTHENTICATE LOGIN\r\nYWxleA==\r\ncG9ydGNhbGw=\r\n",
    "+ VXNlcm5hbWU6\r\n+ UGFzc3dvcmQ6\r\na OK " },
  { { "scram-sha-256", FALSE, FALSE }, " AUTH=SCRAM-SHA-256]",
    "a AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "a " UNKNOWN },
  { { "PLAIN", FALSE, FALSE }, " AUTH=PLAIN]",
    "a AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "a OK " },
  { { "", FALSE, FALSE }, NULL,
    "a AUTHENTICATE LOGIN\r\n", "a " UNKNOWN },
  { { NULL, FALSE, FALSE }, " AUTH=SCRAM-SHA-256]",
    "a AUTHENTICATE LOGIN YWxleA==\r\nY\r\nb AUTHENTICATE LOGIN\r\n*\r\n"
    "c AUTHENTICATE CRAM-MD5 YWxleA==\r\n"
    "d AUTHENTICATE LOGIN YWxleA==\r\nd3Jvbmc=\r\n",
    "+ UGFzc3dvcmQ6\r\na " BROKEN "+ VXNlcm5hbWU6\r\n"
    "b BAD Cancelled, as asked\r\nc " BROKEN "+ UGFzc3dvcmQ6\r\nd " WRONG },
  { { NULL, TRUE, FALSE }, " LOGINDISABLED]",
    "a LOGIN alex portcall\r\nb AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
    "c AUTHENTICATE SCRAM-SHA-256\r\nd LOGIN alex\r\ne SELECT INBOX\r\n",
    "a " PRIVACY "b " PRIVACY "c " PRIVACY
    "d BAD LOGIN takes a user name and a password\r\n"
    "e BAD Log in first\r\n" },
  { { NULL, TRUE, TRUE }, " AUTH=SCRAM-SHA-256]",
    "a LOGIN alex portcall\r\n", "a OK " },
};

static void
test_offers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++) {
    g_autoptr (PcMailStore) store = world_new ();
    g_autoptr (PcEngine)    server = make_server (store, offers[i].setting);
    g_autofree char        *greeting = take_output (server);
    g_autofree char        *answer = NULL;
    char                   *code;

    g_test_message ("offer %u", i);
    if (offers[i].offer != NULL)
      g_assert_nonnull (strstr (greeting, offers[i].offer));
    else
      g_assert_null (strstr (greeting, "AUTH="));
    answer = say (server, offers[i].said);
    code = strstr (answer, "[CAPABILITY");
    if (code != NULL) {
      g_assert_null (strstr (code, "AUTH="));
      *code = '\0';
    }
    g_assert_cmpstr (answer, ==, offers[i].answer);
  }
}

/* The password is nowhere in what an onlooker is shown. */
static void
check_units (Pump       *pump,
             const char *shown)
{
  g_autoptr (GString) rules = g_string_new (NULL);

  for (guint i = 0; i < pump->units->len; i++) {
    const PcUnit *unit = g_ptr_array_index (pump->units, i);

    g_string_append_printf (rules, "%s ", unit->rule);
    for (guint k = 0; k < pc_unit_get_n_fields (unit); k++)
      g_assert_null (strstr (pc_unit_get_field (unit, k)->value, "portcall"));
  }
  g_test_message ("%s", rules->str);
  g_assert_nonnull (strstr (rules->str, shown));
}

static const struct {
  const char *mechanism;
  const char *initial;
  const char *shown;
} mechanisms[] = {
  { "plain", "yes", "imap.authenticate imap.authenticate.ok " },
  { "plain", "no",
    "imap.authenticate imap.continue.sasl imap.sasl imap.authenticate.ok " },
  { "login", "yes",
    "imap.authenticate imap.continue.sasl imap.sasl imap.continue.sasl "
    "imap.sasl imap.authenticate.ok " },
  { "cram-md5", "yes",
    "imap.authenticate imap.sasl.stamp imap.sasl.digest "
    "imap.authenticate.ok " },
  { "scram-sha-256", "yes",
    "imap.authenticate imap.sasl.salt imap.sasl.proof imap.sasl.signature "
    "imap.sasl.end imap.authenticate.ok " },
  { "SCRAM-SHA-256", "no",
    "imap.authenticate imap.continue.sasl imap.sasl.first imap.sasl.salt "
    "imap.sasl.proof imap.sasl.signature imap.sasl.end "
    "imap.authenticate.ok " },
};

static void
test_mechanisms (void)
{
  static const gsize portions[] = { 0, 1, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    for (guint k = 0; k < G_N_ELEMENTS (portions); k++) {
      g_autoptr (PcMailStore) store = world_new ();
      g_autoptr (Pump)        pump = pump_new (store, 1, portions[k]);
      g_autoptr (PcEvent)     greeting = NULL;
      g_autoptr (PcEvent)     wrong = NULL;
      g_autoptr (PcEvent)     right = NULL;

      g_test_message ("%s", mechanisms[i].mechanism);
      pump_run (pump);
      greeting = pc_engine_next_event (pump->client);
      wrong = pump_act (pump, "authenticate", "user", "alex", "password",
                        "wrong", "mechanism", mechanisms[i].mechanism,
                        "initial", mechanisms[i].initial, NULL);
      g_assert_cmpint (wrong->kind, ==, PC_EVENT_REFUSED);
      right = pump_act (pump, "authenticate", "user", "alex", "password",
                        "portcall", "mechanism", mechanisms[i].mechanism,
                        "initial", mechanisms[i].initial, NULL);
      g_assert_cmpint (right->kind, ==, PC_EVENT_DONE);
      g_assert_cmpstr (pc_engine_get_state (pump->client), ==,
                       "Authenticated");
      check_units (pump, mechanisms[i].shown);
    }
}

/* The strongest that is offered, when none is named. */
static void
test_strongest (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (Pump)        pump = pump_new (store, 1, 0);
  g_autoptr (PcEvent)     greeting = NULL;
  g_autoptr (PcEvent)     done = NULL;

  pump_run (pump);
  greeting = pc_engine_next_event (pump->client);
  done = pump_act (pump, "authenticate", "user", "alex", "password",
                   "portcall", NULL);
  g_assert_cmpint (done->kind, ==, PC_EVENT_DONE);
  check_units (pump, "imap.sasl.signature");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/login/offers", test_offers);
  g_test_add_func ("/imap/login/mechanisms", test_mechanisms);
  g_test_add_func ("/imap/login/strongest", test_strongest);
  return g_test_run ();
}
