/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completions come to the ring, in any order: the program's go to the backlog,
 * those of syslet_call to the thread that waits for it. Of all threads that
 * wait, one sleeps on the ring, the others on a condition.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>

#define CHUNK 64

static void put_back(struct backlog *b, const struct completion *c)
{
	if (b->count == b->capacity) {
		size_t more = b->capacity ? 2 * b->capacity : 256;
		struct completion *all = malloc(more * sizeof(*all));

		if (!all)
			abort();	/* it would be lost */
		for (size_t i = 0; i < b->count; i++)
			all[i] = b->all[(b->head + i) % b->capacity];
		free(b->all);
		*b = (struct backlog){ all, more, 0, b->count };
	}
	b->all[(b->head + b->count++) % b->capacity] = *c;
}

/* A thread of an earlier process does not wait any more. */
static void end_own(struct syslet *s, const struct completion *c)
{
	uint64_t address = c->caller_data & ((1ull << PROCESS_SHIFT) - 1);
	struct waited *call = (struct waited *)(uintptr_t)address;

	if ((c->caller_data >> PROCESS_SHIFT & PROCESS_MASK) != s->process)
		return;
	if (!atomic_load_explicit(&call->has_ended, memory_order_acquire)) {
		call->status = c->status;
		call->has_ended = true;
	}
}

/* What the server may forget: all but what the next process must hear. */
void syslet__settle(struct syslet *s, struct ring *ring)
{
	uint32_t tail = s->tail;

	if (s->kept) {
		uint64_t settled = atomic_load(&s->kept->settled);

		if (s->handlers)
			tail = s->oldest;
		else if (s->backlog.count)
			tail = s->backlog.all[s->backlog.head].at;
		atomic_store(&s->kept->settled, settled + (uint32_t)(tail - (uint32_t)settled));
	}
	atomic_store_explicit(&ring->user_tail, tail, memory_order_release);
}

void syslet__take_from(struct syslet *s, struct ring *ring)
{
	uint32_t head = atomic_load_explicit(&ring->kernel_head, memory_order_acquire);

	/* What another server's ring brings first has been here before. */
	for (; (int32_t)(head - s->tail) > 0; s->tail++) {
		uint32_t i = s->tail & (ring->elements - 1);
		struct completion c = { ring->comp[i].status, ring->comp[i].caller_data, s->tail };

		s->consumed++;
		if (c.caller_data & OWN_CALL)
			end_own(s, &c);
		else
			put_back(&s->backlog, &c);
	}
	syslet__settle(s, ring);
}

void syslet__take_all(struct syslet *s)
{
	uint32_t head = atomic_load_explicit(&s->ring->kernel_head, memory_order_acquire);

	if (head == s->tail || atomic_load(&s->state) == ENDED)
		return;
	syslet__take_from(s, s->ring);
	pthread_cond_broadcast(&s->changed);
}

/* Sleeps until the head moves, or for a second: 0 or -errno. */
static int sleep_on_ring(struct syslet *s, uint32_t tail, int64_t deadline)
{
	int err = 0;

	atomic_fetch_or(s->waiters, WAITER_BIT);
	if (atomic_load(&s->ring->kernel_head) == tail) {
		struct timespec time = syslet__left(deadline);

		if (syslet__futex(&s->ring->kernel_head, FUTEX_WAIT, tail, &time))
			err = errno == EAGAIN ? 0 : -errno;
	}
	atomic_fetch_and(s->waiters, ~(uint64_t)WAITER_BIT);
	return err;
}

/* The one thread of which the others depend; the lock is given up meanwhile. */
static int wait_as_sleeper(struct syslet *s, int64_t deadline)
{
	uint32_t tail = s->tail;
	int err;

	s->has_sleeper = true;
	pthread_mutex_unlock(&s->lock);
	err = sleep_on_ring(s, tail, deadline);
	if (err == -ETIMEDOUT) {
		syslet__revive(s);
		err = 0;
	}
	pthread_mutex_lock(&s->lock);
	s->has_sleeper = false;
	pthread_cond_broadcast(&s->changed);
	return err;
}

static void wait_for_sleeper(struct syslet *s, int64_t deadline)
{
	struct timespec until = { deadline / 1000000000, deadline % 1000000000 };

	if (deadline == INT64_MAX)
		pthread_cond_wait(&s->changed, &s->lock);
	else
		pthread_cond_timedwait(&s->changed, &s->lock, &until);
}

/* Waits for a call, or, without one, for a completion of the program's. */
int syslet__await(struct syslet *s, const struct waited *call, int64_t deadline)
{
	int err = 0;

	while (!err) {
		syslet__take_all(s);
		if (call ? call->has_ended : s->backlog.count)
			return 0;
		if (atomic_load(&s->state) == ENDED)
			return -ECONNRESET;
		if (syslet__now() >= deadline)
			return -ETIMEDOUT;
		if (s->has_sleeper)
			wait_for_sleeper(s, deadline);
		else
			err = wait_as_sleeper(s, deadline);
	}
	return err;
}

int syslet_wait(struct syslet *s, const struct timespec *timeout)
{
	int64_t deadline = syslet__deadline(timeout);
	int err;

	pthread_mutex_lock(&s->lock);
	err = syslet__await(s, NULL, deadline);
	pthread_mutex_unlock(&s->lock);
	return err;
}

static unsigned take_some(struct syslet *s, struct completion *to, unsigned limit)
{
	struct backlog *b = &s->backlog;
	unsigned n = 0;

	pthread_mutex_lock(&s->lock);
	syslet__take_all(s);
	for (; b->count && n < limit && n < CHUNK; b->count--) {
		to[n++] = b->all[b->head];
		b->head = (b->head + 1) % b->capacity;
	}
	if (n && !s->handlers++)
		s->oldest = to->at;
	pthread_mutex_unlock(&s->lock);
	return n;
}

static void handed_out(struct syslet *s)
{
	pthread_mutex_lock(&s->lock);
	s->handlers--;
	syslet__settle(s, s->ring);
	pthread_mutex_unlock(&s->lock);
}

int syslet_drain(struct syslet *s, syslet_handler handler, void *argument, unsigned limit)
{
	struct completion some[CHUNK];
	unsigned total = 0, n;

	do {
		n = take_some(s, some, limit - total);
		for (unsigned i = 0; i < n; i++)
			handler(argument, some[i].status, some[i].caller_data);
		if (n)
			handed_out(s);
		total += n;
	} while (n == CHUNK);
	return total;
}
