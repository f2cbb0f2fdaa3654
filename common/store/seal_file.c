/* The seal as a file: lines of a word and numbers, the last one the MAC of
 * all before it. */
#include "store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

#define FIRST_LINE "kiphan-history-seal 1"

enum { FILE_MOST = 16 * 1024, HEX_HASH = 2 * CHAIN_HASH + 1 };

static void close_file(const int *file)
{
    if (*file >= 0)
        (void)close(*file);
}

char *seal_path(const char *store_path)
{
    return str_format("%s.seal", store_path);
}

static int fail(const char *path, struct err *err)
{
    return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM, "%s: %s",
                   path, strerror(errno));
}

/* ---- writing ---- */

static void add_hex(struct buf *text, const unsigned char *bytes, size_t length)
{
    char hex[HEX_HASH] = "";

    (void)sodium_bin2hex(hex, sizeof(hex), bytes, length);
    buf_add(text, hex);
}

static void add_mac(struct buf *text, const struct seal_key *key)
{
    unsigned char mac[crypto_auth_BYTES];

    (void)crypto_auth(mac, (const unsigned char *)text->text, text->length,
                      key->bytes);
    buf_add(text, "mac ");
    add_hex(text, mac, sizeof(mac));
    buf_add(text, "\n");
}

static char *text_of(const struct seal *seal, const struct seal_key *key)
{
    struct buf text = {0};

    buf_addf(&text, FIRST_LINE "\nsequence %lld\nsince %lld\nsealed-at %lld\n",
             (long long)seal->sequence, (long long)seal->since,
             (long long)seal->sealed_at);
    for (size_t i = 0; i < seal->mark_count; i++) {
        buf_addf(&text, "rows %lld ", (long long)seal->marks[i].rows);
        add_hex(&text, seal->marks[i].hash, CHAIN_HASH);
        buf_add(&text, "\n");
    }
    add_mac(&text, key);
    return buf_take(&text);
}

static int write_whole(const char *path, const char *text, struct err *err)
{
    size_t length = strlen(text), done = 0;

    (void)unlink(path); /* of one that was killed here */
    owned(close_file) int file =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
             S_IRUSR | S_IWUSR | S_IRGRP);
    if (file < 0)
        return fail(path, err);
    while (done < length) {
        ssize_t written = write(file, text + done, length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(path, err);
        done += (size_t)written;
    }
    return fsync(file) == 0 ? 0 : fail(path, err);
}

/* So that the name too outlasts a power cut. */
static int sync_directory(const char *path, struct err *err)
{
    owned(str_free) char *copy = str_copy(path);
    const char *directory = dirname(copy);
    owned(close_file) int file =
        open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (file < 0 || fsync(file) != 0)
        return fail(directory, err);
    return 0;
}

int seal_write(const char *store_path, const struct seal_key *key,
               const struct seal *seal, struct err *err)
{
    owned(str_free) char *path = seal_path(store_path);
    owned(str_free) char *fresh = str_format("%s.new", path);
    owned(str_free) char *text = text_of(seal, key);

    if (write_whole(fresh, text, err))
        return -1;
    if (rename(fresh, path) != 0)
        return fail(path, err);
    return sync_directory(path, err);
}

/* ---- reading ---- */

static int read_whole(const char *path, char **text_r, struct err *err)
{
    owned(close_file) int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    owned(str_free) char *text = mem_zero(FILE_MOST + 1, 1);
    size_t length = 0;

    if (file < 0)
        return fail(path, err);
    while (length < FILE_MOST) {
        ssize_t got = read(file, text + length, FILE_MOST - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(path, err);
        if (got == 0)
            break;
        length += (size_t)got;
    }
    if (length == 0 || length == FILE_MOST || strlen(text) != length)
        return err_set(err, ERR_INVALID, "%s: is not a seal", path);
    *text_r = give(text);
    return 0;
}

static bool read_hex(const char *hex, unsigned char *bytes, size_t length)
{
    size_t found = 0;

    return strlen(hex) == 2 * length &&
           sodium_hex2bin(bytes, length, hex, 2 * length, NULL, &found, NULL) ==
               0 &&
           found == length;
}

/* What stands behind a word, if the line begins with it. */
static const char *after(const char *line, const char *word)
{
    return str_starts(line, word) ? line + strlen(word) : NULL;
}

static bool read_mark(const char *text, struct seal *seal)
{
    const char *space = strchr(text, ' ');
    long long rows = 0;

    if (!space || seal->mark_count == SEAL_MARKS)
        return false;
    owned(str_free) char *number = str_copy_bytes(text, (size_t)(space - text));
    struct chain_place *mark = &seal->marks[seal->mark_count];
    if (!str_to_long(number, seal_end(seal).rows + 1, INT64_MAX, &rows) ||
        !read_hex(space + 1, mark->hash, CHAIN_HASH))
        return false;
    mark->rows = rows;
    seal->mark_count++;
    return true;
}

static bool read_line(const char *line, struct seal *seal)
{
    const struct {
        const char *word;
        int64_t *number;
    } numbers[] = {
        {"sequence ", &seal->sequence},
        {"since ", &seal->since},
        {"sealed-at ", &seal->sealed_at},
    };
    const char *mark = after(line, "rows ");
    long long number = 0;

    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        const char *text = after(line, numbers[i].word);
        if (!text)
            continue;
        if (!str_to_long(text, INT64_MIN, INT64_MAX, &number))
            return false;
        *numbers[i].number = number;
        return true;
    }
    return mark && read_mark(mark, seal);
}

static bool read_lines(const char *body, struct seal *seal)
{
    struct strs lines = {0};
    bool good = false;

    strs_split(&lines, body, '\n');
    good = lines.count > 0 && str_equal(lines.items[0], FIRST_LINE);
    for (size_t i = 1; good && i < lines.count; i++)
        good = read_line(lines.items[i], seal);
    strs_done(&lines);
    return good && seal->mark_count > 0 && seal->sequence > 0;
}

static bool is_proven(const char *body, const char *mac_text,
                      const struct seal_key *key)
{
    unsigned char mac[crypto_auth_BYTES];

    return read_hex(mac_text, mac, sizeof(mac)) &&
           crypto_auth_verify(mac, (const unsigned char *)body, strlen(body),
                              key->bytes) == 0;
}

int seal_read(const char *store_path, const struct seal_key *key,
              struct seal *seal_r, struct err *err)
{
    owned(str_free) char *path = seal_path(store_path);
    owned(str_free) char *text = NULL;
    struct seal seal = {0};

    if (read_whole(path, &text, err))
        return -1;
    char *last = strstr(text, "\nmac ");
    if (!last)
        return err_set(err, ERR_INVALID, "%s: is not a seal", path);
    owned(str_free) char *body =
        str_copy_bytes(text, (size_t)(last + 1 - text));
    owned(str_free) char *mac = str_trim(last + strlen("\nmac "));
    if (key && !is_proven(body, mac, key))
        return err_set(err, ERR_INVALID,
                       "%s: was not written with this key, or was changed "
                       "since",
                       path);
    if (!read_lines(body, &seal))
        return err_set(err, ERR_INVALID, "%s: is not a seal", path);
    *seal_r = seal;
    return 0;
}
