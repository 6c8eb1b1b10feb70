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

void syslet__take(struct syslet *s, const struct completion *c)
{
	struct waited *call = (struct waited *)(uintptr_t)(c->caller_data & ~OWN_CALL);

	s->consumed++;
	if (!(c->caller_data & OWN_CALL)) {
		put_back(&s->backlog, c);
	} else if (!atomic_load_explicit(&call->has_ended, memory_order_acquire)) {
		call->status = c->status;
		call->has_ended = true;
	}
}

void syslet__take_all(struct syslet *s)
{
	uint32_t head = atomic_load_explicit(&s->ring->kernel_head, memory_order_acquire);

	if (head == s->tail || atomic_load(&s->state) == ENDED)
		return;
	for (; s->tail != head; s->tail++) {
		uint32_t i = s->tail & (s->elements - 1);
		struct completion c = { s->ring->comp[i].status, s->ring->comp[i].caller_data };

		syslet__take(s, &c);
	}
	atomic_store_explicit(&s->ring->user_tail, s->tail, memory_order_release);
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
	pthread_mutex_unlock(&s->lock);
	return n;
}

int syslet_drain(struct syslet *s, syslet_handler handler, void *argument, unsigned limit)
{
	struct completion some[CHUNK];
	unsigned total = 0, n;

	do {
		n = take_some(s, some, limit - total);
		for (unsigned i = 0; i < n; i++)
			handler(argument, some[i].status, some[i].caller_data);
		total += n;
	} while (n == CHUNK);
	return total;
}
