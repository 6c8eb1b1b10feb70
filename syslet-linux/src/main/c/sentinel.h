/* The sentinel of one CPU. */
#define IDLE_LOOKS 16
#define VAIN_LOOKS 200
#define NAP_NANOS 100000
#define SLICE_NANOS 100000
#define LONG_MOMENTS 200
#define LATE_MOMENTS 15
#define BUSY 1
#define SCHED_OTHER 0
#define SCHED_IDLE 5

/* ---- what a sentinel sees */

/* The state in proc(5)'s stat, or 0 where that cannot be read. */
static char state(struct sentinel *me, const struct record *r)
{
	u64 buffer = (u64)me->stat;
	s64 n;

	if (r->stat_fd >= 0)
		n = call(NR_pread, r->stat_fd, buffer, sizeof me->stat, 0, 0, 0);
	else {
		s64 fd = call(NR_openat, -100, (u64)r->stat_path, 02000000 /* O_CLOEXEC */, 0, 0, 0);

		n = fd < 0 ? 0 : call(NR_read, fd, buffer, sizeof me->stat, 0, 0, 0);
		if (fd >= 0)
			call(NR_close, fd, 0, 0, 0, 0, 0);
	}
	while (n > 0 && me->stat[n - 1] != ')')
		n--;
	return n > 0 && n + 1 < (s64)sizeof me->stat ? me->stat[n + 1] : 0;
}

/*
 * Whether a thread sleeps of its own accord, "S" or "D". One that a tracer has stopped ("t") is off
 * its CPU as well, and one that waits for its turn is running ("R").
 */
static inline int asleep(struct sentinel *me, const struct record *r)
{
	char now = state(me, r);

	return now == 'S' || now == 'D' || !now;
}

/*
 * Whether the VM has stopped it, at a safepoint above all: not in Java, not in native code, and
 * waiting for nothing of its own. It goes on when everybody does.
 */
static inline int stopped(const struct scheduler *s, const struct record *r)
{
	const char *thread = r->java_thread;
	u64 state = __atomic_load_n(&s->thread_state, __ATOMIC_ACQUIRE);

	return thread && state && *(const volatile u32 *)(thread + state) == THREAD_BLOCKED &&
	       *(const volatile u32 *)(*(const char *const *)(thread + s->os_thread) + s->wait_state) ==
		       RUNNABLE;
}

/* Looked at twice: it may have been stopped, or gone on, while its state was read. */
static inline int asleep_of_itself(struct sentinel *me, const struct record *r)
{
	return !stopped(me->scheduler, r) && asleep(me, r) && !stopped(me->scheduler, r);
}

static inline struct sentinel *sentinel_of(const struct scheduler *s, u32 number)
{
	return number < s->sentinels ? s->sentinel[number] : 0;
}

static inline void unpark(struct sentinel *other)
{
	u32 parked = 1;

	if (__atomic_compare_exchange_n(&other->parked, &parked, 0, 0, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST))
		futex(&other->parked, FUTEX_WAKE_PRIVATE, 1, 0);
}

/*
 * Reads a word behind a store or a CAS of our own; others do both the other way round, and one of us must
 * see the other. A plain load may come before the store (aarch64).
 */
#define LOAD(word) __atomic_load_n(&(word), __ATOMIC_SEQ_CST)

/*
 * The record of the carrier that holds a processor, or 0. Where it ran is written in memory that goes
 * with its thread; a thread that leaves holds nothing, and then waits until no hazard names it.
 */
static struct record *holder(struct sentinel *me, struct cpu *c)
{
	u64 active = LOAD(c->active);

	if (!active || (active & LENT))
		return 0;
	__atomic_store_n(&me->hazard, active, __ATOMIC_SEQ_CST);
	return LOAD(c->active) == active ? (struct record *)active : 0;
}

/* The next processor whose carrier last ran on this CPU. Tells others of those that went to them. */
static struct cpu *suspect(struct sentinel *me, struct scheduler *s)
{
	u32 i;

	for (i = 0; i < s->cpus; i++) {
		struct cpu *c = s->cpu + (me->at = me->at + 1 < s->cpus ? me->at + 1 : 0);
		struct record *r = holder(me, c);
		struct sentinel *other;
		u32 number;

		if (!r)
			continue;
		number = *r->ran_on;
		if (number == me->number)
			return c;
		other = sentinel_of(s, number);
		if (other && other->parked == 1)
			unpark(other);
	}
	me->hazard = 0;
	return 0;
}

/* No carrier that runs has last run here: sleeps until one has. */
static inline void park(struct sentinel *me, struct scheduler *s)
{
	__atomic_store_n(&me->parked, 1, __ATOMIC_SEQ_CST);
	if (LOAD(s->quit) || suspect(me, s))
		me->parked = 0;
	while (me->parked)
		futex(&me->parked, FUTEX_WAIT_PRIVATE, 1, 0);
	me->last = me->pushed = ticks();
}

static inline void nap(struct sentinel *me)
{
	volatile u64 time[2];

	time[0] = 0;
	time[1] = NAP_NANOS;
	futex(&me->nap, FUTEX_WAIT_PRIVATE, 0, (u64)time);
}

/*
 * Who was preempted in a call, and pulled to another CPU, looks from here like one that sleeps. That
 * takes time: what runs for a moment and then runs no more has gone to sleep. So the state in /proc,
 * which costs some microseconds, is read only where somebody has run here for longer lately, or may
 * have while we slept ourselves, or where this very call was seen not to sleep. A tracer stops threads
 * at once.
 */
