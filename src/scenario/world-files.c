/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what lies beside a JSON file: whole files, mbox files and Maildir
 * folders.
 *
 * Only below the folder of the JSON file: who passes a world on passes on what
 * is in it, and nothing else of the reader's disk.  So names with ".." are
 * refused, and so are links that lead out.
 *
 * Leaves out: keywords of a Maildir (letters "a" to "z"), because their names
 * are in files that every server calls otherwise.
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"
#include "mail/mbox.h"
#include "mail/message.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

G_GNUC_PRINTF (4, 5)
static void
report (PcScenarioLoader   *self,
        const PcJsonReader *reader,
        const char         *member,
        const char         *format,
        ...)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, member);
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S124", at,
                  "%s", message);
}

static gboolean
is_beside (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  return *name != '\0' && !g_path_is_absolute (name) &&
         !g_strv_contains ((const char *const *) parts, "..");
}

/* Where @name really is; NULL, with a problem, when that is nowhere, or not
 * below the folder of the JSON file. */
static char *
resolve (PcScenarioLoader   *self,
         const PcJsonReader *reader,
         const char         *member,
         const char         *name)
{
  g_autofree char *parent = g_path_get_dirname (pc_json_get_name (self->json));
  g_autofree char *given = g_build_filename (parent, name, NULL);
  g_autofree char *dir = realpath (parent, NULL);
  g_autofree char *path = NULL;
  g_autofree char *inside = NULL;

  if (!is_beside (name)) {
    report (self, reader, member,
            _ ("Name a file in the folder of this one, or below it."));
    return NULL;
  }

  path = realpath (given, NULL);
  if (dir == NULL || path == NULL) {
    report (self, reader, member, _ ("“%s” cannot be read."), given);
    return NULL;
  }

  inside = g_strconcat (g_str_equal (dir, "/") ? "" : dir, "/", NULL);
  if (!g_str_has_prefix (path, inside)) {
    report (self, reader, member,
            _ ("“%s” is a link that leads out of the folder of this file."),
            given);
    return NULL;
  }

  return g_steal_pointer (&path);
}

/* A copy: the file may change while it is served.  Neither a link nor anything
 * that could let us wait, such as a pipe.  NULL when it cannot be read. */
static GBytes *
read_regular (const char *path,
              gsize       limit)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autoptr (GMappedFile) file = NULL;
  struct stat about;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &about) == 0 && S_ISREG (about.st_mode) &&
      (guint64) about.st_size <= limit)
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  g_close (fd, NULL);
  if (file == NULL)
    return NULL;

  return g_bytes_new (g_mapped_file_get_contents (file),
                      g_mapped_file_get_length (file));
}

GBytes *
pc_scenario_load_beside (PcScenarioLoader   *self,
                         const PcJsonReader *reader,
                         const char         *member,
                         const char         *name)
{
  g_autofree char *path = resolve (self, reader, member, name);
  g_autoptr (GBytes) content = NULL;

  if (path == NULL)
    return NULL;

  content = read_regular (path, PC_LIMIT_CONTENT);
  if (content == NULL) {
    report (self, reader, member,
            _ ("“%s” cannot be read, is no file, or is too long."), path);
    return NULL;
  }
  if (!pc_scenario_count_content (self, reader, g_bytes_get_size (content)))
    return NULL;

  return g_steal_pointer (&content);
}

/* -- messages in files ---------------------------------------------------- */

const char *
pc_scenario_check_message (GBytes  *content,
                           gboolean from_file)
{
  gsize         len, offset = 0;
  const guint8 *data = g_bytes_get_data (content, &len);
  PcHeaderField field;

  if (len > PC_LIMIT_MESSAGE)
    return N_ ("It is longer than any message may be.");
  if (len > 0 && memchr (data, '\0', len) != NULL)
    return N_ ("It has a zero octet in it, which no mail protocol carries.");
  if (from_file && (!pc_message_next_field (data, len, &offset, &field) ||
                    field.name_len == 0))
    return N_ ("It does not begin with a header field, such as “From: …”.");

  return NULL;
}

