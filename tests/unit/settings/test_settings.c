#include "tests/unit/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings/settings.h"

#define EXAMPLE SOURCE_DIR "/config/example/kien-an/kiphan.yaml"

static char path[] = "/tmp/kiphan-settings-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void write_file(const char *text)
{
    int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    assert_int_equal(close(file), 0);
}

/* The smallest settings, with room for more keys, channels and a rule's. */
static struct settings *read_with(const char *more, const char *channels,
                                  const char *rule)
{
    struct problems problems = {0};
    owned(str_free) char *text = str_format(
        "organisation: {name: {vi: P, en: W}, zone: Asia/Ho_Chi_Minh}\n"
        "calendars: [{name: k, week: {mon-thu: '07:30-11:30 13:30-17:00',"
        " fri: ['07:30-11:30']}}]\n"
        "windows:\n- {name: w}\n%s"
        "channels:\n- {name: c, type: file, directory: /tmp}\n%s"
        "rules:\n- {name: r, match: {kind: dossier}, via: c, window: w,"
        " label: {vi: a, en: b}, steps: [{name: s, after: 0h, tell: "
        "assignee}%s]}\n",
        more, channels, rule);

    write_file(text);
    struct settings *settings = settings_read(path, &problems);
    if (problems.count)
        fail_msg("%s %s", problems.items[0].path, problems.items[0].text);
    return settings;
}

TEST_CASE(reads_the_example_as_it_is_written)
{
    (void)state;
    struct problems problems = {0};
    owned(settings_free) struct settings *settings =
        settings_read(EXAMPLE, &problems);

    assert_int_equal(problems.count, 0);
    assert_string_equal(settings->organisation.text[LANGUAGE_VI],
                        "UBND phường Kiến An");
    assert_string_equal(settings->main_calendar, "kien-an");
    assert_int_equal(settings->rule_count, 2);
    const struct rule *rule = &settings->rules[0];
    assert_int_equal(rule->match.kind, KIND_DOSSIER);
    assert_int_equal(rule->match.lists[MATCH_UNIT].values.count, 4);
    assert_string_equal(rule->label.text[LANGUAGE_EN],
                        "Administrative dossiers");
    assert_int_equal(rule->steps[0].anchor, STEP_BEFORE);
    assert_int_equal(rule->steps[0].span.thousandths, 2000);
    assert_int_equal(rule->steps[1].anchor, STEP_DUE_DAY);
    assert_true(rule->steps[2].repeats);
    assert_int_equal(rule->steps[2].repeat_times, -1);
    assert_int_equal(rule->steps[3].tell[0].kind, TELL_VICE_CHAIR);
    assert_int_equal(settings->quiet.from, 18 * 3600);
    assert_int_equal(settings->calendars[0].week.days[4].count, 2);
    assert_int_equal(settings->calendars[0].week.days[5].count, 0);
    assert_true(settings_feed(settings, "motcua")->complete);
    assert_false(settings_feed(settings, "nhiem-vu")->complete);
}

TEST_CASE(gives_what_nobody_wrote_its_default)
{
    (void)state;
    owned(settings_free) struct settings *settings = read_with("", "", "");

    assert_string_equal(settings->store_path, "/var/lib/kiphan/kiphan.db");
    assert_string_equal(settings->templates, "/usr/share/kiphan/templates");
    assert_string_equal(settings->main_calendar, "k");
    assert_int_equal(settings->language, LANGUAGE_VI);
    assert_int_equal(settings->quiet.from, 18 * 3600);
    assert_int_equal(settings->quiet.until, 7 * 3600);
    assert_true(settings->quiet.rest_days && settings->quiet.holidays);
    assert_string_equal(settings->wire.endpoint, "ipc:///run/kiphan/wire");
    assert_string_equal(settings->wire.events,
                        "ipc:///run/kiphan-events/events");
    assert_string_equal(settings->wire.control,
                        "ipc:///run/kiphan-control/control");
    assert_int_equal(settings->wire.heartbeat_seconds, 10);
    assert_int_equal(settings->wire.lost_seconds, 30);
    assert_int_equal(settings->wire.retry_first_seconds, 60);
    assert_int_equal(settings->wire.retry_cap_seconds, 3600);
    assert_int_equal(settings->wire.ambiguous_attempts, 3);
    assert_true(settings->wire.ambiguous_resend);
    assert_int_equal(settings->wire.message_bytes, 1024 * 1024);
    assert_int_equal(settings->windows[0].open, OPEN_SESSION_START);
    assert_string_equal(settings->windows[0].calendar, "");
    assert_int_equal(settings->channels[0].threads, 4);
}

