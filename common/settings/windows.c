/* The sections "windows" and "quiet": when messages leave (R11). */
#include <string.h>

#include "base/mem.h"
#include "settings/sections.h"
#include "settings/values.h"

/* Put a time among the others, in order. */
static bool insert_time(struct window *window, int32_t time)
{
    int to = window->time_count;

    for (int i = 0; i < window->time_count; i++)
        if (window->times[i] == time)
            return false;
    for (; to > 0 && window->times[to - 1] > time; to--)
        window->times[to] = window->times[to - 1];
    window->times[to] = time;
    window->time_count++;
    return true;
}

static void read_opening(struct reader *reader, const struct node *node,
                         struct window *window)
{
    int32_t time = -1;

    read_time(reader, node, &time, NULL);
    if (time < 0)
        return;
    if (window->time_count == WINDOW_TIMES)
        wrong(reader, node, "is one too many: at most %d a day", WINDOW_TIMES);
    else if (!insert_time(window, time))
        wrong(reader, node, "is in this list already");
}

static void read_open(struct reader *reader, const struct node *node,
                      void *field, const struct key *key)
{
    struct window *window = field;

    (void)key;
    if (node->kind == NODE_TEXT && str_equal(node->text, "session-start")) {
        window->open = OPEN_SESSION_START;
        return;
    }
    if (node->kind != NODE_LIST) {
        wrong(reader, node,
              "is not known; write session-start, or a list of "
              "times like [\"07:30\", \"13:30\"]");
        return;
    }
    window->open = OPEN_TIMES;
    if (!node->count)
        wrong(reader, node, "is an empty list: the window would never open");
    for (size_t i = 0; i < node->count; i++)
        read_opening(reader, node->children[i], window);
}

static const struct key window_items[] = {
    {.name = "name",
     .required = true,
     .read = read_own_name,
     .thing = THING_WINDOW,
     .offset = offsetof(struct window, name)},
    {.name = "calendar",
     .read = read_reference,
     .thing = THING_CALENDAR,
     .offset = offsetof(struct window, calendar)},
    {.name = "open", .read = read_open, .fallback = "session-start"},
};

const struct keys window_keys = KEYS(window_items);

void read_window(struct reader *reader, const struct node *node, void *field,
                 const struct key *key)
{
    struct settings *settings = field;
    struct window window = {.place = node->place};

    (void)key;
    (void)read_members(reader, node, &window_keys, &window);
    if (!window.calendar)
        window.calendar = str_copy("");
    settings->windows =
        mem_grow(settings->windows, settings->window_count + 1, sizeof(window));
    settings->windows[settings->window_count++] = window;
    nodes_add(&reader->windows, node);
}

static const struct key quiet_items[] = {
    {.name = "from",
     .read = read_time,
     .fallback = "18:00",
     .offset = offsetof(struct quiet, from)},
    {.name = "until",
     .read = read_time,
     .fallback = "07:00",
     .offset = offsetof(struct quiet, until)},
    {.name = "rest-days",
     .read = read_truth,
     .fallback = "yes",
     .offset = offsetof(struct quiet, rest_days)},
    {.name = "holidays",
     .read = read_truth,
     .fallback = "yes",
     .offset = offsetof(struct quiet, holidays)},
};

const struct keys quiet_keys = KEYS(quiet_items);
