/* words.h - instants, spans and counts in words, from the table of texts.
 *
 * The numbers come with the facts, already reckoned in working time; here
 * they are only worded (R7).  Every text returned is yours.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/zone.h"
#include "texts/texts.h"

/* Read "2026-06-25T07:30:00", local; false when it is anything else. */
bool words_moment_parse(const char *text, struct civil *moment_r);

/* "07:30 ngày 25/6/2026". */
char *words_moment(struct civil moment, enum text_language language);

/* "ngày 25/6/2026". */
char *words_day(struct civil moment, enum text_language language);

/* "07:10" on the day of now, else as words_moment(). */
char *words_moment_near(struct civil moment, struct civil now,
                        enum text_language language);

/* "sáng thứ Năm, 25/6". */
char *words_opening(struct civil moment, enum text_language language);

/* Working time: days of the ordinary day's length, and what is over. */
struct words_span {
    int64_t days;
    int64_t hours;
    int64_t minutes;
    bool clock; /* hours and minutes: less than a day, or due today */
};

/* "quá hạn 2 ngày 3 giờ làm việc", "còn 7 giờ 30 phút làm việc",
 * "còn dưới 1 phút". */
char *words_left(struct words_span span, bool overdue,
                 enum text_language language);

/* What is counted: dossiers, tasks, or both. */
enum words_noun { WORDS_DOSSIER, WORDS_TASK, WORDS_MATTER };

/* "3 hồ sơ", "1 task". */
char *words_count(int64_t count, enum words_noun noun,
                  enum text_language language);

#endif
