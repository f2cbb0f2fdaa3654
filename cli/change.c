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

static const struct {
    const char *field;
    enum text_id label;
    value_teller *tell;
} fields[] = {
    {"status", TEXT_CLI_COLUMN_STATUS, as_status},
    {"due", TEXT_CLI_COLUMN_DUE, as_instant},
    {"deadline", TEXT_CLI_DEADLINE, as_instant},
    {"unit", TEXT_CLI_COLUMN_UNIT, as_written},
    {"assignee", TEXT_CLI_COLUMN_HOLDER, as_written},
    {"finished", TEXT_CLI_FINISHED, as_instant},
    {"gone", TEXT_CLI_IS_GONE, as_yes},
};

static char *tell(value_teller *teller, const struct cli *cli,
                  enum item_kind kind, const char *value)
{
    return *value ? teller(cli, kind, value) : str_copy("–");
}

char *change_text(const struct cli *cli, enum item_kind kind,
                  const struct history *change)
{
    const char *label = change->field;
    value_teller *teller = as_written;

    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        if (!str_equal(fields[i].field, change->field))
            continue;
        label = cli_text(cli, fields[i].label);
        teller = fields[i].tell;
    }
    owned(str_free) char *before = tell(teller, cli, kind, change->before);
    owned(str_free) char *after = tell(teller, cli, kind, change->after);
    return str_format("%s: %s → %s", label, before, after);
}
