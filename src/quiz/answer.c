/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers: made bit by bit, read from what was typed, written for the record
 * and read back.  Ids of a bank have only a-z, 0-9, ".", "_" and "-", so the
 * signs between them need no escapes; what was typed has them.
 */

#include "quiz/grade.h"

#include <inttypes.h>
#include <string.h>

/* -- making --------------------------------------------------------------- */

void
pc_answer_clear (PcAnswer *self)
{
  g_clear_pointer (&self->text, g_free);
  for (guint i = 0; i < PC_LIMIT_FORM; i++)
    g_clear_pointer (&self->fields[i], g_free);
  *self = (PcAnswer){ .kind = PC_ANSWER_BLANK };
}

void
pc_answer_copy (const PcAnswer *from,
                PcAnswer       *to)
{
  g_return_if_fail (from != NULL);
  g_return_if_fail (to != NULL);

  *to = *from;
  to->text = g_strdup (from->text);
  for (guint i = 0; i < PC_LIMIT_FORM; i++)
    to->fields[i] = g_strdup (from->fields[i]);
}

void
pc_answer_set_pair (PcAnswer *self,
                    guint     left,
                    int       right)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (left < PC_LIMIT_LEFT);
  g_return_if_fail (right >= -1 && right < PC_LIMIT_RIGHT);

  self->kind = PC_ANSWER_PAIRS;
  self->pairs[left] = right + 1;
}

int
pc_answer_get_pair (const PcAnswer *self,
                    guint           left)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (left < PC_LIMIT_LEFT, -1);

  return self->pairs[left] - 1;
}

void
pc_answer_append_step (PcAnswer *self,
                       guint     step)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (step < PC_LIMIT_ORDER);
  g_return_if_fail (self->n_order < PC_LIMIT_ORDER);

  self->kind = PC_ANSWER_ORDER;
  self->order[self->n_order++] = step;
}

void
pc_answer_set_line (PcAnswer *self,
                    guint     line,
                    gboolean  marked)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (line < PC_LIMIT_FAULT_LINES);

  self->kind = PC_ANSWER_LINES;
  if (marked)
    self->lines |= G_GUINT64_CONSTANT (1) << line;
  else
    self->lines &= ~(G_GUINT64_CONSTANT (1) << line);
}

void
pc_answer_set_text (PcAnswer   *self,
                    const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  self->kind = PC_ANSWER_TEXT;
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
}

void
pc_answer_set_field (PcAnswer   *self,
                     PcItem     *item,
                     guint       field,
                     const char *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PC_IS_ITEM (item));
  g_return_if_fail (field < pc_item_get_n_fields (item));

  self->kind = PC_ANSWER_FIELDS;
  text = g_strstrip (g_strdup (value != NULL ? value : ""));
  g_clear_pointer (&self->fields[field], g_free);
  if (*text != '\0')
    self->fields[field] = g_steal_pointer (&text);
}

const char *
pc_answer_get_field (const PcAnswer *self,
                     guint           field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < PC_LIMIT_FORM, NULL);

  return self->fields[field];
}

/* -- what is right -------------------------------------------------------- */

static guint
list_correct (PcItem *item)
{
  guint correct = 0;

  for (guint i = 0; i < pc_item_get_n_options (item); i++)
    if (pc_item_get_option_correct (item, i))
      correct |= 1u << i;
  return correct;
}

static void
fill_right_lines (PcAnswer *self,
                  PcItem   *item)
{
  guint n = MIN (pc_item_get_stimulus (item)->n_lines, PC_LIMIT_FAULT_LINES);

  self->options = list_correct (item);
  for (guint i = 0; i < n; i++)
    pc_answer_set_line (self, i, pc_item_get_line_wrong (item, i));
}

