package io.syslet.ring;

import static io.syslet.ring.Memory.compareAndSetInt;
import static io.syslet.ring.Memory.compareAndSetLong;
import static io.syslet.ring.Memory.getAndBitwiseAndLong;
import static io.syslet.ring.Memory.getAndBitwiseOrLong;
import static io.syslet.ring.Memory.getInt;
import static io.syslet.ring.Memory.getIntAcquire;
import static io.syslet.ring.Memory.getIntVolatile;
import static io.syslet.ring.Memory.getLong;
import static io.syslet.ring.Memory.getLongAcquire;
import static io.syslet.ring.Memory.getLongVolatile;
import static io.syslet.ring.Memory.putInt;
import static io.syslet.ring.Memory.putIntRelease;
import static io.syslet.ring.Memory.putIntVolatile;
import static io.syslet.ring.Memory.putLong;
import static io.syslet.ring.Memory.putLongRelease;

/**
 * The words of one ring, by name and with the memory ordering that each needs.
 *
 * <p>Every address is a base that was checked once, plus an index under a mask that was checked
 * once: whatever the user writes into the ring, no access leaves it.
 */
final class RingMemory {
  final long base;
  final long gate;
  final long producers;
  final int elements;
  private final int mask;
  private final long entries;
  private final long marks;

  RingMemory(long base, long gate, long producers, int elements) {
    this.base = base;
    this.gate = gate;
    this.producers = producers;
    this.elements = elements;
    this.mask = elements - 1;
    this.entries = producers + RingDescriptor.ENTRIES_OFFSET;
    this.marks = producers + RingDescriptor.marksOffset(elements);
  }

  static RingMemory of(long base, int elements) {
    long gate = base + RingDescriptor.gateOffset(elements);
    return new RingMemory(base, gate, gate + RingDescriptor.GATE_LENGTH, elements);
  }

  // The v7 part: the user may write all of it at any time.

  int head() {
    return getIntAcquire(base + RingDescriptor.KERNEL_HEAD_OFFSET);
  }

  int headVolatile() {
    return getIntVolatile(base + RingDescriptor.KERNEL_HEAD_OFFSET);
  }

  boolean casHead(int expected, int next) {
    return compareAndSetInt(base + RingDescriptor.KERNEL_HEAD_OFFSET, expected, next);
  }

  /** No later load passes the store. */
  void publishHead(int head) {
    putIntVolatile(base + RingDescriptor.KERNEL_HEAD_OFFSET, head);
  }

  int tail() {
    return getIntAcquire(base + RingDescriptor.USER_TAIL_OFFSET);
  }

  void tail(int next) {
    putIntRelease(base + RingDescriptor.USER_TAIL_OFFSET, next);
  }

  boolean casTail(int expected, int next) {
    return compareAndSetInt(base + RingDescriptor.USER_TAIL_OFFSET, expected, next);
  }

  long completion(int position) {
    return base + RingDescriptor.HEADER_LENGTH + ((long) (position & mask) << 4);
  }

  long status(int position) {
    return getLong(completion(position) + RingDescriptor.STATUS_OFFSET);
  }

  long callerData(int position) {
    return getLong(completion(position) + RingDescriptor.CALLER_DATA_OFFSET);
  }

  void completion(int position, long status, long callerData) {
    long at = completion(position);
    putLong(at + RingDescriptor.STATUS_OFFSET, status);
    putLong(at + RingDescriptor.CALLER_DATA_OFFSET, callerData);
  }

  // The gate.

  long waiters() {
    return getLongVolatile(gate + RingDescriptor.WAITERS_OFFSET);
  }

  void setWaiter(int participant) {
    setBit(gate + RingDescriptor.WAITERS_OFFSET, participant);
  }

  void clearWaiter(int participant) {
    clearBit(gate + RingDescriptor.WAITERS_OFFSET, participant);
  }

  // The producers' part.

  long attached() {
    return getLongVolatile(producers + RingDescriptor.ATTACHED_OFFSET);
  }

  void setAttached(int participant) {
    setBit(producers + RingDescriptor.ATTACHED_OFFSET, participant);
  }

  void clearAttached(int participant) {
    clearBit(producers + RingDescriptor.ATTACHED_OFFSET, participant);
  }

  private static void setBit(long address, int bit) {
    getAndBitwiseOrLong(address, 1L << bit);
  }

  private static void clearBit(long address, int bit) {
    getAndBitwiseAndLong(address, ~(1L << bit));
  }

  int reserveCursor() {
    return getIntAcquire(producers + RingDescriptor.RESERVE_CURSOR_OFFSET);
  }

  void reserveCursor(int position) {
    putIntRelease(producers + RingDescriptor.RESERVE_CURSOR_OFFSET, position);
  }

  int tailCache() {
    return getIntAcquire(producers + RingDescriptor.TAIL_CACHE_OFFSET);
  }

  void tailCache(int tail) {
    putIntRelease(producers + RingDescriptor.TAIL_CACHE_OFFSET, tail);
  }

  int claimCursor() {
    return getIntAcquire(producers + RingDescriptor.CLAIM_CURSOR_OFFSET);
  }

  void claimCursor(int position) {
    putIntRelease(producers + RingDescriptor.CLAIM_CURSOR_OFFSET, position);
  }

  int returned() {
    return getIntVolatile(producers + RingDescriptor.RETURNED_OFFSET);
  }

  boolean casReturned(int expected, int next) {
    return compareAndSetInt(producers + RingDescriptor.RETURNED_OFFSET, expected, next);
  }

  long entryAddress(int entry) {
    return entries + ((long) (entry & mask) << 5);
  }

  long word(int entry) {
    return getLongVolatile(entryAddress(entry) + EntryDescriptor.WORD_OFFSET);
  }

  void word(int entry, long word) {
    putLongRelease(entryAddress(entry) + EntryDescriptor.WORD_OFFSET, word);
  }

  boolean casWord(int entry, long expected, long next) {
    long at = entryAddress(entry) + EntryDescriptor.WORD_OFFSET;
    return compareAndSetLong(at, expected, next);
  }

  long entryCallerData(int entry) {
    return getLong(entryAddress(entry) + EntryDescriptor.CALLER_DATA_OFFSET);
  }

  void entryCallerData(int entry, long callerData) {
    putLong(entryAddress(entry) + EntryDescriptor.CALLER_DATA_OFFSET, callerData);
  }

  int state(int entry) {
    return getInt(entryAddress(entry) + EntryDescriptor.STATE_OFFSET);
  }

  void state(int entry, int state) {
    putInt(entryAddress(entry) + EntryDescriptor.STATE_OFFSET, state);
  }

  void stateRelease(int entry, int state) {
    putIntRelease(entryAddress(entry) + EntryDescriptor.STATE_OFFSET, state);
  }

  private long markAddress(int position) {
    return marks + ((long) (position & mask) << 3);
  }

  long mark(int position) {
    return getLongAcquire(markAddress(position));
  }

  long markVolatile(int position) {
    return getLongVolatile(markAddress(position));
  }

  void mark(int position, long mark) {
    putLongRelease(markAddress(position), mark);
  }

  boolean casMark(int position, long expected, long next) {
    return compareAndSetLong(markAddress(position), expected, next);
  }

  boolean isPublished(int position) {
    return MarkDescriptor.isPublishedAt(markVolatile(position), position);
  }
}
