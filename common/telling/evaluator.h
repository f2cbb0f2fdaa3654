/* evaluator.h - looks at the items that are due, and writes down what the
 * rules say of them. */
#ifndef TELLING_EVALUATOR_H
#define TELLING_EVALUATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "policy/office.h"
#include "rules/decide.h"
#include "store/store.h"

/* What looking needs; all borrowed. */
struct evaluator {
    const struct office *office;
    struct store *store;
    const struct moment *moment;
    struct json *news; /* an array for what is newly held; NULL: not wanted */
};

/* Evaluate at most so many items whose next_at has come: their alerts, and
 * when to look again.  Inside a transaction.  *any_r: there were some. */
int evaluator_run(const struct evaluator *evaluator, size_t most, bool *any_r,
                  struct err *err);

#endif
