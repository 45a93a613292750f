/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an action to the octets of a command.
 *
 * Nothing with a line end in it goes out at all: it would be a second command.
 * What stands behind each command is in client-arguments.c.
 *
 * RFC 3501 and RFC 9051 sections 2.2.1 and 6.
 */

#include "proto/imap/client-commands.h"

#include "proto/imap/client-arguments.h"

#include "proto/common/engine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
make_tag (guint *n_tags)
{
  return g_strdup_printf ("a%u", ++*n_tags);
}

/* A command in one piece, as one that follows from another. */
G_GNUC_PRINTF (3, 4)
static PcImapRequest *
request_new (PcImapVerb  verb,
             guint      *n_tags,
             const char *format,
             ...)
{
  PcImapRequest   *self = g_new0 (PcImapRequest, 1);
  g_autofree char *args = NULL;
  g_autofree char *line = NULL;
  va_list          list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);

  self->verb = verb;
  self->tag = make_tag (n_tags);
  line = g_strdup_printf ("%s %s%s%s\r\n", self->tag,
                          pc_imap_verbs[verb].name,
                          args[0] != '\0' ? " " : "", args);
  g_queue_init (&self->segments);
  g_queue_push_tail (&self->segments, g_bytes_new (line, strlen (line)));
  return self;
}

/* -- commands ------------------------------------------------------------- */

static PcImapVerb
find_writer (const PcImapWriter *self)
{
  guint verb = 0;

  while (pc_imap_arguments[verb].action == NULL ||
         strcmp (pc_imap_arguments[verb].action, self->action->name) != 0)
    verb++;

  return verb;
}

/* Does without MOVE: COPY, then the flag \Deleted, then EXPUNGE; the latter of
 * these messages only, when the server can and we know their UIDs (RFC 6851
 * section 1, RFC 4315 section 2.1). */
static gboolean
write_old_move (PcImapWriter *self)
{
  const PcImapKnown *known = self->maker->known;
  const char        *set = pc_imap_param (self, "set", "");
  gboolean           uid = pc_imap_is_set (self, "uid");
  g_autofree char   *uids = uid ? g_strdup (set)
                                : pc_imap_known_find_uids (known, set);
  gboolean           some = uids != NULL && pc_imap_known_can (known,
                                                               "UIDPLUS");

  if (!pc_imap_arguments[PC_IMAP_VERB_COPY].write (self))
    return FALSE;
  g_string_append (self->out, "\r\n");
  pc_imap_end_segment (self);

  /* By UID when it can be: others' EXPUNGE may come in between. */
  self->request->next = request_new (
      uids != NULL ? PC_IMAP_VERB_UID_STORE : PC_IMAP_VERB_STORE,
      self->maker->n_tags, "%s +FLAGS.SILENT (\\Deleted)",
                                     uids != NULL ? uids : set);
  self->request->next->next = request_new (
      some ? PC_IMAP_VERB_UID_EXPUNGE : PC_IMAP_VERB_EXPUNGE,
      self->maker->n_tags, "%s", some ? uids : "");
  return TRUE;
}

static gboolean
write_command (PcImapWriter *self)
{
  PcImapVerb verb = find_writer (self);
  gboolean   old_move = verb == PC_IMAP_VERB_MOVE &&
                      pc_imap_known_lacks (self->maker->known, "MOVE");
  PcImapVerb named = old_move ? PC_IMAP_VERB_COPY : verb;

  if (pc_imap_is_set (self, "uid") ||
      (verb == PC_IMAP_VERB_EXPUNGE &&
       pc_imap_param (self, "set", NULL) != NULL))
    named = pc_imap_verb_get_uid_form (named);

  self->request->verb = named;
  self->request->tag = make_tag (self->maker->n_tags);
  g_string_append_printf (self->out, "%s %s", self->request->tag,
                          pc_imap_verbs[named].name);
  if (old_move)
    return write_old_move (self);

  return pc_imap_arguments[verb].write == NULL ||
         pc_imap_arguments[verb].write (self);
}

