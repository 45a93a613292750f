/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an answer to the settings of an account.
 *
 * A question for a port says who asks, by the service that its right answer
 * stands for: that client then goes to the port that was answered.  One for
 * the service on a port is the other way round: the client of the service that
 * was answered goes to that port.  Left out: relaying on port 25 (RFC 5321
 * section 3.6), which no account does, and whatever is answered in sentences
 * that have no "x-settings".
 */

#include "quiz/attempt.h"

#include "quiz/item-private.h"

#include "base/text.h"

#include <string.h>

/* A row of the service table that one of our clients speaks. */
typedef struct
{
  const char *id;
  const char *protocol;
  const char *security;
  guint       port;
} Spoken;

/* RFC 8314 section 3 (993, 995, 465), RFC 6409 section 3.1 (587), RFC 9051
 * section 2.1 (143), RFC 1939 section 3 (110), RFC 1350 section 4 (69). */
static const Spoken spoken[] = {
  { "imap", "imap", "starttls", 143 },
  { "imaps", "imap", "tls", 993 },
  { "pop3", "pop3", "starttls", 110 },
  { "pop3s", "pop3", "tls", 995 },
  { "submission", "smtp", "starttls", 587 },
  { "submissions", "smtp", "tls", 465 },
  { "smtp", "smtp", "starttls", 25 },
  { "tftp", "tftp", "none", 69 },
};

/* What an answer is, in the terms of an account. */
typedef enum {
  ANSWER_NONE,
  ANSWER_FIELDS,   /* configure */
  ANSWER_SETTINGS, /* options that say so themselves */
  ANSWER_PORTS,    /* options that are ports */
  ANSWER_NUMBER,   /* a port that is typed */
  ANSWER_SERVICES, /* options that are services, for a port */
} Kind;

typedef struct
{
  Kind          kind;
  const Spoken *right; /* of ports, numbers, services; NULL: not ours */
} Question;

static const char *const reasons[] = {
  [PC_ATTEMPT_POSSIBLE] = "possible",
  [PC_ATTEMPT_OTHER_TYPE] = "other-type",
  [PC_ATTEMPT_NO_PORT] = "no-port",
  [PC_ATTEMPT_FOREIGN] = "foreign",
  [PC_ATTEMPT_RELAY] = "relay",
  [PC_ATTEMPT_NO_READING] = "no-reading",
};

const char *
pc_attempt_reason_to_string (PcAttemptReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason];
}

/* -- the question --------------------------------------------------------- */

static const Spoken *
find_spoken (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (g_strcmp0 (spoken[i].id, id) == 0)
      return &spoken[i];
  return NULL;
}

/* The service on @port, as the facts of the item have it; or NULL. */
static const char *
find_fact (PcItem *item,
           guint   port)
{
  for (guint i = 0; i < item->n_ports; i++)
    if (item->ports[i].port == port)
      return item->ports[i].service;
  return NULL;
}

/* "143", "TCP 143", "UDP 69"; FALSE for anything else. */
static gboolean
parse_port (const char *text,
            guint      *port)
{
  guint64 value;

  if (g_str_has_prefix (text, "TCP ") || g_str_has_prefix (text, "UDP "))
    text += strlen ("TCP ");
  if (!pc_text_parse_number (text, strlen (text), G_MAXUINT16, &value) ||
      value == 0)
    return FALSE;
  *port = (guint) value;
  return TRUE;
}

static int
find_right (PcItem *item)
{
  for (guint i = 0; i < item->n_options; i++)
    if (item->options[i].correct)
      return (int) i;
  return -1;
}

static gboolean
has_only_ports (PcItem *item)
{
  guint port;

  for (guint i = 0; i < item->n_options; i++)
    if (!parse_port (item->options[i].text, &port))
      return FALSE;
  return item->n_options > 0;
}

/* Whether @text has @number in it, and not as a part of another. */
static gboolean
has_number (const char *text,
            guint       number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  for (const char *p = strstr (text, digits); p != NULL;
       p = strstr (p + 1, digits))
    if ((p == text || !g_ascii_isdigit (p[-1])) &&
        !g_ascii_isdigit (p[strlen (digits)]))
      return TRUE;
  return FALSE;
}

/* Names of services, one of which is on a port that the question names. */
static gboolean
has_only_services (PcItem       *item,
                   const Spoken *right)
{
  if (item->type != PC_ITEM_SINGLE || right == NULL ||
      !has_number (item->stem, right->port))
    return FALSE;
  for (guint i = 0; i < item->n_options; i++)
    if (item->options[i].service == NULL ||
        strpbrk (item->options[i].text, "0123456789 ") != NULL)
      return FALSE;
  return TRUE;
}

