#include "workers/channels/mail.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "render/render.h"
#include "texts/texts.h"

enum { ADDRESS_BYTES = 254, LINE_BYTES = 998 };

/* What every mail of ours says of itself, so that no auto-responder answers
 * it (RFC 3834; the second is Exchange's). */
static const struct header {
    const char *name;
    const char *value;
} own_headers[] = {
    {"Auto-Submitted", "auto-generated"},
    {"X-Auto-Response-Suppress", "All"},
    {"Precedence", "bulk"},
};

static void unref(void *object)
{
    GObject **at = object;
    g_clear_object(at);
}

static void options_free(GMimeFormatOptions **options)
{
    if (*options)
        g_mime_format_options_free(*options);
    *options = NULL;
}

int mail_check_address(const char *address, struct err *err)
{
    const char *at = strchr(address, '@');

    if (!at || at == address || !at[1] || strchr(at + 1, '@'))
        return err_set(err, ERR_INVALID, "not a mail address");
    if (strlen(address) > ADDRESS_BYTES)
        return err_set(err, ERR_INVALID, "a mail address of more than %d bytes",
                       (int)ADDRESS_BYTES);
    for (const char *c = address; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte <= 0x20 || byte == 0x7F || *c == '<' || *c == '>')
            return err_set(err, ERR_INVALID,
                           "a mail address with a blank, a control character "
                           "or an angle bracket");
        if (byte > 0x7F)
            return err_set(err, ERR_INVALID,
                           "a mail address that is not plain ASCII");
    }
    return 0;
}

int mailbox_parse(const char *text, struct mailbox *mailbox_r, struct err *err)
{
    const char *open = strrchr(text, '<');
    size_t length = strlen(text);
    owned(str_free) char *name = NULL;
    owned(str_free) char *address = NULL;

    if (open && text[length - 1] == '>') {
        owned(str_free) char *before =
            str_copy_bytes(text, (size_t)(open - text));
        owned(str_free) char *line = utf8_one_line(before);
        name = str_trim(line);
        address = str_copy_bytes(open + 1, strlen(open) - 2);
    } else {
        name = str_copy("");
        address = str_trim(text);
    }
    if (mail_check_address(address, err) != 0)
        return err_wrap(err, "\"%s\"", text);
    mailbox_r->name = give(name);
    mailbox_r->address = give(address);
    return 0;
}

void mailbox_done(struct mailbox *mailbox)
{
    str_free(&mailbox->name);
    str_free(&mailbox->address);
}

/* Text without CR: line ends are made when the bytes are written. */
static char *without_cr(const char *text)
{
    struct buf out = {0};

    while (*text) {
        size_t length = strcspn(text, "\r");
        buf_add_bytes(&out, text, length);
        text += length + (text[length] == '\r');
    }
    return buf_take(&out);
}

/* One text part.  The content is set as a stream: set_text() would choose a
 * charset of its own. */
static GMimeObject *text_part(const char *subtype, const char *text)
{
    owned(str_free) char *clean = without_cr(text);
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
    owned(unref) GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(clean, strlen(clean));
    owned(unref) GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream,
                                            GMIME_CONTENT_ENCODING_DEFAULT);

    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
                                             "utf-8");
    g_mime_part_set_content(GMIME_PART(part), content);
    g_mime_part_set_content_encoding(GMIME_PART(part),
                                     GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return GMIME_OBJECT(part);
}

/* Plain first: a reader shows the last part that it can.  "=_" never occurs
 * in quoted-printable, so the boundary cannot occur in a part. */
static GMimeObject *body(const struct message *message)
{
    owned(str_free) char *text =
        render_numbered(message->text, message->number, message->language);
    owned(unref) GMimeObject *plain = text_part("plain", text);

    if (!message->html)
        return give(plain);
    owned(unref) GMimeObject *html = text_part("html", message->html);
    owned(str_free) char *boundary = str_format("=_%s", message->identity);
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    g_mime_multipart_set_boundary(both, boundary);
    g_mime_multipart_add(both, plain);
    g_mime_multipart_add(both, html);
    return GMIME_OBJECT(both);
}

