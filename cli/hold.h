/* hold.h - no signal may suspend or end the command while it holds the
 * store's lock: the daemon would stand still. */
#ifndef CLI_HOLD_H
#define CLI_HOLD_H

#include <stdbool.h>

/* From now on signals from the terminal and "please end" wait. */
void hold_begin(void);

/* Between two transactions: suspend now if somebody asked for it.  False:
 * somebody asked to end. */
bool hold_breathe(void);

/* Signals that waited are taken now. */
void hold_end(void);

#endif
