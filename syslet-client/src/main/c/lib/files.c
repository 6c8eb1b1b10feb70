/* SPDX-License-Identifier: Apache-2.0 */
/* The two files that come with a session. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int syslet__map(int fd, void **at, size_t *length)
{
	struct stat st;

	if (fstat(fd, &st))
		return -errno;
	*length = st.st_size;
	*at = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*at == MAP_FAILED) {
		*at = NULL;
		return -errno;
	}
	return 0;
}

/* Whether a file is a ring; where its gate is. */
int syslet__check_ring(const struct ring *ring, size_t length, size_t *gate)
{
	uint32_t n = length < sizeof(*ring) ? 0 : ring->elements;

	*gate = (sizeof(*ring) + 16ull * n + 63) & ~63ull;
	return n && !(n & (n - 1)) && length >= *gate + GATE_LENGTH ? 0 : -EPROTO;
}

int syslet__map_ring(struct syslet *s, int fd)
{
	size_t gate;
	int err = syslet__map(fd, (void **)&s->ring, &s->ring_length);

	if (!err)
		err = syslet__check_ring(s->ring, s->ring_length, &gate);
	if (err)
		return err;
	s->elements = s->ring->elements;
	s->tail = atomic_load(&s->ring->user_tail);
	s->waiters = (_Atomic uint64_t *)((char *)s->ring + gate + GATE_WAITERS);
	return 0;
}

int syslet__map_arena(struct syslet *s, int fd)
{
	char *at, *trailer;
	int err = syslet__map(fd, (void **)&s->arena, &s->arena_length);

	if (err)
		return err;
	if (s->arena_length < sizeof(*s->arena) || s->arena->magic != ARENA_MAGIC ||
	    s->arena->version != ARENA_VERSION)
		return -EPROTO;
	s->capacity = s->arena->queue_capacity;
	s->heap_length = s->arena->heap_length;
	if (s->capacity < sizeof(struct record) || s->capacity & (s->capacity - 1) ||
	    s->arena_length < s->arena->queue_offset + s->capacity + QUEUE_TRAILER ||
	    s->arena_length != s->arena->heap_offset + s->heap_length)
		return -EPROTO;
	at = (char *)s->arena;
	s->records = (struct record *)(at + s->arena->queue_offset);
	trailer = (char *)s->records + s->capacity;
	s->queue_tail = (_Atomic uint64_t *)(trailer + QUEUE_TAIL);
	s->queue_head = (_Atomic uint64_t *)(trailer + QUEUE_HEAD);
	s->heap = at + s->arena->heap_offset;
	return 0;
}

void syslet__close_files(int fds[3])
{
	for (int i = 0; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}
