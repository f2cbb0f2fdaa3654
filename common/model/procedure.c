#include "model/procedure.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "calendar/scan.h"

void procedure_done(struct procedure *procedure)
{
    str_free(&procedure->code);
    str_free(&procedure->name);
    str_free(&procedure->field);
    str_free(&procedure->unit);
}

bool term_is_given(struct span term)
{
    return term.unit == SPAN_SAME_DAY || term.thousandths > 0;
}

struct span procedure_term(const struct procedure *procedure,
                           enum submission submission)
{
    return submission == SUBMITTED_ONLINE &&
                   term_is_given(procedure->online_term)
               ? procedure->online_term
               : procedure->term;
}

int cutoff_parse(const char *text, int32_t *cutoff_r)
{
    const char *at = text;
    int hours = 0, minutes = 0, seconds = 0;

    if (!*text) {
        *cutoff_r = CUTOFF_NONE;
        return 0;
    }
    if (!scan_digits(&at, 2, &hours) || !scan_byte(&at, ':') ||
        !scan_digits(&at, 2, &minutes))
        return -1;
    if (scan_byte(&at, ':') && !scan_digits(&at, 2, &seconds))
        return -1;
    if (*at || hours > 23 || minutes > 59 || seconds > 59)
        return -1;
    *cutoff_r = 3600 * hours + 60 * minutes + seconds;
    return 0;
}

void cutoff_format(int32_t cutoff, char text[9])
{
    /* The remainder says to the compiler what nine bytes hold. */
    unsigned seconds = (unsigned)cutoff, hours = seconds / 3600 % 24;

    text[0] = '\0';
    if (cutoff != CUTOFF_NONE)
        (void)snprintf(text, 9, "%02u:%02u:%02u", hours, seconds / 60 % 60,
                       seconds % 60);
}

void procedures_add(struct procedures *list, struct procedure *procedure)
{
    size_t room = list->count + 1;

    list->items = mem_grow(list->items, room, sizeof(*list->items));
    list->folded = mem_grow(list->folded, room, sizeof(*list->folded));
    list->folded[list->count] = utf8_fold(procedure->name);
    list->items[list->count++] = *procedure;
    *procedure = (struct procedure){0};
}

const struct procedure *procedures_find(const struct procedures *list,
                                        const char *text)
{
    const struct procedure *found = NULL;

    if (!*text || list->count == 0)
        return NULL;
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i].code, text))
            return &list->items[i];
    owned(str_free) char *folded = utf8_fold(text);
    for (size_t i = 0; i < list->count; i++) {
        if (!str_equal(list->folded[i], folded))
            continue;
        if (found)
            return NULL;
        found = &list->items[i];
    }
    return found;
}

const struct procedure *procedures_of(const struct procedures *list,
                                      const struct item *item)
{
    if (item->kind != KIND_DOSSIER)
        return NULL;
    const struct procedure *by_code =
        procedures_find(list, str_or_empty(item->procedure));
    return by_code ? by_code : procedures_find(list, str_or_empty(item->title));
}

size_t procedures_named(const struct procedures *list, const char *name)
{
    owned(str_free) char *folded = utf8_fold(name);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += str_equal(list->folded[i], folded);
    return count;
}

void procedures_done(struct procedures *list)
{
    for (size_t i = 0; i < list->count; i++) {
        procedure_done(&list->items[i]);
        str_free(&list->folded[i]);
    }
    free(list->items);
    free(list->folded);
    *list = (struct procedures){0};
}
