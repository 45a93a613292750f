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
#include "mail/account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-world"
#define FORMAT_VERSION 1
#define DEFAULT_UID_VALIDITY 1756000000
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* With a backslash as in IMAP, or without one, in any case. */
static PcFlags
find_flag (const char *name)
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

  name += *name == '\\' ? 1 : 0;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (table[i].name, name) == 0)
      return table[i].flag;

  return 0;
}

static PcFlags
load_flags (PcScenarioLoader   *self,
            const PcJsonReader *reader)
{
  g_autofree char *list = pc_json_pointer_member (reader->pointer, "flags");
  JsonArray       *names = pc_json_read_array (reader, "flags", FALSE);
  PcFlags          flags = 0;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode   *node = json_array_get_element (names, i);
    const char *name = json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_get_string (node)
                           : "";
    PcFlags     found = find_flag (name);

    if (found == 0) {
      g_autofree char *at = pc_json_pointer_index (list, i);

      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S120",
                      at, _ ("There is no flag “%s”."), name);
    }
    flags |= found;
  }

  return flags;
}

/* The one that is being read stands at the end of the list: what is below it
 * belongs to it. */
static PcScenarioMailbox *
current_box (PcScenarioLoader *self)
{
  GArray *boxes = self->world->mailboxes;

  return &g_array_index (boxes, PcScenarioMailbox, boxes->len - 1);
}

void
pc_scenario_take_message (PcScenarioLoader   *self,
                          const PcJsonReader *reader,
                          PcScenarioMessage  *message)
{
  PcWorld           *world = self->world;
  PcScenarioMailbox *box = current_box (self);

  if (world->messages->len >= PC_LIMIT_MAILBOX_MESSAGES) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S112",
                    reader->pointer, _ ("There are too many messages."));
    g_clear_pointer (&message->content, g_bytes_unref);
    return;
  }

  message->box = world->mailboxes->len - 1;
  box->next = MAX (box->next, message->uid) + 1;
  g_array_append_val (world->messages, *message);
}

/* UIDs ascend; one that is not given follows the one before. */
static guint32
load_uid (PcScenarioLoader   *self,
          const PcJsonReader *reader)
{
  guint32          uid = (guint32) pc_json_read_int (
      reader, "uid", 1, PC_LIMIT_WORLD_UID, 0);
  guint32          next = current_box (self)->next;
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "uid");

  if (uid > 0 && uid < next)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S126", at,
                    _ ("UIDs ascend, and each is given once: %u or more "
                       "belongs here."),
                    next);

  return uid;
}

static void
check_content (PcScenarioLoader   *self,
               const PcJsonReader *reader,
               GBytes             *content)
{
  gboolean    from_file = json_object_has_member (reader->object, "from_file");
  const char *wrong = NULL;

  if (content != NULL)
    wrong = pc_scenario_check_message (content, from_file);
  if (wrong != NULL)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S125",
                    reader->pointer, "%s", _ (wrong));
}

static void
read_message (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "message", "lines", "from_file",
                                       "bytes", "pattern", "flags", "uid",
                                       "age_hours", NULL };
  guint                    before =
      pc_problems_count (self->problems, PC_SEVERITY_ERROR);
  PcScenarioMessage        message = { 0 };

  pc_json_check_members (reader, known);
  message.content = pc_scenario_load_content (self, reader);
  message.flags = load_flags (self, reader);
  message.uid = load_uid (self, reader);
  message.age = HOUR * pc_json_read_int (reader, "age_hours", 0, 100000, 0);
  check_content (self, reader, message.content);
  if (message.content == NULL &&
      pc_problems_count (self->problems, PC_SEVERITY_ERROR) == before)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S121",
                    reader->pointer,
                    _ ("This message has no content: write “message”, "
                       "“lines”, “from_file” or “bytes”."));
  if (pc_problems_count (self->problems, PC_SEVERITY_ERROR) == before)
    pc_scenario_take_message (self, reader, &message);
  else
    g_clear_pointer (&message.content, g_bytes_unref);
}

/* In a world of its own a bad message is set aside, with a warning, and the
 * others are served; a script needs all of them. */
