/* The two forms in which the same dossiers are exported say the same. */
#include "tests/unit/intake/lists.h"

enum { SEEDS = 6 };

static char *made(int seed, const char *more)
{
    owned(str_free) char *command = str_format(
        "python3 %s/config/example/kien-an/make_dossiers.py --seed %d %s",
        SOURCE_DIR, seed, more);
    struct buf text = {0};
    char piece[4096];
    size_t got = 0;
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    while ((got = fread(piece, 1, sizeof(piece), pipe)) > 0)
        buf_add_bytes(&text, piece, got);
    assert_int_equal(pclose(pipe), 0);
    return buf_take(&text);
}

struct comparison {
    struct office *plain, *wide;
    int compared, without_time, nameless;
};

static void same_text(const struct item *item, const char *what, const char *a,
                      const char *b)
{
    if (!str_equal(a, b))
        fail_msg("%s: %s \"%s\" and \"%s\"", item->code, what, a, b);
}

static void same_number(const struct item *item, const char *what, int64_t a,
                        int64_t b)
{
    if (a != b)
        fail_msg("%s: %s %lld and %lld", item->code, what, (long long)a,
                 (long long)b);
}

/* "25/06/2026" of a promise whose time was lost is that day's end. */
static void same_promise(struct comparison *comparison, const struct item *a,
                         const struct item *b)
{
    const struct zone *zone = comparison->plain->zone;

    if (!b->due_by_date) {
        same_number(a, "promise", a->due_at, b->due_at);
        same_number(a, "first promise", a->original_due_at, b->original_due_at);
        return;
    }
    comparison->without_time++;
    assert_int_equal(date_compare(zone_civil(zone, a->due_at).date,
                                  zone_civil(zone, b->due_at).date),
                     0);
}

/* Of the sample's people two bear the name of these (R14). */
static bool is_two_peoples(const char *assignee)
{
    return str_equal(assignee, "cv1.xdnnmt") ||
           str_equal(assignee, "cv2.xdnnmt");
}

static int compare(void *context, const struct item *a, struct err *err)
{
    struct comparison *comparison = context;
    owned(item_done) struct item b = item_of(comparison->wide, a->code);

    (void)err;
    comparison->compared++;
    same_text(a, "title", a->title, b.title);
    same_text(a, "procedure", a->procedure, b.procedure);
    same_text(a, "field", a->field, b.field);
    same_text(a, "unit", a->unit, b.unit);
    same_text(a, "owner", a->owner, b.owner);
    same_text(a, "note", a->note, b.note);
    same_text(a, "status", a->status->code, b.status->code);
    same_number(a, "submission", a->submission, b.submission);
    same_number(a, "receipt", a->received_at, b.received_at);
    same_number(a, "finish", a->finished_at, b.finished_at);
    same_promise(comparison, a, &b);
    if (is_two_peoples(a->assignee)) {
        comparison->nameless++;
        same_text(a, "holder", "", b.assignee);
        return 0;
    }
    same_text(a, "holder", a->assignee, b.assignee);
    same_text(a, "holder's name", a->assignee_text, b.assignee_text);
    return 0;
}

static void compare_offices(struct comparison *comparison)
{
    struct item_filter filter = {.kind = -1};
    struct err err = {0};
    int64_t count = 0;

    check_ok(store_visit_items(comparison->plain->fixture.store, &filter,
                               compare, comparison, &err));
    check_ok(store_count_items(comparison->wide->fixture.store, &filter, &count,
                               &err));
    assert_int_equal(count, comparison->compared);
    assert_true(comparison->compared > 300);
}

TEST_CASE(the_plain_and_the_wide_list_say_the_same)
{
    (void)state;
    int without_time = 0, nameless = 0;

    for (int seed = 1; seed <= SEEDS; seed++) {
        owned(office_done) struct office plain = office_new();
        owned(office_done) struct office wide = office_new();
        owned(str_free) char *plain_text = made(seed, "");
        owned(str_free) char *wide_text = made(seed, "--wide");
        struct comparison comparison = {.plain = &plain, .wide = &wide};

        must_take(&plain, DAY_2, plain_text);
        assert_int_equal(plain.report.rejected, 0);
        must_take(&wide, DAY_2, wide_text);
        assert_int_equal(wide.report.rejected, 0);
        assert_int_equal(wide.report.repeated, 1);
        assert_int_equal(wide.report.read, plain.report.read + 1);
        compare_offices(&comparison);
        without_time += comparison.without_time;
        nameless += comparison.nameless;
    }
    assert_true(without_time > 0 && nameless > 0);
}

TEST_CASE(either_form_taken_twice_changes_not_one_row)
{
    static const char *const forms[] = {"", "--wide"};

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        owned(office_done) struct office office = office_new();
        owned(str_free) char *text = made(7, forms[i]);

        must_take(&office, DAY_2, text);
        owned(str_free) char *before = dump_of(&office);
        must_take(&office, DAY_2, text);
        assert_true(office.report.unchanged);
        owned(str_free) char *after = dump_of(&office);
        assert_string_equal(before, after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plain_and_the_wide_list_say_the_same),
        cmocka_unit_test(either_form_taken_twice_changes_not_one_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
