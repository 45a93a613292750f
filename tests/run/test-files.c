/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of TFTP servers: what names reach, and what uploads leave. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/files-private.h"
#include "run/files.h"

#include "base/limits.h"

#include "scratch.h"

/* A served folder with everything in it that can go wrong:
 *   top/secret           outside
 *   top/root/plain, empty, dir/inner, dir/up (a link to ..)
 *   top/root/link (to plain), out (to ../secret), etc (to /etc)
 *   top/root/fifo, closed (mode 0) */
typedef struct
{
  char    *top;
  char    *root;
  PcFiles *files;
} World;

static void
put (const World *world,
     const char  *name,
     const char  *content)
{
  g_autofree char *path = g_build_filename (world->top, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
link_to (const World *world,
         const char  *name,
         const char  *target)
{
  g_autofree char *path = g_build_filename (world->root, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static World *
world_new (gboolean allow_overwrite,
           gboolean openat2)
{
  World *self = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *fifo = NULL;

  self->top = g_dir_make_tmp ("portcall-files-XXXXXX", &error);
  g_assert_no_error (error);
  self->root = g_build_filename (self->top, "root", NULL);
  dir = g_build_filename (self->root, "dir", NULL);
  fifo = g_build_filename (self->root, "fifo", NULL);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0755), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0644), ==, 0);
  put (self, "secret", "SECRET");
  put (self, "root/plain", "plain");
  put (self, "root/empty", "");
  put (self, "root/dir/inner", "inner");
  put (self, "root/.portcall-00000000", "half");
  link_to (self, "link", "plain");
  link_to (self, "out", "../secret");
  link_to (self, "etc", "/etc");
  link_to (self, "dir/up", "..");
  link_to (self, "dangling", "nowhere");

  self->files = pc_files_new_directory (self->root, allow_overwrite, &error);
  g_assert_no_error (error);
  if (!openat2)
    pc_files_avoid_openat2 (self->files);
  return self;
}

static void
world_free (World *self)
{
  pc_files_free (self->files);
  remove_tree (self->top);
  g_free (self->root);
  g_free (self->top);
  g_free (self);
}

static char *
contents (const World *world,
          const char  *name)
{
  g_autofree char *path = g_build_filename (world->top, name, NULL);
  char            *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* Whether the file system has files without names. */
static gboolean
has_nameless (const World *world)
{
  int fd = open (world->root, O_WRONLY | O_TMPFILE, 0600);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* Entries of the served folder: nothing may be left behind. */
static guint
count_entries (const World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->root, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* -- names --------------------------------------------------------------- */

typedef struct
{
  const char  *name;
  PcFileStatus read;
  PcFileStatus write; /* without leave to overwrite */
  const char  *content;
} Name;

#define OK PC_FILE_OK
#define NOT_FOUND PC_FILE_NOT_FOUND
#define ACCESS PC_FILE_ACCESS
#define EXISTS PC_FILE_EXISTS

static const Name names[] = {
  { "plain", OK, EXISTS, "plain" },
  { "/plain", OK, EXISTS, "plain" },
  { "empty", OK, EXISTS, "" },
  { "dir/inner", OK, EXISTS, "inner" },
  { "/dir/inner", OK, EXISTS, "inner" },
  { "none", NOT_FOUND, OK },
  { "/none", NOT_FOUND, OK },
  { "dir/none", NOT_FOUND, OK },
  { "none/none", NOT_FOUND, NOT_FOUND },
  { "plain/x", NOT_FOUND, NOT_FOUND },
  { "Plain", NOT_FOUND, OK },
  { "..x", NOT_FOUND, OK },
  { "...", NOT_FOUND, OK },
  /* as a path it stays below the folder */
  { "/etc/passwd", ACCESS, ACCESS }, /* etc is a link */
  { "/usr/bin/true", NOT_FOUND, NOT_FOUND },
  { "..\\..\\secret", NOT_FOUND, OK },
  { "C:\\boot.ini", NOT_FOUND, OK },
  { "%2e%2e/secret", NOT_FOUND, NOT_FOUND },
  /* ways out */
  { "../secret", ACCESS, ACCESS },
  { "/../secret", ACCESS, ACCESS },
  { "dir/../../secret", ACCESS, ACCESS },
  { "dir/../plain", ACCESS, ACCESS },
  { "../../../../../../etc/passwd", ACCESS, ACCESS },
  { "..", ACCESS, ACCESS },
  { ".", ACCESS, ACCESS },
  { "./plain", ACCESS, ACCESS },
  { "dir/.", ACCESS, ACCESS },
  { "dir/..", ACCESS, ACCESS },
  { "", ACCESS, ACCESS },
  { "/", ACCESS, ACCESS },
  { "//plain", ACCESS, ACCESS },
  { "//etc/passwd", ACCESS, ACCESS },
  { "dir//inner", ACCESS, ACCESS },
  { "dir/", ACCESS, ACCESS },
  { "plain/", ACCESS, ACCESS },
  /* links */
  { "link", ACCESS, EXISTS },
  { "out", ACCESS, EXISTS },
  { "dangling", ACCESS, EXISTS },
  { "dir/up/plain", ACCESS, ACCESS },
  { "dir/up/../secret", ACCESS, ACCESS },
  { "etc/hostname", ACCESS, ACCESS },
  { "etc", ACCESS, EXISTS },
  /* what is no file */
  { "dir", ACCESS, EXISTS },
  { "fifo", ACCESS, EXISTS },
  /* octets that have no business in a name */
  { "a\nb", ACCESS, ACCESS },
  { "a\rb", ACCESS, ACCESS },
  { "\033[2J", ACCESS, ACCESS },
  { "a\177", ACCESS, ACCESS },
  { "a\302\205", ACCESS, ACCESS },
  { "\377\376", ACCESS, ACCESS },
  { "..\300\257secret", ACCESS, ACCESS }, /* an overlong "/" */
  /* uploads under way are nobody's business */
  { ".portcall-00000000", ACCESS, ACCESS },
  { "dir/.portcall-x", ACCESS, ACCESS },
};

static void
check_read (PcFiles    *files,
            const Name *row)
{
  g_autoptr (GBytes) content = NULL;
  PcFileStatus status;

  g_assert_null (pc_files_open_read (files, row->name, &status, &content));
  g_assert_cmpint (status, ==, row->read);
  if (row->read == OK)
    g_assert_cmpmem (g_bytes_get_data (content, NULL),
                     g_bytes_get_size (content), row->content,
                     strlen (row->content));
  else
    g_assert_null (content);
}

static void
check_write (PcFiles    *files,
             const Name *row)
{
  PcFileStatus status = PC_FILE_FAILED;
  g_autoptr (PcUpload) upload = NULL;

  upload = pc_files_open_write (files, row->name, -1, &status);
  g_assert_cmpint (status, ==, row->write);
  g_assert_true ((upload != NULL) == (row->write == OK));
}

static void
test_names (gconstpointer data)
{
  World *world = world_new (FALSE, GPOINTER_TO_INT (data));
  guint  n = count_entries (world);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *shown = g_strescape (names[i].name, NULL);

    g_test_message ("%s", shown);
    check_read (world->files, &names[i]);
    check_write (world->files, &names[i]);
  }
  g_assert_cmpuint (count_entries (world), ==, n);
  world_free (world);
}

static void
test_long_names (gconstpointer data)
{
  World           *world = world_new (FALSE, GPOINTER_TO_INT (data));
  g_autofree char *longest = g_strnfill (255, 'n');
  g_autofree char *longer = g_strnfill (256, 'n');
  const Name       good = { longest, NOT_FOUND, OK };
  const Name       bad = { longer, ACCESS, ACCESS };

  check_read (world->files, &good);
  check_write (world->files, &good);
  check_read (world->files, &bad);
  check_write (world->files, &bad);
  world_free (world);
}

static void
test_no_right (gconstpointer data)
{
  World           *world = world_new (FALSE, GPOINTER_TO_INT (data));
  const Name       row = { "plain", ACCESS };
  g_autofree char *path = g_build_filename (world->root, "plain", NULL);

  g_chmod (path, 0);
  if (g_access (path, R_OK) == 0)
    g_test_skip ("root may read everything");
  else
    check_read (world->files, &row);
  world_free (world);
}

static void
test_device (gconstpointer data)
{
  g_autoptr (PcFiles) files = pc_files_new_directory ("/dev", TRUE, NULL);
  const Name row = { "zero", ACCESS };

  g_assert_nonnull (files);
  if (!GPOINTER_TO_INT (data))
    pc_files_avoid_openat2 (files);
  check_read (files, &row);
}

static void
test_too_large (gconstpointer data)
{
  World           *world = world_new (FALSE, GPOINTER_TO_INT (data));
  const Name       row = { "huge", PC_FILE_FULL };
  g_autofree char *path = g_build_filename (world->root, "huge", NULL);
  g_autoptr (PcFile) file = NULL;
  g_autoptr (GBytes) content = NULL;
  PcFileStatus status;

  put (world, "root/huge", "x");
  g_assert_cmpint (truncate (path, PC_LIMIT_TFTP_SERVED + 1), ==, 0);
  check_read (world->files, &row);
  g_assert_cmpint (truncate (path, PC_LIMIT_TFTP_SERVED), ==, 0);
  file = pc_files_open_read (world->files, "huge", &status, &content);
  g_assert_nonnull (file);
  g_assert_null (content);
  g_assert_cmpint (pc_file_get_size (file), ==, PC_LIMIT_TFTP_SERVED);
  world_free (world);
}

/* -- uploads ------------------------------------------------------------- */

static void
write_text (PcUpload   *upload,
            const char *text)
{
  g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));

  g_assert_cmpint (pc_upload_write (upload, data), ==, OK);
}

static void
test_upload (gconstpointer data)
{
  World       *world = world_new (FALSE, GPOINTER_TO_INT (data));
  guint        n = count_entries (world);
  PcFileStatus status;
  g_autoptr (PcUpload) upload = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  upload = pc_files_open_write (world->files, "/dir/new", -1, &status);
  g_assert_cmpint (status, ==, OK);
  write_text (upload, "one ");
  write_text (upload, "");
  write_text (upload, "two");
  before = contents (world, "root/dir/new");
  g_assert_null (before);
  g_assert_cmpint (pc_upload_commit (upload), ==, OK);
  after = contents (world, "root/dir/new");
  g_assert_cmpstr (after, ==, "one two");
  g_clear_pointer (&upload, pc_upload_free);
  g_assert_cmpuint (count_entries (world), ==, n);

  upload = pc_files_open_write (world->files, "zero", -1, &status);
  g_assert_cmpint (pc_upload_commit (upload), ==, OK);
  g_clear_pointer (&upload, pc_upload_free);
  g_assert_cmpuint (count_entries (world), ==, n + 1);
  world_free (world);
}

static void
test_upload_dropped (gconstpointer data)
{
  World       *world = world_new (FALSE, GPOINTER_TO_INT (data));
  guint        n = count_entries (world);
  PcFileStatus status;
  PcUpload    *upload;

  upload = pc_files_open_write (world->files, "new", -1, &status);
  write_text (upload, "half");
  g_assert_cmpuint (
      count_entries (world), ==,
      GPOINTER_TO_INT (data) && has_nameless (world) ? n : n + 1);
  pc_upload_free (upload);
  g_assert_cmpuint (count_entries (world), ==, n);
  world_free (world);
}

/* Two uploads of one name: the first to end wins. */
static void
test_upload_race (gconstpointer data)
{
  World       *world = world_new (FALSE, GPOINTER_TO_INT (data));
  PcFileStatus status;
  g_autoptr (PcUpload) first = NULL;
  g_autoptr (PcUpload) second = NULL;
  g_autofree char *after = NULL;

  first = pc_files_open_write (world->files, "new", -1, &status);
  second = pc_files_open_write (world->files, "new", -1, &status);
  write_text (first, "first");
  write_text (second, "second");
  g_assert_cmpint (pc_upload_commit (first), ==, OK);
  g_assert_cmpint (pc_upload_commit (second), ==, EXISTS);
  after = contents (world, "root/new");
  g_assert_cmpstr (after, ==, "first");
  world_free (world);
}

static void
test_overwrite (gconstpointer data)
{
  static const struct
  {
    const char  *name;
    PcFileStatus status;
  } rows[] = {
    { "plain", OK },
    { "new", OK },
    { "link", ACCESS },
    { "out", ACCESS },
    { "dir", ACCESS },
    { "fifo", ACCESS },
  };
  World           *world = world_new (TRUE, GPOINTER_TO_INT (data));
  guint            n = count_entries (world);
  g_autofree char *plain = NULL;
  g_autofree char *secret = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcFileStatus status;
    g_autoptr (PcUpload) upload = NULL;

    g_test_message ("%s", rows[i].name);
    upload = pc_files_open_write (world->files, rows[i].name, -1, &status);
    g_assert_cmpint (status, ==, rows[i].status);
    if (upload == NULL)
      continue;
    write_text (upload, "changed");
    g_assert_cmpint (pc_upload_commit (upload), ==, OK);
  }

  plain = contents (world, "root/plain");
  g_assert_cmpstr (plain, ==, "changed");
  g_assert_cmpuint (count_entries (world), ==, n + 1);
  secret = contents (world, "secret");
  g_assert_cmpstr (secret, ==, "SECRET");
  world_free (world);
}

