#include "model/level.h"

#include "base/str.h"

static const char *const names[LEVELS] = {
    [LEVEL_NONE] = "none",
    [LEVEL_PAUSED] = "paused",
    [LEVEL_NO_DEADLINE] = "no-deadline",
    [LEVEL_ON_TRACK] = "on-track",
    [LEVEL_SYSTEM] = "system",
    [LEVEL_AT_RISK] = "at-risk",
    [LEVEL_DUE_TODAY] = "due-today",
    [LEVEL_OVERDUE] = "overdue",
};

const char *level_name(enum level level)
{
    return names[level];
}

enum level level_parse(const char *text)
{
    for (int level = 0; level < LEVELS; level++)
        if (str_equal(names[level], text))
            return (enum level)level;
    return LEVEL_NONE;
}
