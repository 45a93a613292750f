/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of everything an IMAP conversation is made of.
 *
 * A name is the key of an explanation: what a reply means depends on what it
 * answers, so replies have names of their own where there is more to say than
 * "it worked".
 */

#include "proto/imap/rules.h"

static const char *const rules[] = {
  [PC_IMAP_RULE_GREETING] = "imap.greeting",
  [PC_IMAP_RULE_GREETING_PREAUTH] = "imap.greeting.preauth",
  [PC_IMAP_RULE_GREETING_BYE] = "imap.greeting.bye",
  [PC_IMAP_RULE_OTHER_COMMAND] = "imap.other",
  [PC_IMAP_RULE_OTHER_OK] = "imap.other.ok",
  [PC_IMAP_RULE_NO] = "imap.no",
  [PC_IMAP_RULE_BAD] = "imap.bad",
  [PC_IMAP_RULE_TAG_UNKNOWN] = "imap.tag-unknown",
  [PC_IMAP_RULE_BYE] = "imap.bye",
  [PC_IMAP_RULE_CAPABILITY_DATA] = "imap.capability.data",
  [PC_IMAP_RULE_ENABLED_DATA] = "imap.enable.data",
  [PC_IMAP_RULE_QUOTA_DATA] = "imap.quota.data",
  [PC_IMAP_RULE_QUOTAROOT_DATA] = "imap.quotaroot.data",
  [PC_IMAP_RULE_LIST_DATA] = "imap.list.data",
  [PC_IMAP_RULE_LSUB_DATA] = "imap.lsub.data",
  [PC_IMAP_RULE_NAMESPACE_DATA] = "imap.namespace.data",
  [PC_IMAP_RULE_STATUS_DATA] = "imap.status.data",
  [PC_IMAP_RULE_SEARCH_DATA] = "imap.search.data",
  [PC_IMAP_RULE_FLAGS] = "imap.flags",
  [PC_IMAP_RULE_EXISTS] = "imap.exists",
  [PC_IMAP_RULE_EXISTS_UNTAGGED] = "imap.exists.untagged",
  [PC_IMAP_RULE_RECENT] = "imap.recent",
  [PC_IMAP_RULE_FETCH_DATA] = "imap.fetch.data",
  [PC_IMAP_RULE_STORE_DATA] = "imap.store.data",
  [PC_IMAP_RULE_FETCH_UNTAGGED] = "imap.fetch.untagged",
  [PC_IMAP_RULE_EXPUNGE_DATA] = "imap.expunge.data",
  [PC_IMAP_RULE_EXPUNGE_UNTAGGED] = "imap.expunge.untagged",
  [PC_IMAP_RULE_UNSEEN] = "imap.unseen",
  [PC_IMAP_RULE_UIDVALIDITY] = "imap.uidvalidity",
  [PC_IMAP_RULE_UIDNEXT] = "imap.uidnext",
  [PC_IMAP_RULE_PERMANENTFLAGS] = "imap.permanentflags",
  [PC_IMAP_RULE_COPYUID] = "imap.copyuid",
  [PC_IMAP_RULE_HIGHESTMODSEQ] = "imap.highestmodseq",
  [PC_IMAP_RULE_NOMODSEQ] = "imap.nomodseq",
  [PC_IMAP_RULE_CLOSED] = "imap.closed",
  [PC_IMAP_RULE_FETCH_CHANGED] = "imap.fetch.changed",
  [PC_IMAP_RULE_STORE_CONDITIONAL] = "imap.store.conditional",
  [PC_IMAP_RULE_STORE_MODIFIED] = "imap.store.modified",
  [PC_IMAP_RULE_OVERQUOTA] = "imap.overquota",
  [PC_IMAP_RULE_OK_UNTAGGED] = "imap.ok.untagged",
  [PC_IMAP_RULE_NO_UNTAGGED] = "imap.no.untagged",
  [PC_IMAP_RULE_BAD_UNTAGGED] = "imap.bad.untagged",
  [PC_IMAP_RULE_OTHER_DATA] = "imap.other.data",
  [PC_IMAP_RULE_CONTINUE] = "imap.continue",
  [PC_IMAP_RULE_CONTINUE_SASL] = "imap.continue.sasl",
  [PC_IMAP_RULE_CONTINUE_IDLE] = "imap.continue.idle",
  [PC_IMAP_RULE_DONE] = "imap.idle.done",
  [PC_IMAP_RULE_ID_DATA] = "imap.id.data",
  [PC_IMAP_RULE_INJECTED] = "imap.injected",
  [PC_IMAP_RULE_STARTTLS_REFUSED] = "imap.starttls.refused",
  [PC_IMAP_RULE_TLS_NEEDED] = "imap.tls-needed",
  [PC_IMAP_RULE_TLS_RECORD] = "imap.tls-record",
  [PC_IMAP_RULE_LITERAL] = "imap.literal",
  [PC_IMAP_RULE_SASL] = "imap.sasl",
  [PC_IMAP_RULE_SASL_CANCEL] = "imap.sasl.cancel",
  [PC_IMAP_RULE_SASL_STAMP] = "imap.sasl.stamp",
  [PC_IMAP_RULE_SASL_DIGEST] = "imap.sasl.digest",
  [PC_IMAP_RULE_SASL_FIRST] = "imap.sasl.first",
  [PC_IMAP_RULE_SASL_SALT] = "imap.sasl.salt",
  [PC_IMAP_RULE_SASL_PROOF] = "imap.sasl.proof",
  [PC_IMAP_RULE_SASL_SIGNATURE] = "imap.sasl.signature",
  [PC_IMAP_RULE_SASL_END] = "imap.sasl.end",
  [PC_IMAP_RULE_LIST_EXTENDED] = "imap.list.extended",
  [PC_IMAP_RULE_SEARCH_RETURN] = "imap.search.return",
  [PC_IMAP_RULE_SEARCH_SAVE] = "imap.search.save",
  [PC_IMAP_RULE_ESEARCH_DATA] = "imap.esearch.data",
  [PC_IMAP_RULE_CREATE_USE] = "imap.create.use",
  [PC_IMAP_RULE_USEATTR] = "imap.create.use.no",
  [PC_IMAP_RULE_UNKNOWN_CTE] = "imap.unknown-cte",
  [PC_IMAP_RULE_ALERT] = "imap.alert",
  [PC_IMAP_RULE_DATA_PART] = "imap.data-part",
  [PC_IMAP_RULE_UNREADABLE] = "imap.unreadable",
};

