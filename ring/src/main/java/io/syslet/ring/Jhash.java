package io.syslet.ring;

/**
 * Bob Jenkins's hash of one 32-bit word, as the kernel has it.
 *
 * <p>Source: {@code include/linux/jhash.h}, {@code jhash_1word}, {@code JHASH_INITVAL} 0xdeadbeef.
 */
public final class Jhash {
  private static final int INITVAL = 0xdeadbeef;

  private Jhash() {}

  /**
   * Hashes one word.
   *
   * @param a the word; any value
   * @param initval the previous hash or an arbitrary value; the wait queues use 0
   * @return the hash, an unsigned 32-bit number
   */
  public static int jhash1word(int a, int initval) {
    int seed = initval + INITVAL + (1 << 2);
    return finish(a + seed, seed, seed);
  }

  private static int finish(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = third;
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
