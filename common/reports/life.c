#include "reports/life.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* What history keeps only when it changes: until then the item's own value
 * is the one that was always known. */
enum attribute { RECEIVED = 1, SUBMISSION = 2, FIELD = 4 };

void life_init(struct life *life, const struct zone *zone, struct names *names,
               int64_t known_at)
{
    *life = (struct life){.zone = zone,
                          .names = names,
                          .known_at = known_at,
                          .first_learnt = INSTANT_NEVER};
}

void life_done(struct life *life)
{
    free(life->turns);
    free(life->due.items);
    free(life->deadline.items);
    free(life->unit.items);
    free(life->assignee.items);
    free(life->gone.items);
    *life = (struct life){0};
}

void life_begin(struct life *life, const struct past_item *item)
{
    life->kind = item->kind;
    life->received_at = item->received_at;
    life->original_due_at = item->original_due_at;
    life->due_later = false;
    life->submission = item->submission;
    life->field = names_add(life->names, item->field);
    life->turn_count = 0;
    life->due.count = life->deadline.count = 0;
    life->unit.count = life->assignee.count = life->gone.count = 0;
    life->came_at = life->receipt = INSTANT_NONE;
    life->accepted = life->was_handled = false;
    life->frozen = 0;
}

/* ---- instants ---- */

static int digits(const char *text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + text[i] - '0';
    }
    return number;
}

int64_t life_instant(const struct zone *zone, const char *text)
{
    enum { LENGTH = 19, HOUR = 3600, MINUTE = 60 };

    if (strlen(text) != LENGTH)
        return INSTANT_NONE;
    int year = digits(text, 4), month = digits(text + 5, 2);
    int day = digits(text + 8, 2), hour = digits(text + 11, 2);
    int minute = digits(text + 14, 2), second = digits(text + 17, 2);
    if (!date_exists(year, month, day) || hour < 0 || minute < 0 || second < 0)
        return INSTANT_NONE;
    struct civil civil = {
        .date = {(int16_t)year, (int8_t)month, (int8_t)day},
        .seconds = hour * HOUR + minute * MINUTE + second,
    };
    return zone_instant(zone, civil);
}

/* ---- stages ---- */

static enum stage stage_of(const struct life *life, const char *status)
{
    static const enum stage stages[] = {
        [CLOCK_NOT_STARTED] = STAGE_REGISTERED, [CLOCK_RUNS] = STAGE_RUNS,
        [CLOCK_PAUSED] = STAGE_PAUSED,          [CLOCK_STOPPED] = STAGE_SETTLED,
        [CLOCK_ENDED] = STAGE_RETURNED,
    };
    const struct status *known = status_find(life->kind, status);

    return known ? stages[known->clock] : STAGE_NONE;
}

static bool is_out(enum stage stage)
{
    return stage == STAGE_SETTLED || stage == STAGE_RETURNED;
}

static void add_turn(struct life *life, struct turn turn)
{
    if (life->turn_count == life->turn_room) {
        life->turn_room = life->turn_room ? 2 * life->turn_room : 16;
        life->turns =
            mem_grow(life->turns, life->turn_room, sizeof(*life->turns));
    }
    life->turns[life->turn_count++] = turn;
}

static const struct turn *last_turn(const struct life *life)
{
    return life->turn_count ? &life->turns[life->turn_count - 1] : NULL;
}

/* From at on it is another stage.  Whatever took it out of the stock first
 * decides until it is opened again: a dossier that was withdrawn and then
 * handed back is not settled. */
static void turn_to(struct life *life, struct turn turn)
{
    while (life->turn_count && last_turn(life)->at > turn.at)
        life->turn_count--;
    const struct turn *last = last_turn(life);
    if (last && (last->stage == turn.stage ||
                 (is_out(last->stage) && is_out(turn.stage))))
        return;
    add_turn(life, turn);
}

/* When it happened, as far as known. */
static int64_t instant_of(const struct past_row *row)
{
    return row->happened_at == INSTANT_NONE ? row->learnt_at : row->happened_at;
}

static void take_status(struct life *life, const struct past_row *row)
{
    enum stage stage = stage_of(life, row->after);

    if (stage == STAGE_NONE)
        return;
    turn_to(life, (struct turn){instant_of(row), row->learnt_at, stage});
    life->was_handled |= stage != STAGE_REGISTERED;
    life->accepted |=
        stage == STAGE_RUNS || stage == STAGE_PAUSED || stage == STAGE_SETTLED;
}

/* The date of a finish is learnt, or was another than told. */
static void take_finish(struct life *life, const struct past_row *row)
{
    int64_t finished = life_instant(life->zone, row->after);
    const struct turn *last = last_turn(life);

    if (finished == INSTANT_NONE || !last || last->stage != STAGE_SETTLED ||
        last->at == finished)
        return;
    struct turn moved = {finished, last->learnt_at, STAGE_SETTLED};
    life->turn_count--;
    turn_to(life, moved);
}

/* ---- what else is said ---- */

/* What an item first came with was so from its receipt on, whenever that
 * turns out to have been. */
static void say(struct life *life, struct sayings *sayings,
                const struct past_row *row, int64_t value)
{
    bool first = row->learnt_at == life->came_at;
    int64_t at = first ? INSTANT_NONE /* before everything */ : instant_of(row);

    if (sayings->count == sayings->room) {
        sayings->room = sayings->room ? 2 * sayings->room : 4;
        sayings->items =
            mem_grow(sayings->items, sayings->room, sizeof(*sayings->items));
    }
    sayings->items[sayings->count++] =
        (struct saying){at, row->learnt_at, value};
}

