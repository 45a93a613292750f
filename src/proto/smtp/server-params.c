/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may stand behind the address of MAIL and RCPT.
 *
 * The wishes of DSN are noted; the queue fulfils them.
 * RFC 5321 section 4.1.1.11; RFC 1870; RFC 3461 section 4; RFC 4954 section
 * 5; RFC 6152; RFC 6531 section 3.4.
 */

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define MAX_ENVID 100 /* RFC 3461 section 4.4 */
#define MAX_ORCPT 500 /* RFC 3461 section 4.2 */

/* size-value = 1*20DIGIT (RFC 1870 section 5); past what 64 bits hold it is
 * too big as well. */
static gboolean
check_size (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  guint64 size = G_MAXUINT64;
  gsize   i;

  for (i = 0; i < len && g_ascii_isdigit (value[i]); i++)
    ;
  if (len == 0 || i < len || len > 20) {
    pc_smtp_server_reply (self, 501, "5.5.4", "SIZE is a number");
    return FALSE;
  }

  pc_text_parse_number (value, len, G_MAXUINT64, &size);
  if (size > self->max_size) {
    pc_smtp_server_reply (self, 552, "5.3.4",
                          "A message has at most %" G_GSIZE_FORMAT
                          " octets here",
                          self->max_size);
    return FALSE;
  }
  self->mail.size = size;

  return TRUE;
}

/* body-value = "7BIT" / "8BITMIME" (RFC 6152 section 2) */
static gboolean
check_body (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  if (pc_text_equal_ascii (value, len, "7BIT") ||
      pc_text_equal_ascii (value, len, "8BITMIME"))
    return TRUE;

  pc_smtp_server_reply (self, 501, "5.5.4", "BODY is 7BIT or 8BITMIME");

  return FALSE;
}

/* Whether this parameter is the first of its kind (RFC 3461 section 4.5). */
static gboolean
check_once (PcSmtpServer    *self,
            PcSmtpParamFlags flag,
            const char      *name)
{
  if ((self->params & flag) == 0) {
    self->params |= flag;
    return TRUE;
  }

  pc_smtp_server_reply (self, 501, "5.5.4", "%s comes once", name);

  return FALSE;
}

/* -- DSN (RFC 3461) ------------------------------------------------------- */

static gboolean
check_ret (PcSmtpServer *self,
           const guint8 *value,
           gsize         len)
{
  if (!check_once (self, PC_SMTP_PARAM_RET, "RET"))
    return FALSE;
  if (pc_text_equal_ascii (value, len, "FULL"))
    self->mail.ret = PC_RETURN_FULL;
  else if (pc_text_equal_ascii (value, len, "HDRS"))
    self->mail.ret = PC_RETURN_HEADERS;
  if (self->mail.ret != PC_RETURN_UNSAID)
    return TRUE;

  pc_smtp_server_reply (self, 501, "5.5.4", "RET is FULL or HDRS");

  return FALSE;
}

static gboolean
check_envid (PcSmtpServer *self,
             const guint8 *value,
             gsize         len)
{
  if (!check_once (self, PC_SMTP_PARAM_ENVID, "ENVID"))
    return FALSE;
  if (len > 0 && len <= MAX_ENVID && pc_smtp_is_xtext (value, len)) {
    self->mail.envid = g_strndup ((const char *) value, len);
    return TRUE;
  }

  pc_smtp_server_reply (self, 501, "5.5.4",
                        "ENVID is xtext of at most %d characters", MAX_ENVID);

  return FALSE;
}

