/* Whatever comes in is taken and means what it says, or is refused with a
 * reason and without a trace; nothing crashes.  Texts are right ones with a
 * few bytes changed, or bytes by chance.  KIPHAN_QUESTIONS sets how many. */
#include "tests/unit/calendar/office.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"

enum { TEXTS = 100000, ZONE_FILES = 1500, LONGEST = 48 };

static uint64_t dice = 20260625;

static int pick(int least, int most)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return least + (int)(dice % (uint64_t)(most - least + 1));
}

static long long how_many(long long fallback)
{
    (void)str_to_long(getenv("KIPHAN_QUESTIONS"), 1, 10000000, &fallback);
    return fallback;
}

/* Bytes that mean something somewhere, and any others. */
static char pick_byte(void)
{
    static const char known[] = "0123456789:-/+.,TZ %hwde \t\n";

    return pick(0, 3) ? known[pick(0, sizeof(known) - 2)] : (char)pick(1, 255);
}

static void mutate(const char *right, char text[LONGEST + 1])
{
    size_t length = strlen(right);

    memcpy(text, right, length + 1);
    for (int i = pick(0, 3); i > 0; i--) {
        size_t at = (size_t)pick(0, (int)length);
        switch (pick(0, 2)) {
        case 0: /* another byte, or one more at the end */
            text[at] = pick_byte();
            length += at == length;
            break;
        case 1: /* cut */
            length = at;
            break;
        default: /* doubled */
            memmove(text + at + 1, text + at, length - at);
            length += 1;
            text[at] = pick_byte();
        }
        text[length] = '\0';
    }
}

static void make_text(const char *const *rights, int count,
                      char text[LONGEST + 1])
{
    int length = pick(0, LONGEST);

    if (pick(0, 9)) {
        mutate(rights[pick(0, count - 1)], text);
        return;
    }
    for (int i = 0; i < length; i++)
        text[i] = pick_byte();
    text[length] = '\0';
}

/* A refusal has a code, and a text that may be shown. */
static void check_refused(int result, const struct err *err)
{
    owned(str_free) char *clean = utf8_one_line(err->text);

    assert_int_equal(result, -1);
    assert_int_equal(err->code, ERR_INVALID);
    assert_true(utf8_valid(err->text, strlen(err->text)));
    assert_string_equal(clean, err->text);
}

TEST_CASE(instants_are_taken_as_written_or_refused)
{
    (void)state;
    static const char *const rights[] = {
        "2026-06-25 07:10",          "25/06/2026 07:10", "2026-06-25",
        "2026-06-25T07:10:00+07:00", "25/06/2026",       "2026-06-25T00:10:59Z",
        "2026-06-25 07:10:00-11:30",
    };
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");
    int taken = 0;

    for (long long i = how_many(TEXTS); i > 0; i--) {
        char text[LONGEST + 1];
        char written[20];
        struct err err = {0};
        int64_t instant = -7;
        int64_t again = 0;
        bool time_given = false;
        make_text(rights, sizeof(rights) / sizeof(rights[0]), text);
        int result = zone_parse(zone, text, &instant, &time_given, &err);
        if (result != 0) {
            check_refused(result, &err);
            assert_int_equal(instant, -7);
            continue;
        }
        taken++;
        zone_format(zone, instant, written);
        if (zone_parse(zone, written, &again, &time_given, &err) == 0)
            assert_int_equal(again, instant);
        else /* an offset may lead out of the years by hours */
            assert_true(instant < 86400 || instant > 7258118400 - 86400);
        if (strlen(text) > 10 && text[10] == 'T' && text[4] == '-' &&
            !strpbrk(text + 11, "Z+-"))
            assert_memory_equal(written, text, strlen(text));
    }
    assert_true(taken > 1);
}

TEST_CASE(spans_are_taken_as_written_or_refused)
{
    (void)state;
    static const char *const rights[] = {
        "8h",  "2wd", "1.5wd",    "0,125wd",  "3wd-end",
        "10d", "20%", "same-day", "9999999h", "0.5wd-end",
    };
    int taken = 0;

    for (long long i = how_many(TEXTS); i > 0; i--) {
        char text[LONGEST + 1];
        char written[32];
        struct err err = {0};
        struct span span = {SPAN_SHARE, -7};
        struct span again = {SPAN_SHARE, 0};
        unsigned allowed = (unsigned)pick(1, 63);
        make_text(rights, sizeof(rights) / sizeof(rights[0]), text);
        int result = span_parse(text, allowed, &span, &err);
        if (result != 0) {
            check_refused(result, &err);
            assert_int_equal(span.thousandths, -7);
            continue;
        }
        taken++;
        assert_true(allowed >> span.unit & 1U);
        assert_true(span.thousandths >= 0);
        span_format(span, written);
        check_ok(span_parse(written, allowed, &again, &err));
        assert_int_equal(again.unit, span.unit);
        assert_int_equal(again.thousandths, span.thousandths);
    }
    assert_true(taken > 1);
}

