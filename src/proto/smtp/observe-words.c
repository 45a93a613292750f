/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the words of extensions mean: keywords in the answer to EHLO, and
 * parameters behind an address.  Tables and a search, no more.
 *
 * RFC 1870, 2034, 2920, 3030, 3207, 3461, 4954, 6152, 6531.
 */

#include "proto/smtp/observe-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *word;
  const char *meaning; /* N_() */
} Word;

static const Word params[] = {
  { "SIZE", N_ ("How many octets the message will have, so that the server "
                "can refuse before it is sent.") },
  { "BODY", N_ ("Whether the message has octets above 127: 8BITMIME, or 7BIT "
                "when it has none.") },
  { "AUTH", N_ ("Who handed the mail in first, told by one server to the "
                "next.") },
  { "SMTPUTF8", N_ ("Addresses and header may have letters of any language, "
                    "written in UTF-8.") },
  { "RET", N_ ("What a report about a lost mail shall bring back: FULL, the "
               "whole mail, or HDRS, its header only.") },
  { "ENVID", N_ ("A name for this sending. Reports bring it back, so that "
                 "the sender knows which mail they are about.") },
  { "NOTIFY", N_ ("When the sender wants a report about this recipient: "
                  "SUCCESS, FAILURE, DELAY or NEVER.") },
  { "ORCPT", N_ ("The recipient's address as the sender wrote it, kept while "
                 "others are put in its place on the way.") },
};

static const Word extensions[] = {
  { "SIZE", N_ ("MAIL may tell the size beforehand; the number is the "
                "longest message taken, in octets.") },
  { "8BITMIME", N_ ("Messages may have octets above 127.") },
  { "PIPELINING", N_ ("The client may send several commands without waiting "
                      "for each answer.") },
  { "SMTPUTF8", N_ ("Addresses and header may have letters of any language, "
                    "written in UTF-8.") },
  { "CHUNKING", N_ ("BDAT can send the message in counted pieces, in place "
                    "of DATA.") },
  { "DSN", N_ ("The sender may say which reports about the delivery it "
               "wants.") },
  { "ENHANCEDSTATUSCODES", N_ ("Replies carry a second, finer code such as "
                               "5.1.1.") },
  { "AUTH", N_ ("Users may log in, in the ways that are listed. With PLAIN "
            "and LOGIN everybody on the way can read the password, unless "
            "TLS is around it.") },
  { "STARTTLS", N_ ("The connection can be switched to TLS. Who sits on the "
                    "way can remove this line, for it comes in clear; a "
                    "careful client then sends nothing secret.") },
  { "HELP", N_ ("HELP is answered.") },
  { "XXXXXXXX", N_ ("No extension: something on the way has overwritten the "
                    "word that stood here. STARTTLS has eight letters, too.") },
};

static const char *
find (const Word   *words,
      gsize         n,
      const guint8 *word,
      gsize         len,
      const char   *fallback)
{
  for (gsize i = 0; i < n; i++)
    if (pc_text_equal_ascii (word, len, words[i].word))
      return words[i].meaning;

  return fallback;
}

const char *
pc_smtp_find_param_meaning (const guint8 *word,
                            gsize         len)
{
  return find (params, G_N_ELEMENTS (params), word, len,
               N_ ("An extra that one of the server's extensions allows."));
}

const char *
pc_smtp_find_extension_meaning (const guint8 *word,
                                gsize         len)
{
  return find (extensions, G_N_ELEMENTS (extensions), word, len,
               N_ ("Something this server can do besides the basic "
                   "commands; the client may now use it."));
}
