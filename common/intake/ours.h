/* ours.h - what commands said of an item against its source: it is kept until
 * the source agrees. */
#ifndef INTAKE_OURS_H
#define INTAKE_OURS_H

#include "intake/facets.h"
#include "store/overrides.h"

/* The override of a facet, NULL for none; borrowed. */
const struct override *ours_of(const struct overrides *overrides,
                               enum facet facet);

/* The item as its source last said it is; yours. */
struct item ours_undone(const struct calendar *calendar,
                        const struct item *known,
                        const struct overrides *overrides);

/* Does the source, whose value of a facet is in said, say what we do?  What
 * was claimed against it counts, not each word: a dossier that we finished
 * and that its source has returned to the citizen is finished for both.
 * theirs: what it said when we spoke. */
bool ours_agreed(const struct calendar *calendar, enum facet facet,
                 const struct item *our, const struct item *said,
                 const char *theirs);

#endif
