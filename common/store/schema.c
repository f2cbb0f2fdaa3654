#include "store/inside.h"

#include <stddef.h>

#include "base/own.h"
#include "base/str.h"

/* How the store is laid out, one numbered migration after another; a released
 * one is never changed, only followed by the next.
 *
 * Instants are UTC seconds, NULL when not known, except in unique keys, where
 * nothing is NULL (NULLs do not collide there).  Days are "YYYY-MM-DD".
 * States, levels and kinds are the words of common/model.  Who did a thing is
 * called login. */

/* SQLite's mark that a file is ours: "kphn". */
enum { OUR_APPLICATION = 0x6B70686E };

static const char *const version_1[] = {
    "CREATE TABLE units ("
    " code TEXT PRIMARY KEY NOT NULL,"
    " name TEXT NOT NULL,"
    " short_name TEXT NOT NULL,"
    " parent TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " overseen_by TEXT NOT NULL"
    ") STRICT",

    "CREATE TABLE people ("
    " code TEXT PRIMARY KEY NOT NULL,"
    " name TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " unit TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " role TEXT NOT NULL,"
    " active INTEGER NOT NULL"
    ") STRICT",

    "CREATE TABLE addresses ("
    " person TEXT NOT NULL REFERENCES people,"
    " kind TEXT NOT NULL,"
    " value TEXT NOT NULL,"
    " refused_at INTEGER,"
    " refused_detail TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (person, kind)"
    ") STRICT",

    /* Terms as span_format() writes them, "" for none. */
    "CREATE TABLE procedures ("
    " code TEXT PRIMARY KEY NOT NULL,"
    " name TEXT NOT NULL,"
    " field TEXT NOT NULL,"
    " unit TEXT NOT NULL,"
    " term TEXT NOT NULL,"
    " online_term TEXT NOT NULL,"
    " same_day_cutoff TEXT NOT NULL,"
    " supplement_limit TEXT NOT NULL"
    ") STRICT",

    /* The last day is still one of absence. */
    "CREATE TABLE absences ("
    " person TEXT NOT NULL REFERENCES people,"
    " first_day TEXT NOT NULL,"
    " last_day TEXT NOT NULL CHECK (last_day >= first_day),"
    " deputy TEXT NOT NULL,"
    " reason TEXT NOT NULL,"
    " login TEXT NOT NULL,"
    " recorded_at INTEGER NOT NULL,"
    " PRIMARY KEY (person, first_day)"
    ") STRICT",

    "CREATE TABLE calendar_days ("
    " calendar TEXT NOT NULL,"
    " day TEXT NOT NULL,"
    " mark TEXT NOT NULL,"
    " sessions TEXT NOT NULL,"
    " label TEXT NOT NULL,"
    " PRIMARY KEY (calendar, day)"
    ") STRICT",

    "CREATE TABLE calendar_years ("
    " calendar TEXT NOT NULL,"
    " year INTEGER NOT NULL,"
    " PRIMARY KEY (calendar, year)"
    ") STRICT",

    /* next_at: when a rule may have something new to say; far away (the
     * greatest integer) when the item is finished.  Its index holds all items,
     * since of two upper bounds, the index's own and the question's, SQLite
     * would search by one and look at every row for the other.
     * effective_due_at: the promise, its pauses given back; NULL beside a
     * promise while that waits for a year. */
    "CREATE TABLE items ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " code TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL,"
    " status TEXT NOT NULL,"
    " is_open INTEGER NOT NULL,"
    " next_at INTEGER NOT NULL,"
    " received_at INTEGER,"
    " due_at INTEGER,"
    " effective_due_at INTEGER,"
    " due_by_date INTEGER NOT NULL,"
    " computed_due_at INTEGER,"
    " due_origin TEXT NOT NULL,"
    " original_due_at INTEGER,"
    " paused_seconds INTEGER NOT NULL,"
    " paused_at INTEGER,"
    " unassigned_at INTEGER,"
    " finished_at INTEGER,"
    " supplement_count INTEGER NOT NULL,"
    " supplement_at INTEGER,"
    " supplement_due_at INTEGER,"
    " supplement_over_at INTEGER,"
    " finish_moves INTEGER NOT NULL,"
    " finish_moved_at INTEGER,"
    " finish_moved_from INTEGER,"
    " finish_moved_to INTEGER,"
    " finish_moved_source TEXT NOT NULL,"
    " original_moves INTEGER NOT NULL,"
    " original_moved_at INTEGER,"
    " original_moved_from INTEGER,"
    " original_moved_to INTEGER,"
    " original_moved_source TEXT NOT NULL,"
    " gone INTEGER NOT NULL,"
    " ours INTEGER NOT NULL,"
    " submission TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " procedure TEXT NOT NULL,"
    " field TEXT NOT NULL,"
    " unit TEXT NOT NULL,"
    " coordinating TEXT NOT NULL,"
    " assignee TEXT NOT NULL,"
    " assignee_text TEXT NOT NULL,"
    " owner TEXT NOT NULL,"
    " assigned_by TEXT NOT NULL,"
    " document TEXT NOT NULL,"
    " recurrence TEXT NOT NULL,"
    " output TEXT NOT NULL,"
    " priority TEXT NOT NULL,"
    " labels TEXT NOT NULL,"
    " note TEXT NOT NULL,"
    " feed TEXT NOT NULL"
    ") STRICT",
    "CREATE INDEX items_next ON items (next_at, id)",
    "CREATE INDEX items_open ON items (code) WHERE is_open = 1",
    "CREATE INDEX items_open_of_feed ON items (feed, code) WHERE is_open = 1",

    /* Each row has the hash of itself and of all before it (chain.h), and the
     * item's code, so that two items cannot exchange theirs. */
    "CREATE TABLE item_history ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " item INTEGER NOT NULL REFERENCES items,"
    " code TEXT NOT NULL,"
    " happened_at INTEGER,"
    " learnt_at INTEGER NOT NULL,"
    " field TEXT NOT NULL,"
    " value_before TEXT NOT NULL,"
    " value_after TEXT NOT NULL,"
    " source TEXT NOT NULL,"
    " login TEXT NOT NULL,"
    " why TEXT NOT NULL,"
    " hash BLOB NOT NULL"
    ") STRICT",
    "CREATE INDEX item_history_of_item ON item_history (item, id)",
    "CREATE TRIGGER item_history_stays BEFORE UPDATE ON item_history"
    " BEGIN SELECT RAISE(ABORT, 'the history of items is never changed'); END",
    "CREATE TRIGGER item_history_is_kept BEFORE DELETE ON item_history"
    " BEGIN SELECT RAISE(ABORT, 'the history of items is never deleted'); END",

    /* seconds: of working time, as the calendar was when the pause ended;
     * contained: in a promise that was moved since it began (R9). */
    "CREATE TABLE pauses ("
    " item INTEGER NOT NULL REFERENCES items,"
    " started_at INTEGER NOT NULL,"
    " ended_at INTEGER CHECK (ended_at >= started_at),"
    " seconds INTEGER,"
    " contained INTEGER NOT NULL,"
    " source TEXT NOT NULL,"
    " end_source TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (item, started_at)"
    ") STRICT",
    "CREATE UNIQUE INDEX pauses_open ON pauses (item) WHERE ended_at IS NULL",

    /* The item has our word; theirs is what its source says instead, or ''
     * while it says nothing. */
    "CREATE TABLE item_overrides ("
    " item INTEGER NOT NULL REFERENCES items,"
    " field TEXT NOT NULL,"
    " theirs TEXT NOT NULL,"
    " by_day INTEGER NOT NULL,"
    " held_from INTEGER,"
    " learnt_at INTEGER NOT NULL,"
    " person TEXT NOT NULL,"
    " login TEXT NOT NULL,"
    " why TEXT NOT NULL,"
    " document TEXT NOT NULL,"
    " PRIMARY KEY (item, field)"
    ") STRICT",

    "CREATE TABLE occurrences ("
    " series INTEGER NOT NULL REFERENCES items,"
    " day TEXT NOT NULL,"
    " item INTEGER NOT NULL UNIQUE REFERENCES items,"
    " PRIMARY KEY (series, day)"
    ") STRICT",

    "CREATE TABLE imports ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " kind TEXT NOT NULL,"
    " feed TEXT NOT NULL,"
    " file TEXT NOT NULL,"
    " digest TEXT NOT NULL,"
    " as_of INTEGER,"
    " imported_at INTEGER NOT NULL,"
    " login TEXT NOT NULL,"
    " row_count INTEGER NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " changed INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL,"
    " finished INTEGER NOT NULL DEFAULT 0"
    ") STRICT",
    "CREATE INDEX imports_of_feed ON imports (feed, as_of, id)"
    " WHERE finished = 1",

    /* In which import of its feed an item was last met; apart from items,
     * because a list that changes nothing still meets every row. */
    "CREATE TABLE sightings ("
    " item INTEGER PRIMARY KEY NOT NULL REFERENCES items,"
    " import INTEGER NOT NULL REFERENCES imports"
    ") STRICT",
    "CREATE TABLE notices ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " identity TEXT NOT NULL UNIQUE,"
    " recipient TEXT NOT NULL,"
    " channel TEXT NOT NULL,"
    " via TEXT NOT NULL,"
    " window_name TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " decided_at INTEGER,"
    " opening_at INTEGER,"
    " closes_at INTEGER,"
    " expires_at INTEGER,"
    " attempt_at INTEGER,"
    " attempts INTEGER NOT NULL,"
    " ambiguous INTEGER NOT NULL,"
    " state TEXT NOT NULL,"
    " facts TEXT NOT NULL,"
    " detail TEXT NOT NULL,"
    " rehearsed_to TEXT NOT NULL,"
    " changed_at INTEGER NOT NULL,"
    " CHECK (state <> 'queued' OR attempt_at IS NOT NULL)"
    ") STRICT",
    "CREATE INDEX notices_queued ON notices (channel, attempt_at, id)"
    " WHERE state = 'queued'",
    "CREATE INDEX notices_next ON notices (attempt_at) WHERE state = 'queued'",
    "CREATE INDEX notices_expiring ON notices (expires_at)"
    " WHERE state = 'queued' AND ambiguous = 0",
    "CREATE INDEX notices_undelivered ON notices (recipient, channel)"
    " WHERE state IN ('queued', 'in-flight')",
    "CREATE INDEX notices_delivered ON notices (recipient, changed_at, id)"
    " WHERE state = 'sent'",
    "CREATE INDEX notices_rehearsed ON notices (decided_at)"
    " WHERE rehearsed_to <> ''",
    "CREATE INDEX notices_of_person ON notices (recipient, decided_at, id)",
    "CREATE INDEX notices_settled ON notices (state, changed_at, id)"
    " WHERE state NOT IN ('queued', 'in-flight')",

    "CREATE TABLE notice_lines ("
    " notice INTEGER NOT NULL REFERENCES notices,"
    " place INTEGER NOT NULL,"
    " item INTEGER NOT NULL REFERENCES items,"
    " level TEXT NOT NULL,"
    " fresh INTEGER NOT NULL,"
    " due_at INTEGER NOT NULL,"
    " PRIMARY KEY (notice, place)"
    ") STRICT",
    "CREATE INDEX notice_lines_of_item ON notice_lines (item, notice)",

    /* due_at is the version of the subject, of deadlines the promise; live: of
     * the present version of an open item. */
    "CREATE TABLE alerts ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " item INTEGER NOT NULL REFERENCES items,"
    " due_at INTEGER NOT NULL,"
    " rule TEXT NOT NULL,"
    " step TEXT NOT NULL,"
    " slot INTEGER NOT NULL,"
    " recipient TEXT NOT NULL,"
    " subject TEXT NOT NULL,"
    " level TEXT NOT NULL,"
    " reached_at INTEGER,"
    " decided_at INTEGER,"
    " opens_at INTEGER,"
    " state TEXT NOT NULL,"
    " reason TEXT NOT NULL,"
    " late INTEGER NOT NULL,"
    " stands_for TEXT NOT NULL,"
    " notice INTEGER REFERENCES notices,"
    " live INTEGER NOT NULL,"
    " changed_at INTEGER NOT NULL,"
    " UNIQUE (item, due_at, rule, step, slot, recipient),"
    " CHECK (state <> 'held' OR opens_at IS NOT NULL)"
    ") STRICT",
    /* With state in front they answer by themselves, without the table. */
    "CREATE INDEX alerts_opening ON alerts (state, opens_at, recipient)"
    " WHERE state = 'held'",
    "CREATE INDEX alerts_held ON alerts (state, recipient, opens_at, id)"
    " WHERE state = 'held'",
    "CREATE INDEX alerts_held_of_item ON alerts (item, id)"
    " WHERE state = 'held'",
    "CREATE INDEX alerts_dead ON alerts (item, due_at) WHERE live = 0",
    "CREATE INDEX alerts_noticed ON alerts (state, recipient, item)"
    " WHERE state = 'noticed'",
    "CREATE INDEX alerts_live ON alerts (recipient, item) WHERE live = 1",
    "CREATE INDEX alerts_of_notice ON alerts (notice)"
    " WHERE notice IS NOT NULL",

    "CREATE TABLE attempts ("
    " notice INTEGER NOT NULL REFERENCES notices,"
    " attempt INTEGER NOT NULL,"
    " channel TEXT NOT NULL,"
    " worker TEXT NOT NULL,"
    " leased_at INTEGER NOT NULL,"
    " ended_at INTEGER,"
    " verdict TEXT NOT NULL DEFAULT '',"
    " detail TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (notice, attempt)"
    ") STRICT",

    "CREATE TABLE parked_channels ("
    " channel TEXT PRIMARY KEY NOT NULL,"
    " broken_at INTEGER NOT NULL,"
    " probe_at INTEGER,"
    " probes INTEGER NOT NULL,"
    " detail TEXT NOT NULL"
    ") STRICT",

    "CREATE TABLE meta ("
    " name TEXT PRIMARY KEY NOT NULL,"
    " number INTEGER,"
    " text TEXT"
    ") STRICT",

    "CREATE TABLE actions ("
    " id INTEGER PRIMARY KEY NOT NULL,"
    " done_at INTEGER NOT NULL,"
    " login TEXT NOT NULL,"
    " verb TEXT NOT NULL,"
    " detail TEXT NOT NULL"
    ") STRICT",
    NULL};

