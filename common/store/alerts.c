#include "store/alerts.h"

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

static struct alert read_alert(struct query *query)
{
    struct alert alert = {.item = read_int(query)};

    alert.due_at = read_int(query);
    alert.rule = read_copy(query);
    alert.step = read_copy(query);
    alert.slot = (int)read_int(query);
    alert.recipient = read_copy(query);
    alert.subject = subject_parse(read_text(query));
    alert.level = level_parse(read_text(query));
    alert.reached_at = read_instant(query);
    alert.decided_at = read_instant(query);
    alert.opens_at = read_instant(query);
    alert.state = alert_state_parse(read_text(query));
    alert.reason = alert_reason_parse(read_text(query));
    alert.late = read_int(query) != 0;
    alert.stands_for = read_copy(query);
    alert.notice = read_int(query); /* NULL reads as 0 */
    alert.id = read_int(query);
    alert.changed_at = read_instant(query);
    alert.rehearsed = read_int(query) != 0; /* without a notice NULL */
    return alert;
}

static int read_alerts(struct query *query, struct alerts *alerts_r,
                       struct err *err)
{
    owned(alerts_done) struct alerts list = {0};
    int found;

    while ((found = query_row(query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = read_alert(query);
    }
    if (found < 0)
        return -1;
    *alerts_r = list;
    list = (struct alerts){0};
    return 0;
}

int store_alerts_of_item(struct store *store, int64_t item,
                         struct alerts *alerts_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALERTS_OF_ITEM);

    bind_int(&query, item);
    return read_alerts(&query, alerts_r, err);
}

int store_held_of_item(struct store *store, int64_t item,
                       struct alerts *alerts_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_HELD_OF_ITEM);

    bind_int(&query, item);
    return read_alerts(&query, alerts_r, err);
}

int store_find_alert(struct store *store, const struct alert *key,
                     struct alerts *alerts, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_FIND_ALERT);

    bind_int(&query, key->item);
    bind_int(&query, key->due_at);
    bind_text(&query, key->rule);
    bind_text(&query, key->step);
    bind_int(&query, key->slot);
    bind_text(&query, key->recipient);
    int found = query_row(&query, err);
    if (found <= 0)
        return found;
    struct alert alert = read_alert(&query);
    alerts_add(alerts, &alert);
    return 0;
}

/* What stays as it was decided. */
static void bind_decision(struct query *query, const struct alert *alert)
{
    bind_int(query, alert->item);
    bind_int(query, alert->due_at);
    bind_text(query, alert->rule);
    bind_text(query, alert->step);
    bind_int(query, alert->slot);
    bind_text(query, alert->recipient);
    bind_text(query, subject_name(alert->subject));
    bind_instant(query, alert->reached_at);
    bind_instant(query, alert->decided_at);
    bind_text(query, alert->stands_for);
}

/* What becomes of it. */
static void bind_course(struct query *query, const struct alert *alert,
                        int64_t now)
{
    bind_text(query, alert_state_name(alert->state));
    bind_text(query, alert_reason_name(alert->reason));
    bind_instant(query, alert->opens_at);
    bind_int(query, alert->late);
    bind_text(query, level_name(alert->level));
    bind_instant(query, alert->notice ? alert->notice : INSTANT_NONE);
    bind_int(query, now);
}

int store_put_alert(struct store *store, struct alert *alert, int64_t now,
                    struct err *err)
{
    owned(query_end) struct query query = query_of(
        store, alert->id ? STATEMENT_UPDATE_ALERT : STATEMENT_INSERT_ALERT);

    if (!alert->id)
        bind_decision(&query, alert);
    bind_course(&query, alert, now);
    if (alert->id)
        bind_int(&query, alert->id);
    int found = query_returning(&query, &alert->id, err);
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "no alert has the number %lld",
                       (long long)alert->id);
    return found > 0 ? 0
                     : err_wrap(err, "alert of item %lld, step %s, for %s",
                                (long long)alert->item, alert->step,
                                alert->recipient);
}

int store_alerts_of_notice(struct store *store, int64_t notice,
                           struct alerts *alerts_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALERTS_OF_NOTICE);

    bind_int(&query, notice);
    return read_alerts(&query, alerts_r, err);
}

static int change_live(struct store *store, enum statement statement,
                       const struct item *item, enum subject subject,
                       struct err *err)
{
    owned(query_end) struct query query = query_of(store, statement);

    bind_int(&query, item->id);
    if (statement != STATEMENT_CLEAR_ALL) {
        bind_int(&query, subject_version(item, subject));
        bind_text(&query, subject_name(subject));
    }
    return query_run(&query, err);
}

/* Of the other clocks an alert of an earlier version does no harm while the
 * item is open: nothing is reached by it. */
static int set_live_beside(struct store *store, const struct item *item,
                           struct err *err)
{
    for (int i = SUBJECT_DEADLINE + 1; i < SUBJECTS; i++) {
        enum subject subject = (enum subject)i;
        if (!subject_is_event(subject) && subject_counts(item, subject) &&
            change_live(store, STATEMENT_SET_LIVE, item, subject, err))
            return -1;
    }
    return 0;
}

int store_set_live(struct store *store, const struct item *item,
                   struct err *err)
{
    static const enum statement statements[] = {
        STATEMENT_SET_LIVE, STATEMENT_CLEAR_OLDER, STATEMENT_CLEAR_LATER};

    if (!item_is_open(item))
        return change_live(store, STATEMENT_CLEAR_ALL, item, SUBJECT_DEADLINE,
                           err);
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        if (change_live(store, statements[i], item, SUBJECT_DEADLINE, err))
            return -1;
    return set_live_beside(store, item, err);
}

int store_people_to_tell(struct store *store, int64_t now,
                         struct strs *people_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PEOPLE_TO_TELL);
    owned(strs_done) struct strs people = {0};
    int found;

    bind_int(&query, now);
    while ((found = query_row(&query, err)) > 0)
        strs_add(&people, read_text(&query));
    if (found < 0)
        return -1;
    *people_r = people;
    people = (struct strs){0};
    return 0;
}

int store_held_alerts(struct store *store, const char *person, int64_t now,
                      struct alerts *alerts_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_HELD_ALERTS);

    bind_text(&query, person);
    bind_int(&query, now);
    return read_alerts(&query, alerts_r, err);
}

int store_next_opening(struct store *store, int64_t *opens_at_r,
                       struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_NEXT_OPENING);

    return query_earliest(&query, opens_at_r, err);
}

int store_items_of_person(struct store *store, const char *person,
                          struct items *items_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ITEMS_OF_PERSON);

    bind_text(&query, person);
    return read_items(&query, items_r, err);
}

int store_count_alerts(struct store *store, enum alert_state state,
                       int64_t *count_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, state == ALERT_HELD ? STATEMENT_COUNT_HELD
                                            : STATEMENT_COUNT_ALERTS);

    if (state != ALERT_HELD)
        bind_text(&query, alert_state_name(state));
    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}
