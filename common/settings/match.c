/* "match" of a rule: lists of what an item must have, and conditions of the
 * same kind inside "all", "any" and "not". */
#include "settings/match.h"

#include "base/own.h"
#include "settings/nearest.h"
#include "settings/values.h"

static const struct word kinds[] = {
    {"dossier", KIND_DOSSIER}, {"task", KIND_TASK}, {NULL, 0}};

static read_function read_conditions;

#define LIST(by, key_name)                                                     \
    {                                                                          \
        .name = (key_name), .read = read_texts,                                \
        .offset = offsetof(struct match, lists[by].values)                     \
    }

/* Conditions stand inside conditions, so that their table has no "inner":
 * there would be no end of it. */
#define INSIDE(key_name, member)                                               \
    {                                                                          \
        .name = (key_name), .read = read_conditions,                           \
        .offset = offsetof(struct match, member)                               \
    }

#define CONDITIONS                                                             \
    LIST(MATCH_UNIT, "unit"), LIST(MATCH_PROCEDURE, "procedure"),              \
        LIST(MATCH_FIELD, "field"), LIST(MATCH_SUBMISSION, "submission"),      \
        LIST(MATCH_STATUS, "status"), LIST(MATCH_PRIORITY, "priority"),        \
        LIST(MATCH_LABEL, "label"),                                            \
        {.name = "source",                                                     \
         .read = read_references,                                              \
         .thing = THING_FEED,                                                  \
         .offset = offsetof(struct match, lists[MATCH_SOURCE].values)},        \
        INSIDE("all", all), INSIDE("any", any), INSIDE("not", none)

static const struct key condition_items[] = {CONDITIONS};
static const struct keys condition_keys = KEYS(condition_items);

static const struct key match_items[] = {
    {.name = "kind",
     .required = true,
     .read = read_word,
     .words = kinds,
     .offset = offsetof(struct match, kind)},
    CONDITIONS,
};
const struct keys match_keys = KEYS(match_items);

/* Where each list stands, for names that only the store can know. */
static void note_places(const struct node *node, struct match *match)
{
    for (int by = 0; by < MATCH_BYS; by++) {
        const struct node *list =
            node_member(node, match_by_name((enum match_by)by));
        match->places[by] = list ? list->place : node->place;
    }
}

static void read_condition(struct reader *reader, const struct node *node,
                           struct matches *list)
{
    struct match match = {0};

    if (read_members(reader, node, &condition_keys, &match)) {
        note_places(node, &match);
        if (node->count == 0)
            wrong(reader, node, "says nothing: every item would do");
    }
    matches_add(list, &match);
}

/* One condition, or a list of them. */
static void read_conditions(struct reader *reader, const struct node *node,
                            void *field, const struct key *key)
{
    (void)key;
    if (node->kind != NODE_LIST) {
        read_condition(reader, node, field);
        return;
    }
    if (node->count == 0)
        wrong(reader, node, "is an empty list: nothing can match it");
    for (size_t i = 0; i < node->count; i++)
        read_condition(reader, node->children[i], field);
}

/* ---- what could never match (R5) ---- */

static void check_status(struct reader *reader, const struct node *node,
                         enum item_kind kind)
{
    struct nearest nearest = {.word = node->text};

    if (node->kind != NODE_TEXT || status_find(kind, node->text))
        return;
    for (size_t i = 0; status_at(kind, i); i++)
        nearest_offer(&nearest, status_at(kind, i)->vi);
    owned(str_free) char *hint = nearest_hint(&nearest);
    wrong(reader, node, "\"%s\" is no status of a %s%s", node->text,
          item_kind_name(kind), hint);
}

static void check_submission(struct reader *reader, const struct node *node,
                             enum item_kind kind)
{
    (void)kind;
    if (node->kind == NODE_TEXT &&
        submission_parse(node->text) == SUBMITTED_UNKNOWN)
        wrong(reader, node,
              "\"%s\" is no way of handing in; write online, in-person or "
              "by-post",
              node->text);
}

/* Tasks have none of these. */
static void check_of_dossiers(struct reader *reader, const struct node *node,
                              enum item_kind kind)
{
    if (kind == KIND_TASK)
        wrong(reader, node,
              "is something that only dossiers have; a rule for tasks with it "
              "could never fire");
}

static void check_condition(struct reader *reader, const struct node *node,
                            enum item_kind kind);

static const struct {
    const char *name;
    void (*check)(struct reader *, const struct node *, enum item_kind);
    bool each; /* of the elements, where there is a list */
} checks[] = {
    {"status", check_status, true},
    {"submission", check_submission, true},
    {"submission", check_of_dossiers, false},
    {"procedure", check_of_dossiers, false},
    {"field", check_of_dossiers, false},
    {"all", check_condition, true},
    {"any", check_condition, true},
    {"not", check_condition, true},
};

static void check_condition(struct reader *reader, const struct node *node,
                            enum item_kind kind)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
        const struct node *member = node_member(node, checks[i].name);
        if (!member)
            continue;
        if (!checks[i].each || member->kind != NODE_LIST) {
            checks[i].check(reader, member, kind);
            continue;
        }
        for (size_t j = 0; j < member->count; j++)
            checks[i].check(reader, member->children[j], kind);
    }
}

void read_match(struct reader *reader, const struct node *node, void *field,
                const struct key *key)
{
    struct match *match = field;

    if (!read_members(reader, node, key->inner, match))
        return;
    note_places(node, match);
    check_condition(reader, node, match->kind);
    match_settle(match, match->kind);
}