static void
with_softened_problems (PcScenarioLoader   *self,
                        const PcJsonReader *reader,
                        PcScenarioEach      func)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcScenarioLoader loader = *self;
  PcJsonReader     own = *reader;

  if (self->scenario != NULL) {
    func (self, reader);
    return;
  }

  loader.problems = own.problems = problems;
  func (&loader, &own);
  self->content = loader.content;
  pc_problems_soften (problems);
  pc_problems_take_all (self->problems, problems);
}

static void
load_stored_message (PcScenarioLoader   *self,
                     const PcJsonReader *reader)
{
  with_softened_problems (self, reader, read_message);
}

static void
load_messages_beside (PcScenarioLoader   *self,
                      const PcJsonReader *reader)
{
  pc_scenario_load_mbox (self, reader);
  pc_scenario_load_maildir (self, reader);
}

static const char *
load_special_use (PcScenarioLoader   *self,
                  const PcJsonReader *reader)
{
  static const char *const uses[] = { "\\All", "\\Archive", "\\Drafts",
                                      "\\Flagged", "\\Junk", "\\Sent",
                                      "\\Trash", NULL };
  const char      *use = pc_json_read_string (reader, "special_use", FALSE);
  g_autofree char *at = pc_json_pointer_member (reader->pointer,
                                                "special_use");

  if (use != NULL && !g_strv_contains (uses, use))
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S127", at,
                    _ ("A special use is one of: %s."),
                    "\\All \\Archive \\Drafts \\Flagged \\Junk \\Sent "
                    "\\Trash");
  return pc_scenario_keep (self, use);
}

static gboolean
has_mailbox (const PcWorld *world,
             const char    *user,
             const char    *name)
{
  for (guint i = 0; i < world->mailboxes->len; i++) {
    const PcScenarioMailbox *box = &g_array_index (world->mailboxes,
                                                   PcScenarioMailbox, i);

    if (strcmp (box->user, user) == 0 && strcmp (box->name, name) == 0)
      return TRUE;
  }

  return FALSE;
}

/* NULL, with a problem, when no mailbox can be called so. */
static const char *
load_mailbox_name (PcScenarioLoader   *self,
                   const PcJsonReader *reader,
                   const char         *user)
{
  const char      *name = pc_json_read_string (reader, "name", TRUE);
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "name");

  if (name == NULL)
    return NULL;
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    name = "INBOX";
  if (!pc_account_is_usable_name (name)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S123", at,
                    _ ("No mailbox can have this name: levels between “/” are "
                       "not empty and not “.” or “..”, and “%%”, “*” and "
                       "control characters do not belong into it."));
    return NULL;
  }
  if (has_mailbox (self->world, user, name)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S106", at,
                    _ ("Two mailboxes of the account have this name."));
    return NULL;
  }

  return pc_scenario_keep (self, name);
}

static void
load_mailbox (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = { "name", "special_use", "subscribed",
                                       "uid_validity", "uid_next", "mbox",
                                       "maildir", "messages", NULL };
  PcWorld                 *world = self->world;
  const PcScenarioAccount *account =
      &g_array_index (world->accounts, PcScenarioAccount,
                      world->accounts->len - 1);
  PcScenarioMailbox box = { .user = account->user,
                            .next = 1 };

  pc_json_check_members (reader, known);
  box.name = load_mailbox_name (self, reader, account->user);
  box.special_use = load_special_use (self, reader);
  box.subscribed = pc_json_read_bool (reader, "subscribed", TRUE);
  box.uid_validity = (guint32) pc_json_read_int (
      reader, "uid_validity", 1, G_MAXUINT32, account->uid_validity);
  box.uid_next = (guint32) pc_json_read_int (reader, "uid_next", 1,
                                             PC_LIMIT_WORLD_UID, 0);
  if (box.name == NULL)
    return;
  if (world->mailboxes->len >= PC_LIMIT_MAILBOXES) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S112",
                    reader->pointer, _ ("There are too many mailboxes."));
    return;
  }

  g_array_append_val (world->mailboxes, box);
  with_softened_problems (self, reader, load_messages_beside);
  pc_scenario_each (self, reader, "messages", FALSE, load_stored_message);
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