/* Takes @content. */
static void
add_message (PcScenarioLoader   *self,
             const PcJsonReader *reader,
             const char         *member,
             const char         *name,
             GBytes             *content,
             PcFlags             flags)
{
  PcScenarioMessage message = { .content = content, .flags = flags };
  const char       *wrong = pc_scenario_check_message (content, TRUE);

  if (wrong == NULL) {
    pc_scenario_take_message (self, reader, &message);
    return;
  }

  g_bytes_unref (content);
  report (self, reader, member, _ ("%s: this message is left out. %s"), name,
          _ (wrong));
}

void
pc_scenario_load_mbox (PcScenarioLoader   *self,
                       const PcJsonReader *reader)
{
  const char *name = pc_json_read_string (reader, "mbox", FALSE);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  gsize         len;
  const guint8 *data;

  if (name != NULL)
    content = pc_scenario_load_beside (self, reader, "mbox", name);
  if (content == NULL)
    return;

  data = g_bytes_get_data (content, &len);
  messages = pc_mbox_split (data, len);
  if (messages->len == 0 && len > 0)
    report (self, reader, "mbox",
            _ ("“%s” is no mbox file: no line begins with “From ”."), name);
  for (guint i = 0; i < messages->len; i++) {
    g_autofree char *which = g_strdup_printf (_ ("Message %u of “%s”"), i + 1,
                                              name);

    add_message (self, reader, "mbox", which,
                 g_bytes_ref (messages->pdata[i]), 0);
  }
}

/* The letters behind ":2," (https://cr.yp.to/proto/maildir.html). */
static PcFlags
maildir_flags (const char *name)
{
  static const struct
  {
    char    letter;
    PcFlags flag;
  } table[] = {
    { 'D', PC_FLAG_DRAFT },   { 'F', PC_FLAG_FLAGGED },
    { 'R', PC_FLAG_ANSWERED }, { 'S', PC_FLAG_SEEN },
    { 'T', PC_FLAG_DELETED },
  };
  const char *info = strstr (name, ":2,");
  PcFlags     flags = 0;

  for (guint i = 0; info != NULL && i < G_N_ELEMENTS (table); i++)
    if (strchr (info, table[i].letter) != NULL)
      flags |= table[i].flag;

  return flags;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "new/1.host" and the like, oldest first: names begin with the time. */
static GPtrArray *
list_maildir (const char *path)
{
  static const char *const parts[] = { "cur", "new" };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *part = g_build_filename (path, parts[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (part, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL &&
           names->len <= PC_LIMIT_MAILBOX_MESSAGES)
      if (*name != '.')
        /* The part stands behind, so that the order is the names'. */
        g_ptr_array_add (names, g_strconcat (name, "/", parts[i], NULL));
  }
  g_ptr_array_sort (names, compare_names);
  return names;
}

void
pc_scenario_load_maildir (PcScenarioLoader   *self,
                          const PcJsonReader *reader)
{
  const char *name = pc_json_read_string (reader, "maildir", FALSE);
  g_autofree char *path = name != NULL
                              ? resolve (self, reader, "maildir", name)
                              : NULL;
  g_autofree char *cur = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (path == NULL)
    return;
  cur = g_build_filename (path, "cur", NULL);
  if (!g_file_test (cur, G_FILE_TEST_IS_DIR)) {
    report (self, reader, "maildir",
            _ ("“%s” is no Maildir: it has no folder “cur”."), name);
    return;
  }

  names = list_maildir (path);
  for (guint i = 0; i < names->len; i++) {
    char            *part = strrchr (names->pdata[i], '/');
    g_autofree char *file = NULL;
    GBytes          *content;

    *part = '\0';
    file = g_build_filename (name, part + 1, names->pdata[i], NULL);
    content = pc_scenario_load_beside (self, reader, "maildir", file);
    if (content != NULL)
      add_message (self, reader, "maildir", file, content,
                   maildir_flags (names->pdata[i]));
  }
}