G_STATIC_ASSERT (G_N_ELEMENTS (rules) == PC_IMAP_N_RULES);

static const struct {
  const char *command;
  const char *ok;
  const char *no; /* NULL for "imap.no" */
} verb_rules[PC_IMAP_N_VERBS] = {
  [PC_IMAP_VERB_CAPABILITY] = { "imap.capability", "imap.capability.ok" },
  [PC_IMAP_VERB_NOOP] = { "imap.noop", "imap.noop.ok" },
  [PC_IMAP_VERB_LOGOUT] = { "imap.logout", "imap.logout.ok" },
  [PC_IMAP_VERB_ID] = { "imap.id", "imap.id.ok" },
  [PC_IMAP_VERB_STARTTLS] = { "imap.starttls", "imap.starttls.ok",
                              "imap.starttls.refused" },
  [PC_IMAP_VERB_LOGIN] = { "imap.login", "imap.login.ok", "imap.login.no" },
  [PC_IMAP_VERB_AUTHENTICATE] = { "imap.authenticate", "imap.authenticate.ok",
                                  "imap.authenticate.no" },
  [PC_IMAP_VERB_ENABLE] = { "imap.enable", "imap.enable.ok" },
  [PC_IMAP_VERB_LIST] = { "imap.list", "imap.list.ok" },
  [PC_IMAP_VERB_SELECT] = { "imap.select", "imap.select.ok",
                            "imap.select.no" },
  [PC_IMAP_VERB_EXAMINE] = { "imap.examine", "imap.examine.ok",
                             "imap.select.no" },
  [PC_IMAP_VERB_STATUS] = { "imap.status", "imap.status.ok" },
  [PC_IMAP_VERB_CREATE] = { "imap.create", "imap.create.ok",
                            "imap.mailbox.no" },
  [PC_IMAP_VERB_DELETE] = { "imap.delete", "imap.delete.ok",
                            "imap.mailbox.no" },
  [PC_IMAP_VERB_RENAME] = { "imap.rename", "imap.rename.ok",
                            "imap.mailbox.no" },
  [PC_IMAP_VERB_SUBSCRIBE] = { "imap.subscribe", "imap.subscribe.ok",
                               "imap.mailbox.no" },
  [PC_IMAP_VERB_UNSUBSCRIBE] = { "imap.unsubscribe", "imap.unsubscribe.ok",
                                 "imap.mailbox.no" },
  [PC_IMAP_VERB_LSUB] = { "imap.lsub", "imap.lsub.ok" },
  [PC_IMAP_VERB_NAMESPACE] = { "imap.namespace", "imap.namespace.ok" },
  [PC_IMAP_VERB_GETQUOTA] = { "imap.getquota", "imap.getquota.ok" },
  [PC_IMAP_VERB_GETQUOTAROOT] = { "imap.getquotaroot", "imap.getquota.ok" },
  [PC_IMAP_VERB_APPEND] = { "imap.append", "imap.append.ok",
                            "imap.append.no" },
  [PC_IMAP_VERB_IDLE] = { "imap.idle", "imap.idle.ok" },
  [PC_IMAP_VERB_CHECK] = { "imap.check", "imap.check.ok" },
  [PC_IMAP_VERB_CLOSE] = { "imap.close", "imap.close.ok" },
  [PC_IMAP_VERB_UNSELECT] = { "imap.unselect", "imap.unselect.ok" },
  [PC_IMAP_VERB_EXPUNGE] = { "imap.expunge", "imap.expunge.ok",
                             "imap.store.no" },
  [PC_IMAP_VERB_SEARCH] = { "imap.search", "imap.search.ok",
                            "imap.search.no" },
  [PC_IMAP_VERB_FETCH] = { "imap.fetch", "imap.fetch.ok", "imap.fetch.no" },
  [PC_IMAP_VERB_STORE] = { "imap.store", "imap.store.ok", "imap.store.no" },
  [PC_IMAP_VERB_COPY] = { "imap.copy", "imap.copy.ok", "imap.copy.no" },
  [PC_IMAP_VERB_MOVE] = { "imap.move", "imap.move.ok", "imap.copy.no" },
  [PC_IMAP_VERB_UID_SEARCH] = { "imap.uid-search", "imap.search.ok",
                                "imap.search.no" },
  [PC_IMAP_VERB_UID_FETCH] = { "imap.uid-fetch", "imap.fetch.ok",
                               "imap.fetch.no" },
  [PC_IMAP_VERB_UID_STORE] = { "imap.uid-store", "imap.store.ok",
                               "imap.store.no" },
  [PC_IMAP_VERB_UID_COPY] = { "imap.uid-copy", "imap.copy.ok",
                              "imap.copy.no" },
  [PC_IMAP_VERB_UID_MOVE] = { "imap.uid-move", "imap.move.ok",
                              "imap.copy.no" },
  [PC_IMAP_VERB_UID_EXPUNGE] = { "imap.uid-expunge", "imap.expunge.ok",
                                 "imap.store.no" },
};

