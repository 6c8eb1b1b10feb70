package io.syslet.kernel.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the machine, one event a line: {@code <nanoseconds> <name> <numbers>}, in ASCII.
 * Every byte is hashed, and written to a stream as well if there is one. No address, thread id or
 * wall time may be in it, so that one seed gives one hash.
 */
public final class Trace {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_NUMBER = 21;

  private final LongSupplier clock;
  private final @Nullable OutputStream out;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] digits = new byte[LONGEST_NUMBER];
  private int length;
  private long events;

  Trace(LongSupplier clock, @Nullable OutputStream out) {
    this.clock = clock;
    this.out = out;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** An event without numbers. */
  public void event(String name) {
    begin(name);
    end();
  }

  /** An event with one number. */
  public void event(String name, long a) {
    begin(name);
    number(a);
    end();
  }

  /** An event with two numbers. */
  public void event(String name, long a, long b) {
    begin(name);
    number(a);
    number(b);
    end();
  }

  /** An event with three numbers. */
  public void event(String name, long a, long b, long c) {
    begin(name);
    number(a);
    number(b);
    number(c);
    end();
  }

  /** An event that concerns a call, or whatever has a name, and two numbers. */
  public void event(String name, String what, long a, long b) {
    begin(name);
    put(' ');
    put(what);
    number(a);
    number(b);
    end();
  }

  /** How many events there were. */
  public long events() {
    return events;
  }

  /** The hash of all bytes so far, in hexadecimal; they are written out before. */
  public String sha256() {
    flush();
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /** Hashes and writes what is buffered. */
  void flush() {
    digest.update(buffer, 0, length);
    try {
      if (out != null) {
        out.write(buffer, 0, length);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the trace cannot be written", e);
    }
    length = 0;
  }

  private void begin(String name) {
    decimal(clock.getAsLong());
    put(' ');
    put(name);
  }

  private void end() {
    put('\n');
    events++;
  }

  private void number(long value) {
    put(' ');
    decimal(value);
  }

  private void decimal(long value) {
    if (value < 0) {
      put('-');
    }
    int at = LONGEST_NUMBER;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + Math.abs((int) (rest % 10)));
      rest /= 10;
    } while (rest != 0);
    while (at < LONGEST_NUMBER) {
      put(digits[at++]);
    }
  }

  private void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(int ascii) {
    if (length == BUFFER) {
      flush();
    }
    buffer[length++] = (byte) ascii;
  }
}
