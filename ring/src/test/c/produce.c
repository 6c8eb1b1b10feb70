/* SPDX-License-Identifier: Apache-2.0 */
/* produce RING ID EACH: completes EACH calls, caller_data ID << 32 | sequence, status its complement. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "syslet_ring.h"

int main(int argc, char **argv)
{
	struct syslet_participant p;
	uint64_t id;
	long each;
	int err;

	if (argc != 4 || (err = syslet_ring_attach(&p, argv[1]))) {
		printf("cannot attach\n");
		return 2;
	}
	id = atoi(argv[2]);
	each = atol(argv[3]);
	for (long i = 0; i < each; i++) {
		int e;

		while ((e = syslet_ring_reserve(&p)) == -EAGAIN)
			sched_yield();
		if (e < 0) {
			printf("reserve: %d\n", e);
			return 1;
		}
		syslet_ring_arm(&p, e, id << 32 | i);
		if (syslet_ring_complete(&p, e, ~(id << 32 | i)))
			return 1;
	}
	printf("ok\n");
	return 0;
}
