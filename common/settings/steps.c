/* The steps of a rule: when one is reached, and who is told. */
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/nearest.h"
#include "settings/steps.h"
#include "settings/values.h"

/* Of a span, which is never negative, until it was read. */
enum { NOT_UNDERSTOOD = -1 };

static const struct word tell_words[] = {
    {"assignee", TELL_ASSIGNEE},     {"head", TELL_HEAD},
    {"vice-chair", TELL_VICE_CHAIR}, {"chair", TELL_CHAIR},
    {"admin", TELL_ADMIN},           {NULL, 0},
};

/* "person:CODE", or a role. */
static bool target_parse(const char *text, struct target *target)
{
    static const char person[] = "person:";

    if (str_starts(text, person) && text[strlen(person)]) {
        target->kind = TELL_PERSON;
        target->person = str_copy(text + strlen(person));
        return true;
    }
    for (const struct word *word = tell_words; word->text; word++) {
        if (str_equal(word->text, text)) {
            target->kind = (enum target_kind)word->value;
            return true;
        }
    }
    return false;
}

bool target_equal(const struct target *a, const struct target *b)
{
    return a->kind == b->kind && str_equal(a->person, b->person);
}

static bool is_told(const struct step *step, const struct target *target)
{
    for (size_t i = 0; i < step->tell_count; i++)
        if (target_equal(&step->tell[i], target))
            return true;
    return false;
}

static void wrong_target(struct reader *reader, const struct node *node)
{
    struct nearest nearest = {.word = node->text};

    for (const struct word *word = tell_words; word->text; word++)
        nearest_offer(&nearest, word->text);
    owned(str_free) char *hint = nearest_hint(&nearest);
    wrong(reader, node,
          "\"%s\" is nobody; write assignee, head, vice-chair, "
          "chair, admin or person:CODE%s",
          node->text, hint);
}

static void read_target(struct reader *reader, const struct node *node,
                        struct step *step)
{
    struct target target = {.place = node->place};
    const char *text = text_of_node(reader, node);

    if (!text)
        return;
    if (!target_parse(text, &target)) {
        wrong_target(reader, node);
        return;
    }
    if (is_told(step, &target)) {
        wrong(reader, node, "\"%s\" is in this list already", text);
        str_free(&target.person);
        return;
    }
    step->tell =
        mem_grow(step->tell, step->tell_count + 1, sizeof(*step->tell));
    step->tell[step->tell_count++] = target;
}

static void read_tell(struct reader *reader, const struct node *node,
                      void *field, const struct key *key)
{
    (void)key;
    if (node->kind != NODE_LIST) {
        read_target(reader, node, field);
        return;
    }
    if (!node->count)
        wrong(reader, node, "is an empty list: nobody would be told");
    for (size_t i = 0; i < node->count; i++)
        read_target(reader, node->children[i], field);
}

static const struct key repeat_items[] = {
    {.name = "every",
     .required = true,
     .read = read_span,
     .units = SPAN_STEP_AFTER,
     .offset = offsetof(struct step, repeat_every)},
    {.name = "times",
     .read = read_whole,
     .least = 1,
     .most = 1000,
     .offset = offsetof(struct step, repeat_times)},
};

static const struct keys repeat_keys = KEYS(repeat_items);

/* "1wd", or {every: 1wd, times: 10}. */
static void read_repeat(struct reader *reader, const struct node *node,
                        void *field, const struct key *key)
{
    struct step *step = field;

    step->repeats = true;
    step->repeat_times = -1;
    step->repeat_every.thousandths = NOT_UNDERSTOOD;
    if (node->kind == NODE_TEXT)
        read_span(reader, node, &step->repeat_every, key);
    else
        (void)read_members(reader, node, key->inner, step);
    if (step->repeat_every.thousandths == 0)
        wrong(reader, node, "would repeat without end at one instant");
}

static const struct word at_words[] = {{"due-day", STEP_DUE_DAY}, {NULL, 0}};

static const struct word of_words[] = {{"deadline", SUBJECT_DEADLINE},
                                       {"supplement", SUBJECT_SUPPLEMENT},
                                       {"pause", SUBJECT_PAUSE},
                                       {"unassigned", SUBJECT_UNASSIGNED},
                                       {"no-deadline", SUBJECT_NO_DEADLINE},
                                       {NULL, 0}};

static const struct word when_words[] = {
    {"supplement-requested", SUBJECT_REQUESTED},
    {"resumed-after-supplement", SUBJECT_RESUMED},
    {"finish-moved-back", SUBJECT_FINISH_MOVED},
    {"original-deadline-changed", SUBJECT_ORIGINAL_MOVED},
    {NULL, 0}};

