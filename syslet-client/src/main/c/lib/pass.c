/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of the program's own: over a socket, and then taken by a call. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <sys/socket.h>

#define ADOPT 0x5359

static int send_descriptor(int socket, int fd, uint64_t cookie)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .header = { CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS } };
	struct iovec vector = { &cookie, sizeof(cookie) };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t n;

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	while ((n = sendmsg(socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR)
		;
	return n < 0 ? -errno : 0;
}

static int prepare(struct syslet *s)
{
	if (!s->passing_lane)
		s->passing_lane = syslet_lane(s);
	if (!s->passing_slot)
		s->passing_slot = syslet_alloc(s, sizeof(*s->passing_slot), 128);
	return s->passing_lane && s->passing_slot ? 0 : -ENOMEM;
}

int syslet_pass(struct syslet *s, int fd)
{
	int64_t number;

	if (s->passing < 0)
		return -EOPNOTSUPP;
	pthread_mutex_lock(&s->passing_lock);
	number = prepare(s);
	if (!number)
		number = send_descriptor(s->passing, fd, ++s->cookie);
	if (!number) {
		syslet_set(s->passing_slot, 0, ADOPT, s->cookie, 0, 0, 0, 0, 0);
		number = syslet_call(s->passing_lane, s->passing_slot, NULL);
	}
	pthread_mutex_unlock(&s->passing_lock);
	return number;
}