static Question
read_options (PcItem *item)
{
  int right = find_right (item);
  const PcItemOption *option = right >= 0 ? &item->options[right] : NULL;
  Question question = { ANSWER_NONE, NULL };
  const char *service;
  guint port;

  if (option == NULL)
    return question;
  service = option->service;
  if (service == NULL && parse_port (option->text, &port))
    service = find_fact (item, port);
  question.right = find_spoken (service);
  if (option->settings != NULL)
    question.kind = ANSWER_SETTINGS;
  else if (service != NULL && has_only_ports (item))
    question.kind = ANSWER_PORTS;
  else if (has_only_services (item, question.right))
    question.kind = ANSWER_SERVICES;
  return question;
}

static Question
read_number (PcItem *item)
{
  const char *service = NULL;

  if (item->unit == PC_ITEM_UNIT_PORT && item->n_accepted > 0)
    service = find_fact (item, (guint) item->values[0].value);
  return (Question){ service != NULL ? ANSWER_NUMBER : ANSWER_NONE,
                     find_spoken (service) };
}

static Question
read_question (PcItem *item)
{
  switch (item->type) {
  case PC_ITEM_CONFIGURE: return (Question){ ANSWER_FIELDS, NULL };
  case PC_ITEM_NUMBER: return read_number (item);
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE: return read_options (item);
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_FAULT:
  case PC_ITEM_PREDICT:
  default: return (Question){ ANSWER_NONE, NULL };
  }
}

static gboolean
is_sending (const Spoken *service)
{
  return strcmp (service->protocol, "smtp") == 0;
}

static PcAttemptReason
check_question (PcItem         *item,
                const Question *question)
{
  switch (question->kind) {
  case ANSWER_FIELDS:
  case ANSWER_SETTINGS: return PC_ATTEMPT_POSSIBLE;
  case ANSWER_NONE:
    return item->type == PC_ITEM_SINGLE || item->type == PC_ITEM_MULTIPLE ||
                   item->type == PC_ITEM_NUMBER
               ? PC_ATTEMPT_NO_PORT
               : PC_ATTEMPT_OTHER_TYPE;
  case ANSWER_PORTS:
  case ANSWER_NUMBER:
  case ANSWER_SERVICES:
  default: break;
  }
  if (question->right == NULL)
    return PC_ATTEMPT_FOREIGN;
  if (strcmp (question->right->id, "smtp") == 0)
    return PC_ATTEMPT_RELAY;
  if (question->kind == ANSWER_SERVICES && is_sending (question->right))
    return PC_ATTEMPT_NO_READING;
  return PC_ATTEMPT_POSSIBLE;
}

PcAttemptReason
pc_attempt_check (PcItem *item)
{
  Question question;

  g_return_val_if_fail (PC_IS_ITEM (item), PC_ATTEMPT_OTHER_TYPE);

  question = read_question (item);
  return check_question (item, &question);
}

/* -- settings ------------------------------------------------------------- */

static gboolean
set_field (PcAccountForm *form,
           const char    *id,
           const char    *value)
{
  PcAccountField field;

  if (value == NULL || !pc_account_field_from_id (id, &field))
    return FALSE;
  /* A question may have a flag where the form has a choice. */
  if (field == PC_ACCOUNT_OUT_LOGIN && strcmp (value, "true") == 0)
    value = "yes";
  else if (field == PC_ACCOUNT_OUT_LOGIN && strcmp (value, "false") == 0)
    value = "no";
  pc_account_form_set (form, field, value);
  return TRUE;
}

/* "in-port=993&in-sec=tls" */
static gboolean
set_text (PcAccountForm *form,
          const char    *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char *sign = strchr (parts[i], '=');

    if (sign == NULL)
      return FALSE;
    *sign = '\0';
    if (!set_field (form, parts[i], sign + 1))
      return FALSE;
  }
  return parts[0] != NULL;
}

static void
set_port (PcAccountForm *form,
          const char    *protocol,
          const char    *security,
          gboolean       out,
          guint          port)
{
  g_autofree char *number = g_strdup_printf ("%u", port);

  if (!out)
    set_field (form, "in-proto", protocol);
  set_field (form, out ? "out-port" : "in-port", number);
  set_field (form, out ? "out-sec" : "in-sec", security);
}

