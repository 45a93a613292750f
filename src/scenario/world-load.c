/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a world: accounts, mailboxes, messages, files.
 *
 *   { "domain": "example.test",
 *     "accounts": [ { "user", "password", "uid_validity",
 *                     "quota",
 *                     "mailboxes": [ { "name", "special_use", "mbox",
 *                                      "messages": [ … ] } ] } ],
 *     "files": [ { "name", … content … } ] }
 *
 * A user with another domain's address ("robin@partner.test") is at home there.
 * Content is "lines" (joined by CR LF), "message" (from, to, subject, date, id,
 * lines), "from_file" (a file beside the JSON file: an .eml, say), or "bytes"
 * (that many octets of "pattern").
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"
#include "mail/mbox.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-world"
#define FORMAT_VERSION 1
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
  static const char *const known[] = { "from", "to", "cc", "bcc", "subject",
                                       "date", "id", "lines", NULL };
  PcJsonReader             reader = pc_scenario_reader (self, object, pointer);
  g_autofree char         *at = pc_json_pointer_member (pointer, "lines");
  GString                 *out = g_string_new (NULL);
  JsonArray               *lines;

  pc_json_check_members (&reader, known);
  append_header (out, &reader, "from", "From");
  append_header (out, &reader, "to", "To");
  append_header (out, &reader, "cc", "Cc");
  append_header (out, &reader, "bcc", "Bcc");
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

/* FALSE, with a problem, when all contents are too much by @size more. */
static gboolean
count_content (PcScenarioLoader   *self,
               const PcJsonReader *reader,
               gsize               size)
{
  self->content += size;
  if (self->content <= PC_LIMIT_CONTENT)
    return TRUE;

  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S122",
                  reader->pointer,
                  _ ("All contents together are longer than %d MiB."),
                  PC_LIMIT_CONTENT / 1024 / 1024);
  return FALSE;
}

/* Only below the folder of the JSON file: who passes a world on passes on
 * what is in it, and nothing else of the reader's disk. */
static gboolean
is_beside (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  return *name != '\0' && !g_path_is_absolute (name) &&
         !g_strv_contains ((const char *const *) parts, "..");
}

/* The file that @member names; NULL, with a problem, when it cannot be read. */
static GBytes *
load_beside (PcScenarioLoader   *self,
             const PcJsonReader *reader,
             const char         *member,
             const char         *name)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, member);
  g_autofree char *dir = g_path_get_dirname (pc_json_get_name (self->json));
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_beside (name)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S124", at,
                    _ ("Name a file in the folder of this one, or below it."));
    return NULL;
  }
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    file = g_mapped_file_new (path, FALSE, &error);
  if (file == NULL) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S124", at,
                    _ ("“%s” cannot be read."), path);
    return NULL;
  }
  if (!count_content (self, reader, g_mapped_file_get_length (file)))
    return NULL;

  /* A copy: the file may change while it is served. */
  return g_bytes_new (g_mapped_file_get_contents (file),
                      g_mapped_file_get_length (file));
}

static GBytes *
load_pattern (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  gint64      size = pc_json_read_int (reader, "bytes", 0, PC_LIMIT_TFTP_FILE,
                                       0);
  const char *pattern = pc_json_read_string (reader, "pattern", TRUE);
  GString    *out = g_string_new (NULL);

  if (!count_content (self, reader, (gsize) size))
    return finish (out);
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
  const char *file = pc_json_read_string (reader, "from_file", FALSE);

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
  if (file != NULL)
    return load_beside (self, reader, "from_file", file);
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
  PcWorld                 *world = self->world;
  const PcScenarioMailbox *box =
      &g_array_index (world->mailboxes, PcScenarioMailbox,
                      world->mailboxes->len - 1);
  PcScenarioMessage message = { .user = box->user, .mailbox = box->name };

  message.content = pc_scenario_load_content (self, reader);
  message.flags = load_flags (self, reader);
  message.age = HOUR * pc_json_read_int (reader, "age_hours", 0, 100000, 0);
  if (message.content != NULL)
    g_array_append_val (world->messages, message);
  else
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S121",
                    reader->pointer,
                    _ ("This message has no content: write “message”, "
                       "“lines”, “from_file” or “bytes”."));
}

static void
load_mbox (PcScenarioLoader        *self,
           const PcJsonReader      *reader,
           const PcScenarioMailbox *box)
{
  const char *name = pc_json_read_string (reader, "mbox", FALSE);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  gsize         len;
  const guint8 *data;

  if (name != NULL)
    content = load_beside (self, reader, "mbox", name);
  if (content == NULL)
    return;

  data = g_bytes_get_data (content, &len);
  messages = pc_mbox_split (data, len);
  for (guint i = 0; i < messages->len; i++) {
    PcScenarioMessage message = { .user = box->user,
                                  .mailbox = box->name,
                                  .content = messages->pdata[i] };

    g_bytes_ref (message.content);
    g_array_append_val (self->world->messages, message);
  }
}

