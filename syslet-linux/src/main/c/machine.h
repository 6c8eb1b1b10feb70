/* The two machines: system calls by number, the thread pointer; and what is made of them. */
#if defined(__x86_64__)
enum { NR_sched_yield = 24, NR_futex = 202, NR_openat = 257, NR_read = 0, NR_close = 3,
       NR_pread = 17, NR_clock_gettime = 228,
       NR_sched_setscheduler = 144, NR_sched_setattr = 314 };
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

static inline u64 thread_pointer(void)
{
	u64 self;

	asm("mov %%fs:0, %0" : "=r"(self));
	return self;
}

static inline u64 ticks(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

/* About 100 us in ticks. */
static inline u64 moment(void)
{
	return 1 << 18;
}
#elif defined(__aarch64__)
enum { NR_sched_yield = 124, NR_futex = 98, NR_openat = 56, NR_read = 63, NR_close = 57,
       NR_pread = 67, NR_clock_gettime = 113,
       NR_sched_setscheduler = 119, NR_sched_setattr = 274 };
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

static inline u64 thread_pointer(void)
{
	u64 self;

	asm("mrs %0, tpidr_el0" : "=r"(self));
	return self;
}

static inline u64 ticks(void)
{
	u64 now;

	asm volatile("mrs %0, cntvct_el0" : "=r"(now));
	return now;
}

/* About 100 us in ticks. */
static inline u64 moment(void)
{
	u64 hertz;

	asm("mrs %0, cntfrq_el0" : "=r"(hertz));
	return hertz / 10000;
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
