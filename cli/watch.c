/* kiphan watch: the daemon's events as they happen. */
#include <czmq.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/moment.h"
#include "cli/verbs.h"
#include "wire/socket.h"

/* Members that every event has, told in front. */
static bool is_told_in_front(const char *name)
{
    return str_equal(name, "event") || str_equal(name, "at");
}

static void add_member(struct buf *line, const char *name,
                       const struct json *value)
{
    owned(str_free) char *number = json_format(value);
    owned(str_free) char *text =
        utf8_one_line(json_as_text(value) ? json_as_text(value) : number);

    if (*text)
        buf_addf(line, "  %s=%s", name, text);
}

/* "07:30:02  notice.sent  notice=17  recipient=cv1.vhxh". */
static void print_event(const struct zone *zone, const struct json *event)
{
    struct civil at = zone_civil(zone, json_int(event, "at", 0));
    struct buf line = {0};
    struct json *value = NULL;
    const char *name = NULL;

    buf_addf(&line, "%02d:%02d:%02d  %-16s", at.seconds / 3600,
             at.seconds % 3600 / 60, at.seconds % 60,
             str_or_empty(json_text(event, "event")));
    for (size_t i = 0; json_member(event, i, &name, &value); i++)
        if (!is_told_in_front(name))
            add_member(&line, name, value);
    owned(str_free) char *text = buf_take(&line);
    (void)puts(text);
}

/* One event: a topic, and its facts.  What is no event is passed over. */
static bool take_event(const struct cli *cli, const struct zone *zone,
                       zsock_t *socket)
{
    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(socket);
    zframe_t *body = frames && zmsg_first(frames) ? zmsg_next(frames) : NULL;
    struct err err = {0};

    if (!body)
        return false;
    owned(json_free) struct json *event =
        json_parse((const char *)zframe_data(body), zframe_size(body), &err);
    if (!event)
        return false;
    if (cli->json) {
        owned(str_free) char *line = json_format(event);
        (void)puts(line);
    } else {
        print_event(zone, event);
    }
    (void)fflush(stdout);
    return true;
}

static int hear(const struct cli *cli, const struct zone *zone, zsock_t *socket,
                long long count)
{
    owned(zpoller_destroy) zpoller_t *poller = zpoller_new(socket, NULL);

    while (count != 0 && !ferror(stdout)) {
        if (!zpoller_wait(poller, -1))
            break; /* interrupted */
        if (take_event(cli, zone, socket) && count > 0)
            count--;
    }
    return CLI_DONE;
}

int verb_watch(struct cli *cli, int argc, char **argv)
{
    owned(zone_free) struct zone *zone = NULL;
    long long count = -1;
    struct err err = {0};
    int code = cli_option_number(cli, "count", 1, 1000000, &count);

    if (code || (code = cli_need_settings(cli)))
        return code;
    const char *endpoint = cli->settings->wire.events;
    if (zone_open(cli->settings->zone_name, &zone, &err))
        return cli_fail(&err);
    wire_init();
    if (wire_reach(endpoint, &err) != 0) {
        if (err.code != ERR_NOT_FOUND)
            return cli_fail(&err); /* it would wait for ever */
        cli_warn("%s", cli_text(cli, TEXT_CLI_WATCH_WAITS));
    }
    owned(wire_free) zsock_t *socket =
        wire_connect(endpoint, WIRE_SUBSCRIBE, NULL, &err);
    if (!socket)
        return cli_fail(&err);
    zsock_set_subscribe(socket, argc ? argv[0] : "");
    return hear(cli, zone, socket, count);
}
