/*
 * The native part of the Linux port: a few hundred bytes of position-independent code without a
 * data section, a libc or a relocation, loaded into one executable page.
 *
 * Why it is not Java. (1) The sentinel is a SCHED_IDLE thread. A Java thread of that priority on a
 * busy processor cannot reach a safepoint for as long as it is not run, and holds up the whole JVM;
 * a thread in native code is at a safepoint all the time. (2) A batch of calls made here costs one
 * transition between Java and native code, not one per call.
 *
 * Built by stub.sh into the resources stub-x86_64.bin and stub-aarch64.bin; a test builds it again
 * and compares. The layouts are those of io.syslet.kernel.CallRecord, io.syslet.CallSlots and
 * io.syslet.linux.CpuRecord.
 *
 * One call, its carrier and the sentinel of its processor:
 *
 *   carrier                              sentinel
 *   record.slot = slot; reads all of it
 *   record.seq = s + 1   (odd: calling)
 *   system call sleeps  ---------------> is scheduled, because the processor is idle
 *                                        reads record.seq = s + 1
 *                                        sched_yield: a carrier that was only preempted goes on;
 *                                        if it took long somebody else ran: look again
 *                                        still s + 1: takes the standby (swap)
 *                                        CAS s + 1 -> s + 1 | CLAIMED
 *                                        standby.from = record; standby.go = 1; futex wake
 *   system call returns                  (standby runs the user's context)
 *   CAS s + 1 -> s + 2 fails: STOLEN
 *
 * A yield of a SCHED_IDLE thread that comes back at once says that nobody else wants the processor, so
 * the carrier, which is bound to it, sleeps; not that it waits for its turn behind another.
 *
 * If the carrier's CAS comes first, the sentinel's fails, and it wakes the standby with from = 0:
 * false alarm. Each seq value is used once, so there is no ABA. The winner of the CAS on seq alone
 * may resume the user.
 */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long s64;

struct slot {
	u64 nr, arg[6];
	volatile s64 status;
	u64 ring, caller_data;
	u64 ip, sp;
	u64 file_flags_and_target;
	u64 reserved[3];
};

struct record {
	volatile u64 seq;		/* 0 */
	u64 pad0[7];
	volatile u32 go;		/* 64: the standby's futex */
	u32 pad1;
	struct record *volatile from;	/* 72: whose call was claimed for it, or 0 */
	u64 pad2[6];
	struct slot *slot, *end;	/* 128, 136: the calls to make; slot advances */
	u64 ring;			/* 144: the ring on which a reservation is held */
	u64 *entry_caller_data;		/* 152: where that reservation remembers caller_data */
	const u8 *look;			/* 160: per call number: 0 = make it at once */
	u64 caller_data;		/* 168: of the call in progress */
	s64 status;			/* 176: of a stolen call */
	u64 pad3[19];
	char stat_path[48];		/* 336: the thread's stat file in /proc */
};

struct cpu {
	struct record *volatile active;	/* 0 */
	u64 pad0[7];
	volatile u32 parked;		/* 64: the sentinel's futex */
	u32 pad1[15];
	struct record *volatile standby;/* 128 */
	u64 pad2[7];
	volatile u32 quit;		/* 192 */
	u32 pad3[15];
	volatile u64 no_spare;		/* 256: calls seen blocked without a standby */
	volatile u64 claims;		/* 264 */
	volatile u64 false_alarms;	/* 272 */
	volatile u32 traced;		/* 280: a tracer stops our threads; ask before a claim */
	u32 pad4[9];
	char stat[256];			/* 320: for the sentinel to read into */
};

#define LOOKS 512
#define CLAIMED (1UL << 62)
#define ESYSLETPENDING 132
#define ETIMEDOUT 110

enum { OP_SYSCALL, OP_RUN, OP_WAIT, OP_SENTINEL, OP_HANDLER, OP_RESTORER };
enum { RUN_DONE, RUN_LOOK, RUN_STOLEN, RUN_132 };

#if defined(__x86_64__)
enum { NR_sched_yield = 24, NR_futex = 202, NR_openat = 257, NR_read = 0, NR_close = 3 };
static inline __attribute__((always_inline)) s64 call(u64 nr, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
	s64 ret;
	register u64 r10 asm("r10") = d;
	register u64 r8 asm("r8") = e;
	register u64 r9 asm("r9") = f;
	asm volatile("syscall" : "=a"(ret)
		     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
		     : "rcx", "r11", "memory");
	return ret;
}

static inline u64 ticks(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}
#elif defined(__aarch64__)
enum { NR_sched_yield = 124, NR_futex = 98, NR_openat = 56, NR_read = 63, NR_close = 57 };
static inline __attribute__((always_inline)) s64 call(u64 nr, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
	register u64 x8 asm("x8") = nr;
	register u64 x0 asm("x0") = a;
	register u64 x1 asm("x1") = b;
	register u64 x2 asm("x2") = c;
	register u64 x3 asm("x3") = d;
	register u64 x4 asm("x4") = e;
	register u64 x5 asm("x5") = f;
	asm volatile("svc #0" : "+r"(x0)
		     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return (s64)x0;
}

static inline u64 ticks(void)
{
	u64 now;

	asm volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(now));
	return now;
}
#else
#error "no syslet stub for this machine"
#endif

#define FUTEX_WAIT_PRIVATE 128
#define FUTEX_WAKE_PRIVATE 129

static inline s64 futex(volatile u32 *word, u64 op, u64 val, u64 timeout)
{
	return call(NR_futex, (u64)word, op, val, timeout, 0, 0);
}

