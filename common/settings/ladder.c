/* Whether the steps of a rule go up (R5). */
#include "base/own.h"
#include "settings/steps.h"

/* "after 8h", "at due-day"; yours. */
static char *step_text(const struct step *step)
{
    const char *of = step->subject == SUBJECT_DEADLINE ? "" : " of ";
    const char *what = *of ? subject_name(step->subject) : "";
    char span[32] = "";

    if (step->anchor == STEP_RAISED)
        return str_format("when %s", subject_name(step->subject));
    if (step->anchor == STEP_DUE_DAY)
        return str_format("at due-day%s%s", of, what);
    span_format(step->span, span);
    return str_format("%s %s%s%s",
                      step->anchor == STEP_BEFORE ? "before" : "after", span,
                      of, what);
}

static int times_of(const struct step *step)
{
    return step->times ? step->times : 1;
}

/* Is a reached before b (<0), with it (0), after it (>0)?  A share of the
 * term and anything else, or the morning of the due day and a time before
 * the deadline, can come either way: *comparable_r is false then. */
static int step_compare(const struct step *a, const struct step *b,
                        int32_t ordinary_day, bool *comparable_r)
{
    bool due_day = a->anchor == STEP_DUE_DAY || b->anchor == STEP_DUE_DAY;

    *comparable_r = a->subject == b->subject;
    if (!*comparable_r)
        return 0;
    if (a->anchor == STEP_RAISED || b->anchor == STEP_RAISED)
        return times_of(a) - times_of(b);
    if (a->anchor == b->anchor && due_day)
        return 0;
    if (a->anchor != b->anchor) {
        *comparable_r = a->anchor == STEP_AFTER || b->anchor == STEP_AFTER;
        return a->anchor == STEP_AFTER ? 1 : -1;
    }
    int longer = span_compare(a->span, b->span, ordinary_day, comparable_r);
    return a->anchor == STEP_BEFORE ? -longer : longer;
}

/* Both tell at least one and the same. */
static bool share_target(const struct step *a, const struct step *b)
{
    for (size_t i = 0; i < a->tell_count; i++)
        for (size_t j = 0; j < b->tell_count; j++)
            if (target_equal(&a->tell[i], &b->tell[j]))
                return true;
    return false;
}

/* A span that was not understood was complained about already. */
static bool is_known(const struct step *step)
{
    return step->anchor == STEP_DUE_DAY || step->anchor == STEP_RAISED ||
           step->span.thousandths >= 0;
}

/* Complain when step does not go on from an earlier one; was it said? */
static bool check_pair(struct reader *reader, const struct node *node,
                       const struct step *earlier, const struct step *step,
                       int32_t ordinary_day)
{
    bool comparable = false;
    int order = step_compare(earlier, step, ordinary_day, &comparable);

    if (!comparable || order < 0 ||
        (order == 0 && !share_target(earlier, step)))
        return false;
    owned(str_free) char *when = step_text(step);
    owned(str_free) char *other = step_text(earlier);
    owned(str_free) char *place = place_text(earlier->place);
    if (order > 0)
        wrong(
            reader, node, "\"%s\" %s comes before \"%s\" %s; a ladder goes up",
            str_or_empty(step->name), when, str_or_empty(earlier->name), other);
    else
        wrong(
            reader, node, "\"%s\" %s says the same to the same as \"%s\" at %s",
            str_or_empty(step->name), when, str_or_empty(earlier->name), place);
    return true;
}

/* Against the nearest below first, so that a step out of order is named
 * once, and not for each that it passes. */
static void check_order(struct reader *reader, const struct node *node,
                        const struct step *steps, size_t at,
                        int32_t ordinary_day)
{
    for (size_t i = at; is_known(&steps[at]) && i-- > 0;)
        if (is_known(&steps[i]) &&
            check_pair(reader, node, &steps[i], &steps[at], ordinary_day))
            return;
}

static void check_name(struct reader *reader, const struct node *node,
                       const struct step *earlier, const struct step *step)
{
    const struct node *name = node_member(node, "name");

    if (!name || !step->name || !str_equal(step->name, earlier->name))
        return;
    owned(str_free) char *place = place_text(earlier->place);
    wrong(reader, name, "\"%s\" is already the name of the step at %s",
          step->name, place);
}

void check_ladder(struct reader *reader, const struct node *steps,
                  const struct rule *rule, int32_t ordinary_day)
{
    for (size_t i = 1; i < rule->step_count && i < steps->count; i++) {
        const struct node *node = steps->children[i];
        if (ordinary_day)
            check_order(reader, node, rule->steps, i, ordinary_day);
        for (size_t j = 0; j < i; j++)
            check_name(reader, node, &rule->steps[j], &rule->steps[i]);
    }
}
