/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service table: the shipped one is sound and agrees with the system's
 * copy of the IANA registry; broken ones are told apart from sound rows.
 */

#include "quiz/services.h"

#include <string.h>

static PcServices *
load_shipped (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PORTCALL_DATA"),
                                            "services.json", NULL);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcServices *services = pc_services_load (path, problems);

  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *text = pc_problem_format (pc_problems_get (problems, i));

    g_printerr ("%s\n", text);
  }
  g_assert_nonnull (services);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  return services;
}

/* -- the shipped table ----------------------------------------------------- */

typedef struct
{
  const char        *id;
  guint              port;
  PcServiceTransport transport;
  PcServiceMode      mode;
} FactRow;

#define TCP PC_SERVICE_TRANSPORT_TCP
#define UDP PC_SERVICE_TRANSPORT_UDP
#define CLEAR PC_SERVICE_MODE_CLEAR
#define STARTTLS PC_SERVICE_MODE_STARTTLS
#define TLS PC_SERVICE_MODE_IMPLICIT_TLS
#define OWN PC_SERVICE_MODE_OWN

/* At least these services; what the exams and the four protocols need. */
static const FactRow fact_rows[] = {
  { "ftp-data", 20, TCP, CLEAR },
  { "ftp", 21, TCP, STARTTLS },
  { "ssh", 22, TCP, OWN },
  { "telnet", 23, TCP, CLEAR },
  { "smtp", 25, TCP, STARTTLS },
  { "dns", 53, UDP, CLEAR },
  { "dns", 53, TCP, CLEAR },
  { "dhcp", 67, UDP, CLEAR },
  { "dhcp", 68, UDP, CLEAR },
  { "tftp", 69, UDP, CLEAR },
  { "http", 80, TCP, CLEAR },
  { "kerberos", 88, UDP, OWN },
  { "pop3", 110, TCP, STARTTLS },
  { "ntp", 123, UDP, CLEAR },
  { "netbios", 137, UDP, CLEAR },
  { "netbios", 138, UDP, CLEAR },
  { "netbios", 139, TCP, CLEAR },
  { "imap", 143, TCP, STARTTLS },
  { "snmp", 161, UDP, CLEAR },
  { "snmptrap", 162, UDP, CLEAR },
  { "ldap", 389, TCP, STARTTLS },
  { "https", 443, TCP, TLS },
  { "https", 443, UDP, PC_SERVICE_MODE_QUIC },
  { "smb", 445, TCP, OWN },
  { "submissions", 465, TCP, TLS },
  { "syslog", 514, UDP, CLEAR },
  { "submission", 587, TCP, STARTTLS },
  { "ldaps", 636, TCP, TLS },
  { "imaps", 993, TCP, TLS },
  { "pop3s", 995, TCP, TLS },
  { "ms-sql", 1433, TCP, OWN },
  { "rdp", 3389, TCP, OWN },
  { "sip", 5060, UDP, CLEAR },
  { "sips", 5061, TCP, TLS },
};

static void
test_facts (void)
{
  g_autoptr (PcServices) services = load_shipped ();

  g_assert_cmpuint (pc_services_get_n (services), >=, 28);
  for (guint i = 0; i < G_N_ELEMENTS (fact_rows); i++) {
    const FactRow   *fact = &fact_rows[i];
    const PcService *row = pc_services_lookup (services, fact->id);
    gboolean         found = FALSE;

    g_test_message ("row %u: %s %u", i, fact->id, fact->port);
    g_assert_nonnull (row);
    g_assert_true (pc_service_has_port (row, fact->port, fact->transport));
    for (guint j = 0; j < row->n_endpoints; j++) {
      if (row->endpoints[j].port == fact->port &&
          row->endpoints[j].transport == fact->transport)
        found = row->endpoints[j].mode == fact->mode;
    }
    g_assert_true (found);
  }
}

static void
test_lookups (void)
{
  g_autoptr (PcServices) services = load_shipped ();
  g_autoptr (GPtrArray) dns = pc_services_find_port (
      services, 53, PC_SERVICE_TRANSPORT_ANY, FALSE);
  g_autoptr (GPtrArray) imap_udp = pc_services_find_port (services, 143, UDP,
                                                          FALSE);
  g_autoptr (GPtrArray) ftps = pc_services_find_port (services, 990, TCP,
                                                      FALSE);
  g_autoptr (GPtrArray) standard = pc_services_find_port (services, 990, TCP,
                                                          TRUE);

  g_assert_cmpuint (dns->len, ==, 1);
  g_assert_cmpuint (imap_udp->len, ==, 0);
  g_assert_cmpuint (ftps->len, ==, 1);
  g_assert_cmpuint (standard->len, ==, 0);
  g_assert_null (pc_services_lookup (services, "gopher"));
  g_assert_cmpstr (pc_services_lookup (services, "imap")->secure_twin, ==,
                   "imaps");
}

/* -- against the system's registry ----------------------------------------- */

/* Registered by IANA, but left out of Debian's /etc/services or named
 * otherwise there. */
static const char *const system_lacks[] = {
  "ms-wbt-server 3389/udp", /* listed for TCP only */
  "sips 5061/tcp",          /* listed as sip-tls */
  NULL
};

