package io.syslet;

/** Which of the two ABIs the host has. */
public final class Arch {
  /** x86-64; if not, the generic numbers and constants of aarch64 hold. */
  public static final boolean X86_64 = isX86(System.getProperty("os.arch", ""));

  private Arch() {}

  /** The host's of two values. */
  public static long pick(long x86, long aarch64) {
    return X86_64 ? x86 : aarch64;
  }

  /** The host's of two values. */
  public static int pick(int x86, int aarch64) {
    return X86_64 ? x86 : aarch64;
  }

  private static boolean isX86(String name) {
    return name.equals("amd64") || name.equals("x86_64");
  }
}
