/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LIST and LSUB: which mailboxes there are.
 *
 * A name that is only the beginning of others, "a" of "a/b", is shown as
 * \Noselect; to whom asks in the extended form, as \NonExistent.  No mailbox
 * here is on another server, so REMOTE adds none.
 *
 * RFC 3501 sections 6.3.8, 6.3.9 and 7.2; RFC 9051 sections 6.3.9 and 7.3.1;
 * RFC 5258 sections 3 to 5; RFC 5819; RFC 6154 section 2.
 */

#include "proto/imap/list-options.h"
#include "proto/imap/server-private.h"

#include <string.h>

/* A name of the tree that LIST walks over. */
typedef struct
{
  char      *name;
  PcMailbox *mailbox; /* NULL: there is none */
  gboolean   subscribed;
  gboolean   parent;   /* mailboxes are below it */
  gboolean   selected; /* by the selection options */
  gboolean   matches;  /* a pattern */
  gboolean   child;    /* something selected is below it */
  gboolean   hidden;   /* and some of that matches no pattern */
} Entry;

typedef struct
{
  PcAccount *account;
  PcImapListOptions *options;
  GPtrArray  *entries; /* those of a mailbox or subscription first */
  GHashTable *by_name; /* of entries */
} Tree;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->name);
  g_free (self);
}

static void
tree_clear (Tree *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tree, tree_clear)

/* -- the tree ------------------------------------------------------------- */

/* Takes @name. */
static Entry *
touch (Tree *self,
       char *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  if (entry != NULL) {
    g_free (name);
    return entry;
  }

  entry = g_new0 (Entry, 1);
  entry->name = name;
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_name, name, entry);
  return entry;
}

/* The entry above @entry, or NULL at the top. */
static Entry *
get_parent (Tree        *self,
            const Entry *entry)
{
  const char *slash = strrchr (entry->name, '/');

  return slash != NULL
             ? touch (self, g_strndup (entry->name,
                                       (gsize) (slash - entry->name)))
             : NULL;
}

static void
add_subscriptions (Tree    *self,
                   gboolean all)
{
  for (guint i = 0; i < pc_account_get_n_subscriptions (self->account); i++) {
    const char *name = pc_account_get_subscription (self->account, i);

    if (all || g_hash_table_contains (self->by_name, name))
      touch (self, g_strdup (name))->subscribed = TRUE;
  }
}

static void
add_mailboxes (Tree *self)
{
  for (guint i = 0; i < pc_account_get_n_mailboxes (self->account); i++) {
    PcMailbox *mailbox = pc_account_get_mailbox (self->account, i);

    touch (self, g_strdup (pc_mailbox_get_name (mailbox)))->mailbox = mailbox;
  }
}

static gboolean
is_selected (const Tree  *self,
             const Entry *entry)
{
  const PcImapListOptions *options = self->options;

  if (options->subscribed && !entry->subscribed)
    return FALSE;
  if (options->special)
    return entry->mailbox != NULL &&
           pc_mailbox_get_special_use (entry->mailbox) != NULL;

  /* Without options the old way holds: beginnings are names as well. */
  return options->subscribed || entry->mailbox != NULL || entry->parent;
}

static void
tell_parents (Tree        *self,
              const Entry *entry)
{
  for (Entry *above = get_parent (self, entry); above != NULL;
       above = get_parent (self, above)) {
    above->child = TRUE;
    above->hidden = above->hidden || !entry->matches;
  }
}

/* Every name, and each beginning of one; and which of them fit. */
static void
tree_fill (Tree *self)
{
  guint n;

  add_mailboxes (self);
  if (self->options->subscribed)
    add_subscriptions (self, TRUE);
  n = self->entries->len;
  for (guint i = 0; i < n; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    for (Entry *above = get_parent (self, entry); above != NULL;
         above = get_parent (self, above))
      above->parent = above->parent || entry->mailbox != NULL;
  }
  add_subscriptions (self, FALSE);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    entry->matches = pc_imap_list_matches (self->options, entry->name);
    entry->selected = is_selected (self, entry);
  }
  for (guint i = 0; i < n; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->selected && self->options->recursive)
      tell_parents (self, entry);
  }
}

static void
tree_init (Tree              *self,
           PcAccount         *account,
           PcImapListOptions *options)
{
  self->account = account;
  self->options = options;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
}

/* -- LIST ----------------------------------------------------------------- */

static void
add_attribute (GString    *out,
               const char *attribute)
{
  if (attribute == NULL)
    return;
  if (out->str[out->len - 1] != '(')
    g_string_append_c (out, ' ');
  g_string_append (out, attribute);
}

/* Which selection options a name below fits (RFC 5258 section 3.5). */
static void
write_child_info (GString                 *out,
                  const PcImapListOptions *options)
{
  g_string_append_printf (
      out, " (\"CHILDINFO\" (%s%s%s))",
      options->subscribed ? "\"SUBSCRIBED\"" : "",
      options->subscribed && options->special ? " " : "",
      options->special ? "\"SPECIAL-USE\"" : "");
}

/* Attributes from \HasChildren on, and the name. */
static void
write_rest (GString     *out,
            const Entry *entry,
            gboolean     utf8)
{
  add_attribute (out, entry->parent ? "\\HasChildren" : "\\HasNoChildren");
  if (entry->mailbox != NULL)
    add_attribute (out, pc_mailbox_get_special_use (entry->mailbox));
  g_string_append (out, ") \"/\" ");
  pc_imap_write_mailbox (out, entry->name, utf8);
}

