/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sixteen templates.  Each is a row here: what it fits, its stems and how
 * its draft is made.
 *
 * A stem says enough for one answer only: the transport, how protection
 * starts, who speaks to whom.  Where the key is a port, nothing in the stem
 * may carry that port.  Sources: the service table; names of SRV records RFC
 * 6186 section 3 and RFC 8314 section 5.1, RFC 4120 section 7.2.3, RFC 3263
 * section 4.1.
 */

#include "quiz/draft-private.h"

typedef struct
{
  const char *name;
  PcItemLevel level;
  gboolean    recall;
  gboolean (*make) (PcDraftMaker *self);
} Template;

/* -- words ---------------------------------------------------------------- */

const char *
pc_draft_transport_name (PcServiceTransport transport)
{
  return transport == PC_SERVICE_TRANSPORT_UDP ? "UDP" : "TCP";
}

static const char *
asked_transport (const PcDraftMaker *self)
{
  return pc_draft_transport_name (self->draft->endpoint->transport);
}

/* What of the service is meant, where it has more than one port. */
static const char *
use_clause (const PcService         *row,
            const PcServiceEndpoint *endpoint)
{
  static const char *const clauses[][2] = {
    { "control", " for its commands" },
    { "data", " for its data connection" },
    { "server", " on the server's side" },
    { "client", " on the client's side" },
    { "name", " for its name service" },
    { "datagram", " for its datagram service" },
    { "session", " for its session service" },
  };

  if (pc_draft_has_one_port (row))
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (clauses); i++) {
    if (g_str_equal (clauses[i][0], endpoint->use))
      return clauses[i][1];
  }
  return "";
}

/* How protection starts, where a twin makes that a question. */
static const char *
mode_clause (const PcDraftMaker *self)
{
  const PcService *row = self->draft->row;

  if (pc_draft_is_implicit (row))
    return " TLS comes with the first byte.";
  if (pc_draft_twin (self->services, row) != NULL)
    return " The session begins in clear text.";
  return "";
}

/* -- what is wrong under every reading ------------------------------------ */

/* A port on which the asked service is not found, in whatever mode. */
static gboolean
is_other_port (const PcDraftMaker      *self,
               const PcService         *row,
               const PcServiceEndpoint *endpoint)
{
  return !pc_service_has_port (self->draft->row, endpoint->port,
                               PC_SERVICE_TRANSPORT_ANY);
}

/* The port in clear text stands in the question. */
static gboolean
is_neither_port (const PcDraftMaker      *self,
                 const PcService         *row,
                 const PcServiceEndpoint *endpoint)
{
  return is_other_port (self, row, endpoint) &&
         pc_draft_twin (self->services, row) != self->draft->row;
}

/* A row that goes by another name and is not on the asked port. */
static gboolean
is_not_on_port (const PcDraftMaker      *self,
                const PcService         *row,
                const PcServiceEndpoint *endpoint)
{
  return !pc_draft_share_name (row, self->draft->row) &&
         !pc_service_has_port (row, self->draft->endpoint->port,
                               self->draft->endpoint->transport);
}

static gboolean
is_other_name (const PcDraftMaker      *self,
               const PcService         *row,
               const PcServiceEndpoint *endpoint)
{
  return !pc_draft_share_name (row, self->draft->row);
}

/* -- helpers -------------------------------------------------------------- */

static gboolean
choose_other_ports (PcDraftMaker  *self,
                    PcDraftIsWrong is_wrong)
{
  PcDraft *draft = self->draft;

  draft->type = PC_ITEM_SINGLE;
  draft->answer_line = g_strdup_printf (
      "%u: the registered %s port of %s.", draft->endpoint->port,
      pc_draft_transport_name (draft->endpoint->transport), draft->row->name);
  return pc_draft_add_choices (self, TRUE, 3, is_wrong);
}

static gboolean
choose_ports (PcDraftMaker *self)
{
  return choose_other_ports (self, is_other_port);
}

gboolean
pc_draft_choose_names (PcDraftMaker  *self,
                       PcDraftIsWrong is_wrong)
{
  PcDraft *draft = self->draft;

  draft->type = PC_ITEM_SINGLE;
  draft->answer_line = g_strdup_printf (
      "%s: %s port %u.", pc_draft_label (draft->row),
      asked_transport (self), draft->endpoint->port);
  return pc_draft_add_choices (self, FALSE, 3, is_wrong);
}

