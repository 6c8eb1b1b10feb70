/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that calls may use: by size classes, four between a power of two and the next. */
#define _GNU_SOURCE
#include "internal.h"

#define LEAST 64
#define PAGE 4096

struct block {
	struct block *next;
};

/* The class that holds size bytes, and how many it has. */
static unsigned class_of(size_t *size)
{
	unsigned power = 6, quarter;
	size_t step;

	if (*size < LEAST)
		*size = LEAST;
	while ((*size - 1) >> (power + 1))
		power++;
	step = (size_t)1 << (power - 2);
	quarter = (*size - ((size_t)1 << power) + step - 1) / step;
	if (*size <= (size_t)1 << power)
		quarter = 0;
	*size = ((size_t)1 << power) + quarter * step;
	return (power - 6) * 4 + quarter;
}

static struct block *take(struct block **list, size_t alignment)
{
	for (; *list; list = &(*list)->next) {
		struct block *found = *list;

		if (!((uintptr_t)found & (alignment - 1))) {
			*list = found->next;
			return found;
		}
	}
	return NULL;
}

static void *extend(struct syslet *s, size_t size, size_t alignment)
{
	size_t at;

	if (alignment < LEAST)
		alignment = LEAST;
	if (size >= PAGE && alignment < PAGE)
		alignment = PAGE;
	at = s->used + (-(uintptr_t)(s->heap + s->used) & (alignment - 1));
	if (at > s->heap_length || size > s->heap_length - at)
		return NULL;
	s->used = at + size;
	return s->heap + at;
}

void *syslet_alloc(struct syslet *s, size_t size, size_t alignment)
{
	unsigned class;
	void *block;

	if (size > s->heap_length || !alignment || alignment & (alignment - 1))
		return NULL;
	class = class_of(&size);
	pthread_mutex_lock(&s->heap_lock);
	block = take(&s->free[class], alignment);
	if (block)
		((struct block *)block)->next = NULL;
	else
		block = extend(s, size, alignment);
	pthread_mutex_unlock(&s->heap_lock);
	return block;
}

void syslet_free(struct syslet *s, void *memory, size_t size)
{
	struct block *block = memory;
	unsigned class = class_of(&size);

	if (!block)
		return;
	pthread_mutex_lock(&s->heap_lock);
	block->next = s->free[class];
	s->free[class] = block;
	pthread_mutex_unlock(&s->heap_lock);
}
