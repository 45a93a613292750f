/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rule a command or a reply falls under: what a reply means depends on
 * the command it answers, and on the state it came in.
 *
 * RFC 1939 sections 3 to 7, RFC 2449 section 8, RFC 2595 sections 2.2 and 4.
 */

#include "proto/pop3/rules.h"

#include "proto/common/starttls.h"

typedef struct
{
  PcPop3Rule command;
  PcPop3Rule ok;
  PcPop3Rule list; /* +OK of several lines */
  PcPop3Rule err;
} VerbRules;

#define RULE(name) PC_POP3_RULE_##name
#define SIMPLE(name)                                                   \
  {                                                                    \
    RULE (name), RULE (name##_OK), RULE (name##_OK), RULE (name##_ERR) \
  }
#define LISTING(name)                                                     \
  {                                                                       \
    RULE (name), RULE (name##_OK), RULE (name##_REPLY), RULE (name##_ERR) \
  }
#define REPLYING(name)                                                       \
  {                                                                          \
    RULE (name), RULE (name##_REPLY), RULE (name##_REPLY), RULE (name##_ERR) \
  }

static const VerbRules verb_rules[] = {
  [PC_POP3_VERB_CAPA] = REPLYING (CAPA),
  [PC_POP3_VERB_USER] = SIMPLE (USER),
  [PC_POP3_VERB_PASS] = SIMPLE (PASS),
  [PC_POP3_VERB_STAT] = REPLYING (STAT),
  [PC_POP3_VERB_LIST] = LISTING (LIST),
  [PC_POP3_VERB_UIDL] = LISTING (UIDL),
  [PC_POP3_VERB_RETR] = REPLYING (RETR),
  [PC_POP3_VERB_TOP] = REPLYING (TOP),
  [PC_POP3_VERB_DELE] = SIMPLE (DELE),
  [PC_POP3_VERB_RSET] = SIMPLE (RSET),
  [PC_POP3_VERB_NOOP] = SIMPLE (NOOP),
  [PC_POP3_VERB_QUIT] = { RULE (QUIT), RULE (QUIT_BYE), RULE (QUIT_BYE),
                          RULE (QUIT_ERR) },
  [PC_POP3_VERB_APOP] = SIMPLE (APOP),
  [PC_POP3_VERB_AUTH] = { RULE (AUTH), RULE (AUTH_OK), RULE (AUTH_LIST),
                          RULE (AUTH_ERR) },
  [PC_POP3_VERB_STLS] = { RULE (STARTTLS), RULE (STARTTLS_OK),
                          RULE (STARTTLS_OK), RULE (STARTTLS_REFUSED) },
  [PC_POP3_VERB_UNKNOWN] = SIMPLE (UNKNOWN),
  [PC_POP3_VERB_CONNECT] = { RULE (GREETING), RULE (GREETING),
                             RULE (GREETING), RULE (GREETING_ERR) },
};

PcPop3Rule
pc_pop3_rule_for_command (PcPop3Verb verb)
{
  return verb_rules[verb].command;
}

PcPop3Rule
pc_pop3_rule_for_sasl (PcSaslPart part)
{
  static const PcPop3Rule rules[] = {
    [PC_SASL_PART_SECRET] = RULE (AUTH_RESPONSE),
    [PC_SASL_PART_DIGEST] = RULE (AUTH_DIGEST),
    [PC_SASL_PART_FIRST] = RULE (AUTH_FIRST),
    [PC_SASL_PART_PROOF] = RULE (AUTH_PROOF),
    [PC_SASL_PART_END] = RULE (AUTH_END),
    [PC_SASL_PART_QUESTION] = RULE (AUTH_CHALLENGE),
    [PC_SASL_PART_STAMP] = RULE (AUTH_STAMP),
    [PC_SASL_PART_SALT] = RULE (AUTH_SALT),
    [PC_SASL_PART_SIGNATURE] = RULE (AUTH_SIGNATURE),
  };

  return rules[part];
}

static gboolean
is_wrong_state (PcPop3State state,
                PcPop3Verb  verb)
{
  if (verb >= PC_POP3_N_VERBS || pc_pop3_verbs[verb].states == 0)
    return FALSE;

  return (pc_pop3_verbs[verb].states & (1u << state)) == 0;
}

static gboolean
is_login (PcPop3Verb verb)
{
  return verb == PC_POP3_VERB_USER || verb == PC_POP3_VERB_PASS ||
         verb == PC_POP3_VERB_APOP || verb == PC_POP3_VERB_AUTH;
}

PcPop3Rule
pc_pop3_rule_for_reply (PcPop3State        state,
                        const guint8      *line,
                        gsize              len,
                        const PcPop3Reply *reply,
                        PcPop3Verb         verb,
                        gboolean           has_args)
{
  const VerbRules *rules = &verb_rules[verb];

  if (reply->status == PC_POP3_REPLY_OK) {
    if (verb == PC_POP3_VERB_QUIT && state == PC_POP3_TRANSACTION)
      return RULE (QUIT_UPDATE);
    return pc_pop3_is_multi_line (verb, has_args) ? rules->list : rules->ok;
  }

  /* No code says so: the words must do. */
  if (is_login (verb) && state < PC_POP3_TRANSACTION &&
      pc_starttls_is_named (line + reply->text, len - reply->text))
    return RULE (TLS_NEEDED);
  if (is_wrong_state (state, verb))
    return RULE (STATE_ERR);
  if ((verb == PC_POP3_VERB_PASS || verb == PC_POP3_VERB_APOP ||
       verb == PC_POP3_VERB_AUTH) &&
      pc_pop3_reply_has_code (line, reply, "IN-USE"))
    return RULE (PASS_IN_USE);

  return rules->err;
}
