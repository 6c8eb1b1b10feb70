package io.syslet.client;

import io.syslet.client.wire.Architecture;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Refused;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/** The first words on a connection: HELLO, and what the server says to it. */
final class Handshake {
  private Handshake() {}

  /**
   * Greets the server.
   *
   * @throws RefusedException if it does not want us.
   * @throws IOException if the connection breaks, or does not lead to a server of this version.
   */
  static Welcome greet(Connection connection, FrameSource frames, Hello hello, Duration timeout)
      throws IOException {
    connection.timeout(timeout);
    try (Arena arena = Arena.ofConfined()) {
      int length = Wire.HEADER_LENGTH + Hello.LENGTH;
      long memory = arena.allocate(length, Long.BYTES).address();
      hello.write(new FrameWriter().wrap(memory, length));
      Welcome welcome = answer(afterSending(connection, frames, memory, length));
      connection.timeout(Duration.ZERO);
      return welcome;
    } catch (MalformedFrameException e) {
      throw new IOException("no server of this kind: " + e.getMessage(), e);
    }
  }

  /** Who refuses us may do so, and close, before we have said a word; it is to be heard then. */
  private static FrameReader afterSending(
      Connection connection, FrameSource frames, long memory, int length)
      throws IOException, MalformedFrameException {
    try {
      connection.send(memory, length);
    } catch (IOException e) {
      return heardInstead(frames, e);
    }
    return frames.next();
  }

  private static FrameReader heardInstead(FrameSource frames, IOException why)
      throws IOException, MalformedFrameException {
    try {
      return frames.next();
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private static Welcome answer(FrameReader frame) throws IOException, MalformedFrameException {
    return switch (frame.type()) {
      case WELCOME -> checked(Welcome.read(frame));
      case REFUSED -> throw new RefusedException(Refused.read(frame));
      default -> throw new MalformedFrameException("a " + frame.type() + " frame for an answer");
    };
  }

  private static Welcome checked(Welcome welcome) throws IOException, MalformedFrameException {
    if (welcome.machine() != Architecture.host()) {
      throw new IOException("the server's machine is of another kind: " + welcome.machine());
    }
    if (welcome.maxInFlight() < 1 || welcome.ringElements() < 1) {
      throw new MalformedFrameException("WELCOME to nothing");
    }
    return welcome;
  }
}
