#include "cli/change.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"

/* How a value is told that history keeps in the program's own writing;
 * yours. */
typedef char *value_teller(const struct cli *cli, enum item_kind kind,
                           const char *value);

static char *as_written(const struct cli *cli, enum item_kind kind,
                        const char *value)
{
    (void)cli, (void)kind;
    return str_copy(value);
}

static char *as_status(const struct cli *cli, enum item_kind kind,
                       const char *value)
{
    const struct status *status = status_find(kind, value);

    if (!status)
        return str_copy(value);
    return str_copy(cli->language == TEXTS_VI ? status->vi : status->en);
}

static char *as_instant(const struct cli *cli, enum item_kind kind,
                        const char *value)
{
    const struct zone *zone = office_zone(cli->office);
    struct err err = {0};
    bool time_given = false;
    int64_t instant = 0;

    (void)kind;
    if (zone_parse(zone, value, &instant, &time_given, &err))
        return str_copy(value);
    return moment_text(zone, instant);
}

static char *as_yes(const struct cli *cli, enum item_kind kind,
                    const char *value)
{
    (void)kind, (void)value;
    return str_copy(cli_text(cli, TEXT_CLI_YES));
}

/* The name of a field as a value: of which our word is another than the
 * source's. */
static char *as_field(const struct cli *cli, enum item_kind kind,
                      const char *value)
{
    static const struct {
        const char *field;
        enum text_id label;
    } known[] = {
        {"status", TEXT_CLI_COLUMN_STATUS},
        {"due", TEXT_CLI_COLUMN_DUE},
        {"unit", TEXT_CLI_COLUMN_UNIT},
        {"assignee", TEXT_CLI_COLUMN_HOLDER},
        {"finished", TEXT_CLI_FINISHED},
    };

    (void)kind;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (str_equal(known[i].field, value))
            return str_copy(cli_text(cli, known[i].label));
    return str_copy(value);
}

static const struct {
    const char *field;
    enum text_id label;
    value_teller *tell;
} fields[] = {
    {"status", TEXT_CLI_COLUMN_STATUS, as_status},
    {"due", TEXT_CLI_COLUMN_DUE, as_instant},
    {"original-due", TEXT_CLI_ORIGINAL_DUE, as_instant},
    {"deadline", TEXT_CLI_DEADLINE, as_instant},
    {"computed-due", TEXT_CLI_COMPUTED_DUE, as_instant},
    {"unit", TEXT_CLI_COLUMN_UNIT, as_written},
    {"assignee", TEXT_CLI_COLUMN_HOLDER, as_written},
    {"finished", TEXT_CLI_FINISHED, as_instant},
    {"gone", TEXT_CLI_IS_GONE, as_yes},
    {"ours", TEXT_CLI_OURS, as_field},
    {"received", TEXT_CLI_RECEIVED, as_instant},
    {"submission", TEXT_COLUMN_SUBMISSION, as_written},
    {"field", TEXT_COLUMN_FIELD, as_written},
};

static char *tell(value_teller *teller, const struct cli *cli,
                  enum item_kind kind, const char *value)
{
    return *value ? teller(cli, kind, value) : str_copy("–");
}

/* How a field is told, and what it is called. */
static value_teller *teller_of(const struct cli *cli, const char *field,
                               const char **label_r)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        if (!str_equal(fields[i].field, field))
            continue;
        *label_r = cli_text(cli, fields[i].label);
        return fields[i].tell;
    }
    *label_r = field;
    return as_written;
}

char *change_value(const struct cli *cli, enum item_kind kind,
                   const char *field, const char *value, const char **label_r)
{
    return tell(teller_of(cli, field, label_r), cli, kind, value);
}

char *change_text(const struct cli *cli, enum item_kind kind,
                  const struct history *change)
{
    const char *label = NULL;
    value_teller *teller = teller_of(cli, change->field, &label);

    owned(str_free) char *before = tell(teller, cli, kind, change->before);
    owned(str_free) char *after = tell(teller, cli, kind, change->after);
    return str_format("%s: %s → %s", label, before, after);
}
