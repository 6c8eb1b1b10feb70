/*
 * coroutine CREATES YIELDS NESTS: coroutines as QEMU makes them, to measure against. A stack is
 * first entered through makecontext, and from then on switched to with sigsetjmp and siglongjmp;
 * that of a finished coroutine is used again. Prints "create NS", "yield NS" and "nest NS", in
 * processor time, for each of several rounds.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ucontext.h>

#define STACK (64 << 10)

enum { YIELD = 1, TERMINATE, ENTER };

struct coroutine {
	sigjmp_buf env;
	void (*entry)(void *);
	void *argument;
	struct coroutine *caller;
	struct coroutine *next; /* in the pool */
	void *stack;
};

static struct coroutine leader, *current = &leader, *pool;
static struct coroutine *newborn;
static sigjmp_buf birth;

static int __attribute__((noinline)) switch_to(struct coroutine *from, struct coroutine *to, int action)
{
	current = to;
	int how = sigsetjmp(from->env, 0);
	if (!how)
		siglongjmp(to->env, action);
	return how;
}

static void trampoline(void)
{
	struct coroutine *self = newborn;
	if (!sigsetjmp(self->env, 0))
		siglongjmp(birth, 1);
	for (;;) {
		self->entry(self->argument);
		switch_to(self, self->caller, TERMINATE);
	}
}

static struct coroutine *new_stack(void)
{
	struct coroutine *co = calloc(1, sizeof(*co));
	ucontext_t here, there;
	if (!co || !(co->stack = malloc(STACK)) || getcontext(&there))
		exit(1);
	there.uc_stack.ss_sp = co->stack;
	there.uc_stack.ss_size = STACK;
	there.uc_link = &here;
	newborn = co;
	makecontext(&there, trampoline, 0);
	if (!sigsetjmp(birth, 0))
		swapcontext(&here, &there);
	return co;
}

static struct coroutine *create(void (*entry)(void *), void *argument)
{
	struct coroutine *co = pool;
	if (co)
		pool = co->next;
	else
		co = new_stack();
	co->entry = entry;
	co->argument = argument;
	co->caller = NULL;
	return co;
}

static void enter(struct coroutine *co)
{
	struct coroutine *from = current;
	if (co->caller)
		abort();
	co->caller = from;
	if (switch_to(from, co, ENTER) == TERMINATE) {
		co->next = pool;
		pool = co;
	}
}

static void yield(void)
{
	struct coroutine *self = current, *to = self->caller;
	self->caller = NULL;
	switch_to(self, to, YIELD);
}

static long counter;

static void count(void *unused)
{
	(void)unused;
	counter++;
}

static void yielder(void *times)
{
	for (long i = (long)times; i > 0; i--)
		yield();
}

static void nest(void *depth)
{
	counter++;
	if ((long)depth > 1)
		enter(create(nest, (void *)((long)depth - 1)));
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: coroutine CREATES YIELDS NESTS\n");
		return 2;
	}
	long creates = atol(argv[1]), yields = atol(argv[2]), nests = atol(argv[3]);
	for (int round = 0; round < 3; round++) {
		double start = now();
		for (long i = 0; i < creates; i++)
			enter(create(count, NULL));
		printf("create %.2f\n", (now() - start) / creates);

		struct coroutine *co = create(yielder, (void *)yields);
		start = now();
		for (long i = 0; i <= yields; i++)
			enter(co);
		printf("yield %.2f\n", (now() - start) / yields);

		start = now();
		for (long i = 0; i < nests; i++)
			enter(create(nest, (void *)1000));
		printf("nest %.2f\n", (now() - start) / (nests * 1000));
	}
	return counter ? 0 : 1;
}