static const struct key step_items[] = {
    {.name = "name",
     .required = true,
     .read = read_name,
     .offset = offsetof(struct step, name)},
    {.name = "before",
     .read = read_span,
     .units = SPAN_STEP_BEFORE,
     .offset = offsetof(struct step, span)},
    {.name = "at",
     .read = read_word,
     .words = at_words,
     .offset = offsetof(struct step, anchor)},
    {.name = "after",
     .read = read_span,
     .units = SPAN_STEP_AFTER,
     .offset = offsetof(struct step, span)},
    {.name = "of",
     .read = read_word,
     .words = of_words,
     .offset = offsetof(struct step, subject)},
    {.name = "when",
     .read = read_word,
     .words = when_words,
     .offset = offsetof(struct step, subject)},
    {.name = "times",
     .read = read_whole,
     .least = 1,
     .most = 100,
     .offset = offsetof(struct step, times)},
    {.name = "tell", .required = true, .read = read_tell},
    {.name = "repeat",
     .read = read_repeat,
     .units = SPAN_STEP_AFTER,
     .inner = &repeat_keys},
    {.name = "urgent",
     .read = read_truth,
     .offset = offsetof(struct step, urgent)},
};

const struct keys step_keys = KEYS(step_items);

/* What happens, happens at once and once. */
static void read_event(struct reader *reader, const struct node *node,
                       struct step *step)
{
    static const char *const of_clocks[] = {"before", "at", "after", "of",
                                            "repeat"};

    if (step->subject != SUBJECT_DEADLINE) { /* it was understood */
        step->anchor = STEP_RAISED;
        step->span.thousandths = 0;
    }
    for (size_t i = 0; i < sizeof(of_clocks) / sizeof(*of_clocks); i++) {
        const struct node *member = node_member(node, of_clocks[i]);
        if (member)
            wrong(reader, member,
                  "counts time, and a step with when: is reached when "
                  "something happens; leave it out");
    }
}

/* How long something lasts has a beginning and no end. */
static void check_lasting(struct reader *reader, const struct node *node,
                          const struct step *step)
{
    static const char *const of_deadlines[] = {"before", "at"};

    for (int i = 0; i < 2; i++) {
        const struct node *member = node_member(node, of_deadlines[i]);
        if (member && (step->subject == SUBJECT_PAUSE ||
                       step->subject == SUBJECT_UNASSIGNED ||
                       step->subject == SUBJECT_NO_DEADLINE))
            wrong(reader, member,
                  "needs a deadline, and of: %s has none; write after: 10wd",
                  subject_name(step->subject));
    }
}

/* Exactly one of before, at, after; it decides what the span counts from. */
static void read_anchor(struct reader *reader, const struct node *node,
                        struct step *step)
{
    const struct node *times = node_member(node, "times");

    if (node_member(node, "when")) {
        read_event(reader, node, step);
        return;
    }
    if (times)
        wrong(reader, times,
              "says from which time on something that happens is told, and "
              "goes with when: only; write repeat: {every: 1wd, times: 10}");
    check_lasting(reader, node, step);
    const struct node *before = node_member(node, "before");
    const struct node *after = node_member(node, "after");
    const struct node *at = node_member(node, "at");
    int given = (before ? 1 : 0) + (after ? 1 : 0) + (at ? 1 : 0);

    if (given != 1) {
        wrong(reader, node,
              "%s; write one of before: 2wd, at: due-day, after: 0h, or "
              "when: and what happens",
              given ? "is reached at more than one time"
                    : "does not say when it is reached");
        step->span.thousandths = NOT_UNDERSTOOD;
    }
    step->anchor = before ? STEP_BEFORE : at ? STEP_DUE_DAY : STEP_AFTER;
}

static void check_span(struct reader *reader, const struct node *node,
                       const struct step *step)
{
    const struct node *before = node_member(node, "before");

    if (before && step->span.thousandths == 0)
        wrong(reader, before, "is the deadline itself; write after: 0h");
    if (before && step->span.unit == SPAN_SHARE &&
        step->subject == SUBJECT_SUPPLEMENT)
        wrong(reader, before,
              "is a share of the dossier's own term; of: supplement counts in "
              "2wd, 8h or 2d");
}

void read_step(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    struct rule *rule = field;
    struct step step = {.place = node->place, .repeat_times = -1};

    (void)key;
    step.span.thousandths = NOT_UNDERSTOOD;
    if (read_members(reader, node, &step_keys, &step)) {
        read_anchor(reader, node, &step);
        check_span(reader, node, &step);
    }
    rule->steps =
        mem_grow(rule->steps, rule->step_count + 1, sizeof(*rule->steps));
    rule->steps[rule->step_count++] = step;
}
