/* tally.h - how many messages each person gets on each day. */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "calendar/date.h"
#include "cli/forecast.h"

/* One person by one channel; borrowed from the forecast. */
struct tally_row {
    const char *person;
    const char *channel;
    int64_t *counts; /* by day */
    int64_t total;
};

struct tally {
    struct date *days; /* working days, and those with a message */
    size_t day_count;
    struct tally_row *rows; /* by person, then channel */
    size_t row_count;
    int64_t people;
    int64_t total;
    int64_t most; /* to one person in a day, by all channels */
};

struct tally tally_of(const struct cli *cli, const struct outlook *outlook,
                      const struct forecast *forecast);
void tally_done(struct tally *tally);

/* Person by day, as many days beside each other as there is room for, and the
 * totals below. */
void tally_print(const struct cli *cli, const struct tally *tally);

/* An object for each row; yours. */
struct json *tally_json(const struct tally *tally);

#endif