const char *
pc_imap_rule (PcImapRule rule)
{
  return rule < PC_IMAP_N_RULES ? rules[rule] : NULL;
}

PcImapRule
pc_imap_rule_of_sasl (PcSaslPart part)
{
  static const PcImapRule parts[] = {
    [PC_SASL_PART_SECRET] = PC_IMAP_RULE_SASL,
    [PC_SASL_PART_DIGEST] = PC_IMAP_RULE_SASL_DIGEST,
    [PC_SASL_PART_FIRST] = PC_IMAP_RULE_SASL_FIRST,
    [PC_SASL_PART_PROOF] = PC_IMAP_RULE_SASL_PROOF,
    [PC_SASL_PART_END] = PC_IMAP_RULE_SASL_END,
    [PC_SASL_PART_QUESTION] = PC_IMAP_RULE_CONTINUE_SASL,
    [PC_SASL_PART_STAMP] = PC_IMAP_RULE_SASL_STAMP,
    [PC_SASL_PART_SALT] = PC_IMAP_RULE_SASL_SALT,
    [PC_SASL_PART_SIGNATURE] = PC_IMAP_RULE_SASL_SIGNATURE,
  };

  return parts[part];
}

const char *
pc_imap_rule_command (PcImapVerb verb)
{
  return verb < PC_IMAP_N_VERBS ? verb_rules[verb].command
                                : rules[PC_IMAP_RULE_OTHER_COMMAND];
}

const char *
pc_imap_rule_ok (PcImapVerb verb)
{
  return verb < PC_IMAP_N_VERBS ? verb_rules[verb].ok
                                : rules[PC_IMAP_RULE_OTHER_OK];
}

const char *
pc_imap_rule_no (PcImapVerb verb)
{
  return verb < PC_IMAP_N_VERBS && verb_rules[verb].no != NULL
             ? verb_rules[verb].no
             : rules[PC_IMAP_RULE_NO];
}
