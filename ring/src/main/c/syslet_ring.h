/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The completion ring for C programs that share one with others, by a mapped file.
 *
 * The v7 part (struct syslet_ring) is all that a consumer needs:
 *
 *	head = load-acquire kernel_head
 *	while (tail != head) read completion[tail++ & (elements - 1)]
 *	store-release user_tail = tail		after the payloads were read
 *
 * kernel_head is a futex word (never FUTEX_PRIVATE). Producers call futex only
 * if a bit is set in the gate's waiters word, so a waiter
 *
 *	takes a slot (once), sets its bit in waiters	full barrier
 *	reads kernel_head again
 *	FUTEX_WAIT on the value read
 *	clears its bit
 *
 * A program that knows only v7 has no bit: it must wait with a time-out.
 *
 * A ring that a service made for one client (the gate's length is that of the v7
 * part and the gate, struct syslet_ring_producers is not there) cannot be
 * attached to: the client consumes it as above, with any bit of its own per
 * thread that waits. See syslet.h, which does all that.
 *
 * Where things lie, and why a producer does what it does below, is told in
 * RingDescriptor, Reservations, Publication, HeadMover and Recovery (Java).
 * Functions return a value or -errno. One thread at a time per slot may wait;
 * everything else is for any thread.
 */
#ifndef SYSLET_RING_H
#define SYSLET_RING_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef F_OFD_SETLK
#define F_OFD_SETLK 37
#endif

struct syslet_completion {
	uint64_t status;
	uint64_t caller_data;
};

struct syslet_ring {
	uint32_t kernel_head;
	uint32_t user_tail;
	uint32_t elements;
	uint32_t wait_group;
	struct syslet_completion comp[];
};

#define SYSLET_RING_MAGIC 0x474E49524C535953ull	/* "SYSLRING" */
#define SYSLET_RING_VERSION 1
#define SYSLET_RING_SLOTS 63

struct syslet_ring_gate {
	uint64_t magic;
	uint32_t version;
	uint32_t elements;
	uint64_t length;
	char pad[104];
	uint64_t waiters;		/* bit s: slot s sleeps on kernel_head */
	char pad1[120];
};

struct syslet_ring_producers {
	uint32_t reserve_cursor;	/* hints, all of them */
	uint32_t tail_cache;
	char pad[120];
	uint32_t claim_cursor;
	char pad1[124];
	uint32_t returned;
	uint32_t pad2;
	uint64_t attached;		/* bit s: slot s is in use */
	char pad3[112];
};

struct syslet_ring_entry {
	uint64_t word;			/* position << 32 | phase | owner */
	uint64_t caller_data;
	uint32_t state;
	uint32_t unused[3];
};

enum { SYSLET_NOT_HELD, SYSLET_IDLE, SYSLET_ARMED };
enum { SYSLET_DONE = 0, SYSLET_HELD = 1 << 8, SYSLET_RETURNED = 2 << 8 };

#define SYSLET_PUBLISHED (1ull << 31)

/* A participant: a mapping, and a slot whose byte the kernel frees at death. */
struct syslet_participant {
	struct syslet_ring *ring;
	struct syslet_ring_gate *gate;
	struct syslet_ring_producers *shared;
	struct syslet_ring_entry *entry;
	uint64_t *mark;
	uint32_t elements;		/* as checked: never read from the ring again */
	int slot;
	int fd;
};

static inline uint64_t syslet_pack(uint32_t position, uint32_t low)
{
	return (uint64_t)position << 32 | low;
}

static inline int syslet_ring_lock(int fd, int slot, short type)
{
	struct flock lock = {
		.l_type = type,
		.l_whence = SEEK_SET,
		.l_start = (1ll << 62) + slot,
		.l_len = 1,
	};
	return fcntl(fd, F_OFD_SETLK, &lock);
}

/*
 * Takes a slot that no participant has used yet, or one that was left clean:
 * a slot with the attached bit set still has calls to be recovered, which is
 * left to the Java side.
 */
static inline int syslet_ring_slot(struct syslet_participant *p)
{
	for (int slot = 1; slot <= SYSLET_RING_SLOTS; slot++) {
		uint64_t bit = 1ull << slot;

		if (syslet_ring_lock(p->fd, slot, F_WRLCK))
			continue;
		if (!(__atomic_fetch_or(&p->shared->attached, bit, __ATOMIC_SEQ_CST) & bit))
			return slot;
		syslet_ring_lock(p->fd, slot, F_UNLCK);
	}
	return -EAGAIN;
}

