/* SPDX-License-Identifier: Apache-2.0 */
/*
 * consume RING PRODUCERS EACH: takes PRODUCERS * EACH completions, waiting by futex.
 *
 * caller_data is producer << 32 | sequence, status is its complement. Each producer's sequence must be
 * in order without a gap or a repetition. Prints how often it slept. Written from the ABI table: of the
 * header it uses the structures, the slot and the wait.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "syslet_ring.h"

static uint32_t next[64];

static void check(const struct syslet_completion *comp, int producers)
{
	uint32_t who = comp->caller_data >> 32, seq = comp->caller_data;

	if ((int)who >= producers || seq != next[who] || comp->status != ~comp->caller_data) {
		printf("bad completion %" PRIx64 " %" PRIx64 "\n", comp->status, comp->caller_data);
		exit(1);
	}
	next[who]++;
}

int main(int argc, char **argv)
{
	struct syslet_participant p;
	struct syslet_ring *ring;
	int producers, slept = 0, err;
	uint64_t total, seen = 0;
	uint32_t tail, head;

	if (argc != 4 || (err = syslet_ring_attach(&p, argv[1]))) {
		printf("cannot attach\n");
		return 2;
	}
	ring = p.ring;
	producers = atoi(argv[2]);
	total = (uint64_t)producers * atoi(argv[3]);
	tail = ring->user_tail;
	while (seen < total) {
		head = __atomic_load_n(&ring->kernel_head, __ATOMIC_ACQUIRE);
		if (head == tail) {
			slept++;
			syslet_ring_wait(&p, head, NULL);
			continue;
		}
		for (; tail != head; tail++, seen++)
			check(&ring->comp[tail & (p.elements - 1)], producers);
		__atomic_store_n(&ring->user_tail, tail, __ATOMIC_RELEASE);
	}
	printf("ok %" PRIu64 " slept %d\n", seen, slept);
	return __atomic_load_n(&ring->kernel_head, __ATOMIC_ACQUIRE) != tail;
}
