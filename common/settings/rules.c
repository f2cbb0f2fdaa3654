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

static void check_steps(struct reader *reader, const struct node *node,
                        const struct rule *rule)
{
    const struct node *steps = node_member(node, "steps");

    for (size_t i = 0; steps && rule->match.kind == KIND_TASK &&
                       i < rule->step_count && i < steps->count;
         i++) {
        const struct node *of = node_member(steps->children[i], "of");
        const struct node *when = node_member(steps->children[i], "when");
        if ((of || when) && of_papers(rule->steps[i].subject))
            wrong(reader, of ? of : when,
                  "is something that only dossiers have; in a rule for tasks "
                  "it could never fire");
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
