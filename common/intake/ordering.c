#include "intake/ordering.h"

#include <stdarg.h>

#include "base/own.h"
#include "base/utf8.h"
#include "store/office.h"

enum { UNITS_NAMED = 12 };

int ordering_refuse(const struct ordering *ordering, struct err *err,
                    enum text_id id, ...)
{
    va_list pairs;

    va_start(pairs, id);
    owned(str_free) char *text =
        text_vfill(id, ordering->options->language, pairs);
    va_end(pairs);
    return err_set(err, ERR_INVALID, "%s", text);
}

static int refuse_nobody(const struct ordering *ordering, const char *text,
                         struct err *err)
{
    const struct directory *directory = ordering->directory;
    int near = directory_near_person(directory, text);

    if (near == NOBODY)
        return ordering_refuse(ordering, err, TEXT_ORDER_NOBODY, "name", text,
                               NULL);
    return ordering_refuse(ordering, err, TEXT_ORDER_NEARLY, "name", text,
                           "code", directory->people[near].code, "near",
                           directory->people[near].name, NULL);
}

int ordering_person(const struct ordering *ordering, const char *text,
                    int *person_r, struct err *err)
{
    owned(str_free) char *name = utf8_nfc(text);
    bool several = false;
    int person =
        name ? directory_find_person(ordering->directory, name, &several)
             : NOBODY;

    if (several)
        return ordering_refuse(ordering, err, TEXT_ORDER_SEVERAL, "name", text,
                               NULL);
    if (person == NOBODY)
        return refuse_nobody(ordering, str_or_empty(name), err);
    if (!ordering->directory->people[person].active)
        return ordering_refuse(ordering, err, TEXT_ORDER_LEFT, "name",
                               ordering->directory->people[person].name, NULL);
    *person_r = person;
    return 0;
}

/* Some of the units that there are; yours. */
static char *units_known(const struct directory *directory)
{
    struct buf text = {0};

    for (size_t i = 0; i < directory->unit_count && i < UNITS_NAMED; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", directory->units[i].code);
    if (directory->unit_count > UNITS_NAMED)
        buf_add(&text, ", ...");
    return buf_take(&text);
}

int ordering_unit(const struct ordering *ordering, const char *text,
                  int *unit_r, struct err *err)
{
    owned(str_free) char *name = utf8_nfc(text);
    int unit = name ? directory_find_unit(ordering->directory, name) : NO_UNIT;

    if (unit != NO_UNIT) {
        *unit_r = unit;
        return 0;
    }
    owned(str_free) char *known = units_known(ordering->directory);
    return ordering_refuse(ordering, err, TEXT_ORDER_NO_UNIT, "name",
                           str_or_empty(name), "known", known, NULL);
}

int ordering_instant(const struct ordering *ordering, const char *text,
                     enum day_means means, int64_t *instant_r, bool *by_day_r,
                     struct err *err)
{
    int64_t instant = INSTANT_NONE;
    bool by_day = false;
    enum text_id fault =
        date_read(options_calendar(ordering->options, ordering->unit), text,
                  means, INSTANT_NONE, &instant, &by_day);

    if (fault != TEXT_NONE || instant == INSTANT_NONE)
        return ordering_refuse(
            ordering, err, TEXT_ORDER_BAD_DATE, "value", text, "reason",
            text_of(fault == TEXT_NONE ? TEXT_ROW_BAD_DATE : fault,
                    ordering->options->language),
            NULL);
    *instant_r = instant;
    *by_day_r = by_day;
    return 0;
}

static int64_t midnight_of(const struct ordering *ordering, int64_t instant)
{
    const struct zone *zone = calendar_zone(ordering->options->calendar);
    struct civil civil = zone_civil(zone, instant);

    civil.seconds = 0;
    return zone_instant(zone, civil);
}

/* A day without a time holds from its first session; of today, that may be
 * later than now. */
static int read_when(struct ordering *ordering, struct err *err)
{
    const char *on = ordering->order->on;
    int64_t now = ordering->options->now;
    bool by_day = false;

    ordering->at = now;
    if (on && ordering_instant(ordering, on, DAY_MEANS_START, &ordering->at,
                               &by_day, err))
        return -1;
    ordering->day_at = midnight_of(ordering, ordering->at);
    if (by_day && ordering->at > now &&
        ordering->day_at == midnight_of(ordering, now))
        ordering->at = now;
    if (ordering->at > now)
        return ordering_refuse(ordering, err, TEXT_ORDER_FUTURE, "value", on,
                               NULL);
    return 0;
}

int ordering_read(struct ordering *ordering, struct err *err)
{
    const struct order *order = ordering->order;
    int person = NOBODY;

    if (store_load_directory(ordering->options->store, &ordering->directory,
                             err))
        return -1;
    if (str_empty(order->by))
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_BY, NULL);
    if (ordering_person(ordering, order->by, &person, err) ||
        read_when(ordering, err))
        return -1;
    ordering->person = ordering->directory->people[person].code;
    if (order_needs_why(order->verb) && str_empty(order->why))
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_WHY, NULL);
    return 0;
}
