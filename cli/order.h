/* order.h - what is said of one item by command: given to the store, and
 * printed. */
#ifndef CLI_ORDER_H
#define CLI_ORDER_H

#include "cli/cli.h"
#include "intake/order.h"

/* Carry out an order, of which the options of the command line say the rest;
 * code may be NULL where the verb allows it. */
int order_obey(struct cli *cli, enum order_verb verb, const char *code);

#endif
