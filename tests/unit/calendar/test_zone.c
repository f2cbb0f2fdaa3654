#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "calendar/zone.h"

static struct zone *open_zone(const char *name)
{
    struct err err = {0};
    struct zone *zone = NULL;

    check_ok(zone_open(name, &zone, &err));
    return zone;
}

static int64_t at(const struct zone *zone, const char *text)
{
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    check_ok(zone_parse(zone, text, &instant, &time_given, &err));
    return instant;
}

static void check_shows(const struct zone *zone, int64_t instant,
                        const char *wanted)
{
    char text[20];

    zone_format(zone, instant, text);
    assert_string_equal(text, wanted);
}

/* Zones with summer time in either half of the year, negative or of half an
 * hour, rules of all kinds, changes of the date line, and none at all. */
static const char *const zones[] = {
    "Asia/Ho_Chi_Minh",  "Europe/Berlin",       "Europe/Dublin",
    "America/New_York",  "America/St_Johns",    "America/Santiago",
    "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia",
    "Asia/Tehran",       "Asia/Gaza",           "America/Sao_Paulo",
    "Antarctica/Troll",  "Pacific/Kwajalein",   "UTC",
};
enum { ZONES = sizeof(zones) / sizeof(zones[0]) };

/* The C library reads the same files with code of another hand. */
static void check_against_libc(const struct zone *zone, time_t instant)
{
    struct tm tm;
    char wanted[32];
    char text[20];

    assert_non_null(localtime_r(&instant, &tm));
    (void)strftime(wanted, sizeof(wanted), "%Y-%m-%dT%H:%M:%S", &tm);
    zone_format(zone, instant, text);
    if (strcmp(text, wanted) != 0)
        fail_msg("%s %lld: %s, not %s", zone_name(zone), (long long)instant,
                 text, wanted);
    assert_int_equal(zone_offset(zone, instant), tm.tm_gmtoff);
}

TEST_CASE(agrees_with_the_c_library_from_1970_to_2199)
{
    (void)state;
    for (int i = 0; i < ZONES; i++) {
        owned(zone_free) struct zone *zone = open_zone(zones[i]);
        (void)setenv("TZ", zones[i], 1);
        tzset();
        for (time_t t = 0; t < 7258118400; t += 35 * 3600 + 17 * 60 + 11)
            check_against_libc(zone, t);
    }
}

TEST_CASE(local_time_and_back_is_the_same_or_the_first_of_two)
{
    (void)state;
    for (int i = 0; i < ZONES; i++) {
        owned(zone_free) struct zone *zone = open_zone(zones[i]);
        for (int64_t t = 0; t < 7258118400; t += 11 * 3600 + 47) {
            struct civil civil = zone_civil(zone, t);
            int64_t back = zone_instant(zone, civil);
            struct civil again = zone_civil(zone, back);
            assert_true(back <= t && t - back <= 24 * 3600);
            assert_int_equal(date_compare(again.date, civil.date), 0);
            assert_int_equal(again.seconds, civil.seconds);
        }
    }
}

TEST_CASE(a_time_that_comes_twice_is_the_first)
{
    (void)state;
    owned(zone_free) struct zone *zone = open_zone("Europe/Berlin");

    assert_int_equal(at(zone, "2026-10-25 02:30"),
                     at(zone, "2026-10-25T02:30+02:00"));
    assert_int_equal(at(zone, "2026-10-25 03:00"),
                     at(zone, "2026-10-25T03:00+01:00"));
}

TEST_CASE(a_time_that_is_skipped_is_the_skip)
{
    (void)state;
    owned(zone_free) struct zone *berlin = open_zone("Europe/Berlin");
    owned(zone_free) struct zone *apia = open_zone("Pacific/Apia");
    int64_t skip = at(berlin, "2026-03-29T01:00Z");

    assert_int_equal(at(berlin, "2026-03-29 02:00"), skip);
    assert_int_equal(at(berlin, "2026-03-29 02:59:59"), skip);
    assert_int_equal(at(berlin, "2026-03-29 03:00"), skip);
    assert_int_equal(at(berlin, "2026-03-29 01:59:59"), skip - 1);
    /* A whole day that was left out. */
    assert_int_equal(at(apia, "2011-12-30 00:00"),
                     at(apia, "2011-12-31 00:00"));
    assert_int_equal(at(apia, "2011-12-30 12:00"),
                     at(apia, "2011-12-31 00:00"));
}

TEST_CASE(summer_time_goes_on_to_2199_by_the_footer)
{
    (void)state;
    owned(zone_free) struct zone *berlin = open_zone("Europe/Berlin");
    owned(zone_free) struct zone *lord_howe = open_zone("Australia/Lord_Howe");

    check_shows(berlin, at(berlin, "2199-07-01T10:00Z"), "2199-07-01T12:00:00");
    check_shows(berlin, at(berlin, "2199-12-01T10:00Z"), "2199-12-01T11:00:00");
    check_shows(lord_howe, at(lord_howe, "2199-12-01T00:00Z"),
                "2199-12-01T11:00:00");
    check_shows(lord_howe, at(lord_howe, "2199-07-01T00:00Z"),
                "2199-07-01T10:30:00");
}

