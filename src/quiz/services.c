/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service table: reading data/services.json and looking things up in it.
 *
 * A row with any error is left out whole, because a wrong fact is worse than
 * a missing one.  What the ports mean follows the IANA registry and RFC 6335;
 * tests/quiz/test-services holds every row against a registry's copy.
 * Strings of all rows live in one chunk and go with the table.
 */

#include "quiz/services.h"

#include "quiz/reader-private.h"

#include <glib/gi18n-lib.h>

#define FORMAT "portcall-services"
#define MAX_ROWS 1000
#define MAX_TEXTS 32
#define MAX_ENDPOINTS 16

static const char *const transports[] = { "any", "tcp", "udp", NULL };
static const char *const modes[] = { "clear", "starttls", "implicit-tls",
                                     "quic", "own", NULL };
static const char *const statuses[] = { "standard", "alternate", "legacy",
                                        "vendor", NULL };
static const char *const families[] = { "mail", "file", "name", "web",
                                        "manage", "directory", "remote",
                                        "voice", "time", NULL };
static const char *const known_top[] = { "$schema", "format",
                                         "format_version", "license",
                                         "services", NULL };
static const char *const known_row[] = {
  "id", "name", "abbr", "aka", "family", "roles", "endpoints", "secure_twin",
  "confusable_with", "layer_notes", "rfcs", "objectives", "quirks",
  "evidence", "srv", NULL
};
static const char *const known_endpoint[] = {
  "port", "transport", "mode", "status", "use", "iana", "task", "symptom", NULL
};
static const char *const known_license[] = { "spdx", "attribution", "source",
                                             NULL };

struct _PcServices
{
  gatomicrefcount refs;
  GStringChunk   *strings;
  GPtrArray      *rows; /* PcService* */
  GHashTable     *by_id;
};

/* Everything a row is gathered in before it is known to be right. */
typedef struct
{
  PcServices *table;
  PcService  *row;
  GArray     *endpoints;
} RowReader;

static void
row_free (PcService *row)
{
  g_free ((gpointer) row->abbr);
  g_free ((gpointer) row->aka);
  g_free ((gpointer) row->roles);
  g_free ((gpointer) row->confusable_with);
  g_free ((gpointer) row->objectives);
  g_free ((gpointer) row->layer_notes);
  g_free ((gpointer) row->quirks);
  g_free ((gpointer) row->evidence);
  g_free ((gpointer) row->srv);
  g_free ((gpointer) row->endpoints);
  g_free ((gpointer) row->rfcs);
  g_free (row);
}

static const char *
keep (PcServices *self,
      const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text)
                      : NULL;
}

/* -- reading -------------------------------------------------------------- */

static const char *const *
read_texts (PcServices         *self,
            const PcJsonReader *reader,
            const char         *member,
            PcTextKind          kind)
{
  g_autoptr (GPtrArray) texts = pc_reader_texts (reader, member, kind,
                                                 MAX_TEXTS);
  const char **kept = g_new0 (const char *, texts->len + 1);

  for (guint i = 0; i < texts->len; i++)
    kept[i] = keep (self, g_ptr_array_index (texts, i));
  return kept;
}

static void
read_endpoint (const PcJsonReader *reader,
               guint               index,
               gpointer            user_data)
{
  RowReader        *self = user_data;
  PcServiceEndpoint endpoint = { 0 };

  pc_json_check_members (reader, known_endpoint);
  if (!json_object_has_member (reader->object, "port"))
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, _ ("the member \"%s\" is missing"),
                    "port");
  endpoint.port = pc_json_read_int (reader, "port", 0, 65535, 0);
  endpoint.transport = 1 + pc_reader_word (reader, "transport", transports + 1,
                                           TRUE, 0);
  endpoint.mode = pc_reader_word (reader, "mode", modes, TRUE, 0);
  endpoint.status = pc_reader_word (reader, "status", statuses, FALSE, 0);
  endpoint.use = keep (self->table,
                       pc_reader_text (reader, "use", PC_TEXT_ID, FALSE));
  endpoint.iana_name = keep (self->table,
                             pc_reader_text (reader, "iana", PC_TEXT_ID,
                                             FALSE));
  endpoint.task = keep (self->table, pc_reader_text (reader, "task",
                                                     PC_TEXT_LINE, FALSE));
  endpoint.symptom = keep (self->table, pc_reader_text (reader, "symptom",
                                                        PC_TEXT_LINE, FALSE));
  if (endpoint.use == NULL)
    endpoint.use = "default";
  g_array_append_val (self->endpoints, endpoint);
}