static void
test_upload_too_large (gconstpointer data)
{
  World *world = world_new (FALSE, GPOINTER_TO_INT (data));
  g_autoptr (PcFiles) memory = pc_files_new_memory ();
  PcFiles *both[] = { world->files, memory };
  g_autoptr (GBytes) much = NULL;
  g_autoptr (GBytes) one = g_bytes_new ("x", 1);

  much = g_bytes_new_take (g_malloc0 (PC_LIMIT_TFTP_FILE),
                           PC_LIMIT_TFTP_FILE);
  for (guint i = 0; i < 2; i++) {
    PcFileStatus status;
    g_autoptr (PcUpload) upload = NULL;

    upload = pc_files_open_write (both[i], "big", -1, &status);
    g_assert_cmpint (pc_upload_write (upload, much), ==, OK);
    g_assert_cmpint (pc_upload_write (upload, one), ==, PC_FILE_FULL);
  }
  world_free (world);
}

/* What a peer says of the size is believed when it is too much. */
static void
test_upload_announced (gconstpointer data)
{
  static const struct
  {
    gint64       size;
    PcFileStatus status;
  } rows[] = {
    { -1, OK },
    { 0, OK },
    { PC_LIMIT_TFTP_FILE, OK },
    { PC_LIMIT_TFTP_FILE + 1, PC_FILE_FULL },
    { G_MAXINT64, PC_FILE_FULL },
  };
  World *world = world_new (FALSE, GPOINTER_TO_INT (data));
  guint  n = count_entries (world);
  g_autoptr (PcFiles) memory = pc_files_new_memory ();
  PcFiles *both[] = { world->files, memory };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    PcFileStatus status;
    PcUpload    *upload = pc_files_open_write (both[i % 2], "big",
                                               rows[i / 2].size, &status);

    g_assert_cmpint (status, ==, rows[i / 2].status);
    pc_upload_free (upload);
  }
  g_assert_cmpuint (count_entries (world), ==, n);
  world_free (world);
}

