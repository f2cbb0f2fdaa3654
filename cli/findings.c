#include "cli/findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"
#include "cli/history_key.h"
#include "cli/moment.h"
#include "cli/sending.h"
#include "rules/openings.h"
#include "rules/whom.h"
#include "store/items.h"
#include "store/office.h"
#include "wire/control.h"
#include "wire/socket.h"

enum {
    NEXT_YEAR_MONTH = 10, /* from 1 October on the next year is needed */
    PROBE_WAIT_MS = 30000,
};

/* What the searches below share. */
struct look {
    struct cli *cli;
    struct findings *list;
};

void found_give(struct findings *list, const char *area,
                enum finding_state state, char **text)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] =
        (struct finding){.area = area, .state = state, .text = give(*text)};
}

void found_done(struct findings *list)
{
    for (size_t i = 0; i < list->count; i++)
        str_free(&list->items[i].text);
    free(list->items);
    *list = (struct findings){0};
}

bool found_good(const struct findings *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == FINDING_WRONG)
            return false;
    return true;
}

const char *finding_state_name(enum finding_state state)
{
    static const char *const names[] = {
        [FINDING_OK] = "ok",
        [FINDING_UNKNOWN] = "unknown",
        [FINDING_SEE_TO] = "see-to",
        [FINDING_WRONG] = "wrong",
    };

    return names[state];
}

/* ---- settings ---- */

static void check_procedures(const struct look *look, struct problems *problems)
{
    owned(procedures_done) struct procedures procedures = {0};
    struct err err = {0};

    if (store_load_procedures(look->cli->store, &procedures, &err) == 0)
        settings_check_procedures(look->cli->settings, &procedures, problems);
    else
        problems_add(problems, (struct place){0}, "", "%s", err.text);
}

static void look_at_settings(const struct look *look)
{
    const struct settings *settings = look->cli->settings;
    struct problems problems = {0};

    settings_check_names(settings, office_directory(look->cli->office),
                         &problems);
    check_procedures(look, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        char *text = problem_format(&problems.items[i]);
        found_give(look->list, "settings", FINDING_WRONG, &text);
    }
    if (problems.count == 0) {
        owned(str_free) char *rules = str_format("%zu", settings->rule_count);
        owned(str_free) char *channels =
            str_format("%zu", settings->channel_count);
        owned(str_free) char *calendars =
            str_format("%zu", settings->calendar_count);
        char *text =
            text_fill(TEXT_CLI_CHECK_SETTINGS, look->cli->language, "file",
                      look->cli->settings_path, "rules", rules, "channels",
                      channels, "calendars", calendars, NULL);
        found_give(look->list, "settings", FINDING_OK, &text);
    }
    problems_done(&problems);
}

/* ---- delivery ---- */

/* By which channels the one person of a rehearsal cannot be reached. */
static void look_at_rehearsal(const struct look *look)
{
    const struct settings *settings = look->cli->settings;
    const struct directory *directory = office_directory(look->cli->office);
    int person =
        directory_person(directory, delivery_addressee(&settings->delivery));

    for (size_t i = 0; i < settings->channel_count && person != NOBODY; i++) {
        const struct channel_setting *channel = &settings->channels[i];
        if (person_address(&directory->people[person], channel->address))
            continue;
        char *text = text_fill(TEXT_CLI_NO_ADDRESS, look->cli->language, "name",
                               directory->people[person].name, "address",
                               address_kind_name(channel->address), NULL);
        found_give(look->list, "delivery", FINDING_SEE_TO, &text);
    }
}

static void look_at_delivery(const struct look *look)
{
    struct sending sending = {0};
    struct err err = {0};

    if (sending_take(look->cli, &sending, &err)) {
        char *failed = str_copy(err.text);
        found_give(look->list, "delivery", FINDING_UNKNOWN, &failed);
        return;
    }
    char *text = sending_text(look->cli, &sending);
    bool plain =
        sending.delivery->mode == DELIVERY_LIVE && !sending_stopped(&sending);
    found_give(look->list, "delivery", plain ? FINDING_OK : FINDING_SEE_TO,
               &text);
    sending_done(&sending);
    look_at_rehearsal(look);
}

/* ---- calendars ---- */

