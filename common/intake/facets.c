#include "intake/facets.h"

#include "base/own.h"
#include "base/str.h"
#include "intake/dates.h"

static const char *const names[FACETS] = {
    [FACET_STATUS] = "status",     [FACET_FINISHED] = "finished",
    [FACET_DUE] = "due",           [FACET_UNIT] = "unit",
    [FACET_ASSIGNEE] = "assignee",
};

const char *facet_name(enum facet facet)
{
    return names[facet];
}

enum facet facet_find(const char *name)
{
    int facet = 0;

    while (facet < FACETS && !str_equal(names[facet], name))
        facet++;
    return (enum facet)facet;
}

char *facet_value(const struct calendar *calendar, const struct item *item,
                  enum facet facet)
{
    switch (facet) {
    case FACET_STATUS:
        return str_copy(item->status->code);
    case FACET_FINISHED:
        return date_kept(calendar, item->finished_at);
    case FACET_DUE:
        return date_kept(calendar, item->due_at);
    case FACET_UNIT:
        return str_copy(str_or_empty(item->unit));
    case FACET_ASSIGNEE:
        return str_copy(str_or_empty(item->assignee));
    case FACETS:
        break;
    }
    return str_copy("");
}

static void set_text(char **kept, const char *text)
{
    owned(str_free) char *copy = str_copy(str_or_empty(text));
    str_replace(kept, &copy);
}

static int64_t instant_of(const struct calendar *calendar, const char *value)
{
    struct err err = {0};
    int64_t instant = INSTANT_NONE;
    bool time_given = false;

    if (*value)
        (void)zone_parse(calendar_zone(calendar), value, &instant, &time_given,
                         &err);
    return instant;
}

void facet_set(const struct calendar *calendar, struct item *item,
               enum facet facet, const char *value, bool by_day)
{
    const struct status *status = NULL;

    switch (facet) {
    case FACET_STATUS:
        status = status_find(item->kind, value);
        if (status)
            item->status = status;
        break;
    case FACET_FINISHED:
        item->finished_at = instant_of(calendar, value);
        break;
    case FACET_DUE:
        item->due_at = instant_of(calendar, value);
        item->due_by_date = by_day;
        break;
    case FACET_UNIT:
        set_text(&item->unit, value);
        break;
    case FACET_ASSIGNEE:
        set_text(&item->assignee, value);
        break;
    case FACETS:
        break;
    }
}

void facet_copy(struct item *item, enum facet facet, const struct item *from)
{
    switch (facet) {
    case FACET_STATUS:
        item->status = from->status;
        break;
    case FACET_FINISHED:
        item->finished_at = from->finished_at;
        break;
    case FACET_DUE:
        item->due_at = from->due_at;
        item->due_by_date = from->due_by_date;
        item->due_origin = from->due_origin;
        break;
    case FACET_UNIT:
        set_text(&item->unit, from->unit);
        break;
    case FACET_ASSIGNEE:
        set_text(&item->assignee, from->assignee);
        set_text(&item->assignee_text, from->assignee_text);
        break;
    case FACETS:
        break;
    }
}
