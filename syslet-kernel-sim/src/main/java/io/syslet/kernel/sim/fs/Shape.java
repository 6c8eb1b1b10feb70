package io.syslet.kernel.sim.fs;

import java.util.Arrays;

/**
 * Which directory holds what, by entry numbers: a few words each.
 *
 * <pre>
 *   0            the root
 *   1 .. D - 1   directories; the parent of each has a lower number
 *   D .. N - 1   others, those of directory 0 first, then those of 1, ...
 * </pre>
 */
final class Shape {
  final int entries;
  final int directories;
  private final int[] parent;
  private final int[] firstSub;
  private final int[] nextSub;
  private final int[] firstFile;

  Shape(long seed, Aging aging) {
    entries = aging.entries();
    directories = Math.max(1, entries / aging.perDirectory());
    parent = new int[directories];
    firstSub = new int[directories];
    nextSub = new int[directories];
    firstFile = new int[directories + 1];
    Arrays.fill(firstSub, -1);
    for (int d = directories - 1; d > 0; d--) {
      parent[d] = (int) (Hash.unit(Hash.mix(seed ^ 0xd1, d)) * d);
      nextSub[d] = firstSub[parent[d]];
      firstSub[parent[d]] = d;
    }
    deal(seed, entries - directories);
  }

  /** Gives each directory its part of the files: many get a few, a few get many. */
  private void deal(long seed, int files) {
    double[] weight = new double[directories];
    double sum = 0;
    for (int d = 0; d < directories; d++) {
      sum += -StrictMath.log(1 - Hash.unit(Hash.mix(seed ^ 0xf11e, d)));
      weight[d] = sum;
    }
    for (int d = 0; d < directories; d++) {
      firstFile[d + 1] =
          d == directories - 1 ? entries : directories + (int) (files * (weight[d] / sum));
    }
    firstFile[0] = directories;
  }

  boolean isDirectory(int entry) {
    return entry < directories;
  }

  int parent(int directory) {
    return parent[directory];
  }

  /** The first subdirectory; −1 for none. */
  int firstSub(int directory) {
    return firstSub[directory];
  }

  /** The next one in the same parent; −1 for none. */
  int nextSub(int directory) {
    return nextSub[directory];
  }

  int firstFile(int directory) {
    return firstFile[directory];
  }

  /** The file behind the last of the directory. */
  int endFile(int directory) {
    return firstFile[directory + 1];
  }

  /** How many subdirectories there are. */
  int subs(int directory) {
    int count = 0;
    for (int d = firstSub[directory]; d >= 0; d = nextSub[d]) {
      count++;
    }
    return count;
  }
}