static void look_at_calendar(const struct look *look,
                             const struct calendar *calendar)
{
    struct date today =
        zone_civil(office_zone(look->cli->office), look->cli->now).date;
    bool has_this = calendar_has_year(calendar, today.year);
    bool has_next = calendar_has_year(calendar, today.year + 1);
    owned(str_free) char *this_year = str_format("%d", today.year);
    owned(str_free) char *next_year = str_format("%d", today.year + 1);
    enum text_id said =
        has_next ? TEXT_CLI_CHECK_BOTH_YEARS : TEXT_CLI_CHECK_THIS_YEAR;
    enum finding_state state = FINDING_OK;

    if (!has_next && today.month >= NEXT_YEAR_MONTH)
        state = FINDING_SEE_TO;
    if (!has_this) {
        said = TEXT_CLI_CHECK_NO_YEAR;
        state = FINDING_WRONG;
    }
    char *text = text_fill(said, look->cli->language, "calendar",
                           calendar_name(calendar), "year", this_year, "next",
                           next_year, NULL);
    found_give(look->list, "calendar", state, &text);
}

static void look_at_calendars(const struct look *look)
{
    const struct policy *policy = office_policy(look->cli->office);

    /* One that builds on another has its years from there. */
    for (size_t i = 0; i < policy->calendar_count; i++)
        if (calendar_has_own_list(policy->calendars[i]))
            look_at_calendar(look, policy->calendars[i]);
}

/* ---- people ---- */

/* Can any channel of any rule reach the person? */
static bool is_reachable(const struct policy *policy, int person)
{
    for (size_t i = 0; i < policy->rule_count; i++)
        if (whom_reachable(policy, &policy->rules[i], person))
            return true;
    return false;
}

static void look_at_address(const struct look *look, int index)
{
    const struct person *person =
        &office_directory(look->cli->office)->people[index];

    if (!person->active ||
        is_reachable(office_policy(look->cli->office), index))
        return;
    char *text = text_fill(TEXT_CLI_CHECK_NO_ADDRESS, look->cli->language,
                           "name", person->name, "code", person->code, NULL);
    found_give(look->list, "people", FINDING_SEE_TO, &text);
}

/* Is a later person of the same name?  Each pair is told once. */
static void look_at_name(const struct look *look, int index)
{
    const struct directory *directory = office_directory(look->cli->office);
    owned(str_free) char *name = utf8_fold(directory->people[index].name);

    for (size_t i = (size_t)index + 1; i < directory->person_count; i++) {
        owned(str_free) char *other = utf8_fold(directory->people[i].name);
        if (!str_equal(name, other))
            continue;
        char *text = text_fill(TEXT_CLI_CHECK_SAME_NAME, look->cli->language,
                               "name", directory->people[index].name, "one",
                               directory->people[index].code, "other",
                               directory->people[i].code, NULL);
        found_give(look->list, "people", FINDING_SEE_TO, &text);
    }
}

static int look_at_leaver(const struct look *look, int index, struct err *err)
{
    const struct person *person =
        &office_directory(look->cli->office)->people[index];
    const struct item_filter filter = {
        .kind = -1, .assignee = person->code, .open_only = true};
    int64_t count = 0;

    if (person->active)
        return 0;
    if (store_count_items(look->cli->store, &filter, &count, err))
        return -1;
    if (count == 0)
        return 0;
    owned(str_free) char *number = str_format("%lld", (long long)count);
    char *text =
        text_fill(TEXT_TROUBLE_LEFT, look->cli->language, "name", person->name,
                  "code", person->code, "count", number, NULL);
    found_give(look->list, "people", FINDING_SEE_TO, &text);
    return 0;
}

static int look_at_people(const struct look *look, struct err *err)
{
    const struct directory *directory = office_directory(look->cli->office);
    size_t before = look->list->count;

    for (int i = 0; i < (int)directory->person_count; i++) {
        look_at_address(look, i);
        look_at_name(look, i);
        if (look_at_leaver(look, i, err))
            return -1;
    }
    if (directory->person_count == 0 || look->list->count == before) {
        owned(str_free) char *number =
            str_format("%zu", directory->person_count);
        char *text = text_fill(TEXT_CLI_CHECK_PEOPLE, look->cli->language,
                               "count", number, NULL);
        found_give(look->list, "people",
                   directory->person_count ? FINDING_OK : FINDING_WRONG, &text);
    }
    return 0;
}

/* ---- rules ---- */

/* A repeat without end tells until somebody finishes the item (R5). */
static void look_at_repeats(const struct look *look, const struct rule *rule)
{
    for (size_t i = 0; i < rule->step_count; i++) {
        const struct step *step = &rule->steps[i];
        char every[32];
        if (!step->repeats || step->repeat_times >= 0)
            continue;
        span_format(step->repeat_every, every);
        char *text =
            text_fill(TEXT_CLI_CHECK_REPEAT, look->cli->language, "rule",
                      rule->name, "step", step->name, "every", every, NULL);
        found_give(look->list, "rules", FINDING_OK, &text);
    }
}

