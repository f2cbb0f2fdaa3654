#include "rules/match.h"

#include "base/own.h"
#include "base/utf8.h"

static bool has_folded(const struct match_list *list, const char *text)
{
    owned(str_free) char *folded = utf8_fold(str_or_empty(text));

    return folded && strs_has(&list->folded, folded);
}

static bool has_unit(const struct policy *policy, const struct match_list *list,
                     const struct item *item)
{
    int unit = directory_unit(policy->directory, item->unit);

    for (size_t i = 0; i < list->values.count && unit != NO_UNIT; i++) {
        int above = directory_unit(policy->directory, list->values.items[i]);
        if (above != NO_UNIT &&
            directory_is_within(policy->directory, unit, above))
            return true;
    }
    return false;
}

/* Lists say the code of a procedure, or its name (R17). */
static bool has_procedure(const struct policy *policy,
                          const struct match_list *list,
                          const struct item *item)
{
    (void)policy;
    return has_folded(list, item->procedure) || has_folded(list, item->title);
}

static bool has_field(const struct policy *policy,
                      const struct match_list *list, const struct item *item)
{
    (void)policy;
    return has_folded(list, item->field);
}

static bool has_source(const struct policy *policy,
                       const struct match_list *list, const struct item *item)
{
    (void)policy;
    return strs_has(&list->values, item->feed);
}

static bool has_submission(const struct policy *policy,
                           const struct match_list *list,
                           const struct item *item)
{
    (void)policy;
    return strs_has(&list->values, submission_name(item->submission));
}

static bool has_status(const struct policy *policy,
                       const struct match_list *list, const struct item *item)
{
    (void)policy;
    return strs_has(&list->values, item->status->code);
}

static bool has_priority(const struct policy *policy,
                         const struct match_list *list, const struct item *item)
{
    (void)policy;
    return has_folded(list, item->priority);
}

static bool has_label(const struct policy *policy,
                      const struct match_list *list, const struct item *item)
{
    struct strs labels = {0};
    bool found = false;

    (void)policy;
    strs_split(&labels, item->labels, ',');
    for (size_t i = 0; i < labels.count && !found; i++)
        found = has_folded(list, labels.items[i]);
    strs_done(&labels);
    return found;
}

static bool (*const has[MATCH_BYS])(const struct policy *,
                                    const struct match_list *,
                                    const struct item *) = {
    [MATCH_UNIT] = has_unit,
    [MATCH_PROCEDURE] = has_procedure,
    [MATCH_FIELD] = has_field,
    [MATCH_SOURCE] = has_source,
    [MATCH_SUBMISSION] = has_submission,
    [MATCH_STATUS] = has_status,
    [MATCH_PRIORITY] = has_priority,
    [MATCH_LABEL] = has_label,
};

static bool holds(const struct policy *policy, const struct match *match,
                  const struct item *item);

static size_t count_holding(const struct policy *policy,
                            const struct matches *list, const struct item *item)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += holds(policy, &list->items[i], item);
    return count;
}

static bool holds(const struct policy *policy, const struct match *match,
                  const struct item *item)
{
    for (int by = 0; by < MATCH_BYS; by++)
        if (match->lists[by].values.count &&
            !has[by](policy, &match->lists[by], item))
            return false;
    if (match->any.count && count_holding(policy, &match->any, item) == 0)
        return false;
    return count_holding(policy, &match->none, item) == 0 &&
           count_holding(policy, &match->all, item) == match->all.count;
}

bool rule_matches(const struct policy *policy, const struct rule *rule,
                  const struct item *item)
{
    return rule->match.kind == item->kind && holds(policy, &rule->match, item);
}
