#include "tests/unit/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workers/channel.h"

static char directory[] = "/tmp/kiphan-file-XXXXXX";

static struct channel_option option = {.name = "directory"};

static const struct channel_setting setting = {
    .name = (char[]){"eml"},
    .type = (char[]){"file"},
    .options = &option,
    .option_count = 1,
};

static struct message sample(void)
{
    return (struct message){
        .identity = "0123456789abcdef0123456789abcdef",
        .number = 42,
        .to = "cv1.xdnnmt",
        .to_name = "Nguyễn Văn An",
        .to_code = "cv1.xdnnmt",
        .subject = "s",
        .text = "t\n",
        .language = "vi",
        .decided_at = 1782347400,
        .utc_offset = 25200,
    };
}

static int make_directory(void **state)
{
    (void)state;
    option.text = directory;
    return mkdtemp(directory) ? 0 : -1;
}

/* How many files there are; the last one's name. */
static int count_files(char name_r[256])
{
    DIR *open = opendir(directory);
    const struct dirent *entry = NULL;
    int count = 0;

    assert_non_null(open);
    while ((entry = readdir(open))) {
        if (str_equal(entry->d_name, ".") || str_equal(entry->d_name, ".."))
            continue;
        (void)snprintf(name_r, 256, "%s", entry->d_name);
        count++;
    }
    (void)closedir(open);
    return count;
}

static struct outcome sent(const struct message *message)
{
    const struct channel *channel = channel_find("file");
    struct outcome outcome = {0};
    struct err err = {0};
    void *file = NULL;

    assert_non_null(channel);
    check_ok(channel->open(&setting, &file, &err));
    channel->send(file, message, &outcome);
    channel->close(&file);
    assert_null(file);
    return outcome;
}

TEST_CASE(writes_one_file_a_notice_however_often_it_is_sent)
{
    (void)state;
    char name[256] = "";
    struct message message = sample();

    assert_int_equal(sent(&message).verdict, VERDICT_DELIVERED);
    message.attempt = 2;
    assert_int_equal(sent(&message).verdict, VERDICT_DELIVERED);
    assert_int_equal(count_files(name), 1);
    assert_string_equal(name, "20260625-073000-cv1.xdnnmt-000042.eml");
}

TEST_CASE(never_leaves_its_directory)
{
    (void)state;
    struct message message = sample();
    message.to_code = "../../etc/x";
    message.to = "a@b.example";
    struct outcome outcome = sent(&message);

    assert_int_equal(outcome.verdict, VERDICT_DELIVERED);
    assert_non_null(
        strstr(outcome.detail, "/20260625-073000-.._.._etc_x-000042.eml"));
}

TEST_CASE(refuses_an_address_that_carries_more)
{
    (void)state;
    struct message message = sample();
    message.to = "a@b.example\r\nBcc: c@d";

    assert_int_equal(sent(&message).verdict, VERDICT_REFUSED);
}

TEST_CASE(says_that_the_channel_is_broken_when_its_directory_is_gone)
{
    (void)state;
    const struct channel *channel = channel_find("file");
    struct message message = sample();
    struct outcome outcome = {0};
    struct err err = {0};
    void *file = NULL;
    owned(str_free) char *command = str_format("rm -r %s", directory);

    check_ok(channel->open(&setting, &file, &err));
    channel->probe(file, &outcome);
    assert_int_equal(outcome.verdict, VERDICT_DELIVERED);
    assert_int_equal(system(command), 0);
    channel->send(file, &message, &outcome);
    assert_int_equal(outcome.verdict, VERDICT_BROKEN);
    channel->close(&file);
    assert_int_equal(channel->open(&setting, &file, &err), -1);
    assert_null(file);
}

TEST_CASE(an_outcome_is_one_clean_line)
{
    (void)state;
    struct outcome outcome = {.retry_after = 7};
    char wide[900] = "";

    outcome_set(&outcome, VERDICT_REFUSED, "550 no\r\n%s", "\x1b[31m!");
    assert_string_equal(outcome.detail, "550 no   [31m!");
    assert_int_equal(outcome.retry_after, 0);
    for (size_t i = 0; i + 3 < sizeof(wide); i += 3)
        memcpy(wide + i, "\xE1\xBA\xA1", 4);
    outcome_set(&outcome, VERDICT_REFUSED, "%s", wide);
    assert_int_equal(strlen(outcome.detail), 399);
}

TEST_CASE(knows_its_channels_by_type)
{
    (void)state;
    assert_non_null(channel_find("file"));
    assert_null(channel_find("pigeon"));
    assert_null(channel_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_one_file_a_notice_however_often_it_is_sent),
        cmocka_unit_test(never_leaves_its_directory),
        cmocka_unit_test(refuses_an_address_that_carries_more),
        cmocka_unit_test(
            says_that_the_channel_is_broken_when_its_directory_is_gone),
        cmocka_unit_test(an_outcome_is_one_clean_line),
        cmocka_unit_test(knows_its_channels_by_type),
    };
    return cmocka_run_group_tests(tests, make_directory, NULL);
}