TEST_CASE(reads_options_of_channels_by_their_type)
{
    (void)state;
    owned(settings_free) struct settings *settings = read_with(
        "",
        "- {name: m, type: smtp, url: 'smtps://h:465', from: a@b, threads: 2,"
        " user: u, password: {file: /etc/p}}\n"
        "- {name: h, type: webhook, url: 'https://h/x', allow-private: yes,"
        " secret: {credential: s}}\n"
        "- {name: z, type: webhook, url: 'http://h', address: zalo_chat}\n",
        "");
    const struct channel_setting *mail = settings_channel(settings, "m");
    const struct channel_setting *hook = settings_channel(settings, "h");

    assert_int_equal(mail->address, ADDRESS_EMAIL);
    assert_int_equal(mail->threads, 2);
    assert_string_equal(channel_option_text(mail, "url"), "smtps://h:465");
    assert_string_equal(channel_option_text(mail, "tls"), "required");
    assert_null(channel_option_text(mail, "ehlo"));
    assert_int_equal(channel_option_number(mail, "timeout"), 600);
    assert_int_equal(channel_option_secret(mail, "password")->source,
                     SECRET_FILE);
    assert_string_equal(channel_option_secret(mail, "password")->name,
                        "/etc/p");
    assert_int_equal(hook->address, ADDRESS_CODE);
    assert_int_equal(channel_option_number(hook, "allow-private"), 1);
    assert_int_equal(channel_option_secret(hook, "secret")->source,
                     SECRET_CREDENTIAL);
    assert_int_equal(settings_channel(settings, "z")->address,
                     ADDRESS_ZALO_CHAT);
    assert_int_equal(
        channel_option_secret(settings_channel(settings, "z"), "secret")
            ->source,
        SECRET_NONE);
    assert_null(settings_channel(settings, "x"));
}

TEST_CASE(reads_feeds_with_the_headers_of_their_source)
{
    (void)state;
    owned(settings_free) struct settings *settings =
        read_with("feeds:\n- {name: f, kind: task, label: {vi: a, en: b},"
                  " complete: no, item_url: 'https://h/{code}',"
                  " columns: {receiving-unit: Nơi nhận, due: Hạn}}\n",
                  "", "");
    const struct feed_setting *feed = settings_feed(settings, "f");

    assert_int_equal(feed->kind, KIND_TASK);
    assert_string_equal(feed->item_url, "https://h/{code}");
    assert_string_equal(feed->expected, "");
    assert_int_equal(feed->stale_after.unit, SPAN_DAYS);
    assert_int_equal(feed->stale_after.thousandths, 1000);
    assert_int_equal(feed->gone_percent, 10);
    assert_int_equal(feed->column_count, 2);
    assert_string_equal(feed->columns[0].field, "receiving_unit");
    assert_string_equal(feed->columns[0].header, "Nơi nhận");
}

TEST_CASE(reads_repeats_and_urgent_steps)
{
    (void)state;
    owned(settings_free) struct settings *settings = read_with(
        "", "",
        ", {name: t, after: 4h, tell: [head, 'person:tp.vhxh'], urgent: yes,"
        " repeat: {every: 1wd, times: 10}}");
    const struct step *step = &settings->rules[0].steps[1];

    assert_true(step->urgent);
    assert_int_equal(step->repeat_times, 10);
    assert_int_equal(step->repeat_every.unit, SPAN_DAYS);
    assert_int_equal(step->tell[1].kind, TELL_PERSON);
    assert_string_equal(step->tell[1].person, "tp.vhxh");
}