/* What the learner typed, right or wrong; we only look for what the reply
 * will look like. */
static void
write_raw (PcImapWriter *self)
{
  const char   *line = pc_imap_param (self, "line", "");
  PcImapCursor  at = { (const guint8 *) line, strlen (line), 0 };
  PcImapRequest *request = self->request;

  request->raw = TRUE;
  if (pc_imap_read_tag (&at, &request->tag) && pc_imap_read_char (&at, ' '))
    request->verb = pc_imap_read_verb (&at);
  if ((request->verb == PC_IMAP_VERB_SELECT ||
       request->verb == PC_IMAP_VERB_EXAMINE) &&
      pc_imap_read_char (&at, ' '))
    pc_imap_read_astring (&at, &request->mailbox);

  g_string_append (self->out, line);
}

static void
write_done (PcImapWriter *self)
{
  self->request->verb = PC_IMAP_VERB_IDLE;
  self->request->done = TRUE;
  g_string_append (self->out, "DONE");
}

/* -- public --------------------------------------------------------------- */

static gboolean
check_params (const PcAction *action,
              GError        **error)
{
  const PcActionSpec *spec = pc_action_spec_find (pc_imap_actions,
                                                  action->name);
  g_auto (GStrv)      required = NULL;
  GHashTableIter      iter;
  gpointer            name, value;

  if (spec == NULL)
    return pc_imap_refuse (
        error,
        _ ("An IMAP client knows no action “%s”."), action->name);

  g_hash_table_iter_init (&iter, action->params);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    if (!pc_action_spec_has_param (spec, name, NULL))
      return pc_imap_refuse (
          error,
          _ ("The action has no parameter “%s”."), (const char *) name);
    if (strpbrk (value, "\r\n") != NULL)
      return pc_imap_refuse (
          error,
          _ ("The parameter “%s” has a line end in it."), (const char *) name);
  }

  required = g_strsplit (spec->required, " ", -1);
  for (guint i = 0; required[i] != NULL; i++)
    if (required[i][0] != '\0' &&
        pc_action_get (action, required[i], NULL) == NULL)
      return pc_imap_refuse (
          error,
          _ ("The parameter “%s” is missing."), required[i]);

  return TRUE;
}

PcImapRequest *
pc_imap_request_new_plain (PcImapVerb verb,
                           guint     *n_tags)
{
  return request_new (verb, n_tags, "%s", "");
}

PcImapRequest *
pc_imap_request_new (const PcImapRequestMaker *maker,
                     const PcAction           *action,
                     GError                  **error)
{
  g_autoptr (PcImapRequest) self = NULL;
  g_autoptr (GString)       out = NULL;
  guint                     n_tags = *maker->n_tags;
  PcImapWriter                    writer;

  if (!check_params (action, error))
    return NULL;

  self = g_new0 (PcImapRequest, 1);
  self->verb = PC_IMAP_N_VERBS;
  g_queue_init (&self->segments);

  out = g_string_new (NULL);
  writer = (PcImapWriter){ self, out, action, maker, error };
  if (strcmp (action->name, "raw") == 0)
    write_raw (&writer);
  else if (strcmp (action->name, "done") == 0)
    write_done (&writer);
  else if (!write_command (&writer)) {
    *maker->n_tags = n_tags;
    return NULL;
  }

  if (self->next == NULL) {
    g_string_append (out, "\r\n");
    pc_imap_end_segment (&writer);
  }
  return g_steal_pointer (&self);
}

void
pc_imap_request_free (PcImapRequest *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->sasl, pc_sasl_client_free);
  g_clear_pointer (&self->next, pc_imap_request_free);
  g_queue_clear_full (&self->segments, (GDestroyNotify) g_bytes_unref);
  g_free (self);
}
