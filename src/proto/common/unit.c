/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One protocol unit, cut into labelled fields.
 *
 * Fields are only ever appended, each beginning where the last one ended, and
 * finishing labels what is left: that every octet has exactly one label is
 * thus a property of the type, not of the sixteen places that build units.
 */

#include "proto/common/unit.h"

#include "proto/common/packed-fields.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VALUE_CHARS 2000
#define SUMMARY_CHARS 200
#define SOME_FIELDS 8 /* a common line has fewer */

static void
field_clear (gpointer data)
{
  PcField *field = data;

  g_clear_pointer (&field->value, g_free);
}

PcUnit *
pc_unit_new (PcSide        from,
             PcUnitKind    kind,
             const char   *rule,
             gconstpointer data,
             gsize         len)
{
  PcUnit *self = g_new0 (PcUnit, 1);

  self->from = from;
  self->kind = kind;
  self->rule = rule;
  self->bytes = g_bytes_new (data, len);
  self->fields = g_array_sized_new (FALSE, FALSE, sizeof (PcField),
                                    SOME_FIELDS);
  g_array_set_clear_func (self->fields, field_clear);
  return self;
}

static void
unpack (const PcUnit *self)
{
  PcUnit         *unit = (PcUnit *) self;
  PcPackedFields *packed = self->packed;

  if (!self->is_packed)
    return;

  unit->is_packed = FALSE;
  unit->fields = pc_packed_fields_unpack (packed);
  g_array_set_clear_func (unit->fields, field_clear);
  pc_packed_fields_free (packed);
}

/* Observers may write a summary that is no other than the default one. */
static void
drop_default_summary (PcUnit *self)
{
  char *own = g_steal_pointer (&self->summary);

  if (own == NULL || self->summarise != NULL)
    {
      self->summary = own;
      return;
    }

  pc_unit_summarise (self);
  if (g_str_equal (own, self->summary))
    {
      g_clear_pointer (&self->summary, g_free);
      g_free (own);
      return;
    }
  g_free (self->summary);
  /* Texts are put together with room to grow. */
  self->summary = g_strdup (own);
  g_free (own);
}

void
pc_unit_pack (PcUnit *self)
{
  PcPackedFields *packed;

  g_return_if_fail (self != NULL);

  if (self->is_packed)
    return;

  drop_default_summary (self);
  packed = pc_packed_fields_new (self->fields);
  g_array_unref (self->fields);
  self->packed = packed;
  self->is_packed = TRUE;
}

PcUnit *
pc_unit_copy (const PcUnit *self)
{
  PcUnit *copy = g_new0 (PcUnit, 1);

  unpack (self);
  *copy = *self;
  g_bytes_ref (copy->bytes);
  copy->summary = g_strdup (self->summary);
  copy->fields = g_array_sized_new (FALSE, FALSE, sizeof (PcField),
                                    self->fields->len);
  g_array_set_clear_func (copy->fields, field_clear);
  for (guint i = 0; i < self->fields->len; i++) {
    PcField field = g_array_index (self->fields, PcField, i);

    field.value = g_strdup (field.value);
    g_array_append_val (copy->fields, field);
  }
  return copy;
}

void
pc_unit_free (PcUnit *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->is_packed)
    g_clear_pointer (&self->packed, pc_packed_fields_free);
  else
    g_clear_pointer (&self->fields, g_array_unref);
  g_clear_pointer (&self->summary, g_free);
  g_free (self);
}

static gsize
labelled (const PcUnit *self)
{
  guint n;

  unpack (self);
  n = self->fields->len;
  return n == 0 ? 0 : g_array_index (self->fields, PcField, n - 1).end;
}

gsize
pc_unit_get_rest (const PcUnit *self)
{
  return g_bytes_get_size (self->bytes) - labelled (self);
}

PcField *
pc_unit_add_field_value (PcUnit     *self,
                         gsize       len,
                         const char *label,
                         const char *meaning,
                         char       *value)
{
  gsize   start = labelled (self);
  PcField field = { .start = (guint) start,
                    .end = (guint) (start + len),
                    .label = label,
                    .meaning = meaning,
                    .value = value };

  g_assert (len <= pc_unit_get_rest (self));

  if (len == 0) {
    g_free (value);
    return NULL;
  }
  if (self->fields->len == PC_LIMIT_FIELDS) {
    PcField *last = &g_array_index (self->fields, PcField,
                                    self->fields->len - 1);

    g_free (value);
    last->end = field.end;
    last->read = NULL;
    return last;
  }

  g_array_append_val (self->fields, field);
  return &g_array_index (self->fields, PcField, self->fields->len - 1);
}

