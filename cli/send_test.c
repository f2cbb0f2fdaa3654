/* kiphan send-test: one message to one person, through daemon and worker. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/notices.h"
#include "cli/verbs.h"
#include "rules/bundle.h"
#include "store/notices.h"

enum {
    IDENTITY_BYTES = 16,
    WAIT_USUAL_SECONDS = 15,
    WAIT_MOST_SECONDS = 600,
    LOOK_EVERY_MS = 100,
    GOOD_FOR_SECONDS = 900, /* a test that nobody took is then withdrawn */
};

/* To whom, and how. */
struct test {
    struct cli *cli;
    int person;
    const struct channel_setting *channel;
    const char *address;
    long long wait_seconds;
};

static int refuse(const struct cli *cli, enum text_id text, const char *name)
{
    owned(str_free) char *wrong =
        text_fill(text, cli->language, "name", name, NULL);
    return cli_refuse("%s", wrong);
}

static int find_channel(struct test *test)
{
    const struct cli *cli = test->cli;
    const char *name = cli_option(cli, "via");
    const struct person *person =
        &office_directory(cli->office)->people[test->person];

    test->channel = settings_channel(cli->settings, name);
    if (!test->channel)
        return refuse(cli, TEXT_CLI_NO_CHANNEL, name);
    /* An address that was refused once may be tried by hand. */
    test->address = test->channel->address == ADDRESS_CODE
                        ? person->code
                        : person->addresses[test->channel->address].value;
    if (!str_empty(test->address))
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_ADDRESS, cli->language, "name", person->name,
                  "address", address_kind_name(test->channel->address), NULL);
    return cli_refuse("%s", wrong);
}

/* ---- the notice ---- */

static int new_identity(char **identity_r, struct err *err)
{
    unsigned char bytes[IDENTITY_BYTES];
    struct buf text = {0};

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return err_set(err, ERR_SYSTEM, "random bytes: %s", strerror(errno));
    for (size_t i = 0; i < sizeof(bytes); i++)
        buf_addf(&text, "%02x", bytes[i]);
    *identity_r = buf_take(&text);
    return 0;
}

static char *facts_of(const struct test *test, const struct notice *notice)
{
    const struct cli *cli = test->cli;
    enum languages language =
        language_parse(notice->language, cli->settings->language);
    const struct bundle nothing = {.person = test->person};
    const struct letterhead head = {
        .organisation = cli->settings->organisation.text[language],
        .language = language,
        .opening_at = cli->now,
        .now = cli->now,
    };
    owned(json_free) struct json *facts = bundle_facts(
        office_policy(cli->office), &nothing, notice, test->address, &head);

    json_put_text(facts, "kind", "test");
    return json_format(facts);
}

static struct notice notice_of(const struct test *test)
{
    const struct cli *cli = test->cli;
    const struct person *person =
        &office_directory(cli->office)->people[test->person];

    return (struct notice){
        .recipient = str_copy(person->code),
        .channel = str_copy(test->channel->name),
        .via = str_copy(test->channel->name),
        .window = str_copy(""),
        .language = str_copy(person->language),
        .decided_at = cli->now,
        .opening_at = cli->now,
        .closes_at = cli->now + GOOD_FOR_SECONDS,
        .expires_at = cli->now + GOOD_FOR_SECONDS,
        .attempt_at = cli->now,
        .state = NOTICE_QUEUED,
        .facts = str_copy("{}"),
        .detail = str_copy(""),
    };
}

static int write_notice(const struct test *test, struct notice *notice,
                        struct err *err)
{
    struct cli *cli = test->cli;
    const struct alerts none = {0};
    owned(str_free) char *detail =
        str_format("%s by %s", notice->recipient, notice->channel);

    if (new_identity(&notice->identity, err) ||
        store_add_notice(cli->store, notice, &none, cli->now, err))
        return -1;
    owned(str_free) char *facts = facts_of(test, notice);
    if (store_set_notice_facts(cli->store, notice->id, facts, err) ||
        cli_record(cli, "send-test", detail, err))
        return -1;
    return 0;
}

static int queue_test(const struct test *test, int64_t *id_r)
{
    struct notice notice = notice_of(test);
    struct err err = {0};
    int code = cli_begin(test->cli);

    if (!code && write_notice(test, &notice, &err)) {
        cli_rollback(test->cli);
        code = cli_fail(&err);
    } else if (!code) {
        code = cli_commit(test->cli);
    }
    *id_r = notice.id;
    notice_done(&notice);
    return code;
}

