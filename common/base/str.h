/* str.h - strings that somebody owns, and lists of them. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A copy of text, yours; NULL stays NULL. */
char *str_copy(const char *text);

/* The first length bytes of text, yours. */
char *str_copy_bytes(const char *text, size_t length);

/* printf into fresh memory, yours. */
char *str_format(const char *format, ...)
    __attribute__((format(printf, 1, 2), malloc, returns_nonnull));

void str_free(char **text);

/* Free what *kept holds and keep text in its place; *text is left NULL. */
void str_replace(char **kept, char **text);

/* Are both the same text?  NULL equals only NULL. */
bool str_equal(const char *a, const char *b);

/* NULL or ""? */
bool str_empty(const char *text);

/* text, or "" for NULL; borrowed. */
const char *str_or_empty(const char *text);

bool str_starts(const char *text, const char *prefix);

/* A copy without the white space (also U+00A0) at both ends; yours. */
char *str_trim(const char *text);

/* Read a whole decimal number between least and most; false, leaving
 * *number_r alone, when text is anything else. */
bool str_to_long(const char *text, long long least, long long most,
                 long long *number_r);

/* Text that grows.  Start with {0}; buf_done() frees it. */
struct buf {
    char *text; /* always ends in NUL once something was added */
    size_t length;
    size_t room;
};

void buf_add(struct buf *buf, const char *text);
void buf_add_bytes(struct buf *buf, const char *bytes, size_t length);
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* The text built so far, yours ("" when nothing was added); buf is empty. */
char *buf_take(struct buf *buf);
void buf_done(struct buf *buf);

/* A list of owned strings.  Start with {0}; strs_done() frees all. */
struct strs {
    char **items;
    size_t count;
};

/* Append a copy of text. */
void strs_add(struct strs *list, const char *text);

/* Append text itself, leaving *text NULL. */
void strs_give(struct strs *list, char **text);
bool strs_has(const struct strs *list, const char *text);
void strs_copy(struct strs *list, const struct strs *from);

/* Append the parts of text between separators, trimmed; empty ones are left
 * out. */
void strs_split(struct strs *list, const char *text, char separator);

/* All items with separator between them; yours. */
char *strs_join(const struct strs *list, const char *separator);
void strs_done(struct strs *list);

#endif