/* Any endpoint of the row, for templates that ask for one of them. */
static void
any_endpoint (PcDraftMaker *self)
{
  const PcService *row = self->draft->row;

  self->draft->endpoint =
      &row->endpoints[pc_random_below (&self->chance, row->n_endpoints)];
}

/* -- one port or one name ------------------------------------------------- */

static gboolean
make_type_port (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "Type the {transport} port that is registered for {name}{use}.{mode}",
    "A form asks for the {transport} port of {name}{use}.{mode} Which number "
    "belongs there? Type it.",
    "A server offers {name}{use} over {transport}.{mode} Type the port on "
    "which a client expects it.",
    NULL,
  };
  const PcService *row = self->draft->row;

  any_endpoint (self);
  self->draft->stem = pc_draft_fill (
      self, stems, "transport",
      asked_transport (self), "name", row->name,
      "use", use_clause (row, self->draft->endpoint), "mode",
      pc_draft_is_implicit (row) ? "" : mode_clause (self), NULL);
  if (!choose_ports (self))
    return FALSE;
  self->draft->type = PC_ITEM_NUMBER;
  return TRUE;
}

static gboolean
make_name_port (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "A capture shows a connection to {transport} port {port}. Which service is "
    "registered there?",
    "A firewall rule names {transport} port {port} and nothing else. Which "
    "service is it for, going by the registry?",
    "Which of these services has the registered {transport} port {port}?",
    NULL,
  };
  g_autofree char *port = NULL;

  any_endpoint (self);
  port = g_strdup_printf ("%u", self->draft->endpoint->port);
  self->draft->stem = pc_draft_fill (
      self, stems, "transport",
      asked_transport (self), "port", port, NULL);
  return pc_draft_choose_names (self, is_not_on_port);
}

static gboolean
make_name_role (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "Which service is described? “{role}.”{mode}",
    "“{role}.”{mode} Which service does this?",
    "A note by a server says: “{role}.”{mode} For which service was it "
    "written?",
    NULL,
  };
  const PcService *row = self->draft->row;
  guint            n = g_strv_length ((char **) row->roles);

  self->draft->stem = pc_draft_fill (
      self, stems, "role", row->roles[pc_random_below (&self->chance, n)],
      "mode", mode_clause (self), NULL);
  return pc_draft_choose_names (self, is_other_name);
}

/* The endpoints of the row with a task or a symptom. */
static gboolean
endpoint_with_text (PcDraftMaker *self,
                    gboolean      symptom)
{
  const PcService *row = self->draft->row;
  g_autoptr (GPtrArray) with = g_ptr_array_new ();

  for (guint i = 0; i < row->n_endpoints; i++) {
    const PcServiceEndpoint *endpoint = &row->endpoints[i];

    /* Of a data connection the port is the sender's own, not where it goes. */
    if (!g_str_equal (endpoint->use, "data") &&
        (symptom ? endpoint->symptom : endpoint->task) != NULL)
      g_ptr_array_add (with, (gpointer) endpoint);
  }
  if (with->len == 0)
    return FALSE;
  self->draft->endpoint =
      with->pdata[pc_random_below (&self->chance, with->len)];
  return TRUE;
}

static gboolean
make_task (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "{task} Which {transport} port is registered for this?",
    "{task} To which {transport} port do the packets go, if nothing was "
    "changed from the registered one?",
    "{task} Which destination port ({transport}) must the firewall on the way "
    "let through?",
    NULL,
  };

  if (!endpoint_with_text (self, FALSE))
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "task", self->draft->endpoint->task, "transport",
      asked_transport (self), NULL);
  return choose_ports (self);
}

static gboolean
make_firewall (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "{task} Finish the rule: `allow {transport} from 10.0.5.0/24 to any port "
    "___`",
    "{task} The firewall drops whatever no rule allows. Which number finishes "
    "`pass {transport} from 10.0.5.0/24 to any port = ___`?",
    "{task} Its packets are dropped so far. Which number belongs in `accept "
    "{transport} src 10.0.5.0/24 dport ___`?",
    NULL,
  };

  if (!endpoint_with_text (self, FALSE))
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "task", self->draft->endpoint->task, "transport",
      self->draft->endpoint->transport == PC_SERVICE_TRANSPORT_UDP ? "udp"
                                                                   : "tcp",
      NULL);
  return choose_ports (self);
}