/* Does the window open within two working days for who follows a calendar? */
static bool opens_soon(const struct look *look, const struct rule *rule,
                       const struct calendar *calendar)
{
    const struct span two_days = {SPAN_DAYS, 2000};
    struct hours hours =
        hours_of(office_policy(look->cli->office), rule, NOBODY);
    struct opening opening = {0};
    int64_t until = 0;
    struct err err = {0};

    if (str_empty(hours.window->calendar))
        hours.calendar = calendar;
    return opening_next(&hours, look->cli->now, &opening, &err) == 0 &&
           (calendar_after(calendar, look->cli->now, two_days, &until, &err) ||
            opening.at <= until);
}

/* Something must be able to leave within two working days (R11). */
static void look_at_window(const struct look *look, const struct rule *rule)
{
    const struct policy *policy = office_policy(look->cli->office);
    size_t count = 0, soon = 0;
    const struct calendar *const *followed = policy_followed(policy, &count);

    while (soon < count && opens_soon(look, rule, followed[soon]))
        soon++;
    if (soon == count)
        return;
    char *text = text_fill(TEXT_CLI_CHECK_NO_OPENING, look->cli->language,
                           "rule", rule->name, "window", rule->window, NULL);
    found_give(look->list, "rules", FINDING_WRONG, &text);
}

static void look_at_rules(const struct look *look)
{
    const struct settings *settings = look->cli->settings;

    for (size_t i = 0; i < settings->rule_count; i++) {
        look_at_repeats(look, &settings->rules[i]);
        look_at_window(look, &settings->rules[i]);
    }
}

/* ---- channels ---- */

static void look_at_channel(const struct look *look, const char *channel)
{
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};
    enum finding_state state = FINDING_WRONG;
    char *text = NULL;

    if (control_ask(look->cli->settings->wire.control, CONTROL_PROBE, channel,
                    PROBE_WAIT_MS, &reply, &err)) {
        text = str_copy(err.text);
    } else {
        text = str_copy(json_text(reply, "detail"));
        if (json_bool(reply, "works"))
            state = FINDING_OK;
    }
    found_give(look->list, channel, state, &text);
}

/* Secrets are with the workers alone, so the daemon asks one of each. */
static void look_at_channels(const struct look *look)
{
    const struct settings *settings = look->cli->settings;
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};

    wire_init();
    bool answers = control_ask(settings->wire.control, CONTROL_STATUS, NULL,
                               2000, &reply, &err) == 0;
    for (size_t i = 0; i < settings->channel_count; i++) {
        if (answers) {
            look_at_channel(look, settings->channels[i].name);
            continue;
        }
        char *text =
            text_fill(TEXT_CLI_CHECK_NOT_TRIED, look->cli->language, "why",
                      err.code == ERR_NOT_FOUND
                          ? cli_text(look->cli, TEXT_CLI_DAEMON_DOWN)
                          : err.text,
                      NULL);
        found_give(look->list, settings->channels[i].name, FINDING_UNKNOWN,
                   &text);
    }
}

void found_of_history(const struct cli *cli, struct findings *list)
{
    struct seal_key key = {0};
    struct err err = {0};
    owned(str_free) char *file = history_key_file(cli->settings);
    enum finding_state state = FINDING_OK;
    enum text_id said = TEXT_CLI_CHECK_SEALED;

    if (!file) {
        state = FINDING_SEE_TO;
        said = TEXT_CLI_CHECK_NO_KEY;
    } else if (history_key_take(cli->settings, &key, &err)) {
        state = err.code == ERR_NOT_FOUND ? FINDING_SEE_TO
                : err.code == ERR_SYSTEM  ? FINDING_UNKNOWN
                                          : FINDING_WRONG;
        said = TEXT_CLI_CHECK_KEY_MISSING;
    }
    seal_key_wipe(&key);
    char *text =
        err.code == ERR_NONE || err.code == ERR_NOT_FOUND
            ? text_fill(said, cli->language, "file", str_or_empty(file), NULL)
            : str_copy(err.text);
    found_give(list, "history", state, &text);
}

int found_in_office(struct cli *cli, struct findings *list)
{
    const struct look look = {cli, list};
    struct err err = {0};

    look_at_settings(&look);
    look_at_delivery(&look);
    look_at_calendars(&look);
    if (look_at_people(&look, &err))
        return cli_fail(&err);
    look_at_rules(&look);
    look_at_channels(&look);
    return CLI_DONE;
}
