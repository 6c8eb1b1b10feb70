/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client library of the syslet service; see syslet.h.
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
 * Completions: load-acquire kernel_head, read, store-release user_tail. A waiter
 * sets its bit in the gate's waiters (full fence) and reads the head again
 * before it sleeps on it.
 *
 * The socket is silent meanwhile: when something can be read there, or its end,
 * the server is going. Sleepers look once a second.
 */
#define _GNU_SOURCE
#include "syslet.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

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

#define FIRST_NS 3000
#define SPIN_NS 30000
#define AWAY_NS 1000
#define NS_PER_CALL 1500		/* one that does not block takes less */
#define LOOKS_PER_TIME 32

struct syslet {
	int socket;
	struct ring *ring;
	size_t ring_length;
	uint32_t elements;
	uint32_t tail;
	_Atomic uint64_t *waiters;
	struct arena *arena;
	size_t arena_length;
	struct record *records;
	uint32_t capacity;
	_Atomic uint64_t *queue_tail;
	_Atomic uint64_t *queue_head;
	char *heap;
	size_t heap_length;
	_Atomic size_t used;
};

struct syslet_lane {
	_Atomic uint64_t reply;
	struct syslet *session;
	bool shares_processor;		/* with the server: the last wait has shown it */
};

static long futex(void *word, int op, uint32_t value, const struct timespec *timeout)
{
	return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static inline void relax(void)
{
#if defined(__x86_64__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("isb");
#endif
}

/* The socket. */

static int send_all(int fd, const void *data, size_t length)
{
	while (length) {
		ssize_t n = send(fd, data, length, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data = (const char *)data + n;
		length -= n;
	}
	return 0;
}

static int receive_all(int fd, void *data, size_t length)
{
	while (length) {
		ssize_t n = recv(fd, data, length, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -ECONNRESET;
		data = (char *)data + n;
		length -= n;
	}
	return 0;
}

/* The header of a frame, and the descriptors that came with its first byte. */
static int receive_header(int fd, struct frame *frame, int fds[2])
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec vector = { frame, sizeof(*frame) };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *c;
	ssize_t n;

	while ((n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	if (n <= 0)
		return n ? -errno : -ECONNRESET;
	c = CMSG_FIRSTHDR(&message);
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
		memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
	return receive_all(fd, (char *)frame + n, sizeof(*frame) - n);
}

static int receive_refused(int fd, struct refused *r, struct syslet_options *options)
{
	size_t length = r->frame.length - sizeof(r->frame);
	int err;

	if (r->frame.length < 12 || r->frame.length > sizeof(*r))
		return -EPROTO;
	err = receive_all(fd, &r->error, length);
	if (err)
		return err;
	if (options) {
		size_t text = length - 4;

		if (text >= sizeof(options->refused))
			text = sizeof(options->refused) - 1;
		memcpy(options->refused, r->text, text);
		options->refused[text] = 0;
	}
	return r->error && r->error < 4096 ? -(int)r->error : -EPROTO;
}

static int receive_welcome(int fd, struct syslet_options *options, int fds[2])
{
	union {
		struct frame frame;
		struct welcome welcome;
		struct refused refused;
	} in;
	int err = receive_header(fd, &in.frame, fds);

	if (err)
		return err;
	if (in.frame.version != WIRE_VERSION)
		return -EPROTO;
	if (in.frame.type == REFUSED)
		return receive_refused(fd, &in.refused, options);
	if (in.frame.type != WELCOME || in.frame.length != sizeof(in.welcome))
		return -EPROTO;
	err = receive_all(fd, &in.frame + 1, sizeof(in.welcome) - sizeof(in.frame));
	if (err)
		return err;
	return in.welcome.flags & WELCOME_FILES && fds[1] >= 0 ? 0 : -EPROTO;
}

static int send_frame(int fd, int type)
{
	struct frame frame = { sizeof(frame), type, WIRE_VERSION };

	return send_all(fd, &frame, sizeof(frame));
}

/* Nothing is said on the socket while the session lasts. */
static bool is_alive(struct syslet *s)
{
	char byte;

	return recv(s->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
	       (errno == EAGAIN || errno == EINTR);
}

/* The two files. */

static int map(int fd, void **at, size_t *length)
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

static int map_ring(struct syslet *s, int fd)
{
	void *at;
	size_t gate;
	int err = map(fd, &at, &s->ring_length);

	if (err)
		return err;
	s->ring = at;
	if (s->ring_length < sizeof(*s->ring))
		return -EPROTO;
	s->elements = s->ring->elements;
	s->tail = atomic_load(&s->ring->user_tail);
	gate = (sizeof(*s->ring) + 16ull * s->elements + 63) & ~63ull;
	if (!s->elements || s->elements & (s->elements - 1) || s->ring_length < gate + GATE_LENGTH)
		return -EPROTO;
	s->waiters = (_Atomic uint64_t *)((char *)at + gate + GATE_WAITERS);
	return 0;
}

static int map_arena(struct syslet *s, int fd)
{
	char *at, *trailer;
	int err = map(fd, (void **)&at, &s->arena_length);

	if (err)
		return err;
	s->arena = (struct arena *)at;
	if (s->arena_length < sizeof(*s->arena) || s->arena->magic != ARENA_MAGIC ||
	    s->arena->version != ARENA_VERSION)
		return -EPROTO;
	s->capacity = s->arena->queue_capacity;
	s->heap_length = s->arena->heap_length;
	if (s->capacity < sizeof(struct record) || s->capacity & (s->capacity - 1) ||
	    s->arena_length < s->arena->queue_offset + s->capacity + QUEUE_TRAILER ||
	    s->arena_length != s->arena->heap_offset + s->heap_length)
		return -EPROTO;
	s->records = (struct record *)(at + s->arena->queue_offset);
	trailer = (char *)s->records + s->capacity;
	s->queue_tail = (_Atomic uint64_t *)(trailer + QUEUE_TAIL);
	s->queue_head = (_Atomic uint64_t *)(trailer + QUEUE_HEAD);
	s->heap = at + s->arena->heap_offset;
	return 0;
}

/* Setting up. */

static int dial(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		int err = -errno;

		close(fd);
		return err;
	}
	return fd;
}

static int begin(struct syslet *s, struct syslet_options *options)
{
	struct hello hello = {
		.frame = { sizeof(hello), HELLO, WIRE_VERSION },
		.magic = WIRE_MAGIC,
		.arena_bytes = options ? options->arena_bytes : 0,
		.ring_elements = options ? options->ring_elements : 0,
	};
	int fds[2] = { -1, -1 };
	int err = send_all(s->socket, &hello, sizeof(hello));

	/* A server that refuses may have closed already, and its words are there. */
	if (!err || err == -EPIPE)
		err = receive_welcome(s->socket, options, fds);
	if (!err)
		err = map_ring(s, fds[0]);
	if (!err)
		err = map_arena(s, fds[1]);
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	return err;
}

static void drop(struct syslet *s)
{
	if (s->ring)
		munmap(s->ring, s->ring_length);
	if (s->arena)
		munmap(s->arena, s->arena_length);
	close(s->socket);
	free(s);
}

int syslet_connect(struct syslet **session, const char *path, struct syslet_options *options)
{
	struct syslet *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	if (options)
		options->refused[0] = 0;
	s->socket = dial(path);
	if (s->socket < 0) {
		err = s->socket;
		free(s);
		return err;
	}
	err = begin(s, options);
	if (err)
		drop(s);
	else
		*session = s;
	return err;
}

void syslet_close(struct syslet *s)
{
	send_frame(s->socket, GOODBYE);
	drop(s);
}

/* Memory. */

void *syslet_alloc(struct syslet *s, size_t size, size_t alignment)
{
	size_t used = atomic_load(&s->used), at;

	do {
		at = used + (-(uintptr_t)(s->heap + used) & (alignment - 1));
		if (at > s->heap_length || size > s->heap_length - at)
			return NULL;
	} while (!atomic_compare_exchange_weak(&s->used, &used, at + size));
	return s->heap + at;
}

struct syslet_lane *syslet_lane(struct syslet *s)
{
	struct syslet_lane *lane = syslet_alloc(s, 64, 64);

	if (lane)
		lane->session = s;
	return lane;
}

/* Submitting. */

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
	atomic_store_explicit(&record->length, -(int)sizeof(*record), memory_order_release);
	atomic_thread_fence(memory_order_release);
	memcpy(&record->type, &batch->type, sizeof(*record) - sizeof(record->length));
	atomic_store_explicit(&record->length, sizeof(*record), memory_order_release);
	return true;
}

static void ring_bell(struct syslet *s)
{
	uint32_t one = 1;

	atomic_thread_fence(memory_order_seq_cst);
	if (atomic_load_explicit(&s->arena->idle, memory_order_relaxed) &&
	    atomic_compare_exchange_strong(&s->arena->idle, &one, 0))
		send_frame(s->socket, BELL);
}

static uint64_t spin(_Atomic uint64_t *reply, int64_t ns)
{
	int64_t end = now() + ns;

	do {
		for (int i = 0; i < LOOKS_PER_TIME; i++) {
			uint64_t answer = atomic_load_explicit(reply, memory_order_acquire);

			if (answer)
				return answer;
			relax();
		}
	} while (now() < end);
	return 0;
}

/*
 * Gives the processor away once, in case the server waits for this very one.
 * Not away at all: nobody else is here. Away, and no answer: others are here,
 * and a waker may push them aside.
 */
static uint64_t give_way(struct syslet_lane *lane, unsigned count)
{
	int64_t start = now();
	uint64_t answer;
	bool away;

	if (count > SYSLET_MAX_BATCH)
		count = SYSLET_MAX_BATCH;
	sched_yield();
	away = now() - start > AWAY_NS;
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
		if (futex((char *)reply + 4, FUTEX_WAIT, 0, &second) && errno == ETIMEDOUT &&
		    !is_alive(s))
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

	atomic_store_explicit(&lane->reply, 0, memory_order_relaxed);
	while (!enqueue(s, &batch)) {
		if (!is_alive(s))
			return -ECONNRESET;
		sched_yield();
	}
	ring_bell(s);
	if (!lane->shares_processor)
		answer = spin(&lane->reply, FIRST_NS);
	if (!answer)
		answer = give_way(lane, count);
	if (!answer)
		answer = sleep_on(s, &lane->reply);
	return (int32_t)answer;
}

/* Completions. */

int syslet_drain(struct syslet *s, syslet_handler handler, void *argument, unsigned limit)
{
	uint32_t head = atomic_load_explicit(&s->ring->kernel_head, memory_order_acquire);
	unsigned n = 0;

	for (; s->tail != head && n < limit; n++, s->tail++) {
		uint32_t i = s->tail & (s->elements - 1);

		handler(argument, s->ring->comp[i].status, s->ring->comp[i].caller_data);
	}
	atomic_store_explicit(&s->ring->user_tail, s->tail, memory_order_release);
	return n;
}

/* The time left until end, a second at most. */
static struct timespec left(int64_t end)
{
	int64_t ns = end - now();

	if (ns > 999999999)
		return (struct timespec){ 1, 0 };
	return (struct timespec){ 0, ns > 0 ? ns : 0 };
}

static int sleep_for_head(struct syslet *s, uint32_t tail, int64_t end)
{
	while (atomic_load(&s->ring->kernel_head) == tail) {
		struct timespec time = left(end);

		if (!futex(&s->ring->kernel_head, FUTEX_WAIT, tail, &time) || errno == EAGAIN)
			continue;
		if (errno != ETIMEDOUT)
			return -errno;
		if (!is_alive(s))
			return -ECONNRESET;
		if (now() >= end)
			return -ETIMEDOUT;
	}
	return 0;
}

int syslet_wait(struct syslet *s, const struct timespec *timeout)
{
	int64_t end = INT64_MAX;
	uint32_t tail = atomic_load_explicit(&s->ring->user_tail, memory_order_relaxed);
	int err;

	if (atomic_load_explicit(&s->ring->kernel_head, memory_order_acquire) != tail)
		return 0;
	if (timeout)
		end = now() + timeout->tv_sec * 1000000000ll + timeout->tv_nsec;
	atomic_fetch_or(s->waiters, WAITER_BIT);
	err = sleep_for_head(s, tail, end);
	atomic_fetch_and(s->waiters, ~(uint64_t)WAITER_BIT);
	return err;
}