TEST_CASE(puts_opening_times_in_order)
{
    (void)state;
    owned(settings_free) struct settings *settings =
        read_with("- {name: x, open: ['13:30', 07:00, '07:30:15']}\n"
                  "quiet: {from: '20:00', rest-days: no}\n",
                  "", "");
    const struct window *window = settings_window(settings, "x");

    assert_int_equal(window->open, OPEN_TIMES);
    assert_int_equal(window->time_count, 3);
    assert_int_equal(window->times[0], 7 * 3600);
    assert_int_equal(window->times[1], 7 * 3600 + 30 * 60 + 15);
    assert_int_equal(window->times[2], 13 * 3600 + 30 * 60);
    assert_int_equal(settings->quiet.from, 20 * 3600);
    assert_false(settings->quiet.rest_days);
    assert_true(settings->quiet.holidays);
}

/* Spans of steps at one instant may tell different people (R5). */
TEST_CASE(takes_two_steps_at_once_for_different_people)
{
    (void)state;
    owned(settings_free) struct settings *settings =
        read_with("", "", ", {name: t, after: 0h, tell: head}");

    assert_int_equal(settings->rules[0].step_count, 2);
}

TEST_CASE(has_a_fingerprint_of_what_decides_and_of_nothing_else)
{
    (void)state;
    owned(settings_free) struct settings *plain = read_with("", "", "");
    owned(settings_free) struct settings *moved =
        read_with("\n\nstore: /tmp/x.db\n", "", "");
    owned(settings_free) struct settings *quiet =
        read_with("quiet: {from: '19:00'}\n", "", "");
    owned(settings_free) struct settings *step =
        read_with("", "", ", {name: t, after: 4h, tell: head}");
    owned(str_free) char *a = settings_fingerprint(plain);
    owned(str_free) char *b = settings_fingerprint(moved);
    owned(str_free) char *c = settings_fingerprint(quiet);
    owned(str_free) char *d = settings_fingerprint(step);

    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
}

static struct directory *small_office(void)
{
    struct directory *directory = directory_new();
    struct err err = {0};
    struct unit unit = {.code = str_copy("vhxh"),
                        .name = str_copy("Phòng"),
                        .short_name = str_copy(""),
                        .parent = str_copy(""),
                        .kind = str_copy(""),
                        .overseen_by = str_copy("")};
    struct person person = {.code = str_copy("tp.vhxh"),
                            .name = str_copy("An"),
                            .title = str_copy(""),
                            .unit = str_copy("vhxh"),
                            .language = str_copy("vi"),
                            .active = true};

    directory_add_unit(directory, &unit);
    directory_add_person(directory, &person);
    check_ok(directory_seal(directory, &err));
    return directory;
}

TEST_CASE(sends_in_earnest_unless_told_otherwise)
{
    (void)state;
    owned(settings_free) struct settings *plain = read_with("", "", "");
    owned(settings_free) struct settings *rehearsal = read_with(
        "delivery: rehearsal\nrehearsal: {to: quantri, most-a-day: 7}\n", "",
        "");
    owned(settings_free) struct settings *off =
        read_with("delivery: off\nrehearsal: {to: quantri}\n", "", "");

    assert_int_equal(plain->delivery.mode, DELIVERY_LIVE);
    assert_null(plain->delivery.rehearsal_to);
    assert_int_equal(rehearsal->delivery.mode, DELIVERY_REHEARSAL);
    assert_string_equal(rehearsal->delivery.rehearsal_to, "quantri");
    assert_int_equal(rehearsal->delivery.most_a_day, 7);
    assert_int_equal(off->delivery.mode, DELIVERY_OFF);
    assert_int_equal(off->delivery.most_a_day, 50);
}

