/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files for TFTP servers.
 *
 * Names come from strangers.  The kernel holds them inside the folder
 * (openat2 with RESOLVE_BENEATH); where it cannot, each part is opened for
 * itself and links are refused.  A file is read whole, not mapped: a mapped
 * one that somebody cuts short would kill the process.  An upload is written
 * under a name of its own, which no request can reach, and renamed at the end.
 * Nothing is forced to the disk (fsync): that is not what is shown here.
 */

#include "run/files.h"

#include "run/files-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_NAME 255

/* -- names ---------------------------------------------------------------- */

static gboolean
is_text (const char *name)
{
  gsize len = strlen (name);

  if (len == 0 || len > MAX_NAME || !g_utf8_validate_len (name, len, NULL))
    return FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static gboolean
is_part (const char *part)
{
  return *part != '\0' && strcmp (part, ".") != 0 &&
         strcmp (part, "..") != 0 &&
         !g_str_has_prefix (part, PC_FILES_TEMPORARY);
}

const char *
pc_files_check_name (const char *name)
{
  g_auto (GStrv) parts = NULL;

  if (!is_text (name))
    return NULL;
  if (*name == '/')
    name++;

  parts = g_strsplit (name, "/", -1);
  if (parts[0] == NULL)
    return NULL;
  for (char **part = parts; *part != NULL; part++)
    if (!is_part (*part))
      return NULL;

  return name;
}

/* -- system calls --------------------------------------------------------- */

PcFileStatus
pc_file_status_from_errno (int error)
{
  switch (error) {
  case ENOENT:
  case ENOTDIR:
  case ENAMETOOLONG:
    return PC_FILE_NOT_FOUND;

  case EACCES:
  case EISDIR:
  case ELOOP:
  case ENXIO:
  case EPERM:
  case EROFS:
  case EXDEV:
    return PC_FILE_ACCESS;

  case EEXIST:
    return PC_FILE_EXISTS;

  case EDQUOT:
  case EFBIG:
  case ENOSPC:
    return PC_FILE_FULL;

  default:
    return PC_FILE_FAILED;
  }
}

/* A part on the way; ELOOP for a link, as openat2 says. */
static int
open_folder (int         folder,
             const char *name)
{
  struct stat info;
  int         fd;

  fd = openat (folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 && errno == ENOTDIR &&
      fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    errno = S_ISLNK (info.st_mode) ? ELOOP : ENOTDIR;

  return fd;
}

static int
open_by_parts (int         root,
               const char *path,
               int         flags)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int    folder = root;
  int    fd;
  char **part;

  for (part = parts; part[1] != NULL; part++) {
    fd = open_folder (folder, *part);
    if (folder != root) {
      int error = errno;

      close (folder);
      errno = error;
    }
    if (fd < 0)
      return -1;
    folder = fd;
  }

  fd = (flags & O_DIRECTORY) != 0
           ? open_folder (folder, *part)
           : openat (folder, *part, flags | O_NOFOLLOW | O_CLOEXEC);
  if (folder != root) {
    int error = errno;

    close (folder);
    errno = error;
  }
  return fd;
}

int
pc_files_open_beneath (PcFiles    *self,
                       const char *path,
                       int         flags)
{
  struct open_how how = {
    .flags = (guint64)(flags | O_CLOEXEC),
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  long fd;

  if (!self->no_openat2) {
    fd = syscall (SYS_openat2, self->root, path, &how, sizeof how);
    /* EPERM is what a sandbox says that does not know the call. */
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
      return (int)fd;
  }

  return open_by_parts (self->root, path, flags);
}

/* -- the served files ----------------------------------------------------- */

PcFiles *
pc_files_new_directory (const char *path,
                        gboolean    allow_overwrite,
                        GError    **error)
{
  PcFiles *self;
  int      root;

  g_return_val_if_fail (path != NULL, NULL);

  root = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) {
    int problem = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (problem),
                 _ ("The folder “%s” cannot be served: %s"), path,
                 g_strerror (problem));
    return NULL;
  }

  self = g_new0 (PcFiles, 1);
  self->root = root;
  self->allow_overwrite = allow_overwrite;
  return self;
}

PcFiles *
pc_files_new_memory (void)
{
  PcFiles *self = g_new0 (PcFiles, 1);

  self->root = -1;
  self->memory = g_rc_box_new0 (PcFilesMemory);
  self->memory->contents = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  return self;
}

static void
memory_clear (gpointer data)
{
  g_hash_table_unref (((PcFilesMemory *)data)->contents);
}

