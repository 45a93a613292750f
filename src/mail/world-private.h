/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* Between world.c, which makes stores, and the tables of letters. */

#define PC_WORLD_MINUTE (60 * (gint64) G_USEC_PER_SEC)
#define PC_WORLD_HOUR (60 * PC_WORLD_MINUTE)
#define PC_WORLD_DAY (24 * PC_WORLD_HOUR)

/* In fields and body, "@{date H}" stands for the Date field's value H hours
 * before the letter arrived, "@{stamp H}" for that moment as iCalendar writes
 * it (RFC 5545 section 3.3.5); H may be negative. */
typedef struct
{
  const char *user;
  const char *mailbox;
  gint64      age; /* µs before now; between writing and arrival lie 4 s */
  PcFlags     flags;
  const char *from;
  const char *to;
  const char *subject;
  const char *id;
  const char *fields; /* more of the header, each line with its end; or NULL */
  const char *body;   /* lines end in LF; the store makes them CR LF */
} PcLetter;

/* What the lessons count on: five for alex, two for robin, one sent. */
extern const PcLetter pc_world_lesson_letters[];
extern const guint    pc_world_n_lesson_letters;
/* More for the two INBOXes, and everything in other mailboxes. */
extern const PcLetter pc_world_inbox_letters[];
extern const guint    pc_world_n_inbox_letters;
extern const PcLetter pc_world_folder_letters[];
extern const guint    pc_world_n_folder_letters;

/* When the recording was sent, in µs since 1970: it does not go with the
 * time, so that all stores can share its octets. */
#define PC_WORLD_RECORDING_TIME \
  (G_GINT64_CONSTANT (1763133600) * G_USEC_PER_SEC)

/* A message of about 5 MiB with a recording in it, made when it is first
 * asked for and kept: a new reference.  Any thread. */
GBytes *pc_world_get_recording (void);

G_END_DECLS
