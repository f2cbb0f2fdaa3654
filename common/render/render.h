/* render.h - a notice's facts and a template become a message.
 *
 * Templates are mustache, ours or the admin's, one directory a language:
 *   DIR/vi/mail.subject.mustache  mail.text.mustache  mail.html.mustache
 * Facts are turned into words here (dates, time left) from the table of
 * texts; escaping belongs to what a template makes (mustache.h).
 * Templates are bounded (16 KB, depth 32), partials come from our own files
 * only, and a triple mustache where values are escaped is refused.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

struct renderer;

/* What the kind has no template for is NULL.  Lines end in LF; those of
 * "mail" have at most 72 columns where possible, others are not broken. */
struct rendering {
    char *subject; /* one line */
    char *text;
    char *html;
    char *markdown; /* as most chats read it */
    char *mrkdwn;   /* as Slack reads it */
};

/* Read all templates of DIR; every error names file and reason. */
int renderer_open(const char *directory, struct renderer **renderer_r,
                  struct err *err);
void renderer_free(struct renderer **renderer);

/* Render facts (docs/protocol.md, "The body of a NOTICE") in the language
 * that they name, with the templates of kind, "mail". */
int render(const struct renderer *renderer, const char *kind,
           const struct json *facts, struct rendering *rendering_r,
           struct err *err);
/* A text with the notice's number, which people quote, in a line of its own
 * below: for channels whose far side does not tell a second copy by the
 * identity (R15).  Yours. */
char *render_numbered(const char *text, int64_t number, const char *language);

void rendering_done(struct rendering *rendering);

#endif
