/* The top of kiphan.yaml. */
#include "settings/top.h"

#include "base/own.h"
#include "settings/delivery.h"
#include "settings/sections.h"
#include "settings/values.h"

static void read_zone(struct reader *reader, const struct node *node,
                      void *field, const struct key *key)
{
    const char *text = text_of_node(reader, node);
    owned(zone_free) struct zone *zone = NULL;
    struct err err = {0};

    if (!text)
        return;
    if (zone_open(text, &zone, &err) != 0)
        wrong(reader, node, "%s", err.text);
    else
        read_string(reader, node, field, key);
}

static const struct word languages[] = {
    {"vi", LANGUAGE_VI}, {"en", LANGUAGE_EN}, {NULL, 0}};

static const struct key organisation_items[] = {
    {.name = "name",
     .required = true,
     .read = read_label,
     .inner = &label_keys,
     .offset = offsetof(struct settings, organisation)},
    {.name = "zone",
     .required = true,
     .read = read_zone,
     .offset = offsetof(struct settings, zone_name)},
    {.name = "language",
     .read = read_word,
     .words = languages,
     .fallback = "vi",
     .offset = offsetof(struct settings, language)},
};

static const struct keys organisation_keys = KEYS(organisation_items);

#define LIST(key_name, needed, reads, table)                                   \
    {                                                                          \
        .name = (key_name), .required = (needed), .read = read_list,           \
        .each = (reads), .inner = (table)                                      \
    }

static void read_delivery(struct reader *reader, const struct node *node,
                          void *field, const struct key *key)
{
    struct key words = *key;

    words.words = delivery_words();
    read_word(reader, node, field, &words);
}

static const struct key top_items[] = {
    {.name = "organisation",
     .required = true,
     .read = read_map,
     .inner = &organisation_keys},
    {.name = "store",
     .read = read_path,
     .fallback = "/var/lib/kiphan/kiphan.db",
     .offset = offsetof(struct settings, store_path)},
    {.name = "history-key",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = offsetof(struct settings, history_key)},
    {.name = "templates",
     .read = read_path,
     .fallback = "/usr/share/kiphan/templates",
     .offset = offsetof(struct settings, templates)},
    {.name = "calendar",
     .read = read_reference,
     .thing = THING_CALENDAR,
     .offset = offsetof(struct settings, main_calendar)},
    LIST("calendars", true, read_calendar, &calendar_keys),
    LIST("feeds", false, read_feed, &feed_keys),
    LIST("channels", true, read_channel, &channel_keys),
    LIST("windows", true, read_window, &window_keys),
    {.name = "quiet",
     .read = read_map,
     .inner = &quiet_keys,
     .offset = offsetof(struct settings, quiet)},
    LIST("rules", true, read_rule, &rule_keys),
    {.name = "delivery",
     .read = read_delivery,
     .fallback = "live",
     .offset = offsetof(struct settings, delivery.mode)},
    {.name = "rehearsal",
     .read = read_map,
     .inner = &rehearsal_keys,
     .offset = offsetof(struct settings, delivery)},
    {.name = "wire",
     .read = read_wire,
     .inner = &wire_keys,
     .offset = offsetof(struct settings, wire)},
};

const struct keys top_keys = KEYS(top_items);
