#include "store/absences.h"

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

enum { DATE_ROOM = 11 };

int store_put_absence(struct store *store, const struct absence *absence,
                      struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PUT_ABSENCE);
    char first[DATE_ROOM], last[DATE_ROOM];

    date_format(absence->first, first);
    date_format(absence->last, last);
    bind_text(&query, absence->person);
    bind_text(&query, first);
    bind_text(&query, last);
    bind_text(&query, absence->deputy);
    bind_text(&query, absence->why);
    bind_text(&query, absence->login);
    bind_int(&query, absence->recorded_at);
    return query_run(&query, err);
}

int store_drop_absence(struct store *store, const char *person,
                       struct date first, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_DROP_ABSENCE);
    char text[DATE_ROOM];

    date_format(first, text);
    bind_text(&query, person);
    bind_text(&query, text);
    return query_must(&query, err, "%s has no absence from %s", person, text);
}

static int read_absence(struct query *query, struct absence *absence_r,
                        struct err *err)
{
    owned(absence_done) struct absence absence = {.person = read_copy(query)};

    if (date_parse(read_text(query), &absence.first, err) ||
        date_parse(read_text(query), &absence.last, err))
        return err_wrap(err, "%s: absence of %s", query->store->path,
                        absence.person);
    absence.deputy = read_copy(query);
    absence.why = read_copy(query);
    absence.login = read_copy(query);
    absence.recorded_at = read_int(query);
    *absence_r = absence;
    absence = (struct absence){0};
    return 0;
}

int store_load_absences(struct store *store, struct absences *absences_r,
                        struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALL_ABSENCES);
    owned(absences_done) struct absences list = {0};
    int found;

    while ((found = query_row(&query, err)) > 0) {
        struct absence absence = {0};
        if (read_absence(&query, &absence, err))
            return -1;
        absences_add(&list, &absence);
    }
    if (found < 0)
        return -1;
    *absences_r = list;
    list = (struct absences){0};
    return 0;
}
