/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an item makes sense: one key, no two equal options, nothing that
 * points nowhere, and no fact that the service table denies.
 *
 * A bank can therefore not silently contradict the table or the scenarios.
 * Not here: what match, order, fault, predict and configure have of their own
 * (item-check-parts.c), whether an item is well written (item-lint.c), and
 * whether its key holds in a run (prove.c).
 */

#include "quiz/item-private.h"

#include "quiz/fold-private.h"
#include "quiz/reader-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_FACTS 64
#define MAX_IN_LIST MAX (MAX (PC_LIMIT_OPTIONS, PC_LIMIT_ORDER), PC_LIMIT_RIGHT)

typedef struct
{
  PcItem              *item;
  const PcJsonReader  *reader;
  const PcItemContext *context;
} Check;

static const char *const fact_members[] = { "service", "field", "value", NULL };
static const char *const fact_fields[] = { "port", "transport", "security",
                                           "role", "rfc", NULL };

PcProblem *
pc_item_complain (const PcJsonReader *reader,
                  const char         *code,
                  const char         *tail,
                  const char         *format,
                  ...)
{
  g_autofree char *pointer = g_strconcat (reader->pointer, tail, NULL);
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  return pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR,
                         code, pointer, "%s", message);
}

#define complain(self, ...) pc_item_complain ((self)->reader, __VA_ARGS__)

/* -- options -------------------------------------------------------------- */

char *
pc_item_choice_tail (PcItem     *self,
                     PcItemList  list,
                     guint       index,
                     const char *end)
{
  const char *name = pc_item_get_list_name (self, list, index);

  if (list == PC_ITEM_STEPS && index >= self->n_steps)
    index -= self->n_steps;
  return g_strdup_printf ("/%s/%u%s", name, index, end);
}

static void
check_option_pair (const Check *self,
                   PcItemList   list,
                   char       **folded,
                   guint        first,
                   guint        second)
{
  guint               n;
  const PcItemOption *options = pc_item_get_list (self->item, list, &n);
  const PcItemOption *a = &options[first];
  const PcItemOption *b = &options[second];
  g_autofree char    *tail = NULL;

  if (!g_str_equal (a->id, b->id) &&
      !g_str_equal (folded[first], folded[second]))
    return;
  tail = pc_item_choice_tail (self->item, list, second, "");
  if (g_str_equal (a->id, b->id))
    complain (self, "Q100", tail, _ ("two options have the id \"%s\""), b->id);
  else
    complain (self, "Q104", tail,
              _ ("the options \"%s\" and \"%s\" say the same"), a->id,
              b->id);
}

static void
check_options_differ (const Check *self,
                      PcItemList   list)
{
  char               *folded[MAX_IN_LIST] = { NULL };
  guint               n;
  const PcItemOption *options = pc_item_get_list (self->item, list, &n);

  for (guint i = 0; i < n; i++) {
    folded[i] = pc_fold_reading (options[i].text);
    for (guint j = 0; j < i; j++)
      check_option_pair (self, list, folded, j, i);
  }
  for (guint i = 0; i < n; i++)
    g_free (folded[i]);
}

static char *
list_correct (PcItem *item)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < item->n_options; i++) {
    if (item->options[i].correct)
      g_ptr_array_add (ids, (gpointer) item->options[i].id);
  }
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (", ", (char **) ids->pdata);
}

static void
check_key (const Check *self)
{
  PcItem          *item = self->item;
  g_autofree char *correct = list_correct (item);

  gboolean one = item->type != PC_ITEM_MULTIPLE;

  if (one && item->n_correct == 0)
    complain (self, "Q102", "/options",
              _ ("no option of \"%s\" is correct; a single-choice item needs "
                 "exactly one"),
              item->id)
        ->hint = g_strdup (_ ("add \"correct\": true to the right one"));
  else if (one && item->n_correct > 1)
    complain (self, "Q102", "/options",
              _ ("\"%s\" has %u correct options (%s); a single-choice item "
                 "needs exactly one"),
              item->id, item->n_correct, correct)
        ->hint = g_strdup (_ ("remove \"correct\" from the others, or set "
                              "\"type\": \"multiple\""));
  else if (item->type == PC_ITEM_MULTIPLE && item->n_correct == 0)
    complain (self, "Q103", "/options", _ ("no option of \"%s\" is correct"),
              item->id);
  else if (item->type == PC_ITEM_MULTIPLE && item->n_correct == item->n_options)
    complain (self, "Q103", "/options", _ ("every option of \"%s\" is correct"),
              item->id);
}

