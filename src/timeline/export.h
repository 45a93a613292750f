/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Timelines as text for people, as Markdown, as JSON for programs.  Text is
 * translated; in JSON, words that programs compare (kinds, states, rules) are
 * not, titles, explanations and labels are. */

typedef enum {
  PC_EXPORT_TEXT,
  PC_EXPORT_MARKDOWN,
  PC_EXPORT_JSON,
} PcExportFormat;

typedef enum {
  PC_EXPORT_DEFAULT = 0,
  PC_EXPORT_SHOW_SECRETS = 1 << 0, /* passwords as they crossed the wire */
} PcExportFlags;

/* FALSE when @name is none of "text", "markdown", "json". */
gboolean pc_export_parse_format (const char     *name,
                                 PcExportFormat *format);
/* The whole timeline.  In JSON, octets are always those of the wire.
 * Transfer full. */
char    *pc_export_timeline (PcTimeline    *timeline,
                             PcExportFormat format,
                             PcExportFlags  flags);
/* One step as `run --format text` prints it, with its line end: what the live
 * transcript of `serve` prints. */
char    *pc_export_step_text (PcTimeline   *timeline,
                              PcStep       *step,
                              PcExportFlags flags);

G_END_DECLS
