/* ordering.h - an order while it is carried out: what its words mean, and how
 * what it changes is written down. */
#ifndef INTAKE_ORDERING_H
#define INTAKE_ORDERING_H

#include "intake/dates.h"
#include "intake/order.h"
#include "intake/ours.h"
#include "model/directory.h"

struct ordering {
    const struct intake_options *options;
    const struct order *order;
    struct directory *directory;
    int64_t at;         /* from when it holds */
    int64_t day_at;     /* midnight of its day */
    const char *person; /* code of whose decision it is; borrowed */
    const char *unit;   /* that holds the item, once known; borrowed */
};

/* Refuse the order with a text; pairs as text_fill() takes them.  Returns
 * -1. */
int ordering_refuse(const struct ordering *ordering, struct err *err,
                    enum text_id id, ...) __attribute__((sentinel));

/* Read what every order has: when, who. */
int ordering_read(struct ordering *ordering, struct err *err);

/* A person by code or name, an instant, a unit: refused, with what is near,
 * when there is none. */
int ordering_person(const struct ordering *ordering, const char *text,
                    int *person_r, struct err *err);
int ordering_unit(const struct ordering *ordering, const char *text,
                  int *unit_r, struct err *err);
int ordering_instant(const struct ordering *ordering, const char *text,
                     enum day_means means, int64_t *instant_r, bool *by_day_r,
                     struct err *err);

/* Put the item of end (known NULL: a new one), with its history and our word
 * against its source; what is opened by it of a series is in end too. */
int ordering_write(const struct ordering *ordering, const struct item *known,
                   struct order_end *end, struct err *err);

/* Add the task that the order describes. */
int ordering_add(const struct ordering *ordering, struct order_end *end,
                 struct err *err);

#endif
