/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client of the syslet service for programs in C: any system call that the
 * service allows, asynchronous only if it blocks.
 *
 *	struct syslet *s;
 *	struct syslet_lane *lane;
 *	struct syslet_slot *slot;
 *
 *	syslet_connect(&s, "/run/user/1000/syslet/syslet.sock", NULL);
 *	lane = syslet_lane(s);
 *	slot = syslet_alloc(s, 64 * sizeof(*slot), 128);
 *	...	fill slots: syslet_set(&slot[i], caller_data, nr, a0, ... a5)
 *	n = syslet_submit(lane, slot, 64, 0);
 *
 * n slots were accepted, in order, and each one's status says what it returned,
 * or -ESYSLETPENDING: the call goes on without the caller, is the last accepted
 * one of its batch, and its status comes later, with its caller_data, out of
 *
 *	syslet_wait(s, NULL);
 *	syslet_drain(s, handler, argument, UINT_MAX);
 *
 * All that a call reads or writes must lie in memory from syslet_alloc: slots,
 * names, buffers. Paths are below the root that the service serves; descriptors
 * are the session's own.
 *
 * A lane is for one thread at a time; everything else is for any thread.
 * Functions return a value or -errno. Each has a manual page. The memory of a
 * session is drawn in docs/local-clients.md, the frames of its socket in
 * docs/protocol.md.
 */
#ifndef SYSLET_H
#define SYSLET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SYSLET_API __attribute__((visibility("default")))

/* The call blocked: its completion will come. Returned negated. */
#define ESYSLETPENDING 132

/* Flags of a batch. */
#define SYSLET_NONBLOCK 1	/* -EAGAIN rather than block */
#define SYSLET_ATOMIC 2		/* -EAGAIN rather than wait for a worker */

/* Bit of a slot's target: it ends with -ETIMEDOUT if it sleeps past its deadline. */
#define SYSLET_TIMED 0x80000000u

#define SYSLET_MAX_BATCH 256

/* One call. Aligned to 8 at least; 128 is faster. */
struct syslet_slot {
	uint64_t nr;
	uint64_t arg[6];
	int64_t status;		/* a value, -errno or -ESYSLETPENDING */
	uint64_t ring;		/* 0 is no ring; anything else is that of the session */
	uint64_t caller_data;	/* comes back with the completion; less than 2^63 */
	uint64_t frame_ip;	/* frames are not for clients: 0 */
	uint64_t frame_sp;
	uint32_t file_flags;	/* O_CLOEXEC, O_NONBLOCK for a new descriptor */
	uint32_t target;	/* 0: the ring; SYSLET_TIMED: there is a deadline */
	uint64_t reserved[2];
	int64_t deadline;	/* ns from its start, 0 or more */
};

#define SYSLET_REFUSED 128

/* Where a session comes from. */
#define SYSLET_NEW 0		/* it begins: there was none, or that one is over */
#define SYSLET_RESUMED 1	/* an earlier process began it */
#define SYSLET_RECOVERED 2	/* the same, but that process's server has died */

/* What a client would like, 0 for the default, and why it was refused. */
struct syslet_options {
	uint64_t arena_bytes;
	uint32_t ring_elements;	/* a power of two */
	uint32_t server_user;	/* whose server is trusted, beside one's own and root's */
	uint32_t resume_ms;	/* how long to look for a server that was lost; 10 s */
	uint32_t origin;	/* filled in: where the session comes from */
	const char *session;	/* a file by which the next process finds it; or NULL */
	uint32_t reserved[4];
	char refused[SYSLET_REFUSED];	/* the server's words */
};

struct syslet;
struct syslet_lane;

typedef void (*syslet_handler)(void *argument, int64_t status, uint64_t caller_data);

/*
 * A new session with the server that listens on the Unix socket, as PATH or
 * unix:PATH; NULL is $SYSLET_SOCKET, or else the user's own. options may be
 * NULL. 0; -errno of socket(2), connect(2), mmap(2); what the server refuses it
 * with, such as -EPERM or -EMFILE; -EACCES: it is another user's server;
 * -EPROTO: another version; -ENOMEM. With a file, -EBUSY: another process has the
 * session; -EACCES: the file may be another's; -EINVAL: it is no session's.
 */
