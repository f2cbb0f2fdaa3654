/* imports.h - which lists were taken in, and how old what we know is. */
#ifndef STORE_IMPORTS_H
#define STORE_IMPORTS_H

#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct import {
    int64_t id;
    char *kind;    /* "items", "units", "people", "procedures", ... */
    char *feed;    /* "" except for items */
    char *file;    /* base name */
    char *digest;  /* of its bytes, hex */
    int64_t as_of; /* what the list is true for (R16) */
    int64_t at;
    char *by;
    int64_t rows, fresh, changed, rejected;
};

void import_done(struct import *import);
int store_add_import(struct store *store, struct import *import,
                     struct err *err); /* sets id */
/* Its counts are final; until then it is nobody's last import. */
int store_finish_import(struct store *store, const struct import *import,
                        struct err *err);

/* The newest finished import of a feed, by as_of.  ERR_NOT_FOUND. */
int store_last_import(struct store *store, const char *feed,
                      struct import *import_r, struct err *err);

/* The newest of those whose list is true for an instant up to until. */
int store_last_import_until(struct store *store, const char *feed,
                            int64_t until, struct import *import_r,
                            struct err *err);

#endif