static inline void notice(struct sentinel *me)
{
	u64 now = ticks();

	if (now - me->last > moment())
		me->pushed = now;
	if (now - me->last > LONG_MOMENTS * moment())
		me->starved = 1;
	me->last = now;
}

/*
 * Whether the CPU is kept busy. Who is pushed aside for long may come back because those who did it
 * sleep now, or because even the lowest priority gets a turn now and then. In the latter case it is
 * late to come back from a moment's sleep.
 */
static inline int is_starved(struct sentinel *me)
{
	u64 before;

	if (!me->starved)
		return 0;
	me->starved = 0;
	before = ticks();
	nap(me);
	me->last = me->pushed = ticks();
	return me->last - before > LATE_MOMENTS * moment();
}

/*
 * Lowers the priority. A turn, once there is one, comes the sooner the shorter it is (Linux 6.12 and
 * later); the system knows no length of turns for the lowest priority, but keeps that from before.
 */
static inline s64 be_idle(void)
{
	volatile u64 attr[6] = { sizeof attr, 0, 0, SLICE_NANOS };
	volatile u64 param = 0;

	call(NR_sched_setattr, 0, (u64)attr, 0, 0, 0, 0);
	return call(NR_sched_setscheduler, 0, SCHED_IDLE, (u64)&param, 0, 0, 0);
}

static inline int certain(const struct sentinel *me, const struct record *r, u64 seq)
{
	return me->last - me->pushed > moment() && r->doubted != seq && !me->scheduler->traced;
}

/* ---- what a sentinel does: each returns whether anything has changed */

/* The call goes on without its user, who goes on with a spare. */
static int hand_over(struct sentinel *me, struct scheduler *s, struct cpu *c, struct record *r, u64 seq)
{
	struct record *spare = pop(s, me->number);

	if (!spare) {
		if (c->starved_seq != seq)
			c->no_spare++;
		c->starved_seq = seq;
		return 0;
	}
	if (cas(&r->seq, seq, seq | CLAIMED)) {
		c->claims++;
		let_go(spare, c, r);
	} else {
		c->false_alarms++;
		push(s, spare, me->number);
	}
	return 1;
}

static inline int any_waiting(const struct scheduler *s)
{
	u32 i;

	for (i = 0; i < s->cpus; i++)
		if (LOAD(s->cpu[i].waiting) > 0)
			return 1;
	return 0;
}

/*
 * Tells a spare to come, unless one is on its way already. One that stands by just now may have looked
 * before we gave up, so we look once more behind that.
 */
static inline void kick(struct sentinel *me, struct scheduler *s, struct cpu *c)
{
	while (!__atomic_exchange_n(&c->arriving, 1, __ATOMIC_SEQ_CST)) {
		struct record *spare = pop(s, me->number);

		if (spare) {
			let_go(spare, c, 0);
			return;
		}
		__atomic_fetch_add(&c->starved, 1, __ATOMIC_SEQ_CST);
		__atomic_store_n(&c->arriving, 0, __ATOMIC_SEQ_CST);
		if (LOAD(s->spare_count) <= 0)
			return;
	}
}

/* The carrier keeps its user, and lends the processor. */
static int retake(struct sentinel *me, struct scheduler *s, struct cpu *c, struct record *r)
{
	u64 now[2];

	call(NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, (u64)now, 0, 0, 0, 0);
	if (cas(&c->active, (u64)r, (u64)r | LENT)) {
		r->lost_at = now[0] * 1000000000UL + now[1];
		__atomic_fetch_add(&c->retakes, 1, __ATOMIC_SEQ_CST);
		if (any_waiting(s))
			kick(me, s, c);
	}
	return 1;
}

static int look(struct sentinel *me, struct scheduler *s, struct cpu *c)
{
	struct record *r = holder(me, c);
	u64 active = (u64)r, seq;
	u32 turn;

	if (!r)
		return 1;
	turn = r->turn;
	seq = __atomic_load_n(&r->seq, __ATOMIC_ACQUIRE);
	call(NR_sched_yield, 0, 0, 0, 0, 0, 0);
	notice(me);
	if (c->active != active || r->seq != seq || r->turn != turn)
		return 1;
	if (seq & CLAIMED)
		return 0;
	if (!(seq & 1 && certain(me, r, seq)) && !asleep_of_itself(me, r)) {
		r->doubted = seq;
		return 0;
	}
	return seq & 1 ? hand_over(me, s, c, r, seq) : retake(me, s, c, r);
}

/*
 * Watches until told to quit, or until the CPU is kept busy by others: a process cannot end before all
 * its threads have had a turn to end in, of which the last one frees the memory of all. The priority
 * is lowered here: with that a thread in Java, on a busy CPU, would hold up a safepoint for as long as
 * it is not run. It is raised again at the end, where we may.
 */
static s64 sentinel(struct sentinel *me)
{
	struct scheduler *s = me->scheduler;
	u32 idle = 0, vain = 0;
	volatile u64 param = 0;
	s64 how = be_idle();

	if (how)
		return how;
	while (!s->quit) {
		struct cpu *c;

		notice(me);
		if (is_starved(me)) {
			how = BUSY;
			break;
		}
		c = suspect(me, s);
		if (c) {
			idle = 0;
			vain = look(me, s, c) ? 0 : vain + 1;
			if (vain > VAIN_LOOKS)
				nap(me);
		} else if (++idle > IDLE_LOOKS) {
			park(me, s);
			idle = 0;
		} else
			call(NR_sched_yield, 0, 0, 0, 0, 0, 0);
	}
	me->hazard = 0;
	call(NR_sched_setscheduler, 0, SCHED_OTHER, (u64)&param, 0, 0, 0);
	return how;
}
