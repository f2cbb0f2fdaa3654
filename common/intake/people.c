/* People with their addresses, and what to know before mail to them is
 * expected to arrive. */
#include <string.h>

#include "base/own.h"
#include "base/utf8.h"
#include "intake/office.h"
#include "intake/remarks.h"

enum {
    CODE,
    NAME,
    TITLE,
    UNIT,
    ROLE,
    LANGUAGE,
    ACTIVE,
    EMAIL,
    PHONE,
    ZALO_CHAT,
    ZALO_USER,
    TELEGRAM_CHAT,
    CHAT,
    PERSON_FIELDS
};

static const char *const fields[PERSON_FIELDS] = {
    [CODE] = "code",           [NAME] = "name",
    [TITLE] = "title",         [UNIT] = "unit",
    [ROLE] = "role",           [LANGUAGE] = "language",
    [ACTIVE] = "active",       [EMAIL] = "email",
    [PHONE] = "phone",         [ZALO_CHAT] = "zalo_chat",
    [ZALO_USER] = "zalo_user", [TELEGRAM_CHAT] = "telegram_chat",
    [CHAT] = "chat",
};

static const struct layout layout = {
    .fields = fields,
    .field_count = PERSON_FIELDS,
    .required = 1U << CODE | 1U << NAME | 1U << UNIT | 1U << ROLE,
};

static const struct {
    int field;
    enum address_kind kind;
    const char *spoken; /* in remarks; NULL: no channel of its own */
} addresses[] = {
    {EMAIL, ADDRESS_EMAIL, "mail"},
    {PHONE, ADDRESS_PHONE, NULL},
    {ZALO_CHAT, ADDRESS_ZALO_CHAT, "zalo"},
    {ZALO_USER, ADDRESS_ZALO_USER, "zalo"},
    {TELEGRAM_CHAT, ADDRESS_TELEGRAM_CHAT, "telegram"},
    {CHAT, ADDRESS_CHAT, "chat"},
};

enum { ADDRESSES = sizeof(addresses) / sizeof(*addresses) };

/* How lists say yes and no; folded. */
static const struct {
    const char *text;
    bool truth;
} truths[] = {
    {"", true},       {"yes", true},  {"có", true},
    {"1", true},      {"true", true}, {"no", false},
    {"không", false}, {"0", false},   {"false", false},
};

static bool truth_parse(const char *text, bool *truth_r)
{
    owned(str_free) char *folded = utf8_fold(text);

    for (size_t i = 0; i < sizeof(truths) / sizeof(*truths); i++) {
        if (str_equal(truths[i].text, folded)) {
            *truth_r = truths[i].truth;
            return true;
        }
    }
    return false;
}

/* Enough to see a slip of the pen; whether it exists only the far side
 * knows. */
static bool is_mail_address(const char *text)
{
    const char *at = strchr(text, '@');

    return at && at > text && at[1] && !strchr(at + 1, '@') &&
           !strpbrk(text, " ,;<>\"()");
}

static enum text_id fault_of(const struct office_run *run,
                             const struct row *row, int *field_r)
{
    const char *language = office_cell(run, row, LANGUAGE);
    enum role role = ROLE_STAFF;
    bool active = true;

    *field_r = CODE;
    if (!code_is_good(office_cell(run, row, CODE)))
        return TEXT_ROW_BAD_CODE;
    *field_r = NAME;
    if (str_empty(office_cell(run, row, NAME)))
        return TEXT_ROW_NO_NAME;
    *field_r = UNIT;
    if (directory_unit(run->directory, office_cell(run, row, UNIT)) == NO_UNIT)
        return TEXT_ROW_UNITS_FIRST;
    *field_r = ROLE;
    if (role_parse(office_cell(run, row, ROLE), &role))
        return TEXT_ROW_BAD_ROLE;
    *field_r = LANGUAGE;
    if (*language && !str_equal(language, "vi") && !str_equal(language, "en"))
        return TEXT_ROW_BAD_LANGUAGE;
    *field_r = ACTIVE;
    if (!truth_parse(office_cell(run, row, ACTIVE), &active))
        return TEXT_ROW_BAD_TRUTH;
    return TEXT_NONE;
}

/* By what else the person can be reached: "has zalo, telegram". */
static char *other_ways(const struct office_run *run, const struct row *row)
{
    struct strs ways = {0};

    for (size_t i = 0; i < ADDRESSES; i++)
        if (addresses[i].field != EMAIL && addresses[i].spoken &&
            !str_empty(office_cell(run, row, addresses[i].field)) &&
            !strs_has(&ways, addresses[i].spoken))
            strs_add(&ways, addresses[i].spoken);
    owned(str_free) char *joined = strs_join(&ways, ", ");
    strs_done(&ways);
    return text_fill(*joined ? TEXT_ROW_OTHER_WAYS : TEXT_ROW_NO_OTHER_WAY,
                     run->report->language, "ways", joined, NULL);
}

