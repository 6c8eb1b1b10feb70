/* SPDX-License-Identifier: Apache-2.0 */
/* Asking pending calls to end: a call that no host has, "Calling back" in docs/protocol.md. */
#include "internal.h"

#define CANCEL 0x535a

int syslet_cancel(struct syslet_lane *lane, unsigned which, uint64_t value)
{
	int accepted;

	syslet_set(&lane->own, 0, CANCEL, which, value, 0, 0, 0, 0);
	accepted = syslet_submit(lane, &lane->own, 1, 0);
	return accepted < 0 ? accepted : (int)lane->own.status;
}