static void
fill_right_prediction (PcAnswer *self,
                       PcItem   *item)
{
  if (pc_item_get_n_options (item) > 0) {
    self->kind = PC_ANSWER_OPTIONS;
    self->options = list_correct (item);
  } else {
    pc_answer_set_text (self, pc_item_get_prediction (item, 0)->value);
  }
}

static void
fill_right_number (PcAnswer *self,
                   PcItem   *item)
{
  self->kind = PC_ANSWER_NUMBER;
  self->number = pc_item_get_value (item, 0);
  if (pc_item_get_ask_transport (item))
    self->transport = pc_item_get_transport (item);
}

void
pc_answer_fill_right (PcAnswer *self,
                      PcItem   *item)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (PC_IS_ITEM (item));

  *self = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
    self->kind = PC_ANSWER_OPTIONS;
    self->options = list_correct (item);
    break;
  case PC_ITEM_NUMBER: fill_right_number (self, item); break;
  case PC_ITEM_MATCH:
    for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++)
      pc_answer_set_pair (self, i, (int) pc_item_get_pair (item, i));
    break;
  case PC_ITEM_ORDER:
    for (guint i = 0; i < pc_item_get_n_steps (item); i++)
      pc_answer_append_step (self, i);
    break;
  case PC_ITEM_FAULT: fill_right_lines (self, item); break;
  case PC_ITEM_PREDICT: fill_right_prediction (self, item); break;
  case PC_ITEM_CONFIGURE:
    for (guint i = 0; i < pc_item_get_n_fields (item); i++)
      pc_answer_set_field (self, item, i, pc_item_get_setting (item, 0, i));
    break;
  default: break;
  }
}

/* -- typed numbers -------------------------------------------------------- */

/* "tcp" or "udp" at the start of @p in any case; moves past it. */
static PcServiceTransport
take_transport (const char **p)
{
  for (PcServiceTransport t = PC_SERVICE_TRANSPORT_TCP;
       t <= PC_SERVICE_TRANSPORT_UDP; t++) {
    if (g_ascii_strncasecmp (*p, pc_service_transport_to_string (t), 3) == 0) {
      *p += 3;
      return t;
    }
  }
  return PC_SERVICE_TRANSPORT_ANY;
}

static void
skip_space (const char **p)
{
  while (g_ascii_isspace (**p))
    (*p)++;
}

static gboolean
take_number (const char **p,
             gint64      *number)
{
  const char      *start = *p;
  g_autofree char *digits = NULL;

  if (**p == '-')
    (*p)++;
  while (g_ascii_isdigit (**p))
    (*p)++;
  digits = g_strndup (start, *p - start);
  return g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, number,
                                   NULL);
}

gboolean
pc_answer_parse_number (const char *text,
                        PcAnswer   *answer)
{
  const char        *p = text;
  PcServiceTransport before, after = PC_SERVICE_TRANSPORT_ANY;
  gint64             number;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  skip_space (&p);
  before = take_transport (&p);
  skip_space (&p);
  if (!take_number (&p, &number))
    return FALSE;
  skip_space (&p);
  if (before == PC_SERVICE_TRANSPORT_ANY) {
    if (*p == '/')
      p++;
    skip_space (&p);
    after = take_transport (&p);
    if (after == PC_SERVICE_TRANSPORT_ANY && p > text && p[-1] == '/')
      return FALSE;
    skip_space (&p);
  }
  if (*p != '\0')
    return FALSE;
  *answer = (PcAnswer){
    .kind = PC_ANSWER_NUMBER,
    .number = number,
    .transport = before != PC_SERVICE_TRANSPORT_ANY ? before : after,
  };
  return TRUE;
}

/* -- text for the record -------------------------------------------------- */

static void
append_part (GString    *out,
             char        sign,
             const char *part)
{
  if (out->len > 0 && out->str[out->len - 1] != ';')
    g_string_append_c (out, sign);
  g_string_append (out, part);
}

