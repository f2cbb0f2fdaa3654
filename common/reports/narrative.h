/* narrative.h - a report in sentences, in the four parts that offices use:
 * what was done; what is wanting, and why; what is next; what is proposed.
 *
 * Sentences are made from the figures and nothing else, so that the same
 * figures give the same text.  A part without facts says so in one sentence.
 */
#ifndef REPORTS_NARRATIVE_H
#define REPORTS_NARRATIVE_H

#include "base/str.h"
#include "reports/report.h"

enum narrative_part {
    PART_RESULTS,
    PART_WANTING,
    PART_NEXT,
    PART_PROPOSALS,
    NARRATIVE_PARTS
};

enum text_id narrative_heading(enum narrative_part part);

/* Append the part's sentences. */
void narrative_tell(const struct report *report, enum narrative_part part,
                    struct strs *sentences);

#endif
