/* The section "rules": for which items, by what way, in which window. */
#include "base/mem.h"
#include "settings/sections.h"
#include "settings/steps.h"
#include "settings/values.h"

static const struct word kinds[] = {
    {"dossier", KIND_DOSSIER}, {"task", KIND_TASK}, {NULL, 0}};

static const struct key match_items[] = {
    {.name = "kind",
     .required = true,
     .read = read_word,
     .words = kinds,
     .offset = offsetof(struct match, kind)},
    {.name = "unit",
     .read = read_texts,
     .offset = offsetof(struct match, units)},
    {.name = "procedure",
     .read = read_texts,
     .offset = offsetof(struct match, procedures)},
    {.name = "field",
     .read = read_texts,
     .offset = offsetof(struct match, fields)},
};

static const struct keys match_keys = KEYS(match_items);

/* Tasks have neither, so that such a rule could never fire (R5). */
static void check_match(struct reader *reader, const struct node *node,
                        const struct match *match)
{
    static const char *const of_dossiers[] = {"procedure", "field"};

    for (int i = 0; match->kind == KIND_TASK && i < 2; i++) {
        const struct node *member = node_member(node, of_dossiers[i]);
        if (member)
            wrong(reader, member,
                  "is something that only dossiers have; a rule for tasks "
                  "with it could never fire");
    }
}

static void read_match(struct reader *reader, const struct node *node,
                       void *field, const struct key *key)
{
    struct match *match = field;
    const struct node *units = node_member(node, "unit");

    if (!read_members(reader, node, key->inner, match))
        return;
    match->units_at = units ? units->place : node->place;
    check_match(reader, node, match);
}

static const struct key rule_items[] = {
    {.name = "name",
     .required = true,
     .read = read_own_name,
     .thing = THING_RULE,
     .offset = offsetof(struct rule, name)},
    {.name = "match",
     .required = true,
     .read = read_match,
     .inner = &match_keys,
     .offset = offsetof(struct rule, match)},
    {.name = "via",
     .required = true,
     .read = read_references,
     .thing = THING_CHANNEL,
     .offset = offsetof(struct rule, via)},
    {.name = "window",
     .required = true,
     .read = read_reference,
     .thing = THING_WINDOW,
     .offset = offsetof(struct rule, window)},
    {.name = "label",
     .required = true,
     .read = read_label,
     .inner = &label_keys,
     .offset = offsetof(struct rule, label)},
    {.name = "steps",
     .required = true,
     .read = read_list,
     .each = read_step,
     .inner = &step_keys},
};

const struct keys rule_keys = KEYS(rule_items);

void read_rule(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    struct settings *settings = field;
    struct rule rule = {.place = node->place};

    (void)key;
    (void)read_members(reader, node, &rule_keys, &rule);
    settings->rules =
        mem_grow(settings->rules, settings->rule_count + 1, sizeof(rule));
    settings->rules[settings->rule_count++] = rule;
    nodes_add(&reader->rules, node);
}