static void take_due(struct life *life, const struct past_row *row)
{
    say(life, &life->due, row, life_instant(life->zone, row->after));
}

static void take_deadline(struct life *life, const struct past_row *row)
{
    say(life, &life->deadline, row, life_instant(life->zone, row->after));
}

/* The number of a code, -1 for none. */
static int64_t code_value(struct life *life, const char *code)
{
    return *code ? names_add(life->names, code) : -1;
}

static void take_unit(struct life *life, const struct past_row *row)
{
    say(life, &life->unit, row, code_value(life, row->after));
}

static void take_assignee(struct life *life, const struct past_row *row)
{
    say(life, &life->assignee, row, code_value(life, row->after));
}

static void take_gone(struct life *life, const struct past_row *row)
{
    say(life, &life->gone, row, *row->after != '\0');
}

static const struct {
    const char *name;
    void (*take)(struct life *life, const struct past_row *row);
} followed[] = {
    {"status", take_status},     {"due", take_due},
    {"finished", take_finish},   {"unit", take_unit},
    {"assignee", take_assignee}, {"deadline", take_deadline},
    {"gone", take_gone},
};

/* A row from after known_at: what an attribute was before. */
static void look_back(struct life *life, const struct past_row *row)
{
    static const struct {
        const char *name;
        enum attribute attribute;
    } attributes[] = {
        {"received", RECEIVED},
        {"submission", SUBMISSION},
        {"field", FIELD},
    };

    for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
        enum attribute attribute = attributes[i].attribute;
        if (!str_equal(attributes[i].name, row->field) ||
            life->frozen & (unsigned)attribute)
            continue;
        life->frozen |= (unsigned)attribute;
        if (attribute == RECEIVED)
            life->received_at = life_instant(life->zone, row->before);
        else if (attribute == SUBMISSION)
            life->submission = submission_named(row->before);
        else
            life->field = names_add(life->names, row->before);
    }
}

void life_row(struct life *life, const struct past_row *row)
{
    if (life->came_at == INSTANT_NONE)
        life->came_at = row->learnt_at;
    if (row->learnt_at < life->first_learnt)
        life->first_learnt = row->learnt_at;
    if (row->learnt_at > life->known_at) {
        life->due_later |= str_equal(row->field, "due");
        look_back(life, row);
        return;
    }
    for (size_t i = 0; i < sizeof(followed) / sizeof(*followed); i++)
        if (str_equal(followed[i].name, row->field)) {
            followed[i].take(life, row);
            return;
        }
}

/* The receipt is the date that the source gives; without one, when a status
 * first said that it was received.  What was only registered, or refused or
 * withdrawn before any receipt, has none (R18). */
void life_end(struct life *life)
{
    if (life->received_at != INSTANT_NONE) {
        life->receipt = life->was_handled ? life->received_at : INSTANT_NONE;
        return;
    }
    for (size_t i = 0; life->accepted && i < life->turn_count; i++) {
        enum stage stage = life->turns[i].stage;
        if (stage == STAGE_REGISTERED || stage == STAGE_RETURNED)
            continue;
        life->receipt = life->turns[i].at;
        return;
    }
}

bool life_is_known(const struct life *life)
{
    return life->turn_count > 0;
}

enum stage life_stage(const struct life *life, int64_t at)
{
    const struct turn *turn = life_turn(life, at);

    if (life->receipt == INSTANT_NONE || life->receipt >= at)
        return STAGE_NONE;
    return !turn || turn->stage == STAGE_REGISTERED ? STAGE_RUNS : turn->stage;
}

const struct turn *life_turn(const struct life *life, int64_t at)
{
    for (size_t i = life->turn_count; i > 0; i--)
        if (life->turns[i - 1].at < at)
            return &life->turns[i - 1];
    return NULL;
}

/* ---- asking ---- */

/* The last that was told of those before an instant. */
static const struct saying *said_before(const struct sayings *of, int64_t at)
{
    for (size_t i = of->count; i > 0; i--)
        if (of->items[i - 1].at < at)
            return &of->items[i - 1];
    return NULL;
}

static const struct saying *told_by(const struct sayings *of, int64_t learnt)
{
    for (size_t i = of->count; i > 0; i--)
        if (of->items[i - 1].learnt_at <= learnt)
            return &of->items[i - 1];
    return NULL;
}

int life_name(const struct sayings *of, int64_t at)
{
    const struct saying *said = said_before(of, at);

    return said ? (int)said->value : -1;
}

bool life_is_gone(const struct life *life, int64_t at)
{
    const struct saying *said = said_before(&life->gone, at);

    return said && said->value;
}

/* With pauses given back where that makes another instant. */
static int64_t in_force(const struct saying *deadline, const struct saying *due)
{
    if (deadline && deadline->value != INSTANT_NONE)
        return deadline->value;
    return due ? due->value : INSTANT_NONE;
}

int64_t life_deadline(const struct life *life, int64_t at)
{
    return in_force(said_before(&life->deadline, at),
                    said_before(&life->due, at));
}

int64_t life_deadline_of(const struct life *life, const struct turn *finish)
{
    return in_force(told_by(&life->deadline, finish->learnt_at),
                    told_by(&life->due, finish->learnt_at));
}

int64_t life_original(const struct life *life)
{
    return life->due.count || !life->due_later ? life->original_due_at
                                               : INSTANT_NONE;
}
