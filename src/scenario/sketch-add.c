/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How entries come into a sketch, go, and change places.  What is added works
 * at once where that can be: so a person sees what it does before changing
 * it.
 */

#include "scenario/sketch-private.h"

#include "scenario/fault-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MESSAGE                                                          \
  "{\"from\":\"Alex Moreau <alex@example.test>\","                       \
  "\"to\":\"robin@example.test\",\"subject\":\"Hello\","                 \
  "\"lines\":[\"Hello!\"]}"

/* -- kinds ---------------------------------------------------------------- */

void
pc_sketch_kind_free (PcSketchKind *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_free (self->title);
  g_free (self->summary);
  g_free (self);
}

static void
add_kind (GPtrArray  *kinds,
          const char *what,
          const char *title,
          const char *summary)
{
  PcSketchKind *kind = g_new0 (PcSketchKind, 1);

  kind->what = g_strdup (what);
  kind->title = g_strdup (title);
  kind->summary = g_strdup (summary);
  g_ptr_array_add (kinds, kind);
}

/* What all clients can do, but for "restore", which is a server's. */
static const struct
{
  const char *what;
  const char *summary; /* N_() */
} steps[] = {
  { "connect", N_ ("Open a connection to a server") },
  { "close", N_ ("Close the connection without a goodbye") },
  { "cut", N_ ("The line is lost") },
  { "wait", N_ ("Let time go by") },
  { "restore", N_ ("A server’s mailbox comes back as from a backup") },
};

/* By PcFaultKind. */
static const char *const fault_words[] = {
  [PC_FAULT_DROP] = N_ ("A packet is lost"),
  [PC_FAULT_DUPLICATE] = N_ ("A packet arrives twice"),
  [PC_FAULT_DELAY] = N_ ("A packet is late"),
  [PC_FAULT_REORDER] = N_ ("A packet is overtaken"),
  [PC_FAULT_INJECT] = N_ ("A stranger sends a packet"),
  [PC_FAULT_CHANGE] = N_ ("An octet is changed on the way"),
  [PC_FAULT_SPLIT] = N_ ("What is sent arrives in pieces"),
  [PC_FAULT_JOIN] = N_ ("Two things arrive as one"),
  [PC_FAULT_SLOW] = N_ ("The line is slow from there on"),
  [PC_FAULT_CUT] = N_ ("The line is lost"),
  [PC_FAULT_FREEZE] = N_ ("Nothing passes any more"),
  [PC_FAULT_ANSWER] = N_ ("The server gives this answer"),
};

/* Who acts in the entry at @after, or else the first client. */
static const char *
find_client (PcSketch    *self,
             const char *after)
{
  const char *actor = NULL;
  guint n = pc_json_edit_get_length (self->edit, "/actors");

  if (after != NULL)
    actor = pc_json_edit_get_string (self->edit, after, "actor");
  if (actor != NULL && pc_sketch_find_protocol (self, actor) != NULL)
    return actor;
  for (guint i = 0; i < n; i++) {
    g_autofree char *at = pc_json_pointer_index ("/actors", i);

    if (pc_json_edit_get_string (self->edit, at, "speaks") != NULL)
      return pc_json_edit_get_string (self->edit, at, "id");
  }
  return NULL;
}

static void
list_actions (PcSketch    *self,
              GPtrArray  *kinds,
              const char *after)
{
  const char *actor = find_client (self, after);
  const PcActionSpec *spec =
      pc_sketch_get_actions (pc_sketch_find_protocol (self, actor));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    add_kind (kinds, steps[i].what, steps[i].what, _ (steps[i].summary));
  for (; spec != NULL && spec->name != NULL; spec++)
    add_kind (kinds, spec->name, spec->name, _ (spec->summary));
}

