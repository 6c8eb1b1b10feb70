/* SPDX-License-Identifier: Apache-2.0 */
/* Frames, ring and arena as docs/protocol.md, docs/ring.md and docs/local-clients.md draw them. */
#ifndef SYSLET_LAYOUT_H
#define SYSLET_LAYOUT_H

#include "syslet.h"

#include <stdatomic.h>

#define WIRE_MAGIC 0x4c535953u		/* "SYSL" */
#define WIRE_VERSION 1
enum { HELLO = 1, WELCOME = 2, REFUSED = 3, BELL = 5, GOODBYE = 12 };

struct frame {
	uint32_t length;
	uint16_t type;
	uint16_t version;
};

struct hello {
	struct frame frame;
	uint32_t magic;
	uint16_t kind;			/* 0: local */
	uint16_t flags;
	uint8_t token[16];
	uint64_t consumed;
	uint64_t answered;
	uint64_t arena_bytes;
	uint32_t ring_elements;
	uint32_t instance;		/* 0: it has no files of a session yet */
};

#define HELLO_RESUME 1

struct welcome {
	struct frame frame;
	uint64_t session;
	uint8_t token[16];
	uint32_t instance;
	uint32_t reserved;
	uint64_t received;
	uint64_t arena_bytes;
	uint32_t ring_elements;
	uint32_t max_in_flight;
	uint32_t read_timeout_ms;
	uint16_t flags;
	uint16_t machine;
	uint64_t posted;
};

#define WELCOME_FILES 2
#define WELCOME_DESCRIPTORS 4

struct refused {
	struct frame frame;
	uint32_t error;
	char text[512];
};

/* The ring's v7 part, and from its gate the one word that a client needs. */
struct ring {
	_Atomic uint32_t kernel_head;
	_Atomic uint32_t user_tail;
	uint32_t elements;
	uint32_t wait_group;
	struct {
		int64_t status;
		uint64_t caller_data;
	} comp[];
};

#define GATE_LENGTH 256
#define GATE_WAITERS 128
#define WAITER_BIT 2

struct arena {
	uint64_t magic;
	uint32_t version;
	uint32_t queue_capacity;
	uint64_t queue_offset;
	uint64_t heap_offset;
	uint64_t heap_length;
	char pad[88];
	_Atomic uint32_t idle;
};

#define ARENA_MAGIC 0x414e455241535953ull	/* "SYSARENA" */
#define ARENA_VERSION 1

struct record {
	_Atomic int32_t length;
	int32_t type;
	uint64_t base;
	uint64_t slots;
	uint64_t reply;
	uint32_t count;
	uint32_t flags;
	uint64_t reserved[3];
};

#define RECORD_BATCH 1
#define QUEUE_TAIL 128
#define QUEUE_HEAD 384
#define QUEUE_TRAILER 768

#define ANSWERED (1ull << 63)
#define ASLEEP 1ull

_Static_assert(sizeof(struct hello) == 64 && sizeof(struct welcome) == 80, "as docs/protocol.md");
_Static_assert(sizeof(struct record) == 64 && offsetof(struct arena, idle) == 128, "as ArenaLayout");
_Static_assert(sizeof(struct syslet_slot) == 128 && offsetof(struct syslet_slot, ring) == 64,
	       "as CallSlots");
_Static_assert(offsetof(struct syslet_slot, deadline) == 120, "as CallSlots");

#endif
