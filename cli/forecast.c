#include "cli/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "cli/progress.h"
#include "render/render.h"
#include "store/items.h"
#include "store/notices.h"
#include "telling/foretell.h"

enum { HOUR = 3600 };

/* A forecast that is being made. */
struct making {
    const struct cli *cli;
    const struct outlook *outlook;
    struct store *store; /* the copy */
    struct renderer *renderer;
    struct progress progress;
    struct forecast forecast;
};

/* ---- one message ---- */

static int take_lines(const struct making *making, const struct notice *notice,
                      struct foreseen *message, struct err *err)
{
    message->lines = mem_zero(notice->line_count + 1, sizeof(*message->lines));
    for (size_t i = 0; i < notice->line_count; i++) {
        const struct notice_line *line = &notice->lines[i];
        struct item item = {0};
        if (store_get_item_by_id(making->store, line->item, &item, err))
            return -1;
        message->lines[message->line_count++] = (struct foreseen_line){
            .code = str_copy(item.code),
            .title = str_copy(item.title),
            .level = line->level,
            .fresh = line->fresh,
        };
        item_done(&item);
    }
    return 0;
}

/* The subject as a mail would have it, whatever the channel. */
static int take_subject(const struct making *making,
                        const struct notice *notice, struct foreseen *message,
                        struct err *err)
{
    owned(json_free) struct json *facts =
        json_parse(notice->facts, strlen(notice->facts), err);
    struct rendering rendering = {0};

    if (!facts || render(making->renderer, "mail", facts, &rendering, err))
        return -1;
    message->kind = str_copy(str_or_empty(json_text(facts, "kind")));
    message->subject = str_copy(rendering.subject);
    rendering_done(&rendering);
    return 0;
}

static int take_more(const struct making *making, int64_t id,
                     struct foreseen *message, struct err *err)
{
    owned(notice_done) struct notice notice = {0};

    if (store_get_notice(making->store, id, &notice, err))
        return -1;
    if (making->outlook->lines && take_lines(making, &notice, message, err))
        return -1;
    return making->outlook->subjects
               ? take_subject(making, &notice, message, err)
               : 0;
}

/* Not the admin's own test messages, and nothing before the stretch begins. */
static bool is_wanted(const struct making *making, const struct notice *notice)
{
    const struct outlook *outlook = making->outlook;

    return notice->attempt_at >= outlook->from && !str_empty(notice->window) &&
           (!outlook->person || str_equal(notice->recipient, outlook->person));
}

static int hear(void *context, const struct notice *notice, struct err *err)
{
    struct making *making = context;
    struct forecast *forecast = &making->forecast;
    struct foreseen message = {
        .at = notice->attempt_at,
        .opening = notice->opening_at,
    };

    if (!is_wanted(making, notice))
        return 0;
    message.person = str_copy(notice->recipient);
    message.channel = str_copy(notice->channel);
    forecast->items = mem_grow(forecast->items, forecast->count + 1,
                               sizeof(*forecast->items));
    struct foreseen *kept = &forecast->items[forecast->count++];
    *kept = message;
    if (!making->outlook->lines && !making->outlook->subjects)
        return 0;
    return take_more(making, notice->id, kept, err);
}

/* ---- all of them ---- */

static size_t hours(int64_t from, int64_t until)
{
    return until > from ? (size_t)((until - from) / HOUR) : 0;
}

static void tick(void *context, int64_t now)
{
    struct making *making = context;
    int64_t begun = making->cli->now, until = making->outlook->until;

    progress_draw(&making->progress, hours(begun, now), hours(begun, until));
}

static int run(struct making *making, struct err *err)
{
    const struct outlook *outlook = making->outlook;
    const struct foretelling what = {
        .settings = outlook->settings,
        .store = making->store,
        .from = making->cli->now,
        .until = outlook->until,
        .bodies = outlook->subjects,
        .hear = hear,
        .tick = tick,
        .context = making,
    };
    size_t all = hours(what.from, what.until);

    if (outlook->subjects &&
        renderer_open(outlook->settings->templates, &making->renderer, err))
        return -1;
    progress_start(&making->progress, outlook->label);
    if (foretell(&what, err))
        return -1;
    progress_end(&making->progress, all, all);
    return 0;
}

int forecast_make(const struct cli *cli, const struct outlook *outlook,
                  struct forecast *forecast_r, struct err *err)
{
    struct making making = {.cli = cli, .outlook = outlook};
    int failed =
        store_copy(cli->store, &making.store, err) || run(&making, err);

    renderer_free(&making.renderer);
    store_free(&making.store);
    if (failed)
        forecast_done(&making.forecast);
    else
        *forecast_r = making.forecast;
    return failed ? -1 : 0;
}

static void foreseen_done(struct foreseen *message)
{
    for (size_t i = 0; i < message->line_count; i++) {
        str_free(&message->lines[i].code);
        str_free(&message->lines[i].title);
    }
    free(message->lines);
    str_free(&message->person);
    str_free(&message->channel);
    str_free(&message->kind);
    str_free(&message->subject);
}

void forecast_done(struct forecast *forecast)
{
    for (size_t i = 0; i < forecast->count; i++)
        foreseen_done(&forecast->items[i]);
    free(forecast->items);
    *forecast = (struct forecast){0};
}