static gboolean
parse_port (const char *text,
            guint      *port)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
    return FALSE;
  *port = value;
  return TRUE;
}

/* An option that is a bare number and names a service must be one of that
 * service's ports. */
static void
check_option_service (const Check        *self,
                      const PcItemOption *option,
                      const char         *tail)
{
  const PcService *row;
  guint            port;

  row = pc_services_lookup (self->context->services, option->service);
  if (row == NULL)
    complain (self, "Q101", tail, _ ("there is no service \"%s\""),
              option->service);
  else if (parse_port (option->text, &port) &&
           !pc_service_has_port (row, port, PC_SERVICE_TRANSPORT_ANY))
    complain (self, "Q107", tail,
              _ ("%u is not a port of \"%s\" in the service table"), port,
              option->service);
}

static void
check_option_services (const Check *self)
{
  if (self->context->services == NULL)
    return;
  for (PcItemList list = PC_ITEM_OPTIONS; list <= PC_ITEM_STEPS; list++) {
    guint               n;
    const PcItemOption *options = pc_item_get_list (self->item, list, &n);

    for (guint i = 0; i < n; i++) {
      g_autofree char *tail = NULL;

      if (options[i].service == NULL)
        continue;
      tail = pc_item_choice_tail (self->item, list, i, "/service");
      check_option_service (self, &options[i], tail);
    }
  }
}

/* -- numbers -------------------------------------------------------------- */

static char *
value_tail (PcItem *item,
            guint   index)
{
  if (index < item->n_accepted)
    return g_strdup_printf ("/accept/%u", index);
  return g_strdup_printf ("/expected_errors/%u", index - item->n_accepted);
}

static void
check_value (const Check *self,
             guint        index)
{
  const PcItemValue *value = &self->item->values[index];
  g_autofree char   *tail = value_tail (self->item, index);

  if (self->item->unit == PC_ITEM_UNIT_PORT &&
      (value->value < 0 || value->value > 65535))
    complain (self, "Q106", tail,
              _ ("a port is a number from 0 to 65535, not %" PRId64),
              value->value);
  for (guint i = 0; i < index; i++) {
    if (self->item->values[i].value == value->value) {
      complain (self, "Q109", tail,
                _ ("%" PRId64 " stands above already, so this is never "
                   "reached"),
                value->value);
      return;
    }
  }
}

/* "svc:imap/port": the service whose port the item trains, or NULL. */
static char *
service_of_key (PcItem *item)
{
  const char *key = item->memory_key;

  if (!g_str_has_prefix (key, "svc:") || !g_str_has_suffix (key, "/port"))
    return NULL;
  return g_strndup (key + 4, strlen (key) - 4 - strlen ("/port"));
}

static void
check_memory_key (const Check *self)
{
  PcItem          *item = self->item;
  g_autofree char *id = service_of_key (item);
  const PcService *row;

  if (id == NULL || self->context->services == NULL)
    return;
  row = pc_services_lookup (self->context->services, id);
  if (row == NULL) {
    complain (self, "Q101", "/memory_key", _ ("there is no service \"%s\""),
              id);
    return;
  }
  if (item->type != PC_ITEM_NUMBER || item->unit != PC_ITEM_UNIT_PORT)
    return;
  for (guint i = 0; i < item->n_accepted; i++) {
    gint64           port = item->values[i].value;
    g_autofree char *tail = value_tail (item, i);

    if (item->values[i].credit >= 1 && port >= 0 && port <= 65535 &&
        !pc_service_has_port (row, port, item->transport))
      complain (self, "Q107", tail,
                _ ("%" PRId64 " is not a port of \"%s\" in the service table"),
                port, id);
  }
}

