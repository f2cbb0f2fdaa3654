/* procedure.h - administrative procedures: what each promises, by which a
 * dossier's deadline is computed where its source gives none (DOMAIN 3). */
#ifndef MODEL_PROCEDURE_H
#define MODEL_PROCEDURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar/span.h"
#include "model/item.h"

enum { CUTOFF_NONE = -1 };

/* A span of which term_is_given() is false: there is none. */
struct procedure {
    char *code;
    char *name;
    char *field;             /* Lĩnh vực, or "" */
    char *unit;              /* code of the unit that settles it, or "" */
    struct span term;        /* always given */
    struct span online_term; /* of what was submitted online; or none */
    int32_t cutoff; /* of same-day terms: seconds after midnight (R3) */
    struct span supplement_limit; /* how long a citizen may supplement */
};

void procedure_done(struct procedure *procedure);

bool term_is_given(struct span term);

/* The term of a dossier that was submitted this way. */
struct span procedure_term(const struct procedure *procedure,
                           enum submission submission);

/* Read "15:00" or "15:00:00", or "" for none; -1 for what is neither. */
int cutoff_parse(const char *text, int32_t *cutoff_r);

/* "15:00:00", "" for none, into at least 9 bytes. */
void cutoff_format(int32_t cutoff, char text[9]);

struct procedures {
    struct procedure *items;
    char **folded; /* the names, as they are compared */
    size_t count;
};

/* Append, taking what the value points to. */
void procedures_add(struct procedures *list, struct procedure *procedure);

/* By code, else by name as lists write it (folded, R17); NULL when none, or
 * more than one, has it.  Borrowed. */
const struct procedure *procedures_find(const struct procedures *list,
                                        const char *text);

/* The procedure of a dossier: by the code that it has, else by name (R17).
 * NULL when there is none, and of anything else than dossiers; borrowed. */
const struct procedure *procedures_of(const struct procedures *list,
                                      const struct item *item);

/* How many bear the name; folded. */
size_t procedures_named(const struct procedures *list, const char *name);
void procedures_done(struct procedures *list);

#endif
