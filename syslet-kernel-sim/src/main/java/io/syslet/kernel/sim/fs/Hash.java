package io.syslet.kernel.sim.fs;

/** The one hash: of names for the order of directories, and of numbers for what a seed decides. */
final class Hash {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** Mixes two numbers: the finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  static long mix(long a, long b) {
    long z = a + (b + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * The place of a name in its directory, greater than those of {@code .} and {@code ..}. It stands
   * for ext4's half MD4: likewise it has nothing to do with the order of inodes.
   */
  static long name(long seed, byte[] path, int from, int length) {
    long h = seed;
    for (int i = 0; i < length; i++) {
      h = (h ^ path[from + i]) * 0x100000001b3L;
    }
    return Math.max(3, mix(seed, h) >>> 2);
  }

  /** A number from 0 to 1, 1 excluded. */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