static void
load_mailbox (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "name", "special_use", "mbox",
                                       "messages", NULL };
  PcWorld                 *world = self->world;
  const PcScenarioAccount *account =
      &g_array_index (world->accounts, PcScenarioAccount,
                      world->accounts->len - 1);
  PcScenarioMailbox box = { .user = account->user };

  pc_json_check_members (reader, known);
  box.name = pc_scenario_read_name (self, reader, "name", TRUE);
  box.special_use = pc_scenario_read_name (self, reader, "special_use",
                                           FALSE);
  if (box.name == NULL)
    return;
  if (world->mailboxes->len >= PC_LIMIT_MAILBOXES) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S112",
                    reader->pointer, _ ("There are too many mailboxes."));
    return;
  }

  g_array_append_val (world->mailboxes, box);
  load_mbox (self, reader, &box);
  pc_scenario_each (self, reader, "messages", FALSE, load_stored_message);
}

/* Of the world's own domain. */
static gboolean
has_own_account (const PcWorld *world)
{
  for (guint i = 0; i < world->accounts->len; i++)
    if (pc_scenario_is_at (
            world, &g_array_index (world->accounts, PcScenarioAccount, i),
            world->domain))
      return TRUE;

  return FALSE;
}

static gboolean
has_account (const PcWorld *world,
             const char    *user)
{
  for (guint i = 0; i < world->accounts->len; i++)
    if (g_ascii_strcasecmp (
            g_array_index (world->accounts, PcScenarioAccount, i).user,
            user) == 0)
      return TRUE;

  return FALSE;
}

static void
load_account (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "user", "password", "uid_validity",
                                       "mailboxes", "quota", NULL };
  PcScenarioAccount        account = { 0 };

  pc_json_check_members (reader, known);
  account.user = pc_scenario_read_name (self, reader, "user", TRUE);
  account.password = pc_scenario_read_name (self, reader, "password", TRUE);
  account.uid_validity = (guint32) pc_json_read_int (
      reader, "uid_validity", 1, G_MAXUINT32, DEFAULT_UID_VALIDITY);
  account.quota = (guint64) pc_json_read_int (reader, "quota", 1,
                                              PC_LIMIT_CONTENT, 0);
  if (account.user == NULL || account.password == NULL)
    return;
  if (has_account (self->world, account.user)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S106",
                    reader->pointer, _ ("Two accounts have this user."));
    return;
  }

  g_array_append_val (self->world->accounts, account);
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
    g_array_append_val (self->world->files, file);
    return;
  }

  g_clear_pointer (&file.content, g_bytes_unref);
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S121",
                  reader->pointer,
                  _ ("This file has no content: write “lines”, “from_file” or "
                     "“bytes”."));
}

void
pc_scenario_load_world (PcScenarioLoader   *self,
                        const PcJsonReader *reader)
{
  static const char *const part[] = { "domain", "accounts", "files", "mx",
                                      NULL };
  static const char *const whole[] = { "$schema", "format", "format_version",
                                       "domain", "accounts", "files", "mx",
                                       NULL };
  const char              *domain;

  pc_json_check_members (reader, self->scenario != NULL ? part : whole);
  domain = pc_scenario_read_name (self, reader, "domain", FALSE);
  pc_scenario_each (self, reader, "accounts", FALSE, load_account);
  pc_scenario_each (self, reader, "files", FALSE, load_file);
  pc_scenario_load_routes (self, reader);
  if (domain != NULL)
    self->world->domain = domain;
  self->world->is_default = !has_own_account (self->world);
}

static void
load_root (PcScenarioLoader *self,
           JsonObject       *object)
{
  PcJsonReader reader = pc_scenario_reader (self, object, "");
  const char  *format = pc_json_read_string (&reader, "format", TRUE);

  if (format != NULL && strcmp (format, FORMAT) != 0)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S001",
                    "/format",
                    _ ("This is not a world: its “format” is another."));
  pc_json_read_int (&reader, "format_version", FORMAT_VERSION, FORMAT_VERSION,
                    FORMAT_VERSION);
  pc_scenario_load_world (self, &reader);
}

PcWorld *
pc_world_new_from_json (PcJson     *json,
                        PcProblems *problems)
{
  g_autoptr (PcWorld) world = pc_world_new ();
  PcScenarioLoader loader = { .world = world,
                              .kept = world->strings,
                              .json = json,
                              .problems = problems };
  guint            before = pc_problems_count (problems, PC_SEVERITY_ERROR);
  JsonNode        *root = pc_json_get_root (json);

  if (JSON_NODE_HOLDS_OBJECT (root))
    load_root (&loader, json_node_get_object (root));
  else
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "",
                    _ ("A world is an object “{ … }”."));

  if (pc_problems_count (problems, PC_SEVERITY_ERROR) > before)
    return NULL;
  return g_steal_pointer (&world);
}

PcWorld *
pc_world_load (const char *path,
               PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL && problems != NULL, NULL);

  json = pc_json_load (path, problems);
  return json != NULL ? pc_world_new_from_json (json, problems) : NULL;
}
