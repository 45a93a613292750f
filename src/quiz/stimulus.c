/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading what a question shows beside its text.  Strings and octets live in
 * the pool of the bank, so that an item that outlives it can still show them.
 */

#include "quiz/stimulus.h"

#include "quiz/stimulus-private.h"

#include "quiz/reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LINES 1000
#define MAX_LINE 998 /* characters, as in mail (RFC 5322 2.1.1) */

typedef struct
{
  PcItemPool *pool;
  GArray     *lines; /* PcStimulusLine */
  GHashTable *ids;
} StimulusReader;

static const char *const known_members[] = { "id", "kind", "protocol",
                                             "title", "lines", NULL };
static const char *const line_members[] = { "id", "from", "text", "hex",
                                            NULL };
static const char *const senders[] = { "C", "S", "N", NULL };
static const char *const kinds[] = { "transcript", "packets", "listing",
                                     "settings", NULL };

static gboolean
is_hex (const char *text)
{
  gsize len = strlen (text);

  return len > 0 && len % 2 == 0 && strspn (text, "0123456789abcdef") == len;
}

/* @hex has been checked. */
static void
keep_octets (PcItemPool     *pool,
             const char     *hex,
             PcStimulusLine *line)
{
  gsize              n = strlen (hex) / 2;
  g_autofree guint8 *octets = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    octets[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 |
                          g_ascii_xdigit_value (hex[2 * i + 1]));
  line->octets = (const guint8 *) g_string_chunk_insert_len (
      pool->strings, (const char *) octets, (gssize) n);
  line->n_octets = n;
}

static void
read_line (const PcJsonReader *reader,
           guint               index,
           gpointer            user_data)
{
  StimulusReader *self = user_data;
  const char     *text, *hex;
  PcStimulusLine  line = { 0 };

  pc_json_check_members (reader, line_members);
  line.id = pc_item_pool_keep (self->pool, pc_reader_text (reader, "id",
                                                           PC_TEXT_ID, TRUE));
  line.from = *senders[pc_reader_word (reader, "from", senders, TRUE, 2)];
  text = pc_json_read_string (reader, "text", TRUE);
  hex = pc_json_read_string (reader, "hex", FALSE);
  if (text != NULL && g_utf8_strlen (text, -1) > MAX_LINE)
    pc_reader_error (reader, "text", "Q024",
                     _ ("a line has at most %u characters"), MAX_LINE);
  line.text = pc_item_pool_keep (self->pool, text != NULL ? text : "");
  if (hex != NULL && !is_hex (hex))
    pc_reader_error (reader, "hex", "Q024",
                     _ ("pairs of 0-9 and a-f are expected here"));
  else if (hex != NULL)
    keep_octets (self->pool, hex, &line);
  if (line.id == NULL)
    return;
  if (!g_hash_table_add (self->ids, (gpointer) line.id))
    pc_reader_error (reader, "id", "Q100", _ ("the id \"%s\" is taken"),
                     line.id);
  g_array_append_val (self->lines, line);
}

const PcStimulus *
pc_stimulus_read (const PcJsonReader *reader,
                  guint               index,
                  PcItemPool         *pool)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  StimulusReader lines = { pool, NULL, ids };
  PcStimulus    *self;
  const char    *id = pc_reader_text (reader, "id", PC_TEXT_ID, TRUE);

  pc_json_check_members (reader, known_members);
  lines.lines = g_array_new (FALSE, FALSE, sizeof (PcStimulusLine));
  self = g_new0 (PcStimulus, 1);
  self->index = index;
  self->id = pc_item_pool_keep (pool, id);
  self->kind = pc_reader_word (reader, "kind", kinds, TRUE, 0);
  self->protocol = pc_item_pool_keep (
      pool, pc_reader_text (reader, "protocol", PC_TEXT_ID, FALSE));
  self->title = pc_item_pool_keep (pool, pc_reader_text (reader, "title",
                                                         PC_TEXT_LINE, FALSE));
  pc_reader_objects (reader, "lines", FALSE, 1, MAX_LINES, read_line, &lines);
  self->n_lines = lines.lines->len;
  self->lines = (PcStimulusLine *) g_array_free (lines.lines, FALSE);
  g_ptr_array_add (pool->stimuli, self);
  return id != NULL ? self : NULL;
}

void
pc_stimulus_free (PcStimulus *self)
{
  g_free ((gpointer) self->lines);
  g_free (self);
}
