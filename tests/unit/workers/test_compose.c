#include "tests/unit/check.h"

#include <string.h>

#include "workers/compose.h"

/* Two lines are short enough; none, when bare is wanted. */
static size_t room;

static bool stub_fits(void *state, const struct message *message)
{
    (void)state;
    return strlen(message->text) <= room;
}

static const struct channel channel = {.type = "stub", .fits = stub_fits};

static const char body[] =
    "{\"identity\": \"0123456789abcdef0123456789abcdef\", \"number\": 7,"
    " \"kind\": \"list\", \"language\": \"vi\", \"decided_at\": 1782347400,"
    " \"kinds\": [\"dossier\"], \"counts\": {\"overdue\": 30, \"total\": 30},"
    " \"to\": {\"code\": \"an\", \"name\": \"An\", \"role\": \"staff\","
    " \"address\": \"5\"}, \"lines\": [%s], \"more\": 2}";

static struct composed composed_of(size_t lines, bool public_one)
{
    struct err err = {0};
    owned(renderer_free) struct renderer *renderer = NULL;
    const struct channel_setting setting = {
        .templates = "chat", .lines_most = 9, .is_public = public_one};
    const struct composing with = {.channel = &channel, .setting = &setting};
    struct composing whole = with;
    struct composed composed = {0};
    struct outcome outcome = {0};
    struct buf list = {0};

    for (size_t i = 0; i < lines; i++)
        buf_addf(&list,
                 "%s{\"code\": \"H-%zu\", \"level\": \"overdue\", \"owner\": "
                 "\"Bí Mật\", \"left\": {\"overdue\": true, \"days\": 1}}",
                 i ? "," : "", i + 1);
    owned(str_free) char *all = buf_take(&list);
    owned(str_free) char *text = str_format(body, all);
    check_ok(renderer_open(SOURCE_DIR "/config/templates", &renderer, &err));
    whole.renderer = renderer;
    if (compose(&whole, text, &composed, &outcome) != 0)
        fail_msg("%s", outcome.detail);
    return composed;
}

TEST_CASE(lists_as_many_as_the_channel_wants_and_counts_the_rest)
{
    (void)state;
    room = 10000;
    owned(composed_done) struct composed composed = composed_of(30, false);

    assert_non_null(strstr(composed.message.text, "H-9 -"));
    assert_null(strstr(composed.message.text, "H-10 -"));
    assert_non_null(strstr(composed.message.text, "và 23 hồ sơ khác"));
}

TEST_CASE(leaves_lines_out_until_it_fits)
{
    (void)state;
    room = 250;
    owned(composed_done) struct composed composed = composed_of(30, false);

    assert_true(strlen(composed.message.text) <= room);
    assert_non_null(strstr(composed.message.text, "H-1 -"));
    assert_non_null(strstr(composed.message.text, "hồ sơ khác"));
    assert_non_null(strstr(composed.message.text, "30 hồ sơ quá hạn"));
}

TEST_CASE(says_no_more_than_the_counts_where_nothing_else_fits)
{
    (void)state;
    room = 1;
    owned(composed_done) struct composed composed = composed_of(30, false);

    assert_null(strstr(composed.message.text, "H-1"));
    assert_non_null(strstr(composed.message.text, "và 32 hồ sơ khác"));
}

TEST_CASE(shows_a_public_channel_no_member_that_it_does_not_know)
{
    (void)state;
    room = 10000;
    owned(composed_done) struct composed open = composed_of(1, true);
    owned(composed_done) struct composed closed = composed_of(1, false);
    const struct json *line = json_at(json_get(open.message.facts, "lines"), 0);

    assert_null(json_get(line, "owner"));
    line = json_at(json_get(closed.message.facts, "lines"), 0);
    assert_non_null(json_get(line, "owner"));
}

TEST_CASE(refuses_what_nobody_could_deliver)
{
    (void)state;
    const struct channel_setting setting = {0};
    const struct composing with = {.channel = &channel, .setting = &setting};
    struct composed composed = {0};
    struct outcome outcome = {0};

    assert_int_equal(compose(&with, "{", &composed, &outcome), -1);
    assert_int_equal(outcome.verdict, VERDICT_REFUSED);
    assert_int_equal(compose(&with, "{\"to\": {}}", &composed, &outcome), -1);
    assert_int_equal(outcome.verdict, VERDICT_REFUSED);
    assert_non_null(strstr(outcome.detail, "identity"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            lists_as_many_as_the_channel_wants_and_counts_the_rest),
        cmocka_unit_test(leaves_lines_out_until_it_fits),
        cmocka_unit_test(says_no_more_than_the_counts_where_nothing_else_fits),
        cmocka_unit_test(
            shows_a_public_channel_no_member_that_it_does_not_know),
        cmocka_unit_test(refuses_what_nobody_could_deliver),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
