/* Any bytes are a list or an error, never a crash: libFuzzer's target. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/own.h"
#include "base/utf8.h"
#include "importers/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    owned(sheet_done) struct sheet sheet = {0};
    struct err err = {0};

    if (csv_read((const char *)bytes, length, TEXTS_EN, &sheet, &err)) {
        assert(err.text[0]);
        return 0;
    }
    for (size_t i = 0; i < sheet.count; i++) {
        const struct row *row = &sheet.rows[i];
        assert(row->line > 0 && row->cells.count > 0);
        assert(i == 0 || row->line > sheet.rows[i - 1].line);
        for (size_t j = 0; j < row->cells.count; j++) {
            const char *cell = row->cells.items[j];
            owned(str_free) char *again = utf8_nfc(cell);
            assert(str_equal(again, cell));
        }
    }
    return 0;
}
