#include "tests/unit/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "workers/channels/private_net.h"

static bool is_private(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return address_is_private((const struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_is_private((const struct sockaddr *)&six);
}

TEST_CASE(tells_private_addresses_from_public_ones)
{
    static const char *const private[] = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::1",
        "::127.0.0.1",
    };
    static const char *const public[] = {
        "8.8.8.8",     "172.15.255.255", "172.32.0.1",
        "192.167.1.1", "100.128.0.1",    "223.255.255.255",
        "2400::1",     "::ffff:8.8.8.8", "2002:0808:0808::1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(private) / sizeof(*private); i++)
        if (!is_private(private[i]))
            fail_msg("%s is private", private[i]);
    for (size_t i = 0; i < sizeof(public) / sizeof(*public); i++)
        if (is_private(public[i]))
            fail_msg("%s is public", public[i]);
}

TEST_CASE(takes_what_is_no_internet_address_for_private)
{
    (void)state;
    struct sockaddr local = {.sa_family = AF_UNIX};

    assert_true(address_is_private(&local));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_private_addresses_from_public_ones),
        cmocka_unit_test(takes_what_is_no_internet_address_for_private),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
