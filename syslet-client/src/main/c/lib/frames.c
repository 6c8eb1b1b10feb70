/* SPDX-License-Identifier: Apache-2.0 */
/* The frames that go over the socket; see docs/protocol.md. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <sys/socket.h>

static int send_all(int fd, const void *data, size_t length)
{
	while (length) {
		ssize_t n = send(fd, data, length, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data = (const char *)data + n;
		length -= n;
	}
	return 0;
}

static int receive_all(int fd, void *data, size_t length)
{
	while (length) {
		ssize_t n = recv(fd, data, length, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -ECONNRESET;
		data = (char *)data + n;
		length -= n;
	}
	return 0;
}

/* The header of a frame, and the descriptors that came with its first byte. */
static int receive_header(int fd, struct frame *frame, int fds[3])
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(3 * sizeof(int))];
	} control;
	struct iovec vector = { frame, sizeof(*frame) };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = CMSG_LEN(3 * sizeof(int)),
	};
	struct cmsghdr *c;
	ssize_t n;

	while ((n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	if (n <= 0)
		return n ? -errno : -ECONNRESET;
	c = CMSG_FIRSTHDR(&message);
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
		memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
	return receive_all(fd, (char *)frame + n, sizeof(*frame) - n);
}

static int receive_refused(int fd, const struct frame *frame, char *words)
{
	struct refused r = { .frame = *frame };
	size_t length = frame->length - sizeof(*frame), text = length - 4;
	int err;

	if (frame->length < 12 || frame->length > sizeof(r))
		return -EPROTO;
	err = receive_all(fd, &r.error, length);
	if (err)
		return err;
	if (words) {
		if (text >= SYSLET_REFUSED)
			text = SYSLET_REFUSED - 1;
		memcpy(words, r.text, text);
		words[text] = 0;
	}
	return r.error && r.error < 4096 ? -(int)r.error : -EPROTO;
}

int syslet__receive_welcome(int fd, struct welcome *welcome, char *refused, int fds[3])
{
	int err = receive_header(fd, &welcome->frame, fds);

	if (err)
		return err;
	if (welcome->frame.version != WIRE_VERSION)
		return -EPROTO;
	if (welcome->frame.type == REFUSED)
		return receive_refused(fd, &welcome->frame, refused);
	if (welcome->frame.type != WELCOME || welcome->frame.length != sizeof(*welcome))
		return -EPROTO;
	return receive_all(fd, &welcome->frame + 1, sizeof(*welcome) - sizeof(welcome->frame));
}

int syslet__send_hello(int fd, const struct hello *hello)
{
	return send_all(fd, hello, sizeof(*hello));
}

int syslet__send_frame(int fd, int type)
{
	struct frame frame = { sizeof(frame), type, WIRE_VERSION };

	return send_all(fd, &frame, sizeof(frame));
}
