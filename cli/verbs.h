/* verbs.h - what each verb does; main.c has the table of them.  Each returns
 * an enum cli_exit; its words are argv[0] to argv[argc - 1]. */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "cli/cli.h"

int verb_init(struct cli *cli, int argc, char **argv);
int verb_check(struct cli *cli, int argc, char **argv);
int verb_import(struct cli *cli, int argc, char **argv);
int verb_items(struct cli *cli, int argc, char **argv);
int verb_item(struct cli *cli, int argc, char **argv);
int verb_task(struct cli *cli, int argc, char **argv);
int verb_explain(struct cli *cli, int argc, char **argv);
int verb_why(struct cli *cli, int argc, char **argv);
int verb_why_not(struct cli *cli, int argc, char **argv);
int verb_history(struct cli *cli, int argc, char **argv);
int verb_calendar(struct cli *cli, int argc, char **argv);
int verb_preview(struct cli *cli, int argc, char **argv);
int verb_verify(struct cli *cli, int argc, char **argv);
int verb_status(struct cli *cli, int argc, char **argv);
int verb_queue(struct cli *cli, int argc, char **argv);
int verb_render(struct cli *cli, int argc, char **argv);
int verb_away(struct cli *cli, int argc, char **argv);
int verb_hold(struct cli *cli, int argc, char **argv);
int verb_release(struct cli *cli, int argc, char **argv);
int verb_report(struct cli *cli, int argc, char **argv);
int verb_send_test(struct cli *cli, int argc, char **argv);
int verb_watch(struct cli *cli, int argc, char **argv);
int verb_key(struct cli *cli, int argc, char **argv);
int verb_version(struct cli *cli, int argc, char **argv);

#endif
