#include "tests/unit/check.h"

#include <string.h>

#include "base/mem.h"
#include "importers/sheet.h"

/* All rows as "line:cell|cell" joined by "/"; yours. */
static char *shown(const struct sheet *sheet)
{
    struct buf out = {0};

    for (size_t i = 0; i < sheet->count; i++) {
        owned(str_free) char *cells = strs_join(&sheet->rows[i].cells, "|");
        buf_addf(&out, "%s%d:%s", i ? "/" : "", sheet->rows[i].line, cells);
    }
    return buf_take(&out);
}

static char *read_text(const char *text)
{
    owned(sheet_done) struct sheet sheet = {0};
    struct err err = {0};

    if (csv_read(text, strlen(text), TEXTS_EN, &sheet, &err))
        return str_format("error: %s", err.text);
    return shown(&sheet);
}

TEST_CASE(reads_lists_as_programs_write_them)
{
    static const struct {
        const char *text, *rows, *why;
    } cases[] = {
        {"a,b\n1,2\n", "1:a|b/2:1|2", "the plain form"},
        {"a,b\n1,2", "1:a|b/2:1|2", "the last line need not end"},
        {"a,b\r\n1,2\r\n", "1:a|b/2:1|2", "CR LF ends one line, not two"},
        {"a,b\r1,2\r", "1:a|b/2:1|2", "a lone CR ends a line"},
        {"\xEF\xBB\xBF\"a\",b\n", "1:a|b", "Excel's mark is no text"},
        {"a;b\n1,5;2\n", "1:a|b/2:1,5|2", "Excel with a decimal comma"},
        {"a\tb\n1\t2\n", "1:a|b/2:1|2", "tabs"},
        {"Danh sách, quý 2\na;b;c\n1;2;3\n",
         "1:Danh sách, quý 2/2:a|b|c/3:1|2|3",
         "a comma in a title does not decide"},
        {"a,b\n\n\n1,2\n", "1:a|b/4:1|2", "blank lines count as lines"},
        {"a,b\n\"x\ny\",2\n3,4\n", "1:a|b/2:x\ny|2/4:3|4",
         "a row's line is where it begins"},
        {"a,b\n\"say \"\"yes\"\"\",2\n", "1:a|b/2:say \"yes\"|2",
         "doubled quotation marks"},
        {"a,b\n  x\xC2\xA0 ,\" y \"\n", "1:a|b/2:x|y", "blanks around cells"},
        {"a,b\nNguye\xCC\x82\xCC\x83n,2\n", "1:a|b/2:Nguyễn|2",
         "decomposed letters are composed"},
        {",,\n", "1:||", "a row of empty cells is a row"},
        {"", "", "nothing"},
        {"a,\"b\nc\n", "error: line 1: a quotation mark is not closed",
         "where the open cell's row begins"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(str_free) char *rows = read_text(cases[i].text);
        if (!str_equal(rows, cases[i].rows))
            fail_msg("%s: %s, not %s", cases[i].why, rows, cases[i].rows);
    }
}

#define BYTES(text) text, sizeof(text) - 1

/* "Nguyễn Văn An, Đặng Thị Thảo" in the encodings of old programs. */
TEST_CASE(says_which_line_is_not_utf8_and_what_it_seems_to_be)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *line, *guess;
    } cases[] = {
        {BYTES(
             "a,b\nNguy\xEA\xDEn V\xE3n An,\xD0\xE3\xF2ng Th\xF2i Tha\xD2o\n"),
         "line 2 ", "Windows-1258"},
        {BYTES("a,b\n1,2\nNguy\xD4n V\xA8n An,\xA7\xC6ng Th\xDE Th\xB6o\n"),
         "line 3 ", "TCVN3"},
        {BYTES("\xFF\xFE"
               "a\0,\0b\0\n\0"),
         "line 1 ", "UTF-16"},
        {BYTES("a,b\n1\0,2\n"), "line 2 ", "UTF-16"},
        {BYTES("PK\x03\x04\x14\0"), "line 1 ", "XLSX"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(sheet_done) struct sheet sheet = {0};
        struct err err = {0};
        assert_int_equal(
            csv_read(cases[i].bytes, cases[i].length, TEXTS_EN, &sheet, &err),
            -1);
        assert_int_equal(err.code, ERR_INVALID);
        if (!strstr(err.text, cases[i].line) ||
            !strstr(err.text, cases[i].guess))
            fail_msg("%s lacks \"%s\" or \"%s\"", err.text, cases[i].line,
                     cases[i].guess);
        assert_null(sheet.rows);
    }
}

/* A list of count times piece. */
static char *repeated(const char *piece, size_t count)
{
    struct buf text = {0};

    for (size_t i = 0; i < count; i++)
        buf_add(&text, piece);
    return buf_take(&text);
}

TEST_CASE(refuses_what_is_larger_than_any_list)
{
    (void)state;
    static const struct {
        const char *piece;
        size_t count;
        const char *text;
    } cases[] = {
        {",", 256, "more cells"},
        {"0123456789abcdef", 4097, "longer than 64 KiB"},
        {"a\n", 1000001, "more than 1,000,000 rows"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(str_free) char *text = repeated(cases[i].piece, cases[i].count);
        owned(str_free) char *result = read_text(text);
        assert_non_null(strstr(result, "error: "));
        assert_non_null(strstr(result, cases[i].text));
    }
}

TEST_CASE(takes_a_cell_and_a_row_of_the_greatest_size)
{
    (void)state;
    owned(str_free) char *cell = repeated("0123456789abcdef", 4096);
    owned(str_free) char *row = repeated(",", 255);
    owned(str_free) char *text = str_format("%s\n%s\n", cell, row);
    owned(sheet_done) struct sheet sheet = {0};
    struct err err = {0};

    check_ok(csv_read(text, strlen(text), TEXTS_EN, &sheet, &err));
    assert_int_equal(strlen(sheet.rows[0].cells.items[0]), 65536);
    assert_int_equal(sheet.rows[1].cells.count, 256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lists_as_programs_write_them),
        cmocka_unit_test(says_which_line_is_not_utf8_and_what_it_seems_to_be),
        cmocka_unit_test(refuses_what_is_larger_than_any_list),
        cmocka_unit_test(takes_a_cell_and_a_row_of_the_greatest_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
