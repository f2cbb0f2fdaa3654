/* lists.h - small lists of dossiers, and what became of them. */
#ifndef TESTS_INTAKE_LISTS_H
#define TESTS_INTAKE_LISTS_H

#include "tests/unit/intake/office_fixture.h"

#define HEADER                                                                                       \
    "Mã hồ sơ,Tên TTHC,Đơn vị xử lý,Cán bộ xử lý,Ngày tiếp nhận,Ngày hẹn " \
    "trả,Ngày kết thúc xử lý,Trạng thái\n"

/* A row of one dossier in progress with these cells. */
#define ROW(code, unit, handler, due, status)                                  \
    code ",Đăng ký kết hôn," unit "," handler ",22/06/2026 08:00," due         \
         ",," status "\n"
#define PLAIN(code)                                                            \
    ROW(code, "vhxh", "cv1.vhxh", "25/06/2026 17:00", "Đang xử lý")

static inline int take_at(struct office *office, const char *as_of,
                          const char *text)
{
    struct intake_options options = options_of(office);

    options.as_of = local(office, as_of);
    options.now = options.as_of + 600;
    return take(office, intake_items, &options, text);
}

static inline void must_take(struct office *office, const char *as_of,
                             const char *text)
{
    if (take_at(office, as_of, text))
        fail_msg("%s", office->err.text);
}

#define DAY_1 "2026-06-24 07:00"
#define DAY_2 "2026-06-25 07:00"

/* What is written of an item's field: "BEFORE>AFTER happened learnt source"
 * a line; yours. */
static inline char *history_of(const struct office *office, const char *code,
                               const char *field)
{
    owned(item_done) struct item item = item_of(office, code);
    owned(histories_done) struct histories list = {0};
    struct err err = {0};
    struct buf out = {0};

    check_ok(store_get_history(office->fixture.store, item.id, &list, &err));
    for (size_t i = 0; i < list.count; i++) {
        const struct history *history = &list.items[i];
        char happened[20] = "", learnt[20] = "";
        if (!str_equal(history->field, field))
            continue;
        zone_format(office->zone, history->happened_at, happened);
        zone_format(office->zone, history->learnt_at, learnt);
        buf_addf(&out, "%s>%s %s %s %s\n", history->before, history->after,
                 happened, learnt, history->source);
    }
    return buf_take(&out);
}

#endif
