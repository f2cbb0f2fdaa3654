/* The section "rules": for which items, by what way, in which window. */
#include "base/mem.h"
#include "settings/match.h"
#include "settings/sections.h"
#include "settings/steps.h"
#include "settings/values.h"

/* Papers are asked for of dossiers only. */
static bool of_papers(enum subject subject)
{
    return subject == SUBJECT_SUPPLEMENT || subject == SUBJECT_REQUESTED ||
           subject == SUBJECT_RESUMED;
}

/* Of what kind of items is it that a step is about what the others have not?
 * ITEM_KINDS: of any. */
static enum item_kind kind_of(enum subject subject)
{
    if (of_papers(subject))
        return KIND_DOSSIER;
    return subject == SUBJECT_NO_DEADLINE ? KIND_TASK : ITEM_KINDS;
}

static void check_steps(struct reader *reader, const struct node *node,
                        const struct rule *rule)
{
    const struct node *steps = node_member(node, "steps");

    for (size_t i = 0; steps && i < rule->step_count && i < steps->count; i++) {
        const struct node *of = node_member(steps->children[i], "of");
        const struct node *when = node_member(steps->children[i], "when");
        enum item_kind kind = kind_of(rule->steps[i].subject);
        if ((of || when) && kind != ITEM_KINDS && kind != rule->match.kind)
            wrong(reader, of ? of : when,
                  "is something that only %ss have; in a rule for %ss it could "
                  "never fire",
                  item_kind_name(kind), item_kind_name(rule->match.kind));
    }
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
    check_steps(reader, node, &rule);
    settings->rules =
        mem_grow(settings->rules, settings->rule_count + 1, sizeof(rule));
    settings->rules[settings->rule_count++] = rule;
    nodes_add(&reader->rules, node);
}