static gboolean
make_symptom (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "{symptom} Which {transport} port would you look at first in the "
    "firewall?",
    "{symptom} One {transport} port is shut. Which one explains this?",
    "{symptom} Which {transport} port is most likely blocked?",
    NULL,
  };

  if (!endpoint_with_text (self, TRUE))
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "symptom", self->draft->endpoint->symptom, "transport",
      asked_transport (self), NULL);
  return choose_ports (self);
}

static gboolean
make_twin (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "{name} can begin in clear text{use}, on {transport} port {port}. Which "
    "port is registered for the same protocol with TLS from the first byte?",
    "A server offers {name} on {transport} port {port}, beginning in clear "
    "text{use}. On which port does the same protocol start with a TLS "
    "handshake?",
    "An administrator shuts {transport} port {port}, where {name} begins in "
    "clear text{use}. Which port stays open for those who start TLS at once?",
    NULL,
  };
  const PcService         *clear = self->draft->row;
  const PcService         *twin = pc_draft_twin (self->services, clear);
  const PcServiceEndpoint *endpoint = self->draft->endpoint;
  g_autofree char         *port = g_strdup_printf ("%u", endpoint->port);

  if (twin == NULL)
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "name", clear->name, "use", use_clause (twin, endpoint),
      "transport", asked_transport (self), "port", port, NULL);
  self->draft->row = twin;
  self->draft->endpoint = &twin->endpoints[0];
  return choose_other_ports (self, is_neither_port);
}

static gboolean
make_evidence (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "Two lines from a capture: `{one}` and `{two}`. Which service is this?",
    "A capture begins with `{one}`; then comes `{two}`. Which service speaks "
    "like that?",
    "Ports aside: which service has `{one}` and `{two}` on the wire?",
    NULL,
  };
  const PcService *row = self->draft->row;

  if (row->evidence[0] == NULL || row->evidence[1] == NULL)
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "one", row->evidence[0],
      "two", row->evidence[1], NULL);
  return pc_draft_choose_names (self, is_other_name);
}

static gboolean
make_srv (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "An app asks for the SRV records of `{srv}.example.test`. The answer "
    "carries the registered {transport} port. Which is it?",
    "A zone has an SRV record for `{srv}.example.test` that names the usual "
    "{transport} port. Which number stands there?",
    "`{srv}` in an SRV record: which {transport} port would its line name, if "
    "the server listens where it should?",
    NULL,
  };
  const PcService *row = self->draft->row;
  guint            n = g_strv_length ((char **) row->srv);
  const char      *srv;

  if (n == 0)
    return FALSE;
  srv = row->srv[pc_random_below (&self->chance, n)];
  for (guint i = 0; i < row->n_endpoints; i++) {
    if (g_str_has_suffix (srv, row->endpoints[i].transport ==
                                       PC_SERVICE_TRANSPORT_UDP
                                   ? "._udp"
                                   : "._tcp"))
      self->draft->endpoint = &row->endpoints[i];
  }
  self->draft->stem = pc_draft_fill (
      self, stems, "srv", srv, "transport",
      asked_transport (self), NULL);
  return choose_ports (self);
}

/* A name that gives the standard one away asks for nothing. */
static const char *
strange_name (const PcService *row)
{
  for (guint i = 0; row->aka[i] != NULL; i++) {
    const char *label = pc_draft_label (row);

    if (!g_str_has_prefix (row->aka[i], label) &&
        !g_str_has_prefix (label, row->aka[i]) &&
        g_strrstr (row->name, row->aka[i]) == NULL)
      return row->aka[i];
  }
  return NULL;
}

static gboolean
make_exam_name (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "An exam list names “{exam}” beside {transport} port {port}. Which service "
    "do the standards describe there?",
    "“{exam}, port {port}” stands in the objectives of an exam. What is the "
    "service on that {transport} port called in the standards?",
    "A study sheet pairs {transport} port {port} with “{exam}”. Which service "
    "is meant, by its own name?",
    NULL,
  };
  const char      *exam = strange_name (self->draft->row);
  g_autofree char *port =
      g_strdup_printf ("%u", self->draft->endpoint->port);

  if (exam == NULL)
    return FALSE;
  self->draft->stem = pc_draft_fill (
      self, stems, "exam", exam, "transport",
      asked_transport (self), "port", port, NULL);
  self->draft->exam_note = g_strdup_printf (
      "The list says “%s”; the standards say “%s”.", exam,
      self->draft->row->name);
  return pc_draft_choose_names (self, is_not_on_port);
}

