#include "tests/unit/check.h"

#include "base/mem.h"
#include "rules/decide.h"
#include "tests/unit/rules/ward.h"

static struct ward *told_ward(void)
{
    struct ward *ward = ward_new();

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_add(ward, "other", ROLE_STAFF, "o@x.example", true);
    ward_add(ward, "head", ROLE_HEAD, "h@x.example", true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "dossiers");
    ward_step(rule, "at-risk", STEP_BEFORE, "2wd", "assignee");
    struct step *overdue =
        ward_step(rule, "overdue", STEP_AFTER, "0h", "assignee");
    overdue->repeats = true;
    overdue->repeat_every = (struct span){SPAN_DAYS, 1000};
    overdue->repeat_times = -1;
    return ward;
}

/* What the sent alerts of a ledger have told. */
static struct tolds tolds_of(const struct alerts *ledger)
{
    struct tolds told = {0};

    told.items = mem_zero(ledger->count + 1, sizeof(*told.items));
    for (size_t i = 0; i < ledger->count; i++) {
        const struct alert *alert = &ledger->items[i];
        if (alert->state == ALERT_SENT)
            told.items[told.count++] = (struct told){
                .recipient = str_copy(alert->recipient), .level = alert->level};
    }
    return told;
}

/* Evaluate and decide at a local time, with a ledger. */
static struct alerts decide_at(const struct ward *ward, const struct item *item,
                               const char *now, const struct alerts *ledger,
                               const char *rules_since)
{
    struct evaluation evaluation = {0};
    struct alerts changes = {0};
    struct err err = {0};
    const struct moment moment = {
        .now = at(ward, now),
        .served_until = at(ward, "2026-06-24 13:30"),
        .rules_since = at(ward, rules_since),
    };

    struct tolds told = tolds_of(ledger);
    const struct ledger known = {ledger, &told};
    evaluate(&ward->policy, item, moment.now, &evaluation);
    check_ok(decide(&ward->policy, item, &evaluation, &known, &moment, &changes,
                    &err));
    tolds_done(&told);
    evaluation_done(&evaluation);
    return changes;
}

/* What the store would make of changes: the ledger of the next decision. */
static void write_down(struct alerts *ledger, struct alerts *changes)
{
    static int64_t ids;

    for (size_t i = 0; i < changes->count; i++) {
        struct alert *change = &changes->items[i];
        if (!change->id) {
            change->id = ++ids;
            alerts_add(ledger, change);
            continue;
        }
        for (size_t j = 0; j < ledger->count; j++) {
            if (ledger->items[j].id != change->id)
                continue;
            ledger->items[j].state = change->state;
            ledger->items[j].reason = change->reason;
            ledger->items[j].late = change->late;
        }
    }
    alerts_done(changes);
}

static size_t count_state(const struct alerts *alerts, enum alert_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < alerts->count; i++)
        count += alerts->items[i].state == state;
    return count;
}

TEST_CASE(of_many_missed_steps_only_the_highest_is_held)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-15 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-25 07:25");

    assert_int_equal(count_state(&changes, ALERT_HELD), 1);
    assert_int_equal(count_state(&changes, ALERT_SUPPRESSED), 1);
    for (size_t i = 0; i < changes.count; i++) {
        const struct alert *alert = &changes.items[i];
        if (alert->state != ALERT_HELD) {
            assert_int_equal(alert->reason, REASON_SUPERSEDED);
            continue;
        }
        assert_string_equal(alert->step, "overdue");
        assert_int_equal(alert->slot, 7); /* 24/06 17:00 */
        assert_int_equal(alert->opens_at, at(ward, "2026-06-25 07:30"));
        assert_false(alert->late); /* reached after the last opening */
    }
    alerts_done(&changes);
    item_done(&item);
}

TEST_CASE(the_same_alert_is_never_decided_twice)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-26 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 00:00");

    assert_int_equal(changes.count, 1);
    write_down(&ledger, &changes);
    changes =
        decide_at(ward, &item, "2026-06-25 07:26", &ledger, "2026-06-01 00:00");
    assert_int_equal(changes.count, 0);
    alerts_done(&ledger);
    item_done(&item);
}

TEST_CASE(a_finished_item_drops_what_is_held)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-26 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 00:00");

    write_down(&ledger, &changes);
    item.status = status_find(KIND_DOSSIER, "9");
    changes =
        decide_at(ward, &item, "2026-06-25 07:29", &ledger, "2026-06-01 00:00");
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.items[0].state, ALERT_SUPPRESSED);
    assert_int_equal(changes.items[0].reason, REASON_FINISHED);
    write_down(&ledger, &changes);

    /* Reopened: suppressed is a state, not an end (R13). */
    item.status = status_find(KIND_DOSSIER, "4");
    changes =
        decide_at(ward, &item, "2026-06-25 14:00", &ledger, "2026-06-01 00:00");
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.items[0].state, ALERT_HELD);
    assert_true(changes.items[0].late);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
}