SYSLET_API int syslet_connect(struct syslet **session, const char *path,
			      struct syslet_options *options);

/* Says goodbye and unmaps: no thread is in the session, no call in flight matters. */
SYSLET_API void syslet_close(struct syslet *session);

/* Gives the session's memory back in a child of fork(2); it stays the parent's. */
SYSLET_API void syslet_abandon(struct syslet *session);

/*
 * Memory that calls may use, zero unless it was somebody's before; NULL when the
 * arena is used up. alignment is a power of two.
 */
SYSLET_API void *syslet_alloc(struct syslet *session, size_t size, size_t alignment);

/* Takes memory back, of the size that was asked for. No call uses it. */
SYSLET_API void syslet_free(struct syslet *session, void *memory, size_t size);

/* Something to submit with, for one thread; NULL when there is no memory. Ends with the session. */
SYSLET_API struct syslet_lane *syslet_lane(struct syslet *session);

/*
 * Runs count slots, 1 to SYSLET_MAX_BATCH, in order. How many were accepted, or
 * the first one's -errno: none was; -EAGAIN: too many calls are blocked; -EFAULT:
 * slots not from syslet_alloc; -ENOTCONN: the session is over; -ECONNRESET: it
 * ended meanwhile, and what became of the batch is unknown.
 */
SYSLET_API int syslet_submit(struct syslet_lane *lane, struct syslet_slot *slots, unsigned count,
			     unsigned flags);

/* Which calls syslet_cancel means, and by what. */
#define SYSLET_CANCEL_ID 0	/* one by its caller_data */
#define SYSLET_CANCEL_FD 1	/* those that name a descriptor of the session */
#define SYSLET_CANCEL_ALL 2	/* all; any value */

/*
 * Asks pending calls to end. 0: asked; each completion comes as ever, once, and says
 * -ECANCELED if the call had done nothing by then, else what it has done. -ENOENT:
 * none is pending; the completion may be there. Others as syslet_submit.
 */
SYSLET_API int syslet_cancel(struct syslet_lane *lane, unsigned which, uint64_t value);

/*
 * Hands out completions, at most limit, in order if one thread does. How many. In a
 * session with a file the next process gets those whose handler has not returned.
 */
SYSLET_API int syslet_drain(struct syslet *session, syslet_handler handler, void *argument,
			    unsigned limit);

/*
 * Sleeps until there is a completion. timeout is relative, or NULL. 0, at once
 * if there is one already; -ETIMEDOUT; -EINTR; -ECONNRESET: the session is over.
 */
SYSLET_API int syslet_wait(struct syslet *session, const struct timespec *timeout);

/*
 * Makes the call of a slot and waits for its end; the slot's caller data is
 * overwritten. timeout is relative, or NULL; then the call is asked to end. Its
 * status; -ETIMEDOUT: it had done nothing by then; else what syslet_submit says.
 */
SYSLET_API int64_t syslet_call(struct syslet_lane *lane, struct syslet_slot *slot,
			       const struct timespec *timeout);

/*
 * Hands the server a descriptor of the program's own, which stays open. The
 * session's number for it, to be closed by a call; -EOPNOTSUPP, -EPERM: the
 * server takes none, or not this one; -EBADF; -EMFILE, -ENFILE.
 */
SYSLET_API int syslet_pass(struct syslet *session, int fd);

/* Fills a slot whose completion, if it blocks, comes to the session's ring. */
static inline void syslet_set(struct syslet_slot *slot, uint64_t caller_data, uint64_t nr,
			      uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
			      uint64_t a5)
{
	memset(slot, 0, sizeof(*slot));
	slot->nr = nr;
	slot->arg[0] = a0;
	slot->arg[1] = a1;
	slot->arg[2] = a2;
	slot->arg[3] = a3;
	slot->arg[4] = a4;
	slot->arg[5] = a5;
	slot->ring = 1;
	slot->caller_data = caller_data;
}

/* Gives a slot that was filled a deadline, in nanoseconds from its call's start. */
static inline void syslet_deadline(struct syslet_slot *slot, int64_t nanos)
{
	slot->target |= SYSLET_TIMED;
	slot->deadline = nanos;
}

#ifdef __cplusplus
}
#endif

#endif
