/* private_net.h - is an address one of a private network?  A webhook's host
 * must not lead into ours (SSRF). */
#ifndef WORKERS_CHANNELS_PRIVATE_NET_H
#define WORKERS_CHANNELS_PRIVATE_NET_H

#include <stdbool.h>

struct sockaddr;

/* Loopback, private, link-local, shared, multicast, unspecified, reserved
 * (RFC 6890), also where IPv6 carries IPv4; and what is neither IPv4 nor
 * IPv6. */
bool address_is_private(const struct sockaddr *address);

#endif