TEST_CASE(stays_within_dates_of_four_digits)
{
    (void)state;
    owned(zone_free) struct zone *zone = open_zone("Asia/Ho_Chi_Minh");

    check_shows(zone, INT64_MAX, "9999-12-31T23:59:59");
    check_shows(zone, INT64_MIN, "0001-01-01T07:06:30"); /* local mean time */
}

TEST_CASE(reads_instants_as_people_write_them)
{
    (void)state;
    static const struct {
        const char *text;
        const char *wanted;
        bool time_given;
    } rows[] = {
        {"2026-06-25 07:10", "2026-06-25T07:10:00", true},
        {"2026-06-25T07:10:59", "2026-06-25T07:10:59", true},
        {"25/06/2026 07:10", "2026-06-25T07:10:00", true},
        {"25/06/2026T07:10:01", "2026-06-25T07:10:01", true},
        {"2026-06-25T07:10:00+07:00", "2026-06-25T07:10:00", true},
        {"2026-06-25T00:10:00Z", "2026-06-25T07:10:00", true},
        {"2026-06-24 19:10-05:00", "2026-06-25T07:10:00", true},
        {"2026-06-25", "2026-06-25T00:00:00", false},
        {"25/06/2026", "2026-06-25T00:00:00", false},
    };
    owned(zone_free) struct zone *zone = open_zone("Asia/Ho_Chi_Minh");
    struct err err = {0};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t instant = 0;
        bool time_given = !rows[i].time_given;
        check_ok(zone_parse(zone, rows[i].text, &instant, &time_given, &err));
        check_shows(zone, instant, rows[i].wanted);
        assert_int_equal(time_given, rows[i].time_given);
    }
}

TEST_CASE(refuses_what_is_no_instant)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-06-25 ",
        " 2026-06-25",
        "2026-06-25 7:10",
        "2026-06-25  07:10",
        "2026-06-25 07",
        "2026-06-25 24:00",
        "2026-06-25 07:60",
        "2026-06-25 07:10:60",
        "2026-06-25 07:10:",
        "2026-06-25 07:10:5",
        "2026-06-25 07:10+7",
        "2026-06-25 07:10+19:00",
        "2026-06-25 07:10+07:00:00",
        "2026-06-25 07:10+07:00Z",
        "2026-06-25Z",
        "31/02/2026",
        "06/25/2026",
        "25-06-2026",
        "25/06/26",
        "5/6/2026",
        "1969-12-31",
        "01/01/2200",
        "2026-06-25 07:10 AM",
        "2026-06-25\t07:10",
    };
    owned(zone_free) struct zone *zone = open_zone("Asia/Ho_Chi_Minh");
    struct err err = {0};
    int64_t instant = 42;
    bool time_given = true;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (zone_parse(zone, wrong[i], &instant, &time_given, &err) == 0)
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_int_equal(instant, 42);
    }
}

TEST_CASE(says_what_was_wrong_without_its_control_characters)
{
    (void)state;
    owned(zone_free) struct zone *zone = open_zone("UTC");
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    assert_int_equal(
        zone_parse(zone, "mai\x1b[2J", &instant, &time_given, &err), -1);
    assert_non_null(strstr(err.text, "\"mai [2J\" is not a day like"));
}

TEST_CASE(refuses_names_that_lead_elsewhere_or_nowhere)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "/etc/passwd",
        "../../etc/passwd",
        "Asia/../UTC",
        "Asia",
        "Asia/Hue",
        "zone.tab",
        "leapseconds",
        "Asia/",
        "./UTC",
        "UTC\n",
        "right/UTC", /* counts leap seconds: its instants are not ours */
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    struct err err = {0};
    struct zone *zone = NULL;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (zone_open(wrong[i], &zone, &err) == 0)
            fail_msg("\"%s\" was opened", wrong[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_null(zone);
    }
}

/* Zone files of our own, in a directory that TZDIR names. */
static char directory[32];

static int make_directory(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof(directory), "/tmp/kiphan-zones-XXXXXX");
    if (!mkdtemp(directory))
        return -1;
    return setenv("TZDIR", directory, 1);
}

static int remove_directory(void **state)
{
    (void)state;
    owned(str_free) char *path = str_format("%s/Test", directory);

    (void)unlink(path);
    (void)unsetenv("TZDIR");
    return rmdir(directory);
}

