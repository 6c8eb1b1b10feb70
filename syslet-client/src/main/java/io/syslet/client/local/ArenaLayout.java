package io.syslet.client.local;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.HEAD_POSITION_OFFSET;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

/**
 * Where everything lies in the arena, the memory that a local client shares with the server beside
 * its ring. The client maps all of it, to be read and written; little-endian, naturally aligned.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                      magic, "SYSARENA"                        |  0    u64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            version                            |  8    1
 *  +---------------------------------------------------------------+
 *  |                       queue_capacity: C                       |  12   bytes, a power of two
 *  +---------------------------------------------------------------+
 *  |                         queue_offset                          |  16   u64: 4096
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                        heap_offset: H                         |  24   u64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                         heap_length                           |  32   u64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +---------------------------------------------------------------+
 *  |        idle: 1 when the server has stopped looking            |  128  the server; a client
 *  +---------------------------------------------------------------+       takes the 1 and rings
 *  |                           (padding)                          ...
 *  +===============================================================+  4096: the submission queue,
 *  |            record[C / 64], a cache line each                 ...       Agrona's format
 *  +---------------------------------------------------------------+  4096 + C: its trailer
 *  |                           (padding)                          ...
 *  |                     tail, free-running                        |  4096 + C + 128   u64, clients
 *  |                           (padding)                          ...
 *  |                     head_cache                                |  4096 + C + 256   u64, clients
 *  |                           (padding)                          ...
 *  |                     head                                      |  4096 + C + 384   u64, server
 *  |                           (padding)                          ...
 *  +===============================================================+  H: the heap
 *  |   slots, reply words, and all memory that calls may use      ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * A record is one batch. Its length is fixed and divides the capacity, so there is never a record
 * that does not fit at the end of the queue, nor padding for it:
 *
 * <pre>
 *   0          4          8         16         24         32       36       40              64
 *  +----------+----------+----------+----------+----------+--------+--------+---------------+
 *  |  length  |   type   |   base   |  slots   |  reply   | count  | flags  |   reserved    |
 *  +----------+----------+----------+----------+----------+--------+--------+---------------+
 *    64         1          u64        u64        u64        u32      u32      0
 * </pre>
 *
 * {@code base} is where the client has mapped the arena, and all addresses of the client, in the
 * record and in the slots, are relative to it: the server knows them only by their distance. {@code
 * slots} names {@code count} slots (1 to 256) as {@link io.syslet.CallSlots} draws them, {@code
 * reply} an aligned u64, both in the heap.
 *
 * <pre>
 *   client                                        server (one poller)
 *   tail: CAS t -&gt; t + 64, if t + 64 − head &lt;= C
 *   length = −64 (release)
 *   type, base, ... flags
 *   length = 64 (release)                         length at its own head is 64 (acquire):
 *   full fence                                    copies the record, then the slots
 *   idle is 1, and exchange with 0 gives 1:       length = 0; head += 64 (release)
 *      BELL over the socket                       runs the copy; statuses into the client's slots
 *   spins on reply for a while                    exchange reply with (1 &lt;&lt; 63) | result
 *   CAS reply 0 -&gt; 1                               it was 1: FUTEX_WAKE on reply + 4
 *   FUTEX_WAIT on reply + 4 while 0
 * </pre>
 *
 * The result in the reply's low 32 bits is how many slots were accepted, or −errno. The futex is
 * the word's upper half, since its lower half can be 1 before and after. Before it sleeps, the
 * server stores 1 into {@code idle} (full fence) and looks at the queue again: either it sees the
 * record, or the client sees the 1.
 */
public final class ArenaLayout {
  /** "SYSARENA", read as a little-endian u64. */
  public static final long MAGIC = 0x414e_4552_4153_5953L;

  /** Of this layout. */
  public static final int VERSION = 1;

  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = 8;
  static final int QUEUE_CAPACITY_OFFSET = 12;
  static final int QUEUE_OFFSET_OFFSET = 16;
  static final int HEAP_OFFSET_OFFSET = 24;
  static final int HEAP_LENGTH_OFFSET = 32;
  public static final int IDLE_OFFSET = 128;

  /** Where the queue begins: the second page. */
  public static final int QUEUE_OFFSET = 4096;

  public static final int RECORD_LENGTH = 64;
  static final int RECORD_HEADER = 8;
  public static final int BATCH_TYPE = 1;

  public static final int LENGTH = 0;
  public static final int TYPE = 4;
  public static final int BASE = 8;
  public static final int SLOTS = 16;
  public static final int REPLY = 24;
  public static final int COUNT = 32;
  public static final int FLAGS = 36;

  /** Reply: there is a result in the low 32 bits. */
  public static final long ANSWERED = Long.MIN_VALUE;

  /** Reply: the client sleeps, or is about to. */
  public static final long ASLEEP = 1;

  /** From the reply word to the half that is the futex. */
  public static final int REPLY_FUTEX = 4;

  /** Bytes of the queue in a new arena: 1,024 batches. */
  public static final int DEFAULT_QUEUE = 1024 * RECORD_LENGTH;

  /** The least that a heap may have, bytes. */
  public static final long MIN_HEAP = 1 << 16;

  /** The most, bytes. */
  public static final long MAX_HEAP = 1L << 40;

  private ArenaLayout() {}

  /** Where the consumer's head lies. */
  public static long headOffset(int queueCapacity) {
    return (long) QUEUE_OFFSET + queueCapacity + HEAD_POSITION_OFFSET;
  }

  /** Where the heap begins: at a page. */
  public static long heapOffset(int queueCapacity) {
    return ((long) QUEUE_OFFSET + queueCapacity + TRAILER_LENGTH + 4095) & -4096L;
  }
}
