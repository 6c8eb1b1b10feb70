package io.syslet.client.wire;

/** Whose numbers and structures are spoken: {@code e_machine} of {@code elf.h}. */
public final class Architecture {
  /** EM_X86_64. */
  public static final int X86_64 = 62;

  /** EM_AARCH64. */
  public static final int AARCH64 = 183;

  private Architecture() {}

  /** This host. */
  public static int host() {
    return System.getProperty("os.arch", "").equals("aarch64") ? AARCH64 : X86_64;
  }
}
