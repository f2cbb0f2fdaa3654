/* escape.h - text from outside, made harmless in the markup that it enters.
 *
 * What comes out is shown as what came in, as far as the markup can do that.
 * Each result is yours.
 */
#ifndef RENDER_ESCAPE_H
#define RENDER_ESCAPE_H

/* HTML, in text and in attributes. */
char *escape_html(const char *text);

/* Markdown as chats have it: inline marks get a backslash; a "<" or "@" also
 * a zero-width space behind it, since links and calls to everybody (<!here>,
 * @all) know no backslash. */
char *escape_markdown(const char *text);

/* Slack's: "&", "<" and ">" only, says
 * https://docs.slack.dev/messaging/formatting-message-text#escaping */
char *escape_mrkdwn(const char *text);

#endif
