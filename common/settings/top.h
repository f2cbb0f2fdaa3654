/* top.h - the table of the keys at the top of kiphan.yaml. */
#ifndef SETTINGS_TOP_H
#define SETTINGS_TOP_H

#include "settings/reader.h"

/* Read into a struct settings. */
extern const struct keys top_keys;

#endif