TEST_CASE(an_extended_deadline_warns_again)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-24 08:00", &ledger, "2026-06-01 00:00");

    write_down(&ledger, &changes);
    ledger.items[0].state = ALERT_SENT;
    item.due_at = at(ward, "2026-06-26 17:00");
    changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 00:00");
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.items[0].state, ALERT_HELD);
    assert_int_equal(changes.items[0].due_at, item.due_at);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
}

TEST_CASE(a_new_holder_is_told_and_the_old_one_no_longer)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-26 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 00:00");

    write_down(&ledger, &changes);
    str_free(&item.assignee);
    item.assignee = str_copy("other");
    changes =
        decide_at(ward, &item, "2026-06-25 07:26", &ledger, "2026-06-01 00:00");
    assert_int_equal(changes.count, 2);
    assert_int_equal(changes.items[0].reason, REASON_NOT_THEIRS);
    assert_string_equal(changes.items[1].recipient, "other");
    assert_int_equal(changes.items[1].state, ALERT_HELD);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
}

TEST_CASE(renaming_a_rule_repeats_nothing_that_was_told)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-24 17:00", "staff");
    struct alerts ledger = {0};
    struct alerts changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 00:00");

    write_down(&ledger, &changes);
    for (size_t i = 0; i < ledger.count; i++)
        if (ledger.items[i].state == ALERT_HELD)
            ledger.items[i].state = ALERT_SENT;
    str_free(&ward->rules[0].name);
    ward->rules[0].name = str_copy("renamed");
    changes =
        decide_at(ward, &item, "2026-06-25 08:00", &ledger, "2026-06-25 07:50");
    assert_int_equal(count_state(&changes, ALERT_HELD), 0);
    write_down(&ledger, &changes);

    /* The next repeat falls after the change: told under the new name. */
    changes =
        decide_at(ward, &item, "2026-06-25 17:00", &ledger, "2026-06-25 07:50");
    assert_int_equal(count_state(&changes, ALERT_HELD), 1);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
}

TEST_CASE(what_was_only_rehearsed_is_held_again_when_it_is_in_earnest)
{
    (void)state;
    owned(ward_free) struct ward *ward = told_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-24 17:00", "staff");
    struct alerts ledger = {0}, changes = {0};
    struct evaluation evaluation = {0};
    const struct tolds told = {0};
    const struct ledger known = {&ledger, &told};
    struct err err = {0};
    struct moment moment = {.now = at(ward, "2026-06-25 09:00"),
                            .served_until = at(ward, "2026-06-25 07:30"),
                            .rules_since = at(ward, "2026-06-01 07:30"),
                            .rehearsing = true};

    changes =
        decide_at(ward, &item, "2026-06-25 07:25", &ledger, "2026-06-01 07:30");
    write_down(&ledger, &changes);
    for (size_t i = 0; i < ledger.count; i++) {
        if (ledger.items[i].state != ALERT_HELD)
            continue;
        ledger.items[i].state = ALERT_SENT;
        ledger.items[i].notice = 7;
        ledger.items[i].rehearsed = true;
    }
    evaluate(&ward->policy, &item, moment.now, &evaluation);
    check_ok(decide(&ward->policy, &item, &evaluation, &known, &moment,
                    &changes, &err));
    assert_int_equal(changes.count, 0);
    moment.rehearsing = false;
    check_ok(decide(&ward->policy, &item, &evaluation, &known, &moment,
                    &changes, &err));
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.items[0].state, ALERT_HELD);
    assert_int_equal(changes.items[0].level, LEVEL_OVERDUE);
    assert_int_equal(changes.items[0].notice, 0);
    assert_int_equal(changes.items[0].opens_at, at(ward, "2026-06-25 13:30"));
    evaluation_done(&evaluation);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_many_missed_steps_only_the_highest_is_held),
        cmocka_unit_test(the_same_alert_is_never_decided_twice),
        cmocka_unit_test(a_finished_item_drops_what_is_held),
        cmocka_unit_test(an_extended_deadline_warns_again),
        cmocka_unit_test(a_new_holder_is_told_and_the_old_one_no_longer),
        cmocka_unit_test(renaming_a_rule_repeats_nothing_that_was_told),
        cmocka_unit_test(
            what_was_only_rehearsed_is_held_again_when_it_is_in_earnest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