GPtrArray *
pc_sketch_list_kinds (PcSketch       *self,
                     PcSketchSection section,
                     const char    *after)
{
  GPtrArray *kinds = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_sketch_kind_free);

  g_return_val_if_fail (self != NULL, kinds);

  if (section == PC_SKETCH_SCRIPT)
    list_actions (self, kinds, after);
  if (section == PC_SKETCH_ACTORS) {
    add_kind (kinds, "client", _ ("Client"), "");
    add_kind (kinds, "server", _ ("Server"), "");
    add_kind (kinds, "service", _ ("Service"),
              _ ("What the chosen server listens with"));
    add_kind (kinds, "saying", _ ("Saying"),
              _ ("What the chosen service says; it understands nothing then"));
  }
  if (section == PC_SKETCH_WORLD) {
    add_kind (kinds, "account", _ ("Account"), "");
    add_kind (kinds, "mailbox", _ ("Mailbox"),
              _ ("Of the chosen account"));
    add_kind (kinds, "message", _ ("Message"),
              _ ("In the chosen mailbox"));
    add_kind (kinds, "file", _ ("File"), _ ("What TFTP servers serve"));
  }
  if (section == PC_SKETCH_MARKS)
    add_kind (kinds, "mark", _ ("Mark"), "");
  if (section == PC_SKETCH_FAULTS)
    for (guint i = 0; i < pc_fault_n_forms; i++)
      add_kind (kinds, pc_fault_forms[i].name, pc_fault_forms[i].name,
                _ (fault_words[i]));
  return kinds;
}

/* -- values that work ----------------------------------------------------- */

/* Of parameters, by their name. */
static const struct
{
  const char *param;
  const char *value; /* JSON */
} params[] = {
  { "user", "\"alex\"" },
  { "password", "\"portcall\"" },
  { "mailbox", "\"INBOX\"" },
  { "set", "\"1\"" },
  { "items", "\"FLAGS\"" },
  { "flags", "\"\\\\Seen\"" },
  { "criteria", "\"UNSEEN\"" },
  { "capabilities", "\"IMAP4rev2\"" },
  { "number", "1" },
  { "lines", "5" },
  { "from", "\"alex@example.test\"" },
  { "name", "\"robin\"" },
  { "file", "\"router.cfg\"" },
  { "line", "\"NOOP\"" },
};

static JsonNode *
make_param (const char *verb,
            const char *param)
{
  if (strcmp (param, "to") == 0)
    return pc_sketch_string (strcmp (verb, "rename") == 0
                                ? "New name"
                                : "robin@example.test");
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    if (strcmp (params[i].param, param) == 0)
      return pc_sketch_parse (params[i].value);
  return pc_sketch_string ("");
}

/* The account that there is, rather than the usual one. */
static JsonNode *
make_login (PcSketch    *self,
            const char *param)
{
  g_autofree char *value = pc_sketch_dup_member (self, "/world/accounts/0",
                                                param);

  return value != NULL ? pc_sketch_string (value) : make_param ("", param);
}

/* The port of the first service that speaks it. */
static gint64
find_port (PcSketch    *self,
           const char *protocol)
{
  g_autoptr (GPtrArray) rows = pc_sketch_list_rows (self, PC_SKETCH_ACTORS);

  for (guint i = 0; i < rows->len; i++) {
    const PcSketchRow *row = rows->pdata[i];
    g_autofree char *port = pc_sketch_dup_member (self, row->pointer, "port");

    if (port != NULL &&
        g_strcmp0 (pc_json_edit_get_string (self->edit, row->pointer,
                                            "protocol"),
                   protocol) == 0)
      return g_ascii_strtoll (port, NULL, 10);
  }
  return 143;
}

static const char *
find_server (PcSketch *self)
{
  guint n = pc_json_edit_get_length (self->edit, "/actors");

  for (guint i = 0; i < n; i++) {
    g_autofree char *at = pc_json_pointer_index ("/actors", i);

    if (g_strcmp0 (pc_json_edit_get_string (self->edit, at, "role"),
                   "server") == 0)
      return pc_json_edit_get_string (self->edit, at, "id");
  }
  return "server";
}

static void
add_params (PcSketch            *self,
            JsonObject         *object,
            const PcActionSpec *spec)
{
  g_auto (GStrv) names = g_strsplit (
      spec->required != NULL ? spec->required : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "user") == 0 || strcmp (names[i], "password") == 0)
      json_object_set_member (object, names[i], make_login (self, names[i]));
    else if (*names[i] != '\0')
      json_object_set_member (object, names[i],
                              make_param (spec->name, names[i]));
  if (strcmp (spec->name, "put") == 0) {
    json_object_set_int_member (object, "bytes", 1200);
    json_object_set_string_member (object, "pattern", "hostname edge-1\n");
  } else if (pc_sketch_has_content (spec->name))
    json_object_set_member (object, "message", pc_sketch_parse (MESSAGE));
}

