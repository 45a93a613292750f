/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each rule of TLS means.
 *
 * RFC 8446 describes TLS 1.3 and keeps the numbers of TLS 1.2 (appendix B.3);
 * RFC 8314 and 8997 say what mail does with it.  Messages of TLS 1.2 are told
 * for what they do there.
 */

#include "proto/tls/rules.h"

#include <glib/gi18n-lib.h>

#define ROW(name) [PC_TLS_RULE_##name]

const PcNarration pc_tls_narrations[PC_TLS_N_RULES] = {
  ROW (ALERT) =
      { "tls.alert",
        N_ ("Alert"),
        N_ ("One end tells the other why it does not go on. Nearly every alert "
            "but a close is fatal: both ends drop the connection and forget "
            "its keys. The reason is a number with a name, nothing more, so "
            "that an attacker learns little from it."),
        { { 8446, "6" }, { 8446, "6.2" } } },
  ROW (ALERT_BAD_CERTIFICATE) =
      { "tls.alert.bad-certificate",
        N_ ("The certificate is not good"),
        N_ ("The certificate is damaged, or a signature on it is wrong. "
            "Whoever got it cannot know who is at the other end, so it stops "
            "before a password or a message is sent."),
        { { 8446, "6.2" }, { 8446, "4.4.2.4" }, { 8314, "5.3" } } },
  ROW (ALERT_BAD_RECORD_MAC) =
      { "tls.alert.bad-record-mac",
        N_ ("A record was changed, or the keys differ"),
        N_ ("The seal of a record does not fit its content. One changed bit "
            "on the way is enough. TLS does not ask for the record again: it "
            "ends the connection, since somebody may be meddling with it."),
        { { 8446, "6.2" }, { 8446, "5.2" } } },
  ROW (ALERT_CERTIFICATE_EXPIRED) =
      { "tls.alert.certificate-expired",
        N_ ("The certificate has expired"),
        N_ ("Every certificate says from when until when it holds. Now lies "
            "outside of that, so the client stops. The usual causes are a "
            "server whose certificate nobody renewed, and a clock that is "
            "wrong."),
        { { 8446, "6.2" }, { 8314, "5.3" } } },
  ROW (ALERT_CERTIFICATE_UNKNOWN) =
      { "tls.alert.certificate-unknown",
        N_ ("The certificate is not accepted"),
        N_ ("Something about the certificate is not acceptable, and none of "
            "the more exact alerts fits. Only the end that sends this knows "
            "why; its log or its error message says more."),
        { { 8446, "6.2" }, { 8314, "5.3" } } },
  ROW (ALERT_CLOSE_NOTIFY) =
      { "tls.alert.close-notify",
        N_ ("Proper end of TLS"),
        N_ ("This end will send no more. Because it is said under encryption, "
            "nobody on the way can cut a conversation short and make it look "
            "complete. A connection that ends without it was cut off."),
        { { 8446, "6.1" }, { 8314, "3.4" } } },
  ROW (ALERT_DECODE_ERROR) =
      { "tls.alert.decode-error",
        N_ ("A message could not be read"),
        N_ ("A length or a value in a message is out of its range. TLS does "
            "not guess what was meant: one wrong octet ends the connection. "
            "It points to a fault in a program, or to something that is no "
            "TLS."),
        { { 8446, "6.2" } } },
  ROW (ALERT_ENCRYPTED) =
      { "tls.alert.encrypted",
        N_ ("An alert, encrypted"),
        N_ ("Up to TLS 1.2 the outside of a record shows that it is an alert, "
            "even when its content is encrypted. Most often it is a proper "
            "close. TLS 1.3 hides even that."),
        { { 8446, "6" }, { 8446, "5.2" } } },
  ROW (ALERT_HANDSHAKE_FAILURE) =
      { "tls.alert.handshake-failure",
        N_ ("Nothing in common"),
        N_ ("The two ends have no cipher suite, group or signature that both "
            "accept. Neither takes something weaker just to get a "
            "connection. Often one end is very old, or has been set up too "
            "strictly."),
        { { 8446, "6.2" }, { 8446, "4.1.1" } } },
  ROW (ALERT_PROTOCOL_VERSION) =
      { "tls.alert.protocol-version",
        N_ ("No common version of TLS"),
        N_ ("The client offers no version of TLS that the server speaks. For "
            "mail TLS 1.2 is the oldest version that is still allowed, and "
            "programs that know only TLS 1.0 or 1.1 are turned away."),
        { { 8446, "6.2" }, { 8446, "4.2.1" }, { 8997, "3" } } },
  ROW (ALERT_UNEXPECTED_MESSAGE) =
      { "tls.alert.unexpected-message",
        N_ ("A message at the wrong moment"),
        N_ ("The order of messages is fixed, and this one had no place in it. "
            "Being strict here is a protection: attacks have worked by "
            "leaving out or repeating messages. Clear text sent to a TLS "
            "port can have the same answer."),
        { { 8446, "6.2" }, { 8446, "4" } } },
  ROW (ALERT_UNKNOWN_CA) =
      { "tls.alert.unknown-ca",
        N_ ("Nobody known vouches for this server"),
        N_ ("The client read the certificate and does not know its issuer. "
            "Anybody can make a certificate with any name in it; only the "
            "signature of an issuer that the client trusts tells the true "
            "server from an impostor. So the client stops, and no password "
            "leaves it."),
        { { 8446, "6.2" }, { 8446, "4.4.2.4" }, { 8314, "5.3" } } },
  ROW (ALERT_UNRECOGNIZED_NAME) =
      { "tls.alert.unrecognized-name",
        N_ ("No server of that name here"),
        N_ ("The client named a server in its ClientHello, and there is none "
            "of that name at this address. Look at the extension server_name "
            "in the ClientHello: it may be misspelt, or this is the wrong "
            "server."),
        { { 8446, "6.2" }, { 8446, "9.2" } } },
  ROW (CERTIFICATE) =
      { "tls.certificate",
        N_ ("The server's certificate, encrypted"),
        N_ ("The server shows its certificate: its name, its public key, and "
            "the signature of an issuer. The client checks the name, the "
            "time and the issuer. In TLS 1.3 this is encrypted, so an "
            "eavesdropper no longer sees it; but the server's name stood in "
            "the ClientHello already."),
        { { 8446, "4.4.2" }, { 8314, "5.3" } } },
  ROW (CERTIFICATE_REQUEST) =
      { "tls.certificate-request",
        N_ ("The server asks for a certificate"),
        N_ ("The server wants the client to show a certificate too. It may "
            "let in those who have one without a password. Most mail servers "
            "do not ask."),
        { { 8446, "4.3.2" }, { 8314, "4.2" } } },
  ROW (CERTIFICATE_STATUS) =
      { "tls.certificate-status",
        N_ ("The certificate has not been taken back"),
        N_ ("The server hands over a fresh note from its issuer: the "
            "certificate is still good. So the client need not ask the "
            "issuer, who would learn which servers it visits."),
        { { 8446, "4.4.2.1" }, { 8446, "B.3" } } },
  ROW (CERTIFICATE_VERIFY) =
      { "tls.certificate-verify",
        N_ ("Proof that the certificate is its own"),
        N_ ("Anybody can copy a certificate. So its owner signs everything "
            "said in this handshake with the private key that belongs to "
            "it; the other end checks that with the public key in the "
            "certificate. A thief of the certificate alone cannot do this."),
        { { 8446, "4.4.3" } } },
  ROW (CERTIFICATE_CLEAR) =
      { "tls.certificate.clear",
        N_ ("The server's certificate, for all to see"),
        N_ ("The server shows its certificate: its name, its public key, and "
            "the signature of an issuer. The client checks the name, the "
            "time and the issuer. In TLS 1.2 it travels in clear: an "
            "eavesdropper reads who the server is. TLS 1.3 encrypts it."),
        { { 8446, "4.4.2" }, { 8446, "1.2" }, { 8314, "5.3" } } },
  ROW (CERTIFICATE_CLIENT) =
      { "tls.certificate.client",
        N_ ("The client's certificate"),
        N_ ("The server asked for it, so the client shows a certificate, or "
            "an empty list when it has none; then the server decides whether "
            "that is enough. Up to TLS 1.2 it tells an eavesdropper who the "
            "client is; TLS 1.3 encrypts it."),
        { { 8446, "4.4.2" }, { 8446, "4.4.2.3" }, { 8314, "5.5" } } },
  ROW (CHANGE_CIPHER_SPEC) =
      { "tls.change-cipher-spec",
        N_ ("From here on encrypted"),
        N_ ("Both ends know the keys now. With this one octet its sender "
            "says: whatever I send after it is encrypted. The other end "
            "sends one of its own."),
        { { 8446, "5" }, { 8446, "B.1" } } },
  ROW (CHANGE_CIPHER_SPEC_COMPAT) =
      { "tls.change-cipher-spec.compat",
        N_ ("A message without meaning"),
        N_ ("TLS 1.3 does not need this, and the other end throws it away. It "
            "is sent because some devices on the way know only TLS 1.2 and "
            "block a handshake that looks different."),
        { { 8446, "D.4" }, { 8446, "5" } } },
  ROW (CLIENT_HELLO) =
      { "tls.client-hello",
        N_ ("The client opens the handshake"),
        N_ ("The client says what it can do: versions of TLS, cipher suites, "
            "groups, kinds of signature. In TLS 1.3 it sends its half of the "
            "key exchange at once. All of this is in clear, because there are "
            "no keys yet: an eavesdropper reads the name of the server, and "
            "often recognises the program by its offer."),
        { { 8446, "4.1.2" }, { 8446, "4.2" }, { 8446, "2" } } },
  ROW (CLIENT_HELLO_AGAIN) =
      { "tls.client-hello.again",
        N_ ("The client tries once more"),
        N_ ("The same ClientHello as before, with what the server asked for: "
            "a public key in the group that it named. The second try must "
            "fit; the server does not ask twice."),
        { { 8446, "4.1.2" }, { 8446, "2.1" } } },
  ROW (CLIENT_KEY_EXCHANGE) =
      { "tls.client-key-exchange",
        N_ ("The client's half of the key"),
        N_ ("With this both ends can compute the same secret, and the keys "
            "from it. An eavesdropper has seen both halves and still cannot. "
            "In TLS 1.3 this is no message of its own: it went with the "
            "ClientHello, and a whole trip is saved."),
        { { 8446, "B.3" }, { 8446, "1.2" } } },
  ROW (CONTINUED) =
      { "tls.continued",
        N_ ("A message goes on"),
        N_ ("A record holds at most 16,384 octets of content, and a sender "
            "may make it shorter. A longer message of the handshake is cut "
            "and goes on in the next record; this is such a piece."),
        { { 8446, "5.1" } } },
  ROW (DATA) =
      { "tls.data",
        N_ ("Encrypted data"),
        N_ ("Here the mail protocol speaks: its commands, replies, passwords "
            "and messages, each octet encrypted and sealed. An eavesdropper "
            "cannot read or change it. But it sees who talks to whom, when, "
            "and how much: a long record after a short one looks like a "
            "message being fetched."),
        { { 8446, "5.2" }, { 8446, "E.3" } } },
  ROW (EARLY_DATA) =
      { "tls.early-data",
        N_ ("Data before the answer"),
        N_ ("A client that was here before may encrypt its first data with a "
            "key from then, and send it before the server has said a word. It "
            "saves a trip, but an attacker can record this data and send it "
            "again; so it must be harmless when it comes twice."),
        { { 8446, "2.3" }, { 8446, "4.2.10" }, { 8446, "8" } } },
  ROW (ENCRYPTED) =
      { "tls.encrypted",
        N_ ("Encrypted part of the handshake"),
        N_ ("The handshake is not over, but it already goes on under "
            "encryption. From outside nobody can tell which message this is; "
            "in TLS 1.3 even a certificate looks like any data. Its length "
            "and its time remain to be seen."),
        { { 8446, "2" }, { 8446, "5.2" } } },
  ROW (ENCRYPTED_EXTENSIONS) =
      { "tls.encrypted-extensions",
        N_ ("The rest of the server's answer"),
        N_ ("The first message under encryption. It holds the answers to the "
            "client's extensions that the keys do not depend on, such as the "
            "protocol to be spoken. In TLS 1.2 these stood in the ServerHello "
            "for all to read."),
        { { 8446, "4.3.1" } } },
  ROW (FINISHED) =
      { "tls.finished",
        N_ ("Both saw the same handshake"),
        N_ ("A checksum over the whole handshake, made with the new keys. If "
            "somebody on the way had changed one octet of the hellos, for "
            "example to make both ends take a weak cipher, the two checksums "
            "would differ and the connection would end here."),
        { { 8446, "4.4.4" }, { 8446, "2" } } },
  ROW (HANDSHAKE) =
      { "tls.handshake",
        N_ ("A message of the handshake"),
        N_ ("The two ends are agreeing on version, cipher and keys. What this "
            "record alone holds is not enough to say more about it."),
        { { 8446, "4" }, { 8446, "B.3" } } },
  ROW (HELLO_REQUEST) =
      { "tls.hello-request",
        N_ ("The server asks for a new handshake"),
        N_ ("Up to TLS 1.2 a server can ask the client to begin again on the "
            "same connection. That led to attacks, and TLS 1.3 has no such "
            "message."),
        { { 8446, "B.3" }, { 8446, "4.1.2" } } },
  ROW (HELLO_RETRY_REQUEST) =
      { "tls.hello-retry-request",
        N_ ("Please try again with another group"),
        N_ ("The client guessed which group the server would like for the key "
            "exchange, and guessed wrong; but it knows one that the server "
            "likes as well. The server names it, and the client begins again. "
            "It costs one more trip, and nothing is lost."),
        { { 8446, "4.1.4" }, { 8446, "2.1" } } },
  ROW (KEY_UPDATE) =
      { "tls.key-update",
        N_ ("New keys"),
        N_ ("This end encrypts with a new key from here on. The more is "
            "encrypted with one key, the more there is to attack; so long "
            "connections change it now and then."),
        { { 8446, "4.6.3" }, { 8446, "5.5" } } },
  ROW (MALFORMED) =
      { "tls.malformed",
        N_ ("A record that cannot be right"),
        N_ ("A length inside points past the end, something has a size that "
            "it may not have, or the connection ended in the middle. A careful "
            "program answers with the alert decode_error and closes. A "
            "careless one reads past the end: famous holes began like that."),
        { { 8446, "6.2" }, { 8446, "5.1" } } },
  ROW (MISPLACED) =
      { "tls.misplaced",
        N_ ("A message that has no place here"),
        N_ ("This message belongs to the other end, or to another moment: such "
            "as application data before there are any keys. The receiver must "
            "end the connection with the alert unexpected_message."),
        { { 8446, "4" }, { 8446, "6.2" } } },
  ROW (NEW_SESSION_TICKET) =
      { "tls.new-session-ticket",
        N_ ("A ticket for the next time"),
        N_ ("With this ticket the client can go on with the session later: "
            "a shorter handshake without certificates. Most servers keep "
            "nothing themselves; the ticket holds what they need, in a form "
            "that only they can read. In TLS 1.3 it is sent under encryption "
            "after the handshake, often two at once."),
        { { 8446, "4.6.1" }, { 8446, "2.2" } } },
  ROW (SERVER_HELLO) =
      { "tls.server-hello",
        N_ ("The server chooses TLS 1.3"),
        N_ ("The server picks one version and one cipher suite from the "
            "client's offer and sends its half of the key exchange. Now both "
            "ends can compute the keys: after one trip everything is "
            "encrypted, the rest of the handshake too."),
        { { 8446, "4.1.3" }, { 8446, "4.2.8" }, { 8446, "2" } } },
  ROW (SERVER_HELLO_DONE) =
      { "tls.server-hello-done",
        N_ ("The server has said its part"),
        N_ ("In TLS 1.2 this empty message gives the word to the client, which "
            "now checks the certificate and sends its half of the key. "
            "TLS 1.3 does not need it."),
        { { 8446, "B.3" }, { 8446, "1.2" } } },
  ROW (SERVER_HELLO_OLD) =
      { "tls.server-hello.old",
        N_ ("The server chooses an outdated version"),
        N_ ("TLS 1.0 and TLS 1.1 rest on methods that are broken or weak by "
            "now. Mail servers and clients must not use them any more; TLS 1.2 "
            "is the least, TLS 1.3 is better."),
        { { 8997, "3" }, { 8446, "D.5" } } },
  ROW (SERVER_HELLO_TLS12) =
      { "tls.server-hello.tls12",
        N_ ("The server chooses TLS 1.2"),
        N_ ("The server picks one version and one cipher suite from the "
            "client's offer. TLS 1.2 is still allowed, but slower: the keys "
            "come a whole trip later, and until then all is in clear, the "
            "certificate too."),
        { { 8446, "4.1.3" }, { 8446, "1.2" }, { 8997, "3" } } },
  ROW (SERVER_KEY_EXCHANGE) =
      { "tls.server-key-exchange",
        N_ ("The server's half of the key"),
        N_ ("A public key made for this connection only, signed with the key "
            "of the certificate: so it comes from the true server. Since it "
            "is thrown away afterwards, a thief of the certificate's key "
            "cannot read old recordings. In TLS 1.3 it goes with the "
            "ServerHello."),
        { { 8446, "B.3" }, { 8446, "1.2" } } },
  ROW (UNREADABLE) =
      { "tls.unreadable",
        N_ ("This is no TLS"),
        N_ ("A connection with TLS begins with a ClientHello, and these octets "
            "are something else. Most often a program speaks in clear to a "
            "port where TLS begins at once, such as 993 instead of 143. The "
            "other end cannot answer in clear; it sends an alert, or closes."),
        { { 8446, "5.1" }, { 8446, "4.1.2" }, { 8314, "3" } } },
};

const gsize pc_tls_n_narrations = PC_TLS_N_RULES;
