/* Any bytes are an iCalendar file or an error, never a crash and never a
 * search without end: libFuzzer's target. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/own.h"
#include "calendar/date.h"
#include "importers/ical.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    owned(ical_done) struct ical ical = {0};
    struct err err = {0};

    if (ical_read((const char *)bytes, length, 2026, TEXTS_EN, &ical, &err)) {
        assert(err.text[0]);
        return 0;
    }
    for (size_t i = 1; i < ical.sheet.count; i++) {
        const struct row *row = &ical.sheet.rows[i];
        struct date date = {0};
        assert(row->line > 0 && row->cells.count == 3);
        assert(date_parse(row->cells.items[0], &date, &err) == 0);
        assert(date.year == 2026);
    }
    for (size_t i = 0; i < ical.fault_count; i++)
        assert(ical.faults[i].line > 0 && ical.faults[i].why != TEXT_NONE);
    return 0;
}