void
pc_files_memory_unref (PcFilesMemory *self)
{
  g_rc_box_release_full (self, memory_clear);
}

void
pc_files_free (PcFiles *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->memory, pc_files_memory_unref);
  if (self->root >= 0)
    close (self->root);
  g_free (self);
}

void
pc_files_avoid_openat2 (PcFiles *self)
{
  self->no_openat2 = TRUE;
  self->no_tmpfile = TRUE;
}

gboolean
pc_files_add (PcFiles    *self,
              const char *name,
              GBytes     *content)
{
  const char *path = pc_files_check_name (name);

  g_return_val_if_fail (self->memory != NULL, FALSE);

  if (path == NULL)
    return FALSE;

  g_hash_table_replace (self->memory->contents, g_strdup (path),
                        g_bytes_ref (content));
  return TRUE;
}

/* -- reading -------------------------------------------------------------- */

struct _PcFile
{
  int             fd;
  gint64          size;
  struct timespec changed;
  gint64          offset;
};

static PcFile *
file_new (int           fd,
          PcFileStatus *status)
{
  struct stat info;
  PcFile     *self;

  *status = PC_FILE_OK;
  if (fstat (fd, &info) != 0)
    *status = pc_file_status_from_errno (errno);
  else if (!S_ISREG (info.st_mode))
    *status = PC_FILE_ACCESS;
  else if (info.st_size > PC_LIMIT_TFTP_SERVED)
    *status = PC_FILE_FULL;
  if (*status != PC_FILE_OK) {
    close (fd);
    return NULL;
  }

  self = g_new0 (PcFile, 1);
  self->fd = fd;
  self->size = info.st_size;
  self->changed = info.st_mtim;
  return self;
}

PcFile *
pc_files_open_read (PcFiles      *self,
                    const char   *name,
                    PcFileStatus *status,
                    GBytes      **content)
{
  const char *path = pc_files_check_name (name);
  g_autoptr (PcFile) file = NULL;
  int fd;

  g_return_val_if_fail (self != NULL && status != NULL, NULL);
  g_return_val_if_fail (content != NULL, NULL);

  *content = NULL;
  *status = PC_FILE_ACCESS;
  if (path == NULL)
    return NULL;

  if (self->memory != NULL) {
    GBytes *found = g_hash_table_lookup (self->memory->contents, path);

    *content = found != NULL ? g_bytes_ref (found) : NULL;
    *status = found != NULL ? PC_FILE_OK : PC_FILE_NOT_FOUND;
    return NULL;
  }

  /* Not: without O_NONBLOCK, opening a FIFO would wait for a writer. */
  fd = pc_files_open_beneath (self, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    *status = pc_file_status_from_errno (errno);
    return NULL;
  }

  file = file_new (fd, status);
  if (file == NULL || file->size > PC_LIMIT_TFTP_WHOLE)
    return g_steal_pointer (&file);

  *status = pc_file_read (file, (gsize)file->size, content);
  return NULL;
}

gint64
pc_file_get_size (const PcFile *self)
{
  return self->size;
}

/* Somebody writes to it while we read: what was sent belongs to no state that
 * it ever had. */
static gboolean
has_changed (const PcFile *self)
{
  struct stat info;

  return fstat (self->fd, &info) != 0 || info.st_size != self->size ||
         info.st_mtim.tv_sec != self->changed.tv_sec ||
         info.st_mtim.tv_nsec != self->changed.tv_nsec;
}

PcFileStatus
pc_file_read (PcFile  *self,
              gsize    wanted,
              GBytes **content)
{
  g_autofree guint8 *octets = NULL;
  gsize done = 0;
  gsize len;

  g_return_val_if_fail (self != NULL && content != NULL, PC_FILE_FAILED);

  *content = NULL;
  len = MIN (wanted, (gsize)(self->size - self->offset));
  octets = g_malloc (MAX (len, 1));
  while (done < len) {
    gssize got = pread (self->fd, octets + done, len - done,
                        self->offset + (gint64)done);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return pc_file_status_from_errno (errno);
    if (got == 0)
      return PC_FILE_FAILED; /* cut short meanwhile */
    done += (gsize)got;
  }

  self->offset += (gint64)len;
  if (self->offset == self->size && has_changed (self))
    return PC_FILE_FAILED;

  *content = g_bytes_new_take (g_steal_pointer (&octets), len);
  return PC_FILE_OK;
}

void
pc_file_free (PcFile *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}
