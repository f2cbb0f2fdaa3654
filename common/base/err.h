/* err.h - how a failure travels from where it happens to who decides.
 *
 * A function that can fail takes a struct err * last, and returns -1 with the
 * err filled in.  The code says what the caller can do about it; the text is
 * for a person.  Each level may put its own context in front; only the top
 * level logs.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
    ERR_NONE,
    ERR_INVALID,   /* the input is wrong: tell whoever wrote it */
    ERR_NOT_FOUND, /* no such thing: often not a failure at all */
    ERR_NO_YEAR,   /* the calendar does not have the year that is needed */
    ERR_BUSY,      /* try again later */
    ERR_SYSTEM,    /* the machine failed us: give up on this piece of work */
};

struct err {
    enum err_code code;
    char text[512];
};

/* Record a failure.  Returns -1, so that callers write return err_set(...).
 * The text is cut between characters when it is too long. */
int err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "context: " in front of the text, keeping the code.  Returns -1. */
int err_wrap(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
