/*
 * stub_calls FILE NAME: loads the stub from a shared library, as the JVM does, makes a call by it, and
 * then a batch of three. Ends with 0 if each status is right.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../../main/c/layout.h"

enum { OP_SYSCALL, OP_RUN };

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
	return wrong != 0;
}
