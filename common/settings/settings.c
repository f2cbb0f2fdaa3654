#include "settings/settings.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/files.h"
#include "settings/links.h"
#include "settings/sections.h"
#include "settings/top.h"

/* Read one file into a tree; false when it could not be. */
static bool read_tree(struct reader *reader, const char *file)
{
    owned(str_free) char *bytes = NULL;
    const size_t found = reader->findings.count;
    struct err err = {0};
    size_t length = 0;

    if (file_read(file, TREE_BYTES, &bytes, &length, &err) != 0) {
        findings_add(&reader->findings, (struct place){.file = file}, "", "%s",
                     err.text);
        return false;
    }
    struct node *tree = tree_read(file, bytes, length, &reader->findings);
    if (tree) {
        reader->trees = mem_grow(reader->trees, reader->tree_count + 1,
                                 sizeof(*reader->trees));
        reader->trees[reader->tree_count++] = tree;
    }
    return reader->findings.count == found;
}

/* All files; false when one of them could not be read. */
static bool read_trees(struct reader *reader)
{
    bool all = true;

    for (size_t i = 0; i < reader->settings->files.count; i++)
        all = read_tree(reader, reader->settings->files.items[i]) && all;
    return all;
}

static void add_child(struct node *top, struct node *child)
{
    top->children =
        mem_grow(top->children, top->count + 1, sizeof(*top->children));
    top->children[top->count++] = child;
}

/* Lists go on from file to file; anything else is said once. */
static void refuse_twice(struct reader *reader, const struct node *top,
                         struct node *child)
{
    const struct key *key = keys_find(&top_keys, child->key);
    const struct node *first = node_member(top, child->key);

    if (!key || !first || key->read == read_list)
        return;
    owned(str_free) char *place = place_text(first->key_place);
    findings_add(&reader->findings, child->key_place, child->path,
                 "\"%s\" is given twice, first at %s", key->name, place);
}

/* The tree of the file that stands in for others; NULL when none does. */
static const struct node *stand_in(const struct reader *reader)
{
    for (size_t i = 0; i < reader->tree_count; i++)
        if (reader->instead && reader->trees[i]->place.file == reader->instead)
            return reader->trees[i];
    return NULL;
}

/* The members of all files in one mapping, which borrows them. */
static void merge_trees(struct reader *reader, struct node *top)
{
    const struct node *instead = stand_in(reader);

    for (size_t i = 0; i < reader->tree_count; i++) {
        struct node *tree = reader->trees[i];
        if (tree->kind != NODE_MAP) {
            wrong(reader, tree, "is %s, but a mapping belongs here",
                  node_kind_name(tree));
            continue;
        }
        for (size_t j = 0; j < tree->count; j++) {
            if (instead && tree != instead &&
                node_member(instead, tree->children[j]->key))
                continue;
            refuse_twice(reader, top, tree->children[j]);
            add_child(top, tree->children[j]);
        }
    }
}

/* What a section that nobody wrote has all the same. */
static void read_unwritten(struct reader *reader, const struct node *top)
{
    static const char *const sections[] = {"quiet", "wire"};

    for (int i = 0; i < 2; i++) {
        const struct key *key = keys_find(&top_keys, sections[i]);
        const struct node nothing = {
            .kind = NODE_MAP, .place = top->place, .path = top->path};
        if (!node_member(top, key->name))
            key->read(reader, &nothing, (char *)reader->settings + key->offset,
                      key);
    }
}

/* Look only at what there is: with a file missing, whatever seems to be
 * missing may be in that file. */
static void read_part(struct reader *reader, const struct node *top)
{
    for (size_t i = 0; i < top->count; i++) {
        const struct node *member = top->children[i];
        const struct key *key = keys_find(&top_keys, member->key);
        if (key)
            key->read(reader, member, (char *)reader->settings + key->offset,
                      key);
        else
            wrong_key(reader, member, &top_keys, NULL);
    }
}

