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
	err = syslet__map_ring(s, fds[0]);
	if (!err)
		err = syslet__map_arena(s, fds[1]);
	if (!err && welcome->flags & WELCOME_DESCRIPTORS) {
		s->passing = fds[2];
		fds[2] = -1;
	}
	return err;
}

static int begin(struct syslet *s, char *refused)
{
	struct hello hello = {
		.frame = { sizeof(hello), HELLO, WIRE_VERSION },
		.magic = WIRE_MAGIC,
		.arena_bytes = s->arena_bytes,
		.ring_elements = s->ring_elements,
	};
	struct welcome welcome;
	int fds[3] = { -1, -1, -1 };
	int err = syslet__send_hello(s->socket, &hello);

	/* A server that refuses may have closed already, and its words are there. */
	if (!err || err == -EPIPE)
		err = syslet__receive_welcome(s->socket, &welcome, refused, fds);
	if (!err)
		err = adopt(s, &welcome, fds);
	syslet__close_files(fds);
	return err;
}

static struct syslet *make(const struct syslet_options *options)
{
	struct syslet *s = calloc(1, sizeof(*s));
	pthread_condattr_t attributes;

	if (!s)
		return NULL;
	s->socket = -1;
	s->passing = -1;
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
	if (!err) {
		s->socket = syslet__dial(s->path, s->server_user);
		err = s->socket < 0 ? s->socket : begin(s, options ? options->refused : NULL);
	}
	if (err)
		drop(s);
	else
		*session = s;
	return err;
}

void syslet_close(struct syslet *s)
{
	syslet__send_frame(s->socket, GOODBYE);
	drop(s);
}

void syslet_abandon(struct syslet *s)
{
	unmap(s);
}
