#include "rules/decide.h"

#include "base/own.h"
#include "rules/openings.h"

/* What the functions below share. */
struct decision {
    const struct policy *policy;
    const struct item *item;
    const struct evaluation *evaluation;
    const struct ledger *ledger;
    const struct moment *moment;
    struct alerts *changes;
};

static const struct rule *rule_of(const struct decision *decision,
                                  const struct reached *reached)
{
    return &decision->policy->rules[reached->rule];
}

static const struct step *step_of(const struct decision *decision,
                                  const struct reached *reached)
{
    return &rule_of(decision, reached)->steps[reached->step];
}

static struct hours hours_for(const struct decision *decision,
                              const struct reached *reached)
{
    return hours_of(decision->policy, rule_of(decision, reached),
                    reached->person);
}

static const char *code_of(const struct decision *decision, int person)
{
    return person == NOBODY ? ""
                            : decision->policy->directory->people[person].code;
}

/* Is the alert the one that would tell of this reached step? */
static bool is_of(const struct decision *decision, const struct alert *alert,
                  const struct reached *reached)
{
    return alert->due_at == subject_version(decision->item, reached->subject) &&
           alert->slot == reached->slot &&
           str_equal(alert->recipient, code_of(decision, reached->person)) &&
           str_equal(alert->rule, rule_of(decision, reached)->name) &&
           str_equal(alert->step, step_of(decision, reached)->name);
}

static const struct alert *find_alert(const struct decision *decision,
                                      const struct reached *reached)
{
    for (size_t i = 0; i < decision->ledger->alerts->count; i++)
        if (is_of(decision, &decision->ledger->alerts->items[i], reached))
            return &decision->ledger->alerts->items[i];
    return NULL;
}

static bool rule_exists(const struct policy *policy, const struct alert *alert)
{
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        if (!str_equal(rule->name, alert->rule))
            continue;
        for (size_t j = 0; j < rule->step_count; j++)
            if (str_equal(rule->steps[j].name, alert->step))
                return true;
    }
    return false;
}

/* Why nobody is to be told of an alert's subject any more. */
static enum alert_reason reason_of_standstill(const struct item *item)
{
    if (item->gone)
        return REASON_GONE;
    if (!item_is_open(item))
        return REASON_FINISHED;
    return item_is_paused(item) ? REASON_PAUSED : REASON_OVER;
}

/* Why a held alert is no longer to be told; REASON_NONE: it still is. */
static enum alert_reason reason_against(const struct decision *decision,
                                        const struct alert *alert)
{
    const struct item *item = decision->item;

    if (!subject_counts(item, alert->subject))
        return reason_of_standstill(item);
    if (alert->due_at != subject_version(item, alert->subject))
        return alert->subject == SUBJECT_DEADLINE ? REASON_MOVED : REASON_OVER;
    if (!rule_exists(decision->policy, alert))
        return REASON_RULE_GONE;
    int person =
        directory_person(decision->policy->directory, alert->recipient);
    const struct reached *top =
        evaluation_top_of(decision->evaluation, person, alert->subject);
    if (!top)
        return REASON_NOT_THEIRS;
    return is_of(decision, alert, top) ? REASON_NONE : REASON_SUPERSEDED;
}

/* Add a changed copy of an alert of the ledger. */
static void change_alert(const struct decision *decision,
                         const struct alert *alert, enum alert_state state,
                         enum alert_reason reason)
{
    struct alert changed = *alert;

    changed.rule = str_copy(alert->rule);
    changed.step = str_copy(alert->step);
    changed.recipient = str_copy(alert->recipient);
    changed.stands_for = str_copy(alert->stands_for);
    changed.state = state;
    changed.reason = reason;
    alerts_add(decision->changes, &changed);
}

static void drop_held(const struct decision *decision)
{
    for (size_t i = 0; i < decision->ledger->alerts->count; i++) {
        const struct alert *alert = &decision->ledger->alerts->items[i];
        if (alert->state != ALERT_HELD)
            continue;
        enum alert_reason reason = reason_against(decision, alert);
        if (reason != REASON_NONE)
            change_alert(decision, alert, ALERT_SUPPRESSED, reason);
    }
}

/* Was the person told of this version at that level or above?  On a list is
 * told, and being on the way counts. */
static bool was_told(const struct decision *decision,
                     const struct reached *reached)
{
    enum level level = step_level(step_of(decision, reached));
    const struct tolds *told = decision->ledger->told;

    for (size_t i = 0; i < told->count; i++)
        if (told->items[i].subject == reached->subject &&
            told->items[i].level >= level &&
            str_equal(told->items[i].recipient,
                      code_of(decision, reached->person)))
            return true;
    return false;
}

/* A step that lies before a change of the rules repeats nothing (R13). */
static bool repeats_the_told(const struct decision *decision,
                             const struct reached *reached)
{
    return reached->at < decision->moment->rules_since &&
           was_told(decision, reached);
}

/* Did the alert's own opening pass before the one in which it leaves? */
static int is_late(const struct decision *decision,
                   const struct reached *reached, int64_t opens_at,
                   bool *late_r, struct err *err)
{
    struct opening own = {0};

    *late_r = false;
    if (step_of(decision, reached)->urgent)
        return 0;
    struct hours hours = hours_for(decision, reached);
    if (opening_next(&hours, reached->at, &own, err))
        return -1;
    *late_r = own.at < opens_at;
    return 0;
}

static int opens_at(const struct decision *decision,
                    const struct reached *reached, int64_t *opens_at_r,
                    struct err *err)
{
    const struct moment *moment = decision->moment;
    struct hours hours = hours_for(decision, reached);
    struct waiting waiting = {step_of(decision, reached), reached->at,
                              moment->now, moment->served_until};
    struct opening opening = {0};

