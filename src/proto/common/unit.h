/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One protocol unit as it was on the wire: a command, a reply, a piece of
 * data, a datagram; cut into fields that cover all of its octets. */

typedef enum {
  PC_SIDE_CLIENT,
  PC_SIDE_SERVER,
} PcSide;

#define PC_SIDE_OTHER(side) \
  ((side) == PC_SIDE_CLIENT ? PC_SIDE_SERVER : PC_SIDE_CLIENT)

typedef enum {
  PC_UNIT_GREETING,
  PC_UNIT_COMMAND,
  PC_UNIT_REPLY,
  PC_UNIT_DATA,     /* a message, a literal, a SASL response */
  PC_UNIT_DATAGRAM,
  PC_UNIT_HANDSHAKE, /* of TLS, or what belongs to it */
  PC_UNIT_ALERT,     /* of TLS */
} PcUnitKind;

typedef enum {
  PC_STATUS_OK,
  PC_STATUS_WARNING, /* legal, but not what the other end hoped for */
  PC_STATUS_ERROR,   /* refused, or against the protocol */
} PcStatus;

/* Reads the octets of a field for a person; @about is a number that the octets
 * alone do not tell, as it was given with the field.  Transfer full. */
typedef char *(*PcFieldReader) (const guint8 *octets,
                                gsize         len,
                                guint64       about);

typedef struct
{
  guint       start;   /* octet offsets in the unit; end is exclusive */
  guint       end;
  const char *label;   /* static, N_(): "Tag", "Reply code" */
  const char *meaning; /* static, N_(): what it is for; or NULL */
  char       *value;   /* readable, never the secret itself; NULL until
                        * pc_unit_get_field() has made it */
  gboolean    secret;  /* the octets carry a password */
  PcFieldReader read;  /* makes the value; NULL: the octets as text */
  guint64       about;
} PcField;

typedef struct _PcUnit PcUnit;

struct _PcUnit
{
  PcSide      from;
  PcUnitKind  kind;
  PcStatus    status;
  gboolean    is_packed;
  GBytes     *bytes;
  union
  {
    GArray                 *fields; /* PcField, adjacent, covering all of
                                     * @bytes; */
    struct _PcPackedFields *packed; /* while nobody looks at them, this */
  };
  const char *rule;         /* static: "imap.fetch"; the key of narration */
  char       *summary;      /* one safe line, secrets masked; NULL until
                             * pc_unit_get_summary() where summarise is set */
  const char *client_state; /* static, N_(): after this unit */
  const char *server_state;
  /* For a protocol of many short units, most of which nobody looks at: makes
   * the summary when somebody does.  Transfer full. */
  char *(*summarise) (const PcUnit *self);
};

/* Copies @data.  @rule and the states are kept by address. */
PcUnit        *pc_unit_new (PcSide        from,
                            PcUnitKind    kind,
                            const char   *rule,
                            gconstpointer data,
                            gsize         len);
/* The same octets, fields and words once more. */
PcUnit        *pc_unit_copy (const PcUnit *self);
void           pc_unit_free (PcUnit *self);
/* For a unit that is whole and that nobody may ever look at: its fields take
 * little memory, and its summary none where it is the default one.  Fields that
 * were given out are gone.  The next call that asks for a field unpacks. */
void           pc_unit_pack (PcUnit *self);

/* Labels the next @len octets, from where the last field ended: so fields can
 * neither overlap nor leave a gap.  Nothing happens when @len is 0; @len past
 * the end is our own fault (asserted).  The value is the octets as text.
 * Past PC_LIMIT_FIELDS the last field grows instead.
 * Returns: the field, until the next call; or NULL when @len is 0. */
PcField       *pc_unit_add_field (PcUnit     *self,
                                  gsize       len,
                                  const char *label,
                                  const char *meaning);
/* The same with a value in place of the octets; takes @value. */
PcField       *pc_unit_add_field_value (PcUnit     *self,
                                        gsize       len,
                                        const char *label,
                                        const char *meaning,
                                        char       *value);
/* The same with a value that @read makes when somebody looks. */
PcField       *pc_unit_add_field_read (PcUnit       *self,
                                       gsize         len,
                                       const char   *label,
                                       const char   *meaning,
                                       PcFieldReader read,
                                       guint64       about);
/* The same for a password: value and summary show dots only. */
PcField       *pc_unit_add_secret (PcUnit     *self,
                                   gsize       len,
                                   const char *label,
                                   const char *meaning);
/* Octets not labelled yet. */
gsize          pc_unit_get_rest (const PcUnit *self);
/* Labels a closing CR LF ("End of line"), and whatever else is left as
 * @label, so that every octet has one. */
void           pc_unit_finish (PcUnit     *self,
                               const char *label,
                               const char *meaning);
/* The default summary: the fields' octets as one line, secrets as dots, at
 * most 200 characters.  Sets @self->summary when it is NULL. */
void           pc_unit_summarise (PcUnit *self);
/* Never NULL. */
const char    *pc_unit_get_summary (const PcUnit *self);

guint          pc_unit_get_n_fields (const PcUnit *self);
const PcField *pc_unit_get_field (const PcUnit *self,
                                  guint         index);
/* The same where the value does not matter: it may be NULL. */
const PcField *pc_unit_peek_field (const PcUnit *self,
                                   guint         index);
gboolean       pc_unit_has_secret (const PcUnit *self);

#define PC_SECRET_DOT "\342\200\242" /* U+2022 */
#define PC_SECRET_DOTS                                                  \
  PC_SECRET_DOT PC_SECRET_DOT PC_SECRET_DOT PC_SECRET_DOT PC_SECRET_DOT \
  PC_SECRET_DOT

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcUnit, pc_unit_free)

G_END_DECLS
