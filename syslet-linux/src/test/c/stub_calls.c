/*
 * stub_calls FILE NAME: loads the stub from a shared library, as the JVM does, makes a call by it, and
 * then a batch of three; its handler handles a signal, and returns. Ends with 0 if each status is right,
 * and the stack of spares has room for any address.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../../main/c/layout.h"
#include "../../main/c/machine.h"
#include "../../main/c/spares.h"

enum { OP_SYSCALL, OP_RUN, OP_WAIT, OP_SENTINEL, OP_HANDLER, OP_RESTORER };

typedef s64 (*entry)(u64 env, u64 type, u64 op, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g);

static struct record record __attribute__((aligned(128)));
static struct slot slots[3];
static u8 look[LOOKS + FILES];

static int expect(const char *what, s64 found, s64 expected)
{
	if (found != expected)
		printf("%s: %ld, not %ld\n", what, found, expected);
	return found != expected;
}

/* An address near the top of 48 bits, as aarch64 gives them, is not mixed up with the tag. */
static int stack(void)
{
	const u64 address = 0xffff9f8d0380;
	u64 first = pushed(0, (struct record *)address);
	u64 second = pushed(first, (struct record *)address);

	return expect("the spare on top", (u64)top_of(first), address) +
	       expect("and after a change", (u64)top_of(second), address) +
	       expect("the tag has changed", first == second, 0);
}

/* Sends itself the signal of Interrupter.java; does not come back if the handler does not. */
static int interrupt(entry stub)
{
	u64 restorer = stub(0, 0, OP_RESTORER, 0, 0, 0, 0, 0, 0, 0);
	u64 action[4] = { stub(0, 0, OP_HANDLER, 0, 0, 0, 0, 0, 0, 0), restorer ? 0x04000000 : 0, restorer };
	int wrong = expect("the handler", syscall(SYS_rt_sigaction, 60, action, 0, 8), 0);

	alarm(20);
	return wrong + expect("the signal", syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 60), 0);
}

int main(int argc, char **argv)
{
	void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW) : 0;
	entry stub = library ? (entry)dlsym(library, argv[2]) : 0;
	int wrong = 0;

	if (!stub) {
		printf("%s\n", dlerror());
		return 2;
	}
	wrong += expect("a call", stub(0, 0, OP_SYSCALL, SYS_getppid, 0, 0, 0, 0, 0, 0), getppid());
	slots[0].nr = SYS_getpid;
	slots[1].nr = SYS_close;
	slots[1].arg[0] = -1;
	slots[2].nr = SYS_lseek;
	slots[2].arg[0] = 1 << 20;
	record.slot = slots;
	record.end = slots + 3;
	record.look = look;
	wrong += expect("the batch", stub(0, 0, OP_RUN, (u64)&record, 0, 0, 0, 0, 0, 0), 0);
	wrong += expect("its first", slots[0].status, getpid());
	wrong += expect("its second", slots[1].status, -EBADF);
	wrong += expect("its third", slots[2].status, -EBADF);
	wrong += expect("calls begun and ended", record.seq, 6);
	wrong += expect("where it stands", record.slot - slots, 3);
	wrong += interrupt(stub);
	wrong += stack();
	return wrong != 0;
}
