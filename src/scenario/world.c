/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what is in the world before a scenario begins: accounts, mailboxes,
 * messages, files.
 *
 *   "world": {
 *     "domain": "example.test",
 *     "accounts": [ { "user", "password", "uid_validity",
 *                     "mailboxes": [ { "name", "special_use",
 *                                      "messages": [ … ] } ] } ],
 *     "files": [ { "name", … content … } ]
 *   }
 *
 * Without "world" the scenario gets the default world.  Content is "lines"
 * (joined by CR LF), "message" (from, to, subject, date, id, lines), or
 * "bytes" (that many octets of "pattern").
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_UID_VALIDITY 1756000000
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
append_lines (PcScenarioLoader *self,
              GString          *out,
              JsonArray        *lines,
              const char       *pointer)
{
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonNode *node = json_array_get_element (lines, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING) {
      g_autofree char *at = pc_json_pointer_index (pointer, i);

      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR,
                      "Q022", at, _ ("A line must be a string."));
      continue;
    }
    g_string_append (out, json_node_get_string (node));
    g_string_append (out, "\r\n");
  }
}

static void
append_header (GString            *out,
               const PcJsonReader *reader,
               const char         *member,
               const char         *name)
{
  const char *value = pc_json_read_string (reader, member, FALSE);

  if (value != NULL)
    g_string_append_printf (out, "%s: %s\r\n", name, value);
}

static GBytes *
finish (GString *text)
{
  return g_string_free_to_bytes (text);
}

static GBytes *
load_message (PcScenarioLoader *self,
              JsonObject       *object,
              const char       *pointer)
{
  static const char *const known[] = { "from", "to", "cc", "subject", "date",
                                       "id", "lines", NULL };
  PcJsonReader             reader = pc_scenario_reader (self, object, pointer);
  g_autofree char         *at = pc_json_pointer_member (pointer, "lines");
  GString                 *out = g_string_new (NULL);
  JsonArray               *lines;

  pc_json_check_members (&reader, known);
  append_header (out, &reader, "from", "From");
  append_header (out, &reader, "to", "To");
  append_header (out, &reader, "cc", "Cc");
  append_header (out, &reader, "subject", "Subject");
  append_header (out, &reader, "date", "Date");
  append_header (out, &reader, "id", "Message-ID");
  g_string_append (out, "MIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: 8bit\r\n\r\n");
  lines = pc_json_read_array (&reader, "lines", TRUE);
  if (lines != NULL)
    append_lines (self, out, lines, at);

  return finish (out);
}

static GBytes *
load_pattern (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  gint64      size = pc_json_read_int (reader, "bytes", 0, PC_LIMIT_TFTP_FILE,
                                       0);
  const char *pattern = pc_json_read_string (reader, "pattern", TRUE);
  GString    *out = g_string_new (NULL);

  self->content += (gsize) size;
  if (self->content > PC_LIMIT_CONTENT) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S122",
                    reader->pointer,
                    _ ("All contents together are longer than %d MiB."),
                    PC_LIMIT_CONTENT / 1024 / 1024);
    return finish (out);
  }
  while (pattern != NULL && *pattern != '\0' && out->len < (gsize) size)
    g_string_append (out, pattern);
  g_string_truncate (out, MIN (out->len, (gsize) size));

  return finish (out);
}

GBytes *
pc_scenario_load_content (PcScenarioLoader   *self,
                          const PcJsonReader *reader)
{
  JsonArray  *lines = pc_json_read_array (reader, "lines", FALSE);
  JsonObject *message = pc_json_read_object (reader, "message", FALSE);

  if (lines != NULL) {
    g_autofree char *at = pc_json_pointer_member (reader->pointer, "lines");
    GString         *out = g_string_new (NULL);

    append_lines (self, out, lines, at);
    return finish (out);
  }
  if (message != NULL) {
    g_autofree char *at = pc_json_pointer_member (reader->pointer,
                                                  "message");

    return load_message (self, message, at);
  }
  if (json_object_has_member (reader->object, "bytes"))
    return load_pattern (self, reader);

  return NULL;
}

static PcFlags
load_flags (PcScenarioLoader   *self,
            const PcJsonReader *reader)
{
  static const struct
  {
    const char *name;
    PcFlags     flag;
  } table[] = {
    { "seen", PC_FLAG_SEEN },
    { "answered", PC_FLAG_ANSWERED },
    { "flagged", PC_FLAG_FLAGGED },
    { "deleted", PC_FLAG_DELETED },
    { "draft", PC_FLAG_DRAFT },
  };
  JsonArray *names = pc_json_read_array (reader, "flags", FALSE);
  PcFlags    flags = 0;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode   *node = json_array_get_element (names, i);
    const char *name = json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_get_string (node)
                           : "";
    PcFlags     found = 0;

    for (guint k = 0; k < G_N_ELEMENTS (table); k++)
      if (strcmp (table[k].name, name) == 0)
        found = table[k].flag;
    if (found == 0)
      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S120",
                      reader->pointer, _ ("There is no flag “%s”."), name);
    flags |= found;
  }

  return flags;
}

