package io.syslet.linux;

import io.syslet.kernel.Counters;

/**
 * Where what is in the memory that a scheduler shares with those who look at it:
 *
 * <pre>
 *     0  u64 magic         changes with any change of the layout
 *     8  u32 kind          1 the scheduler of a kernel, 2 one for virtual threads
 *    12  u32 cpus          number of processors' records
 *    16  u64 opened        when, ms since 1970
 *    24  u32 carriers      number of carriers' records
 *    64  char name[64]     UTF-8, up to a NUL
 *   128  the kernel's {@link Counters}
 *   384  the {@link SchedulerRecord}
 *        the {@link CpuRecord}s
 *        the {@link CarrierRecord}s
 * </pre>
 */
final class SharedLayout {
  /** "syslet", and the version. */
  static final long MAGIC = 0x0001_7465_6c73_7973L;

  static final int KERNEL = 1;
  static final int THREADS = 2;

  static final int MAGIC_AT = 0;
  static final int KIND = 8;
  static final int CPUS = 12;
  static final int OPENED = 16;
  static final int CARRIERS = 24;
  static final int NAME = 64;
  static final int NAME_LENGTH = 64;
  static final int COUNTERS = 128;
  static final int SCHEDULER = COUNTERS + 256;
  static final int FIRST_CPU = SCHEDULER + SchedulerRecord.LENGTH;

  /** What the file is called, before the name of the scheduler. */
  static final String FILE = "syslet:";

  private SharedLayout() {}

  static long firstCarrier(int cpus) {
    return FIRST_CPU + (long) cpus * CpuRecord.LENGTH;
  }

  static long length(int cpus, int carriers) {
    return firstCarrier(cpus) + (long) carriers * CarrierRecord.LENGTH;
  }
}
