#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/table.h"

/* A list of dossiers with one row, as a terminal of that width shows it;
 * yours. */
static char *shown(size_t width)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    text_table_column(table, "Mã", ALIGN_LEFT);
    text_table_column(table, "Số", ALIGN_RIGHT);
    text_table_column(table, "Người", ALIGN_CUT);
    text_table_column(table, "Nội dung", ALIGN_CUT);
    text_table_row(table, SHADE_PLAIN);
    text_table_cell(table, "H24.17.30");
    text_table_number(table, 7);
    text_table_cell(table, "Nguyễn Thị Thanh Mai");
    text_table_cell(table, "Đăng ký biến động quyền sử dụng đất");
    text_table_print(table, out, false, width);
    (void)fclose(out);
    return text;
}

static void check_fits(size_t width)
{
    owned(str_free) char *text = shown(width);
    owned(strs_done) struct strs lines = {0};

    strs_split(&lines, text, '\n');
    for (size_t i = 0; i < lines.count; i++)
        if (utf8_columns(lines.items[i]) > width)
            fail_msg("wider than %zu: %s", width, lines.items[i]);
}

TEST_CASE(shows_all_where_there_is_room)
{
    (void)state;
    owned(str_free) char *text = shown(0);

    assert_string_equal(
        text, "Mã         Số  Người                 Nội dung\n"
              "H24.17.30   7  Nguyễn Thị Thanh Mai  Đăng ký biến động quyền sử "
              "dụng đất\n");
}

TEST_CASE(cuts_the_last_column_first)
{
    (void)state;
    owned(str_free) char *text = shown(60);

    check_fits(60);
    assert_non_null(strstr(text, "Nguyễn Thị Thanh Mai  Đăng ký"));
    assert_non_null(strstr(text, "…\n"));
}

TEST_CASE(leaves_columns_out_rather_than_run_over_the_edge)
{
    (void)state;
    owned(str_free) char *narrow = shown(40);
    owned(str_free) char *narrower = shown(20);

    for (size_t width = 13; width < 90; width++)
        check_fits(width);
    assert_string_equal(narrow, "Mã         Số  Người\n"
                                "H24.17.30   7  Nguyễn Thị Thanh Mai\n");
    assert_string_equal(narrower, "Mã         Số\nH24.17.30   7\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_all_where_there_is_room),
        cmocka_unit_test(cuts_the_last_column_first),
        cmocka_unit_test(leaves_columns_out_rather_than_run_over_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