/* "name port/transport" of every name and alias. */
static GHashTable *
read_system (const char *text)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = NULL;
    const char *port = NULL;

    lines[i][strcspn (lines[i], "#")] = '\0';
    words = g_strsplit_set (lines[i], " \t", -1);
    for (guint j = 0; words[j] != NULL && port == NULL; j++)
      port = strchr (words[j], '/') != NULL ? words[j] : NULL;
    for (guint j = 0; port != NULL && words[j] != NULL; j++) {
      if (*words[j] != '\0' && words[j] != port)
        g_hash_table_add (set, g_strdup_printf ("%s %s", words[j], port));
    }
  }
  return set;
}

static void
test_system (void)
{
  g_autoptr (PcServices) services = load_shipped ();
  g_autoptr (GHashTable) set = NULL;
  g_autofree char *text = NULL;
  guint            n_checked = 0;

  if (!g_file_get_contents ("/etc/services", &text, NULL, NULL)) {
    g_test_skip ("there is no /etc/services");
    return;
  }
  set = read_system (text);
  for (guint i = 0; i < pc_services_get_n (services); i++) {
    const PcService *row = pc_services_get (services, i);

    for (guint j = 0; j < row->n_endpoints; j++) {
      const PcServiceEndpoint *endpoint = &row->endpoints[j];
      g_autofree char         *key = g_strdup_printf (
          "%s %u/%s", endpoint->iana_name, endpoint->port,
          pc_service_transport_to_string (endpoint->transport));

      g_test_message ("%s: %s", row->id, key);
      if (g_strv_contains (system_lacks, key))
        continue;
      g_assert_true (g_hash_table_contains (set, key));
      n_checked++;
    }
  }
  g_assert_cmpuint (n_checked, >=, 35);
}

/* -- broken tables --------------------------------------------------------- */

#define ROW(id, rest) \
  "{\"id\":\"" id "\",\"name\":\"N\",\"family\":\"mail\",\"roles\":[\"r\"]," \
  "\"endpoints\":[{\"port\":1,\"transport\":\"tcp\",\"mode\":\"clear\"}]" rest \
  "}"
#define TABLE(rows) \
  "{\"format\":\"portcall-services\",\"format_version\":1," \
  "\"license\":{\"spdx\":\"CC0-1.0\"},\"services\":[" rows "]}"

typedef struct
{
  const char *text;
  const char *code; /* of the first problem, or NULL */
  int         n;    /* rows that load; -1: the file is refused */
} TableRow;

static const TableRow table_rows[] = {
  { TABLE (ROW ("a", "")), NULL, 1 },
  { TABLE (""), NULL, 0 },
  { "[]", "Q022", -1 },
  { "{}", "Q023", -1 },
  { "{\"format\":\"x\",\"license\":{\"spdx\":\"a\"},\"services\":[]}", "Q024",
    -1 },
  { "{\"format\":\"portcall-services\",\"format_version\":2,"
    "\"license\":{\"spdx\":\"a\"},\"services\":[]}",
    "Q020", -1 },
  { TABLE (ROW ("a", "") "," ROW ("a", "")), "Q100", 1 },
  { TABLE (ROW ("a", "") "," ROW ("B", "")), "Q024", 1 },
  { TABLE (ROW ("a", ",\"secure_twin\":\"b\"")), "Q101", 1 },
  { TABLE (ROW ("a", ",\"confusable_with\":[\"b\"]") "," ROW ("b", "")), NULL,
    2 },
  { TABLE (ROW ("a", ",\"confusable_with\":[\"c\"]")), "Q101", 1 },
  { TABLE (ROW ("a", ",\"rfc\":[1]")), "Q021", 0 },
  { TABLE (ROW ("a", ",\"rfcs\":[0]")), "Q022", 0 },
  { TABLE (ROW ("a", ",\"rfcs\":[\"1\"]")), "Q022", 0 },
  { TABLE ("7"), "Q022", 0 },
  { TABLE ("{\"id\":\"a\",\"name\":\"N\",\"family\":\"mail\","
           "\"roles\":[\"r\"],\"endpoints\":[]}"),
    "Q024", 0 },
  { TABLE ("{\"id\":\"a\",\"name\":\"N\",\"family\":\"mail\","
           "\"roles\":[\"r\"],\"endpoints\":[{\"port\":65536,"
           "\"transport\":\"tcp\",\"mode\":\"clear\"}]}"),
    "Q024", 0 },
  { TABLE ("{\"id\":\"a\",\"name\":\"N\",\"family\":\"mail\","
           "\"roles\":[\"r\"],\"endpoints\":[{\"transport\":\"any\","
           "\"mode\":\"clear\"}]}"),
    "Q023", 0 },
};

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table_rows); i++) {
    const TableRow *row = &table_rows[i];
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = NULL;
    g_autoptr (PcServices) services = NULL;

    g_test_message ("row %u: %s", i, row->text);
    json = pc_json_parse ("s.json", (const guint8 *) row->text,
                          strlen (row->text), problems);
    g_assert_nonnull (json);
    services = pc_services_new_from_json (json, problems);
    if (row->code == NULL) {
      g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
    } else {
      g_assert_cmpuint (pc_problems_get_n (problems), >, 0);
      g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, row->code);
    }
    if (row->n < 0)
      g_assert_null (services);
    else
      g_assert_cmpuint (pc_services_get_n (services), ==, row->n);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/services/facts", test_facts);
  g_test_add_func ("/services/lookups", test_lookups);
  g_test_add_func ("/services/system", test_system);
  g_test_add_func ("/services/broken", test_broken);
  return g_test_run ();
}