static void
write_options (GString        *out,
               const PcAnswer *self,
               PcItem         *item)
{
  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    if ((self->options & (1u << i)) != 0)
      append_part (out, ',', pc_item_get_option_id (item, i));
  }
}

static void
write_pairs (GString        *out,
             const PcAnswer *self,
             PcItem         *item)
{
  guint n_right = pc_item_get_n_choices (item, PC_ITEM_RIGHT);

  for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++) {
    int right = pc_answer_get_pair (self, i);

    if (right < 0 || (guint) right >= n_right)
      continue;
    append_part (out, ',', pc_item_get_choice_id (item, PC_ITEM_LEFT, i));
    g_string_append_c (out, '=');
    g_string_append (out, pc_item_get_choice_id (item, PC_ITEM_RIGHT, right));
  }
}

static void
write_lines (GString        *out,
             const PcAnswer *self,
             PcItem         *item)
{
  const PcStimulus *shown = pc_item_get_stimulus (item);

  for (guint i = 0; shown != NULL && i < shown->n_lines; i++) {
    if (i < PC_LIMIT_FAULT_LINES &&
        (self->lines & (G_GUINT64_CONSTANT (1) << i)) != 0)
      append_part (out, ',', shown->lines[i].id);
  }
  if (self->options != 0) {
    g_string_append_c (out, ';');
    write_options (out, self, item);
  }
}

/* Somebody may have typed a password of their own. */
static gboolean
is_secret (PcItem     *item,
           guint       field,
           const char *value)
{
  if (strcmp (pc_item_get_field_id (item, field), "password") != 0)
    return FALSE;
  for (guint i = 0; i < pc_item_get_n_settings (item); i++) {
    if (g_strcmp0 (pc_item_get_setting (item, i, field), value) == 0)
      return FALSE;
  }
  return TRUE;
}

static void
write_fields (GString        *out,
              const PcAnswer *self,
              PcItem         *item)
{
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    g_autofree char *value = NULL;

    if (self->fields[i] == NULL || is_secret (item, i, self->fields[i]))
      continue;
    value = g_uri_escape_string (self->fields[i], NULL, TRUE);
    append_part (out, '&', pc_item_get_field_id (item, i));
    g_string_append_printf (out, "=%s", value);
  }
}

char *
pc_answer_to_string (const PcAnswer *self,
                     PcItem         *item)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PC_IS_ITEM (item), NULL);

  out = g_string_new (NULL);
  switch (self->kind) {
  case PC_ANSWER_OPTIONS: write_options (out, self, item); break;
  case PC_ANSWER_NUMBER:
    g_string_append_printf (out, "%" PRId64, self->number);
    if (self->transport != PC_SERVICE_TRANSPORT_ANY)
      g_string_append_printf (
          out, "/%s", pc_service_transport_to_string (self->transport));
    break;
  case PC_ANSWER_PAIRS: write_pairs (out, self, item); break;
  case PC_ANSWER_ORDER:
    for (guint i = 0; i < self->n_order; i++) {
      if (self->order[i] < pc_item_get_n_choices (item, PC_ITEM_STEPS))
        append_part (out, ',', pc_item_get_choice_id (item, PC_ITEM_STEPS,
                                                      self->order[i]));
    }
    break;
  case PC_ANSWER_LINES: write_lines (out, self, item); break;
  case PC_ANSWER_TEXT:
    g_string_append_printf (out, "=%s", self->text != NULL ? self->text : "");
    break;
  case PC_ANSWER_FIELDS: write_fields (out, self, item); break;
  case PC_ANSWER_BLANK:
  default: break;
  }
  return g_string_free (out, FALSE);
}

/* -- and back ------------------------------------------------------------- */

static gboolean
read_options (const char *text,
              PcItem     *item,
              PcAnswer   *answer)
{
  g_auto (GStrv) ids = g_strsplit (text, ",", -1);

  for (guint i = 0; ids[i] != NULL; i++) {
    int option = pc_item_find_option (item, ids[i]);

    if (option < 0)
      return FALSE;
    answer->options |= 1u << option;
  }
  answer->kind = PC_ANSWER_OPTIONS;
  return TRUE;
}