static void
check_number (const Check *self)
{
  PcItem  *item = self->item;
  gboolean full = FALSE;

  for (guint i = 0; i < item->n_values; i++)
    check_value (self, i);
  for (guint i = 0; i < item->n_accepted; i++)
    full = full || item->values[i].credit >= 1;
  if (!full)
    complain (self, "Q109", "/accept",
              _ ("no value earns full credit, so nobody can be right"));
  if (item->ask_transport && item->transport == PC_SERVICE_TRANSPORT_ANY)
    complain (self, "Q023", "",
              _ ("an item that asks for the transport needs \"transport\""));
}

/* -- links ---------------------------------------------------------------- */

static void
check_ids (const Check       *self,
           const char        *member,
           const char *const *ids,
           GHashTable        *known)
{
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *tail = NULL;

    if (g_hash_table_contains (known, ids[i]))
      continue;
    tail = g_strdup_printf ("/%s/%u", member, i);
    complain (self, "Q101", tail, _ ("the bank has no objective \"%s\""),
              ids[i]);
  }
}

static gboolean
has_step (const Check *self,
          const char  *step)
{
  return self->context->has_step (self->item->scenario, step,
                                  self->context->user_data);
}

static void
check_entry_steps (const Check *self)
{
  PcItem *item = self->item;

  for (guint i = 0; i < item->n_sections; i++) {
    for (guint j = 0; j < item->sections[i].n_entries; j++) {
      const char      *step = item->sections[i].entries[j].step;
      g_autofree char *tail = NULL;

      if (step == NULL)
        continue;
      tail = g_strdup_printf ("/explanation/%u/entries/%u/step", i, j);
      if (item->scenario == NULL)
        complain (self, "Q101", tail,
                  _ ("the step \"%s\" needs a \"simulation\" to belong to"),
                  step);
      else if (self->context->has_step != NULL && !has_step (self, step))
        complain (self, "Q101", tail,
                  _ ("the scenario \"%s\" has no step \"%s\""), item->scenario,
                  step);
    }
  }
}

static void
check_links (const Check *self)
{
  PcItem *item = self->item;

  check_ids (self, "objectives", item->objectives, self->context->objectives);
  if (item->stimulus != NULL &&
      !g_hash_table_contains (self->context->stimuli, item->stimulus))
    complain (self, "Q101", "/stimulus", _ ("the bank has no stimulus \"%s\""),
              item->stimulus);
  if (item->scenario != NULL && self->context->has_step != NULL) {
    if (!has_step (self, NULL)) {
      complain (self, "Q101", "/simulation/scenario",
                _ ("there is no scenario \"%s\""), item->scenario);
      return;
    }
    if (item->scenario_step != NULL && !has_step (self, item->scenario_step))
      complain (self, "Q101", "/simulation/step",
                _ ("the scenario \"%s\" has no step \"%s\""), item->scenario,
                item->scenario_step);
  }
  check_entry_steps (self);
}

static void
check_section (const Check         *self,
               const PcItemSection *section,
               const char          *tail,
               gboolean             seen)
{
  if (seen)
    complain (self, "Q100", tail, _ ("there are two sections \"%s\""),
              pc_item_section_kinds[section->kind]);
  if (section->from_options && self->item->n_options == 0)
    complain (self, "Q101", tail, _ ("this item has no options to compare"));
  for (guint i = 0; i < section->n_entries; i++) {
    for (guint j = 0; j < i; j++) {
      const char *id = section->entries[i].id;

      if (id != NULL && g_strcmp0 (id, section->entries[j].id) == 0)
        complain (self, "Q100", tail, _ ("two entries have the id \"%s\""),
                  id);
    }
  }
}

static void
check_sections (const Check *self)
{
  guint seen = 0;

  for (guint i = 0; i < self->item->n_sections; i++) {
    const PcItemSection *section = &self->item->sections[i];
    g_autofree char     *tail = g_strdup_printf ("/explanation/%u", i);

    check_section (self, section, tail, (seen & (1u << section->kind)) != 0);
    seen |= 1u << section->kind;
  }
}

/* -- facts ---------------------------------------------------------------- */

