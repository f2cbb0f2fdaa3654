/* links.h - what can only be checked when all files were read: that names
 * are given once and refer to something, and what goes together. */
#ifndef SETTINGS_LINKS_H
#define SETTINGS_LINKS_H

#include "settings/reader.h"

/* Complain about all of it.  Fills main_calendar when there is one calendar
 * only. */
void check_links(struct reader *reader, const struct node *top);

#endif