static void add_address(GMimeMessage *mail, GMimeAddressType type,
                        const char *name, const char *address)
{
    InternetAddressList *list = g_mime_message_get_addresses(mail, type);
    owned(str_free) char *line = utf8_one_line(str_or_empty(name));
    owned(unref) InternetAddress *mailbox =
        internet_address_mailbox_new(*line ? line : NULL, address);

    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(list, mailbox);
}

static void set_date(GMimeMessage *mail, int64_t instant, int32_t utc_offset)
{
    GTimeZone *zone = g_time_zone_new_offset(utc_offset);
    GDateTime *utc = g_date_time_new_from_unix_utc(instant);
    GDateTime *local = g_date_time_to_timezone(utc, zone);

    g_mime_message_set_date(mail, local);
    g_date_time_unref(local);
    g_date_time_unref(utc);
    g_time_zone_unref(zone);
}

static GMimeMessage *mail_new(const struct message *message,
                              const struct mailbox *from)
{
    GMimeMessage *mail = g_mime_message_new(TRUE);
    owned(str_free) char *subject = utf8_one_line(message->subject);
    owned(str_free) char *id =
        str_format("%s@%s", message->identity, strchr(from->address, '@') + 1);
    owned(unref) GMimeObject *content = body(message);

    set_date(mail, message->decided_at, message->utc_offset);
    add_address(mail, GMIME_ADDRESS_TYPE_FROM, from->name, from->address);
    add_address(mail, GMIME_ADDRESS_TYPE_TO, message->to_name, message->to);
    g_mime_message_set_subject(mail, subject, "utf-8");
    g_mime_message_set_message_id(mail, id);
    for (size_t i = 0; i < sizeof(own_headers) / sizeof(*own_headers); i++)
        g_mime_object_append_header(GMIME_OBJECT(mail), own_headers[i].name,
                                    own_headers[i].value, NULL);
    g_mime_object_append_header(GMIME_OBJECT(mail), "Content-Language",
                                message->language, NULL);
    g_mime_message_set_mime_part(mail, content);
    return mail;
}

/* What a strict server would refuse is our fault: never send it. */
static int check_bytes(const char *bytes, size_t length, struct err *err)
{
    size_t line = 0;

    for (size_t i = 0; i < length; i++) {
        bool feed = bytes[i] == '\n';
        bool after_return = i > 0 && bytes[i - 1] == '\r';
        line = feed ? 0 : line + 1;
        if ((unsigned char)bytes[i] > 0x7F || bytes[i] == '\0' ||
            feed != after_return || line > LINE_BYTES)
            return err_set(err, ERR_SYSTEM,
                           "byte %zu of the mail may not be sent", i);
    }
    return 0;
}

static int write_bytes(GMimeMessage *mail, struct mail *mail_r, struct err *err)
{
    owned(options_free) GMimeFormatOptions *options =
        g_mime_format_options_new();
    owned(unref) GMimeStream *stream = g_mime_stream_mem_new();

    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    if (g_mime_object_write_to_stream(GMIME_OBJECT(mail), options, stream) < 0)
        return err_set(err, ERR_SYSTEM, "the mail cannot be composed");
    GByteArray *array =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    if (check_bytes((const char *)array->data, array->len, err) != 0)
        return -1;
    mail_r->length = array->len;
    mail_r->bytes = str_copy_bytes((const char *)array->data, array->len);
    return 0;
}

int mail_compose(const struct message *message, const struct mailbox *from,
                 struct mail *mail_r, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (mail_check_address(message->to, err) != 0)
        return -1;
    (void)pthread_once(&once, g_mime_init);
    owned(unref) GMimeMessage *mail = mail_new(message, from);
    return write_bytes(mail, mail_r, err);
}

void mail_done(struct mail *mail)
{
    str_free(&mail->bytes);
    mail->length = 0;
}