static void
read_rfcs (PcService          *row,
           const PcJsonReader *reader)
{
  JsonArray *array = pc_json_read_array (reader, "rfcs", FALSE);
  guint      n = array != NULL ? json_array_get_length (array) : 0;
  guint     *rfcs = g_new0 (guint, n + 1);

  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (array, i);
    gint64    number = 0;

    if (JSON_NODE_HOLDS_VALUE (node) &&
        json_node_get_value_type (node) == G_TYPE_INT64)
      number = json_node_get_int (node);
    if (number >= 1 && number <= 99999)
      rfcs[i] = number;
    else
      pc_reader_error (reader, "rfcs", "Q022",
                       _ ("numbers of RFCs are expected here"));
  }
  row->rfcs = rfcs;
  row->n_rfcs = n;
}

static void
read_row_texts (PcServices         *self,
                PcService          *row,
                const PcJsonReader *reader)
{
  row->abbr = read_texts (self, reader, "abbr", PC_TEXT_LINE);
  row->aka = read_texts (self, reader, "aka", PC_TEXT_LINE);
  row->roles = read_texts (self, reader, "roles", PC_TEXT_LINE);
  row->confusable_with = read_texts (self, reader, "confusable_with",
                                     PC_TEXT_ID);
  row->objectives = read_texts (self, reader, "objectives", PC_TEXT_LINE);
  row->layer_notes = read_texts (self, reader, "layer_notes", PC_TEXT_LINE);
  row->quirks = read_texts (self, reader, "quirks", PC_TEXT_LINE);
  row->evidence = read_texts (self, reader, "evidence", PC_TEXT_LINE);
  row->srv = read_texts (self, reader, "srv", PC_TEXT_LINE);
  if (row->roles[0] == NULL)
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, "%s",
                    _ ("a service needs at least one role"));
}

static void
read_row (const PcJsonReader *reader,
          guint               index,
          gpointer            user_data)
{
  PcServices *self = user_data;
  PcService  *row = g_new0 (PcService, 1);
  RowReader   gather = { self, row, NULL };
  guint       before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);
  int         family;

  gather.endpoints = g_array_new (FALSE, FALSE, sizeof (PcServiceEndpoint));
  pc_json_check_members (reader, known_row);
  row->id = keep (self, pc_reader_text (reader, "id", PC_TEXT_ID, TRUE));
  row->name = keep (self, pc_reader_text (reader, "name", PC_TEXT_LINE, TRUE));
  row->secure_twin = keep (self, pc_reader_text (reader, "secure_twin",
                                                 PC_TEXT_ID, FALSE));
  family = pc_reader_word (reader, "family", families, TRUE, 0);
  row->family = families[family];
  read_row_texts (self, row, reader);
  read_rfcs (row, reader);
  pc_reader_objects (reader, "endpoints", TRUE, 1, MAX_ENDPOINTS,
                     read_endpoint, &gather);
  row->n_endpoints = gather.endpoints->len;
  row->endpoints =
      (PcServiceEndpoint *) g_array_free (gather.endpoints, FALSE);

  if (row->id != NULL && g_hash_table_contains (self->by_id, row->id))
    pc_reader_error (reader, "id", "Q100", _ ("the id \"%s\" is taken"),
                     row->id);
  if (pc_problems_count (reader->problems, PC_SEVERITY_ERROR) > before) {
    row_free (row);
    return;
  }
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_id, (gpointer) row->id, row);
}

/* Rows may name rows further down, so this waits for the last one. */
static void
check_links (const PcJsonReader *reader,
             guint               index,
             gpointer            user_data)
{
  PcServices *self = user_data;
  const char *id = json_object_get_string_member_with_default (reader->object,
                                                               "id", "");
  PcService  *row = g_hash_table_lookup (self->by_id, id);

  if (row == NULL)
    return;
  if (row->secure_twin != NULL &&
      !g_hash_table_contains (self->by_id, row->secure_twin))
    pc_reader_error (reader, "secure_twin", "Q101",
                     _ ("there is no service \"%s\""), row->secure_twin);
  for (guint i = 0; row->confusable_with[i] != NULL; i++) {
    if (!g_hash_table_contains (self->by_id, row->confusable_with[i]))
      pc_reader_error (reader, "confusable_with", "Q101",
                       _ ("there is no service \"%s\""),
                       row->confusable_with[i]);
  }
}

