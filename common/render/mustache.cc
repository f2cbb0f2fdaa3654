/* The library throws, and its context looks partials up in the data; both
 * end here. */
#include <kainjow/mustache.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <map>
#include <string>
#include <vector>

extern "C" {
#include "base/str.h"
#include "render/escape.h"
#include "render/mustache.h"
}

using kainjow::mustache::data;

namespace
{

struct tag {
    char kind; /* '#', '^', '/', '>', '!', '=', '&', '{' or 'v' for a value */
    std::string name;
    int line;
};

struct one_template {
    std::string text;
    std::vector<tag> partials;
};

std::string trimmed(const std::string &text)
{
    const char *blank = " \t\r\n";
    size_t first = text.find_first_not_of(blank);

    if (first == std::string::npos)
        return "";
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string ending(const std::string &name)
{
    size_t dot = name.rfind('.');
    return dot == std::string::npos ? "" : name.substr(dot);
}

/* How values are escaped in a template of that name; null: not at all. */
char *(*escape_of(const std::string &name))(const char *)
{
    static const struct {
        const char *ending;
        char *(*escape)(const char *);
    } escapes[] = {
        {".html", escape_html},
        {".md", escape_markdown},
        {".mrkdwn", escape_mrkdwn},
    };

    for (const auto &row : escapes)
        if (ending(name) == row.ending)
            return row.escape;
    return nullptr;
}

int line_of(const std::string &text, size_t position)
{
    int line = 1;

    for (size_t i = 0; i < position && i < text.size(); i++)
        line += text[i] == '\n';
    return line;
}

/* What the library would see as tags, in order; text after an unclosed one is
 * left to its own error. */
std::vector<tag> tags_of(const std::string &text)
{
    std::vector<tag> tags;
    size_t at = 0;

    while ((at = text.find("{{", at)) != std::string::npos) {
        bool triple = text.compare(at, 3, "{{{") == 0;
        size_t begin = at + (triple ? 3 : 2);
        size_t end = text.find(triple ? "}}}" : "}}", begin);
        if (end == std::string::npos)
            break;
        std::string inside = trimmed(text.substr(begin, end - begin));
        tag found = {triple ? '{' : 'v', inside, line_of(text, at)};
        if (!triple && !inside.empty() && strchr("#^/>!=&", inside[0])) {
            found.kind = inside[0];
            found.name = trimmed(inside.substr(1));
        }
        tags.push_back(found);
        at = end + (triple ? 3 : 2);
    }
    return tags;
}

/* The kind of the one tag that a line consists of, blanks aside; 0: none. */
char only_tag(const std::string &line)
{
    std::string inside = trimmed(line);

    if (inside.compare(0, 2, "{{") != 0 || inside.size() < 5 ||
        inside.find("}}") != inside.size() - 2)
        return 0;
    return trimmed(inside.substr(2))[0];
}

/* Stands in an empty line, and is taken out of what was filled. */
const char keep_line = '\x01';

/* A line of nothing but a section, comment or partial leaves no line behind,
 * and an empty line stays.  The library does the first only where a section
 * is shown, and the second only where none begins or ends before. */
std::string without_bare_lines(const std::string &text)
{
    std::string kept;

    for (size_t at = 0; at < text.size();) {
        size_t end = text.find('\n', at);
        end = end == std::string::npos ? text.size() : end + 1;
        std::string line = text.substr(at, end - at);
        char kind = only_tag(line);
        if (trimmed(line).empty())
            kept += keep_line;
        kept += kind && strchr("#^/!>", kind) ? trimmed(line) : line;
        at = end;
    }
    return kept;
}

int refuse(struct err *err, const std::string &name, const tag &tag,
           const char *why)
{
    return err_set(err, ERR_INVALID, "%s.mustache:%d: {{%s}}: %s", name.c_str(),
                   tag.line, tag.name.c_str(), why);
}

/* Is each tag one that we allow, and no section too deep? */
int check_tags(const std::string &name, const std::vector<tag> &tags,
               struct err *err)
{
    bool escaped = escape_of(name) != nullptr;
    int depth = 0;

    for (const tag &tag : tags) {
        if (tag.kind == '=')
            return refuse(err, name, tag, "delimiters stay as they are");
        if (escaped && (tag.kind == '{' || tag.kind == '&'))
            return refuse(err, name, tag,
                          "takes no unescaped value here: use two braces");
        if (tag.kind == '#' || tag.kind == '^')
            depth++;
        if (tag.kind == '/')
            depth--;
        if (depth > MUSTACHE_DEPTH)
            return refuse(err, name, tag, "more than 32 sections deep");
    }
    return 0;
}

data to_data(const struct json *value);

data object_to_data(const struct json *object)
{
    data result{data::type::object};
    const char *name = nullptr;
    struct json *member = nullptr;

    for (size_t i = 0; json_member(object, i, &name, &member); i++)
        result.set(name, to_data(member));
    return result;
}

data array_to_data(const struct json *array)
{
    data result{data::type::list};

    for (size_t i = 0; i < json_count(array); i++)
        result.push_back(to_data(json_at(array, i)));
    return result;
}

data to_data(const struct json *value)
{
    switch (json_kind(value)) {
    case JSON_IS_OBJECT:
        return object_to_data(value);
    case JSON_IS_ARRAY:
        return array_to_data(value);
    case JSON_IS_NUMBER:
        return data{std::to_string(json_as_int(value, 0))};
    case JSON_IS_TEXT: {
        std::string text = json_as_text(value);
        return text.empty() ? data{false} : data{text};
    }
    case JSON_IS_TRUE:
        return data{true};
    case JSON_IS_FALSE:
    case JSON_IS_NULL:
        break;
    }
    return data{false};
}

std::string escaped_by(char *(*escape)(const char *), const std::string &text)
{
    char *made = escape(text.c_str());
    std::string result = made;

    str_free(&made);
    return result;
}

} // namespace

struct mustaches {
    std::map<std::string, one_template> templates;
};

namespace
{

/* Finds values in the view, and partials in our own set only: in the data a
 * citizen's text would run as a template. */
class our_context : public kainjow::mustache::context<std::string>
{
  public:
    our_context(const data *view, const struct mustaches *set)
        : kainjow::mustache::context<std::string>(view)
    {
        for (const auto &entry : set->templates)
            partials_.emplace(entry.first, data{entry.second.text});
    }
    const data *get_partial(const std::string &name) const override
    {
        auto found = partials_.find(name);
        return found == partials_.end() ? nullptr : &found->second;
    }