static gboolean
read_pairs (const char *text,
            PcItem     *item,
            PcAnswer   *answer)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    char *sign = strchr (pairs[i], '=');
    int   left, right;

    if (sign == NULL)
      return FALSE;
    *sign = '\0';
    left = pc_item_find_choice (item, PC_ITEM_LEFT, pairs[i]);
    right = pc_item_find_choice (item, PC_ITEM_RIGHT, sign + 1);
    if (left < 0 || right < 0)
      return FALSE;
    pc_answer_set_pair (answer, left, right);
  }
  return TRUE;
}

static gboolean
read_order (const char *text,
            PcItem     *item,
            PcAnswer   *answer)
{
  g_auto (GStrv) ids = g_strsplit (text, ",", -1);

  for (guint i = 0; ids[i] != NULL; i++) {
    int step = pc_item_find_choice (item, PC_ITEM_STEPS, ids[i]);

    if (step < 0 || i >= PC_LIMIT_ORDER)
      return FALSE;
    pc_answer_append_step (answer, step);
  }
  return TRUE;
}

static int
find_line (PcItem     *item,
           const char *id)
{
  const PcStimulus *shown = pc_item_get_stimulus (item);

  for (guint i = 0; i < shown->n_lines; i++) {
    if (strcmp (shown->lines[i].id, id) == 0 && i < PC_LIMIT_FAULT_LINES)
      return i;
  }
  return -1;
}

static gboolean
read_lines (const char *text,
            PcItem     *item,
            PcAnswer   *answer)
{
  g_auto (GStrv) halves = g_strsplit (text, ";", 2);
  g_auto (GStrv) ids = g_strsplit (halves[0], ",", -1);

  if (halves[1] != NULL && !read_options (halves[1], item, answer))
    return FALSE;
  answer->kind = PC_ANSWER_LINES;
  for (guint i = 0; ids[i] != NULL; i++) {
    int line = find_line (item, ids[i]);

    if (line < 0)
      return FALSE;
    pc_answer_set_line (answer, line, TRUE);
  }
  return TRUE;
}

static gboolean
read_fields (const char *text,
             PcItem     *item,
             PcAnswer   *answer)
{
  g_auto (GStrv) parts = g_strsplit (text, "&", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char            *sign = strchr (parts[i], '=');
    g_autofree char *value = NULL;
    int              field;

    if (sign == NULL)
      return FALSE;
    *sign = '\0';
    field = pc_item_find_field (item, parts[i]);
    value = g_uri_unescape_string (sign + 1, NULL);
    if (field < 0 || value == NULL)
      return FALSE;
    pc_answer_set_field (answer, item, field, value);
  }
  return TRUE;
}

static gboolean
read_answer (const char *text,
             PcItem     *item,
             PcAnswer   *answer)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE: return read_options (text, item, answer);
  case PC_ITEM_NUMBER: return pc_answer_parse_number (text, answer);
  case PC_ITEM_MATCH: return read_pairs (text, item, answer);
  case PC_ITEM_ORDER: return read_order (text, item, answer);
  case PC_ITEM_FAULT: return read_lines (text, item, answer);
  case PC_ITEM_PREDICT:
    if (*text != '=')
      return read_options (text, item, answer);
    pc_answer_set_text (answer, text + 1);
    return TRUE;
  case PC_ITEM_CONFIGURE: return read_fields (text, item, answer);
  default: g_return_val_if_reached (FALSE);
  }
}

gboolean
pc_answer_from_string (const char *text,
                       PcItem     *item,
                       PcAnswer   *answer)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  *answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  if (*text == '\0' || read_answer (text, item, answer))
    return TRUE;
  pc_answer_clear (answer);
  return FALSE;
}
