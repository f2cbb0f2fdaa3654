#include "telling/troubles.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "rules/match.h"
#include "rules/whom.h"
#include "store/items.h"
#include "store/notices.h"
#include "store/seal.h"
#include "texts/texts.h"

enum {
    YEAR_WARNING_MONTH = 10, /* from 1 October the next year is asked for */
    MOST_DEAD = 50,
};

/* What the functions below share. */
struct search {
    const struct office *office;
    const struct settings *settings;
    struct store *store;
    int64_t now;
    struct troubles *found;
};

static enum text_language language_of(const struct search *search)
{
    return search->settings->language == LANGUAGE_EN ? TEXTS_EN : TEXTS_VI;
}

/* Takes title. */
static void add_trouble(const struct search *search, const char *sort,
                        const char *about, char *title, bool daily)
{
    struct troubles *found = search->found;

    for (size_t i = 0; i < found->count; i++) {
        owned(str_free) char *code = str_format("system:%s:%s", sort, about);
        if (str_equal(found->items[i].code, code)) {
            str_free(&title);
            return;
        }
    }
    found->items =
        mem_grow(found->items, found->count + 1, sizeof(*found->items));
    found->items[found->count++] = (struct trouble){
        .code = str_format("system:%s:%s", sort, about),
        .title = title,
        .daily = daily,
    };
}

static bool holds_work(const struct search *search, const char *person,
                       int64_t *count_r, struct err *err)
{
    const struct item_filter filter = {
        .kind = -1, .assignee = person, .open_only = true};

    *count_r = 0;
    return store_count_items(search->store, &filter, count_r, err) == 0 &&
           *count_r > 0;
}

static void find_leaver(const struct search *search,
                        const struct person *person, struct err *err)
{
    int64_t count = 0;

    if (person->active || !holds_work(search, person->code, &count, err))
        return;
    owned(str_free) char *number = str_format("%lld", (long long)count);
    add_trouble(search, "left", person->code,
                text_fill(TEXT_TROUBLE_LEFT, language_of(search), "name",
                          person->name, "code", person->code, "count", number,
                          NULL),
                false);
}

/* A rule of the settings that would tell of an item and cannot reach the
 * person who holds it. */
struct mute {
    const struct policy *policy;
    int person;
};

static bool tells_in_vain(const struct mute *mute, const struct rule *rule,
                          const struct item *item)
{
    return rule->match.kind != KIND_SYSTEM &&
           !whom_reachable(mute->policy, rule, mute->person) &&
           (!item || rule_matches(mute->policy, rule, item));
}

/* Of an item, or (NULL) of whatever it may be. */
static bool any_in_vain(const struct mute *mute, const struct item *item)
{
    for (size_t i = 0; i < mute->policy->rule_count; i++)
        if (tells_in_vain(mute, &mute->policy->rules[i], item))
            return true;
    return false;
}

static int stop_at_vain(void *context, const struct item *item, struct err *err)
{
    (void)err;
    return any_in_vain(context, item) ? 1 : 0;
}

static void find_no_address(const struct search *search, int at,
                            struct err *err)
{
    const struct person *person = &office_directory(search->office)->people[at];
    struct mute mute = {office_policy(search->office), at};
    const struct item_filter filter = {
        .kind = -1, .assignee = person->code, .open_only = true};

    if (!person->active || !any_in_vain(&mute, NULL))
        return;
    if (person->role == ROLE_STAFF &&
        store_visit_items(search->store, &filter, stop_at_vain, &mute, err) !=
            1)
        return;
    add_trouble(search, "no-address", person->code,
                text_fill(TEXT_TROUBLE_NO_ADDRESS, language_of(search), "name",
                          person->name, "code", person->code, NULL),
                false);
}

static void ask_for_year(const struct search *search,
                         const struct calendar *calendar, int year)
{
    if (calendar_has_year(calendar, year))
        return;
    owned(str_free) char *number = str_format("%d", year);
    owned(str_free) char *about =
        str_format("%d:%s", year, calendar_name(calendar));
    add_trouble(search, "year", about,
                text_fill(TEXT_TROUBLE_YEAR, language_of(search), "year",
                          number, "calendar", calendar_name(calendar), NULL),
                true);
}

/* This year must be there, and from October on the next; of a calendar that
 * builds on another, there. */
static void find_missing_years(const struct search *search)
{
    const struct policy *policy = office_policy(search->office);
    struct date today =
        zone_civil(office_zone(search->office), search->now).date;

    for (size_t i = 0; i < policy->calendar_count; i++) {
        const struct calendar *calendar = policy->calendars[i];
        if (!calendar_has_own_list(calendar))
            continue;
        ask_for_year(search, calendar, today.year);
        if (today.month >= YEAR_WARNING_MONTH)
            ask_for_year(search, calendar, today.year + 1);
    }
}

static int find_stale(const struct search *search, struct err *err)
{
    struct sources sources = {0};

    if (office_sources(search->office, search->store,
                       search->settings->language, search->now, &sources, err))
        return -1;
    for (size_t i = 0; i < sources.count; i++) {
        const struct source *source = &sources.items[i];
        if (!source->stale)
            continue;
        char since[20] = "";
        zone_format(office_zone(search->office), source->as_of, since);
        add_trouble(search, "stale", source->name,
                    text_fill(TEXT_TROUBLE_STALE, language_of(search), "feed",
                              source->label, "since", since, NULL),
                    false);
    }
    sources_done(&sources);
    return 0;
}

