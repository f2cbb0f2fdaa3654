#include "calendar/zone_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

/* RFC 8536 section 3.1. */
enum { HEADER_SIZE = 44, TYPE_SIZE = 6, MOST_TYPES = 256 };

/* No civil offset has ever been as large; RFC 8536 allows this much. */
enum { MOST_OFFSET = 26 * 3600 };

struct header {
    char version;
    uint32_t flags_ut;
    uint32_t flags_std;
    uint32_t leaps;
    uint32_t transitions;
    uint32_t types;
    uint32_t name_bytes;
};

/* What is still to be read of a file. */
struct reader {
    const unsigned char *at;
    size_t left;
};

void zone_table_add(struct zone_table *table, int64_t from, int32_t offset)
{
    struct zone_period *last =
        table->count ? &table->periods[table->count - 1] : NULL;

    if (last && last->offset == offset)
        return;
    if (last && last->from == from) {
        last->offset = offset;
        return;
    }
    if (table->count == table->room) {
        table->room = table->room ? 2 * table->room : 64;
        table->periods =
            mem_grow(table->periods, table->room, sizeof(*table->periods));
    }
    table->periods[table->count++] =
        (struct zone_period){.from = from, .offset = offset};
}

void zone_table_done(struct zone_table *table)
{
    free(table->periods);
    *table = (struct zone_table){0};
}

/* The next size bytes, or NULL when there are fewer. */
static const unsigned char *take(struct reader *reader, size_t size)
{
    const unsigned char *taken = reader->at;

    if (size > reader->left)
        return NULL;
    reader->at += size;
    reader->left -= size;
    return taken;
}

static uint32_t big_32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static int64_t big_64(const unsigned char *bytes)
{
    return (int64_t)((uint64_t)big_32(bytes) << 32 | big_32(bytes + 4));
}

static bool take_header(struct reader *reader, struct header *header_r)
{
    const unsigned char *bytes = take(reader, HEADER_SIZE);

    if (!bytes || memcmp(bytes, "TZif", 4) != 0)
        return false;
    *header_r = (struct header){
        .version = (char)bytes[4],
        .flags_ut = big_32(bytes + 20),
        .flags_std = big_32(bytes + 24),
        .leaps = big_32(bytes + 28),
        .transitions = big_32(bytes + 32),
        .types = big_32(bytes + 36),
        .name_bytes = big_32(bytes + 40),
    };
    return header_r->types >= 1 && header_r->types <= MOST_TYPES;
}

/* How many bytes of data follow a header whose instants have time_size. */
static size_t data_size(const struct header *header, size_t time_size)
{
    return header->transitions * (time_size + 1) +
           (size_t)header->types * TYPE_SIZE + header->name_bytes +
           header->leaps * (time_size + 4) + header->flags_std +
           header->flags_ut;
}

static bool read_offsets(const unsigned char *types, uint32_t count,
                         int32_t offsets[MOST_TYPES])
{
    for (uint32_t i = 0; i < count; i++) {
        offsets[i] = (int32_t)big_32(types + (size_t)i * TYPE_SIZE);
        if (offsets[i] < -MOST_OFFSET || offsets[i] > MOST_OFFSET)
            return false;
    }
    return true;
}

/* The 64-bit data block: instants, the type of each, the types. */
static bool read_block(struct zone_table *table, const struct header *header,
                       const unsigned char *data)
{
    const unsigned char *kinds = data + (size_t)header->transitions * 8;
    int32_t offsets[MOST_TYPES];

    table->known_to = ZONE_DAWN;
    if (!read_offsets(kinds + header->transitions, header->types, offsets))
        return false;
    zone_table_add(table, ZONE_DAWN, offsets[0]);
    for (uint32_t i = 0; i < header->transitions; i++) {
        int64_t from = big_64(data + (size_t)i * 8);
        if (kinds[i] >= header->types || from > -ZONE_DAWN)
            return false;
        if (from <= table->known_to && table->known_to > ZONE_DAWN)
            return false;
        if (from <= ZONE_DAWN) /* some files begin at the Big Bang */
            continue;
        zone_table_add(table, from, offsets[kinds[i]]);
        table->known_to = from;
    }
    return true;
}

/* "\n<TZ string>\n" ends the file. */
static char *take_footer(struct reader *reader)
{
    if (reader->left < 2 || reader->at[0] != '\n')
        return NULL;
    const unsigned char *text = reader->at + 1;
    const unsigned char *end = memchr(text, '\n', reader->left - 1);
    return end ? str_copy_bytes((const char *)text, (size_t)(end - text))
               : NULL;
}

int zone_table_read(struct zone_table *table, const char *bytes, size_t size,
                    struct err *err)
{
    struct reader reader = {(const unsigned char *)bytes, size};
    struct header header = {0};

    if (!take_header(&reader, &header) || header.version < '2' ||
        !take(&reader, data_size(&header, 4)) || !take_header(&reader, &header))
        return err_set(err, ERR_INVALID,
                       "it is not a time zone file of version 2 or later");
    if (header.leaps > 0)
        return err_set(err, ERR_INVALID, "it counts leap seconds");
    const unsigned char *data = take(&reader, data_size(&header, 8));
    if (!data || !read_block(table, &header, data))
        return err_set(err, ERR_INVALID, "the time zone file is damaged");
    owned(str_free) char *footer = take_footer(&reader);
    if (!footer)
        return err_set(err, ERR_INVALID, "the time zone file is cut short");
    return *footer ? zone_table_extend(table, footer, err) : 0;
}