PcField *
pc_unit_add_field (PcUnit     *self,
                   gsize       len,
                   const char *label,
                   const char *meaning)
{
  return pc_unit_add_field_value (self, len, label, meaning, NULL);
}

PcField *
pc_unit_add_field_read (PcUnit       *self,
                        gsize         len,
                        const char   *label,
                        const char   *meaning,
                        PcFieldReader read,
                        guint64       about)
{
  PcField *field = pc_unit_add_field_value (self, len, label, meaning, NULL);

  /* One that has grown past the limit has no one form to read. */
  if (field != NULL && field->end - field->start == len) {
    field->read = read;
    field->about = about;
  }
  return field;
}

PcField *
pc_unit_add_secret (PcUnit     *self,
                    gsize       len,
                    const char *label,
                    const char *meaning)
{
  PcField *field = pc_unit_add_field_value (self, len, label, meaning,
                                            g_strdup (PC_SECRET_DOTS));

  if (field != NULL)
    field->secret = TRUE;
  return field;
}

void
pc_unit_finish (PcUnit     *self,
                const char *label,
                const char *meaning)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  gsize         rest = pc_unit_get_rest (self);
  gboolean      eol = rest >= 2 && data[size - 2] == '\r' &&
                 data[size - 1] == '\n';

  pc_unit_add_field (self, eol ? rest - 2 : rest, label, meaning);
  if (eol)
    pc_unit_add_field (self, 2, N_ ("End of line"),
                       N_ ("Carriage return and line feed close the line."));
}

/* Without unpacking. */
static void
get_extent (const PcUnit  *self,
            guint          index,
            PcFieldExtent *extent)
{
  const PcField *field;

  if (self->is_packed)
    {
      pc_packed_fields_get_extent (self->packed, index, extent);
      return;
    }

  field = &g_array_index (self->fields, PcField, index);
  *extent = (PcFieldExtent){ field->start, field->end, field->secret };
}

gboolean
pc_unit_has_secret (const PcUnit *self)
{
  PcFieldExtent extent;

  for (guint i = 0; i < pc_unit_get_n_fields (self); i++)
    {
      get_extent (self, i, &extent);
      if (extent.secret)
        return TRUE;
    }

  return FALSE;
}

void
pc_unit_summarise (PcUnit *self)
{
  g_autoptr (GString) line = NULL;
  const guint8 *data = g_bytes_get_data (self->bytes, NULL);

  if (self->summary != NULL)
    return;

  line = g_string_new (NULL);
  for (guint i = 0; i < pc_unit_get_n_fields (self); i++) {
    PcFieldExtent field;

    get_extent (self, i, &field);
    if (field.secret)
      g_string_append (line, PC_SECRET_DOTS);
    else
      g_string_append_len (line, (const char *) data + field.start,
                           field.end - field.start);
    if (line->len > SUMMARY_CHARS * 6)
      break;
  }

  self->summary = pc_text_from_wire (line->str, line->len,
                                     PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE,
                                     SUMMARY_CHARS);
  /* A step must not look as if nothing had been said. */
  if (*self->summary == '\0' && g_bytes_get_size (self->bytes) > 0) {
    g_free (self->summary);
    self->summary = g_strdup (_ ("(an empty line)"));
  }
}

/* As with values: most summaries are never looked at. */
const char *
pc_unit_get_summary (const PcUnit *self)
{
  PcUnit *unit = (PcUnit *) self;

  g_return_val_if_fail (self != NULL, NULL);

  if (unit->summary == NULL && unit->summarise != NULL)
    unit->summary = unit->summarise (unit);
  pc_unit_summarise (unit);
  return unit->summary;
}

guint
pc_unit_get_n_fields (const PcUnit *self)
{
  return self->is_packed ? pc_packed_fields_get_n (self->packed)
                         : self->fields->len;
}

const PcField *
pc_unit_peek_field (const PcUnit *self,
                    guint         index)
{
  g_return_val_if_fail (index < pc_unit_get_n_fields (self), NULL);

  unpack (self);
  return &g_array_index (self->fields, PcField, index);
}

/* Most values are never looked at: they are made when somebody does. */
const PcField *
pc_unit_get_field (const PcUnit *self,
                   guint         index)
{
  const guint8 *data = g_bytes_get_data (self->bytes, NULL);
  PcField      *field;

  g_return_val_if_fail (index < pc_unit_get_n_fields (self), NULL);

  unpack (self);
  field = &g_array_index (self->fields, PcField, index);
  if (field->value == NULL && field->read != NULL)
    field->value = field->read (data + field->start,
                                field->end - field->start, field->about);
  if (field->value == NULL)
    field->value = pc_text_from_wire (data + field->start,
                                      field->end - field->start,
                                      PC_TEXT_PICTURES, VALUE_CHARS);
  return field;
}
