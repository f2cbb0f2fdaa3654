#include "store/digest.h"

#include <sodium.h>

#include "base/mem.h"

char *store_digest(const char *bytes, size_t length)
{
    unsigned char hash[crypto_generichash_BYTES];
    size_t room = 2 * sizeof(hash) + 1;
    char *hex = mem_zero(room, 1);

    (void)crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes,
                             length, NULL, 0);
    (void)sodium_bin2hex(hex, room, hash, sizeof(hash));
    return hex;
}
