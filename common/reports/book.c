#include "reports/book.h"

#include <stdlib.h>
#include <time.h>

#include <xlsxwriter.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/instant.h"

enum { A4 = 9, GREY = 0xD9E1F2, RED = 0xC00000 };

struct book {
    lxw_workbook *workbook; /* NULL once it is closed */
    const struct zone *zone;
    lxw_format *looks[LOOKS];
};

/* ---- looks ---- */

static lxw_format *bordered(lxw_workbook *workbook)
{
    lxw_format *format = workbook_add_format(workbook);

    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, LXW_COLOR_GRAY);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

static lxw_format *numeric(lxw_workbook *workbook, const char *number)
{
    lxw_format *format = bordered(workbook);

    format_set_num_format(format, number);
    return format;
}

static void make_looks(struct book *book)
{
    lxw_workbook *workbook = book->workbook;
    lxw_format **looks = book->looks;

    looks[LOOK_PLAIN] = NULL;
    looks[LOOK_NOTE] = workbook_add_format(workbook);
    looks[LOOK_TITLE] = workbook_add_format(workbook);
    format_set_bold(looks[LOOK_TITLE]);
    format_set_font_size(looks[LOOK_TITLE], 14);
    looks[LOOK_HEAD] = bordered(workbook);
    format_set_bold(looks[LOOK_HEAD]);
    format_set_text_wrap(looks[LOOK_HEAD]);
    format_set_bg_color(looks[LOOK_HEAD], GREY);
    format_set_align(looks[LOOK_HEAD], LXW_ALIGN_CENTER);
    looks[LOOK_TEXT] = bordered(workbook);
    format_set_text_wrap(looks[LOOK_TEXT]);
    looks[LOOK_NUMBER] = numeric(workbook, "#,##0");
    looks[LOOK_SHARE] = numeric(workbook, "0.0%");
    looks[LOOK_MOMENT] = numeric(workbook, "dd/mm/yyyy hh:mm");
    looks[LOOK_DAY] = numeric(workbook, "dd/mm/yyyy");
    looks[LOOK_BAD] = bordered(workbook);
    format_set_font_color(looks[LOOK_BAD], RED);
    looks[LOOK_TOTAL] = numeric(workbook, "#,##0");
    format_set_bold(looks[LOOK_TOTAL]);
}

/* ---- the book ---- */

struct book *book_new(const char *path, const struct zone *zone,
                      int64_t made_at, const char *title)
{
    struct book *book = mem_new(struct book);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    char *own_title = NULL;

    book->zone = zone;
    book->workbook = workbook_new_opt(path, &options);
    lxw_doc_properties properties = {.created = (time_t)made_at};
    own_title = str_copy(title);
    properties.title = own_title;
    (void)workbook_set_properties(book->workbook, &properties);
    str_free(&own_title);
    make_looks(book);
    return book;
}

int book_close(struct book *book, struct err *err)
{
    lxw_error failed = workbook_close(book->workbook);

    book->workbook = NULL;
    return failed ? err_set(err, ERR_SYSTEM, "xlsx: %s", lxw_strerror(failed))
                  : 0;
}

/* One that was not closed is thrown away: the library frees only by closing,
 * so what is left is a file that nobody asked for. */
void book_free(struct book **book)
{
    if (!*book)
        return;
    if ((*book)->workbook)
        (void)workbook_close((*book)->workbook);
    free(*book);
    *book = NULL;
}

struct sheet book_sheet(struct book *book, const char *name)
{
    struct sheet sheet = {.book = book};

    sheet.page = workbook_add_worksheet(book->workbook, name);
    worksheet_set_landscape(sheet.page);
    worksheet_set_paper(sheet.page, A4);
    worksheet_fit_to_pages(sheet.page, 1, 0);
    worksheet_set_margins(sheet.page, 0.4, 0.4, 0.5, 0.6);
    (void)worksheet_set_footer(sheet.page, "&L&A&R&P/&N");
    return sheet;
}

/* ---- cells ---- */

void sheet_text(struct sheet *sheet, const char *text, enum cell_look look)
{
    (void)worksheet_write_string(sheet->page, sheet->row, sheet->column++, text,
                                 sheet->book->looks[look]);
}

