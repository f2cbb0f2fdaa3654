#include "model/item.h"

#include <stddef.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/cycle.h"

/* The national statuses of dossiers, the states of tasks, and the two that
 * the system's own items have (DOMAIN 2). */
static const struct status statuses[] = {
    {KIND_DOSSIER, "1", "Mới đăng ký", "Registered", CLOCK_NOT_STARTED},
    {KIND_DOSSIER, "2", "Được tiếp nhận", "Received", CLOCK_RUNS},
    {KIND_DOSSIER, "3", "Không được tiếp nhận", "Not accepted", CLOCK_ENDED},
    {KIND_DOSSIER, "4", "Đang xử lý", "In progress", CLOCK_RUNS},
    {KIND_DOSSIER, "5", "Yêu cầu bổ sung giấy tờ", "Supplement requested",
     CLOCK_PAUSED},
    {KIND_DOSSIER, "6", "Yêu cầu thực hiện nghĩa vụ tài chính",
     "Payment requested", CLOCK_PAUSED},
    {KIND_DOSSIER, "7", "Công dân yêu cầu rút hồ sơ", "Withdrawn", CLOCK_ENDED},
    {KIND_DOSSIER, "8", "Dừng xử lý", "Stopped", CLOCK_ENDED},
    {KIND_DOSSIER, "9", "Đã xử lý xong", "Settled", CLOCK_STOPPED},
    {KIND_DOSSIER, "10", "Đã trả kết quả", "Result returned", CLOCK_STOPPED},
    {KIND_TASK, "new", "Mới giao", "New", CLOCK_RUNS},
    {KIND_TASK, "accepted", "Đã tiếp nhận", "Accepted", CLOCK_RUNS},
    {KIND_TASK, "doing", "Đang thực hiện", "In progress", CLOCK_RUNS},
    {KIND_TASK, "review", "Chờ duyệt", "In review", CLOCK_RUNS},
    {KIND_TASK, "done", "Hoàn thành", "Done", CLOCK_STOPPED},
    {KIND_TASK, "paused", "Tạm dừng", "Paused", CLOCK_PAUSED},
    {KIND_TASK, "cancelled", "Hủy", "Cancelled", CLOCK_ENDED},
    {KIND_SYSTEM, "raised", "Cần xử lý", "Raised", CLOCK_RUNS},
    {KIND_SYSTEM, "over", "Đã hết", "Over", CLOCK_STOPPED},
};

static const char *const kind_names[ITEM_KINDS] = {
    [KIND_DOSSIER] = "dossier",
    [KIND_TASK] = "task",
    [KIND_SYSTEM] = "system",
};

static const struct {
    enum submission submission;
    const char *name;
    const char *vi; /* folded */
} submissions[] = {
    {SUBMITTED_ONLINE, "online", "trực tuyến"},
    {SUBMITTED_IN_PERSON, "in-person", "trực tiếp"},
    {SUBMITTED_BY_POST, "by-post", "bưu chính"},
};

static const char *const origin_names[] = {
    [DUE_AS_SAID] = "said",
    [DUE_COMPUTED] = "computed",
    [DUE_AWAITS_YEAR] = "awaits-year",
};

/* Every text of an item, for those who treat all alike. */
static const size_t texts[] = {
    offsetof(struct item, code),
    offsetof(struct item, title),
    offsetof(struct item, procedure),
    offsetof(struct item, field),
    offsetof(struct item, unit),
    offsetof(struct item, coordinating),
    offsetof(struct item, assignee),
    offsetof(struct item, assignee_text),
    offsetof(struct item, owner),
    offsetof(struct item, assigned_by),
    offsetof(struct item, document),
    offsetof(struct item, recurrence),
    offsetof(struct item, output),
    offsetof(struct item, priority),
    offsetof(struct item, labels),
    offsetof(struct item, note),
    offsetof(struct item, feed),
    offsetof(struct item, finish_moved.source),
    offsetof(struct item, original_moved.source),
};

static char **text_at(struct item *item, size_t offset)
{
    return (char **)(void *)((char *)item + offset);
}

void item_done(struct item *item)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        str_free(text_at(item, texts[i]));
}

struct item item_fresh(enum item_kind kind, const char *code)
{
    return (struct item){
        .kind = kind,
        .code = str_copy(code),
        .title = str_copy(""),
        .procedure = str_copy(""),
        .field = str_copy(""),
        .unit = str_copy(""),
        .coordinating = str_copy(""),
        .assignee = str_copy(""),
        .assignee_text = str_copy(""),
        .owner = str_copy(""),
        .assigned_by = str_copy(""),
        .document = str_copy(""),
        .recurrence = str_copy(""),
        .output = str_copy(""),
        .priority = str_copy(""),
        .labels = str_copy(""),
        .note = str_copy(""),
        .feed = str_copy(""),
        .received_at = INSTANT_NONE,
        .due_at = INSTANT_NONE,
        .computed_due_at = INSTANT_NONE,
        .original_due_at = INSTANT_NONE,
        .finished_at = INSTANT_NONE,
        .paused_at = INSTANT_NONE,
        .unassigned_at = INSTANT_NONE,
        .supplement_at = INSTANT_NONE,
        .supplement_due_at = INSTANT_NONE,
        .supplement_over_at = INSTANT_NONE,
    };
}

