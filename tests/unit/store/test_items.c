#include "tests/unit/store/fixture.h"

static void check_same_item(const struct item *a, const struct item *b)
{
    assert_int_equal(a->id, b->id);
    assert_int_equal(a->kind, b->kind);
    assert_ptr_equal(a->status, b->status);
    assert_string_equal(a->code, b->code);
    assert_string_equal(a->title, b->title);
    assert_string_equal(a->procedure, b->procedure);
    assert_string_equal(a->field, b->field);
    assert_string_equal(a->unit, b->unit);
    assert_string_equal(a->coordinating, b->coordinating);
    assert_string_equal(a->assignee, b->assignee);
    assert_string_equal(a->assignee_text, b->assignee_text);
    assert_string_equal(a->owner, b->owner);
    assert_string_equal(a->assigned_by, b->assigned_by);
    assert_string_equal(a->document, b->document);
    assert_string_equal(a->recurrence, b->recurrence);
    assert_string_equal(a->output, b->output);
    assert_string_equal(a->priority, b->priority);
    assert_string_equal(a->labels, b->labels);
    assert_string_equal(a->note, b->note);
    assert_string_equal(a->feed, b->feed);
    assert_int_equal(a->submission, b->submission);
    assert_true(a->received_at == b->received_at);
    assert_true(a->due_at == b->due_at);
    assert_int_equal(a->due_by_date, b->due_by_date);
    assert_int_equal(a->due_origin, b->due_origin);
    assert_true(a->computed_due_at == b->computed_due_at);
    assert_true(a->original_due_at == b->original_due_at);
    assert_true(a->finished_at == b->finished_at);
    assert_int_equal(a->gone, b->gone);
    assert_int_equal(a->ours, b->ours);
}

TEST_CASE(keeps_every_member_of_an_item)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item task = {
        .kind = KIND_TASK,
        .code = str_copy("NV-1"),
        .title = str_copy("Báo cáo \"tuần\"; DROP TABLE items"),
        .procedure = str_copy("procedure"),
        .field = str_copy("Đất đai"),
        .unit = str_copy("vhxh"),
        .coordinating = str_copy("hcc,kinhte"),
        .assignee = str_copy("cv1.vhxh"),
        .assignee_text = str_copy("Ng. Văn B"),
        .owner = str_copy("owner"),
        .assigned_by = str_copy("ct"),
        .document = str_copy("12/TB-UBND"),
        .recurrence = str_copy("hằng tuần"),
        .output = str_copy("output"),
        .priority = str_copy("Thượng khẩn"),
        .labels = str_copy("một, hai"),
        .note = str_copy("note"),
        .feed = str_copy("tasks"),
        .submission = SUBMITTED_BY_POST,
        .status = status_find(KIND_TASK, "doing"),
        .received_at = 0,
        .due_at = 1782381600,
        .due_by_date = true,
        .due_origin = DUE_COMPUTED,
        .computed_due_at = 1782381600,
        .original_due_at = INSTANT_NONE,
        .finished_at = -1,
        .ours = true,
        .gone = true,
    };
    owned(item_done) struct item by_code = {0}, by_id = {0};
    struct err err = {0};

    check_ok(store_put_item(fixture.store, &task, &err));
    assert_true(task.id > 0);
    check_ok(store_get_item(fixture.store, "NV-1", &by_code, &err));
    check_ok(store_get_item_by_id(fixture.store, task.id, &by_id, &err));
    check_same_item(&task, &by_code);
    check_same_item(&task, &by_id);

    owned(str_free) char *title = str_copy("another");
    str_replace(&by_id.title, &title);
    by_id.due_at = INSTANT_NONE;
    check_ok(store_put_item(fixture.store, &by_id, &err));
    item_done(&by_code);
    check_ok(store_get_item(fixture.store, "NV-1", &by_code, &err));
    check_same_item(&by_id, &by_code);
}

TEST_CASE(keeps_an_empty_item_as_empty_texts)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item item = {
        .code = str_copy("H"),
        .status = status_find(KIND_DOSSIER, "1"),
        .received_at = INSTANT_NONE,
    };
    owned(item_done) struct item kept = {0};
    struct err err = {0};

    check_ok(store_put_item(fixture.store, &item, &err));
    check_ok(store_get_item(fixture.store, "H", &kept, &err));
    assert_string_equal(kept.owner, "");
    assert_int_equal(kept.submission, SUBMITTED_UNKNOWN);
}

