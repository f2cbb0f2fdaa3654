#include "tests/unit/check.h"

#include "reports/standing.h"
#include "tests/unit/calendar/office.h"

/* Instants are local, in June 2026: "15 08:00". */
static int64_t june(const struct zone *zone, const char *text)
{
    owned(str_free) char *whole = str_format("2026-06-%.2s %s", text, text + 3);
    struct err err = {0};
    bool time_given = false;
    int64_t instant = 0;

    check_ok(zone_parse(zone, whole, &instant, &time_given, &err));
    return instant;
}

/* "status 4 happened 02 08:00 learnt 03 07:10" as a row. */
struct told {
    const char *field, *after, *happened, *learnt;
};

struct expected {
    const char *columns; /* of the week from 15 to 21 June, in words */
    enum punctuality punctuality;
};

static char *columns_of(const struct standing *standing)
{
    struct buf words = {0};

    buf_add(&words, standing->fresh ? "fresh" : "");
    buf_add(&words, standing->carried ? "carried" : "");
    buf_add(&words, standing->settled ? " settled" : "");
    buf_add(&words, standing->returned ? " returned" : "");
    buf_add(&words, standing->paused ? " paused" : "");
    buf_add(&words, standing->running ? " running" : "");
    buf_add(&words, standing->overdue ? " overdue" : "");
    return buf_take(&words);
}

enum { MOST_ROWS = 8 };

static void check_life(const char *received, const struct told *rows,
                       const char *columns, enum punctuality punctuality)
{
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");
    owned(names_free) struct names *names = names_new();
    struct past_item item = {.kind = KIND_DOSSIER,
                             .field = "",
                             .received_at = *received ? june(zone, received)
                                                      : INSTANT_NONE};
    struct period week =
        period_around(zone, PERIOD_WEEK, office_date("2026-06-15"));
    struct life life;

    life_init(&life, zone, names, june(zone, "22 07:30"));
    life_begin(&life, &item);
    for (int i = 0; i < MOST_ROWS && rows[i].field; i++) {
        struct past_row row = {.happened_at = june(zone, rows[i].happened),
                               .learnt_at = june(zone, rows[i].learnt),
                               .field = rows[i].field,
                               .before = "",
                               .after = rows[i].after};
        life_row(&life, &row);
    }
    life_end(&life);
    struct outlook outlook = outlook_of(&week, life.known_at);
    struct standing standing = standing_of(&life, &outlook);
    owned(str_free) char *found = columns_of(&standing);
    life_done(&life);
    assert_string_equal(found, columns);
    if (standing.settled)
        assert_int_equal(standing.punctuality, punctuality);
}

#define DUE(day) "due", "2026-06-" day "T17:00:00"

static const struct {
    const char *received;
    struct told rows[MOST_ROWS];
    const char *columns;
    enum punctuality punctuality;
} cases[] = {
    /* Received in the week, in progress. */
    {"16 08:00",
     {{"status", "4", "16 08:00", "17 07:10"},
      {DUE("23"), "16 08:00", "17 07:10"}},
     "fresh running",
     0},
    /* Its promise passed on the week's last day. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {DUE("19"), "10 08:00", "11 07:10"}},
     "carried running overdue",
     0},
    /* Learnt on Monday before the report, finished on Friday. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {DUE("19"), "10 08:00", "11 07:10"},
      {"status", "9", "19 16:59", "22 07:10"}},
     "carried settled",
     PUNCTUAL_ON_TIME},
    /* The same, learnt after the report. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {DUE("19"), "10 08:00", "11 07:10"},
      {"status", "9", "19 16:59", "22 07:31"}},
     "carried running overdue",
     0},
    /* Finished after the hour, but on the day that was promised. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {"due", "2026-06-18T10:00:00", "10 08:00", "11 07:10"},
      {"status", "9", "18 16:00", "19 07:10"}},
     "carried settled",
     PUNCTUAL_ON_TIME},
    /* Pauses given back make it early. */
    {"10 08:00",
     {{"status", "5", "10 08:00", "11 07:10"},
      {DUE("15"), "10 08:00", "11 07:10"},
      {"status", "9", "17 16:00", "18 07:10"},
      {"deadline", "2026-06-18T17:00:00", "18 07:10", "18 07:10"}},
     "carried settled",
     PUNCTUAL_EARLY},
    /* A promise moved after the finish was told is not the one. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {DUE("16"), "10 08:00", "11 07:10"},
      {"status", "9", "17 16:00", "18 07:10"},
      {DUE("30"), "19 07:10", "19 07:10"}},
     "carried settled",
     PUNCTUAL_LATE},
    /* Settled before the week, opened again in it. */
    {"01 08:00",
     {{"status", "9", "10 10:00", "11 07:10"},
      {"status", "4", "17 07:10", "17 07:10"}},
     "carried running",
     0},
    /* Opened again and settled again, all in the week. */
    {"01 08:00",
     {{"status", "9", "10 10:00", "11 07:10"},
      {"status", "4", "17 07:10", "17 07:10"},
      {"status", "9", "18 10:00", "19 07:10"}},
     "carried settled",
     PUNCTUAL_UNKNOWN},
    /* Settled before the week and after: handing out is nothing. */
    {"01 08:00",
     {{"status", "9", "12 10:00", "15 07:10"},
      {"status", "10", "17 07:10", "17 07:10"}},
     "",
     0},
    /* Withdrawn, then handed back: out is out. */
    {"10 08:00",
     {{"status", "4", "10 08:00", "11 07:10"},
      {"status", "7", "16 07:10", "16 07:10"},
      {"status", "10", "18 07:10", "18 07:10"}},
     "carried returned",
     0},
    /* Paused across both ends. */
    {"01 08:00",
     {{"status", "6", "12 07:10", "12 07:10"},
      {"status", "4", "22 07:10", "22 07:10"}},
     "carried paused",
     0},
    /* Only registered, and refused without a receipt: nowhere. */
    {"", {{"status", "1", "16 07:10", "16 07:10"}}, "", 0},
    {"",
     {{"status", "1", "15 07:10", "15 07:10"},
      {"status", "3", "16 07:10", "16 07:10"}},
     "",
     0},
    /* Refused after a receipt. */
    {"15 08:00",
     {{"status", "2", "15 08:00", "16 07:10"},
      {"status", "3", "17 07:10", "17 07:10"}},
     "fresh returned",
     0},
    /* Met first on Monday, settled: in progress at the week's end. */
    {"18 08:00", {{"status", "8", "22 07:10", "22 07:10"}}, "fresh running", 0},
    /* No date of receipt: received when a status said so. */
    {"", {{"status", "4", "17 07:10", "17 07:10"}}, "fresh running", 0},
    /* Finished before it was received: on the left, not on the right. */
    {"18 08:00", {{"status", "9", "12 10:00", "19 07:10"}}, "fresh", 0},
    /* The date of the finish is moved back a week: the newest counts. */
    {"01 08:00",
     {{"status", "9", "17 10:00", "18 07:10"},
      {"finished", "2026-06-17T10:00:00", "17 10:00", "18 07:10"},
      {"finished", "2026-06-12T10:00:00", "12 10:00", "19 07:10"}},
     "",
     0},
};

TEST_CASE(stands_in_the_columns_that_its_life_gives)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check_life(cases[i].received, cases[i].rows, cases[i].columns,
                   cases[i].punctuality);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_in_the_columns_that_its_life_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
