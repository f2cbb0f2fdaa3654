#include "workers/channels/private_net.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* The special blocks of RFC 6890 that no public receiver has. */
static const struct block4 {
    uint32_t prefix;
    int bits;
} blocks4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared: carriers' own */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local, and clouds' metadata */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* protocol assignments */
    {0xC0A80000, 16}, /* private */
    {0xC6120000, 15}, /* benchmarks */
    {0xE0000000, 3},  /* multicast, reserved, broadcast */
};

/* All of IPv6 outside 2000::/3 is refused but for what carries IPv4; within
 * it, 2002::/16 (6to4) carries IPv4 too. */
static bool is_private4(uint32_t address)
{
    for (size_t i = 0; i < sizeof(blocks4) / sizeof(*blocks4); i++)
        if ((address ^ blocks4[i].prefix) >> (32 - blocks4[i].bits) == 0)
            return true;
    return false;
}

static uint32_t word_at(const uint8_t *bytes)
{
    uint32_t word = 0;

    memcpy(&word, bytes, sizeof(word));
    return ntohl(word);
}

static bool is_private6(const uint8_t bytes[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0,    0,
                                       0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t nat64[12] = {0, 0x64, 0xFF, 0x9B};
    static const uint8_t sixtofour[2] = {0x20, 0x02};

    if (memcmp(bytes, mapped, sizeof(mapped)) == 0 ||
        memcmp(bytes, nat64, sizeof(nat64)) == 0)
        return is_private4(word_at(bytes + 12));
    if (memcmp(bytes, sixtofour, sizeof(sixtofour)) == 0)
        return is_private4(word_at(bytes + 2));
    return (bytes[0] & 0xE0U) != 0x20U;
}

bool address_is_private(const struct sockaddr *address)
{
    struct sockaddr_in four;
    struct sockaddr_in6 six;

    switch (address->sa_family) {
    case AF_INET:
        memcpy(&four, address, sizeof(four));
        return is_private4(ntohl(four.sin_addr.s_addr));
    case AF_INET6:
        memcpy(&six, address, sizeof(six));
        return is_private6(six.sin6_addr.s6_addr);
    default:
        return true;
    }
}