/* Where the parts of a ring of some bytes lie: 0; -EINVAL: no ring; -EFAULT: too short. */
static inline int syslet_ring_parts(struct syslet_participant *p, uint64_t bytes)
{
	uint32_t elements = __atomic_load_n(&p->ring->elements, __ATOMIC_ACQUIRE);
	size_t gate = (sizeof(struct syslet_ring) + 16ull * elements + 63) & ~63ull;

	if (!elements || elements & (elements - 1))
		return -EINVAL;
	if (bytes < gate + sizeof(*p->gate) + sizeof(*p->shared) + 40ull * elements)
		return -EFAULT;
	p->elements = elements;
	p->gate = (struct syslet_ring_gate *)((char *)p->ring + gate);
	p->shared = (struct syslet_ring_producers *)(p->gate + 1);
	p->entry = (struct syslet_ring_entry *)(p->shared + 1);
	p->mark = (uint64_t *)(p->entry + elements);
	return __atomic_load_n(&p->gate->magic, __ATOMIC_ACQUIRE) == SYSLET_RING_MAGIC &&
	       p->gate->version == SYSLET_RING_VERSION && p->gate->elements == elements ? 0 : -EINVAL;
}

static inline int syslet_ring_map(struct syslet_participant *p)
{
	struct stat st;
	void *base;
	int err;

	if (fstat(p->fd, &st))
		return -errno;
	if (st.st_size < (off_t)sizeof(struct syslet_ring))
		return -EFAULT;
	base = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, p->fd, 0);
	if (base == MAP_FAILED)
		return -errno;
	p->ring = (struct syslet_ring *)base;
	err = syslet_ring_parts(p, st.st_size);
	p->slot = err ? err : syslet_ring_slot(p);
	if (p->slot < 0)
		munmap(base, st.st_size);
	return p->slot < 0 ? p->slot : 0;
}

/* 0; -errno of open and mmap; -EINVAL: no ring; -EFAULT: too short; -EAGAIN: no slot. */
static inline int syslet_ring_attach(struct syslet_participant *p, const char *path)
{
	int err;

	*p = (struct syslet_participant){ .fd = open(path, O_RDWR | O_CLOEXEC) };
	if (p->fd < 0)
		return -errno;
	err = syslet_ring_map(p);
	if (err)
		close(p->fd);
	return err;
}

/* Sleeps until kernel_head is not idx. timeout may be NULL. 0, -ETIMEDOUT or -EINTR. */
static inline int syslet_ring_wait(struct syslet_participant *p, uint32_t idx,
				   const struct timespec *timeout)
{
	uint64_t bit = 1ull << p->slot;
	int err = 0;

	if (__atomic_load_n(&p->ring->kernel_head, __ATOMIC_ACQUIRE) != idx)
		return 0;
	__atomic_fetch_or(&p->gate->waiters, bit, __ATOMIC_SEQ_CST);
	while (!err && __atomic_load_n(&p->ring->kernel_head, __ATOMIC_SEQ_CST) == idx)
		if (syscall(SYS_futex, &p->ring->kernel_head, FUTEX_WAIT, idx, timeout, NULL, 0) &&
		    errno != EAGAIN)
			err = -errno;
	__atomic_fetch_and(&p->gate->waiters, ~bit, __ATOMIC_SEQ_CST);
	return err;
}

static inline int syslet_ring_tail(struct syslet_participant *p, uint32_t position)
{
	uint32_t tail = __atomic_load_n(&p->ring->user_tail, __ATOMIC_ACQUIRE);
	uint32_t head = __atomic_load_n(&p->ring->kernel_head, __ATOMIC_ACQUIRE);

	if (head - tail > p->elements)
		return tail == __atomic_load_n(&p->ring->user_tail, __ATOMIC_ACQUIRE) ? -EINVAL : -EAGAIN;
	__atomic_store_n(&p->shared->tail_cache, tail, __ATOMIC_RELEASE);
	return (int32_t)(tail - position) > 0 ? 0 : -EAGAIN;
}