/* -- two that are mixed up ------------------------------------------------ */

static gboolean
is_confusable (const PcDraftMaker      *self,
               const PcService         *row,
               const PcServiceEndpoint *endpoint)
{
  const PcService *key = self->draft->row;

  return g_strv_contains (key->confusable_with, row->id) &&
         endpoint->transport == self->draft->endpoint->transport &&
         is_other_port (self, row, endpoint);
}

/* The first endpoint, from any on, that is mixed up with another's. */
static gboolean
choose_confused (PcDraftMaker *self)
{
  PcDraft         *draft = self->draft;
  const PcService *row = draft->row;
  guint            first = pc_random_below (&self->chance, row->n_endpoints);

  for (guint i = 0; i < row->n_endpoints; i++) {
    draft->endpoint = &row->endpoints[(first + i) % row->n_endpoints];
    g_ptr_array_set_size (draft->options, 0);
    if (!g_str_equal (draft->endpoint->use, "data") &&
        draft->endpoint->task != NULL &&
        pc_draft_add_choices (self, TRUE, 1, is_confusable))
      return TRUE;
  }
  return FALSE;
}

static gboolean
make_confusion (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "A host listens on {transport} ports {a} and {b}. {task} Type the port of "
    "the two that it needs.",
    "Two {transport} ports, {a} and {b}. {task} Which of the two is it? Type "
    "the number.",
    "{task} A colleague hesitates between {transport} ports {a} and {b}. Type "
    "the right one.",
    NULL,
  };
  PcDraft         *draft = self->draft;
  guint            ports[2];
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (!choose_confused (self))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    ports[i] = ((PcDraftOption *) draft->options->pdata[i])->port;
  /* In the order of numbers, which tells nothing. */
  a = g_strdup_printf ("%u", MIN (ports[0], ports[1]));
  b = g_strdup_printf ("%u", MAX (ports[0], ports[1]));
  draft->stem = pc_draft_fill (
      self, stems, "a", a, "b", b, "task", draft->endpoint->task, "transport",
      pc_draft_transport_name (draft->endpoint->transport), NULL);
  draft->answer_line = g_strdup_printf (
      "%u: the registered %s port of %s.", draft->endpoint->port,
      pc_draft_transport_name (draft->endpoint->transport), draft->row->name);
  draft->type = PC_ITEM_NUMBER;
  return TRUE;
}

/* -- the transport -------------------------------------------------------- */

static void
add_transport (PcDraftMaker *self,
               const char   *text,
               const char   *feedback,
               gboolean      correct)
{
  PcDraftOption *option = g_new0 (PcDraftOption, 1);

  option->text = g_strdup (text);
  option->feedback = g_strdup (feedback);
  option->correct = correct;
  g_ptr_array_add (self->draft->options, option);
}

static gboolean
make_transport (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "Over which transport is {name} carried on its registered port {port}?",
    "A rule must let {name} through on port {port}. Which transport does it "
    "name?",
    "{name} listens on port {port}. For which transport is that its "
    "registered and usual port?",
    NULL,
  };
  const PcService *row = self->draft->row;
  g_autofree char *port = g_strdup_printf ("%u", row->endpoints[0].port);
  gboolean         tcp, udp;

  if (!pc_draft_has_one_port (row))
    return FALSE;
  tcp = pc_service_has_port (row, row->endpoints[0].port,
                             PC_SERVICE_TRANSPORT_TCP);
  udp = pc_service_has_port (row, row->endpoints[0].port,
                             PC_SERVICE_TRANSPORT_UDP);
  self->draft->type = PC_ITEM_SINGLE;
  self->draft->stem =
      pc_draft_fill (
          self, stems, "name", row->name, "port", port, NULL);
  add_transport (self, "TCP only", "A connection: ordered, resent, and with "
                                   "an end that both ends know of.",
                 tcp && !udp);
  add_transport (self, "UDP only", "Datagrams: each stands for itself, and "
                                   "what is lost is asked for again.",
                 udp && !tcp);
  add_transport (self, "TCP and UDP", "Both, as the registry and the "
                                      "standards of the service have it.",
                 tcp && udp);
  self->draft->answer_line = g_strdup_printf (
      "%s: %s.", pc_draft_label (row),
      tcp && udp ? "TCP and UDP" : tcp ? "TCP only"
                                       : "UDP only");
  return TRUE;
}