static gboolean
check_head (const PcJsonReader *reader)
{
  guint       before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);
  const char *format = pc_json_read_string (reader, "format", TRUE);
  JsonObject *license = pc_json_read_object (reader, "license", TRUE);

  if (format != NULL && !g_str_equal (format, FORMAT))
    pc_reader_error (reader, "format", "Q024", _ ("\"%s\" is expected here"),
                     FORMAT);
  if (pc_json_read_int (reader, "format_version", 1, G_MAXINT64, 1) > 1)
    pc_reader_error (reader, "format_version", "Q020",
                     _ ("this file is made for a newer version of Portcall; "
                        "update the app"));
  if (license != NULL) {
    PcJsonReader inner = *reader;

    inner.object = license;
    inner.pointer = "/license";
    pc_json_check_members (&inner, known_license);
    pc_reader_text (&inner, "spdx", PC_TEXT_LINE, TRUE);
  }
  pc_json_check_members (reader, known_top);
  return pc_problems_count (reader->problems, PC_SEVERITY_ERROR) == before;
}

static PcServices *
services_new (void)
{
  PcServices *self = g_new0 (PcServices, 1);

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (4096);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/* -- public --------------------------------------------------------------- */

PcServices *
pc_services_new_from_json (PcJson     *json,
                           PcProblems *problems)
{
  PcServices  *self;
  PcJsonReader reader = { json, problems, NULL, "" };
  JsonNode    *root;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  root = pc_json_get_root (json);
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "", "%s",
                    _ ("a service table is an object in { }"));
    return NULL;
  }
  reader.object = json_node_get_object (root);
  if (!check_head (&reader))
    return NULL;
  self = services_new ();
  pc_reader_objects (&reader, "services", TRUE, 0, MAX_ROWS, read_row, self);
  if (self->rows->len > 0)
    pc_reader_objects (&reader, "services", TRUE, 0, MAX_ROWS, check_links,
                       self);
  return self;
}

PcServices *
pc_services_load (const char *path,
                  PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  json = pc_json_load (path, problems);
  return json != NULL ? pc_services_new_from_json (json, problems) : NULL;
}

PcServices *
pc_services_ref (PcServices *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_services_unref (PcServices *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

guint
pc_services_get_n (const PcServices *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const PcService *
pc_services_get (const PcServices *self,
                 guint             index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, index);
}

const PcService *
pc_services_lookup (const PcServices *self,
                    const char       *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

static gboolean
has_endpoint (const PcService   *row,
              guint              port,
              PcServiceTransport transport,
              gboolean           standard_only)
{
  for (guint i = 0; i < row->n_endpoints; i++) {
    const PcServiceEndpoint *endpoint = &row->endpoints[i];

    if (endpoint->port == port &&
        (transport == PC_SERVICE_TRANSPORT_ANY ||
         endpoint->transport == transport) &&
        (!standard_only || endpoint->status == PC_SERVICE_STATUS_STANDARD))
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
pc_services_find_port (const PcServices  *self,
                       guint              port,
                       PcServiceTransport transport,
                       gboolean           standard_only)
{
  GPtrArray *found;

  g_return_val_if_fail (self != NULL, NULL);

  found = g_ptr_array_new ();
  for (guint i = 0; i < self->rows->len; i++) {
    PcService *row = g_ptr_array_index (self->rows, i);

    if (has_endpoint (row, port, transport, standard_only))
      g_ptr_array_add (found, row);
  }
  return found;
}

gboolean
pc_service_has_port (const PcService   *row,
                     guint              port,
                     PcServiceTransport transport)
{
  g_return_val_if_fail (row != NULL, FALSE);

  return has_endpoint (row, port, transport, FALSE);
}

const char *
pc_service_transport_to_string (PcServiceTransport transport)
{
  g_return_val_if_fail (transport < G_N_ELEMENTS (transports) - 1, NULL);

  return transports[transport];
}

const char *
pc_service_mode_to_string (PcServiceMode mode)
{
  g_return_val_if_fail (mode < G_N_ELEMENTS (modes) - 1, NULL);

  return modes[mode];
}
