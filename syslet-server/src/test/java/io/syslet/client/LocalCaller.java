package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of the shared memory, step by step. One thread. */
final class LocalCaller implements AutoCloseable {
  private static final long MOMENT_NANOS = 1_000_000;
  private static final long WHILE_NANOS = 100_000_000;

  private final Address.Unix address;
  private final Welcome welcome;
  private final LocalLink link;
  private final Submitter submitter;
  private final int passing;
  private UnixConnection connection;

  /** Opens a session. */
  LocalCaller(Address.Unix address) throws IOException {
    this(address, null);
  }

  /** Goes on with a session of a program that is gone and had consumed nothing, if one is named. */
  LocalCaller(Address.Unix address, @Nullable Token token) throws IOException {
    this.address = address;
    connection = UnixConnection.connect(address.path());
    welcome = greet(token, 0, 0);
    int[] files = connection.takeFiles();
    link = LocalLink.adopt(files[0], files[1], this::ring);
    passing = connection.takePassing();
    submitter = link.submitter();
  }

  private Welcome greet(@Nullable Token token, long consumed, int server) throws IOException {
    FrameSource frames = new FrameSource(connection, Arena.ofAuto(), 1 << 16);
    Hello hello = new Hello(Wire.KIND_LOCAL, token, consumed, 0, 1 << 20, 64, server);
    return Handshake.greet(connection, frames, hello, Duration.ofSeconds(30));
  }

  private void ring() {
    try (Arena arena = Arena.ofConfined()) {
      long frame = arena.allocate(Wire.HEADER_LENGTH, Long.BYTES).address();
      new FrameWriter().wrap(frame, Wire.HEADER_LENGTH).begin(FrameType.BELL).end();
      connection.send(frame, Wire.HEADER_LENGTH);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server's answer to our first HELLO. */
  Welcome welcome() {
    return welcome;
  }

  /** Makes a call that blocks for a while. */
  void sleep() {
    long slot = link.arena().allocate(CallSlots.LENGTH + 16, 128).address();
    long time = slot + CallSlots.LENGTH;
    Memory.putLong(time + 8, WHILE_NANOS);
    Memory.putLong(slot, Nr.NANOSLEEP);
    Memory.putLong(slot + 8, time);
    Memory.putLong(slot + CallSlots.PARAMS, 1);
    do {
      assertThat(submitter.submit(slot, 1, 0)).isEqualTo(1);
    } while (Memory.getLong(slot + CallSlots.STATUS) != -Syslet.ESYSLETPENDING);
  }

  /** The socket to pass descriptors over; −1 for none. */
  int passing() {
    return passing;
  }

  /** Makes a call that does not block: its status. */
  long call(long nr, long... arguments) {
    long slot = link.arena().allocate(CallSlots.LENGTH, 128).address();
    Memory.putLong(slot, nr);
    for (int i = 0; i < arguments.length; i++) {
      Memory.putLong(slot + 8 + 8L * i, arguments[i]);
    }
    Memory.putLong(slot + CallSlots.PARAMS, 1);
    int accepted = submitter.submit(slot, 1, 0);
    return accepted == 1 ? Memory.getLong(slot + CallSlots.STATUS) : accepted;
  }

  /** Waits for so many completions, and consumes them. */
  void consume(int count) {
    int consumed = 0;
    while (consumed < count) {
      link.ring().await(link.ring().tail(), System.nanoTime() + MOMENT_NANOS);
      consumed += link.ring().drain((status, data) -> {}, count - consumed);
    }
  }

  /** The connection breaks. */
  void disconnect() {
    connection.close();
  }

  /** Connects again, with the memory that it has, and says how much it has consumed. */
  Welcome comeBack(long consumed) throws IOException {
    connection = UnixConnection.connect(address.path());
    Welcome again = greet(welcome.token(), consumed, welcome.instance());
    link.reconnected(this::ring);
    return again;
  }

  @Override
  public void close() {
    connection.close();
    link.close();
  }
}
