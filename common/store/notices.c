#include "store/notices.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

static void bind_notice(struct query *query, const struct notice *notice,
                        int64_t now)
{
    bind_text(query, notice->identity);
    bind_text(query, notice->recipient);
    bind_text(query, notice->channel);
    bind_text(query, notice->via);
    bind_text(query, notice->window);
    bind_text(query, notice->language);
    bind_instant(query, notice->decided_at);
    bind_instant(query, notice->opening_at);
    bind_instant(query, notice->closes_at);
    bind_instant(query, notice->expires_at);
    bind_instant(query, notice->attempt_at);
    bind_int(query, notice->attempts);
    bind_int(query, notice->ambiguous);
    bind_text(query, notice_state_name(notice->state));
    bind_text(query, notice->facts);
    bind_text(query, notice->detail);
    bind_text(query, notice->rehearsed_to);
    bind_int(query, now);
}

static int insert_notice(struct store *store, struct notice *notice,
                         int64_t now, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_INSERT_NOTICE);

    bind_notice(&query, notice, now);
    if (query_returning(&query, &notice->id, err) < 0)
        return err_wrap(err, "notice for %s", notice->recipient);
    return 0;
}

static int add_line(struct store *store, const struct notice *notice,
                    size_t place, struct err *err)
{
    const struct notice_line *line = &notice->lines[place];
    owned(query_end) struct query query = query_of(store, STATEMENT_ADD_LINE);

    bind_int(&query, notice->id);
    bind_int(&query, (int64_t)place);
    bind_int(&query, line->item);
    bind_text(&query, level_name(line->level));
    bind_int(&query, line->fresh);
    bind_int(&query, line->due_at);
    return query_run(&query, err);
}

static int tie_alert(struct store *store, int64_t notice, int64_t alert,
                     int64_t now, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_TIE_ALERT);

    bind_int(&query, notice);
    bind_int(&query, now);
    bind_int(&query, alert);
    if (query_must(&query, err, "alert %lld is not held", (long long)alert) ==
        0)
        return 0;
    if (err->code == ERR_NOT_FOUND)
        err->code = ERR_INVALID;
    return -1;
}

int store_add_notice(struct store *store, struct notice *notice,
                     const struct alerts *alerts, int64_t now, struct err *err)
{
    if (insert_notice(store, notice, now, err) != 0)
        return -1;
    for (size_t i = 0; i < notice->line_count; i++)
        if (add_line(store, notice, i, err) != 0)
            return -1;
    for (size_t i = 0; i < alerts->count; i++)
        if (tie_alert(store, notice->id, alerts->items[i].id, now, err) != 0)
            return -1;
    return 0;
}

static int read_tolds(struct query *query, enum subject subject,
                      struct tolds *tolds, struct err *err)
{
    int found;

    while ((found = query_row(query, err)) > 0) {
        tolds->items =
            mem_grow(tolds->items, tolds->count + 1, sizeof(*tolds->items));
        struct told *told = &tolds->items[tolds->count++];
        told->recipient = read_copy(query);
        told->subject = subject;
        told->level = level_parse(read_text(query));
    }
    return found;
}

/* Of the deadline what lists showed counts, of other subjects what alerts
 * told, whatever the names of rules and steps were. */
static int add_tolds(struct store *store, const struct item *item,
                     enum subject subject, bool rehearsed_too,
                     struct tolds *tolds, struct err *err)
{
    bool listed = subject == SUBJECT_DEADLINE;
    owned(query_end) struct query query = query_of(
        store, listed ? STATEMENT_TOLD_OF_ITEM : STATEMENT_TOLD_OF_SUBJECT);

    bind_int(&query, item->id);
    bind_int(&query, subject_version(item, subject));
    if (!listed)
        bind_text(&query, subject_name(subject));
    bind_int(&query, rehearsed_too);
    return read_tolds(&query, subject, tolds, err);
}