/* ---- what became of it ---- */

/* Has it left, or failed, or been tried and put off? */
static bool is_told(const struct notice *notice)
{
    return notice->state == NOTICE_SENT || notice->state == NOTICE_DEAD ||
           notice->state == NOTICE_WITHDRAWN ||
           (notice->state == NOTICE_QUEUED && notice->attempts > 0);
}

/* The daemon writes what became of it into the store, which is the truth;
 * events may be lost. */
static int await_outcome(const struct test *test, int64_t id,
                         struct notice *notice_r, struct err *err)
{
    int64_t until = clock_monotonic_ms() + test->wait_seconds * 1000;

    for (;;) {
        if (store_get_notice(test->cli->store, id, notice_r, err))
            return -1;
        if (is_told(notice_r) || clock_monotonic_ms() >= until)
            return 0;
        notice_done(notice_r);
        (void)poll(NULL, 0, LOOK_EVERY_MS);
    }
}

static int report(const struct test *test, const struct notice *notice,
                  bool daemon_runs)
{
    const struct cli *cli = test->cli;
    static const int codes[] = {
        [NOTICE_QUEUED] = CLI_PARTLY, [NOTICE_IN_FLIGHT] = CLI_PARTLY,
        [NOTICE_SENT] = CLI_DONE,     [NOTICE_WITHDRAWN] = CLI_REFUSED,
        [NOTICE_DEAD] = CLI_REFUSED,  [NOTICE_UNSENT] = CLI_REFUSED,
    };

    if (cli->json) {
        struct json *whole = notice_json(cli, notice);
        json_put_text(whole, "address", test->address);
        json_put_bool(whole, "dry_run", false);
        (void)cli_print_json(&whole);
        return codes[notice->state];
    }
    owned(str_free) char *number = str_format("%lld", (long long)notice->id);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_TEST_OUTCOME, cli->language, "number", number,
                  "address", test->address, "channel", notice->channel, "state",
                  notice_state_text(cli, notice->state), NULL);
    (void)printf("%s%s%s\n", said, *notice->detail ? ": " : "", notice->detail);
    if (!daemon_runs)
        cli_warn("%s", cli_text(cli, TEXT_CLI_DAEMON_DOWN));
    return codes[notice->state];
}

static int send_it(const struct test *test)
{
    struct notice notice = {0};
    struct err err = {0};
    int64_t id = 0;
    int code = queue_test(test, &id);

    if (code)
        return code;
    bool daemon_runs = cli_poke(test->cli);
    if (await_outcome(test, id, &notice, &err))
        return cli_fail(&err);
    code = report(test, &notice, daemon_runs);
    notice_done(&notice);
    return code;
}

static int say_only(const struct test *test)
{
    const struct cli *cli = test->cli;
    const struct person *person =
        &office_directory(cli->office)->people[test->person];

    if (cli->json) {
        struct json *whole = json_new_object();
        json_put_text(whole, "recipient", person->code);
        json_put_text(whole, "channel", test->channel->name);
        json_put_text(whole, "address", test->address);
        json_put_bool(whole, "dry_run", true);
        return cli_print_json(&whole);
    }
    owned(str_free) char *said = text_fill(
        TEXT_CLI_TEST_DRY, cli->language, "name", person->name, "address",
        test->address, "channel", test->channel->name, NULL);
    (void)puts(said);
    return CLI_DONE;
}

int verb_send_test(struct cli *cli, int argc, char **argv)
{
    struct test test = {.cli = cli, .wait_seconds = WAIT_USUAL_SECONDS};
    bool dry_run = cli_option(cli, "dry-run") != NULL;

    (void)argc;
    if (!cli_option(cli, "via"))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_VIA_MISSING));
    int code = cli_option_number(cli, "wait", 0, WAIT_MOST_SECONDS,
                                 &test.wait_seconds);
    if (code ||
        (code = cli_need_store(cli, dry_run ? STORE_READ : STORE_WRITE)) ||
        (code = cli_need_office(cli)) ||
        (code = named_person(cli, argv[0], &test.person)) ||
        (code = find_channel(&test)))
        return code;
    return dry_run ? say_only(&test) : send_it(&test);
}