static const char *const *const migrations[] = {version_1};

int64_t schema_newest(void)
{
    return (int64_t)(sizeof(migrations) / sizeof(*migrations));
}

int schema_version(struct store *store, int64_t *version_r, struct err *err)
{
    return store_ask(store, "PRAGMA user_version", version_r, err);
}

int schema_recognise(struct store *store, struct err *err)
{
    int64_t application = 0, tables = 0;

    if (store_ask(store, "PRAGMA application_id", &application, err) != 0 ||
        store_ask(store, "SELECT count(*) FROM sqlite_schema", &tables, err) !=
            0)
        return -1;
    if (tables > 0 && application != OUR_APPLICATION)
        return err_set(err, ERR_SYSTEM,
                       "%s: is a database, but not a store of kiphan",
                       store->path);
    return 0;
}

static int migrate_once(struct store *store, int64_t version, struct err *err)
{
    owned(str_free) char *number =
        str_format("PRAGMA user_version = %d", (int)version + 1);
    owned(str_free) char *mark =
        str_format("PRAGMA application_id = %d", OUR_APPLICATION);

    for (const char *const *sql = migrations[version]; *sql; sql++)
        if (store_run(store, *sql, err) != 0)
            return err_wrap(err, "migration %d", (int)version + 1);
    if (store_run(store, mark, err) != 0)
        return -1;
    return store_run(store, number, err);
}

int schema_migrate(struct store *store, struct err *err)
{
    int64_t version = 0;

    if (schema_version(store, &version, err) != 0)
        return -1;
    while (version < schema_newest()) {
        if (migrate_once(store, version, err) != 0)
            return -1;
        version++;
    }
    return 0;
}
