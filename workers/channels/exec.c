/* The exec channel: a program of the admin's gets each message as JSON on its
 * standard input, and its exit code is the verdict.  No shell: the program is
 * started as it is, with no argument and next to no environment. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"

enum { OUTPUT_BYTES = 400 };

struct exec_state {
    char *program;
    int64_t timeout_ms;
};

/* What runs: descriptors are -1 when closed. */
struct run {
    pid_t pid;
    int pidfd;
    int in;  /* we write */
    int out; /* we read what it prints */
    const char *body;
    size_t length;
    size_t written;
    struct buf output;
};

/* The codes of <sysexits.h>, and of a program that cannot be run. */
static const struct {
    int code;
    enum verdict verdict;
} codes[] = {
    {EX_OK, VERDICT_DELIVERED},
    {EX_TEMPFAIL, VERDICT_TRY_LATER},
    {EX_UNAVAILABLE, VERDICT_TRY_LATER},
    {EX_NOUSER, VERDICT_REFUSED},
    {EX_NOHOST, VERDICT_REFUSED},
    {EX_DATAERR, VERDICT_REFUSED},
    {EX_USAGE, VERDICT_BROKEN},
    {EX_NOPERM, VERDICT_BROKEN},
    {EX_CONFIG, VERDICT_BROKEN},
    {126, VERDICT_BROKEN},
    {127, VERDICT_BROKEN},
};

static void close_end(int *end)
{
    if (*end >= 0)
        (void)close(*end);
    *end = -1;
}

static void exec_close(void **state)
{
    struct exec_state *exec = *state;

    if (!exec)
        return;
    str_free(&exec->program);
    free(exec);
    *state = NULL;
}

/* It must be there, run, and not be everybody's to change. */
static int check_program(const char *path, struct err *err)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode) || access(path, X_OK) != 0)
        return err_set(err, ERR_INVALID, "%s: not a program that we may run",
                       path);
    if (about.st_mode & S_IWOTH)
        return err_set(err, ERR_INVALID,
                       "%s: anybody may change it; chmod o-w it", path);
    return 0;
}

static int exec_open(const struct channel_setting *setting, void **state_r,
                     struct err *err)
{
    const char *program = channel_option_text(setting, "program");

    if (check_program(str_or_empty(program), err) != 0)
        return -1;
    struct exec_state *exec = mem_new(struct exec_state);
    exec->program = str_copy(program);
    exec->timeout_ms = 1000 * channel_option_number(setting, "timeout");
    *state_r = exec;
    return 0;
}

static void exec_probe(void *state, struct outcome *outcome_r)
{
    const struct exec_state *exec = state;
    struct err err = {0};

    if (check_program(exec->program, &err) == 0)
        outcome_set(outcome_r, VERDICT_DELIVERED, "%s can be run",
                    exec->program);
    else
        outcome_set(outcome_r, VERDICT_BROKEN, "%s", err.text);
}

/* The message and what was rendered; yours. */
static char *body_of(const struct message *message)
{
    owned(json_free) struct json *body = json_new_object();
    struct json *facts = json_clone(message->facts);

    json_put_text(body, "identity", message->identity);
    json_put_int(body, "number", message->number);
    json_put_int(body, "attempt", message->attempt);
    json_put_text(body, "address", message->to);
    json_put_text(body, "language", message->language);
    json_put_text(body, "subject", message->subject);
    json_put_text(body, "text", message->text);
    json_put(body, "facts", &facts);
    return json_format(body);
}

/* ---- start ---- */

/* Where it finds other programs, and the credentials of this worker. */
static void fill_environment(char *environment[4], char **credentials)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    static char language[] = "LANG=C.UTF-8";
    const char *directory = getenv("CREDENTIALS_DIRECTORY");

    if (directory)
        *credentials = str_format("CREDENTIALS_DIRECTORY=%s", directory);
    environment[0] = path;
    environment[1] = language;
    environment[2] = *credentials;
    environment[3] = NULL;
}

/* Signals as any program expects them, and a group that can be ended whole. */
static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;

    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    (void)posix_spawnattr_init(attributes);
    (void)posix_spawnattr_setsigmask(attributes, &none);
    (void)posix_spawnattr_setsigdefault(attributes, &all);
    (void)posix_spawnattr_setpgroup(attributes, 0);
    (void)posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK |
                                                   POSIX_SPAWN_SETSIGDEF |
                                                   POSIX_SPAWN_SETPGROUP);
}

