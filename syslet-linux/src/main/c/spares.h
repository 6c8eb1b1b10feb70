/*
 * Spares: a stack; any thread takes, any thread puts. The tag keeps a CAS from being late.
 */
#define ADDRESS ((1UL << 40) - 1)
#define TAG (1UL << 40)

static struct record *pop(struct scheduler *s)
{
	for (;;) {
		u64 head = s->spares;
		struct record *top = (struct record *)((head & ADDRESS) << 7);

		if (!top)
			return 0;
		if (cas(&s->spares, head, ((head & ~ADDRESS) + TAG) | top->next)) {
			__atomic_fetch_sub(&s->spare_count, 1, __ATOMIC_SEQ_CST);
			return top;
		}
	}
}

static inline void push(struct scheduler *s, struct record *spare)
{
	u64 head;

	__atomic_fetch_add(&s->spare_count, 1, __ATOMIC_SEQ_CST);
	do {
		head = s->spares;
		spare->next = head & ADDRESS;
	} while (!cas(&s->spares, head, ((head & ~ADDRESS) + TAG) | (u64)spare >> 7));
}

static inline void let_go(struct record *spare, struct cpu *c, struct record *from)
{
	spare->cpu = c;
	spare->from = from;
	__atomic_store_n(&spare->go, 1, __ATOMIC_SEQ_CST);
	futex(&spare->go, FUTEX_WAKE_PRIVATE, 1, 0);
}