static PcNotify
find_notify (const guint8 *word,
             gsize         len)
{
  static const struct
  {
    const char *name;
    PcNotify    notify;
  } words[] = {
    { "SUCCESS", PC_NOTIFY_SUCCESS },
    { "FAILURE", PC_NOTIFY_FAILURE },
    { "DELAY", PC_NOTIFY_DELAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (pc_text_equal_ascii (word, len, words[i].name))
      return words[i].notify;

  return 0;
}

/* notify-list-element *( "," notify-list-element ), or NEVER alone; 0 when it
 * is neither. */
static PcNotify
read_notify (const guint8 *value,
             gsize         len)
{
  PcNotify notify = 0;

  if (pc_text_equal_ascii (value, len, "NEVER"))
    return PC_NOTIFY_NEVER;

  while (len > 0) {
    const guint8 *comma = memchr (value, ',', len);
    gsize         word = comma == NULL ? len : (gsize) (comma - value);
    PcNotify      found = find_notify (value, word);

    if (found == 0)
      return 0;
    notify |= found;
    if (comma == NULL)
      return notify;
    value += word + 1;
    len -= word + 1;
  }

  return 0;
}

static gboolean
check_notify (PcSmtpServer *self,
              const guint8 *value,
              gsize         len)
{
  if (!check_once (self, PC_SMTP_PARAM_NOTIFY, "NOTIFY"))
    return FALSE;
  self->wish.notify = read_notify (value, len);
  if (self->wish.notify != 0)
    return TRUE;

  pc_smtp_server_reply (self, 501, "5.5.4",
                        "NOTIFY is NEVER, or some of SUCCESS,FAILURE,DELAY");

  return FALSE;
}

/* addr-type ";" xtext */
static gboolean
check_orcpt (PcSmtpServer *self,
             const guint8 *value,
             gsize         len)
{
  const guint8 *mark = len == 0 ? NULL : memchr (value, ';', len);
  gsize         type = mark == NULL ? 0 : (gsize) (mark - value);

  if (!check_once (self, PC_SMTP_PARAM_ORCPT, "ORCPT"))
    return FALSE;
  if (type > 0 && len <= MAX_ORCPT && len > type + 1 &&
      pc_smtp_is_xtext (value, type) &&
      pc_smtp_is_xtext (mark + 1, len - type - 1)) {
    self->wish.original = g_strndup ((const char *) value, len);
    return TRUE;
  }

  pc_smtp_server_reply (self, 501, "5.5.4",
                        "ORCPT is a type, a semicolon and an address in "
                        "xtext");

  return FALSE;
}

/* RFC 6531 section 3.4: without a value */
static gboolean
check_utf8 (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  if (len > 0) {
    pc_smtp_server_reply (self, 501, "5.5.4", "SMTPUTF8 has no value");
    return FALSE;
  }
  self->mail.utf8 = TRUE;

  return check_once (self, PC_SMTP_PARAM_UTF8, "SMTPUTF8");
}

/* RFC 4954 section 5: who wrote it is not passed on, so any will do. */
static gboolean
check_auth (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  if (len > 0)
    return TRUE;

  pc_smtp_server_reply (self, 501, "5.5.4", "AUTH needs a value");

  return FALSE;
}

static const struct
{
  PcSmtpVerb  verb;
  const char *name;
  gboolean (*check) (PcSmtpServer *self,
                     const guint8 *value,
                     gsize         len);
} known[] = {
  { PC_SMTP_VERB_MAIL, "SIZE", check_size },
  { PC_SMTP_VERB_MAIL, "BODY", check_body },
  { PC_SMTP_VERB_MAIL, "AUTH", check_auth },
  { PC_SMTP_VERB_MAIL, "SMTPUTF8", check_utf8 },
  { PC_SMTP_VERB_MAIL, "RET", check_ret },
  { PC_SMTP_VERB_MAIL, "ENVID", check_envid },
  { PC_SMTP_VERB_RCPT, "NOTIFY", check_notify },
  { PC_SMTP_VERB_RCPT, "ORCPT", check_orcpt },
};

static gboolean
check_param (PcSmtpServer      *self,
             const guint8      *data,
             const PcSmtpParam *param)
{
  const guint8 *keyword = data + param->blanks;
  const guint8 *value = keyword + param->keyword + 1;

  for (guint i = 0; self->extended && i < G_N_ELEMENTS (known); i++) {
    if (known[i].verb != self->answering ||
        !pc_text_equal_ascii (keyword, param->keyword, known[i].name))
      continue;
    if (known[i].check == check_auth && !pc_smtp_server_offers_login (self))
      continue;
    return known[i].check (self, value, param->value);
  }

  pc_smtp_server_reply (self, 555, "5.5.4", "The parameter %.*s is not known",
                        (int) MIN (param->keyword, 64),
                        (const char *) keyword);

  return FALSE;
}

void
pc_smtp_server_forget_wish (PcSmtpServer *self)
{
  g_clear_pointer (&self->wish.original, g_free);
  self->wish = (PcSmtpWish){ 0 };
}

gboolean
pc_smtp_server_check_params (PcSmtpServer *self,
                             const guint8 *data,
                             gsize         len)
{
  self->params = 0;
  pc_smtp_server_forget_wish (self);
  for (;;) {
    PcSmtpParam       param;
    PcSmtpParamResult result = pc_smtp_parse_param (data, len, &param);

    if (result == PC_SMTP_PARAM_END)
      return TRUE;
    if (result == PC_SMTP_PARAM_BAD) {
      pc_smtp_server_reply (self, 501, "5.5.4",
                            "What follows the address is not understood");
      return FALSE;
    }
    if (!check_param (self, data, &param))
      return FALSE;
    data += param.total;
    len -= param.total;
  }
}
