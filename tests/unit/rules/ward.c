#include "tests/unit/rules/ward.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "tests/unit/check.h"

static void add_unit(struct ward *ward, const char *code, const char *parent,
                     const char *overseen_by)
{
    struct unit unit = {
        .code = str_copy(code),
        .name = str_copy(code),
        .short_name = str_copy(code),
        .parent = str_copy(parent),
        .overseen_by = str_copy(overseen_by),
    };
    directory_add_unit(ward->directory, &unit);
}

struct ward *ward_new(void)
{
    struct err err = {0};
    struct ward *ward = mem_new(struct ward);
    struct week week = {0};

    check_ok(zone_open("Asia/Ho_Chi_Minh", &ward->zone, &err));
    for (int day = 0; day < 5; day++)
        check_ok(
            day_plan_parse("07:30-11:30 13:30-17:00", &week.days[day], &err));
    ward->calendar = calendar_new("ward", ward->zone, &week);
    calendar_enter_year(ward->calendar, 2026);
    calendar_seal(ward->calendar);
    ward->calendars[0] = ward->calendar;
    ward->directory = directory_new();
    add_unit(ward, "top", "", "");
    add_unit(ward, "dept", "top", "vc2");
    ward->window = (struct window){.name = str_copy("hours"),
                                   .calendar = str_copy("ward"),
                                   .open = OPEN_SESSION_START};
    ward->way = (struct way){.name = "mail", .address = ADDRESS_EMAIL};
    ward->policy = (struct policy){
        .rules = ward->rules,
        .windows = &ward->window,
        .window_count = 1,
        .quiet = {18 * 3600, 7 * 3600, true, true},
        .ways = &ward->way,
        .way_count = 1,
        .calendar = ward->calendar,
        .calendars = ward->calendars,
        .calendar_count = 1,
        .directory = ward->directory,
    };
    return ward;
}

void ward_free(struct ward **ward)
{
    for (size_t i = 0; i < (*ward)->policy.rule_count; i++)
        rule_done(&(*ward)->rules[i]);
    window_done(&(*ward)->window);
    directory_free(&(*ward)->directory);
    calendar_free(&(*ward)->calendar);
    zone_free(&(*ward)->zone);
    free(*ward);
    *ward = NULL;
}

void ward_add(struct ward *ward, const char *code, enum role role,
              const char *email, bool active)
{
    bool of_dept = role == ROLE_STAFF || role == ROLE_HEAD;
    struct person person = {
        .code = str_copy(code),
        .name = str_copy(code),
        .title = str_copy(""),
        .unit = str_copy(of_dept ? "dept" : "top"),
        .language = str_copy("vi"),
        .role = role,
        .active = active,
    };
    person.addresses[ADDRESS_EMAIL].value = str_copy(email);
    directory_add_person(ward->directory, &person);
}

void ward_seal(struct ward *ward)
{
    struct err err = {0};
    check_ok(directory_seal(ward->directory, &err));
}

struct rule *ward_rule(struct ward *ward, const char *name)
{
    struct rule *rule = &ward->rules[ward->policy.rule_count++];

    *rule = (struct rule){
        .name = str_copy(name),
        .match.kind = KIND_DOSSIER,
        .window = str_copy("hours"),
        .label.text = {str_copy(name), str_copy(name)},
    };
    strs_add(&rule->via, "mail");
    return rule;
}

static enum target_kind target_of(const char *name)
{
    static const struct {
        const char *name;
        enum target_kind kind;
    } names[] = {
        {"assignee", TELL_ASSIGNEE},     {"head", TELL_HEAD},
        {"vice-chair", TELL_VICE_CHAIR}, {"chair", TELL_CHAIR},
        {"admin", TELL_ADMIN},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (str_equal(names[i].name, name))
            return names[i].kind;
    return TELL_PERSON;
}

struct step *ward_step(struct rule *rule, const char *name,
                       enum step_anchor anchor, const char *span,
                       const char *tell)
{
    struct err err = {0};
    struct strs targets = {0};

    rule->steps =
        mem_grow(rule->steps, rule->step_count + 1, sizeof(*rule->steps));
    struct step *step = &rule->steps[rule->step_count++];
    *step = (struct step){.name = str_copy(name), .anchor = anchor};
    if (span)
        check_ok(span_parse(span, SPAN_STEP_BEFORE, &step->span, &err));
    strs_split(&targets, tell, ',');
    step->tell = mem_zero(targets.count, sizeof(*step->tell));
    step->tell_count = targets.count;
    for (size_t i = 0; i < targets.count; i++) {
        step->tell[i].kind = target_of(targets.items[i]);
        if (step->tell[i].kind == TELL_PERSON)
            step->tell[i].person = str_copy(targets.items[i]);
    }
    strs_done(&targets);
    return step;
}

int64_t at(const struct ward *ward, const char *local)
{
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    check_ok(zone_parse(ward->zone, local, &instant, &time_given, &err));
    return instant;
}

struct item ward_item(const struct ward *ward, const char *received,
                      const char *due, const char *assignee)
{
    return (struct item){
        .id = 1,
        .kind = KIND_DOSSIER,
        .code = str_copy("D-1"),
        .title = str_copy("Procedure"),
        .unit = str_copy("dept"),
        .assignee = str_copy(assignee),
        .status = status_find(KIND_DOSSIER, "4"),
        .received_at = at(ward, received),
        .due_at = at(ward, due),
        .computed_due_at = INSTANT_NONE,
        .original_due_at = at(ward, due),
        .finished_at = INSTANT_NONE,
    };
}
