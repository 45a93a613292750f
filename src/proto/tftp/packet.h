/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The packets of TFTP (RFC 1350 section 5, RFC 2347): each datagram is one. */

#define PC_TFTP_HEADER 4       /* opcode and number of DATA, ACK, ERROR */
#define PC_TFTP_BLOCK_SIZE 512 /* unless negotiated (RFC 2348) */
#define PC_TFTP_MIN_BLOCK_SIZE 8
#define PC_TFTP_MAX_BLOCK_SIZE 65464
#define PC_TFTP_MAX_OPTIONS 32 /* no request of 512 octets has use for more */

typedef enum {
  PC_TFTP_RRQ = 1,
  PC_TFTP_WRQ = 2,
  PC_TFTP_DATA = 3,
  PC_TFTP_ACK = 4,
  PC_TFTP_ERROR = 5,
  PC_TFTP_OACK = 6,
} PcTftpOpcode;

#define PC_TFTP_N_OPCODES 6

typedef enum {
  PC_TFTP_MODE_OTHER, /* none that we know */
  PC_TFTP_MODE_NETASCII,
  PC_TFTP_MODE_OCTET,
  PC_TFTP_MODE_MAIL,
} PcTftpMode;

typedef enum {
  PC_TFTP_ERROR_UNDEFINED = 0,
  PC_TFTP_ERROR_NOT_FOUND = 1,
  PC_TFTP_ERROR_ACCESS = 2,
  PC_TFTP_ERROR_FULL = 3,
  PC_TFTP_ERROR_ILLEGAL = 4,
  PC_TFTP_ERROR_TID = 5,
  PC_TFTP_ERROR_EXISTS = 6,
  PC_TFTP_ERROR_USER = 7,
  PC_TFTP_ERROR_OPTION = 8, /* RFC 2347 */
} PcTftpErrorCode;

typedef enum {
  PC_TFTP_PARSED,      /* every member that belongs to the opcode is set */
  PC_TFTP_SHORT,       /* fewer than four octets: no packet at all */
  PC_TFTP_UNKNOWN,     /* only opcode is set, to what was read */
  PC_TFTP_MALFORMED,   /* opcode is set, and what came before the fault */
} PcTftpParsed;

/* Octets inside the datagram; valid as long as it is.  data is NULL when the
 * field is not there. */
typedef struct
{
  const guint8 *data;
  gsize         len; /* without the NUL */
  gboolean      terminated;
} PcTftpString;

typedef struct
{
  PcTftpString name;
  PcTftpString value;
} PcTftpOption;

typedef struct
{
  guint         opcode;  /* a PcTftpOpcode, unless UNKNOWN */
  guint16       number;  /* DATA, ACK: block; ERROR: code */
  PcTftpString  name;    /* RRQ, WRQ: file name */
  PcTftpString  mode;    /* RRQ, WRQ */
  PcTftpString  message; /* ERROR */
  const guint8 *data;    /* DATA */
  gsize         len;
  guint         n_options;
  PcTftpOption  options[PC_TFTP_MAX_OPTIONS]; /* RRQ, WRQ, OACK: whole pairs;
                                               * the first n_options are set */
} PcTftpPacket;

/* Reads one datagram.  A request is well formed when its name and its mode
 * end in NUL; what follows is read as options as far as it goes, since a
 * server without options must not mind them (RFC 2347).  An ERROR may lack its
 * message, as curl sends it. */
PcTftpParsed pc_tftp_packet_parse (PcTftpPacket *self,
                                   const guint8 *data,
                                   gsize         len);
PcTftpMode   pc_tftp_packet_get_mode (const PcTftpPacket *self);
/* What an ERROR says, safe to show: its message, else the words of RFC 1350
 * for its code.  Transfer full. */
char        *pc_tftp_packet_get_error_text (const PcTftpPacket *self);

/* Each appends one packet to @out. */
void         pc_tftp_pack_request (GByteArray  *out,
                                   PcTftpOpcode opcode,
                                   const char  *name,
                                   PcTftpMode   mode);
void         pc_tftp_pack_data (GByteArray   *out,
                                guint16       block,
                                const guint8 *data,
                                gsize         len);
/* The first PC_TFTP_HEADER octets of a DATA or ACK into @out. */
void         pc_tftp_pack_header (guint8      *out,
                                  PcTftpOpcode opcode,
                                  guint16      block);
void         pc_tftp_pack_ack (GByteArray *out,
                               guint16     block);
/* @message NULL: the words of the appendix of RFC 1350 for @code. */
void         pc_tftp_pack_error (GByteArray     *out,
                                 PcTftpErrorCode code,
                                 const char     *message);

/* "octet"; NULL for OTHER.  Static. */
const char  *pc_tftp_mode_get_name (PcTftpMode mode);
/* OTHER when @name is no mode. Any mix of upper and lower case. */
PcTftpMode   pc_tftp_mode_from_name (gconstpointer name,
                                     gsize         len);
/* TRUE for a file name that both ends can use: 1 to PC_LIMIT_TFTP_NAME octets
 * of UTF-8 without control characters.  Says nothing of paths. */
gboolean     pc_tftp_name_is_usable (gconstpointer name,
                                     gsize         len);

G_END_DECLS
