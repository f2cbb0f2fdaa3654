#include "calendar/derive_steps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "calendar/calendar_table.h"

static const char *const kind_names[DERIVE_KINDS] = {
    [DERIVE_ASKED] = "asked",
    [DERIVE_START] = "start",
    [DERIVE_NOT_COUNTED] = "not-counted",
    [DERIVE_CUTOFF] = "cut-off",
    [DERIVE_DAY] = "day",
    [DERIVE_CALENDAR_DAY] = "calendar-day",
    [DERIVE_PIECE] = "piece",
    [DERIVE_END] = "end",
    [DERIVE_HOLIDAY] = "holiday",
    [DERIVE_REST_DAY] = "rest-day",
    [DERIVE_SWAP_DAY] = "swap-day",
    [DERIVE_PAUSE] = "pause",
    [DERIVE_RESULT] = "result",
};

static const char *const why_names[WHYS] = {
    [WHY_NOTHING] = "",
    [WHY_IN_SESSION] = "in-session",
    [WHY_BEFORE_HOURS] = "before-hours",
    [WHY_BETWEEN] = "between-sessions",
    [WHY_AFTER_HOURS] = "after-hours",
    [WHY_DAY_OFF] = "day-off",
    [WHY_IN_TIME] = "in-time",
    [WHY_TOO_LATE] = "too-late",
};

void derive_add(struct derivation *out, struct derive_step step)
{
    if (out->count == out->room) {
        out->room = out->room ? 2 * out->room : 16;
        out->steps = mem_grow(out->steps, out->room, sizeof(*out->steps));
    }
    out->steps[out->count++] = step;
}

/* A step of a day that takes no time. */
void derive_note(struct walk *walk, enum derive_kind kind, int32_t row)
{
    struct date date = table_date(walk->calendar, row);

    derive_add(walk->out, (struct derive_step){
                              .kind = kind,
                              .from = walk->at,
                              .at = walk->at,
                              .date = date,
                              .label = calendar_label(walk->calendar, date)});
}

struct derive_step *derive_last(struct walk *walk)
{
    return &walk->out->steps[walk->out->count - 1];
}

void derive_note_off(struct walk *walk, int32_t row)
{
    struct date date = table_date(walk->calendar, row);

    derive_note(walk,
                calendar_is_holiday(walk->calendar, date) ? DERIVE_HOLIDAY
                                                          : DERIVE_REST_DAY,
                row);
}

void derive_note_swap(struct walk *walk, int32_t row)
{
    const struct mark *mark =
        table_mark(walk->calendar, walk->calendar->first_day + row);

    if (mark && mark->kind == DAY_WORKDAY)
        derive_note(walk, DERIVE_SWAP_DAY, row);
}

/* Come to another day, over those in between. */
void derive_cross(struct walk *walk, int32_t row)
{
    int step = row < walk->row ? -1 : 1;

    if (row == walk->row)
        return;
    for (int32_t between = walk->row + step; between != row; between += step)
        if (!table_is_working(walk->calendar, between))
            derive_note_off(walk, between);
    walk->row = row;
    derive_note_swap(walk, row);
}

/* A step that counts, to an instant of the day to which we have come. */
int derive_move(struct walk *walk, enum derive_kind kind, int64_t at,
                struct err *err)
{
    int64_t seconds = 0;

    if (calendar_count(walk->calendar, walk->at, at, &seconds, err) != 0)
        return -1;
    derive_note(walk, kind, walk->row);
    derive_last(walk)->at = at;
    derive_last(walk)->seconds = llabs(seconds);
    walk->at = at;
    return 0;
}

static void add_piece(struct walk *walk, int64_t from, int64_t at)
{
    walk->at = from;
    derive_note(walk, DERIVE_PIECE, walk->row);
    derive_last(walk)->at = at;
    derive_last(walk)->seconds = llabs(at - from);
    walk->at = at;
}

/* The day of a session that does not lie before (or, back, after) ours. */
static int32_t row_of(const struct walk *walk, int32_t session)
{
    const struct row *rows = walk->calendar->rows;
    int32_t row = walk->row;

    while (rows[row + 1].session <= session)
        row++;
    while (rows[row].session > session)
        row--;
    return row;
}

/* The sessions between here and a later instant. */
void derive_pieces_to(struct walk *walk, int64_t end)
{
    const struct calendar *calendar = walk->calendar;
    int32_t session = table_session(calendar, walk->row, walk->at);

    if (walk->at == end)
        return;
    for (; calendar->sessions[session].start < end; session++) {
        const struct stretch *stretch = &calendar->sessions[session];
        derive_cross(walk, row_of(walk, session));
        add_piece(walk, stretch->start > walk->at ? stretch->start : walk->at,
                  stretch->end < end ? stretch->end : end);
    }
}

/* And between here, a deadline's instant, and an earlier one. */
void derive_pieces_back_to(struct walk *walk, int64_t begin)
{
    const struct calendar *calendar = walk->calendar;
    int32_t session = table_session(calendar, walk->row, walk->at - 1);

    if (walk->at == begin)
        return;
    if (calendar->sessions[session].start >= walk->at)
        session--;
    for (; session >= 0 && calendar->sessions[session].end > begin; session--) {
        const struct stretch *stretch = &calendar->sessions[session];
        derive_cross(walk, row_of(walk, session));
        add_piece(walk, stretch->end < walk->at ? stretch->end : walk->at,
                  stretch->start > begin ? stretch->start : begin);
    }
}

void derivation_done(struct derivation *derivation)
{
    free(derivation->steps);
    *derivation = (struct derivation){0};
}

bool derive_counts(enum derive_kind kind)
{
    return kind == DERIVE_DAY || kind == DERIVE_PIECE || kind == DERIVE_END;
}

const char *derive_kind_name(enum derive_kind kind)
{
    return kind_names[kind];
}

const char *derive_why_name(enum derive_why why)
{
    return why_names[why];
}
