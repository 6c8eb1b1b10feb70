package io.syslet.server.local;

import io.syslet.Errno;
import io.syslet.client.wire.Architecture;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * As much of a server as a client library needs: one client at a time, the frames of {@code
 * docs/protocol.md} by hand, a poller on a real kernel.
 */
final class TestServer implements AutoCloseable {
  /** What it says to a client. */
  enum Manner {
    SERVE,
    REFUSE,
    LEAVE,

    /** It has a session of a dead server, in which a call has ended, and leaves. */
    RECOVER_AND_LEAVE,

    /** The same, and it says with what the call has ended. */
    RECOVER
  }

  /** With what the call of a session has ended that another server had. */
  static final long STATUS = 7;

  private static final int HELLO = 64;
  private static final int WELCOME = 80;
  private static final int MAX_IN_FLIGHT = 64;
  private static final int INSTANCE = 1;
  private static final int HEADER = 8;
  private static final int BELL = 5;

  private final Manner manner;
  private final long call;
  private final ServerSocketChannel listener;
  private final LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults());
  private final CompletableFuture<@Nullable Void> ended;
  private volatile @Nullable SocketChannel connection;
  private volatile @Nullable TestPoller serving;

  TestServer(Path socket, Manner manner) throws IOException {
    this(socket, manner, 0);
  }

  /**
   * @param call caller data of the call that has ended.
   */
  TestServer(Path socket, Manner manner, long call) throws IOException {
    this.manner = manner;
    this.call = call;
    Files.deleteIfExists(socket);
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    ended = CompletableFuture.runAsync(this::accept, task -> Thread.ofPlatform().start(task));
  }

  private void accept() {
    try (SocketChannel client = listener.accept()) {
      connection = client;
      read(client, HELLO);
      if (manner == Manner.REFUSE) {
        refuse(client);
      } else {
        serve(client);
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(SocketChannel client) throws IOException, ReflectiveOperationException {
    LocalPort port = LocalPort.create(64, 1 << 20, 0, TestServer::fail);
    try {
      welcome(client, port);
      if (manner == Manner.SERVE) {
        try (TestPoller poller = new TestPoller(kernel, port)) {
          serving = poller;
          listen(client, poller);
        }
      } else if (manner == Manner.RECOVER) {
        port.complete(call, STATUS, null);
        port.flush();
        read(client, HEADER);
      }
    } finally {
      port.close();
    }
  }

  private static void fail(String reason) {
    throw new AssertionError(reason);
  }

  private static void listen(SocketChannel client, TestPoller poller) throws IOException {
    try {
      while (read(client, HEADER).getShort(4) == BELL) {
        poller.ring();
      }
    } catch (ClosedChannelException e) {
      // It has hung up.
    }
  }

  /** Caller data of the call that was taken last. */
  long lastCall() {
    return Objects.requireNonNull(serving).lastCall();
  }

  /** Ends the connection, as a server's death does; nobody connects any more. */
  void hangUp() throws IOException {
    listener.close();
    Objects.requireNonNull(connection).close();
  }

  private void welcome(SocketChannel client, LocalPort port)
      throws IOException, ReflectiveOperationException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocate(WELCOME, 8);
      long at = frame.address();
      boolean recovers = manner == Manner.RECOVER_AND_LEAVE || manner == Manner.RECOVER;
      new Welcome(
              1,
              new Token(1, 2),
              INSTANCE,
              0,
              port.arenaLength(),
              port.capacity(),
              MAX_IN_FLIGHT,
              0,
              recovers,
              true,
              false,
              recovers ? 1 : 0,
              Architecture.host())
          .write(new FrameWriter().wrap(at, WELCOME));
      int sent = port.sendFiles(descriptor(client), at, WELCOME);
      if (sent != WELCOME) {
        throw new IOException("sendmsg: " + sent);
      }
    }
  }

  private static void refuse(SocketChannel client) throws IOException {
    byte[] text = "we are full".getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(12 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(12 + text.length).putInt(3 | 1 << 16).putInt(Errno.EMFILE).put(text).flip();
    client.write(frame);
  }

  /** Java's own channels give it to their own package alone. */
  private static int descriptor(SocketChannel channel) throws ReflectiveOperationException {
    return (int) Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
  }

  private static ByteBuffer read(SocketChannel client, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (client.read(bytes) < 0) {
        throw new IOException("the client went without a word");
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    ended.join();
    listener.close();
    kernel.close();
  }
}