static JsonNode *
make_action (PcSketch    *self,
             const char *after,
             const char *what)
{
  JsonObject *object = json_object_new ();
  const char *actor = find_client (self, after);
  const char *protocol = pc_sketch_find_protocol (self, actor);
  const PcActionSpec *spec = pc_sketch_get_actions (protocol);

  if (strcmp (what, "restore") == 0)
    actor = find_server (self);
  json_object_set_string_member (object, "actor",
                                 actor != NULL ? actor : "client");
  json_object_set_string_member (object, "do", what);
  if (spec != NULL)
    spec = pc_action_spec_find (spec, what);
  if (strcmp (what, "connect") == 0)
    json_object_set_int_member (object, "port", find_port (self, protocol));
  else if (strcmp (what, "wait") == 0)
    json_object_set_int_member (object, "ms", 1000);
  else if (strcmp (what, "restore") == 0) {
    json_object_set_member (object, "user", make_login (self, "user"));
    json_object_set_string_member (object, "mailbox", "INBOX");
  } else if (spec != NULL)
    add_params (self, object, spec);
  return json_node_init_object (json_node_alloc (), object);
}

/* An id that no object in the array has yet: "client", "client-2". */
static char *
dup_free_id (PcSketch    *self,
             const char *array,
             const char *id)
{
  guint n = pc_json_edit_get_length (self->edit, array);

  for (guint i = 1;; i++) {
    char    *own = i > 1 ? g_strdup_printf ("%s-%u", id, i) : g_strdup (id);
    gboolean taken = FALSE;

    for (guint j = 0; j < n; j++) {
      g_autofree char *at = pc_json_pointer_index (array, j);

      if (g_strcmp0 (pc_json_edit_get_string (self->edit, at, "id"), own) ==
          0)
        taken = TRUE;
    }
    if (!taken)
      return own;
    g_free (own);
  }
}

static JsonNode *
make_actor (PcSketch    *self,
            const char *what)
{
  gboolean server = strcmp (what, "server") == 0;
  const char *main_protocol = pc_json_edit_get_string (self->edit, "",
                                                       "protocol");
  g_autofree char *id = dup_free_id (self, "/actors", what);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name",
                                 server ? _ ("Server") : _ ("Client"));
  json_object_set_string_member (object, "role", what);
  if (!server)
    json_object_set_string_member (
        object, "speaks", main_protocol != NULL ? main_protocol : "imap");
  json_object_set_string_member (object, "icon",
                                 server ? "server-symbolic"
                                        : "laptop-symbolic");
  if (server)
    json_object_set_member (object, "listens",
                            pc_sketch_parse ("[{\"protocol\":\"imap\","
                                            "\"port\":143}]"));
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_mark (PcSketch    *self,
           const char *rule)
{
  const char *dot = strchr (rule, '.');
  g_autofree char *base = g_strdup (dot != NULL ? dot + 1 : rule);
  g_autofree char *id = NULL;
  JsonObject *object = json_object_new ();

  id = dup_free_id (self, "/marks", g_strdelimit (base, ".", '-'));
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "rule", rule);
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_fault (PcSketch    *self,
            const char *what)
{
  static const struct
  {
    const char *fault;
    const char *more; /* JSON behind the unit */
  } more[] = {
    { "delay", ",\"ms\":1000" },   { "change", ",\"octet\":0,\"xor\":1" },
    { "split", ",\"octets\":10" }, { "slow", ",\"rate\":1000" },
    { "inject", ",\"to\":\"client\",\"opcode\":5,\"code\":5,"
                "\"text\":\"Unknown transfer ID\"" },
  };
  const char *protocol = pc_json_edit_get_string (self->edit, "",
                                                  "protocol");
  g_autofree char *text = NULL;
  const char *behind = "";

  if (protocol == NULL)
    protocol = "imap";
  if (strcmp (what, "answer") == 0)
    text = g_strdup (
        g_str_equal (protocol, "imap")
            ? "{\"fault\":\"answer\",\"verb\":\"SELECT\",\"reply\":"
              "\"NO No such mailbox\"}"
        : g_str_equal (protocol, "pop3")
            ? "{\"fault\":\"answer\",\"verb\":\"RETR\",\"reply\":"
              "\"-ERR No such message\"}"
        : g_str_equal (protocol, "smtp")
            ? "{\"fault\":\"answer\",\"verb\":\"RCPT\",\"reply\":"
              "\"452 4.2.2 Mailbox full\"}"
            : "{\"fault\":\"answer\",\"verb\":\"RRQ\",\"code\":1,\"text\":"
              "\"File not found\"}");
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (strcmp (more[i].fault, what) == 0)
      behind = more[i].more;
  if (text == NULL)
    text = g_strdup_printf ("{\"fault\":\"%s\",\"rule\":\"%s.*\","
                            "\"from\":\"server\"%s}",
                            what, protocol, behind);
  return pc_sketch_parse (text);
}

