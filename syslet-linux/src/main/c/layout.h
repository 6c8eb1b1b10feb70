/* What native code and Java share: see the classes named in stub.c. */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long s64;

#define STACKS 64

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
	volatile u32 go;		/* 64: the spare's futex */
	u32 pad1;
	struct record *volatile from;	/* 72: whose call was claimed for it, or 0 */
	u64 pad2[6];
	struct slot *slot, *end;	/* 128, 136: the calls to make; slot advances */
	u64 ring;			/* 144: the ring on which a reservation is held */
	u64 *entry_caller_data;		/* 152: where that reservation remembers caller_data */
	const u8 *look;			/* 160: per call number; behind it, per descriptor: 1 = a file */
	u64 caller_data;		/* 168: of the call in progress */
	s64 status;			/* 176: of a stolen call */
	u64 pad3[19];
	char stat_path[48];		/* 336: the thread's stat file in /proc */
	struct cpu *volatile cpu;	/* 384: the processor that it is told to look at */
	volatile u64 next;		/* 392: the spare below it on the stack */
	const volatile u32 *ran_on;	/* 400: the number of the CPU that it last ran on */
	volatile u64 lost_at;		/* 408: when it lost its processor, ns, or 0 */
	volatile u32 turn;		/* 416: changes when it begins or ends to run something */
	int stat_fd;			/* 420: its stat file, or -1 */
	volatile u64 back_at;		/* 424: when it was seen awake after that, ns */
	const char *volatile java_thread;	/* 432: what the VM knows of its thread, or 0 */
	volatile u64 doubted;		/* 440: the call that was looked at and did not sleep */
	u64 pad4[8];
};

/* A processor in the scheduler's sense: leave to run, which one carrier has at a time. */
struct cpu {
	volatile u64 active;		/* 0: the carrier's record, perhaps LENT, or 0 */
	u64 pad0[7];
	volatile u32 arriving;		/* 64: 1 while a spare has been told to come */
	u32 pad1[15];
	volatile s64 waiting;		/* 128: how many continuations are queued here */
	u64 pad2[7];
	volatile u64 no_spare;		/* 192: calls seen blocked without a spare */
	volatile u64 claims;		/* 200 */
	volatile u64 false_alarms;	/* 208 */
	volatile u64 retakes;		/* 216: how often a carrier that slept lost this processor */
	volatile u64 starved;		/* 224: a spare was wanted here, and there was none */
	volatile u64 starved_seq;	/* 232: the call that no_spare counted last */
	u64 pad3[2];
};

/* Spares are kept by the CPU that they last ran on: waking one there is cheapest. */
struct stack {
	volatile u64 top;		/* tag, address / 128 */
	u64 pad[7];
};

struct scheduler {
	volatile s64 spare_count;	/* 0 */
	u64 pad0[15];
	volatile u32 quit;		/* 128: 1 tells the sentinels to leave */
	u32 cpus;			/* 132 */
	struct cpu *cpu;		/* 136 */
	struct sentinel *volatile *sentinel;	/* 144: by the number of the CPU */
	u64 sentinels;			/* 152: length of that table */
	volatile u64 thread_state;	/* 160: offset of the VM's state in java_thread, or 0 */
	u64 os_thread;			/* 168: offset of the pointer to what the system knows of it */
	u64 wait_state;			/* 176: offset in that of what it waits for */
	volatile u64 traced;		/* 184: 1 while a tracer may stop threads */
	u64 pad1[8];
	struct stack spares[STACKS];	/* 256 */
};

struct sentinel {
	volatile u32 parked;		/* 0: futex; 1: it sleeps, 2: is away, 3: may come back */
	u32 number;			/* 4: of its CPU */
	struct scheduler *scheduler;	/* 8 */
	volatile u32 nap;		/* 16: futex that nobody wakes */
	u32 at;				/* 20: the processor looked at last */
	volatile u64 hazard;		/* 24: the record that it looks at, whose thread must not leave */
	u64 last;			/* 32: when it was last seen to run, ticks */
	u64 pushed;			/* 40: when it last came back from having been pushed aside for long */
	u64 starved;			/* 48: 1 once that was so long that others may keep the CPU busy */
	u64 pad;
	char stat[256];			/* 64: to read into */
};

#define LOOKS 512
#define LOOK 1			/* a bit of look: the call is not made at once */
#define BY_FILE 2		/* unless its descriptor is that of a file */
#define OPENS 4			/* its value is the descriptor of a file */
#define CLOSES 8
#define FILES 65536
#define CLAIMED (1UL << 62)
#define ESYSLETPENDING 132
#define ETIMEDOUT 110
#define LENT 1UL
#define THREAD_BLOCKED 10
#define RUNNABLE 2