int store_told_of_item(struct store *store, const struct item *item,
                       bool rehearsed_too, struct tolds *tolds_r,
                       struct err *err)
{
    owned(tolds_done) struct tolds tolds = {0};

    for (int i = 0; i < SUBJECTS; i++) {
        enum subject subject = (enum subject)i;
        if ((subject == SUBJECT_DEADLINE || subject_counts(item, subject)) &&
            add_tolds(store, item, subject, rehearsed_too, &tolds, err) < 0)
            return -1;
    }
    *tolds_r = tolds;
    tolds = (struct tolds){0};
    return 0;
}

int store_set_notice_facts(struct store *store, int64_t id, const char *facts,
                           struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_SET_FACTS);

    bind_text(&query, facts);
    bind_int(&query, id);
    return query_must(&query, err, "there is no notice %lld", (long long)id);
}

static struct notice read_notice(struct query *query)
{
    struct notice notice = {.id = read_int(query)};

    notice.identity = read_copy(query);
    notice.recipient = read_copy(query);
    notice.channel = read_copy(query);
    notice.via = read_copy(query);
    notice.window = read_copy(query);
    notice.language = read_copy(query);
    notice.decided_at = read_instant(query);
    notice.opening_at = read_instant(query);
    notice.closes_at = read_instant(query);
    notice.expires_at = read_instant(query);
    notice.attempt_at = read_instant(query);
    notice.attempts = (int)read_int(query);
    notice.ambiguous = (int)read_int(query);
    notice.state = notice_state_parse(read_text(query));
    notice.facts = read_copy(query);
    notice.detail = read_copy(query);
    notice.rehearsed_to = read_copy(query);
    notice.changed_at = read_instant(query);
    return notice;
}

static int read_lines(struct store *store, struct notice *notice,
                      struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_LINES);
    int found;

    bind_int(&query, notice->id);
    while ((found = query_row(&query, err)) > 0) {
        notice->lines = list_room(notice->lines, notice->line_count,
                                  sizeof(*notice->lines));
        struct notice_line *line = &notice->lines[notice->line_count++];
        line->item = read_int(&query);
        line->level = level_parse(read_text(&query));
        line->fresh = read_int(&query) != 0;
        line->due_at = read_int(&query);
    }
    return found;
}

/* The first row with its lines: 1; none: 0. */
static int read_one_notice(struct query *query, struct notice *notice_r,
                           struct err *err)
{
    owned(notice_done) struct notice notice = {0};
    int found = query_row(query, err);

    if (found <= 0)
        return found;
    notice = read_notice(query);
    if (read_lines(query->store, &notice, err) != 0)
        return -1;
    *notice_r = notice;
    notice = (struct notice){0};
    return 1;
}

static int read_notices(struct query *query, struct notices *notices_r,
                        struct err *err)
{
    owned(notices_done) struct notices list = {0};
    int found;

    while ((found = query_row(query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = read_notice(query);
    }
    if (found < 0)
        return -1;
    *notices_r = list;
    list = (struct notices){0};
    return 0;
}

int store_get_notice(struct store *store, int64_t id, struct notice *notice_r,
                     struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_NOTICE);

    bind_int(&query, id);
    int found = read_one_notice(&query, notice_r, err);
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no notice %lld",
                       (long long)id);
    return found > 0 ? 0 : -1;
}

int store_notices_to_send(struct store *store, const char *channel, int64_t now,
                          size_t limit, struct notices *notices_r,
                          struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NOTICES_TO_SEND);

    bind_text(&query, channel);
    bind_int(&query, now);
    bind_int(&query, (int64_t)limit);
    return read_notices(&query, notices_r, err);
}

int store_next_attempt(struct store *store, int64_t *at_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NEXT_ATTEMPT);
    int64_t attempt_at = INSTANT_NEVER, expires_at = INSTANT_NEVER;

    if (query_earliest(&query, &attempt_at, err) != 0 ||
        store_next_expiry(store, &expires_at, err) != 0)
        return -1;
    *at_r = attempt_at < expires_at ? attempt_at : expires_at;
    return 0;
}

