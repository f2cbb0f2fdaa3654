#include "workers/channels/size.h"

/* Each character has one first byte; one of four bytes begins with F0 to F4. */
size_t size_utf16(const char *text)
{
    size_t units = 0;

    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte & 0xC0U) != 0x80U)
            units += byte >= 0xF0U ? 2 : 1;
    }
    return units;
}
