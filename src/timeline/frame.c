/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames: the heads that the octets of an exchange would have on a network.
 *
 * Left out: fragments (a datagram that is longer than a frame of Ethernet
 * stays whole, as it does on loopback), padding of short frames, and all
 * options of TCP after the handshake.
 *
 * RFC 791 section 3.1, RFC 768, RFC 9293 section 3.1, RFC 1071 (checksum),
 * RFC 5737 (addresses), RFC 7323 section 2 (window scale).
 */

#include "timeline/frame.h"

#define IP_HEAD 20
#define UDP_HEAD 8
#define TCP_HEAD 20
#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17
#define TTL 64
/* Times 128: nothing that we send ever fills it. */
#define WINDOW 65535
#define HOSTS_PER_NET 254

static void
append_16 (GByteArray *out,
           guint       value)
{
  guint8 octets[] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, octets, sizeof octets);
}

static void
append_32 (GByteArray *out,
           guint32     value)
{
  append_16 (out, value >> 16);
  append_16 (out, value & 0xffff);
}

guint32
pc_frame_get_address (guint host)
{
  static const guint32 nets[] = { 0xc0000200, 0xc6336400, 0xcb007100 };

  host = MIN (host, PC_FRAME_MAX_HOSTS - 1);
  return nets[host / HOSTS_PER_NET] + host % HOSTS_PER_NET + 1;
}

/* -- checksums ------------------------------------------------------------ */

/* The sum may be taken over parts, each but the last of even length. */
static guint32
add_up (guint32       sum,
        const guint8 *data,
        gsize         len)
{
  for (gsize i = 0; i + 1 < len; i += 2)
    sum += (guint32) (data[i] << 8 | data[i + 1]);
  if (len % 2 != 0)
    sum += (guint32) data[len - 1] << 8;
  return (sum & 0xffff) + (sum >> 16);
}

static guint16
fold (guint32 sum)
{
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

static void
put_16 (GByteArray *frame,
        gsize       at,
        guint16     value)
{
  frame->data[at] = (guint8) (value >> 8);
  frame->data[at + 1] = (guint8) value;
}

/* Of TCP and UDP: over what follows @at, and a head of addresses, protocol
 * and length before it. */
static guint16
compute_checksum (const GByteArray  *frame,
                  gsize              at,
                  const PcFramePath *path,
                  guint              protocol)
{
  guint32 from = pc_frame_get_address (path->from);
  guint32 to = pc_frame_get_address (path->to);
  guint32 sum = (from >> 16) + (from & 0xffff) + (to >> 16) + (to & 0xffff) +
                protocol + (guint32) (frame->len - at);

  return fold (add_up (sum, frame->data + at, frame->len - at));
}

/* -- heads ---------------------------------------------------------------- */

/* 02: of no maker, but given by whoever is in charge. */
static void
append_mac (GByteArray *frame,
            guint       host)
{
  append_16 (frame, 0x0200);
  append_32 (frame, pc_frame_get_address (host));
}

static void
append_ip (GByteArray        *frame,
           const PcFramePath *path,
           guint              protocol,
           gsize              len)
{
  gsize head;

  append_mac (frame, path->to);
  append_mac (frame, path->from);
  append_16 (frame, 0x0800);
  head = frame->len;
  append_16 (frame, 0x4500);
  append_16 (frame, (guint) (IP_HEAD + len));
  append_16 (frame, path->id & 0xffff);
  append_16 (frame, 0x4000); /* do not fragment */
  append_16 (frame, TTL << 8 | protocol);
  append_16 (frame, 0);
  append_32 (frame, pc_frame_get_address (path->from));
  append_32 (frame, pc_frame_get_address (path->to));
  put_16 (frame, head + 10, fold (add_up (0, frame->data + head, IP_HEAD)));
}

void
pc_frame_append_udp (GByteArray        *frame,
                     const PcFramePath *path,
                     const guint8      *data,
                     gsize              len)
{
  gsize   head;
  guint16 checksum;

  g_return_if_fail (frame != NULL && path != NULL);
  g_return_if_fail (data != NULL || len == 0);

  len = MIN (len, PC_FRAME_MAX_UDP);
  append_ip (frame, path, PROTOCOL_UDP, UDP_HEAD + len);
  head = frame->len;
  append_16 (frame, path->from_port);
  append_16 (frame, path->to_port);
  append_16 (frame, (guint) (UDP_HEAD + len));
  append_16 (frame, 0);
  g_byte_array_append (frame, data, (guint) len);

  /* RFC 768: 0 would mean that there is none. */
  checksum = compute_checksum (frame, head, path, PROTOCOL_UDP);
  put_16 (frame, head + 6, checksum != 0 ? checksum : 0xffff);
}

void
pc_frame_append_tcp (GByteArray        *frame,
                     const PcFramePath *path,
                     PcTcpFlags         flags,
                     guint32            seq,
                     guint32            ack,
                     const guint8      *data,
                     gsize              len)
{
  /* The largest segment (RFC 9293 section 3.7.1); nothing; window scale. */
  static const guint8 options[] = { 2, 4, PC_FRAME_MSS >> 8,
                                    PC_FRAME_MSS & 0xff, 1, 3, 3, 7 };
  gsize n_options = (flags & PC_TCP_SYN) != 0 ? sizeof options : 0;
  gsize head;

  g_return_if_fail (frame != NULL && path != NULL);
  g_return_if_fail ((data != NULL || len == 0) && len <= PC_FRAME_MSS);

  append_ip (frame, path, PROTOCOL_TCP, TCP_HEAD + n_options + len);
  head = frame->len;
  append_16 (frame, path->from_port);
  append_16 (frame, path->to_port);
  append_32 (frame, seq);
  append_32 (frame, ack);
  append_16 (frame, (guint) ((TCP_HEAD + n_options) / 4) << 12 | flags);
  append_16 (frame, (flags & PC_TCP_RST) != 0 ? 0 : WINDOW);
  append_32 (frame, 0); /* checksum, urgent pointer */
  g_byte_array_append (frame, options, (guint) n_options);
  g_byte_array_append (frame, data, (guint) len);
  put_16 (frame, head + 16,
          compute_checksum (frame, head, path, PROTOCOL_TCP));
}
