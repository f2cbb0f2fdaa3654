/* The file channel: a mail a message in a directory, as an .eml that mail
 * programs open.  For demonstrations, and for offices whose mail is fetched
 * by another program. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/mail.h"
#include "workers/channels/office_time.h"

/* RFC 2606: an address that is nobody's, for those who have none here. */
#define NOWHERE "kiphan.invalid"

/* No descriptor of the directory is kept: one that was removed and made again
 * is another, and the worker should go on there without a restart. */
struct file_state {
    char *path;
};

static void close_file(const int *file)
{
    if (*file >= 0)
        (void)close(*file);
}

static void file_close(void **state)
{
    struct file_state *file = *state;

    if (!file)
        return;
    str_free(&file->path);
    free(file);
    *state = NULL;
}

static int open_directory(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int file_open(const struct channel_setting *setting, void **state_r,
                     struct err *err)
{
    const char *path = str_or_empty(channel_option_text(setting, "directory"));
    owned(close_file) int directory = open_directory(path);

    if (directory < 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    struct file_state *file = mem_new(struct file_state);
    file->path = str_copy(path);
    *state_r = file;
    return 0;
}

static void file_probe(void *state, struct outcome *outcome_r)
{
    const struct file_state *file = state;

    owned(close_file) int directory = open_directory(file->path);

    if (directory >= 0 &&
        faccessat(directory, ".", W_OK | X_OK, AT_EACCESS) == 0)
        outcome_set(outcome_r, VERDICT_DELIVERED, "%s", file->path);
    else
        outcome_set(outcome_r, VERDICT_BROKEN, "%s: %s", file->path,
                    strerror(errno));
}

/* What went wrong with the disk: full may pass, the rest needs an admin. */
static void set_system(struct outcome *outcome_r, const char *name)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EIO;

    outcome_set(outcome_r, full ? VERDICT_TRY_LATER : VERDICT_BROKEN, "%s: %s",
                name, strerror(errno));
}

/* "20260625-073000" in the office's time. */
static char *stamp_of(int64_t decided_at, int32_t utc_offset)
{
    struct civil local = office_time(decided_at, utc_offset);

    return str_format("%04d%02d%02d-%02d%02d%02d", local.date.year,
                      local.date.month, local.date.day, local.seconds / 3600,
                      local.seconds / 60 % 60, local.seconds % 60);
}

/* A code with only what is harmless in a file's name; yours. */
static char *safe_code(const char *code)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    char *safe = str_copy(code);

    for (char *at = safe; *at; at++)
        if (!strchr(good, *at))
            *at = '_';
    return safe;
}

/* Sorted by name the files are in order; a notice's name is always the same,
 * so that another attempt replaces what the first wrote. */
static char *file_name(const struct message *message)
{
    owned(str_free) char *stamp =
        stamp_of(message->decided_at, message->utc_offset);
    owned(str_free) char *code = safe_code(str_or_empty(message->to_code));

    return str_format("%s-%s-%06lld.eml", stamp, code,
                      (long long)message->number);
}

static int write_all(int file, const struct mail *mail)
{
    size_t done = 0;

    while (done < mail->length) {
        ssize_t wrote = write(file, mail->bytes + done, mail->length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return -1;
        done += (size_t)wrote;
    }
    return fsync(file);
}

/* Nobody ever sees half a file: written under a name that is not shown, then
 * renamed; both are on the disk when this returns 0. */
static int keep(const char *path, const char *name, const struct mail *mail)
{
    owned(str_free) char *hidden = str_format(".%s.part", name);
    owned(close_file) int directory = open_directory(path);

    if (directory < 0)
        return -1;
    owned(close_file) int file = openat(
        directory, hidden, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (file < 0)
        return -1;
    if (write_all(file, mail) == 0 &&
        renameat(directory, hidden, directory, name) == 0)
        return fsync(directory);
    int reason = errno;
    (void)unlinkat(directory, hidden, 0);
    errno = reason;
    return -1;
}

/* The mail as it would be sent; who has no mail address gets one that is
 * nobody's. */
static int compose(const struct message *message, struct mail *mail_r,
                   struct err *err)
{
    owned(str_free) char *code = safe_code(str_or_empty(message->to_code));
    owned(str_free) char *nowhere = str_format("%s@" NOWHERE, code);
    struct mailbox from = {.address = str_copy("kiphan@" NOWHERE)};
    struct message addressed = *message;

    from.name =
        str_copy(str_or_empty(json_text(message->facts, "organisation")));
    if (!strchr(message->to, '@'))
        addressed.to = nowhere;
    int result = mail_compose(&addressed, &from, mail_r, err);
    mailbox_done(&from);
    return result;
}

static void file_send(void *state, const struct message *message,
                      struct outcome *outcome_r)
{
    const struct file_state *file = state;
    owned(str_free) char *name = file_name(message);
    owned(mail_done) struct mail mail = {0};
    struct err err = {0};

    if (compose(message, &mail, &err) != 0)
        outcome_set(outcome_r, VERDICT_REFUSED, "%s", err.text);
    else if (keep(file->path, name, &mail) != 0)
        set_system(outcome_r, name);
    else
        outcome_set(outcome_r, VERDICT_DELIVERED, "%s/%s", file->path, name);
}

const struct channel channel_file = {
    .type = "file",
    .open = file_open,
    .probe = file_probe,
    .send = file_send,
    .close = file_close,
};
