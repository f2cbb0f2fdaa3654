#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"

enum { CELLS = 20 };

void progress_start(struct progress *progress, const char *label)
{
    progress->label = label;
    progress->shown = isatty(STDERR_FILENO) == 1;
    progress->started_ms = clock_monotonic_ms();
}

static void draw_bar(const struct progress *progress, size_t done, size_t all)
{
    size_t full = all ? done * CELLS / all : CELLS;
    struct buf bar = {0};

    for (size_t i = 0; i < CELLS; i++)
        buf_add(&bar, i < full ? "█" : "░");
    owned(str_free) char *text = buf_take(&bar);
    (void)fprintf(stderr, "\r%s  %s %zu/%zu", progress->label, text, done, all);
}

void progress_draw(const struct progress *progress, size_t done, size_t all)
{
    if (progress->shown)
        draw_bar(progress, done, all);
}

void progress_end(const struct progress *progress, size_t done, size_t all)
{
    int64_t took = clock_monotonic_ms() - progress->started_ms;

    if (!progress->shown)
        return;
    draw_bar(progress, done, all);
    (void)fprintf(stderr, "  %lld.%lld s\n", (long long)(took / 1000),
                  (long long)(took % 1000 / 100));
}
