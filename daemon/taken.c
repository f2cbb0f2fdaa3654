#include "daemon/taken.h"

#include "base/log.h"
#include "base/own.h"
#include "base/str.h"

static void log_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        owned(str_free) char *line = problem_format(&problems->items[i]);
        log_error("%s", line);
    }
}

struct settings *taken_read(const char *path, struct err *err)
{
    owned(problems_done) struct problems problems = {0};
    struct settings *settings = settings_read(path, &problems);

    if (settings)
        return settings;
    log_problems(&problems);
    (void)err_set(err, ERR_INVALID, "%s: the settings have %zu errors", path,
                  problems.count);
    return NULL;
}

int taken_check_names(const struct settings *settings,
                      const struct office *office, struct err *err)
{
    owned(problems_done) struct problems problems = {0};

    settings_check_names(settings, office_directory(office), &problems);
    if (problems.count == 0)
        return 0;
    log_problems(&problems);
    return err_set(err, ERR_INVALID, "the rules name %zu that are not known",
                   problems.count);
}

/* Where a key is kept, as one text. */
static char *key_text(const struct secret *secret)
{
    return str_format("%d %s", (int)secret->source, str_or_empty(secret->name));
}

int taken_check_restart(const struct settings *old,
                        const struct settings *fresh, struct err *err)
{
    owned(str_free) char *before_key = key_text(&old->history_key);
    owned(str_free) char *after_key = key_text(&fresh->history_key);
    const struct {
        const char *what, *before, *after;
    } fixed[] = {
        {"store", old->store_path, fresh->store_path},
        {"wire.endpoint", old->wire.endpoint, fresh->wire.endpoint},
        {"wire.events", old->wire.events, fresh->wire.events},
        {"wire.control", old->wire.control, fresh->wire.control},
        {"history-key", before_key, after_key},
        {"wire.server-key", old->wire.server_key, fresh->wire.server_key},
        {"wire.allowed-keys", old->wire.allowed_keys, fresh->wire.allowed_keys},
    };

    for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
        if (!str_equal(str_or_empty(fixed[i].before),
                       str_or_empty(fixed[i].after)))
            return err_set(err, ERR_INVALID,
                           "another %s takes a restart of the daemon",
                           fixed[i].what);
    if (old->wire.message_bytes != fresh->wire.message_bytes)
        return err_set(err, ERR_INVALID,
                       "another wire.message-bytes takes a restart of the "
                       "daemon and its workers");
    return 0;
}
