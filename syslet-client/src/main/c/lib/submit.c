/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A batch to the server, and its answer.
 *
 *	client					server
 *	tail: CAS t -> t + 64
 *	record.length = -64 (release)
 *	base, slots, reply, count, flags
 *	record.length = 64 (release)		sees it (acquire), copies record and slots,
 *	full fence				runs the copy, writes statuses
 *	idle 1 -> 0: BELL over the socket	exchange reply: ANSWERED | result
 *	spins on reply, gives way, then		it was ASLEEP: FUTEX_WAKE on reply's upper half
 *	CAS reply 0 -> ASLEEP, FUTEX_WAIT
 *
 * Sleepers look once a second whether the connection lives.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <linux/futex.h>
#include <sched.h>

#define FIRST_NS 3000
#define SPIN_NS 30000
#define AWAY_NS 1000
#define NS_PER_CALL 1500		/* one that does not block takes less */
#define LOOKS_PER_TIME 32

static inline void relax(void)
{
#if defined(__x86_64__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("isb");
#endif
}

struct syslet_lane *syslet_lane(struct syslet *s)
{
	struct syslet_lane *lane = syslet_alloc(s, sizeof(*lane), 128);

	if (!lane)
		return NULL;
	atomic_init(&lane->reply, 0);
	lane->session = s;
	lane->shares_processor = false;
	return lane;
}

static struct record *claim(struct syslet *s)
{
	uint64_t tail = atomic_load(s->queue_tail);

	do {
		uint64_t head = atomic_load(s->queue_head);

		if (tail - head >= s->capacity)
			return NULL;
	} while (!atomic_compare_exchange_weak(s->queue_tail, &tail, tail + sizeof(struct record)));
	return s->records + (tail & (s->capacity - 1)) / sizeof(struct record);
}

static bool enqueue(struct syslet *s, const struct record *batch)
{
	struct record *record = claim(s);

	if (!record)
		return false;
	/* Orders us behind who wrote this record a lap ago. */
	atomic_load_explicit(&record->length, memory_order_acquire);
	atomic_store_explicit(&record->length, -(int)sizeof(*record), memory_order_release);
	atomic_thread_fence(memory_order_release);
	memcpy(&record->type, &batch->type, sizeof(*record) - sizeof(record->length));
	atomic_store_explicit(&record->length, sizeof(*record), memory_order_release);
	return true;
}

static int ring_bell(struct syslet *s)
{
	uint32_t one = 1;

	atomic_thread_fence(memory_order_seq_cst);
	if (atomic_load_explicit(&s->arena->idle, memory_order_relaxed) &&
	    atomic_compare_exchange_strong(&s->arena->idle, &one, 0) &&
	    syslet__send_frame(s->socket, BELL))
		return syslet__revive(s);
	return 0;
}

static uint64_t spin(_Atomic uint64_t *reply, int64_t ns)
{
	int64_t end = syslet__now() + ns;

	do {
		for (int i = 0; i < LOOKS_PER_TIME; i++) {
			uint64_t answer = atomic_load_explicit(reply, memory_order_acquire);

			if (answer)
				return answer;
			relax();
		}
	} while (syslet__now() < end);
	return 0;
}

/*
 * Gives the processor away once, in case the server waits for this very one.
 * Not away at all: nobody else is here. Away, and no answer: others are here,
 * and a waker may push them aside.
 */
static uint64_t give_way(struct syslet_lane *lane, unsigned count)
{
	int64_t start = syslet__now();
	uint64_t answer;
	bool away;

	if (count > SYSLET_MAX_BATCH)
		count = SYSLET_MAX_BATCH;
	sched_yield();
	away = syslet__now() - start > AWAY_NS;
	answer = atomic_load_explicit(&lane->reply, memory_order_acquire);
	lane->shares_processor = away && answer;
	return answer || away ? answer : spin(&lane->reply, SPIN_NS + count * (int64_t)NS_PER_CALL);
}

static uint64_t sleep_on(struct syslet *s, _Atomic uint64_t *reply)
{
	const struct timespec second = { 1, 0 };
	uint64_t answer = 0;

	if (!atomic_compare_exchange_strong(reply, &answer, ASLEEP))
		return answer;
	while ((answer = atomic_load(reply)) == ASLEEP)
		if (syslet__futex((char *)reply + 4, FUTEX_WAIT, 0, &second) &&
		    errno == ETIMEDOUT && syslet__revive(s) && atomic_load(reply) == ASLEEP)
			return ANSWERED | (uint32_t)-ECONNRESET;
	return answer;
}

int syslet_submit(struct syslet_lane *lane, struct syslet_slot *slots, unsigned count,
		  unsigned flags)
{
	struct syslet *s = lane->session;
	struct record batch = {
		.type = RECORD_BATCH,
		.base = (uintptr_t)s->arena,
		.slots = (uintptr_t)slots,
		.reply = (uintptr_t)&lane->reply,
		.count = count,
		.flags = flags,
	};
	uint64_t answer = 0;

	if (atomic_load_explicit(&s->state, memory_order_relaxed) == ENDED)
		return -ENOTCONN;
	atomic_store_explicit(&lane->reply, 0, memory_order_relaxed);
	while (!enqueue(s, &batch)) {
		if (syslet__revive(s))
			return -ENOTCONN;
		sched_yield();
	}
	if (ring_bell(s))
		return -ECONNRESET;
	if (!lane->shares_processor)
		answer = spin(&lane->reply, FIRST_NS);
	if (!answer)
		answer = give_way(lane, count);
	if (!answer)
		answer = sleep_on(s, &lane->reply);
	return (int32_t)answer;
}
