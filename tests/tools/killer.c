/* killer.c - a library to preload: it kills its process at a moment that a
 * test names, in the middle of real work.
 *
 * The file named by KIPHAN_KILL holds one order, looked at before each of the
 * calls below; while it does not exist nothing happens.
 *     sql TEXT N      at the N-th statement that contains TEXT, before it runs
 *     send before N   at the N-th delivery, before anything was sent
 *     send after N    at the N-th delivery, when the far side has answered
 */
#include <curl/curl.h>
#include <dlfcn.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct order {
    char kind[8];
    char what[64];
    int number;
};

static int seen;

static int read_order(struct order *order)
{
    const char *path = getenv("KIPHAN_KILL");
    FILE *file = path ? fopen(path, "re") : NULL;

    if (!file)
        return 0;
    int read = fscanf(file, "%7s \"%63[^\"]\" %d", order->kind, order->what,
                      &order->number);
    (void)fclose(file);
    return read == 3;
}

static void strike(const char *kind, const char *what)
{
    struct order order = {0};

    if (!read_order(&order) || strcmp(order.kind, kind) != 0 ||
        !strstr(what, order.what))
        return;
    if (++seen >= order.number)
        (void)kill(getpid(), SIGKILL);
}

int sqlite3_step(sqlite3_stmt *statement)
{
    static int (*real)(sqlite3_stmt *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
    const char *sql = sqlite3_sql(statement);
    strike("sql", sql ? sql : "");
    return real(statement);
}

#undef curl_easy_perform
CURLcode curl_easy_perform(CURL *handle)
{
    static CURLcode (*real)(CURL *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "curl_easy_perform");
    strike("send", "before");
    CURLcode code = real(handle);
    strike("send", "after");
    return code;
}