    if (opening_for(&hours, &waiting, &opening, err))
        return -1;
    *opens_at_r = opening.at;
    return 0;
}

static struct alert new_alert(const struct decision *decision,
                              const struct reached *reached)
{
    const struct step *step = step_of(decision, reached);

    return (struct alert){
        .item = decision->item->id,
        .due_at = subject_version(decision->item, reached->subject),
        .rule = str_copy(rule_of(decision, reached)->name),
        .step = str_copy(step->name),
        .slot = reached->slot,
        .recipient = str_copy(code_of(decision, reached->person)),
        .subject = reached->subject,
        .level = step_level(step),
        .reached_at = reached->at,
        .decided_at = decision->moment->now,
        .opens_at = decision->moment->now,
        .state = ALERT_SUPPRESSED,
        .stands_for = str_copy(code_of(decision, reached->stands_for)),
    };
}

/* One that is held leaves earlier where its opening has come nearer: by other
 * windows, or as the clock stood ahead when it was decided. */
static int bring_forward(const struct decision *decision,
                         const struct alert *known,
                         const struct reached *reached, struct err *err)
{
    int64_t opens = 0;

    if (opens_at(decision, reached, &opens, err))
        return -1;
    if (opens >= known->opens_at)
        return 0;
    change_alert(decision, known, ALERT_HELD, REASON_NONE);
    decision->changes->items[decision->changes->count - 1].opens_at = opens;
    return 0;
}

/* Was it told in a rehearsal only, which is over?  Then nobody was. */
static bool is_only_rehearsed(const struct decision *decision,
                              const struct alert *known)
{
    return known->rehearsed && !decision->moment->rehearsing &&
           (known->state == ALERT_SENT || known->state == ALERT_NOTICED);
}

/* Held, or told. */
static bool is_decided(const struct decision *decision,
                       const struct alert *known)
{
    return known && known->state != ALERT_SUPPRESSED &&
           !is_only_rehearsed(decision, known);
}

/* The highest step of a person: hold it, unless it was told. */
static int decide_top(const struct decision *decision,
                      const struct reached *reached, struct err *err)
{
    const struct alert *known = find_alert(decision, reached);
    int64_t opens = 0;
    bool late = false;

    if (known && known->state == ALERT_HELD)
        return bring_forward(decision, known, reached, err);
    if (is_decided(decision, known))
        return 0;
    if (opens_at(decision, reached, &opens, err) ||
        is_late(decision, reached, opens, &late, err))
        return -1;
    if (known && repeats_the_told(decision, reached))
        return 0;
    if (known) {
        change_alert(decision, known, ALERT_HELD, REASON_NONE);
        struct alert *again =
            &decision->changes->items[decision->changes->count - 1];
        again->opens_at = opens;
        again->late |= late;
        if (again->rehearsed)
            again->notice = 0; /* what becomes of that one is nothing to it */
        return 0;
    }
    struct alert fresh = new_alert(decision, reached);
    if (repeats_the_told(decision, reached)) {
        fresh.reason = REASON_TOLD;
    } else {
        fresh.state = ALERT_HELD;
        fresh.opens_at = opens;
        fresh.late = late;
    }
    alerts_add(decision->changes, &fresh);
    return 0;
}

/* A lower step of a person: on record, never told. */
static void record_lower(const struct decision *decision,
                         const struct reached *reached)
{
    if (find_alert(decision, reached))
        return;
    struct alert lower = new_alert(decision, reached);
    lower.reason = REASON_SUPERSEDED;
    alerts_add(decision->changes, &lower);
}

struct alert decide_key(const struct policy *policy, const struct item *item,
                        const struct reached *reached)
{
    const struct rule *rule = &policy->rules[reached->rule];

    return (struct alert){
        .item = item->id,
        .due_at = subject_version(item, reached->subject),
        .rule = rule->name,
        .step = rule->steps[reached->step].name,
        .slot = reached->slot,
        .recipient = policy->directory->people[reached->person].code,
    };
}

bool decide_needs_told(const struct policy *policy, const struct item *item,
                       const struct evaluation *evaluation,
                       const struct alerts *alerts, const struct moment *moment)
{
    const struct ledger ledger = {.alerts = alerts};
    const struct decision decision = {
        .policy = policy, .item = item, .ledger = &ledger, .moment = moment};

    for (size_t i = 0; i < evaluation->count; i++) {
        const struct reached *reached = &evaluation->reached[i];
        if (reached->at < moment->rules_since &&
            reached == evaluation_top_of(evaluation, reached->person,
                                         reached->subject) &&
            !is_decided(&decision, find_alert(&decision, reached)))
            return true;
    }
    return false;
}

int decide(const struct policy *policy, const struct item *item,
           const struct evaluation *evaluation, const struct ledger *ledger,
           const struct moment *moment, struct alerts *changes_r,
           struct err *err)
{
    const struct decision decision = {.policy = policy,
                                      .item = item,
                                      .evaluation = evaluation,
                                      .ledger = ledger,
                                      .moment = moment,
                                      .changes = changes_r};

    drop_held(&decision);
    for (size_t i = 0; i < evaluation->count; i++) {
        const struct reached *reached = &evaluation->reached[i];
        if (reached !=
            evaluation_top_of(evaluation, reached->person, reached->subject))
            record_lower(&decision, reached);
        else if (decide_top(&decision, reached, err))
            return err_wrap(err, "%s", item->code);
    }
    return 0;
}
