/* SPDX-License-Identifier: Apache-2.0 */
/* jhash WORD...: prints jhash_1word(WORD, 0), after Bob Jenkins's lookup3 final mix. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t rol(uint32_t x, int r)
{
	return x << r | x >> (32 - r);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		uint32_t c = 0xdeadbeef + 4, b = c, a = c + strtoul(argv[i], NULL, 0);

		c ^= b, c -= rol(b, 14);
		a ^= c, a -= rol(c, 11);
		b ^= a, b -= rol(a, 25);
		c ^= b, c -= rol(b, 16);
		a ^= c, a -= rol(c, 4);
		b ^= a, b -= rol(a, 14);
		c ^= b, c -= rol(b, 24);
		printf("%u\n", c);
	}
	return 0;
}