static int spawn(const char *program, int in, int out, pid_t *pid_r)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    owned(str_free) char *credentials = NULL;
    owned(str_free) char *name = str_copy(program);
    char *environment[4];
    char *const arguments[] = {name, NULL};

    fill_environment(environment, &credentials);
    set_attributes(&attributes);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    int failed = posix_spawn(pid_r, program, &actions, &attributes, arguments,
                             environment);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)posix_spawnattr_destroy(&attributes);
    return failed;
}

static int start(const char *program, struct run *run)
{
    owned(close_end) int child_in = -1;
    owned(close_end) int child_out = -1;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    child_in = ends[0];
    run->in = ends[1];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    run->out = ends[0];
    child_out = ends[1];
    (void)fcntl(run->in, F_SETFL, O_NONBLOCK);
    (void)fcntl(run->out, F_SETFL, O_NONBLOCK);
    int failed = spawn(program, child_in, child_out, &run->pid);
    if (failed == 0)
        run->pidfd = pidfd_open(run->pid, 0);
    return failed;
}

/* ---- until it ends ---- */

/* A program need not read all that it is given. */
static void give_more(struct run *run)
{
    ssize_t wrote =
        write(run->in, run->body + run->written, run->length - run->written);

    if (wrote > 0)
        run->written += (size_t)wrote;
    if (run->written == run->length ||
        (wrote < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&run->in);
}

static void take_output(struct run *run)
{
    char bytes[512];
    ssize_t got = read(run->out, bytes, sizeof(bytes));
    size_t room = OUTPUT_BYTES - run->output.length;

    if (got > 0)
        buf_add_bytes(&run->output, bytes,
                      (size_t)got < room ? (size_t)got : room);
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(&run->out);
}

/* Attend to it until it ends or until_ms; false: time is over. */
static bool attend(struct run *run, int64_t until_ms)
{
    for (;;) {
        int64_t left = until_ms - clock_monotonic_ms();
        struct pollfd ends[] = {{.fd = run->in, .events = POLLOUT},
                                {.fd = run->out, .events = POLLIN},
                                {.fd = run->pidfd, .events = POLLIN}};
        if (left <= 0)
            return false;
        (void)poll(ends, 3, (int)left);
        if (ends[0].revents)
            give_more(run);
        if (ends[1].revents)
            take_output(run);
        else if (ends[2].revents)
            return true;
    }
}

static void judge(struct run *run, int status, struct outcome *outcome)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    enum verdict verdict = VERDICT_AMBIGUOUS;

    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        if (codes[i].code == code)
            verdict = codes[i].verdict;
    if (code >= 0)
        outcome_set(outcome, verdict, "exit %d %s", code,
                    str_or_empty(run->output.text));
    else
        outcome_set(outcome, verdict, "ended by signal %d %s", WTERMSIG(status),
                    str_or_empty(run->output.text));
}

static void run_done(struct run *run)
{
    close_end(&run->in);
    close_end(&run->out);
    close_end(&run->pidfd);
    buf_done(&run->output);
}

static void exec_send(void *state, const struct message *message,
                      struct outcome *outcome_r)
{
    const struct exec_state *exec = state;
    owned(str_free) char *body = body_of(message);
    owned(run_done) struct run run = {
        .pidfd = -1, .in = -1, .out = -1, .body = body, .length = strlen(body)};
    int status = 0;
    int failed = start(exec->program, &run);

    if (failed) {
        outcome_set(outcome_r, VERDICT_BROKEN, "%s: %s", exec->program,
                    strerror(failed));
        return;
    }
    bool ended = attend(&run, clock_monotonic_ms() + exec->timeout_ms);
    if (!ended)
        (void)kill(-run.pid, SIGKILL);
    (void)waitpid(run.pid, &status, 0);
    if (ended)
        judge(&run, status, outcome_r);
    else
        outcome_set(outcome_r, VERDICT_AMBIGUOUS,
                    "it had not ended after %lld s and was killed",
                    (long long)(exec->timeout_ms / 1000));
}

const struct channel channel_exec = {
    .type = "exec",
    .open = exec_open,
    .probe = exec_probe,
    .send = exec_send,
    .close = exec_close,
};
