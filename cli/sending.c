#include "cli/sending.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"
#include "model/instant.h"
#include "store/notices.h"

int sending_take(const struct cli *cli, struct sending *sending_r,
                 struct err *err)
{
    int64_t today = moment_midnight(office_zone(cli->office), cli->now);
    struct sending sending = {.delivery = &cli->settings->delivery,
                              .hold.since = INSTANT_NONE};

    if (delivery_get_hold(cli->store, &sending.hold, err) ||
        store_count_rehearsed(cli->store, today, &sending.rehearsed_today,
                              err) ||
        store_count_notices(cli->store, NOTICE_UNSENT, today,
                            &sending.unsent_today, err)) {
        sending_done(&sending);
        return -1;
    }
    *sending_r = sending;
    return 0;
}

void sending_done(struct sending *sending)
{
    delivery_hold_done(&sending->hold);
}

bool sending_stopped(const struct sending *sending)
{
    return sending->delivery->mode == DELIVERY_OFF ||
           sending->hold.since != INSTANT_NONE;
}

char *sending_hold_text(const struct cli *cli, const struct delivery_hold *hold,
                        enum text_id text)
{
    const struct zone *zone = office_zone(cli->office);
    owned(str_free) char *when = moment_near(zone, hold->since, cli->now);
    owned(str_free) char *note =
        str_empty(hold->note) ? str_copy("") : str_format(" (%s)", hold->note);

    return text_fill(text, cli->language, "when", when, "by",
                     str_or_empty(hold->by), "note", note, NULL);
}

static char *mode_text(const struct cli *cli,
                       const struct delivery_setting *delivery)
{
    static const enum text_id modes[] = {
        [DELIVERY_LIVE] = TEXT_CLI_MODE_LIVE,
        [DELIVERY_REHEARSAL] = TEXT_CLI_MODE_REHEARSAL,
        [DELIVERY_OFF] = TEXT_CLI_MODE_OFF,
    };
    owned(str_free) char *most = str_format("%d", delivery->most_a_day);

    return text_fill(modes[delivery->mode], cli->language, "to",
                     str_or_empty(delivery->rehearsal_to), "most", most, NULL);
}

char *sending_text(const struct cli *cli, const struct sending *sending)
{
    owned(str_free) char *mode = mode_text(cli, sending->delivery);

    if (sending->hold.since == INSTANT_NONE)
        return give(mode);
    owned(str_free) char *hold =
        sending_hold_text(cli, &sending->hold, TEXT_CLI_HELD_SINCE);
    return str_format("%s, %s", mode, hold);
}

static struct json *hold_json(const struct cli *cli,
                              const struct delivery_hold *hold)
{
    if (hold->since == INSTANT_NONE)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    moment_put(object, "since", office_zone(cli->office), hold->since);
    json_put_text(object, "by", str_or_empty(hold->by));
    json_put_text(object, "note", str_or_empty(hold->note));
    return object;
}

struct json *sending_json(const struct cli *cli, const struct sending *sending)
{
    const struct delivery_setting *delivery = sending->delivery;
    bool rehearses = delivery->mode == DELIVERY_REHEARSAL;
    struct json *object = json_new_object();
    struct json *held = hold_json(cli, &sending->hold);
    struct json *most =
        rehearses ? json_new_int(delivery->most_a_day) : json_new_text(NULL);

    json_put_text(object, "mode", delivery_mode_name(delivery->mode));
    json_put_text(object, "to", rehearses ? delivery->rehearsal_to : NULL);
    json_put(object, "most_a_day", &most);
    json_put_int(object, "rehearsed_today", sending->rehearsed_today);
    json_put_int(object, "unsent_today", sending->unsent_today);
    json_put(object, "held", &held);
    return object;
}
