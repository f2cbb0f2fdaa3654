/* kiphan check: is everything there for tomorrow morning? */
#include "base/own.h"
#include "base/str.h"
#include "cli/findings.h"
#include "cli/table.h"
#include "cli/verbs.h"

static enum shade shade_of(enum finding_state state)
{
    static const enum shade shades[] = {
        [FINDING_OK] = SHADE_PLAIN,
        [FINDING_UNKNOWN] = SHADE_FAINT,
        [FINDING_SEE_TO] = SHADE_AT_RISK,
        [FINDING_WRONG] = SHADE_OVERDUE,
    };

    return shades[state];
}

static const char *mark_of(enum finding_state state)
{
    static const char *const marks[] = {
        [FINDING_OK] = "ok",
        [FINDING_UNKNOWN] = "–",
        [FINDING_SEE_TO] = "!",
        [FINDING_WRONG] = "!!",
    };

    return marks[state];
}

/* The area in words; a channel has its own name. */
static const char *area_of(const struct cli *cli, const char *area)
{
    static const struct {
        const char *name;
        enum text_id text;
    } areas[] = {
        {"settings", TEXT_CLI_AREA_SETTINGS},
        {"calendar", TEXT_CLI_AREA_CALENDAR},
        {"people", TEXT_CLI_AREA_PEOPLE},
        {"rules", TEXT_CLI_AREA_RULES},
        {"history", TEXT_CLI_AREA_HISTORY},
    };

    for (size_t i = 0; i < sizeof(areas) / sizeof(*areas); i++)
        if (str_equal(areas[i].name, area))
            return cli_text(cli, areas[i].text);
    return area;
}

static void print_table(const struct cli *cli, const struct findings *findings)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    const char *before = "";

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        bool again = str_equal(before, finding->area);
        text_table_row(table, shade_of(finding->state));
        text_table_cell(table, again ? "" : area_of(cli, finding->area));
        text_table_cell(table, mark_of(finding->state));
        text_table_cell(table, finding->text);
        before = finding->area;
    }
    text_table_print(table, stdout, cli->colour, 0);
}

static void print_json(const struct findings *findings, bool good)
{
    struct json *whole = json_new_object();
    struct json *array = json_new_array();

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct json *row = json_new_object();
        json_put_text(row, "area", finding->area);
        json_put_text(row, "state", finding_state_name(finding->state));
        json_put_text(row, "text", finding->text);
        json_add(array, &row);
    }
    json_put_bool(whole, "good", good);
    json_put(whole, "findings", &array);
    (void)cli_print_json(&whole);
}

/* Settings that cannot be read are a finding of their own, so that programs
 * get them as JSON too. */
static bool read_settings(struct cli *cli, struct findings *findings)
{
    struct problems problems = {0};
    char *none = cli_no_settings(cli);

    if (none) {
        found_give(findings, "settings", FINDING_WRONG, &none);
        return false;
    }
    cli->settings = settings_read(cli->settings_path, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        char *text = problem_format(&problems.items[i]);
        found_give(findings, "settings", FINDING_WRONG, &text);
    }
    problems_done(&problems);
    return cli->settings != NULL;
}

int verb_check(struct cli *cli, int argc, char **argv)
{
    struct findings findings = {0};
    int code = CLI_DONE;

    (void)argc, (void)argv;
    if (read_settings(cli, &findings)) {
        found_of_history(cli, &findings);
        code = cli_need_office(cli);
        if (!code)
            code = found_in_office(cli, &findings);
    }
    bool good = !code && found_good(&findings);
    if (cli->json)
        print_json(&findings, good);
    else
        print_table(cli, &findings);
    found_done(&findings);
    if (code)
        return code;
    return good ? CLI_DONE : CLI_REFUSED;
}