/* -- the table ------------------------------------------------------------ */

static const Template templates[PC_N_TEMPLATES] = {
  [PC_TEMPLATE_TYPE_PORT] = { "type-port", PC_ITEM_LEVEL_REMEMBER, TRUE,
                              make_type_port },
  [PC_TEMPLATE_NAME_PORT] = { "name-port", PC_ITEM_LEVEL_REMEMBER, TRUE,
                              make_name_port },
  [PC_TEMPLATE_NAME_ROLE] = { "name-role", PC_ITEM_LEVEL_UNDERSTAND, FALSE,
                              make_name_role },
  [PC_TEMPLATE_TASK] = { "task", PC_ITEM_LEVEL_APPLY, FALSE, make_task },
  [PC_TEMPLATE_TWIN] = { "twin", PC_ITEM_LEVEL_UNDERSTAND, FALSE, make_twin },
  [PC_TEMPLATE_TRANSPORT] = { "transport", PC_ITEM_LEVEL_REMEMBER, TRUE,
                              make_transport },
  [PC_TEMPLATE_FIREWALL] = { "firewall", PC_ITEM_LEVEL_APPLY, FALSE,
                             make_firewall },
  [PC_TEMPLATE_LISTENERS] = { "listeners", PC_ITEM_LEVEL_ANALYSE, FALSE,
                              pc_draft_make_listeners },
  [PC_TEMPLATE_EVIDENCE] = { "evidence", PC_ITEM_LEVEL_ANALYSE, FALSE,
                             make_evidence },
  [PC_TEMPLATE_SYMPTOM] = { "symptom", PC_ITEM_LEVEL_ANALYSE, FALSE,
                            make_symptom },
  [PC_TEMPLATE_MATCH] = { "match", PC_ITEM_LEVEL_REMEMBER, TRUE,
                          pc_draft_make_match },
  [PC_TEMPLATE_HOPS] = { "hops", PC_ITEM_LEVEL_UNDERSTAND, FALSE,
                         pc_draft_make_hops },
  [PC_TEMPLATE_SRV] = { "srv", PC_ITEM_LEVEL_APPLY, FALSE, make_srv },
  [PC_TEMPLATE_EXAM_NAME] = { "exam-name", PC_ITEM_LEVEL_UNDERSTAND, FALSE,
                              make_exam_name },
  [PC_TEMPLATE_CONFUSION] = { "confusion", PC_ITEM_LEVEL_APPLY, FALSE,
                              make_confusion },
  [PC_TEMPLATE_ONE_OF_FOUR] = { "one-of-four", PC_ITEM_LEVEL_UNDERSTAND,
                                FALSE, pc_draft_make_one_of_four },
};

const char *
pc_template_to_string (PcTemplate kind)
{
  g_return_val_if_fail (kind < PC_N_TEMPLATES, NULL);

  return templates[kind].name;
}

PcItemLevel
pc_template_get_level (PcTemplate kind)
{
  g_return_val_if_fail (kind < PC_N_TEMPLATES, PC_ITEM_LEVEL_UNSET);

  return templates[kind].level;
}

gboolean
pc_template_is_recall (PcTemplate kind)
{
  g_return_val_if_fail (kind < PC_N_TEMPLATES, FALSE);

  return templates[kind].recall;
}

gboolean
pc_draft_make (PcDraftMaker *self)
{
  return templates[self->draft->kind].make (self);
}

char *
pc_draft_dup_memory_key (const PcDraft *self)
{
  const char *fact = "port";

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == PC_TEMPLATE_TRANSPORT ||
      self->kind == PC_TEMPLATE_ONE_OF_FOUR)
    fact = "transport";
  else if (self->kind == PC_TEMPLATE_NAME_ROLE ||
           self->kind == PC_TEMPLATE_LISTENERS ||
           self->kind == PC_TEMPLATE_EVIDENCE)
    fact = "role";
  return g_strdup_printf ("svc:%s/%s", self->row->id, fact);
}
