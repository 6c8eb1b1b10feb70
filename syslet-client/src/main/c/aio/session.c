/* SPDX-License-Identifier: Apache-2.0 */
/* The session of the process, the thread that collects what has blocked, and fork. */
#define _GNU_SOURCE
#include "request.h"

#include "lib/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define ARENA_BYTES (256ull << 20)
#define RESUME_MS 3000
#define HIGH_NUMBER 500

enum { UNDECIDED, OURS, THEIRS };

static pthread_mutex_t deciding = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int whose;
static struct syslet *session;
static _Atomic bool is_lost;

struct syslet *aio_session(void)
{
	return atomic_load_explicit(&is_lost, memory_order_acquire) ? NULL : session;
}

/* The arena is there as long as the process. */
void give_memory(void *memory, size_t size)
{
	syslet_free(session, memory, size);
}

/* The server is gone for good: threads do its work. */
static void lose(void)
{
	struct request *all;

	pthread_mutex_lock(&aio_lock);
	atomic_store(&is_lost, true);
	all = take_lost();
	pthread_mutex_unlock(&aio_lock);
	while (all) {
		struct request *r = all;

		all = r->ready;
		go_on(r, -EOWNERDEAD);
	}
}

static void *collect(void *unused)
{
	const struct timespec second = { 1, 0 };
	int64_t swept = 0;
	int err;

	(void)unused;
	do {
		err = syslet_wait(session, &second);
		syslet_drain(session, came, NULL, UINT32_MAX);
		if (syslet__now() - swept > 1000000000) {
			swept = syslet__now();
			pthread_mutex_lock(&aio_lock);
			sweep_files();
			pthread_mutex_unlock(&aio_lock);
		}
	} while (err != -ECONNRESET);
	lose();
	return NULL;
}

/* Out of the way of programs that close, and use again, all low numbers. */
static int move_up(int fd)
{
	int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_NUMBER);

	if (moved < 0)
		return fd;
	close(fd);
	return moved;
}

static int begin(struct syslet_options *options)
{
	int err = syslet_connect(&session, NULL, options);

	if (err)
		return err;
	session->socket = move_up(session->socket);
	session->passing = move_up(session->passing);
	err = session->passing < 0 ? -EOPNOTSUPP : -start_thread(collect, NULL);
	if (err) {
		syslet_close(session);
		session = NULL;
	}
	return err;
}

static void decide(void)
{
	struct syslet_options options = { .arena_bytes = ARENA_BYTES, .resume_ms = RESUME_MS };
	int err = begin(&options);

	if (err)
		fprintf(stderr, "libsyslet-aio: %s: the C library's own is used\n",
			*options.refused ? options.refused
			: err == -EOPNOTSUPP ? "the server takes no descriptors" : strerror(-err));
	atomic_store(&whose, err ? THEIRS : OURS);
}

/* Whether there is, or was, a server; asks for it the first time. */
bool use_server(void)
{
	if (atomic_load_explicit(&whose, memory_order_acquire) == UNDECIDED) {
		pthread_mutex_lock(&deciding);
		if (atomic_load(&whose) == UNDECIDED)
			decide();
		pthread_mutex_unlock(&deciding);
	}
	return atomic_load(&whose) == OURS;
}

static void before_fork(void)
{
	pthread_mutex_lock(&deciding);
	pthread_mutex_lock(&aio_lock);
}

static void in_parent(void)
{
	pthread_mutex_unlock(&aio_lock);
	pthread_mutex_unlock(&deciding);
}

/* Requests are not inherited: a child that has some of its own begins anew. */
static void in_child(void)
{
	pthread_mutex_init(&aio_lock, NULL);
	pthread_mutex_init(&deciding, NULL);
	if (session)
		syslet_abandon(session);
	session = NULL;
	is_lost = false;
	forget_files();
	forget_requests(NULL);
	forget_lanes();
	if (whose == OURS)
		whose = UNDECIDED;
}

static __attribute__((constructor)) void loaded(void)
{
	pthread_atfork(before_fork, in_parent, in_child);
}

/* The server need not keep the session for who may come back. */
static __attribute__((destructor)) void unloaded(void)
{
	if (session && !is_lost)
		syslet__send_frame(session->socket, GOODBYE);
}
