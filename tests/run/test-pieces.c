/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are served piece by piece, while others write to them. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/files.h"

#include "base/limits.h"

#define LARGE (PC_LIMIT_TFTP_WHOLE + 1)

typedef struct
{
  char    *root;
  PcFiles *files;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->root = g_dir_make_tmp ("portcall-pieces-XXXXXX", NULL);
  g_assert_nonnull (self->root);
  self->files = pc_files_new_directory (self->root, FALSE, NULL);
  return self;
}

static void
world_free (World *self)
{
  g_autofree char *path = g_build_filename (self->root, "large", NULL);

  pc_files_free (self->files);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (self->root), ==, 0);
  g_free (self->root);
  g_free (self);
}

/* A file in the served folder that is too large to be read at one go. */
static PcFile *
open_large (World *world,
            char **path)
{
  g_autofree char *octets = g_malloc (LARGE);
  PcFileStatus     status;
  g_autoptr (GBytes) content = NULL;
  PcFile *file;

  for (guint i = 0; i < LARGE; i++)
    octets[i] = (char) (i % 251);
  *path = g_build_filename (world->root, "large", NULL);
  g_assert_true (g_file_set_contents (*path, octets, LARGE, NULL));
  file = pc_files_open_read (world->files, "large", &status, &content);
  g_assert_cmpint (status, ==, PC_FILE_OK);
  g_assert_null (content);
  g_assert_cmpint (pc_file_get_size (file), ==, LARGE);
  return file;
}

/* Reads on in pieces of @size; how many octets came, all of them right. */
static gsize
read_on (PcFile       *file,
         gsize         size,
         gsize         at,
         PcFileStatus *status)
{
  for (;;) {
    g_autoptr (GBytes) piece = NULL;
    gsize         len;
    const guint8 *data;

    *status = pc_file_read (file, size, &piece);
    if (*status != PC_FILE_OK) {
      g_assert_null (piece);
      return at;
    }
    data = g_bytes_get_data (piece, &len);
    for (gsize i = 0; i < len; i++)
      g_assert_cmpuint (data[i], ==, (at + i) % 251);
    at += len;
    if (len < size)
      return at;
  }
}

static void
test_pieces (void)
{
  static const gsize sizes[] = { 1, 512, 65464, LARGE, LARGE + 1, G_MAXSIZE };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    World           *world = world_new ();
    g_autofree char *path = NULL;
    PcFile          *file = open_large (world, &path);
    PcFileStatus     status;
    g_autoptr (GBytes) rest = NULL;

    g_assert_cmpuint (read_on (file, sizes[i], 0, &status), ==, LARGE);
    g_assert_cmpint (status, ==, PC_FILE_OK);
    g_assert_cmpint (pc_file_read (file, 512, &rest), ==, PC_FILE_OK);
    g_assert_cmpuint (g_bytes_get_size (rest), ==, 0);
    pc_file_free (file);
    world_free (world);
  }
}

/* Under the transfer's feet. */
static void
test_changed (void)
{
  static const struct
  {
    const char *what;
    gint64      size; /* that it gets */
    gsize       came; /* before it shows */
  } rows[] = {
    { "shorter than what was read", 10, 512 },
    { "shorter", 1000, 512 },
    { "one octet shorter", LARGE - 1, LARGE - 1 },
    { "longer", LARGE + 1, LARGE - 1 },
    { "empty", 0, 512 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    World           *world = world_new ();
    g_autofree char *path = NULL;
    PcFile          *file = open_large (world, &path);
    PcFileStatus     status;
    g_autoptr (GBytes) first = NULL;

    g_test_message ("%s", rows[i].what);
    g_assert_cmpint (pc_file_read (file, 512, &first), ==, PC_FILE_OK);
    g_assert_cmpint (truncate (path, rows[i].size), ==, 0);
    g_assert_cmpuint (read_on (file, 512, 512, &status), <=, rows[i].came);
    g_assert_cmpint (status, ==, PC_FILE_FAILED);
    pc_file_free (file);
    world_free (world);
  }
}

/* In place, with the size that it had; and one put in its place. */
static void
test_replaced (void)
{
  World           *world = world_new ();
  g_autofree char *path = NULL;
  PcFile          *file = open_large (world, &path);
  PcFileStatus     status;
  g_autofree char *other = g_build_filename (world->root, "other", NULL);
  const struct timespec later[] = { { 2000000000, 0 }, { 2000000000, 7 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, later, 0), ==, 0);
  read_on (file, 512, 0, &status);
  g_assert_cmpint (status, ==, PC_FILE_FAILED);
  pc_file_free (file);

  /* What was opened goes on to be served. */
  g_clear_pointer (&path, g_free);
  file = open_large (world, &path);
  g_assert_true (g_file_set_contents (other, "something else", -1, NULL));
  g_assert_cmpint (g_rename (other, path), ==, 0);
  g_assert_cmpuint (read_on (file, 512, 0, &status), ==, LARGE);
  g_assert_cmpint (status, ==, PC_FILE_OK);
  pc_files_free (g_steal_pointer (&world->files));
  pc_file_free (file);
  world_free (world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/pieces", test_pieces);
  g_test_add_func ("/files/changed", test_changed);
  g_test_add_func ("/files/replaced", test_replaced);
  return g_test_run ();
}
