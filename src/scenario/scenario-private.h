/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/scenario.h"
#include "scenario/world.h"

G_BEGIN_DECLS

/* A message of the world, before there is a store. */
typedef struct
{
  guint       box; /* index of its mailbox */
  GBytes     *content;
  PcFlags     flags;
  guint32     uid; /* 0: the next one */
  gint64      age; /* µs before the start */
} PcScenarioMessage;

typedef struct
{
  const char *user;
  const char *password;
  guint32     uid_validity; /* 0: what it has in the base */
  guint64     quota; /* octets; 0 for none */
} PcScenarioAccount;

typedef struct
{
  const char *user;
  const char *name;
  const char *special_use;
  gboolean    subscribed;
  guint32     uid_validity; /* 0: what it has in the base */
  guint32     uid_next;     /* 0: follows the last message's */
  guint32     next;         /* while it is read: the lowest UID to come */
} PcScenarioMailbox;

struct _PcWorld
{
  GStringChunk *strings; /* every const char * below */
  PcWorldBase   base; /* accounts of these users add to those in it */
  const char   *domain;
  PcRoutes     *routes;
  GArray       *files;     /* PcScenarioFile */
  GArray       *accounts;  /* PcScenarioAccount */
  GArray       *mailboxes; /* PcScenarioMailbox */
  GArray       *messages;  /* PcScenarioMessage */
};

struct _PcScenario
{
  gatomicrefcount   refs;
  GStringChunk     *strings; /* every const char * below */
  const char       *id;
  char             *file;
  const char       *title;
  const char       *summary;
  const char       *subtitle;
  const char       *presenter;
  const PcProtocol *protocol;
  guint             order;
  gboolean          expects_failure;
  PcWorld          *world;
  PcScenarioLink    link;
  PcScenarioRetry   retry;
  GPtrArray        *lists;    /* const char **: of actors */
  GPtrArray        *says;     /* GArray of PcScenarioSaying: of services */
  GArray           *actors;   /* PcScenarioActor */
  GArray           *services; /* PcScenarioService */
  GArray           *actions;  /* PcScenarioAction */
  PcFaults         *faults;
  GArray           *marks;    /* PcScenarioMark */
  /* variant.c: owns strings, world, faults, lists and says in place of this
   * one. */
  PcScenario       *original;
};

/* What the parts of the loader share. */
typedef struct
{
  PcScenario   *scenario; /* NULL for a world of its own */
  PcWorld      *world;
  GStringChunk *kept;     /* where texts are kept */
  PcJson       *json;
  PcProblems   *problems;
  JsonObject   *strings;  /* translated texts by path; or NULL */
  gsize         content;  /* octets of contents so far */
  /* While "says" is read: whose, and what there is so far. */
  const PcScenarioService *speaker;
  GArray       *says;
} PcScenarioLoader;

/* Whatever could be read of it, however much is wrong.  Transfer full. */
PcScenario  *pc_scenario_load_all (PcJson     *json,
                                   PcProblems *problems);

/* Kept with the scenario or the world; NULL stays NULL. */
const char  *pc_scenario_keep (PcScenarioLoader *self,
                               const char       *text);
/* The translation of the text at @path ("marks.login"), or @text; kept. */
const char  *pc_scenario_keep_text (PcScenarioLoader *self,
                                    const char       *path,
                                    const char       *text);
/* From then on texts are in the person's language, where @root has it. */
void         pc_scenario_find_strings (PcScenarioLoader   *self,
                                       const PcJsonReader *root);
/* A member that becomes a name on the wire: not empty, without control
 * characters.  NULL when it is absent or no such name; kept. */
const char  *pc_scenario_read_name (PcScenarioLoader   *self,
                                    const PcJsonReader *reader,
                                    const char         *member,
                                    gboolean            required);
PcJsonReader pc_scenario_reader (PcScenarioLoader *self,
                                 JsonObject       *object,
                                 const char       *pointer);

/* Calls @func for each object in member @name of @parent; other elements are
 * reported. */
typedef void (*PcScenarioEach) (PcScenarioLoader   *self,
                                const PcJsonReader *reader);
void         pc_scenario_each (PcScenarioLoader   *self,
                               const PcJsonReader *parent,
                               const char         *name,
                               gboolean            required,
                               PcScenarioEach      func);

/* Fills @self->world with what @reader's object says. */
void         pc_scenario_load_world (PcScenarioLoader   *self,
                                     const PcJsonReader *reader);
/* "mx" */
void         pc_scenario_load_routes (PcScenarioLoader   *self,
                                      const PcJsonReader *reader);
/* "domains" of a server; kept with the scenario. NULL when there are none. */
const char *const *pc_scenario_load_domains (PcScenarioLoader   *self,
                                             const PcJsonReader *reader);
/* "greylist", "max_recipients" and so on of a service. */
void         pc_scenario_load_policy (PcScenarioLoader   *self,
                                      const PcJsonReader *reader,
                                      PcScenarioService  *service);
/* "says" of a service, once all else of it is read. */
void         pc_scenario_load_says (PcScenarioLoader   *self,
                                    const PcJsonReader *reader,
                                    PcScenarioService  *service);
/* "retry" */
void         pc_scenario_load_retry (PcScenarioLoader   *self,
                                     const PcJsonReader *root);
void         pc_scenario_load_script (PcScenarioLoader   *self,
                                      const PcJsonReader *root);
/* "presenter"; once the marks are there. */
void         pc_scenario_load_presenter (PcScenarioLoader   *self,
                                         const PcJsonReader *root);
/* The octets that an object describes: "lines", "message", "from_file" or
 * "bytes".  NULL when it describes none. Transfer full. */
GBytes      *pc_scenario_load_content (PcScenarioLoader   *self,
                                       const PcJsonReader *reader);
/* The file that @member names, which lies beside or below the JSON file.
 * NULL, with a problem, when it does not, or cannot be read. */
GBytes      *pc_scenario_load_beside (PcScenarioLoader   *self,
                                      const PcJsonReader *reader,
                                      const char         *member,
                                      const char         *name);
/* FALSE, with a problem, when all contents are too much by @size more. */
gboolean     pc_scenario_count_content (PcScenarioLoader   *self,
                                        const PcJsonReader *reader,
                                        gsize               size);
/* Adds it to the mailbox that is being read; takes the content.  With a
 * problem instead when there are too many. */
void         pc_scenario_take_message (PcScenarioLoader   *self,
                                       const PcJsonReader *reader,
                                       PcScenarioMessage  *message);
/* What is wrong with a message, N_(); NULL for nothing. */
const char  *pc_scenario_check_message (GBytes  *content,
                                        gboolean from_file);
/* Adds the messages of members "mbox" and "maildir", if they are there. */
void         pc_scenario_load_mbox (PcScenarioLoader   *self,
                                    const PcJsonReader *reader);
void         pc_scenario_load_maildir (PcScenarioLoader   *self,
                                       const PcJsonReader *reader);

G_END_DECLS
