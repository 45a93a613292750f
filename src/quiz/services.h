/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "base/problem.h"

G_BEGIN_DECLS

/* The service table (data/services.json): which service listens where, and
 * what it is for.  One row per service, not per port.  Curated by hand and
 * held against the IANA registry by a test; question facts are checked
 * against it. */

typedef enum {
  PC_SERVICE_TRANSPORT_ANY, /* not asked, or does not matter */
  PC_SERVICE_TRANSPORT_TCP,
  PC_SERVICE_TRANSPORT_UDP,
} PcServiceTransport;

/* How protection starts on an endpoint. */
typedef enum {
  PC_SERVICE_MODE_CLEAR,
  PC_SERVICE_MODE_STARTTLS,     /* clear at first, upgraded on the same port */
  PC_SERVICE_MODE_IMPLICIT_TLS, /* TLS from the first byte */
  PC_SERVICE_MODE_QUIC,
  PC_SERVICE_MODE_OWN,          /* the protocol protects itself, as SSH does */
} PcServiceMode;

typedef enum {
  PC_SERVICE_STATUS_STANDARD,
  PC_SERVICE_STATUS_ALTERNATE,
  PC_SERVICE_STATUS_LEGACY,
  PC_SERVICE_STATUS_VENDOR,
} PcServiceStatus;

typedef struct
{
  guint16            port;
  PcServiceTransport transport; /* never ANY */
  PcServiceMode      mode;
  PcServiceStatus    status;
  const char        *use;       /* "default", "submission", "relay", ... */
  const char        *iana_name; /* as registered for this port, or NULL */
  const char        *task;      /* somebody who needs just this; or NULL */
  const char        *symptom;   /* what fails where it is shut; or NULL */
} PcServiceEndpoint;

/* A row.  Owned by the table; strings and arrays never NULL unless said. */
typedef struct
{
  const char              *id;              /* "imap" */
  const char              *name;            /* in full */
  const char              *family;          /* "mail", "file", ... */
  const char *const       *abbr;            /* NULL-terminated, as below */
  const char *const       *aka;             /* names used in exam lists */
  const char *const       *roles;           /* clauses: who does what */
  const char *const       *confusable_with; /* ids of rows */
  const char *const       *objectives;      /* "n10-009/1.4" */
  const char *const       *layer_notes;
  const char *const       *quirks;
  const char *const       *evidence;        /* what it looks like on the wire */
  const char *const       *srv;             /* "_imaps._tcp" */
  const char              *secure_twin;     /* id of a row, or NULL */
  const PcServiceEndpoint *endpoints;
  guint                    n_endpoints;
  const guint             *rfcs;
  guint                    n_rfcs;
} PcService;

typedef struct _PcServices PcServices;

/* Reads and checks a service table.  A row with an error is left out and
 * reported; NULL when the file as a whole cannot be used. */
PcServices      *pc_services_load (const char *path,
                                   PcProblems *problems);
PcServices      *pc_services_new_from_json (PcJson     *json,
                                            PcProblems *problems);
PcServices      *pc_services_ref (PcServices *self);
void             pc_services_unref (PcServices *self);

guint            pc_services_get_n (const PcServices *self);
const PcService *pc_services_get (const PcServices *self,
                                  guint             index);
/* By id; NULL when there is no such row. */
const PcService *pc_services_lookup (const PcServices *self,
                                     const char       *id);
/* Every row with an endpoint on @port, in table order; standard endpoints
 * only where @standard_only.  Returns: (transfer container): PcService*. */
GPtrArray       *pc_services_find_port (const PcServices  *self,
                                        guint              port,
                                        PcServiceTransport transport,
                                        gboolean           standard_only);
/* Whether any endpoint of @row is on @port. */
gboolean         pc_service_has_port (const PcService   *row,
                                      guint              port,
                                      PcServiceTransport transport);

/* "tcp", "udp" and "any"; not translated. */
const char      *pc_service_transport_to_string (PcServiceTransport transport);
/* "clear", "starttls", "implicit-tls", "quic", "own"; not translated. */
const char      *pc_service_mode_to_string (PcServiceMode mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcServices, pc_services_unref)

G_END_DECLS
