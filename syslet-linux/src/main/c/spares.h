/*
 * Spares: stacks; any thread takes, any thread puts. The tag keeps a CAS from being late. The count
 * is raised after a spare was put, and lowered after it was taken, so it may be late, and below 0.
 */
#define ADDRESS ((1UL << 41) - 1)
#define TAG (1UL << 41)

/* The spare on top: addresses have 48 bits at most (aarch64), of which the last seven are 0. */
static inline struct record *top_of(u64 head)
{
	return (struct record *)((head & ADDRESS) << 7);
}

static inline u64 changed(u64 head)
{
	return (head & ~ADDRESS) + TAG;
}

static inline u64 pushed(u64 head, const struct record *spare)
{
	return changed(head) | (u64)spare >> 7;
}

static inline struct record *pop_from(struct stack *s)
{
	for (;;) {
		u64 head = s->top;
		struct record *top = top_of(head);

		if (!top || cas(&s->top, head, changed(head) | top->next))
			return top;
	}
}

/* A spare, if possible one that last ran on that CPU. */
static struct record *pop(struct scheduler *s, u32 number)
{
	u32 i;

	for (i = 0; i < STACKS; i++) {
		struct record *spare = pop_from(s->spares + (number + i) % STACKS);

		if (spare) {
			__atomic_fetch_sub(&s->spare_count, 1, __ATOMIC_SEQ_CST);
			return spare;
		}
	}
	return 0;
}

static inline void push(struct scheduler *s, struct record *spare, u32 number)
{
	struct stack *stack = s->spares + number % STACKS;
	u64 head;

	do {
		head = stack->top;
		spare->next = head & ADDRESS;
	} while (!cas(&stack->top, head, pushed(head, spare)));
	__atomic_fetch_add(&s->spare_count, 1, __ATOMIC_SEQ_CST);
}

static inline void let_go(struct record *spare, struct cpu *c, struct record *from)
{
	spare->cpu = c;
	spare->from = from;
	__atomic_store_n(&spare->go, 1, __ATOMIC_SEQ_CST);
	futex(&spare->go, FUTEX_WAKE_PRIVATE, 1, 0);
}
