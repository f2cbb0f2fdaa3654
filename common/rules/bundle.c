#include "rules/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *rule_label(const struct rule *rule, enum languages language)
{
    const char *label = rule->label.text[language];
    return label ? label : rule->name;
}

/* The labels of all rules of which a reached step of one of the subjects
 * names the person, each once, in the order of the settings. */
static void name_rules(const struct policy *policy,
                       const struct evaluation *evaluation, int person,
                       unsigned subjects, struct strs *names)
{
    const struct person *who = &policy->directory->people[person];
    enum languages language = language_parse(who->language, LANGUAGE_VI);

    for (size_t i = 0; i < evaluation->count; i++) {
        const struct reached *reached = &evaluation->reached[i];
        const char *label = rule_label(&policy->rules[reached->rule], language);
        if (reached->person == person && subjects >> reached->subject & 1U &&
            !strs_has(names, label))
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

/* Is what the item's alert of a subject would say among the causes? */
static bool is_caused(const struct alerts *causes, const struct item *item,
                      enum subject subject, bool anew)
{
    for (size_t i = 0; i < causes->count; i++) {
        const struct alert *alert = &causes->items[i];
        if (alert->item == item->id && alert->subject == subject &&
            alert->due_at == subject_version(item, subject) &&
            (!anew || alert->slot == 0))
            return true;
    }
    return false;
}

/* Beside the deadline, new is what its own alert tells for the first time. */
static bool tells_anew(const struct alerts *causes, const struct item *item,
                       unsigned subjects)
{
    for (int subject = SUBJECT_DEADLINE + 1; subject < SUBJECTS; subject++)
        if (subjects >> subject & 1U &&
            is_caused(causes, item, (enum subject)subject, true))
            return true;
    return false;
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

/* What puts the item on the person's list, and the highest step of the first
 * of it; NULL: nothing does. */
static const struct reached *find_subjects(const struct evaluation *evaluation,
                                           const struct item *item, int person,
                                           const struct alerts *causes,
                                           unsigned *subjects_r)
{
    const struct reached *first = NULL;

    for (int subject = 0; subject < SUBJECTS; subject++) {
        const struct reached *top =
            evaluation_top_of(evaluation, person, (enum subject)subject);
        if (!top || (subject_is_event(top->subject) &&
                     !is_caused(causes, item, top->subject, false)))
            continue;
        *subjects_r |= 1U << subject;
        first = first ? first : top;
    }
    return first;
}

static void gather_item(const struct policy *policy, const struct item *item,
                        int64_t now, const struct notice *last,
                        const struct alerts *causes, struct bundle *bundle)
{
    struct evaluation evaluation = {0};
    struct entry_line line = {.item = item};
    struct err err = {0};

    evaluate(policy, item, now, &evaluation);
    const struct reached *top = find_subjects(&evaluation, item, bundle->person,
                                              causes, &line.subjects);
    if (evaluation.level == LEVEL_PAUSED && !top)
        bundle->paused++;
    if (evaluation.missing_year)
        bundle->missing_year = evaluation.missing_year;
    if (top) {
        line.level = evaluation.level;
        line.fresh = is_fresh(last, item->id, line.level) ||
                     tells_anew(causes, item, line.subjects);
        line.late = is_late(causes, item->id);
        line.stands_for = top->stands_for;
        line.left_known =
            item_is_open(item) && !item_is_paused(item) &&
            item_time_left(policy, item, now, &line.seconds_left, &err) == 0;
        name_rules(policy, &evaluation, bundle->person, line.subjects,
                   &line.rules);
        add_line(bundle, &line);
    }
    evaluation_done(&evaluation);
}

void bundle_gather(const struct policy *policy, int person,
                   const struct item *items, size_t count, int64_t now,
                   const struct notice *last, const struct alerts *causes,
                   struct bundle *bundle_r)
{
    *bundle_r = (struct bundle){.person = person};
    for (size_t i = 0; i < count; i++)
        gather_item(policy, &items[i], now, last, causes, bundle_r);
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

bool bundle_tells(const struct bundle *bundle, int64_t item,
                  enum subject subject)
{
    for (size_t i = 0; i < bundle->count; i++)
        if (bundle->lines[i].item->id == item)
            return bundle->lines[i].subjects >> subject & 1U;
    return false;
}

bool bundle_has(const struct bundle *bundle, int64_t item)
{
    for (size_t i = 0; i < bundle->count; i++)
        if (bundle->lines[i].item->id == item)
            return true;
    return false;
}
