/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection that broke is made again. The same server goes on with the same
 * memory. Another one, which has read the dead one's journal, has the
 * completions that were missing, in a ring of its own, and then the session is
 * over: it cannot know our memory.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAUSE_NS 20000000
#define ANSWER_S 5

enum { ALIVE, BROKEN, GONE };

/* Nothing is said on the socket while the session lasts. */
static int listen_to(struct syslet *s)
{
	char byte;
	ssize_t n = recv(s->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	if (n > 0)
		return GONE;
	return n < 0 && (errno == EAGAIN || errno == EINTR) ? ALIVE : BROKEN;
}

/* Takes what another server has of our completions: whether that is all. */
static bool take_rest(struct syslet *s, int fd, uint64_t posted)
{
	const struct timespec pause = { 0, PAUSE_NS };
	int64_t end = syslet__now() + ANSWER_S * 1000000000ll;
	struct ring *ring = NULL;
	size_t length, gate;
	bool is_all = false;

	if (syslet__map(fd, (void **)&ring, &length))
		return false;
	if (!syslet__check_ring(ring, length, &gate)) {
		pthread_mutex_lock(&s->lock);
		while (syslet__take_from(s, ring), s->consumed < posted && syslet__now() < end)
			syslet__futex(&ring->kernel_head, FUTEX_WAIT, s->tail, &pause);
		is_all = s->consumed >= posted;
		pthread_mutex_unlock(&s->lock);
	}
	munmap(ring, length);
	return is_all;
}

/* How many completions the server need not tell again. */
static uint64_t consume_all(struct syslet *s)
{
	uint64_t consumed;

	pthread_mutex_lock(&s->lock);
	syslet__take_all(s);
	consumed = s->kept ? atomic_load(&s->kept->settled) : s->consumed;
	pthread_mutex_unlock(&s->lock);
	return consumed;
}

/* 0: goes on; -ECONNRESET: is over; another error: may be tried again. */
static int greet(struct syslet *s, int fd)
{
	struct hello hello = {
		.frame = { sizeof(hello), HELLO, WIRE_VERSION },
		.magic = WIRE_MAGIC,
		.flags = HELLO_RESUME,
		.consumed = consume_all(s),
		.arena_bytes = s->arena_bytes,
		.ring_elements = s->ring_elements,
		.instance = s->instance,
	};
	const struct timeval time = { ANSWER_S, 0 };
	struct welcome welcome;
	int fds[3] = { -1, -1, -1 };
	int err;

	memcpy(hello.token, s->token, sizeof(hello.token));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
	err = syslet__send_hello(fd, &hello);
	if (!err || err == -EPIPE)
		err = syslet__receive_welcome(fd, &welcome, NULL, fds);
	if (!err && welcome.flags & WELCOME_FILES) {
		err = take_rest(s, fds[0], welcome.posted) ? -ECONNRESET : -ETIMEDOUT;
		if (err == -ECONNRESET && !s->kept)
			syslet__send_frame(fd, GOODBYE);
	}
	syslet__close_files(fds);
	return err == -ESTALE || err == -EPERM ? -ECONNRESET : err;
}

static int try_again(struct syslet *s)
{
	int fd = syslet__dial(s->path, s->server_user);
	int err = fd < 0 ? fd : greet(s, fd);

	if (!err)
		err = dup3(fd, s->socket, O_CLOEXEC) < 0 ? -errno : 0;
	if (!err)
		syslet__send_frame(s->socket, BELL);	/* one may have been lost */
	if (fd >= 0)
		close(fd);
	return err;
}

static int resume(struct syslet *s)
{
	const struct timespec pause = { 0, PAUSE_NS };
	int64_t end = syslet__now() + s->resume_ms * 1000000ll;
	int err;

	while ((err = try_again(s)) && err != -ECONNRESET && syslet__now() < end)
		nanosleep(&pause, NULL);
	return err;
}

int syslet__revive(struct syslet *s)
{
	int state;

	pthread_mutex_lock(&s->connection);
	state = atomic_load(&s->state) == ENDED ? GONE : listen_to(s);
	if (state == BROKEN && resume(s))
		state = GONE;
	if (state == GONE) {
		consume_all(s);
		pthread_mutex_lock(&s->lock);
		atomic_store(&s->state, ENDED);
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
	}
	pthread_mutex_unlock(&s->connection);
	return state == GONE ? -ECONNRESET : 0;
}