TEST_CASE(refuses_a_second_item_of_a_code)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item again = sample_item("H-1", 6000);
    struct err err = {0};

    (void)put_sample(fixture.store, "H-1", 5000);
    assert_int_equal(store_put_item(fixture.store, &again, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(again.id, 0);
    again.id = 4711;
    assert_int_equal(store_put_item(fixture.store, &again, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void check_due(struct store *store, int64_t now, const char *codes)
{
    owned(items_done) struct items due = {0};
    owned(buf_done) struct buf found = {0};
    struct err err = {0};

    check_ok(store_items_due(store, now, 3, &due, &err));
    for (size_t i = 0; i < due.count; i++)
        buf_addf(&found, "%s ", due.items[i].code);
    owned(str_free) char *text = buf_take(&found);
    assert_string_equal(text, codes);
}

static void check_next(struct store *store, int64_t expected)
{
    struct err err = {0};
    int64_t next_at = 0;

    check_ok(store_next_due(store, &next_at, &err));
    assert_true(next_at == expected);
}

TEST_CASE(gives_items_due_by_instant_and_then_by_number)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t ids[4];

    check_next(store, INSTANT_NEVER);
    for (int i = 0; i < 4; i++) {
        owned(str_free) char *code = str_format("H-%d", i);
        ids[i] = put_sample(store, code, 5000);
    }
    check_next(store, 0);
    check_due(store, 0, "H-0 H-1 H-2 ");

    check_ok(store_set_next(store, ids[0], 300, &err));
    check_ok(store_set_next(store, ids[1], 200, &err));
    check_ok(store_set_next(store, ids[2], 200, &err));
    check_ok(store_set_next(store, ids[3], INSTANT_NEVER, &err));
    check_next(store, 200);
    check_due(store, 199, "");
    check_due(store, 200, "H-1 H-2 ");
    check_due(store, INSTANT_NEVER, "H-1 H-2 H-0 ");
    assert_int_equal(store_set_next(store, 99, 1, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(looks_at_a_changed_item_now_and_at_a_finished_one_once_more)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(item_done) struct item item = sample_item("H-1", 5000);
    struct err err = {0};

    check_ok(store_put_item(store, &item, &err));
    check_ok(store_set_next(store, item.id, 4000, &err));
    item.status = status_find(KIND_DOSSIER, "9");
    check_ok(store_put_item(store, &item, &err));
    check_due(store, 0, "H-1 ");
    check_ok(store_set_next(store, item.id, INSTANT_NEVER, &err));
    check_ok(store_wake_items(store, -1, &err));
    check_due(store, 9000, "");
}

TEST_CASE(wakes_one_item_those_of_a_kind_or_all)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(item_done) struct item task = sample_item("NV-1", 5000);
    struct err err = {0};
    int64_t dossier = put_sample(store, "H-1", 5000);

    task.kind = KIND_TASK;
    task.status = status_find(KIND_TASK, "new");
    check_ok(store_put_item(store, &task, &err));
    check_ok(store_set_next(store, dossier, 4000, &err));
    check_ok(store_set_next(store, task.id, 4000, &err));
    check_due(store, 0, "");
    check_ok(store_wake_items(store, KIND_TASK, &err));
    check_due(store, 0, "NV-1 ");
    check_ok(store_wake_item(store, dossier, &err));
    check_due(store, 0, "H-1 NV-1 ");
    check_ok(store_set_next(store, dossier, 4000, &err));
    check_ok(store_wake_items(store, -1, &err));
    check_due(store, 0, "H-1 NV-1 ");
}

/* Gathers the codes visited; stops after some. */
struct tour {
    struct buf codes;
    int stop_after;
    struct store *store;
};

static int visit(void *context, const struct item *item, struct err *err)
{
    struct tour *tour = context;

    (void)err;
    buf_addf(&tour->codes, "%s ", item->code);
    return --tour->stop_after == 0 ? 7 : 0;
}

static void check_tour(struct store *store, const struct item_filter *filter,
                       const char *codes)
{
    struct tour tour = {.stop_after = -1};
    struct err err = {0};
    int64_t count = 0, blanks = 0;

    check_ok(store_visit_items(store, filter, visit, &tour, &err));
    owned(str_free) char *found = buf_take(&tour.codes);
    assert_string_equal(found, codes);
    check_ok(store_count_items(store, filter, &count, &err));
    for (const char *at = codes; *at; at++)
        blanks += *at == ' ';
    assert_int_equal(count, blanks);
}

static void put_variety(struct store *store)
{
    struct err err = {0};
    owned(item_done) struct item c = sample_item("c", 5000);
    owned(item_done) struct item b = sample_item("b", 5000);
    owned(item_done) struct item a = sample_item("a", 5000);
    owned(item_done) struct item s = sample_item("s", 5000);

    str_free(&b.assignee);
    str_free(&b.unit);
    b.unit = str_copy("vhxh");
    a.status = status_find(KIND_DOSSIER, "9");
    str_free(&c.feed);
    str_free(&s.feed);
    c.kind = KIND_TASK;
    c.status = status_find(KIND_TASK, "new");
    s.kind = KIND_SYSTEM;
    s.status = status_find(KIND_SYSTEM, "raised");
    check_ok(store_put_item(store, &c, &err));
    check_ok(store_put_item(store, &b, &err));
    check_ok(store_put_item(store, &a, &err));
    check_ok(store_put_item(store, &s, &err));
}

TEST_CASE(visits_by_filter_in_order_of_code)
{
    (void)state;
    static const struct {
        struct item_filter filter;
        const char *codes;
    } rows[] = {
        {{.kind = -1}, "a b c "},
        {{.kind = -1, .open_only = true}, "b c "},
        {{.kind = KIND_TASK}, "c "},
        {{.kind = KIND_SYSTEM, .open_only = true}, "s "},
        {{.kind = -1, .unit = "vhxh"}, "b "},
        {{.kind = -1, .assignee = "cv1.hcc"}, "a c "},
        {{.kind = -1, .assignee = ""}, "b "},
        {{.kind = -1, .feed = "motcua"}, "a b "},
        {{.kind = KIND_DOSSIER, .feed = "motcua", .open_only = true}, "b "},
    };
    owned(fixture_remove) struct fixture fixture = fixture_writing();

    put_variety(fixture.store);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check_tour(fixture.store, &rows[i].filter, rows[i].codes);
}

TEST_CASE(stops_when_the_visitor_says_so)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    const struct item_filter all = {.kind = -1};
    struct tour tour = {.stop_after = 2};
    struct err err = {0};

    put_variety(fixture.store);
    assert_int_equal(store_visit_items(fixture.store, &all, visit, &tour, &err),
                     7);
    owned(str_free) char *found = buf_take(&tour.codes);
    assert_string_equal(found, "a b ");
}

static int finish(void *context, const struct item *item, struct err *err)
{
    struct tour *tour = context;
    owned(item_done) struct item finished = item_copy(item);

    tour->stop_after++;
    finished.status = status_find(KIND_DOSSIER, "9");
    return store_put_item(tour->store, &finished, err);
}

TEST_CASE(lets_a_visitor_change_what_it_visits)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    const struct item_filter open = {.kind = -1, .open_only = true};
    struct tour tour = {.store = fixture.store};
    struct err err = {0};
    int64_t left = -1;

    for (int i = 0; i < 600; i++) {
        owned(str_free) char *code = str_format("H-%03d", i);
        (void)put_sample(fixture.store, code, 5000);
    }
    check_ok(store_visit_items(fixture.store, &open, finish, &tour, &err));
    assert_int_equal(tour.stop_after, 600);
    check_ok(store_count_items(fixture.store, &open, &left, &err));
    assert_int_equal(left, 0);
}

TEST_CASE(finds_the_open_items_that_a_list_no_longer_has)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct tour tour = {.stop_after = -1};
    struct err err = {0};
    int64_t unseen = 0, open = 0;

    put_variety(store);
    int64_t d = put_sample(store, "d", 5000);
    check_ok(store_run(store,
                       "INSERT INTO imports VALUES (8, 'items', 'motcua', 'f',"
                       " 'd', 1, 2, 'l', 0, 0, 0, 0, 1),"
                       " (9, 'items', 'motcua', 'f', 'd', 1, 2, 'l', 0, 0, 0,"
                       " 0, 1)",
                       &err));
    check_ok(store_mark_seen(store, d, 8, &err));
    check_ok(store_count_unseen(store, "motcua", 9, &unseen, &open, &err));
    assert_int_equal(unseen, 2);
    check_ok(store_mark_seen(store, d, 9, &err));
    check_ok(store_count_unseen(store, "motcua", 9, &unseen, &open, &err));
    assert_int_equal(unseen, 1);
    assert_int_equal(open, 2);
    check_ok(store_visit_unseen(store, "motcua", 9, visit, &tour, &err));
    owned(str_free) char *found = buf_take(&tour.codes);
    assert_string_equal(found, "b ");
    assert_int_equal(store_mark_seen(store, d, 77, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(keeps_history_in_order_and_for_ever)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(histories_done) struct histories kept = {0};
    struct err err = {0};
    char status[] = "status", two[] = "2", four[] = "4", by[] = "quantri",
         source[] = "motcua f.csv:51";
    int64_t item = put_sample(store, "H-1", 5000);
    struct history history = {.item = item,
                              .happened_at = INSTANT_NONE,
                              .learnt_at = 100,
                              .field = status,
                              .after = two,
                              .source = source,
                              .by = by};

    check_ok(store_add_history(store, &history, &err));
    history.happened_at = 50;
    history.before = two;
    history.after = four;
    check_ok(store_add_history(store, &history, &err));
    check_ok(store_get_history(store, item, &kept, &err));
    assert_int_equal(kept.count, 2);
    assert_true(kept.items[0].happened_at == INSTANT_NONE);
    assert_string_equal(kept.items[0].before, "");
    assert_string_equal(kept.items[1].field, "status");
    assert_string_equal(kept.items[1].before, "2");
    assert_string_equal(kept.items[1].after, "4");
    assert_string_equal(kept.items[1].source, "motcua f.csv:51");
    assert_string_equal(kept.items[1].by, "quantri");
    assert_int_equal(kept.items[1].happened_at, 50);
    assert_int_equal(kept.items[1].learnt_at, 100);
    assert_int_equal(kept.items[1].item, item);

    assert_int_equal(
        store_run(store, "UPDATE item_history SET happened_at = 1", &err), -1);
    assert_non_null(strstr(err.text, "never changed"));
    assert_int_equal(store_run(store, "DELETE FROM item_history", &err), -1);
    assert_non_null(strstr(err.text, "never deleted"));
    history.item = 4711;
    assert_int_equal(store_add_history(store, &history, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(reaches_items_by_their_indexes)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();

    check_plan(fixture.store, STATEMENT_ITEMS_DUE, "INDEX items_next");
    check_plan(fixture.store, STATEMENT_NEXT_DUE, "INDEX items_next");
    check_plan(fixture.store, STATEMENT_PAGE_OF_OPEN_ITEMS, "INDEX items_open");
    check_plan(fixture.store, STATEMENT_COUNT_OPEN_ITEMS, "INDEX items_open");
    check_plan(fixture.store, STATEMENT_PAGE_OF_ITEMS, "INDEX");
    check_plan(fixture.store, STATEMENT_PAGE_OF_UNSEEN,
               "INDEX items_open_of_feed");
    check_plan(fixture.store, STATEMENT_COUNT_SEEN, "INDEX items_open_of_feed");
    check_plan(fixture.store, STATEMENT_WAKE_ITEMS, "INDEX items_open");
    check_plan(fixture.store, STATEMENT_GET_HISTORY,
               "INDEX item_history_of_item");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_member_of_an_item),
        cmocka_unit_test(keeps_an_empty_item_as_empty_texts),
        cmocka_unit_test(refuses_a_second_item_of_a_code),
        cmocka_unit_test(gives_items_due_by_instant_and_then_by_number),
        cmocka_unit_test(
            looks_at_a_changed_item_now_and_at_a_finished_one_once_more),
        cmocka_unit_test(wakes_one_item_those_of_a_kind_or_all),
        cmocka_unit_test(visits_by_filter_in_order_of_code),
        cmocka_unit_test(stops_when_the_visitor_says_so),
        cmocka_unit_test(lets_a_visitor_change_what_it_visits),
        cmocka_unit_test(finds_the_open_items_that_a_list_no_longer_has),
        cmocka_unit_test(keeps_history_in_order_and_for_ever),
        cmocka_unit_test(reaches_items_by_their_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