static inline int cas(volatile u64 *word, u64 expected, u64 value)
{
	return __atomic_compare_exchange_n(word, &expected, value, 0, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

/* Whether the fast path may make this call: plain arguments, the ring that a slot is reserved on. */
static inline int plain(const struct record *r, const struct slot *s)
{
	return s->nr < LOOKS && !r->look[s->nr] && s->ring == r->ring &&
	       !(s->ip | s->sp | s->file_flags_and_target);
}

/* Makes the calls from slot up to end; always the first one if forced. */
static s64 run(struct record *r, u64 forced)
{
	u64 seq = r->seq;
	struct slot *s = r->slot, *end = r->end;
	u64 scratch, *entry = r->entry_caller_data;

	if (!entry)
		entry = &scratch;
	for (; s != end; s++, forced = 0) {
		u64 nr, a, b, c, d, e, f;
		s64 status;

		r->slot = s;
		if (!forced && !plain(r, s))
			return RUN_LOOK;
		/* All of the slot: from the claim on it is the user's again. */
		nr = s->nr, a = s->arg[0], b = s->arg[1], c = s->arg[2];
		d = s->arg[3], e = s->arg[4], f = s->arg[5];
		*(volatile u64 *)entry = r->caller_data = s->caller_data;
		__atomic_store_n(&r->seq, seq + 1, __ATOMIC_RELEASE);
		status = call(nr, a, b, c, d, e, f);
		if (!cas(&r->seq, seq + 1, seq + 2)) {
			r->status = status;
			return RUN_STOLEN;
		}
		seq += 2;
		if (status == -ESYSLETPENDING)
			return RUN_132;
		s->status = status;
	}
	r->slot = s;
	return RUN_DONE;
}

/* Stands by until told to go (1), or until the timeout, a struct timespec, has passed (0). */
static s64 stand_by(struct record *r, u64 timeout)
{
	while (!__atomic_load_n(&r->go, __ATOMIC_ACQUIRE))
		if (futex(&r->go, FUTEX_WAIT_PRIVATE, 0, timeout) == -ETIMEDOUT)
			return r->go;
	return 1;
}

static inline void let_go(struct record *standby, struct record *from)
{
	standby->from = from;
	__atomic_store_n(&standby->go, 1, __ATOMIC_SEQ_CST);
	futex(&standby->go, FUTEX_WAKE_PRIVATE, 1, 0);
}

/* No carrier is active: sleeps until one is. */
static inline void park(struct cpu *c)
{
	__atomic_store_n(&c->parked, 1, __ATOMIC_SEQ_CST);
	if (c->active || c->quit)
		c->parked = 0;
	while (c->parked)
		futex(&c->parked, FUTEX_WAIT_PRIVATE, 1, 0);
}

/*
 * Whether the carrier sleeps of its own accord: "S" or "D" in proc(5)'s stat. A thread that a tracer
 * has stopped ("t") is off its processor as well, at every call, and has not blocked.
 */
static inline int asleep(struct cpu *c, const struct record *r)
{
	s64 fd = call(NR_openat, -100, (u64)r->stat_path, 02000000 /* O_CLOEXEC */, 0, 0, 0);
	s64 n = fd < 0 ? 0 : call(NR_read, fd, (u64)c->stat, sizeof c->stat, 0, 0, 0);
	char state;

	if (fd >= 0)
		call(NR_close, fd, 0, 0, 0, 0, 0);
	while (n > 0 && c->stat[n - 1] != ')')
		n--;
	state = n > 0 && n + 1 < (s64)sizeof c->stat ? c->stat[n + 1] : 'S';
	return state == 'S' || state == 'D';
}

static s64 sentinel(struct cpu *c)
{
	u64 starved = 0, quickest = ~0UL >> 2;
	u32 idle = 0;

	while (!c->quit) {
		struct record *r = c->active, *standby;
		u64 seq, took;

		if (!r) {
			if (++idle > 16) {
				park(c);
				idle = 0;
			} else
				call(NR_sched_yield, 0, 0, 0, 0, 0, 0);
			continue;
		}
		idle = 0;
		seq = __atomic_load_n(&r->seq, __ATOMIC_ACQUIRE);
		took = ticks();
		call(NR_sched_yield, 0, 0, 0, 0, 0, 0);
		took = ticks() - took;
		if (took < quickest)
			quickest = took;
		if (!(seq & 1) || (seq & CLAIMED) || c->active != r || r->seq != seq)
			continue;
		if (took > 4 * quickest && !c->traced)
			continue;
		if (c->traced && !asleep(c, r))
			continue;
		standby = __atomic_exchange_n(&c->standby, 0, __ATOMIC_SEQ_CST);
		if (!standby) {
			if (starved != seq)
				c->no_spare++;
			starved = seq;
			continue;
		}
		if (cas(&r->seq, seq, seq | CLAIMED)) {
			c->claims++;
			let_go(standby, r);
		} else {
			c->false_alarms++;
			let_go(standby, 0);
		}
	}
	return 0;
}

/* A signal handler that does nothing: what counts is that the call it interrupts returns -EINTR. */
static void handler(int signal)
{
	(void)signal;
}

/* Where a handler returns to (SA_RESTORER); only x86-64 has no such code in its vdso. */
#if defined(__x86_64__)
__attribute__((naked)) static void restorer(void)
{
	asm volatile("mov $15, %eax\n\tsyscall");
}
#else
static void restorer(void)
{
}
#endif

__attribute__((section(".text.entry"))) s64 stub(u64 op, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g)
{
	switch (op) {
	case OP_SYSCALL:
		return call(a, b, c, d, e, f, g);
	case OP_RUN:
		return run((struct record *)a, b);
	case OP_WAIT:
		return stand_by((struct record *)a, b);
	case OP_HANDLER:
		return (s64)handler;
	case OP_RESTORER:
		return (s64)restorer;
	default:
		return sentinel((struct cpu *)a);
	}
}
