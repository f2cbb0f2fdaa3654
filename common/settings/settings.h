/* settings.h - kiphan.yaml and conf.d/ as plain values, each with its place.
 *
 * Reading opens no secret and asks nobody: form is checked here, all errors
 * of all files in one run; names of units and people are checked against the
 * store by settings_check_names(), so that people can be imported later.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/place.h"
#include "calendar/calendar.h"
#include "calendar/span.h"
#include "model/directory.h"
#include "model/procedure.h"
#include "model/rule.h"

/* Where a secret is kept; never the secret itself. */
enum secret_source { SECRET_NONE, SECRET_CREDENTIAL, SECRET_FILE };

struct secret {
    enum secret_source source;
    char *name; /* of the credential, or the path */
    struct place place;
};

/* One value of a channel's section, as its type's table of options says. */
struct channel_option {
    const char *name; /* borrowed from the table */
    char *text;       /* NULL unless given or defaulted */
    int64_t number;   /* of whole numbers and booleans */
    struct secret secret;
    struct place place;
};

struct channel_setting {
    char *name;
    char *type;                /* "smtp", "webhook", "telegram", ... */
    const char *templates;     /* what it is rendered with: "mail"; static */
    bool numbered;             /* its texts end in the number of the notice */
    size_t lines_most;         /* so many items are listed, 0: all; the rest is
                                  a count ("và 12 hồ sơ khác") */
    enum address_kind address; /* by what it reaches a person */
    int threads;               /* deliveries at a time, default 4 */
    bool is_public;            /* a chat: no citizen's name or address */
    struct channel_option *options;
    size_t option_count;
    struct place place;
};

/* An option's text, NULL when not set; borrowed. */
const char *channel_option_text(const struct channel_setting *channel,
                                const char *name);
int64_t channel_option_number(const struct channel_setting *channel,
                              const char *name);
const struct secret *
channel_option_secret(const struct channel_setting *channel, const char *name);

/* Open a secret: the credential's file in $CREDENTIALS_DIRECTORY, or the
 * file, which others must not be able to read.  One trailing newline is cut.
 * Yours; wipe it when done.  Workers open those of their channel, the daemon
 * and the command the key of the history. */
char *secret_open(const struct secret *secret, struct err *err);

/* Where systemd finds a credential that a unit names without a path. */
#define SECRET_STORE "/etc/credstore"

/* A column of a feed's list: our field name and the header as the source
 * writes it. */
struct feed_column {
    char *field;
    char *header;
};

struct feed_setting {
    char *name;
    struct label label;
    enum item_kind kind;
    bool complete;               /* only then can an item be gone (R16) */
    struct span stale_after;     /* default 1wd */
    char *expected;              /* rhythm, shown to people; or "" */
    char *item_url;              /* "https://.../{code}", or "" */
    int gone_percent;            /* refuse an import above it; default 10 */
    struct feed_column *columns; /* beyond the names known by default */
    size_t column_count;
    struct place place;
};

struct calendar_setting {
    char *name;
    struct week week;
    char *holidays;    /* whose marked days and years it has too, or "" */
    struct strs units; /* that follow it, with those below them */
    struct place units_at;
    struct place place;
};

/* Time-outs and bounds of the wire, all in real seconds unless said. */
struct wire_setting {
    char *endpoint;          /* for workers, "ipc:///run/kiphan/wire" */
    char *events;            /* PUB, "ipc:///run/kiphan-events/events" */
    char *control;           /* "ipc:///run/kiphan-control/control" */
    int heartbeat_seconds;   /* 10 */
    int lost_seconds;        /* 30 */
    int retry_first_seconds; /* 60, of the set clock: back-off's first cap */
    int retry_cap_seconds;   /* 3600, likewise */
    int ambiguous_attempts;  /* 3 */
    bool ambiguous_resend;   /* on_ambiguous: resend (default) or stop */
    int message_bytes;       /* most that a frame may have, 1 MiB */
    char *server_key;        /* tcp only: files of CURVE keys, or "" */
    char *allowed_keys;      /* tcp only: directory of client keys, or "" */
};

/* Whether messages go to those whom they are for. */
enum delivery_mode {
    DELIVERY_LIVE,
    DELIVERY_REHEARSAL, /* all go to one person, with the real one on top */
    DELIVERY_OFF,       /* everything is decided, and held */
};

struct delivery_setting {
    enum delivery_mode mode;
    char *rehearsal_to; /* code of a person; NULL without a rehearsal */
    int most_a_day;     /* messages of a rehearsal */
    struct place place; /* of the rehearsal */
};

/* "live", "rehearsal", "off". */
const char *delivery_mode_name(enum delivery_mode mode);

struct settings {
    struct label organisation;
    char *zone_name;
    enum languages language;
    char *store_path;          /* /var/lib/kiphan/kiphan.db */
    struct secret history_key; /* that seals the history; may be none */
    char *templates;           /* directory */
    char *main_calendar;       /* whose sessions count where none is named */
    struct calendar_setting *calendars;
    size_t calendar_count;
    struct feed_setting *feeds;
    size_t feed_count;
    struct channel_setting *channels;
    size_t channel_count;
    struct window *windows;
    size_t window_count;
    struct quiet quiet;
    struct rule *rules;
    size_t rule_count;
    struct delivery_setting delivery;
    struct wire_setting wire;
    struct strs files; /* all that was read, in order */
};

/* Read path and, beside it, conf.d/\*.yaml in name order.  NULL when anything
 * is wrong; then problems says all of it, sorted by file and line. */
struct settings *settings_read(const char *path, struct problems *problems);

/* The same, but what the file instead has at its top (rules, windows, ...)
 * stands in for what these settings have there: how it would be with other
 * rules, or with another kiphan.yaml. */
struct settings *settings_read_instead(const char *path, const char *instead,
                                       struct problems *problems);
void settings_free(struct settings **settings);

/* Are all units and people that rules name known?  Adds to problems. */
void settings_check_names(const struct settings *settings,
                          const struct directory *directory,
                          struct problems *problems);

/* Are all procedures that rules name in the table, if there is one?  Apart
 * from the above: a table that lacks one is no reason to stop. */
void settings_check_procedures(const struct settings *settings,
                               const struct procedures *procedures,
                               struct problems *problems);

const struct calendar_setting *
settings_calendar(const struct settings *settings, const char *name);

/* The calendar by whose list a calendar's years are entered: itself, or the
 * last of those on whose marked days it builds. */
const struct calendar_setting *
settings_year_calendar(const struct settings *settings,
                       const struct calendar_setting *calendar);

const struct channel_setting *settings_channel(const struct settings *settings,
                                               const char *name);
const struct feed_setting *settings_feed(const struct settings *settings,
                                         const char *name);
const struct window *settings_window(const struct settings *settings,
                                     const char *name);

/* All keys that settings can have, "rules[].steps[].before", and options of a
 * type of channel, "channels[]:smtp.url"; appended. */
void settings_keys(struct strs *paths);

/* A fingerprint of all that decides who is told what (rules, windows, quiet
 * hours, channels' kinds of address): equal text, equal decisions (R13).
 * Yours. */
char *settings_fingerprint(const struct settings *settings);

#endif
