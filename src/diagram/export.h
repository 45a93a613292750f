/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/plate.h"

G_BEGIN_DECLS

/* The whole diagram as a file: all steps, whatever the player shows, in light
 * colours.  Needs a display, and no window. */

typedef enum {
  PC_DIAGRAM_SVG, /* one picture; text stays text */
  PC_DIAGRAM_PNG, /* one picture, two pixels per CSS pixel, or one */
  PC_DIAGRAM_PDF, /* pages; text can be searched */
} PcDiagramFormat;

typedef enum {
  PC_PAPER_A4,
  PC_PAPER_LETTER,
} PcPaper;

/* What people where we are print on. */
PcPaper pc_paper_get_default (void);

/* @paper: of a PDF.  NULL with G_IO_ERROR when there are more steps than
 * PC_LIMIT_EXPORT_STEPS, or a PNG would be taller than one can be; messages
 * are translated.  Transfer full. */
GBytes *pc_diagram_export (PcTimeline        *timeline,
                           const PcPlateText *text,
                           PcDiagramFormat    format,
                           PcPaper            paper,
                           GError           **error);

G_END_DECLS
