/* What units, fields and people are called in a report. */
#include "base/str.h"
#include "reports/report.h"

static const struct unit *unit_named(const struct report *report, int name)
{
    const struct directory *directory = report->options.policy->directory;
    int unit = name < 0
                   ? NO_UNIT
                   : directory_unit(directory, names_text(report->names, name));

    return unit == NO_UNIT ? NULL : &directory->units[unit];
}

/* A code that no unit has any more, or what stands for none. */
static const char *other(const struct report *report, int name,
                         enum text_id none)
{
    if (name < 0 || !*names_text(report->names, name))
        return text_of(none, report->options.language);
    return names_text(report->names, name);
}

const char *report_unit_name(const struct report *report, int name)
{
    const struct unit *unit = unit_named(report, name);

    return unit ? unit->name : other(report, name, TEXT_REPORT_NO_UNIT);
}

const char *report_unit_short(const struct report *report, int name)
{
    const struct unit *unit = unit_named(report, name);

    return unit && !str_empty(unit->short_name)
               ? unit->short_name
               : report_unit_name(report, name);
}

const char *report_field_name(const struct report *report, int name)
{
    return other(report, name, TEXT_REPORT_NO_FIELD);
}

static const struct person *person_named(const struct report *report, int name)
{
    const struct directory *directory = report->options.policy->directory;
    int person =
        name < 0 ? NOBODY
                 : directory_person(directory, names_text(report->names, name));

    return person == NOBODY ? NULL : &directory->people[person];
}

const char *report_person(const struct report *report, int name)
{
    const struct person *person = person_named(report, name);

    return person ? person->name : other(report, name, TEXT_REPORT_NOBODY);
}

const char *report_person_unit(const struct report *report, int name)
{
    const struct person *person = person_named(report, name);

    if (!person || person->unit_index == NO_UNIT)
        return "";
    const struct unit *unit =
        &report->options.policy->directory->units[person->unit_index];
    return str_empty(unit->short_name) ? unit->name : unit->short_name;
}

const char *report_holder(const struct report *report,
                          const struct report_line *line)
{
    int name = line->standing.assignee;

    if ((name < 0 || !*names_text(report->names, name)) &&
        !str_empty(line->assignee_text))
        return line->assignee_text;
    return report_person(report, name);
}
