/* The section "feeds": where lists of items come from (R16). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/nearest.h"
#include "settings/sections.h"
#include "settings/values.h"

const struct word feed_kinds[] = {
    {"dossier", KIND_DOSSIER}, {"task", KIND_TASK}, {NULL, 0}};

/* The field is kept as the table names it, whichever dash was written. */
static void read_column(struct reader *reader, const struct node *node,
                        const struct key *key, struct feed_setting *feed)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return;
    feed->columns =
        mem_grow(feed->columns, feed->column_count + 1, sizeof(*feed->columns));
    feed->columns[feed->column_count++] = (struct feed_column){
        .field = str_copy(key->name), .header = str_copy(text)};
}

static void read_columns(struct reader *reader, const struct node *node,
                         void *field, const struct key *key)
{
    if (node->kind != NODE_MAP) {
        wrong(reader, node,
              "is %s, but a mapping from our names to the "
              "headers of the list belongs here",
              node_kind_name(node));
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct node *member = node->children[i];
        const struct key *column = keys_find(key->inner, member->key);
        if (column)
            read_column(reader, member, column, field);
        else
            wrong_key(reader, member, key->inner, NULL);
    }
}

/* A page of an item, with its code in the address. */
static void read_item_url(struct reader *reader, const struct node *node,
                          void *field, const struct key *key)
{
    static const char mark[] = "{code}";
    const char *text = text_of_node(reader, node);
    const char *braces = text ? strchr(text, '{') : NULL;

    if (!text)
        return;
    if (!braces || !str_starts(braces, mark) || strpbrk(braces + 1, "{"))
        wrong(reader, node,
              "must have {code} in it once, where the item's "
              "code goes, and no other braces");
    else
        read_url(reader, node, field, key);
}

static const struct word web_schemes[] = {
    {"https://", 0}, {"http://", 0}, {NULL, 0}};

#define COLUMN(field)                                                          \
    {                                                                          \
        .name = (field), .read = read_string                                   \
    }

static const struct key column_items[] = {
    COLUMN("code"),         COLUMN("title"),      COLUMN("procedure"),
    COLUMN("field"),        COLUMN("unit"),       COLUMN("receiving_unit"),
    COLUMN("coordinating"), COLUMN("assignee"),   COLUMN("assigned_by"),
    COLUMN("owner"),        COLUMN("submission"), COLUMN("status"),
    COLUMN("received"),     COLUMN("due"),        COLUMN("finished"),
    COLUMN("original_due"), COLUMN("document"),   COLUMN("recurrence"),
    COLUMN("output"),       COLUMN("priority"),   COLUMN("labels"),
    COLUMN("note"),
};

static const struct keys column_keys = KEYS(column_items);

static const struct key feed_items[] = {
    {.name = "name",
     .required = true,
     .read = read_own_name,
     .thing = THING_FEED,
     .offset = offsetof(struct feed_setting, name)},
    {.name = "kind",
     .required = true,
     .read = read_word,
     .words = feed_kinds,
     .offset = offsetof(struct feed_setting, kind)},
    {.name = "label",
     .required = true,
     .read = read_label,
     .inner = &label_keys,
     .offset = offsetof(struct feed_setting, label)},
    {.name = "complete",
     .required = true,
     .read = read_truth,
     .offset = offsetof(struct feed_setting, complete)},
    {.name = "expected",
     .read = read_string,
     .offset = offsetof(struct feed_setting, expected)},
    {.name = "stale-after",
     .read = read_span,
     .units = SPAN_STEP_AFTER,
     .fallback = "1wd",
     .offset = offsetof(struct feed_setting, stale_after)},
    {.name = "item-url",
     .read = read_item_url,
     .words = web_schemes,
     .offset = offsetof(struct feed_setting, item_url)},
    {.name = "gone-percent",
     .read = read_whole,
     .least = 0,
     .most = 100,
     .fallback = "10",
     .offset = offsetof(struct feed_setting, gone_percent)},
    {.name = "columns", .read = read_columns, .inner = &column_keys},
};

const struct keys feed_keys = KEYS(feed_items);

/* Text members that nobody wrote are "", never NULL. */
static void fill(char **text)
{
    if (!*text)
        *text = str_copy("");
}

void read_feed(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    struct settings *settings = field;
    struct feed_setting feed = {.place = node->place};
    const struct node *complete = node_member(node, "complete");
    const struct node *percent = node_member(node, "gone-percent");
    const struct node *stale = node_member(node, "stale-after");

    (void)key;
    if (read_members(reader, node, &feed_keys, &feed)) {
        if (percent && complete && !feed.complete)
            wrong(reader, percent,
                  "has no effect: only items of a complete feed can be gone");
        if (stale && feed.stale_after.thousandths == 0)
            wrong(reader, stale, "would make the feed stale at once");
    }
    fill(&feed.expected);
    fill(&feed.item_url);
    settings->feeds =
        mem_grow(settings->feeds, settings->feed_count + 1, sizeof(feed));
    settings->feeds[settings->feed_count++] = feed;
}

void feed_setting_done(struct feed_setting *feed)
{
    str_free(&feed->name);
    label_done(&feed->label);
    str_free(&feed->expected);
    str_free(&feed->item_url);
    for (size_t i = 0; i < feed->column_count; i++) {
        str_free(&feed->columns[i].field);
        str_free(&feed->columns[i].header);
    }
    free(feed->columns);
    feed->columns = NULL;
    feed->column_count = 0;
}