static inline int syslet_ring_find_returned(struct syslet_participant *p, uint32_t from)
{
	uint32_t mask = p->elements - 1;

	for (uint32_t i = 0; i <= mask; i++) {
		uint32_t e = (from + i) & mask;
		uint64_t word = __atomic_load_n(&p->entry[e].word, __ATOMIC_ACQUIRE);

		if ((word & 0xff00) == SYSLET_RETURNED &&
		    __atomic_compare_exchange_n(&p->entry[e].word, &word,
						syslet_pack(word >> 32, SYSLET_HELD | p->slot), 0,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
			p->entry[e].state = SYSLET_IDLE;
			return e;
		}
	}
	return -EAGAIN;
}

/* An entry that was given back. Whoever clears the hint looks at the words again. */
static inline int syslet_ring_take_returned(struct syslet_participant *p)
{
	uint32_t none = 0, hint;

	while ((hint = __atomic_load_n(&p->shared->returned, __ATOMIC_ACQUIRE))) {
		uint32_t old = hint;
		int e = syslet_ring_find_returned(p, hint - 1);

		if (e >= 0)
			return e;
		if (!__atomic_compare_exchange_n(&p->shared->returned, &old, 0, 0,
						 __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			continue;
		e = syslet_ring_find_returned(p, hint - 1);
		if (e >= 0) {
			__atomic_compare_exchange_n(&p->shared->returned, &none, hint, 0,
						    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
			return e;
		}
	}
	return -EAGAIN;
}

/* Takes a reservation: an entry, -EAGAIN when full, -EINVAL when corrupt. */
static inline int syslet_ring_reserve(struct syslet_participant *p)
{
	uint32_t mask = p->elements - 1;
	uint32_t pos = __atomic_load_n(&p->shared->reserve_cursor, __ATOMIC_ACQUIRE);

	for (;;) {
		uint32_t cached = __atomic_load_n(&p->shared->tail_cache, __ATOMIC_ACQUIRE);
		uint64_t mark, word;
		uint32_t at, e;
		int err;

		if ((int32_t)(cached - pos) <= 0 && (err = syslet_ring_tail(p, pos)))
			return err == -EAGAIN ? syslet_ring_take_returned(p) : err;
		mark = __atomic_load_n(&p->mark[pos & mask], __ATOMIC_ACQUIRE);
		at = mark >> 32;
		if (at != pos) {
			if (at == pos - p->elements)
				return -EINVAL;
			pos = at - p->elements + 1;
			continue;
		}
		if (!(mark & SYSLET_PUBLISHED))
			return -EINVAL;
		e = mark & (SYSLET_PUBLISHED - 1) & mask;
		word = __atomic_load_n(&p->entry[e].word, __ATOMIC_ACQUIRE);
		if (word >> 32 == pos && (word & 0xff00) == SYSLET_DONE &&
		    __atomic_compare_exchange_n(&p->entry[e].word, &word,
						syslet_pack(pos, SYSLET_HELD | p->slot), 0,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
			__atomic_store_n(&p->shared->reserve_cursor, pos + 1, __ATOMIC_RELEASE);
			p->entry[e].state = SYSLET_IDLE;
			return e;
		}
		pos++;
	}
}

/* Before a call starts: what recovery will complete it with. */
static inline void syslet_ring_arm(struct syslet_participant *p, int e, uint64_t caller_data)
{
	p->entry[e].caller_data = caller_data;
	__atomic_store_n(&p->entry[e].state, SYSLET_ARMED, __ATOMIC_RELEASE);
}

/* The call did not block: the reservation stays with its holder. */
static inline void syslet_ring_disarm(struct syslet_participant *p, int e)
{
	__atomic_store_n(&p->entry[e].state, SYSLET_IDLE, __ATOMIC_RELEASE);
}

static inline uint32_t syslet_ring_claim(struct syslet_participant *p, int e)
{
	uint32_t mask = p->elements - 1;
	uint32_t pos = __atomic_load_n(&p->shared->claim_cursor, __ATOMIC_ACQUIRE);

	for (;;) {
		uint64_t mark = __atomic_load_n(&p->mark[pos & mask], __ATOMIC_ACQUIRE);

		if ((uint32_t)(mark >> 32) != pos - p->elements) {
			pos = (uint32_t)(mark >> 32) + 1;
		} else if (__atomic_compare_exchange_n(&p->mark[pos & mask], &mark,
						       syslet_pack(pos, e), 0,
						       __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
			__atomic_store_n(&p->shared->claim_cursor, pos + 1, __ATOMIC_RELEASE);
			return pos;
		}
	}
}

/* Moves the head over every contiguous published position. */
static inline void syslet_ring_move(struct syslet_participant *p)
{
	uint32_t mask = p->elements - 1;

	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	for (uint32_t tries = p->elements + 2; tries; tries--) {
		uint32_t head = __atomic_load_n(&p->ring->kernel_head, __ATOMIC_SEQ_CST);
		uint64_t mark = __atomic_load_n(&p->mark[head & mask], __ATOMIC_SEQ_CST);

		if (mark >> 32 != head || !(mark & SYSLET_PUBLISHED)) {
			/* Either nothing is published there, or the value of head is old. */
			if (__atomic_load_n(&p->ring->kernel_head, __ATOMIC_SEQ_CST) == head)
				return;
			continue;
		}
		__atomic_compare_exchange_n(&p->ring->kernel_head, &head, head + 1, 0,
					    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	}
}

static inline void syslet_ring_wake(struct syslet_participant *p)
{
	if (__atomic_load_n(&p->gate->waiters, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &p->ring->kernel_head, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* Publishes the completion of an armed entry, moves the head, wakes. 0 or -EINVAL. */
static inline int syslet_ring_complete(struct syslet_participant *p, int e, uint64_t status)
{
	struct syslet_ring_entry *entry = &p->entry[e & (p->elements - 1)];
	struct syslet_completion *comp;
	uint32_t pos;

	if (entry->state != SYSLET_ARMED)
		return -EINVAL;
	pos = syslet_ring_claim(p, e);
	comp = &p->ring->comp[pos & (p->elements - 1)];
	comp->status = status;
	comp->caller_data = entry->caller_data;
	entry->state = SYSLET_NOT_HELD;
	__atomic_store_n(&entry->word, syslet_pack(pos, SYSLET_DONE | p->slot), __ATOMIC_RELEASE);
	__atomic_store_n(&p->mark[pos & (p->elements - 1)],
			 syslet_pack(pos, e) | SYSLET_PUBLISHED, __ATOMIC_RELEASE);
	syslet_ring_move(p);
	syslet_ring_wake(p);
	return 0;
}

#endif