static int find_dead(const struct search *search, struct err *err)
{
    struct notices dead = {0};

    if (store_list_notices(search->store, NOTICE_DEAD, MOST_DEAD, &dead, err))
        return -1;
    for (size_t i = 0; i < dead.count; i++) {
        const struct notice *notice = &dead.items[i];
        owned(str_free) char *number =
            str_format("%lld", (long long)notice->id);
        add_trouble(search, "dead", number,
                    text_fill(TEXT_TROUBLE_DEAD, language_of(search), "number",
                              number, "person", notice->recipient, "channel",
                              notice->channel, "detail",
                              str_or_empty(notice->detail), NULL),
                    false);
    }
    notices_done(&dead);
    return 0;
}

static int find_broken(const struct search *search, struct err *err)
{
    struct channel_states parked = {0};

    if (store_parked_channels(search->store, &parked, err))
        return -1;
    for (size_t i = 0; i < parked.count; i++)
        add_trouble(search, "broken", parked.items[i].channel,
                    text_fill(TEXT_TROUBLE_BROKEN, language_of(search),
                              "channel", parked.items[i].channel, "detail",
                              str_or_empty(parked.items[i].detail), NULL),
                    false);
    channel_states_done(&parked);
    return 0;
}

/* The daemon found that the history is not what was sealed. */
static int find_history(const struct search *search, struct err *err)
{
    int64_t row = 0;

    if (store_meta_int(search->store, META_HISTORY_FAULT, 0, &row, err))
        return -1;
    if (row == 0)
        return 0;
    owned(str_free) char *number = str_format("%lld", (long long)row);
    add_trouble(search, "history", number,
                text_fill(row > 0 ? TEXT_TROUBLE_HISTORY : TEXT_TROUBLE_SEAL,
                          language_of(search), "row", number, NULL),
                true);
    return 0;
}

int troubles_find(const struct office *office, const struct settings *settings,
                  struct store *store, int64_t now, struct troubles *troubles_r,
                  struct err *err)
{
    const struct directory *directory = office_directory(office);
    struct troubles found = {0};
    const struct search search = {office, settings, store, now, &found};

    err->code = ERR_NONE;
    for (size_t i = 0; i < directory->person_count; i++) {
        find_leaver(&search, &directory->people[i], err);
        find_no_address(&search, (int)i, err);
    }
    find_missing_years(&search);
    if (err->code != ERR_NONE || find_stale(&search, err) ||
        find_dead(&search, err) || find_broken(&search, err) ||
        find_history(&search, err)) {
        troubles_done(&found);
        return -1;
    }
    *troubles_r = found;
    return 0;
}

void troubles_done(struct troubles *troubles)
{
    for (size_t i = 0; i < troubles->count; i++) {
        str_free(&troubles->items[i].code);
        str_free(&troubles->items[i].title);
    }
    free(troubles->items);
    *troubles = (struct troubles){0};
}

static const struct trouble *find_code(const struct troubles *troubles,
                                       const char *code)
{
    for (size_t i = 0; i < troubles->count; i++)
        if (str_equal(troubles->items[i].code, code))
            return &troubles->items[i];
    return NULL;
}

static int raise_trouble(struct trouble *trouble, struct store *store,
                         int64_t now, struct err *err)
{
    struct item item = {0};
    int known = store_get_item(store, trouble->code, &item, err);

    if (known && err->code != ERR_NOT_FOUND)
        return -1;
    if (known == 0 && item_is_open(&item) && !trouble->daily) {
        item_done(&item);
        return 0;
    }
    item.kind = KIND_SYSTEM;
    item.status = status_find(KIND_SYSTEM, "raised");
    item.received_at = now;
    item.due_at = item.original_due_at = item.finished_at = INSTANT_NONE;
    item.computed_due_at = INSTANT_NONE;
    if (!item.code)
        item.code = str_copy(trouble->code);
    char *title = str_copy(trouble->title);
    str_replace(&item.title, &title);
    int failed = store_put_item(store, &item, err);
    trouble->raised = !failed;
    item_done(&item);
    return failed;
}

/* Gather the open system items whose trouble is over. */
struct ending {
    const struct troubles *troubles;
    struct items over;
};

static int note_over(void *context, const struct item *item, struct err *err)
{
    struct ending *ending = context;

    (void)err;
    if (find_code(ending->troubles, item->code))
        return 0;
    ending->over.items = mem_grow(ending->over.items, ending->over.count + 1,
                                  sizeof(*ending->over.items));
    ending->over.items[ending->over.count++] = item_copy(item);
    return 0;
}

static int end_troubles(const struct troubles *troubles, struct store *store,
                        int64_t now, struct err *err)
{
    const struct item_filter filter = {.kind = KIND_SYSTEM, .open_only = true};
    struct ending ending = {.troubles = troubles};
    int failed = store_visit_items(store, &filter, note_over, &ending, err);

    for (size_t i = 0; i < ending.over.count && !failed; i++) {
        struct item *item = &ending.over.items[i];
        item->status = status_find(KIND_SYSTEM, "over");
        item->finished_at = now;
        failed = store_put_item(store, item, err);
    }
    items_done(&ending.over);
    return failed;
}

int troubles_record(struct troubles *troubles, struct store *store, int64_t now,
                    struct err *err)
{
    for (size_t i = 0; i < troubles->count; i++)
        if (raise_trouble(&troubles->items[i], store, now, err))
            return -1;
    return end_troubles(troubles, store, now, err);
}