void sheet_number(struct sheet *sheet, int64_t number, enum cell_look look)
{
    (void)worksheet_write_number(sheet->page, sheet->row, sheet->column++,
                                 (double)number, sheet->book->looks[look]);
}

/* Rounded as everywhere (R19), so that a spreadsheet cannot round it
 * otherwise. */
void sheet_share(struct sheet *sheet, struct share share)
{
    int64_t tenths = share_permille(share);

    if (tenths < 0) {
        sheet_text(sheet, "–", LOOK_SHARE);
        return;
    }
    (void)worksheet_write_number(sheet->page, sheet->row, sheet->column++,
                                 (double)tenths / 1000,
                                 sheet->book->looks[LOOK_SHARE]);
}

static void put_instant(struct sheet *sheet, int64_t instant,
                        enum cell_look look)
{
    if (instant == INSTANT_NONE) {
        sheet_blank(sheet);
        return;
    }
    struct civil civil = zone_civil(sheet->book->zone, instant);
    lxw_datetime moment = {.year = civil.date.year,
                           .month = civil.date.month,
                           .day = civil.date.day};
    if (look == LOOK_MOMENT) {
        moment.hour = civil.seconds / 3600;
        moment.min = civil.seconds % 3600 / 60;
        moment.sec = civil.seconds % 60;
    }
    (void)worksheet_write_datetime(sheet->page, sheet->row, sheet->column++,
                                   &moment, sheet->book->looks[look]);
}

void sheet_moment(struct sheet *sheet, int64_t instant)
{
    put_instant(sheet, instant, LOOK_MOMENT);
}

void sheet_day(struct sheet *sheet, int64_t instant)
{
    put_instant(sheet, instant, LOOK_DAY);
}

void sheet_blank(struct sheet *sheet)
{
    (void)worksheet_write_blank(sheet->page, sheet->row, sheet->column++,
                                sheet->book->looks[LOOK_TEXT]);
}

void sheet_next_row(struct sheet *sheet)
{
    sheet->row++;
    sheet->column = 0;
}

/* ---- the page ---- */

void sheet_width(struct sheet *sheet, int column, double characters)
{
    (void)worksheet_set_column(sheet->page, (lxw_col_t)column,
                               (lxw_col_t)column, characters, NULL);
}

void sheet_freeze(struct sheet *sheet, int columns)
{
    worksheet_freeze_panes(sheet->page, sheet->row, (lxw_col_t)columns);
    (void)worksheet_repeat_rows(sheet->page, sheet->row - 1, sheet->row - 1);
}

void sheet_filter(struct sheet *sheet, uint32_t head, uint32_t last,
                  int columns)
{
    (void)worksheet_autofilter(sheet->page, head, 0, last,
                               (lxw_col_t)(columns - 1));
}

/* ---- charts ---- */

static void add_series(lxw_chart *chart, const struct chart_of *of, int i)
{
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_chart_fill fill = {.color = of->colours[i]};

    chart_series_set_categories(series, of->sheet, of->first, of->names,
                                of->last, of->names);
    chart_series_set_values(series, of->sheet, of->first, of->columns[i],
                            of->last, of->columns[i]);
    chart_series_set_name_range(series, of->sheet, of->head, of->columns[i]);
    chart_series_set_fill(series, &fill);
}

void sheet_chart(struct sheet *sheet, uint32_t row, uint16_t column,
                 const struct chart_of *of)
{
    lxw_chart_options size = {.x_scale = 1.25, .y_scale = 1.1};
    lxw_chart *chart = workbook_add_chart(
        sheet->book->workbook,
        of->is_share ? LXW_CHART_COLUMN : LXW_CHART_COLUMN_STACKED);

    for (int i = 0; i < of->column_count; i++)
        add_series(chart, of, i);
    chart_title_set_name(chart, of->title);
    chart_legend_set_position(chart, of->is_share ? LXW_CHART_LEGEND_NONE
                                                  : LXW_CHART_LEGEND_BOTTOM);
    if (of->is_share) {
        chart_axis_set_min(chart->y_axis, 0);
        chart_axis_set_max(chart->y_axis, 1);
        chart_axis_set_num_format(chart->y_axis, "0%");
    }
    (void)worksheet_insert_chart_opt(sheet->page, row, column, chart, &size);
}
