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
	} control = { .header = {
		.cmsg_len = CMSG_LEN(sizeof(int)),
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS,
	} };
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

int syslet_pass(struct syslet *s, int fd)
{
	struct syslet_lane *lane;
	int64_t number;

	if (s->passing < 0)
		return -EOPNOTSUPP;
	pthread_mutex_lock(&s->passing_lock);
	lane = s->passing_lane = s->passing_lane ? s->passing_lane : syslet_lane(s);
	number = lane ? send_descriptor(s->passing, fd, ++s->cookie) : -ENOMEM;
	if (!number) {
		syslet_set(&lane->own, 0, ADOPT, s->cookie, 0, 0, 0, 0, 0);
		number = syslet_call(lane, &lane->own, NULL);
	}
	pthread_mutex_unlock(&s->passing_lock);
	return number;
}
