#include "model/rule.h"

#include <stdlib.h>

void label_done(struct label *label)
{
    for (int language = 0; language < LANGUAGES; language++)
        str_free(&label->text[language]);
}

void step_done(struct step *step)
{
    str_free(&step->name);
    for (size_t i = 0; i < step->tell_count; i++)
        str_free(&step->tell[i].person);
    free(step->tell);
    step->tell = NULL;
    step->tell_count = 0;
}

void rule_done(struct rule *rule)
{
    str_free(&rule->name);
    match_done(&rule->match);
    strs_done(&rule->via);
    str_free(&rule->window);
    label_done(&rule->label);
    for (size_t i = 0; i < rule->step_count; i++)
        step_done(&rule->steps[i]);
    free(rule->steps);
    rule->steps = NULL;
    rule->step_count = 0;
}

void window_done(struct window *window)
{
    str_free(&window->name);
    str_free(&window->calendar);
}

enum languages language_parse(const char *text, enum languages fallback)
{
    if (str_equal(text, "vi"))
        return LANGUAGE_VI;
    if (str_equal(text, "en"))
        return LANGUAGE_EN;
    return fallback;
}

const char *language_name(enum languages language)
{
    return language == LANGUAGE_EN ? "en" : "vi";
}

char *target_format(const struct target *target)
{
    static const char *const names[] = {
        [TELL_ASSIGNEE] = "assignee",     [TELL_HEAD] = "head",
        [TELL_VICE_CHAIR] = "vice-chair", [TELL_CHAIR] = "chair",
        [TELL_ADMIN] = "admin",           [TELL_PERSON] = "person:",
    };

    if (target->kind == TELL_PERSON)
        return str_format("person:%s", target->person);
    return str_copy(names[target->kind]);
}
