/* All keys that the tables know, for checks of what is written about them. */
#include "base/own.h"
#include "settings/sections.h"
#include "settings/settings.h"
#include "settings/top.h"

static bool is_in_list(const struct key *key)
{
    return key->read == read_list;
}

static void add_keys(struct strs *paths, const char *above,
                     const struct keys *keys)
{
    for (size_t i = 0; keys && i < keys->count; i++) {
        const struct key *key = &keys->items[i];
        owned(str_free) char *path =
            str_format("%s%s%s%s", above, *above ? "." : "", key->name,
                       is_in_list(key) ? "[]" : "");
        strs_add(paths, path);
        add_keys(paths, path, key->inner);
    }
}

void settings_keys(struct strs *paths)
{
    add_keys(paths, "", &top_keys);
    for (size_t i = 0; channel_type_at(i); i++) {
        owned(str_free) char *above =
            str_format("channels[]:%s", channel_type_at(i)->name);
        add_keys(paths, above, channel_type_at(i)->options);
    }
}
