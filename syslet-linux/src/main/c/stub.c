/*
 * The native part of the Linux port: some kilobytes of position-independent code without a data
 * section, a libc or a relocation, which the JVM loads as the library of a native method, or which is
 * mapped into one executable page.
 *
 * Why it is not Java. (1) The sentinel is a SCHED_IDLE thread. A Java thread of that priority on a
 * busy processor cannot reach a safepoint for as long as it is not run, and holds up the whole JVM;
 * a thread in native code is at a safepoint all the time. (2) A batch of calls made here costs one
 * transition between Java and native code, not one per call.
 *
 * Built by stub.sh; StubCode.java has the bytes for each machine; a test builds them again
 * and compares. The layouts are those of io.syslet.kernel.CallRecord, io.syslet.CallSlots and, in
 * io.syslet.linux, CarrierRecord, CpuRecord, SchedulerRecord and SentinelRecord.
 *
 * A carrier may run anywhere. Where it last ran the kernel writes into its rseq area, for free. A
 * sentinel is bound to one CPU and runs only when that CPU has nothing else to do, so a carrier that
 * holds a processor and last ran there does not run there now: it sleeps, or it has gone on to
 * another CPU inside the kernel, which has not written that down yet. Its state in /proc says which.
 *
 * One call, its carrier and the sentinel of the CPU that it ran on:
 *
 *   carrier                              sentinel
 *   record.slot = slot; reads all of it
 *   record.seq = s + 1   (odd: calling)
 *   system call sleeps  ---------------> is scheduled, because the CPU is idle
 *                                        reads record.seq = s + 1
 *                                        sched_yield: whoever else wants the CPU goes on
 *                                        still s + 1, and the thread sleeps: takes a spare
 *                                        CAS s + 1 -> s + 1 | CLAIMED
 *                                        spare.from = record; spare.go = 1; futex wake
 *   system call returns                  (the spare runs the user's context)
 *   CAS s + 1 -> s + 2 fails: STOLEN
 *
 * If the carrier's CAS comes first, the sentinel's fails, and the spare goes back: false alarm. Each
 * seq value is used once, so there is no ABA. The winner of the CAS on seq alone may resume the user.
 *
 * A carrier that sleeps outside of a call, with seq even, keeps its user, but loses its processor:
 *
 *   carrier                              sentinel
 *   page fault, JNI, park: sleeps -----> sees active = record, seq even, the thread asleep
 *                                        CAS active: record -> record | LENT
 *                                        does anything wait? wakes a spare, one at a time
 *   wakes up, goes on with its user      (the spare looks at the state of the lender first, and
 *                                        either gives the processor back or takes it for good)
 *   end of the turn: CAS record | LENT -> record goes on; if that fails it has lost it
 *
 * At a safepoint all carriers sleep, and none has blocked. The VM keeps its own state of each thread,
 * and says where in tables made for debuggers (VmState); a carrier that the VM has stopped is left be.
 */
#include "layout.h"
#include "machine.h"
#include "spares.h"
#include "sentinel.h"

enum { OP_SYSCALL, OP_RUN, OP_WAIT, OP_SENTINEL, OP_HANDLER, OP_RESTORER, OP_THREAD };
enum { RUN_DONE, RUN_LOOK, RUN_STOLEN, RUN_132 };

static inline u8 kind(const struct record *r, u64 nr)
{
	return nr < LOOKS ? r->look[nr] : LOOK;
}

/* Whether the fast path may make this call: plain arguments, the ring that a slot is reserved on. */
static inline int plain(const struct record *r, const struct slot *s, u8 what)
{
	if (what & LOOK || s->ring != r->ring || s->ip | s->sp | s->file_flags_and_target)
		return 0;
	return !(what & BY_FILE) || (s->arg[0] < FILES && r->look[LOOKS + s->arg[0]]);
}

/* Remembers whether a descriptor is that of a file, as far as a call says. */
static inline void note(const struct record *r, u64 fd, u8 file)
{
	if (fd < FILES)
		((u8 *)r->look)[LOOKS + fd] = file;
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
		u8 what = kind(r, s->nr);
		s64 status;

		r->slot = s;
		if (!forced && !plain(r, s, what))
			return RUN_LOOK;
		/* All of the slot: from the claim on it is the user's again. */
		nr = s->nr, a = s->arg[0], b = s->arg[1], c = s->arg[2];
		d = s->arg[3], e = s->arg[4], f = s->arg[5];
		if (what & CLOSES)
			note(r, a, 0);
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
		if (what & OPENS)
			note(r, status, 1);
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

/* A signal handler that does nothing: what counts is that the call it interrupts returns -EINTR. */
static void handler(int signal)
{
	(void)signal;
}

/* Where a handler returns to (SA_RESTORER), or 0: only x86-64 has no such code in its vdso. */
#if defined(__x86_64__)
__attribute__((naked)) static void restorer(void)
{
	asm volatile("mov $15, %eax\n\tsyscall");
}
#else
#define restorer 0
#endif

/* A native method of the JVM's: the first two arguments are its, and are not looked at. */
__attribute__((section(".text.entry"))) s64 stub(u64 env, u64 type, u64 op, u64 a, u64 b, u64 c, u64 d,
						 u64 e, u64 f, u64 g)
{
	(void)env, (void)type;
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
	case OP_THREAD:
		return (s64)thread_pointer();
	default:
		return sentinel((struct sentinel *)a);
	}
}
