/* timetable.h - which calendar counts whose working time.
 *
 * A unit follows the calendar that is its own, else its parent's, and the top
 * of the tree the office's main one; so do what a unit holds and who works in
 * it.  Whatever names no known unit follows the main calendar.
 */
#ifndef MODEL_TIMETABLE_H
#define MODEL_TIMETABLE_H

#include <stddef.h>

#include "calendar/calendar.h"
#include "model/directory.h"

/* Borrows the directory and the calendars. */
struct timetable {
    const struct directory *directory;
    const struct calendar *main;
    const struct calendar **of_unit;  /* by the directory's indices */
    const struct calendar **followed; /* main, then others that units follow */
    size_t followed_count;
};

/* own: by the directory's indices, NULL for a unit without one of its own. */
void timetable_make(const struct directory *directory,
                    const struct calendar *main,
                    const struct calendar *const *own,
                    struct timetable *timetable_r);
void timetable_done(struct timetable *timetable);

const struct calendar *timetable_of_unit(const struct timetable *timetable,
                                         const char *code);

/* Of a person by index; NOBODY's is the main one. */
const struct calendar *timetable_of_person(const struct timetable *timetable,
                                           int person);

#endif