static gboolean
has_mode (const PcService *row,
          const char      *security)
{
  for (guint i = 0; i < row->n_endpoints; i++) {
    PcServiceMode mode = row->endpoints[i].mode;

    if (g_str_equal (pc_service_mode_to_string (mode), security))
      return TRUE;
    /* What is upgraded later begins in clear text. */
    if (mode == PC_SERVICE_MODE_STARTTLS && g_str_equal (security, "clear"))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_transport (const PcService *row,
               const char      *transport)
{
  for (guint i = 0; i < row->n_endpoints; i++) {
    if (g_str_equal (
            pc_service_transport_to_string (row->endpoints[i].transport),
            transport))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_rfc (const PcService *row,
         gint64           number)
{
  for (guint i = 0; i < row->n_rfcs; i++) {
    if (row->rfcs[i] == number)
      return TRUE;
  }
  return FALSE;
}

/* Fields whose value is a number come with @text NULL. */
static gboolean
is_true (const PcService *row,
         const char      *field,
         const char      *text,
         gint64           number)
{
  if (g_str_equal (field, "port"))
    return number >= 0 && number <= 65535 &&
           pc_service_has_port (row, number, PC_SERVICE_TRANSPORT_ANY);
  if (g_str_equal (field, "rfc"))
    return has_rfc (row, number);
  if (g_str_equal (field, "transport"))
    return has_transport (row, text);
  if (g_str_equal (field, "security"))
    return has_mode (row, text);
  return g_strv_contains (row->roles, text);
}

/* Reads "value" as what @field needs.  FALSE when it was reported. */
static gboolean
read_fact_value (const PcJsonReader *reader,
                 const char         *field,
                 const char        **text,
                 gint64             *number)
{
  guint before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);

  if (g_str_equal (field, "port") || g_str_equal (field, "rfc")) {
    if (json_object_has_member (reader->object, "value"))
      *number = pc_json_read_int (reader, "value", G_MININT64, G_MAXINT64, 0);
    else
      pc_json_read_string (reader, "value", TRUE);
  } else {
    *text = pc_json_read_string (reader, "value", TRUE);
  }
  return pc_problems_count (reader->problems, PC_SEVERITY_ERROR) == before;
}

/* Ports outlive the file: an answer can be tried by them. */
static void
keep_port (PcItem     *item,
           const char *service,
           guint       port)
{
  item->ports = g_renew (PcItemPort, item->ports, item->n_ports + 1);
  item->ports[item->n_ports++] =
      (PcItemPort){ pc_item_pool_keep (item->pool, service), port };
}

static void
check_fact (const PcJsonReader *reader,
            guint               index,
            gpointer            user_data)
{
  const Check     *self = user_data;
  const char      *service, *text = NULL;
  int              field;
  gint64           number = 0;
  const PcService *row;
  g_autofree char *shown = NULL;

  pc_json_check_members (reader, fact_members);
  service = pc_reader_text (reader, "service", PC_TEXT_ID, TRUE);
  field = pc_reader_word (reader, "field", fact_fields, TRUE, -1);
  if (service == NULL || field < 0 ||
      !read_fact_value (reader, fact_fields[field], &text, &number))
    return;
  if (self->context->services == NULL)
    return;
  row = pc_services_lookup (self->context->services, service);
  if (row == NULL) {
    pc_reader_error (reader, "service", "Q101",
                     _ ("there is no service \"%s\""), service);
    return;
  }
  if (is_true (row, fact_fields[field], text, number)) {
    if (g_str_equal (fact_fields[field], "port"))
      keep_port (self->item, service, (guint) number);
    return;
  }
  shown = text != NULL ? g_strdup (text)
                       : g_strdup_printf ("%" PRId64, number);
  pc_reader_error (reader, "value", "Q107",
                   _ ("the service table does not say that the %s of \"%s\" "
                      "is %s"),
                   fact_fields[field], service, shown);
}

/* -- public --------------------------------------------------------------- */

void
pc_item_check (PcItem              *self,
               const PcJsonReader  *reader,
               const PcItemContext *context)
{
  Check check = { self, reader, context };

  if (self->type == PC_ITEM_NUMBER)
    check_number (&check);
  for (PcItemList list = PC_ITEM_OPTIONS; list <= PC_ITEM_STEPS; list++)
    check_options_differ (&check, list);
  if (self->n_options > 0)
    check_key (&check);
  check_option_services (&check);
  pc_item_check_parts (self, reader, context);
  check_memory_key (&check);
  check_sections (&check);
  check_links (&check);
  pc_reader_objects (reader, "facts", FALSE, 0, MAX_FACTS, check_fact, &check);
}
