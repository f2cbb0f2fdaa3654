#include "cli/calendar_options.h"

#include "base/own.h"
#include "base/str.h"

enum { YEAR_LEAST = 1970, YEAR_MOST = 2199 };

int calendar_options(const struct cli *cli, struct intake_options *options)
{
    const struct settings *settings = cli->settings;
    const char *name = cli_option(cli, "calendar");
    long long year = 0;
    int code = cli_option_number(cli, "year", YEAR_LEAST, YEAR_MOST, &year);

    if (code)
        return code;
    options->year = (int)year;
    options->calendar_name = name ? name : settings->main_calendar;
    const struct calendar_setting *calendar =
        settings_calendar(settings, options->calendar_name);
    if (calendar) {
        options->week = &calendar->week;
        options->year_calendar =
            settings_year_calendar(settings, calendar)->name;
        return CLI_DONE;
    }
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_CALENDAR, cli->language, "name",
                  options->calendar_name, NULL);
    return cli_refuse("%s", wrong);
}