struct item item_copy(const struct item *item)
{
    struct item copy = *item;

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        char **text = text_at(&copy, texts[i]);
        *text = str_copy(*text);
    }
    return copy;
}

bool item_is_open(const struct item *item)
{
    enum item_clock clock = item->status->clock;
    return !item->gone && (clock == CLOCK_RUNS || clock == CLOCK_PAUSED);
}

bool item_is_paused(const struct item *item)
{
    return item->status->clock == CLOCK_PAUSED;
}

int64_t item_deadline(const struct item *item)
{
    if (item->due_at == INSTANT_NONE || item->give_back_waits)
        return INSTANT_NONE;
    return item->due_at + item->given_back;
}

bool item_awaits_papers(const struct item *item)
{
    return item->kind == KIND_DOSSIER && str_equal(item->status->code, "5");
}

bool item_is_series(const struct item *item)
{
    return item->kind == KIND_TASK && !str_empty(item->recurrence) &&
           item->due_at != INSTANT_NONE &&
           cycle_recurs(cycle_parse(item->recurrence));
}

/* As it is written in the store, and in lists as a rule. */
static const struct status *status_written(enum item_kind kind,
                                           const char *text)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (statuses[i].kind == kind && (str_equal(statuses[i].code, text) ||
                                         str_equal(statuses[i].vi, text)))
            return &statuses[i];
    return NULL;
}

bool item_promise_differs(const struct item *item, const struct zone *zone)
{
    if (item->due_origin != DUE_AS_SAID || item->due_at == INSTANT_NONE ||
        item->computed_due_at == INSTANT_NONE)
        return false;
    return item->due_by_date
               ? date_compare(zone_civil(zone, item->due_at).date,
                              zone_civil(zone, item->computed_due_at).date)
               : item->due_at != item->computed_due_at;
}

const struct status *status_find(enum item_kind kind, const char *text)
{
    const struct status *written = status_written(kind, text);

    if (written)
        return written;
    owned(str_free) char *folded = utf8_fold(str_or_empty(text));
    for (size_t i = 0; folded && i < sizeof(statuses) / sizeof(*statuses);
         i++) {
        owned(str_free) char *vi = utf8_fold(statuses[i].vi);
        if (statuses[i].kind == kind &&
            (str_equal(statuses[i].code, folded) || str_equal(vi, folded)))
            return &statuses[i];
    }
    return NULL;
}

const struct status *status_at(enum item_kind kind, size_t index)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (statuses[i].kind == kind && index-- == 0)
            return &statuses[i];
    return NULL;
}

const char *item_kind_name(enum item_kind kind)
{
    return kind_names[kind];
}

int item_kind_parse(const char *text, enum item_kind *kind_r)
{
    for (int kind = 0; kind < ITEM_KINDS; kind++) {
        if (str_equal(kind_names[kind], text)) {
            *kind_r = (enum item_kind)kind;
            return 0;
        }
    }
    return -1;
}

const char *due_origin_name(enum due_origin origin)
{
    return origin_names[origin];
}

enum due_origin due_origin_parse(const char *text)
{
    for (size_t i = 0; i < sizeof(origin_names) / sizeof(*origin_names); i++)
        if (str_equal(origin_names[i], text))
            return (enum due_origin)i;
    return DUE_AS_SAID;
}

const char *submission_name(enum submission submission)
{
    for (size_t i = 0; i < sizeof(submissions) / sizeof(*submissions); i++)
        if (submissions[i].submission == submission)
            return submissions[i].name;
    return "";
}

enum submission submission_named(const char *text)
{
    for (size_t i = 0; i < sizeof(submissions) / sizeof(*submissions); i++)
        if (str_equal(submissions[i].name, text))
            return submissions[i].submission;
    return SUBMITTED_UNKNOWN;
}

enum submission submission_parse(const char *text)
{
    owned(str_free) char *folded = utf8_fold(str_or_empty(text));

    for (size_t i = 0; i < sizeof(submissions) / sizeof(*submissions); i++)
        if (str_equal(submissions[i].name, folded) ||
            str_equal(submissions[i].vi, folded))
            return submissions[i].submission;
    return SUBMITTED_UNKNOWN;
}
