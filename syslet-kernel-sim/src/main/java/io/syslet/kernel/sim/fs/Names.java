package io.syslet.kernel.sim.fs;

import java.nio.charset.StandardCharsets;

/** Names, sizes and attributes of the tree's entries: each follows from the seed and a number. */
final class Names {
  private static final byte[][] WORDS =
      words(
          "arch block build cache check clock conf core data device doc driver entry error event"
              + " file frame graph group head index init input kernel layer lib link list lock log"
              + " main map mem mesh module name net node note object page parse path pipe port"
              + " print queue range read report ring sched server set sleep sort stat store table"
              + " task test time trace tree util wait walk");
  private static final byte[][] ENDINGS = words(".c .h .o .java .txt .html .png .xml .conf .log");

  /**
   * Bytes of files at each sixteenth of their number, between which sizes are spread evenly: half
   * are below 4 KiB, as in Agrawal and others, "A five-year study of file-system metadata", FAST
   * 2007, figure 2; the tail is cut at 2 MiB.
   */
  private static final int[] SIZES = {
    0, 128, 300, 512, 900, 1400, 2000, 2900, 4096, 6000, 9000, 14_000, 22_000, 38_000, 75_000,
    200_000, 2 << 20
  };

  private Names() {}

  private static byte[][] words(String text) {
    String[] words = text.split(" ", -1);
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /** The name of an entry, which no other has. */
  static byte[] name(long seed, int entry, boolean directory) {
    long h = Hash.mix(seed, entry);
    byte[] word = WORDS[(int) Long.remainderUnsigned(h, WORDS.length)];
    byte[] ending =
        directory || (h >>> 60) < 2 ? new byte[0] : ENDINGS[(int) ((h >>> 32) & 0xffff) % 10];
    byte[] number = Integer.toString(entry, 36).getBytes(StandardCharsets.US_ASCII);
    byte[] name = new byte[word.length + 1 + number.length + ending.length];
    System.arraycopy(word, 0, name, 0, word.length);
    name[word.length] = '_';
    System.arraycopy(number, 0, name, word.length + 1, number.length);
    System.arraycopy(ending, 0, name, name.length - ending.length, ending.length);
    return name;
  }

  /** The size of a regular file, bytes. */
  static int size(long seed, int entry) {
    long h = Hash.mix(seed ^ 0x5153, entry);
    int bucket = (int) (h >>> 60);
    int range = SIZES[bucket + 1] - SIZES[bucket];
    return SIZES[bucket] + (int) (((h & 0xffffffffL) * range) >>> 32);
  }

  /** How long before the machine was started the file was written last: up to three years, ns. */
  static long age(long seed, int entry) {
    return (Hash.mix(seed ^ 0x41, entry) >>> 1) % (3L * 365 * 86_400 * 1_000_000_000);
  }

  /** The permissions of a file. */
  static int permissions(long seed, int entry) {
    return switch ((int) (Hash.mix(seed ^ 0x7, entry) & 15)) {
      case 0 -> 0600;
      case 1, 2 -> 0755;
      default -> 0644;
    };
  }
}
