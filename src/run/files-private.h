/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/files.h"

G_BEGIN_DECLS

/* Between files.c and upload.c. */

/* How names begin that stand in for uploads under way: no request reaches
 * them. */
#define PC_FILES_TEMPORARY ".portcall-"

/* Files in memory; g_rc_box, so that an upload may outlive who took it. */
typedef struct
{
  GHashTable *contents; /* char* → GBytes* */
  gsize       size;     /* with uploads that are under way */
} PcFilesMemory;

struct _PcFiles
{
  PcFilesMemory *memory; /* NULL for a folder */
  int            root;
  gboolean       allow_overwrite;
  gboolean       no_openat2;
  gboolean       no_tmpfile;
};

void         pc_files_memory_unref (PcFilesMemory *self);
/* @name below the served folder, or NULL.  Points into @name. */
const char  *pc_files_check_name (const char *name);
/* @path was checked.  Returns -1 and sets errno on failure. */
int          pc_files_open_beneath (PcFiles    *self,
                                    const char *path,
                                    int         flags);
PcFileStatus pc_file_status_from_errno (int error);

/* For tests: goes the way of kernels without openat2 (), and of file systems
 * without files that have no name. */
void         pc_files_avoid_openat2 (PcFiles *self);

G_END_DECLS
