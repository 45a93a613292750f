/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that belong together.
 *
 * A handshake goes from its first ClientHello to the second Finished (RFC 8446
 * section 4.4.4; so does TLS 1.2).  A command goes to the answer that ends it:
 * in IMAP the tagged one (RFC 9051 section 2.2.2), in SMTP one that is no 3yz
 * (RFC 5321 section 4.2.1), in POP3 one that is no "+ " (RFC 5034 section 4).
 * A command before the answer to the one before makes neither of them a group.
 */

#include "timeline/groups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAST 3 /* a command and its only answer hide nothing */

struct _PcGroups
{
  PcTimeline *timeline;
  gboolean    is_open; /* the rest is of a group that is not whole yet */
  PcGroup     group;
  guint       conn;
  guint       n_finished;
};

PcGroups *
pc_groups_new (PcTimeline *timeline)
{
  PcGroups *self;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  self = g_new0 (PcGroups, 1);
  self->timeline = timeline;
  return self;
}

void
pc_groups_free (PcGroups *self)
{
  g_free (self);
}

static gboolean
is_rule (PcStep     *step,
         const char *rule)
{
  return g_strcmp0 (pc_step_get_rule (step), rule) == 0;
}

static gboolean
has_rule_of (PcStep     *step,
             const char *protocol)
{
  const char *rule = pc_step_get_rule (step);

  return rule != NULL && g_str_has_prefix (rule, protocol);
}

static gboolean
begins (PcStep     *step,
        const char *octets)
{
  gsize       size;
  const char *data = g_bytes_get_data (pc_step_get_bytes (step), &size);
  gsize       len = strlen (octets);

  return size >= len && memcmp (data, octets, len) == 0;
}

static gboolean
is_command (PcStep *step)
{
  return pc_step_get_layer (step) == PC_LAYER_APP &&
         g_str_equal (pc_step_get_kind (step), "command");
}

static gboolean
is_handshake (PcStep *step)
{
  return pc_step_get_layer (step) == PC_LAYER_TLS &&
         g_str_equal (pc_step_get_kind (step), "handshake");
}

/* An answer after which another one comes, to the same command. */
static gboolean
is_halfway (PcStep *step)
{
  if (has_rule_of (step, "imap."))
    return begins (step, "* ") || begins (step, "+");
  if (has_rule_of (step, "smtp."))
    return begins (step, "3");
  if (has_rule_of (step, "pop3."))
    return begins (step, "+ ");
  return FALSE;
}

static void
open_group (PcGroups   *self,
            PcGroupKind kind,
            guint       index,
            PcStep     *step)
{
  self->is_open = TRUE;
  self->group = (PcGroup){ kind, index, index };
  self->conn = pc_step_get_conn (step);
  self->n_finished = 0;
}

/* TRUE while @step may belong to the open group. */
static gboolean
goes_on (PcGroups *self,
         PcStep   *step)
{
  if (pc_step_get_conn (step) != self->conn)
    return FALSE;
  if (self->group.kind == PC_GROUP_HANDSHAKE)
    return is_handshake (step);
  return pc_step_get_layer (step) == PC_LAYER_APP && !is_command (step);
}

static gboolean
is_whole (PcGroups *self,
          PcStep   *step)
{
  if (self->group.kind == PC_GROUP_HANDSHAKE)
    {
      self->n_finished += is_rule (step, "tls.finished");
      return self->n_finished == 2;
    }
  return g_str_equal (pc_step_get_kind (step), "reply") && !is_halfway (step);
}

gboolean
pc_groups_add (PcGroups *self,
               guint     index,
               PcGroup  *group)
{
  PcStep *step = pc_timeline_get_step (self->timeline, index);

  g_return_val_if_fail (step != NULL, FALSE);

  if (self->is_open && goes_on (self, step))
    {
      self->group.last = index;
      if (!is_whole (self, step))
        return FALSE;
      self->is_open = FALSE;
      *group = self->group;
      return group->last - group->first + 1 >= LEAST;
    }

  self->is_open = FALSE;
  if (is_handshake (step) && is_rule (step, "tls.client-hello"))
    open_group (self, PC_GROUP_HANDSHAKE, index, step);
  else if (is_command (step))
    open_group (self, PC_GROUP_COMMAND, index, step);
  return FALSE;
}

/* -- titles --------------------------------------------------------------- */

/* The value of the last field with this label in the steps of @group whose
 * rules begin with @rule; or NULL.  Transfer full. */
static char *
find_value (PcTimeline    *timeline,
            const PcGroup *group,
            const char    *rule,
            const char    *label)
{
  for (guint i = group->first; i <= group->last; i++)
    {
      PcStep *step = pc_timeline_get_step (timeline, i);

      if (!has_rule_of (step, rule))
        continue;
      for (guint n = pc_step_get_n_fields (step); n-- > 0;)
        {
          const PcField *field = pc_step_get_field (step, n);

          if (g_str_equal (field->label, label))
            return g_strdup (field->value);
        }
    }

  return NULL;
}

/* "TLS 1.3", of "TLS 1.3 (0x0304)". */
static char *
find_version (PcTimeline    *timeline,
              const PcGroup *group)
{
  char *version = find_value (timeline, group, "tls.server-hello",
                              "Chosen version");
  char *end;

  if (version == NULL)
    version = find_value (timeline, group, "tls.server-hello", "Version");
  if (version != NULL && (end = strstr (version, " (")) != NULL)
    *end = '\0';
  return version;
}

static char *
handshake_title (PcTimeline    *timeline,
                 const PcGroup *group)
{
  g_autofree char *version = find_version (timeline, group);
  g_autofree char *name = find_value (timeline, group, "tls.client-hello",
                                      "Server name");

  if (version == NULL)
    return g_strdup (_ ("TLS handshake"));
  if (name == NULL)
    /* Translators: "TLS 1.3". */
    return g_strdup_printf (_ ("TLS handshake · %s"), version);
  /* Translators: "TLS 1.3", the name of a host. */
  return g_strdup_printf (_ ("TLS handshake · %s · %s"), version, name);
}

char *
pc_group_dup_title (PcTimeline    *timeline,
                    const PcGroup *group,
                    gboolean       secrets)
{
  guint            n = group->last - group->first + 1;
  PcStep          *first = pc_timeline_get_step (timeline, group->first);
  g_autofree char *summary = NULL;

  g_return_val_if_fail (first != NULL, NULL);

  if (group->kind == PC_GROUP_HANDSHAKE)
    return handshake_title (timeline, group);
  if (group->kind == PC_GROUP_HIDDEN)
    return g_strdup_printf (ngettext ("%u step hidden", "%u steps hidden", n),
                            n);

  summary = pc_step_dup_summary (first, secrets);
  /* Translators: a command, and how many steps it and its answers are. */
  return g_strdup_printf (ngettext ("%s · %u step", "%s · %u steps", n),
                          summary, n);
}