/* -- adding --------------------------------------------------------------- */

/* The innermost place of this pattern that @pointer lies in; NULL for none. */
static char *
find_holder (const char *pointer,
             const char *pattern)
{
  g_autofree char *at = g_strdup (pointer);

  while (at != NULL && *at != '\0') {
    char *parent;

    if (pc_sketch_match (at, pattern))
      return g_steal_pointer (&at);
    parent = pc_sketch_dup_parent (at);
    g_free (at);
    at = parent;
  }
  return NULL;
}

/* Puts @value, which is taken, behind the entry of @array that @after lies in,
 * or at its end; the array is made when it is not there. */
static char *
put_behind (PcSketch    *self,
            const char *array,
            const char *after,
            JsonNode   *value)
{
  g_autofree char *start = g_strconcat (array, "/", NULL);
  guint n = pc_json_edit_get_length (self->edit, array);
  int   index = pc_sketch_index (after, start);
  guint at = index >= 0 ? MIN ((guint) index + 1, n) : n;

  pc_json_edit_begin (self->edit, NULL);
  if (pc_json_edit_get (self->edit, array) == NULL)
    pc_json_edit_put (self->edit, array, pc_sketch_parse ("[]"));
  if (!pc_json_edit_insert (self->edit, array, at, value)) {
    pc_json_edit_end (self->edit);
    return NULL;
  }
  pc_json_edit_end (self->edit);
  return pc_json_pointer_index (array, at);
}

/* The same into the holder of this pattern, or into the first one there is. */
static char *
put_into (PcSketch    *self,
          const char *after,
          const char *pattern,
          const char *first,
          const char *member,
          JsonNode   *value)
{
  g_autofree char *holder = after != NULL ? find_holder (after, pattern)
                                          : NULL;
  g_autofree char *array = NULL;

  if (holder == NULL && pc_json_edit_get (self->edit, first) != NULL)
    holder = g_strdup (first);
  if (holder == NULL) {
    json_node_unref (value);
    return NULL;
  }
  array = g_strconcat (holder, "/", member, NULL);
  return put_behind (self, array, after, value);
}

static char *
add_to_world (PcSketch    *self,
              const char *after,
              const char *what)
{
  if (strcmp (what, "account") == 0)
    return put_behind (
        self, "/world/accounts", after,
        pc_sketch_parse ("{\"user\":\"sam\",\"password\":\"portcall\","
                        "\"mailboxes\":[{\"name\":\"INBOX\"}]}"));
  if (strcmp (what, "mailbox") == 0)
    return put_into (self, after, "/world/accounts/*", "/world/accounts/0",
                     "mailboxes", pc_sketch_parse ("{\"name\":\"Archive\"}"));
  if (strcmp (what, "message") == 0)
    return put_into (self, after, "/world/accounts/*/mailboxes/*",
                     "/world/accounts/0/mailboxes/0", "messages",
                     pc_sketch_parse ("{\"age_hours\":1,\"message\":" MESSAGE
                                     "}"));
  if (strcmp (what, "file") == 0)
    return put_behind (
        self, "/world/files", after,
        pc_sketch_parse ("{\"name\":\"new.cfg\",\"bytes\":600,"
                        "\"pattern\":\"hostname edge-1\\n\"}"));
  return NULL;
}

/* Behind the last server that has any, with its protocol. */
static char *
add_service (PcSketch    *self,
             const char *after)
{
  g_autofree char *actor = pc_sketch_find_actor (self, find_server (self));
  g_autofree char *holder = after != NULL ? find_holder (after, "/actors/*")
                                          : NULL;

  if (holder != NULL &&
      g_strcmp0 (pc_json_edit_get_string (self->edit, holder, "role"),
                 "server") != 0)
    after = NULL;
  return put_into (self, after, "/actors/*", actor != NULL ? actor : "/none",
                   "listens",
                   pc_sketch_parse ("{\"protocol\":\"imap\",\"port\":993,"
                                   "\"tls\":\"implicit\"}"));
}