static void read_all(struct reader *reader)
{
    bool complete = read_trees(reader);
    owned(str_free) char *no_path = str_copy("");
    struct node top = {.kind = NODE_MAP,
                       .path = no_path,
                       .place = {.file = reader->settings->files.items[0]}};

    merge_trees(reader, &top);
    if (complete) {
        (void)read_members(reader, &top, &top_keys, reader->settings);
        read_unwritten(reader, &top);
        check_links(reader, &top);
    } else {
        read_part(reader, &top);
    }
    free(top.children);
}

static void reader_done(struct reader *reader)
{
    settings_free(&reader->settings);
    findings_done(&reader->findings);
    for (size_t i = 0; i < reader->tree_count; i++)
        tree_free(&reader->trees[i]);
    free(reader->trees);
    free(reader->mentions);
    free(reader->calendars.items);
    free(reader->windows.items);
    free(reader->rules.items);
}

struct settings *settings_read_instead(const char *path, const char *instead,
                                       struct problems *problems)
{
    owned(reader_done) struct reader reader = {.settings =
                                                   mem_new(struct settings)};
    struct strs *files = &reader.settings->files;
    struct err err = {0};

    if (files_list(path, files, &err) != 0) {
        problems_add(problems, (struct place){0}, "", "%s", err.text);
        return NULL;
    }
    if (instead) {
        strs_add(files, instead);
        reader.instead = files->items[files->count - 1];
    }
    read_all(&reader);
    findings_hand_on(&reader.findings, files, problems);
    return reader.findings.count ? NULL : give(reader.settings);
}

struct settings *settings_read(const char *path, struct problems *problems)
{
    return settings_read_instead(path, NULL, problems);
}

/* Free all count things of an array with their done function. */
#define done_all(array, count, done)                                           \
    do {                                                                       \
        for (size_t i_ = 0; i_ < (count); i_++)                                \
            done(&(array)[i_]);                                                \
        free(array);                                                           \
    } while (0)

void settings_free(struct settings **settings)
{
    struct settings *old = *settings;

    if (!old)
        return;
    label_done(&old->organisation);
    str_free(&old->zone_name);
    str_free(&old->store_path);
    str_free(&old->history_key.name);
    str_free(&old->templates);
    str_free(&old->main_calendar);
    done_all(old->calendars, old->calendar_count, calendar_setting_done);
    done_all(old->feeds, old->feed_count, feed_setting_done);
    done_all(old->channels, old->channel_count, channel_setting_done);
    done_all(old->windows, old->window_count, window_done);
    done_all(old->rules, old->rule_count, rule_done);
    str_free(&old->delivery.rehearsal_to);
    wire_setting_done(&old->wire);
    strs_done(&old->files);
    free(old);
    *settings = NULL;
}

#define find_by_name(array, total, wanted)                                     \
    do {                                                                       \
        for (size_t i_ = 0; i_ < (total); i_++)                                \
            if (str_equal((array)[i_].name, wanted))                           \
                return &(array)[i_];                                           \
        return NULL;                                                           \
    } while (0)

const struct calendar_setting *
settings_calendar(const struct settings *settings, const char *name)
{
    find_by_name(settings->calendars, settings->calendar_count, name);
}

const struct calendar_setting *
settings_year_calendar(const struct settings *settings,
                       const struct calendar_setting *calendar)
{
    while (!str_empty(calendar->holidays))
        calendar = settings_calendar(settings, calendar->holidays);
    return calendar;
}

const struct channel_setting *settings_channel(const struct settings *settings,
                                               const char *name)
{
    find_by_name(settings->channels, settings->channel_count, name);
}

const struct feed_setting *settings_feed(const struct settings *settings,
                                         const char *name)
{
    find_by_name(settings->feeds, settings->feed_count, name);
}

const struct window *settings_window(const struct settings *settings,
                                     const char *name)
{
    find_by_name(settings->windows, settings->window_count, name);
}
