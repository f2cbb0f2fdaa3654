/* planner_scene.h - a planner on a small office of its own: a head and a
 * clerk, told by mail or chat at session starts. */
#ifndef TESTS_TELLING_PLANNER_SCENE_H
#define TESTS_TELLING_PLANNER_SCENE_H

#include "tests/unit/store/fixture.h"

#include "telling/planner.h"
#include "store/alerts.h"
#include "store/notices.h"
#include "store/office.h"

struct scene {
    struct fixture fixture;
    struct settings *settings;
    struct planner *planner;
    char *path; /* of the settings */
};

#define SCENE_TOP                                                              \
    "organisation: {name: {vi: P, en: W}, zone: Asia/Ho_Chi_Minh}\n"           \
    "store: /nowhere\n"                                                        \
    "calendars:\n"                                                             \
    "  - name: lich\n"                                                         \
    "    week: {mon-fri: [\"07:30-11:30\", \"13:30-17:00\"]}\n"                \
    "channels:\n"                                                              \
    "  - {name: mail, type: file, directory: /nowhere, address: email}\n"      \
    "  - {name: chat, type: file, directory: /nowhere, address: zalo_chat}\n"  \
    "windows:\n"                                                               \
    "  - {name: gio, calendar: lich, open: session-start}\n"

#define SCENE_RULE_OF(match, name, via, steps)                                 \
    "  - name: " name "\n    match: {kind: dossier" match "}\n"                \
    "    via: " via "\n    window: gio\n    label: {vi: N, en: N}\n"           \
    "    steps:\n" steps

#define SCENE_RULE(name, via, steps) SCENE_RULE_OF("", name, via, steps)

/* The instant of a local time of June 2026: day, hour, minute. */
static inline int64_t june(int day, int hour, int minute)
{
    enum { FIRST = 1780246800 }; /* 01/06/2026 00:00 */
    return FIRST + ((int64_t)(day - 1) * 24 + hour) * 3600 + minute * 60;
}

static inline struct settings *scene_settings(const char *path,
                                              const char *text)
{
    owned(problems_done) struct problems problems = {0};
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    struct settings *settings = settings_read(path, &problems);
    if (!settings) {
        owned(str_free) char *line = problem_format(&problems.items[0]);
        fail_msg("%s", line);
    }
    return settings;
}

static inline void scene_person(struct store *store, const char *code,
                                enum role role, const char *email,
                                const char *chat)
{
    enum put_result result = PUT_SAME;
    struct err err = {0};
    owned(person_done) struct person person = {
        .code = str_copy(code),
        .name = str_copy(code),
        .title = str_copy(""),
        .unit = str_copy("hcc"),
        .language = str_copy("vi"),
        .role = role,
        .active = true,
    };
    person.addresses[ADDRESS_EMAIL].value = str_copy(email);
    person.addresses[ADDRESS_ZALO_CHAT].value = str_copy(chat);
    check_ok(store_put_person(store, &person, &result, &err));
}

static inline void scene_people(struct store *store)
{
    enum put_result result = PUT_SAME;
    struct err err = {0};
    bool fresh = false;
    owned(unit_done) struct unit unit = {
        .code = str_copy("hcc"),
        .name = str_copy("hcc"),
        .short_name = str_copy("hcc"),
        .parent = str_copy(""),
        .kind = str_copy(""),
        .overseen_by = str_copy(""),
    };

    check_ok(store_begin(store, 0, &err));
    check_ok(store_put_unit(store, &unit, &result, &err));
    check_ok(store_enter_calendar_year(store, "lich", 2026, &fresh, &err));
    scene_person(store, "cv1.hcc", ROLE_STAFF, "cv1@thu.example", "4711");
    scene_person(store, "tp.hcc", ROLE_HEAD, "tp@thu.example", "");
    scene_person(store, "quantri", ROLE_ADMIN, "quantri@thu.example", "");
    check_ok(store_commit(store, &err));
}

static inline void scene_open(struct scene *scene, int64_t now)
{
    struct err err = {0};

    check_ok(planner_open(scene->settings, scene->fixture.store, now,
                          &scene->planner, &err));
}

/* rules: SCENE_RULE()s, one after the other. */
static inline struct scene scene_new(const char *rules, int64_t now)
{
    struct scene scene = {.fixture = fixture_new()};
    owned(str_free) char *text = str_format("%srules:\n%s", SCENE_TOP, rules);

    scene.path = str_format("%s/kiphan.yaml", scene.fixture.directory);
    scene.settings = scene_settings(scene.path, text);
    scene_people(scene.fixture.store);
    scene_open(&scene, now);
    return scene;
}

static inline void scene_done(struct scene *scene)
{
    planner_free(&scene->planner);
    settings_free(&scene->settings);
    (void)unlink(scene->path);
    str_free(&scene->path);
    fixture_remove(&scene->fixture);
}

/* A dossier of the clerk, in a field of work that is its title too, due at an
 * instant. */
static inline void scene_item_of(struct scene *scene, const char *field,
                                 const char *code, int64_t due_at)
{
    struct err err = {0};
    struct item item = sample_item(code, due_at);

    item.received_at = june(1, 8, 0);
    item.field = str_copy(field);
    char *title = str_copy(field);
    str_replace(&item.title, &title);
    check_ok(store_begin(scene->fixture.store, 0, &err));
    check_ok(store_put_item(scene->fixture.store, &item, &err));
    check_ok(store_commit(scene->fixture.store, &err));
    item_done(&item);
}

static inline void scene_item(struct scene *scene, const char *code,
                              int64_t due_at)
{
    scene_item_of(scene, "", code, due_at);
}

/* Turns until nothing more is to do; a planner that never rests fails. */
static inline void scene_run(struct scene *scene, int64_t now)
{
    struct err err = {0};
    bool more = true;

    for (int turn = 0; more; turn++) {
        if (turn == 100)
            fail_msg("the planner never rests");
        check_ok(planner_turn(scene->planner, now, &more, &err));
    }
}

/* The newest notice to a person, with its lines; notice_done(). */
static inline struct notice scene_newest(struct scene *scene,
                                         const char *person)
{
    enum { MOST = 100 };
    owned(notices_done) struct notices list = {0};
    struct notice notice = {0};
    struct err err = {0};
    size_t at = 0;

    check_ok(store_list_notices(scene->fixture.store, -1, MOST, &list, &err));
    while (at < list.count && !str_equal(list.items[at].recipient, person))
        at++;
    if (at == list.count)
        fail_msg("there is no notice to %s", person);
    check_ok(store_get_notice(scene->fixture.store, list.items[at].id, &notice,
                              &err));
    return notice;
}

static inline int64_t scene_count(struct scene *scene, enum notice_state state)
{
    struct err err = {0};
    int64_t count = 0;

    check_ok(store_count_notices(scene->fixture.store, state, INSTANT_NONE,
                                 &count, &err));
    return count;
}

#endif
