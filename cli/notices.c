#include "cli/notices.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"
#include "cli/table.h"

const char *notice_state_text(const struct cli *cli, enum notice_state state)
{
    static const enum text_id texts[] = {
        [NOTICE_QUEUED] = TEXT_CLI_NOTICE_QUEUED,
        [NOTICE_IN_FLIGHT] = TEXT_CLI_NOTICE_IN_FLIGHT,
        [NOTICE_SENT] = TEXT_CLI_NOTICE_SENT,
        [NOTICE_WITHDRAWN] = TEXT_CLI_NOTICE_WITHDRAWN,
        [NOTICE_DEAD] = TEXT_CLI_NOTICE_DEAD,
        [NOTICE_UNSENT] = TEXT_CLI_NOTICE_UNSENT,
    };

    return cli_text(cli, texts[state]);
}

const char *verdict_text(const struct cli *cli, const char *name)
{
    static const enum text_id texts[] = {
        [VERDICT_DELIVERED] = TEXT_CLI_VERDICT_DELIVERED,
        [VERDICT_TRY_LATER] = TEXT_CLI_VERDICT_TRY_LATER,
        [VERDICT_REFUSED] = TEXT_CLI_VERDICT_REFUSED,
        [VERDICT_BROKEN] = TEXT_CLI_VERDICT_BROKEN,
        [VERDICT_AMBIGUOUS] = TEXT_CLI_VERDICT_AMBIGUOUS,
    };
    enum verdict verdict = VERDICT_DELIVERED;

    if (str_equal(name, "lost"))
        return cli_text(cli, TEXT_CLI_VERDICT_LOST);
    return verdict_parse(name, &verdict) ? name : cli_text(cli, texts[verdict]);
}

/* When it is tried next; only of what waits. */
static int64_t next_attempt(const struct notice *notice)
{
    return notice->state == NOTICE_QUEUED ? notice->attempt_at : INSTANT_NONE;
}

struct json *notice_json(const struct cli *cli, const struct notice *notice)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *object = json_new_object();

    json_put_int(object, "number", notice->id);
    json_put_text(object, "identity", notice->identity);
    json_put_text(object, "state", notice_state_name(notice->state));
    json_put_text(object, "recipient", notice->recipient);
    json_put_text(object, "rehearsed_to",
                  str_empty(notice->rehearsed_to) ? NULL
                                                  : notice->rehearsed_to);
    json_put_text(object, "channel", notice->channel);
    moment_put(object, "decided", zone, notice->decided_at);
    moment_put(object, "opening", zone, notice->opening_at);
    moment_put(object, "expires", zone, notice->expires_at);
    moment_put(object, "next_attempt", zone, next_attempt(notice));
    json_put_int(object, "attempts", notice->attempts);
    json_put_int(object, "ambiguous", notice->ambiguous);
    json_put_text(object, "detail", str_or_empty(notice->detail));
    return object;
}

static enum shade shade_of(const struct notice *notice)
{
    return notice->state == NOTICE_DEAD ? SHADE_OVERDUE : SHADE_PLAIN;
}

void notices_print(const struct cli *cli, const struct notices *notices)
{
    const struct zone *zone = office_zone(cli->office);
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_NUMBER),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_STATE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_PERSON), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_CHANNEL),
                      ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DECIDED),
                      ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_NEXT), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_ATTEMPTS),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DETAIL), ALIGN_CUT);
    for (size_t i = 0; i < notices->count; i++) {
        const struct notice *notice = &notices->items[i];
        owned(str_free) char *decided = moment_text(zone, notice->decided_at);
        owned(str_free) char *next = moment_text(zone, next_attempt(notice));
        text_table_row(table, shade_of(notice));
        text_table_number(table, notice->id);
        text_table_cell(table, notice_state_text(cli, notice->state));
        text_table_cell(table, notice->recipient);
        text_table_cell(table, notice->channel);
        text_table_cell(table, decided);
        text_table_cell(table, next);
        text_table_number(table, notice->attempts);
        text_table_cell(table, notice->detail);
    }
    text_table_print(table, stdout, cli->colour, terminal_width());
}
