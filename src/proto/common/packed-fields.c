/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of a unit while nobody looks at them.
 *
 * A timeline may have a hundred thousand steps of which a person sees a few:
 * a PcField has 56 octets, mostly addresses of static texts.  Here it has the
 * place where it ends and the number of its words in a table that only grows
 * with the texts of the program.  A unit that is long, or has what cannot be
 * made again, a value that the observer computed, keeps twice as much for each.
 */

#include "proto/common/packed-fields.h"

#include "base/limits.h"

#include <string.h>

/* What all fields of one kind have in common. */
typedef struct
{
  const char   *label;
  const char   *meaning;
  PcFieldReader read;
  gboolean      secret;
} Words;

typedef struct
{
  guint32 end;
  guint16 words;
  guint16 odd; /* place of its value plus 1; 0 for none */
} Packed;

/* The same of most. */
typedef struct
{
  guint16 end;
  guint16 words;
} Plain;

typedef struct
{
  char   *value;
  guint64 about;
} Odd;

/* What is behind it: as many of Plain, or of Packed and n_odd of Odd. */
struct _PcPackedFields
{
  guint16 n;
  guint16 n_odd;
  guint8  is_plain;
};

G_STATIC_ASSERT (sizeof (PcPackedFields) % G_ALIGNOF (Plain) == 0);
G_STATIC_ASSERT (PC_LIMIT_FIELDS <= G_MAXUINT16);

/* -- words ---------------------------------------------------------------- */

static GMutex      lock; /* of both; words are never taken back */
static GHashTable *numbers;
static GPtrArray  *table;

static guint
words_hash (gconstpointer key)
{
  const Words *words = key;

  return g_direct_hash (words->label) * 31 +
         g_direct_hash (words->meaning) * 17 + (words->secret ? 1 : 0) +
         (guint) (gsize) words->read;
}

static gboolean
words_equal (gconstpointer a,
             gconstpointer b)
{
  const Words *x = a;
  const Words *y = b;

  return x->label == y->label && x->meaning == y->meaning &&
         x->read == y->read && x->secret == y->secret;
}

static guint16
find_words (const PcField *field)
{
  Words    words = { field->label, field->meaning, field->read,
                     field->secret };
  gpointer found;

  g_mutex_lock (&lock);
  if (numbers == NULL)
    {
      numbers = g_hash_table_new (words_hash, words_equal);
      table = g_ptr_array_new ();
    }
  if (!g_hash_table_lookup_extended (numbers, &words, NULL, &found))
    {
      Words *kept = g_memdup2 (&words, sizeof words);

      /* Labels are texts of the program: there are some hundreds. */
      g_assert (table->len <= G_MAXUINT16);
      found = GUINT_TO_POINTER (table->len);
      g_ptr_array_add (table, kept);
      g_hash_table_insert (numbers, kept, found);
    }
  g_mutex_unlock (&lock);
  return (guint16) GPOINTER_TO_UINT (found);
}

static const Words *
get_words (guint16 number)
{
  const Words *words;

  g_mutex_lock (&lock);
  words = g_ptr_array_index (table, number);
  g_mutex_unlock (&lock);
  return words;
}

/* -- fields --------------------------------------------------------------- */

static gboolean
is_odd (const PcField *field)
{
  if (field->about != 0)
    return TRUE;
  if (field->secret && g_strcmp0 (field->value, PC_SECRET_DOTS) == 0)
    return FALSE;
  return field->value != NULL;
}

#define PACKED_AT 8 /* aligned for both of them */

static Plain *
get_plain (const PcPackedFields *self)
{
  return (Plain *) (gpointer) ((guint8 *) self + sizeof *self);
}

static Packed *
get_packed (const PcPackedFields *self)
{
  return (Packed *) (gpointer) ((guint8 *) self + PACKED_AT);
}

static Odd *
get_odd (const PcPackedFields *self)
{
  return (Odd *) (gpointer) (get_packed (self) + self->n);
}

static PcPackedFields *
pack_plain (const GArray *fields)
{
  PcPackedFields *self = g_malloc0 (sizeof *self +
                                    fields->len * sizeof (Plain));

  self->n = (guint16) fields->len;
  self->is_plain = TRUE;
  for (guint i = 0; i < self->n; i++)
    {
      const PcField *field = &g_array_index (fields, PcField, i);

      get_plain (self)[i] = (Plain){ (guint16) field->end,
                                     find_words (field) };
    }
  return self;
}

PcPackedFields *
pc_packed_fields_new (const GArray *fields)
{
  PcPackedFields *self;
  const PcField  *field = NULL;
  guint           n_odd = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      field = &g_array_index (fields, PcField, i);
      n_odd += is_odd (field);
    }
  if (n_odd == 0 && (field == NULL || field->end <= G_MAXUINT16))
    return pack_plain (fields);

  self = g_malloc0 (PACKED_AT + fields->len * sizeof (Packed) +
                    n_odd * sizeof (Odd));
  self->n = (guint16) fields->len;
  for (guint i = 0; i < self->n; i++)
    {
      Packed *packed = &get_packed (self)[i];

      field = &g_array_index (fields, PcField, i);
      packed->end = field->end;
      packed->words = find_words (field);
      if (!is_odd (field))
        continue;
      get_odd (self)[self->n_odd++] = (Odd){ g_strdup (field->value),
                                             field->about };
      packed->odd = self->n_odd;
    }
  return self;
}

void
pc_packed_fields_free (PcPackedFields *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_odd; i++)
    g_free (get_odd (self)[i].value);
  g_free (self);
}

static Packed
get_one (const PcPackedFields *self,
         guint                 index)
{
  if (self->is_plain)
    return (Packed){ get_plain (self)[index].end,
                     get_plain (self)[index].words, 0 };
  return get_packed (self)[index];
}

GArray *
pc_packed_fields_unpack (PcPackedFields *self)
{
  GArray *fields = g_array_sized_new (FALSE, FALSE, sizeof (PcField),
                                      self->n);
  guint   start = 0;

  for (guint i = 0; i < self->n; i++)
    {
      Packed       packed = get_one (self, i);
      const Words *words = get_words (packed.words);
      PcField      field = { .start = start,
                             .end = packed.end,
                             .label = words->label,
                             .meaning = words->meaning,
                             .secret = words->secret,
                             .read = words->read };

      if (packed.odd != 0)
        {
          Odd *odd = &get_odd (self)[packed.odd - 1];

          field.value = g_steal_pointer (&odd->value);
          field.about = odd->about;
        }
      else if (words->secret)
        field.value = g_strdup (PC_SECRET_DOTS);
      g_array_append_val (fields, field);
      start = packed.end;
    }
  return fields;
}

guint
pc_packed_fields_get_n (const PcPackedFields *self)
{
  return self->n;
}

void
pc_packed_fields_get_extent (const PcPackedFields *self,
                             guint                 index,
                             PcFieldExtent        *extent)
{
  Packed packed = get_one (self, index);

  extent->start = index > 0 ? get_one (self, index - 1).end : 0;
  extent->end = packed.end;
  extent->secret = get_words (packed.words)->secret;
}
