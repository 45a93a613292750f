/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The kinds of file that an exchange can become: one row of a table each. */

typedef struct
{
  PcTimeline *timeline;
  const char *title;
  const char *summary; /* or NULL */
  gboolean    secrets; /* passwords in clear where a person reads */
} PcFileSource;

typedef struct
{
  const char *id;     /* "pdf": also how its names end, after a dot */
  const char *name;   /* N_() */
  const char *type;   /* of its content, as MIME says it */
  GBytes *(*make) (const PcFileSource *source,
                   GError            **error);
  gboolean wire; /* it has all octets of the wire, so passwords as well */
} PcFileFormat;

guint               pc_file_format_get_n (void);
const PcFileFormat *pc_file_format_get (guint index);
/* NULL when there is none; also for NULL. */
const PcFileFormat *pc_file_format_find (const char *id);
/* By the end of @name; NULL when it tells nothing. */
const PcFileFormat *pc_file_format_guess (const char *name);
/* @name with the end of @format in place of another format's or of none.
 * Transfer full. */
char               *pc_file_format_rename (const PcFileFormat *format,
                                           const char         *name);

G_END_DECLS