/* Uploads to memory are bounded together; what is dropped makes room. */
static void
test_memory_full (void)
{
  g_autoptr (PcFiles) files = pc_files_new_memory ();
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_upload_free);
  g_autoptr (GBytes) much = g_bytes_new_take (g_malloc0 (PC_LIMIT_TFTP_FILE),
                                              PC_LIMIT_TFTP_FILE);
  const guint  n = PC_LIMIT_TFTP_MEMORY / PC_LIMIT_TFTP_FILE;
  PcFileStatus status;

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);
    PcUpload        *upload = pc_files_open_write (files, name, -1, &status);

    g_ptr_array_add (uploads, upload);
    g_assert_cmpint (pc_upload_write (upload, much), ==, OK);
  }
  g_assert_cmpint (pc_upload_commit (uploads->pdata[0]), ==, OK);
  g_ptr_array_add (uploads, pc_files_open_write (files, "more", -1, &status));
  g_assert_cmpint (pc_upload_write (uploads->pdata[n], much), ==,
                   PC_FILE_FULL);
  g_assert_null (pc_files_open_write (files, "told", 1, &status));
  g_assert_cmpint (status, ==, PC_FILE_FULL);
  g_ptr_array_remove_index (uploads, 1);
  g_assert_cmpint (pc_upload_write (uploads->pdata[n - 1], much), ==, OK);
}

