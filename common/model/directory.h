/* directory.h - the units and people of an office, held in memory.
 *
 * Built once from the store (or from lists, in preview and tests), sealed,
 * then only asked.  Units and people are referred to by index, which is good
 * for the life of the directory; NOBODY and NO_UNIT stand for none.
 */
#ifndef MODEL_DIRECTORY_H
#define MODEL_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum { NOBODY = -1, NO_UNIT = -1 };

enum role { ROLE_STAFF, ROLE_HEAD, ROLE_VICE_CHAIR, ROLE_CHAIR, ROLE_ADMIN };

/* What an address is good for; a channel takes one of these kinds. */
enum address_kind {
    ADDRESS_CODE, /* the person's own code: everyone has it */
    ADDRESS_EMAIL,
    ADDRESS_PHONE,
    ADDRESS_ZALO_CHAT,
    ADDRESS_ZALO_USER,
    ADDRESS_TELEGRAM_CHAT,
    ADDRESS_CHAT, /* a room, user or topic of the office's own chat */
    ADDRESS_KINDS
};

struct address {
    char *value;  /* NULL or "": none */
    bool refused; /* the far side said that it does not work */
};

struct unit {
    char *code;
    char *name;
    char *short_name;
    char *parent; /* code, "" at the top */
    char *kind;
    char *overseen_by; /* code of a vice chair, or "" */
    int parent_index;  /* set by directory_seal() */
};

struct person {
    char *code;
    char *name;
    char *title;
    char *unit;     /* code */
    char *language; /* "vi" or "en" */
    enum role role;
    bool active;
    struct address addresses[ADDRESS_KINDS]; /* ADDRESS_CODE stays empty */
    int unit_index;                          /* set by directory_seal() */
};

struct directory {
    struct unit *units;
    size_t unit_count;
    struct person *people;
    size_t person_count;
    struct index *index; /* opaque: set by directory_seal() */
};

struct directory *directory_new(void);
void directory_free(struct directory **directory);

/* Append, taking what the value points to. */
void directory_add_unit(struct directory *directory, struct unit *unit);
void directory_add_person(struct directory *directory, struct person *person);
void unit_done(struct unit *unit);
void person_done(struct person *person);

/* Index by code and tie people to units.  A unit that is its own ancestor or
 * a parent that does not exist is ERR_INVALID. */
int directory_seal(struct directory *directory, struct err *err);

/* By exact code. */
int directory_unit(const struct directory *directory, const char *code);
int directory_person(const struct directory *directory, const char *code);

/* By code or name as lists write them (folded, R17); a name that fits two is
 * nobody's: NOBODY, with *several_r set (R14). */
int directory_find_person(const struct directory *directory, const char *text,
                          bool *several_r);
int directory_find_unit(const struct directory *directory, const char *text);

/* Whose name is nearest to text, for "near: ..." in reports; NOBODY when
 * none is close. */
int directory_near_person(const struct directory *directory, const char *text);

/* Is unit the same as above, or below it in the tree? */
bool directory_is_within(const struct directory *directory, int unit,
                         int above);

/* The value to reach a person at, or NULL: no such address, or refused.
 * Borrowed; of ADDRESS_CODE the code. */
const char *person_address(const struct person *person, enum address_kind kind);

/* "head", "vice-chair", ... and back; -1 for what is none. */
const char *role_name(enum role role);
int role_parse(const char *text, enum role *role_r);
/* "email", "phone", "zalo_chat", ... as in the columns of people.csv. */
const char *address_kind_name(enum address_kind kind);
int address_kind_parse(const char *text, enum address_kind *kind_r);

#endif
