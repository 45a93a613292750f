/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"
#include "proto/imap/syntax.h"

G_BEGIN_DECLS

/* States and verbs: what server, client and observer share. */

/* RFC 9051 section 3.  The index is the bit of PcVerbInfo.states. */
typedef enum {
  PC_IMAP_GREETING, /* connected; the server has not said a word yet */
  PC_IMAP_NOT_AUTHENTICATED,
  PC_IMAP_AUTHENTICATED,
  PC_IMAP_SELECTED,
  PC_IMAP_LOGOUT,
} PcImapState;

extern const char *const pc_imap_states[]; /* N_(), NULL-terminated */

/* The index into pc_imap_verbs. */
typedef enum {
  PC_IMAP_VERB_CAPABILITY,
  PC_IMAP_VERB_NOOP,
  PC_IMAP_VERB_LOGOUT,
  PC_IMAP_VERB_ID,
  PC_IMAP_VERB_STARTTLS,
  PC_IMAP_VERB_LOGIN,
  PC_IMAP_VERB_AUTHENTICATE,
  PC_IMAP_VERB_ENABLE,
  PC_IMAP_VERB_LIST,
  PC_IMAP_VERB_SELECT,
  PC_IMAP_VERB_EXAMINE,
  PC_IMAP_VERB_STATUS,
  PC_IMAP_VERB_CREATE,
  PC_IMAP_VERB_DELETE,
  PC_IMAP_VERB_RENAME,
  PC_IMAP_VERB_SUBSCRIBE,
  PC_IMAP_VERB_UNSUBSCRIBE,
  PC_IMAP_VERB_LSUB,
  PC_IMAP_VERB_NAMESPACE,
  PC_IMAP_VERB_GETQUOTA,
  PC_IMAP_VERB_GETQUOTAROOT,
  PC_IMAP_VERB_APPEND,
  PC_IMAP_VERB_IDLE,
  PC_IMAP_VERB_CHECK,
  PC_IMAP_VERB_CLOSE,
  PC_IMAP_VERB_UNSELECT,
  PC_IMAP_VERB_EXPUNGE,
  PC_IMAP_VERB_SEARCH,
  PC_IMAP_VERB_FETCH,
  PC_IMAP_VERB_STORE,
  PC_IMAP_VERB_COPY,
  PC_IMAP_VERB_MOVE,
  PC_IMAP_VERB_UID_SEARCH,
  PC_IMAP_VERB_UID_FETCH,
  PC_IMAP_VERB_UID_STORE,
  PC_IMAP_VERB_UID_COPY,
  PC_IMAP_VERB_UID_MOVE,
  PC_IMAP_VERB_UID_EXPUNGE,
  PC_IMAP_N_VERBS, /* also: none of these */
} PcImapVerb;

extern const PcVerbInfo   pc_imap_verbs[];   /* ends with a NULL name */
/* Of both ends; ends with one that leads nowhere. */
extern const PcStateChange pc_imap_changes[];
extern const PcActionSpec pc_imap_actions[]; /* of the client; the same */

/* "UID FETCH" for "FETCH"; @verb itself when it has no such form. */
PcImapVerb  pc_imap_verb_get_uid_form (PcImapVerb verb);
/* Reads "FETCH", or "UID FETCH".  PC_IMAP_N_VERBS when it is unknown; the
 * cursor then stands behind the first word. */
PcImapVerb  pc_imap_read_verb (PcImapCursor *cursor);
gboolean    pc_imap_verb_is_legal (PcImapVerb  verb,
                                   PcImapState state);
/* How the tagged reply to @verb changes the state: @word is "OK", "NO" or
 * "BAD" in any case, @len octets. */
PcImapState pc_imap_state_after (PcImapState   state,
                                 PcImapVerb    verb,
                                 const guint8 *word,
                                 gsize         len);

/* A line of a web browser's request.  Browsers can be made to send things to
 * any port (POST to 143); nothing in such a request may be taken for
 * commands. */
gboolean    pc_imap_is_http (const guint8 *line,
                             gsize         len);

G_END_DECLS
