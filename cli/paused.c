#include "cli/paused.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/derived.h"
#include "cli/moment.h"

struct json *paused_json(const struct cli *cli, const struct pause *pause)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *object = json_new_object();
    struct json *seconds = pause->seconds == INSTANT_NONE
                               ? json_new_text(NULL)
                               : json_new_int(pause->seconds);

    moment_put(object, "from", zone, pause->started_at);
    moment_put(object, "until", zone, pause->ended_at);
    json_put(object, "working_seconds", &seconds);
    json_put_bool(object, "contained", pause->contained);
    json_put_text(object, "source", pause->source);
    json_put_text(object, "end_source",
                  pause->ended_at == INSTANT_NONE ? NULL : pause->end_source);
    return object;
}

char *paused_text(const struct cli *cli, const struct pause *pause)
{
    if (pause->contained)
        return str_copy(cli_text(cli, TEXT_CLI_PAUSE_CONTAINED));
    if (pause->ended_at == INSTANT_NONE)
        return str_copy(cli_text(cli, TEXT_CLI_PAUSE_LASTS));
    if (pause->seconds == INSTANT_NONE)
        return str_copy(cli_text(cli, TEXT_CLI_PAUSE_WAITS));
    owned(str_free) char *time = derived_work(cli, pause->seconds);
    return text_fill(TEXT_CLI_PAUSE_GIVEN, cli->language, "time", time, NULL);
}
