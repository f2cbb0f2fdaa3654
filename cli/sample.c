#include "cli/sample.h"

#include "base/own.h"
#include "base/str.h"
#include "rules/bundle.h"

enum { SAMPLES = 3, DAY_THOUSANDTHS = 1000, SAMPLE_NUMBER = 17 };

/* What the samples are, worst first. */
static const struct {
    const char *code;
    enum text_id title;
    enum level level;
    int64_t days; /* working days from the end of today; negative: before */
} rows[SAMPLES] = {
    {"H24.17.30-260609-0003", TEXT_SAMPLE_LAND, LEVEL_OVERDUE, -2},
    {"H24.17.30-260622-0011", TEXT_SAMPLE_BIRTH, LEVEL_DUE_TODAY, 0},
    {"H24.17.30-260624-0007", TEXT_SAMPLE_TRADE, LEVEL_AT_RISK, 1},
};

static char *text_in(enum languages language, enum text_id id)
{
    return str_copy(text_of(id, language == LANGUAGE_VI ? TEXTS_VI : TEXTS_EN));
}

/* ---- who reads ---- */

static struct directory *sample_people(enum languages language)
{
    struct directory *directory = directory_new();
    struct err unused = {0};
    struct unit unit = {.code = str_copy("phong"),
                        .name = text_in(language, TEXT_SAMPLE_UNIT),
                        .short_name = text_in(language, TEXT_SAMPLE_UNIT),
                        .parent = str_copy(""),
                        .kind = str_copy("department"),
                        .overseen_by = str_copy("")};
    struct person person = {.code = str_copy("an"),
                            .name = str_copy("Nguyễn Văn An"),
                            .title = text_in(language, TEXT_SAMPLE_OFFICER),
                            .unit = str_copy("phong"),
                            .language = str_copy(language_name(language)),
                            .role = ROLE_STAFF,
                            .active = true};

    person.addresses[ADDRESS_EMAIL].value = str_copy("an@example.org");
    directory_add_unit(directory, &unit);
    directory_add_person(directory, &person);
    (void)directory_seal(directory, &unused);
    return directory;
}

/* ---- of what ---- */

/* The end of today's last session, and working days from it; where the
 * calendar lacks the year, now. */
static int64_t due_of(const struct cli *cli, int64_t days)
{
    const struct calendar *calendar = office_calendar(cli->office);
    struct date today = zone_civil(office_zone(cli->office), cli->now).date;
    struct span span = {SPAN_DAYS, (days < 0 ? -days : days) * DAY_THOUSANDTHS};
    int64_t end = cli->now, due = cli->now;
    struct err unused = {0};

    if (calendar_last_end(calendar, today, &end, &unused))
        return cli->now;
    int failed = days < 0 ? calendar_before(calendar, end, span, &due, &unused)
                          : calendar_after(calendar, end, span, &due, &unused);
    return failed ? end : due;
}

static struct item sample_item(const struct cli *cli, size_t row,
                               enum languages language)
{
    int64_t due_at = due_of(cli, rows[row].days);

    return (struct item){.kind = KIND_DOSSIER,
                         .code = str_copy(rows[row].code),
                         .title = text_in(language, rows[row].title),
                         .unit = str_copy("phong"),
                         .assignee = str_copy("an"),
                         .feed = str_copy(""),
                         .status = status_find(KIND_DOSSIER, "4"),
                         .received_at = due_at,
                         .due_at = due_at,
                         .computed_due_at = INSTANT_NONE,
                         .original_due_at = due_at,
                         .finished_at = INSTANT_NONE,
                         .paused_at = INSTANT_NONE};
}

static void add_line(const struct cli *cli, const struct item *item,
                     enum level level, const char *rule, struct bundle *bundle)
{
    struct entry_line *line = &bundle->lines[bundle->count++];
    struct err unused = {0};

    *line = (struct entry_line){.item = item,
                                .level = level,
                                .fresh = level == LEVEL_OVERDUE,
                                .stands_for = NOBODY};
    line->left_known =
        calendar_count(office_calendar(cli->office), cli->now, item->due_at,
                       &line->seconds_left, &unused) == 0;
    strs_add(&line->rules, rule);
}

/* ---- the whole ---- */

static struct json *facts_of(const struct cli *cli, const struct policy *policy,
                             const struct bundle *bundle,
                             enum languages language)
{
    owned(str_free) char *identity =
        str_copy("00000000000000000000000000000000");
    const struct notice notice = {
        .id = SAMPLE_NUMBER, .identity = identity, .decided_at = cli->now};
    const struct letterhead head = {
        .organisation = cli->settings->organisation.text[language],
        .language = language,
        .opening_at = cli->now,
        .now = cli->now,
    };

    return bundle_facts(policy, bundle, &notice, "an@example.org", &head);
}

struct json *sample_facts(const struct cli *cli, enum languages language)
{
    owned(directory_free) struct directory *people = sample_people(language);
    struct policy policy = *office_policy(cli->office);
    const char *rule = policy.rules[0].label.text[language];
    struct item items[SAMPLES];
    struct entry_line lines[SAMPLES];
    struct bundle bundle = {.lines = lines, .paused = 2};

    policy.directory = people;
    for (size_t i = 0; i < SAMPLES; i++) {
        items[i] = sample_item(cli, i, language);
        add_line(cli, &items[i], rows[i].level,
                 rule ? rule : policy.rules[0].name, &bundle);
    }
    struct json *facts = facts_of(cli, &policy, &bundle, language);
    for (size_t i = 0; i < SAMPLES; i++) {
        strs_done(&lines[i].rules);
        item_done(&items[i]);
    }
    return facts;
}
