#include "tests/unit/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings/settings.h"

static char directory[] = "/tmp/kiphan-secret-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
    (void)state;
    static const char *const names[] = {"secret", "link", "pipe"};

    for (int i = 0; i < 3; i++) {
        owned(str_free) char *path = str_format("%s/%s", directory, names[i]);
        (void)unlink(path);
    }
    return rmdir(directory);
}

/* Write the file "secret" with these rights; its path is yours. */
static char *write_secret(const char *text, mode_t mode)
{
    char *path = str_format("%s/secret", directory);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(file, mode), 0);
    assert_int_equal(close(file), 0);
    return path;
}

TEST_CASE(opens_a_file_that_is_ours_alone_less_one_newline)
{
    (void)state;
    struct err err = {0};
    owned(str_free) char *path = write_secret("two words\n\n", 0600);
    const struct secret secret = {.source = SECRET_FILE, .name = path};

    owned(str_free) char *text = secret_open(&secret, &err);
    assert_non_null(text);
    assert_string_equal(text, "two words\n");
}

TEST_CASE(refuses_a_file_that_others_can_use_and_says_what_to_do)
{
    (void)state;
    static const mode_t modes[] = {0640, 0604, 0620, 0666};

    for (int i = 0; i < 4; i++) {
        struct err err = {0};
        owned(str_free) char *path = write_secret("hunter2", modes[i]);
        const struct secret secret = {.source = SECRET_FILE, .name = path};
        assert_null(secret_open(&secret, &err));
        assert_int_equal(err.code, ERR_INVALID);
        assert_non_null(strstr(err.text, "chmod 0600"));
        assert_null(strstr(err.text, "hunter2"));
    }
}

TEST_CASE(refuses_what_is_no_file_of_a_sensible_size)
{
    (void)state;
    struct err err = {0};
    owned(str_free) char *path = write_secret("", 0600);
    owned(str_free) char *link = str_format("%s/link", directory);
    owned(str_free) char *pipe = str_format("%s/pipe", directory);
    const struct secret empty = {.source = SECRET_FILE, .name = path};
    const struct secret linked = {.source = SECRET_FILE, .name = link};
    const struct secret piped = {.source = SECRET_FILE, .name = pipe};

    assert_null(secret_open(&empty, &err));
    assert_int_equal(symlink(path, link), 0);
    assert_null(secret_open(&linked, &err));
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(mkfifo(pipe, 0600), 0); /* must not wait for a writer */
    assert_null(secret_open(&piped, &err));
    assert_non_null(strstr(err.text, "not a file"));
    assert_int_equal(truncate(path, 17 * 1024), 0);
    assert_null(secret_open(&empty, &err));
    assert_non_null(strstr(err.text, "too long"));
}

/* systemd may show a credential as readable by a group: it guards the
 * directory. */
TEST_CASE(opens_a_credential_from_its_directory)
{
    (void)state;
    struct err err = {0};
    owned(str_free) char *path = write_secret("x", 0440);
    char name[] = "secret";
    const struct secret secret = {.source = SECRET_CREDENTIAL, .name = name};

    assert_non_null(path);
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
    assert_null(secret_open(&secret, &err));
    assert_non_null(strstr(err.text, "LoadCredential=secret"));
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", directory, 1), 0);
    owned(str_free) char *text = secret_open(&secret, &err);
    assert_string_equal(text, "x");
}

TEST_CASE(opens_nothing_where_no_secret_is_set)
{
    (void)state;
    struct err err = {0};
    const struct secret none = {0};

    assert_null(secret_open(&none, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_a_file_that_is_ours_alone_less_one_newline),
        cmocka_unit_test(
            refuses_a_file_that_others_can_use_and_says_what_to_do),
        cmocka_unit_test(refuses_what_is_no_file_of_a_sensible_size),
        cmocka_unit_test(opens_a_credential_from_its_directory),
        cmocka_unit_test(opens_nothing_where_no_secret_is_set),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
