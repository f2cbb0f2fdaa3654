/* How fast a store of many items takes them in and finds what is due, beside
 * a floor of the same run: as many durable appends to a plain file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "store/alerts.h"
#include "store/items.h"
#include "store/store.h"

enum { ITEMS = 100000, BATCH = 1000, PEOPLE = 500, PAGE = 200 };

/* 25 June 2026, 07:30 in Vietnam. */
#define MORNING 1782347400

static double now(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void must(int result, const struct err *err)
{
    if (result != 0) {
        (void)fprintf(stderr, "%s\n", err->text);
        exit(EXIT_FAILURE);
    }
}

static void say(const char *what, double start)
{
    (void)printf("%-52s %9.2f ms\n", what, 1e3 * (now() - start));
}

static struct item make_item(int number)
{
    return (struct item){
        .kind = KIND_DOSSIER,
        .code = str_format("H24.17.30-260612-%06d", number),
        .title = str_copy("Đăng ký biến động quyền sử dụng đất, tài sản"),
        .procedure = str_copy("1.012345"),
        .field = str_copy("Đất đai"),
        .unit = str_copy("xdnnmt"),
        .assignee = str_format("cv%d", number % PEOPLE),
        .assignee_text = str_copy("Nguyễn Văn An"),
        .owner = str_copy("Trần Thị Bình"),
        .feed = str_copy("motcua"),
        .submission = SUBMITTED_ONLINE,
        .status = status_find(KIND_DOSSIER, "4"),
        .received_at = MORNING - 1000000,
        .due_at = MORNING + number,
        .computed_due_at = INSTANT_NONE,
        .original_due_at = MORNING + number,
        .finished_at = INSTANT_NONE,
    };
}

static void put_alert(struct store *store, const struct item *item)
{
    char rule[] = "ho-so", step[] = "overdue", none[] = "";
    struct alert alert = {.item = item->id,
                          .due_at = item->due_at,
                          .rule = rule,
                          .step = step,
                          .recipient = item->assignee,
                          .level = LEVEL_OVERDUE,
                          .opens_at = MORNING,
                          .stands_for = none};
    struct err err = {0};

    must(store_put_alert(store, &alert, MORNING, &err), &err);
}

/* What is done to each item of a batch. */
typedef void batch_step(struct store *store, int number);

static void insert_item(struct store *store, int number)
{
    owned(item_done) struct item item = make_item(number);
    struct err err = {0};

    must(store_put_item(store, &item, &err), &err);
}

static void decide_item(struct store *store, int number)
{
    owned(item_done) struct item item = make_item(number);
    struct err err = {0};

    item.id = number + 1;
    put_alert(store, &item);
    must(store_set_live(store, &item, &err), &err);
    must(store_set_next(store, item.id, MORNING + number, &err), &err);
}

static void in_batches(struct store *store, const char *what, batch_step *step)
{
    double start = now();
    struct err err = {0};

    for (int number = 0; number < ITEMS; number += BATCH) {
        must(store_begin(store, 0, &err), &err);
        for (int i = 0; i < BATCH; i++)
            step(store, number + i);
        must(store_commit(store, &err), &err);
        must(store_checkpoint(store, &err), &err);
    }
    say(what, start);
}

static void floor_of_appends(const char *path)
{
    char row[500];
    FILE *file = fopen(path, "w");
    double start = now();

    memset(row, 'x', sizeof(row));
    for (int number = 0; file && number < ITEMS; number++) {
        (void)fwrite(row, sizeof(row), 1, file);
        if (number % BATCH == BATCH - 1) {
            (void)fflush(file);
            (void)fdatasync(fileno(file));
        }
    }
    if (file)
        (void)fclose(file);
    say("floor: 100,000 rows of 500 B, fdatasync every 1,000", start);
    (void)unlink(path);
}

static void ask_due(struct store *store, const char *what, int64_t at,
                    size_t limit)
{
    owned(items_done) struct items due = {0};
    struct err err = {0};
    double start = now();

    must(store_items_due(store, at, limit, &due, &err), &err);
    say(what, start);
    (void)printf("    %zu items\n", due.count);
}

static void ask_people(struct store *store)
{
    owned(strs_done) struct strs people = {0};
    owned(alerts_done) struct alerts held = {0};
    owned(items_done) struct items items = {0};
    struct err err = {0};
    double start = now();

    must(store_people_to_tell(store, MORNING, &people, &err), &err);
    say("people to tell, 100,000 held alerts of 500 people", start);
    start = now();
    must(store_held_alerts(store, "cv7", MORNING, &held, &err), &err);
    say("held alerts of one (200)", start);
    start = now();
    must(store_items_of_person(store, "cv7", &items, &err), &err);
    say("items of one by live alerts (200)", start);
}

static void ask(struct store *store)
{
    struct err err = {0};
    int64_t at = 0;

    double start = now();
    must(store_next_due(store, &at, &err), &err);
    say("next due", start);
    start = now();
    must(store_next_opening(store, &at, &err), &err);
    say("next opening", start);
    ask_people(store);
    ask_due(store, "items due: none", MORNING - 1, PAGE);
    ask_due(store, "items due: 200 of 100,000", MORNING + ITEMS, PAGE);
    ask_due(store, "items due: all, in one list", MORNING + ITEMS, ITEMS);
}

static void wake_all(struct store *store)
{
    struct err err = {0};
    double start = now();

    must(store_begin(store, 0, &err), &err);
    must(store_wake_items(store, -1, &err), &err);
    must(store_commit(store, &err), &err);
    say("wake all 100,000, one transaction", start);
    start = now();
    must(store_checkpoint(store, &err), &err);
    say("the checkpoint after it", start);
}

static struct store *open_at(const char *path, enum store_mode mode)
{
    struct store *store = NULL;
    struct err err = {0};

    must(store_open(path, mode, &store, &err), &err);
    return store;
}

static void remove_all(const char *directory, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        owned(str_free) char *file = str_format("%s%s", path, endings[i]);
        (void)unlink(file);
    }
    (void)rmdir(directory);
}

int main(void)
{
    char directory[] = "/tmp/kiphan-bench-XXXXXX";

    if (!mkdtemp(directory))
        return EXIT_FAILURE;
    owned(str_free) char *path = str_format("%s/kiphan.db", directory);
    floor_of_appends(path);

    owned(store_free) struct store *store = open_at(path, STORE_CREATE);
    in_batches(store, "insert 100,000 items in batches of 1,000", insert_item);
    in_batches(store, "an alert and next_at for each, in batches", decide_item);
    store_free(&store);
    double start = now();
    store = open_at(path, STORE_WRITE);
    say("open for writing, with quick_check", start);
    store_free(&store);
    start = now();
    store = open_at(path, STORE_READ);
    say("open for reading", start);
    store_free(&store);

    store = open_at(path, STORE_WRITE);
    ask(store);
    wake_all(store);
    remove_all(directory, path);
    return EXIT_SUCCESS;
}
