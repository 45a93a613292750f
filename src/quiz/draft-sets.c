/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Templates whose answer depends on what stands beside it: the listeners of a
 * host, one of four with a property, and pairs.  The other templates, and the
 * table of all, are in draft-templates.c.
 */

#include "quiz/draft-private.h"

/* -- a host and its listeners --------------------------------------------- */

static int
compare_ports (gconstpointer a,
               gconstpointer b)
{
  const PcService *one = *(const PcService *const *) a;
  const PcService *other = *(const PcService *const *) b;

  return (int) one->endpoints[0].port - (int) other->endpoints[0].port;
}

/* A service that waits on one port for whoever comes. */
static gboolean
is_listener (const PcService *row)
{
  return pc_draft_has_one_port (row) &&
         !g_str_equal (row->endpoints[0].use, "data");
}

static gboolean
is_among (const PcDraftMaker *self,
          GPtrArray          *rows,
          const PcService    *row)
{
  for (guint i = 0; i < rows->len; i++) {
    if (pc_draft_same_protocol (self->services, rows->pdata[i], row))
      return TRUE;
  }
  return FALSE;
}

static char *
list_listeners (GPtrArray *rows)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const PcServiceEndpoint *endpoint =
        &((const PcService *) rows->pdata[i])->endpoints[0];

    g_string_append_printf (
        list, "%s`%s 0.0.0.0:%u`", i > 0 ? ", " : "",
        pc_service_transport_to_string (endpoint->transport), endpoint->port);
  }
  return g_string_free (list, FALSE);
}

gboolean
pc_draft_make_listeners (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "A host listens on {list}. Judging by the registered ports, what is it "
    "there for?",
    "`ss -tuln` shows {list}. By the registered ports, which of these happens "
    "on this host?",
    "Open on a host: {list}, and nothing else. Which of these can it be used "
    "for, if each port is what it is registered for?",
    NULL,
  };
  const PcService *key = self->draft->row;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) listed = g_ptr_array_new ();
  g_autofree char *list = NULL;
  guint            n_listed, wrong = 0;

  if (!is_listener (key))
    return FALSE;
  for (guint i = 0; i < pc_services_get_n (self->services); i++)
    g_ptr_array_add (all, (gpointer) pc_services_get (self->services, i));
  pc_random_shuffle (&self->chance, all);

  g_ptr_array_add (listed, (gpointer) key);
  n_listed = 3 + pc_random_below (&self->chance, 2);
  for (guint i = 0; i < all->len && listed->len < n_listed; i++) {
    if (is_listener (all->pdata[i]) && !is_among (self, listed, all->pdata[i]))
      g_ptr_array_add (listed, all->pdata[i]);
  }
  pc_draft_add_option (self, key, self->draft->endpoint, FALSE, TRUE);
  for (guint i = 0; i < all->len && wrong < 3; i++) {
    const PcService *row = all->pdata[i];

    if (is_among (self, listed, row) || pc_draft_share_name (row, key))
      continue;
    pc_draft_add_option (self, row, &row->endpoints[0], FALSE, FALSE);
    wrong++;
  }
  for (guint i = 0; i < self->draft->options->len; i++) {
    PcDraftOption *option = self->draft->options->pdata[i];

    g_free (option->text);
    option->text = g_strdup (option->row->roles[0]);
    if (option->correct)
      continue;
    g_free (option->feedback);
    option->feedback = g_strdup_printf (
        "That would be %s, %s port %u, which is not open here.",
        pc_draft_label (option->row),
        pc_draft_transport_name (option->row->endpoints[0].transport),
        option->row->endpoints[0].port);
  }
  pc_random_shuffle (&self->chance, self->draft->options);
  g_ptr_array_sort (listed, compare_ports);
  list = list_listeners (listed);
  self->draft->type = PC_ITEM_SINGLE;
  self->draft->stem = pc_draft_fill (
      self, stems, "list", list, NULL);
  self->draft->answer_line = g_strdup_printf (
      "%s port %u is %s.",
      pc_draft_transport_name (key->endpoints[0].transport),
      key->endpoints[0].port, pc_draft_label (key));
  return wrong == 3;
}