TEST_CASE(names_units_and_people_that_the_office_does_not_have)
{
    (void)state;
    owned(directory_free) struct directory *office = small_office();
    owned(settings_free) struct settings *settings =
        read_with("", "",
                  "]}\n- {name: q, match: {kind: task, unit: [vhxh, vhhx]},"
                  " via: c, window: w, label: {vi: a, en: b}, steps: [{name: s,"
                  " after: 0h, tell: ['person:tp.vhxh', 'person:tp.vhxx']}");
    struct problems problems = {0};

    settings_check_names(settings, office, &problems);
    assert_int_equal(problems.count, 2);
    assert_string_equal(problems.items[0].path, "rules[1].match.unit");
    assert_non_null(strstr(problems.items[0].text, "no unit \"vhhx\""));
    assert_string_equal(problems.items[1].path, "rules[1].steps[0].tell");
    assert_string_equal(
        problems.items[1].text,
        "there is no person \"tp.vhxx\"; did you mean \"tp.vhxh\"?");
    assert_non_null(strstr(problems.items[1].where, ":9:"));
    problems_done(&problems);
}

TEST_CASE(says_that_a_file_is_missing)
{
    (void)state;
    struct problems problems = {0};

    assert_null(settings_read("/tmp/kiphan-none/kiphan.yaml", &problems));
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].where,
                        "/tmp/kiphan-none/kiphan.yaml");
    problems_done(&problems);
}

TEST_CASE(a_file_instead_replaces_only_the_sections_that_it_has)
{
    (void)state;
    struct problems problems = {0};

    write_file(
        "rules:\n- {name: other, match: {kind: task}, via: mail, window: "
        "gio-hanh-chinh, label: {vi: a, en: b}, steps: [{name: s, after: "
        "0h, tell: assignee}]}\n");
    owned(settings_free) struct settings *settings =
        settings_read_instead(EXAMPLE, path, &problems);
    assert_non_null(settings);
    assert_int_equal(settings->rule_count, 1);
    assert_string_equal(settings->rules[0].name, "other");
    assert_int_equal(settings->rules[0].match.kind, KIND_TASK);
    assert_non_null(settings_channel(settings, "mail"));
    assert_int_equal(problems.count, 0);
}

TEST_CASE(whole_settings_instead_replace_everything)
{
    (void)state;
    struct problems problems = {0};
    owned(settings_free) struct settings *small = read_with("", "", "");
    owned(settings_free) struct settings *settings =
        settings_read_instead(EXAMPLE, path, &problems);

    assert_non_null(settings);
    assert_int_equal(settings->rule_count, small->rule_count);
    assert_null(settings_channel(settings, "mail"));
    assert_string_equal(settings->main_calendar, "k");
}

TEST_CASE(errors_of_a_file_instead_are_named_with_their_place)
{
    (void)state;
    owned(problems_done) struct problems problems = {0};

    write_file("rules:\n- {nme: r}\n");
    assert_null(settings_read_instead(EXAMPLE, path, &problems));
    assert_true(problems.count > 0);
    owned(str_free) char *where = str_format("%s:2:3", path);
    assert_string_equal(problems.items[0].where, where);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_example_as_it_is_written),
        cmocka_unit_test(gives_what_nobody_wrote_its_default),
        cmocka_unit_test(reads_options_of_channels_by_their_type),
        cmocka_unit_test(reads_feeds_with_the_headers_of_their_source),
        cmocka_unit_test(reads_repeats_and_urgent_steps),
        cmocka_unit_test(puts_opening_times_in_order),
        cmocka_unit_test(takes_two_steps_at_once_for_different_people),
        cmocka_unit_test(has_a_fingerprint_of_what_decides_and_of_nothing_else),
        cmocka_unit_test(sends_in_earnest_unless_told_otherwise),
        cmocka_unit_test(names_units_and_people_that_the_office_does_not_have),
        cmocka_unit_test(says_that_a_file_is_missing),
        cmocka_unit_test(a_file_instead_replaces_only_the_sections_that_it_has),
        cmocka_unit_test(whole_settings_instead_replace_everything),
        cmocka_unit_test(errors_of_a_file_instead_are_named_with_their_place),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
