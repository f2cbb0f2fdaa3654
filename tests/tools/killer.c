/* killer.c - a library to preload: it kills its process at a moment that a
 * test names, in the middle of real work.
 *
 * The file named by KIPHAN_KILL holds one order, looked at at each of the
 * calls below; while it does not exist nothing happens.
 *     PROGRAM sql "TEXT" N before      before the N-th statement with TEXT runs
 *     PROGRAM sql "TEXT" N committed   after the next COMMIT behind it
 *     PROGRAM send "mail" N before     at the N-th delivery, nothing sent yet
 *     PROGRAM send "mail" N answered   when the far side has answered it
 */
#include <curl/curl.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct order {
    char program[32];
    char kind[8];
    char what[64];
    int number;
    char moment[16];
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct order known; /* what seen counts for */
static int seen;

/* False when there is none, or it is for another program. */
static int read_order(struct order *order)
{
    const char *path = getenv("KIPHAN_KILL");
    FILE *file = path ? fopen(path, "re") : NULL;

    if (!file)
        return 0;
    int read = fscanf(file, "%31s %7s \"%63[^\"]\" %d %15s", order->program,
                      order->kind, order->what, &order->number, order->moment);
    (void)fclose(file);
    return read == 5 &&
           strcmp(order->program, program_invocation_short_name) == 0;
}

/* A new order begins a new count. */
static int count(const struct order *order, int more)
{
    if (memcmp(&known, order, sizeof(known)) != 0) {
        known = *order;
        seen = 0;
    }
    seen += more;
    return seen;
}

static void strike(const char *kind, const char *what, const char *moment)
{
    struct order order = {0};

    (void)pthread_mutex_lock(&mutex);
    if (read_order(&order) && strcmp(order.kind, kind) == 0) {
        int named = strstr(what, order.what) != NULL;
        int over = strcmp(what, "COMMIT") == 0;
        int first = strcmp(moment, "before") == 0;
        int many = count(&order, named && first);
        if (many >= order.number && (named || over) &&
            strcmp(order.moment, moment) == 0)
            (void)kill(getpid(), SIGKILL);
    }
    (void)pthread_mutex_unlock(&mutex);
}

int sqlite3_step(sqlite3_stmt *statement)
{
    static int (*real)(sqlite3_stmt *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
    const char *sql = sqlite3_sql(statement);
    strike("sql", sql ? sql : "", "before");
    return real(statement);
}

int sqlite3_exec(sqlite3 *db, const char *sql,
                 int (*row)(void *, int, char **, char **), void *context,
                 char **error)
{
    static int (*real)(sqlite3 *, const char *,
                       int (*)(void *, int, char **, char **), void *, char **);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_exec");
    int result = real(db, sql, row, context, error);
    if (result == SQLITE_OK && strcmp(sql, "COMMIT") == 0)
        strike("sql", sql, "committed");
    return result;
}

#undef curl_easy_perform
CURLcode curl_easy_perform(CURL *handle)
{
    static CURLcode (*real)(CURL *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "curl_easy_perform");
    strike("send", "mail", "before");
    CURLcode code = real(handle);
    strike("send", "mail", "answered");
    return code;
}