/* The process's limit on file sizes stands in for a full disk. */
static void
test_no_room (gconstpointer data)
{
  g_autoptr (PcUpload) upload = NULL;
  g_autoptr (GBytes) much = NULL;
  const struct rlimit room = { 1000, 1000 };
  World              *world;
  PcFileStatus        status;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }

  world = world_new (FALSE, GPOINTER_TO_INT (data));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  much = g_bytes_new_take (g_malloc0 (2000), 2000);
  upload = pc_files_open_write (world->files, "big", -1, &status);
  g_assert_cmpint (pc_upload_write (upload, much), ==, PC_FILE_FULL);
  g_clear_pointer (&upload, pc_upload_free);
  world_free (world);
}

/* -- memory, and the folder itself --------------------------------------- */

static void
test_memory (void)
{
  g_autoptr (PcFiles) files = pc_files_new_memory ();
  g_autoptr (GBytes) content = g_bytes_new ("plain", 5);
  g_autoptr (PcUpload) upload = NULL;
  PcFileStatus      status;
  static const Name rows[] = {
    { "plain", OK, EXISTS, "plain" },
    { "/plain", OK, EXISTS, "plain" },
    { "none", NOT_FOUND, OK },
    { "../plain", ACCESS, ACCESS },
    { "", ACCESS, ACCESS },
    { "a\nb", ACCESS, ACCESS },
  };
  static const Name added = { "new", OK, EXISTS, "text" };

  g_assert_true (pc_files_add (files, "/plain", content));
  g_assert_false (pc_files_add (files, "../x", content));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    check_read (files, &rows[i]);
    check_write (files, &rows[i]);
  }

  upload = pc_files_open_write (files, "/new", -1, &status);
  write_text (upload, "te");
  write_text (upload, "xt");
  g_assert_cmpint (pc_upload_commit (upload), ==, OK);
  check_read (files, &added);
  check_write (files, &added);
}

