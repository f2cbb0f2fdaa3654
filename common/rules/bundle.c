#include "rules/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *rule_label(const struct rule *rule, enum languages language)
{
    const char *label = rule->label.text[language];
    return label ? label : rule->name;
}

/* The labels of all rules of which a reached step names the person, each
 * once, in the order of the settings. */
static void name_rules(const struct policy *policy,
                       const struct evaluation *evaluation, int person,
                       struct strs *names)
{
    const struct person *who = &policy->directory->people[person];
    enum languages language = language_parse(who->language, LANGUAGE_VI);

    for (size_t i = 0; i < evaluation->count; i++) {
        const struct reached *reached = &evaluation->reached[i];
        const char *label = rule_label(&policy->rules[reached->rule], language);
        if (reached->person == person && !strs_has(names, label))
            strs_add(names, label);
    }
}

/* New is what the last message did not have, or had at a lower level. */
static bool is_fresh(const struct notice *last, int64_t item, enum level level)
{
    for (size_t i = 0; last && i < last->line_count; i++)
        if (last->lines[i].item == item)
            return last->lines[i].level < level;
    return true;
}

static bool is_late(const struct alerts *causes, int64_t item)
{
    for (size_t i = 0; i < causes->count; i++)
        if (causes->items[i].item == item && causes->items[i].late)
            return true;
    return false;
}

static void add_line(struct bundle *bundle, const struct entry_line *line)
{
    bundle->lines =
        mem_grow(bundle->lines, bundle->count + 1, sizeof(*bundle->lines));
    bundle->lines[bundle->count++] = *line;
}

/* Worst first; inside a level the earlier deadline, then the code (R10). */
static int line_compare(const void *a, const void *b)
{
    const struct entry_line *one = a, *other = b;

    if (one->level != other->level)
        return one->level > other->level ? -1 : 1;
    int64_t due = item_deadline(one->item), others = item_deadline(other->item);
    if (one->level != LEVEL_SYSTEM && due != others)
        return due < others ? -1 : 1;
    return strcmp(one->item->code, other->item->code);
}

void bundle_gather(const struct policy *policy, int person,
                   const struct item *items, size_t count, int64_t now,
                   const struct notice *last, const struct alerts *causes,
                   struct bundle *bundle_r)
{
    *bundle_r = (struct bundle){.person = person};
    for (size_t i = 0; i < count; i++) {
        struct evaluation evaluation = {0};
        struct err err = {0};
        evaluate(policy, &items[i], now, &evaluation);
        const struct reached *top = evaluation_top(&evaluation, person);
        if (evaluation.level == LEVEL_PAUSED)
            bundle_r->paused++;
        if (evaluation.missing_year)
            bundle_r->missing_year = evaluation.missing_year;
        if (top) {
            struct entry_line line = {
                .item = &items[i],
                .level = evaluation.level,
                .fresh = is_fresh(last, items[i].id, evaluation.level),
                .late = is_late(causes, items[i].id),
                .stands_for = top->stands_for,
            };
            line.left_known = item_time_left(policy, &items[i], now,
                                             &line.seconds_left, &err) == 0;
            name_rules(policy, &evaluation, person, &line.rules);
            add_line(bundle_r, &line);
        }
        evaluation_done(&evaluation);
    }
    if (bundle_r->count)
        qsort(bundle_r->lines, bundle_r->count, sizeof(*bundle_r->lines),
              line_compare);
}

void bundle_done(struct bundle *bundle)
{
    for (size_t i = 0; i < bundle->count; i++)
        strs_done(&bundle->lines[i].rules);
    free(bundle->lines);
    *bundle = (struct bundle){0};
}

bool bundle_has(const struct bundle *bundle, int64_t item)
{
    for (size_t i = 0; i < bundle->count; i++)
        if (bundle->lines[i].item->id == item)
            return true;
    return false;
}
