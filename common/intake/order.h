/* order.h - what is said of one item by command: a task's life, and dossiers
 * that their source has wrong. */
#ifndef INTAKE_ORDER_H
#define INTAKE_ORDER_H

#include "base/str.h"
#include "intake/intake.h"
#include "model/item.h"

enum order_verb {
    ORDER_ADD,
    ORDER_DONE,
    ORDER_EXTEND,
    ORDER_ASSIGN,
    ORDER_PAUSE,
    ORDER_RESUME,
    ORDER_CANCEL,
    ORDER_FINISH, /* of dossiers */
    ORDER_REOPEN, /* of both kinds */
    ORDER_VERBS
};

/* All as written on the command line, borrowed; NULL: not given. */
struct order {
    enum order_verb verb;
    const char *code; /* of a new task it may be left out */
    const char *on;   /* when it holds from; not given: now */
    const char *by;   /* whose decision it is: a code or a name */
    const char *why;
    const char *document;
    const char *due;      /* add, extend */
    const char *assignee; /* add, assign */
    const char *title;    /* add, as are all below */
    const char *unit;
    const char *coordinating;
    const char *assigned_by; /* not given: by */
    const char *recurrence;
    const char *output;
};

struct order_end {
    struct item item;   /* as it is now */
    struct strs opened; /* codes of occurrences of a series opened by this */
};

/* Carry an order out, in the transaction that is open; of options it takes
 * store, calendar, by (the login), now and language.  ERR_INVALID: the order
 * is refused and the transaction is to be undone. */
int order_carry_out(const struct intake_options *options,
                    const struct order *order, struct order_end *end_r,
                    struct err *err);
void order_end_done(struct order_end *end);

/* "add", "done", ...; must the verb have a reason? */
const char *order_name(enum order_verb verb);
bool order_needs_why(enum order_verb verb);

#endif