static void
test_memory_outlived (void)
{
  PcFiles     *files = pc_files_new_memory ();
  PcFileStatus status;
  PcUpload    *upload = pc_files_open_write (files, "a", -1, &status);

  pc_files_free (files);
  write_text (upload, "x");
  g_assert_cmpint (pc_upload_commit (upload), ==, OK);
  pc_upload_free (upload);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) file = NULL;

  g_assert_null (pc_files_new_directory ("/nowhere/at/all", FALSE, &none));
  g_assert_error (none, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (pc_files_new_directory ("/dev/null", FALSE, &file));
  g_assert_error (file, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

static void
add_both (const char   *name,
          GTestDataFunc func)
{
  g_autofree char *with = g_strconcat ("/files/openat2/", name, NULL);
  g_autofree char *without = g_strconcat ("/files/by-parts/", name, NULL);

  g_test_add_data_func (with, GINT_TO_POINTER (TRUE), func);
  g_test_add_data_func (without, GINT_TO_POINTER (FALSE), func);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_both ("names", test_names);
  add_both ("long-names", test_long_names);
  add_both ("no-right", test_no_right);
  add_both ("device", test_device);
  add_both ("too-large", test_too_large);
  add_both ("upload", test_upload);
  add_both ("upload-dropped", test_upload_dropped);
  add_both ("upload-race", test_upload_race);
  add_both ("overwrite", test_overwrite);
  add_both ("upload-too-large", test_upload_too_large);
  add_both ("upload-announced", test_upload_announced);
  add_both ("no-room", test_no_room);
  g_test_add_func ("/files/memory/names", test_memory);
  g_test_add_func ("/files/memory/outlived", test_memory_outlived);
  g_test_add_func ("/files/memory/full", test_memory_full);
  g_test_add_func ("/files/no-folder", test_no_folder);
  return g_test_run ();
}