static void write_zone(const char *bytes, size_t size)
{
    owned(str_free) char *path = str_format("%s/Test", directory);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* The smallest file there is: one type of offset, no change, a footer. */
static size_t build_zone(char *bytes, const char *footer)
{
    char header[44] = "TZif2";
    size_t size = 0;

    header[39] = 1;
    header[43] = 4;
    for (int version = 0; version < 2; version++) {
        memcpy(bytes + size, header, sizeof(header));
        memcpy(bytes + size + 44, "\0\0\0\0\0\0UTC", 10);
        size += sizeof(header) + 10;
    }
    return size + (size_t)snprintf(bytes + size, 64, "\n%s\n", footer);
}

static struct zone *zone_by_footer(const char *footer)
{
    char bytes[256];

    write_zone(bytes, build_zone(bytes, footer));
    return open_zone("Test");
}

TEST_CASE(knows_each_way_to_write_a_day_of_change)
{
    (void)state;
    static const struct {
        const char *footer;
        const char *instant;
        const char *before;
        const char *from;
    } rows[] = {
        {"AAA0BBB,M3.5.0,M10.5.0", "2027-03-28T02:00Z", "2027-03-28T01:59:59",
         "2027-03-28T03:00:00"},
        {"AAA0BBB,M3.5.0,M10.5.0/3", "2027-10-31T02:00Z", "2027-10-31T02:59:59",
         "2027-10-31T02:00:00"},
        {"AAA0BBB,J60,J300", "2028-03-01T02:00Z", "2028-03-01T01:59:59",
         "2028-03-01T03:00:00"},
        {"AAA0BBB,59,300", "2028-02-29T02:00Z", "2028-02-29T01:59:59",
         "2028-02-29T03:00:00"},
        {"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2028-03-26T01:00Z",
         "2028-03-25T21:59:59", "2028-03-25T23:00:00"},
        {"AAA-5:30BBB-6,M4.1.2/26:15:30,M9.2.6", "2028-04-04T20:45:30Z",
         "2028-04-05T02:15:29", "2028-04-05T02:45:30"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        owned(zone_free) struct zone *zone = zone_by_footer(rows[i].footer);
        int64_t instant = at(zone, rows[i].instant);
        check_shows(zone, instant - 1, rows[i].before);
        check_shows(zone, instant, rows[i].from);
    }
}

TEST_CASE(knows_summer_time_that_never_ends)
{
    (void)state;
    owned(zone_free) struct zone *zone = zone_by_footer("XXX3EDT4,0/0,J365/23");

    for (int64_t t = 0; t < 7258118400; t += 86400 * 5 + 1799)
        assert_int_equal(zone_offset(zone, t), -4 * 3600);
}

TEST_CASE(refuses_a_damaged_file)
{
    (void)state;
    static const char *const footers[] = {
        "A0",
        "AAA",
        "AAA0BBB",
        "AAA0BBB,M3.5.0",
        "AAA26",
        "AAA0BBB,M13.1.0,M1.1.0",
        "AAA0BBB,J0,J1",
        "AAA0BBB,366,1",
        "AAA0BBB,M3.5.0,M10.5.0x",
        "AAA0BBB,M3.6.0,M10.5.0",
        "<AA0",
        "AAA0BBB,M3.5.7,M10.5.0",
        "AAA0BBB,M3.5.0/168,J1",
    };
    struct err err = {0};
    struct zone *zone = NULL;
    char bytes[256];

    for (size_t i = 0; i < sizeof(footers) / sizeof(footers[0]); i++) {
        write_zone(bytes, build_zone(bytes, footers[i]));
        if (zone_open("Test", &zone, &err) == 0)
            fail_msg("\"%s\" was taken", footers[i]);
    }
    size_t size = build_zone(bytes, "AAA0BBB,M3.5.0,M10.5.0");
    for (size_t cut = 0; cut < size; cut++) {
        write_zone(bytes, cut);
        assert_int_equal(zone_open("Test", &zone, &err), -1);
        assert_int_equal(err.code, ERR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_c_library_from_1970_to_2199),
        cmocka_unit_test(local_time_and_back_is_the_same_or_the_first_of_two),
        cmocka_unit_test(a_time_that_comes_twice_is_the_first),
        cmocka_unit_test(a_time_that_is_skipped_is_the_skip),
        cmocka_unit_test(summer_time_goes_on_to_2199_by_the_footer),
        cmocka_unit_test(stays_within_dates_of_four_digits),
        cmocka_unit_test(reads_instants_as_people_write_them),
        cmocka_unit_test(refuses_what_is_no_instant),
        cmocka_unit_test(says_what_was_wrong_without_its_control_characters),
        cmocka_unit_test(refuses_names_that_lead_elsewhere_or_nowhere),
        cmocka_unit_test_setup_teardown(knows_each_way_to_write_a_day_of_change,
                                        make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(knows_summer_time_that_never_ends,
                                        make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(refuses_a_damaged_file, make_directory,
                                        remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
