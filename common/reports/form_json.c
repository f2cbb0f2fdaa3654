#include "base/own.h"
#include "reports/figures.h"
#include "reports/forms.h"
#include "reports/numbers.h"

static const struct zone *zone_of(const struct report *report)
{
    return calendar_zone(report->options.policy->calendar);
}

static void put_moment(const struct report *report, struct json *object,
                       const char *name, int64_t instant)
{
    owned(str_free) char *text = moment_iso(zone_of(report), instant);

    json_put_text(object, name, text);
}

static void put_day(struct json *object, const char *name, struct date date)
{
    char text[11] = "";

    date_format(date, text);
    json_put_text(object, name, text);
}

/* A number, or null for what is not known. */
static void put_known(struct json *object, const char *name, int64_t number,
                      bool is_known)
{
    struct json *value = is_known ? json_new_int(number) : json_new_text(NULL);

    json_put(object, name, &value);
}

static void put_permille(struct json *object, const char *name,
                         struct share share)
{
    put_known(object, name, share_permille(share), share.whole > 0);
}

/* The text of a name's number, null for none. */
static void put_name(const struct report *report, struct json *object,
                     const char *name, int number)
{
    json_put_text(object, name,
                  number < 0 ? NULL : names_text(report->names, number));
}

/* ---- figures ---- */

static struct json *counts_json(const struct counts *counts)
{
    struct json *object = json_new_object();
    int64_t points = share_points(counts_punctual_of_received(counts));

    for (enum figure figure = 0; figure < FIGURES; figure++)
        json_put_int(object, figure_name(figure), figure_of(counts, figure));
    json_put_int(object, "gone", counts->gone);
    json_put_bool(object, "adds_up", counts_add_up(counts));
    put_permille(object, "on_time_permille", counts_punctual(counts));
    put_permille(object, "online_permille", counts_online(counts));
    put_known(object, "index_tenths", points, points >= 0);
    return object;
}

static struct json *form_json(const struct report *report,
                              const struct counts *counts)
{
    struct json *object = json_new_object();
    struct form_counts form = form_counts_of(counts, report->options.form);

    for (enum form_figure figure = 0; figure < FORM_FIGURES; figure++)
        json_put_int(object, form_figure_name(figure),
                     form_figure_of(&form, figure));
    return object;
}

static struct json *duties_json(const struct duty_counts *counts)
{
    struct json *object = json_new_object();

    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        json_put_int(object, duty_figure_name(figure),
                     duty_figure_of(counts, figure));
    put_permille(object, "on_time_permille", duty_counts_punctual(counts));
    return object;
}

static struct json *units_json(const struct report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->units.count; i++) {
        const struct report_group *unit = &report->units.items[i];
        struct json *row = json_new_object();
        struct json *dossiers = counts_json(&unit->counts);
        struct json *form = form_json(report, &unit->counts);
        struct json *tasks = duties_json(&unit->duties);
        put_name(report, row, "unit", unit->name);
        json_put_text(row, "name", report_unit_name(report, unit->name));
        json_put(row, "dossiers", &dossiers);
        json_put(row, "form", &form);
        json_put(row, "tasks", &tasks);
        json_add(array, &row);
    }
    return array;
}

static struct json *fields_json(const struct report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->fields.count; i++) {
        const struct report_group *field = &report->fields.items[i];
        struct json *row = json_new_object();
        struct json *dossiers = counts_json(&field->counts);
        put_name(report, row, "field", field->name);
        json_put(row, "dossiers", &dossiers);
        json_add(array, &row);
    }
    return array;
}

static struct json *total_json(const struct counts *counts,
                               const struct duty_counts *duties)
{
    struct json *object = json_new_object();
    struct json *dossiers = counts_json(counts);
    struct json *tasks = duties_json(duties);

    json_put(object, "dossiers", &dossiers);
    json_put(object, "tasks", &tasks);
    return object;
}

static struct json *ranking_json(const struct report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->ranked; i++) {
        const struct report_group *unit =
            &report->units.items[report->ranking[i]];
        json_add_text(array, names_text(report->names, unit->name));
    }
    return array;
}

/* ---- lists ---- */