/* The account and mailbox that are being read stand at the end of the lists:
 * what is below them belongs to them. */
static void
load_stored_message (PcScenarioLoader   *self,
                     const PcJsonReader *reader)
{
  PcScenario              *scenario = self->scenario;
  const PcScenarioMailbox *box =
      &g_array_index (scenario->mailboxes, PcScenarioMailbox,
                      scenario->mailboxes->len - 1);
  PcScenarioMessage message = { .user = box->user, .mailbox = box->name };

  message.content = pc_scenario_load_content (self, reader);
  message.flags = load_flags (self, reader);
  message.age = HOUR * pc_json_read_int (reader, "age_hours", 0, 100000, 0);
  if (message.content != NULL)
    g_array_append_val (scenario->messages, message);
  else
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S121",
                    reader->pointer,
                    _ ("This message has no content: write “message”, "
                       "“lines” or “bytes”."));
}

static void
load_mailbox (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "name", "special_use", "messages",
                                       NULL };
  PcScenario              *scenario = self->scenario;
  const PcScenarioAccount *account =
      &g_array_index (scenario->accounts, PcScenarioAccount,
                      scenario->accounts->len - 1);
  PcScenarioMailbox box = { .user = account->user };

  pc_json_check_members (reader, known);
  box.name = pc_scenario_read_name (self, reader, "name", TRUE);
  box.special_use = pc_scenario_read_name (self, reader, "special_use",
                                           FALSE);
  if (box.name == NULL)
    return;
  if (scenario->mailboxes->len >= PC_LIMIT_MAILBOXES) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S112",
                    reader->pointer, _ ("There are too many mailboxes."));
    return;
  }

  g_array_append_val (scenario->mailboxes, box);
  pc_scenario_each (self, reader, "messages", FALSE, load_stored_message);
}

static gboolean
has_account (const PcScenario *scenario,
             const char       *user)
{
  for (guint i = 0; i < scenario->accounts->len; i++)
    if (g_ascii_strcasecmp (
            g_array_index (scenario->accounts, PcScenarioAccount, i).user,
            user) == 0)
      return TRUE;

  return FALSE;
}

static void
load_account (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "user", "password", "uid_validity",
                                       "mailboxes", NULL };
  PcScenarioAccount        account = { 0 };

  pc_json_check_members (reader, known);
  account.user = pc_scenario_read_name (self, reader, "user", TRUE);
  account.password = pc_scenario_read_name (self, reader, "password", TRUE);
  account.uid_validity = (guint32) pc_json_read_int (
      reader, "uid_validity", 1, G_MAXUINT32, DEFAULT_UID_VALIDITY);
  if (account.user == NULL || account.password == NULL)
    return;
  if (has_account (self->scenario, account.user)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S106",
                    reader->pointer, _ ("Two accounts have this user."));
    return;
  }

  g_array_append_val (self->scenario->accounts, account);
  pc_scenario_each (self, reader, "mailboxes", FALSE, load_mailbox);
}

static void
load_file (PcScenarioLoader   *self,
           const PcJsonReader *reader)
{
  PcScenarioFile file = { 0 };

  file.name = pc_scenario_keep (self, pc_json_read_string (reader, "name",
                                                           TRUE));
  file.content = pc_scenario_load_content (self, reader);
  if (file.name != NULL && file.content != NULL) {
    g_array_append_val (self->scenario->files, file);
    return;
  }

  g_clear_pointer (&file.content, g_bytes_unref);
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S121",
                  reader->pointer,
                  _ ("This file has no content: write “lines” or “bytes”."));
}

void
pc_scenario_load_world (PcScenarioLoader   *self,
                        const PcJsonReader *root)
{
  static const char *const known[] = { "domain", "accounts", "files", NULL };
  JsonObject              *world = pc_json_read_object (root, "world", FALSE);
  PcJsonReader             reader;
  const char              *domain = NULL;

  self->scenario->default_world = TRUE;
  if (world != NULL) {
    reader = pc_scenario_reader (self, world, "/world");
    pc_json_check_members (&reader, known);
    domain = pc_scenario_read_name (self, &reader, "domain", FALSE);
    pc_scenario_each (self, &reader, "accounts", FALSE, load_account);
    pc_scenario_each (self, &reader, "files", FALSE, load_file);
    self->scenario->default_world = self->scenario->accounts->len == 0;
  }

  self->scenario->domain = domain != NULL ? domain : "example.test";
}