static void
write_entry (GString                 *out,
             const PcImapListOptions *options,
             const Entry             *entry)
{
  g_string_append (out, "* LIST (");
  if (entry->mailbox == NULL)
    add_attribute (out, options->extended ? "\\NonExistent" : "\\Noselect");
  if (entry->subscribed && options->tell_subscribed)
    add_attribute (out, "\\Subscribed");
  write_rest (out, entry, options->utf8);
  if (options->recursive && entry->child)
    write_child_info (out, options);
  g_string_append (out, "\r\n");
}

static void
write_tree (const Tree *tree,
            GString    *out)
{
  const PcImapListOptions *options = tree->options;

  for (guint i = 0; i < tree->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (tree->entries, i);
    PcImapCursor items = options->status;

    if (!entry->matches || (!entry->selected && !entry->hidden))
      continue;
    write_entry (out, options, entry);
    if (!options->tell_status || entry->mailbox == NULL || !entry->selected)
      continue;
    g_string_append (out, "* STATUS ");
    pc_imap_write_mailbox (out, entry->name, options->utf8);
    g_string_append (out, " (");
    pc_imap_read_status_items (&items, entry->mailbox, out, NULL);
    g_string_append (out, ")\r\n");
  }
}

/* The items of STATUS are read here for the first time; every account has an
 * INBOX to try them on. */
static gboolean
read_options (PcImapServer      *self,
              PcImapCursor      *args,
              PcImapListOptions *options)
{
  g_autoptr (GString) ignored = g_string_new (NULL);
  PcImapCursor        items;
  gboolean            modseq = FALSE;

  if (!pc_imap_read_list (args, options))
    return FALSE;

  items = options->status;
  if (options->tell_status &&
      !pc_imap_read_status_items (
          &items, pc_account_find_mailbox (self->account, "INBOX"), ignored,
          &modseq))
    return FALSE;
  if (modseq)
    pc_imap_server_enable (self, PC_IMAP_ENABLED_CONDSTORE);
  return TRUE;
}

static void
run_list (PcImapServer  *self,
          PcImapCommand *command)
{
  g_auto (PcImapListOptions) options = { 0 };
  g_auto (Tree)       tree = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);

  if (!read_options (self, &command->args, &options)) {
    pc_imap_server_bad (self, command,
                        "LIST takes a reference and a pattern");
    return;
  }

  if (options.only_separator) {
    g_string_append (out, "* LIST (\\Noselect) \"/\" \"\"\r\n");
  } else {
    tree_init (&tree, self->account, &options);
    tree_fill (&tree);
    write_tree (&tree, out);
  }
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Listed");
}

/* -- LSUB ----------------------------------------------------------------- */

static gboolean
has_children (PcAccount  *account,
              const char *name)
{
  gsize len = strlen (name);

  for (guint i = 0; i < pc_account_get_n_mailboxes (account); i++) {
    const char *other = pc_mailbox_get_name (
        pc_account_get_mailbox (account, i));

    if (strncmp (other, name, len) == 0 && other[len] == '/')
      return TRUE;
  }

  return FALSE;
}

/* Beginnings of subscribed names count only for "%", and are \Noselect even
 * when there is such a mailbox (RFC 3501 section 6.3.9). */
static void
write_subscribed (PcImapServer            *self,
                  const PcImapListOptions *options,
                  gboolean                 parents,
                  GString                 *out)
{
  g_auto (Tree) tree = { 0 };
  guint         n;

  tree_init (&tree, self->account, NULL);
  add_subscriptions (&tree, TRUE);
  n = tree.entries->len;
  for (guint i = 0; i < n && parents; i++)
    for (Entry *above = get_parent (&tree,
                                    g_ptr_array_index (tree.entries, i));
         above != NULL; above = get_parent (&tree, above))
      ;

  for (guint i = 0; i < tree.entries->len; i++) {
    Entry *entry = g_ptr_array_index (tree.entries, i);

    if (!pc_imap_list_matches (options, entry->name))
      continue;
    entry->mailbox = pc_account_find_mailbox (self->account, entry->name);
    entry->parent = has_children (self->account, entry->name);
    g_string_append (out, "* LSUB (");
    if (i >= n)
      add_attribute (out, "\\Noselect");
    write_rest (out, entry, options->utf8);
    g_string_append (out, "\r\n");
  }
}

static void
run_lsub (PcImapServer  *self,
          PcImapCommand *command)
{
  g_auto (PcImapListOptions) options = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean            parents = FALSE;

  if (!pc_imap_read_list (&command->args, &options) || options.extended) {
    pc_imap_server_bad (self, command,
                        "LSUB takes a reference and a pattern");
    return;
  }

  for (guint i = 0; i < options.patterns->len; i++)
    parents = parents ||
              strchr (g_ptr_array_index (options.patterns, i), '%') != NULL;
  if (options.only_separator)
    g_string_append (out, "* LSUB (\\Noselect) \"/\" \"\"\r\n");
  else
    write_subscribed (self, &options, parents, out);
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Listed");
}

/* list = "LIST" SP mailbox SP list-mailbox and more; lsub as of old */
void
pc_imap_run_list (PcImapServer  *self,
                  PcImapCommand *command)
{
  if (command->verb == PC_IMAP_VERB_LSUB)
    run_lsub (self, command);
  else
    run_list (self, command);
}