/* -- one of four ---------------------------------------------------------- */

typedef enum
{
  HAS_UDP,
  HAS_TCP,
  HAS_TLS_FIRST,
  N_PROPERTIES
} Property;

static gboolean
has_property (const PcService *row,
              Property         property)
{
  for (guint i = 0; i < row->n_endpoints; i++) {
    const PcServiceEndpoint *endpoint = &row->endpoints[i];

    if (property == HAS_TLS_FIRST
            ? endpoint->mode == PC_SERVICE_MODE_IMPLICIT_TLS
            : endpoint->transport == (property == HAS_UDP
                                          ? PC_SERVICE_TRANSPORT_UDP
                                          : PC_SERVICE_TRANSPORT_TCP))
      return TRUE;
  }
  return FALSE;
}

static gboolean
lacks_udp (const PcDraftMaker      *self,
           const PcService         *row,
           const PcServiceEndpoint *endpoint)
{
  return !has_property (row, HAS_UDP) &&
         !pc_draft_share_name (row, self->draft->row);
}

static gboolean
lacks_tcp (const PcDraftMaker      *self,
           const PcService         *row,
           const PcServiceEndpoint *endpoint)
{
  return !has_property (row, HAS_TCP) &&
         !pc_draft_share_name (row, self->draft->row);
}

static gboolean
lacks_tls_first (const PcDraftMaker      *self,
                 const PcService         *row,
                 const PcServiceEndpoint *endpoint)
{
  return !has_property (row, HAS_TLS_FIRST) &&
         !pc_draft_share_name (row, self->draft->row);
}

gboolean
pc_draft_make_one_of_four (PcDraftMaker *self)
{
  static const char *const stems[N_PROPERTIES][4] = {
    { "Which one of these uses UDP on its registered port?",
      "Three of these always need a TCP connection. Which one goes by UDP?",
      "A rule drops all UDP. Which one of these does it stop?" },
    { "Which one of these opens a TCP connection to its registered port?",
      "Three of these go by UDP alone. Which one uses TCP?",
      "A rule drops all TCP. Which one of these does it stop?" },
    { "Which one of these starts with a TLS handshake on its registered port?",
      "On its registered port, which one of these expects TLS from the first "
      "byte?",
      "Three of these do not begin with TLS. Which one does, on its registered "
      "port?" },
  };
  static const PcDraftIsWrong lacks[] = { lacks_udp, lacks_tcp,
                                          lacks_tls_first };
  const PcService            *row = self->draft->row;
  Property                    fitting[N_PROPERTIES];
  guint                       n = 0;
  Property                    property;

  for (Property each = 0; each < N_PROPERTIES; each++) {
    /* With both transports a row is a trap, not a question. */
    if (has_property (row, each) &&
        (each == HAS_TLS_FIRST ||
         has_property (row, HAS_UDP) != has_property (row, HAS_TCP)))
      fitting[n++] = each;
  }
  if (n == 0)
    return FALSE;
  property = fitting[pc_random_below (&self->chance, n)];
  self->draft->stem =
      pc_draft_fill (self, stems[property], NULL);
  return pc_draft_choose_names (self, lacks[property]);
}

/* -- pairs ---------------------------------------------------------------- */

static void
add_right (PcDraftMaker    *self,
           const PcService *row,
           guint            port)
{
  PcDraftOption *right = g_new0 (PcDraftOption, 1);

  right->row = row;
  right->port = port;
  right->text = g_strdup_printf ("%u", port);
  g_ptr_array_add (self->draft->rights, right);
}

static int
compare_rights (gconstpointer a,
                gconstpointer b)
{
  const PcDraftOption *one = *(PcDraftOption *const *) a;
  const PcDraftOption *other = *(PcDraftOption *const *) b;

  return (int) one->port - (int) other->port;
}

