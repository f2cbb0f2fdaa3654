#include "importers/ical.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"
#include "importers/encoding.h"
#include "importers/ical_event.h"

enum {
    BYTES_MOST = 1024 * 1024,
    DEPTH_MOST = 8,       /* of components inside each other */
    LINE_MOST = 8 * 1024, /* libical's time grows with the square of it */
    EVENTS_MOST = 5000,
};

static const char beginning[] = "BEGIN:VCALENDAR";

struct reading {
    struct ical *ical;
    int year;
};

/* What the lines of a file have begun and not ended. */
struct lines {
    struct buf text; /* all of them, with a mark where each event begins */
    size_t length;   /* of the present one with those that go on with it */
    int depth;
    int events;
    int at;
};

void ical_done(struct ical *ical)
{
    for (size_t i = 0; i < ical->fault_count; i++)
        str_free(&ical->faults[i].value);
    free(ical->faults);
    sheet_done(&ical->sheet);
    *ical = (struct ical){0};
}

bool ical_is(const char *bytes, size_t length)
{
    size_t mark = encoding_mark(bytes, length);

    return length - mark >= strlen(beginning) &&
           strncasecmp(bytes + mark, beginning, strlen(beginning)) == 0;
}

static void lines_done(struct lines *lines)
{
    buf_done(&lines->text);
}

/* ---- what is found ---- */

static void add_row(struct sheet *sheet, int line, const char *const cells[3])
{
    sheet->rows = mem_grow(sheet->rows, sheet->count + 1, sizeof(*sheet->rows));
    struct row *row = &sheet->rows[sheet->count++];
    *row = (struct row){.line = line};
    for (int i = 0; i < 3; i++)
        strs_add(&row->cells, cells[i]);
}

static void add_fault(struct ical *ical, int line, enum text_id why,
                      const char *value)
{
    owned(str_free) char *composed = utf8_nfc(str_or_empty(value));
    owned(str_free) char *plain = utf8_one_line(composed ? composed : "");

    ical->faults =
        mem_grow(ical->faults, ical->fault_count + 1, sizeof(*ical->faults));
    ical->faults[ical->fault_count++] =
        (struct ical_fault){line, why, str_trim(plain)};
}

/* ---- the days of a year ---- */

static void add_days(struct reading *reading, const struct ical_event *event,
                     struct date first, enum day_mark mark)
{
    char text[11];

    for (int i = 0; i < event->days; i++) {
        struct date day = date_plus(first, i);
        if (day.year != reading->year)
            continue;
        date_format(day, text);
        add_row(&reading->ical->sheet, event->line,
                (const char *const[]){
                    text, mark == DAY_WORKDAY ? "workday" : "holiday",
                    event->name});
    }
}

/* One that begins at the end of the year before may reach into this one. */
static void add_occurrences(struct reading *reading,
                            const struct ical_event *event, enum day_mark mark)
{
    for (int year = reading->year - 1; year <= reading->year; year++) {
        struct date first = {0};
        if (ical_event_begins(event, year, &first))
            add_days(reading, event, first, mark);
    }
}

static void add_event(struct reading *reading, icalcomponent *component)
{
    owned(ical_event_done) struct ical_event event = {0};
    owned(str_free) char *value = NULL;
    enum day_mark mark = DAY_HOLIDAY;

    if (ical_event_is_cancelled(component))
        return;
    enum text_id fault = ical_event_read(component, &event, &value);
    if (fault == TEXT_NONE && ical_event_is_observance(&event)) {
        reading->ical->observances++;
        return;
    }
    if (fault == TEXT_NONE && ical_event_is_tentative(component))
        fault = TEXT_ICAL_TENTATIVE;
    if (fault == TEXT_NONE)
        fault = ical_event_mark(&event, &mark);
    if (fault == TEXT_NONE)
        add_occurrences(reading, &event, mark);
    else
        add_fault(reading->ical, event.line, fault, value ? value : event.name);
}

