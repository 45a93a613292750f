/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads to TFTP servers.
 *
 * What comes is written to a file that has no name yet, and gets its name when
 * it is whole: at once, and never in the place of what stands there without
 * leave.  Whatever happens to the transfer or to us, nothing is left behind.
 * Where the file system knows only files with names, a name stands in that no
 * request can reach.  Nothing is forced to the disk (fsync): that is not what
 * is shown here.
 */

#include "run/files.h"

#include "run/files-private.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define TEMPORARY_TRIES 100

struct _PcUpload
{
  gboolean allow_overwrite;
  gboolean no_tmpfile;
  gboolean over; /* committed, in vain or not */
  gsize    size;
  char    *name; /* without folders, unless in memory */

  PcFilesMemory *memory;
  GByteArray    *octets;

  int   folder;
  int   fd;
  char *temporary; /* NULL when there is none to remove */
};

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static PcFileStatus
write_all (int           fd,
           const guint8 *data,
           gsize         len)
{
  while (len > 0) {
    gssize done = write (fd, data, len);

    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return pc_file_status_from_errno (errno);

    data += done;
    len -= (gsize)done;
  }

  return PC_FILE_OK;
}

static PcFileStatus
check_place (const PcUpload *self)
{
  struct stat info;

  if (self->memory != NULL)
    return g_hash_table_contains (self->memory->contents, self->name)
               ? PC_FILE_EXISTS
               : PC_FILE_OK;

  if (fstatat (self->folder, self->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? PC_FILE_OK : pc_file_status_from_errno (errno);
  if (!self->allow_overwrite)
    return PC_FILE_EXISTS;
  return S_ISREG (info.st_mode) ? PC_FILE_OK : PC_FILE_ACCESS;
}

static char *
make_temporary_name (void)
{
  return g_strdup_printf (PC_FILES_TEMPORARY "%08x", g_random_int ());
}

static PcFileStatus
open_named (PcUpload *self)
{
  for (guint i = 0; i < TEMPORARY_TRIES; i++) {
    g_autofree char *name = make_temporary_name ();

    self->fd = openat (self->folder, name,
                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                       0644);
    if (self->fd >= 0) {
      self->temporary = g_steal_pointer (&name);
      return PC_FILE_OK;
    }
    if (errno != EEXIST)
      return pc_file_status_from_errno (errno);
  }

  return PC_FILE_FAILED;
}

static PcFileStatus
open_temporary (PcUpload *self)
{
  if (!self->no_tmpfile)
    self->fd = openat (self->folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC,
                       0644);
  if (self->fd >= 0)
    return PC_FILE_OK;
  /* What file systems and kernels say that do not know it. */
  if (self->no_tmpfile || errno == EOPNOTSUPP || errno == EISDIR ||
      errno == EINVAL || errno == ENOENT)
    return open_named (self);
  return pc_file_status_from_errno (errno);
}

/* What the peer tells of the size before it sends. */
static PcFileStatus
check_room (const PcUpload *self,
            gint64          size)
{
  struct statvfs info;

  if (size > PC_LIMIT_TFTP_FILE)
    return PC_FILE_FULL;
  if (self->memory != NULL)
    return MAX (size, 0) > (gint64) (PC_LIMIT_TFTP_MEMORY -
                                     self->memory->size)
               ? PC_FILE_FULL
               : PC_FILE_OK;
  if (size > 0 && fstatvfs (self->folder, &info) == 0 &&
      (guint64) size / MAX (info.f_frsize, 1) > info.f_bavail)
    return PC_FILE_FULL;
  return PC_FILE_OK;
}

static PcFileStatus
open_in_folder (PcUpload   *self,
                PcFiles    *files,
                const char *path,
                gint64      size)
{
  g_autofree char *parent = g_path_get_dirname (path);
  PcFileStatus     status;

  self->name = g_path_get_basename (path);
  if (strcmp (parent, ".") == 0)
    self->folder = fcntl (files->root, F_DUPFD_CLOEXEC, 0);
  else
    self->folder = pc_files_open_beneath (files, parent, O_PATH | O_DIRECTORY);
  if (self->folder < 0)
    return pc_file_status_from_errno (errno);

  status = check_place (self);
  if (status == PC_FILE_OK)
    status = check_room (self, size);
  return status == PC_FILE_OK ? open_temporary (self) : status;
}

PcUpload *
pc_files_open_write (PcFiles      *self,
                     const char   *name,
                     gint64        size,
                     PcFileStatus *status)
{
  g_autoptr (PcUpload) upload = NULL;
  const char *path = pc_files_check_name (name);

  g_return_val_if_fail (self != NULL && status != NULL, NULL);

  *status = PC_FILE_ACCESS;
  if (path == NULL)
    return NULL;

  upload = g_new0 (PcUpload, 1);
  upload->allow_overwrite = self->allow_overwrite;
  upload->no_tmpfile = self->no_tmpfile;
  upload->folder = -1;
  upload->fd = -1;
  if (self->memory != NULL) {
    upload->name = g_strdup (path);
    upload->memory = g_rc_box_acquire (self->memory);
    upload->octets = g_byte_array_new ();
    *status = check_place (upload);
    if (*status == PC_FILE_OK)
      *status = check_room (upload, size);
  } else {
    *status = open_in_folder (upload, self, path, size);
  }

  return *status == PC_FILE_OK ? g_steal_pointer (&upload) : NULL;
}

PcFileStatus
pc_upload_write (PcUpload *self,
                 GBytes   *data)
{
  gsize         len;
  const guint8 *octets = g_bytes_get_data (data, &len);

  g_return_val_if_fail (self != NULL && !self->over, PC_FILE_FAILED);

  if (len > PC_LIMIT_TFTP_FILE - self->size)
    return PC_FILE_FULL;

  if (self->memory != NULL && len > PC_LIMIT_TFTP_MEMORY - self->memory->size)
    return PC_FILE_FULL;

  self->size += len;
  if (self->memory == NULL)
    return write_all (self->fd, octets, len);

  self->memory->size += len;
  if (len > 0)
    g_byte_array_append (self->octets, octets, (guint)len);
  return PC_FILE_OK;
}

/* Renames without replacing, also where the file system cannot. */
static int
rename_new (int         folder,
            const char *from,
            const char *to)
{
  if (renameat2 (folder, from, folder, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;

  if (linkat (folder, from, folder, to, 0) != 0)
    return -1;
  unlinkat (folder, from, 0);
  return 0;
}

/* Gives a name to what has none; replaces nothing. */
static int
give_name (PcUpload   *self,
           const char *name)
{
  g_autofree char *path = NULL;

  if (linkat (self->fd, "", self->folder, name, AT_EMPTY_PATH) == 0)
    return 0;
  if (errno != ENOENT && errno != EINVAL)
    return -1;

  /* That needs a privilege; the way by /proc does not. */
  path = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  return linkat (AT_FDCWD, path, self->folder, name, AT_SYMLINK_FOLLOW);
}

/* Some file systems tell only when a file is closed that there was no room. */
static int
flush (PcUpload *self)
{
  int copy = fcntl (self->fd, F_DUPFD_CLOEXEC, 0);

  return copy < 0 || (close (copy) != 0 && errno != EINTR) ? -1 : 0;
}

static int
put_in_place (PcUpload *self)
{
  if (flush (self) != 0)
    return -1;
  if (self->temporary == NULL && !self->allow_overwrite)
    return give_name (self, self->name);

  if (self->temporary == NULL) {
    g_autofree char *name = make_temporary_name ();

    if (give_name (self, name) != 0)
      return -1;
    self->temporary = g_steal_pointer (&name);
  }
  if ((self->allow_overwrite
           ? renameat (self->folder, self->temporary, self->folder, self->name)
           : rename_new (self->folder, self->temporary, self->name)) != 0)
    return -1;

  g_clear_pointer (&self->temporary, g_free);
  return 0;
}

PcFileStatus
pc_upload_commit (PcUpload *self)
{
  GBytes *content;

  g_return_val_if_fail (self != NULL && !self->over, PC_FILE_FAILED);

  self->over = TRUE;
  if (self->memory == NULL)
    return put_in_place (self) == 0 ? PC_FILE_OK
                                    : pc_file_status_from_errno (errno);
  if (check_place (self) != PC_FILE_OK)
    return PC_FILE_EXISTS;

  content = g_byte_array_free_to_bytes (g_steal_pointer (&self->octets));
  g_hash_table_insert (self->memory->contents, g_steal_pointer (&self->name),
                       content);
  self->size = 0;
  return PC_FILE_OK;
}

void
pc_upload_free (PcUpload *self)
{
  if (self == NULL)
    return;

  close_fd (&self->fd);
  if (self->temporary != NULL)
    unlinkat (self->folder, self->temporary, 0);
  close_fd (&self->folder);
  g_clear_pointer (&self->temporary, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->octets, g_byte_array_unref);
  if (self->memory != NULL)
    self->memory->size -= self->size;
  g_clear_pointer (&self->memory, pc_files_memory_unref);
  g_free (self);
}
