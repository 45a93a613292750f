/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drives a fuzz entry without a fuzzing engine, so that it runs with gcc
 * wherever the tests run: first every seed of the corpus as it is, then
 * mutations of them for a while.
 *
 * Usage: fuzz-NAME CORPUS-DIR [DICTIONARY]
 * PORTCALL_FUZZ_SECONDS (2) bounds the time, PORTCALL_FUZZ_SEED (1) chooses
 * the mutations.  Each input is written to PORTCALL_FUZZ_SAVE, where set,
 * before it is tried: after a crash that file is the input that did it.
 */

#include <glib.h>
#include <stdint.h>
#include <string.h>

#define INPUT_LIMIT 65536
#define MAX_MUTATIONS 8

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

typedef struct
{
  GPtrArray  *seeds; /* GBytes */
  GPtrArray  *words; /* GBytes */
  GRand      *rand;
  GByteArray *input;
} Fuzzer;

static void
try_input (const guint8 *data,
           gsize         size)
{
  const char *save = g_getenv ("PORTCALL_FUZZ_SAVE");

  if (save != NULL)
    g_file_set_contents (save, (const char *) data, (gssize) size, NULL);
  LLVMFuzzerTestOneInput (data, size);
}

static void
load_seeds (Fuzzer     *self,
            const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (dir, 0, &error);
  const char *name;

  if (folder == NULL)
    g_error ("no corpus: %s", error->message);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    char            *data;
    gsize            size;

    if (g_file_get_contents (path, &data, &size, NULL))
      g_ptr_array_add (self->seeds, g_bytes_new_take (data, size));
  }
}

/* libFuzzer's dictionaries write octets as \xHH; GLib knows octal only. */
static char *
octal_escapes (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (text[0] == '\\' && text[1] == 'x' && g_ascii_isxdigit (text[2]) &&
        g_ascii_isxdigit (text[3])) {
      g_string_append_printf (out, "\\%03o",
                              (guint) (g_ascii_xdigit_value (text[2]) * 16 +
                                       g_ascii_xdigit_value (text[3])));
      text += 3;
    } else if (text[0] == '\\' && text[1] != '\0') {
      g_string_append_len (out, text++, 2);
    } else {
      g_string_append_c (out, *text);
    }

  return g_string_free (out, FALSE);
}

/* "name=\"text\"" lines, as libFuzzer's dictionaries have them. */
static void
load_words (Fuzzer     *self,
            const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *first = strchr (lines[i], '"');
    char *last = strrchr (lines[i], '"');
    g_autofree char *escaped = NULL;
    char *word;

    if (lines[i][0] == '#' || first == NULL || last <= first)
      continue;
    *last = '\0';
    escaped = octal_escapes (first + 1);
    word = g_strcompress (escaped);
    g_ptr_array_add (self->words, g_bytes_new_take (word, strlen (word)));
  }
}

static gsize
below (Fuzzer *self,
       gsize   n)
{
  return n == 0 ? 0 : g_rand_int (self->rand) % n;
}

static void
insert (GByteArray   *input,
        gsize         at,
        const guint8 *data,
        gsize         size)
{
  gsize old = input->len;

  if (old + size > INPUT_LIMIT)
    return;

  g_byte_array_set_size (input, (guint) (old + size));
  memmove (input->data + at + size, input->data + at, old - at);
  memcpy (input->data + at, data, size);
}

static void
insert_bytes (Fuzzer *self,
              GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize         from = below (self, size + 1);
  gsize         n = below (self, size - from + 1);

  if (n > 0)
    insert (self->input, below (self, self->input->len + 1), data + from, n);
}

static void
mutate_once (Fuzzer *self)
{
  GByteArray *input = self->input;
  gsize       at = below (self, input->len);
  gsize       n = below (self, input->len - at + 1);
  guint8      octet = (guint8) g_rand_int (self->rand);

  switch (below (self, 7)) {
  case 0:
    if (input->len > 0)
      input->data[at] ^= (guint8) (1u << below (self, 8));
    break;
  case 1:
    if (input->len > 0)
      input->data[at] = octet;
    break;
  case 2:
    insert (input, at, &octet, 1);
    break;
  case 3:
    if (n > 0)
      g_byte_array_remove_range (input, (guint) at, (guint) n);
    break;
  case 4:
    if (self->words->len > 0) {
      GBytes       *word = self->words->pdata[below (self, self->words->len)];
      gsize         size;
      const guint8 *data = g_bytes_get_data (word, &size);

      insert (input, at, data, size);
    }
    break;
  case 5:
    insert_bytes (self, self->seeds->pdata[below (self, self->seeds->len)]);
    break;
  default:
    g_byte_array_set_size (input, (guint) at);
    break;
  }
}

static void
fuzz (Fuzzer *self,
      gint64  seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  guint  n = 0;

  for (; g_get_monotonic_time () < end; n++) {
    GBytes       *seed = self->seeds->pdata[below (self, self->seeds->len)];
    gsize         size;
    const guint8 *data = g_bytes_get_data (seed, &size);
    gsize         times = 1 + below (self, MAX_MUTATIONS);

    g_byte_array_set_size (self->input, 0);
    g_byte_array_append (self->input, data, (guint) MIN (size, INPUT_LIMIT));
    for (gsize i = 0; i < times; i++)
      mutate_once (self);
    try_input (self->input->data, self->input->len);
  }

  g_print ("# %u seeds, %u mutations in %d s\n", self->seeds->len, n,
           (int) seconds);
}

static gint64
get_number (const char *variable,
            gint64      fallback)
{
  const char *value = g_getenv (variable);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : fallback;
}

int
main (int    argc,
      char **argv)
{
  Fuzzer self = {
    .seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
    .words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
    .rand = g_rand_new_with_seed (
        (guint32) get_number ("PORTCALL_FUZZ_SEED", 1)),
    .input = g_byte_array_new (),
  };

  if (argc < 2)
    g_error ("usage: %s CORPUS-DIR [DICTIONARY]", argv[0]);

  load_seeds (&self, argv[1]);
  load_words (&self, argc > 2 ? argv[2] : NULL);
  if (self.seeds->len == 0)
    g_error ("%s: the corpus is empty", argv[1]);

  for (guint i = 0; i < self.seeds->len; i++) {
    gsize         size;
    const guint8 *data = g_bytes_get_data (self.seeds->pdata[i], &size);

    try_input (data, size);
  }
  fuzz (&self, get_number ("PORTCALL_FUZZ_SECONDS", 2));

  g_clear_pointer (&self.seeds, g_ptr_array_unref);
  g_clear_pointer (&self.words, g_ptr_array_unref);
  g_clear_pointer (&self.rand, g_rand_free);
  g_clear_pointer (&self.input, g_byte_array_unref);
  return 0;
}