static void remark_mail(struct office_run *run, const struct row *row,
                        const struct person *person)
{
    const char *email = office_cell(run, row, EMAIL);
    owned(str_free) char *ways = other_ways(run, row);
    struct about about = {row->line, header_of(&run->columns, EMAIL), email};

    if (!person->active || is_mail_address(email))
        return;
    remark_add(run->report, REMARK_NEEDS_YOU, about,
               *email ? TEXT_ROW_BAD_EMAIL : TEXT_ROW_NO_EMAIL, "code",
               person->code, "ways", ways, NULL);
}

static void person_read(const struct office_run *run, const struct row *row,
                        struct person *person_r)
{
    const char *language = office_cell(run, row, LANGUAGE);

    *person_r = (struct person){
        .code = str_copy(office_cell(run, row, CODE)),
        .name = str_copy(office_cell(run, row, NAME)),
        .title = str_copy(office_cell(run, row, TITLE)),
        .unit = str_copy(office_cell(run, row, UNIT)),
        .language = str_copy(*language ? language : "vi"),
    };
    (void)role_parse(office_cell(run, row, ROLE), &person_r->role);
    (void)truth_parse(office_cell(run, row, ACTIVE), &person_r->active);
    for (size_t i = 0; i < ADDRESSES; i++) {
        const char *value = office_cell(run, row, addresses[i].field);
        bool good = addresses[i].field != EMAIL || is_mail_address(value);
        person_r->addresses[addresses[i].kind].value =
            str_copy(good ? value : "");
    }
}

static int put(struct office_run *run, const struct row *row, struct err *err)
{
    enum put_result result = PUT_SAME;
    owned(person_done) struct person person = {0};

    person_read(run, row, &person);
    if (store_put_person(run->options->store, &person, &result, err))
        return -1;
    office_count(run, result);
    remark_mail(run, row, &person);
    return 0;
}

/* Who bears this name: codes with ", " between, and how many. */
static char *bearers_of(const struct directory *directory, const char *name,
                        int *count_r)
{
    struct strs codes = {0};

    for (size_t i = 0; i < directory->person_count; i++) {
        owned(str_free) char *other = utf8_fold(directory->people[i].name);
        if (str_equal(other, name))
            strs_add(&codes, directory->people[i].code);
    }
    *count_r = (int)codes.count;
    char *joined = strs_join(&codes, ", ");
    strs_done(&codes);
    return joined;
}

/* Names that cannot tell people apart, each at its first row (R14). */
static void remark_names(struct office_run *run, const struct directory *after)
{
    struct strs told = {0};

    for (size_t i = run->columns.first; i < run->sheet.count; i++) {
        const struct row *row = &run->sheet.rows[i];
        const char *name = office_cell(run, row, NAME);
        bool several = false;
        (void)directory_find_person(after, name, &several);
        owned(str_free) char *folded = utf8_fold(name);
        if (!several || strs_has(&told, folded))
            continue;
        int count = 0;
        owned(str_free) char *codes = bearers_of(after, folded, &count);
        owned(str_free) char *number = str_format("%d", count);
        strs_add(&told, folded);
        remark_add(
            run->report, REMARK_NEEDS_YOU,
            (struct about){row->line, header_of(&run->columns, NAME), name},
            TEXT_ROW_SAME_NAME, "count", number, "codes", codes, NULL);
    }
    strs_done(&told);
}

static void remark_overseers(struct office_run *run,
                             const struct directory *after)
{
    for (size_t i = 0; i < after->unit_count; i++) {
        const struct unit *unit = &after->units[i];
        if (!str_empty(unit->overseen_by) &&
            directory_person(after, unit->overseen_by) == NOBODY)
            remark_add(run->report, REMARK_NEEDS_YOU, (struct about){0},
                       TEXT_LIST_NO_OVERSEER, "unit", unit->code, "code",
                       unit->overseen_by, NULL);
    }
}

/* Who is not in the list stays as they are: a list of one unit must not
 * send the others home. */
static void remark_missing(struct office_run *run)
{
    size_t missing = 0;

    for (size_t i = 0; i < run->directory->person_count; i++) {
        bool listed = false;
        for (size_t at = run->columns.first; at < run->sheet.count && !listed;
             at++)
            listed = str_equal(office_cell(run, &run->sheet.rows[at], CODE),
                               run->directory->people[i].code);
        missing += !listed;
    }
    if (missing)
        remark_count(run->report, REMARK_NOTE, TEXT_LIST_MISSING_PEOPLE,
                     (int64_t)missing);
}

int intake_people(const struct intake_options *options, const char *bytes,
                  size_t length, struct intake_report *report_r,
                  struct err *err)
{
    *report_r = (struct intake_report){.language = options->language};
    owned(office_run_done) struct office_run run = {.options = options,
                                                    .report = report_r};
    owned(directory_free) struct directory *after = NULL;

    if (office_begin(&run, bytes, length, &layout, err) ||
        office_take_rows(&run, CODE, fault_of, put, err))
        return -1;
    if (store_load_directory(options->store, &after, err))
        return -1;
    remark_names(&run, after);
    remark_overseers(&run, after);
    remark_missing(&run);
    return office_end(&run, "people", bytes, length, err);
}
