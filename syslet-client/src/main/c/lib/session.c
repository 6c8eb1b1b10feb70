/* SPDX-License-Identifier: Apache-2.0 */
/* The beginning and the end of a session. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define RESUME_MS 10000

static int adopt(struct syslet *s, const struct welcome *welcome, int fds[3])
{
	int err;

	if (!(welcome->flags & WELCOME_FILES) || fds[1] < 0)
		return -EPROTO;
	memcpy(s->token, welcome->token, sizeof(s->token));
	s->instance = welcome->instance;
	syslet__remember(s);
	err = syslet__map_ring(s, fds[0]);
	if (!err)
		err = syslet__map_arena(s, fds[1]);
	if (!err && welcome->flags & WELCOME_DESCRIPTORS) {
		s->passing = fds[2];
		fds[2] = -1;
	}
	return err;
}

/* What an earlier process has left of it. */
static void resume(struct syslet *s, struct hello *hello)
{
	hello->flags = HELLO_RESUME;
	memcpy(hello->token, s->kept->token, sizeof(hello->token));
	hello->consumed = s->consumed = atomic_load(&s->kept->settled);
}

static uint32_t origin(const struct syslet *s, const struct welcome *welcome)
{
	if (!syslet__has_session(s))
		return SYSLET_NEW;
	return welcome->instance == s->kept->instance ? SYSLET_RESUMED : SYSLET_RECOVERED;
}

static int begin(struct syslet *s, struct syslet_options *options)
{
	struct hello hello = {
		.frame = { sizeof(hello), HELLO, WIRE_VERSION },
		.magic = WIRE_MAGIC,
		.arena_bytes = s->arena_bytes,
		.ring_elements = s->ring_elements,
	};
	struct welcome welcome;
	int fds[3] = { -1, -1, -1 };
	int err;

	if (syslet__has_session(s))
		resume(s, &hello);
	err = syslet__send_hello(s->socket, &hello);
	/* A server that refuses may have closed already, and its words are there. */
	if (!err || err == -EPIPE)
		err = syslet__receive_welcome(s->socket, &welcome,
					      options ? options->refused : NULL, fds);
	if (!err && options)
		options->origin = origin(s, &welcome);
	if (!err)
		err = adopt(s, &welcome, fds);
	syslet__close_files(fds);
	return err;
}

static int dial(struct syslet *s, struct syslet_options *options)
{
	s->socket = syslet__dial(s->path, s->server_user);
	return s->socket < 0 ? s->socket : begin(s, options);
}

/* A session that is over is followed by a new one. */
static int find(struct syslet *s, struct syslet_options *options)
{
	int err = dial(s, options);

	if ((err != -ESTALE && err != -EPERM && err != -ERANGE) || !syslet__has_session(s))
		return err;
	syslet__forget(s);
	s->consumed = 0;
	close(s->socket);
	return dial(s, options);
}

static struct syslet *make(const struct syslet_options *options)
{
	struct syslet *s = calloc(1, sizeof(*s));
	pthread_condattr_t attributes;

	if (!s)
		return NULL;
	s->socket = -1;
	s->passing = -1;
	s->kept_fd = -1;
	s->resume_ms = options && options->resume_ms ? options->resume_ms : RESUME_MS;
	s->server_user = options ? options->server_user : 0;
	s->arena_bytes = options ? options->arena_bytes : 0;
	s->ring_elements = options ? options->ring_elements : 0;
	pthread_mutex_init(&s->connection, NULL);
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->heap_lock, NULL);
	pthread_mutex_init(&s->passing_lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&s->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	return s;
}

/* What a child of fork may give back: nobody is left who could let go of a lock. */
static void unmap(struct syslet *s)
{
	if (s->ring)
		munmap(s->ring, s->ring_length);
	if (s->arena)
		munmap(s->arena, s->arena_length);
	if (s->socket >= 0)
		close(s->socket);
	if (s->passing >= 0)
		close(s->passing);
	if (s->kept_length)
		munmap(s->kept, s->kept_length);
	if (s->kept_fd >= 0)
		close(s->kept_fd);
	free(s->backlog.all);
	free(s);
}

static void drop(struct syslet *s)
{
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->passing_lock);
	pthread_mutex_destroy(&s->heap_lock);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->connection);
	unmap(s);
}

int syslet_connect(struct syslet **session, const char *path, struct syslet_options *options)
{
	struct syslet *s = make(options);
	int err;

	if (!s)
		return -ENOMEM;
	if (options)
		options->refused[0] = 0;
	err = syslet__find(s->path, path);
	if (!err && options && options->session)
		err = syslet__keep(s, options->session);
	if (!err)
		err = find(s, options);
	if (err)
		drop(s);
	else
		*session = s;
	return err;
}

void syslet_close(struct syslet *s)
{
	syslet__send_frame(s->socket, GOODBYE);
	syslet__forget(s);
	drop(s);
}

void syslet_abandon(struct syslet *s)
{
	unmap(s);
}