static void add_events(struct reading *reading, icalcomponent *calendar)
{
    for (icalcomponent *event =
             icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar,
                                                         ICAL_VEVENT_COMPONENT))
        add_event(reading, event);
}

/* ---- the file ---- */

static int refuse(enum text_id why, int line, enum text_language language,
                  struct err *err)
{
    owned(str_free) char *number = str_format("%d", line);

    return text_err(err, ERR_INVALID, TEXT_LIST_LINE, language, "line", number,
                    "what", text_of(why, language), NULL);
}

static enum text_id take_line(struct lines *lines, const char *text,
                              size_t length)
{
    bool goes_on = *text == ' ' || *text == '\t';

    buf_add_bytes(&lines->text, text, length);
    lines->length = goes_on ? lines->length + length : length;
    if (lines->length > LINE_MOST)
        return TEXT_ICAL_LONG_LINE;
    if (length > 4 && strncasecmp(text, "END:", 4) == 0 && --lines->depth < 0)
        return TEXT_ICAL_NOT_BEGUN;
    if (length < 7 || strncasecmp(text, "BEGIN:", 6) != 0)
        return TEXT_NONE;
    if (++lines->depth > DEPTH_MOST)
        return TEXT_ICAL_DEEP;
    if (length < 12 || strncasecmp(text, "BEGIN:VEVENT", 12) != 0)
        return TEXT_NONE;
    buf_addf(&lines->text, "%s:%d\r\n", ICAL_LINE_MARK, lines->at);
    return ++lines->events > EVENTS_MOST ? TEXT_ICAL_MANY : TEXT_NONE;
}

/* libical takes what is cut off for whole, and looks into any depth. */
static int mark_lines(const char *bytes, size_t length, struct lines *lines,
                      enum text_language language, struct err *err)
{
    for (size_t at = 0, next = 0; at < length; at = next) {
        next = at + line_length(bytes + at, length - at);
        lines->at++;
        enum text_id fault = take_line(lines, bytes + at, next - at);
        if (fault != TEXT_NONE)
            return refuse(fault, lines->at, language, err);
    }
    if (lines->depth)
        return refuse(TEXT_ICAL_CUT_OFF, lines->at, language, err);
    return 0;
}

/* A file may hold several calendars, which libical then puts into a root. */
static int parse(struct reading *reading, const char *text,
                 enum text_language language, struct err *err)
{
    icalerror_set_errors_are_fatal(false);
    icalcomponent *root = icalparser_parse_string(text);

    if (!root)
        return refuse(TEXT_ICAL_UNREADABLE, 1, language, err);
    if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
        add_events(reading, root);
    for (icalcomponent *each =
             icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
         each; each = icalcomponent_get_next_component(
                   root, ICAL_VCALENDAR_COMPONENT))
        add_events(reading, each);
    icalcomponent_free(root);
    return 0;
}

int ical_read(const char *bytes, size_t length, int year,
              enum text_language language, struct ical *ical_r, struct err *err)
{
    static const char *const columns[] = {"date", "kind", "name"};
    owned(ical_done) struct ical ical = {0};
    owned(lines_done) struct lines lines = {0};
    struct reading reading = {&ical, year};
    size_t mark = encoding_mark(bytes, length);

    if (year == 0)
        return text_err(err, ERR_INVALID, TEXT_ICAL_YEAR, language, NULL);
    if (length > BYTES_MOST)
        return text_err(err, ERR_INVALID, TEXT_ICAL_LARGE, language, NULL);
    if (encoding_check(bytes, length, language, err) ||
        mark_lines(bytes + mark, length - mark, &lines, language, err))
        return -1;
    add_row(&ical.sheet, 1, columns);
    if (parse(&reading, lines.text.text ? lines.text.text : "", language, err))
        return -1;
    *ical_r = ical;
    ical = (struct ical){0};
    return 0;
}
