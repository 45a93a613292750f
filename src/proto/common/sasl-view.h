/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/sasl.h"

G_BEGIN_DECLS

/* A login as an onlooker follows it: what a line of it is, and what may be
 * shown of it.  Passwords never. */

typedef enum {
  PC_SASL_PART_SECRET, /* PLAIN, LOGIN or unknown: may hold a password */
  PC_SASL_PART_DIGEST, /* CRAM-MD5: name and digest */
  PC_SASL_PART_FIRST,  /* SCRAM: name and nonce */
  PC_SASL_PART_PROOF,  /* SCRAM: proof of the password */
  PC_SASL_PART_END,    /* SCRAM: empty, the signature was seen */
  /* from the server */
  PC_SASL_PART_QUESTION,  /* any other challenge */
  PC_SASL_PART_STAMP,     /* CRAM-MD5 */
  PC_SASL_PART_SALT,      /* SCRAM: nonce, salt and count */
  PC_SASL_PART_SIGNATURE, /* SCRAM: proof of the server */
} PcSaslPart;

/* Zeroed, nothing is known of the mechanism. */
typedef struct
{
  gboolean        known;
  PcSaslMechanism mechanism;
  guint           step; /* responses so far */
} PcSaslView;

/* @args: what stands behind AUTH. */
void       pc_sasl_view_begin (PcSaslView   *self,
                               const guint8 *args,
                               gsize         len);
/* What a line of base64 is. */
PcSaslPart pc_sasl_view_response (const PcSaslView *self,
                                  const guint8     *line,
                                  gsize             len);
PcSaslPart pc_sasl_view_challenge (const PcSaslView *self,
                                   const guint8     *line,
                                   gsize             len);
/* The response in words, for PLAIN "User “alex”, password ••••••".  Transfer
 * full. */
char      *pc_sasl_view_describe (const PcSaslView *self,
                                  const guint8     *line,
                                  gsize             len);
/* Any challenge without its base64, or as it is when it has none.  Transfer
 * full. */
char      *pc_sasl_view_decode (const guint8 *line,
                                gsize         len);

/* Titles and explanations that the protocols share: for PcNarration rows. */
#define PC_SASL_WORDS_STAMP \
  N_ ("Server sends a stamp"), \
      N_ ("CRAM-MD5 begins with a text that the server has not used before. " \
          "The client has to mix it with the password, so that what it " \
          "answers is of no use for the next login. Here the stamp is made " \
          "of numbers and the time; real servers also mix in random digits.")
#define PC_SASL_WORDS_DIGEST \
  N_ ("A digest instead of the password"), \
      N_ ("The client sends its name and an MD5 digest of stamp and " \
          "password. The password itself does not cross the line. Who " \
          "records both can still try out passwords at home until one gives " \
          "the same digest, so CRAM-MD5 counts as weak today.")
#define PC_SASL_WORDS_FIRST \
  N_ ("SCRAM begins: name and nonce"), \
      N_ ("The client names the user (n=) and adds a nonce (r=), a text for " \
          "this login only. There is no password in it. The letters before " \
          "the two commas say that the login is not bound to a TLS channel.")
#define PC_SASL_WORDS_SALT \
  N_ ("Nonce, salt and count"), \
      N_ ("The server lengthens the nonce (r=), and sends a salt (s=) and a " \
          "count (i=). The client has to put password and salt through a " \
          "hash that many times, which makes guessing slow.")
#define PC_SASL_WORDS_PROOF \
  N_ ("Proof of the password"), \
      N_ ("The client repeats the nonce and sends a proof (p=): worked out " \
          "from the salted password and all that was said before. The " \
          "server can check it, but cannot read the password from it, and " \
          "nobody can use it a second time.")
#define PC_SASL_WORDS_SIGNATURE \
  N_ ("The server proves itself, too"), \
      N_ ("The proof was right. Now the server shows a signature (v=) that " \
          "only somebody who has the user's keys can make. So the client " \
          "sees that it has not been talking to an impostor.")
#define PC_SASL_WORDS_END \
  N_ ("Signature checked"), \
      N_ ("An empty answer: the server's signature is right, and the client " \
          "has nothing more to say. The server may now report success.")

G_END_DECLS