/* Who is in the base already; they keep their passwords. */
static gboolean
is_in_base (const PcWorld *world,
            const char    *user)
{
  return world->base != PC_WORLD_EMPTY && user != NULL &&
         (g_ascii_strcasecmp (user, "alex") == 0 ||
          g_ascii_strcasecmp (user, "robin") == 0);
}

static void
load_account (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const fresh[] = { "user", "password", "uid_validity",
                                       "quota", "mailboxes", NULL };
  static const char *const added[] = { "user", "quota", "mailboxes", NULL };
  PcScenarioAccount        account = { 0 };
  gboolean                 in_base;

  account.user = pc_scenario_read_name (self, reader, "user", TRUE);
  in_base = is_in_base (self->world, account.user);
  pc_json_check_members (reader, in_base ? added : fresh);
  account.password = in_base ? ""
                             : pc_scenario_read_name (self, reader, "password",
                                                      TRUE);
  account.uid_validity = (guint32) pc_json_read_int (
      reader, "uid_validity", 1, G_MAXUINT32,
      in_base ? 0 : DEFAULT_UID_VALIDITY);
  account.quota = (guint64) pc_json_read_int (reader, "quota", 0, G_MAXINT64,
                                              0);
  if (account.user == NULL || account.password == NULL)
    return;
  if (has_account (self->world, account.user)) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S106",
                    reader->pointer, _ ("Two accounts have this user."));
    return;
  }
  if (self->world->accounts->len >= PC_LIMIT_ACCOUNTS) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S112",
                    reader->pointer, _ ("There are too many accounts."));
    return;
  }

  if (in_base)
    account.user = g_ascii_strcasecmp (account.user, "alex") == 0 ? "alex"
                                                                  : "robin";
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

/* Without a word about it: nothing where there are accounts, else what a
 * scenario, or "serve", has without any world. */
static PcWorldBase
load_base (PcScenarioLoader   *self,
           const PcJsonReader *reader)
{
  static const char *const names[] = { "empty", "lesson", "full" };
  const char      *name = pc_json_read_string (reader, "base", FALSE);
  JsonArray       *accounts = pc_json_read_array (reader, "accounts", FALSE);
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "base");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return (PcWorldBase) i;

  if (name != NULL)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S128", at,
                    _ ("A world is based on “empty”, “lesson” or “full”."));
  if (accounts != NULL && json_array_get_length (accounts) > 0)
    return PC_WORLD_EMPTY;
  return self->scenario != NULL ? PC_WORLD_LESSON : PC_WORLD_FULL;
}

static void
load_domain (PcScenarioLoader   *self,
             const PcJsonReader *reader)
{
  const char      *domain = pc_scenario_read_name (self, reader, "domain",
                                                   FALSE);
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "domain");

  if (domain == NULL)
    return;
  if (self->world->base != PC_WORLD_EMPTY &&
      g_ascii_strcasecmp (domain, self->world->domain) != 0)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S129", at,
                    _ ("The accounts of the base are at %s. For another "
                       "domain write accounts of your own, and “base”: "
                       "“empty”."),
                    self->world->domain);
  else
    self->world->domain = domain;
}

void
pc_scenario_load_world (PcScenarioLoader   *self,
                        const PcJsonReader *reader)
{
  static const char *const part[] = { "base", "domain", "accounts", "files",
                                      "mx", NULL };
  static const char *const whole[] = { "$schema", "format", "format_version",
                                       "base", "domain", "accounts", "files",
                                       "mx", NULL };

  pc_json_check_members (reader, self->scenario != NULL ? part : whole);
  self->world->base = load_base (self, reader);
  load_domain (self, reader);
  pc_scenario_load_routes (self, reader);
  pc_scenario_each (self, reader, "accounts", FALSE, load_account);
  pc_scenario_each (self, reader, "files", FALSE, load_file);
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
  g_autoptr (PcWorld) world = pc_world_new (PC_WORLD_FULL);
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
