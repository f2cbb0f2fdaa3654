/* steps.h - the steps of a rule, and whether they make a ladder. */
#ifndef SETTINGS_STEPS_H
#define SETTINGS_STEPS_H

#include "settings/reader.h"

/* A step at the end of the steps of a struct rule. */
read_function read_step;
extern const struct keys step_keys;

bool target_equal(const struct target *a, const struct target *b);

/* Do the steps go up, each with a name and an instant of its own (R5)?
 * steps is the list's node; spans compare by the ordinary day, in seconds. */
void check_ladder(struct reader *reader, const struct node *steps,
                  const struct rule *rule, int32_t ordinary_day);

#endif
