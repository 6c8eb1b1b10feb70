package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's records of the context switches of one thread, as perf_event_open(2) gives them; of
 * this process, so no privilege is needed where perf_event_paranoid is 2 or less.
 *
 * <pre>
 *   page 0   struct perf_event_mmap_page; at 1024 data_head, the bytes written so far
 *   page 1   the records, the newest over the oldest, of 8 bytes each:
 *              u32 type       PERF_RECORD_SWITCH
 *              u16 misc       SWITCH_OUT, and PREEMPT if it would have gone on
 *              u16 size       8
 * </pre>
 *
 * The pages are mapped to be read only, so the kernel overwrites what nobody has read. The last
 * record is looked at alone. One thread at a time.
 */
final class SwitchRecords {
  private static final long SOFTWARE_DUMMY = 1 | 64L << 32; // type, size of the struct
  private static final long DUMMY = 9;
  private static final long DISABLED = 1;
  private static final long EXCLUDE_KERNEL_AND_HYPERVISOR = 1 << 5 | 1 << 6;
  private static final long WATERMARK = 1 << 14;
  private static final long CONTEXT_SWITCH = 1 << 26;

  /** Bytes that {@link #open} needs: a struct perf_event_attr, as it was first. */
  static final int SCRATCH = 64;

  private static final int CONFIG = 8;
  private static final int FLAGS = 40;
  private static final int WAKE_UP = 48;
  private static final long CLOEXEC = 8;
  private static final long ENABLE = 0x2400;
  private static final long DISABLE = 0x2401;
  private static final long READ = 1;
  private static final long SHARED = 1;
  private static final int HEAD = 1024;
  private static final int DATA_OFFSET = 1040;
  private static final int DATA_SIZE = 1048;
  private static final int LEAST_LENGTH = 2 * 4096;
  private static final int MOST_LENGTH = 2 * 65536;
  private static final int RECORD = 8;
  private static final int MISC = 4;
  private static final int SWITCH_OUT = 1 << 13;
  private static final int PREEMPT = 1 << 14;

  private final int fd;
  private final long pages;
  private final long length;
  private final long data;
  private final long mask;
  private boolean isOn;

  private SwitchRecords(int fd, long pages, long length) {
    this.fd = fd;
    this.pages = pages;
    this.length = length;
    this.data = pages + Memory.getLong(pages + DATA_OFFSET);
    this.mask = Memory.getLong(pages + DATA_SIZE) - 1;
  }

  /**
   * Has a thread's switches recorded, once they are asked for.
   *
   * @param tid of this process, not 0.
   * @param scratch address of {@link #SCRATCH} bytes.
   * @return null where that is refused, or the thread has ended.
   */
  static @Nullable SwitchRecords open(long tid, long scratch) {
    Memory.clear(scratch, SCRATCH);
    Memory.putLong(scratch, SOFTWARE_DUMMY);
    Memory.putLong(scratch + CONFIG, DUMMY);
    Memory.putLong(
        scratch + FLAGS, DISABLED | EXCLUDE_KERNEL_AND_HYPERVISOR | WATERMARK | CONTEXT_SWITCH);
    Memory.putInt(scratch + WAKE_UP, 1);
    long fd = Native.syscall(Nr.PERF_EVENT_OPEN, scratch, tid, -1, -1, CLOEXEC, 0);
    if (fd < 0) {
      return null;
    }
    SwitchRecords records = map((int) fd);
    if (records == null) {
      Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
    return records;
  }

  /** Maps two pages, of whatever size they are here: fewer have no room for records. */
  private static @Nullable SwitchRecords map(int fd) {
    for (long length = LEAST_LENGTH; length <= MOST_LENGTH; length *= 2) {
      long pages = Native.syscall(Nr.MMAP, 0, length, READ, SHARED, fd, 0);
      if (pages < 0 && pages > -LEAST_LENGTH) {
        return null;
      }
      if (Memory.getLong(pages + DATA_SIZE) > 0) {
        return new SwitchRecords(fd, pages, length);
      }
      Native.syscall(Nr.MUNMAP, pages, length, 0, 0, 0, 0);
    }
    return null;
  }

  int descriptor() {
    return fd;
  }

  boolean isOn() {
    return isOn;
  }

  /** Begins to record, or ends. */
  void turn(boolean on) {
    if (on != isOn) {
      isOn = on;
      Native.syscall(Nr.IOCTL, fd, on ? ENABLE : DISABLE, 0, 0, 0, 0);
    }
  }

  /**
   * Whether the thread has left its CPU to sleep, and not come back; a tracer or SIGSTOP that stops
   * it looks the same.
   */
  boolean isOut() {
    long head = Memory.getLongAcquire(pages + HEAD);
    int misc = Memory.getUnsignedShort(data + (head - RECORD & mask) + MISC);
    return head > 0 && (misc & (SWITCH_OUT | PREEMPT)) == SWITCH_OUT;
  }

  /** Gives all back. */
  void close() {
    Native.syscall(Nr.MUNMAP, pages, length, 0, 0, 0, 0);
    Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
  }
}
