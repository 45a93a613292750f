/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of an entry: what can be said about it, how it is entered, and
 * how that becomes JSON.
 *
 * A field may lie deeper than its entry ("message/subject"); the objects above
 * it come with its first value and go with the last one.
 */

#include "scenario/sketch-private.h"

#include "scenario/fault-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The rows of the tables below. */
typedef struct
{
  const char  *member; /* below the entry, "message/subject" */
  const char  *label;  /* N_(); NULL: the member's own name */
  const char  *hint;   /* N_() or NULL */
  PcSketchInput input;
  gboolean     required;
  const char  *choices; /* by "|"; or one of those below */
} Form;

#define ACTORS "@actors"
#define CLIENTS "@clients"
#define SERVERS "@servers"
#define PROTOCOLS "imap|pop3|smtp|tftp"

static const Form about_form[] = {
  { "id", N_ ("Id"), N_ ("Small letters, digits and hyphens"), PC_SKETCH_TEXT,
    TRUE, NULL },
  { "title", N_ ("Title"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "summary", N_ ("Summary"), N_ ("One or two sentences: what one sees"),
    PC_SKETCH_PARAGRAPH, TRUE, NULL },
  { "subtitle", N_ ("Subtitle"), N_ ("A few words for lists"), PC_SKETCH_TEXT,
    TRUE, NULL },
  { "protocol", N_ ("Protocol"), N_ ("It is listed under this one"),
    PC_SKETCH_CHOICE, TRUE, PROTOCOLS },
  { "order", N_ ("Place in the list"), N_ ("Lower numbers come first"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "expect", N_ ("Expected to"), NULL, PC_SKETCH_CHOICE, FALSE,
    "|ok|failure" },
  { "license", N_ ("License"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form presenter_form[] = {
  { "about", N_ ("About the whole"), N_ ("How to begin, what to ask"),
    PC_SKETCH_PARAGRAPH, FALSE, NULL },
  { NULL },
};

static const Form link_form[] = {
  { "timeout_ms", N_ ("Wait for an answer"), N_ ("Milliseconds"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "max_resends", N_ ("Sent again at most"), N_ ("Times, of one TFTP packet"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "rate", N_ ("Octets in a second"), N_ ("0 for any number"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "delay_ms", N_ ("Delay, one way"), N_ ("Milliseconds"), PC_SKETCH_NUMBER,
    FALSE, NULL },
  { "start", N_ ("Date of runs in memory"), N_ ("As 2026-03-02T09:00:00Z"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form world_form[] = {
  { "base", N_ ("What is there already"),
    N_ ("lesson: alex and robin with a few letters; full: much more"),
    PC_SKETCH_CHOICE, FALSE, "|empty|lesson|full" },
  { "domain", N_ ("Domain"), N_ ("Only where nothing is there already"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form client_form[] = {
  { "id", N_ ("Id"), N_ ("The script names it so"), PC_SKETCH_NAME, TRUE,
    NULL },
  { "name", N_ ("Name"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "role", N_ ("Role"), NULL, PC_SKETCH_CHOICE, TRUE, "client|server" },
  { "speaks", N_ ("Speaks"), NULL, PC_SKETCH_CHOICE, TRUE, PROTOCOLS },
  { "icon", N_ ("Icon"), NULL, PC_SKETCH_CHOICE, FALSE,
    "|phone-symbolic|laptop-symbolic|desktop-symbolic|tablet-symbolic|"
    "router-symbolic|switch-symbolic|server-symbolic" },
  { "host", N_ ("Host name"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form server_form[] = {
  { "id", N_ ("Id"), N_ ("The script names it so"), PC_SKETCH_NAME, TRUE,
    NULL },
  { "name", N_ ("Name"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "role", N_ ("Role"), NULL, PC_SKETCH_CHOICE, TRUE, "client|server" },
  { "icon", N_ ("Icon"), NULL, PC_SKETCH_CHOICE, FALSE,
    "|server-symbolic|router-symbolic|switch-symbolic|desktop-symbolic" },
  { "host", N_ ("Host name"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "domains", N_ ("Takes mail for"), N_ ("Domains, with blanks between"),
    PC_SKETCH_WORDS, FALSE, NULL },
  { NULL },
};

static const Form service_form[] = {
  { "protocol", N_ ("Protocol"), NULL, PC_SKETCH_CHOICE, TRUE, PROTOCOLS },
  { "port", N_ ("Port"), NULL, PC_SKETCH_NUMBER, TRUE, NULL },
  { NULL },
};

static const Form stream_form[] = {
  { "tls", N_ ("Security"), N_ ("None where nothing is chosen"),
    PC_SKETCH_CHOICE, FALSE, "|starttls|implicit" },
  { "certificate", N_ ("What is wrong with its certificate"), NULL,
    PC_SKETCH_CHOICE, FALSE, "|other-name|expired|unknown-authority" },
  { "needs_tls", N_ ("Takes no password in clear"), NULL, PC_SKETCH_SWITCH,
    FALSE, NULL },
  { "mechanisms", N_ ("Ways to log in"),
    N_ ("SASL mechanisms with blanks between"), PC_SKETCH_TEXT, FALSE, NULL },
  { "max_connections", N_ ("Connections at once"), NULL, PC_SKETCH_NUMBER,
    FALSE, NULL },
  { NULL },
};

static const Form smtp_form[] = {
  { "role", N_ ("Role"), NULL, PC_SKETCH_CHOICE, FALSE, "|relay|submission" },
  { "max_recipients", N_ ("Recipients at most"), NULL, PC_SKETCH_NUMBER, FALSE,
    NULL },
  { "max_size", N_ ("Octets of a message at most"), NULL, PC_SKETCH_NUMBER,
    FALSE, NULL },
  { "greylist", N_ ("Greylisting"), N_ ("Seconds before a stranger may come "
                                        "again"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "closed", N_ ("Takes no mail at all"), NULL, PC_SKETCH_SWITCH, FALSE,
    NULL },
  { NULL },
};

static const Form tftp_form[] = {
  { "options", N_ ("Knows options"), NULL, PC_SKETCH_SWITCHED, FALSE, NULL },
  { "old_acks", N_ ("Answers repeated ACKs, as old servers do"), NULL,
    PC_SKETCH_SWITCH, FALSE, NULL },
  { "max_block_size", N_ ("Octets of a block at most"), NULL, PC_SKETCH_NUMBER,
    FALSE, NULL },
  { NULL },
};

static const Form saying_form[] = {
  { "lines", N_ ("Says"), N_ ("As it goes on the wire, line by line"),
    PC_SKETCH_LINES, FALSE, NULL },
  { "octets", N_ ("Octets"), N_ ("In hexadecimal, in place of lines"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { "from_file", N_ ("From a file"), N_ ("In the scenario’s folder"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { "hears", N_ ("Hears before"), N_ ("Lines of the client’s, or packets, that "
                                 "come first"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "after_ms", N_ ("Milliseconds later"), NULL, PC_SKETCH_NUMBER, FALSE,
    NULL },
  { "then", N_ ("Then"), N_ ("Closes, loses the line, or begins TLS"),
    PC_SKETCH_CHOICE, FALSE, "|close|cut|starttls" },
  { "conn", N_ ("In which connection"), N_ ("Any where nothing is said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { NULL },
};

static const Form account_form[] = {
  { "user", N_ ("User"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "password", N_ ("Password"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "quota", N_ ("Room for messages"), N_ ("Octets; 0 for no bound"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { NULL },
};

static const Form mailbox_form[] = {
  { "name", N_ ("Name"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "special_use", N_ ("Use"), NULL, PC_SKETCH_CHOICE, FALSE,
    "|\\All|\\Archive|\\Drafts|\\Flagged|\\Junk|\\Sent|\\Trash" },
  { "subscribed", N_ ("Subscribed"), NULL, PC_SKETCH_SWITCHED, FALSE, NULL },
  { "uid_validity", N_ ("UIDVALIDITY"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
  { "mbox", N_ ("From an mbox file"), N_ ("In the scenario’s folder"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form message_form[] = {
  { "flags", N_ ("Flags"), N_ ("Such as \\Seen \\Flagged"), PC_SKETCH_WORDS,
    FALSE, NULL },
  { "age_hours", N_ ("Arrived"), N_ ("Hours before the start"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "uid", N_ ("UID"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
  { NULL },
};

static const Form letter_form[] = {
  { "message/from", N_ ("From"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "message/to", N_ ("To"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "message/cc", N_ ("Copy to"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "message/subject", N_ ("Subject"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "message/date", N_ ("Date"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "message/lines", N_ ("Text"), NULL, PC_SKETCH_LINES, TRUE, NULL },
  { NULL },
};

static const Form lines_form[] = {
  { "lines", N_ ("Text"), NULL, PC_SKETCH_LINES, TRUE, NULL },
  { NULL },
};

static const Form beside_form[] = {
  { "from_file", N_ ("From a file"), N_ ("In the scenario’s folder"),
    PC_SKETCH_TEXT, TRUE, NULL },
  { NULL },
};

static const Form pattern_form[] = {
  { "bytes", N_ ("Octets"), NULL, PC_SKETCH_NUMBER, TRUE, NULL },
  { "pattern", N_ ("Repeated text"), N_ ("Over and over, until it is long "
                                         "enough"),
    PC_SKETCH_PARAGRAPH, TRUE, NULL },
  { NULL },
};

static const Form file_form[] = {
  { "name", N_ ("Name"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { NULL },
};

static const Form act_form[] = {
  { "actor", N_ ("Who"), NULL, PC_SKETCH_CHOICE, TRUE, CLIENTS },
  { NULL },
};

static const Form connect_form[] = {
  { "actor", N_ ("Who"), NULL, PC_SKETCH_CHOICE, TRUE, CLIENTS },
  { "to", N_ ("To"), N_ ("The only server where nothing is chosen"),
    PC_SKETCH_CHOICE, FALSE, SERVERS },
  { "port", N_ ("Port"), NULL, PC_SKETCH_NUMBER, TRUE, NULL },
  { "tls", N_ ("Security"), N_ ("implicit: TLS from the first octet on"),
    PC_SKETCH_CHOICE, FALSE, "|implicit" },
  { "needs_tls", N_ ("Gives no password in clear"), NULL, PC_SKETCH_SWITCH,
    FALSE, NULL },
  { "name", N_ ("Name to be certified"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { NULL },
};

static const Form wait_form[] = {
  { "actor", N_ ("Who"), NULL, PC_SKETCH_CHOICE, TRUE, CLIENTS },
  { "ms", N_ ("Milliseconds"), NULL, PC_SKETCH_NUMBER, TRUE, NULL },
  { NULL },
};

static const Form restore_form[] = {
  { "actor", N_ ("Who"), NULL, PC_SKETCH_CHOICE, TRUE, SERVERS },
  { "user", N_ ("User"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "mailbox", N_ ("Mailbox"), NULL, PC_SKETCH_TEXT, TRUE, NULL },
  { "keep", N_ ("Messages in the backup"), N_ ("All where nothing is said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { NULL },
};

static const Form refused_form[] = {
  { "refused", N_ ("Is meant to be refused"), NULL, PC_SKETCH_SWITCH, FALSE,
    NULL },
  { NULL },
};

static const Form mark_form[] = {
  { "id", N_ ("Id"), N_ ("Questions and notes name it so"), PC_SKETCH_NAME,
    TRUE, NULL },
  { "rule", N_ ("Rule"), N_ ("What kind of step; “Mark This Step” knows "
                              "it"),
    PC_SKETCH_TEXT, TRUE, NULL },
  { "from", N_ ("Sent by"), NULL, PC_SKETCH_CHOICE, FALSE, ACTORS },
  { "nth", N_ ("Which of these steps"), N_ ("The first one where nothing is "
                                            "said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "conn", N_ ("In which connection"), N_ ("Any where nothing is said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "note", N_ ("Note"), N_ ("Shown beside the step"), PC_SKETCH_PARAGRAPH,
    FALSE, NULL },
  { NULL },
};

/* -- making --------------------------------------------------------------- */

void
pc_sketch_field_free (PcSketchField *self)
{
  if (self == NULL)
    return;
  g_free (self->pointer);
  g_free (self->label);
  g_strfreev (self->choices);
  g_free (self);
}

/* The ids of actors, after "" where it need not be said. */
static char **
list_actors (PcSketch    *self,
             const char *which,
             gboolean    required)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint n = pc_json_edit_get_length (self->edit, "/actors");

  if (!required)
    g_ptr_array_add (ids, g_strdup (""));
  for (guint i = 0; i < n; i++) {
    g_autofree char *at = pc_json_pointer_index ("/actors", i);
    const char *id = pc_json_edit_get_string (self->edit, at, "id");
    gboolean server = g_strcmp0 (pc_json_edit_get_string (self->edit, at,
                                                          "role"),
                                 "server") == 0;

    if (id != NULL && (strcmp (which, ACTORS) == 0 ||
                       server == (strcmp (which, SERVERS) == 0)))
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_steal (ids, NULL);
}

/* What is there may be chosen even if it should not be. */
static char **
with_present (char **choices,
              char  *present)
{
  guint n = g_strv_length (choices);

  if (present == NULL ||
      g_strv_contains ((const char *const *) choices, present)) {
    g_free (present);
    return choices;
  }
  choices = g_renew (char *, choices, n + 2);
  choices[n] = present;
  choices[n + 1] = NULL;
  return choices;
}

static PcSketchField *
add_field (PcSketch    *self,
           GPtrArray  *fields,
           const char *entry,
           const Form *form)
{
  PcSketchField *field = g_new0 (PcSketchField, 1);

  field->pointer = g_strconcat (entry, "/", form->member, NULL);
  field->label = g_strdup (form->label != NULL ? _ (form->label)
                                               : form->member);
  field->hint = form->hint != NULL ? _ (form->hint) : NULL;
  field->input = form->input;
  field->required = form->required;
  if (form->choices != NULL && *form->choices == '@')
    field->choices = list_actors (self, form->choices, form->required);
  else if (form->choices != NULL)
    field->choices = g_strsplit (form->choices, "|", -1);
  if (field->choices != NULL)
    field->choices = with_present (
        field->choices, pc_sketch_dup_member (self, entry, form->member));
  g_ptr_array_add (fields, field);
  return field;
}

static void
add_form (PcSketch    *self,
          GPtrArray  *fields,
          const char *entry,
          const Form *form)
{
  for (; form->member != NULL; form++)
    add_field (self, fields, entry, form);
}

/* What is sent, or lies there, as it is described now. */
static void
add_content (PcSketch    *self,
             GPtrArray  *fields,
             const char *entry)
{
  static const struct
  {
    const char *member;
    const Form *form;
  } ways[] = {
    { "message", letter_form },
    { "lines", lines_form },
    { "from_file", beside_form },
    { "bytes", pattern_form },
  };
  static const Form way = { "", N_ ("Content"), NULL, PC_SKETCH_CONTENT, TRUE,
                            "message|lines|bytes|from_file" };

  add_field (self, fields, entry, &way);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *at = pc_json_pointer_member (entry, ways[i].member);

    if (pc_json_edit_get (self->edit, at) != NULL) {
      add_form (self, fields, entry, ways[i].form);
      return;
    }
  }
  add_form (self, fields, entry, letter_form);
}

/* -- the script ----------------------------------------------------------- */

static char **
list_verbs (PcSketch    *self,
            const char *actor)
{
  g_autoptr (GPtrArray) verbs = g_ptr_array_new ();
  const char *protocol = pc_sketch_find_protocol (self, actor);
  const PcActionSpec *spec = pc_sketch_get_actions (protocol);

  if (protocol != NULL) {
    g_ptr_array_add (verbs, g_strdup ("connect"));
    g_ptr_array_add (verbs, g_strdup ("close"));
    g_ptr_array_add (verbs, g_strdup ("cut"));
    g_ptr_array_add (verbs, g_strdup ("wait"));
  } else
    g_ptr_array_add (verbs, g_strdup ("restore"));
  for (; spec != NULL && spec->name != NULL; spec++)
    g_ptr_array_add (verbs, g_strdup (spec->name));
  g_ptr_array_add (verbs, NULL);
  return (char **) g_ptr_array_steal (verbs, NULL);
}

static const struct
{
  const char *name;
  const char *hint; /* N_() */
} param_hints[] = {
  { "set", N_ ("Messages, as 1:3 or *") },
  { "items", N_ ("Such as FLAGS BODY[]") },
  { "flags", N_ ("Such as \\Seen \\Deleted") },
  { "mode", N_ ("Set, add or remove; octet or netascii") },
  { "criteria", N_ ("Such as UNSEEN or FROM") },
  { "number", N_ ("Of the message") },
  { "mechanism", N_ ("plain, login, cram-md5 or scram-sha-256") },
  { "uid", N_ ("“yes”: numbers are UIDs") },
  { "blksize", N_ ("Octets of a block") },
  { "windowsize", N_ ("Blocks that go before an answer") },
  { "timeout", N_ ("Seconds") },
  { "tsize", N_ ("“yes”: asks how long the file is") },
  { "line", N_ ("As it goes on the wire") },
};

static void
add_params (PcSketch    *self,
            GPtrArray  *fields,
            const char *entry,
            const char *words,
            gboolean    required)
{
  g_auto (GStrv) names = g_strsplit (words != NULL ? words : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    Form form = { .member = names[i],
                  .input = PC_SKETCH_TEXT,
                  .required = required };

    if (*names[i] == '\0')
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (param_hints); j++)
      if (strcmp (param_hints[j].name, names[i]) == 0)
        form.hint = param_hints[j].hint;
    add_field (self, fields, entry, &form);
  }
}

static void
list_action_fields (PcSketch    *self,
                    GPtrArray  *fields,
                    const char *entry)
{
  const char *actor = pc_json_edit_get_string (self->edit, entry, "actor");
  const char *verb = pc_json_edit_get_string (self->edit, entry, "do");
  const PcActionSpec *specs =
      pc_sketch_get_actions (pc_sketch_find_protocol (self, actor));
  const PcActionSpec *spec = specs != NULL && verb != NULL
                                 ? pc_action_spec_find (specs, verb)
                                 : NULL;
  const Form *form = g_strcmp0 (verb, "connect") == 0   ? connect_form
                     : g_strcmp0 (verb, "wait") == 0    ? wait_form
                     : g_strcmp0 (verb, "restore") == 0 ? restore_form
                                                        : act_form;
  const Form what = { "do", N_ ("Does"), spec != NULL ? spec->summary : NULL,
                      PC_SKETCH_CHOICE, TRUE, "" };
  PcSketchField *field;

  add_field (self, fields, entry, &form[0]);
  field = add_field (self, fields, entry, &what);
  g_strfreev (field->choices);
  field->choices = with_present (list_verbs (self, actor), g_strdup (verb));
  add_form (self, fields, entry, form + 1);
  if (spec == NULL) {
    if (form == connect_form)
      add_form (self, fields, entry, refused_form);
    return;
  }
  add_params (self, fields, entry, spec->required, TRUE);
  add_params (self, fields, entry, spec->optional, FALSE);
  if (pc_sketch_has_content (verb))
    add_content (self, fields, entry);
  add_form (self, fields, entry, refused_form);
}

/* -- marks and faults ----------------------------------------------------- */

/* What only the presenter sees lies elsewhere, by the mark's id. */
static void
list_mark_fields (PcSketch    *self,
                  GPtrArray  *fields,
                  const char *entry)
{
  const char *id = pc_json_edit_get_string (self->edit, entry, "id");
  g_autofree char *member = id != NULL ? pc_json_pointer_member ("", id)
                                       : NULL;

  add_form (self, fields, entry, mark_form);
  if (id != NULL && *id != '\0') {
    const Form note = { member + 1, N_ ("Presenter’s note"),
                        N_ ("For who shows it, not for who watches"),
                        PC_SKETCH_PARAGRAPH, FALSE, NULL };

    add_field (self, fields, "/presenter/marks", &note);
  }
}

/* Of the members of faults; the others are texts. */
static const Form fault_forms[] = {
  { "rule", N_ ("Falls on"), N_ ("A rule; tftp.data* for all that begin so"),
    PC_SKETCH_TEXT, FALSE, NULL },
  { "after", N_ ("Counted after"), N_ ("A rule"), PC_SKETCH_TEXT, FALSE,
    NULL },
  { "from", N_ ("Sent by"), NULL, PC_SKETCH_CHOICE, FALSE, ACTORS },
  { "nth", N_ ("Which of them"), N_ ("The first one where nothing is said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "every", N_ ("That one and all after it"), NULL, PC_SKETCH_SWITCH, FALSE,
    NULL },
  { "conn", N_ ("In which connection"), N_ ("Any where nothing is said"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "rate", N_ ("Rate"), N_ ("How likely, 0 to 1; slow: octets in a second"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "seed", N_ ("Seed"), N_ ("Another one, other chances"), PC_SKETCH_NUMBER,
    FALSE, NULL },
  { "ms", N_ ("Milliseconds"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
  { "after_ms", N_ ("Milliseconds later"), NULL, PC_SKETCH_NUMBER, FALSE,
    NULL },
  { "past", N_ ("Packets that go first"), NULL, PC_SKETCH_NUMBER, FALSE,
    NULL },
  { "octet", N_ ("Octet"), N_ ("Counted from 0"), PC_SKETCH_NUMBER, FALSE,
    NULL },
  { "octets", N_ ("Octets of a piece"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
  { "xor", N_ ("Bits that turn over"), N_ ("1 to 255"), PC_SKETCH_NUMBER,
    FALSE, NULL },
  { "verb", N_ ("Command"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "reply", N_ ("Answer"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "code", N_ ("Error code"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
  { "text", N_ ("Text"), NULL, PC_SKETCH_TEXT, FALSE, NULL },
  { "opcode", N_ ("Kind of packet"), N_ ("3 DATA, 4 ACK, 5 ERROR"),
    PC_SKETCH_NUMBER, FALSE, NULL },
  { "block", N_ ("Block number"), NULL, PC_SKETCH_NUMBER, FALSE, NULL },
};

static void
list_fault_fields (PcSketch    *self,
                   GPtrArray  *fields,
                   const char *entry)
{
  const char *name = pc_json_edit_get_string (self->edit, entry, "fault");
  const Form kind_form = { "fault", N_ ("Fault"), NULL, PC_SKETCH_CHOICE, TRUE,
                           "" };
  PcSketchField *field = add_field (self, fields, entry, &kind_form);
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  PcFaultKind kind;

  for (guint i = 0; i < pc_fault_n_forms; i++)
    g_ptr_array_add (kinds, g_strdup (pc_fault_forms[i].name));
  g_ptr_array_add (kinds, NULL);
  g_strfreev (field->choices);
  field->choices = with_present ((char **) g_ptr_array_steal (kinds, NULL),
                                 g_strdup (name));
  if (name == NULL || !pc_fault_find_kind (name, &kind))
    return;
  for (const char *const *m = pc_fault_list_members (kind); *m != NULL; m++) {
    Form form = { .member = *m, .input = PC_SKETCH_TEXT };

    if (strcmp (*m, "fault") == 0)
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (fault_forms); i++)
      if (strcmp (fault_forms[i].member, *m) == 0)
        form = fault_forms[i];
    if (strcmp (*m, "to") == 0 && kind == PC_FAULT_INJECT) {
      form.input = PC_SKETCH_CHOICE;
      form.choices = "client|server";
    } else if (strcmp (*m, "to") == 0)
      form.input = PC_SKETCH_NUMBER;
    add_field (self, fields, entry, &form);
  }
}

/* -- all ------------------------------------------------------------------ */

static void
list_service_fields (PcSketch    *self,
                     GPtrArray  *fields,
                     const char *entry)
{
  const char *protocol = pc_json_edit_get_string (self->edit, entry,
                                                  "protocol");

  add_form (self, fields, entry, service_form);
  if (g_strcmp0 (protocol, "tftp") == 0)
    add_form (self, fields, entry, tftp_form);
  else
    add_form (self, fields, entry, stream_form);
  if (g_strcmp0 (protocol, "smtp") == 0)
    add_form (self, fields, entry, smtp_form);
}

GPtrArray *
pc_sketch_list_fields (PcSketch    *self,
                      const char *pointer)
{
  static const struct
  {
    const char *pattern;
    const Form *form;
  } forms[] = {
    { "", about_form },
    { "/presenter", presenter_form },
    { "/link", link_form },
    { "/world", world_form },
    { "/actors/*/listens/*/says/*", saying_form },
    { "/world/accounts/*", account_form },
    { "/world/accounts/*/mailboxes/*", mailbox_form },
    { "/world/accounts/*/mailboxes/*/messages/*", message_form },
    { "/world/files/*", file_form },
  };
  GPtrArray *fields = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_sketch_field_free);

  g_return_val_if_fail (self != NULL && pointer != NULL, fields);

  if (pc_sketch_match (pointer, "/script/*"))
    list_action_fields (self, fields, pointer);
  else if (pc_sketch_match (pointer, "/marks/*"))
    list_mark_fields (self, fields, pointer);
  else if (pc_sketch_match (pointer, "/faults/*"))
    list_fault_fields (self, fields, pointer);
  else if (pc_sketch_match (pointer, "/actors/*/listens/*"))
    list_service_fields (self, fields, pointer);
  else if (pc_sketch_match (pointer, "/actors/*"))
    add_form (self, fields, pointer,
              g_strcmp0 (pc_json_edit_get_string (self->edit, pointer,
                                                  "role"),
                         "server") == 0
                  ? server_form
                  : client_form);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (pc_sketch_match (pointer, forms[i].pattern))
      add_form (self, fields, pointer, forms[i].form);
  if (pc_sketch_match (pointer, "/world/accounts/*/mailboxes/*/messages/*") ||
      pc_sketch_match (pointer, "/world/files/*"))
    add_content (self, fields, pointer);
  return fields;
}
