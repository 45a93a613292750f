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
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_NAME 255
#define TEMPORARY ".portcall-"
#define TEMPORARY_TRIES 100

struct _PcFiles
{
  GHashTable *memory; /* char* → GBytes*; NULL for a folder */
  int         root;
  gboolean    allow_overwrite;
  gboolean    no_openat2;
};

struct _PcUpload
{
  gboolean allow_overwrite;
  gboolean over; /* committed, in vain or not */
  gsize    size;
  char    *name; /* without folders, unless in memory */

  GHashTable *memory;
  GByteArray *octets;

  int   folder;
  int   fd;
  char *temporary; /* NULL when there is none to remove */
};

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
         strcmp (part, "..") != 0 && !g_str_has_prefix (part, TEMPORARY);
}

/* @name below the served folder, or NULL.  Points into @name. */
static const char *
check_name (const char *name)
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

static PcFileStatus
status_from_errno (int error)
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

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
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

/* @path was checked.  Returns -1 and sets errno on failure. */
static int
open_beneath (PcFiles    *self,
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

static PcFileStatus
read_all (int      fd,
          GBytes **content)
{
  g_autoptr (GByteArray) octets = NULL;
  struct stat info;
  gsize       size = 0;

  if (fstat (fd, &info) != 0)
    return status_from_errno (errno);
  if (!S_ISREG (info.st_mode))
    return PC_FILE_ACCESS;
  if (info.st_size > PC_LIMIT_TFTP_FILE)
    return PC_FILE_FULL;

  octets = g_byte_array_new ();
  while (size <= PC_LIMIT_TFTP_FILE) {
    gssize got;

    /* One octet more than it should have, so that the end is seen. */
    g_byte_array_set_size (octets, (guint)MAX (size + PC_LIMIT_READ,
                                               (gsize)info.st_size + 1));
    got = read (fd, octets->data + size, octets->len - size);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return status_from_errno (errno);
    if (got == 0) {
      g_byte_array_set_size (octets, (guint)size);
      *content = g_byte_array_free_to_bytes (g_steal_pointer (&octets));
      return PC_FILE_OK;
    }
    size += (gsize)got;
  }

  return PC_FILE_FULL;
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
      return status_from_errno (errno);

    data += done;
    len -= (gsize)done;
  }

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
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)g_bytes_unref);
  return self;
}

void
pc_files_free (PcFiles *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->memory, g_hash_table_unref);
  close_fd (&self->root);
  g_free (self);
}

void
pc_files_avoid_openat2 (PcFiles *self)
{
  self->no_openat2 = TRUE;
}

gboolean
pc_files_add (PcFiles    *self,
              const char *name,
              GBytes     *content)
{
  const char *path = check_name (name);

  g_return_val_if_fail (self->memory != NULL, FALSE);

  if (path == NULL)
    return FALSE;

  g_hash_table_replace (self->memory, g_strdup (path), g_bytes_ref (content));
  return TRUE;
}

PcFileStatus
pc_files_read (PcFiles    *self,
               const char *name,
               GBytes    **content)
{
  const char  *path = check_name (name);
  PcFileStatus status;
  int          fd;

  g_return_val_if_fail (self != NULL && content != NULL, PC_FILE_FAILED);

  *content = NULL;
  if (path == NULL)
    return PC_FILE_ACCESS;

  if (self->memory != NULL) {
    GBytes *found = g_hash_table_lookup (self->memory, path);

    *content = found != NULL ? g_bytes_ref (found) : NULL;
    return found != NULL ? PC_FILE_OK : PC_FILE_NOT_FOUND;
  }

  /* Not: without O_NONBLOCK, opening a FIFO would wait for a writer. */
  fd = open_beneath (self, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return status_from_errno (errno);

  status = read_all (fd, content);
  close_fd (&fd);
  return status;
}

/* -- uploads -------------------------------------------------------------- */

static PcFileStatus
check_place (const PcUpload *self)
{
  struct stat info;

  if (self->memory != NULL)
    return g_hash_table_contains (self->memory, self->name) ? PC_FILE_EXISTS
                                                            : PC_FILE_OK;

  if (fstatat (self->folder, self->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? PC_FILE_OK : status_from_errno (errno);
  if (!self->allow_overwrite)
    return PC_FILE_EXISTS;
  return S_ISREG (info.st_mode) ? PC_FILE_OK : PC_FILE_ACCESS;
}

static PcFileStatus
open_temporary (PcUpload *self)
{
  for (guint i = 0; i < TEMPORARY_TRIES; i++) {
    g_autofree char *name = NULL;

    name = g_strdup_printf (TEMPORARY "%08x", g_random_int ());
    self->fd = openat (self->folder, name,
                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                       0644);
    if (self->fd >= 0) {
      self->temporary = g_steal_pointer (&name);
      return PC_FILE_OK;
    }
    if (errno != EEXIST)
      return status_from_errno (errno);
  }

  return PC_FILE_FAILED;
}

static PcFileStatus
open_in_folder (PcUpload   *self,
                PcFiles    *files,
                const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  PcFileStatus     status;

  self->name = g_path_get_basename (path);
  if (strcmp (parent, ".") == 0)
    self->folder = fcntl (files->root, F_DUPFD_CLOEXEC, 0);
  else
    self->folder = open_beneath (files, parent, O_PATH | O_DIRECTORY);
  if (self->folder < 0)
    return status_from_errno (errno);

  status = check_place (self);
  return status == PC_FILE_OK ? open_temporary (self) : status;
}

PcUpload *
pc_files_open_write (PcFiles      *self,
                     const char   *name,
                     PcFileStatus *status)
{
  g_autoptr (PcUpload) upload = NULL;
  const char *path = check_name (name);

  g_return_val_if_fail (self != NULL && status != NULL, NULL);

  *status = PC_FILE_ACCESS;
  if (path == NULL)
    return NULL;

  upload = g_new0 (PcUpload, 1);
  upload->allow_overwrite = self->allow_overwrite;
  upload->folder = -1;
  upload->fd = -1;
  if (self->memory != NULL) {
    upload->name = g_strdup (path);
    upload->memory = g_hash_table_ref (self->memory);
    upload->octets = g_byte_array_new ();
    *status = check_place (upload);
  } else {
    *status = open_in_folder (upload, self, path);
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

  self->size += len;
  if (self->memory == NULL)
    return write_all (self->fd, octets, len);

  if (len > 0)
    g_byte_array_append (self->octets, octets, (guint)len);
  return PC_FILE_OK;
}

static PcFileStatus
commit_in_folder (PcUpload *self)
{
  int fd = self->fd;
  int done;

  /* Some file systems tell only now that there was no room. */
  self->fd = -1;
  if (close (fd) != 0 && errno != EINTR)
    return status_from_errno (errno);

  if (self->allow_overwrite)
    done = renameat (self->folder, self->temporary, self->folder, self->name);
  else
    done = rename_new (self->folder, self->temporary, self->name);
  if (done != 0)
    return status_from_errno (errno);

  g_clear_pointer (&self->temporary, g_free);
  return PC_FILE_OK;
}

PcFileStatus
pc_upload_commit (PcUpload *self)
{
  GBytes *content;

  g_return_val_if_fail (self != NULL && !self->over, PC_FILE_FAILED);

  self->over = TRUE;
  if (self->memory == NULL)
    return commit_in_folder (self);
  if (check_place (self) != PC_FILE_OK)
    return PC_FILE_EXISTS;

  content = g_byte_array_free_to_bytes (g_steal_pointer (&self->octets));
  g_hash_table_insert (self->memory, g_steal_pointer (&self->name), content);
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
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_free (self);
}