static struct json *line_json(const struct report *report,
                              const struct report_line *line)
{
    struct json *object = json_new_object();

    json_put_text(object, "code", line->code);
    json_put_text(object, "kind", item_kind_name(line->kind));
    json_put_text(object, "title", line->title);
    put_name(report, object, "unit", line->standing.unit);
    put_name(report, object, "assignee", line->standing.assignee);
    put_moment(report, object, "deadline", line->deadline);
    put_known(object, "working_seconds_left", line->left,
              line->standing.running && line->deadline != INSTANT_NONE);
    return object;
}

static void put_lines(const struct report *report, struct json *object,
                      const char *name, const struct report_lines *lines)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < lines->count; i++) {
        struct json *row = line_json(report, &lines->items[i]);
        json_add(array, &row);
    }
    json_put(object, name, &array);
}

static struct json *work_json(const struct report *report)
{
    struct json *object = json_new_object();
    struct json *people = json_new_array();

    put_moment(report, object, "until", report->week_end);
    json_put_int(object, "working_seconds", report->week_seconds);
    for (size_t i = 0; i < report->loads.count; i++) {
        const struct report_load *load = &report->loads.items[i];
        struct json *row = json_new_object();
        put_name(report, row, "assignee", load->assignee);
        json_put_int(row, "count", load->count);
        json_put_int(row, "overdue", load->overdue);
        json_add(people, &row);
    }
    json_put(object, "people", &people);
    put_lines(report, object, "items", &report->work);
    return object;
}

static struct json *target_json(const struct report *report)
{
    struct json *object = json_new_object();

    json_put_int(object, "target_permille", report->options.target);
    json_put_int(object, "due", (int64_t)report->due.count);
    put_known(object, "may_be_late", report->may_be_late,
              report->may_be_late >= 0);
    put_lines(report, object, "items", &report->due);
    return object;
}

static struct json *sources_json(const struct report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->options.source_count; i++) {
        const struct source *source = &report->options.sources[i];
        struct json *row = json_new_object();
        json_put_text(row, "feed", source->name);
        put_moment(report, row, "as_of", source->as_of);
        json_put_bool(row, "stale", source->stale);
        json_add(array, &row);
    }
    return array;
}

static struct json *notes_json(const struct report *report)
{
    struct json *array = json_new_array();
    struct strs notes = {0};

    report_notes(report, &notes);
    for (size_t i = 0; i < notes.count; i++)
        json_add_text(array, notes.items[i]);
    strs_done(&notes);
    return array;
}

/* ---- the whole ---- */

static struct json *period_json(const struct report *report)
{
    const struct period *period = &report->options.period;
    struct json *object = json_new_object();

    json_put_text(object, "kind", period_kind_name(period->kind));
    put_day(object, "from", period->from);
    put_day(object, "to", period->to);
    return object;
}

static void put_lists(const struct report *report, struct json *whole)
{
    struct json *work = work_json(report);
    struct json *target = target_json(report);

    put_lines(report, whole, "worst", &report->worst);
    json_put(whole, "target", &target);
    json_put(whole, "work", &work);
    json_put_int(whole, "due_next_period", report->due_next);
    put_lines(report, whole, "gone", &report->gone);
    put_lines(report, whole, "wrong", &report->wrong);
}

struct json *report_as_json(const struct report *report)
{
    struct json *whole = json_new_object();
    struct json *period = period_json(report);
    struct json *sources = sources_json(report);
    struct json *notes = notes_json(report);
    struct json *total = total_json(&report->total, &report->duties);
    struct json *form = form_json(report, &report->total);
    struct json *before =
        report->has_before
            ? total_json(&report->total_before, &report->duties_before)
            : json_new_text(NULL);
    struct json *units = units_json(report);
    struct json *fields = fields_json(report);
    struct json *ranking = ranking_json(report);

    json_put_text(whole, "organisation", report->options.organisation);
    json_put_text(whole, "unit", report->options.unit);
    json_put(whole, "period", &period);
    put_moment(report, whole, "as_at", report->outlook.now);
    put_moment(report, whole, "known_at", report->options.known_at);
    json_put_bool(whole, "as_known_now", report->options.as_known_now);
    json_put(whole, "sources", &sources);
    json_put(whole, "notes", &notes);
    json_put_bool(whole, "adds_up", report_adds_up(report));
    json_put(whole, "total", &total);
    json_put(whole, "form", &form);
    json_put(whole, "before", &before);
    json_put(whole, "units", &units);
    json_put(whole, "fields", &fields);
    json_put(whole, "ranking", &ranking);
    put_lists(report, whole);
    return whole;
}
