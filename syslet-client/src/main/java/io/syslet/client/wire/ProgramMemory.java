package io.syslet.client.wire;

/** A program's memory, of which only the addresses are known. Bad ones are an error, no fault. */
public interface ProgramMemory {
  /** Copies {@code length} bytes at {@code from} to memory of our own: 0 or −EFAULT. */
  int read(long from, long to, long length);

  /** Copies {@code length} bytes of our own to memory at {@code to}: 0 or −EFAULT. */
  int write(long from, long to, long length);

  /**
   * Copies a string without its NUL to memory of our own.
   *
   * @param limit bytes that may be read, with the NUL.
   * @return its length; −EFAULT; −ENAMETOOLONG if there is no NUL.
   */
  int readString(long from, long to, int limit);
}