TEST_CASE(sessions_are_in_order_or_refused)
{
    (void)state;
    static const char *const rights[] = {
        "07:30-11:30 13:30-17:00",
        "00:00-24:00",
        "01:00-02:00,03:00-04:00",
        "07:30-11:30,12:00-13:00",
    };
    int taken = 0;

    for (long long i = how_many(TEXTS); i > 0; i--) {
        char text[LONGEST + 1];
        struct err err = {0};
        struct day_plan plan = {.count = -7};
        int32_t free_from = 0;
        make_text(rights, sizeof(rights) / sizeof(rights[0]), text);
        int result = day_plan_parse(text, &plan, &err);
        if (result != 0) {
            check_refused(result, &err);
            assert_int_equal(plan.count, -7);
            continue;
        }
        taken++;
        assert_in_range(plan.count, 1, SESSIONS_A_DAY);
        for (int j = 0; j < plan.count; j++) {
            assert_true(plan.sessions[j].start >= free_from);
            assert_true(plan.sessions[j].end > plan.sessions[j].start);
            free_from = plan.sessions[j].end;
        }
        assert_true(free_from <= 86400);
    }
    assert_true(taken > 1);
}

/* A directory for TZDIR, with one zone file, "Test". */
static char directory[32];

static int make_directory(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof(directory), "/tmp/kiphan-zones-XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
    (void)state;
    owned(str_free) char *path = str_format("%s/Test", directory);

    (void)unlink(path);
    (void)unsetenv("TZDIR");
    return rmdir(directory);
}

static size_t read_bytes(const char *path, char *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    size_t size = fread(bytes, 1, room, file);
    (void)fclose(file);
    return size;
}

static void write_bytes(const char *bytes, size_t size)
{
    owned(str_free) char *path = str_format("%s/Test", directory);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Whatever the file says, an instant has a local time and that an instant. */
static void use_zone(const struct zone *zone)
{
    for (int i = 0; i < 50; i++) {
        int64_t instant = (int64_t)pick(-(1 << 29), 1 << 29) * 16;
        struct civil civil = zone_civil(zone, instant);
        assert_in_range(civil.seconds, 0, 86399);
        assert_true(zone_instant(zone, civil) <= instant);
    }
    (void)zone_civil(zone, INT64_MIN);
    (void)zone_civil(zone, INT64_MAX);
}

TEST_CASE(damaged_zone_files_are_refused_or_harmless)
{
    (void)state;
    static char right[65536];
    static char bytes[65536];
    size_t whole =
        read_bytes("/usr/share/zoneinfo/Europe/Berlin", right, sizeof(right));
    int opened = 0;

    assert_true(whole > 1000 && whole < sizeof(right));
    assert_int_equal(setenv("TZDIR", directory, 1), 0);
    for (int i = 0; i < ZONE_FILES; i++) {
        struct err err = {0};
        owned(zone_free) struct zone *zone = NULL;
        size_t size = pick(0, 3) ? whole : (size_t)pick(0, (int)whole);
        memcpy(bytes, right, whole);
        for (int j = pick(1, 8); j > 0; j--) {
            /* Headers and footer more often than their share. */
            size_t at = (size_t)pick(0, pick(0, 1) ? (int)whole - 1 : 50);
            bytes[pick(0, 3) ? at : whole - 1 - at] = (char)pick(0, 255);
        }
        write_bytes(bytes, size);
        int result = zone_open("Test", &zone, &err);
        if (result != 0) {
            check_refused(result, &err);
            assert_null(zone);
            continue;
        }
        opened++;
        use_zone(zone);
    }
    assert_in_range(opened, 1, ZONE_FILES - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants_are_taken_as_written_or_refused),
        cmocka_unit_test(spans_are_taken_as_written_or_refused),
        cmocka_unit_test(sessions_are_in_order_or_refused),
        cmocka_unit_test_setup_teardown(
            damaged_zone_files_are_refused_or_harmless, make_directory,
            remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
