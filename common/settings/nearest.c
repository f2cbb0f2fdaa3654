#include "settings/nearest.h"

#include <string.h>

#include "base/str.h"

enum { LONGEST = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* How many bytes must be put in, left out or changed (Levenshtein).  "_" and
 * "-" are one. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t above = row[j + 1];
            size_t change =
                a[i] == b[j] || (a[i] == '_' && b[j] == '-') ? 0 : 1;
            row[j + 1] = least(above + 1, row[j] + 1, corner + change);
            corner = above;
        }
    }
    return row[width];
}

void nearest_offer(struct nearest *nearest, const char *known)
{
    size_t length = strlen(nearest->word);

    if (!length || length > LONGEST || strlen(known) > LONGEST)
        return;
    size_t edits = distance(nearest->word, known);
    /* A third of the word may be wrong; of short ones, one letter. */
    size_t allowed = length / 3 ? length / 3 : 1;
    if (edits > allowed || (nearest->best && edits >= nearest->edits))
        return;
    nearest->best = known;
    nearest->edits = edits;
}

char *nearest_hint(const struct nearest *nearest)
{
    return nearest->best ? str_format("; did you mean \"%s\"?", nearest->best)
                         : str_copy("");
}
