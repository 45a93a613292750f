/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a question shows beside its text: an excerpt of a conversation, a few
 * packets, the output of a program, the settings of an account.  Owned by the
 * bank's items; never changes. */

typedef enum {
  PC_STIMULUS_TRANSCRIPT,
  PC_STIMULUS_PACKETS,
  PC_STIMULUS_LISTING,
  PC_STIMULUS_SETTINGS,
} PcStimulusKind;

typedef struct
{
  const char   *id;
  char          from;     /* 'C' client, 'S' server, 'N' a note */
  const char   *text;     /* to be shown as it is; may be "" */
  const guint8 *octets;   /* of the packet, where the file gives them */
  gsize         n_octets; /* 0: not given */
} PcStimulusLine;

typedef struct
{
  const char           *id;
  PcStimulusKind        kind;
  const char           *protocol; /* "pop3", or NULL */
  const char           *title;    /* or NULL; see pc_item_get_stimulus_title */
  const PcStimulusLine *lines;    /* may be NULL when there are none */
  guint                 n_lines;
  guint                 index; /* its place in the file's "stimuli" */
} PcStimulus;

G_END_DECLS
