#include "cli/decided.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"

const char *decided_reason(const struct cli *cli, enum alert_reason reason)
{
    static const enum text_id reasons[ALERT_REASONS] = {
        [REASON_NONE] = TEXT_CLI_REASON_NONE,
        [REASON_SUPERSEDED] = TEXT_CLI_REASON_SUPERSEDED,
        [REASON_FINISHED] = TEXT_CLI_REASON_FINISHED,
        [REASON_PAUSED] = TEXT_CLI_REASON_PAUSED,
        [REASON_GONE] = TEXT_CLI_REASON_GONE,
        [REASON_MOVED] = TEXT_CLI_REASON_MOVED,
        [REASON_NOT_THEIRS] = TEXT_CLI_REASON_NOT_THEIRS,
        [REASON_TOLD] = TEXT_CLI_REASON_TOLD,
        [REASON_RULE_GONE] = TEXT_CLI_REASON_RULE_GONE,
        [REASON_OVER] = TEXT_CLI_REASON_OVER,
    };

    return cli_text(cli, reasons[reason]);
}

char *decided_state(const struct cli *cli, const struct alert *alert)
{
    static const enum text_id states[] = {
        [ALERT_HELD] = TEXT_CLI_ALERT_HELD,
        [ALERT_NOTICED] = TEXT_CLI_ALERT_NOTICED,
        [ALERT_SENT] = TEXT_CLI_ALERT_SENT,
        [ALERT_SUPPRESSED] = TEXT_CLI_ALERT_SUPPRESSED,
    };
    owned(str_free) char *opens =
        moment_text(office_zone(cli->office), alert->opens_at);
    owned(str_free) char *notice = str_format("%lld", (long long)alert->notice);

    return text_fill(states[alert->state], cli->language, "when", opens,
                     "notice", notice, "reason",
                     decided_reason(cli, alert->reason), NULL);
}

char *decided_step(const struct alert *alert)
{
    return str_format(alert->slot ? "%s/%s +%d" : "%s/%s", alert->rule,
                      alert->step, alert->slot);
}

char *decided_person(const struct cli *cli, const char *code)
{
    const struct directory *directory = office_directory(cli->office);
    int person = directory_person(directory, code);

    return person == NOBODY
               ? str_copy(code)
               : str_format("%s (%s)", directory->people[person].name, code);
}

char *decided_instead(const struct cli *cli, const char *code)
{
    if (str_empty(code))
        return str_copy("");
    owned(str_free) char *person = decided_person(cli, code);
    owned(str_free) char *instead = text_fill(
        TEXT_CLI_EXPLAIN_INSTEAD, cli->language, "name", person, NULL);
    return str_format(" %s", instead);
}
