/* kiphan task: a directive task's life by command. */
#include "base/own.h"
#include "base/str.h"
#include "cli/order.h"
#include "cli/verbs.h"

static int no_such_order(const struct cli *cli, const char *name)
{
    struct nearest nearest = {.word = name};

    for (int verb = ORDER_ADD; verb <= ORDER_CANCEL; verb++)
        nearest_offer(&nearest, order_name((enum order_verb)verb));
    return cli_unknown(cli, TEXT_CLI_TASK_NO_ORDER, &nearest);
}

/* What only another order takes has no effect, and so is no option here. */
static int check_options(const struct cli *cli, enum order_verb verb)
{
    static const struct {
        const char *option;
        unsigned of; /* bits of 1 << verb */
    } own[] = {
        {"due", 1U << ORDER_ADD | 1U << ORDER_EXTEND},
        {"assignee", 1U << ORDER_ADD | 1U << ORDER_ASSIGN},
        {"title", 1U << ORDER_ADD},
        {"unit", 1U << ORDER_ADD},
        {"coordinating", 1U << ORDER_ADD},
        {"assigned-by", 1U << ORDER_ADD},
        {"recurrence", 1U << ORDER_ADD},
        {"output", 1U << ORDER_ADD},
    };

    for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
        if (!cli_option(cli, own[i].option) || own[i].of & 1U << verb)
            continue;
        owned(str_free) char *wrong =
            text_fill(TEXT_CLI_TASK_OPTION, cli->language, "option",
                      own[i].option, "verb", order_name(verb), NULL);
        return cli_usage(cli, wrong);
    }
    return CLI_DONE;
}

int verb_task(struct cli *cli, int argc, char **argv)
{
    for (int verb = ORDER_ADD; verb <= ORDER_CANCEL; verb++) {
        if (!str_equal(argv[0], order_name((enum order_verb)verb)))
            continue;
        if (argc < 2 && verb != ORDER_ADD)
            return cli_usage(cli, cli_text(cli, TEXT_CLI_TASK_WHICH));
        int code = check_options(cli, (enum order_verb)verb);
        return code ? code
                    : order_obey(cli, (enum order_verb)verb,
                                 argc > 1 ? argv[1] : NULL);
    }
    return no_such_order(cli, argv[0]);
}
