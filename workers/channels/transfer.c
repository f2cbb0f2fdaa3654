#include "workers/channels/transfer.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include <curl/curl.h>
#include <sodium.h>

#include "base/own.h"
#include "base/str.h"

static void start_libraries(void)
{
    bool ready =
        curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && sodium_init() >= 0;

    assert(ready);
}

static void easy_free(CURL **easy)
{
    curl_easy_cleanup(*easy);
    *easy = NULL;
}

/* Roots from a directory are read as they are needed; a bundle would be held
 * once a connection. */
static int set_roots(CURL *easy, const char *path, struct err *err)
{
    struct stat about;

    if (str_empty(path))
        return 0;
    if (stat(path, &about) != 0)
        return err_set(err, ERR_SYSTEM, "%s: no such file or directory", path);
    bool directory = S_ISDIR(about.st_mode);
    curl_easy_setopt(easy, CURLOPT_CAPATH, directory ? path : NULL);
    curl_easy_setopt(easy, CURLOPT_CAINFO, directory ? NULL : path);
    curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, directory ? path : NULL);
    curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, directory ? NULL : path);
    return 0;
}

static int set_all(CURL *easy, const struct channel_setting *setting,
                   const char *protocols, struct err *err)
{
    long connect = (long)channel_option_number(setting, "connect-timeout");

    if (curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols) != CURLE_OK)
        return err_set(err, ERR_INVALID, "libcurl does not speak %s",
                       protocols);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    return set_roots(easy, channel_option_text(setting, "ca-path"), err);
}

int transfer_new(const struct channel_setting *setting, const char *protocols,
                 char *error, void **easy_r, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, start_libraries);
    owned(easy_free) CURL *easy = curl_easy_init();
    if (!easy)
        return err_set(err, ERR_SYSTEM, "libcurl cannot be started");
    if (set_all(easy, setting, protocols, err) != 0)
        return -1;
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error);
    *easy_r = give(easy);
    return 0;
}

const char *transfer_error(int result, const char *error)
{
    return *error ? error : curl_easy_strerror((CURLcode)result);
}

int transfer_secret(const struct channel_setting *setting, const char *name,
                    char **secret_r, struct err *err)
{
    const struct secret *secret = channel_option_secret(setting, name);

    if (!secret || secret->source == SECRET_NONE)
        return 0;
    char *opened = secret_open(secret, err);
    if (!opened)
        return -1;
    *secret_r = opened;
    return 0;
}

void transfer_wipe(char **secret)
{
    if (*secret)
        sodium_memzero(*secret, strlen(*secret));
    str_free(secret);
}