/* Of the service that @after lies in; else of the first one there is. */
static char *
add_saying (PcSketch   *self,
            const char *after)
{
  static const struct
  {
    const char *protocol;
    const char *saying; /* JSON */
  } sayings[] = {
    { "imap", "{\"lines\":[\"* OK Here I am\"]}" },
    { "pop3", "{\"lines\":[\"+OK Here I am\"]}" },
    { "smtp", "{\"lines\":[\"220 mail.example.test Here I am\"]}" },
    { "tftp", "{\"octets\":\"0005 0000 4e6f00\"}" },
  };
  g_autofree char *holder =
      after != NULL ? find_holder (after, "/actors/*/listens/*") : NULL;
  g_autofree char *actor = pc_sketch_find_actor (self, find_server (self));
  const char *protocol, *saying = NULL;

  if (holder == NULL && actor != NULL)
    holder = g_strconcat (actor, "/listens/0", NULL);
  if (holder == NULL || pc_json_edit_get (self->edit, holder) == NULL)
    return NULL;

  protocol = pc_json_edit_get_string (self->edit, holder, "protocol");
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (i == 0 || g_strcmp0 (sayings[i].protocol, protocol) == 0)
      saying = sayings[i].saying;
  return put_into (self, after, "/actors/*/listens/*", holder, "says",
                   pc_sketch_parse (saying));
}

char *
pc_sketch_add (PcSketch       *self,
              PcSketchSection section,
              const char    *after,
              const char    *what)
{
  g_return_val_if_fail (self != NULL && what != NULL, NULL);

  switch (section) {
  case PC_SKETCH_SCRIPT:
    return put_behind (self, "/script", after,
                       make_action (self, after, what));
  case PC_SKETCH_ACTORS:
    return strcmp (what, "service") == 0  ? add_service (self, after)
           : strcmp (what, "saying") == 0 ? add_saying (self, after)
           : put_behind (self, "/actors", after, make_actor (self, what));
  case PC_SKETCH_WORLD: return add_to_world (self, after, what);
  case PC_SKETCH_MARKS: {
    const char *protocol = pc_json_edit_get_string (self->edit, "",
                                                    "protocol");
    g_autofree char *rule =
        g_strconcat (protocol != NULL ? protocol : "imap", ".greeting", NULL);

    return put_behind (self, "/marks", after,
                       make_mark (self, g_str_equal (rule, "tftp.greeting")
                                            ? "tftp.rrq"
                                            : rule));
  }
  case PC_SKETCH_FAULTS:
    return put_behind (self, "/faults", after, make_fault (self, what));
  case PC_SKETCH_ABOUT:
  case PC_SKETCH_N_SECTIONS: break;
  }
  return NULL;
}

char *
pc_sketch_add_mark (PcSketch    *self,
                   const char *rule,
                   const char *from,
                   guint       nth,
                   guint       conn)
{
  JsonNode   *node;
  JsonObject *object;

  g_return_val_if_fail (self != NULL && rule != NULL, NULL);

  node = make_mark (self, rule);
  object = json_node_get_object (node);
  if (from != NULL)
    json_object_set_string_member (object, "from", from);
  if (nth > 1)
    json_object_set_int_member (object, "nth", nth);
  if (conn > 0)
    json_object_set_int_member (object, "conn", conn);
  return put_behind (self, "/marks", NULL, node);
}

/* -- going, and changing places ------------------------------------------- */

gboolean
pc_sketch_can_remove (PcSketch    *self,
                     const char *pointer)
{
  g_autofree char *array = NULL;
  JsonNode *node;

  g_return_val_if_fail (self != NULL && pointer != NULL, FALSE);

  array = pc_sketch_dup_parent (pointer);
  node = *pointer != '\0' ? pc_json_edit_get (self->edit, array) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
         pc_json_edit_get (self->edit, pointer) != NULL;
}

gboolean
pc_sketch_remove (PcSketch    *self,
                 const char *pointer)
{
  return pc_sketch_can_remove (self, pointer) &&
         pc_json_edit_set (self->edit, pointer, NULL);
}

char *
pc_sketch_move (PcSketch    *self,
               const char *pointer,
               int         by)
{
  g_autofree char *array = NULL;
  int from, to;

  if (!pc_sketch_can_remove (self, pointer))
    return NULL;
  array = pc_sketch_dup_parent (pointer);
  from = (int) g_ascii_strtoll (strrchr (pointer, '/') + 1, NULL, 10);
  to = from + by;
  if (to < 0 ||
      !pc_json_edit_move (self->edit, array, (guint) from, (guint) to))
    return NULL;
  return pc_json_pointer_index (array, (guint) to);
}
