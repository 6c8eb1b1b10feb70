// SPDX-License-Identifier: Apache-2.0
// The header in C++: compiled, not run.
#include "syslet.h"

int begin(struct syslet **session)
{
	struct syslet_options options{};

	options.ring_elements = 64;
	return syslet_connect(session, nullptr, &options);
}

int fill(struct syslet_lane *lane, struct syslet_slot *slot)
{
	syslet_set(slot, 1, 39, 0, 0, 0, 0, 0, 0);
	return syslet_submit(lane, slot, 1, SYSLET_NONBLOCK);
}