static gboolean
has_other_port_alone (const PcDraftMaker      *self,
                      const PcService         *row,
                      const PcServiceEndpoint *endpoint)
{
  return pc_draft_has_one_port (row) &&
         !pc_service_has_port (self->draft->row, endpoint->port,
                               PC_SERVICE_TRANSPORT_ANY);
}

/* Each left has one port of its own, and none of the others'. */
gboolean
pc_draft_make_match (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "Pair each service with its registered port. Two ports stay over.",
    "Which service is found on which registered port? Two of the ports belong "
    "to none of them.",
    "Give each service its registered port; two ports are left.",
    NULL,
  };
  PcDraft *draft = self->draft;

  if (!pc_draft_has_one_port (draft->row))
    return FALSE;
  draft->type = PC_ITEM_MATCH;
  draft->stem = pc_draft_fill (
      self, stems, NULL);
  if (!pc_draft_add_choices (self, TRUE, 5, has_other_port_alone))
    return FALSE;
  for (guint i = 0; i < draft->options->len; i++) {
    PcDraftOption *option = draft->options->pdata[i];

    add_right (self, option->row, option->port);
    g_free (option->text);
    option->text = g_strdup (pc_draft_label (option->row));
  }
  /* The key's row stays, whatever the order. */
  for (guint i = draft->options->len; i > 0 && draft->options->len > 4; i--) {
    PcDraftOption *option = draft->options->pdata[i - 1];

    if (!option->correct) {
      PcDraftOption *right = draft->rights->pdata[i - 1];

      right->row = NULL;
      g_ptr_array_remove_index (draft->options, i - 1);
    }
  }
  g_ptr_array_sort (draft->rights, compare_rights);
  draft->answer_line = g_strdup_printf (
      "%s is on port %u.", pc_draft_label (draft->row), draft->endpoint->port);
  return TRUE;
}

static void
add_hop (PcDraftMaker *self,
         const char   *id,
         const char   *text)
{
  const PcService *row = pc_services_lookup (self->services, id);
  PcDraftOption   *option;

  option = pc_draft_add_option (self, row, &row->endpoints[0], TRUE, FALSE);
  g_free (option->text);
  option->text = g_strdup (text);
  add_right (self, row, row->endpoints[0].port);
}

gboolean
pc_draft_make_hops (PcDraftMaker *self)
{
  static const char *const stems[] = {
    "A mail goes from an app to its reader in three hops. Give each hop the "
    "registered port.",
    "Follow a mail on its way. Which registered port does each hop go to?",
    "Three connections carry a mail from its writer to its reader. Pair each "
    "with its registered port.",
    NULL,
  };
  const PcService *key = self->draft->row;
  const char      *ids[] = { "submission", "smtp", "submissions" };
  gboolean         at_once;

  if (!g_str_equal (key->endpoints[0].use, "access"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    if (pc_services_lookup (self->services, ids[i]) == NULL)
      return FALSE;
  }
  at_once = pc_random_below (&self->chance, 2);
  self->draft->type = PC_ITEM_MATCH;
  self->draft->stem = pc_draft_fill (
      self, stems, NULL);
  if (at_once)
    add_hop (self, "submissions", "The writer's app to its own provider, with "
                                  "TLS from the first byte");
  else
    add_hop (self, "submission", "The writer's app to its own provider, "
                                 "upgraded with STARTTLS");
  add_hop (self, "smtp", "The provider's server to the server of the "
                         "reader's domain");
  add_hop (self, key->id, key->endpoints[0].task);
  add_right (self, NULL,
             pc_services_lookup (self->services,
                                 at_once ? "submission" : "submissions")
                 ->endpoints[0]
                 .port);
  g_ptr_array_sort (self->draft->rights, compare_rights);
  self->draft->answer_line = g_strdup_printf (
      "%s, 25, %u.", at_once ? "465" : "587", key->endpoints[0].port);
  return TRUE;
}
