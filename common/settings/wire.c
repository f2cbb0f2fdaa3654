/* The section "wire": where daemon and workers meet, and their patience. */
#include <string.h>

#include "settings/sections.h"
#include "settings/values.h"

/* What sun_path holds, less its NUL (unix(7)). */
enum { IPC_PATH_BYTES = 107 };

static bool is_ipc(const char *endpoint)
{
    return str_starts(str_or_empty(endpoint), "ipc://");
}

static bool is_ipc_path(const char *path)
{
    return *path == '/' && strlen(path) <= IPC_PATH_BYTES;
}

/* "HOST:PORT", with a port that is a number. */
static bool is_host_port(const char *text)
{
    const char *colon = strrchr(text, ':');
    long long port = 0;

    return colon && colon != text && str_to_long(colon + 1, 1, 65535, &port);
}

static void read_endpoint(struct reader *reader, const struct node *node,
                          void *field, const struct key *key)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return;
    if (is_ipc(text) ? is_ipc_path(text + strlen("ipc://"))
                     : str_starts(text, "tcp://") &&
                           is_host_port(text + strlen("tcp://")))
        read_string(reader, node, field, key);
    else
        wrong(reader, node,
              "\"%s\" is no place to meet; write ipc:///WHOLE/PATH (at most %d "
              "bytes) or tcp://HOST:PORT",
              text, IPC_PATH_BYTES);
}

/* The control socket obeys whoever can open it, so it has no net. */
static void read_control(struct reader *reader, const struct node *node,
                         void *field, const struct key *key)
{
    if (node->kind == NODE_TEXT && str_starts(node->text, "tcp://"))
        wrong(reader, node,
              "orders are taken on this machine only; write "
              "ipc:///WHOLE/PATH");
    else
        read_endpoint(reader, node, field, key);
}

static const struct word ambiguous_words[] = {
    {"resend", true}, {"stop", false}, {NULL, 0}};

static void read_on_ambiguous(struct reader *reader, const struct node *node,
                              void *field, const struct key *key)
{
    const struct word *word = word_of_node(reader, node, key->words);

    if (word)
        *(bool *)field = word->value;
}

#define SECONDS(key_name, member, from, to, usual)                             \
    {                                                                          \
        .name = (key_name), .read = read_whole, .least = (from), .most = (to), \
        .fallback = (usual), .offset = offsetof(struct wire_setting, member)   \
    }

static const struct key wire_items[] = {
    {.name = "endpoint",
     .read = read_endpoint,
     .fallback = "ipc:///run/kiphan/wire",
     .offset = offsetof(struct wire_setting, endpoint)},
    {.name = "events",
     .read = read_endpoint,
     .fallback = "ipc:///run/kiphan-events/events",
     .offset = offsetof(struct wire_setting, events)},
    {.name = "control",
     .read = read_control,
     .fallback = "ipc:///run/kiphan-control/control",
     .offset = offsetof(struct wire_setting, control)},
    SECONDS("heartbeat", heartbeat_seconds, 1, 300, "10"),
    SECONDS("lost", lost_seconds, 2, 3600, "30"),
    SECONDS("retry-first", retry_first_seconds, 1, 24 * 3600, "60"),
    SECONDS("retry-cap", retry_cap_seconds, 1, 24 * 3600, "3600"),
    {.name = "ambiguous-attempts",
     .read = read_whole,
     .least = 1,
     .most = 20,
     .fallback = "3",
     .offset = offsetof(struct wire_setting, ambiguous_attempts)},
    {.name = "on-ambiguous",
     .read = read_on_ambiguous,
     .words = ambiguous_words,
     .fallback = "resend",
     .offset = offsetof(struct wire_setting, ambiguous_resend)},
    {.name = "message-bytes",
     .read = read_whole,
     .least = 65536,
     .most = 67108864,
     .fallback = "1048576",
     .offset = offsetof(struct wire_setting, message_bytes)},
    {.name = "server-key",
     .read = read_path,
     .offset = offsetof(struct wire_setting, server_key)},
    {.name = "allowed-keys",
     .read = read_path,
     .offset = offsetof(struct wire_setting, allowed_keys)},
};

const struct keys wire_keys = KEYS(wire_items);

/* Complain about a member, or about the mapping when that was left out. */
static void wrong_member(struct reader *reader, const struct node *node,
                         const char *name, const char *text)
{
    const struct node *member = node_member(node, name);

    wrong(reader, member ? member : node, "%s", text);
}

/* TCP only with CURVE and a list of who may come (DESIGN 5). */
static void check_keys(struct reader *reader, const struct node *node,
                       const struct wire_setting *wire)
{
    bool on_net = !is_ipc(wire->endpoint) || !is_ipc(wire->events);

    if (on_net && !(wire->server_key && wire->allowed_keys))
        wrong_member(reader, node,
                     is_ipc(wire->endpoint) ? "events" : "endpoint",
                     "tcp:// is open to whoever reaches it; set both "
                     "server-key and allowed-keys");
    if (!on_net && wire->server_key)
        wrong_member(reader, node, "server-key",
                     "has no effect on ipc://, which file permissions guard");
    if (!on_net && wire->allowed_keys)
        wrong_member(reader, node, "allowed-keys",
                     "has no effect on ipc://, which file permissions guard");
}

static void check_endpoints(struct reader *reader, const struct node *node,
                            const struct wire_setting *wire)
{
    if (str_equal(wire->events, wire->endpoint))
        wrong_member(reader, node, "events", "is the same as endpoint");
    if (str_equal(wire->control, wire->endpoint) ||
        str_equal(wire->control, wire->events))
        wrong_member(reader, node, "control",
                     "is the same as endpoint or events; a worker could give "
                     "orders there");
}

void read_wire(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    struct wire_setting *wire = field;

    if (!read_members(reader, node, key->inner, wire))
        return;
    if (!wire->endpoint || !wire->events || !wire->control)
        return; /* one was not understood, and that was said */
    check_keys(reader, node, wire);
    check_endpoints(reader, node, wire);
    if (wire->lost_seconds < 2 * wire->heartbeat_seconds)
        wrong_member(reader, node, "lost",
                     "must be at least twice heartbeat, or one lost beat loses "
                     "a worker");
    if (wire->retry_cap_seconds < wire->retry_first_seconds)
        wrong_member(reader, node, "retry-cap",
                     "must not be less than retry-first");
}

void wire_setting_done(struct wire_setting *wire)
{
    str_free(&wire->endpoint);
    str_free(&wire->events);
    str_free(&wire->control);
    str_free(&wire->server_key);
    str_free(&wire->allowed_keys);
}