int store_next_expiry(struct store *store, int64_t *at_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NEXT_EXPIRY);

    return query_earliest(&query, at_r, err);
}

int store_notices_expired(struct store *store, int64_t now,
                          struct notices *notices_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NOTICES_EXPIRED);

    bind_int(&query, now);
    return read_notices(&query, notices_r, err);
}

int store_notices_in_doubt(struct store *store, int64_t now,
                           struct notices *notices_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NOTICES_IN_DOUBT);

    bind_int(&query, now);
    return read_notices(&query, notices_r, err);
}

int store_undelivered_notice(struct store *store, const char *person,
                             const char *channel, struct notice *notice_r,
                             struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_UNDELIVERED);

    bind_text(&query, person);
    bind_text(&query, channel);
    int found = read_one_notice(&query, notice_r, err);
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "nothing is under way to %s by %s",
                       person, channel);
    return found > 0 ? 0 : -1;
}

int store_notices_in_flight(struct store *store, struct notices *notices_r,
                            struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_IN_FLIGHT);

    return read_notices(&query, notices_r, err);
}

int store_last_lines(struct store *store, const char *person,
                     bool rehearsed_too, struct notice *notice_r,
                     struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_LAST_DELIVERED);

    bind_text(&query, person);
    bind_int(&query, rehearsed_too);
    int found = read_one_notice(&query, notice_r, err);
    if (found == 0)
        *notice_r = (struct notice){0};
    return found < 0 ? -1 : 0;
}

/* The lines are read when no statement of the list is open any more. */
static int add_lines(struct store *store, struct notices *list, struct err *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (read_lines(store, &list->items[i], err) != 0)
            return -1;
    return 0;
}

int store_notices_of_item(struct store *store, int64_t item,
                          struct notices *notices_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NOTICES_OF_ITEM);
    owned(notices_done) struct notices list = {0};

    bind_int(&query, item);
    if (read_notices(&query, &list, err) || add_lines(store, &list, err))
        return -1;
    *notices_r = list;
    list = (struct notices){0};
    return 0;
}

int store_notices_of_person(struct store *store, const char *person,
                            int64_t from, int64_t until,
                            struct notices *notices_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NOTICES_OF_PERSON);
    owned(notices_done) struct notices list = {0};

    bind_text(&query, person);
    bind_int(&query, from);
    bind_int(&query, until);
    if (read_notices(&query, &list, err) || add_lines(store, &list, err))
        return -1;
    *notices_r = list;
    list = (struct notices){0};
    return 0;
}

int store_count_rehearsed(struct store *store, int64_t since, int64_t *count_r,
                          struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_COUNT_REHEARSED);

    bind_int(&query, since);
    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}

static bool is_waiting(int state)
{
    return state == NOTICE_QUEUED || state == NOTICE_IN_FLIGHT;
}

static enum statement newest_of(int state)
{
    if (state < 0)
        return STATEMENT_NEWEST_NOTICES;
    return is_waiting(state) ? STATEMENT_NEWEST_WAITING
                             : STATEMENT_NEWEST_SETTLED;
}

int store_list_notices(struct store *store, int state, size_t limit,
                       struct notices *notices_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, newest_of(state));

    if (state >= 0)
        bind_text(&query, notice_state_name((enum notice_state)state));
    bind_int(&query, (int64_t)limit);
    return read_notices(&query, notices_r, err);
}

int store_count_notices(struct store *store, enum notice_state state,
                        int64_t since, int64_t *count_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, is_waiting((int)state) ? STATEMENT_COUNT_WAITING
                                               : STATEMENT_COUNT_SETTLED);

    bind_text(&query, notice_state_name(state));
    bind_int(&query, since);
    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}
