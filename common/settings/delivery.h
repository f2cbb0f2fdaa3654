/* delivery.h - the keys delivery and rehearsal of kiphan.yaml. */
#ifndef SETTINGS_DELIVERY_H
#define SETTINGS_DELIVERY_H

#include "settings/reader.h"

/* The words of the modes. */
const struct word *delivery_words(void);

extern const struct keys rehearsal_keys;

/* A rehearsal needs somebody who gets it. */
void check_delivery(struct reader *reader, const struct node *top);

#endif