  private:
    std::map<std::string, data> partials_;
};

int check_partials(const struct mustaches *set, const std::string &name,
                   const one_template &outer, struct err *err)
{
    for (const tag &tag : outer.partials) {
        auto inner = set->templates.find(tag.name);
        if (inner == set->templates.end())
            return refuse(err, name, tag, "there is no such template");
        if (ending(tag.name) != ending(name))
            return refuse(err, name, tag, "it makes another kind of text");
        if (!inner->second.partials.empty())
            return refuse(err, name, tag, "it takes in a template itself");
    }
    return 0;
}

int add(struct mustaches *set, const char *name, const char *text,
        struct err *err)
{
    one_template made = {text, {}};

    if (made.text.size() > MUSTACHE_BYTES)
        return err_set(err, ERR_INVALID, "%s.mustache: more than %d bytes",
                       name, int(MUSTACHE_BYTES));
    std::vector<tag> tags = tags_of(made.text);
    if (check_tags(name, tags, err) != 0)
        return -1;
    kainjow::mustache::mustache parsed{made.text};
    if (!parsed.is_valid())
        return err_set(err, ERR_INVALID, "%s.mustache: %s", name,
                       parsed.error_message().c_str());
    for (const tag &tag : tags)
        if (tag.kind == '>')
            made.partials.push_back(tag);
    made.text = without_bare_lines(made.text);
    set->templates[name] = made;
    return 0;
}

/* Parsed anew each time: a parsed template is written to while it renders,
 * and several threads may use one set. */
std::string fill(const struct mustaches *set, const std::string &name,
                 const struct json *view)
{
    data values = to_data(view);
    our_context context{&values, set};
    kainjow::mustache::mustache parsed{set->templates.at(name).text};
    std::ostringstream out;

    char *(*escape)(const char *) = escape_of(name);
    parsed.set_custom_escape([escape](const std::string &text) {
        return escape ? escaped_by(escape, text) : text;
    });
    parsed.render(context, out);
    if (!parsed.is_valid())
        throw std::runtime_error(parsed.error_message());
    std::string filled = out.str();
    filled.erase(std::remove(filled.begin(), filled.end(), keep_line),
                 filled.end());
    return filled;
}

} // namespace

extern "C" struct mustaches *mustaches_new(void)
{
    return new mustaches;
}

extern "C" void mustaches_free(struct mustaches **set)
{
    delete *set;
    *set = nullptr;
}

extern "C" int mustaches_add(struct mustaches *set, const char *name,
                             const char *text, struct err *err)
{
    try {
        return add(set, name, text, err);
    } catch (const std::exception &problem) {
        return err_set(err, ERR_INVALID, "%s.mustache: not well formed (%s)",
                       name, problem.what());
    }
}

extern "C" int mustaches_check(const struct mustaches *set, struct err *err)
{
    for (const auto &entry : set->templates)
        if (check_partials(set, entry.first, entry.second, err) != 0)
            return -1;
    return 0;
}

extern "C" bool mustaches_has(const struct mustaches *set, const char *name)
{
    return set->templates.count(name) > 0;
}

extern "C" char *mustaches_fill(const struct mustaches *set, const char *name,
                                const struct json *view, struct err *err)
{
    try {
        return str_copy(fill(set, name, view).c_str());
    } catch (const std::exception &problem) {
        (void)err_set(err, ERR_INVALID, "%s.mustache: %s", name,
                      problem.what());
        return nullptr;
    }
}
