#include "intake/columns.h"

#include <assert.h>

#include "base/own.h"
#include "base/utf8.h"
#include "intake/remarks.h"

enum { HEADER_ROWS = 50 };

/* Plain ASCII text needs no look at its characters. */
static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (*text < 0x20 || *text == 0x7F)
            return false;
    return true;
}

static void make_one_line(char **cell)
{
    if (is_plain(*cell))
        return;
    owned(str_free) char *line = utf8_one_line(*cell);
    owned(str_free) char *trimmed = str_trim(line);
    str_replace(cell, &trimmed);
}

int list_read(const char *bytes, size_t length, enum text_language language,
              struct sheet *sheet_r, struct err *err)
{
    if (csv_read(bytes, length, language, sheet_r, err))
        return -1;
    for (size_t i = 0; i < sheet_r->count; i++)
        for (size_t j = 0; j < sheet_r->rows[i].cells.count; j++)
            make_one_line(&sheet_r->rows[i].cells.items[j]);
    return 0;
}

/* The field of one of the feed's own headers; field_count for none. */
static int own_field(const struct layout *layout, const struct intake_feed *own,
                     const char *folded)
{
    for (size_t i = 0; own && i < own->column_count; i++) {
        owned(str_free) char *header = utf8_fold(own->columns[i].header);
        for (int field = 0; field < layout->field_count; field++)
            if (str_equal(header, folded) &&
                str_equal(layout->fields[field], own->columns[i].field))
                return field;
    }
    return layout->field_count;
}

static int known_field(const struct layout *layout, const char *folded)
{
    for (int field = 0; field < layout->field_count; field++)
        if (str_equal(layout->fields[field], folded))
            return field;
    for (size_t i = 0; i < layout->name_count; i++)
        if (str_equal(layout->names[i].name, folded))
            return layout->names[i].field;
    return layout->field_count;
}

/* Which field each cell of the row would head.  Of two columns for one field
 * the feed's own counts, else the first. */
static unsigned map_row(const struct row *row, const struct layout *layout,
                        const struct intake_feed *own,
                        struct columns *columns_r)
{
    unsigned found = 0;

    for (int field = 0; field < FIELDS_MOST; field++)
        columns_r->at[field] = -1;
    for (size_t i = 0; i < row->cells.count; i++) {
        owned(str_free) char *folded = utf8_fold(row->cells.items[i]);
        int field = own_field(layout, own, folded);
        bool is_own = field < layout->field_count;
        if (!is_own)
            field = known_field(layout, folded);
        if (field < 0 || field == layout->field_count)
            continue;
        if (is_own || columns_r->at[field] < 0)
            columns_r->at[field] = (int)i;
        found |= 1U << field;
    }
    columns_r->header = row;
    columns_r->layout = layout;
    return found;
}

static void note_unknown(const struct columns *columns,
                         const struct intake_feed *own,
                         struct intake_report *report)
{
    const struct layout *layout = columns->layout;
    struct buf names = {0};

    for (size_t i = 0; i < columns->header->cells.count; i++) {
        const char *cell = columns->header->cells.items[i];
        owned(str_free) char *folded = utf8_fold(cell);
        if (*cell && known_field(layout, folded) == layout->field_count &&
            own_field(layout, own, folded) == layout->field_count)
            buf_addf(&names, "%s\"%s\"", names.length ? ", " : "", cell);
    }
    owned(str_free) char *text = buf_take(&names);
    if (*text)
        remark_add(report, REMARK_NOTE,
                   (struct about){.line = columns->header->line},
                   TEXT_LIST_UNUSED_COLUMNS, "columns", text, NULL);
}

/* What is missing from the row that looks most like a header. */
static int refuse(const struct layout *layout, unsigned found, int line,
                  enum text_language language, struct err *err)
{
    struct buf names = {0};
    struct columns none = {.layout = layout};

    for (int field = 0; field < FIELDS_MOST; field++)
        none.at[field] = -1;
    for (int field = 0; field < layout->field_count; field++)
        if (layout->required & ~found & 1U << field)
            buf_addf(&names, "%s\"%s\"", names.length ? ", " : "",
                     header_of(&none, field));
    owned(str_free) char *missing = buf_take(&names);
    owned(str_free) char *number = str_format("%d", line);
    return text_err(err, ERR_INVALID,
                    found ? TEXT_LIST_LACKS_COLUMNS : TEXT_LIST_NO_HEADER,
                    language, "line", number, "columns", missing, NULL);
}

static int bits(unsigned set)
{
    int count = 0;

    for (; set; set &= set - 1)
        count++;
    return count;
}

int columns_find(const struct sheet *sheet, const struct layout *layout,
                 const struct intake_feed *own, struct columns *columns_r,
                 struct intake_report *report, struct err *err)
{
    unsigned most = 0;
    int line = 0;

    assert(layout->field_count <= FIELDS_MOST);
    for (size_t i = 0; i < sheet->count && i < HEADER_ROWS; i++) {
        unsigned found = map_row(&sheet->rows[i], layout, own, columns_r);
        if ((found & layout->required) == layout->required) {
            columns_r->first = i + 1;
            note_unknown(columns_r, own, report);
            return 0;
        }
        if (bits(found) > bits(most)) {
            most = found;
            line = sheet->rows[i].line;
        }
    }
    return refuse(layout, most, line, report->language, err);
}

bool columns_have(const struct columns *columns, int field)
{
    return columns->at[field] >= 0;
}

const char *cell_of(const struct row *row, const struct columns *columns,
                    int field)
{
    int at = columns->at[field];
    return at >= 0 && (size_t)at < row->cells.count ? row->cells.items[at] : "";
}

const char *header_of(const struct columns *columns, int field)
{
    const struct layout *layout = columns->layout;

    if (columns_have(columns, field))
        return columns->header->cells.items[columns->at[field]];
    for (size_t i = 0; i < layout->name_count; i++)
        if (layout->names[i].field == field)
            return layout->names[i].name;
    return layout->fields[field];
}

size_t row_filled(const struct row *row)
{
    size_t filled = 0;

    for (size_t i = 0; i < row->cells.count; i++)
        filled += *row->cells.items[i] != '\0';
    return filled;
}

bool row_is_header(const struct row *row, const struct columns *columns)
{
    for (int field = 0; field < columns->layout->field_count; field++)
        if (columns_have(columns, field) &&
            !str_equal(cell_of(row, columns, field), header_of(columns, field)))
            return false;
    return true;
}