/* FALSE where the option stands for nothing that a form has. */
static gboolean
set_option (PcAccountForm  *form,
            PcItem         *item,
            const Question *question,
            guint           index)
{
  const PcItemOption *option = &item->options[index];
  const Spoken *right = question->right;
  const Spoken *own = find_spoken (option->service);
  guint port;

  if (question->kind == ANSWER_SETTINGS)
    return set_text (form, option->settings);
  if (question->kind == ANSWER_SERVICES) {
    if (own == NULL)
      return FALSE;
    set_port (form, own->protocol, own->security, FALSE, right->port);
    return TRUE;
  }
  if (!parse_port (option->text, &port))
    return FALSE;
  /* Where several are right, each begins in its own way. */
  set_port (form, right->protocol,
            item->type == PC_ITEM_MULTIPLE && own != NULL &&
                    strcmp (right->protocol, "tftp") != 0
                ? own->security
                : right->security,
            is_sending (right), port);
  return TRUE;
}

/* -- answers -------------------------------------------------------------- */

/* The option that tells most about the answer, and the right one beside it. */
static void
choose_pair (PcItem         *item,
             const PcAnswer *answer,
             guint          *chosen,
             guint          *right)
{
  int wrong = -1, missing = -1;

  for (guint i = 0; i < item->n_options; i++) {
    gboolean taken = (answer->options & (1u << i)) != 0;

    if (taken && !item->options[i].correct && wrong < 0)
      wrong = (int) i;
    if (!taken && item->options[i].correct && missing < 0)
      missing = (int) i;
  }
  *right = (guint) (wrong >= 0 && missing >= 0 ? missing : find_right (item));
  *chosen = wrong >= 0 ? (guint) wrong : *right;
}

static gboolean
fill_number (PcAttempt      *self,
             PcItem         *item,
             const Question *question,
             const PcAnswer *answer)
{
  const Spoken *right = question->right;
  gint64 port = answer->kind == PC_ANSWER_NUMBER ? answer->number
                                                 : item->values[0].value;

  if (port < 1 || port > G_MAXUINT16 ||
      (item->ask_transport && answer->kind == PC_ANSWER_NUMBER &&
       answer->transport != item->transport))
    return FALSE;
  set_port (self->answer, right->protocol, right->security,
            is_sending (right), (guint) port);
  set_port (self->right, right->protocol, right->security, is_sending (right),
            (guint) item->values[0].value);
  return TRUE;
}

static gboolean
fill_fields (PcAttempt      *self,
             PcItem         *item,
             const PcAnswer *answer)
{
  gboolean answered = answer->kind == PC_ANSWER_FIELDS;
  guint setting = pc_grade_find_setting (item, answer);

  for (guint i = 0; i < item->n_fields; i++) {
    const char *given = answered ? pc_answer_get_field (answer, i) : NULL;
    const char *right = item->settings[setting].values[i];

    if (answered && given == NULL)
      return FALSE;
    /* Where any will do, so does what was given. */
    if (right == NULL)
      right = given != NULL ? given : item->fields[i].preset;
    if ((given != NULL &&
         !set_field (self->answer, item->fields[i].id, given)) ||
        (right != NULL && !set_field (self->right, item->fields[i].id, right)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
fill (PcAttempt      *self,
      PcItem         *item,
      const Question *question,
      const PcAnswer *answer)
{
  guint chosen, right;

  if (question->kind == ANSWER_NUMBER)
    return fill_number (self, item, question, answer);
  if (question->kind == ANSWER_FIELDS)
    return fill_fields (self, item, answer);
  choose_pair (item, answer, &chosen, &right);
  return set_option (self->answer, item, question, chosen) &&
         set_option (self->right, item, question, right);
}

/* The sides of which something is said; a login is for both. */
static guint
find_sides (const PcAccountForm *form)
{
  guint sides = 0;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    if (*pc_account_form_get (form, i) == '\0')
      continue;
    if (i < PC_ACCOUNT_OUT_HOST)
      sides |= PC_ACCOUNT_RECEIVE;
    if (i >= PC_ACCOUNT_USER)
      sides |= PC_ACCOUNT_SEND;
  }
  return sides;
}

PcAttempt *
pc_attempt_new (PcItem         *item,
                const PcAnswer *answer)
{
  g_autoptr (PcAttempt) self = NULL;
  Question question;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  question = read_question (item);
  if (check_question (item, &question) != PC_ATTEMPT_POSSIBLE)
    return NULL;
  self = g_new0 (PcAttempt, 1);
  self->answer = pc_account_form_new ();
  self->right = pc_account_form_new ();
  if (!fill (self, item, &question, answer))
    return NULL;
  self->sides = find_sides (self->answer) | find_sides (self->right);
  pc_account_form_complete_pair (self->answer, self->right);
  if (pc_account_form_check_all (self->answer, self->sides) != 0)
    return NULL;
  return g_steal_pointer (&self);
}

void
pc_attempt_free (PcAttempt *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->answer, pc_account_form_free);
  g_clear_pointer (&self->right, pc_account_form_free);
  g_free (self);
}
