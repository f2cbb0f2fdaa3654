/* sections.h - the mappings of kiphan.yaml, one file each, and their tables
 * of keys. */
#ifndef SETTINGS_SECTIONS_H
#define SETTINGS_SECTIONS_H

#include "settings/reader.h"

/* What each reads goes to the end of the settings' array; field is the
 * settings. */
read_function read_calendar;
read_function read_feed;
read_function read_channel;
read_function read_window;
read_function read_rule;

/* struct wire_setting. */
read_function read_wire;

extern const struct keys calendar_keys;
extern const struct keys feed_keys;
extern const struct keys channel_keys; /* common to all types */
extern const struct keys window_keys;
extern const struct keys rule_keys;
extern const struct keys quiet_keys;
extern const struct keys wire_keys;

/* A type of channel: what its section says beyond the common keys. */
struct channel_type {
    const char *name;
    const char *templates;     /* what its messages are rendered with */
    bool numbered;             /* their texts end in the notice's number */
    size_t lines_most;         /* items that a message lists, 0: all */
    enum address_kind address; /* unless the section names another */
    bool is_public;            /* unless the section says otherwise */
    const struct keys *options;

    /* Say what does not go together; NULL when all does. */
    void (*check)(struct reader *reader, const struct node *node,
                  const struct channel_setting *channel);
};

/* The types one by one; NULL past the last.  Those over HTTP have a file of
 * their own. */
const struct channel_type *channel_type_at(size_t index);
const struct channel_type *channel_web_type_at(size_t index);

void calendar_setting_done(struct calendar_setting *calendar);
void feed_setting_done(struct feed_setting *feed);
void channel_setting_done(struct channel_setting *channel);
void wire_setting_done(struct wire_setting *wire);

/* Read "mon", or a run of days "mon-fri"; Monday is 0. */
bool days_parse(const char *text, int *first_r, int *last_r);

#endif
